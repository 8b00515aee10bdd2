"""Statements by source and speaker, and silences: what is known of sources that have none on a claim. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from synoptic.compare.hits import find_hits, find_language, find_likely
from synoptic.model.records import Claim, Source, Statement
from synoptic.model.site import Briefing


def find_holder(briefing: Briefing, statement: Statement) -> str:
    """Who holds a statement: a speaker's id; ``article:`` and the source's id if the article speaks for itself."""
    return briefing.speaker_of(statement) or f"article:{statement.source}"


def find_origin(briefing: Briefing, source: str) -> str:
    """The origin of a source; sources that copy each other share one."""
    record = briefing.source.get(source)
    return (record.origin if record else None) or source


def count_origins(briefing: Briefing, sources: Iterable[str]) -> int:
    """The number of origins of some sources."""
    return len({find_origin(briefing, source) for source in sources})


def find_block_kind(briefing: Briefing, statement: Statement) -> str:
    """The kind of the block in which a statement's quotation begins, as ``body`` or ``headline``."""
    entry, source = briefing.locked(statement), briefing.source.get(statement.source)
    number = entry.block if entry else statement.paragraph or 0
    return source.paragraphs.get(number, "body") if source else "body"


class Silence(NamedTuple):
    """A source without a statement on a claim; ``state`` is a word of the vocabulary's list ``silences``, ``reason`` is
    why the editor passed it over, ``hits`` are the blocks in which a search term occurs."""

    source: Source
    state: str
    terms: tuple[str, ...]
    reason: str
    hits: tuple[int, ...] = ()


def list_foreign(briefing: Briefing, claim: Claim) -> set[str]:
    """The languages in which no article has a statement on a claim or a hit of any of its terms, names aside, though
    articles in another language have: perhaps no term is in these languages."""
    languages = {source.id: find_language(source) for source in briefing.sources}
    if len({*languages.values()}) < 2:
        return set()
    terms = [term for term in claim.terms if not term.is_name]
    found = {languages[s.source] for s in claim.statements if s.source in languages}
    for name, lock in briefing.locks.items():
        if name in languages and languages[name] not in found and any(lock.hits_of(term) for term in terms):
            found.add(languages[name])
    return {*languages.values()} - found if found else set()


def list_all_silences(briefing: Briefing) -> dict[str, list[Silence]]:
    """Claim id to every source without a statement on that claim."""
    return {claim.id: list_silences(briefing, claim) for claim in briefing.claims}


def list_silences(briefing: Briefing, claim: Claim) -> list[Silence]:
    """Every source without a statement on ``claim``, in the order of the sources."""
    speaking = {statement.source for statement in claim.statements}
    reasons = {passed.source: passed.reason for passed in claim.passes}
    foreign = list_foreign(briefing, claim)
    silences = []
    for source in briefing.sources:
        if source.id in speaking:
            continue
        hits = find_hits(briefing, source.id, claim)
        if source.id in reasons and hits:
            state = "passed over"
        elif hits is None or (hits and find_likely(briefing, source.id, claim)):
            state = "not checked"
        elif hits:
            state = "not examined"
        elif find_language(source) in foreign:
            state = "searched in another language"
        else:
            state = "searched, not found" if source.text == "whole" else "not found in part"
        silences.append(
            Silence(source, state, tuple(term.term for term in claim.terms), reasons.get(source.id, ""), hits or ())
        )
    return silences
