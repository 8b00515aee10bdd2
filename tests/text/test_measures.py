"""Units and qualifiers are those of the quotation, in four languages."""

from typing import Any

import pytest

from synoptic.text.measures import find_dropped_qualifier, find_missing_qualifier, find_missing_unit, normalize
from tests.projects import HERE
from tests.yaml_files import read_yaml

CASES = read_yaml(HERE / "text/measures.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['value']} {case.get('unit')}: {case['words']}")
def test_a_figure_says_what_its_quotation_says(case: dict[str, Any]) -> None:
    """What the quotation lacks of unit or qualifier is found, and what the figure leaves out; nothing else is."""
    words, value, unit, qualifier = (normalize(case.get(key, "")) for key in ("words", "value", "unit", "qualifier"))
    english = case.get("lang", "en") == "en"
    found = [
        unit and find_missing_unit(unit, words, english=english),
        qualifier and find_missing_qualifier(qualifier, words, english=english),
        "" if qualifier else find_dropped_qualifier(value, qualifier, words),
    ]
    assert [one for one in found if one] == ([case["says"]] if "says" in case else [])
