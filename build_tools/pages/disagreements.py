"""The page Disagreements: contested claims, and pairs of claims that are hard to square. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from build_tools.model import paging
from build_tools.pages.claim import claim_view
from build_tools.pages.context import Context, once
from build_tools.pages.page import Page, split_pages
from build_tools.pages.pager import Contents, make_pager
from build_tools.pages.views import ClaimView, StatementView
from build_tools.text.english import plural

BASE = "disagreements/"
#: Verdicts of contested claims.
CONTESTED = ("contested", "self-contradicting", "opposed")
#: Relations of two claims that are hard to square.
CONFLICTS = ("contradicts", "in-tension-with")
#: The sections: title and anchor.
SECTIONS = (("Asserted and denied", "contested"), ("Hard to square", "pairs"), ("Different scope or time", "scope"))
PAIR = 11  # elements of a pair on the page


class Pair(NamedTuple):
    """Two claims of which one contradicts or strains the other, and why; ``real`` as in ``RelationView``."""

    claim: ClaimView
    how: str
    other: ClaimView
    why: str
    real: bool


@dataclass(frozen=True)
class Conflicts:
    """The disagreements of a briefing: contested claims, pairs that clash, pairs that differ in scope or time."""

    claims: tuple[ClaimView, ...]
    real: tuple[Pair, ...]
    scope: tuple[Pair, ...]


def pages(context: Context) -> Iterator[Page]:
    """The page Disagreements, or its parts."""
    return split_pages(context, BASE, "disagreements", "Disagreements", "Disagreements", sheets(context))


def sheets(context: Context) -> Iterator[dict[str, Any]]:
    """The views of each page. ``claims`` is None if all contested claims are on earlier pages."""
    conflicts = find_conflicts(context)
    lists: tuple[tuple[ClaimView, ...] | tuple[Pair, ...], ...] = (conflicts.claims, conflicts.real, conflicts.scope)
    sizes = [[_count_elements(claim) for claim in conflicts.claims], *([PAIR] * len(pairs) for pairs in lists[1:])]
    layout = paging.distribute(sizes)
    contents: list[Contents] = []
    for runs in layout:
        entries = [(paging.run_title(SECTIONS[r.group][0], r, len(lists[r.group])), SECTIONS[r.group][1]) for r in runs]
        contents.append(("; ".join(title for title, _ in entries), entries))
    for number, runs in enumerate(layout, 1):
        by_group = {run.group: run for run in runs}
        claims = conflicts.claims[by_group[0].first : by_group[0].end] if 0 in by_group else None
        sections = tuple(
            (*SECTIONS[group], pairs[by_group[group].first : by_group[group].end])
            for group, pairs in ((1, conflicts.real), (2, conflicts.scope))
            if group in by_group
        )
        pager = make_pager(context.address, BASE, number, contents)
        yield {"contested": SECTIONS[0][0], "claims": claims, "sections": sections, "pager": pager}


@once
def find_conflicts(context: Context) -> Conflicts:
    """The contested claims, and the pairs of claims that are hard to square, each once."""
    claims = {claim.id: claim_view(context, claim) for claim in context.briefing.claims}
    pairs = [
        Pair(
            claims[claim.id],
            context.vocabulary.get("relations", relation.how).label,
            claims[relation.to],
            relation.why,
            relation.real,
        )
        for claim in context.briefing.claims
        for relation in claim.relations
        if relation.how in CONFLICTS and relation.to in claims
    ]
    return Conflicts(
        claims=tuple(claim for claim in claims.values() if claim.verdict.id in CONTESTED),
        real=tuple(pair for pair in pairs if pair.real),
        scope=tuple(pair for pair in pairs if not pair.real),
    )


def describe_pairs(context: Context) -> str:
    """How many pairs of claims are hard to square, and how many differ in scope or time only; empty if none do."""
    conflicts = find_conflicts(context)
    real, scope = len(conflicts.real), len(conflicts.scope)
    parts = [f"{plural(real, 'more pair')} of claims {'is' if real == 1 else 'are'} hard to square"] if real else []
    if scope:
        parts.append(f"{plural(scope, 'pair')} {'differs' if scope == 1 else 'differ'} only in scope or time")
    return "; ".join(parts)


def _count_elements(claim: ClaimView) -> int:
    """HTML elements of a contested claim on the page, at most."""
    return 7 + sum(3 + sum(map(_count_statement_elements, group.statements)) for group in claim.groups)


def _count_statement_elements(statement: StatementView) -> int:
    optional = bool(statement.voice) + bool(statement.hedges) + bool(statement.note)
    return 12 + optional + 2 * bool(statement.translation)
