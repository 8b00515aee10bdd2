"""Reads YAML as contributors may write it: plain mappings, lists and text, each with its line and column.

The guard allows a limited size, strict UTF-8, no control or invisible characters, a dozen levels, no anchors, aliases,
tags or second documents. Every scalar stays text; the records parse it.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from synoptic.base.problems import PLACE, Place, Problem
from synoptic.text.conflicts import find_conflict
from synoptic.text.unicode import describe_unfit, find_unfit, normalize, remove_unfit

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 30_000

#: At most this many lines with unfit characters are reported, and at most this many anchors, tags and the like.
MOST = 20

_VALUES = frozenset({ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent})
_QUOTED = "write the value out, or quote the text"
_UNQUOTED = (
    "indent with spaces; put a text below its key (quote: |) or in quotation marks if it begins with one of "
    "[ ] { } \" ' @ % & * ! ` | > # or has a colon or a hash beside a space"
)


@dataclass(frozen=True)
class Tree:
    """A parsed file: its value (None if it could not be read) and its problems."""

    value: Any
    problems: tuple[Problem, ...] = ()


def parse(data: bytes, path: str) -> Tree:
    """The content of one YAML file; ``path`` is what messages call it. Raises nothing, whatever the input.

    By hand on PyYAML's events, since no library gives a place for every value and refuses tags, anchors and deep
    nesting before it builds anything.
    """
    problems: list[Problem] = []

    def refuse(message: str, tip: str = "", line: int = 1, column: int = 1) -> Tree:
        return Tree(None, (*problems, Problem(Place(path, line, column), message, tip, "yaml")))

    if len(data) > MAX_BYTES:
        return refuse(f"{len(data):,} bytes are too many", f"split the file; the limit is {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, before = data.count(b"\n", 0, error.start) + 1, data[: error.start].rpartition(b"\n")[2]
        column = len(before.decode("utf-8-sig", "replace")) + 1
        return refuse(f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8", line, column)
    text = text.replace("\r\n", "\n")
    if line := find_conflict(text):
        return refuse("holds both sides of a merge, between <<<<<<< and >>>>>>>", _advise_on_merge(path), line)
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        text = _remove_unfit(text, path, problems)  # what is left is read on: all mistakes at once
    parser = _Parser(text, path, escapes="\\" in text)
    try:
        value = parser.read_file()
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        why = (error.problem or error.context or "unreadable").strip()
        return refuse(f"not valid YAML: {why}", _UNQUOTED, (at.line if at else 0) + 1, (at.column if at else 0) + 1)
    except yaml.YAMLError as error:
        return refuse(f"not valid YAML: {str(error).splitlines()[0]}")
    if found := parser.refused:
        places = (Problem(Place(path, m.line + 1, m.column + 1), what, tip, "yaml") for what, tip, m in found)
        return Tree(None, (*problems, *places))
    return Tree(value, (*problems, *parser.problems))


def _advise_on_merge(path: str) -> str:
    """How to finish a merge that Git left in a file."""
    if path.endswith("/ids.lock"):
        return "run: synoptic check --fix, which keeps the ids of both sides"
    if path.endswith(".lock"):
        return "keep either side whole; whoever has the text then runs: synoptic lock"
    return "keep what is right of both sides, and remove the lines with <<<<<<<, ======= and >>>>>>>"


def _remove_unfit(text: str, path: str, problems: list[Problem]) -> str:
    """The text without characters that no page can show; each line with one is added to ``problems``, up to MOST."""
    lines = text.split("\n")
    for number, content in enumerate(lines):
        if unfit := find_unfit(content):
            lines[number] = remove_unfit(content)
            if len(problems) < MOST:
                what, column, *_ = unfit
                message = f"the line holds {what}, U+{ord(content[column]):04X}"
                problems.append(Problem(Place(path, number + 1, column + 1), message, "remove it", "yaml"))
    return "\n".join(lines)


class _Stop(Exception):
    """Reading cannot go on: too much was refused, or something too large."""


class _Parser:
    """Reads one file, event by event. Its text has no unfit character; a value may have one if there are ``escapes``.
    ``refused`` is what the format forbids (message, tip, mark); ``problems`` are faults of single keys and values."""

    def __init__(self, text: str, path: str, *, escapes: bool) -> None:
        self.refused: list[tuple[str, str, Any]] = []
        self.problems: list[Problem] = []
        self._path, self._escapes = path, escapes
        self._next: Callable[[], Any] = yaml.CBaseLoader(text).get_event
        self._values = 0

    def read_file(self) -> Any:
        """The file's value; meaningless if anything was refused."""
        value, documents = None, 0
        with contextlib.suppress(_Stop):
            for event in iter(self._next, None):
                kind = type(event)
                if kind in _VALUES:
                    value = self._value(event, 0)
                elif kind is DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        self._stop(event, "a second document begins here", "keep one document a file")
        return value

    def _value(self, event: Any, depth: int) -> Any:
        """The dict, list, str or None (an empty value) that begins with ``event``, with ``depth`` values around it."""
        kind = type(event)
        self._values += 1
        if kind is ScalarEvent:
            if event.anchor or event.tag or self._values > MAX_VALUES:
                self._guard(event)
            text: str = event.value
            if self._escapes and (what := describe_unfit(text.replace("\n", " "))):
                self._report(_at(event), f"the value holds {what}", "remove it")
                text = remove_unfit(text)
            return (text if text.isascii() else normalize(text)) if text or event.style else None
        if kind is AliasEvent:
            return self._refuse(event, "an alias", _QUOTED)
        self._guard(event, depth)
        return self._mapping(event, depth + 1) if kind is MappingStartEvent else self._list(depth + 1)[0]

    def _list(self, depth: int) -> tuple[list[Any], list[tuple[int, int]]]:
        """The entries of a list that has begun, and the place of each."""
        items: list[Any] = []
        places: list[tuple[int, int]] = []
        for event in iter(self._next, None):
            if type(event) is SequenceEndEvent:
                break
            places.append(_at(event))
            items.append(self._value(event, depth))
        return items, places

    def _mapping(self, begin: Any, depth: int) -> dict[str, Any]:
        """The keys and values of a mapping that began with an event; under PLACE their places."""
        out: dict[str, Any] = {}
        parts: dict[object, tuple[int, ...]] = {}
        for key in iter(self._next, None):
            kind = type(key)
            if kind is MappingEndEvent:
                break
            name = key.value if kind is ScalarEvent else None
            if name is None or name in out or (self._escapes and describe_unfit(name)):
                self._skip_key(key, name, parts, depth)
                continue
            self._values += 1
            if key.anchor or key.tag or self._values > MAX_VALUES:
                self._guard(key)
            event = self._next()
            here, there = key.start_mark, event.start_mark
            parts[name] = there.line + 1, there.column + 1, here.line + 1, here.column + 1
            if type(event) is SequenceStartEvent:
                self._values += 1
                self._guard(event, depth)
                out[name], places = self._list(depth + 1)
                for number, place in enumerate(places):
                    parts[name, number] = place
                continue
            value = out[name] = self._value(event, depth)
            if type(value) is dict:
                inner = value[PLACE].parts
                parts |= {(name, k): inner[k] for k in value if k != PLACE}
        out[PLACE] = Place(self._path, *_at(begin), parts)
        return out

    def _skip_key(self, key: Any, name: str | None, parts: dict[object, tuple[int, ...]], depth: int) -> None:
        """Report a key that cannot be used, and skip its value."""
        at = _at(key)
        if name in parts:
            message = f'the key "{name}" appears twice, in lines {parts[name][2]} and {at[0]}'
            self._report(at, message, "keep one of them")
        else:
            self._report(at, "a key must be a plain word", "")
        before = len(self.problems)
        self._value(key, depth)
        self._value(self._next(), depth)
        del self.problems[before:]

    def _guard(self, event: Any, depth: int = 0) -> None:
        """Refuse an anchor or a tag; stop at a value that is nested too deep, or one too many."""
        if depth == MAX_DEPTH:
            self._stop(event, f"nested more than {MAX_DEPTH} deep")
        if self._values > MAX_VALUES:
            self._stop(event, f"more than {MAX_VALUES:,} values", "split the file")
        if event.anchor:
            self._refuse(event, f'an anchor, "&{event.anchor}"', _QUOTED)
        if event.tag:
            self._refuse(event, f'a tag, "{event.tag}"', "remove it, or quote the text")

    def _refuse(self, event: Any, message: str, tip: str = "") -> None:
        self.refused.append((message, tip, event.start_mark))
        if len(self.refused) >= MOST:
            raise _Stop

    def _stop(self, event: Any, message: str, tip: str = "") -> NoReturn:
        self._refuse(event, message, tip)
        raise _Stop

    def _report(self, at: tuple[int, int], message: str, tip: str) -> None:
        self.problems.append(Problem(Place(self._path, *at), message, tip, "yaml"))


def _at(event: Any) -> tuple[int, int]:
    """The line and column, from 1, at which an event begins."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
