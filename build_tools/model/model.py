"""The model: what a contributor typed and what the lock recorded, as frozen objects that know where they stood.

Inert: no input or output, no Markdown, nothing derived. Field names are the keys of the YAML format.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from build_tools.base.problems import PLACE, Place
from build_tools.model.history import Record
from build_tools.text.match import Text, digest, fold

UNKNOWN = "unknown"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
#: Stands in ``Briefing.broken`` where a whole file or an id could not be read, so that any id may be missing.
UNREADABLE = "?"
RESERVED = {
    "index",
    "404",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)),
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPACES = re.compile(r"[ \t\r\n]+")
_EDTF = re.compile(r"([0-9]{4}|X{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?[?~%]?")


def id_fault(value: str) -> str:
    """What is wrong with an id (the empty string where nothing is)."""
    if not _ID.fullmatch(value):
        return "must be small letters a-z, digits and single hyphens"
    if len(value) > 64:
        return f"has {len(value)} characters; 64 are allowed"
    return "is a reserved name" if value in RESERVED else ""


def _reference(value: str) -> str:
    for part in value.split("/", 1):
        _id(part)
    return value


def _id(value: str) -> str:
    if fault := id_fault(value):
        raise PydanticCustomError("id", "{text}", {"text": f'the id "{value}" {fault}'})
    return value


def _line(value: str) -> str:
    line = _SPACES.sub(" ", value).strip()  # a space that keeps words together stays
    if not line[:1].isalnum() and all(unicodedata.category(c)[0] in "CZ" for c in line):  # nothing that is seen
        raise PydanticCustomError("string_too_short", "empty")
    return line


def _edtf(value: str) -> str:
    """A date as EDTF (ISO 8601-2) level 1, as far as articles need it: a day, month or year, perhaps uncertain,
    perhaps with an unstated year (XXXX); an interval, open (..) at one end or not; or ``unknown``."""
    if value == UNKNOWN:
        return value
    for part in value.split("/", 1):
        if part == ".." and value != "..":
            continue
        found = _EDTF.fullmatch(part)
        try:
            date(*(int((p or "1").replace("XXXX", "2000")) for p in found.groups())) if found else date(0, 1, 1)
        except ValueError:
            text = f'"{value}" is no date: write 2031, 2031-05, 2031-05-17, an interval a/b, or unknown'
            raise PydanticCustomError("date", "{text}", {"text": text}) from None
    return value


def is_url(value: str) -> bool:
    """Whether ``value`` is a web address that a page may link: http or https, a host name, RFC 3986's characters."""
    host = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]{1,62}(?::\d{1,5})?"
    pattern = rf"https?://{host}(?:[/?#](?:%[0-9a-f]{{2}}|[!#$&-;=?-\[\]_a-z~])*)?"
    return len(value) <= 2000 and re.fullmatch(pattern, value, re.IGNORECASE | re.ASCII) is not None


def _url(value: str) -> str:
    if not is_url(value):
        text = f'"{value}" is no web address: http or https, a host name, the rest percent-encoded'
        raise PydanticCustomError("url", "{text}", {"text": text})
    return value


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _unplaced(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != PLACE} if isinstance(value, dict) else value


def word(words: str) -> Any:
    """A word of one of the vocabulary's lists (the check says when it is not)."""
    return Field(json_schema_extra={"vocabulary": words})


# A validator cannot be turned into a schema, so what editors are told of such a value stands beside it.
_ID_SCHEMA = {"type": "string", "pattern": f"^{_ID.pattern}$", "maxLength": 64}
_DAY = "([0-9]{4}|X{4})(-[0-9]{2}){0,2}[?~%]?"
_EDTF_SCHEMA = {"type": "string", "pattern": rf"^(unknown|{_DAY}|({_DAY}|\.\.)/({_DAY}|\.\.))$"}
_URL_SCHEMA = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$", "maxLength": 2000}

