"""Builds a share of the site, one of several that several machines build, and merges them into the whole site.

A share is a folder with the pages of every N-th briefing and named speaker; the first also has all that belongs to the
whole site. What no share can make alone, the search index and the list of pages, is made from the notes in ``.share``.
"""

import contextlib
import gzip
import html
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from synoptic.base import cache
from synoptic.base.problems import Refused
from synoptic.base.write import walk, write_file
from synoptic.model.site import Site
from synoptic.site import cards, dossiers, embeds, permalinks
from synoptic.site.generated_files import folders_of

#: The environment variable by which ``site --shard`` tells the builder what to build: ``2/4``.
VARIABLE = "SYNOPTIC_SHARE"
#: The folder of the notes in a share: which it is, the records of the search, and the pages in MkDocs's order.
NOTES = ".share"
MARK, _RECORDS, _PAGES = f"{NOTES}/share.json", f"{NOTES}/records.json", f"{NOTES}/pages.json"
_SITEMAP = "sitemap.xml"
_ENTRY = re.compile(r"[ \t]*<url>.*?</url>\n?", re.DOTALL)
_ADDRESS = re.compile(r"<loc>(.*?)</loc>")
_FORMAT = 1
MOST = 1000  # shares


class Share(NamedTuple):
    """Share ``number`` of ``total``, from 1."""

    number: int
    total: int

    @property
    def is_first(self) -> bool:
        """Whether it has what belongs to the whole site."""
        return self.number == 1

    def select(self, units: Iterable[str]) -> set[str]:
        """The units that the share builds, without ``""``: every N-th briefing, and every N-th speaker."""
        named = sorted(unit for unit in units if unit)
        briefings, people = ([unit for unit in named if ("/" in unit) == speaker] for speaker in (False, True))
        return {*briefings[self.number - 1 :: self.total], *people[self.number - 1 :: self.total]}


def read_share(words: str) -> Share | None:
    """The share that ``2/4`` names; None for an empty string. Raises Refused for anything else."""
    if not words:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", words)
    share = Share(*map(int, match.groups())) if match else None
    if share is None or share.number > share.total or share.total > MOST:
        raise Refused(f'"{words}" is not a share; write 2/4 for the second of four, of {MOST} at most', 2)
    return share


def hash_inputs(root: Path, site: Site) -> str:
    """A hash of all that the shares of a site must have in common, the same on every machine: the program, the
    settings, the briefings without their articles, and the history."""
    files = (path for path in (root / "briefings").rglob("*") if path.is_file() and path.parent.name != "articles")
    known = sorted((path.relative_to(root).as_posix(), path.read_bytes()) for path in files)
    past = [entry.commit for entry in site.history.entries] if site.history else None
    parts = (cache.hash_program(), (root / "mkdocs.yml").read_bytes(), known, past, sorted(site.commits.items()))
    return cache.hash_parts(cache.encode_parts(*parts))


class Notes(NamedTuple):
    """What merging needs to know of a share: a hash of all that the whole site is made from, the documents of the
    search by path, the source and the address of each page, and the paths of files that other shares must have."""

    state: str
    records: Mapping[str, str]
    pages: Sequence[tuple[str, str]]
    linked: Sequence[str]


def keep_share(site: Path, share: Share, units: Iterable[str], notes: Notes) -> None:
    """Remove from a built site what another share has, and write the notes of this one, whose ``units`` these are."""
    own = tuple(name for unit in units for name in _list_places(unit))
    for entry in [*walk(site)]:
        path, name = Path(entry), Path(entry).relative_to(site).as_posix()
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):  # it has files
                path.rmdir()
        elif not (share.is_first or name == _SITEMAP or name.startswith(own)):
            path.unlink()
    mark = {"format": _FORMAT, "number": share.number, "total": share.total, "state": notes.state}
    write_file(site / _RECORDS, json.dumps(dict(notes.records), sort_keys=True))
    write_file(site / _PAGES, json.dumps({"pages": notes.pages, "linked": notes.linked}))
    write_file(site / MARK, json.dumps(mark))


