"""Hits: the paragraphs in which a claim's search terms occur, and how likely each is to state the claim. Pure.

Most sentences with a search term say nothing of its claim. Only those that most likely state it ask for a statement;
the others are in the lock, and readers see that nobody examined them. Likeness is the share of a wording's words that a
sentence has, each weighted by how rare it is among the sentences of the text (inverse document frequency). Where no
wording is in the text's language, a sentence asks if two different terms are in it.
docs/decisions/2026-11-30-likely-hits.md has what was measured.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations
from typing import NamedTuple

from synoptic.model.lock import LockedQuote
from synoptic.model.records import Claim, SearchTerm, Source
from synoptic.model.site import Briefing
from synoptic.text.function_words import FUNCTION_STEMS
from synoptic.text.match import SHORTEST, Text
from synoptic.text.names import abbreviates
from synoptic.text.terms import list_stems

#: A sentence that is less like the claim than this does not ask for a statement.
LIKELY = 0.4
TWICE = 1.6  # two different terms in one sentence weigh so much more than one

#: Kinds of blocks that name a subject and state nothing: a search term in them asks for no statement.
_NO_SENTENCES = frozenset({
    "headline", "section-label", "heading", "caption", "video-line", "byline", "dateline", "author-note", "furniture",
})  # fmt: skip


class Hit(NamedTuple):
    """A sentence with a search term: its block, its words, how like the claim it is (0 or more), and its number in the
    text, from 0."""

    block: int
    sentence: str
    likeness: float
    number: int


def find_hits(briefing: Briefing, source_id: str, claim: Claim) -> tuple[int, ...] | None:
    """The blocks of a source in which a claim's terms occur; headings, captions and the like are left out, and so are
    names, which many sentences have that say nothing of the claim. None if not all of the terms were searched."""
    source, lock = briefing.source.get(source_id), briefing.locks.get(source_id)
    if source is None or lock is None or not claim.terms:
        return None
    blocks: set[int] = set()
    for term in claim.terms:
        if (found := lock.hits_of(term)) is None:
            return None
        if found and not term.is_name:
            blocks.update(found)
    return tuple(sorted(block for block in blocks if states(source, block))) if blocks else ()


def find_likely(briefing: Briefing, source_id: str, claim: Claim) -> tuple[int, ...]:
    """Those of the hits that ask for a statement or a reason: all that the lock does not call unlikely. An open
    question never asks, since a sentence that has its words seldom answers it."""
    if claim.kind == "question":
        return ()
    lock = briefing.locks.get(source_id)
    unlikely = (lock.unlikely or {}).get(claim.id, ()) if lock else ()
    return tuple(block for block in find_hits(briefing, source_id, claim) or () if block not in unlikely)


def states(source: Source, block: int) -> bool:
    """Whether a block of a source may hold a statement, by its kind."""
    return source.paragraphs.get(block) not in _NO_SENTENCES


def rate_hits(briefing: Briefing, claim: Claim, source: Source, text: Text) -> list[Hit]:
    """The sentences of a source in which a claim's terms occur, names aside, the likeliest first."""
    return rate_sentences(text, claim.terms, _list_wordings(briefing, claim, source))


def rate_sentences(text: Text, terms: Iterable[SearchTerm], wordings: Iterable[frozenset[str]]) -> list[Hit]:
    """The sentences of a text in which some terms occur, names aside, the likeliest first: those most like one of the
    ``wordings``, each as stems."""
    weights = [{stem: _weigh(text, stem) for stem in wording} for wording in wordings]
    found: dict[int, list[SearchTerm]] = {}
    for term in terms:
        for number in text.find_sentences([term.term]) if not term.is_name else ():
            found.setdefault(number, []).append(term)
    hits = []
    for number, fitting in sorted(found.items()):
        block, sentence = text.sentences[number]
        stems = text.stems[number]
        shares = [_share(one, stems) for one in weights]
        two = are_two(fitting)
        likeness = max(shares) * (TWICE if two else 1) if shares else float(two)
        hits.append(Hit(block, sentence, likeness, number))
    return sorted(hits, key=lambda hit: -hit.likeness)


def _share(weights: Mapping[str, float], stems: Set[str]) -> float:
    """The share of a wording's words that a sentence has, by their weights; 0 if it shares one word with it that means
    something, and the wording has more of these."""
    meaning = weights.keys() - FUNCTION_STEMS
    if len(meaning) > 1 and len(meaning & stems) < 2:
        return 0.0
    return sum(weight for stem, weight in weights.items() if stem in stems) / sum(weights.values())


