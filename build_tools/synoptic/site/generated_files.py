"""The generated files under docs/: which they are, which of them are current, and how they are written."""

import contextlib
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from synoptic.base.cache import Cache, encode_parts, hash_parts
from synoptic.base.write import refuse_link, remove_others, walk, write_file, write_tree
from synoptic.site import own_files
from synoptic.site.own_files import OwnFiles

#: All generated files and folders under docs/.
GENERATED = ("api", "briefings", "changes", "speakers", "method", "index.md", own_files.FOLDER)
#: The folders that hold only generated files. In the first three each briefing has a folder, in
#: the fourth each speaker.
TREES = ("briefings", "api/v1/briefings", "api/v2/briefings", "speakers", "changes", "method")
_OF_BRIEFINGS, _OF_SPEAKERS = TREES[:3], TREES[3]
#: The generated files in folders that may hold others, too.
SINGLE = ("index.md", "api/v1/index.json", "api/v1/speakers.json")


def folders_of(unit: str) -> list[str]:
    """The folders under docs/ of a briefing ("harbour-tunnel") or of a speaker ("speakers/lee-sample")."""
    return [unit] if unit.startswith(f"{_OF_SPEAKERS}/") else [f"{tree}/{unit}" for tree in _OF_BRIEFINGS]


def find_foreign(docs: Path, own: OwnFiles, keep: Set[str]) -> Iterator[str]:
    """What is not ours where ``write_generated`` would write or remove, by its path in the folder of the record."""
    prefix = own.prefix_of(docs)
    kept = {f"{prefix}{folder}" for unit in keep for folder in folders_of(unit)}
    for place in (*TREES, *SINGLE):
        yield from own.find_foreign(f"{prefix}{place}", kept.__contains__)


class Written(NamedTuple):
    """What became of the files of a unit: how many changed; path to hash of each, for the record; the folders that are
    all theirs, and the files beside those."""

    changed: int
    hashes: dict[str, str]
    folders: set[str]
    single: set[str]


def write_unit(docs: Path, files: Mapping[str, str | bytes], own: OwnFiles) -> Written:
    """Write the files (path to content) of a unit under ``docs``, once ``own`` has recorded them."""
    prefix = own.prefix_of(docs)
    hashes = own.announce({f"{prefix}{name}": content for name, content in files.items()})
    by_folder: dict[str, dict[str, str | bytes]] = {}
    for name, content in files.items():
        folder, inside = _split_path(name)
        by_folder.setdefault(folder, {})[inside] = content
    single, changed = by_folder.pop("", {}), 0
    for name, content in single.items():
        if (docs / name).is_dir():  # without files
            shutil.rmtree(docs / name)
        changed += write_file(docs / name, content)
    changed += sum(write_tree(docs / folder, inside) for folder, inside in by_folder.items())
    return Written(changed, hashes, set(by_folder), set(single))


def write_generated(
    docs: Path,
    units: Iterable[tuple[str, Written]],
    keep: Set[str],
    own: OwnFiles,
    note: Callable[[str], None] = lambda unit: None,
) -> int:
    """Have generated files written under ``docs``, and remove all others there. Returns how many files changed.

    ``units`` writes each briefing and speaker (see ``folders_of``) with ``write_unit`` as it is asked for it, and under
    "" the files of neither. The files of the units in ``keep`` stay as they are. ``note`` is called with each unit
    written. ``own``, which must be held, records all of them; ``find_foreign`` tells what must not be there.
    """
    for tree in TREES:
        refuse_link(docs / tree)
    changed = _remove_former_page(docs / "method.md") if own.is_new else 0
    current = {folder for unit in keep for folder in folders_of(unit)}
    prefix = own.prefix_of(docs)
    kept = tuple(f"{prefix}{folder}/" for folder in current)
    single: set[str] = set()
    hashes: dict[str, str] = {}
    for unit, written in units:
        changed += written.changed
        hashes |= written.hashes
        current |= written.folders
        single |= written.single
        note(unit)
    for tree in TREES:
        if tree not in current:
            names = {name.removeprefix(f"{tree}/") for name in current | single if name.startswith(f"{tree}/")}
            changed += remove_others(docs / tree, names, names)
    generated = (*(f"{prefix}{tree}/" for tree in TREES), *(f"{prefix}{name}" for name in SINGLE))
    own.settle(hashes, lambda path: path.startswith(kept) or (bool(prefix) and not path.startswith(generated)))
    return changed


def _remove_former_page(path: Path) -> int:
    """Remove a page that only earlier versions generated, unless people wrote it themselves."""
    if not path.is_file() or b"description: How a briefing is made, and what a tick means." not in path.read_bytes():
        return 0
    path.unlink()
    return 1


def _split_path(name: str) -> tuple[str, str]:
    """The folder that belongs to a file's unit alone ("" if none does), and the path in it."""
    tree = next((tree for tree in TREES if name.startswith(f"{tree}/")), "")
    if tree in (*_OF_BRIEFINGS, _OF_SPEAKERS):
        first, slash, inside = name.removeprefix(f"{tree}/").partition("/")
        return (f"{tree}/{first}", inside) if slash else ("", name)
    return tree, name.removeprefix(f"{tree}/") if tree else name


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
