"""Reads a stranger's briefings without trusting them: only files that the format knows, and no links.

Nothing is run or followed. Each file is read once, through a handle of the folder that was listed, and what was read
is what is built.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from synoptic.base.problems import Place, Problem
from synoptic.load.reader import stem
from synoptic.load.yaml_guard import MAX_BYTES
from synoptic.model.values import id_fault

MAX_FILES = 5_000
MAX_TOTAL = 50_000_000  # bytes
SHARED = ("vocabulary.yml", "speakers.yml", "signers", "authorities.pem")
OWN = ("briefing.yml", "figures.yml", "events.yml", "ids.lock")
FOLDERS: Mapping[str, tuple[str, ...]] = {
    "sources": (".watch.yml", ".yml", ".lock"),
    "claims": (".yml",),
    "readings": (".yml",),
}
KINDS = {
    stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}  # fmt: skip

# A system without these flags is refused before anything is opened.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_DIRECTORY", 0)
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


@dataclass
class UntrustedData:
    """What was read from a stranger's folder."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Content by path, such as ``briefings/harbour-tunnel/briefing.yml``."""
    problems: list[Problem] = field(default_factory=list)
    """What was refused. If there is anything, nothing is built."""
    skipped: list[str] = field(default_factory=list)
    """What was ignored without being wrong: ``path: reason``."""

    def refuse(self, path: str, message: str, tip: str = "") -> None:
        """Note something that must not be read."""
        self.problems.append(Problem(Place(path), message, tip, "file"))


def read_untrusted(path: Path) -> UntrustedData:
    """Read the briefings of a stranger's branch, and nothing else in it.

    ``path`` is a folder named briefings, or a checkout that contains one. Links, devices and pipes are never opened.
    Raises nothing, whatever the folder contains.
    """
    data = UntrustedData()
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        data.refuse(str(path), "cannot be read safely on this system", "use Linux, macOS, or WSL on Windows")
        return data
    place = Path(os.path.abspath(path))  # noqa: PTH100 - resolve would follow the links that are looked for
    base = place if place.name == "briefings" else place / "briefings"
    # Folders above the top of the branch are the reviewer's own, and may be links.
    top = next((p for p in (place, *place.parents) if os.path.lexists(p / ".git")), place)
    shown = str(path) if top == place else str(top)
    with ExitStack() as handles:
        handle: int | None = None
        for name in (str(top), *base.relative_to(top).parts):
            follow = handle is None and top != place
            shown = shown if handle is None else f"{shown}/{name}"
            try:
                kind = _kind(os.stat(name, dir_fd=handle, follow_symlinks=follow).st_mode)
                if kind != "folder":
                    data.refuse(shown, f"is {kind}, not a folder", "pass the folder itself; links are not followed")
                    return data
                handle = os.open(name, _FOLDER & ~_NOFOLLOW if follow else _FOLDER, dir_fd=handle)
            except OSError as error:
                missing = isinstance(error, FileNotFoundError)
                reason = "does not exist" if missing else f"cannot be read: {error.strerror}"
                data.refuse(shown, reason, "pass a folder named briefings, or a checkout that contains one")
                return data
            handles.callback(os.close, handle)
        assert handle is not None, "the loop runs at least once"
        _Reader(data).read_briefings(handle)
    return data


def _kind(mode: int) -> str:
    """``file`` or ``folder``; anything else with its article, such as ``a link``."""
    return KINDS.get(stat.S_IFMT(mode), "a device")


