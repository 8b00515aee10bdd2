"""Translations that drop the negation of the words that they translate."""

from typing import Any

import pytest
import yaml

from synoptic.load.vocabulary import base_vocabulary
from synoptic.text.lost_negation import find_lost_negation
from tests.projects import HERE

CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "text/lost_negation.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['quote']}: {case['translation']}")
def test_lost_negation(case: dict[str, Any]) -> None:
    """A dropped negation is found, and one that is kept in other words is not."""
    negations = [base_vocabulary().markers_of(lang).negations for lang in (case["lang"], "en")]
    assert find_lost_negation(case["quote"], case["translation"], *negations) == case["lost"]