Id = Annotated[str, AfterValidator(_id), WithJsonSchema(_ID_SCHEMA)]
_REFERENCE_SCHEMA = {"type": "string", "pattern": f"^{_ID.pattern}(/{_ID.pattern})?$", "maxLength": 129}
Reference = Annotated[str, AfterValidator(_reference), WithJsonSchema(_REFERENCE_SCHEMA)]
Line = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_line)]
Edtf = Annotated[str, AfterValidator(_edtf), WithJsonSchema(_EDTF_SCHEMA)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_url), WithJsonSchema(_URL_SCHEMA)]
Count = Annotated[int, Field(ge=1, le=2_000_000)]
Span = Annotated[tuple[Count, Count], BeforeValidator(_listed)]
Sha = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
T = TypeVar("T")
K = TypeVar("K")
Several = Annotated[tuple[T, ...], BeforeValidator(_listed)]
Keyed = Annotated[dict[K, T], BeforeValidator(_unplaced)]


class Placed(BaseModel):
    """An object of the YAML files; ``place`` is where it began."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
    place: Place = Field(default=Place(""), alias=PLACE, exclude=True, repr=False)


class Term(Placed):
    """One entry of a vocabulary list."""

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


class Markers(Placed):
    """Words that, left outside a quotation, would change its meaning, and those by which speech, names, figures and
    dates are told; one set a language. The comments in vocabulary.yml say what each list is for."""

    negations: Several[Line] = ()
    hedges: Several[Line] = ()
    conditions: Several[Line] = ()
    saying: Several[Line] = ()
    reporting: Several[Line] = ()
    crediting: Several[Line] = ()
    naming: Several[Line] = ()
    sayings: Several[Line] = ()
    pronouns: Several[Line] = ()
    titles: Several[Line] = ()
    roles: Several[Line] = ()
    months: Several[Line] = ()
    weekdays: Several[Line] = ()
    relative: Several[Line] = ()
    ago: Several[Line] = ()
    units: Several[Line] = ()
    numbers: Several[Line] = ()
    qualifiers: Several[Line] = ()
    traits: Several[Line] = ()
    final: Several[Line] = ()
    seeing: Several[Line] = ()
    agents: Several[Line] = ()
    adverb_endings: Several[Line] = ()
    before_roles: Several[Line] = ()
    calling: Several[Line] = ()
    vague: Several[Line] = ()
    viewing: Several[Line] = ()
    indirect: Several[Line] = ()
    participles: Several[Line] = ()
    nounlike: Several[Line] = ()
    adverbs: Several[Line] = ()
    auxiliaries: Several[Line] = ()
    passive: Several[Line] = ()
    nominal: Several[Line] = ()
    joining: Several[Line] = ()
    functions: Several[Line] = ()
    determiners: Several[Line] = ()
    prepositions: Several[Line] = ()
    connectors: Several[Line] = ()
    organisations: Several[Line] = ()
    origins: Several[Line] = ()
    loose: Several[Line] = ()
    women: Several[Line] = ()
    men: Several[Line] = ()
    fronting: Several[Line] = ()
    telling: Several[Line] = ()
    collective: Several[Line] = ()
    role_endings: Several[Line] = ()
    noun_endings: Several[Line] = ()

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

    @cached_property
    def terms(self) -> dict[str, dict[str, Term]]:
        """List name to id to term."""
        lists = {name: getattr(self, name) for name in type(self).model_fields if name not in ("place", "markers")}
        return {name: {term.id: term for term in terms} for name, terms in lists.items()}

    def get(self, name: str, word: str) -> Term:
        """The term ``word`` of the list ``name``; an unknown word is its own label, so that drafts still show."""
        return self.terms[name].get(word) or Term(id=word, label=word)

    def markers_of(self, lang: str) -> Markers:
        """The marker words of a language (``fr`` also serves ``fr-CA``); none where the language has no list."""
        return self.markers.get(lang.split("-")[0].lower(), _NO_MARKERS)


class Speaker(Placed):
    """A person, organisation, group, document or unnamed source to whom an article credits something."""

    id: Id
    """Permanent, used in addresses: small letters, digits, hyphens."""
    name: Line
    """As readers know it; for an unnamed one, as the article calls it."""
    kind: Annotated[str, word("speaker_kinds")]
    """What it is. Unnamed speakers are declared in their source, all others in briefings/speakers.yml."""
    role: Line | None = None
    """Its office or part in the story, as the articles state it."""
    interest: Line | None = None
    """What it gains or loses in the matter, where it is a party to it."""
    note: Line | None = None
    """What a reader should know about it."""
    was: Several[Id] = ()
    """Earlier ids, so that old addresses still lead here."""


class Source(Placed):
    """One article, as far as its own text states it: ``sources/<id>.yml``."""

    id: Id
    title: Line
    """The article's own headline; unknown where it has none."""
    label: Line | None = None
    """Our own short name for it: the head of its column."""
    outlet: Line = UNKNOWN
    """Who published it, as the text states; else unknown."""
    author: Line = UNKNOWN
    """Who signed it, as the text states; else unknown."""
    voice: Id | None = None
    """The named speaker whose own text it is, as a team's post is the team's."""
    genre: Annotated[str, word("genres")] = UNKNOWN
    """What sort of text it is."""
    published: Edtf = UNKNOWN
    """The day it states: 2031-05-17, 2031-05, 2031, or unknown."""
    url: Url | None = None
    """Where it can be read."""
    lang: Annotated[str, Field(pattern=f"^{LANGUAGE}$")] = "en"
    """Its language, as en or fr-CA."""
    rights: Annotated[str, word("rights")] = "quote"
    """Whether more than brief quotations may be shown."""
    origin: Id | None = None
    """One id shared by sources that copy each other or a wire story."""
    independent: Keyed[Id, Line] = Field(default_factory=dict)
    """Source with which it shares a long run of words: why they are two origins all the same."""
    about: Line | None = None
    """What a reader should know about the article, in our own words."""
    paragraphs: Keyed[Count, Annotated[str, word("blocks")]] = Field(default_factory=dict)
    """The paragraphs that are not body text: number and kind."""
    speakers: Several[Speaker] = ()
    """The unnamed speakers of this article."""
    was: Several[Id] = ()
    """Earlier ids, so that old addresses still lead here."""

    @property
    def name(self) -> str:
        """What we call it in a column or a sentence."""
        return self.label or (self.title if self.title != UNKNOWN else self.id)


