"""Adding to a list in a file that somebody wrote: append.yml has the cases."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.authoring.append import append
from synoptic.base.problems import Refused
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("append.yml"))


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
