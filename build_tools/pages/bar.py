"""Stacked bars: how many things are of which kind. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_tools.pages import pictures


@dataclass(frozen=True)
class BarPart:
    """A part of a stacked bar: its label and count, how it is drawn, where it begins and how wide it is (SVG)."""

    label: str
    count: int
    look: str
    x: str
    width: str


def bar_parts(counts: Iterable[tuple[str, str, int]], whole: int = 0) -> tuple[BarPart, ...]:
    """The parts of a bar from ``(label, look, count)``; empty ones are left out.

    The full width stands for ``whole``, or for the sum of the counts if that is more.
    """
    parts = [(label, look, count) for label, look, count in counts if count]
    numbers = [count for _, _, count in parts]
    places = pictures.stack(numbers, max(whole, sum(numbers)))
    return tuple(BarPart(label, count, look, *at) for (label, look, count), at in zip(parts, places, strict=True))
