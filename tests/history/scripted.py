"""A Git repository with a scripted history."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from synoptic.check.registry import check
from synoptic.history import log
from synoptic.load.load import load
from synoptic.model.history import History
from synoptic.model.site import Publication, Site
from tests import projects
from tests.projects import SMALL, replace_once, run, small_project

COST = f"{SMALL}/claims/cost.yml"
PUBLISHED = Publication(name="Invented", site_url="https://site.test/x/", repo_url="https://repo.test/a/b")


@dataclass
class Scripted:
    """A repository with a fixed history; every commit has its author and its second."""

    root: Path
    second: int = 1_900_000_000

    def __post_init__(self) -> None:
        """Begin the repository, unless it is a copy of one, to add commits to; those are later ones."""
        if (self.root / ".git").exists():
            self.second += 9_000
        else:
            self.git("init", "-q", "-b", "main")

    def git(self, *words: str, author: str = "A Tester") -> str:
        """A Git command's output."""
        self.second += 1
        fields = {"NAME": author, "EMAIL": "a@example.org", "DATE": f"{self.second} +0000"}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in fields.items()}
        return projects.git(self.root, *words, check=True, **who)

    def commit(self, author: str = "A Tester", *, lock: bool = False, **edits: tuple[str, str]) -> str:
        """Commit everything, after replacing texts in the briefing, as in ``claims__opening_date=(old, new)``, and
        perhaps locking it again. Returns the commit."""
        for name, (before, after) in edits.items():
            file = name.replace("__", "/").replace("_", "-")
            replace_once(self.root / SMALL / f"{file}.yml", before, after)
        if lock:
            relock(self.root)
        self.git("add", "-A", author=author)
        self.git("commit", "-q", "-m", "A commit", author=author)
        return self.git("rev-parse", "HEAD")


def script(root: Path) -> Scripted:
    """A briefing that is drafted, published, reworded, corrected, renamed in part, merged into, and reverted."""
    made = Scripted(small_project(root))
    cost, vague = "The works cost 1.9 billion crowns.\n", "The works cost a lot.\n"
    made.commit(briefing=("status: published", "status: draft"))
    made.commit(claims__cost=(cost, vague))
    made.commit(briefing=("status: draft", "status: published"))
    made.commit(claims__cost=(vague, cost))
    made.second += 86_400  # what comes now is another edition
    stance = "herald-cost, source: herald, stance: "
    made.commit(claims__cost=(f"{stance}denies", f"{stance}asserts"))
    flipped = made.git("rev-parse", "HEAD")
    old, new = "quote: the ferry fleet is reportedly for sale", "quote: ferry fleet is reportedly for sale"
    made.commit(lock=True, claims__cost=(old, new))
    made.commit(lock=True, claims__cost=("- id: cost-19\n", "- id: cost-of-works\n  was: [cost-19]\n"))
    made.git("switch", "-q", "-c", "theirs")
    made.commit(claims__opening_date=("The tunnel is two years late.", "The tunnel is quite late."))
    made.commit(claims__opening_date=("The tunnel is quite late.", "The tunnel is late by two years."))
    made.git("switch", "-q", "main")
    made.commit(figures=('value: "2"', 'value: "two"'))
    made.git("merge", "-q", "--no-ff", "-m", "A merge", "theirs")
    made.git("revert", "--no-edit", flipped)
    return made


def relock(root: Path) -> None:
    """Write the locks and the register again, with a fixed day of the check."""
    assert run(root, "lock", "harbour-tunnel", "--by", "A Tester") in (0, 1)
    for path in (root / SMALL).glob("sources/*.lock"):
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
