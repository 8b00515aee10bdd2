"""Adds entries to lists in YAML files, and leaves every other character as it was. Pure."""

from collections.abc import Sequence
from typing import Any

import yaml

from synoptic.base.problems import Problem, Refused
from synoptic.load.yaml_guard import parse

Keys = tuple[str | int, ...]


def append(data: bytes, path: str, keys: Keys, entries: Sequence[str]) -> bytes:
    """The file at ``path`` with more ``entries`` at the end of a list; ``keys`` lead to it, () is the file itself.

    An entry is laid out as in a list that is not indented: ``- id: x``, and more lines; an empty line in front of it
    stays. Raises Refused, in one sentence, if the file is unreadable or the list cannot take them.
    """
    if problems := parse(data, path).problems:
        raise refuse_problem(problems[0])
    mark, text = (data[:3], data[3:]) if data.startswith(b"\xef\xbb\xbf") else (b"", data)
    windows = b"\r\n" in text
    old = text.decode().replace("\r\n", "\n")
    new = _append(old, path, keys, entries)
    wanted, added = _load(old), _load("".join(entries))
    if not keys:
        wanted = [*(wanted or []), *added]
    else:
        holder = wanted
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = [*(holder.get(keys[-1]) or []), *added]
    if parse(new.encode(), path).problems or _load(new) != wanted:
        raise Refused(f"{path}: nothing was changed, as its layout leaves no safe place; run: synoptic fmt")
    return mark + (new.replace("\n", "\r\n") if windows else new).encode()


def make_list(data: bytes, path: str, keys: Keys) -> bytes:
    """The file at ``path`` in which the mapping that ``keys`` lead to is the one entry of a list. Raises Refused."""
    text = data.decode().replace("\r\n", "\n")
    node: Any = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.CBaseLoader)
    holder: Any = None
    for key in keys:
        holder, node = node, _step(node, key)
    lines, start = text.split("\n"), node.start_mark
    if _is_flow(node):
        if start.line != node.end_mark.line:
            raise _refuse(path)
        row, end = lines[start.line], node.end_mark.column
        pad = " " * (_key_of(holder, keys[-1]).start_mark.column + 2)
        begin, after = row[: start.column].rstrip(), row[end:].strip()
        lines[start.line : start.line + 1] = [f"{begin}  {after}".rstrip(), f"{pad}- {row[start.column : end]}"]
    else:
        for number in range(start.line, _last_line(node, lines) + 1):
            sign = "- " if number == start.line else "  "
            row = lines[number]
            lines[number] = f"{row[: start.column]}{sign}{row[start.column :]}" if row.strip() else row
    new = "\n".join(lines)
    return (new.replace("\n", "\r\n") if b"\r\n" in data else new).encode()


def refuse_problem(problem: Problem) -> Refused:
    """One sentence about a mistake that has to be fixed first."""
    place = problem.place
    return Refused(f"{place.path}:{place.line}:{place.column}: {problem.message}; nothing was changed")


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts, lists and mappings


def _append(text: str, path: str, keys: Keys, entries: Sequence[str]) -> str:
    """The new text; whether it means what it should is not checked."""
    lines = text.split("\n")
    if lines[-1]:
        lines.append("")
    holder: Any = None
    node: Any = yaml.compose(text, Loader=yaml.CBaseLoader)
    for key in keys:
        holder, node = node, _step(node, key)
    if node is None and holder is not None:
        return "\n".join(_add_key(lines, holder, path, f"{keys[-1]}:", entries))
    if node is None or (not keys and not _is_flow(node)):
        column = node.start_mark.column if node is not None else 0
        return "\n".join(lines).rstrip("\n") + "\n" * bool(text.strip()) + "\n".join([*_indent(entries, column), ""])
    if isinstance(node, yaml.ScalarNode) or not node.value:
        return "\n".join(_fill_list(lines, holder, node, keys, entries))
    if _is_flow(node):
        if any("\n" in entry.strip("\n") for entry in entries):
            raise _refuse(path)
        last = node.value[-1].end_mark
        more = "".join(f", {entry.strip().removeprefix('- ')}" for entry in entries)
        lines[last.line] = f"{lines[last.line][: last.column]}{more}{lines[last.line][last.column :]}"
        return "\n".join(lines)
    at = _last_line(node, lines) + 1
    return "\n".join([*lines[:at], *_indent(entries, node.start_mark.column), *lines[at:]])


def _add_key(lines: list[str], holder: Any, path: str, key: str, entries: Sequence[str]) -> list[str]:
    """The lines with a new key at the end of a mapping, and the entries below it."""
    if _is_flow(holder):
        raise _refuse(path)
    column, at = holder.start_mark.column, _last_line(holder, lines) + 1
    return [*lines[:at], f"{' ' * column}{key}", *_indent(entries, column + 2), *lines[at:]]


def _fill_list(lines: list[str], holder: Any, node: Any, keys: Keys, entries: Sequence[str]) -> list[str]:
    """The lines with entries in the place of an empty list; a comment beside it stays there."""
    start, end = node.start_mark, node.end_mark
    column = _key_of(holder, keys[-1]).start_mark.column + 2 if holder is not None else 0
    before, after = lines[start.line][: start.column].rstrip(), lines[end.line][end.column :].strip()
    head = f"{before}  {after}".rstrip() if before else after
    return [*lines[: start.line], *([head] if head else []), *_indent(entries, column), *lines[end.line + 1 :]]


def _refuse(path: str) -> Refused:
    return Refused(f"{path}: nothing was changed, as its list is written inside brackets; run: synoptic fmt")


def _step(node: Any, key: str | int) -> Any:
    """The value of a key or the entry of a number in a node; None if there is none."""
    if isinstance(key, int):
        return node.value[key]
    return next((value for name, value in node.value if name.value == key), None)


def _key_of(node: Any, key: str | int) -> Any:
    return next(name for name, _ in node.value if name.value == key)


def _is_flow(node: Any) -> bool:
    return bool(getattr(node, "flow_style", False))


def _indent(entries: Sequence[str], column: int) -> list[str]:
    return [
        f"{' ' * column}{line}" if line else "" for entry in entries for line in entry.removesuffix("\n").split("\n")
    ]


def _last_line(node: Any, lines: Sequence[str]) -> int:
    """The line, from 0, in which a node ends, with the comments below it that are indented as far as its entries."""
    inner = node
    while inner.value and not isinstance(inner, yaml.ScalarNode) and not _is_flow(inner):
        inner = inner.value[-1] if isinstance(inner, yaml.SequenceNode) else inner.value[-1][1]
    end = inner.end_mark
    line: int = end.line - (end.column == 0 and end.line > inner.start_mark.line)
    while line > inner.start_mark.line and not lines[line].strip():
        line -= 1
    column = node.start_mark.column
    while (
        line + 1 < len(lines) and lines[line + 1].startswith(" " * column + " ") and lines[line + 1].lstrip()[:1] == "#"
    ):
        line += 1
    return line
