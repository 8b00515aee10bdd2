"""Nothing that somebody changed is lost: not by a restart, nor by another window, another program, or a kill."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from synoptic.base import child
from synoptic.base.problems import Refused
from synoptic.base.write import write_file
from synoptic.workbench import branch
from synoptic.workbench.fields import Declined
from synoptic.workbench.journal import Edit, Entry, Journal, JournalFile
from synoptic.workbench.session import Workbench
from tests.projects import CHECKOUT, git, replace_once, run
from tests.workbench.desk import FOLDER, SLUG, Desk, commit_project, tidy_project

GIST = {"do": "set-gist", "source": "herald", "first": 5, "gist": "She doubts the date."}
OTHER = {"do": "set-gist", "source": "wire", "first": 1, "last": 2, "gist": "Of ferries."}
NOTE = {"do": "edit-statement", "statement": "herald-late", "note": "A note."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workbench on a tidy project."""
    return Desk(tidy_project(tmp_path))


def test_undo_and_redo_across_restarts(desk: Desk) -> None:
    """Changes that were not saved are there after a restart, and can be undone and redone one by one."""
    before = desk.statement("herald-late")["note"]
    desk.change(GIST)
    desk.change(NOTE)
    again = Desk(desk.root)
    assert again.statement("herald-late")["note"] == "A note."
    assert (again.state["undo_label"][:4], again.state["unsaved"]) == ("Edit", True)
    again.step(-1)
    third = Desk(desk.root)
    assert (third.statement("herald-late")["note"], third.state["can_redo"]) == (before, True)
    third.step(1)
    assert third.statement("herald-late")["note"] == "A note."
    for _ in range(2):
        third.step(-1)
    assert (third.state["can_undo"], third.state["unsaved"]) == (False, False)


def test_undo_after_saving(desk: Desk) -> None:
    """What was saved can be undone, and saved again as it was."""
    path = desk.root / FOLDER / "sources/herald.yml"
    before = path.read_bytes()
    desk.change(GIST)
    desk.save()
    assert path.read_bytes() != before
    desk.step(-1)
    assert desk.state["unsaved"]
    desk.save()
    assert path.read_bytes() == before


