"""Advice on what a briefing may still lack.

``python -m tests.check.test_coverage`` writes today's lines into coverage.yml: read the difference.
"""

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.check.coverage import list_advice
from synoptic.load.load import load
from tests.projects import edited_project
from tests.yaml_files import read_yaml

FILE = Path(__file__).with_name("coverage.yml")
CASES: dict[str, Any] = read_yaml(FILE)


def advise(case: dict[str, Any], folder: Path) -> list[str]:
    """The advice after a case's edits, each with its file and line."""
    edited_project(folder, case["edits"])
    site, _ = load(folder)
    assert site is not None
    advice = list_advice(site.briefing["harbour-tunnel"], site)
    return [f"{Path(one.place.path).name}:{one.place.line}: {one.message}" for one in advice]


@pytest.mark.parametrize("name", CASES)
def test_advice(name: str, tmp_path: Path) -> None:
    """The edits of a case bring exactly its lines."""
    assert advise(CASES[name], tmp_path) == CASES[name]["says"]


def test_each_kind_has_a_case() -> None:
    """No kind of advice is without a case that has it and one that has it not."""
    lines = [line.split(": ", 1)[1][:20] for case in CASES.values() for line in case["says"]]
    assert len(set(lines)) >= 5
    assert all(lines.count(line) < len(CASES) for line in set(lines))


if __name__ == "__main__":
    for one in CASES.values():
        with tempfile.TemporaryDirectory() as temporary:
            one["says"] = advise(one, Path(temporary))
    head = FILE.read_text(encoding="utf-8").splitlines()[0]
    FILE.write_text(f"{head}\n{yaml.safe_dump(CASES, sort_keys=False, width=1000)}", encoding="utf-8")
