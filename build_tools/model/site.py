"""Everything that was loaded: the vocabulary, each briefing with its locks and texts, and the site that holds them."""

from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from build_tools.model.history import History
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from build_tools.model.values import Count, Edtf, Id, Keyed, Line, Placed, Several, Sha, Span
from build_tools.text.match import Text, hash_quote


class Term(Placed):
    """An entry of a vocabulary list: a word with its label, and how pages show and explain it."""

    id: str
    label: str
    symbol: str = ""
    css: str = ""
    plural: str = ""
    back: str = ""
    description: str = ""
    rule: str = ""
    called: Several[str] = ()
    opinion: bool = False
    counts: bool = False


#: Lists that only ``suggest`` uses are in suggest/words now; vocabularies in Git's history, and those of forks, may
#: still have them.
_MOVED = {
    "adverb_endings", "adverbs", "agents", "ago", "auxiliaries", "before_roles", "calling", "collective",
    "connectors", "crediting", "determiners", "final", "fronting", "functions", "indirect", "joining", "loose",
    "men", "months", "naming", "nominal", "noun_endings", "nounlike", "numbers", "organisations", "origins",
    "participles", "passive", "prepositions", "pronouns", "qualifiers", "relative", "reporting", "role_endings",
    "roles", "sayings", "seeing", "telling", "titles", "traits", "units", "vague", "viewing", "weekdays", "women",
}  # fmt: skip


class Markers(Placed):
    """Words of one language that, left outside a quotation, would change its meaning; and verbs of saying."""

    negations: Several[Line] = ()
    hedges: Several[Line] = ()
    conditions: Several[Line] = ()
    saying: Several[Line] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_moved_lists(cls, value: Any) -> Any:
        return {k: v for k, v in value.items() if k not in _MOVED} if isinstance(value, dict) else value

    @property
    def all(self) -> tuple[str, ...]:
        """Negations, hedges and conditions together."""
        return (*self.negations, *self.hedges, *self.conditions)


_NO_MARKERS = Markers()


class Vocabulary(Placed):
    """briefings/vocabulary.yml: every closed list of words, in one place."""

    stances: Several[Term]
    kinds: Several[Term]
    modes: Several[Term]
    relations: Several[Term]
    blocks: Several[Term]
    genres: Several[Term]
    speaker_kinds: Several[Term]
    statuses: Several[Term]
    rights: Several[Term]
    verdicts: Several[Term]
    silences: Several[Term]
    limits: Several[Term]
    markers: Keyed[str, Markers]

    def terms(self, name: str) -> dict[str, Term]:
        """The terms of the list ``name``, by id."""
        return {term.id: term for term in getattr(self, name)}

    def get(self, name: str, word: str) -> Term:
        """The term ``word`` of the list ``name``; an unknown word is its own label, so that drafts still show."""
        term: Term
        for term in getattr(self, name):
            if term.id == word:
                return term
        return Term(id=word, label=word)

    def markers_of(self, lang: str) -> Markers:
        """The marker words of a language (``fr`` also serves ``fr-CA``); none if the language has no list."""
        return self.markers.get(lang.split("-")[0].lower(), _NO_MARKERS)


#: A day, such as 2031-03-12.
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#: The names of the lists.
LISTS = tuple(name for name in Vocabulary.model_fields if name not in ("place", "markers"))


class Reader(Placed):
    """A person who checked quotations against a text, and the last day on which they did."""

    name: Line
    day: Annotated[Edtf, Field(pattern=DAY)]


class LockedQuote(Placed):
    """The entry for one quotation, all numbers counted from 1.

    It has the hash of the quotation's normalised words, the number of its block, its ranges of words in the text,
    whether they are inside quotation marks, and the hedges and negations ``beside`` it.
    """

    statement: Id
    sha256: Sha
    block: Count
    words: Annotated[Several[Span], Field(min_length=1)]
    marks: bool
    beside: Several[str] = ()
    by: Several[Line] = ()
    """Who checked these words, if not all readers of the lock."""

    def is_of(self, statement: Statement) -> bool:
        """Whether the quotation that was checked is still the statement's."""
        return self.sha256 == hash_quote(statement.quote, statement.cut)


class SharedRun(Placed):
    """A long run of words that another source has too: its block and words here, and its words there."""

    source: Id
    block: Count
    words: Span
    theirs: Span


