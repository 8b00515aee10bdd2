"""Geometry of the pictures: bars, marks on scales, and maps of texts. Pure.

Horizontally everything is a percentage of the picture's width, as SVG takes it ("12.5%"), so that a picture fits any
screen while its letters keep their size. Vertically it is pixels.
"""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from synoptic.model.values import UNKNOWN
from synoptic.text.folding import fold
from synoptic.text.language import format_decimals, shorten_day, shorten_month
from synoptic.text.numbers import NUMBER_WORDS, find_numbers

LARGEST = 1e15  # a larger number would not fit its scale
MARGIN = 4.0  # per cent of the width, on each side of a scale, for ends that are open
STEPS = 3  # of a scale, at most: its labels must not touch on a phone
WIDE_LABEL = 8  # characters; of longer labels only the first and last fit a phone
LINE = 40  # words in a line of the map of a text
LINES = 24  # of a map, at most: a longer text has longer lines
GUTTER = 10.0  # per cent of a map's width, for the numbers of paragraphs
PITCH = 17  # pixels from line to line of a map
SMALL_SPREAD = 0.1  # figures that differ by less would look the same on a scale from zero
FAR = date.max.toordinal() + 1  # the first day beyond the calendar

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_JOIN = re.compile(r" ?- ?| (?:to|and|or) ")

K = TypeVar("K")


class Tick(NamedTuple):
    """A line of a scale and its label, empty if it would not fit; ``anchor`` is SVG's text-anchor."""

    x: str
    label: str
    anchor: str


