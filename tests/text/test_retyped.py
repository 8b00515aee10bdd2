"""Quotations as people retype them are found; altered ones are not. The pairs are invented."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.text.match import Text
from tests.yaml_files import read_yaml

PAIRS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("retyped.yml"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_pair(pair: dict[str, Any]) -> None:
    """A true quotation is found; an altered one is refused, with a message that shows where."""
    text = Text((pair["text"],))
    assert (text.find(pair["quote"]) is not None) == pair["same"], text.describe_difference(pair["quote"])
    assert pair["same"] or text.describe_difference(pair["quote"])


def measure_retyped() -> list[str]:
    """A line for ``make bench-ingest``."""
    refused = sum(pair["same"] and Text((pair["text"],)).find(pair["quote"]) is None for pair in PAIRS)
    accepted = sum(not pair["same"] and Text((pair["text"],)).find(pair["quote"]) is not None for pair in PAIRS)
    true = sum(pair["same"] for pair in PAIRS)
    return [f"retyped: {refused} of {true} true refused, {accepted} of {len(PAIRS) - true} altered accepted"]
