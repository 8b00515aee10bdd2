"""The full texts at hand: copies of articles in some folders, found by the hash in a lock."""

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from build_tools.article.read import SUFFIXES, read_text
from build_tools.base.errors import Refused
from build_tools.load.files import Disk
from build_tools.model.lock import Lock
from build_tools.text.match import Text

MAX_TEXT = 5_000_000  # bytes


class Texts:
    """The texts in some folders, by the SHA-256 of their bytes. A file is parsed when its lock asks for it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._paths: dict[str, list[Path]] = {}
        for folder in folders:
            for path in _list_folder(folder):
                if path.suffix.lower() in SUFFIXES and is_file(path) and (data := read_bytes(path)) is not None:
                    self._paths.setdefault(sha256(data), []).append(path)

    def find(self, lock: Lock) -> tuple[Path, Text] | None:
        """The text that was locked, with its file. If files with several suffixes hold the same bytes, the one whose
        words and blocks match the lock."""
        candidates = [(path, text) for path in self._paths.get(lock.sha256, ()) if (text := _parse(path))]
        return min(
            candidates,
            key=lambda pair: (len(pair[1].spans), len(pair[1].blocks)) != (lock.words, lock.blocks),
            default=None,
        )


def _parse(path: Path) -> Text | None:
    """A file's text, or None if it cannot be read as an article."""
    try:
        return read_text(path.read_bytes(), path.suffix)
    except (Refused, OSError):
        return None


def read_bytes(path: Path) -> bytes | None:
    """An article's bytes, or None if the file is too large, may not be read, or is gone."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_TEXT else None
    except OSError:
        return None


def _list_folder(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # missing, or may not be read
        return []


def kept_text(briefing: Path, source: str) -> Path | None:
    """The file in a briefing's folder ``articles`` that is named after a source."""
    if (briefing / "articles").is_symlink():
        return None
    paths = (briefing / "articles" / f"{source}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if is_file(path)), None)


def sha256(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_file(path: Path) -> bool:
    """Whether ``path`` is a regular file, not a link, device or pipe."""
    return Disk(path.parent).kind(PurePosixPath(path.name)) == "file"
