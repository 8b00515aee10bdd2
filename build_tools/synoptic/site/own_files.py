"""Tells the files that the program wrote from the files of people in the same folder, by a record that it keeps there.

A file is ours if the record holds its path with the hash of its content. The record is written before the files are, so
a run that is killed leaves nothing that the next one would take for somebody else's. The record never names what to
remove: it is only asked about files that were found.
"""

import contextlib
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from synoptic.base.lock import lock_file
from synoptic.base.problems import Place, Problem, Refused, Stopped
from synoptic.base.write import is_part, refuse_link, write_file
from synoptic.load.git import GitError, Repository

#: The folder of the record. Git ignores it, by a file in it, and MkDocs does not publish it.
FOLDER = ".synoptic"
#: In it: the record, in the format of sha256sum, and the lock.
RECORD, LOCK = "written", "lock"
LARGEST = 100_000_000  # bytes of a record that is read
WAIT = 600  # seconds for another run to end
MOST = 50  # files to report one by one
#: Files that an operating system leaves in folders, which nobody misses.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


class NotOurs(Stopped):
    """Files of people are where the program would write."""


class OwnFiles:
    """The record in the folder ``top``. Without a folder every file counts as ours, and nothing is recorded.

    Paths are relative to the folder, with slashes. Call all methods inside ``hold``, which reads the record.
    """

    def __init__(self, top: Path | None) -> None:
        self.top = top
        self.is_new = False  # no record yet: perhaps the first run of a version that keeps one
        self._hashes: dict[str, set[str]] = {}
        self._depth = 0

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other runs out, wait for one that is there, and read the record. May be nested. Raises Refused if the
        other run takes too long, OSError if the record is a link or cannot be written."""
        if self.top is None or self._depth:
            yield
            return
        folder = self.top / FOLDER
        for path in (folder, folder / LOCK, folder / RECORD):
            refuse_link(path)
        write_file(folder / ".gitignore", "*\n")
        with _wait_for(folder / LOCK):
            self._read(folder / RECORD)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def prefix_of(self, folder: Path) -> str:
        """What the paths of files in ``folder`` begin with: "docs/", or nothing if it is the folder of the record."""
        inside = "." if self.top is None else folder.relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    def find_foreign(self, place: str, skip: Callable[[str], bool] = lambda path: False) -> Iterator[str]:
        """What is not ours at ``place``, a file or folder: files, links, and a file where a folder above must be.

        ``skip`` says of a path in ``place`` whether to pass over it and all that is in it, unless it is a link.
        """
        if self.top is None:
            return
        for folder in reversed(PurePosixPath(place).parents[:-1]):
            kind = _kind(self.top / folder)
            if kind != stat.S_IFDIR:
                yield from () if kind is None else (folder.as_posix(),)
                return
        waiting = [place]
        while waiting:
            path = waiting.pop()
            kind = _kind(self.top / path)
            if kind is None or (kind != stat.S_IFLNK and (skip(path) or is_part(PurePosixPath(path).name))):
                continue
            if kind == stat.S_IFDIR:
                waiting += [f"{path}/{name}" for name in os.listdir(self.top / path)]  # noqa: PTH208 - names suffice
            elif kind != stat.S_IFREG or not self._is_ours(path):
                yield path

    def _is_ours(self, path: str) -> bool:
        """Whether a regular file is one that we wrote, with the content that we wrote."""
        if PurePosixPath(path).name in LITTER:
            return True
        return path in self._hashes and self._hash_file(path) in self._hashes[path]

    def adopt_ignored(self, paths: Iterable[str]) -> set[str]:
        """Before there is a record, take files that Git ignores as ours, since an earlier version wrote them. Returns
        the others."""
        others = set(paths)
        if self.is_new and others and self.top:
            with contextlib.suppress(GitError), Repository(self.top) as repository:
                others -= self._adopt(set(filter(self._is_regular, others & repository.list_ignored())))
        return others

    def adopt_same(self, paths: set[str], files: Mapping[str, str | bytes]) -> set[str]:
        """Take files as ours that hold what we would write. Returns the others."""
        same = {
            path
            for path in paths & files.keys()
            if self._is_regular(path) and self._hash_file(path) == hash_content(files[path])
        }
        return paths - self._adopt(same)

    def _is_regular(self, path: str) -> bool:
        return self.top is not None and _kind(self.top / path) == stat.S_IFREG

    def _adopt(self, paths: set[str]) -> set[str]:
        self._append((path, self._hash_file(path)) for path in paths)
        return paths

    def refuse(self, paths: Iterable[str], root: Path) -> None:
        """Raise NotOurs if there are ``paths``: files of people, to be named from the folder ``root``."""
        found = sorted(paths)
        problems = [self._describe(path, root) for path in found[:MOST]]
        if more := len(found) - len(problems):
            problems.append(
                Problem(
                    self._place("", root),
                    f"{more} more of the files where Synoptic keeps its pages are not as it wrote them",
                    "if you wrote none of them, delete the folders that are named here",
                )
            )
        if problems:
            raise NotOurs(problems)

    def _describe(self, path: str, root: Path) -> Problem:
        kind = _kind((self.top or Path()) / path)
        if kind == stat.S_IFLNK:
            message = "is a link, and Synoptic keeps its own pages here; nothing is written or removed through a link"
            tip = "remove the link"
        elif path in self._hashes and kind == stat.S_IFREG:
            message = "is no longer as Synoptic wrote it, and would be overwritten"
            tip = "delete it to have it written again; to change what it says, edit the files in briefings/"
        else:
            message = "is not a file that Synoptic wrote, and it is where Synoptic keeps its own pages"
            tip = "move it to another place" + (", or delete it if an earlier version wrote it" if self.is_new else "")
        return Problem(self._place(path, root), message, tip)

    def _place(self, path: str, root: Path) -> Place:
        at = (self.top or Path()) / path
        return Place(at.relative_to(root).as_posix() if at.is_relative_to(root) else str(at))

    def announce(self, files: Mapping[str, str | bytes]) -> dict[str, str]:
        """Record what is about to be written. Returns path to hash, for ``settle``."""
        hashes = {} if self.top is None else {path: hash_content(content) for path, content in files.items()}
        self._append(hashes.items())
        return hashes

    def settle(self, written: Mapping[str, str], keep: Callable[[str], bool]) -> None:
        """End a run: the record is of the files ``written`` (path to hash), and of those that it had and ``keep``
        wants."""
        if self.top is None:
            return
        kept = {path: hashes for path, hashes in self._hashes.items() if path not in written and keep(path)}
        self._hashes = kept | {path: {sha} for path, sha in written.items()}
        lines = [_line(path, sha) for path in sorted(self._hashes) for sha in sorted(self._hashes[path])]
        write_file(self.top / FOLDER / RECORD, "".join(lines).encode("utf-8", "surrogateescape"))

    def _append(self, hashes: Iterable[tuple[str, str]]) -> None:
        new = [(path, sha) for path, sha in hashes if sha not in self._hashes.get(path, ())]
        if new and self.top:
            for path, sha in new:
                self._hashes.setdefault(path, set()).add(sha)
            with (self.top / FOLDER / RECORD).open("ab", buffering=0) as file:  # the line before may be half of one
                file.write("".join(["\n", *(_line(path, sha) for path, sha in new)]).encode("utf-8", "surrogateescape"))

    def _read(self, record: Path) -> None:
        """Read the record; a line of another format says nothing."""
        self._hashes, self.is_new = {}, not record.exists()
        if not self.is_new and record.stat().st_size <= LARGEST:
            for line in record.read_bytes().decode("utf-8", "surrogateescape").split("\n"):
                if found := _LINE.fullmatch(line):
                    self._hashes.setdefault(found[2].replace("\0", "\n"), set()).add(found[1])

    def _hash_file(self, path: str) -> str:
        return hash_content((self.top or Path()).joinpath(path).read_bytes())


def _line(path: str, sha: str) -> str:
    shown = path.replace("\n", "\0")  # a path has no NUL
    return f"{sha}  {shown}\n"


def hash_content(content: str | bytes) -> str:
    """The hash of a file's content, as the record has it."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _kind(path: Path) -> int | None:
    """What is at a path, as in ``stat.S_IFMT``; None if there is nothing."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextlib.contextmanager
def _wait_for(lock: Path) -> Iterator[None]:
    """Hold a lock, as soon as no other run does."""
    end = time.monotonic() + WAIT
    with contextlib.ExitStack() as held:
        while True:
            try:
                held.enter_context(lock_file(lock))
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise Refused(f"{lock}: another run of Synoptic writes here; end it, or try again later") from None
                time.sleep(0.05)
        yield
