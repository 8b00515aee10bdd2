"""Pictures: geometry of numbers and dates, the voices and dates that they show, and how they look on a screen."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synoptic.model.records import Event
from synoptic.model.site import Site
from synoptic.pages import figures, pictures, sources, timeline
from synoptic.pages.context import Context
from synoptic.pages.text_map import text_map
from tests.browser import Open, in_both_colours, violations
from tests.projects import BuiltSite, Project, build_once, copy_checkout
from tests.yaml_files import read_yaml

HERE = Path(__file__).parent
CASES = read_yaml(HERE / "pictures.yml")


def share(value: str) -> float:
    """An SVG percentage as a number."""
    assert value.endswith("%")
    return float(value[:-1])


@pytest.mark.parametrize(("counts", "whole", "places"), CASES["bars"])
def test_parts_of_a_bar(counts: list[int], whole: int, places: list[list[str]]) -> None:
    """The parts of a bar follow each other, each as wide as its share of the whole; empty ones are left out."""
    parts = pictures.bar_parts((("", "solid", count) for count in counts), whole)
    assert [[part.x, part.width] for part in parts] == places


@pytest.mark.parametrize(("text", "bounds"), CASES["values"])
def test_parse_value(text: str, bounds: list[float] | None) -> None:
    """A value is drawn only if all of it is a number or a range: anything else might be drawn wrongly."""
    assert pictures.parse_value(text) == (bounds and tuple(bounds))


@pytest.mark.parametrize(("low", "high", "labels", "cut"), CASES["number scales"])
def test_number_scale(low: float, high: float, labels: list[str], cut: bool) -> None:
    """A scale begins at zero, unless its figures would then look the same; it says so."""
    scale = pictures.number_scale(low, high)
    assert ([tick.label for tick in scale.ticks], scale.cut) == (labels, cut)


@given(st.floats(0, 1e15), st.floats(0, 1e15))
def test_every_number_lies_on_its_scale(one: float, other: float) -> None:
    """Whatever two numbers: both lie between the first and last of two to four ticks, the lower to the left."""
    low, high = sorted((one, other))
    if high - low < 1e-6 * max(high, 1):  # figures that only a computer tells apart
        return
    scale = pictures.number_scale(low, high)
    assert 2 <= len(scale.ticks) <= pictures.STEPS + 1
    ends = [share(tick.x) for tick in scale.ticks]
    assert ends[0] - 0.01 <= scale.at(low) <= scale.at(high) <= ends[-1] + 0.01
    assert scale.low == 0 or scale.cut


def test_no_scale_without_a_difference() -> None:
    """There is no scale for a single number or for numbers below zero."""
    for low, high in ((5, 5), (-1, 3), (3, 1)):
        with pytest.raises(ValueError):
            pictures.number_scale(low, high)


@pytest.mark.parametrize(("edtf", "first", "last", "exact"), CASES["spans"])
def test_span(edtf: str, first: str | None, last: str | None, exact: bool) -> None:
    """A date means all its days, from the first to the last; only a day without doubt is exact."""
    days = [date.fromisoformat(day).toordinal() if day else None for day in (first, last)]
    assert pictures.date_span(edtf) == (*days, exact)


@pytest.mark.parametrize("edtf", CASES["no spans"])
def test_no_span(edtf: str) -> None:
    """A date without a year, or one that contradicts itself, has no span."""
    assert pictures.date_span(edtf) is None


def scale_of(*dates: str) -> pictures.Scale | None:
    """The scale of some dates."""
    return pictures.day_scale([found for date in dates if (found := pictures.date_span(date))])


@pytest.mark.parametrize(("dates", "labels"), CASES["day scales"])
def test_day_scale(dates: list[str], labels: list[str]) -> None:
    """A scale of dates has steps of days, months or years, as far apart as the dates require."""
    scale = scale_of(*dates)
    assert scale is not None
    assert [tick.label for tick in scale.ticks] == labels


@given(st.lists(st.dates(), min_size=2))
def test_every_day_lies_on_its_scale(days: list[Any]) -> None:
    """Whatever days: all lie between the first and last of two to four ticks, and in their order."""
    spans = [pictures.date_span(day.isoformat()) for day in sorted(days)]
    scale = pictures.day_scale([span for span in spans if span])
    if len(set(days)) == 1:
        assert scale is None
        return
    assert scale is not None
    assert 2 <= len(scale.ticks) <= pictures.STEPS + 1
    places = [share(pictures.mark_date(scale, span).x) for span in spans if span]
    assert places == sorted(places)
    assert share(scale.ticks[0].x) <= places[0] <= places[-1] <= share(scale.ticks[-1].x)


def test_an_open_end_reaches_the_edge() -> None:
    """A limit reaches from the edge of the scale to its day, and says at which end it is open; a day is a point."""
    scale = scale_of("2026-06-03", "../2029", "2027-01-01")
    assert scale is not None
    limit, day = (
        pictures.mark_date(scale, found) for d in ("../2029", "2027-01-01") if (found := pictures.date_span(d))
    )
    assert (limit.x, limit.before, limit.after, limit.look) == (scale.ticks[0].x, True, False, "hatch")
    assert (day.point, day.look, day.width) == (True, "solid", "0%")


def test_ribbon_keeps_proportions() -> None:
    """Lines have forty words; a stretch that crosses the end of a line has a piece on each."""
    found = pictures.make_ribbon(100, [(38, 45), (81, 100)])
    assert found.line == 40
    assert [(p.y, p.width) for p in found.tracks] == [(0, "90%"), (17, "90%"), (34, "45%")]
    assert [[(p.x, p.y, p.width) for p in pieces] for pieces in found.pieces] == [
        [("93.25%", 0, "6.75%"), ("10%", 17, "11.25%")],
        [("10%", 34, "45%")],
    ]


@given(st.integers(1, 50_000))
def test_a_long_text_has_longer_lines(words: int) -> None:
    """The number of lines is limited, however long the text, and the lines hold all its words."""
    found = pictures.make_ribbon(words, [])
    assert len(found.tracks) <= pictures.LINES
    share_of_line = (100 - pictures.GUTTER) / found.line
    assert sum(share(p.width) for p in found.tracks) == pytest.approx(share_of_line * words, abs=0.2)


def test_split_overlaps() -> None:
    """Overlapping stretches become stretches that do not overlap, each with all its keys."""
    assert pictures.split_overlaps([(1, 5, "a"), (1, 5, "b"), (4, 9, "c"), (20, 20, "d")]) == (
        (1, 3, ("a", "b")), (4, 5, ("a", "b", "c")), (6, 9, ("c",)), (20, 20, ("d",)),
    )  # fmt: skip


@pytest.fixture
def ferry(site: Site) -> Context:
    """The context of the briefing with several wordings and dates."""
    return Context(site, site.briefing["night-ferry"])


@pytest.fixture
def harbour(site: Site) -> Context:
    """The context of the other briefing."""
    return Context(site, site.briefing["harbour-tunnel"])


def test_voices_are_counted(harbour: Context) -> None:
    """Every statement of a source is its own, a named or an unnamed speaker's, and the longest bar is full."""
    found = sources.count_voices(harbour)
    for source, (_, bar, counts) in zip(harbour.briefing.sources, found, strict=True):
        mine = [s for _, s in harbour.briefing.statements if s.source == source.id]
        unnamed = [s for s in mine if s.speaker in harbour.briefing.unnamed]
        own = [s for s in mine if not s.speaker]
        assert counts == [len(own), len(mine) - len(own) - len(unnamed), len(unnamed)]
        assert sum(part.count for part in bar) == len(mine)
    assert max(sum(share(part.width) for part in bar) for _, bar, _ in found) == pytest.approx(100, abs=0.05)


