"""The page Figures: every number by what it measures, and who gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from build_tools.model.records import Claim, Event, Figure, Statement
from build_tools.pages import pictures
from build_tools.pages.bar import BarPart, stack_bar
from build_tools.pages.briefing import Page, Said, day
from build_tools.text import match

EXACT = {"solid": "one number", "hatch": "a range, or “nearly” and the like", "hollow": "in words only"}


class Point(NamedTuple):
    """A figure on its scale with those who give it; no mark where its value cannot be read as a number."""

    label: str
    givers: tuple[tuple[str, str], ...]
    mark: pictures.Mark | None


class FigureView(NamedTuple):
    """One figure with those who give it."""

    id: str
    value: str
    as_of: str
    words: str
    note: str
    said: tuple[Said, ...]


class Measure(NamedTuple):
    """All figures for one thing that is measured."""

    title: str
    id: str
    figures: tuple[FigureView, ...]
    range: str
    points: tuple[Point, ...]
    scale: pictures.Scale | None


def figures(page: Page) -> tuple[Measure, ...]:
    """The figures of a briefing by what they measure: range, who gives which, a scale where there is a difference."""
    groups: dict[str, list[Figure]] = {}
    for figure in page.briefing.figures:
        groups.setdefault(figure.measures, []).append(figure)
    return tuple(_measure(page, title, found) for title, found in groups.items())


def exactness(page: Page) -> tuple[BarPart, ...]:
    """How exact the figures of a briefing are, as the parts of a bar."""
    tally = Counter(_exact(figure) for figure in page.briefing.figures)
    return stack_bar((label, look, tally[look]) for look, label in EXACT.items())


def _exact(figure: Figure) -> str:
    """How a picture draws a figure, by how exact it is."""
    found = match.numbers(figure.value)
    return "hollow" if not found else "hatch" if figure.qualifier or len(found) > 1 else "solid"


def _measure(page: Page, title: str, found: Sequence[Figure]) -> Measure:
    views = tuple(_figure(page, figure) for figure in found)
    spans = [pictures.value(figure.value) for figure in found]
    known = [span for span in spans if span]
    units = {figure.unit for figure in found}
    scale, points, shown = None, [], ""
    if len(units) == 1 and len(set(known)) > 1:
        low, high = min(a for a, _ in known), max(b for _, b in known)
        scale = pictures.number_scale(low, high)
        shown = f"from {_number(low)} to {_number(high)} {next(iter(units)) or ''}".strip()
        # the smallest first; what cannot be drawn comes last
        order = sorted(range(len(found)), key=lambda n: (spans[n] is None, spans[n] or (0, 0)))
        points = [Point(views[n].value, _givers(views[n]), _drawn(page, scale, found[n], spans[n])) for n in order]
    return Measure(title, f"m-{found[0].id}", views, shown, tuple(points), scale)


def _drawn(page: Page, scale: pictures.Scale, figure: Figure, span: tuple[float, float] | None) -> pictures.Mark | None:
    """A figure on its scale: open upwards for "more than" and its like, downwards for "less than"."""
    if span is None:
        return None
    said = (figure.qualifier or "").casefold()
    before, after = (any(said == word for word in page.words.get("limits", end).called) for end in ("less", "more"))
    return pictures.mark(scale, *span, _exact(figure), before=before, after=after)


def _givers(view: FigureView) -> tuple[tuple[str, str], ...]:
    """Who gives a figure: each holder, and the source that carries it where it is another."""
    return tuple(dict.fromkeys((said.holder, "" if said.own_voice else said.source.text) for said in view.said))


def _figure(page: Page, figure: Figure) -> FigureView:
    return FigureView(
        id=figure.id,
        value=_value(figure),
        as_of=day(figure.as_of) if figure.as_of else "",
        words=figure.words or "",
        note=figure.note or "",
        said=tuple(page.said(claim, statement) for claim, statement in bound_statements(page, figure)),
    )


def _value(figure: Figure) -> str:
    qualifier = figure.qualifier if figure.qualifier != "range" else ""
    return " ".join(filter(None, [qualifier, figure.value, figure.unit]))


def _number(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def bound_statements(page: Page, item: Figure | Event) -> list[tuple[Claim, Statement]]:
    """The statements that a figure or event is bound to, with their claims."""
    return [(c, s) for c, s in page.briefing.statements if s.id in item.statements and s.source in page.briefing.source]
