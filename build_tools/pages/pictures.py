"""Numbers and dates to geometry: where a thing lies in a picture. Pure.

Across, everything is a percentage of the picture's width, as SVG takes it ("12.5%"), so that a picture fits any screen
while its letters keep their size. Down, it is pixels. A scale leaves MARGIN at both sides, for ends that are open.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from build_tools.model.values import UNKNOWN
from build_tools.text.folding import fold
from build_tools.text.numbers import NUMBER_WORDS, find_numbers

LARGEST = 1e15  # a larger number would not fit its scale
MARGIN = 4.0  # per cent of the width, on each side of a scale
STEPS = 3  # a scale has at most so many steps: its labels must not touch on a phone
WIDE_LABEL = 8  # of longer labels only the first and last fit a phone
LINE = 40  # words in a line of the map of a text
LINES = 24  # a longer text has longer lines, not more
GUTTER = 10.0  # per cent of a map's width, for the numbers of paragraphs
PITCH = 17  # pixels from line to line of a map
SMALL_SPREAD = 0.1  # figures that differ by less could not be told apart on a scale from zero
FAR = date.max.toordinal() + 1

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_JOIN = re.compile(r" ?- ?| (?:to|and|or) ")
_SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

K = TypeVar("K")


class Tick(NamedTuple):
    """A line of a scale and its label; ``anchor`` is SVG's text-anchor, ``label`` is empty where it would not fit."""

    x: str
    label: str
    anchor: str


class Scale(NamedTuple):
    """A scale from ``low`` to ``high``; ``cut`` says that it does not begin at zero, though its numbers might."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    cut: bool = False

    def at(self, value: float) -> float:
        """Where a value lies, in per cent of the width."""
        return MARGIN + (100 - 2 * MARGIN) * (value - self.low) / (self.high - self.low)


class Span(NamedTuple):
    """The first and last day that a date may mean, None at an open end; ``exact``: it states one day, without doubt."""

    first: int | None
    last: int | None
    exact: bool


class Mark(NamedTuple):
    """A thing on a scale: a point, or a stretch of a width; ``before`` and ``after`` say that an end is open."""

    x: str
    end: str
    width: str
    point: bool
    look: str
    before: bool = False
    after: bool = False


class Stroke(NamedTuple):
    """A piece of a line of a map."""

    x: str
    y: int
    width: str


class Ribbon(NamedTuple):
    """A text as lines of equal numbers of words: the lines, the pieces of each stretch, and the height in pixels."""

    line: int
    tracks: tuple[Stroke, ...]
    pieces: tuple[tuple[Stroke, ...], ...]
    height: int


def per_cent(value: float) -> str:
    """A share of the width as SVG takes it."""
    return f"{round(value, 2):g}%"


def stack(counts: Sequence[int], whole: int) -> tuple[tuple[str, str], ...]:
    """Beginning and width of each part of a stacked bar whose full width stands for ``whole`` (at least their sum)."""
    total = max(whole, 1)
    starts = [sum(counts[:n]) for n in range(len(counts))]
    return tuple((per_cent(100 * a / total), per_cent(100 * n / total)) for a, n in zip(starts, counts, strict=True))


def value(text: str) -> tuple[float, float] | None:
    """The lowest and highest number of a value that is nothing but a number or a range ("2-3", "two to three").

    None for all else, "million", "%" and minus signs included: what cannot be read exactly must not be drawn.
    """
    folded = re.sub(r"^(?:from|between) ", "", fold(text).casefold())
    if (one := _amount(folded)) is not None:
        return one, one
    for join in _JOIN.finditer(folded):
        low, high = _amount(folded[: join.start()]), _amount(folded[join.end() :])
        if low is not None and high is not None and low <= high:
            return low, high
    return None


def _amount(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", ""))
        return number if number <= LARGEST else None
    spelt = find_numbers(text) if set(re.split("[- ]", text)) <= NUMBER_WORDS else set()
    return float(*spelt) if len(spelt) == 1 else None


def number_scale(low: float, high: float) -> Scale:
    """A scale for numbers from ``low`` to ``high``, none below zero: from zero, unless their differences would vanish.

    Raises ValueError where there is nothing to tell apart.
    """
    if not 0 <= low < high:
        raise ValueError(f"no scale from {low} to {high}")
    cut = high - low < SMALL_SPREAD * high
    bottom = low if cut else 0.0
    size = _step((high - bottom) / STEPS)
    first, last = math.floor(bottom / size), math.ceil(high / size)
    if last - first > STEPS:  # rounding the ends outwards has added a step
        size = _step(size * 1.01)
        first, last = math.floor(bottom / size), math.ceil(high / size)
    places = [n * size for n in range(first, last + 1)]
    digits = max(0, -math.floor(math.log10(size)))
    return _scale(places, [f"{place:,.{digits}f}" for place in places], cut=cut and first > 0)


def _step(least: float) -> float:
    """The first of 1, 2, 5, 10 and so on that is not less."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= least * (1 - 1e-9))


