"""Finds what no statement of a source covers yet. Pure.

Suggestions are guesses; an editor chooses, and `check` treats what is kept like anything else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from synoptic.compare.hits import list_unlikely
from synoptic.compare.lock import find_quotation
from synoptic.compare.outline import list_gists
from synoptic.compare.quotations import list_quotations
from synoptic.model.records import Claim, Source, Speaker
from synoptic.model.site import Briefing, Site
from synoptic.model.vocabulary import Vocabulary
from synoptic.suggest import figures_dates
from synoptic.suggest.reader import Reader
from synoptic.suggest.word_lists import words_of
from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.match import Text
from synoptic.text.tables import find_tables

KINDS = ("quotation", "credited", "figure", "date", "paragraph")
LIKE = 62.0  # least similarity, of 100, of the claims named beside a suggestion
MOST = 3  # claims named beside a suggestion, at most
SHARE = 0.25  # a passage is covered if this share of its words is quoted
#: Kinds of paragraph without anything to claim.
IDLE = frozenset(
    {"section-label", "byline", "dateline", "author-note", "heading", "caption", "video-line", "furniture"}
)


@dataclass(frozen=True)
class Suggestion:
    """A passage to look at: kind, source, paragraph (from 1), words, speaker, and the claims that it resembles.

    ``speaker`` is an id or, if nobody declared them, a name; then ``speaker_kind`` guesses what they are.
    ``number`` counts every passage of a briefing's texts from 1, covered or not, so it stays while statements are
    added. ``start`` and ``end`` are its place in the paragraph as ``suggest`` reads it. ``covered`` passages are in a
    quotation already, are paragraphs with a gist, or have nothing to quote. ``terms`` are unanswered searches that hit
    the paragraph, as (claim id, term); ``unlikely`` are those of the claims with which it shares few words.
    """

    kind: str
    source: str
    paragraph: int
    text: str
    speaker: str | None = None
    resembles: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    number: int = 0
    start: int = 0
    end: int = 0
    covered: bool = False
    speaker_kind: str = ""
    unlikely: frozenset[str] = frozenset()


def find_covered_blocks(briefing: Briefing, source: str) -> dict[int, list[str]]:
    """The paragraphs in which quotations of a source begin, each with the ids of the statements."""
    touched: dict[int, list[str]] = {}
    for statement in list_quotations(briefing, source):
        if (entry := briefing.locked(statement)) is not None:
            touched.setdefault(entry.block, []).append(statement.id)
    return touched


def count_covered(briefing: Briefing, source: Source, vocabulary: Vocabulary, blocks: Sequence[str]) -> tuple[int, int]:
    """How many of a source's ``blocks`` are body with a statement or a gist, and how many are body; a table is one."""
    kinds = ((n, source.paragraphs.get(n, "body")) for n in range(1, len(blocks) + 1))
    body = {n for n, kind in kinds if vocabulary.get("blocks", kind).counts}
    covered = body & ({*find_covered_blocks(briefing, source.id)} | list_told(source))
    first = {n: start for start, end in find_tables(blocks, body) for n in range(start, end + 1)}
    return len({first.get(n, n) for n in covered}), len({first.get(n, n) for n in body})


def list_told(source: Source) -> set[int]:
    """The paragraphs of a source that have a gist."""
    return {number for gist in list_gists(source) for number in range(gist.first, gist.last + 1)}


def list_passages(briefing: Briefing, site: Site) -> list[Suggestion]:
    """Every passage of the texts at hand, numbered from 1: of each source what is said and counted, then its
    paragraphs."""
    found = [p for s in briefing.sources if s.id in briefing.texts for p in _Draft(briefing, s, site).list_passages()]
    return [replace(passage, number=number) for number, passage in enumerate(found, 1)]


def suggest(briefing: Briefing, site: Site) -> list[Suggestion]:
    """The passages that no statement covers yet, or that an unanswered search hits, in the order of their numbers."""
    return [p for p in list_passages(briefing, site) if p.terms or not p.covered]