class Lock(Placed):
    """``sources/<id>.lock``: what was checked against the full text, by whom, when; ``also`` has later readers."""

    sha256: Sha
    words: Count
    blocks: Count
    checked_by: Line | None = None
    checked_on: Annotated[Edtf, Field(pattern=DAY)] | None = None
    also: Several[Reader] = ()
    compared: Several[Id] = ()
    shared: Several[SharedRun] = ()
    quotes: Several[LockedQuote] = ()
    terms: Keyed[str, Several[Count]] = Field(default_factory=dict)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Everyone who signed."""
        if not self.checked_by or not self.checked_on:
            return ()
        return (Reader(name=self.checked_by, day=self.checked_on), *self.also)

    @property
    def last_checked_on(self) -> str | None:
        """The day of the last check; None if nobody signed."""
        return max((reader.day for reader in self.readers), default=None)

    def readers_of(self, entry: LockedQuote) -> tuple[Reader, ...]:
        """Those who checked the words of an entry."""
        return tuple(reader for reader in self.readers if not entry.by or reader.name in entry.by)

    @model_validator(mode="after")
    def _signed(self) -> Self:
        """Every entry was checked by readers of the lock."""
        known = {self.checked_by, *(reader.name for reader in self.also)}
        for name in (name for entry in self.quotes for name in entry.by if name not in known):
            text = f'"{name}" is not among those who signed the lock'
            raise PydanticCustomError("reader", "{text}", {"text": text})
        return self

    @model_validator(mode="after")
    def _within(self) -> Self:
        """Every place is inside the text."""
        for quote in self.quotes:
            inside = all(1 <= first <= last <= self.words for first, last in quote.words)
            if not inside or quote.block > self.blocks:
                text = f'the place of "{quote.statement}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        for run in self.shared:
            if not 1 <= run.words[0] <= run.words[1] <= self.words or run.block > self.blocks:
                text = f'a passage shared with "{run.source}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        return self


class Register(Placed):
    """``ids.lock``: every id of a briefing that was ever published."""

    claims: Several[Id] = ()
    statements: Several[Id] = ()
    sources: Several[Id] = ()
    topics: Several[Id] = ()
    speakers: Several[Id] = ()


#: An entry of ``Briefing.broken`` for a whole file or id that could not be read: any id may be missing then.
UNREADABLE = "?"


@dataclass(frozen=True)
class Briefing:
    """One briefing. ``broken`` holds the ids of objects that could not be read, each reported already."""

    slug: str
    file: BriefingFile
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    locks: Mapping[str, Lock] = field(default_factory=dict)
    """Source id to its lock."""
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Source id to its full text, if that is at hand."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Source id to the SHA-256 of a kept text that is not the locked one."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The files it was read from, by path in the project; of the texts only those that may be shown in full."""
    broken: frozenset[str] = frozenset()
    register: Register | None = None
    source: Mapping[str, Source] = field(init=False, repr=False, compare=False)
    """Sources by id."""
    claim: Mapping[str, Claim] = field(init=False, repr=False, compare=False)
    """Claims by id."""
    statements: tuple[tuple[Claim, Statement], ...] = field(init=False, repr=False, compare=False)
    """Every statement with its claim."""
    statement: Mapping[str, Statement] = field(init=False, repr=False, compare=False)
    """Statements by id."""
    credited: Mapping[str, list[tuple[Claim, Statement]]] = field(init=False, repr=False, compare=False)
    """Speaker's id to the statements of known sources that they hold, each with its claim."""
    own_speakers: dict[str, Speaker] = field(init=False, repr=False, compare=False)
    """The unnamed speakers of its sources, by id."""
    unnamed: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Unnamed speaker's id to the id of the source it belongs to."""
    _entries: Mapping[tuple[str, str], LockedQuote] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the tables."""
        pairs = tuple((claim, statement) for claim in self.claims for statement in claim.statements)
        unnamed = [(speaker, source.id) for source in self.sources for speaker in source.speakers]
        entries = {(name, quote.statement): quote for name, lock in self.locks.items() for quote in lock.quotes}
        tables: dict[str, object] = {
            "source": {source.id: source for source in self.sources},
            "claim": {claim.id: claim for claim in self.claims},
            "statements": pairs,
            "statement": {statement.id: statement for _, statement in pairs},
            "own_speakers": {speaker.id: speaker for speaker, _ in unnamed},
            "unnamed": {speaker.id: source for speaker, source in unnamed},
            "_entries": entries,
        }
        for name, table in tables.items():
            object.__setattr__(self, name, table)  # the object is frozen
        credited: dict[str, list[tuple[Claim, Statement]]] = {}
        for pair in pairs:
            if pair[1].source in self.source and (speaker := self.speaker_of(pair[1])):
                credited.setdefault(speaker, []).append(pair)
        object.__setattr__(self, "credited", credited)

    @property
    def draft(self) -> bool:
        """Whether it is still a draft."""
        return self.file.status == "draft"

    @property
    def listed(self) -> bool:
        """Whether the site leads readers to it: neither a draft nor an invented example."""
        return self.file.status == "published"

    @property
    def example(self) -> bool:
        """Whether it is invented, to learn from."""
        return self.file.status == "example"

    def speaker_of(self, statement: Statement) -> str | None:
        """The id of the speaker who holds a statement: the one it names, else the one whose own text the source is."""
        source = self.source.get(statement.source)
        return statement.speaker or (source.voice if source else None)

    def locked(self, statement: Statement) -> LockedQuote | None:
        """The lock's entry for a statement."""
        return self._entries.get((statement.source, statement.id))


