"""Why a quotation is refused although the text has its words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.load.vocabulary import base_vocabulary
from synoptic.text.match import Text
from synoptic.text.refusals import explain_refusal

FILE = yaml.safe_load(Path(__file__).with_name("refusals.yml").read_text(encoding="utf-8"))
TEXT = Text((" ".join(FILE["text"].split()),))
MARKERS = base_vocabulary().markers_of("en").all


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["quote"])
def test_reason(case: dict[str, Any]) -> None:
    """A refused quotation gets the reason that the case names, and one whose words are not there gets none."""
    cut = case.get("cut", False)
    assert TEXT.find(case["quote"], cut=cut, markers=MARKERS, lang="en") is None
    said = explain_refusal(TEXT, case["quote"], MARKERS, "en", cut=cut)
    assert case["says"] in said if case["says"] else not said
