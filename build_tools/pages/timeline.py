"""The page Timeline: when things happened, by how they are dated, and when they were reported. Pure.

Dates are EDTF (ISO 8601-2). No date is worked out: an event dated by another one stays so.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from build_tools.model.records import Event, Source
from build_tools.model.values import UNKNOWN
from build_tools.pages import pictures
from build_tools.pages.claim import publication_link
from build_tools.pages.context import Context, Link
from build_tools.pages.page import Page, briefing_page
from build_tools.pages.statement import StatementView, bound_statements
from build_tools.text.english import format_date

DEPTH = 4  # levels of events that date each other: deeper ones stay on the last level, to fit a phone
#: How an event is dated, by how it is drawn: the emptier, the less is known.
DATING = {
    "solid": "to the day",
    "hatch": "to a month, a year or a limit",
    "dots": "in part, or by something else",
    "hollow": "not at all",
}


class EventView(NamedTuple):
    """An event; ``reports`` has a statement of each article that tells of it."""

    record: Event
    anchor: Link | None
    reports: tuple[StatementView, ...]
    look: str
    mark: pictures.Mark | None


#: An event that is dated by something else, whether that is not directly above, since it would be too deep, and the
#: events that it dates.
Node = tuple[EventView, bool, list["Node"]]
#: What dates other events (another event, a publication, or nothing but words), how that is drawn, and those events.
Thread = tuple[Link | None, str, list[Node]]
#: The articles of one day, in words, and its place on the scale.
Report = tuple[str, list[Link], pictures.Mark | None]


def pages(context: Context) -> Iterator[Page]:
    """The page Timeline, if there are events."""
    if context.briefing.events:
        yield briefing_page(context, "timeline/", "timeline", "Timeline", "Timeline", **timeline(context))


def timeline(context: Context) -> dict[str, Any]:
    """The events by how they are dated, and the reports, in order; ``scale`` is None without dates."""
    events = list(_sort_by_anchor(context.briefing.events))
    by_look = {look: [event for event in events if _find_look(event) == look] for look in DATING}
    # by the earliest day it may mean; what has none, by its latest
    dated = [*by_look["solid"], *by_look["hatch"]]
    spans = [(span, event) for event in dated if (span := pictures.date_span(event.when))]
    spans.sort(key=lambda pair: (pair[0].first or pair[0].last or 0, pair[0].last or 0))
    published = [span for source in context.briefing.sources if (span := pictures.date_span(source.published))]
    # a limit alone places nothing: no scale is drawn for it
    placed = any(span.first and span.last for span, _ in spans)
    scale = pictures.day_scale([*(span for span, _ in spans), *published]) if placed else None
    views = {event.id: _event_view(context, event, scale) for event in context.briefing.events}
    return {
        "dated": [views[event.id] for _, event in spans],
        "relative": [views[event.id] for event in by_look["dots"]],
        "undated": [views[event.id] for event in by_look["hollow"]],
        "reports": list(_reports(context, scale)),
        "threads": list(_threads(by_look["dots"], views)),
        "parts": pictures.bar_parts((label, look, len(by_look[look])) for look, label in DATING.items()),
        "scale": scale,
    }


def _reports(context: Context, scale: pictures.Scale | None) -> Iterator[Report]:
    """The articles by day, those without a date last."""

    def day(source: Source) -> tuple[bool, str]:
        return source.published == UNKNOWN, source.published

    for (undated, date), sources in itertools.groupby(sorted(context.briefing.sources, key=day), day):
        label = "No date stated" if undated else format_date(date)
        yield label, list(map(context.source_link, sources)), _place(scale, date)


def _find_look(event: Event) -> str:
    """How a picture draws an event, by how it is dated; an impossible interval is not a date."""
    if span := pictures.date_span(event.when):
        return "solid" if span.exact else "hatch"
    return "dots" if event.anchor or event.words or event.when != UNKNOWN else "hollow"


def _place(scale: pictures.Scale | None, date: str) -> pictures.Mark | None:
    span = pictures.date_span(date)
    return pictures.mark_date(scale, span) if scale and span else None


def _threads(relative: Sequence[Event], views: Mapping[str, EventView]) -> Iterator[Thread]:
    """The relative events below what dates them; ``relative`` has each event after the one that dates it."""
    parent: dict[str, str] = {}
    depth: dict[str, int] = {}
    below: dict[str, list[Node]] = {}
    roots: dict[str, list[Node]] = {}
    for event in relative:
        anchor = event.anchor or ""
        place = parent[event.id] = anchor if depth.get(anchor, 0) < DEPTH else parent[anchor]
        # what dates it may not be a relative event, or come later and close a circle, which is cut here
        siblings = below[place] if place in below else roots.setdefault(anchor, [])
        depth[event.id] = depth.get(place, 0) + 1
        below[event.id] = []
        siblings.append((views[event.id], place != anchor, below[event.id]))
    for anchor, nodes in roots.items():
        link, dating = nodes[0][0].anchor, views.get(anchor)
        yield link, dating.look if dating else "square" if link else "", nodes


def _sort_by_anchor(events: Sequence[Event]) -> Iterator[Event]:
    """Events as typed, but each after the event that dates it (a circle is cut where it began)."""
    by_id = {event.id: event for event in events}
    done: set[str] = set()
    for event in events:
        chain = []
        while event.id not in done:
            done.add(event.id)
            chain.append(event)
            event = by_id.get(event.anchor or "", event)
        yield from reversed(chain)


def _event_view(context: Context, event: Event, scale: pictures.Scale | None) -> EventView:
    reports: dict[str, StatementView] = {}
    for view in bound_statements(context, event):
        reports.setdefault(view.article.id, view)
    anchor = publication_link(context, event.anchor)
    for other in context.briefing.events:
        if other.id == event.anchor:
            anchor = Link(other.what.rstrip("."), context.address("timeline/", f"e-{other.id}"))
    return EventView(event, anchor, tuple(reports.values()), _find_look(event), _place(scale, event.when))
