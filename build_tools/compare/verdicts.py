"""The comparison: verdicts, silences, holders, counts. Computed from statements, never typed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.compare.statements import quotations_of
from build_tools.model.briefing import Briefing
from build_tools.model.lock import Lock, LockedQuote
from build_tools.model.records import Claim, Source, Statement
from build_tools.model.vocabulary import Vocabulary


class Voice(NamedTuple):
    """A statement with what the verdict needs of it: its holder, origin and stance."""

    holder: str  # a speaker's id, or "article:" and the source's id where an article of no known voice says it
    source: str
    origin: str
    stance: str
    unnamed: bool
    counted: bool


class Silence(NamedTuple):
    """What is known of a source without a statement on a claim."""

    source: Source
    state: str
    terms: tuple[str, ...]
    reason: str
    hits: tuple[int, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """How much of a source is quoted, in words: narration, speakers' own words, and the whole text."""

    narration: int
    speech: int
    words: int

    @property
    def quoted(self) -> int:
        """All quoted words."""
        return self.narration + self.speech


Rule = Callable[[Claim, Sequence[Voice], Vocabulary], bool]


def _opinion(claim: Claim, vocabulary: Vocabulary) -> bool:
    return vocabulary.get("kinds", claim.kind).opinion


def _holders(voices: Iterable[Voice], *stances: str) -> set[str]:
    return {v.holder for v in voices if v.stance in stances}


def _opposed(voices: Sequence[Voice]) -> bool:
    yes, no = _holders(voices, "asserts"), _holders(voices, "denies")
    return bool(yes and no)


def _two_origins(voices: Sequence[Voice]) -> bool:
    return len({v.holder for v in voices}) > 1 and len({v.origin for v in voices}) > 1


#: The published table: verdict id (its words are in the vocabulary) and its rule; the first that fits decides.
#: Every rule but the first three sees only the statements of the body.
VERDICTS: tuple[tuple[str, Rule], ...] = (
    ("open", lambda claim, voices, words: not claim.statements),
    ("opposed", lambda claim, voices, words: _opinion(claim, words) and _opposed(voices)),
    ("opinion", lambda claim, voices, words: _opinion(claim, words)),
    ("outside the body", lambda claim, voices, words: not voices),
    (
        "self-contradicting",
        lambda claim, voices, words: bool(_holders(voices, "asserts") & _holders(voices, "denies")),
    ),
    ("contested", lambda claim, voices, words: _opposed(voices)),
    ("qualified", lambda claim, voices, words: not _holders(voices, "asserts", "denies")),
    ("agreed", lambda claim, voices, words: _two_origins(voices) and len({v.stance for v in voices}) == 1),
    ("mixed", lambda claim, voices, words: _two_origins(voices)),
    ("one voice", lambda claim, voices, words: len(_all_holders(voices)) == 1 and len(_sources(voices)) > 1),
    (
        "one source, unnamed",
        lambda claim, voices, words: len(_sources(voices)) == 1 and all(v.unnamed for v in voices),
    ),
    ("one source", lambda claim, voices, words: True),
)


def _all_holders(voices: Sequence[Voice]) -> set[str]:
    return {v.holder for v in voices}


def _sources(voices: Sequence[Voice]) -> set[str]:
    return {v.source for v in voices}


def holder(briefing: Briefing, statement: Statement) -> str:
    """Who holds a statement: the speaker; else the one whose own text the source is; else the article itself."""
    return briefing.speaker_of(statement) or f"article:{statement.source}"


def origin(briefing: Briefing, source: str) -> str:
    """The origin a source belongs to; sources that copy each other share one."""
    found = briefing.source.get(source)
    return (found.origin if found else None) or source


def block_kind(briefing: Briefing, statement: Statement) -> str:
    """The kind of the block in which a statement's quotation begins."""
    entry, source = briefing.locked(statement), briefing.source.get(statement.source)
    number = entry.block if entry else statement.paragraph or 0
    return source.paragraphs.get(number, "body") if source else "body"


