"""Compares single fields, and puts their values into words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from build_tools.history.diff.matching import Identified
from build_tools.model.change import Change
from build_tools.text.folding import fold

#: Makes a change: (kind, id, place, further fields by name).
NewChange = Callable[..., Change]


def compare_fields(
    kind: str, before: Any, after: Any, fields: Iterable[str], new_change: NewChange, **more: Any
) -> Iterator[Change]:
    """One change for each of ``fields`` that differs between two objects with an id."""
    for field in fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            values = (("field", field.replace("_", " ")),)
            place = after.place.at(field)
            yield new_change(
                kind, after.id, place, before=show_value(old), after=show_value(new), values=values, **more
            )


def id_change(subject: str, before: Identified, after: Identified, new_change: NewChange, **more: Any) -> Change:
    """The change of an object's id, with whether links to the old id still work."""
    redirected = before.id in getattr(after, "was", ())
    values = (
        ("before_id", before.id),
        ("links", "links to the old one lead on" if redirected else "links to it break"),
    )
    place = after.place.at("id")
    return new_change(f"{subject}-id", after.id, place, before=before.id, after=after.id, values=values, **more)


def show_value(value: Any) -> str | None:
    """A field's value as one text, or None if it is empty. The order of a mapping's keys does not count."""
    if value is None or value == {} or value == ():
        return None
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {value[key]}" for key in sorted(value))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def strip_punctuation(text: str) -> str:
    """``text`` without what changes no meaning: case, quotation marks, commas and stops that touch no digit."""
    bare = re.sub(r"(?<!\w)'|'(?!\w)|\"", "", fold(text).casefold())
    return " ".join(re.sub(r"(?<!\d)[.,;:]|[.,;:](?!\d)(?<!\d.)", "", bare).split())
