"""The model: what a contributor typed and what the lock recorded, as frozen objects that know where they stood.

Inert: no input or output, no Markdown, nothing derived. Field names are the keys of the YAML format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from build_tools.match import Text, fold
from build_tools.problems import Place
from build_tools.strictyaml import PLACE

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
    if not (line := " ".join(value.split())):
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
    """Whether ``value`` is a web address that a page may link: http or https, a host name, ASCII only."""
    pattern = r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+(?::\d+)?(?:[/?#][!-;=?-~]*)?"
    return len(value) <= 2000 and re.fullmatch(pattern, value, re.IGNORECASE) is not None


def _url(value: str) -> str:
    if not is_url(value):
        text = f'"{value}" is no web address: http or https, a host name, ASCII characters only'
        raise PydanticCustomError("url", "{text}", {"text": text})
    return value


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _unplaced(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != PLACE} if isinstance(value, dict) else value


Id = Annotated[str, AfterValidator(_id)]
Reference = Annotated[str, AfterValidator(_reference)]
Line = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_line)]
Edtf = Annotated[str, AfterValidator(_edtf)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_url)]
Count = Annotated[int, Field(ge=1, le=2_000_000)]
Span = Annotated[tuple[Count, Count], BeforeValidator(_listed)]
Sha = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
T = TypeVar("T")
K = TypeVar("K")
Several = Annotated[tuple[T, ...], BeforeValidator(_listed)]
Keyed = Annotated[dict[K, T], BeforeValidator(_unplaced)]


class Placed(BaseModel):
    """An object of the YAML files; ``place`` is where it began."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
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
    role_endings: Several[Line] = ()
    noun_endings: Several[Line] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Negations, hedges and conditions together."""
        return (*self.negations, *self.hedges, *self.conditions)


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
        return self.markers.get(lang.split("-")[0].lower(), Markers())


class Speaker(Placed):
    """A person, organisation, group, document or unnamed source to whom an article credits something."""

    id: Id
    name: Line
    kind: str
    role: Line | None = None
    interest: Line | None = None
    note: Line | None = None


class Source(Placed):
    """One article, as far as its own text states it: ``sources/<id>.yml``."""

    id: Id
    title: Line
    label: Line | None = None
    outlet: Line = UNKNOWN
    author: Line = UNKNOWN
    voice: Id | None = None
    genre: str = UNKNOWN
    published: Edtf = UNKNOWN
    url: Url | None = None
    lang: Annotated[str, Field(pattern=f"^{LANGUAGE}$")] = "en"
    rights: str = "quote"
    origin: Id | None = None
    independent: Keyed[Id, Line] = {}
    about: Line | None = None
    paragraphs: Keyed[Annotated[int, Field(ge=1)], str] = {}
    speakers: Several[Speaker] = ()

    @property
    def name(self) -> str:
        """What we call it in a column or a sentence."""
        return self.label or (self.title if self.title != UNKNOWN else self.id)


class Statement(Placed):
    """This source, in this voice, takes this stance on this claim, in these words."""

    id: Id
    source: Id
    speaker: Id | None = None
    via: Line | None = None
    mode: str | None = None
    stance: str
    quote: Annotated[str, Field(min_length=1, max_length=2000)]
    translation: Line | None = None
    paragraph: Annotated[int, Field(ge=1)] | None = None
    cut: bool = False
    utterance: Id | None = None
    note: Line | None = None
    allow: Keyed[str, Line] = {}


class PassedOver(Placed):
    """Why a source in which a search term stands has no statement on the claim."""

    source: Id
    reason: Line


class Relation(Placed):
    """How a claim bears on another; ``real`` tells a contradiction from a difference of scope or time.

    ``to`` is a claim's id, after the briefing's name and a slash where it stands in another briefing.
    """

    to: Reference
    how: str
    why: Line
    real: bool = True


class Reply(Placed):
    """What somebody named in a claim answered, and where it can be read."""

    by: Line
    on: Edtf
    text: Line
    url: Url | None = None


class Claim(Placed):
    """One proposition in the briefing's own neutral words."""

    id: Id
    claim: Line
    kind: str
    terms: Several[Line] = ()
    statements: Several[Statement] = ()
    passed_over: Several[PassedOver] = ()
    relations: Several[Relation] = ()
    replies: Several[Reply] = ()
    note: Line | None = None
    topic: str