def voices(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> list[Voice]:
    """Every statement of a claim as the verdict sees it."""
    return [
        Voice(
            holder=holder(briefing, s),
            source=s.source,
            origin=origin(briefing, s.source),
            stance=s.stance,
            unnamed=s.speaker in briefing.unnamed,
            counted=vocabulary.get("blocks", block_kind(briefing, s)).counts,
        )
        for s in claim.statements
    ]


def verdict(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> str:
    """The verdict on a claim: the first rule of VERDICTS that fits its counted statements."""
    return _judged(claim, voices(briefing, claim, vocabulary), vocabulary)


def _judged(claim: Claim, voices: Iterable[Voice], vocabulary: Vocabulary) -> str:
    counted = [v for v in voices if v.counted]
    return next(name for name, rule in VERDICTS if rule(claim, counted, vocabulary))


def verified(briefing: Briefing, claim: Claim) -> str:
    """The day since which every quotation of a claim is checked (of a claim without any, every search), as
    2031-03-12: the earliest of its sources' locks. Empty where one of them is not."""
    sources = {s.source for s in claim.statements} or (set(briefing.source) if claim.terms else set())
    locks = [briefing.locks.get(name) for name in sources]
    days = [lock.checked_on if lock and lock.checked_by else None for lock in locks]
    exact = all((entry := briefing.locked(s)) is not None and entry.is_of(s) for s in claim.statements)
    return min(day for day in days if day) if days and all(days) and exact else ""


def silences(briefing: Briefing, claim: Claim) -> list[Silence]:
    """What is known of every source without a statement on ``claim``, in the order of the sources."""
    speaking = {s.source for s in claim.statements}
    passed = {p.source: p.reason for p in claim.passed_over}
    found = []
    for source in briefing.sources:
        if source.id in speaking:
            continue
        hits = search(briefing.locks.get(source.id), claim)
        if source.id in passed and hits:
            state = "passed over"
        elif hits is None or hits:
            state = "not checked"
        else:
            state = "searched, not found"
        found.append(Silence(source, state, claim.terms, passed.get(source.id, ""), hits or ()))
    return found


def search(lock: Lock | None, claim: Claim) -> tuple[int, ...] | None:
    """The blocks of a source in which a claim's terms stand; None where they were not all searched."""
    if lock is None or not claim.terms:
        return None
    hits = [lock.terms.get(term) for term in claim.terms]
    if None in hits:
        return None
    return tuple(sorted({block for blocks in hits for block in blocks or ()}))


def mode(statement: Statement, entry: LockedQuote | None) -> str | None:
    """How the source carries the speaker: as typed, else direct inside quotation marks and indirect outside;
    None where the article speaks itself."""
    if statement.speaker is None:
        return None
    return statement.mode or ("direct" if entry is not None and entry.marks else "indirect")


def is_speech(statement: Statement, entry: LockedQuote) -> bool:
    """Whether a quotation is a speaker's own words: inside the source's quotation marks, and said directly."""
    return entry.marks and mode(statement, entry) == "direct"


def length(entry: LockedQuote) -> int:
    """How many of the source's words a quotation takes."""
    return sum(last - first + 1 for first, last in entry.words)


def coverage(briefing: Briefing, source: Source) -> Coverage:
    """How much of a source the briefing quotes; words that several statements share count once."""
    speech: set[int] = set()
    every: set[int] = set()
    for statement in quotations_of(briefing, source.id):
        if entry := briefing.locked(statement):
            taken = {i for first, last in entry.words for i in range(first, last + 1)}
            every |= taken
            if is_speech(statement, entry):
                speech |= taken
    lock = briefing.locks.get(source.id)
    return Coverage(len(every - speech), len(speech), lock.words if lock else 0)


def origins(briefing: Briefing, sources: Iterable[str]) -> int:
    """How many origins some sources have."""
    return len({origin(briefing, s) for s in sources})


def shared_words(briefing: Briefing, one: str, other: str) -> int:
    """How many words of ``one`` stand in long runs that it shares with ``other``."""
    lock = briefing.locks.get(one)
    return sum(run.words[1] - run.words[0] + 1 for run in lock.shared if run.source == other) if lock else 0


@dataclass(frozen=True)
class Dependence:
    """What hangs on one source: claims that lose all evidence without it, and verdicts that change."""

    lost: tuple[Claim, ...]
    changed: tuple[tuple[Claim, str, str], ...]


def dependence(briefing: Briefing, vocabulary: Vocabulary) -> dict[str, Dependence]:
    """Source id to what a briefing would lose and judge otherwise if that source were left out."""
    lost: dict[str, list[Claim]] = {source.id: [] for source in briefing.sources}
    changed: dict[str, list[tuple[Claim, str, str]]] = {source.id: [] for source in briefing.sources}
    for claim in briefing.claims:
        every = voices(briefing, claim, vocabulary)
        before = _judged(claim, every, vocabulary)
        for name in {v.source for v in every} & lost.keys():
            rest = [v for v in every if v.source != name]
            if not rest:
                lost[name].append(claim)
            elif (after := _judged(claim, rest, vocabulary)) != before:
                changed[name].append((claim, before, after))
    return {name: Dependence(tuple(lost[name]), tuple(changed[name])) for name in lost}


def plain(text: str) -> str:
    """A bottom-line sentence without the brackets that mark its links."""
    return text.replace("[", "").replace("]", "")
