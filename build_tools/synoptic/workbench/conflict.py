"""Two versions of a file, in the workbench and on disk: what differs, and the file with what somebody chose.

The versions are compared value by value, never line by line: a statement by its id, a gist by its paragraphs, and so
on. What is not chosen of mine is as it is on disk, with its comments.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from synoptic.authoring.edits import add_statement, drop, remove_statement
from synoptic.authoring.layout import Unformattable, format_nodes, format_yaml
from synoptic.authoring.statement_groups import list_statements
from synoptic.authoring.yaml_nodes import Node, find_comments, read_nodes
from synoptic.model.values import fold_spaces
from synoptic.workbench.fields import Declined, Fields, refuse_change
from synoptic.workbench.journal import Edit, Entry, Journal, name_bytes
from synoptic.workbench.nodes import set_key
from synoptic.workbench.overlay import read_disk

_LABELS = {"outline": "gist of paragraph", "paragraphs": "kind of paragraph"}
_NAMES = ("claim", "quote", "title", "name", "text", "id")  # by which something in a list is called, the first it has
_LONGEST = 70
#: The ways to go on from a conflict.
RESOLVE = ("theirs", "choose")


@dataclass(frozen=True)
class Conflict:
    """A file that was changed in the workbench (``mine``) and on disk (``theirs``), and as both found it."""

    path: str
    base: bytes | None
    mine: bytes | None
    theirs: bytes | None

    def show(self) -> dict[str, Any]:
        """Both versions, and each difference with whoever changed it: mine, theirs or both."""
        slots = _list_slots(self)[0]
        return {
            "path": self.path, "yours": _decode(self.mine), "theirs": _decode(self.theirs),
            "seen": name_bytes(self.theirs),
            "differences": [
                {"what": one.what, "mine": _tell(one.mine), "theirs": _tell(one.theirs), "by": one.by} for one in slots
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class _Slot:
    """A difference; ``take`` writes my value into their file. ``statement`` is the id of a statement that only one of
    the versions has here, under the claim ``claim``."""

    what: str
    by: str
    mine: Any
    theirs: Any
    take: Callable[[], None]
    statement: str = ""
    claim: str = ""


def find_conflicts(root: Path, journal: Journal) -> list[Conflict]:
    """The unsaved files that somebody else changed on disk."""
    found = []
    for path, mine in journal.unsaved.items():
        theirs, base = read_disk(root, path), journal.base.get(path, "")
        if name_bytes(theirs) not in (base, name_bytes(mine)):
            edits = [edit for _, entry in journal.entries for edit in entry.edits if edit.path == path]
            known = [data for edit in edits for data in (edit.before, edit.after) if name_bytes(data) == base]
            found.append(Conflict(path, known[0] if known else None, mine, theirs))
    return found


def merge(conflict: Conflict, choices: Sequence[Any]) -> bytes | None:
    """The file with what somebody chose of each difference: mine or theirs. Raises Declined if that makes no file."""
    slots, root = _list_slots(conflict)
    if len(choices) != len(slots) or not {*choices} <= {"mine", "theirs"}:
        raise Declined(400, f"{conflict.path}: choose mine or theirs for each of the {len(slots)} differences")
    chosen = [slot for slot, choice in zip(slots, choices, strict=True) if choice == "mine"]
    if not chosen:
        return conflict.theirs
    if root is None:
        return conflict.mine
    for slot in chosen:
        slot.take()
    try:
        return format_nodes(root, conflict.path).encode()
    except Unformattable as fault:
        raise refuse_change(fault.problems[0].message, fault.problems) from None


def merge_all(conflicts: Sequence[Conflict], choices: Any) -> dict[str, bytes | None]:
    """Each file with what somebody chose: ``choices`` has for each path the version that they saw and the choices.

    Raises Declined, with both versions as they are now, if a file was changed again since they saw it."""
    given = {path: Fields(one, f'"choices" of {path}') for path, one in Fields(choices, '"choices"').items()}
    if any(one.path not in given or given[one.path].raw("seen") != name_bytes(one.theirs) for one in conflicts):
        message = "a file was changed again meanwhile; look at both versions again"
        raise Declined(409, message, conflicts=[one.show() for one in conflicts], resolve=[*RESOLVE])
    return {one.path: merge(one, given[one.path].entries("take")) for one in conflicts}


def resume(journal: Journal, root: Path, conflicts: Sequence[Conflict], merged: Mapping[str, bytes | None]) -> Journal:
    """A journal that goes on from the files on disk with ``merged`` ones, and with the changes of other files."""
    theirs = {one.path: one.theirs for one in conflicts}
    others = {path: data for path, data in journal.unsaved.items() if path not in theirs}
    wanted = {path: (read_disk(root, path), data) for path, data in others.items()}
    wanted |= {path: (theirs[path], data) for path, data in merged.items()}
    edits = [Edit(path, old, new) for path, (old, new) in wanted.items() if new is not None and new != old]
    label = "Put together two versions" if merged else "Changes of other files"
    fresh = journal.drop()
    return fresh.add(Entry(label, tuple(edits), tuple(sorted(journal.accepted)))) if edits else fresh


def _list_slots(conflict: Conflict) -> tuple[list[_Slot], Node | None]:
    """The differences, and the values of their file; of one that cannot be read, the whole file is one."""
    nodes = [_read(data, conflict.path) for data in (conflict.base, conflict.mine, conflict.theirs)]
    base, mine, theirs = nodes
    if mine is None or theirs is None or type(mine.value) is not type(theirs.value):
        whole = _decode(conflict.mine), _decode(conflict.theirs)
        return [_Slot("the whole file", "both", *whole, lambda: None)], None
    return _join_moves([*_compare((), base, mine, theirs, theirs)]), theirs


def _join_moves(slots: Sequence[_Slot]) -> list[_Slot]:
    """The same, with one difference for each statement that stands under another claim in either version: two could
    be chosen so that it stands under both, or under none."""
    parts: dict[str, list[_Slot]] = {}
    for slot in slots:
        parts.setdefault(slot.statement, []).append(slot)
    found = []
    for slot in slots:
        same = parts[slot.statement]
        if not slot.statement or len(same) == 1:
            found.append(slot)
        elif slot is same[0]:
            found.append(_join(same))
    return found


def _join(parts: Sequence[_Slot]) -> _Slot:
    """One difference of all that is different about where a statement stands."""
    mine = [{"under": one.claim, **one.mine} for one in parts if one.mine is not None]
    theirs = [{"under": one.claim, **one.theirs} for one in parts if one.theirs is not None]
    by = {one.by for one in parts}

    def take() -> None:
        for one in parts:
            one.take()

    what = f'the claim of the statement "{parts[0].statement}"'
    joined = by.pop() if len(by) == 1 else "both"
    return _Slot(what, joined, next(iter(mine), None), next(iter(theirs), None), take)


def _read(data: bytes | None, path: str) -> Node | None:
    try:
        text = format_yaml(data or b"", path)
    except Unformattable:
        return None
    return read_nodes(text, find_comments(text))


def _compare(above: tuple[str, ...], base: Node | None, mine: Node, theirs: Node, holder: Node) -> Iterator[_Slot]:
    """The differences of two lists or two mappings; ``holder`` is theirs, into which mine may be put."""
    old, new, now = (_children(one) if one is not None else {} for one in (base, mine, theirs))
    for key in dict.fromkeys([*now, *new]):
        was, my, their = old.get(key), new.get(key), now.get(key)
        if _mean(my) == _mean(their):
            continue
        where = (*above, _call(key, my if my is not None else their, above))
        if my is not None and their is not None and _is_open(my) and _is_open(their):
            yield from _compare(where, was, my, their, their)
            continue
        by = "theirs" if _mean(was) == _mean(my) else "mine" if _mean(was) == _mean(their) else "both"
        by = "both" if base is None else by
        plain = _plain(my), _plain(their)
        moved = str((plain[0] or plain[1]).get("id") or "") if key[0] == "statements" and None in plain else ""
        yield _Slot(" · ".join(where), by, *plain, partial(_put, holder, key, my), moved, above[-1] if above else "")


Key = tuple[str, str]


def _children(node: Node) -> dict[Key, Node]:
    """The values inside a list or mapping by what tells them apart; statements and gists stand beside the other keys,
    and a statement's source and the usual stance are left out."""
    if isinstance(node.value, list):
        return {("", _identify(one)): one for one in node.value}
    found: dict[Key, Node] = {}
    for key, inner in node.value.items():
        if key in _LABELS and isinstance(inner.value, dict):
            found |= {(key, number): one for number, one in inner.value.items()}
        elif key == "statements":
            found |= {(key, name): one for name, one in _statements(inner)}
        elif "quote" not in node.value or (key != "source" and (key, inner.value) != ("stance", "asserts")):
            found["", key] = inner
    return found


