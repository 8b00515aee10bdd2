"""A project's files, wherever they are kept: in a folder on disk, or (see ``git.py``) in a revision.

Paths are relative to the project's folder. ``kind`` never follows a link.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

LARGEST = 50_000_000  # bytes of any file that is read
Kind = Literal["file", "folder", "link", "other", "missing"]


class Tree(Protocol):
    """What the loader asks of a project's files."""

    def kind(self, path: PurePosixPath) -> Kind:
        """What stands at a path; a link is a link, wherever it leads."""
        ...

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder, sorted; none if it is not a folder. Raises OSError if it may not be read."""
        ...

    def read(self, path: PurePosixPath) -> bytes:
        """A regular file's bytes. Raises OSError where it cannot be read."""
        ...

    def fingerprint(self, path: PurePosixPath) -> str:
        """Two files with one fingerprint hold the same bytes; the same bytes may have two."""
        ...


class Disk:
    """A project in a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def kind(self, path: PurePosixPath) -> Kind:
        """What stands at a path."""
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
        """A file's bytes; one that no contributor typed is refused rather than read into memory."""
        file = self.root / path
        if file.stat().st_size > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
        return file.read_bytes()

    def fingerprint(self, path: PurePosixPath) -> str:
        """The id that Git gives to these bytes (in a repository of the usual kind, with SHA-1)."""
        data = self.read(path)
        return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def fingerprints(tree: Tree, folder: PurePosixPath, but: frozenset[str] = frozenset()) -> dict[PurePosixPath, str]:
    """The fingerprint of every file under a folder, links and the like by their kind; names in ``but`` left out."""
    found: dict[PurePosixPath, str] = {}
    for name in tree.names(folder):
        path = folder / name
        kind = tree.kind(path)
        if name in but:
            continue
        if kind == "folder":
            found |= fingerprints(tree, path, but)
        else:
            found[path] = tree.fingerprint(path) if kind == "file" else kind
    return found
