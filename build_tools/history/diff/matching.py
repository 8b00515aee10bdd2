"""Pairs the objects of two states, also those whose id changed: their ``was:`` says so, or they have enough in common.
Pure."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from build_tools.model.records import Answer, Claim, Event, Figure, Parallel, Source, Speaker, Statement, Topic
from build_tools.model.site import Briefing
from build_tools.model.values import Placed
from build_tools.model.vocabulary import Term
from build_tools.text.folding import fold
from build_tools.text.match import hash_quote

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


def match_keys(base: Mapping[K, T], head: Mapping[K, T]) -> Matches[T]:
    """Pair the values of two mappings by their keys."""
    return Matches(
        [(base[key], item) for key, item in head.items() if key in base],
        [item for key, item in head.items() if key not in base],
        [item for key, item in base.items() if key not in head],
    )


def match_by_id(base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str] | None = None) -> Matches[I]:
    """Pair objects by their ids; ``renamed`` maps ids of the base to those that replaced them."""
    new_ids = renamed or {}
    old = {(new_ids.get(name, name), number): item for (name, number), item in _by_id(base).items()}
    return match_keys(old, _by_id(head))


def match_most_alike(base: Sequence[T], head: Sequence[T], likeness: Callable[[T, T], float]) -> Matches[T]:
    """Pair objects that have no ids: the most alike first, never two whose ``likeness`` is 0."""
    scores = {(i, j): likeness(old, new) for i, old in enumerate(base) for j, new in enumerate(head)}
    pairs = _pair_best({pair: score for pair, score in scores.items() if score})
    return Matches(
        [(base[i], head[j]) for i, j in pairs.items()],
        [item for j, item in enumerate(head) if j not in pairs.values()],
        [item for i, item in enumerate(base) if i not in pairs],
    )


def _by_id(items: Iterable[I]) -> dict[tuple[str, int], I]:
    """Objects by (id, number). A duplicate id is an error elsewhere; here it gets another number, so none is lost."""
    count: dict[str, Iterator[int]] = defaultdict(itertools.count)
    return {(item.id, next(count[item.id])): item for item in items}


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
    claim_of = {id(statement): new_claims.get(claim.id, claim.id) for claim, statement in base.statements}
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
    old, new = _by_id(base), _by_id(head)
    removed = {key[0]: set(traits(item)) for key, item in old.items() if key not in new}
    added = {key[0]: set(traits(item)) for key, item in new.items() if key not in old}
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
    """Ids that changed, old to new: what ``was:`` says on either side, then what was guessed."""
    old, new = ({item.id: item.was for item in side} for side in (base, head))
    declared = {was: name for name, earlier in new.items() for was in earlier if was in old and was not in new}
    backwards = ((name, was) for name, earlier in old.items() if name not in new for was in earlier)
    declared |= {name: was for name, was in backwards if was in new and was not in old}
    return {a: b for a, b in guessed.items() if a not in declared and b not in declared.values()} | declared


def _guess_sources(base: Briefing, head: Briefing) -> dict[str, str]:
    """Sources with the same text (by their locks) under another id; without a lock, the same address or title."""

    def identity(briefing: Briefing, source: Source) -> Hashable:
        if lock := briefing.locks.get(source.id):
            return lock.sha256
        return source.url or (source.title, source.outlet)

    kept = base.source.keys() & head.source.keys()
    new_ids = {identity(head, source): source.id for source in head.sources if source.id not in kept}
    old_ids = {source.id: identity(base, source) for source in base.sources if source.id not in kept}
    return {name: new_ids[key] for name, key in old_ids.items() if key in new_ids}


def strip_punctuation(text: str) -> str:
    """``text`` without what changes no meaning: case, quotation marks, commas and stops that touch no digit."""
    bare = re.sub(r"(?<!\w)'|'(?!\w)|\"", "", fold(text).casefold())
    return " ".join(re.sub(r"(?<!\d)[.,;:]|[.,;:](?!\d)(?<!\d.)", "", bare).split())


def reworded_or_respelt(before: str, after: str) -> str:
    """How a text of ours changed, as the end of a kind of change."""
    return "respelt" if strip_punctuation(before) == strip_punctuation(after) else "reworded"
