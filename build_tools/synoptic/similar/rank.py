"""Which claim some words are about, where a claim is likely said, and which claims say nearly the same.

Each function works by words alone. With a ``Meaning`` it compares meanings, too, and then languages may differ.
What each gives is measured in tests/similar/test_measures.py; the weights below are from there.
"""

import functools
from collections.abc import Container, Sequence
from dataclasses import dataclass

from synoptic.model.records import Claim
from synoptic.similar.meaning import Meaning
from synoptic.similar.words import WordIndex
from synoptic.text.folding import fold

#: How much meaning counts beside words; a name beside a quotation; a quotation beside the claim that it states.
_MEANING = 0.75
_NAME = 0.15
_QUOTE = 0.5
#: How much meaning counts beside words between two claims, and how alike they must be to be pointed out, by words
#: alone and with meaning.
_MEANING_OF_CLAIMS = 2.0
_NEAR_BY_WORDS, _NEAR = 0.52, 0.655


@dataclass(frozen=True)
class Wordings:
    """A claim as it is compared: its id, its own words and the quotations of its statements; and, for duplicates, where
    its editor put it and the ids of the claims that it is related to."""

    id: str
    claim: str
    quotes: tuple[str, ...] = ()
    topic: str = ""
    answer: str = ""
    related: frozenset[str] = frozenset()

    @classmethod
    def of(cls, claim: Claim, briefing: str = "", source: str = "", words: str = "") -> "Wordings":
        """The wordings of a claim. To compare claims of several briefings, give the id of its ``briefing``, which then
        begins the ids: "quay-bridge/one-crack". To compare ``words`` of the article ``source``, give both: its
        quotations that have them, or are in them, are left out. They only say where the words stand already."""
        before = f"{briefing}/" if briefing else ""
        related = {relation.to if "/" in relation.to else before + relation.to for relation in claim.relations}
        return cls(
            before + claim.id,
            claim.claim,
            tuple(one.quote for one in claim.statements if one.source != source or not _overlap(one.quote, words)),
            before + claim.topic,
            claim.answer or "",
            frozenset(related),
        )


def rank_claims(
    text: str, claims: Sequence[Wordings], meaning: Meaning | None = None, names: Sequence[str] = ()
) -> list[tuple[str, float]]:
    """Every claim's id with how likely ``text`` is about it, from 1 to 0, the likeliest first.

    ``names`` are those of who says it and of the outlet, since a text says "we" where a claim names them.
    """
    scores = _score_claims(text, claims, meaning, names)
    return [(claims[i].id, scores[i]) for i in _best_first(scores)]


def likely_sentences(
    claim: Wordings, sentences: Sequence[str], meaning: Meaning | None = None
) -> list[tuple[int, float]]:
    """Every sentence's index with how likely it says what the claim says, from 1 to 0, the likeliest first."""
    scores = _score(claim.claim, sentences, meaning)
    for quote in claim.quotes:
        scores = [
            max(own, _QUOTE * other) for own, other in zip(scores, _score(quote, sentences, meaning), strict=True)
        ]
    return [(i, scores[i]) for i in _best_first(scores)]


def near_duplicates(
    claims: Sequence[Wordings], meaning: Meaning | None = None, of: Container[str] | None = None
) -> list[tuple[str, str, float]]:
    """The ids of claims that say nearly the same, and how nearly, the likeliest first; 1 is the same words.

    Each is the other's nearest. Left out are claims that an editor told apart, by a relation between them or as
    different answers to one question. ``of`` has the ids of those to find duplicates of (None: all), among all claims.
    """
    texts = [claim.claim for claim in claims]
    limit = _NEAR if meaning else _NEAR_BY_WORDS

    @functools.cache
    def row(i: int) -> list[float]:
        return _score(texts[i], texts, meaning, weight=_MEANING_OF_CLAIMS)

    @functools.cache
    def near(i: int) -> dict[int, float]:
        """The claims as near to a claim as the limit, both ways."""
        likely = [j for j, score in enumerate(row(i)) if score >= limit and j != i and row(j)[i] >= limit]
        return {j: min(row(i)[j], row(j)[i]) for j in likely if not _are_apart(claims[i], claims[j])}

    pairs = {
        (min(i, j), max(i, j), score)
        for i, claim in enumerate(claims)
        if of is None or claim.id in of
        for j, score in near(i).items()
        if score == max(near(i).values()) == max(near(j).values())
    }
    named = [(claims[i].id, claims[j].id, score) for i, j, score in pairs]
    return sorted(named, key=lambda pair: (-pair[2], *pair[:2]))


def _overlap(one: str, other: str) -> bool:
    """Whether one of two texts is in the other."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    return shorter in longer


def _are_apart(one: Wordings, other: Wordings) -> bool:
    """Whether an editor told two claims apart."""
    answers = bool(one.answer and other.answer) and one.topic == other.topic and one.answer != other.answer
    return answers or other.id in one.related or one.id in other.related


def _score_claims(text: str, claims: Sequence[Wordings], meaning: Meaning | None, names: Sequence[str]) -> list[float]:
    own = [claim.claim for claim in claims]
    scores = _score(text, own, meaning, names)
    quotes = [(i, quote) for i, claim in enumerate(claims) for quote in claim.quotes]
    for (i, _), score in zip(quotes, _score(text, [quote for _, quote in quotes], meaning), strict=True):
        scores[i] = max(scores[i], _QUOTE * score)
    return scores


def _score(
    text: str, texts: Sequence[str], meaning: Meaning | None, names: Sequence[str] = (), weight: float = _MEANING
) -> list[float]:
    """How like ``text`` each of ``texts`` is, from 0 to 1; meaning has that weight beside words."""
    index = _index(tuple(texts))
    scores = index.score(text)
    for name in names:
        scores = [one + _NAME * other for one, other in zip(scores, index.score(name), strict=True)]
    if meaning and texts:
        means = meaning.score(text, texts)
        scores = [(one + weight * other) / (1 + weight) for one, other in zip(scores, means, strict=True)]
    return [round(min(max(score, 0.0), 1.0), 4) for score in scores]


@functools.lru_cache(maxsize=32)
def _index(texts: tuple[str, ...]) -> WordIndex:
    return WordIndex(texts)


def _best_first(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))
