"""The page Disagreements: contested claims, and pairs of claims that are hard to square. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from build_tools.model import paging
from build_tools.pages.claim import ClaimView, StatementView, claim_view
from build_tools.pages.context import Context, once
from build_tools.pages.page import Page, split_pages
from build_tools.text.english import plural

BASE = "disagreements/"
#: Verdicts of contested claims.
CONTESTED = ("disputed", "opinions differ", "contradicts itself")
#: Relations of two claims that are hard to square.
CONFLICTS = ("contradicts", "in-tension-with")
#: The sections: title and anchor.
SECTIONS = (("Asserted and denied", "contested"), ("Hard to square", "pairs"), ("Different scope or time", "scope"))
PAIR = 11  # elements of a pair on the page


#: A claim that contradicts or strains another: the claim, how, the other, why.
Pair = tuple[ClaimView, str, ClaimView, str]


class Conflicts(NamedTuple):
    """The disagreements of a briefing: contested claims, pairs that clash, pairs that differ in scope or time."""

    claims: list[ClaimView]
    real: list[Pair]
    scope: list[Pair]


def pages(context: Context) -> Iterator[Page]:
    """The page Disagreements, or its parts."""
    lists = find_conflicts(context)
    layout = paging.distribute([list(map(_count_elements, lists.claims)), *([PAIR] * len(p) for p in lists[1:])])
    contents = []
    for runs in layout:
        entries = [(paging.run_title(SECTIONS[r.group][0], r, len(lists[r.group])), SECTIONS[r.group][1]) for r in runs]
        contents.append(("; ".join(title for title, _ in entries), entries))
    sheets = (_sheet(lists, runs) for runs in layout)
    return split_pages(context, BASE, "disagreements", "Disagreements", "Disagreements", contents, sheets)


def _sheet(lists: Conflicts, runs: Sequence[paging.Run]) -> dict[str, Any]:
    """The views of a page. ``claims`` is None if all contested claims are on earlier pages."""
    shown = {run.group: lists[run.group][run.first : run.end] for run in runs}
    claims = shown.pop(0, None)
    sections = [(*SECTIONS[group], pairs) for group, pairs in shown.items()]
    return {"contested": SECTIONS[0][0], "claims": claims, "sections": sections}


@once
def find_conflicts(context: Context) -> Conflicts:
    """The contested claims, and the pairs of claims that are hard to square, each once."""
    claims = {claim.id: claim_view(context, claim) for claim in context.briefing.claims}
    found = Conflicts([claim for claim in claims.values() if claim.verdict.id in CONTESTED], [], [])
    for claim in claims.values():
        for relation in claim.record.relations:
            if relation.how in CONFLICTS and relation.to in claims:
                how = context.vocabulary.get("relations", relation.how).label
                (found.real if relation.real else found.scope).append((claim, how, claims[relation.to], relation.why))
    return found


def describe_pairs(context: Context) -> str:
    """How many pairs of claims are hard to square, and how many differ in scope or time only; empty if none do."""
    _, real, scope = (len(found) for found in find_conflicts(context))
    parts = [f"{plural(real, 'more pair')} of claims {'is' if real == 1 else 'are'} hard to square"] if real else []
    if scope:
        parts.append(f"{plural(scope, 'pair')} {'differs' if scope == 1 else 'differ'} only in scope or time")
    return "; ".join(parts)


def _count_elements(claim: ClaimView) -> int:
    """HTML elements of a contested claim on the page, at most."""
    return 7 + sum(3 + sum(map(_count_statement_elements, statements)) for _, statements in claim.groups)


def _count_statement_elements(statement: StatementView) -> int:
    optional = bool(statement.voice) + bool(statement.hedges) + bool(statement.record.note)
    return 12 + optional + 2 * bool(statement.record.translation)
