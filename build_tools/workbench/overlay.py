"""A project's folder with some files changed that are not written yet."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from build_tools.base.write import refuse_link
from build_tools.load.files import Disk, Kind, sha256


class Changed(Disk):
    """The project in the folder ``root``, in which ``files`` (path to bytes) take the place of those on disk."""

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self._files = {PurePosixPath(path): data for path, data in files.items()}
        self._folders = {folder for path in self._files for folder in path.parents}

    def kind(self, path: PurePosixPath) -> Kind:
        """What is at a path."""
        if path in self._files:
            return "file"
        found = super().kind(path)
        return "folder" if found == "missing" and path in self._folders else found

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder."""
        return sorted({*super().names(folder), *(path.name for path in self._files if path.parent == folder)})

    def read(self, path: PurePosixPath) -> bytes:
        """A file's bytes."""
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
