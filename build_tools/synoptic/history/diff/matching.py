"""Pairs the objects of two states, also those whose id changed: their ``was:`` says so, or they have enough in common.
Pure."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from synoptic.model.records import Answer, Claim, Event, Figure, Parallel, Source, Speaker, Statement, Topic
from synoptic.model.site import Briefing
from synoptic.model.values import Placed
from synoptic.model.vocabulary import Term
from synoptic.text.folding import fold
from synoptic.text.match import hash_quote

#: A trait that more objects than this share says nothing about any of them.
_COMMON = 20
#: The share of its traits that an object must have in common with another to be taken for it.
_LEAST = 0.5

Renamable = Source | Topic | Claim | Statement | Speaker
#: An object with an id; some can name their earlier ids.
Identified = Renamable | Answer | Figure | Event | Parallel | Term
T = TypeVar("T", bound=Placed)
K = TypeVar("K", bound=Hashable)
I = TypeVar("I", bound=Identified)  # noqa: E741 - an object with an id


@dataclass(frozen=True)
class Matches(Generic[T]):
    """The objects of two states, paired: ``both`` holds (base, head)."""

    both: list[tuple[T, T]]
    added: list[T]
    removed: list[T]


def match_by_id(base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str] | None = None) -> Matches[I]:
    """Pair objects by their ids; ``renamed`` maps ids of the base to those that replaced them."""
    old, new = _by_id(base, renamed or {}), _by_id(head)
    return Matches(
        [(old[key], item) for key, item in new.items() if key in old],
        [item for key, item in new.items() if key not in old],
        [item for key, item in old.items() if key not in new],
    )


def match_most_alike(base: Sequence[T], head: Sequence[T], likeness: Callable[[T, T], float]) -> Matches[T]:
    """Pair objects that have no ids: the most alike first, never two whose ``likeness`` is 0."""
    scores = {(i, j): likeness(old, new) for i, old in enumerate(base) for j, new in enumerate(head)}
    pairs = _pair_best({pair: score for pair, score in scores.items() if score})
    return Matches(
        [(base[i], head[j]) for i, j in pairs.items()],
        [item for j, item in enumerate(head) if j not in pairs.values()],
        [item for i, item in enumerate(base) if i not in pairs],
    )


def _by_id(items: Iterable[I], renamed: Mapping[str, str] = MappingProxyType({})) -> dict[tuple[str, int], I]:
    """Objects by (id, number), the id perhaps a new one. Of two that would have one id the second gets another number,
    so none is lost; what has always had the id comes first."""
    count: dict[str, Iterator[int]] = defaultdict(itertools.count)
    ordered = sorted(items, key=lambda item: item.id in renamed)
    named = [(renamed.get(item.id, item.id), item) for item in ordered]
    return {(name, next(count[name])): item for name, item in named}


def _pair_best(scores: Mapping[tuple[K, K], float]) -> dict[K, K]:
    """Pairs that exclude each other, the best first."""
    pairs: dict[K, K] = {}
    for (old, new), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if old not in pairs and new not in pairs.values():
            pairs[old] = new
    return pairs


@dataclass(frozen=True)
class Ids:
    """The ids that changed, by subject: old to new, as in ``claim={"cost-19": "cost-of-works"}``."""

    source: dict[str, str]
    claim: dict[str, str]
    statement: dict[str, str]
    speaker: dict[str, str]
    topic: dict[str, str]
    answer: dict[tuple[str, str], str]
    """Old (topic, answer) to the new id of the answer."""


def find_renamed_ids(base: Briefing, head: Briefing, speakers: Mapping[str, str]) -> Ids:
    """Every id of a briefing that changed. ``speakers`` are the named speakers whose id changed, old to new."""
    new_sources = _apply_was(base.sources, head.sources, _guess_sources(base, head))
    new_speakers = {**speakers, **find_renamed_speakers(base.own_speakers.values(), head.own_speakers.values())}

    def quotation(statement: Statement) -> Hashable:
        return new_sources.get(statement.source, statement.source), hash_quote(statement.quote, statement.cut)

    def claim_traits(claim: Claim) -> Iterator[Hashable]:
        yield strip_punctuation(claim.claim)
        for statement in claim.statements:
            yield statement.id
            yield quotation(statement)

    new_claims = _apply_was(base.claims, head.claims, guess_renamed(base.claims, head.claims, claim_traits))
    merged = {was: claim.id for claim in head.claims for was in claim.was}
    led = {**merged, **new_claims}  # where the old address leads, even if another claim has always been there
    claim_of = {id(statement): led.get(claim.id, claim.id) for claim, statement in base.statements}
    claim_of |= {id(statement): claim.id for claim, statement in head.statements}

    def statement_traits(statement: Statement) -> Iterator[Hashable]:
        speaker = new_speakers.get(statement.speaker or "", statement.speaker)
        yield claim_of[id(statement)], quotation(statement), speaker

    old_statements, statements = ([s for _, s in side.statements] for side in (base, head))
    guessed = guess_renamed(old_statements, statements, statement_traits)
    new_statements = _apply_was(old_statements, statements, guessed)
    new_topics = _apply_was(base.file.topics, head.file.topics, {})
    new_answers = {
        (before.id, old): new
        for before, after in match_by_id(base.file.topics, head.file.topics, new_topics).both
        for old, new in guess_renamed(before.answers, after.answers, lambda a: [strip_punctuation(a.text)]).items()
    }
    return Ids(new_sources, new_claims, new_statements, new_speakers, new_topics, new_answers)


def find_renamed_speakers(base: Iterable[Speaker], head: Iterable[Speaker]) -> dict[str, str]:
    """Speakers whose id changed, old to new: they say so in ``was:``, or keep their name and kind."""
    old, new = tuple(base), tuple(head)
    return _apply_was(old, new, guess_renamed(old, new, lambda speaker: [(speaker.name.casefold(), speaker.kind)]))


def guess_renamed(base: Iterable[I], head: Iterable[I], traits: Callable[[I], Iterable[Hashable]]) -> dict[str, str]:
    """Ids that disappeared, each with the new id that shares at least half of its ``traits``; best matches first."""
    old, new = ({item.id: item for item in side} for side in (base, head))
    removed = {name: set(traits(item)) for name, item in old.items() if name not in new}
    added = {name: set(traits(item)) for name, item in new.items() if name not in old}
    bearers: dict[Hashable, list[str]] = defaultdict(list)
    for name, features in added.items():
        for trait in features:
            bearers[trait].append(name)
    scores = Counter(
        (name, candidate)
        for name, features in removed.items()
        for trait in features
        if len(bearers[trait]) <= _COMMON
        for candidate in bearers[trait]
    )
    return _pair_best({pair: score for pair, score in scores.items() if score >= _LEAST * len(removed[pair[0]])})


def _apply_was(base: Iterable[Renamable], head: Iterable[Renamable], guessed: Mapping[str, str]) -> dict[str, str]:
    """Ids that changed, old to new: what ``was:`` says on either side, then what was guessed.

    Each leads from an id that the head lacks to one that the base lacks, and no two lead to the same: of several
    claims merged into one, all but the likeliest are removed, and a claim that takes another in stays itself.
    """
    old, new = ({item.id: item.was for item in side} for side in (base, head))
    declared = [(was, name) for name, earlier in new.items() for was in earlier]
    declared += [(name, was) for name, earlier in old.items() for was in earlier]
    declared.sort(key=lambda pair: guessed.get(pair[0]) != pair[1])
    removed, added = old.keys() - new.keys(), new.keys() - old.keys()
    pairs: dict[str, str] = {}
    for before, after in (*declared, *guessed.items()):
        if before in removed and after in added:
            pairs[before] = after
            removed.discard(before)
            added.discard(after)
    return pairs


def _guess_sources(base: Briefing, head: Briefing) -> dict[str, str]:
    """Sources with the same text (by their locks) under another id; without a lock, the same address or title."""

    def identity(briefing: Briefing, source: Source) -> Hashable:
        if lock := briefing.locks.get(source.id):
            return lock.sha256
        return source.url or (source.title, source.outlet)

    kept = base.source.keys() & head.source.keys()
    new_ids: dict[Hashable, list[str]] = defaultdict(list)
    for source in head.sources:
        if source.id not in kept:
            new_ids[identity(head, source)].append(source.id)
    old = ((source.id, new_ids[identity(base, source)]) for source in base.sources if source.id not in kept)
    return {name: found.pop(0) for name, found in old if found}


def strip_punctuation(text: str) -> str:
    """``text`` without what changes no meaning: case, quotation marks, commas and stops that touch no digit."""
    bare = re.sub(r"(?<!\w)'|'(?!\w)|\"", "", fold(text).casefold())
    return " ".join(re.sub(r"(?<!\d)[.,;:]|[.,;:](?!\d)(?<!\d.)", "", bare).split())


def reworded_or_respelt(before: str, after: str) -> str:
    """How a text of ours changed, as the end of a kind of change."""
    return "respelt" if strip_punctuation(before) == strip_punctuation(after) else "reworded"