class _Draft:
    """Compares one source with one briefing."""

    def __init__(self, briefing: Briefing, source: Source, site: Site) -> None:
        self.briefing, self.source, self.site = briefing, source, site
        self.text: Text = briefing.texts[source.id]
        self.words = words_of(source.lang, site.vocabulary.markers_of(source.lang))
        self.reader = Reader(self.text.blocks, self.words)
        self.kinds = {n: source.paragraphs.get(n, "body") for n in range(1, len(self.text.blocks) + 1)}
        self.quoted = self._quoted()
        self._counted: dict[int, tuple[int, int]] = {}  # the last place asked for in a paragraph, the words before it
        self._first: list[int] = []  # the number of words before each paragraph
        total = 0
        for block in self.reader.blocks:
            self._first.append(total)
            total += len(split_words(fold(block)))
        self._like: dict[str, tuple[str, ...]] = {}
        self._likes = [(claim.id, _claim_words(claim)) for claim in briefing.claims]
        self._names = {s.id: s for s in site.speaker.values()} | {s.id: s for s in source.speakers}

    def _quoted(self) -> set[int]:
        """The numbers of all words that are quoted already, from the lock or, before the first lock, the text."""
        taken: set[int] = set()
        for statement in list_quotations(self.briefing, self.source.id):
            entry = self.briefing.locked(statement)
            match = None if entry else find_quotation(statement, self.source, self.text, self.site.vocabulary)
            for first, last in entry.words if entry else match.ranges if match else ():
                taken.update(range(first, last + 1))
        return taken

    def number_words(self, paragraph: int, start: int, end: int) -> range:
        """The numbers of the words between two places of a paragraph."""
        block = self.reader.blocks[paragraph - 1]
        at, before = self._counted.get(paragraph, (0, 0))
        if start < at:
            at, before = 0, 0
        before += len(split_words(fold(block[at:start])))
        self._counted[paragraph] = (start, before)
        inside = len(split_words(fold(block[start:end])))
        first = self._first[paragraph - 1] + before + 1
        return range(first, first + inside)

    def is_uncovered(self, paragraph: int, start: int, end: int, share: float = 0.0) -> bool:
        """Whether a passage is not quoted yet, or less than ``share`` of it is."""
        place = self.number_words(paragraph, start, end)
        hits = sum(n in self.quoted for n in place)
        return hits == 0 or hits < share * len(place)

    def list_passages(self) -> list[Suggestion]:
        """Everything in the source, without numbers: what is said and counted in its order, then the paragraphs."""
        said = [*self.find_statements(), *self.find_figures_and_dates()]
        return [*sorted(said, key=lambda s: (s.paragraph, KINDS.index(s.kind))), *self.find_paragraphs()]

    def find_statements(self) -> Iterator[Suggestion]:
        """Quotations and credited sentences."""
        for kind, passages in (("quotation", self.reader.quotations), ("credited", self.reader.credited)):
            for spoken in passages:
                place = spoken.paragraph, spoken.start, spoken.end
                idle = kind == "credited" and self.kinds[spoken.paragraph] in IDLE
                speaker = match_speaker(spoken.speaker, self._names.values())
                yield self.suggestion(kind, place, speaker, covered=idle or not self.is_uncovered(*place, SHARE))

    def find_figures_and_dates(self) -> Iterator[Suggestion]:
        """Figures and dates."""
        for number, block in enumerate(self.reader.blocks, 1):
            idle = self.kinds[number] in ("dateline", "byline", "section-label", "furniture")
            days = figures_dates.find_dates(block, self.words)
            for kind, spans in (("figure", figures_dates.find_figures(block, self.words, days)), ("date", days)):
                for start, end in spans:
                    covered = idle or not self.is_uncovered(number, start, end)
                    yield self.suggestion(kind, (number, start, end), None, covered=covered, around=block)

    def find_paragraphs(self) -> Iterator[Suggestion]:
        """The paragraphs, with the unanswered search terms in them."""
        hits: dict[int, list[tuple[str, str]]] = {}
        lock = self.briefing.locks.get(self.source.id)
        unlikely = list_unlikely(self.briefing, self.source, self.text, lock.quotes if lock else ())
        for claim in self.briefing.claims:
            answered = {s.source for s in claim.statements} | {p.source for p in claim.passes}
            for term in claim.terms if self.source.id not in answered else ():
                for place in dict.fromkeys(self.text.search(term.term) if not term.is_name else ()):
                    hits.setdefault(place, []).append((claim.id, term.term))
        told = list_told(self.source)
        for number, block in enumerate(self.reader.blocks, 1):
            whole = number, 0, len(block)
            counts = self.site.vocabulary.get("blocks", self.kinds[number]).counts
            covered = not counts or number in told or not self.is_uncovered(*whole)
            few = frozenset(claim for claim, _ in hits.get(number, ()) if number in unlikely.get(claim, ()))
            found = self.suggestion("paragraph", whole, None, covered=covered, terms=tuple(hits.get(number, ())))
            yield replace(found, unlikely=few)

    def suggestion(
        self, kind: str, place: tuple[int, int, int], speaker: str | None,
        *, covered: bool, around: str = "", terms: tuple[tuple[str, str], ...] = (),
    ) -> Suggestion:  # fmt: skip
        """Make a suggestion of a ``place`` (paragraph, start, end), with the claims that it or ``around`` resembles."""
        paragraph, start, end = place
        text = self.reader.blocks[paragraph - 1][start:end]
        what = around or text
        if what not in self._like and not covered:  # many figures are in one paragraph
            self._like[what] = find_similar_claims(what, self._likes)
        like = () if covered else self._like[what]
        unknown = speaker is not None and speaker not in self._names
        who = self.guess_kind(speaker) if speaker and unknown else ""
        return Suggestion(kind, self.source.id, paragraph, text, speaker, like, terms, 0, start, end, covered, who)

    def guess_kind(self, name: str) -> str:
        """What somebody nobody declared is: unnamed ("the mayor", "residents"), a person or an organisation."""
        cast = self.reader.speakers.cast
        first, _, rest = name.partition(" ")
        called = rest if first.casefold() in cast.determiners else name
        role = called != name and any(cast.is_role(word.casefold()) for word in called.split())
        if CJK.search(name):
            return "person" if len(name) <= 4 else "organisation"
        if not called[:1].isupper() or role:
            return "unnamed"
        return "person" if called == name and cast.is_person(name) else "organisation"


