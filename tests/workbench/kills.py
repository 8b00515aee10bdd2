"""Kills a workbench right before each step by which it touches files: ``python -m tests.workbench.kills WHAT ROOT``.

It runs in its own process because it forks, and the tests have threads.
"""

import shutil
import sys
from pathlib import Path

from synoptic.workbench.fields import Declined
from tests.kills import killed, put_back
from tests.projects import read_files
from tests.workbench.desk import FOLDER, SLUG, Desk

THEIRS = ("kind: event", "kind: prediction")
NOTE = {"do": "edit-statement", "statement": "herald-late", "note": "A note."}


def main(what: str, root: Path) -> None:
    """Kill a change, a save or the end of a conflict before its first step, its second and so on, until all is done."""
    desk = Desk(root)
    if what == "save":
        desk.change(NOTE, {"do": "add-topic", "title": "Fans", "question": "Do they fail?"})
    if what == "resolve":
        desk.change(NOTE)
        path = root / FOLDER / "claims/opening-date.yml"
        path.write_text(f"# by another\n{path.read_text(encoding='utf-8').replace(*THEIRS)}", encoding="utf-8")
        desk = Desk(root)
        assert desk.state["conflict"]
    before = read_files(root)

    def work() -> None:
        _do(what, desk)

    whole = root.with_name("whole")
    shutil.copytree(root, whole)
    other = Desk(whole)
    _do(what, other)
    after = {name: data for name, data in read_files(whole).items() if name.startswith("briefings/")}
    step = killings = 0
    while killed(work, step=(step := step + _stride(step))):
        killings += 1
        for name, data in read_files(root).items():
            if name.startswith("briefings/") and ".part" not in name:
                assert data in (before.get(name), after.get(name)), f"{name} is torn"
        again = Desk(root)
        if again.state["conflict"]:
            assert what == "resolve"
            _do(what, again)
        if again.statement("herald-late")["note"] != "A note.":
            again.change(NOTE)
        again.save()
        assert again.statement("herald-late")["note"] == "A note."
        put_back(root, before)
    assert killings > 20, killings
    print(f"{killings} kills of a {what}: no file was torn, and each next save ended it")


def _do(what: str, desk: Desk) -> None:
    """Change, save, or settle the conflict with all of mine and save."""
    if what == "change":
        desk.change(NOTE)
        return
    if what == "resolve":
        try:
            desk.save()
        except Declined as fault:
            (one,) = fault.more["conflicts"]
            take = [each["by"] for each in one["differences"]]
            assert sorted(take) == ["mine", "theirs"], take
            choices = {one["path"]: {"seen": one["seen"], "take": take}}
            request = {"revision": desk.state["revision"], "how": "choose", "choices": choices}
            desk.state = desk.bench.resolve(SLUG, request)
        else:
            return
    desk.save()


def _stride(step: int) -> int:
    """Every step near the beginning, later every few: most are reads."""
    return 1 if step < 20 else 7


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
