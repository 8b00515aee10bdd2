"""The published history of a scripted repository; its change log, feeds, data and register are golden files.

``python -m tests.history.test_log`` writes the golden files again; look at the difference.
"""

import json
import os
import re
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from synoptic.history import log
from synoptic.load import git
from synoptic.load.git import Repository
from synoptic.pages import render
from tests.history.scripted import COST, Scripted, history_of, list_changes, script, site_of
from tests.projects import SMALL as SLUG
from tests.projects import git as git_command
from tests.projects import replace_once
from tests.pseudo import find_forgotten_changes

GOLDEN = Path(__file__).parent


def named(text: str) -> str:
    """A page or feed with its commits and ids replaced by numbers, since they depend on every byte of the project."""
    for pattern, sign in (("[0-9a-f]{8}-[0-9a-f-]{27}", "uuid-"), ("[0-9a-f]{40}", "commit-"), ("[0-9a-f]{12}", "c")):
        for number, name in enumerate(dict.fromkeys(re.findall(rf"\b{pattern}\b", text)), 1):
            text = text.replace(name, f"{sign}{number}")
    return text


def outcome(root: Path) -> dict[str, str]:
    """The golden files of the scripted repository."""
    pages = render.render_site(site_of(root), drafts=False)
    claims = json.loads(pages[f"api/v1/{SLUG}/claims.json"])
    return {
        "changes.md": named(str(pages[f"{SLUG}/changes/index.md"])),
        "feed.xml": named(str(pages[f"{SLUG}/feed.xml"])),
        "speaker.xml": named(str(pages["speakers/city-engineer/feed.xml"])),
        "claims.json": json.dumps(claims, ensure_ascii=False, indent=1),
        "ids.lock": (root / SLUG / "ids.lock").read_text(encoding="utf-8"),
    }


def test_golden(past: Path) -> None:
    """The scripted past gives the change log, feeds, data and register of the golden files."""
    for name, content in outcome(past).items():
        assert content == (GOLDEN / name).read_text(encoding="utf-8"), name


def test_changes_say_nothing_outside_the_catalogues(past: Path) -> None:
    """In a language of brackets, what change logs and feeds say of changes is in brackets or was typed."""
    site, history = site_of(past), history_of(past)
    assert find_forgotten_changes(site, history) == {}


def test_what_the_script_tells(past: Path) -> None:
    """The draft leaves no trace; a merge is one step; a revert names what it undoes; what altered a thing after the day
    of publication is a correction."""
    found = history_of(past)
    steps = found.entries_of("harbour-tunnel")
    assert [c.kind for c in steps[0].changes] == ["briefing-added"]
    assert [[change.kind for change in entry.changes if not change.first] for entry in steps[1:]] == [
        ["claim-reworded"],
        ["verdict-changed", "statement-stance"],
        ["quotation-cut"],
        ["claim-id"],
        ["figure-changed"],
        ["claim-reworded"],
        ["verdict-changed", "statement-stance"],
    ]
    (merged,) = (c for c in steps[6].changes if c.kind == "claim-reworded")
    assert (merged.before, merged.after) == ("The tunnel is two years late.", "The tunnel is late by two years.")
    undone = {change.kind: entry for (commit, change), entry in found.reverted.items() if commit == steps[7].commit}
    assert undone == {"verdict-changed": steps[2], "statement-stance": steps[2]}
    corrections = [c.kind for entry in steps for c in entry.changes if found.is_correction(entry, c)]
    assert corrections == ["statement-stance", "quotation-cut", "figure-changed", "claim-reworded", "statement-stance"]


def test_dates_of_claims(past: Path) -> None:
    """A claim is first stated when its briefing was published, whatever id it had, and last changed as the log says."""
    found = history_of(past)
    steps = found.entries_of("harbour-tunnel")

    def commits(claim: str) -> list[str | None]:
        dates = found.claim_dates("harbour-tunnel", claim)
        return [entry.commit if entry else None for entry in (dates.first, dates.last)]

    assert commits("cost-of-works") == [steps[0].commit, steps[-1].commit]
    assert commits("two-years-late")[1] == steps[6].commit
    assert commits("what-inspection-found") == [steps[0].commit, None]
    assert found.claim_changed_on("harbour-tunnel", "what-inspection-found") == ""
    assert found.cell_changed_on("harbour-tunnel", "cost-of-works", "herald") == steps[-1].day
    assert found.cell_changed_on("harbour-tunnel", "cost-of-works", "gazette") == ""


def test_a_cache_changes_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the cache no old file is read; without it the result is the same; a damaged cache is ignored."""
    cold = outcome(own)
    read = git.Repository.read_object
    monkeypatch.setattr(git.Repository, "read_object", lambda self, name: pytest.fail("a file was read"))
    assert outcome(own) == cold
    monkeypatch.setattr(git.Repository, "read_object", read)
    cache = own / log.CACHE
    good = cache.read_text(encoding="utf-8")
    for bad in ("", "{", "[]", "null", '{"version": 1}', good.replace("claim-reworded", "no-such-kind"), good[:-30]):
        cache.write_text(bad, encoding="utf-8")
        assert outcome(own) == cold, bad[:40]
        assert cache.read_text(encoding="utf-8") == good


def test_only_new_commits_are_read(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one more commit the walk compares one step; the cache of an older program is ignored."""
    before = list_changes(history_of(scripted.root))
    scripted.commit(claims__opening_date=("The tunnel opens in June.", "The tunnel opens in July."))
    compare = Mock(wraps=log.Walk.compare)
    monkeypatch.setattr(log.Walk, "compare", lambda *words, **more: compare(*words, **more))
    after = list_changes(history_of(scripted.root))
    assert after == [*before, ("claim-reworded", "opens-in-june")]
    assert compare.call_count == 1
    monkeypatch.setattr(log, "hash_program", lambda: "another")
    assert list_changes(history_of(scripted.root)) == after
    assert compare.call_count > 5