class Statement(Placed):
    """This source, in this voice, takes this stance on this claim, in these words."""

    id: Id
    """Permanent and unique in the briefing, as <source>-<speaker>-<what>."""
    source: Id
    """The article: the name of its file in sources/."""
    speaker: Id | None = None
    """Who holds it. Left out where the article says it itself."""
    via: Line | None = None
    """Who carried it in between, as a news agency."""
    mode: Annotated[str, word("modes")] | None = None
    """How the article carries the speaker; left out: direct inside its quotation marks, else indirect."""
    stance: Annotated[str, word("stances")]
    """What the holder does with the claim."""
    quote: Annotated[str, Field(min_length=1, max_length=2000)]
    """The article's own words, verbatim, the fewest that carry the stance."""
    translation: Line | None = None
    """What a quotation in another language says in English, in our words."""
    paragraph: Count | None = None
    """The number of its paragraph, where the words stand more than once."""
    cut: bool = False
    """Whether an ellipsis in the quotation is our own cut."""
    utterance: Id | None = None
    """One id shared by all wordings of one spoken sentence."""
    note: Line | None = None
    """What the stance is limited to, or what a reader should know."""
    allow: Keyed[str, Line] = Field(default_factory=dict)
    """Rule to which this is an exception, and why."""
    was: Several[Id] = ()
    """Earlier ids, so that old addresses still lead here."""


class PassedOver(Placed):
    """Why a source in which a search term stands has no statement on the claim."""

    source: Id
    """The article in which a search term stands."""
    reason: Line
    """Why it says nothing about the claim."""


class Relation(Placed):
    """How a claim bears on another; ``real`` tells a contradiction from a difference of scope or time."""

    to: Reference
    """The other claim: its id, after the briefing's name and a slash where it stands in another briefing."""
    how: Annotated[str, word("relations")]
    """How this claim bears on it."""
    why: Line
    """Only what both texts say."""
    real: bool = True
    """False where they differ in scope or time only."""


