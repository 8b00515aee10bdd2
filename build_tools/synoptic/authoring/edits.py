"""Writes changed claims into their YAML files; comments stay, and so does all that did not change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from synoptic.authoring import layout
from synoptic.authoring.yaml_nodes import Node, find_comments, make_node, read_nodes
from synoptic.model.records import Claim, Statement

#: The path of a claims file, and the place at which an object begins in it, from 0.
Spot = tuple[str, int, int]
_FIELDS = [name for name in Statement.model_fields if name not in ("id", "place")]
_STANCE: str = Statement.model_fields["stance"].default


def rewrite(
    files: Mapping[str, bytes], folder: str, old: Iterable[Claim], new: Iterable[Claim], ids: Iterable[str] = ()
) -> dict[str, str]:
    """The claims files that change, by path, so that the claims ``old``, which were read from ``files``, become
    ``new``; ``folder`` holds the file of each topic.

    Claims and statements are known by their ids. A claim that another topic has now moves to its file, and a statement
    to its claim, with their comments. An id that was computed is written only if it is among ``ids``: a statement that
    moves needs it. A comment of what is removed stays. Raises Unformattable if a file cannot be laid out.
    """
    writer = _Writer(files, folder, tuple(old), frozenset(ids))
    for claim in new:
        writer.put_claim(claim)
    writer.remove_others()
    return {path: layout.format_nodes(writer.roots[path], path) for path in sorted(writer.touched)}


@dataclass
class _Writer:
    """The files as nodes; ``touched`` are the paths of those that change."""

    files: Mapping[str, bytes]
    folder: str
    old: Sequence[Claim]
    ids: frozenset[str]
    roots: dict[str, Node] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._claim = {claim.id: claim for claim in self.old}
        self._home = {s.id: (claim, s) for claim in self.old for s in claim.statements}
        self._spots: dict[Spot, Node] = {}
        self._kept: set[str] = set()

    def put_claim(self, claim: Claim) -> None:
        """Make one claim what it should be."""
        before = self._claim.get(claim.id)
        self._kept |= {claim.id, *(statement.id for statement in claim.statements)}
        if claim is before:
            return
        path = f"{self.folder}/{claim.topic}.yml"
        if before is None:
            node = Node({"id": Node(claim.id), "claim": Node(claim.claim), "kind": Node(claim.kind)})
            self._append(path, node)
        else:
            node = self._node_of(before)
            if before.topic != claim.topic:
                drop(self._root(before.place.path), node)
                self._append(path, node)
            set_fields(node, _differing(before, claim, ("claim", "kind")))
        for statement in claim.statements:
            self._put_statement(claim, node, statement)

    def _put_statement(self, claim: Claim, node: Node, statement: Statement) -> None:
        home, before = self._home.get(statement.id, (None, None))
        if home is None or before is None:
            fields = statement.model_dump(exclude={"place", "id"}, exclude_defaults=True)
            written = {"id": statement.id} if statement.id in self.ids else {}
            add_statement(node, make_node({**written, **fields}))
            return
        if statement is before and home.id == claim.id:
            return
        own = self._node_of(before)
        changes = _differing(
            before, statement, [name for name in Statement.model_fields if name not in ("id", "place")]
        )
        if statement.id in self.ids:
            changes["id"] = statement.id
        if home.id != claim.id or before.source != statement.source:
            self.touched.add(home.place.path)
            take_statement(self._node_of(home), own, before.source)
            set_fields(own, changes)
            add_statement(node, own)
        else:
            set_fields(own, {name: value for name, value in changes.items() if name != "source"})

    def remove_others(self) -> None:
        """Remove the statements and claims that are in none of the new claims."""
        for claim in self.old:
            if claim.id not in self._kept:
                drop(self._root(claim.place.path), self._node_of(claim))
                continue
            for statement in claim.statements:
                if statement.id not in self._kept:
                    remove_statement(self._node_of(claim), self._node_of(statement), statement.source)

    def _node_of(self, record: Claim | Statement) -> Node:
        place = record.place
        self._root(place.path)
        self.touched.add(place.path)
        return self._spots[place.path, place.line - 1, place.column - 1]

    def _append(self, path: str, node: Node) -> None:
        root = self._root(path)
        self.touched.add(path)
        root.value = [*(root.value or ()), node]
        if not self.files.get(path):  # a new file has the short form
            node.value["statements"] = Node({})

    def _root(self, path: str) -> Node:
        """The value of a file, an empty list if there is none."""
        if path not in self.roots:
            text = self.files.get(path, b"").decode("utf-8-sig").replace("\r\n", "\n")
            self.roots[path] = root = read_nodes(text, find_comments(text)) if text.strip() else Node([])
            self._spots |= {(path, *node.at): node for node in _list_mappings(root)}
        return self.roots[path]


def _list_mappings(node: Node) -> Iterable[Node]:
    if isinstance(node.value, dict):
        yield node
    for inner in node.inner():
        yield from _list_mappings(inner)


def _differing(old: Any, new: Any, names: Iterable[str]) -> dict[str, Any]:
    """The fields that differ, as they are now."""
    before, after = (one.model_dump(include=set(names)) for one in (old, new))
    return {name: after[name] for name in names if before[name] != after[name]}


# -- nodes ------------------------------------------------------------------------------------------------------------


def set_fields(node: Node, fields: Mapping[str, Any]) -> None:
    """Set the fields of an object; None removes one. The comments of each stay."""
    for name, value in fields.items():
        known = node.value.get(name)
        if value is None:
            drop(node, known)
        elif known is not None:
            known.value = make_node(value).value
        elif (name, value) != ("stance", _STANCE):
            node.value[name] = make_node(value)


def drop(holder: Node, gone: Node | None, notes: Sequence[str] | None = None) -> None:
    """Remove a value from a list or mapping, if it is there. Its comments, or other ``notes``, go to the next value, or
    below the last."""
    if gone is None:
        return
    notes = gone.comments() if notes is None else notes
    values = holder.inner()
    after = next((second for first, second in pairwise(values) if first is gone), None)
    if isinstance(holder.value, dict):
        holder.value = {key: node for key, node in holder.value.items() if node is not gone}
    else:
        holder.value = [node for node in values if node is not gone]
    if after is not None:
        after.above[:0] = notes
    else:
        holder.below[:0] = notes


def add_statement(claim: Node, statement: Node, *, below: bool = False) -> None:
    """Add a statement, with its source, to a claim: below its source if the others are or, of the first one, if
    ``below`` is set."""
    there = claim.value.get("statements")
    if there is None:
        there = claim.value["statements"] = Node(None)
    if not there.inner() and (below or not isinstance(there.value, dict)):
        there.value, there.flow = {} if below else [], False
    if isinstance(there.value, list):
        there.value = [*there.value, statement]
        return
    source = statement.value.pop("source", None)
    name = source.value if source else ""
    statement.above += source.comments() if source else []
    known = there.value.get(name)
    if known is None:
        there.value[name] = statement
    elif isinstance(known.value, list):
        known.value.append(statement)
    else:
        there.value[name] = Node([known, statement], above=known.above)
        known.above = []


def take_statement(claim: Node, statement: Node, source: str) -> None:
    """Take a statement out of a claim, with its comments, to be added elsewhere. It gets its source."""
    there = claim.value["statements"]
    remove_statement(claim, statement, source, ())
    if isinstance(there.value, dict):
        statement.value = {"source": Node(source), **statement.value}


def remove_statement(claim: Node, statement: Node, source: str, notes: Sequence[str] | None = None) -> None:
    """Remove a statement from a claim; its comments, or other ``notes``, stay there."""
    there = claim.value["statements"]
    below = there.value[source] if isinstance(there.value, dict) else there
    if below is statement:
        drop(there, statement, notes)
    else:
        drop(below, statement, notes)
        if below is not there and not below.value:
            drop(there, below)
    if not there.value:
        drop(claim, there)