class Bound(Placed):
    """A figure or an event: bound to statements; ``words`` are the source's own, verbatim and locked."""

    id: Id
    statements: Several[Id]
    words: Line | None = None


class Figure(Bound):
    """A number that statements give: ``figures.yml``."""

    value: Line
    unit: Line | None = None
    qualifier: Line | None = None
    as_of: Edtf | None = None
    measures: Line
    note: Line | None = None


class Event(Bound):
    """Something that statements date, or tell without a date: ``events.yml``."""

    what: Line
    when: Edtf = UNKNOWN
    anchor: Id | None = None


class Topic(Placed):
    """A group of claims: the file ``claims/<id>.yml``."""

    id: Id
    title: Line


class Editor(Placed):
    """Who answers for a briefing, with what affiliation and what assistance."""

    name: Line
    affiliation: Line
    assistance: Line | None = None


class Sentence(Placed):
    """One sentence of the bottom line and the claims it stands on, one for each [phrase] where there are any."""

    text: Line
    claims: Several[Id] = ()


class BriefingFile(Placed):
    """``briefing.yml``."""

    title: Line
    question: Line
    status: str
    topics: Several[Topic] = ()
    editors: Several[Editor] = ()
    bottom_line: Several[Sentence] = ()


class LockedQuote(Placed):
    """What was found of one quotation: hash of its normalised words, block, word ranges, marks, words beside it."""

    statement: Id
    sha256: Sha
    block: Count
    words: Annotated[Several[Span], Field(min_length=1)]
    marks: bool
    beside: Several[str] = ()


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
    terms: Keyed[str, Several[Count]] = {}

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
    broken: frozenset[str] = frozenset()

    @property
    def draft(self) -> bool:
        """Whether it is still a draft."""
        return self.file.status == "draft"

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
    def statements(self) -> tuple[tuple[Claim, Statement], ...]:
        """Every statement with its claim."""
        return tuple((claim, statement) for claim in self.claims for statement in claim.statements)

    @cached_property
    def statement(self) -> dict[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for _, statement in self.statements}

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
    def incoming(self) -> dict[str, list[tuple[Claim, Relation]]]:
        """Claim id to the relations that other claims of the briefing have to it."""
        found: dict[str, list[tuple[Claim, Relation]]] = {}
        for claim in self.claims:
            for relation in claim.relations:
                if relation.to != claim.id:
                    found.setdefault(relation.to, []).append((claim, relation))
        return found


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
    """All that was loaded."""

    vocabulary: Vocabulary
    speakers: tuple[Speaker, ...] = ()
    briefings: tuple[Briefing, ...] = ()
    publication: Publication = Publication()

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Shared, named speakers by id."""
        return {s.id: s for s in self.speakers}

    @cached_property
    def across(self) -> dict[str, list[tuple[Briefing, Claim, Relation]]]:
        """``briefing/claim`` to the relations that claims of other briefings have to it."""
        found: dict[str, list[tuple[Briefing, Claim, Relation]]] = {}
        for briefing in self.briefings:
            for claim in briefing.claims:
                for relation in claim.relations:
                    if "/" in relation.to:
                        found.setdefault(relation.to, []).append((briefing, claim, relation))
        return found

    def claim_of(self, reference: str) -> tuple[Briefing, Claim] | None:
        """The claim of another briefing that ``briefing/claim`` names."""
        slug, _, name = reference.partition("/")
        home = next((b for b in self.briefings if b.slug == slug), None)
        claim = home.claim.get(name) if home else None
        return (home, claim) if home and claim else None

    def speakers_of(self, briefing: Briefing) -> dict[str, Speaker]:
        """Every speaker that a briefing may name: the shared ones, then the unnamed ones of its sources."""
        return self.speaker | {s.id: s for source in briefing.sources for s in source.speakers}