class Scale(NamedTuple):
    """A scale from ``low`` to ``high``; ``cut`` if it is of numbers and does not begin at zero."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    cut: bool = False

    def at(self, value: float) -> float:
        """The place of a value, in per cent of the width."""
        return MARGIN + (100 - 2 * MARGIN) * (value - self.low) / (self.high - self.low)


class Span(NamedTuple):
    """The first and last day that a date may mean (ordinals), None at an open end; ``exact`` if it states one day."""

    first: int | None
    last: int | None
    exact: bool


class Mark(NamedTuple):
    """A thing on a scale: a point or a stretch; ``before`` and ``after`` are True if that end is open."""

    x: str
    end: str
    width: str
    point: bool
    look: str
    before: bool = False
    after: bool = False


class Stroke(NamedTuple):
    """Part of a line of a map; ``y`` is in pixels."""

    x: str
    y: int
    width: str


class Ribbon(NamedTuple):
    """A text as ``tracks``, lines of ``line`` words each; the pieces of each stretch; where each paragraph begins, if
    their lengths are known; the height in pixels."""

    line: int
    tracks: tuple[Stroke, ...]
    pieces: tuple[tuple[Stroke, ...], ...]
    starts: tuple[tuple[str, int], ...]
    height: int


@dataclass(frozen=True)
class BarPart:
    """A part of a stacked bar: its label and count, how it is drawn, where it begins and how wide it is."""

    label: str
    count: int
    look: str
    x: str
    width: str


def bar_parts(counts: Iterable[tuple[str, str, int]], whole: int = 0) -> tuple[BarPart, ...]:
    """The parts of a stacked bar from ``(label, look, count)``; empty ones are left out.

    The full width stands for ``whole``, or for the sum of the counts if that is more.
    """
    counts = [(label, look, count) for label, look, count in counts if count]
    total = max(whole, sum(count for _, _, count in counts), 1)
    starts = itertools.accumulate((count for _, _, count in counts), initial=0)
    return tuple(
        BarPart(label, count, look, _percent(100 * start / total), _percent(100 * count / total))
        for (label, look, count), start in zip(counts, starts, strict=False)
    )


def _percent(share: float) -> str:
    """A share of the width as SVG takes it."""
    return f"{round(share, 2):g}%"


def parse_value(text: str) -> tuple[float, float] | None:
    """The lowest and highest number of a value that is nothing but a number or a range ("2-3", "two to three").

    None for all else, "million", "%" and minus signs included: what cannot be read exactly must not be drawn.
    """
    folded = re.sub(r"^(?:from|between) ", "", fold(text).casefold())
    number = _parse_number(folded)
    if number is not None:
        return number, number
    for join in _JOIN.finditer(folded):
        low, high = _parse_number(folded[: join.start()]), _parse_number(folded[join.end() :])
        if low is not None and high is not None and low <= high:
            return low, high
    return None


def _parse_number(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", ""))
        return number if number <= LARGEST else None
    spelt = find_numbers(text) if set(re.split("[- ]", text)) <= NUMBER_WORDS else set()
    return float(*spelt) if len(spelt) == 1 else None


def number_scale(low: float, high: float) -> Scale:
    """A scale for numbers from ``low`` to ``high``, none below zero: from zero, unless their differences would vanish.
    Whole numbers have no lines between them.

    Raises ValueError if there is nothing to tell apart.
    """
    if not 0 <= low < high:
        raise ValueError(f"not a scale: {low} to {high}")
    cut = high - low < SMALL_SPREAD * high
    bottom = low if cut else 0.0
    exponents = itertools.count(math.floor(math.log10((high - bottom) / STEPS)))
    # the first of 1, 2, 5, 10, 20 and so on by which the scale has few enough steps
    for size in (n * 10.0**exponent for exponent in exponents for n in (1, 2, 5)):
        first, last = math.floor(bottom / size), math.ceil(high / size)
        if last - first <= STEPS and (size >= 1 or not (float(low).is_integer() and float(high).is_integer())):
            break
    places = [n * size for n in range(first, last + 1)]
    digits = max(0, -math.floor(math.log10(size)))
    return _scale(places, [format_decimals(place, digits) for place in places], cut=cut and first > 0)


def _scale(places: Sequence[float], labels: Sequence[str], *, cut: bool = False) -> Scale:
    """A scale with a line at each place; if labels are wide, only the first and the last are shown."""
    scale, end = Scale(places[0], places[-1], (), cut), len(places) - 1
    wide = max(map(len, labels)) > WIDE_LABEL
    ticks = tuple(
        Tick(
            _percent(scale.at(place)),
            "" if wide and 0 < n < end else label,
            "start" if n == 0 else "end" if n == end else "middle",
        )
        for n, (place, label) in enumerate(zip(places, labels, strict=True))
    )
    return scale._replace(ticks=ticks)


def date_span(edtf: str) -> Span | None:
    """The days that a date (EDTF, as in the model) may mean; None without a year, or if it ends before it begins."""
    if edtf in (UNKNOWN, "../..") or "XXXX" in edtf:
        return None
    first, last = (edtf.split("/", 1) * 2)[:2]
    start = None if first == ".." else _days(first)[0]
    end = None if last == ".." else _days(last)[1]
    if start is not None and end is not None and end < start:
        return None
    return Span(start, end, edtf.count("-") == 2 and "/" not in edtf and edtf[-1] not in "?~%")


def _days(edtf: str) -> tuple[int, int]:
    """The first and last day of a day, month or year."""
    year, month, day = (int(part) for part in (*edtf.rstrip("?~%").split("-"), "0", "0")[:3])
    if day:
        ordinal = date(year, month, day).toordinal()
        return ordinal, ordinal
    start = 12 * year + max(month - 1, 0)
    return _month_start(start), _month_start(start + (1 if month else 12)) - 1


def _month_start(month: int) -> int:
    """The first day of a month, counted from January of the year 0, so that a scale may reach beyond the calendar."""
    year, number = divmod(month, 12)
    beyond = 31 * (month - 12 * date.max.year - 12)
    return date(max(year, 1), number + 1, 1).toordinal() if beyond < 0 else FAR + beyond


def day_scale(spans: Sequence[Span]) -> Scale | None:
    """A scale for all dates, in steps of days, months or years; None if there is only one day."""
    ends = [day for span in spans for day in (span.first, span.last) if day is not None]
    if not ends or min(ends) == max(ends):
        return None
    low, high = min(ends), max(ends)
    for size in (1, 2, 5, 7, 10):
        if size * STEPS >= high - low:
            days = [low + n * size for n in range(math.ceil((high - low) / size) + 1)]
            dates = [date.fromordinal(min(day, FAR - 1)) for day in days]
            return _scale(days, [shorten_day(day) for day in dates])
    first, last = (12 * day.year + day.month - 1 for day in map(date.fromordinal, (low, high)))
    for size in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000):
        months = range(first // size * size, last + size + 1, size)
        if len(months) <= STEPS + 1:
            break
    labels = [shorten_month(month // 12, month % 12 + 1) if size % 12 else str(month // 12) for month in months]
    return _scale([_month_start(month) for month in months], labels)


def mark_date(scale: Scale, span: Span) -> Mark:
    """A date on its scale: solid if it states one day without doubt; to the scale's edge if an end is open."""
    first = scale.low if span.first is None else span.first
    last = scale.high if span.last is None else span.last
    look = "solid" if span.exact else "hatch"
    return make_mark(scale, first, last, look, before=span.first is None, after=span.last is None)


