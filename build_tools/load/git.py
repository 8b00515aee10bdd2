"""A project's files as they were in a Git revision, read without a checkout. Git is asked; nothing is written.

Every program that a configuration could make Git run (pager, external diff, text conversion, signatures, file
monitor) is switched off, and no name that a person types can become an option.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from build_tools.base.problems import to_one_line
from build_tools.load.files import Kind

FLAGS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"),
)
FIXED = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a revision is what its id says
    "GIT_NO_LAZY_FETCH": "1",  # nothing is fetched behind anybody's back
}
FOLDER = "briefings"


@dataclass(frozen=True)
class Step:
    """A commit, its time in seconds of Unix, and what it made of each file: mode and id, None where it is gone."""

    commit: str
    seconds: int
    files: dict[PurePosixPath, tuple[str, str] | None]


class GitFault(Exception):
    """Why Git cannot say what was asked: a sentence for people."""


class Repository(AbstractContextManager["Repository"]):
    """The repository in which a folder lies. Used in a ``with``; raises GitFault where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._objects: subprocess.Popen[bytes] | None = None
        asked = self._run("rev-parse", "--is-shallow-repository")
        if asked.returncode:
            if b"not a git repository" in asked.stderr:
                raise GitFault(f"{folder.resolve()} is in no Git repository; there is nothing to compare with")
            raise GitFault(_said(asked.stderr))
        self.shallow = asked.stdout.strip() == b"true"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._objects is not None:
            self._objects.stdin and self._objects.stdin.close()
            self._objects.stdout and self._objects.stdout.close()
            self._objects.wait()
            self._objects = None

    def __enter__(self) -> Self:
        return self

    def commit(self, name: str) -> str:
        """The full id of the commit that ``name`` means: a branch, a tag, an id, HEAD~2 ..."""
        if not name or name.startswith("-") or not name.isprintable():
            raise GitFault(f'"{to_one_line(name)}" is no name of a revision')
        asked = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        found = asked.stdout.decode("ascii", "replace").strip()
        if asked.returncode or not found.isalnum():
            more = "; this clone is shallow: git fetch --unshallow brings the rest" if self.shallow else ""
            raise GitFault(f'there is no revision "{name}" in this clone{more}')
        return found

    def fork(self, one: str, other: str) -> str:
        """The commit where two commits parted."""
        asked = self._run("merge-base", one, other)
        if asked.returncode:
            more = (
                " as far as this shallow clone reaches; git fetch --unshallow brings the rest" if self.shallow else ""
            )
            raise GitFault(f"{one[:12]} and {other[:12]} have no commit in common{more}")
        return asked.stdout.decode("ascii").split()[0]

    def revision(self, commit: str) -> Revision:
        """The files of a commit, as a Tree."""
        asked = self._run("ls-tree", "-r", "-z", commit, "--", f"{FOLDER}/")
        if asked.returncode:
            raise GitFault(_said(asked.stderr))
        entries = {}
        for entry in asked.stdout.split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, _, name = about.split(b" ")
            entries[PurePosixPath(os.fsdecode(path))] = (mode.decode("ascii"), name.decode("ascii"))
        return Revision(self, entries)

    def authors(self, base: str, head: str) -> Mapping[str, frozenset[str]]:
        """Who wrote the commits that ``head`` has and ``base`` has not: names by the path that they touched."""
        shape = ("--no-renames", "--relative", "--name-only", "--no-ext-diff", "--no-textconv", "--format=>%an")
        asked = self._run("log", *shape, f"{base}..{head}", "--", FOLDER)
        if asked.returncode:
            raise GitFault(_said(asked.stderr))
        found: dict[str, set[str]] = {}
        author = ""
        for line in asked.stdout.decode("utf-8", "replace").split("\n"):
            if line.startswith(">"):
                author = line[1:]
            elif line:
                found.setdefault(line, set()).add(author)
        return {path: frozenset(names) for path, names in found.items()}

    def last(self) -> Mapping[str, str]:
        """The commit by which each folder in ``briefings`` became what it is in HEAD, on HEAD's own line (so of a
        branch that was merged, the merge); in a shallow clone only what it can tell."""
        shape = ("--no-renames", "--relative", "--name-only", "--no-ext-diff", "--no-textconv", "--format=>%H, %D")
        asked = self._run("log", "--first-parent", "-m", *shape, "HEAD", "--", FOLDER)
        found: dict[str, str] = {}
        commit = ""
        for line in asked.stdout.decode("utf-8", "replace").split("\n") if not asked.returncode else ():
            if line.startswith(">"):
                name, *about = line[1:].split(", ")
                commit = "" if "grafted" in about else name  # where a shallow clone ends, all seems to be added
            elif line.count("/") > 1:
                found.setdefault(line.split("/")[1], commit)
        return {slug: commit for slug, commit in found.items() if commit}

    def mainline(self, head: str) -> tuple[Step, ...]:
        """The commits that changed the briefings, the oldest first, along first parents: what a merge brought is one
        step. In a shallow clone the first step is where it begins, and brings everything there was."""
        shape = ("--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "-z")
        quiet = ("--relative", "--no-ext-diff", "--no-textconv", "--format=%x01%H %ct")
        asked = self._run("-c", "log.showRoot=true", "log", *shape, *quiet, head, "--", FOLDER)
        if asked.returncode:
            raise GitFault(_said(asked.stderr))
        steps: list[Step] = []
        tokens = iter(asked.stdout.split(b"\0"))
        for token in tokens:
            token = token.lstrip(b"\n")
            if token.startswith(b"\x01"):
                commit, seconds = token[1:].decode("ascii").split()
                steps.append(Step(commit, int(seconds), {}))
            elif token:
                _, mode, _, name, _ = token.decode("ascii").split()
                path = PurePosixPath(os.fsdecode(next(tokens)))
                steps[-1].files[path] = (mode, name) if mode.strip("0") else None
        return tuple(reversed(steps))

    def cut(self, commit: str) -> bool:
        """Whether a commit has parents that this shallow clone has not got."""
        if not self.shallow:
            return False
        written, known = (self._run("cat-file", "commit", commit), self._run("rev-parse", f"{commit}^@"))
        return b"\nparent " in written.stdout.partition(b"\n\n")[0] and not known.stdout.strip()

    def tree(self, entries: Mapping[PurePosixPath, tuple[str, str]]) -> Revision:
        """Files by their mode and id, as a Tree."""
        return Revision(self, entries)

    def me(self) -> str:
        """The name that Git would sign with, or nothing."""
        return self._run("config", "user.name").stdout.decode("utf-8", "replace").strip()

    def blob(self, name: str) -> bytes:
        """The content that has an id. Raises OSError where the clone has not got it."""
        source, sink = self._pipes()
        sink.write(f"{name}\n".encode("ascii"))
        sink.flush()
        head = source.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise OSError(0, "this clone has not got it (a partial clone?)", name)
        data = source.read(int(head[2]))
        source.read(1)
        return data

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._objects is None:
            self._objects = subprocess.Popen(  # noqa: S603 - fixed words only
                ["git", *FLAGS, "cat-file", "--batch"],
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        if self._objects.stdout is None or self._objects.stdin is None:  # never: both were asked for
            raise GitFault("Git gave no answer")
        return self._objects.stdout, self._objects.stdin

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell, and names are checked
                ["git", *FLAGS, *words],
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise GitFault("Git is not installed, or not on the path; comparing revisions needs it") from None


class Revision:
    """The files of one commit, as a Tree."""

    def __init__(self, repository: Repository, entries: Mapping[PurePosixPath, tuple[str, str]]) -> None:
        self._repository = repository
        self._entries = entries
        folders: dict[PurePosixPath, set[str]] = {}
        for path in entries:
            inner = path
            for folder in path.parents:
                folders.setdefault(folder, set()).add(inner.name)
                inner = folder
        self._folders = {folder: sorted(names) for folder, names in folders.items()}

    def kind(self, path: PurePosixPath) -> Kind:
        """What stands at a path."""
        if path in self._folders:
            return "folder"
        mode = self._entries.get(path, ("", ""))[0]
        return "missing" if not mode else "file" if mode.startswith("100") else "link" if mode == "120000" else "other"

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder."""
        return self._folders.get(folder, [])

    def read(self, path: PurePosixPath) -> bytes:
        """A file's bytes."""
        if path not in self._entries:
            raise FileNotFoundError(2, "is not in this revision", path.as_posix())
        return self._repository.blob(self._entries[path][1])

    def fingerprint(self, path: PurePosixPath) -> str:
        """The id that Git gives to these bytes."""
        return self._entries[path][1]


def _environment() -> dict[str, str]:
    """The environment of every call: which repository is meant is decided by the folder, never by a variable."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(("GIT_CONFIG", "GIT_CEIL"))}
    return {**kept, **FIXED}


def _said(stderr: bytes) -> str:
    """Git's own words, first line."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["Git gave no answer"]
    return f"Git says: {lines[0].removeprefix('fatal: ')}"
