"""Stacked bars, which several pages draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.pages import pictures


@dataclass(frozen=True)
class BarPart:
    """A part of a stacked bar: its label and number, how it is drawn, where it begins and how wide it is."""

    label: str
    count: int
    look: str
    x: str
    width: str
    href: Markup | None = None


def stack_bar(counted: Iterable[tuple[str, str, int]], whole: int = 0) -> tuple[BarPart, ...]:
    """The parts of a stacked bar from label, look and number; those without any are left out."""
    found = [(label, look, count) for label, look, count in counted if count]
    counts = [count for _, _, count in found]
    places = pictures.stack(counts, max(whole, sum(counts)))
    return tuple(BarPart(label, count, look, *at) for (label, look, count), at in zip(found, places, strict=True))