def make_mark(scale: Scale, low: float, high: float, look: str, *, before: bool = False, after: bool = False) -> Mark:
    """A thing from ``low`` to ``high`` on a scale."""
    start, stop = scale.at(low), scale.at(high)
    return Mark(_percent(start), _percent(stop), _percent(stop - start), low == high, look, before, after)


def make_ribbon(words: int, stretches: Sequence[tuple[int, int]], lengths: Sequence[int] = ()) -> Ribbon:
    """A text of ``words`` words as lines, and on them its stretches (first and last word, from 1). ``lengths`` has the
    words of each paragraph, if they are known."""
    line = max(LINE, math.ceil(words / LINES / 10) * 10)
    pieces = tuple(tuple(_strokes(first - 1, last, line)) for first, last in stretches)
    tracks = tuple(_strokes(0, words, line))
    begins = itertools.accumulate(lengths, initial=0) if lengths else ()
    places = (divmod(at, line) for at in begins if at < words)
    starts = tuple((_percent(GUTTER + (100 - GUTTER) / line * word), PITCH * row) for row, word in places)
    return Ribbon(line, tracks, pieces, starts, PITCH * len(tracks))


def _strokes(start: int, stop: int, line: int) -> Iterator[Stroke]:
    """The words from ``start`` to before ``stop`` (from 0), a stroke for each line that they touch."""
    share = (100 - GUTTER) / line
    while start < stop:
        row = start // line
        end = min(stop, (row + 1) * line)
        yield Stroke(_percent(GUTTER + share * (start - row * line)), PITCH * row, _percent(share * (end - start)))
        start = end


def draw_runs(words: int, runs: Iterable[tuple[int, int]]) -> tuple[Stroke, ...]:
    """Runs of words (first and last, from 1) on a line that stands for a text of ``words`` words."""
    return tuple(
        Stroke(_percent(100 * (first - 1) / words), 0, _percent(100 * (last - first + 1) / words))
        for first, last in runs
    )


def split_overlaps(stretches: Sequence[tuple[int, int, K]]) -> tuple[tuple[int, int, tuple[K, ...]], ...]:
    """Stretches (first and last word, key) that may overlap, as stretches that do not, each with all its keys."""
    edges = sorted({first for first, _, _ in stretches} | {last + 1 for _, last, _ in stretches})
    parts = []
    for start, stop in itertools.pairwise(edges):
        if keys := tuple(key for first, last, key in stretches if first <= start and stop - 1 <= last):
            parts.append((start, stop - 1, keys))
    return tuple(parts)
