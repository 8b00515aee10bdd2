"""The records that contributors type: sources, claims, statements, figures, events. Field names are the YAML keys."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from synoptic.base.problems import Place
from synoptic.model.addresses import Day, Identity, read_archive_day
from synoptic.model.gone import Gone
from synoptic.model.values import (
    LANGUAGE,
    UNKNOWN,
    Count,
    Edtf,
    Id,
    Keyed,
    Line,
    Outline,
    Placed,
    Reference,
    Several,
    Url,
    word,
)
from synoptic.model.watch import Version


class Speaker(Placed):
    """A person, organisation, group, document or unnamed source to whom an article credits something."""

    id: Id
    """Permanent, used in addresses: small letters, digits, hyphens."""
    name: Line
    """The name readers know; for an unnamed speaker, what the article calls them."""
    also: Several[Line] = ()
    """Other names that claims and articles use for them; a search finds what others say about them."""
    kind: Annotated[str, word("speaker_kinds")]
    """The kind of speaker. Declare unnamed people, and documents that nobody shows, in their source; all others in
    briefings/speakers.yml."""
    role: Line | None = None
    """Their office or part in the story, as the articles state it."""
    interest: Line | None = None
    """What they stand to gain or lose, if they are a party."""
    country: Line | None = None
    """The country they speak from or for."""
    note: Line | None = None
    """Something readers should know about them."""
    same_as: Several[Identity] = ()
    """Pages elsewhere that say who they are: Wikidata, ORCID, VIAF, a parliament."""
    was: Several[Id] = ()
    """Earlier ids; their addresses lead here."""


class Source(Placed):
    """One article, as far as its own text describes it: ``sources/<id>.yml``."""

    id: Id
    title: Line
    """The article's own headline; unknown if it has none."""
    label: Line | None = None
    """Our short name for it, used as its column heading."""
    outlet: Line = UNKNOWN
    """The publisher, if the text states it; else unknown."""
    author: Line = UNKNOWN
    """The author, if the text states it; else unknown."""
    voice: Id | None = None
    """The named speaker whose own text this is, such as the team behind a post."""
    genre: Annotated[str, word("genres")] = UNKNOWN
    """The kind of text."""
    published: Edtf = UNKNOWN
    """The date it states: 2031-05-17, 2031-05, 2031, or unknown."""
    url: Url | None = None
    """Its web address."""
    archive: Url | None = None
    """The address of a saved copy in a public archive."""
    archived: Day | None = None
    """The day on which it was saved, unless its address states it."""
    lang: Annotated[str, Field(pattern=f"^{LANGUAGE}$")] = "en"
    """Its language, such as en or fr-CA."""
    rights: Annotated[str, word("rights")] = "quote"
    """Whether more than brief quotations may be shown."""
    text: Annotated[str, word("copies")] = "whole"
    """How much of the article our copy holds: partial if only its beginning was at hand."""
    origin: Id | None = None
    """An id shared by sources that copy each other or one wire story."""
    independent: Keyed[Id, Line] = Field(default_factory=dict)
    """For a source that shares a long run of words with this one: why they are still two origins."""
    about: Line | None = None
    """Something readers should know about the article, in our own words."""
    paragraphs: Keyed[Count, Annotated[str, word("blocks")]] = Field(default_factory=dict)
    """The kind of each paragraph that is not body text, by its number."""
    outline: Outline = Field(default_factory=dict)
    """Our gist of a paragraph or a range of paragraphs (4, 7-9), one short sentence; empty until somebody writes it."""
    speakers: Several[Speaker] = ()
    """The unnamed speakers of this article, and the documents that only it has seen."""
    versions: Several[Version] = ()
    """Later versions of the article, the newest last."""
    was: Several[Id] = ()
    """Earlier ids; their addresses lead here."""

    @property
    def saved_on(self) -> str | None:
        """The day of the saved copy, as its address or ``archived`` states it."""
        return (read_archive_day(self.archive) if self.archive else None) or self.archived

    @property
    def name(self) -> str:
        """Our name for it: label, else title, else id."""
        return self.label or (self.title if self.title != UNKNOWN else self.id)


