"""Silences: what is known of sources that have no statement on a claim. Pure."""

from typing import NamedTuple

from build_tools.model.briefing import Briefing
from build_tools.model.lock import Lock
from build_tools.model.records import Claim, Source


class Silence(NamedTuple):
    """A source without a statement on a claim; ``state`` is a word of the vocabulary's list ``silences``, ``reason`` is
    why the editor passed it over, ``hits`` are the blocks in which a search term occurs."""

    source: Source
    state: str
    terms: tuple[str, ...]
    reason: str
    hits: tuple[int, ...] = ()


def list_silences(briefing: Briefing, claim: Claim) -> list[Silence]:
    """Every source without a statement on ``claim``, in the order of the sources."""
    speaking = {statement.source for statement in claim.statements}
    reasons = {passed.source: passed.reason for passed in claim.passed_over}
    silences = []
    for source in briefing.sources:
        if source.id in speaking:
            continue
        hits = find_hits(briefing.locks.get(source.id), claim)
        if source.id in reasons and hits:
            state = "passed over"
        elif hits is None or hits:
            state = "not checked"
        else:
            state = "searched, not found"
        silences.append(Silence(source, state, claim.terms, reasons.get(source.id, ""), hits or ()))
    return silences


def find_hits(lock: Lock | None, claim: Claim) -> tuple[int, ...] | None:
    """The blocks of a source in which a claim's terms occur; None if not all of them were searched."""
    if lock is None or not claim.terms:
        return None
    hits = [lock.terms.get(term) for term in claim.terms]
    if None in hits:
        return None
    return tuple(sorted({block for blocks in hits for block in blocks or ()}))
