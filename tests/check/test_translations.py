"""A translation that drops a negation, in the invented example."""

from dataclasses import replace
from pathlib import Path

from synoptic.base.problems import Problem
from synoptic.check.registry import check_briefing
from synoptic.load.load import load

ROOT = Path(__file__).parents[2]
KEPT, LOST = "We do not need a second ferry; after all, the buses are running", "We need a second ferry"


def problems_of(translation: str, **allow: str) -> list[Problem]:
    """The problems of the example's translations if one of them is replaced."""
    site, _ = load(ROOT)
    assert site is not None
    briefing = site.briefing["quay-bridge"]
    claims = []
    for claim in briefing.claims:
        statements = [
            one.model_copy(update={"translation": translation, "allow": dict(one.allow) | allow})
            if one.translation == KEPT
            else one
            for one in claim.statements
        ]
        claims.append(claim.model_copy(update={"statements": tuple(statements)}))
    assert claims != list(briefing.claims) or translation == KEPT
    changed = replace(briefing, claims=tuple(claims))
    return [one for one in check_briefing(changed, site) if one.rule in ("untranslated", "needless-exception")]


def test_a_dropped_negation_is_a_warning() -> None:
    """It shows both sentences and the word."""
    (problem,) = problems_of(LOST)
    assert problem.level == "warning"
    assert 'no negation for "nicht"' in problem.message
    assert LOST in problem.message
    assert "brauchen wir nicht" in problem.message


def test_a_reason_answers_it() -> None:
    """A reason answers the warning, and is needless where the negation is kept."""
    allow = {"untranslated": "The speaker meant the opposite."}
    assert problems_of(LOST, **allow) == []
    assert [one.rule for one in problems_of(KEPT, **allow)] == ["needless-exception"]
    assert problems_of(KEPT) == []
