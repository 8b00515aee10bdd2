"""The page Timeline: when things happened, and when they were reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model.records import Event, Source
from build_tools.model.values import UNKNOWN
from build_tools.pages import pictures
from build_tools.pages.bar import BarPart, stack_bar
from build_tools.pages.briefing import Link, Page, day, when
from build_tools.pages.figures import bound_statements

DEPTH = 4  # of what is dated by what: deeper threads go on at this level, or a phone would not hold them
#: How an event is dated, by how a picture draws it: the emptier, the less is known.
DATING = {
    "solid": "by the day",
    "hatch": "by a month, a year or a limit",
    "dots": "by something else",
    "hollow": "not at all",
}


class Happening(NamedTuple):
    """An event on the timeline."""

    id: str
    what: str
    when: str
    words: str
    anchor: Link | None
    told: tuple[tuple[Link, Markup, str], ...]
    look: str
    mark: pictures.Mark | None


class Knot(NamedTuple):
    """An event that is dated by something else, and what is dated by it; ``apart`` where it does not hang on what
    dates it, since that lies too deep."""

    event: Happening
    apart: bool
    then: tuple[Knot, ...]


class Thread(NamedTuple):
    """What dates other events: an undated or dated event, a publication, or nothing but words; and what hangs on it."""

    link: Link | None
    look: str
    then: tuple[Knot, ...]


class Timeline(NamedTuple):
    """When it happened, by how it is dated; and when it was reported."""

    dated: tuple[Happening, ...]
    relative: tuple[Happening, ...]
    undated: tuple[Happening, ...]
    reported: tuple[tuple[str, tuple[Link, ...], pictures.Mark | None], ...]
    threads: tuple[Thread, ...]
    parts: tuple[BarPart, ...]
    scale: pictures.Scale | None


def timeline(page: Page) -> Timeline:
    """When it happened, apart from when it was reported. No date is made: what is relative stays so."""
    found = {look: [e for e in _in_order(page.briefing.events) if _dating(e) == look] for look in DATING}
    dated = [*found["solid"], *found["hatch"]]
    # by the earliest day it may mean; what has none, by its latest
    days = [(span, event) for event in dated if (span := pictures.span(event.when))]
    days.sort(key=lambda pair: (pair[0].first or pair[0].last or 0, pair[0].last or 0))
    published = [span for source in page.briefing.sources if (span := pictures.span(source.published))]
    # a limit alone places nothing: no scale is drawn for it
    placed = any(span.first and span.last for span, _ in days)
    scale = pictures.day_scale([*(span for span, _ in days), *published]) if placed else None
    reported: dict[str, list[Source]] = {}
    for source in sorted(page.briefing.sources, key=lambda s: (s.published == UNKNOWN, s.published)):
        reported.setdefault(source.published, []).append(source)
    made = {event.id: _happening(page, event, scale) for event in page.briefing.events}
    return Timeline(
        dated=tuple(made[event.id] for _, event in days),
        relative=tuple(made[event.id] for event in found["dots"]),
        undated=tuple(made[event.id] for event in found["hollow"]),
        reported=tuple(
            (
                day(date) if date != UNKNOWN else "No date stated",
                tuple(page.source_link(source) for source in sources),
                _placed(scale, date),
            )
            for date, sources in reported.items()
        ),
        threads=tuple(_threads(page, found["dots"], made)),
        parts=stack_bar((label, look, len(found[look])) for look, label in DATING.items()),
        scale=scale,
    )


def _dating(event: Event) -> str:
    """How a picture draws an event, by how it is dated; a day without a year or an impossible interval is no date."""
    if span := pictures.span(event.when):
        return "solid" if span.exact else "hatch"
    return "dots" if event.anchor or event.words or event.when != UNKNOWN else "hollow"


def _placed(scale: pictures.Scale | None, date: str) -> pictures.Mark | None:
    found = pictures.span(date)
    return pictures.on_days(scale, found) if scale and found else None


def _threads(page: Page, relative: Sequence[Event], made: dict[str, Happening]) -> Iterator[Thread]:
    """What is dated by something else, hung on what dates it. In: the events in order, each after its anchor."""
    above: dict[str, str] = {}
    depth: dict[str, int] = {}
    below: dict[str, list[Event]] = {}
    roots: dict[str, list[Event]] = {}
    for event in relative:
        over = event.anchor or ""
        if over in depth:
            above[event.id] = over = over if depth[over] < DEPTH else above[over]
            below.setdefault(over, []).append(event)
        else:  # what dates it is no such event, or comes later and closes a circle, which is cut here
            roots.setdefault(over, []).append(event)
        depth[event.id] = depth.get(over, 0) + 1

    def knot(event: Event) -> Knot:
        apart = event.id in above and above[event.id] != event.anchor
        return Knot(made[event.id], apart, tuple(map(knot, below.get(event.id, ()))))

    for anchor, events in roots.items():
        link, other = made[events[0].id].anchor, made.get(anchor)
        look = other.look if other else "square" if link else ""
        yield Thread(link, look, tuple(map(knot, events)))


def _in_order(events: Sequence[Event]) -> Iterator[Event]:
    """Events as typed, but each after the event it is dated by (a circle is cut where it began)."""
    by_id = {event.id: event for event in events}
    done: set[str] = set()
    for event in events:
        chain = []
        while event.id not in done:
            done.add(event.id)
            chain.append(event)
            event = by_id.get(event.anchor or "", event)
        yield from reversed(chain)


def _happening(page: Page, event: Event, scale: pictures.Scale | None) -> Happening:
    other = next((e for e in page.briefing.events if e.id == event.anchor), None)
    told: list[tuple[Link, Markup, str]] = []
    seen: set[str] = set()
    for claim, statement in bound_statements(page, event):
        source = page.briefing.source[statement.source]
        if source.id not in seen:
            seen.add(source.id)
            told.append((page.source_link(source), page.said(claim, statement).href, when(source)))
    return Happening(
        id=f"e-{event.id}",
        what=event.what,
        when=day(event.when) if event.when != UNKNOWN else "",
        words=event.words or "",
        anchor=Link(other.what.rstrip("."), page.to("timeline/", f"e-{other.id}"))
        if other
        else page.publication(event.anchor),
        told=tuple(told),
        look=_dating(event),
        mark=_placed(scale, event.when),
    )
