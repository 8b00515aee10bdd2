"""Kills a workbench right before each step by which it touches files: ``python -m tests.workbench.kills WHAT ROOT``.

It runs in its own process because it forks, and the tests have threads.
"""

import shutil
import sys
from pathlib import Path

from tests.kills import killed, put_back
from tests.projects import read_files
from tests.workbench.desk import Desk

NOTE = {"do": "edit-statement", "statement": "herald-late", "note": "A note."}


def main(what: str, root: Path) -> None:
    """Kill a change or a save before its first step, its second, and so on, until one is not killed."""
    desk = Desk(root)
    if what == "save":
        desk.change(NOTE, {"do": "add-topic", "title": "Fans", "question": "Do they fail?"})
    before = read_files(root)

    def work() -> None:
        (desk.save if what == "save" else lambda: desk.change(NOTE))()

    whole = root.with_name("whole")
    shutil.copytree(root, whole)
    other = Desk(whole)
    (other.save if what == "save" else lambda: other.change(NOTE))()
    after = {name: data for name, data in read_files(whole).items() if name.startswith("briefings/")}
    step = killings = 0
    while killed(work, step=(step := step + _stride(step))):
        killings += 1
        for name, data in read_files(root).items():
            if name.startswith("briefings/") and ".part" not in name:
                assert data in (before.get(name), after.get(name)), f"{name} is torn"
        again = Desk(root)
        assert not again.state["conflict"]
        if again.statement("herald-late")["note"] != "A note.":
            again.change(NOTE)
        again.save()
        assert again.statement("herald-late")["note"] == "A note."
        put_back(root, before)
    assert killings > 20, killings
    print(f"{killings} kills of a {what}: no file was torn, and each next save ended it")


def _stride(step: int) -> int:
    """Every step near the beginning, later every few: most are reads."""
    return 1 if step < 20 else 7


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