def test_a_save_that_was_interrupted_can_be_undone_or_gone_on_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a save that ended after its first file, that file can be changed again without a conflict, and undone."""
    speakers = desk.root / "briefings/speakers.yml"
    before = speakers.read_bytes()
    desk.change({"do": "add-speaker", "name": "Zoe Zander", "kind": "person"}, NOTE)

    def fail(path: Path, data: bytes) -> bool:
        if "claims" in path.parts:
            raise OSError(28, "No space left on device", str(path))
        return write_file(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("synoptic.workbench.save.write_file", fail)
        with pytest.raises(OSError, match="No space"):
            desk.save()
    again = Desk(desk.root)
    assert not again.change({"do": "add-speaker", "name": "Abe Ames", "kind": "person"})["conflict"]
    for _ in range(2):
        again.step(-1)
    again.save()
    assert speakers.read_bytes() == before


def test_a_new_file_goes_when_it_is_undone(desk: Desk) -> None:
    """A file that a saved change began is gone once that is undone, in the state and, saved again, on disk."""
    desk.change({"do": "add-topic", "title": "Fans", "question": "Do they fail?"})
    desk.change({"do": "add-claim", "topic": "fans", "claim": "The fans fail.", "kind": "state"})
    desk.save()
    assert "The fans fail." in desk.read("claims/fans.yml")
    desk.step(-1)
    assert "the-fans-fail" not in [claim["id"] for claim in desk.state["claims"]]
    assert "the-fans-fail" not in [claim["id"] for claim in Desk(desk.root).state["claims"]]
    desk.save()
    assert not (desk.root / FOLDER / "claims/fans.yml").exists()


def test_a_change_forgets_what_was_undone(desk: Desk) -> None:
    """After another change nothing can be redone."""
    desk.change(GIST)
    desk.step(-1)
    desk.change(OTHER)
    assert not desk.state["can_redo"]
    assert len([*(desk.root / ".cache/workbench" / SLUG).glob("0*.json")]) == 1


def test_two_windows(desk: Desk) -> None:
    """Of two windows, in one program or in two, the later one is refused and shown what the other did."""
    other = Desk(desk.root)
    desk.change(GIST)
    fault = other.refused(NOTE)
    assert (fault.status, fault.more["state"]["revision"]) == (409, 1)
    other.state = fault.more["state"]
    other.change(NOTE)
    assert {one["gist"] for one in other.bench.source(SLUG, "herald")["paragraphs"]} >= {"She doubts the date."}
    with pytest.raises(Declined, match="another window"):
        desk.save()


def test_an_editor_changed_the_same_file(desk: Desk) -> None:
    """If an editor changed a file meanwhile, saving is refused with both versions, and nothing at all is written."""
    desk.change(GIST)
    desk.change(NOTE)
    path = desk.root / FOLDER / "sources/herald.yml"
    replace_once(path, "It gives a price.", "It gives another price.")
    theirs, claims = path.read_text(encoding="utf-8"), desk.read("claims/opening-date.yml")
    assert Desk(desk.root).state["conflict"]
    with pytest.raises(Declined) as caught:
        desk.save()
    (conflict,) = caught.value.more["conflicts"]
    assert conflict["theirs"] == theirs
    assert "She doubts the date." in conflict["yours"]
    assert (path.read_text(encoding="utf-8"), desk.read("claims/opening-date.yml")) == (theirs, claims)
    state = desk.bench.resolve(SLUG, {"revision": desk.state["revision"], "how": "theirs"})
    assert (state["conflict"], state["unsaved"], len(state["left"])) == (False, True, 1)
    desk.state = state
    desk.save()
    assert path.read_text(encoding="utf-8") == theirs
    assert "note: A note." in desk.read("claims/opening-date.yml")
    (given_up,) = (desk.root / ".cache/workbench" / SLUG).glob("given-up-*.json")
    assert "She doubts the date." in given_up.read_text(encoding="utf-8")


def test_an_editor_changed_another_file(desk: Desk) -> None:
    """Changes of other files on disk are seen at once and stay."""
    desk.change(GIST)
    replace_once(desk.root / FOLDER / "sources/wire.yml", "It tells of ferries", "It tells of boats")
    desk.save()
    assert "boats" in desk.read("sources/wire.yml")
    assert "She doubts" in desk.read("sources/herald.yml")


def test_undo_does_not_take_back_what_an_editor_typed(desk: Desk) -> None:
    """A saved change is not undone if its file was changed outside since."""
    desk.change(GIST)
    desk.save()
    replace_once(desk.root / FOLDER / "sources/herald.yml", "It gives a price.", "It gives another price.")
    desk.state = desk.bench.state(SLUG)
    assert not desk.state["conflict"]
    with pytest.raises(Declined, match="outside the workbench"):
        desk.step(-1)
    desk.change(OTHER | {"source": "herald", "first": 7, "last": 7})
    desk.save()
    assert "She doubts" in desk.read("sources/herald.yml")


def test_saving_locks_and_registers(desk: Desk) -> None:
    """Saving locks what is new with the contributor's name and registers its id; then `check` finds what the state
    foretold, and nothing is left to save."""
    statement = {"do": "add-statement", "claim": "two-years-late", "source": "herald", "holder": "city-engineer"}
    desk.change(statement | {"quote": "No one has tested that date", "stance": "denies"})
    answer = desk.save()
    assert "herald-two-years-late" in desk.read("ids.lock")
    assert "Ada Quill" in desk.read("sources/herald.lock")
    assert f"{FOLDER}/sources/herald.lock" in answer["written"]
    assert not answer["state"]["unsaved"]
    assert [one for one in answer["state"]["problems"] if one["level"] == "error"] == []
    assert run(desk.root, "check") == 0
    assert "herald-two-years-late" in answer["changes"]


def test_saving_needs_a_name(desk: Desk) -> None:
    """Without a name nothing that must be signed is written."""
    nobody = Desk(desk.root, by="")
    nobody.change({"do": "edit-statement", "statement": "herald-late", "quote": "tunnel is two years late"})
    before = desk.read("claims/opening-date.yml")
    with pytest.raises(Declined, match="your name"):
        nobody.save()
    assert desk.read("claims/opening-date.yml") == before


def test_a_branch(desk: Desk) -> None:
    """A branch holds the briefing's changes and nothing else, with a message in words; it is not pushed."""
    commit_project(desk.root)
    (desk.root / "notes.txt").write_text("mine")
    desk.change({"do": "add-answer", "topic": "cost", "text": "Nobody knows"})
    with pytest.raises(Declined, match="save first"):
        desk.bench.branch(SLUG, {"name": "answer"})
    desk.save()
    made = desk.bench.branch(SLUG, {"name": "answer"})
    assert made["push"] == "git push -u origin answer"
    assert git(desk.root, "log", "-1", "--format=%s") == "Briefing harbour-tunnel: 1 answer added"
    assert git(desk.root, "show", "--name-only", "--format=", "HEAD").split() == [f"{FOLDER}/briefing.yml"]
    assert git(desk.root, "status", "--porcelain") == "?? notes.txt"
    for name, words in (
        ("answer", "already"),
        ("-x", "name of a branch"),
        ("a..b", "name of a branch"),
        ("b", "nothing"),
    ):
        with pytest.raises(Refused, match=words):
            desk.bench.branch(SLUG, {"name": name})
    assert git(desk.root, "branch", "--show-current") == "answer"


