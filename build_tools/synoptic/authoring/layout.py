"""Formats the YAML that people write: keys in the order of the models, comments kept. Pure.

The result is read again and refused unless it has the same values and comments, so formatting cannot change a meaning.
Written by hand, because ruamel.yaml's round trip attaches a comment to the value before it, which stays behind when
keys are put in order, and drops comments inside braces.
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from typing import Any

import yaml

from synoptic.authoring.schema import MARK, Kind, kind_of, nested_models, ordered_keys, schema_comment
from synoptic.authoring.statement_groups import Groups, group_statements, list_statements
from synoptic.authoring.yaml_nodes import Comment, Node, find_comments, read_nodes, remove_values, strip_lines
from synoptic.base.problems import PLACE, Place, Problem, Refused
from synoptic.load.reader import SPLIT_TEXT
from synoptic.load.yaml_guard import Tree, parse
from synoptic.model.reading import Coding
from synoptic.model.records import (
    Answer,
    Apart,
    Claim,
    Editor,
    PassedOver,
    Relation,
    Reply,
    SearchTerm,
    Speaker,
    Statement,
    Topic,
    Watched,
)
from synoptic.model.values import Placed, fold_spaces
from synoptic.model.watch import Version

WIDTH = 120  # characters of a line, if it can be broken; a text never is
#: Small objects take one line if they fit; all others take a line for each key.
ON_ONE_LINE = (Topic, Answer, Apart, Editor, Speaker, PassedOver, SearchTerm, Relation, Reply, Watched, Version, Coding)
_YAML_12 = re.compile(r"0o[0-7]+|[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")  # numbers in YAML 1.2
_YAML_11: Any = yaml.resolver.Resolver()  # guesses the type of a plain text
DAYS = ("published", "on", "as_of", "when", "day", "first", "archived")  # keys whose value is a date
NUMBERS = ("paragraph", "signatures", "status", "quotations", "there", "seed", "drawn")  # keys whose value is a number
TRUTHS = ("cut", "lead", "real", "outside")
COPIED = ("quote", "translation")  # keys whose text stands in a block if YAML would need it quoted
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unformattable(Refused):
    """A file cannot be formatted; ``problems`` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def format_yaml(data: bytes, path: str, remove: frozenset[tuple[int, int]] = frozenset()) -> str:
    """Return the content of the file at ``path`` (from the project's folder) in its canonical form.

    ``remove`` holds the places, (line, column) from 1, of values to leave out, each with its key and with any list or
    mapping that becomes empty. Raises Unformattable if the file is unreadable, or if anything else would change.
    """
    kind, tree, text = _read(data, path)
    notes = list(find_comments(text))
    root = read_nodes(text, notes)
    remove_values(root, {(row - 1, column - 1) for row, column in remove})
    return _write(root, kind, path, _mean(_without(tree.value, remove)), _comment_texts(notes))


def edit_yaml(data: bytes, path: str, edit: Callable[[Node], None]) -> str:
    """Return the content of the file at ``path`` in its canonical form, after ``edit`` changed its values.

    ``data`` may be empty: the file is then a new list. No comment is lost. Raises Unformattable as ``format_yaml``.
    """
    kind, text, root = kind_of(path), "", Node([])
    if kind is None or data.strip():
        kind, _, text = _read(data, path)
        root = read_nodes(text, find_comments(text))
    notes = _comment_texts(find_comments(text)) if text else []
    edit(root)
    return _write(root, kind, path, _mean(root.plain()), notes)


def format_nodes(root: Node, path: str) -> str:
    """Return the content of the file at ``path`` in its canonical form, if ``root`` is its value. No comment is lost.
    Raises Unformattable as ``format_yaml``."""
    if (kind := kind_of(path)) is None:
        raise Unformattable(Problem(Place(path), "has no canonical form", "", "file"))
    notes = [note for note in root.comments() if not note.startswith(MARK)]
    return _write(root, kind, path, _mean(root.plain()), sorted(notes))


def _read(data: bytes, path: str) -> tuple[Kind, Tree, str]:
    """A file's kind, its tree, and its text; raises Unformattable if it cannot be formatted as it is."""
    kind = kind_of(path)
    tree = parse(data, path)
    if kind is None or tree.problems or tree.value is None:
        fault = Problem(Place(path), "has no canonical form", "", "file")
        raise Unformattable(*(tree.problems or (fault,)))
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if broken := list(_find_split_texts(yaml.compose(text, Loader=yaml.CBaseLoader), path)):
        raise Unformattable(*broken)
    return kind, tree, text


def _write(root: Node, kind: Kind, path: str, meaning: Any, notes: Sequence[str]) -> str:
    """The canonical form of values; raises Unformattable unless it has this ``meaning`` and the texts of comments."""
    result = _format(root, kind, path)
    with suppress(yaml.YAMLError):  # of characters that YAML does not allow, which are reported below
        for _ in range(5):  # a comment that moved may change its neighbours' layout
            before, result = result, _format(read_nodes(result, find_comments(result)), kind, path)
            if result == before:
                break
    again = parse(result.encode(), path)
    same = not again.problems and _mean(again.value) == meaning
    if not same or _comment_texts(find_comments(result)) != notes:
        tip = "it was left as it is; please report it"
        fault = Problem(Place(path), "cannot be formatted without changing its meaning", tip, "fmt")
        raise Unformattable(*(again.problems or (fault,)))
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
    if kind.model is Claim:
        group_statements(root)
    above = [schema_comment(path), *(note for note in root.above if not note.startswith(MARK))]
    return "\n".join([*above, *_rows(root, kind.model, 0), *root.below]).rstrip("\n") + "\n"


def _comment_texts(notes: Iterable[Comment]) -> list[str]:
    return sorted(note for _, note, _ in notes if note and not note.startswith(MARK))


def _mean(value: Any) -> Any:
    """What a file's values say, however they are written."""
    folded = _folded(value)
    return [list_statements(item) for item in folded] if isinstance(folded, list) else folded


def _folded(value: Any) -> Any:
    """A tree's values as the models take them: without places, and with a space for each break of a line."""
    if isinstance(value, dict):
        return {key: _folded(inner) for key, inner in value.items() if key != PLACE}
    if isinstance(value, list):
        return [_folded(inner) for inner in value]
    return fold_spaces(value) if isinstance(value, str) else value


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
            if part is Statement and isinstance(inner.value, dict):
                part = Groups
            elif model is Groups:
                part = Statement
            name = key if re.fullmatch("[1-9][0-9]*", key) else _scalar(key, "")
            entry = _entry(f"{name}:", inner, part, key, indent)
            rows += [*_above(inner, pad), *entry]
    return rows


def _sort_pairs(pairs: Mapping[str, Node], model: type[Placed] | None) -> list[tuple[str, Node]]:
    """Sort an object's keys as in its model; unknown keys stay in the order in which they were typed."""
    order = ordered_keys(model) if model not in (None, Groups) else []
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
        or key in ("paragraphs", "outline")
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
    rows = strip_lines(f"{text}\n").split("\n")
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


@functools.lru_cache(maxsize=20_000)  # a file is formatted until it stays the same
def _is_plain(text: str, key: str, flow: bool) -> bool:
    typed = r"0|[1-9]\d*" if key in NUMBERS else "true|false" if key in TRUTHS else ""
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
