"""The disagreements of a briefing, on as many pages as they take. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.model import paging
from build_tools.pages.briefing import ClaimView, Page, Pair, Said, once
from build_tools.pages.pager import Turn, turn

BASE = "disagreements/"
#: The sections: title and anchor.
SECTIONS = (
    ("What one asserts and another denies", "contested"),
    ("Pairs that clash", "pairs"),
    ("Differences of scope or time only", "scope"),
)
PAIR = 11  # elements


@dataclass(frozen=True)
class Disagreements:
    """One page of them. ``claims`` is None where the contested claims all stand on earlier pages."""

    contested: str
    claims: tuple[ClaimView, ...] | None
    sections: tuple[tuple[str, str, tuple[Pair, ...]], ...]
    turn: Turn | None


def parts(page: Page) -> Iterator[Disagreements]:
    """The pages on which they stand."""
    for number in range(1, len(_dealt(page)) + 1):
        yield _part(page, number)


@once
def _dealt(page: Page) -> tuple[tuple[paging.Run, ...], ...]:
    found = page.conflicts()
    sizes = [[_elements(view) for view in found.claims], [PAIR] * len(found.real), [PAIR] * len(found.scope)]
    return paging.dealt(sizes)


def _elements(claim: ClaimView) -> int:
    return 7 + sum(3 + sum(map(_words, group.said)) for group in claim.groups)


def _words(one: Said) -> int:
    return 12 + bool(one.voice) + bool(one.hedges) + bool(one.note) + 2 * bool(one.translation)


def _part(page: Page, number: int) -> Disagreements:
    found = page.conflicts()
    lists = (found.claims, found.real, found.scope)
    held = []
    for runs in _dealt(page):
        holds = [(paging.titled(SECTIONS[r.group][0], r, len(lists[r.group])), SECTIONS[r.group][1]) for r in runs]
        held.append(("; ".join(title for title, _ in holds), holds))
    here = {run.group: run for run in _dealt(page)[number - 1]}
    claims = found.claims[here[0].first : here[0].end] if 0 in here else None
    pairs = [(*SECTIONS[n], lists[n][run.first : run.end]) for n, run in here.items() if n]
    return Disagreements(SECTIONS[0][0], claims, tuple(pairs), turn(page.to, BASE, number, held))  # type: ignore[arg-type]
