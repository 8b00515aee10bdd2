"""The page Timeline: a lane an article, in the article's own order, and a calendar of what has a date. Pure.

Dates are EDTF (ISO 8601-2). No date is worked out: an event dated by another one stays so.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from synoptic.model import paging
from synoptic.model.records import Event, Source
from synoptic.model.values import UNKNOWN
from synoptic.pages import pictures
from synoptic.pages.answers import Tag, source_tags
from synoptic.pages.claim import publication_link
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import Sheet, find_paths, lay_out, make_section
from synoptic.pages.statement import StatementView, bound_statements, format_published
from synoptic.text.folding import fold
from synoptic.text.language import format_date, gettext, gettext_noop, ngettext
from synoptic.text.spoken import like

BASE = "timeline/"
LAST = pictures.FAR * 2  # beyond every date

#: How an event is dated, by how it is drawn: the emptier, the less is known.
DATING = {
    "solid": gettext_noop("to the day"),
    "hatch": gettext_noop("to a month, a year or a limit"),
    "dots": gettext_noop("in part, or by something else"),
    "hollow": gettext_noop("not at all"),
}


class Step(NamedTuple):
    """An event as one article tells it, with its place in the lane, from 1; ``first`` if no earlier lane has it.

    ``words`` date it by something else: by the step above (``above``), by that of another ``number``, by the article's
    own day (``own_day``), or by what ``anchor`` leads to; each is empty or False if not.
    """

    place: int
    record: Event
    look: str
    said: StatementView
    first: bool
    words: str
    above: bool = False
    number: int = 0
    own_day: bool = False
    anchor: Link | None = None


class Lane(NamedTuple):
    """What one article tells, in its own order; ``day`` is that of its publication, in words."""

    tag: Tag
    id: str
    day: str
    steps: tuple[Step, ...]


class Day(NamedTuple):
    """A row of the calendar: a date in words; what happened or which articles came out; its place on the scale."""

    label: str
    links: tuple[Link, ...]
    report: bool
    mark: pictures.Mark | None

    @property
    def appears(self) -> str:
        """What follows the names of the articles that came out on a day."""
        # For translators: the names of articles come before it: "Gazette, Herald appear".
        return ngettext("appears", "appear", len(self.links))


def pages(context: Context) -> Iterator[Page]:
    """The page Timeline, if there are events."""
    if not context.briefing.events:
        return
    whole = timeline(context)
    sheets = _lay_out(whole)
    if len(sheets) > 1:
        paths: dict[str, str] = {}
        for number, lane in enumerate(whole["lanes"]):
            to = find_paths(sheets, number, lambda part: paging.part_path(BASE, part))
            paths |= {step.record.id: path for step, path in zip(lane.steps, to, strict=True) if step.first}
        whole = timeline(context, paths)
        sheets = _lay_out(whole)
    contents, views = [sheet.contents for sheet in sheets], (_cut(whole, sheet) for sheet in sheets)
    yield from split_pages(context, BASE, "timeline", "timeline", gettext("Timeline"), contents, views)


def _lay_out(whole: Mapping[str, Any]) -> list[Sheet]:
    """The parts: a section for each lane, and the calendar."""
    ticks = len(whole["scale"].ticks) if whole["scale"] else 0
    lanes = (make_section(lane.tag.name, f"lane-{lane.id}", lane.steps, _count_elements) for lane in whole["lanes"])
    days = make_section(gettext("On the calendar"), "dated", whole["calendar"], lambda day: 12 + len(day.links) + ticks)
    return lay_out([*lanes, days])


def _count_elements(step: Step) -> int:
    """HTML elements of a step on the page, at most."""
    dated = step.above or step.number or step.own_day or step.anchor
    return 12 + 7 * bool(dated) + 2 * (not step.said.own_voice)


def _cut(whole: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """The views of a part; the lanes and the calendar are None if they are on others."""
    *steps, days = sheet.shown
    lanes = [lane._replace(steps=mine) for lane, mine in zip(whole["lanes"], steps, strict=True) if mine]
    return {**whole, "lanes": lanes if lanes or not steps else None, "calendar": days}


def timeline(context: Context, paths: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The lanes, the calendar, and its scale (None without dates); ``paths`` has the part of each event, by its id,
    where there are several."""
    briefing, paths = context.briefing, paths or {}
    look = {event.id: _find_look(event) for event in briefing.events}
    spans = {event.id: span for event in briefing.events if (span := pictures.date_span(event.when))}
    published = [span for source in briefing.sources if (span := pictures.date_span(source.published))]
    # a limit alone places nothing: no scale is drawn for it
    placed = any(span.first and span.last for span in spans.values())
    scale = pictures.day_scale([*spans.values(), *published]) if placed else None
    return {
        "title": gettext("Timeline"),
        "bar_title": gettext("How the events are dated"),
        "lanes": _make_lanes(context, look, paths),
        "calendar": _make_calendar(context, scale, paths),
        "parts": pictures.bar_parts(
            (gettext(label), name, sum(one == name for one in look.values())) for name, label in DATING.items()
        ),
        "scale": scale,
    }


