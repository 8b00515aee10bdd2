"""Krippendorff's alpha for names, and its interval. Pure; the same numbers on every machine.

PAPER, part C: Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); nominal data, any number of
observers, missing data.
"""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from struct import iter_unpack
from typing import NamedTuple

PAPER = "https://www.asc.upenn.edu/sites/default/files/2021-03/Computing%20Krippendorff%27s%20Alpha-Reliability.pdf"
#: How many samples are drawn again for an interval, from which seed, and which part of them it holds.
RESAMPLES, SEED, COVERED = 1_000, b"2011", 0.95
#: The share of samples drawn again that may be without variation before there is no interval.
_MOST_UNDEFINED = 0.05


class Agreement(NamedTuple):
    """How far readers agree. ``units`` is how many units two or more readers answered, ``alike`` how many of them all
    in the same way. ``alpha`` is at most 1; it is None if it is not defined, as all answers are the same. ``low``
    and ``high`` are the ends of its interval, None if there is none."""

    units: int
    alike: int
    alpha: float | None
    low: float | None
    high: float | None


#: A unit of two or more answers: how often it has each value, by number.
_Unit = tuple[tuple[int, int], ...]


def measure_agreement(units: Sequence[Sequence[Hashable]]) -> Agreement:
    """The agreement on some units, each with the answers to it; a unit with fewer than two answers does not count."""
    counted = _count(units)
    low, high = _draw_interval(counted)
    return Agreement(len(counted), sum(len(unit) == 1 for unit in counted), _compute_alpha(counted), low, high)


def compute_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Alpha alone, of units as for ``measure_agreement``."""
    return _compute_alpha(_count(units))


def _count(units: Sequence[Sequence[Hashable]]) -> tuple[_Unit, ...]:
    numbers: dict[Hashable, int] = {}
    return tuple(
        tuple(sorted(Counter(numbers.setdefault(value, len(numbers)) for value in unit).items()))
        for unit in units
        if len(unit) > 1
    )


def _compute_alpha(units: Sequence[_Unit]) -> float | None:
    """1 - (n - 1)(n - the coincidences of equal values) / (n squared - the squares of how often each value occurs)."""
    totals: Counter[int] = Counter()
    equal = 0.0
    for unit in units:
        size = sum(count for _, count in unit)
        for value, count in unit:
            totals[value] += count
            equal += count * (count - 1) / (size - 1)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    return 1 - (n - 1) * (n - equal) / expected if expected else None


@lru_cache(maxsize=64)
def _draw_interval(units: tuple[_Unit, ...]) -> tuple[float | None, float | None]:
    """The 2.5th and the 97.5th percentile of alpha in samples of as many units, drawn with replacement."""
    size = len(units)
    drawn = _draw(size) if size > 1 else ()
    found = sorted(alpha for sample in drawn if (alpha := _compute_alpha([units[one] for one in sample])) is not None)
    if len(found) < RESAMPLES * (1 - _MOST_UNDEFINED):
        return None, None
    left_out = int(len(found) * (1 - COVERED) / 2)
    return found[left_out], found[-1 - left_out]


def _draw(size: int) -> Iterator[Sequence[int]]:
    """Samples of ``size`` numbers below it. Chance comes from a hash of SEED, so it is the same everywhere; its bias is
    below ``size`` in 2 to the 32nd."""
    numbers = iter_unpack(">I", hashlib.shake_128(SEED).digest(4 * size * RESAMPLES))
    for _ in range(RESAMPLES):
        yield [number * size >> 32 for (number,) in islice(numbers, size)]