def test_map_holds_every_quotation(harbour: Context) -> None:
    """The map of a source shows every located statement; a source without quotations has no map."""
    for source in harbour.briefing.sources:
        mine = {s.id for _, s in harbour.briefing.statements if s.source == source.id}
        found = text_map(harbour, source)
        if not mine:
            assert found is None
            continue
        assert found is not None
        lock = harbour.briefing.locks[source.id]
        taken = {n for q in lock.quotes if q.statement in mine for a, b in q.words for n in range(a, b + 1)}
        scale = (100 - pictures.GUTTER) / found.ribbon.line
        drawn = sum(share(piece.width) for stretch in found.stretches for piece in stretch.pieces)
        assert drawn == pytest.approx(scale * len(taken), abs=0.2)
    gazette = text_map(harbour, harbour.briefing.source["gazette"])
    assert gazette is not None
    assert gazette.half, "words of a headline are drawn low"


def dated(page: Context, *events: dict[str, Any]) -> dict[str, Any]:
    """The timeline of a briefing with these events instead of its own."""
    made = tuple(Event(id=e.pop("id"), what="It happens.", statements=("post-198",), **e) for e in map(dict, events))
    return timeline.timeline(Context(page.site, replace(page.briefing, events=made)))


def test_events_are_placed_only_by_stated_dates(ferry: Context) -> None:
    """Only an event with a date has a place on the scale; the bar counts the rest by how they are dated."""
    line = dated(ferry, *CASES["events"])
    (lane,) = line["lanes"]
    events = [day for day in line["calendar"] if not day.report]
    looks = {f"#e-{step.record.id}": step.look for step in lane.steps}
    assert [looks[f"#{day.links[0].href.partition('#')[2]}"] for day in events] == ["hatch", "hatch", "solid"]
    assert all(day.mark for day in events)
    assert len(looks) == len(CASES["events"])
    assert [(part.look, part.count) for part in line["parts"]] == [
        ("solid", 1), ("hatch", 2), ("dots", 4), ("hollow", 1),
    ]  # fmt: skip


