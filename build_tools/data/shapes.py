"""The shape of each object of the published data. A key's text becomes its description in the JSON Schema. Pure.

docs/data.md says what may change in which version.
"""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from build_tools.model.values import word


class Edition(TypedDict):
    """The state of a briefing that a file holds."""

    checked_on: str | None
    """The day on which a quotation was last checked."""
    commit: str | None
    """The commit that last touched the briefing; null where it is not known."""
    citation: str
    """The briefing as one cites it, with this state."""


class Named(TypedDict):
    """A topic."""

    id: str
    """Permanent."""
    title: str
    """Its heading."""


class Answerable(TypedDict):
    """Who edits a briefing."""

    name: str
    """Who answers for it."""
    affiliation: str
    """For whom they work, or none."""
    assistance: str | None
    """What helped."""


class Sentence(TypedDict):
    """A sentence of the bottom line."""

    text: str
    """The sentence."""
    claims: list[str]
    """The ids of the claims it stands on."""


class Head(TypedDict):
    """A briefing itself."""

    slug: str
    """Its id, the name of its folder."""
    title: str
    """The story."""
    question: str
    """What the articles answer differently."""
    status: Annotated[str, word("statuses")]
    """Whether it is published."""
    path: str
    """Its page."""
    edition: Edition
    """Which state of it this is."""
    bottom_line: list[Sentence]
    """The answer in a few sentences."""
    topics: list[Named]
    """Its topics, in their order."""
    editors: list[Answerable]
    """Who answers for it."""


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
    """A source: one article. What its text does not state of itself is ``unknown``."""

    id: str
    """Permanent, unique in the briefing."""
    path: str
    """Its page."""
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
    """The day it states, as EDTF (ISO 8601-2)."""
    genre: Annotated[str, word("genres")]
    """What sort of text it is."""
    lang: str
    """Its language."""
    url: str | None
    """Where it can be read."""
    rights: Annotated[str, word("rights")]
    """Whether more than brief quotations may be shown."""
    origin: str
    """The same for sources that copy each other or a wire story."""
    words: int | None
    """The length of the checked copy."""
    shared: list[Shared]
    """Long runs of words that it shares with other sources."""
    quoted: Quoted
    """How much of it the briefing quotes."""
    sha256: str | None
    """The SHA-256 of the checked copy's bytes."""
    checked_by: str | None
    """Who checked the quotations."""
    checked_on: str | None
    """When."""


class SpeakerData(TypedDict):
    """A speaker whom a briefing quotes."""

    id: str
    """The same in all briefings, but for an unnamed speaker."""
    name: str
    """As readers know them; of the unnamed, as the article calls them."""
    kind: Annotated[str, word("speaker_kinds")]
    """What they are."""
    role: str | None
    """Their office or part in the story."""
    interest: str | None
    """What they gain or lose in the matter."""
    source: str | None
    """Of the unnamed: the one source they belong to."""


class StatementData(TypedDict):
    """A statement: this source, in this voice, takes this stance on the claim, in these words."""

    id: str
    """Permanent, unique in the briefing."""
    source: str
    """The id of the source."""
    speaker: str | None
    """The id of the speaker; null where the article says it itself."""
    holder: str
    """Who holds it: a speaker's id, or ``article:`` and the source's id."""
    via: str | None
    """Who carried it in between."""
    mode: Annotated[str | None, word("modes")]
    """How the article carries the speaker; null where it speaks itself."""
    stance: Annotated[str, word("stances")]
    """What the holder does with the claim."""
    quote: str
    """The source's own words."""
    translation: str | None
    """Our translation."""
    cut: bool
    """Whether an ellipsis in the quotation is our own cut."""
    utterance: str | None
    """The same for all wordings of one spoken sentence."""
    paragraph: int | None
    """The number of the paragraph in the checked copy."""
    block_kind: Annotated[str, word("blocks")]
    """What that paragraph is; only the body counts in a verdict."""
    in_quotation_marks: bool | None
    """Whether the words stand inside the source's quotation marks."""
    beside: list[str] | None
    """Hedges, negations and conditions in the same sentence, outside the quotation."""
    checked: bool
    """Whether these very words are in a signed lock."""
    note: str | None
    """What the stance is limited to."""