def test_an_index_that_another_program_holds_leaves_no_branch(desk: Desk) -> None:
    """If another program holds the index of Git, everything is as it was."""
    commit_project(desk.root)
    desk.change(GIST)
    desk.save()
    held = desk.root / ".git/index.lock"
    held.touch()
    with pytest.raises(Refused, match=r"index\.lock"):
        desk.bench.branch(SLUG, {"name": "answer"})
    held.unlink()
    assert git(desk.root, "branch", "--format=%(HEAD)%(refname:short)") == "*main"
    assert desk.bench.branch(SLUG, {"name": "answer"})["branch"] == "answer"


#: Hooks that wait for ever, and where: as Git begins a branch, while it commits, and with a child that heeds no signal.
HOOKS = {
    "post-checkout": "sleep 600",
    "pre-commit": "echo a word; sleep 600",
    "commit-msg": "trap '' TERM; sleep 600 & sleep 600; sleep 600",
}


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_that_waits_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch, hook: str) -> None:
    """A hook of Git that waits is ended with all that it began, the page is told so, and everything is as it was."""
    commit_project(desk.root)
    desk.change(GIST)
    desk.save()
    before, saved = git(desk.root, "status", "--porcelain"), desk.read("sources/herald.yml")
    path = desk.root / ".git/hooks" / hook
    path.parent.mkdir(exist_ok=True)
    mark = desk.root / ".cache/began"
    path.write_text(f"#!/bin/sh\necho $$ >> '{mark}'\n{HOOKS[hook]}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr(branch, "PATIENCE", 2)
    monkeypatch.setattr(branch, "COMMIT_PATIENCE", 2)
    monkeypatch.setattr(child, "_GRACE", 1)
    begun = time.monotonic()
    with pytest.raises(Refused, match=rf"within 2 seconds and was ended: one of its hooks .*{hook}.* Nothing was lost"):
        desk.bench.branch(SLUG, {"name": "answer"})
    assert time.monotonic() - begun < 60
    assert not {*mark.read_text().split()} & list_processes()
    assert git(desk.root, "branch", "--format=%(HEAD)%(refname:short)") == "*main"
    assert (git(desk.root, "status", "--porcelain"), desk.read("sources/herald.yml")) == (before, saved)
    path.unlink()
    assert desk.bench.branch(SLUG, {"name": "answer"})["branch"] == "answer"


def list_processes() -> set[str]:
    """The numbers of the processes that run, and of their parents."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return {number for line in told.splitlines() if "Z" not in line.split()[2] for number in line.split()[:2]}


@pytest.mark.parametrize("message", ["\x1b]0;owned\x07", "Two\u202etxt", "A\u009b2J"])
def test_a_message_with_control_characters_is_refused(desk: Desk, message: str) -> None:
    """What is typed for a commit has no character that a terminal would obey."""
    commit_project(desk.root)
    desk.change(GIST)
    desk.save()
    with pytest.raises(Declined, match=r'"message" has a c\w+ .* in it; type it again without'):
        desk.bench.branch(SLUG, {"name": "answer", "message": message})
    assert git(desk.root, "branch", "--format=%(HEAD)%(refname:short)") == "*main"


def test_a_source_without_a_lock_is_saved(desk: Desk) -> None:
    """A source whose lock is missing gets one when the briefing is saved."""
    lock = desk.root / FOLDER / "sources/herald.lock"
    before = lock.read_text()
    lock.unlink()
    again = Desk(desk.root)
    again.change(GIST)
    assert f"{FOLDER}/sources/herald.lock" in again.save()["written"]
    assert lock.read_text().count("statement:") == before.count("statement:")


def test_a_commit_that_a_hook_refuses_leaves_no_branch(desk: Desk) -> None:
    """If Git refuses the commit, everything is as it was."""
    commit_project(desk.root)
    desk.change(GIST)
    desk.save()
    hook = desk.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(Refused, match="not today"):
        desk.bench.branch(SLUG, {"name": "answer"})
    assert git(desk.root, "branch", "--format=%(refname:short)") == "main"
    assert git(desk.root, "diff", "--cached", "--name-only") == ""
    assert git(desk.root, "diff", "--name-only") == f"{FOLDER}/sources/herald.yml"


@pytest.mark.parametrize("text", [
    "", "{", "[]", '{"version": 9}', '{"version": 1, "revision": 1, "at": 5}', "[" * 100_000,
    '{"version": 1, "revision": Infinity, "at": 0, "number": 0, "entries": [], "base": {}}',
], ids=range(7))  # fmt: skip
def test_a_damaged_journal_is_refused(desk: Desk, text: str) -> None:
    """A damaged journal is refused in a sentence that names its file; nothing is overwritten."""
    desk.change(GIST)
    path = desk.root / ".cache/workbench" / SLUG / "state.json"
    path.write_text(text)
    with pytest.raises(Refused, match=r"state\.json"):
        Workbench(desk.root, [], "").state(SLUG)
    assert path.read_text() == text


@pytest.mark.parametrize("path", [
    "../evil.yml", "/tmp/evil.yml", ".git/hooks/pre-commit", ".git/config", "mkdocs.yml", "briefings/vocabulary.yml",
    "briefings/night-ferry/briefing.yml", f"{FOLDER}/../evil.yml", f"{FOLDER}/sources/../../evil.yml",
    f"{FOLDER}/articles/herald.txt",
])  # fmt: skip
def test_a_journal_that_came_with_a_project_reaches_no_other_file(desk: Desk, path: str) -> None:
    """A journal that names any file but those of its briefing is refused."""
    desk.change(GIST)
    (entry,) = (desk.root / ".cache/workbench" / SLUG).glob("0*.json")
    value = json.loads(entry.read_text())
    value["edits"].append({"path": path, "before": None, "after": "evil"})
    entry.write_text(json.dumps(value))
    with pytest.raises(Refused, match="is not a file of the briefing"):
        Workbench(desk.root, [], "").state(SLUG)


@pytest.mark.parametrize("part", [".cache/workbench", f".cache/workbench/{SLUG}", f".cache/workbench/{SLUG}/lock"])
def test_no_journal_through_a_link(tmp_path: Path, part: str) -> None:
    """A journal is not written through a link."""
    root, elsewhere = tidy_project(tmp_path / "project"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / part).parent.mkdir(parents=True)
    (root / part).symlink_to(elsewhere)
    with pytest.raises(OSError, match="link"):
        Workbench(root, [], "").state(SLUG)
    assert not [*elsewhere.iterdir()]


def test_nothing_is_saved_through_a_link(desk: Desk, tmp_path: Path) -> None:
    """A file that became a link is not written through it."""
    desk.change({"do": "add-topic", "title": "Fans", "question": "Do they fail?"})
    desk.change({"do": "add-claim", "topic": "fans", "claim": "The fans fail.", "kind": "state"})
    target = tmp_path / "target.yml"
    target.write_text("theirs")
    (desk.root / FOLDER / "claims/fans.yml").symlink_to(target)
    with pytest.raises(OSError, match="link"):
        desk.save()
    assert target.read_text() == "theirs"


@pytest.mark.slow
@pytest.mark.parametrize("what", ["change", "save", "resolve"])
def test_killed_workbench_tears_no_file(tmp_path: Path, what: str) -> None:
    """After kill -9 at any step of a change, of saving or of settling a conflict, each file is old or new, the journal
    is whole, and the next save ends it."""
    desk = Desk(tidy_project(tmp_path / "project"))
    desk.change(GIST)
    command = [sys.executable, "-m", "tests.workbench.kills", what, str(desk.root)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    print(done.stdout)


def test_the_journal_is_pure() -> None:
    """A journal knows what every file holds at each step, and which files are not on disk like that."""
    one = Entry("one", (Edit("a", b"1", b"2"), Edit("b", None, b"x")))
    two = Entry("two", (Edit("a", b"2", b"3"),))
    journal = Journal().add(one).add(two)
    assert journal.texts == {"a": b"3", "b": b"x"}
    assert journal.step(-1).texts == {"a": b"2", "b": b"x"}
    assert journal.step(-1).step(-1).texts == {"a": b"1", "b": None}
    assert not journal.step(-1).step(-1).unsaved
    assert not journal.save().unsaved
    assert journal.save().step(-1).unsaved == {"a": b"2"}


def test_a_journal_that_another_program_wrote(tmp_path: Path) -> None:
    """A journal is read again if another program wrote it."""
    mine, theirs = (JournalFile(tmp_path, SLUG) for _ in range(2))
    path = f"{FOLDER}/briefing.yml"
    entry = Entry("one", (Edit(path, b"1", b"2"),))
    with mine.lock():
        mine.write(mine.read().add(entry))
    with theirs.lock():
        theirs.write(theirs.read().add(Entry("two", (Edit(path, b"2", b"3"),))))
    with mine.lock():
        assert [one.label for _, one in mine.read().entries] == ["one", "two"]
    assert json.loads((tmp_path / ".cache/workbench" / SLUG / "state.json").read_text())["revision"] == 2
