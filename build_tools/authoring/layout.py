"""Formats the YAML that people write: keys in the order of the models, comments kept. Pure.

The result is read again and refused unless it has the same values and comments, so formatting cannot change a meaning.
Written by hand, because ruamel.yaml's round trip attaches a comment to the value before it, which stays behind when
keys are put in order, and drops comments inside braces.
"""

import json
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import yaml

from build_tools.authoring.schema import MARK, Kind, kind_of, nested_models, ordered_keys, schema_comment
from build_tools.base.problems import PLACE, Place, Problem, Refused
from build_tools.load.reader import SPLIT_TEXT
from build_tools.load.yaml_guard import parse
from build_tools.model.records import Answer, Apart, Editor, PassedOver, Relation, Reply, SearchTerm, Speaker, Topic
from build_tools.model.values import Placed, fold_spaces

WIDTH = 120  # characters of a line, if it can be broken; a text never is
#: Small objects take one line if they fit; all others take a line for each key.
ON_ONE_LINE = (Topic, Answer, Apart, Editor, Speaker, PassedOver, SearchTerm, Relation, Reply)
_YAML_12 = re.compile(r"0o[0-7]+|[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")  # numbers in YAML 1.2
_YAML_11: Any = yaml.resolver.Resolver()  # guesses the type of a plain text
DAYS = ("published", "on", "as_of", "when")  # keys whose value is a date
COPIED = ("quote", "translation")  # keys whose text stands in a block if YAML would need it quoted
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A comment's place (line and column, from 0), its text, and whether it has a line of its own. A blank line is an empty
#: comment.
Comment = tuple[tuple[int, int], str, bool]


