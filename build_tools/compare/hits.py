"""Hits: the paragraphs in which a claim's search terms occur, and how likely each is to state the claim. Pure.

A broad term hits many sentences that say nothing of its claim. Those that are unlikely to ask for a statement are in
the lock, and readers see that nobody examined them. Likeness is the share of a wording's words that a sentence has,
each weighted by how rare it is among the sentences of the text (inverse document frequency).
docs/decisions/2026-11-30-likely-hits.md has what was measured.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from build_tools.model.records import Claim, Source
from build_tools.model.site import Briefing
from build_tools.text.match import SHORTEST, Text
from build_tools.text.terms import list_stems

#: A sentence that is less like the claim than this does not ask for a statement.
LIKELY = 0.25

#: Kinds of blocks that name a subject and state nothing: a search term in them asks for no statement.
_NO_SENTENCES = frozenset({
    "headline", "section-label", "heading", "caption", "video-line", "byline", "dateline", "author-note",
})  # fmt: skip


class Hit(NamedTuple):
    """A sentence with a search term: its block, its words, and how like the claim it is, from 0 to 1."""

    block: int
    sentence: str
    likeness: float


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
    """Those of the hits that ask for a statement or a reason: all that the lock does not call unlikely."""
    lock = briefing.locks.get(source_id)
    unlikely = (lock.unlikely or {}).get(claim.id, ()) if lock else ()
    return tuple(block for block in find_hits(briefing, source_id, claim) or () if block not in unlikely)


def states(source: Source, block: int) -> bool:
    """Whether a block of a source may hold a statement, by its kind."""
    return source.paragraphs.get(block) not in _NO_SENTENCES


def rate_hits(briefing: Briefing, claim: Claim, source: Source, text: Text) -> list[Hit]:
    """The sentences of a source in which a claim's terms occur, names aside, the likeliest first. All have the likeness
    1 if nothing in their language is there to compare them with."""
    wordings = _list_wordings(briefing, claim, source)
    weights = [{stem: _weigh(text, stem) for stem in wording} for wording in wordings]
    hits = []
    for number in text.find_sentences(term.term for term in claim.terms if not term.is_name):
        block, sentence = text.sentences[number]
        stems = text.stems[number]
        shares = [sum(w for stem, w in one.items() if stem in stems) / sum(one.values()) for one in weights]
        hits.append(Hit(block, sentence, max(shares, default=1.0)))
    return sorted(hits, key=lambda hit: -hit.likeness)


def _list_wordings(briefing: Briefing, claim: Claim, source: Source) -> list[frozenset[str]]:
    """What a sentence of ``source`` may be like, as stems: the claim with each quotation for it, in its language."""
    own = list_stems(claim.claim, SHORTEST) if _language(source) == "en" else frozenset()
    wordings = [own | list_stems(quote, SHORTEST) for quote in _list_quotes(briefing, claim, source)]
    return [wording for wording in wordings or [own] if wording]


def _list_quotes(briefing: Briefing, claim: Claim, source: Source) -> Iterable[str]:
    for statement in claim.statements:
        other = briefing.source.get(statement.source)
        if other and _language(other) == _language(source):
            yield statement.quote
        elif statement.translation and _language(source) == "en":
            yield statement.translation


def _language(source: Source) -> str:
    return source.lang.partition("-")[0].lower()


def _weigh(text: Text, stem: str) -> float:
    """How rare a stem is in a text: near 0 if every sentence has it."""
    return math.log((len(text.sentences) + 1) / (text.stem_counts[stem] + 0.5))


def list_unlikely(briefing: Briefing, source: Source, text: Text) -> dict[str, tuple[int, ...]]:
    """For each claim on which a source has no statement, the blocks with hits that are all unlikely to be one."""
    found = {}
    for claim in briefing.claims:
        if any(statement.source == source.id for statement in claim.statements):
            continue
        best: dict[int, float] = {}
        for hit in rate_hits(briefing, claim, source, text):
            best.setdefault(hit.block, hit.likeness)
        if blocks := sorted(block for block, likeness in best.items() if likeness < LIKELY and states(source, block)):
            found[claim.id] = tuple(blocks)
    return found
