"""A slip in any file of a briefing is one problem, in that file: what follows from it is not told."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.check.cases import list_problems
from tests.projects import CHECKOUT, EXAMPLE
from tests.yaml_files import read_yaml

SLIPS = read_yaml(Path(__file__).with_name("slips.yml"))
_HOME = CHECKOUT / "briefings" / EXAMPLE
_PATHS = [*_HOME.rglob("*.yml"), *_HOME.glob("sources/*.lock"), CHECKOUT / "briefings/speakers.yml"]
FILES = sorted(path.relative_to(CHECKOUT).as_posix() for path in _PATHS)
_PLAIN = re.compile(r"[\w -]*\w: (?=\w[^#]*$)")
#: Each file of the example, and each that a new briefing has before it is locked.
CASES = [
    (file, new) for file in FILES for new in (False, True) if not new or "/claims/" in file or file.endswith("bote.yml")
]


def copy_example(folder: Path, *, new: bool) -> None:
    """The example with its texts and the files that all briefings share; a ``new`` one has no locks and no register."""
    shutil.copytree(_HOME, folder / "briefings" / EXAMPLE)
    shutil.copy(CHECKOUT / "briefings/speakers.yml", folder / "briefings")
    for lock in folder.rglob("*.lock") if new else ():
        lock.unlink()


def slip(text: str, how: dict[str, Any]) -> str:
    """The text of a file with a slip in the middle one of its lines that have a plain value."""
    if "all" in how:
        return str(how["all"])
    lines = text.split("\n")
    plain = [number for number, line in enumerate(lines) if _PLAIN.match(line)]
    at = plain[len(plain) // 2]
    value = _PLAIN.match(lines[at])
    assert value is not None
    key, rest = lines[at][: value.end()], lines[at][value.end() :]
    lines[at] = how.get("before", "") + key + how.get("value", "") + rest + how.get("after", "")
    return "\n".join(lines)


@pytest.mark.parametrize(("file", "new"), CASES, ids=lambda one: {True: "new", False: "locked"}.get(one, one))
def test_one_slip_is_one_problem(file: str, new: bool, tmp_path: Path) -> None:
    """Whatever slip is made in a file, `check` tells one more problem than before, and that one is of the file."""
    copy_example(tmp_path, new=new)
    path = tmp_path / file
    before, text = {*list_problems(tmp_path)}, path.read_text(encoding="utf-8")
    for how in SLIPS:
        path.write_text(slip(text, how), encoding="utf-8")
        found = [problem for problem in list_problems(tmp_path) if problem not in before]
        assert [problem.split(":")[0] for problem in found] == [file], (how["why"], found)