class Statement(Placed):
    """This source, in this voice, takes this stance on this claim, in these words."""

    id: Id = ""
    """Permanent and unique in the briefing. If omitted: <source>-<claim>, which `lock` writes down."""
    source: Id
    """The article: the name of its file in sources/."""
    speaker: Id | None = None
    """Who holds it. Omit it if the article says it itself."""
    via: Line | None = None
    """Who passed it on, such as a news agency."""
    mode: Annotated[str, word("modes")] | None = None
    """How the article reports the speaker. If omitted: direct inside quotation marks, else indirect."""
    stance: Annotated[str, word("stances")] = "asserts"
    """Whether the holder asserts, denies, qualifies or questions the claim; if omitted: asserts."""
    of: Line | None = None
    """What it is about, in two to six words of ours, such as fighter jets. Statements about different things do not
    agree."""
    quote: Line
    """The article's own words, verbatim, as few as carry the stance."""
    translation: Line | None = None
    """Our translation of a quotation in another language than the briefing's."""
    paragraph: Count | None = None
    """The number of its paragraph, if the words occur more than once."""
    cut: bool = False
    """Whether an ellipsis in the quotation is our own cut."""
    utterance: Id | None = None
    """An id shared by all wordings of one spoken sentence."""
    headline_of: Id | None = None
    """For a quotation from a headline, deck or bullet: the statement in the body that it stands for."""
    note: Line | None = None
    """The limits of the stance, or something readers should know."""
    lead: bool = False
    """Whether this is the quotation to show for the answer that the claim gives, of all those in its article."""
    allow: Keyed[str, Line] = Field(default_factory=dict)
    """Rules that this statement breaks on purpose, each with the reason."""
    was: Several[Id] = ()
    """Earlier ids; their addresses lead here."""


class PassedOver(Placed):
    """Why sources have no statement on the claim although a search term occurs in them."""

    source: Id = ""
    """The article in which a search term occurs."""
    sources: Several[Id] = ()
    """Several such articles, if one reason fits each of them alone."""
    reason: Line
    """Why it says nothing about the claim."""

    @property
    def each(self) -> "tuple[PassedOver, ...]":
        """An entry for each source, at its own place."""
        found = [self.model_copy(update={"sources": ()})] if self.source else []
        for i, name in enumerate(self.sources):
            spot = self.place.at("sources", i)
            parts = {**self.place.parts, "source": (spot.line, spot.column)}
            place = Place(spot.path, spot.line, spot.column, parts)
            found.append(self.model_copy(update={"source": name, "sources": (), "place": place}))
        return tuple(found)


class SearchTerm(Placed):
    """What to search for in every article. A term alone may be written without braces."""

    term: Line
    """The word, words or name; open* finds opens and opened."""
    mode: Annotated[str, word("term_modes")] = ""
    """How it is meant; if omitted, several words are a phrase."""

    @property
    def meant(self) -> str:
        """Its mode, as typed or by its words."""
        return self.mode or ("phrase" if len(self.term.split()) > 1 else "word")

    @property
    def is_name(self) -> bool:
        """Whether it is a name, which asks nothing by itself."""
        return self.mode == "name"


def _read_term(value: Any) -> Any:
    return {"term": value} if isinstance(value, str) else value


class Relation(Placed):
    """How a claim relates to another; ``real`` tells a contradiction from a difference of scope or time."""

    to: Reference
    """The other claim: its id, or <briefing>/<id> for a claim of another briefing."""
    how: Annotated[str, word("relations")]
    """How this claim relates to it."""
    why: Line
    """The reason, using only what both texts say."""
    real: bool = True
    """False adds the remark that they differ in scope or time."""


class Reply(Placed):
    """A reply from somebody named in a claim."""

    by: Line
    """Who replied."""
    on: Edtf
    """The date."""
    text: Line
    """The reply, in brief."""
    url: Url | None = None
    """Its web address."""


class Claim(Placed):
    """One proposition in the briefing's own neutral words."""

    id: Id
    """Permanent, part of the claim's address: small letters, digits, hyphens."""
    claim: Line
    """One sentence, neutral, as strong as the articles' words and no stronger."""
    kind: Annotated[str, word("kinds")]
    """The kind of proposition."""
    answer: Id | None = None
    """The answer to its topic's question that it gives; without one, the claim is detail."""
    terms: Several[Annotated[SearchTerm, BeforeValidator(_read_term, json_schema_input_type=Line | SearchTerm)]] = ()
    """Search terms for every article; open* finds opens and opened, {term: May, mode: name} only the name."""
    note: Line | None = None
    """Something readers should know about the claim."""
    statements: Several[Statement] = ()
    """Who says what about it, in which words: a list, or below the id of each source one statement or a list."""
    passed_over: Several[PassedOver] = ()
    """Articles in which a term occurs but that say nothing about the claim."""
    relations: Several[Relation] = ()
    """How it relates to other claims."""
    replies: Several[Reply] = ()
    """Replies from people it names."""
    was: Several[Id] = ()
    """Earlier ids; their addresses lead here."""
    topic: str

    @property
    def passes(self) -> tuple[PassedOver, ...]:
        """The sources passed over, one an entry."""
        return tuple(one for entry in self.passed_over for one in entry.each)


