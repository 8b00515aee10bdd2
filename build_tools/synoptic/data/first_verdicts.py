"""The verdicts of ``api/v1`` and the tables, by their old rule: documents of version 1 keep their words. Pure.

The words are in ``format.yml``; ``compare/verdicts.py`` decides what pages and ``api/v2`` say.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from synoptic.compare.statements import find_block_kind, find_holder, find_origin
from synoptic.model.records import Claim
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary


class _Case(NamedTuple):
    """The statements of a claim in the body of articles, as (stance, holder) and as sets."""

    empty: bool
    opinion: bool
    held: frozenset[tuple[str, str]]
    sources: frozenset[str]
    origins: frozenset[str]
    unnamed: bool

    def holders(self, *stances: str) -> set[str]:
        """The holders of any stance, or of some stances."""
        return {holder for stance, holder in self.held if not stances or stance in stances}

    def opposed(self) -> bool:
        """Whether somebody asserts and somebody denies it."""
        return bool(self.holders("asserts") and self.holders("denies"))

    def independent(self) -> bool:
        """Whether there are two holders and two origins."""
        return len(self.holders()) > 1 and len(self.origins) > 1


#: The first that fits decides.
FIRST_VERDICTS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("open", lambda case: case.empty),
    ("opposed", lambda case: case.opinion and case.opposed()),
    ("opinion", lambda case: case.opinion),
    ("outside the body", lambda case: not case.held),
    ("self-contradicting", lambda case: bool(case.holders("asserts") & case.holders("denies"))),
    ("contested", lambda case: case.opposed()),
    ("qualified", lambda case: not case.holders("asserts", "denies")),
    ("agreed", lambda case: case.independent() and len({stance for stance, _ in case.held}) == 1),
    ("mixed", lambda case: case.independent()),
    ("one voice", lambda case: len(case.holders()) == 1 and len(case.sources) > 1),
    ("one source, unnamed", lambda case: len(case.sources) == 1 and case.unnamed),
    ("one source", lambda case: True),
)


def decide_first_verdict(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> str:
    """The verdict on a claim as version 1 of the data has it."""
    counted = [
        statement
        for statement in claim.statements
        if vocabulary.get("blocks", find_block_kind(briefing, statement)).counts
    ]
    case = _Case(
        empty=not claim.statements,
        opinion=vocabulary.get("kinds", claim.kind).opinion,
        held=frozenset((statement.stance, find_holder(briefing, statement)) for statement in counted),
        sources=frozenset(statement.source for statement in counted),
        origins=_find_origins(briefing, (statement.source for statement in counted)),
        unnamed=all(statement.speaker in briefing.unnamed for statement in counted),
    )
    return next(name for name, rule in FIRST_VERDICTS if rule(case))


def _find_origins(briefing: Briefing, sources: Iterable[str]) -> frozenset[str]:
    return frozenset(find_origin(briefing, source) for source in sources)
