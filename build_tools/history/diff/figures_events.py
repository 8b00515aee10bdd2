"""Compares figures and events. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.history.diff.fields import compare_fields, id_change
from build_tools.history.diff.ids import guess_renamed
from build_tools.history.diff.matching import Matches, match_by_id
from build_tools.history.diff.sides import Sides
from build_tools.model.change import Change
from build_tools.model.records import Event, Figure

FIGURE_FIELDS = ("value", "unit", "qualifier", "as_of", "measures")
EVENT_FIELDS = ("what", "when", "anchor")


def compare_figures(sides: Sides) -> Iterator[Change]:
    """Figures added, removed and changed."""
    base, head = sides.base.figures, sides.head.figures
    renamed = guess_renamed(base, head, lambda figure: [(figure.value, figure.measures)])
    figures = match_by_id(base, head, renamed)
    yield from _compare("figure", figures, sides)
    for before, after in figures.both:
        yield from compare_fields("figure-changed", before, after, FIGURE_FIELDS, sides.change)
        yield from compare_fields("figure-note", before, after, ("note",), sides.change)


def compare_events(sides: Sides) -> Iterator[Change]:
    """Events added, removed and changed."""
    base, head = sides.base.events, sides.head.events
    renamed = guess_renamed(base, head, lambda event: [event.what])
    events = match_by_id(base, head, renamed)
    yield from _compare("event", events, sides)
    new_ids = sides.ids.source | renamed
    for before, after in events.both:
        if before is not after:
            anchored = before.model_copy(update={"anchor": new_ids.get(before.anchor or "", before.anchor)})
            yield from compare_fields("event-changed", anchored, after, EVENT_FIELDS, sides.change)


def _compare(subject: str, items: Matches[Figure] | Matches[Event], sides: Sides) -> Iterator[Change]:
    """What figures and events have in common: coming and going, ids, statements and words."""
    for item in items.removed:
        if not sides.may_be_unreadable(item.id):
            yield sides.change(f"{subject}-removed", item.id, item.place, side="base", before=_show(item))
    for item in items.added:
        yield sides.change(f"{subject}-added", item.id, item.place, after=_show(item))
    for before, after in items.both:
        if before is after:
            continue
        if before.id != after.id:
            yield id_change(subject, before, after, sides.change)
        statements = tuple(sides.ids.statement.get(name, name) for name in before.statements)
        if sorted(statements) != sorted(after.statements):
            old = before.model_copy(update={"statements": statements})
            yield from compare_fields(f"{subject}-bound", old, after, ("statements",), sides.change)
        yield from compare_fields(f"{subject}-bound", before, after, ("words",), sides.change)


def _show(item: Figure | Event) -> str:
    """A figure or an event in one line, as in ``cost of the works · about · 1.9 · billion crowns``."""
    names = ("measures", "qualifier", "value", "unit", "as_of") if isinstance(item, Figure) else ("what", "when")
    return " · ".join(str(getattr(item, name)) for name in names if getattr(item, name))