class Bound(Placed):
    """A figure or an event, bound to statements; ``words`` are the source's own, verbatim and locked."""

    id: Id
    """Permanent and unique in the briefing."""
    words: Line | None = None
    """The source's own words for it, verbatim, if no quotation contains them."""
    statements: Several[Id]
    """The statements that give it."""


class Figure(Bound):
    """A number that statements give: ``figures.yml``."""

    value: Line
    """The number as the source writes it."""
    unit: Line | None = None
    """The unit counted."""
    qualifier: Line | None = None
    """A qualifier such as nearly, at least, range."""
    as_of: Edtf | None = None
    """The date it applies to."""
    measures: Line
    """The thing measured; figures that measure the same thing are compared."""
    note: Line | None = None
    """A difference in scope or date that explains why another figure differs."""


class Event(Bound):
    """Something that happened, according to statements, with or without a date: ``events.yml``."""

    what: Line
    """What happened, in one sentence."""
    when: Edtf = UNKNOWN
    """The date as the quoted words or `words` state it, or unknown; X for what they leave out, as in XXXX-05-18."""
    anchor: Id | None = None
    """The event or source that ``words`` counts from."""


class Answer(Placed):
    """One short reply to a topic's question, in our words; claims give it."""

    id: Id
    """Unique in its topic; claims name it."""
    text: Line
    """The reply, in at most eight words."""
    support: Several[Id] = ()
    """Claims of other topics that give this answer, too."""


class Apart(Placed):
    """Answers to one question that cannot all hold of the same thing."""

    answers: Several[Id]
    """Two or more answers of the topic."""
    why: Line
    """Why they cannot all hold, using only what the articles say."""


class Topic(Placed):
    """One question of the story, with the claims that answer it: the file ``claims/<id>.yml``."""

    id: Id
    """The name of its file in claims/."""
    title: Line
    """Its heading."""
    question: Line | None = None
    """The question that its claims answer."""
    answers: Several[Answer] = ()
    """The answers that articles give, in our words."""
    apart: Several[Apart] = ()
    """Answers that cannot both hold."""
    was: Several[Id] = ()
    """Earlier ids; their addresses lead here."""


class Editor(Placed):
    """Who is responsible for a briefing, with affiliation and assistance."""

    name: Line
    """The editor's name."""
    affiliation: Line
    """Their employer or organisation, or none."""
    assistance: Line | None = None
    """The help received: software, translators, readers."""


class Sentence(Placed):
    """One sentence of the bottom line, and the claims behind it: one for each [phrase], if it has any."""

    text: Line
    """One sentence, with a [phrase] in brackets for each claim."""
    claims: Several[Id] = ()
    """The claims behind it, in the order of the phrases."""
    allow: Keyed[str, Line] = Field(default_factory=dict)
    """Rules that this sentence breaks on purpose, each with the reason."""


class Watched(Placed):
    """A name or subject whose first place in each article the page "How each tells it" shows."""

    name: Line
    """What it is called there."""
    terms: Annotated[Several[Line], Field(min_length=1)]
    """Its spellings, as search terms, in every language of the articles."""


class Parallel(Placed):
    """Passages that are set side by side, word by word."""

    id: Id
    """Unique among the parallels of the briefing."""
    about: Line
    """What the passages are about, in a few words."""
    statements: Several[Id]
    """The statements that quote them; the others are compared with the first in their language."""
    why: Line | None = None
    """What readers should look at."""


class BriefingFile(Placed):
    """``briefing.yml``."""

    title: Line
    """The title of the story."""
    question: Line
    """The question that the articles answer differently."""
    status: Annotated[str, word("statuses")]
    """A draft is not listed, and its problems are warnings."""
    language: Annotated[str, Field(pattern=f"^({LANGUAGE})?$")] = ""
    """The language of our words in it, such as fr; if omitted, that of the site."""
    topics: Several[Topic] = ()
    """The topics in page order; the claims of each are in claims/<id>.yml."""
    editors: Several[Editor] = ()
    """Who is responsible for it."""
    bottom_line: Several[Sentence] = ()
    """The answer in at most 150 words, each sentence with its claims."""
    watch: Several[Watched] = ()
    """Names and subjects whose first place in each article is shown."""
    parallels: Several[Parallel] = ()
    """Passages set side by side, word by word."""
    gone: Several[Gone] = ()
    """Published ids that are gone, with the reason."""
    signatures: Annotated[int, Field(ge=0, le=9)] = 0
    """How many people must have signed each quotation with their own keys; if omitted, nobody must."""
