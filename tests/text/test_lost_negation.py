"""Translations that drop the negation of the words that they translate."""

from typing import Any

import pytest

from synoptic.load.vocabulary import base_vocabulary
from synoptic.text.lost_negation import find_lost_negation
from tests.projects import HERE
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(HERE / "text/lost_negation.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['quote']}: {case['translation']}")
def test_lost_negation(case: dict[str, Any]) -> None:
    """A dropped negation is found, and one that is kept in other words is not."""
    negations = [base_vocabulary().markers_of(lang).negations for lang in (case["lang"], "en")]
    assert find_lost_negation(case["quote"], case["translation"], *negations) == case["lost"]
