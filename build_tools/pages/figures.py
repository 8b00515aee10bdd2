"""The page Figures: every number by what it measures, who gives it, and a scale if the numbers differ. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_tools.model.records import Figure
from build_tools.pages import pictures
from build_tools.pages.context import Context
from build_tools.pages.page import Page, briefing_page
from build_tools.pages.pictures import BarPart, bar_parts
from build_tools.pages.statement import bound_statements, format_figure, statement_view
from build_tools.pages.views import StatementView
from build_tools.text.english import format_date
from build_tools.text.numbers import find_numbers

#: How exact a figure is, by how it is drawn.
EXACTNESS = {"solid": "exact", "hatch": "a range or an approximation", "hollow": "in words only"}


class Point(NamedTuple):
    """A figure on its scale; ``givers`` are holder and source (empty if one and the same)."""

    label: str
    givers: tuple[tuple[str, str], ...]
    mark: pictures.Mark | None


class FigureView(NamedTuple):
    """One figure with the statements that give it."""

    id: str
    value: str
    as_of: str
    words: str
    note: str
    statements: tuple[StatementView, ...]


class Measure(NamedTuple):
    """All figures for one thing that is measured; ``range`` is for example ``from 198 to 212 people``."""

    title: str
    id: str
    figures: tuple[FigureView, ...]
    range: str
    points: tuple[Point, ...]
    scale: pictures.Scale | None


def pages(context: Context) -> Iterator[Page]:
    """The page Figures, if there are any."""
    if context.briefing.figures:
        yield briefing_page(
            context, "figures/", "figures", "Figures", "Figures",
            measures=measures(context),
            exactness=count_exactness(context),
            csv=context.address("figures.csv"),
        )  # fmt: skip


def measures(context: Context) -> list[Measure]:
    """The figures of a briefing by what they measure."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in context.briefing.figures:
        by_measure.setdefault(figure.measures, []).append(figure)
    return [_measure(context, title, figures) for title, figures in by_measure.items()]


def count_exactness(context: Context) -> tuple[BarPart, ...]:
    """How exact the figures of a briefing are, as the parts of a bar."""
    tally = Counter(_find_look(figure) for figure in context.briefing.figures)
    return bar_parts((label, look, tally[look]) for look, label in EXACTNESS.items())


def _find_look(figure: Figure) -> str:
    """How a picture draws a figure, by how exact it is."""
    numbers = find_numbers(figure.value)
    return "hollow" if not numbers else "hatch" if figure.qualifier or len(numbers) > 1 else "solid"


def _measure(context: Context, title: str, figures: Sequence[Figure]) -> Measure:
    views = tuple(_figure_view(context, figure) for figure in figures)
    spans = [pictures.parse_value(figure.value) for figure in figures]
    known = [span for span in spans if span]
    units = {figure.unit for figure in figures}
    if len(units) > 1 or len(set(known)) < 2:
        return Measure(title, f"m-{figures[0].id}", views, "", (), None)
    low, high = min(a for a, _ in known), max(b for _, b in known)
    scale = pictures.number_scale(low, high)
    # the smallest first; what cannot be drawn comes last
    order = sorted(range(len(figures)), key=lambda n: (spans[n] is None, spans[n] or (0, 0)))
    points = [Point(views[n].value, _list_givers(views[n]), _draw(context, scale, figures[n], spans[n])) for n in order]
    shown = f"from {_format(low)} to {_format(high)} {units.pop() or ''}".strip()
    return Measure(title, f"m-{figures[0].id}", views, shown, tuple(points), scale)


def _draw(
    context: Context, scale: pictures.Scale, figure: Figure, span: tuple[float, float] | None
) -> pictures.Mark | None:
    """A figure on its scale: open upwards for "more than" and its like, downwards for "less than"."""
    if span is None:
        return None
    qualifier = (figure.qualifier or "").casefold()
    before, after = (qualifier in context.vocabulary.get("limits", end).called for end in ("less", "more"))
    return pictures.make_mark(scale, *span, _find_look(figure), before=before, after=after)


def _list_givers(figure: FigureView) -> tuple[tuple[str, str], ...]:
    """Who gives a figure: each holder, and the source that carries it if that is somebody else."""
    pairs = ((view.holder, "" if view.own_voice else view.source.text) for view in figure.statements)
    return tuple(dict.fromkeys(pairs))


def _figure_view(context: Context, figure: Figure) -> FigureView:
    return FigureView(
        id=figure.id,
        value=format_figure(figure),
        as_of=format_date(figure.as_of) if figure.as_of else "",
        words=figure.words or "",
        note=figure.note or "",
        statements=tuple(statement_view(context, claim, s) for claim, s in bound_statements(context, figure)),
    )


def _format(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")
