"""The values of a YAML file with their comments, each beside, above or below the value that it belongs to. Pure."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

import yaml

from synoptic.text.unicode import normalize

#: A comment's place (line and column, from 0), its text, and whether it has a line of its own. A blank line is an empty
#: comment.
Comment = tuple[tuple[int, int], str, bool]


@dataclass
class Node:
    """A value with the comments above, beside and below it. ``at`` and ``end`` enclose the value; ``start`` is the
    place of its key or hyphen. All are (line, column), from 0."""

    value: Any  # str, None, list of Node, or dict of str to Node
    at: tuple[int, int] = (0, 0)
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    flow: bool = False
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def inner(self) -> list["Node"]:
        """The values inside it, in order."""
        if isinstance(self.value, dict):
            return list(self.value.values())
        return self.value if isinstance(self.value, list) else []

    def plain(self) -> Any:
        """The value alone, as it was parsed: texts, lists and mappings."""
        if isinstance(self.value, dict):
            return {key: inner.plain() for key, inner in self.value.items()}
        return [inner.plain() for inner in self.value] if isinstance(self.value, list) else self.value

    def comments(self) -> list[str]:
        """Every comment around it and inside it, in order."""
        inner = [note for node in self.inner() for note in node.comments()]
        return [note for note in (*self.above, *self.beside, *inner, *self.below) if note]

    def commented(self) -> bool:
        """Whether there is a comment inside it."""
        return bool(self.below or any(node.comments() for node in self.inner()))


def make_node(value: Any) -> Node:
    """A new value without a comment: a text, a number, a truth value, or a list or mapping of these."""
    if isinstance(value, dict):
        return Node({key: make_node(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return Node([make_node(inner) for inner in value])
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Node(strip_lines(normalize(text)))


def find_comments(text: str) -> Iterator[Comment]:
    """Every comment, and every blank line as an empty one."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for token in yaml.scan(text, Loader=yaml.CBaseLoader):
        if not isinstance(token, yaml.ScalarToken):
            continue
        first, last = token.start_mark, token.end_mark
        for number in range(first.line, last.line + 1):
            a = first.column if number == first.line else 0
            b = last.column if number == last.line else 10**9
            if token.style in ("|", ">") and number == first.line:
                b = a + 1  # a comment may follow the sign of a block of text
            spans.setdefault(number, []).append((a, b))
    for number, content in enumerate(text.split("\n")):
        taken = spans.get(number, [])
        if not content.strip() and not taken:
            yield (number, 0), "", True
        for hit in re.finditer(r"(?<!\S)#", content):
            if not any(a <= hit.start() < b for a, b in taken):
                yield (number, hit.start()), content[hit.start() :].rstrip(), not content[: hit.start()].strip()
                break


def read_nodes(text: str, notes: Iterable[Comment]) -> Node:
    """Parse a text that the strict loader has accepted, and attach its comments."""
    root = _node(yaml.compose(text, Loader=yaml.CBaseLoader))
    _attach(root, notes)
    return root


def remove_values(node: Node, places: Set[tuple[int, int]]) -> None:
    """Remove the values at some places; their comments stay, above the next value or below the last."""
    if not places:
        return
    orphans: list[str] = []
    kept: list[tuple[Any, Node]] = []
    for key, inner in list(node.value.items() if isinstance(node.value, dict) else enumerate(node.value or ())):
        full = bool(inner.inner())
        if full:
            remove_values(inner, places)
        if inner.at in places or (full and not inner.inner()):
            orphans.extend(inner.comments())
        else:
            inner.above[:0], orphans = orphans, []
            kept.append((key, inner))
    node.below[:0] = orphans
    node.value = dict(kept) if isinstance(node.value, dict) else [inner for _, inner in kept]


def _node(found: Any) -> Node:
    """Convert a node of PyYAML."""
    at, end = ((mark.line, mark.column) for mark in (found.start_mark, found.end_mark))
    if isinstance(found, yaml.ScalarNode):
        text = strip_lines(normalize(found.value))
        return Node(text if text or found.style else None, at, at, end)
    flow = bool(found.flow_style)
    if isinstance(found, yaml.SequenceNode):
        items = [_node(item) for item in found.value]
        for item in () if flow else items:
            item.start = (item.at[0], at[1])
        return Node(items, at, at, end, flow)
    pairs: dict[str, Node] = {}
    for key, value in found.value:
        pairs[key.value] = _node(value)
        pairs[key.value].start = (key.start_mark.line, key.start_mark.column)
    return Node(pairs, at, at, end, flow)


def strip_lines(text: str) -> str:
    """A text of several lines without the spaces around each, and without empty lines around all."""
    return "\n".join(line.strip(" \t\r") for line in text.split("\n")).strip("\n") if "\n" in text else text


def _attach(root: Node, notes: Iterable[Comment]) -> None:
    """Attach each comment: beside the value that ends on its line, else above the next one, else below the last."""
    parent: dict[int, Node] = {}

    def listed(node: Node) -> Iterator[Node]:
        for inner in node.inner():
            parent[id(inner)] = node
            yield inner
            yield from listed(inner)

    entries = list(listed(root))
    starts = [entry.start for entry in entries]
    for place, note, alone in notes:
        number = bisect(starts, place)
        before, after = entries[number - 1] if number else None, entries[number] if number < len(entries) else None
        if before is None:
            root.above.append(note)
            continue
        holder = parent[id(before)]
        if not alone:
            owner = before
            while owner is not root and (holder := parent[id(owner)]).flow and holder.end <= place:
                owner = holder
            (root.below if owner is root else owner.beside).append(note)
        elif holder.flow and holder.end > place:
            (after.above if after and parent[id(after)] is holder else holder.below).append(note)
        elif after is not None and (not note or place[1] <= after.start[1]):
            after.above.append(note)
        else:
            entry = before
            while parent[id(entry)] is not root and (entry.start[1] > place[1] or parent[id(entry)].flow):
                entry = parent[id(entry)]
            parent[id(entry)].below.append(note)
    for node in (root, *entries):
        first = node is not root and node is parent[id(node)].inner()[0]
        node.above, node.below = _spaced(node.above, first or node is root), _spaced(node.below, False)
        if node is not root:
            node.below = [note for note in node.below if note]


def _spaced(notes: list[str], first: bool) -> list[str]:
    """Keep at most one blank line in a row; none without a comment, and none before the first value."""
    if not any(notes):
        return []
    return [note for i, note in enumerate(notes) if note or (notes[i - 1] if i else not first)]
