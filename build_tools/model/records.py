"""The records that contributors type: sources, claims, statements, figures, events. Field names are the YAML keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from build_tools.model.values import (
    LANGUAGE,
    UNKNOWN,
    Count,
    Edtf,
    Id,
    Keyed,
    Line,
    Placed,
    Reference,
    Several,
    Url,
    word,
)


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
