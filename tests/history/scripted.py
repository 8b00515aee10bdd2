"""A Git repository with a scripted history."""

import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

from build_tools.check.registry import check
from build_tools.history import log
from build_tools.load.load import load
from build_tools.model.history import History
from build_tools.model.site import Publication, Site
from tests.projects import SMALL, replace_once, run, small_project

COST = f"{SMALL}/claims/cost.yml"
PUBLISHED = Publication(name="Invented", site_url="https://site.test/x/", repo_url="https://repo.test/a/b")


class Scripted:
    """A repository with a fixed history; every commit has its author and its second."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.second = 1_900_000_000
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, author: str = "A Tester") -> str:
        """A Git command's output."""
        self.second += 1
        fields = {"NAME": author, "EMAIL": "a@example.org", "DATE": f"{self.second} +0000"}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in fields.items()}
        done = subprocess.run(
            ["git", *words], cwd=self.root, env={**os.environ, **who}, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, author: str = "A Tester", **edits: tuple[str, str]) -> str:
        """Commit everything, after replacing texts in the briefing: ``claims__cost=(old, new)``. Returns the commit."""
        for name, (before, after) in edits.items():
            path = self.root / SMALL / f"{name.replace('__', '/')}"
            path = path.with_suffix(".lock" if "lock" in name else ".yml")
            replace_once(path.with_name(path.name.replace("_lock", "")), before, after)
        self.git("add", "-A", author=author)
        self.git("commit", "-q", "-m", "A commit", author=author)
        return self.git("rev-parse", "HEAD")


def script(root: Path) -> Scripted:
    """A briefing that is drafted, published, reworded, corrected, renamed in part, merged into, and reverted."""
    made = Scripted(small_project(root))
    status = root / SMALL / "briefing.yml"
    as_is = status.read_text(encoding="utf-8")
    status.write_text(as_is.replace("status: published", "status: draft"), encoding="utf-8")
    made.commit()
    made.commit(claims__cost=("The works cost 1.9 billion crowns.\n", "The works cost a lot.\n"))
    status.write_text(as_is, encoding="utf-8")
    made.commit()
    made.commit(claims__cost=("The works cost a lot.\n", "The works cost 1.9 billion crowns.\n"))
    made.commit(
        claims__cost=("herald-cost, source: herald, stance: denies", "herald-cost, source: herald, stance: asserts")
    )
    flipped = made.git("rev-parse", "HEAD")
    path = root / SMALL / "claims/cost.yml"
    old, new = "quote: the ferry fleet is reportedly for sale", "quote: ferry fleet is reportedly for sale"
    replace_once(path, old, new)
    relock(root)
    made.commit()
    text = path.read_text(encoding="utf-8").replace("- id: cost-19\n", "- id: cost-of-works\n  was: [cost-19]\n")
    path.write_text(text, encoding="utf-8")
    relock(root)
    made.commit()
    made.git("switch", "-q", "-c", "theirs")
    change_opening(made, "The tunnel is two years late.", "The tunnel is quite late.")
    change_opening(made, "The tunnel is quite late.", "The tunnel is late by two years.")
    made.git("switch", "-q", "main")
    made.commit(figures=('value: "2"', 'value: "two"'))
    made.git("merge", "-q", "--no-ff", "-m", "A merge", "theirs")
    made.git("revert", "--no-edit", flipped)
    return made


def change_opening(made: Scripted, before: str, after: str) -> None:
    """Commit a replacement in the claims about the opening date."""
    replace_once(made.root / SMALL / "claims/opening-date.yml", before, after)
    made.commit()


def reopen(root: Path) -> Scripted:
    """A copy of a scripted repository, to add commits to."""
    made = Scripted.__new__(Scripted)
    made.root, made.second = root, 1_900_009_000
    return made


def relock(root: Path) -> None:
    """Write the locks and the register again, with a fixed day of the check."""
    folder = root / SMALL
    assert run(root, "lock", "harbour-tunnel", "--by", "A Tester") in (0, 1)
    for path in folder.glob("sources/*.lock"):
        text = re.sub(r"checked_on: .*", "checked_on: '2031-03-09'", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")


def site_of(root: Path, publication: Publication = PUBLISHED) -> Site:
    """The project with its history."""
    log.walk_history.cache_clear()
    site, problems = load(root)
    assert site is not None
    assert [str(p) for p in (*problems, *check(site)) if p.level == "error"] == []
    return log.with_history(replace(site, publication=publication), root)


def history_of(root: Path) -> History:
    """The history of a project."""
    history = site_of(root).history
    assert history is not None
    return history


def list_changes(history: History) -> list[tuple[str, str]]:
    """Every change of the harbour briefing as (kind, id), oldest first."""
    return [(change.kind, change.id) for entry in history.entries_of("harbour-tunnel") for change in entry.changes]