def test_edits_that_are_not_committed_ask_git_one_thing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While someone is editing, the last history is used, and no walk begins."""
    first = history_of(own)
    monkeypatch.setattr(git.Repository, "list_steps", lambda *_: pytest.fail("a walk began"))
    replace_once(own / COST, "claim: The works cost 1.9", "claim: The works cost 2")
    assert log.read_history(own) is first


def test_a_shallow_clone_says_how_far_it_reaches(past: Path, tmp_path: Path) -> None:
    """A shallow clone shows what it has, says where it begins, and dates older claims before that."""
    there = tmp_path / "shallow"
    git_command(past, "clone", "-q", "--depth", "4", f"file://{past}", there)
    site = site_of(there)
    found = site.history
    assert found is not None
    assert found.since is not None
    whole = list_changes(history_of(past))
    assert list_changes(found) == whole[-len(list_changes(found)) :]
    pages = render.render_site(site, drafts=False)
    assert "This copy of the history begins on" in pages[f"{SLUG}/changes/index.md"]
    assert "First stated before 18 March 2030" in pages[f"{SLUG}/topics/opening-date/index.md"]
    git_command(there, "fetch", "-q", "--unshallow")
    assert list_changes(history_of(there)) == whole


def test_a_shallow_clone_of_one_commit(past: Path, tmp_path: Path) -> None:
    """With only the last commit there is no change log; claims still say when they were verified."""
    there = tmp_path / "shallow"
    git_command(past, "clone", "-q", "--depth", "1", f"file://{past}", there)
    pages = render.render_site(site_of(there), drafts=False)
    assert not [path for path in pages if "changes" in path or path.endswith(".xml")]
    assert "Last verified" in pages[f"{SLUG}/topics/cost/index.md"]


def test_without_git(past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without Git, the log and feeds are left out and the page How it works says so."""
    shutil.copytree(past / "briefings", tmp_path / "plain" / "briefings")
    for root, path in ((tmp_path / "plain", os.environ["PATH"]), (past, "")):
        monkeypatch.setenv("PATH", path)
        site = site_of(root)
        assert (site.history, site.commits) == (None, {})
        pages = render.render_site(site, drafts=False)
        assert not [path for path in pages if "changes" in path or path.endswith(".xml")]
        assert "built without the history of its repository" in pages["method/index.md"]
        topic = pages[f"{SLUG}/topics/cost/index.md"]
        assert "Last verified" in topic
        assert "First stated" not in topic
        assert ">Changes<" not in topic


def test_taken_back_and_published_again(scripted: Scripted) -> None:
    """Withdrawing a briefing is one change; later edits appear when it is published again."""
    before = len(list_changes(history_of(scripted.root)))
    scripted.commit(briefing=("status: published", "status: draft"))
    scripted.commit(claims__opening_date=("The tunnel opens in June.", "The tunnel opens in May."))
    scripted.commit(claims__opening_date=("The tunnel opens in May.", "The tunnel opens in July."))
    scripted.commit(briefing=("status: draft", "status: published"))
    found, withdrawn = history_of(scripted.root), ("briefing-status", "harbour-tunnel")
    assert list_changes(found)[before:] == [withdrawn, withdrawn, ("claim-reworded", "opens-in-june")]
    assert found.entries_of("harbour-tunnel")[-1].changes[-1].before == "The tunnel opens in June."


def test_a_past_that_cannot_be_read_is_told_later(scripted: Scripted) -> None:
    """The changes of an unreadable commit appear with the next readable one; unreadable commits are counted."""
    before = len(list_changes(history_of(scripted.root)))
    good, bad = "- id: opens-in-june\n  claim: The tunnel opens in June.", "- id: [\n  claim: It."
    scripted.commit(claims__opening_date=(good, bad))
    scripted.commit(claims__opening_date=(bad, good.replace("June.", "July.")))
    found = history_of(scripted.root)
    assert list_changes(found)[before:] == [("claim-reworded", "opens-in-june")]
    assert found.unread == 1
    pages = render.render_site(site_of(scripted.root), drafts=False)
    assert "This version of the program cannot read 1 commit" in pages[f"{SLUG}/changes/index.md"]


def test_a_removed_briefing_stays_in_the_log_of_the_site(scripted: Scripted) -> None:
    """Removing a briefing is a change, and its changes stay in the log and feed of the site."""
    shutil.rmtree(scripted.root / SLUG)
    scripted.commit()
    pages = render.render_site(site_of(scripted.root), drafts=False)
    assert "One briefing was removed&#46;" in pages["changes/index.md"]
    assert "One claim was reworded" in pages["changes/index.md"]
    assert "Correction: Claim reworded" in pages["changes/feed.xml"]


def test_mainline_asks_once(past: Path) -> None:
    """The steps are the first parents that touched the briefings, each with the files it changed."""
    with Repository(past) as repository:
        steps = repository.list_steps("HEAD")
    asked = git_command(past, "rev-list", "--first-parent", "--reverse", "HEAD")
    assert [step.commit for step in steps] == asked.split()
    assert all(step.files for step in steps)


def test_the_cache_holds_commits_only(own: Path) -> None:
    """The cache contains commits and changes, and nothing about the machine."""
    history_of(own)
    kept = json.loads((own / log.CACHE).read_text(encoding="utf-8"))
    assert set(kept) == {"version", "commits"}
    assert str(own) not in json.dumps(kept)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for file, content in outcome(script(Path(folder) / "project").root).items():
            (GOLDEN / file).write_text(content, encoding="utf-8")
