"""What is too long for one page, on several, each of them a part with links to all the others. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from build_tools.views import Link, Page

#: Elements of what grows on a page: with head, filters and theme it stays under 10,000. What is larger is split into
#: parts of at most a third: so one opens in the time of a bare table of 500 claims by 20 sources (`make bench`).
MOST = 9_000


class Run(NamedTuple):
    """Things of one group that stand on one page: the group's number, the first of them, and the one after the last."""

    group: int
    first: int
    end: int


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


def dealt(groups: Sequence[Sequence[int]], head: int = 0) -> tuple[tuple[Run, ...], ...]:
    """Groups of things on as few pages as hold them in their order: each whole, but for one that no page holds.

    In: of each group the elements of each thing, its own heading with the first; elements that every page has.
    """
    pages: list[list[Run]] = [[]]
    most = MOST - head if head + sum(map(sum, groups)) <= MOST else MOST // 3 - head
    room = most
    for number, sizes in enumerate(groups):
        if sum(sizes) > room and room < most:
            pages.append([])
            room = most
        first = taken = 0
        for size in sizes:
            if size > room and room < most:
                if taken > first:
                    pages[-1].append(Run(number, first, taken))
                pages.append([])
                first, room = taken, most
            taken, room = taken + 1, room - size
        pages[-1].append(Run(number, first, taken))
    return tuple(map(tuple, pages))


def address(base: str, number: int) -> str:
    """Where a part is: the first where the whole would be."""
    return base if number == 1 else f"{base}{number}/"


def titled(title: str, run: Run, size: int) -> str:
    """A group's title, and how much of the group stands on a page where that is not all."""
    if run.end - run.first == size:
        return title
    return f"{title} ({run.first + 1} to {run.end} of {size})"


def turn(page: Page, base: str, number: int, held: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Turn | None:
    """The parts as seen from one of them; None where there is but one.

    In: where the first is; the number of this one; of each part what stands on it in words, and the title and the
    anchor of each thing.
    """
    if len(held) < 2:
        return None
    places = [address(base, n) for n in range(1, len(held) + 1)]
    near = {
        n: Link(f"Part {n}: {held[n - 1][0]}", page.to(places[n - 1]))
        for n in (number - 1, number + 1)
        if 0 < n <= len(held)
    }
    return Turn(
        number=number,
        about=held[number - 1][0],
        sheets=tuple(
            Sheet(n, page.to(at), n == number, tuple(Link(title, page.to(at, anchor)) for title, anchor in holds))
            for n, (at, (_, holds)) in enumerate(zip(places, held, strict=True), 1)
        ),
        before=near.get(number - 1),
        after=near.get(number + 1),
    )
