"""How each article tells the story: facts that ``lock`` counts in the full text and records; the order of telling,
from the locks alone. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from synoptic.compare import told_about
from synoptic.compare.quotations import is_speech
from synoptic.compare.statements import find_block_kind
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.lock import Lock, Telling
from synoptic.model.records import Claim, Source, Speaker, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.match import Text

#: Named speakers whose names are searched: those whom most articles quote.
MAIN_SPEAKERS = 12
#: A name or a claim is shared by so many sources or more.
SHARED = 2
#: A statement with its claim.
Pair = tuple[Claim, Statement]


def list_main_speakers(briefing: Briefing, speakers: Mapping[str, Speaker]) -> list[tuple[Speaker, tuple[str, ...]]]:
    """The named speakers whom most articles quote, then those with most statements, ``MAIN_SPEAKERS`` at most; each
    with the search terms for the name. Those that are watched under their name are left out."""
    watched = {one.name for one in briefing.file.watch}
    named = [speakers[name] for name in briefing.credited if name in speakers and name not in briefing.unnamed]

    def rank(speaker: Speaker) -> tuple[int, int, str]:
        pairs = briefing.credited[speaker.id]
        return -len({statement.source for _, statement in pairs}), -len(pairs), speaker.id

    def is_clear(speaker: Speaker, number: int, name: str) -> bool:
        return number <= len(speaker.also) or name.replace("-", "").isalpha()  # a surname comes last

    names = told_about.list_names(named)
    main = sorted((one for one in named if one.name not in watched), key=rank)[:MAIN_SPEAKERS]
    return [(one, tuple(name for n, name in enumerate(names[one.id]) if is_clear(one, n, name))) for one in main]


def list_names(briefing: Briefing, speakers: Mapping[str, Speaker]) -> list[str]:
    """What ``lock`` searches in every text besides the claims' terms: watched terms, and names of main speakers."""
    watched = [one.terms for one in briefing.file.watch]
    spellings = [terms for _, terms in list_main_speakers(briefing, speakers)]
    return sorted({term for terms in (*watched, *spellings) for term in terms})


def record_telling(text: Text, hedges: Iterable[str], names: Iterable[str]) -> Telling:
    """The facts of a text; ``hedges`` are those of its language."""
    lengths = text.measure_blocks()
    return Telling(
        words=tuple(words for words, _ in lengths),
        quoted=tuple(quoted for _, quoted in lengths),
        hedges=text.search_markers(sorted(set(hedges))),
        names={name: text.search(name) for name in sorted(set(names))},
    )


class Facts(NamedTuple):
    """How a source tells its story, in numbers. Of the body: its words, those inside quotation marks, its hedges.

    A number is None if no lock records it: ``hedges`` also if the language has no list, or had another one then.
    """

    words: int | None
    body: int | None
    quoted: int | None
    hedges: int | None

    @property
    def hedges_per_100(self) -> float | None:
        """The hedges for each 100 words of the body."""
        return round(100 * self.hedges / self.body, 1) if self.hedges is not None and self.body else None


def find_facts(briefing: Briefing, source: Source, vocabulary: Vocabulary) -> Facts:
    """What the lock of a source records of how it tells its story."""
    lock = briefing.locks.get(source.id)
    if lock is None or lock.telling is None:
        return Facts(lock.words if lock else None, None, None, None)
    told, listed = lock.telling, set(vocabulary.markers_of(source.lang).hedges)
    counting = {term.id for term in vocabulary.blocks if term.counts}
    body = {n for n in range(1, lock.blocks + 1) if source.paragraphs.get(n, "body") in counting}
    words, quoted = (sum(numbers[n - 1] for n in body) for numbers in (told.words, told.quoted))
    hedges = sum(block in body for hits in told.hedges.values() for block in hits)
    return Facts(lock.words, words, quoted, hedges if listed and listed == told.hedges.keys() else None)


def count_speech(
    briefing: Briefing, source: Source, speakers: Mapping[str, Speaker], vocabulary: Vocabulary
) -> tuple[dict[str, int], dict[str, int]]:
    """The words of speakers that the body has inside quotation marks and the briefing quotes: by kind of speaker, and
    by country ("" if none is given)."""
    by_kind: dict[str, set[int]] = {}
    by_country: dict[str, set[int]] = {}
    for _, statement in briefing.carried.get(source.id, ()):
        entry, speaker = briefing.checked_entry(statement), speakers.get(statement.speaker or "")
        if speaker is None or entry is None or not is_speech(statement, entry):
            continue
        if not vocabulary.get("blocks", find_block_kind(briefing, statement)).counts:
            continue
        words = {n for first, last in entry.words for n in range(first, last + 1)}
        by_kind.setdefault(speaker.kind, set()).update(words)
        by_country.setdefault(speaker.country or "", set()).update(words)
    first, second = ({key: len(words) for key, words in group.items()} for group in (by_kind, by_country))
    return first, second


class Naming(NamedTuple):
    """Where a source first has a name: ``first`` is the number of the paragraph, 0 if it never has it, None if nobody
    searched; ``quoted`` is the first paragraph with a quotation credited to that speaker, 0 if there is none."""

    name: str
    terms: tuple[str, ...]
    first: int | None
    quoted: int = 0


