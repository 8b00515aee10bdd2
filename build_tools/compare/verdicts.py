"""Verdicts: how far sources and speakers agree on a claim, computed from its statements. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.compare.statements import find_block_kind, find_holder, find_origin
from build_tools.model.records import Claim
from build_tools.model.site import Briefing
from build_tools.model.vocabulary import Vocabulary


class Voice(NamedTuple):
    """A statement as the verdict sees it; ``counted`` is false outside the body of an article."""

    holder: str
    source: str
    origin: str
    stance: str
    unnamed: bool
    counted: bool


Rule = Callable[[Claim, Sequence[Voice], Vocabulary], bool]


def _is_opinion(claim: Claim, vocabulary: Vocabulary) -> bool:
    return vocabulary.get("kinds", claim.kind).opinion


def _holders(voices: Iterable[Voice], *stances: str) -> set[str]:
    """The holders of any stance, or of some stances."""
    return {voice.holder for voice in voices if not stances or voice.stance in stances}


def _sources(voices: Iterable[Voice]) -> set[str]:
    return {voice.source for voice in voices}


def _is_opposed(voices: Sequence[Voice]) -> bool:
    return bool(_holders(voices, "asserts") and _holders(voices, "denies"))


def _has_two_origins(voices: Sequence[Voice]) -> bool:
    return len(_holders(voices)) > 1 and len({voice.origin for voice in voices}) > 1


#: The published table: the id of each verdict (the vocabulary has its words) and its rule. The first that fits decides.
#: ``voices`` are those that count: in the body of an article.
VERDICTS: tuple[tuple[str, Rule], ...] = (
    ("open", lambda claim, voices, words: not claim.statements),
    ("opposed", lambda claim, voices, words: _is_opinion(claim, words) and _is_opposed(voices)),
    ("opinion", lambda claim, voices, words: _is_opinion(claim, words)),
    ("outside the body", lambda claim, voices, words: not voices),
    ("self-contradicting", lambda claim, voices, words: bool(_holders(voices, "asserts") & _holders(voices, "denies"))),
    ("contested", lambda claim, voices, words: _is_opposed(voices)),
    ("qualified", lambda claim, voices, words: not _holders(voices, "asserts", "denies")),
    ("agreed", lambda claim, voices, words: _has_two_origins(voices) and len({v.stance for v in voices}) == 1),
    ("mixed", lambda claim, voices, words: _has_two_origins(voices)),
    ("one voice", lambda claim, voices, words: len(_holders(voices)) == 1 and len(_sources(voices)) > 1),
    ("one source, unnamed", lambda claim, voices, words: len(_sources(voices)) == 1 and all(v.unnamed for v in voices)),
    ("one source", lambda claim, voices, words: True),
)


def decide_verdict(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> str:
    """The id of the verdict on a claim: the first rule of VERDICTS that fits its counted statements."""
    return _decide(claim, _list_voices(briefing, claim, vocabulary), vocabulary)


def _list_voices(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> list[Voice]:
    return [
        Voice(
            holder=find_holder(briefing, statement),
            source=statement.source,
            origin=find_origin(briefing, statement.source),
            stance=statement.stance,
            unnamed=statement.speaker in briefing.unnamed,
            counted=vocabulary.get("blocks", find_block_kind(briefing, statement)).counts,
        )
        for statement in claim.statements
    ]


def _decide(claim: Claim, voices: Iterable[Voice], vocabulary: Vocabulary) -> str:
    counted = [voice for voice in voices if voice.counted]
    return next(name for name, rule in VERDICTS if rule(claim, counted, vocabulary))


@dataclass(frozen=True)
class Dependence:
    """What rests on one source: claims without any statement but its own, and claims whose verdict (now, then) would
    change without it."""

    lost: tuple[Claim, ...]
    changed: tuple[tuple[Claim, str, str], ...]


def find_dependence(briefing: Briefing, vocabulary: Vocabulary) -> dict[str, Dependence]:
    """Source id to what the briefing would lose, and judge otherwise, without that source."""
    lost: dict[str, list[Claim]] = {source.id: [] for source in briefing.sources}
    changed: dict[str, list[tuple[Claim, str, str]]] = {source.id: [] for source in briefing.sources}
    for claim in briefing.claims:
        voices = _list_voices(briefing, claim, vocabulary)
        before = _decide(claim, voices, vocabulary)
        for source in _sources(voices) & lost.keys():
            rest = [voice for voice in voices if voice.source != source]
            if not rest:
                lost[source].append(claim)
            elif (after := _decide(claim, rest, vocabulary)) != before:
                changed[source].append((claim, before, after))
    return {source: Dependence(tuple(lost[source]), tuple(changed[source])) for source in lost}
