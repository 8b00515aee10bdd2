"""Compares figures and events. Pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from build_tools.history.diff.matching import guess_renamed
from build_tools.history.diff.objects import Sides, Subject, compare_objects
from build_tools.model.change import Change
from build_tools.model.records import Event, Figure

B = TypeVar("B", Figure, Event)


def _show(*names: str) -> Callable[[Figure | Event], str]:
    """Shows an object by some fields, as in ``cost of the works · about · 1.9 · billion crowns``."""
    return lambda item: " · ".join(str(getattr(item, name)) for name in names if getattr(item, name))


FIGURE = Subject[Figure](
    "figure",
    _show("measures", "qualifier", "value", "unit", "as_of"),
    {
        "figure-bound": ("statements", "words"),
        "figure-changed": ("value", "unit", "qualifier", "as_of", "measures"),
        "figure-note": ("note",),
    },
)
EVENT = Subject[Event](
    "event",
    _show("what", "when"),
    {"event-bound": ("statements", "words"), "event-changed": ("what", "when", "anchor")},
)


def compare_figures(sides: Sides) -> Iterator[Change]:
    """Figures added, removed and changed."""
    yield from _compare(FIGURE, sides.base.figures, sides.head.figures, lambda f: (f.value, f.measures), sides)


def compare_events(sides: Sides) -> Iterator[Change]:
    """Events added, removed and changed."""
    yield from _compare(EVENT, sides.base.events, sides.head.events, lambda event: event.what, sides)


def _compare(
    subject: Subject[B], base: Iterable[B], head: Iterable[B], trait: Callable[[B], Hashable], sides: Sides
) -> Iterator[Change]:
    renamed = guess_renamed(base, head, lambda item: [trait(item)])
    new_ids = sides.ids.source | renamed

    def with_new_ids(before: B, after: B) -> B:
        statements = tuple(sides.ids.statement.get(name, name) for name in before.statements)
        if sorted(statements) == sorted(after.statements):
            statements = after.statements  # their order does not count
        update: dict[str, object] = {"statements": statements}
        if isinstance(before, Event):
            update["anchor"] = new_ids.get(before.anchor or "", before.anchor)
        return before.model_copy(update=update)

    yield from compare_objects(subject, sides.match(base, head, renamed), sides.change, with_new_ids)