def _claim_words(claim: Claim) -> str:
    return fold(" ".join([claim.claim, *(s.quote for s in claim.statements)])).casefold()


def find_similar_claims(text: str, claims: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The ids of the claims most similar to ``text``, the most similar first. ``claims`` are (id, words)."""
    choices = dict(claims)
    mine = fold(text).casefold() if choices else ""
    if len(split_words(mine)) < 2:
        return ()
    best = process.extract(mine, choices, scorer=fuzz.token_set_ratio, score_cutoff=LIKE, limit=MOST)
    return tuple(name for _, _, name in best)


def match_speaker(name: str | None, known: Iterable[Speaker]) -> str | None:
    """The id of the declared speaker whom a name in the text means, else the name."""
    if name is None:
        return None
    mine = _name_words(name)
    fitting = [s.id for s in known if mine and _is_name_of(mine, s)]
    return fitting[0] if len(fitting) == 1 else name


@lru_cache(maxsize=4096)
def _name_words(name: str) -> list[str]:
    parts = split_words(fold(name).casefold().replace("'s", ""))
    return [p for p in parts if p not in ("the", "a", "an", "le", "la", "mr", "mrs", "ms", "dr", "sir")]


def _is_name_of(mine: Sequence[str], speaker: Speaker) -> bool:
    """Whether some words name a speaker: all of a name of theirs, or of a person the surname and nothing else."""
    theirs = _name_words(speaker.name)
    if list(mine) in [theirs, *map(_name_words, speaker.also)]:
        return True
    if speaker.kind != "person":
        return False
    surname = next((w for w in reversed(theirs) if not re.fullmatch("[ivx]+", w)), "")
    return surname in mine and set(mine) <= set(theirs)
