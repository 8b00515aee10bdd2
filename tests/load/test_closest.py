"""A source whose lock names a text that is not at hand is tried against the closest one, and named."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.projects import HERE, apply_edit, run
from tests.yaml_files import read_yaml

CASES = read_yaml(HERE / "load/closest.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_closest_text_is_tried(
    case: dict[str, Any], root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check says which text it tried, and what that lacks; a source without any is named, too."""
    texts = root / "texts"
    for folder in root.glob("briefings/*/articles"):
        shutil.copytree(folder, texts, dirs_exist_ok=True)
        shutil.rmtree(folder)
    monkeypatch.setenv("SYNOPTIC_ARTICLES", str(texts))
    assert run(root, "check") == 0
    assert "closest" not in capsys.readouterr().out
    (lock,) = root.glob(f"briefings/*/sources/{case['forge']}.lock")
    lock.write_text(re.sub(r"sha256: [0-9a-f]{64}", "sha256: " + "0" * 64, lock.read_text("utf-8"), count=1), "utf-8")
    for edit in case.get("edits", ()):
        apply_edit(root, edit)
    if "text" in case:
        file = texts / f"{case['forge']}.txt"
        old, new = case["text"]
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    for name, other in case.get("rename", {}).items():
        (texts / name).rename(texts / other)
    assert run(root, "check") == case["code"]
    said = capsys.readouterr().out
    assert [words for words in case["has"] if words not in said] == [], said
