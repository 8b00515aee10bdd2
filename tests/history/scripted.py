"""A Git repository with a scripted history."""

import os
import subprocess
from pathlib import Path

from tests.projects import SMALL, replace_once

COST = f"{SMALL}/claims/cost.yml"


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
        """Everything as it is now, after replacing text in the files of the briefing. Out: the commit."""
        for name, (before, after) in edits.items():
            path = self.root / SMALL / f"{name.replace('__', '/')}"
            path = path.with_suffix(".lock" if "lock" in name else ".yml")
            path = path.with_name(path.name.replace("_lock", ""))
            replace_once(path, before, after)
        self.git("add", "-A", author=author)
        self.git("commit", "-q", "-m", "A commit", author=author)
        return self.git("rev-parse", "HEAD")