class _Reader:
    """Reads a folder that somebody else filled. It counts entries and bytes, and stops at the limits."""

    def __init__(self, data: UntrustedData) -> None:
        self.data = data
        self.entries = self.size = 0

    def read_briefings(self, handle: int) -> None:
        """Read the folder of all briefings."""
        for name, shown, kind in self._list(handle, "briefings"):
            if kind == "file" and name in SHARED:
                self._read_file(handle, name, shown)
            elif kind == "folder" and not (fault := id_fault(name)):
                self._enter(handle, name, shown, self._read_briefing)
            elif kind == "folder":
                self.data.refuse(shown, f"the folder name {fault}", "rename the folder")
            else:
                self._refuse_unknown(shown, kind, f"expected: a folder for each briefing, {' and '.join(SHARED)}")

    def _read_briefing(self, handle: int, folder: str) -> None:
        """Read the folder of one briefing."""
        for name, shown, kind in self._list(handle, folder):
            if kind == "file" and name in OWN:
                self._read_file(handle, name, shown)
            elif kind == "folder" and name in FOLDERS:
                self._enter(handle, name, shown, partial(self._read_parts, suffixes=FOLDERS[name]))
            elif kind == "folder" and name == "articles":
                self.data.skipped.append(f"{shown}: texts of articles are never read")
            else:
                self._refuse_unknown(shown, kind, f"expected: {', '.join((*OWN, *FOLDERS))}")

    def _read_parts(self, handle: int, folder: str, suffixes: tuple[str, ...]) -> None:
        """Read a folder of a briefing whose files are named after ids."""
        for name, shown, kind in self._list(handle, folder):
            if kind != "file" or not name.endswith(suffixes):
                self._refuse_unknown(shown, kind, f"expected: files that end in {' or '.join(suffixes)}")
            elif fault := id_fault(stem(name, suffixes)):
                self.data.refuse(shown, f"the name {fault}", "rename the file")
            else:
                self._read_file(handle, name, shown)

    def _list(self, handle: int, folder: str) -> Iterator[tuple[str, str, str]]:
        """Yield name, path as shown, and kind of each entry of a folder, sorted, up to the limit of all entries."""
        names = []
        with os.scandir(handle) as listing:
            for entry in listing:
                self.entries += 1
                if self.entries > MAX_FILES:
                    self.data.refuse(folder, f"more than {MAX_FILES:,} files and folders in all", "split the branch")
                    break
                names.append(entry.name)
        for name in sorted(names):
            try:
                mode = os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
            except OSError as error:
                self.data.refuse(f"{folder}/{name}", f"cannot be read: {error.strerror}")
            else:
                yield name, f"{folder}/{name}", _kind(mode)

    def _enter(self, handle: int, name: str, shown: str, read: Callable[[int, str], None]) -> None:
        """Open a folder and call ``read``, unless the folder became a link since it was listed."""
        try:
            inner = os.open(name, _FOLDER, dir_fd=handle)
        except OSError as error:
            self.data.refuse(shown, f"cannot be read: {error.strerror}")
            return
        try:
            read(inner, shown)
        finally:
            os.close(inner)

    def _read_file(self, handle: int, name: str, shown: str) -> None:
        """Read a file once, up to the limit of its size, unless it is something else by now."""
        try:
            with os.fdopen(os.open(name, _FILE, dir_fd=handle), "rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                content = file.read(MAX_BYTES + 1) if stat.S_ISREG(mode) else b""
        except OSError as error:
            self.data.refuse(shown, f"cannot be read: {error.strerror}")
            return
        if not stat.S_ISREG(mode):
            self.data.refuse(shown, f"is {_kind(mode)}", "only regular files are read")
        elif len(content) > MAX_BYTES:
            self.data.refuse(shown, f"is larger than {MAX_BYTES:,} bytes", "split the file")
        elif self.size + len(content) > MAX_TOTAL:
            self.data.refuse(shown, f"brings the total to more than {MAX_TOTAL:,} bytes", "split the branch")
        else:
            self.size += len(content)
            self.data.files[shown] = content

    def _refuse_unknown(self, shown: str, kind: str, tip: str) -> None:
        """Refuse what the format does not know."""
        message = "is not expected here" if kind in ("file", "folder") else f"is {kind}"
        self.data.refuse(shown, message, tip)