class Reply(Placed):
    """What somebody named in a claim answered, and where it can be read."""

    by: Line
    """Who answered."""
    on: Edtf
    """The day."""
    text: Line
    """What they answered, in short."""
    url: Url | None = None
    """Where it can be read."""


class Claim(Placed):
    """One proposition in the briefing's own neutral words."""

    id: Id
    """Permanent, the address of the claim: small letters, digits, hyphens."""
    claim: Line
    """One sentence, neutral, as strong as the articles' words and no stronger."""
    kind: Annotated[str, word("kinds")]
    """What sort of proposition it is."""
    terms: Several[Line] = ()
    """Searched in every article; open* finds opens and opened."""
    note: Line | None = None
    """What a reader should know about the claim."""
    statements: Several[Statement] = ()
    """Who says what about it, in which words."""
    passed_over: Several[PassedOver] = ()
    """Articles in which a term stands that say nothing about the claim."""
    relations: Several[Relation] = ()
    """How it bears on other claims."""
    replies: Several[Reply] = ()
    """What somebody named in it answered."""
    was: Several[Id] = ()
    """Earlier ids, so that old addresses still lead here."""
    topic: str


class Bound(Placed):
    """A figure or an event: bound to statements; ``words`` are the source's own, verbatim and locked."""

    id: Id
    """Permanent and unique in the briefing."""
    words: Line | None = None
    """The source's own words for it, verbatim, where no quotation has them."""
    statements: Several[Id]
    """The statements that give it."""


class Figure(Bound):
    """A number that statements give: ``figures.yml``."""

    value: Line
    """The number as the source has it."""
    unit: Line | None = None
    """What is counted."""
    qualifier: Line | None = None
    """As nearly, at least, range."""
    as_of: Edtf | None = None
    """The day it stands for."""
    measures: Line
    """What it measures; figures of the same are compared."""
    note: Line | None = None
    """What in scope or date explains a difference from another figure."""


class Event(Bound):
    """Something that statements date, or tell without a date: ``events.yml``."""

    what: Line
    """What happened, one sentence."""
    when: Edtf = UNKNOWN
    """The day as the text states it, or unknown; nothing is worked out."""
    anchor: Id | None = None
    """The event or source that the words date it from."""


class Topic(Placed):
    """A group of claims: the file ``claims/<id>.yml``."""

    id: Id
    """The name of its file in claims/."""
    title: Line
    """Its heading."""
    was: Several[Id] = ()
    """Earlier ids, so that old addresses still lead here."""


class Editor(Placed):
    """Who answers for a briefing, with what affiliation and what assistance."""

    name: Line
    """Who answers for the briefing."""
    affiliation: Line
    """For whom they work, or none."""
    assistance: Line | None = None
    """What helped: software, translators, readers."""


class Sentence(Placed):
    """One sentence of the bottom line and the claims it stands on, one for each [phrase] where there are any."""

    text: Line
    """One sentence, with one [phrase] in brackets for each claim."""
    claims: Several[Id] = ()
    """The claims it stands on, in the order of the phrases."""


class Gone(Placed):
    """Why something that was published is no more, and what to look at instead."""

    ids: Annotated[Several[Id], Field(min_length=1)]
    """Ids that were published and that nothing bears now."""
    why: Line
    """Why they are gone, in a sentence for readers."""
    to: Reference | None = None
    """What to look at instead: an id of this briefing, or the claim of another as briefing/claim."""


class BriefingFile(Placed):
    """``briefing.yml``."""

    title: Line
    """The story."""
    question: Line
    """What the articles answer differently."""
    status: Annotated[str, word("statuses")]
    """A draft is not listed, and its problems are warnings."""
    topics: Several[Topic] = ()
    """In the order of the page; the claims of each are in claims/<id>.yml."""
    editors: Several[Editor] = ()
    """Who answers for it."""
    bottom_line: Several[Sentence] = ()
    """The answer in at most 150 words, each sentence with its claims."""
    gone: Several[Gone] = ()
    """What was published once and is no more, with the reason."""


