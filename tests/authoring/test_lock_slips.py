"""After a slip in a file, `lock` locks the sources that the slip does not touch, and leaves the others."""

from pathlib import Path
from typing import Any

import pytest

from tests.check.test_slips import copy_example
from tests.projects import EXAMPLE, run
from tests.yaml_files import read_yaml


def read_locks(home: Path) -> dict[str, dict[str, Any]]:
    """What the locks of the example say of its texts, whoever checked it, by the name of their source."""
    locks = {}
    for path in home.glob("sources/*.lock"):
        lock = read_yaml(path)
        quotes = {entry["statement"]: entry["sha256"] for entry in lock["quotes"]}
        locks[path.stem] = {name: lock.get(name) for name in ("terms", "names", "unlikely", "context", "telling")}
        locks[path.stem] |= {"quotes": quotes}
    return locks


def forget_words(home: Path, source: str) -> None:
    """Make the first quotation in a lock another one, as if its words were new."""
    path = home / f"sources/{source}.lock"
    before = path.read_text(encoding="utf-8")
    at = before.index("sha256: ", before.index("quotes:")) + len("sha256: ")
    path.write_text(before[:at] + ("1" if before[at] == "0" else "0") + before[at + 1 :], encoding="utf-8")


@pytest.mark.parametrize("file", ["claims/warning.yml", "events.yml", "sources/agency.yml", "../speakers.yml"])
def test_lock_with_a_slip(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New words are locked unless the file that cannot be read may quote their source; searches of its claims stay."""
    copy_example(tmp_path, new=False)
    home = tmp_path / "briefings" / EXAMPLE
    run(tmp_path, "lock", EXAMPLE, "--by", "A Tester")
    whole = read_locks(home)
    path = home / file
    text = path.read_text(encoding="utf-8")
    names = {name for name in whole if name in text} if file in ("claims/warning.yml", "events.yml") else set()
    left = names | ({"agency"} if file == "sources/agency.yml" else set())
    for source in whole:
        forget_words(home, source)
    forgotten = read_locks(home)
    path.write_text(f"\t{text}", encoding="utf-8")
    capsys.readouterr()
    assert run(tmp_path, "lock", EXAMPLE, "--by", "A Tester") == 1
    told, locks = capsys.readouterr().out, read_locks(home)
    assert {name for name in locks if locks[name] == forgotten[name]} == left
    assert {name for name in locks if locks[name] == whole[name]} == locks.keys() - left
    assert {name for name in names if f"{EXAMPLE}/{name}: left as it was, since {file} names it" in told} == names
    assert told.count(": error: ") == 1 + len(names)  # words that are left are not those of the lock
    path.write_text(text, encoding="utf-8")
    assert run(tmp_path, "lock", EXAMPLE, "--by", "A Tester") == 0
    assert read_locks(home) == whole
