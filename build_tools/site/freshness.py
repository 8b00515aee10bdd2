"""Which generated files under docs/ are still current, so that they need not be rendered again."""

import contextlib
from collections.abc import Container
from pathlib import Path

from build_tools.base.cache import Cache, encode_parts, hash_parts
from build_tools.base.write import walk
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
