"""Every file in tests/cases is a test: a few edits to the invented project, and the lines that must come out.

``with`` are the problems where the texts are at hand, ``without`` those where they are not (left out: the
same). ``python -m tests.check.test_cases`` writes what comes out today into the files: look at the difference.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.base.problems import in_order
from build_tools.check.registry import RULES, check
from build_tools.check.rule import rule_id
from build_tools.load.load import load

HERE = Path(__file__).parents[1]
CASES = sorted((HERE / "cases").glob("*.yml"))


def make_project(folder: Path) -> Path:
    """A copy of the invented project, with the real vocabulary."""
    shutil.copytree(HERE / "project", folder, dirs_exist_ok=True)
    shutil.copy(HERE.parent / "briefings" / "vocabulary.yml", folder / "briefings")
    return folder


def found(case: dict[str, Any], folder: Path, *, texts: bool) -> list[str]:
    """The problems of the project after a case's edit, without their tips."""
    make_project(folder)
    for edit in case["edits"]:
        path = folder / edit["file"]
        if edit.get("remove"):
            path.unlink()
            continue
        before = path.read_text(encoding="utf-8")
        assert before.count(edit["from"]) == 1, "an edit must fit exactly one place"
        path.write_text(before.replace(edit["from"], edit["to"]), encoding="utf-8")
    if not texts:
        for texts_folder in folder.glob("briefings/*/articles"):
            shutil.rmtree(texts_folder)
    site, problems = load(folder)
    assert site is not None
    return [str(p).splitlines()[0] for p in in_order([*problems, *check(site)])]


def read(path: Path) -> dict[str, Any]:
    """A case."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return case


@pytest.mark.parametrize("texts", [True, False], ids=["with-texts", "without"])
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, texts: bool, tmp_path: Path) -> None:
    """The edit of the case brings exactly its lines."""
    case = read(path)
    expected = case["with"] if texts else case.get("without", case["with"])
    assert found(case, tmp_path, texts=texts) == expected, case["why"]


def test_untouched_project_is_clean(tmp_path: Path) -> None:
    """The invented project has no problem before any edit."""
    site, problems = load(make_project(tmp_path))
    assert site is not None
    assert [*problems, *check(site)] == []


def test_every_rule_has_a_case() -> None:
    """No rule is without a case that breaks it."""
    lines = [line for case in map(read, CASES) for line in (*case["with"], *case.get("without", ()))]
    named = {line.rsplit("[", 1)[-1].rstrip("]") for line in lines}
    assert {rule_id(rule) for rule in RULES} <= named


if __name__ == "__main__":
    import tempfile

    for one in CASES:
        content = read(one)
        results = []
        for with_texts in (True, False):
            with tempfile.TemporaryDirectory() as tmp:
                results.append(found(content, Path(tmp), texts=with_texts))
        content["with"] = results[0]
        content.pop("without", None)
        if results[1] != results[0]:
            content["without"] = results[1]
        one.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")