def test_no_scale_for_a_limit_alone(ferry: Context) -> None:
    """If the only date is a limit, or there is no date, there is no scale."""
    assert dated(ferry, {"id": "limit", "when": "../2029"})["scale"] is None
    assert dated(ferry, {"id": "none"})["scale"] is None
    assert dated(ferry)["parts"] == ()
    assert dated(ferry, {"id": "day", "when": "2031-04-30"})["scale"] is not None


def test_arrows(ferry: Context) -> None:
    """A step names what dates it: the step above, the number of another, the article's own day, or another article."""
    line = dated(
        ferry,
        {"id": "a", "when": "2031-05-01"}, {"id": "b", "words": "then", "anchor": "a"},
        {"id": "c", "words": "soon", "anchor": "a"}, {"id": "d", "words": "on Monday", "anchor": "post"},
        {"id": "e", "anchor": "agency"}, {"id": "f", "words": "once"},
    )  # fmt: skip
    (lane,) = line["lanes"]
    assert [(step.record.id, step.above, step.number, step.own_day) for step in lane.steps] == [
        ("a", False, 0, False), ("b", True, 0, False), ("c", False, 1, False), ("d", False, 0, True),
        ("e", False, 0, False), ("f", False, 0, False),
    ]  # fmt: skip
    assert [step.words for step in lane.steps] == ["", "then", "soon", "on Monday", "", "once"]
    assert [step.anchor.text if step.anchor else "" for step in lane.steps] == [
        "",
        "",
        "",
        "",
        "Agency, 2 May 2031",
        "",
    ]


def test_lanes_follow_their_articles(site: Site) -> None:
    """A lane has the events of one article where the article tells them; an event of several articles has its address
    in the first lane only; the words of one article are in no other's lane."""
    for briefing in site.briefing.values():
        context = Context(site, briefing)
        lanes = timeline.timeline(context)["lanes"]
        for lane in lanes:
            places = [step.said.entry.words[0][0] for step in lane.steps if step.said.entry]
            assert places == sorted(places)
            assert all(step.said.article.id == lane.id for step in lane.steps)
        shown = [step.record.id for lane in lanes for step in lane.steps if step.first]
        assert sorted(shown) == sorted({step.record.id for lane in lanes for step in lane.steps})