class Unformattable(Refused):
    """A file cannot be formatted; ``problems`` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


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

    def comments(self) -> list[str]:
        """Every comment around it and inside it, in order."""
        inner = [note for node in self.inner() for note in node.comments()]
        return [note for note in (*self.above, *self.beside, *inner, *self.below) if note]

    def commented(self) -> bool:
        """Whether there is a comment inside it."""
        return bool(self.below or any(node.comments() for node in self.inner()))


def format_yaml(data: bytes, path: str, remove: frozenset[tuple[int, int]] = frozenset()) -> str:
    """Return the content of the file at ``path`` (from the project's folder) in its canonical form.

    ``remove`` holds the places, (line, column) from 1, of values to leave out, each with its key and with any list or
    mapping that becomes empty. Raises Unformattable if the file is unreadable, or if anything else would change.
    """
    kind = kind_of(path)
    tree = parse(data, path)
    if kind is None or tree.problems or tree.value is None:
        fault = Problem(Place(path), "has no canonical form", "", "file")
        raise Unformattable(*(tree.problems or (fault,)))
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if broken := list(_find_split_texts(yaml.compose(text, Loader=yaml.CBaseLoader), path)):
        raise Unformattable(*broken)
    notes = list(_comments(text))
    root = _read(text, notes)
    _remove(root, {(row - 1, column - 1) for row, column in remove})
    result = _format(root, kind, path)
    for _ in range(5):  # a comment that moved may change its neighbours' layout
        before, result = result, _format(_read(result, _comments(result)), kind, path)
        if result == before:
            break
    again = parse(result.encode(), path)
    same = not again.problems and _folded(again.value) == _folded(_without(tree.value, remove))
    if not same or _comment_texts(_comments(result)) != _comment_texts(notes):
        tip = "it was left as it is; please report it"
        raise Unformattable(Problem(Place(path), "cannot be formatted without changing its meaning", tip, "fmt"))
    return result


def _find_split_texts(node: Any, path: str) -> Iterator[Problem]:
    """Keys without a value inside braces: mostly the rest of a text with a comma in it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            empty = isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index
            if node.flow_style and empty:
                place = Place(path, key.start_mark.line + 1, key.start_mark.column + 1)
                yield Problem(place, f'"{key.value}" has no value', SPLIT_TEXT, "fmt")
            yield from _find_split_texts(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _find_split_texts(value, path)


def _format(root: Node, kind: Kind, path: str) -> str:
    above = [schema_comment(path), *(note for note in root.above if not note.startswith(MARK))]
    return "\n".join([*above, *_rows(root, kind.model, 0), *root.below]).rstrip("\n") + "\n"


def _comment_texts(notes: Iterable[Comment]) -> list[str]:
    return sorted(note for _, note, _ in notes if note and not note.startswith(MARK))


def _folded(value: Any) -> Any:
    """A tree's values as the models take them: without places, and with a space for each break of a line."""
    if isinstance(value, dict):
        return {key: _folded(inner) for key, inner in value.items() if key != PLACE}
    if isinstance(value, list):
        return [_folded(inner) for inner in value]
    return fold_spaces(value) if isinstance(value, str) else value


# -- reading -------------------------------------------------------------------------------------------------------


def _comments(text: str) -> Iterator[Comment]:
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


def _read(text: str, notes: Iterable[Comment]) -> Node:
    """Parse a text that the strict loader has accepted, and attach its comments."""
    root = _node(yaml.compose(text, Loader=yaml.CBaseLoader))
    _attach(root, notes)
    return root


def _node(found: Any) -> Node:
    """Convert a node of PyYAML."""
    at, end = ((mark.line, mark.column) for mark in (found.start_mark, found.end_mark))
    if isinstance(found, yaml.ScalarNode):
        text = _strip_lines(unicodedata.normalize("NFC", found.value))
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


def _strip_lines(text: str) -> str:
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


def _remove(node: Node, places: Set[tuple[int, int]]) -> None:
    """Remove the values at some places; their comments stay, above the next value or below the last."""
    if not places:
        return
    orphans: list[str] = []
    kept: list[tuple[Any, Node]] = []
    for key, inner in list(node.value.items() if isinstance(node.value, dict) else enumerate(node.value or ())):
        full = bool(inner.inner())
        if full:
            _remove(inner, places)
        if inner.at in places or (full and not inner.inner()):
            orphans.extend(inner.comments())
        else:
            inner.above[:0], orphans = orphans, []
            kept.append((key, inner))
    node.below[:0] = orphans
    node.value = dict(kept) if isinstance(node.value, dict) else [inner for _, inner in kept]


def _without(value: Any, out: Set[tuple[int, int]], entries: Sequence[tuple[int, int]] = ()) -> Any:
    """The same without the values at the places ``out``. ``entries`` are the places of a list's entries, if known."""
    if isinstance(value, dict):
        parts = value[PLACE].parts
        inner = {k: v for k, v in value.items() if k != PLACE and parts[k][:2] not in out}
        made = {k: _without(v, out, [parts[k, i] for i in range(len(v))] if isinstance(v, list) else ())
                for k, v in inner.items()}  # fmt: skip
        return {k: new for k, new in made.items() if new or not _folded(inner[k])}
    if isinstance(value, list):
        known = entries or [(v[PLACE].line, v[PLACE].column) if isinstance(v, dict) else (0, 0) for v in value]
        pairs = [(v, _without(v, out)) for v, at in zip(value, known, strict=True) if at not in out]
        return [new for v, new in pairs if new or not _folded(v)]
    return value


# -- writing -------------------------------------------------------------------------------------------------------


def _rows(node: Node, model: type[Placed] | None, indent: int) -> list[str]:
    """The lines of a list or a mapping."""
    if not node.inner():
        return [_one_line(node, "", None) or ""]
    pad, rows = " " * indent, []
    apart = indent == 0 and isinstance(node.value, list) and model not in ON_ONE_LINE
    if isinstance(node.value, list):
        for i, item in enumerate(node.value):
            entry = _entry("-", item, model, "", indent)
            above = _above(item, pad)
            rows += [*([""] if apart and i and above[:1] != [""] else []), *above, *entry]
    else:
        for key, inner in _sort_pairs(node.value, model):
            known = model is not None and key in model.model_fields
            part = next(iter(nested_models(model.model_fields[key].annotation)), None) if model and known else None
            name = key if re.fullmatch("[1-9][0-9]*", key) else _scalar(key, "")
            entry = _entry(f"{name}:", inner, part, key, indent)
            rows += [*_above(inner, pad), *entry]
    return rows


def _sort_pairs(pairs: Mapping[str, Node], model: type[Placed] | None) -> list[tuple[str, Node]]:
    """Sort an object's keys as in its model; unknown keys stay in the order in which they were typed."""
    order = ordered_keys(model) if model else []
    return sorted(pairs.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def _above(node: Node, pad: str) -> list[str]:
    return [pad + note if note else "" for note in node.above]


def _entry(head: str, node: Node, model: type[Placed] | None, key: str, indent: int) -> list[str]:
    """The lines of one key with its value, or of one entry of a list."""
    pad, value = " " * indent, node.value
    text = _one_line(node, key, model)
    if isinstance(value, str) and (rows := _block(value, key)):
        node.above, node.beside = [*node.above, *node.beside], []
        return [f"{pad}{head} |", *(f"{pad}  {row}" if row else "" for row in rows)]
    below = [f"{pad}  {note}".rstrip() for note in node.below]
    several_lines = bool(node.inner()) and (
        node.commented()
        or text is None
        or len(f"{pad}{head} {text}") > WIDTH
        or key == "paragraphs"
        or (isinstance(value, dict) and model is not None and model not in ON_ONE_LINE)
    )
    if several_lines and head == "-" and isinstance(value, dict):
        rows = _rows(node, model, indent + 2)
        first = next(i for i, row in enumerate(rows) if row.strip() and not row.lstrip().startswith("#"))
        node.above += [*node.beside, *(row.strip() for row in rows[:first])]
        return [f"{pad}- {rows[first][indent + 2 :]}", *rows[first + 1 :], *below]
    node.above += node.beside[1:]
    beside = "".join(f"  {note}" for note in node.beside[:1])
    if several_lines:
        return [f"{pad}{head}{beside}", *_rows(node, model, indent + 2), *below]
    return [f"{pad}{head} {text}".rstrip(" ") + beside, *below]


def _one_line(node: Node, key: str, model: type[Placed] | None) -> str | None:
    """A text, a list of texts or an object of texts on one line; None if it needs more."""
    value = node.value
    if not node.inner():
        return "[]" if value == [] else "{}" if value == {} else "" if value is None else _scalar(value, key)
    parts = []
    for name, inner in _sort_pairs(value, model) if isinstance(value, dict) else [(key, item) for item in value]:
        if inner.value is None or (isinstance(inner.value, str) and "\n" in inner.value):
            return None
        if inner.inner() and (isinstance(inner.value, dict) or any(node.inner() for node in inner.inner())):
            return None
        text = _scalar(inner.value, name, flow=True) if isinstance(inner.value, str) else _one_line(inner, name, None)
        label = name if re.fullmatch("[1-9][0-9]*", name) else _scalar(name, "", flow=True)
        parts.append(f"{label}: {text}" if isinstance(value, dict) else text)
    if any(text is None for text in parts):
        return None
    return ("{%s}" if isinstance(value, dict) else "[%s]") % ", ".join(filter(None, parts))


def _block(text: str, key: str) -> list[str]:
    """The rows of a text that goes below its key: it has several, or it is copied and YAML would need it quoted."""
    rows = _strip_lines(f"{text}\n").split("\n")
    below = len(rows) > 1 or (key in COPIED and not _is_plain(rows[0], key, False))
    return rows if below and rows[0] else []


def _scalar(text: str, key: str, *, flow: bool = False) -> str:
    """Write a text plain if all YAML readers take it for this text, or ``key`` wants a number, a day or a truth value.
    Otherwise it gets double quotation marks, or single ones if it contains double ones."""
    if _is_plain(text, key, flow):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, key: str, flow: bool) -> bool:
    typed = {"paragraph": r"[1-9]\d*", "cut": "true|false", "lead": "true|false", "real": "true|false"}.get(key)
    if typed and re.fullmatch(typed, text):
        return True
    if key in DAYS and _DAY.fullmatch(text):
        return True
    if not text or text != text.strip() or text[0] in "-?:,[]{}#&*!|>'\"%@`=<~" or re.search(r"[\n\t]", text):
        return False
    if flow and "?" in text:  # older parsers take it for the sign of a key
        return False
    if _YAML_11.resolve(yaml.ScalarNode, text, (True, False)) != "tag:yaml.org,2002:str" or _YAML_12.fullmatch(text):
        return False
    try:
        found: Any = yaml.compose(f"[{{k: {text}}}]" if flow else f"k: {text}\n", Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    inner = found.value[0] if flow and len(found.value) == 1 else found
    pairs = inner.value if isinstance(inner, yaml.MappingNode) else []
    return len(pairs) == 1 and isinstance(pairs[0][1], yaml.ScalarNode) and pairs[0][1].value == text
