"""A project's files, in a folder on disk or at a commit (see ``git.py``).

Paths are relative to the project's folder. ``kind`` never follows a link.
"""

import errno
import hashlib
import os
import stat
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

LARGEST = 50_000_000  # bytes of any file that is read
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
        self.root = root

    def kind(self, path: PurePosixPath) -> Kind:
        """What is at a path."""
        try:
            mode = (self.root / path).lstat().st_mode
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
        """The id that Git gives to these bytes (in a repository of the usual kind, with SHA-1)."""
        data = self.read(path)
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
