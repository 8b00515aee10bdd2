"""What is left from the run before: which generated pages are current, and the built site.

MkDocs begins with an empty folder. To remove thousands of files only to make them again costs more than all that
changed, and disks are slow to use again what was just removed. So the folder is out of the way while MkDocs looks, and
then only what is not part of the new site goes.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from build_tools.base.cache import Cache, encode_parts, hash_parts
from build_tools.base.write import remove_others, walk
from build_tools.site.generated_files import folders_of


class Freshness:
    """Knows which generated files under ``docs`` are current: made from the same inputs as now, and untouched since.

    Like Git, it compares sizes and times and reads nothing. Its records are in ``cache``.
    """

    def __init__(self, docs: Path, cache: Cache) -> None:
        self._docs, self._cache = docs.resolve(), cache
        self._name = tuple(encode_parts("freshness", str(self._docs)))

    def is_current(self, unit: str, inputs: str) -> bool:
        """Whether the files of a briefing or speaker were made from ``inputs`` (a hash) and are as they were then."""
        records = self._cache.get(self._name) or {}
        with contextlib.suppress(OSError):
            return unit in records and bool(records[unit] == (inputs, self._stat(unit)))
        return False

    def record(self, unit: str, inputs: str) -> None:
        """Remember that the files of a briefing or speaker were just made from ``inputs``."""
        if unit:
            records = self._cache.get(self._name) or {}
            records[unit] = inputs, self._stat(unit)
            self._cache.set(self._name, records)

    def keep_only(self, units: Container[str]) -> None:
        """Forget all other units."""
        records = self._cache.get(self._name) or {}
        if any(unit not in units for unit in records):
            self._cache.set(self._name, {unit: record for unit, record in records.items() if unit in units})

    def _stat(self, unit: str) -> str:
        """A hash that changes if any of the files does."""
        stats = []
        for folder in folders_of(unit):
            top = self._docs / folder
            stats.append(f"{folder} {top.is_symlink()}")  # a link is removed, and the pages behind it with it
            for entry in walk(top):
                at = entry.stat(follow_symlinks=False)
                stats.append(f"{entry.path} {at.st_mode} {at.st_ino} {at.st_size} {at.st_mtime_ns} {at.st_ctime_ns}")
        return hash_parts(encode_parts(sorted(stats)))


def step_aside(site: Path) -> None:
    """Put a site where MkDocs does not find it. Where that cannot be done, MkDocs empties it."""
    aside = _aside(site)
    with contextlib.suppress(OSError):
        if site.is_symlink() or aside.is_symlink():
            return
        if site.exists() and aside.exists():  # a build was killed, and another followed
            shutil.rmtree(aside)
        if site.is_dir():
            site.rename(aside)


def step_back(site: Path) -> None:
    """Put it back where it was, unless there is another."""
    aside = _aside(site)
    if aside.is_dir() and not aside.is_symlink() and not site.exists():
        aside.rename(site)


def clear(site: Path, wanted: Container[str], trees: Iterable[str]) -> None:
    """Leave of a site the wanted paths, some subfolders, and what is hidden, which MkDocs leaves, too."""
    if site.is_dir() and not site.is_symlink():
        hidden = {path.name for path in site.iterdir() if path.name.startswith(".")}
        remove_others(site, wanted, hidden.union(trees))


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.part")  # named as all that a killed run leaves