class RelationData(TypedDict):
    """How a claim bears on another."""

    to: str
    """The other claim's id, after the briefing's and a slash where it stands in another briefing."""
    how: Annotated[str, word("relations")]
    """How."""
    why: str
    """Why."""
    real: bool
    """False where they differ in scope or time only."""


class ReplyData(TypedDict):
    """What somebody named in a claim answered."""

    by: str
    """Who."""
    on: str
    """The day."""
    text: str
    """What, in short."""
    url: str | None
    """Where it can be read."""


class SilenceData(TypedDict):
    """A source without a statement on a claim."""

    source: str
    """The source."""
    state: Annotated[str, word("silences")]
    """What is known of it."""
    terms: list[str]
    """The terms that were searched."""
    reason: str | None
    """Why a term stands there and no statement was made of it."""


class ClaimData(TypedDict):
    """A claim, with everyone who takes a stance on it, and the silence of all others."""

    id: str
    """Permanent, unique in the briefing."""
    path: str
    """Its permanent address."""
    text: str
    """The proposition, in our own words."""
    kind: Annotated[str, word("kinds")]
    """What sort of proposition it is."""
    topic: str
    """The id of its topic."""
    verdict: Annotated[str, word("verdicts")]
    """Computed from the statements; the page Method has the table."""
    terms: list[str]
    """What was searched for in every article."""
    note: str | None
    """What a reader should know about it."""
    statements: list[StatementData]
    """Who says what about it."""
    relations: list[RelationData]
    """How it bears on other claims."""
    replies: list[ReplyData]
    """What somebody named in it answered."""
    silence: list[SilenceData]
    """The sources that have no statement on it."""


class FigureData(TypedDict):
    """A number that statements give."""

    id: str
    """Permanent, unique in the briefing."""
    value: str
    """As the source has it."""
    unit: str | None
    """What is counted."""
    qualifier: str | None
    """As nearly, at least, range."""
    as_of: str | None
    """The day it stands for."""
    measures: str
    """What it measures; figures of the same can be compared."""
    note: str | None
    """What explains a difference from another figure."""
    words: str | None
    """The source's own words for it, where no quotation has them."""
    statements: list[str]
    """The ids of the statements that give it."""


class EventData(TypedDict):
    """Something that statements date, or tell without a date."""

    id: str
    """Permanent, unique in the briefing."""
    what: str
    """What happened."""
    when: str
    """The day as the text states it, as EDTF, or unknown."""
    anchor: str | None
    """The event or source that the words date it from."""
    words: str | None
    """The source's own words for the time."""
    statements: list[str]
    """The ids of the statements that tell it."""


class MarkData(TypedDict):
    """A statement in a cell."""

    statement: str
    """Its id."""
    stance: Annotated[str, word("stances")]
    """Its stance."""
    holder: str
    """Who holds it: a speaker's id, or ``article:`` and the source's id."""
    counted: bool
    """Whether it counts in the verdict: it stands in the body."""


class CellData(TypedDict):
    """What one source says of one claim."""

    statements: list[MarkData]
    """Its statements."""
    silence: Annotated[str | None, word("silences")]
    """What is known of a source without any; null where there is one."""


class RowData(TypedDict):
    """A claim across all sources."""

    claim: str
    """Its id."""
    topic: str
    """The id of its topic."""
    kind: Annotated[str, word("kinds")]
    """What sort of proposition it is."""
    verdict: Annotated[str, word("verdicts")]
    """Its verdict."""
    cells: list[CellData]
    """One for each column, in their order."""