@dataclass(frozen=True)
class Summary:
    """The part of a briefing that pages of the whole site and of other briefings need."""

    slug: str
    title: str
    listed: bool
    credited: Mapping[str, int]
    """Speaker's id, named or not, to the number of statements of known sources that they hold."""
    related: frozenset[str]
    """The briefings whose claims it names."""


@dataclass(frozen=True)
class Publication:
    """The settings of the published site in mkdocs.yml. Pages hide whatever needs an address that is not set."""

    name: str = "Synoptic"
    site_url: str = ""
    repo_url: str = ""
    report_url: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Publication":
        """The settings of an mkdocs.yml; a value that is not text counts as not set."""
        extra = settings.get("extra")
        values = {
            "name": settings.get("site_name"),
            "site_url": settings.get("site_url"),
            "repo_url": settings.get("repo_url"),
            "report_url": extra.get("report_url") if isinstance(extra, Mapping) else None,
        }
        return cls(**{key: value for key, value in values.items() if isinstance(value, str) and value})


@dataclass(frozen=True)
class Site:
    """Everything that was loaded."""

    vocabulary: Vocabulary
    speakers: tuple[Speaker, ...] = ()
    briefing: Mapping[str, Briefing] = field(default_factory=dict)
    """Briefings by id, in order."""
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    """A summary of each of them (see ``compare.summary``), so that a page need not read all briefings."""
    publication: Publication = Publication()
    commits: Mapping[str, str] = field(default_factory=dict)
    """Briefing's id to the commit that last touched it, if that is known."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The files that every downloaded briefing needs: the vocabulary, and the licence of the content."""
    history: History | None = None
    """The published history, if Git knows it."""
    speaker: dict[str, Speaker] = field(init=False, repr=False, compare=False)
    """Named speakers by id; all briefings share them."""
    crediting: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    """Speaker's id to the published briefings that credit statements to them, or have articles of theirs."""

    def __post_init__(self) -> None:
        """Build the tables."""
        crediting: dict[str, list[str]] = {}
        for slug, summary in self.summaries.items():
            for speaker in summary.credited if summary.listed else ():
                crediting.setdefault(speaker, []).append(slug)
        object.__setattr__(self, "speaker", {speaker.id: speaker for speaker in self.speakers})  # the object is frozen
        object.__setattr__(self, "crediting", crediting)

    @property
    def briefings(self) -> Collection[Briefing]:
        """The briefings in order of their ids."""
        return self.briefing.values()

    def claim_of(self, reference: str) -> tuple[Briefing, Claim] | None:
        """The claim that ``briefing/claim`` names, with its briefing."""
        slug, _, name = reference.partition("/")
        home = self.briefing.get(slug)
        claim = home.claim.get(name) if home else None
        return (home, claim) if home and claim else None

    def speakers_of(self, briefing: Briefing) -> Mapping[str, Speaker]:
        """Every speaker that a briefing may name: the shared ones, then the unnamed ones of its sources."""
        return ChainMap(briefing.own_speakers, self.speaker)