def _statements(node: Node) -> Iterator[tuple[str, Node]]:
    """The statements of a claim, each after its source and what tells it from others."""
    if isinstance(node.value, dict):
        for source, below in node.value.items():
            for one in below.value if isinstance(below.value, list) else [below]:
                yield f"{source} {_identify(one)}", one
    for one in node.value if isinstance(node.value, list) else ():
        plain = {key: value for key, value in one.plain().items() if key != "source"}
        yield f"{one.value['source'].value} {plain.get('id') or plain}", one


def _identify(node: Node) -> str:
    value = node.plain()
    return str((value.get("id") or value) if isinstance(value, dict) else value)


def _is_open(node: Node) -> bool:
    """Whether the differences inside are chosen one by one: a mapping, or a list of things with ids."""
    if isinstance(node.value, list):
        return bool(node.value) and all(isinstance(one.value, dict) and "id" in one.value for one in node.value)
    return isinstance(node.value, dict)


def _put(holder: Node, key: Key, mine: Node | None) -> None:
    """Put my value into their list or mapping; None takes theirs out."""
    group, name = key
    if isinstance(holder.value, list):
        known = next((one for one in holder.value if _identify(one) == name), None)
        if mine is None:
            drop(holder, known)
        else:
            holder.value.append(mine)
    elif group == "statements":
        _put_statement(holder, name, mine)
    elif group:
        inner = holder.value.setdefault(group, Node({}))
        set_key(inner, name, None if mine is None else mine.plain())
        inner.value = dict(sorted(inner.value.items(), key=lambda pair: int(pair[0].partition("-")[0])))
        if not inner.value:
            drop(holder, inner)
    elif mine is None or name in holder.value:
        set_key(holder, name, None if mine is None else mine.plain())
    else:
        holder.value[name] = mine


