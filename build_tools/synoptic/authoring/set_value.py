"""Sets one text in a YAML file, and leaves every other character as it was. Pure."""

import json
import re
from itertools import pairwise
from typing import Any

import yaml

from synoptic.authoring.append import Keys, refuse_problem
from synoptic.base.problems import Refused
from synoptic.load.yaml_guard import parse


def set_value(data: bytes, path: str, keys: Keys, value: str) -> bytes:
    """The file at ``path`` in which ``keys`` lead to ``value``; the last key, or the mapping it is in, may be new.

    Raises Refused, in one sentence, if the file is unreadable or has no safe place for it.
    """
    if problems := parse(data, path).problems:
        raise refuse_problem(problems[0])
    mark, text = (data[:3], data[3:]) if data.startswith(b"\xef\xbb\xbf") else (b"", data)
    windows = b"\r\n" in text
    old = text.decode().replace("\r\n", "\n")
    wanted = _load(old)
    holder = wanted
    for key, following in pairwise(keys):
        if isinstance(key, str) and not holder.get(key) and isinstance(following, str):
            holder[key] = {}
        holder = holder[key]
    holder[keys[-1]] = value
    new = _set(old if old.endswith("\n") else f"{old}\n", keys, json.dumps(value, ensure_ascii=False))
    if parse(new.encode(), path).problems or _load(new) != wanted:
        raise Refused(f"{path}: nothing was changed, as its layout leaves no safe place; run: synoptic fmt")
    return mark + (new.replace("\n", "\r\n") if windows else new).encode()


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts, lists and mappings


def _set(text: str, keys: Keys, scalar: str) -> str:
    """The new text; whether it means what it should is not checked."""
    node: Any = yaml.compose(text, Loader=yaml.CBaseLoader)
    for depth, key in enumerate(keys):
        if isinstance(key, int):
            node = node.value[key]
            continue
        if isinstance(node, yaml.ScalarNode):  # an empty value: the mapping is new
            return _fill(text, node, node, f"{{{', '.join(f'{k}: ' for k in keys[depth:])}{scalar}}}")
        found = next(((name, value) for name, value in node.value if name.value == key), None)
        if found is None:
            rest = f"{key}: {scalar}" if depth == len(keys) - 1 else f"{key}: {{{keys[-1]}: {scalar}}}"
            return _insert(text, node, key, rest)
        last, node = found
    return _fill(text, last, node, scalar)


def _fill(text: str, key: Any, node: Any, new: str) -> str:
    """The text with another value in the place of a scalar."""
    start, end = node.start_mark.index, node.end_mark.index
    while end > start and text[end - 1] in " \n":  # a block of text ends on a line of its own
        end -= 1
    space = " " if text[start - 1 : start] == ":" else ""
    if start == end and key is not node:
        start = end = text.index(":", key.end_mark.index) + 1
        space = " "
    return f"{text[:start]}{space}{new}{text[end:]}"


def _insert(text: str, node: Any, key: str, entry: str) -> str:
    """The text with one more entry in a mapping: before the first key with a larger number, else at the end."""
    if node.flow_style:
        at = node.end_mark.index - 1
        return f"{text[:at].rstrip()}{', ' if node.value else ''}{entry}{text[at:]}"
    number = _number(key)
    later = next((name for name, _ in node.value if number is not None and (_number(name.value) or 0) > number), None)
    lines, column = text.split("\n"), node.value[0][0].start_mark.column
    at = later.start_mark.line if later is not None else _last_line(node, lines) + 1
    return "\n".join([*lines[:at], f"{' ' * column}{entry}", *lines[at:]])


def _number(key: str) -> int | None:
    found = re.match(r"\d+", key)
    return int(found[0]) if found else None


def _last_line(node: Any, lines: list[str]) -> int:
    """The last line, from 0, of a mapping that is not inside brackets."""
    inner = node
    while not isinstance(inner, yaml.ScalarNode) and inner.value and not inner.flow_style:
        inner = inner.value[-1] if isinstance(inner, yaml.SequenceNode) else inner.value[-1][1]
    line: int = inner.end_mark.line - (inner.end_mark.column == 0 and inner.end_mark.line > inner.start_mark.line)
    while line > inner.start_mark.line and not lines[line].strip():
        line -= 1
    return line
