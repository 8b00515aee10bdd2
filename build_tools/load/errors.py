"""Errors of pydantic in the project's words, each at its own line and column. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_tools.base.problems import PLACE, Place, Problem, suggest_nearest
from build_tools.model.values import Placed


def is_misspelt(key: str, holder: Mapping[str, Any], faults: Iterable[Any]) -> bool:
    """Whether an unknown key of the same object is the missing one, wrongly spelt: one mistake, one message."""
    unknown = [str(f["loc"][-1]) for f in faults if f["type"] == "extra_forbidden"]
    return any(k in holder and suggest_nearest(k, [key]).startswith("did you mean") for k in unknown)


def walk(value: Any, loc: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The (container, key) steps along pydantic's ``loc``, as far as the tree goes."""
    steps: list[tuple[Any, Any]] = []
    for key in loc:
        if key == "[key]":
            break
        if isinstance(value, dict):
            known = key if key in value else str(key)
            steps.append((value, known))
            value = value.get(known)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            steps.append((value, key))
            value = value[key]
    return steps or [({}, "")]


def explain(model: type[Placed], steps: Sequence[tuple[Any, Any]], fault: Any, path: str) -> Problem:
    """A pydantic error in the project's words, at its own line and column."""
    holder, key = steps[-1]
    owner = next(h for h, _ in reversed(steps) if isinstance(h, dict))
    owner_key = next(k for h, k in reversed(steps) if h is owner)
    base = owner.get(PLACE, Place(path))
    place = base.at(owner_key, key) if holder is not owner else base.at(key)
    what = f'"{key}"' if isinstance(holder, dict) else f'entry {int(key) + 1} of "{owner_key}"'
    value, kind = fault["input"], fault["type"]
    if kind == "extra_forbidden":
        names = _known_keys(model, steps)
        return Problem(base.at(PLACE, key), f"unknown key {what}", suggest_nearest(str(key), names), "key")
    if kind == "missing":
        return Problem(base, f"{what} is missing", f"add {key}: ...", "key")
    if value is None or kind == "string_too_short":
        return Problem(place, f"{what} is empty", "write a value, or leave the key out", "value")
    if kind in ("id", "date", "url"):
        return Problem(place, fault["msg"], "", "value")
    if kind == "place":
        return Problem(base, fault["msg"], "run lock again", "value")
    mapping = "a mapping of keys"
    expected = {
        "dict_type": mapping,
        "model_type": mapping,
        "tuple_type": "a list",
        "string_type": "text",
        "bool_parsing": "true or false",
        "int_parsing": "a whole number",
        "greater_than_equal": "1 or more",
        "string_pattern_mismatch": "a language tag, as en or fr-CA" if key == "lang" else "what `lock` writes",
    }
    must = expected.get(kind, fault["msg"][:1].lower() + fault["msg"][1:])
    return Problem(place, f"{what} has the value {show_value(value)}", f"expected: {must}", "value")


def _known_keys(model: type[Placed], steps: Sequence[tuple[Any, Any]]) -> list[str]:
    """The keys that the object at the end of ``steps`` may have."""
    for _, key in steps[:-1]:
        if isinstance(key, str) and key in model.model_fields:
            inner = [a for a in _type_arguments(model.model_fields[key].annotation) if isinstance(a, type)]
            model = next((a for a in inner if issubclass(a, Placed)), model)
    return [name for name in model.model_fields if name != "place"]


def _type_arguments(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", ())
    return [annotation, *(x for a in inner for x in _type_arguments(a))]


def remove_parts(drop: Iterable[tuple[Any, Any]]) -> None:
    """Take keys out of mappings and entries out of lists, the last entries first."""
    lists: dict[int, tuple[list[Any], set[int]]] = {}
    for holder, key in drop:
        if isinstance(holder, dict):
            holder.pop(key, None)
        else:
            lists.setdefault(id(holder), (holder, set()))[1].add(key)
    for holder, keys in lists.values():
        for key in sorted(keys, reverse=True):
            del holder[key]


def collect_ids(value: Any) -> set[str]:
    """Every id typed anywhere in a value."""
    if isinstance(value, dict):
        own = {value["id"]} if isinstance(value.get("id"), str) else set()
        return own.union(*(collect_ids(v) for v in value.values()))
    return set().union(*(collect_ids(v) for v in value)) if isinstance(value, list) else set()


def show_value(value: Any) -> str:
    """A value as a message quotes it, cut after 80 characters."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 80 else f'"{value[:77]}..."'
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "nothing"
