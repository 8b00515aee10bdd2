"""YAML as a contributor may write it: plain mappings, lists and text, each with its line and column.

The C parser reads behind a guard: a size cap, strict UTF-8, no control or invisible characters, no depth
over a dozen, no anchors, aliases, tags or second documents. Every scalar stays text; models parse it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

from build_tools.problems import Place, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
#: The key under which every mapping carries its Place; no contributor can type a NUL.
PLACE = "\0place"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile(r"[\u200b\u2060\ufeff\ue000-\uf8ff\U000e0000-\U0010ffff]|[\ufe00-\ufe0f]{2,}")
_STACKED = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff]{5,}"
)


@dataclass(frozen=True)
class Tree:
    """A parsed file: its value (None where it could not be read) and the (line, column) of every part."""

    value: Any
    marks: dict[tuple[Any, ...], tuple[int, int]]
    problems: tuple[Problem, ...] = ()


def unwelcome(text: str) -> str:
    """What makes ``text`` unfit for a page (the empty string where nothing does)."""
    for pattern, what in (
        (_CONTROL, "a control character"),
        (_BIDI, "a character that overrides the direction of writing"),
        (_HIDDEN, "an invisible or private character"),
        (_STACKED, "more than four combining marks on one letter"),
    ):
        if hit := pattern.search(text):
            return f"{what}, U+{ord(hit[0][0]):04X}"
    return ""


def parse(data: bytes, path: str) -> Tree:
    """The content of one YAML file.

    In: the file's bytes and the path to name in messages. Out: a Tree whose problems say all that the guard
    found; its value is None where the file could not be read at all. Raises nothing for any input.
    """

    def refuse(message: str, tip: str = "", line: int = 1, column: int = 1) -> Tree:
        return Tree(None, {}, (Problem(Place(path, line, column), message, tip, "yaml"),))

    if len(data) > MAX_BYTES:
        return refuse(f"{len(data):,} bytes are too many", f"split the file; the limit is {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return refuse(f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8", line)
    for number, content in enumerate(text.split("\n"), 1):
        if what := unwelcome(content.rstrip("\r")):
            return refuse(f"the line holds {what}", "remove it", number)
    try:
        if found := _guard(text):
            message, tip, mark = found
            return refuse(message, tip, mark.line + 1, mark.column + 1)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        why = (error.problem or error.context or "unreadable").strip()
        tip = "quote the text if it holds a colon, a hash or a quotation mark; indent with spaces"
        return refuse(f"not valid YAML: {why}", tip, (at.line if at else 0) + 1, (at.column if at else 0) + 1)
    except yaml.YAMLError as error:
        return refuse(f"not valid YAML: {str(error).splitlines()[0]}")
    marks: dict[tuple[Any, ...], tuple[int, int]] = {}
    problems: list[Problem] = []
    value = None if node is None else _plain(node, (), path, marks, problems)
    return Tree(value, marks, tuple(problems))


def _guard(text: str) -> tuple[str, str, Any] | None:
    """The first event that the format does not allow: message, tip, mark."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                return "a second document begins here", "keep one document a file", event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return f"nested more than {MAX_DEPTH} deep", "", event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent):
            return "an alias", "write the value out, or quote the text", event.start_mark
        if anchor := getattr(event, "anchor", None):
            return f'an anchor, "&{anchor}"', "write the value out, or quote the text", event.start_mark
        if tag := getattr(event, "tag", None):
            return f'a tag, "{tag}"', "remove it, or quote the text", event.start_mark
    return None


def _plain(
    node: yaml.Node,
    at: tuple[Any, ...],
    path: str,
    marks: dict[tuple[Any, ...], tuple[int, int]],
    problems: list[Problem],
) -> Any:
    """The node as dict, list, str or None (an empty value), recording where every part stood."""
    mark = marks[at] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        if what := unwelcome(node.value.replace("\n", " ")):
            problems.append(Problem(Place(path, *mark), f"the value holds {what}", "remove it", "yaml"))
            return re.sub(r"[^ -~]", "", node.value)  # so that nothing else is said of it
        return unicodedata.normalize("NFC", node.value) if node.value or node.style else None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), path, marks, problems) for i, item in enumerate(node.value)]
    out: dict[str, Any] = {}
    first: dict[str, int] = {}
    parts: dict[object, tuple[int, int]] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        if not isinstance(key, yaml.ScalarNode) or unwelcome(key.value):
            problems.append(Problem(Place(path, line, column), "a key must be a plain word", "", "yaml"))
            continue
        if key.value in first:
            message = f'the key "{key.value}" stands twice, in lines {first[key.value]} and {line}'
            problems.append(Problem(Place(path, line, column), message, "keep one of them", "yaml"))
            continue
        first[key.value] = line
        out[key.value] = _plain(value, (*at, key.value), path, marks, problems)
        parts[(PLACE, key.value)] = (line, column)
        parts[key.value] = marks[(*at, key.value)]
        if isinstance(value, yaml.SequenceNode):
            parts |= {(key.value, i): marks[(*at, key.value, i)] for i in range(len(value.value))}
        if isinstance(value, yaml.MappingNode) and isinstance(out[key.value], dict):
            parts |= {(key.value, k): marks[(*at, key.value, k)] for k in out[key.value] if k != PLACE}
    out[PLACE] = Place(path, *mark, parts)
    return out
