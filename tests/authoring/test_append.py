"""Adding to a list in a file that somebody wrote: append.yml has the cases."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.authoring.append import append
from synoptic.base.problems import Refused

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("append.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["shows"] for case in CASES])
def test_append(case: dict[str, Any]) -> None:
    """The entries are there, and every other character is as it was; or the refusal is one sentence."""
    keys = tuple(case.get("to", ()))
    if "refused" in case:
        with pytest.raises(Refused) as refusal:
            append(case["file"].encode(), "f.yml", keys, case["entries"])
        assert case["refused"] in str(refusal.value)
        assert "\n" not in str(refusal.value)
    else:
        assert append(case["file"].encode(), "f.yml", keys, case["entries"]).decode() == case["becomes"]
