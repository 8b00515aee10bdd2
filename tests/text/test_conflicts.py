"""Both sides of a merge that Git left in a file."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.text.conflicts import find_conflict, split_conflict
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("conflicts.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_sides(case: dict[str, Any]) -> None:
    """A merge is found at its first line, and each side is what that branch had."""
    assert find_conflict(case["text"].replace("\r", "")) == case["line"]
    assert list(split_conflict(case["text"])) == case["sides"]
