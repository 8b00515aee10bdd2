"""A project's files as they were in a Git revision, read without a checkout. Nothing is written.

Git is kept from running any program that a configuration could name (pager, external diff, text conversion,
signatures, file monitor), and no name that a person types can become an option.
"""

import contextlib
import os
import posixpath
import subprocess
from collections.abc import Iterator, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO

from synoptic.base.problems import Refused, to_one_line
from synoptic.load.files import Kind

FLAGS = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"),
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a revision has the content that its id names
    "GIT_NO_LAZY_FETCH": "1",  # never fetch without being asked
}
_FOLDER = "briefings"
#: For ``git log``: paths from the project's folder, as they are named, without running anything.
_PLAIN = ("--no-renames", "--relative", "--no-ext-diff", "--no-textconv")
_UNSHALLOW = "git fetch --unshallow brings the rest"


@dataclass(frozen=True)
class Step:
    """A commit, its Unix time in seconds, and the files it changed: path to (mode, id), or None if it removed one."""

    commit: str
    seconds: int
    files: dict[PurePosixPath, tuple[str, str] | None]


class GitError(Refused):
    """Git is missing or cannot answer; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=2)


class Repository(AbstractContextManager["Repository"]):
    """The repository that contains a folder, to be used in a ``with``. Raises GitError if there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._objects: subprocess.Popen[bytes] | None = None
        answer = self._run("rev-parse", "--is-shallow-repository")
        if b"not a git repository" in answer.stderr:
            raise GitError(f"{folder.resolve()} is not in a Git repository, so there is nothing to compare with")
        self.shallow = _output(answer).strip() == b"true"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._objects is not None:
            self._objects.__exit__(kind, error, trace)  # closes the pipes and waits
            self._objects = None

    def resolve(self, name: str) -> str:
        """The full id of the commit that ``name`` means: a branch, a tag, an id, HEAD~2 ..."""
        if not name or name.startswith("-") or not name.isprintable():
            raise GitError(f'"{to_one_line(name)}" is not the name of a revision')
        answer = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        commit = answer.stdout.decode("ascii", "replace").strip()
        if answer.returncode or not commit.isalnum():
            reason = f"; this clone is shallow: {_UNSHALLOW}" if self.shallow else ""
            raise GitError(f'there is no revision "{name}" in this clone{reason}')
        return commit

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that the histories of two commits share."""
        answer = self._run("merge-base", one, other)
        if answer.returncode:
            reason = f" as far as this shallow clone reaches; {_UNSHALLOW}" if self.shallow else ""
            raise GitError(f"{one[:12]} and {other[:12]} have no commit in common{reason}")
        return answer.stdout.decode("ascii").split()[0]

    def list_main_commits(self) -> list[str]:
        """The commits at which the main branch of this clone, and those of its remotes, are now."""
        heads = [f"refs/{place}/{name}" for place in ("heads", "remotes/*") for name in ("main", "master")]
        answer = self._run("for-each-ref", "--format=%(objectname)", *heads, "refs/remotes/*/HEAD")
        return sorted({*_output(answer).decode("ascii").split()})

    def revision(self, commit: str, folder: str = f"{_FOLDER}/") -> "Revision":
        """The files of a commit below a folder of the project ("": all of the project's), as a Tree."""
        entries = {}
        paths = ("--", folder) if folder else ()
        for entry in _output(self._run("ls-tree", "-r", "-z", commit, *paths)).split(b"\0")[:-1]:
            details, _, path = entry.partition(b"\t")
            mode, _, name = details.split(b" ")
            entries[PurePosixPath(os.fsdecode(path))] = (mode.decode("ascii"), name.decode("ascii"))
        return Revision(self, entries)

    def list_differing(self, base: str, head: str) -> dict[PurePosixPath, str]:
        """The files of the whole repository that differ between two commits, each with ``A`` if it is new, ``D`` if it
        is gone, or another letter. Paths lead from the project's folder, so some may begin with ``..``."""
        prefix = _output(self._run("rev-parse", "--show-prefix")).strip()
        start = os.fsdecode(prefix) or "."
        answer = _output(self._run("diff-tree", "-r", "-z", "--no-renames", "--name-status", base, head)).split(b"\0")
        letters, paths = answer[:-1:2], answer[1::2]
        return {
            PurePosixPath(posixpath.relpath(os.fsdecode(path), start)): letter.decode("ascii")
            for letter, path in zip(letters, paths, strict=True)
        }

    def list_present(self) -> list[PurePosixPath]:
        """The files in the project's folder that Git tracks or would add; it reads none of them."""
        answer = _output(self._run("ls-files", "--cached", "--others", "--exclude-standard", "-z"))
        return [PurePosixPath(os.fsdecode(path)) for path in answer.split(b"\0")[:-1]]

    def list_ignored(self) -> set[str]:
        """The files in the project's folder that Git ignores; a tracked file never is."""
        answer = _output(self._run("ls-files", "--others", "--ignored", "--exclude-standard", "-z"))
        return {os.fsdecode(path) for path in answer.split(b"\0")[:-1]}

    def list_authors(self, base: str, head: str) -> Mapping[str, frozenset[str]]:
        """By path, the names of those who wrote the commits that ``head`` has and ``base`` lacks."""
        authors: dict[str, set[str]] = {}
        for author, path in self._log_paths("--format=>%an", f"{base}..{head}"):
            authors.setdefault(path, set()).add(author)
        return {path: frozenset(names) for path, names in authors.items()}

    def find_last_commits(self) -> Mapping[str, str]:
        """The commit by which each folder in ``briefings`` became what it is in HEAD, along first parents (so of a
        merged branch, the merge). Folders that a shallow clone knows nothing of are left out."""
        commits: dict[str, str] = {}
        with contextlib.suppress(GitError):  # no commit yet
            for head, path in self._log_paths("--first-parent", "-m", "--format=>%H, %D", "HEAD"):
                name, *marks = head.split(", ")
                if path.count("/") > 1:  # where a shallow clone ends, every file seems new
                    commits.setdefault(path.split("/")[1], "" if "grafted" in marks else name)
        return {slug: commit for slug, commit in commits.items() if commit}

    def _log_paths(self, *words: str) -> Iterator[tuple[str, str]]:
        """Of every commit in a log: what the format says of it, with each path that it changed."""
        head = ""
        answer = self._run("log", *_PLAIN, "--name-only", *words, "--", _FOLDER)
        for line in _output(answer).decode("utf-8", "replace").split("\n"):
            if line.startswith(">"):
                head = line[1:]
            elif line:
                yield head, line

    def list_steps(self, head: str) -> tuple[Step, ...]:
        """The commits that changed the briefings, oldest first, along first parents: a merge is one step. In a shallow
        clone the first step is where it begins, and adds every file there was."""
        shape = ("--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "-z", "--format=%x01%H %ct")
        answer = self._run("-c", "log.showRoot=true", "log", *_PLAIN, *shape, head, "--", _FOLDER)
        steps: list[Step] = []
        tokens = iter(_output(answer).split(b"\0"))
        for token in tokens:
            line = token.lstrip(b"\n")
            if line.startswith(b"\x01"):
                commit, seconds = line[1:].decode("ascii").split()
                steps.append(Step(commit, int(seconds), {}))
            elif line:
                _, mode, _, name, _ = line.decode("ascii").split()
                path = PurePosixPath(os.fsdecode(next(tokens)))
                steps[-1].files[path] = (mode, name) if mode.strip("0") else None
        return tuple(reversed(steps))

    def lacks_parents(self, commit: str) -> bool:
        """Whether a commit has parents that this shallow clone lacks."""
        if not self.shallow:
            return False
        content, parents = self._run("cat-file", "commit", commit), self._run("rev-parse", f"{commit}^@")
        return b"\nparent " in content.stdout.partition(b"\n\n")[0] and not parents.stdout.strip()

    def read_object(self, name: str) -> bytes:
        """The content with the id ``name``. Raises OSError if the clone lacks it."""
        source, sink = self._pipes()
        sink.write(f"{name}\n".encode("ascii"))
        sink.flush()
        head = source.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise OSError(0, "is missing from this clone (a partial clone?)", name)
        content = source.read(int(head[2]))
        source.read(1)
        return content

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """The output and input of one ``git cat-file`` that answers every request for an object."""
        if self._objects is None:
            self._objects = subprocess.Popen(  # noqa: S603 - fixed words only
                ["git", *FLAGS, "cat-file", "--batch"], cwd=self._folder, env=_environment(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        if self._objects.stdout is None or self._objects.stdin is None:  # for the type checker: both are pipes
            raise GitError("Git gave no answer")
        return self._objects.stdout, self._objects.stdin

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell, and names are checked
                ["git", *FLAGS, *words], cwd=self._folder, env=_environment(),
                stdin=subprocess.DEVNULL, capture_output=True, check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise GitError("Git is not installed, or not on the path; comparing revisions needs it") from None


class Revision:
    """Files of a repository as a Tree; ``entries`` maps paths to (mode, id)."""

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
        """What is at a path."""
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
        return self._repository.read_object(self._entries[path][1])

    def fingerprint(self, path: PurePosixPath) -> str:
        """The id that Git gives to these bytes."""
        return self._entries[path][1]

    @property
    def paths(self) -> Set[PurePosixPath]:
        """The path of every file."""
        return self._entries.keys()


def _environment() -> dict[str, str]:
    """The environment of every call. The folder decides which repository is meant, never a variable."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(("GIT_CONFIG", "GIT_CEIL"))}
    return {**kept, **_ENVIRONMENT}


def _output(answer: subprocess.CompletedProcess[bytes]) -> bytes:
    """What Git answered. Raises GitError, with the first line of Git's own message, if it failed."""
    if answer.returncode:
        lines = answer.stderr.decode("utf-8", "replace").strip().splitlines() or ["Git gave no answer"]
        raise GitError(f"Git: {lines[0].removeprefix('fatal: ')}")
    return answer.stdout
