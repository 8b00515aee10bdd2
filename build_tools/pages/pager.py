"""The parts of what is too long for one page, as seen from one of them: which it is, all of them, its neighbours. Pure.

On which part what stands, see ``split.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model.paging import address
from build_tools.pages.briefing import Link


class Sheet(NamedTuple):
    """One part: its number, where it is, and what stands on it, each with its place there."""

    number: int
    href: Markup
    current: bool
    holds: tuple[Link, ...]


class Turn(NamedTuple):
    """All parts as seen from one of them, with its neighbours; ``about`` says in words what stands on it."""

    number: int
    about: str
    sheets: tuple[Sheet, ...]
    before: Link | None
    after: Link | None


def turn(
    to: Callable[[str, str], Markup], base: str, number: int, held: Sequence[tuple[str, Sequence[tuple[str, str]]]]
) -> Turn | None:
    """The parts as seen from one of them; None where there is but one.

    In: what makes an address of a page and an anchor; where the first part is; the number of this one; of each part
    what stands on it in words, and the title and the anchor of each thing.
    """
    if len(held) < 2:
        return None
    places = [address(base, n) for n in range(1, len(held) + 1)]
    near = {
        n: Link(f"Part {n}: {held[n - 1][0]}", to(places[n - 1], ""))
        for n in (number - 1, number + 1)
        if 0 < n <= len(held)
    }
    return Turn(
        number=number,
        about=held[number - 1][0],
        sheets=tuple(
            Sheet(n, to(at, ""), n == number, tuple(Link(title, to(at, anchor)) for title, anchor in holds))
            for n, (at, (_, holds)) in enumerate(zip(places, held, strict=True), 1)
        ),
        before=near.get(number - 1),
        after=near.get(number + 1),
    )