def test_words_stay_in_the_lane_of_their_article(ferry: Context) -> None:
    """If the quotation of one article has the words that date an event, the lane of another article has them not."""
    mine, other = (next(s for _, s in ferry.briefing.statements if s.source == name) for name in ("post", "agency"))
    words = mine.quote[:12]
    assert words not in other.quote
    event = Event(id="a", what="It happens.", statements=(mine.id, other.id), words=words)
    lanes = timeline.timeline(Context(ferry.site, replace(ferry.briefing, events=(event,))))["lanes"]
    assert {lane.id: lane.steps[0].words for lane in lanes} == {"post": words, "agency": ""}


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_circles_end(ferry: Context, size: int) -> None:
    """Events that are dated by each other in a circle all appear, once, however many they are."""
    ids = [f"e{n}" for n in range(size)]
    line = dated(ferry, *({"id": a, "words": "then", "anchor": b} for a, b in zip(ids, ids[1:] + ids[:1], strict=True)))
    assert [step.record.id for lane in line["lanes"] for step in lane.steps] == ids


def test_a_scale_only_for_what_can_be_compared(ferry: Context) -> None:
    """Figures of one unit share a scale, smallest first; those that are not numbers come last, without a place."""
    first, second = ferry.briefing.figures
    third = first.model_copy(update={"id": "third", "value": "hundreds"})
    open_ = second.model_copy(update={"qualifier": "More than"})
    ferry = Context(ferry.site, replace(ferry.briefing, figures=(third, first, open_)))
    (measure,) = figures.measures(ferry)
    assert [(label, mark is None) for label, _, mark in measure.points] == [
        ("More than 198 people", False), ("212 people", False), ("hundreds people", True),
    ]  # fmt: skip
    mark = measure.points[0][2]
    assert mark is not None
    assert (mark.look, mark.before, mark.after) == ("hatch", False, True)
    assert [(part.look, part.count) for part in figures.count_exactness(ferry)] == [
        ("solid", 1),
        ("hatch", 1),
        ("hollow", 1),
    ]
    ferry = Context(ferry.site, replace(ferry.briefing, figures=(first, second.model_copy(update={"unit": "crew"}))))
    (measure,) = figures.measures(ferry)
    assert measure.scale is None, "different units are never on one scale"
    assert "They count different things: people and crew." in measure.caveats


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A built site with a briefing that is hard to draw: sixty paragraphs, forty figures, dates of every kind, names
    that run from right to left, endless labels, a source of unnamed speakers only."""

    def make(root: Path) -> Project:
        project = copy_checkout(root, example=False)
        shutil.copy(HERE / "weir-speakers.yml", project.root / "briefings/speakers.yml")
        project.add_story("the-weir")
        return project

    return build_once(tmp_path_factory, "weir", make)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["timeline/", "figures/", "sources/", "sources/long/", "sources/unnamed/"])
def test_pictures_fit(weir: BuiltSite, serve_folder: Callable[[Path], str], tab: Open, path: str, width: int) -> None:
    """In light and in dark no letters of a picture overlap, leave it or are small; nothing scrolls sideways; axe
    objects to nothing."""
    opened = tab(serve_folder(weir.folder), width=width, dark=width < 500)
    page = opened.open(f"briefings/the-weir/{path}")
    for _ in in_both_colours(page):
        found = page.evaluate((HERE / "pictures.js").read_text(encoding="utf-8"))
        assert found.pop("pictures") > 1
        assert found == {"over": [], "out": [], "small": [], "shapes": 0, "sideways": 0}
        assert violations(page) == []
    assert (opened.errors, opened.foreign) == ([], [])
