"""What makes ``mkdocs serve`` build again: the stat of files, and a thread that polls them."""

import contextlib
import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

POLL = 0.25  # seconds between two scans of the files
TICK = 2_500_000_000  # nanoseconds; coarser than the timestamps of any file system
Scan = dict[str, tuple[int, ...]]
"""Path of each file and folder to what changes when it is written, replaced or becomes another kind of thing."""


def scan_files(top: Path, skip: frozenset[str] = frozenset()) -> Scan:
    """Every file and folder under ``top``, except the paths in ``skip`` and what editors keep beside a file.

    A folder changes only by appearing, disappearing or changing its mode. Raises nothing.
    """
    scan: Scan = {}
    waiting = [str(top)]
    while waiting:
        path = waiting.pop()
        try:
            info = os.lstat(path)
            if stat.S_ISLNK(info.st_mode):  # follow a link to a file, or ``top`` itself, but no link to a folder
                with contextlib.suppress(OSError):
                    target = os.stat(path)  # noqa: PTH116 - as below, with many files Path would be slow
                    info = target if path == str(top) or stat.S_ISREG(target.st_mode) else info
            is_folder = stat.S_ISDIR(info.st_mode)
            file = () if is_folder else (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
            scan[path] = (info.st_mode, info.st_ino, *file)
            if is_folder:
                with os.scandir(path) as entries:
                    waiting += [e.path for e in entries if e.path not in skip and not _is_temporary(e.name)]
        except OSError:  # it was removed meanwhile, or may not be read
            continue
    return scan


def _is_temporary(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~")


def stat_key(path: str) -> tuple[int, ...] | None:
    """What Git, too, compares to see whether a file was written or replaced; None if there is no file."""
    try:
        info = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
    return info.st_dev, info.st_ino, info.st_mode, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def is_settled(key: tuple[int, ...] | None) -> bool:
    """Whether writing a file again is sure to change its ``stat_key``: not within one tick of the disk's clock."""
    return key is not None and time.time_ns() - max(key[-2:]) > TICK


class Watcher(threading.Thread):
    """Replaces MkDocs' observer (watchdog), which misses folders that come or go and what is saved during the first
    build, and wakes for generated pages."""

    def __init__(self, scan: Callable[[Path], Scan], first: dict[Path, Scan]) -> None:
        super().__init__(name="watcher", daemon=True)
        self._scan, self._scans = scan, dict(first)
        self._handlers: dict[Path, Any] = {}
        self._stopped = threading.Event()

    def schedule(self, handler: Any, path: str, *, recursive: bool = True) -> Path:
        """Call ``handler`` whenever something under ``path`` changes."""
        place = Path(path)
        self._scans.setdefault(place, self._scan(place))
        self._handlers = {**self._handlers, place: handler}
        return place

    def unschedule(self, place: Path) -> None:
        """Stop watching ``place``."""
        self._handlers = {path: handler for path, handler in self._handlers.items() if path != place}

    @property
    def places(self) -> list[Path]:
        """All that is watched."""
        return list(self._handlers)

    def run(self) -> None:
        """Scan again and again until ``stop``."""
        while not self._stopped.wait(POLL):
            for place, handler in self._handlers.items():
                scan = self._scan(place)
                if scan != self._scans[place]:
                    self._scans[place] = scan
                    handler.on_any_event(SimpleNamespace(src_path=str(place), is_directory=False))

    def stop(self) -> None:
        """End the thread."""
        self._stopped.set()
