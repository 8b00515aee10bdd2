"""What is too long for one page, on several: which things stand on which of them. Pure."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim

#: Elements of what grows on a page: with head, filters and theme it stays under 10,000. What is larger is split into
#: parts of at most a third: so one opens in the time of a bare table of 500 claims by 20 sources (`make bench`).
MOST = 9_000
#: At most so many are of a claim on its topic's page; of each of its statements, relations and replies; of each figure
#: or event of a statement; of a group of a speaker's statements.
CLAIM, STATEMENT, RELATION, REPLY, DETAIL, GROUP = 52, 20, 4, 7, 4, 6


class Run(NamedTuple):
    """Things of one group that stand on one page: the group's number, the first of them, and the one after the last."""

    group: int
    first: int
    end: int


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


class Topic(NamedTuple):
    """The claims of a topic, and which of them stand on each of its pages."""

    claims: tuple[Claim, ...]
    runs: tuple[Run, ...]


def topic(briefing: Briefing, name: str) -> Topic:
    """A topic by its id. What other briefings say of its claims is not counted: it is little."""
    return _topics(_This(briefing)).get(name) or Topic((), (Run(0, 0, 0),))


def homes(briefing: Briefing) -> dict[str, str]:
    """Claim's id to the page on which it stands with its statements, from the briefing's own address."""
    return {
        claim.id: address(f"topics/{name}/", number)
        for name, (claims, runs) in _topics(_This(briefing)).items()
        for number, run in enumerate(runs, 1)
        for claim in claims[run.first : run.end]
    }


class _This:
    """A briefing by its identity, so that what is made of it can be remembered."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing

    def __hash__(self) -> int:
        return id(self.briefing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.briefing is self.briefing


@functools.lru_cache(maxsize=16)  # a change log asks for each of its entries
def _topics(this: _This) -> dict[str, Topic]:
    briefing, topics = this.briefing, dict[str, list[Claim]]()
    for claim in briefing.claims:
        topics.setdefault(claim.topic, []).append(claim)
    told = Counter(name for item in (*briefing.figures, *briefing.events) for name in item.statements)
    incoming = Counter(r.to for claim in briefing.claims for r in claim.relations if r.to != claim.id)

    def elements(claim: Claim) -> int:
        relations = len(claim.relations) + incoming[claim.id]
        statements = sum(STATEMENT + len(s.was) + DETAIL * told[s.id] for s in claim.statements)
        return CLAIM + 2 * len(briefing.sources) + statements + RELATION * relations + REPLY * len(claim.replies)

    return {
        name: Topic(tuple(mine), tuple(run for (run,) in dealt([list(map(elements, mine))])))
        for name, mine in topics.items()
    }


def said(counts: Sequence[int]) -> tuple[tuple[Run, ...], ...]:
    """Groups of so many statements, page by page, on a speaker's own page."""
    return dealt([[STATEMENT + GROUP * (number == 0) for number in range(count)] for count in counts])
