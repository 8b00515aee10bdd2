"""The shape of each object of the published data. A key's text becomes its description in the JSON Schema. Pure.

docs/data.md says what may change in which version.
"""

from typing import Annotated

from typing_extensions import TypedDict

from build_tools.model.values import word


class Edition(TypedDict):
    """The state of a briefing that a file holds."""

    checked_on: str | None
    """The day on which a quotation was last checked."""
    commit: str | None
    """The commit that last touched the briefing; null if unknown."""
    citation: str
    """How to cite the briefing in this state."""


class Named(TypedDict):
    """A topic."""

    id: str
    """Permanent."""
    title: str
    """Its heading."""


class Answerable(TypedDict):
    """An editor of a briefing."""

    name: str
    """Their name."""
    affiliation: str
    """Whom they work for, or none."""
    assistance: str | None
    """The software or people that helped."""


class Sentence(TypedDict):
    """A sentence of the bottom line."""

    text: str
    """The sentence."""
    claims: list[str]
    """The ids of the claims it rests on."""


class Head(TypedDict):
    """The head of a briefing."""

    slug: str
    """Its id, which is the name of its folder."""
    title: str
    """The story."""
    question: str
    """The question that the articles answer differently."""
    status: Annotated[str, word("statuses")]
    """Whether it is published, a draft or an example."""
    path: str
    """The path of its page."""
    edition: Edition
    """Its state."""
    bottom_line: list[Sentence]
    """The answer in a few sentences."""
    topics: list[Named]
    """Its topics, in the order of the pages."""
    editors: list[Answerable]
    """The people who answer for it."""


class Shared(TypedDict):
    """A long run of words that two sources share."""

    source: str
    """The other source."""
    block: int
    """The paragraph in which it begins."""
    words: list[int]
    """Its first and last word, counted in this source."""
    theirs: list[int]
    """Its first and last word, counted in the other."""


class Quoted(TypedDict):
    """How much of a source is quoted, in words."""

    narration: int
    """Of the article's own words."""
    speech: int
    """Of speakers' own words."""


class SourceData(TypedDict):
    """A source: one article. Facts that its text does not state are ``unknown``."""

    id: str
    """Permanent, unique in the briefing."""
    path: str
    """The path of its page."""
    title: str
    """The article's own headline."""
    label: str
    """Our short name for it."""
    outlet: str
    """Who published it."""
    author: str
    """Who signed it."""
    voice: str | None
    """The speaker whose own text it is."""
    published: str
    """The date it states, as EDTF (ISO 8601-2)."""
    genre: Annotated[str, word("genres")]
    """What kind of text it is."""
    lang: str
    """Its language, such as ``en`` or ``fr-CA``."""
    url: str | None
    """Where it can be read."""
    rights: Annotated[str, word("rights")]
    """Whether more of it than brief quotations may be shown."""
    origin: str
    """The same for sources that copy each other or a wire story."""
    words: int | None
    """The length of the checked copy, in words."""
    shared: list[Shared]
    """Long runs of words that it shares with other sources."""
    quoted: Quoted
    """How much of it the briefing quotes."""
    sha256: str | None
    """The SHA-256 of the checked copy's bytes."""
    checked_by: str | None
    """Who checked the quotations."""
    checked_on: str | None
    """The day on which they checked them."""


class SpeakerData(TypedDict):
    """A speaker whom a briefing quotes."""

    id: str
    """Permanent; the same in all briefings, except for an unnamed speaker."""
    name: str
    """The name that readers know; for an unnamed speaker, what the article calls them."""
    kind: Annotated[str, word("speaker_kinds")]
    """A person, an organisation, a document ..."""
    role: str | None
    """Their office, or their part in the story."""
    interest: str | None
    """What they have to gain or lose."""
    source: str | None
    """The id of the source that an unnamed speaker belongs to; null for a named one."""


