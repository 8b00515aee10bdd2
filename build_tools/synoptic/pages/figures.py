"""The page Figures: every number by what it measures, who gives it, why two of them may not be compared, and a scale if
they differ and may be. Pure."""

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from synoptic.model.records import Figure
from synoptic.pages import pictures
from synoptic.pages.context import Context
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import Sheet, lay_out, make_section
from synoptic.pages.statement import StatementView, bound_statements, format_figure, name_holder
from synoptic.text.language import format_date, format_decimals, gettext, gettext_noop, join_words
from synoptic.text.numbers import find_numbers

#: How exact a figure is, by how it is drawn.
EXACTNESS = {
    "solid": gettext_noop("exact"),
    "hatch": gettext_noop("a range or an approximation"),
    "hollow": gettext_noop("in words only"),
}

#: A figure on its scale: its label, holders and sources (empty if one and the same), its mark if it can be drawn.
Point = tuple[str, list[tuple[str, str]], pictures.Mark | None]


#: A figure, in words, and the statements that give it.
FigureView = tuple[Figure, str, tuple[StatementView, ...]]


class Measure(NamedTuple):
    """All figures for one thing that is measured; ``range`` is for example ``from 198 to 212 people``. ``caveats`` say
    why the numbers may not be compared as they stand. ``order`` has the number of the figure of each point."""

    title: str
    id: str
    figures: list[FigureView]
    caveats: tuple[str, ...] = ()
    range: str = ""
    points: Sequence[Point] = ()
    order: Sequence[int] = ()
    scale: pictures.Scale | None = None


def pages(context: Context) -> Iterator[Page]:
    """The page Figures, if there are any."""
    if not context.briefing.figures:
        return
    found = measures(context)
    sheets = lay_out([make_section(m.title, m.id, m.figures, functools.partial(_count_elements, m)) for m in found])
    same = {
        "title": gettext("Figures"),
        "bar_title": gettext("How exact the figures are"),
        "exactness": count_exactness(context),
        "csv": context.address("figures.csv"),
    }
    views = ({**same, "measures": list(_cut(found, sheet))} for sheet in sheets)
    contents = [sheet.contents for sheet in sheets]
    yield from split_pages(context, "figures/", "figures", "figures", gettext("Figures"), contents, views)


def _count_elements(measure: Measure, view: FigureView) -> int:
    """HTML elements of a figure on the page, at most; the first of a measure counts with what surrounds them."""
    ticks = len(measure.scale.ticks) if measure.scale else 0
    around = (12 + 2 * (3 + 2 * ticks)) * (view is measure.figures[0])
    point = (10 + ticks + 2 * len(view[2])) * bool(measure.scale)
    return around + 8 + 9 * len(view[2]) + point


def _cut(found: Sequence[Measure], sheet: Sheet) -> Iterator[Measure]:
    """The measures of a part, each with its figures there."""
    for group, first, end in sheet.runs:
        measure = found[group]
        points = [point for n, point in zip(measure.order, measure.points, strict=True) if first <= n < end]
        yield measure._replace(figures=measure.figures[first:end], points=points)


def measures(context: Context) -> list[Measure]:
    """The figures of a briefing by what they measure."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in context.briefing.figures:
        by_measure.setdefault(figure.measures, []).append(figure)
    return [_measure(context, title, figures) for title, figures in by_measure.items()]


def count_exactness(context: Context) -> tuple[pictures.BarPart, ...]:
    """How exact the figures of a briefing are, as the parts of a bar."""
    tally = Counter(_find_look(figure) for figure in context.briefing.figures)
    return pictures.bar_parts((gettext(label), look, tally[look]) for look, label in EXACTNESS.items())


def _find_look(figure: Figure) -> str:
    """How a picture draws a figure, by how exact it is."""
    numbers = find_numbers(figure.value)
    return "hollow" if not numbers else "hatch" if figure.qualifier or len(numbers) > 1 else "solid"


def _measure(context: Context, title: str, figures: Sequence[Figure]) -> Measure:
    views = [(figure, format_figure(figure), bound_statements(context, figure)) for figure in figures]
    measure = Measure(title, f"m-{figures[0].id}", views, tuple(_find_caveats(views)))
    spans = [pictures.parse_value(figure.value) for figure in figures]
    known = [span for span in spans if span]
    if len({figure.unit for figure in figures}) > 1 or len(set(known)) < 2:
        return measure
    low, high = min(a for a, _ in known), max(b for _, b in known)
    scale = pictures.number_scale(low, high)
    # the smallest first; what cannot be drawn comes last
    order = sorted(range(len(views)), key=lambda n: (spans[n] is None, spans[n] or (0, 0)))
    pairs = [(views[n], spans[n]) for n in order]
    points = [
        (value, _list_givers(statements), _draw(context, scale, figure, span) if span else None)
        for (figure, value, statements), span in pairs
    ]
    span = {"low": _format(low), "high": _format(high)}
    if unit := figures[0].unit:
        shown = gettext("from %(low)s to %(high)s %(unit)s", unit=unit, **span)
    else:
        shown = gettext("from %(low)s to %(high)s", **span)
    return measure._replace(range=shown, points=points, order=order, scale=scale)


def _find_caveats(views: Sequence[FigureView]) -> Iterator[str]:
    """Why the numbers of one measure may not be compared: unit, date, exactness, base; and whose they are."""
    if len(views) < 2:
        return
    figures = [figure for figure, _, _ in views]
    if len(units := dict.fromkeys(figure.unit or gettext("no unit") for figure in figures)) > 1:
        yield gettext("They count different things: %(units)s.", units=join_words(list(units)))
    if len(days := dict.fromkeys(figure.as_of or "" for figure in figures)) > 1:
        dates = [format_date(day) if day else gettext("a day that is not stated") for day in days]
        yield gettext("They are of different dates: %(dates)s.", dates=join_words(dates))
    if len({_find_look(figure) for figure in figures}) > 1:
        yield gettext("They are not equally exact.")
    if any(figure.note for figure in figures):
        yield gettext("They may have different bases: see the note under each.")
    givers = [{name_holder(statement) for statement in statements} for _, _, statements in views]
    if len(set(map(frozenset, givers))) > 1 and not set.intersection(*givers):
        yield gettext("They are not given by the same person or article.")


def _draw(context: Context, scale: pictures.Scale, figure: Figure, span: tuple[float, float]) -> pictures.Mark:
    """A figure on its scale: open upwards for "more than" and its like, downwards for "less than"."""
    qualifier = (figure.qualifier or "").casefold()
    before, after = (qualifier in context.vocabulary.get("limits", end).called for end in ("less", "more"))
    return pictures.make_mark(scale, *span, _find_look(figure), before=before, after=after)


def _list_givers(statements: Sequence[StatementView]) -> list[tuple[str, str]]:
    """Who gives a figure: each holder, and the source that carries it if that is somebody else."""
    return list(dict.fromkeys((s.holder, "" if s.own_voice else s.source.text) for s in statements))


def _format(value: float) -> str:
    return format_decimals(value, len(f"{value:.10f}".rstrip("0").partition(".")[2]))