def are_two(terms: Sequence[SearchTerm]) -> bool:
    """Whether two of the terms are about different things: they begin with other letters in all their words, so that
    one word cannot be two hits, and neither is the abbreviation of the other ("Mozilla", "MPL*")."""
    stems = [(term.term, tuple(list_stems(term.term, SHORTEST))) for term in terms]
    return any(
        not any(a.startswith(b) or b.startswith(a) for a in one for b in other)
        and not abbreviates(first, second)
        and not abbreviates(second, first)
        for (first, one), (second, other) in combinations(stems, 2)
    )


def _list_wordings(briefing: Briefing, claim: Claim, source: Source) -> list[frozenset[str]]:
    """What a sentence of ``source`` may be like, as stems: the claim with each quotation for it, in its language."""
    own = list_stems(claim.claim, SHORTEST) if find_language(source) == briefing.language else frozenset()
    wordings = [own | list_stems(quote, SHORTEST) for quote in _list_quotes(briefing, claim, source)]
    return [wording for wording in wordings or [own] if wording]


def _list_quotes(briefing: Briefing, claim: Claim, source: Source) -> Iterable[str]:
    for statement in claim.statements:
        other = briefing.source.get(statement.source)
        if other and find_language(other) == find_language(source):
            yield statement.quote
        elif statement.translation and find_language(source) == briefing.language:
            yield statement.translation


def find_language(source: Source) -> str:
    """The language of a source, without its region: ``fr``."""
    return source.lang.partition("-")[0].lower()


def _weigh(text: Text, stem: str) -> float:
    """How rare a stem is in a text: near 0 if every sentence has it."""
    return math.log((len(text.sentences) + 1) / (text.stem_counts[stem] + 0.5))


def list_unlikely(
    briefing: Briefing, source: Source, text: Text, quotes: Iterable[LockedQuote]
) -> dict[str, tuple[int, ...]]:
    """For each claim on which a source has no statement, the blocks whose hits ask for nothing: sentences that are
    unlike the claim, or that a related claim quotes. ``quotes`` are the source's, with their places."""
    quoted: dict[int, set[str]] = {}
    claim_of = {statement.id: claim.id for claim, statement in briefing.statements if statement.source == source.id}
    for entry in quotes:
        for first, last in entry.words if entry.statement in claim_of else ():
            for number in range(text.sentence_of(first), text.sentence_of(last) + 1):
                quoted.setdefault(number, set()).add(claim_of[entry.statement])
    found = {}
    for claim in briefing.claims:
        if any(statement.source == source.id for statement in claim.statements):
            continue
        related, hits = _list_related(briefing, claim), rate_hits(briefing, claim, source, text)
        silent = _is_contradicted(briefing, claim, source)
        asking = {
            hit.block
            for hit in hits
            if hit.likeness >= LIKELY and not silent and not related & quoted.get(hit.number, set())
        }
        blocks = {hit.block for hit in hits if states(source, hit.block)}
        if blocks - asking:
            found[claim.id] = tuple(sorted(blocks - asking))
    return found


def _list_related(briefing: Briefing, claim: Claim) -> set[str]:
    """The claims whose quotations a claim need not repeat: those that give the same answer to the same question, and
    those that name it as related."""
    return {
        other.id
        for other in briefing.claims
        if (other.topic == claim.topic and other.answer is not None and other.answer == claim.answer)
        or any(relation.to == claim.id for relation in other.relations)
    }


def _is_contradicted(briefing: Briefing, claim: Claim, source: Source) -> bool:
    """Whether a source asserts what contradicts a claim, which says what it thinks of the claim. A claim that names the
    contradiction itself and has one source only still asks: a denial from the other side would make it contested."""
    known = [briefing.source[s.source] for s in claim.statements if s.source in briefing.source]
    alone = len({one.origin or one.id for one in known}) < 2
    against = {relation.to for relation in claim.relations if relation.how == "contradicts" and not alone}
    return any(
        statement.source == source.id and statement.stance == "asserts"
        for other in briefing.claims
        if other.id in against
        or any(relation.to == claim.id and relation.how == "contradicts" for relation in other.relations)
        for statement in other.statements
    )
