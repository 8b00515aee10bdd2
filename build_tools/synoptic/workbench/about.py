"""Finds the claim, statement or paragraph that a problem is about, by its place in a file. Pure."""

import bisect
from collections.abc import Iterable, Sequence
from typing import Any

from synoptic.base.problems import Problem
from synoptic.model.site import Briefing

#: What a problem is about, as the page names it.
About = dict[str, Any]
Spot = tuple[str, int, int]


def locate_problems(briefing: Briefing, problems: Iterable[Problem]) -> list[About]:
    """What each problem is about: a statement with its claim, a claim, a source with a paragraph, or nothing."""
    exact = dict(_list_parts(briefing))
    starts: dict[str, list[tuple[int, About]]] = {}
    for claim in briefing.claims:
        starts.setdefault(claim.place.path, []).append((claim.place.line, {"claim": claim.id}))
    for known in starts.values():
        known.sort(key=lambda pair: pair[0])
    folder = f"briefings/{briefing.slug}/sources/"
    return [_locate(problem, exact, starts, folder) for problem in problems]


def _list_parts(briefing: Briefing) -> Iterable[tuple[Spot, About]]:
    """Every value of a claim, a statement or an outline with what it belongs to; the inner ones come last."""
    for claim in briefing.claims:
        for line, column, *_ in claim.place.parts.values():
            yield (claim.place.path, line, column), {"claim": claim.id}
    for claim, statement in briefing.statements:
        about, place = {"statement": statement.id, "claim": claim.id}, statement.place
        for line, column, *_ in ((place.line, place.column), *place.parts.values()):
            yield (place.path, line, column), about
    for source in briefing.sources:
        for key, (line, column, *_) in source.place.parts.items():
            if isinstance(key, tuple) and key[0] in ("outline", "paragraphs"):
                number = str(key[1]).partition("-")[0]
                if number.isdecimal():
                    yield (source.place.path, line, column), {"source": source.id, "paragraph": int(number)}


def _locate(
    problem: Problem, exact: dict[Spot, About], starts: dict[str, list[tuple[int, About]]], folder: str
) -> About:
    place = problem.place
    if (found := exact.get((place.path, place.line, place.column))) is not None:
        return found
    if place.path.startswith(folder):
        return {"source": place.path.removeprefix(folder).partition(".")[0]}
    lines: Sequence[tuple[int, About]] = starts.get(place.path, ())
    number = bisect.bisect_right([line for line, _ in lines], place.line)
    return lines[number - 1][1] if number else {}
