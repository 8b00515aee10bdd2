"""A project's folder with some files changed that are not written yet."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from synoptic.base.write import refuse_link
from synoptic.load.files import Disk, Kind, sha256


class Changed(Disk):
    """The project in the folder ``root``, in which ``files`` take the place of those on disk: path to bytes, or to None
    for a file that goes."""

    def __init__(self, root: Path, files: Mapping[str, bytes | None]) -> None:
        super().__init__(root)
        self._files = {PurePosixPath(path): data for path, data in files.items() if data is not None}
        self._gone = {PurePosixPath(path) for path, data in files.items() if data is None}
        self._folders = {folder for path in self._files for folder in path.parents}

    def kind(self, path: PurePosixPath) -> Kind:
        """What is at a path."""
        if path in self._files:
            return "file"
        found = super().kind(path) if path not in self._gone else "missing"
        return "folder" if found == "missing" and path in self._folders else found

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder."""
        gone = {path.name for path in self._gone if path.parent == folder}
        new = {path.name for path in self._files if path.parent == folder}
        return sorted({*super().names(folder)} - gone | new)

    def read(self, path: PurePosixPath) -> bytes:
        """A file's bytes."""
        if path in self._gone:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.root / path))
        return self._files[path] if path in self._files else super().read(path)

    def fingerprint(self, path: PurePosixPath) -> str:
        """A name for a file's bytes."""
        return sha256(self._files[path]) if path in self._files else super().fingerprint(path)


def read_disk(root: Path, path: str) -> bytes | None:
    """The bytes of a regular file of the project, or None if there is none. Raises OSError if it is a link."""
    file = root / path
    for place in (file, *file.parents):
        if place == root:
            break
        refuse_link(place)
    try:
        return Disk(root).read(PurePosixPath(path))
    except FileNotFoundError:
        return None