def _list_places(unit: str) -> Iterator[str]:
    """What the paths of a unit's files in a site begin with."""
    yield from (f"{folder}/" for folder in folders_of(unit))
    if "/" not in unit:
        yield from (f"{folder}/{unit}/" for folder in (permalinks.FOLDER, cards.FOLDER, embeds.FOLDER))
        yield from (f"{cards.FOLDER}/{unit}.png", f"{dossiers.FOLDER}/{unit}.pdf")


def merge_shares(folders: Sequence[Path], into: Path) -> dict[str, str]:
    """Fill the new folder ``into`` with all shares of a site but the search index, whose documents are returned.

    Raises Refused unless the folders are all shares of one site, OSError if one cannot be read.
    """
    _check_marks({folder: _read_note(folder, MARK) for folder in folders})
    order: dict[str, tuple[tuple[int, str], ...]] = {}
    records: dict[str, str] = {}
    entries: dict[str, str] = {}
    linked: list[str] = []
    frame = ""
    into.mkdir()
    for folder in folders:
        first = _read_note(folder, MARK)["number"] == 1
        listed = _read_note(folder, _PAGES)
        order |= {address: _rank(source) for source, address in listed["pages"]}
        linked += listed["linked"]
        records |= _read_note(folder, _RECORDS)
        text = (folder / _SITEMAP).read_text(encoding="utf-8")
        frame = text if first else frame
        _copy(folder, into)
        entries |= {_find_address(entry): entry for entry in _ENTRY.findall(text)}
    if entries:
        begin, end = frame.index(min(_ENTRY.findall(frame), key=frame.index)), frame.rindex("</urlset>")
        ranked = sorted(entries, key=lambda address: order[address])
        frame = frame[:begin] + "".join(entries[address] for address in ranked) + frame[end:]
    if lost := [path for path in linked if not (into / path).is_file()]:
        raise Refused(f"a page in docs/ links to {lost[0]}, which no share has")
    write_file(into / _SITEMAP, frame)
    write_file(into / f"{_SITEMAP}.gz", gzip.compress(frame.encode(), mtime=0))
    return records


def _find_address(entry: str) -> str:
    """The address of an entry of a sitemap."""
    return html.unescape(_ADDRESS.findall(entry)[0])


def _copy(share: Path, into: Path) -> None:
    """Copy the pages of a share; refuse a file that another share has, and what is not a regular file."""
    for entry in walk(share, {NOTES, _SITEMAP, f"{_SITEMAP}.gz"}):
        name = Path(entry).relative_to(share)
        if entry.is_dir(follow_symlinks=False):
            continue
        if not entry.is_file(follow_symlinks=False):
            raise Refused(f"{entry.path} is not a regular file; a share has nothing else")
        target = into / name
        if target.exists():
            raise Refused(f"{entry.path}: another share has this file, too; build the shares again")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(entry.path, target)


def _read_note(share: Path, name: str) -> Any:
    """A note of a share. Raises Refused if the folder is not a share."""
    try:
        return json.loads((share / name).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Refused(
            f"{share} is not a share: {name} is missing or damaged. Build one: synoptic site --shard 1/2"
        ) from None


def _check_marks(marks: Mapping[Path, Mapping[str, Any]]) -> None:
    """Raise Refused unless all shares of one site are there, each once."""
    (first, known), *others = marks.items()
    for folder, mark in others:
        if mark["state"] != known["state"] or mark["format"] != known["format"]:
            raise Refused(
                f"{folder} and {first} were not built from the same files, settings and history; build both again"
            )
        if mark["total"] != known["total"]:
            raise Refused(f"{folder} is one of {mark['total']} shares, {first} one of {known['total']}")
    numbers = [mark["number"] for mark in marks.values()]
    wanted = range(1, known["total"] + 1)
    if missing := [number for number in wanted if number not in numbers]:
        raise Refused(f"share {missing[0]}/{known['total']} is missing; name the folders of all {known['total']}")
    if len(numbers) > len(wanted):
        raise Refused(f"share {next(n for n in numbers if numbers.count(n) > 1)}/{known['total']} is there twice")


def _rank(source: str) -> tuple[tuple[int, str], ...]:
    """Where MkDocs lists a page, by its source: the files of a folder before its folders, and an index first."""
    *folders, name = PurePosixPath(source).parts
    index = "" if PurePosixPath(name).stem in ("index", "README") else name
    return (*((1, folder) for folder in folders), (0, index))