class LockedQuote(Placed):
    """What was found of one quotation: hash of its normalised words, block, word ranges, marks, words beside it."""

    statement: Id
    sha256: Sha
    block: Count
    words: Annotated[Several[Span], Field(min_length=1)]
    marks: bool
    beside: Several[str] = ()

    def is_of(self, statement: Statement) -> bool:
        """Whether the quotation that was checked is the one that a statement has."""
        return self.sha256 == digest(statement.quote, statement.cut)


class SharedRun(Placed):
    """A long run of the same words in another source: its block and words here, and its words there."""

    source: Id
    block: Count
    words: Span
    theirs: Span


class Lock(Placed):
    """``sources/<id>.lock``: what was checked against the full text, by whom, when."""

    sha256: Sha
    words: Count
    blocks: Count
    checked_by: Line | None = None
    checked_on: Annotated[Edtf, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    compared: Several[Id] = ()
    shared: Several[SharedRun] = ()
    quotes: Several[LockedQuote] = ()
    terms: Keyed[str, Several[Count]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _within(self) -> Self:
        """A lock's places lie inside the text it is about."""
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

    @cached_property
    def by_statement(self) -> dict[str, LockedQuote]:
        """Statement id to its entry."""
        return {q.statement: q for q in self.quotes}


class Register(Placed):
    """``ids.lock``: every id of a briefing that was ever published."""

    claims: Several[Id] = ()
    statements: Several[Id] = ()
    sources: Several[Id] = ()
    topics: Several[Id] = ()
    speakers: Several[Id] = ()


@dataclass(frozen=True)
class Briefing:
    """One briefing, as loaded. ``broken`` holds ids of objects that could not be read (already reported)."""

    slug: str
    file: BriefingFile
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    locks: Mapping[str, Lock] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """What was read of it, by path in the project; of the texts only those that may be shown in full."""
    broken: frozenset[str] = frozenset()
    register: Register | None = None

    @property
    def draft(self) -> bool:
        """Whether it is still a draft."""
        return self.file.status == "draft"

    @property
    def listed(self) -> bool:
        """Whether readers of the site are led to it: a draft or an invented example is not."""
        return self.file.status == "published"

    @property
    def example(self) -> bool:
        """Whether it is invented, to learn from."""
        return self.file.status == "example"

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {c.id: c for c in self.claims}

    @cached_property
    def unnamed(self) -> dict[str, str]:
        """Unnamed speaker's id to the id of the one source it belongs to."""
        return {speaker.id: source.id for source in self.sources for speaker in source.speakers}

    @cached_property
    def own_speakers(self) -> dict[str, Speaker]:
        """The same speakers by id."""
        return {speaker.id: speaker for source in self.sources for speaker in source.speakers}

    def speaker_of(self, statement: Statement) -> str | None:
        """The speaker who holds a statement: the one it names, else the one whose own text the source is."""
        source = self.source.get(statement.source)
        return statement.speaker or (source.voice if source else None)

    @cached_property
    def statements(self) -> tuple[tuple[Claim, Statement], ...]:
        """Every statement with its claim."""
        return tuple((claim, statement) for claim in self.claims for statement in claim.statements)

    @cached_property
    def held(self) -> dict[str, list[tuple[Claim, Statement]]]:
        """Speaker's id to their statements of known sources, each with its claim."""
        found: dict[str, list[tuple[Claim, Statement]]] = {}
        for claim, statement in self.statements:
            if statement.source in self.source and (speaker := self.speaker_of(statement)):
                found.setdefault(speaker, []).append((claim, statement))
        return found

    @cached_property
    def outline(self) -> Outline:
        """What the pages of the whole site must know of it."""
        named = [*(r.to for claim in self.claims for r in claim.relations), *(one.to or "" for one in self.file.gone)]
        related = (reference.partition("/") for reference in named)
        texts = sorted((name, len(text.spans), len(text.blocks)) for name, text in self.texts.items())
        files = repr((sorted(self.files.items()), texts, self.changed, sorted(self.broken)))
        return Outline(
            self.slug,
            self.file.title,
            self.listed,
            hashlib.sha256(files.encode("utf-8", "surrogatepass")).hexdigest(),
            Counter({speaker: len(statements) for speaker, statements in self.held.items()}),
            frozenset(slug for slug, slash, _ in related if slash),
        )

    @cached_property
    def statement(self) -> dict[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for _, statement in self.statements}

    @cached_property
    def carried(self) -> dict[str, list[tuple[Claim, Statement]]]:
        """Source id to the statements that it carries, each with its claim."""
        found: dict[str, list[tuple[Claim, Statement]]] = {}
        for claim, statement in self.statements:
            found.setdefault(statement.source, []).append((claim, statement))
        return found

    def locked(self, statement: Statement) -> LockedQuote | None:
        """The lock's entry for a statement."""
        lock = self.locks.get(statement.source)
        return lock.by_statement.get(statement.id) if lock else None

    @cached_property
    def checked(self) -> tuple[tuple[Statement, Source, LockedQuote], ...]:
        """The statements whose quotation is the one in the lock, with source and entry."""
        found = ((s, self.source.get(s.source), self.locked(s)) for _, s in self.statements)
        return tuple((s, source, entry) for s, source, entry in found if source and entry and entry.is_of(s))

    @cached_property
    def quotations(self) -> tuple[Statement, ...]:
        """All that must stand verbatim in a source: statements, and words of figures and events beyond them."""
        found = [statement for _, statement in self.statements]
        for item in (*self.figures, *self.events):
            known = [self.statement[name] for name in item.statements if name in self.statement]
            if item.words and known and not any(fold(item.words) in fold(one.quote) for one in known):
                spot = item.place.at("words")
                place = Place(spot.path, spot.line, spot.column, {"quote": (spot.line, spot.column)})
                first = Statement(place=place, id=item.id, source=known[0].source, stance="asserts", quote=item.words)
                found.append(first)
        return tuple(found)

    @cached_property
    def quoted(self) -> dict[str, list[Statement]]:
        """Source id to all of these that must stand in it."""
        found: dict[str, list[Statement]] = {}
        for statement in self.quotations:
            found.setdefault(statement.source, []).append(statement)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[tuple[Claim, Relation]]]:
        """Claim id to the relations that other claims of the briefing have to it."""
        found: dict[str, list[tuple[Claim, Relation]]] = {}
        for claim in self.claims:
            for relation in claim.relations:
                if relation.to != claim.id:
                    found.setdefault(relation.to, []).append((claim, relation))
        return found


@dataclass(frozen=True)
class Outline:
    """What the pages of the whole site must know of each briefing, whether it has been read or not."""

    slug: str
    title: str
    listed: bool
    made_of: str
    """What tells its files from all others."""
    credited: Mapping[str, int]
    """Holder's id, named or not, to how many statements of known sources are theirs."""
    related: frozenset[str]
    """The briefings of which it names claims."""


class Unread(Sequence[Briefing]):
    """Briefings of which each is read when more is asked of it than its outline tells.

    In: the outlines, in order of the ids; what reads a briefing by its id.
    """

    def __init__(self, outlines: Mapping[str, Outline], read: Callable[[str], Briefing]) -> None:
        self.outlines = outlines
        self._slugs, self._read = tuple(outlines), read
        self._there: dict[str, Briefing] = {}

    def __len__(self) -> int:
        return len(self._slugs)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(len(self))[at])
        slug = self._slugs[at]
        if slug not in self._there:
            self._there[slug] = self._read(slug)
        return self._there[slug]


