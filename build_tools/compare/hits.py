"""Hits: the paragraphs in which a claim's search terms occur, and how likely each is to state the claim. Pure.

A broad term hits many sentences that say nothing of its claim. Those that are unlikely to ask for a statement are in
the lock, and readers see that nobody examined them. Likeness is the share of a wording's words that a sentence has,
each weighted by how rare it is among the sentences of the text (inverse document frequency). Where no wording is in the
text's language, a broad term, an acronym or a word in a set phrase asks only beside further words of the claim.
docs/decisions/2026-11-30-likely-hits.md has what was measured.
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from build_tools.model.lock import LockedQuote
from build_tools.model.records import Claim, SearchTerm, Source
from build_tools.model.site import Briefing
from build_tools.text.folding import CJK, fold, split_words
from build_tools.text.match import SHORTEST, Text
from build_tools.text.terms import list_stems

#: A sentence that is less like the claim than this does not ask for a statement.
LIKELY = 0.25
#: A word is broad in a text if it is in so many of its sentences, and in this share of them.
_MANY, _SHARE = 3, 0.15
#: Letters of the shortest word that is the same in two languages by more than chance, unless it is a name.
_COGNATE = 6
#: French nouns have an article, unless they are part of a verb, as in the French for "having recourse to".
_SET_PHRASE = (
    r"(?i)\b(?:ay(?:ant|ez|ons)|avoir|eu|ont|a|av(?:ait|aient)|aur(?:a|ont|ait)|fai(?:re|t|sant|saient)|font|fer(?:a|ont)"
    r"|pr(?:end|endre|enant|ennent|is)|t(?:enir|ient|enant|iennent)|mett(?:re|ant|ent)|met|mis|rend(?:re|ant|ent)?) "
    r"(?!\w+(?:é|ée|és|ées|i|is|it|u|us)\b)"
)

#: Kinds of blocks that name a subject and state nothing: a search term in them asks for no statement.
_NO_SENTENCES = frozenset({
    "headline", "section-label", "heading", "caption", "video-line", "byline", "dateline", "author-note", "furniture",
})  # fmt: skip


class Hit(NamedTuple):
    """A sentence with a search term: its block, its words, how like the claim it is, from 0 to 1, and its number in the
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
    wordings = _list_wordings(briefing, claim, source)
    weights = [{stem: _weigh(text, stem) for stem in wording} for wording in wordings]
    found: dict[int, list[SearchTerm]] = {}
    for term in claim.terms:
        for number in text.find_sentences([term.term]) if not term.is_name else ():
            found.setdefault(number, []).append(term)
    hits = []
    for number, terms in sorted(found.items()):
        block, sentence = text.sentences[number]
        stems = text.stems[number]
        shares = [sum(w for stem, w in one.items() if stem in stems) / sum(one.values()) for one in weights]
        likeness = max(shares) if shares else float(_is_backed(claim, sentence, terms, text))
        hits.append(Hit(block, sentence, likeness, number))
    return sorted(hits, key=lambda hit: -hit.likeness)


def _is_backed(claim: Claim, sentence: str, terms: Sequence[SearchTerm], text: Text) -> bool:
    """Whether a sentence in another language than all wordings has enough of the claim.

    One term is enough, unless it is weak: an acronym, a word of a set phrase, or a word that is broad in the text. Weak
    ones need further words that both languages have (names, figures, long words) or further terms: a broad one two.
    """
    weak = [_find_weakness(term, sentence, text) for term in terms]
    if not all(weak):
        return True
    written = split_words(fold(sentence))
    low, names = {word.casefold() for word in written}, {word.casefold() for word in written if word[:1].isupper()}
    further = {
        word.casefold()
        for word in split_words(fold(claim.claim))
        if word.casefold() in (names if word[:1].isupper() else low if len(word) >= _COGNATE or word.isdigit() else ())
    }
    searched = {word for term in terms for word in split_words(fold(term.term).casefold())}
    return len(further - searched) + len(terms) - 1 >= min(weak)


def _find_weakness(term: SearchTerm, sentence: str, text: Text) -> int:
    """How many further words of a claim a term needs beside it, 0 to 2."""
    if term.mode == "phrase" or CJK.search(term.term) or len(re.findall(r"\w{2,}", term.term)) > 1:
        return 0
    broad = max((text.stem_counts[stem] for stem in list_stems(term.term, SHORTEST)), default=0)
    if broad >= _MANY and broad >= _SHARE * len(text.sentences):
        return 2
    return int(term.term.isupper() or bool(re.search(_SET_PHRASE + re.escape(fold(term.term).strip("*")), sentence)))


def _list_wordings(briefing: Briefing, claim: Claim, source: Source) -> list[frozenset[str]]:
    """What a sentence of ``source`` may be like, as stems: the claim with each quotation for it, in its language."""
    own = list_stems(claim.claim, SHORTEST) if find_language(source) == "en" else frozenset()
    wordings = [own | list_stems(quote, SHORTEST) for quote in _list_quotes(briefing, claim, source)]
    return [wording for wording in wordings or [own] if wording]


def _list_quotes(briefing: Briefing, claim: Claim, source: Source) -> Iterable[str]:
    for statement in claim.statements:
        other = briefing.source.get(statement.source)
        if other and find_language(other) == find_language(source):
            yield statement.quote
        elif statement.translation and find_language(source) == "en":
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
