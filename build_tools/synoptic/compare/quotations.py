"""Quotations: which words must be verbatim, which are checked, and how much of a source they take. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from synoptic.base.problems import Place
from synoptic.model.lock import LockedQuote
from synoptic.model.records import Claim, Source, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Quoting, Vocabulary
from synoptic.text.brackets import source_runs
from synoptic.text.folding import fold, split_words
from synoptic.text.terms import find_terms

#: Words of narration in one quotation, at least; ``Quoting`` has the limits above.
MIN_NARRATION = 4
_SIGNS_PER_WORD = 2  # in Chinese and other scripts without spaces


def list_quotations(briefing: Briefing, source: str | None = None) -> list[Statement]:
    """All words that must be verbatim, or those of one source: statements, then words of figures and events that no
    statement quotes, each as a statement with the id of the figure or event."""
    extra = []
    for item in (*briefing.figures, *briefing.events):
        known = [briefing.statement[name] for name in item.statements if name in briefing.statement]
        if known and source not in (None, known[0].source):
            continue
        runs = [run for statement in known for run in list_source_words(briefing, statement)] if item.words else []
        if item.words and known and not any(fold(item.words) in fold(run) for run in runs):
            spot = item.place.at("words")
            place = Place(spot.path, spot.line, spot.column, {"quote": (spot.line, spot.column)})
            extra.append(Statement(place=place, id=item.id, source=known[0].source, stance="asserts", quote=item.words))
    pairs = briefing.statements if source is None else briefing.carried.get(source, ())
    return [*(statement for _, statement in pairs), *extra]


def list_source_words(briefing: Briefing, statement: Statement) -> list[str]:
    """The source's own words in a quotation, in runs: without our cuts, and without the brackets that the lock has as
    ours."""
    if not statement.cut and "[" not in statement.quote:  # most are so
        return [statement.quote]
    entry = briefing.locked(statement)
    return source_runs(statement.quote, entry.ours if entry else (), cut=statement.cut)


def find_check_day(briefing: Briefing, claim: Claim) -> str:
    """The day since which every quotation of a claim is checked, as 2031-03-12; "" if one is not. It is the earliest
    last day in the locks of its sources; of a claim without statements, in all locks (its searches)."""
    sources = {s.source for s in claim.statements} or (set(briefing.source) if claim.terms else set())
    locks = [briefing.locks.get(name) for name in sources]
    days = [lock.last_checked_on if lock else None for lock in locks]
    exact = all(briefing.checked_entry(s) for s in claim.statements)
    return min(day for day in days if day) if days and all(days) and exact else ""


def find_mode(statement: Statement, entry: LockedQuote | None) -> str | None:
    """How the source carries the speaker: as typed, else direct inside quotation marks and indirect outside them; None
    if the article speaks for itself."""
    if statement.speaker is None:
        return None
    return statement.mode or ("direct" if entry is not None and entry.marks else "indirect")


def find_hedges(
    vocabulary: Vocabulary, source: Source, statement: Statement, entry: LockedQuote | None
) -> Iterable[str]:
    """The hedges in a quotation and beside it, unless an editor found those beside it to be about something else."""
    hedges = vocabulary.markers_of(source.lang).hedges
    words = [*find_terms(statement.quote, hedges)]
    if entry and entry.beside and "left-out" not in statement.allow:
        words += find_terms(" ".join(entry.beside), hedges)
    return dict.fromkeys(words)


def is_speech(statement: Statement, entry: LockedQuote) -> bool:
    """Whether a quotation is a speaker's own words: direct, and inside the source's quotation marks."""
    return entry.marks and find_mode(statement, entry) == "direct"


def is_reported(statement: Statement, entry: LockedQuote | None) -> bool:
    """Whether an article tells in its own words what a named speaker says."""
    return find_mode(statement, entry) == "indirect"


def is_own_words(source: Source, statement: Statement, entry: LockedQuote) -> bool:
    """Whether a quotation is somebody's own words: speech, or of a text that is all its speaker's (``voice:``)."""
    return source.voice is not None or is_speech(statement, entry)


def find_limit(limits: Quoting, source: Source, statement: Statement, entry: LockedQuote) -> int:
    """The words that a quotation may have without a reason."""
    if is_own_words(source, statement, entry):
        return limits.speech
    return limits.whole_sentence if entry.whole else limits.narration


def count_words(quote: str, tokens: int) -> int:
    """The length of ``quote`` in words. ``tokens`` counts each Chinese character as one; here two make a word."""
    if quote.isascii():
        return tokens
    signs = sum(len(word) == 1 and ord(word) > 0x3000 for word in split_words(fold(quote)))
    return tokens - signs + -(-signs // _SIGNS_PER_WORD)


def count_quoted_words(entry: LockedQuote) -> int:
    """The number of the source's words in a quotation."""
    return sum(last - first + 1 for first, last in entry.words)


@dataclass(frozen=True)
class Coverage:
    """How much of a source is quoted, in words: narration, speakers' own words, and the length of the text."""

    narration: int
    speech: int
    words: int

    @property
    def quoted(self) -> int:
        """All quoted words."""
        return self.narration + self.speech


def measure_coverage(briefing: Briefing, source: Source) -> Coverage:
    """How much of a source the briefing quotes; words that several statements share count once."""
    speech: set[int] = set()
    quoted: set[int] = set()
    for statement in list_quotations(briefing, source.id):
        if entry := briefing.locked(statement):
            words = [range(first, last + 1) for first, last in entry.words]
            quoted.update(*words)
            if is_own_words(source, statement, entry):
                speech.update(*words)
    lock = briefing.locks.get(source.id)
    return Coverage(len(quoted - speech), len(speech), lock.words if lock else 0)


def count_shared_words(briefing: Briefing, source: str, other: str) -> int:
    """The number of words of ``source`` in long runs that it shares with ``other``."""
    lock = briefing.locks.get(source)
    return sum(run.words[1] - run.words[0] + 1 for run in lock.shared if run.source == other) if lock else 0