class _BySlug(Mapping[str, Briefing]):
    """Briefings by id; none is read before it is asked for."""

    def __init__(self, briefings: Sequence[Briefing], slugs: Iterable[str]) -> None:
        self._briefings, self._at = briefings, {slug: number for number, slug in enumerate(slugs)}

    def __getitem__(self, slug: str) -> Briefing:
        return self._briefings[self._at[slug]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


class _Both(ChainMap[str, Speaker]):
    """Speakers of a briefing before those that all share. Nothing is copied: a large site has many. What is looked up
    for every statement is looked up at once."""

    def get(self, key: str, default: Any = None) -> Any:
        own, shared = self.maps
        return own.get(key) or shared.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.maps[0] or key in self.maps[1]


@dataclass(frozen=True)
class Publication:
    """What mkdocs.yml says of the published site. What needs an unset address is hidden."""

    name: str = "Synoptic"
    site_url: str = ""
    repo_url: str = ""
    report_url: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Publication:
        """The settings of an mkdocs.yml; what is not text counts as unset."""
        extra = settings.get("extra")
        found = {
            "name": settings.get("site_name"),
            "site_url": settings.get("site_url"),
            "repo_url": settings.get("repo_url"),
            "report_url": extra.get("report_url") if isinstance(extra, Mapping) else None,
        }
        return cls(**{key: value for key, value in found.items() if isinstance(value, str) and value})


@dataclass(frozen=True)
class Site:
    """All that was loaded; ``record`` is its history, where Git is at hand."""

    vocabulary: Vocabulary
    speakers: tuple[Speaker, ...] = ()
    briefings: Sequence[Briefing] = ()
    publication: Publication = Publication()
    commits: Mapping[str, str] = field(default_factory=dict)
    """Briefing to the commit that last touched it, where that is known (``history.commits``)."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """What goes with every briefing that is taken away: the vocabulary, and the licence of the content."""
    record: Record | None = None

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Shared, named speakers by id."""
        return {s.id: s for s in self.speakers}

    @cached_property
    def renamed(self) -> tuple[Speaker, ...]:
        """Those of them who had another id once."""
        return tuple(s for s in self.speakers if s.was)

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """By id what all pages must know of a briefing; to ask for it reads none."""
        if isinstance(self.briefings, Unread):
            return self.briefings.outlines
        return {b.slug: b.outline for b in self.briefings}

    @cached_property
    def briefing(self) -> Mapping[str, Briefing]:
        """Briefings by id."""
        return _BySlug(self.briefings, self.outlines)

    @cached_property
    def across(self) -> dict[str, list[tuple[Briefing, Claim, Relation]]]:
        """``briefing/claim`` to the relations that claims of other briefings have to it."""
        found: dict[str, list[tuple[Briefing, Claim, Relation]]] = {}
        for briefing in (self.briefing[slug] for slug, outline in self.outlines.items() if outline.related):
            for claim in briefing.claims:
                for relation in claim.relations:
                    if "/" in relation.to:
                        found.setdefault(relation.to, []).append((briefing, claim, relation))
        return found

    @cached_property
    def beside(self) -> dict[str, set[str]]:
        """Briefing to the briefings that it is related to, in either direction."""
        found: dict[str, set[str]] = {}
        for here, outline in self.outlines.items():
            for there in outline.related & self.outlines.keys() - {here}:
                found.setdefault(here, set()).add(there)
                found.setdefault(there, set()).add(here)
        return found

    @cached_property
    def held(self) -> dict[str, list[str]]:
        """Named speaker's id to the published briefings that credit statements to them, or take them from their own
        texts."""
        found: dict[str, list[str]] = {}
        for slug, outline in self.outlines.items():
            for holder in outline.credited if outline.listed else ():
                if holder in self.speaker:
                    found.setdefault(holder, []).append(slug)
        return found

    def claim_of(self, reference: str) -> tuple[Briefing, Claim] | None:
        """The claim of another briefing that ``briefing/claim`` names."""
        slug, _, name = reference.partition("/")
        home = self.briefing.get(slug)
        claim = home.claim.get(name) if home else None
        return (home, claim) if home and claim else None

    def speakers_of(self, briefing: Briefing) -> Mapping[str, Speaker]:
        """Every speaker that a briefing may name: the shared ones, then the unnamed ones of its sources."""
        return _Both(briefing.own_speakers, self.speaker)