def _scale(places: Sequence[float], labels: Sequence[str], *, cut: bool = False) -> Scale:
    made = Scale(places[0], places[-1], ())
    end = len(places) - 1
    shown = [
        label if n in (0, end) or len(max(labels, key=len)) <= WIDE_LABEL else "" for n, label in enumerate(labels)
    ]
    ticks = tuple(
        Tick(per_cent(made.at(place)), shown[n], "start" if n == 0 else "end" if n == end else "middle")
        for n, place in enumerate(places)
    )
    return Scale(made.low, made.high, ticks, cut)


def span(edtf: str) -> Span | None:
    """The days that a date as ``model.Edtf`` knows it may mean; None where no year is stated, or where it ends before
    it begins."""
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
        return (found := date(year, month, day).toordinal()), found
    start = 12 * year + max(month - 1, 0)
    return _begins(start), _begins(start + (1 if month else 12)) - 1


def _begins(month: int) -> int:
    """The first day of a month, the months counted from the year 0 (so that a scale may reach beyond the calendar)."""
    year, number = divmod(month, 12)
    beyond = 31 * (month - 12 * date.max.year - 12)
    return date(max(year, 1), number + 1, 1).toordinal() if beyond < 0 else FAR + beyond


def day_scale(spans: Sequence[Span]) -> Scale | None:
    """A scale on which all dates lie, in steps of days, months or years; None where there is one day only."""
    ends = [day for one in spans for day in (one.first, one.last) if day is not None]
    if not ends or (low := min(ends)) == (high := max(ends)):
        return None
    for size in (1, 2, 5, 7, 10):
        if size * STEPS >= high - low:
            days = [low + n * size for n in range(math.ceil((high - low) / size) + 1)]
            return _scale(days, [_day(day) for day in days])
    first, last = (12 * found.year + found.month - 1 for found in map(date.fromordinal, (low, high)))
    for size in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000):
        months = range(first // size * size, last + size + 1, size)
        if len(months) <= STEPS + 1:
            break
    return _scale([_begins(month) for month in months], [_month(month, size) for month in months])


def _day(day: int) -> str:
    found = date.fromordinal(min(day, FAR - 1))
    return f"{found.day} {_SHORT[found.month - 1]}"


def _month(month: int, size: int) -> str:
    year, number = divmod(month, 12)
    return f"{_SHORT[number]} {year}" if size % 12 else str(year)


def on_days(scale: Scale, found: Span) -> Mark:
    """A date on its scale: solid where it states one day without doubt; to the scale's edge where an end is open."""
    first = scale.low if found.first is None else found.first
    last = scale.high if found.last is None else found.last
    look = "solid" if found.exact else "hatch"
    return mark(scale, first, last, look, before=found.first is None, after=found.last is None)


def mark(scale: Scale, low: float, high: float, look: str, *, before: bool = False, after: bool = False) -> Mark:
    """A thing from ``low`` to ``high`` on a scale."""
    start, stop = scale.at(low), scale.at(high)
    return Mark(per_cent(start), per_cent(stop), per_cent(stop - start), low == high, look, before, after)


def ribbon(words: int, stretches: Sequence[tuple[int, int]]) -> Ribbon:
    """A text of ``words`` words as lines, and on them its stretches (first and last word, from 1)."""
    line = max(LINE, math.ceil(words / LINES / 10) * 10)
    pieces = tuple(tuple(_pieces(first - 1, last, line)) for first, last in stretches)
    tracks = tuple(_pieces(0, words, line))
    return Ribbon(line, tracks, pieces, PITCH * len(tracks))


def _pieces(start: int, stop: int, line: int) -> list[Stroke]:
    """Words from ``start`` to before ``stop`` (from 0), a piece for each line on which they stand."""
    out = []
    share = (100 - GUTTER) / line
    while start < stop:
        row = start // line
        here = min(stop, (row + 1) * line)
        out.append(
            Stroke(per_cent(GUTTER + share * (start - row * line)), PITCH * row, per_cent(share * (here - start)))
        )
        start = here
    return out


def overlaid(stretches: Sequence[tuple[int, int, K]]) -> tuple[tuple[int, int, tuple[K, ...]], ...]:
    """Stretches (first and last word, whose) that may overlap, as stretches that do not, each with all whose it is."""
    edges = sorted({first for first, _, _ in stretches} | {last + 1 for _, last, _ in stretches})
    out = []
    for start, stop in itertools.pairwise(edges):
        if whose := tuple(key for first, last, key in stretches if first <= start and stop - 1 <= last):
            out.append((start, stop - 1, whose))
    return tuple(out)
