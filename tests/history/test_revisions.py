"""Comparing revisions: every case of revisions.yml; how Git is called; which commit a briefing is of."""

import json
import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from unittest.mock import Mock

import pytest

from synoptic.history import revisions
from synoptic.load import git, yaml_guard
from synoptic.load.files import Disk
from synoptic.load.git import GitError, Repository
from synoptic.load.load import Loader, load
from tests.history.scripted import COST, Scripted
from tests.projects import SMALL as SLUG
from tests.projects import apply_edit, replace_once, run, small_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("revisions.yml"))
Diff = Callable[..., str]
#: An edit that rewords a claim, and one that changes its kind.
REWORDED = ("The works cost 1.9 billion crowns.", "The works cost it.")
JUDGEMENT = ('kind: state\n  terms: ["cost', 'kind: judgement\n  terms: ["cost')


@pytest.fixture
def scripted(tmp_path: Path) -> Scripted:
    """The invented project, committed once."""
    made = Scripted(small_project(tmp_path / "project"))
    made.commit()
    return made


@pytest.fixture
def repository(scripted: Scripted) -> Iterator[Repository]:
    """The scripted repository, opened by the program."""
    with Repository(scripted.root) as opened:
        yield opened


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    """Runs `diff` with some words in a project: its output, or its errors if it should end with the exit code 2."""

    def run_diff(root: Path, *words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run(root, "diff", *words) == code
        out, error = capsys.readouterr()
        return error if code == 2 else out

    return run_diff


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a project and of its repository, with its time."""
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns) for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\W+", "-", case["why"])[:50])
def test_case(case: dict[str, Any], scripted: Scripted, diff: Diff) -> None:
    """Every comparison of the case tells what it should, and leaves every file as it was."""
    root = scripted.root
    for step in case["steps"]:
        for file, (before, after) in step.get("edit", {}).items():
            replace_once(root / SLUG / file, before, after)
        for file, text in step.get("write", {}).items():
            apply_edit(root, {"file": file, "write": text})
        if "lock" in step:
            assert run(root, "lock", "harbour-tunnel", *step["lock"].split()) == 0
        if "commit" in step:
            scripted.commit(step["commit"])
        if "git" in step:
            scripted.git(*shlex.split(step["git"].format(root=root)))
        if "diff" in step:
            as_was, words, code = state(root), shlex.split(step["diff"]), step.get("code", 0)
            out = diff(root / step.get("in", ""), *words, *["--format=json"] * ("changes" in step), code=code)
            if "changes" in step:
                told = [f"{change['kind']} {change['id']}" for change in json.loads(out)["changes"]]
                assert told == step["changes"]
            else:
                assert step["says"] in out
            assert code != 2 or (out.count("\n") == 1 and "Traceback" not in out)
            assert state(root) == as_was


def test_a_revision_reads_as_the_disk_does(scripted: Scripted, repository: Repository) -> None:
    """The loader reads the same objects and places from a commit as from the folder that was committed."""
    scripted.commit(claims__cost=('kind: state\n  terms: ["cost*"', 'kind: stat\n  terms: &a ["cost*"'))
    here, problems = load(scripted.root)
    there = Loader(repository.revision(repository.resolve("HEAD")))
    read = tuple(there.read_briefing(slug) for slug in there.slugs)
    assert here is not None
    assert [str(p) for p in there.problems] == [str(p) for p in problems] != []
    for one, other in zip(here.briefings, read, strict=True):
        assert other is not None
        for name in ("file", "sources", "claims", "figures", "events", "locks", "broken"):
            assert getattr(one, name) == getattr(other, name)
            assert [i.place.parts for i in one.claims] == [i.place.parts for i in other.claims]


def test_only_what_differs_is_read(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A briefing without a changed file is not read, and a file that both sides share is read into objects once."""
    scripted.commit(claims__cost=REWORDED)
    parse = Mock(wraps=yaml_guard.parse)
    monkeypatch.setattr("synoptic.load.reader.parse", parse)
    assert run(scripted.root, "diff", "HEAD~1", "HEAD") == 0
    asked = Counter(path for (_, path), _ in parse.call_args_list)
    assert not [path for path in asked if "night-ferry" in path]
    assert [path for path, times in asked.items() if times > 1] == [COST]


def test_a_project_inside_a_repository(tmp_path: Path, diff: Diff) -> None:
    """The project may be a folder of a larger repository; places stay relative to the project."""
    outer = Scripted(small_project(tmp_path / "outer" / "inner").parent)
    outer.commit()
    replace_once(outer.root / "inner" / COST, *JUDGEMENT)
    outer.commit("Other")
    out = diff(outer.root / "inner", "HEAD~1", "HEAD", "--format", "json")
    assert {change["place"]["path"] for change in json.loads(out)["changes"]} == {COST}
    with Repository(outer.root / "inner") as opened:
        assert opened.list_authors(opened.resolve("HEAD~1"), opened.resolve("HEAD")) == {COST: frozenset({"Other"})}


def test_links_and_odd_names(scripted: Scripted, repository: Repository) -> None:
    """Links are not followed, and names of any kind are read as they are."""
    (scripted.root / SLUG / "claims/link.yml").symlink_to("/etc/passwd")
    (scripted.root / SLUG / 'claims/ö \n".yml').write_text("[]", encoding="utf-8")
    scripted.commit()
    tree = repository.revision(repository.resolve("HEAD"))
    folder = PurePosixPath(SLUG) / "claims"
    assert tree.names(folder) == Disk(scripted.root).names(folder)
    assert tree.kind(folder / "link.yml") == "link"
    there = Loader(tree)
    there.read_briefing("harbour-tunnel")
    told = sorted(p.message for p in there.problems)
    assert told[0] == "is not a regular file"
    assert len(told) == 2


def test_no_repository_or_no_git(
    scripted: Scripted, tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a repository, and without Git, the message says so."""
    assert "is not in a Git repository" in diff(small_project(tmp_path / "plain"), "HEAD", code=2)
    monkeypatch.setenv("PATH", "")
    assert "Git is not installed" in diff(scripted.root, "HEAD", code=2)


def test_a_missing_object(scripted: Scripted, diff: Diff) -> None:
    """A file that the clone lacks is listed as unread; nothing is fetched, and nothing else is lost."""
    base = scripted.git("rev-parse", "HEAD")
    scripted.commit(claims__cost=REWORDED)
    blob = scripted.git("rev-parse", f"{base}:{COST}")
    (scripted.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    out = diff(scripted.root, base, "HEAD", "--format", "json")
    assert [(u["side"], u["place"]["path"]) for u in json.loads(out)["unread"]] == [("base", COST)]


def test_git_runs_nothing_of_the_repository(scripted: Scripted, tmp_path: Path) -> None:
    """No program from a repository's settings or attributes is run."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.pager", "core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge",
                "filter.x.clean", "gpg.program", "core.sshCommand"):  # fmt: skip
        scripted.git("config", key, str(trap))
    scripted.git("config", "log.showSignature", "true")
    (tmp_path / "sprung").unlink(missing_ok=True)
    before = scripted.git("rev-parse", "HEAD")
    (scripted.root / ".git/info/attributes").write_text("*.yml diff=x filter=x\n", encoding="utf-8")
    replace_once(scripted.root / COST, *JUDGEMENT)
    assert run(scripted.root, "diff", before) == 0
    assert run(scripted.root, "diff", before, "HEAD") == 0
    assert not (tmp_path / "sprung").exists()


def test_the_repository_is_the_folders(scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable from a Git hook does not lead to another repository."""
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other"))
    with Repository(scripted.root) as opened:
        assert len(opened.resolve("HEAD")) == 40


def test_names_in_commits_are_only_names(scripted: Scripted, repository: Repository) -> None:
    """An author's name of any shape stays one name."""
    base = scripted.git("rev-parse", "HEAD")
    scripted.commit("briefings/x", claims__cost=REWORDED)
    assert repository.list_authors(base, repository.resolve("HEAD")) == {COST: frozenset({"briefings/x"})}


def test_every_call_is_flagged(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """No call of Git lacks the flags that keep it quiet."""
    popen = Mock(wraps=subprocess.Popen)
    monkeypatch.setattr(subprocess, "Popen", popen)
    with Repository(scripted.root) as opened:
        tree = opened.revision(opened.resolve("HEAD"))
        tree.read(PurePosixPath(COST))
        opened.list_present()
        opened.list_differing(*[opened.resolve("HEAD")] * 2)
        with pytest.raises(GitError):
            opened.resolve("nowhere")
        with pytest.raises(FileNotFoundError):
            tree.read(PurePosixPath("nothing"))
    commands = [call.args[0] for call in popen.call_args_list]
    assert commands
    assert all(tuple(command[1 : 1 + len(git.FLAGS)]) == git.FLAGS for command in commands)


# -- which commit a briefing is of ---------------------------------------------------------------------------------


def test_a_briefing_knows_the_commit_that_last_touched_it(scripted: Scripted) -> None:
    """Each briefing has its own last commit, which a commit to another leaves alone; of a merged branch it is the
    merge; with changes that are not committed it has none."""
    first = scripted.git("rev-parse", "HEAD")
    second = scripted.commit(claims__cost=("claim: The works cost 1.9", "claim: The works cost 2.9"))
    assert revisions.find_last_commits(scripted.root) == {"harbour-tunnel": second, "night-ferry": first}
    scripted.git("switch", "-q", "-c", "side", first)
    scripted.commit(briefing=("title: The Harbour Tunnel", "title: The Tunnel"))
    scripted.git("switch", "-q", "main")
    scripted.git("merge", "-q", "--no-ff", "-m", "Merged", "side")
    merged = scripted.git("rev-parse", "HEAD")
    assert revisions.find_last_commits(scripted.root) == {"harbour-tunnel": merged, "night-ferry": first}
    (scripted.root / COST).write_text("[]\n", encoding="utf-8")
    assert revisions.find_last_commits(scripted.root) == {"night-ferry": first}


def test_a_shallow_clone_names_only_commits_it_can_know(scripted: Scripted, tmp_path: Path) -> None:
    """Where a shallow clone ends, every file seems new, so that commit is not named."""
    second = scripted.commit(claims__cost=("claim: The works cost 1.9", "claim: The works cost 2.9"))
    scripted.git("clone", "-q", "--depth", "2", scripted.root.as_uri(), str(tmp_path / "two"))
    scripted.git("clone", "-q", "--depth", "1", scripted.root.as_uri(), str(tmp_path / "one"))
    assert revisions.find_last_commits(tmp_path / "two")["harbour-tunnel"] == second
    assert revisions.find_last_commits(tmp_path / "one") == {}
