"""A workbench on a small project, without a server, for tests to use as the page would."""

from pathlib import Path
from typing import Any

from synoptic.workbench.fields import Declined
from synoptic.workbench.session import Workbench
from tests.projects import git, run, small_project

SLUG = "harbour-tunnel"
FOLDER = f"briefings/{SLUG}"


class Desk:
    """A workbench of one briefing; each method sends what the page would and keeps the state."""

    def __init__(self, root: Path, by: str = "Ada Quill") -> None:
        self.root = root
        self.bench = Workbench(root, [], by)
        self.state: dict[str, Any] = self.bench.state(SLUG)

    def change(self, *changes: dict[str, Any]) -> dict[str, Any]:
        """Apply changes as one step."""
        self.state = self.bench.change(SLUG, {"revision": self.state["revision"], "changes": [*changes]})
        return self.state

    def refused(self, *changes: dict[str, Any]) -> Declined:
        """The refusal of changes."""
        try:
            self.change(*changes)
        except Declined as fault:
            return fault
        raise AssertionError("it was not refused")

    def step(self, by: int) -> dict[str, Any]:
        """Undo or redo."""
        self.state = self.bench.step(SLUG, {"revision": self.state["revision"]}, by)
        return self.state

    def save(self) -> dict[str, Any]:
        """Save; the answer."""
        answer = self.bench.save(SLUG, {"revision": self.state["revision"]})
        self.state = answer["state"]
        return answer

    def claim(self, name: str) -> dict[str, Any]:
        """A claim of the state."""
        return next(claim for claim in self.state["claims"] if claim["id"] == name)

    def statement(self, name: str) -> dict[str, Any]:
        """A statement of the state."""
        return next(one for claim in self.state["claims"] for one in claim["statements"] if one["id"] == name)

    def read(self, path: str) -> str:
        """A file of the briefing on disk."""
        return (self.root / FOLDER / path).read_text(encoding="utf-8")


def tidy_project(root: Path) -> Path:
    """The small project in the canonical layout."""
    small_project(root)
    assert run(root, "fmt") == 0
    return root


def commit_project(root: Path) -> None:
    """Make the project a repository of one commit."""
    (root / ".gitignore").write_text("/.cache/\n/briefings/*/articles/\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Ada Quill")
    git(root, "config", "user.email", "ada@example.org")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Begin")