def find_first(lock: Lock | None, terms: Iterable[str]) -> int | None:
    """The first block of a source in which one of some terms occurs; 0 if none does, None if not all were searched."""
    names = lock.telling.names if lock and lock.telling else {}
    terms = tuple(terms)
    if not set(terms) <= names.keys():
        return None
    return min((block for term in terms for block in names[term]), default=0)


def list_watched(briefing: Briefing, source: Source) -> list[Naming]:
    """Where a source first has each name and subject that is watched."""
    lock = briefing.locks.get(source.id)
    return [Naming(one.name, one.terms, find_first(lock, one.terms)) for one in briefing.file.watch]


def list_named_speakers(briefing: Briefing, speakers: Mapping[str, Speaker]) -> dict[str, list[Naming]]:
    """By source, where it first names and first quotes each main speaker."""
    main = list_main_speakers(briefing, speakers)
    return {source.id: _find_speakers(briefing, source, main) for source in briefing.sources}


def _find_speakers(briefing: Briefing, source: Source, main: Iterable[tuple[Speaker, tuple[str, ...]]]) -> list[Naming]:
    lock = briefing.locks.get(source.id)
    quoted: dict[str, int] = {}
    for _, statement in briefing.carried.get(source.id, ()):
        if statement.speaker and (entry := briefing.locked(statement)):
            quoted[statement.speaker] = min(quoted.get(statement.speaker, entry.block), entry.block)
    return [Naming(speaker.name, terms, find_first(lock, terms), quoted.get(speaker.id, 0)) for speaker, terms in main]


def list_headlines(briefing: Briefing, source: Source) -> list[tuple[Pair, Pair]]:
    """The statements from a source's headlines, each with the one in its body that it stands for."""
    own = {statement.id: (claim, statement) for claim, statement in briefing.carried.get(source.id, ())}
    return [(pair, own[body]) for pair in own.values() if (body := pair[1].headline_of) and body in own]


def order_topics(briefing: Briefing, source: Source) -> list[tuple[int, str, tuple[str, ...]]]:
    """The paragraphs of a source in order: number, kind, and the topics of the statements that begin there."""
    lock = briefing.locks.get(source.id)
    topics: dict[int, dict[str, None]] = {}
    for claim, statement in briefing.carried.get(source.id, ()):
        if entry := briefing.checked_entry(statement):
            topics.setdefault(entry.block, {})[claim.topic] = None
    numbers = range(1, lock.blocks + 1) if lock else ()
    return [(n, source.paragraphs.get(n, "body"), tuple(topics.get(n, ()))) for n in numbers]


def list_unnamed(briefing: Briefing) -> dict[str, list[str]]:
    """By source, the watched names that it never has and that two or more others have."""
    absent: dict[str, list[str]] = {source.id: [] for source in briefing.sources}
    for watched in briefing.file.watch:
        first = {source.id: find_first(briefing.locks.get(source.id), watched.terms) for source in briefing.sources}
        if sum(bool(block) for block in first.values()) >= SHARED:
            for source, block in first.items():
                absent[source] += [watched.name] if block == 0 else []
    return absent


def list_shared(briefing: Briefing, vocabulary: Vocabulary) -> list[tuple[Claim, list[str]]]:
    """The claims on which the bodies of two or more sources have a statement, each with those sources."""
    counting = {term.id for term in vocabulary.blocks if term.counts}
    shared = []
    for claim in briefing.claims:
        told = (s for s in claim.statements if s.mode != DRAMATISED and find_block_kind(briefing, s) in counting)
        sources = dict.fromkeys(s.source for s in told if s.source in briefing.source)
        if len(sources) >= SHARED:
            shared.append((claim, list(sources)))
    return shared


# -- order and weight ----------------------------------------------------------------------------------------------


class Share(NamedTuple):
    """Where and how much a source tells of a claim: its runs of words (first and last, from 1), and their source's
    length. Runs that overlap are one."""

    source: str
    runs: tuple[tuple[int, int], ...]
    length: int

    @property
    def first(self) -> float:
        """Where it begins, as a share of the words of the text, from 0 to 1."""
        return (self.runs[0][0] - 1) / self.length

    @property
    def words(self) -> int:
        """How many words it gets."""
        return sum(last - first + 1 for first, last in self.runs)


def list_shares(briefing: Briefing, claim: Claim) -> list[Share]:
    """Where each source first has a claim and how many words it gets, as the locks record it, in order of sources.

    Headlines count, as they are where a telling begins. A quotation that is not the one in the lock does not.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for statement in claim.statements:
        if entry := briefing.checked_entry(statement):
            found.setdefault(statement.source, []).extend(entry.words)
    return [
        Share(name, merge_runs(found[name]), briefing.locks[name].words) for name in briefing.source if name in found
    ]


def merge_runs(runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Runs of words in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return tuple(merged)


def measure_spread(shares: Sequence[Share]) -> float:
    """How differently a claim is placed: the greatest difference between two of its sources, from 0 to 1."""
    places = [share.first for share in shares]
    return max(places) - min(places) if places else 0.0