class StatementData(TypedDict):
    """A statement: this source, in this voice, takes this stance on the claim, in these words."""

    id: str
    """Permanent, unique in the briefing."""
    source: str
    """The id of the source."""
    speaker: str | None
    """The id of the speaker; null if the article itself says it."""
    holder: str
    """Who holds it: a speaker's id, or ``article:`` and the source's id."""
    via: str | None
    """Who passed it on to the article, such as a news agency."""
    mode: Annotated[str | None, word("modes")]
    """How the article reports the speaker; null if it speaks for itself."""
    stance: Annotated[str, word("stances")]
    """Whether the holder asserts, denies, qualifies or questions the claim."""
    quote: str
    """The source's own words."""
    translation: str | None
    """Our translation."""
    cut: bool
    """Whether an ellipsis in the quotation is our own cut."""
    utterance: str | None
    """An id that all wordings of one spoken sentence share."""
    paragraph: int | None
    """The number of the paragraph in the checked copy."""
    block_kind: Annotated[str, word("blocks")]
    """The kind of that paragraph; only the body counts in a verdict."""
    in_quotation_marks: bool | None
    """Whether the words are inside the source's quotation marks."""
    beside: list[str] | None
    """Hedges, negations and conditions in the same sentence, outside the quotation."""
    checked: bool
    """Whether a signed lock has exactly these words."""
    note: str | None
    """What limits the stance, or what a reader should know."""


class RelationData(TypedDict):
    """How a claim bears on another."""

    to: str
    """The other claim's id; for a claim of another briefing, ``briefing/claim``."""
    how: Annotated[str, word("relations")]
    """The kind of relation."""
    why: str
    """The reason for it."""
    real: bool
    """False if they only differ in scope or time."""


class ReplyData(TypedDict):
    """A reply by someone whom a claim names."""

    by: str
    """Their name."""
    on: str
    """The date of the reply, as EDTF."""
    text: str
    """The reply in short, in our words."""
    url: str | None
    """Where it can be read."""


class SilenceData(TypedDict):
    """A source without a statement on a claim."""

    source: str
    """The id of the source."""
    state: Annotated[str, word("silences")]
    """What we know about its silence."""
    terms: list[str]
    """The terms that were searched."""
    reason: str | None
    """Why a term occurs there without a statement on the claim."""


class ClaimData(TypedDict):
    """A claim, with every statement on it and the silence of all other sources."""

    id: str
    """Permanent, unique in the briefing."""
    path: str
    """Its permanent address."""
    text: str
    """The proposition, in our own words."""
    kind: Annotated[str, word("kinds")]
    """What kind of proposition it is."""
    topic: str
    """The id of its topic."""
    verdict: Annotated[str, word("verdicts")]
    """The verdict, computed from the statements by the table on the page Method."""
    terms: list[str]
    """The terms that were searched for in every article."""
    note: str | None
    """What a reader should know about it."""
    statements: list[StatementData]
    """The statements on it."""
    relations: list[RelationData]
    """Its relations to other claims."""
    replies: list[ReplyData]
    """Replies by people whom it names."""
    silence: list[SilenceData]
    """The sources that have no statement on it."""


class FigureData(TypedDict):
    """A number that statements give."""

    id: str
    """Permanent, unique in the briefing."""
    value: str
    """The number, as the source writes it."""
    unit: str | None
    """What is counted."""
    qualifier: str | None
    """A qualifier such as nearly, at least or range."""
    as_of: str | None
    """The date to which it applies, as EDTF."""
    measures: str
    """What it measures; figures that measure the same can be compared."""
    note: str | None
    """Why it differs from another figure."""
    words: str | None
    """The source's own words for it, if no quotation has them."""
    statements: list[str]
    """The ids of the statements that give it."""


class EventData(TypedDict):
    """Something that happened, according to statements, with or without a date."""

    id: str
    """Permanent, unique in the briefing."""
    what: str
    """What happened."""
    when: str
    """The date that the text states, as EDTF, or ``unknown``."""
    anchor: str | None
    """The event or source that its date is relative to."""
    words: str | None
    """The source's own words for the time."""
    statements: list[str]
    """The ids of the statements that report it."""


class MarkData(TypedDict):
    """A statement in a cell."""

    statement: str
    """Its id."""
    stance: Annotated[str, word("stances")]
    """Its stance."""
    holder: str
    """Who holds it: a speaker's id, or ``article:`` and the source's id."""
    counted: bool
    """Whether it counts in the verdict, which only the body of an article does."""


class CellData(TypedDict):
    """What one source says about one claim."""

    statements: list[MarkData]
    """Its statements."""
    silence: Annotated[str | None, word("silences")]
    """What we know about the silence of a source without statements; null if it has some."""


class RowData(TypedDict):
    """A claim across all sources."""

    claim: str
    """Its id."""
    topic: str
    """The id of its topic."""
    kind: Annotated[str, word("kinds")]
    """What kind of proposition it is."""
    verdict: Annotated[str, word("verdicts")]
    """Its verdict."""
    cells: list[CellData]
    """A cell for each column, in the same order."""