def _link_event(context: Context, event: Event, paths: Mapping[str, str]) -> Link:
    """Where an event stands in the first lane that has it."""
    return Link(like(event.what, event.what.rstrip(".")), context.address(paths.get(event.id, BASE), f"e-{event.id}"))


def _make_calendar(context: Context, scale: pictures.Scale | None, paths: Mapping[str, str]) -> list[Day]:
    """What has a date, events before articles of the same day, by the earliest day that it may mean; what has none of
    these, by its latest. Articles without a date come last."""
    rows: list[tuple[tuple[int, int, bool], Day]] = []
    for event in context.briefing.events:
        if span := pictures.date_span(event.when):
            day = Day(format_date(event.when), (_link_event(context, event, paths),), False, _place(scale, event.when))
            rows.append(((span.first or span.last or 0, span.last or 0, False), day))
    by_day: dict[str, list[Source]] = {}
    for source in context.briefing.sources:
        by_day.setdefault(source.published, []).append(source)
    for date, sources in by_day.items():
        span = pictures.date_span(date)
        label = gettext("No date stated") if date == UNKNOWN else format_date(date)
        day = Day(label, tuple(map(context.source_link, sources)), True, _place(scale, date))
        rows.append((((span.first or span.last or 0, span.last or 0, True) if span else (LAST, 0, True)), day))
    return [day for _, day in sorted(rows, key=lambda row: row[0])]


def _make_lanes(context: Context, look: Mapping[str, str], paths: Mapping[str, str]) -> list[Lane]:
    told: dict[str, list[tuple[Event, StatementView]]] = {}
    for event in context.briefing.events:
        by_source: dict[str, StatementView] = {}
        for view in bound_statements(context, event):
            if view.article.id not in by_source or _where(view) < _where(by_source[view.article.id]):
                by_source[view.article.id] = view
        for name, view in by_source.items():
            told.setdefault(name, []).append((event, view))
    known = {event.id: event for event in context.briefing.events}
    having = {event.id: _find_owners(context, event) for event in context.briefing.events if event.words}
    lanes, seen = [], set[str]()
    for source in context.briefing.sources:
        pairs = sorted(told.get(source.id, ()), key=lambda pair: _where(pair[1]))
        places = {event.id: place for place, (event, _) in enumerate(pairs, 1)}
        steps = []
        for place, (event, view) in enumerate(pairs, 1):
            # the words of one article are not put in the mouth of another
            ours = event.id not in having or source.id in having[event.id]
            step = Step(place, event, look[event.id], view, event.id not in seen, (event.words or "") if ours else "")
            if ours and event.anchor and event.anchor != event.id:
                step = _anchor(context, step, event.anchor, source, places, known, paths)
            seen.add(event.id)
            steps.append(step)
        if steps:
            lanes.append(Lane(source_tags(context)[source.id], source.id, format_published(source), tuple(steps)))
    return lanes


def _anchor(
    context: Context, step: Step, anchor: str, source: Source, places: Mapping[str, int], known: Mapping[str, Event],
    paths: Mapping[str, str],
) -> Step:  # fmt: skip
    """The step with what dates it."""
    if anchor == source.id:
        return step._replace(own_day=True)
    if place := places.get(anchor):
        return step._replace(above=True) if place == step.place - 1 else step._replace(number=place)
    if event := known.get(anchor):
        return step._replace(anchor=_link_event(context, event, paths))
    return step._replace(anchor=publication_link(context, anchor))


def _where(view: StatementView) -> tuple[int, int]:
    """Where a quotation begins in its article; what is not located comes last."""
    return (0, view.entry.words[0][0]) if view.entry else (1, 0)


def _find_owners(context: Context, event: Event) -> set[str]:
    """The articles that have the words that date an event: those whose quotation holds them, or else the first, in
    which they are locked."""
    known = bound_statements(context, event)
    words = fold(event.words or "").casefold()
    having = {view.article.id for view in known if words in fold(view.record.quote).casefold()}
    first = next((name for name in event.statements if name in context.briefing.statement), "")
    return having or {view.article.id for view in known if view.record.id == first}


def _find_look(event: Event) -> str:
    """How a picture draws an event, by how it is dated; an impossible interval is not a date."""
    if span := pictures.date_span(event.when):
        return "solid" if span.exact else "hatch"
    return "dots" if event.anchor or event.words or event.when != UNKNOWN else "hollow"


def _place(scale: pictures.Scale | None, date: str) -> pictures.Mark | None:
    span = pictures.date_span(date)
    return pictures.mark_date(scale, span) if scale and span else None
