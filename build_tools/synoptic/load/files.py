"""A project's files, in a folder on disk or at a commit (see ``git.py``), and the full texts at hand. Paths are
relative to the project's folder. ``kind`` never follows a link."""

import errno
import hashlib
import os
import stat
from collections.abc import Container, Iterable, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal, Protocol

from synoptic.base.problems import Refused
from synoptic.model.lock import Lock
from synoptic.text.folding import fold, split_words
from synoptic.text.match import Text

LARGEST = 50_000_000  # bytes of any file that is read
_RUN = 4  # words in a row by which a quotation is known again, though a word of it was altered
_ALIKE = 0.5  # share of a source's quotations that are in the text of which it may be a copy
Kind = Literal["file", "folder", "link", "other", "missing"]


class Tree(Protocol):
    """The files of a project, as the loader reads them."""

    def kind(self, path: PurePosixPath) -> Kind:
        """What is at a path; a link is a link, wherever it leads."""
        ...

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder, sorted; none if it is not a folder. Raises OSError if it may not be read."""
        ...

    def read(self, path: PurePosixPath) -> bytes:
        """A regular file's bytes. Raises OSError if it cannot be read."""
        ...

    def fingerprint(self, path: PurePosixPath) -> str:
        """A name for a file's bytes: equal ones mean equal bytes, but the same bytes may have several."""
        ...


class Disk:
    """A project in a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root, self._top = root, os.fspath(root)

    def kind(self, path: PurePosixPath) -> Kind:
        """What is at a path."""
        try:
            mode = os.lstat(os.path.join(self._top, path)).st_mode  # noqa: PTH118 - ten times as fast, for each file
        except (OSError, ValueError):
            return "missing"
        if stat.S_ISREG(mode):
            return "file"
        return "folder" if stat.S_ISDIR(mode) else "link" if stat.S_ISLNK(mode) else "other"

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder."""
        path = self.root / folder
        return sorted(p.name for p in path.iterdir()) if path.is_dir() else []

    def read(self, path: PurePosixPath) -> bytes:
        """A file's bytes; one too large to be typed is refused rather than read into memory."""
        file = self.root / path
        if file.stat().st_size > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
        return file.read_bytes()

    def fingerprint(self, path: PurePosixPath) -> str:
        """The id that Git gives to these bytes (in a repository of the usual kind, with SHA-1), or to where a link
        leads."""
        file = self.root / path
        data = os.fsencode(file.readlink()) if file.is_symlink() else self.read(path)
        return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def fingerprints(tree: Tree, folder: PurePosixPath, but: frozenset[str] = frozenset()) -> dict[PurePosixPath, str]:
    """The fingerprint of every file under a folder, of a link or the like its kind; without the names in ``but``."""
    prints: dict[PurePosixPath, str] = {}
    for name in tree.names(folder):
        path = folder / name
        kind = tree.kind(path)
        if name in but:
            continue
        if kind == "folder":
            prints |= fingerprints(tree, path, but)
        else:
            prints[path] = tree.fingerprint(path) if kind == "file" else kind
    return prints


def most_bytes(path: PurePath) -> int:
    """How large an article's file may be, in bytes: files that other programs write hold pictures, too."""
    return 5_000_000 if path.suffix.lower() in (".txt", ".md", ".markdown", ".html", ".htm") else 30_000_000


class Texts:
    """The texts in some folders, by the SHA-256 of their bytes. A file is parsed when its lock asks for it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._paths: dict[str, list[Path]] = {}
        self._texts: dict[str, Text | None] = {}
        self._runs: dict[str, set[tuple[str, ...]]] = {}
        #: Links to articles, which are not followed.
        self.links: list[Path] = []
        for folder in folders:
            for path in _list_folder(folder):
                if path.suffix.lower() in suffixes() and path.is_symlink():
                    self.links.append(path)
                if path.suffix.lower() in suffixes() and is_file(path) and (data := read_bytes(path)) is not None:
                    self._paths.setdefault(sha256(data), []).append(path)

    def __len__(self) -> int:
        """How many different texts there are."""
        return len(self._paths)

    def find(self, lock: Lock) -> tuple[Path, Text] | None:
        """The text that was locked, with its file. If files with several suffixes hold the same bytes, the one whose
        words and blocks match the lock."""
        candidates = [(path, text) for path in self._paths.get(lock.sha256, ()) if (text := _parse(path))]
        return min(
            candidates,
            key=lambda pair: (len(pair[1].spans), len(pair[1].blocks)) != (lock.words, lock.blocks),
            default=None,
        )

    def find_closest(
        self, source: str, lock: Lock, quotes: Iterable[str], taken: Container[str]
    ) -> tuple[Path, Text] | None:
        """The text most like a locked one that is not here, with its file: most of the quotations have a few words in a
        row in it, or its length or its name is the same. ``taken`` are hashes of other sources' texts. None if no text
        is like it."""
        runs = [_list_runs(split_words(fold(quote).casefold())) for quote in quotes]
        runs = [run for run in runs if run]
        best: tuple[float, Path, Text] | None = None
        for sha, paths in self._paths.items():
            if sha in taken or (text := self._parsed(sha)) is None:
                continue
            has = self._runs[sha]
            share = sum(not run.isdisjoint(has) for run in runs) / len(runs) if runs else 0.0
            alike = (len(text.spans), len(text.blocks)) == (lock.words, lock.blocks)
            likeness = share + alike + any(path.stem == source for path in paths)
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, paths[0], text
        return best[1:] if best else None

    def _parsed(self, sha: str) -> Text | None:
        """A text by its hash, read once; its runs of words are noted, too."""
        if sha not in self._texts:
            text = self._texts[sha] = _parse(self._paths[sha][0])
            self._runs[sha] = _list_runs(text.tokens) if text else set()
        return self._texts[sha]


def _list_runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Every few words in a row."""
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _parse(path: Path) -> Text | None:
    """A file's text, or None if it cannot be read as an article."""
    from synoptic.article.read import read_text

    try:
        return read_text(path.read_bytes(), path.suffix)
    except (Refused, OSError):
        return None


def suffixes() -> tuple[str, ...]:
    """The suffixes of the files that can be read as articles. Most commands read none, and need not import the room."""
    from synoptic.article.read import SUFFIXES

    return SUFFIXES


def read_bytes(path: Path) -> bytes | None:
    """An article's bytes, or None if the file is too large, may not be read, or is gone."""
    try:
        return path.read_bytes() if path.stat().st_size <= most_bytes(path) else None
    except OSError:
        return None


def _list_folder(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # missing, or may not be read
        return []


def kept_text(briefing: Path, source: str) -> Path | None:
    """The file in a briefing's folder ``articles`` that is named after a source."""
    folder = briefing / "articles"
    if folder.is_symlink() or not folder.is_dir():
        return None
    paths = (folder / f"{source}{suffix}" for suffix in suffixes())
    return next((path for path in paths if is_file(path)), None)


def sha256(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_file(path: Path) -> bool:
    """Whether ``path`` is a regular file, not a link, device or pipe."""
    return Disk(path.parent).kind(PurePosixPath(path.name)) == "file"
