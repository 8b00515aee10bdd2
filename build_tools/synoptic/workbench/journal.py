"""The journal of a briefing: every change with the texts of its files before and after, so that it can be undone, also
after a restart. Nothing else holds what is not saved.

A change is a file of its own, written before the one file that says how far the journal goes. So a program that is
killed leaves the journal as it was before or after a change. Several programs may share it: each reads it again under
its lock.
"""

import contextlib
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from synoptic.base.lock import lock_file
from synoptic.base.problems import Refused
from synoptic.base.write import refuse_link, write_file
from synoptic.load.files import sha256

#: The journals' place in a project; Git ignores it.
FOLDER = ".cache/workbench"
VERSION = 1
MOST = 200  # changes that stay after they were saved
PATIENCE = 10  # seconds to wait for another program
_STATE = "state.json"


@dataclass(frozen=True)
class Edit:
    """A file before and after a change; None if there was no file."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True)
class Entry:
    """One change: what it is called, the files it edits, and the fingerprints of the drafts that it accepts."""

    label: str
    edits: tuple[Edit, ...]
    accepts: tuple[str, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The files that it edits."""
        return [edit.path for edit in self.edits]


@dataclass(frozen=True)
class Journal:
    """All changes; ``at`` of them are done, and those behind were undone. ``base`` has the hash of each file on disk
    when the journal began with it, "" for none. ``number`` is that of the last change that was ever written."""

    revision: int = 0
    at: int = 0
    number: int = 0
    entries: tuple[tuple[int, Entry], ...] = ()
    base: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, bytes | None]:
        """Path to what each file of the journal holds now."""
        found: dict[str, bytes | None] = {}
        for _, entry in reversed(self.entries[self.at :]):
            found |= {edit.path: edit.before for edit in entry.edits}
        for _, entry in self.entries[: self.at]:
            found |= {edit.path: edit.after for edit in entry.edits}
        return found

    @property
    def accepted(self) -> frozenset[str]:
        """The fingerprints of the drafts that its changes accept."""
        return frozenset(mark for _, entry in self.entries[: self.at] for mark in entry.accepts)

    @property
    def unsaved(self) -> dict[str, bytes | None]:
        """The files among them that are not on disk like that."""
        return {path: data for path, data in self.texts.items() if name_bytes(data) != self.base.get(path, "")}

    def add(self, entry: Entry) -> "Journal":
        """The journal with one more change; what was undone is forgotten."""
        unsaved = self.unsaved
        begun = {edit.path: name_bytes(edit.before) for edit in entry.edits if edit.path not in unsaved}
        number = self.number + 1
        entries = (*self.entries[: self.at], (number, entry))
        return replace(
            self, revision=self.revision + 1, at=len(entries), number=number, entries=entries,
            base={**self.base, **begun},
        )  # fmt: skip

    def step(self, by: int) -> "Journal":
        """The journal with one change less done (-1) or one more (1)."""
        return replace(self, revision=self.revision + 1, at=self.at + by)

    def adopt(self, disk: Mapping[str, bytes | None]) -> "Journal":
        """The journal, if ``disk`` is what its unsaved files hold there: those written already, as by a save that was
        interrupted, are saved, so that they can be changed and undone like any other."""
        unsaved = self.unsaved
        written = {path: name_bytes(data) for path, data in disk.items() if data == unsaved[path]}
        return replace(self, base={**self.base, **written}) if written else self

    def drop(self) -> "Journal":
        """An empty journal, which gives up what is not saved."""
        return Journal(revision=self.revision + 1, number=self.number)

    def save(self) -> "Journal":
        """The journal after all its files were written."""
        base = {path: name_bytes(data) for path, data in self.texts.items()}
        dropped = max(0, self.at - MOST)
        entries = self.entries[dropped:]
        kept = {edit.path for _, entry in entries for edit in entry.edits}
        return replace(
            self, revision=self.revision + 1, at=self.at - dropped, entries=entries,
            base={path: name for path, name in base.items() if path in kept},
        )  # fmt: skip


