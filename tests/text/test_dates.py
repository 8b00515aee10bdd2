"""Dates in words: which years, months and days a text names."""

from pathlib import Path

import pytest
import yaml

from synoptic.text.dates import find_unstated

CASES = yaml.load(Path(__file__).with_name("dates.yml").read_text("utf-8"), yaml.BaseLoader)  # no date becomes one


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['date']} {case['text']}")
def test_unstated_part(case: dict[str, str]) -> None:
    """The first part of a date that its text lacks is the one that the case gives."""
    assert find_unstated(case["date"], case["text"]) == case.get("lacks", "")