def _put_statement(claim: Node, name: str, mine: Node | None) -> None:
    source = name.partition(" ")[0]
    known = dict(_statements(claim.value.get("statements", Node([])))).get(name)
    if mine is None:
        if known is not None:
            remove_statement(claim, known, source)
        return
    fields = {key: value for key, value in mine.value.items() if key != "source"}
    whole = Node({"source": Node(source), **fields}, above=mine.above, beside=mine.beside, below=mine.below)
    add_statement(claim, whole)


def _call(key: Key, node: Node | None, above: Sequence[str]) -> str:
    """What a value is called for people."""
    group, name = key
    if group in _LABELS:
        return f"{_LABELS[group]} {name}"
    value = node.plain() if node is not None else None
    words = next((value[one] for one in _NAMES if value.get(one)), "") if isinstance(value, dict) else ""
    if group == "statements":
        return f"{name.partition(' ')[0]}: “{_shorten(words)}”"
    return f"“{_shorten(words)}”" if words and not above else _shorten(words or name)


def _shorten(words: Any) -> str:
    line = fold_spaces(str(words))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _plain(node: Node | None) -> Any:
    return None if node is None else node.plain()


def _mean(node: Node | None) -> Any:
    """What a value says, however it is written."""
    return None if node is None else _fold(list_statements(node.plain()))


def _fold(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fold(list_statements(inner)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fold(list_statements(inner)) for inner in value]
    return fold_spaces(value) if isinstance(value, str) else value


def _tell(value: Any) -> str | None:
    """A value as people read it; None if there is none."""
    if value is None or isinstance(value, str):
        return value
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000).strip()


def _decode(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