def name_bytes(data: bytes | None) -> str:
    """The hash of a file's bytes; "" if there is no file."""
    return "" if data is None else sha256(data)


class JournalFile:
    """A journal in its folder."""

    def __init__(self, root: Path, slug: str) -> None:
        self.folder = root / FOLDER / slug
        #: What a journal may hold: whoever sends one along with a project must not reach any other file.
        self._own = re.compile(rf"briefings/(?:speakers|{slug}/(?:(?:claims|sources)/)?[^/\\]+)\.yml")
        self._kept: tuple[bytes | None, Journal] = None, Journal()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other programs from the journal inside the block."""
        for folder in (self.folder, *self.folder.parents[:2]):
            refuse_link(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "lock"
        refuse_link(path)
        until = time.monotonic() + PATIENCE
        with contextlib.ExitStack() as stack:
            while True:
                try:
                    stack.enter_context(lock_file(path))
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise Refused("another program has held the journal for too long; try again") from None
                    time.sleep(0.02)
            yield

    def read(self) -> Journal:
        """The journal as it is on disk. Raises Refused if it is damaged."""
        path = self.folder / _STATE
        refuse_link(path)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Journal()
        if data != self._kept[0]:
            try:
                self._kept = data, self._parse(json.loads(data))
            except (
                ValueError,
                LookupError,
                TypeError,
                AttributeError,
                ArithmeticError,
                RecursionError,
                OSError,
            ) as error:
                raise Refused(f"{path}: the journal cannot be read ({error}); move it away to begin again") from None
        return self._kept[1]

    def _parse(self, state: Any) -> Journal:
        if state["version"] != VERSION:
            raise ValueError(f"version {state['version']}")
        known = dict(self._kept[1].entries)
        numbers = [int(number) for number in state["entries"]]
        entries = tuple((number, known.get(number) or self._read_entry(number)) for number in numbers)
        if not 0 <= state["at"] <= len(entries):
            raise ValueError("it ends before its last change")
        return Journal(int(state["revision"]), int(state["at"]), int(state["number"]), entries, dict(state["base"]))

    def _read_entry(self, number: int) -> Entry:
        path = self._path(number)
        refuse_link(path)
        value = json.loads(path.read_bytes())

        def read(text: str | None) -> bytes | None:
            return None if text is None else text.encode()

        edits = [Edit(one["path"], read(one["before"]), one["after"].encode()) for one in value["edits"]]
        if strange := [edit.path for edit in edits if not self._own.fullmatch(edit.path)]:
            raise ValueError(f"{strange[0]} is not a file of the briefing")
        return Entry(value["label"], tuple(edits), tuple(map(str, value.get("accepts", ()))))

    def write(self, journal: Journal) -> None:
        """Write the journal: its new changes, then how far it goes."""
        before = self._kept[1]
        known = dict(before.entries)
        for number, entry in journal.entries:
            if known.get(number) is not entry:
                edits = [
                    {"path": edit.path, "before": _decode(edit.before), "after": _decode(edit.after)}
                    for edit in entry.edits
                ]
                value = {"label": entry.label, "edits": edits, "accepts": entry.accepts}
                write_file(self._path(number), json.dumps(value, ensure_ascii=False))
        numbers = [number for number, _ in journal.entries]
        state = {"version": VERSION, "revision": journal.revision, "at": journal.at, "number": journal.number}
        data = json.dumps({**state, "entries": numbers, "base": dict(journal.base)}).encode()
        write_file(self.folder / _STATE, data)
        self._kept = data, journal
        self._remove(known.keys() - {*numbers})

    def keep_aside(self, journal: Journal, conflicts: object) -> None:
        """Write both versions of files that somebody gives up, so that no word is lost."""
        write_file(self.folder / f"given-up-{journal.revision}.json", json.dumps(conflicts, ensure_ascii=False))

    def _remove(self, numbers: Sequence[int] | set[int]) -> None:
        for number in numbers:
            self._path(number).unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"


def _decode(data: bytes | None) -> str | None:
    return None if data is None else data.decode()
