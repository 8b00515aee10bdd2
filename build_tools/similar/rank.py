"""Which claim some words are about, where a claim is likely said, and which claims say nearly the same.

Each function works by words alone; with a ``Meaning`` it compares meanings, too, and then languages may differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.model.records import Claim
from build_tools.similar.meaning import Meaning
from build_tools.similar.words import WordIndex

#: How much meaning counts beside words.
_MEANING = 2.0
#: How alike claims must be to be pointed out, by words alone and with meaning.
_NEAR = {False: 0.6, True: 0.6}


@dataclass(frozen=True)
class Wordings:
    """A claim as it is compared: its id, its own words, and the quotations of its statements."""

    id: str
    claim: str
    quotes: tuple[str, ...] = ()

    @classmethod
    def of(cls, claim: Claim, briefing: str = "") -> "Wordings":
        """The wordings of a claim; with the id of its ``briefing``, which is put before its own, for several
        briefings."""
        name = f"{briefing}/{claim.id}" if briefing else claim.id
        return cls(name, claim.claim, tuple(statement.quote for statement in claim.statements))


def rank_claims(text: str, claims: Sequence[Wordings], meaning: Meaning | None = None) -> list[tuple[str, float]]:
    """Every claim's id with how likely ``text`` is about it, the likeliest first; 1 is the most."""
    scores = _score(text, [claim.claim for claim in claims], meaning)
    return [(claims[i].id, scores[i]) for i in _best_first(scores)]


def likely_sentences(
    claim: Wordings, sentences: Sequence[str], meaning: Meaning | None = None
) -> list[tuple[int, float]]:
    """The index of every sentence with how likely it says what the claim says, the likeliest first; 1 is the most."""
    scores = _score(claim.claim, sentences, meaning)
    return [(i, scores[i]) for i in _best_first(scores)]


def near_duplicates(claims: Sequence[Wordings], meaning: Meaning | None = None) -> list[tuple[str, str, float]]:
    """The ids of claims that say nearly the same, and how nearly, the likeliest first; 1 is the same words."""
    pairs = sorted(_near_pairs([claim.claim for claim in claims], meaning), key=lambda pair: (-pair[2], *pair[:2]))
    return [(claims[i].id, claims[j].id, score) for i, j, score in pairs]


def _near_pairs(texts: Sequence[str], meaning: Meaning | None) -> Iterator[tuple[int, int, float]]:
    limit = _NEAR[meaning is not None]
    for i, j, score in WordIndex(texts).pairs():
        near = (score + meaning.score(texts[i], texts[j : j + 1])[0]) / 2 if meaning else score
        if near >= limit:
            yield i, j, round(near, 4)


def _score(text: str, texts: Sequence[str], meaning: Meaning | None) -> list[float]:
    scores = WordIndex(texts).score(text)
    if meaning and texts:
        means = meaning.score(text, texts)
        scores = [(word + _MEANING * mean) / (1 + _MEANING) for word, mean in zip(scores, means, strict=True)]
    return [round(max(score, 0.0), 4) for score in scores]


def _best_first(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))
