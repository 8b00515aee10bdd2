"""YAML as a contributor may write it: plain mappings, lists and text, each with its line and column.

The C parser reads behind a guard: a size cap, strict UTF-8, no control or invisible characters, no depth
over a dozen, no anchors, aliases, tags or second documents. Every scalar stays text; models parse it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from build_tools.problems import Place, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 30_000
#: The key under which every mapping carries its Place; no contributor can type a NUL.
PLACE = "\0place"

#: So many lines of a file are named that hold what no page can show; so many anchors, tags and the like.
MOST = 20

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u206f]")
# three flags are made of tag characters: of England, Scotland and Wales; nothing else may be
_FLAG = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(c)) for c in land) for land in ("eng", "sct", "wls"))
)
_HIDDEN = re.compile(
    _FLAG + r"|([\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff])"
)
_VARIANT = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = re.compile(r"[\u00ad\u034f\u061c\u180b-\u180f\u200c-\u200f]{3,}")
_STACKED = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufe20-\ufe2f]{5,}"
)
_MARKS = re.compile(r"[^\x00-\x7f\w\s]{9,}")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Tree:
    """A parsed file: its value (None where it could not be read) and the (line, column) of every part."""

    value: Any
    marks: dict[tuple[Any, ...], tuple[int, int]]
    problems: tuple[Problem, ...] = ()


def unwelcome(text: str) -> str:
    """What makes ``text`` unfit for a page (the empty string where nothing does)."""
    found = _unwelcome(text)
    return f"{found[0]}, U+{ord(text[found[1]]):04X}" if found else ""


def welcome(text: str) -> str:
    """``text`` without what makes it unfit for a page."""
    for _ in range(4):  # what is taken out may bring together what was apart
        if _unwelcome(text) is None:
            return text
        text = _BIDI.sub("", _CONTROL.sub("", text))
        text = _HIDDEN.sub(lambda hit: "" if hit[1] else hit[0], text)
        text = _VARIANT.sub(lambda hit: hit[0] if _varies(_before(hit), hit[0]) else "", text)
        text = _STACKED.sub(lambda hit: hit[0][:4], _JOINERS.sub("", text))
        text = _MARKS.sub(lambda hit: hit[0][:8] if any(map(unicodedata.combining, hit[0])) else hit[0], text)
    return re.sub(r"[^ -~]", "", text)


def _before(hit: re.Match[str]) -> str:
    """The character before a match."""
    return hit.string[max(hit.start() - 1, 0) : hit.start()]


def _unwelcome(text: str) -> tuple[str, int, int] | None:
    """What is first found unfit, and where it begins and ends."""
    if text.isascii() and text.isprintable():
        return None
    for pattern, what in (
        (_CONTROL, "a control character"),
        (_BIDI, "a character that overrides the direction of writing"),
    ):
        if hit := pattern.search(text):
            return what, *hit.span()
    if hit := next((hit for hit in _HIDDEN.finditer(text) if hit[1]), None):
        return "an invisible or private character", *hit.span()
    if hit := next((hit for hit in _VARIANT.finditer(text) if not _varies(_before(hit), hit[0])), None):
        return "a sign of variation after what has no variants", *hit.span()
    if hit := _JOINERS.search(text):
        return "three invisible characters in a row", *hit.span()
    if hit := _STACKED.search(text):
        return "more than four combining marks on one letter", *hit.span()
    for hit in _MARKS.finditer(text):
        for begin in range(hit.start(), hit.end() - 8):
            if all(unicodedata.category(c) in ("Mn", "Me") for c in text[begin : begin + 9]):
                return "more than eight marks on one letter", begin, hit.end()
    return None


def _varies(base: str, selector: str) -> bool:
    """Whether a variation selector may follow a character."""
    if selector in "\ufe0e\ufe0f":
        sign = ord(base or " ") > 0xA8 and unicodedata.category(base) in ("So", "Sm", "Sk", "Po", "Pd")
        return sign or base in tuple("#*0123456789\u2139")
    if selector > "\ufe0f":
        return _HAN.match(base) is not None
    return (
        selector < "\ufe03" and ord(base or " ") > 0x7F and unicodedata.category(base) in ("Lo", "Sm", "Po", "Ps", "Pe")
    )


def parse(data: bytes, path: str) -> Tree:
    """The content of one YAML file.

    In: the file's bytes and the path to name in messages. Out: a Tree whose problems say all that the guard
    found; its value is None where the file could not be read at all. Raises nothing for any input.
    """

    problems: list[Problem] = []

    def refuse(message: str, tip: str = "", line: int = 1, column: int = 1) -> Tree:
        return Tree(
            None,
            {},
            (
                *problems,
                Problem(Place(path, line, column), message, tip, "yaml"),
            ),
        )

    if len(data) > MAX_BYTES:
        return refuse(f"{len(data):,} bytes are too many", f"split the file; the limit is {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, before = data.count(b"\n", 0, error.start) + 1, data[: error.start].rpartition(b"\n")[2]
        column = len(before.decode("utf-8-sig", "replace")) + 1
        return refuse(f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8", line, column)
    text = _shown(text.replace("\r\n", "\n"), path, problems)  # what is left is read on: all mistakes at once
    found: list[tuple[str, str, Any]] = []
    marks: dict[tuple[Any, ...], tuple[int, int]] = {}
    inside: list[Problem] = []
    try:
        events = _guarded(text, found)
        value = _plain(events, next(events, None), (), path, marks, inside)
        for _ in events:
            pass  # nothing stands behind the first document, or is refused
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        why = (error.problem or error.context or "unreadable").strip()
        tip = "quote the text if it holds a colon, a hash or a quotation mark; indent with spaces"
        return refuse(f"not valid YAML: {why}", tip, (at.line if at else 0) + 1, (at.column if at else 0) + 1)
    except yaml.YAMLError as error:
        return refuse(f"not valid YAML: {str(error).splitlines()[0]}")
    if found:
        places = (Problem(Place(path, m.line + 1, m.column + 1), what, tip, "yaml") for what, tip, m in found)
        return Tree(None, {}, (*problems, *places))
    return Tree(value, marks, (*problems, *inside))


def _shown(text: str, path: str, problems: list[Problem]) -> str:
    """The text without what no page can show; each line that held it is a problem, up to MOST."""
    lines = text.split("\n")
    for number, content in enumerate(lines):
        if found := _unwelcome(content):
            lines[number] = welcome(content)
            if len(problems) < MOST:
                message = f"the line holds {found[0]}, U+{ord(content[found[1]]):04X}"
                problems.append(Problem(Place(path, number + 1, found[1] + 1), message, "remove it", "yaml"))
    return "\n".join(lines)


def _guarded(text: str, found: list[tuple[str, str, Any]]) -> Iterator[Any]:
    """The events of values and ends; what the format does not allow goes into ``found`` (message, tip, mark). Nothing
    is read on from too great a depth."""
    depth = documents = values = 0
    quoted = "write the value out, or quote the text"
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            yield event
        elif isinstance(event, yaml.NodeEvent):
            mark = event.start_mark
            values += 1
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    found.append((f"nested more than {MAX_DEPTH} deep", "", mark))
                    return
            if values > MAX_VALUES:
                found.append((f"more than {MAX_VALUES:,} values", "split the file", mark))
                return
            if isinstance(event, yaml.AliasEvent):
                found.append(("an alias", quoted, mark))
            else:
                if event.anchor:
                    found.append((f'an anchor, "&{event.anchor}"', quoted, mark))
                if tag := getattr(event, "tag", None):
                    found.append((f'a tag, "{tag}"', "remove it, or quote the text", mark))
            yield event
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                found.append(("a second document begins here", "keep one document a file", event.start_mark))
                return
        if len(found) >= MOST:
            return


def _plain(
    events: Iterator[Any],
    event: Any,
    at: tuple[Any, ...],
    path: str,
    marks: dict[tuple[Any, ...], tuple[int, int]],
    problems: list[Problem],
) -> Any:
    """The value that begins with an event, as dict, list, str or None (an empty value), recording where every part
    stood. Of what ``_guarded`` refused it may be anything."""
    if event is None:
        return None
    mark = marks[at] = (event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, yaml.AliasEvent):
        return None
    if isinstance(event, yaml.ScalarEvent):
        text = event.value
        if text.isascii() and text.isprintable():
            return text if text or event.style else None
        if what := unwelcome(text.replace("\n", " ")):
            problems.append(Problem(Place(path, *mark), f"the value holds {what}", "remove it", "yaml"))
            text = welcome(text)
        return unicodedata.normalize("NFC", text)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            items.append(_plain(events, item, (*at, len(items)), path, marks, problems))
        return items
    out: dict[str, Any] = {}
    first: dict[str, int] = {}
    parts: dict[object, tuple[int, int]] = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        name = key.value if isinstance(key, yaml.ScalarEvent) else None
        if name is None or name in first or unwelcome(name):
            if name in first:
                message = f'the key "{name}" stands twice, in lines {first[name]} and {line}'
                problems.append(Problem(Place(path, line, column), message, "keep one of them", "yaml"))
            else:
                problems.append(Problem(Place(path, line, column), "a key must be a plain word", "", "yaml"))
            if name is None:
                _plain(events, key, (), path, {}, [])
            _plain(events, next(events, None), (), path, {}, [])
            continue
        if (begin := next(events, None)) is None:
            break
        first[name] = line
        below = (*at, name)
        value = out[name] = _plain(events, begin, below, path, marks, problems)
        parts[(PLACE, name)] = (line, column)
        parts[name] = marks[below]
        if isinstance(value, list):
            parts |= {(name, i): marks[(*below, i)] for i in range(len(value))}
        elif isinstance(value, dict):
            parts |= {(name, k): marks[(*below, k)] for k in value if k != PLACE}
    out[PLACE] = Place(path, *mark, parts)
    return out
