"""The files of the published data: the shape of each JSON document, and which files a briefing offers. Pure.

A text in a key's annotation describes it in the JSON Schema. docs/data.md says what may change in which version.
"""

from collections.abc import Mapping
from typing import Annotated

from typing_extensions import TypedDict

from build_tools.model.site import Briefing
from build_tools.model.values import word

VERSION = "1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "Our own words: CC BY 4.0, The Synoptic contributors. Quotations remain their authors' and publishers'."
FOLDER = "api/v1/"


class Edition(TypedDict):
    """The state of a briefing that a file holds."""

    checked_on: Annotated[str | None, "The day on which a quotation was last checked."]
    commit: Annotated[str | None, "The commit that last touched the briefing; null if unknown."]
    citation: Annotated[str, "How to cite the briefing in this state."]


class Named(TypedDict):
    """A topic."""

    id: Annotated[str, "Permanent."]
    title: Annotated[str, "Its heading."]


class Answerable(TypedDict):
    """An editor of a briefing."""

    name: Annotated[str, "Their name."]
    affiliation: Annotated[str, "Whom they work for, or none."]
    assistance: Annotated[str | None, "The software or people that helped."]


class Sentence(TypedDict):
    """A sentence of the bottom line."""

    text: Annotated[str, "The sentence."]
    claims: Annotated[list[str], "The ids of the claims it rests on."]


class Head(TypedDict):
    """The head of a briefing."""

    slug: Annotated[str, "Its id, which is the name of its folder."]
    title: Annotated[str, "The story."]
    question: Annotated[str, "The question that the articles answer differently."]
    status: Annotated[str, word("statuses"), "Whether it is published, a draft or an example."]
    path: Annotated[str, "The path of its page."]
    edition: Annotated[Edition, "Its state."]
    bottom_line: Annotated[list[Sentence], "The answer in a few sentences."]
    topics: Annotated[list[Named], "Its topics, in the order of the pages."]
    editors: Annotated[list[Answerable], "The people who answer for it."]


class Shared(TypedDict):
    """A long run of words that two sources share."""

    source: Annotated[str, "The other source."]
    block: Annotated[int, "The paragraph in which it begins."]
    words: Annotated[list[int], "Its first and last word, counted in this source."]
    theirs: Annotated[list[int], "Its first and last word, counted in the other."]


class Quoted(TypedDict):
    """How much of a source is quoted, in words."""

    narration: Annotated[int, "Of the article's own words."]
    speech: Annotated[int, "Of speakers' own words."]


class SourceData(TypedDict):
    """A source: one article. Facts that its text does not state are ``unknown``."""

    id: Annotated[str, "Permanent, unique in the briefing."]
    path: Annotated[str, "The path of its page."]
    title: Annotated[str, "The article's own headline."]
    label: Annotated[str, "Our short name for it."]
    outlet: Annotated[str, "Who published it."]
    author: Annotated[str, "Who signed it."]
    voice: Annotated[str | None, "The speaker whose own text it is."]
    published: Annotated[str, "The date it states, as EDTF (ISO 8601-2)."]
    genre: Annotated[str, word("genres"), "What kind of text it is."]
    lang: Annotated[str, "Its language, such as ``en`` or ``fr-CA``."]
    url: Annotated[str | None, "Where it can be read."]
    rights: Annotated[str, word("rights"), "Whether more of it than brief quotations may be shown."]
    origin: Annotated[str, "The same for sources that copy each other or a wire story."]
    words: Annotated[int | None, "The length of the checked copy, in words."]
    shared: Annotated[list[Shared], "Long runs of words that it shares with other sources."]
    quoted: Annotated[Quoted, "How much of it the briefing quotes."]
    sha256: Annotated[str | None, "The SHA-256 of the checked copy's bytes."]
    checked_by: Annotated[str | None, "Who checked the quotations."]
    checked_on: Annotated[str | None, "The day on which they checked them."]


class SpeakerData(TypedDict):
    """A speaker whom a briefing quotes."""

    id: Annotated[str, "Permanent; the same in all briefings, except for an unnamed speaker."]
    name: Annotated[str, "The name that readers know; for an unnamed speaker, what the article calls them."]
    kind: Annotated[str, word("speaker_kinds"), "A person, an organisation, a document ..."]
    role: Annotated[str | None, "Their office, or their part in the story."]
    interest: Annotated[str | None, "What they have to gain or lose."]
    source: Annotated[str | None, "The id of the source that an unnamed speaker belongs to; null for a named one."]


class StatementData(TypedDict):
    """A statement: this source, in this voice, takes this stance on the claim, in these words."""

    id: Annotated[str, "Permanent, unique in the briefing."]
    source: Annotated[str, "The id of the source."]
    speaker: Annotated[str | None, "The id of the speaker; null if the article itself says it."]
    holder: Annotated[str, "Who holds it: a speaker's id, or ``article:`` and the source's id."]
    via: Annotated[str | None, "Who passed it on to the article, such as a news agency."]
    mode: Annotated[str | None, word("modes"), "How the article reports the speaker; null if it speaks for itself."]
    stance: Annotated[str, word("stances"), "Whether the holder asserts, denies, qualifies or questions the claim."]
    quote: Annotated[str, "The source's own words."]
    translation: Annotated[str | None, "Our translation."]
    cut: Annotated[bool, "Whether an ellipsis in the quotation is our own cut."]
    utterance: Annotated[str | None, "An id that all wordings of one spoken sentence share."]
    paragraph: Annotated[int | None, "The number of the paragraph in the checked copy."]
    block_kind: Annotated[str, word("blocks"), "The kind of that paragraph; only the body counts in a verdict."]
    in_quotation_marks: Annotated[bool | None, "Whether the words are inside the source's quotation marks."]
    beside: Annotated[list[str] | None, "Hedges, negations and conditions in the same sentence, outside the quotation."]
    checked: Annotated[bool, "Whether a signed lock has exactly these words."]
    note: Annotated[str | None, "What limits the stance, or what a reader should know."]


class RelationData(TypedDict):
    """How a claim bears on another."""

    to: Annotated[str, "The other claim's id; for a claim of another briefing, ``briefing/claim``."]
    how: Annotated[str, word("relations"), "The kind of relation."]
    why: Annotated[str, "The reason for it."]
    real: Annotated[bool, "False if they only differ in scope or time."]


class ReplyData(TypedDict):
    """A reply by someone whom a claim names."""

    by: Annotated[str, "Their name."]
    on: Annotated[str, "The date of the reply, as EDTF."]
    text: Annotated[str, "The reply in short, in our words."]
    url: Annotated[str | None, "Where it can be read."]


class SilenceData(TypedDict):
    """A source without a statement on a claim."""

    source: Annotated[str, "The id of the source."]
    state: Annotated[str, word("silences"), "What we know about its silence."]
    terms: Annotated[list[str], "The terms that were searched."]
    reason: Annotated[str | None, "Why a term occurs there without a statement on the claim."]


class ClaimData(TypedDict):
    """A claim, with every statement on it and the silence of all other sources."""

    id: Annotated[str, "Permanent, unique in the briefing."]
    path: Annotated[str, "Its permanent address."]
    text: Annotated[str, "The proposition, in our own words."]
    kind: Annotated[str, word("kinds"), "What kind of proposition it is."]
    topic: Annotated[str, "The id of its topic."]
    verdict: Annotated[
        str, word("verdicts"), "The verdict, computed from the statements by the table on the page Method."
    ]
    terms: Annotated[list[str], "The terms that were searched for in every article."]
    note: Annotated[str | None, "What a reader should know about it."]
    statements: Annotated[list[StatementData], "The statements on it."]
    relations: Annotated[list[RelationData], "Its relations to other claims."]
    replies: Annotated[list[ReplyData], "Replies by people whom it names."]
    silence: Annotated[list[SilenceData], "The sources that have no statement on it."]


class FigureData(TypedDict):
    """A number that statements give."""

    id: Annotated[str, "Permanent, unique in the briefing."]
    value: Annotated[str, "The number, as the source writes it."]
    unit: Annotated[str | None, "What is counted."]
    qualifier: Annotated[str | None, "A qualifier such as nearly, at least or range."]
    as_of: Annotated[str | None, "The date to which it applies, as EDTF."]
    measures: Annotated[str, "What it measures; figures that measure the same can be compared."]
    note: Annotated[str | None, "Why it differs from another figure."]
    words: Annotated[str | None, "The source's own words for it, if no quotation has them."]
    statements: Annotated[list[str], "The ids of the statements that give it."]


class EventData(TypedDict):
    """Something that happened, according to statements, with or without a date."""

    id: Annotated[str, "Permanent, unique in the briefing."]
    what: Annotated[str, "What happened."]
    when: Annotated[str, "The date that the text states, as EDTF, or ``unknown``."]
    anchor: Annotated[str | None, "The event or source that its date is relative to."]
    words: Annotated[str | None, "The source's own words for the time."]
    statements: Annotated[list[str], "The ids of the statements that report it."]


class MarkData(TypedDict):
    """A statement in a cell."""

    statement: Annotated[str, "Its id."]
    stance: Annotated[str, word("stances"), "Its stance."]
    holder: Annotated[str, "Who holds it: a speaker's id, or ``article:`` and the source's id."]
    counted: Annotated[bool, "Whether it counts in the verdict, which only the body of an article does."]


class CellData(TypedDict):
    """What one source says about one claim."""

    statements: Annotated[list[MarkData], "Its statements."]
    silence: Annotated[
        str | None,
        word("silences"),
        "What we know about the silence of a source without statements; null if it has some.",
    ]


class RowData(TypedDict):
    """A claim across all sources."""

    claim: Annotated[str, "Its id."]
    topic: Annotated[str, "The id of its topic."]
    kind: Annotated[str, word("kinds"), "What kind of proposition it is."]
    verdict: Annotated[str, word("verdicts"), "Its verdict."]
    cells: Annotated[list[CellData], "A cell for each column, in the same order."]


class About(TypedDict):
    """What a file is, which site it belongs to, and under what licence it may be used."""

    version: Annotated[str, "The version of this format, as major.minor; see the page Data."]
    document: Annotated[str, "Which document of the format this is: the name of its schema."]
    site: Annotated[
        str | None, "The URL of the site, to which every path in the file is relative; null if it is not configured."
    ]
    licence: Annotated[str, "The URL of the licence of our own words."]
    rights: Annotated[str, "Who owns what, in a sentence."]


class HeadFile(TypedDict):
    """The head of a briefing: ``api/v1/briefings/<slug>/index.json``."""

    about: Annotated[About, "What this file is."]
    briefing: Annotated[Head, "The briefing itself."]


class WholeFile(HeadFile):
    """A whole briefing in one file: ``briefings/<slug>/briefing.json``."""

    sources: Annotated[list[SourceData], "Its sources."]
    speakers: Annotated[list[SpeakerData], "Every speaker it quotes."]
    claims: Annotated[list[ClaimData], "Its claims, topic by topic."]
    figures: Annotated[list[FigureData], "Its figures."]
    events: Annotated[list[EventData], "Its events."]


class ClaimsFile(TypedDict):
    """The claims of a briefing: ``api/v1/briefings/<slug>/claims.json``."""

    about: Annotated[About, "What this file is."]
    briefing: Annotated[str, "The id of the briefing."]
    claims: Annotated[list[ClaimData], "Its claims, topic by topic."]


class SourcesFile(TypedDict):
    """The sources of a briefing: ``api/v1/briefings/<slug>/sources.json``."""

    about: Annotated[About, "What this file is."]
    briefing: Annotated[str, "The id of the briefing."]
    sources: Annotated[list[SourceData], "Its sources."]


class SpeakersFile(TypedDict):
    """Every speaker whom a briefing quotes: ``api/v1/briefings/<slug>/speakers.json``."""

    about: Annotated[About, "What this file is."]
    briefing: Annotated[str, "The id of the briefing."]
    speakers: Annotated[list[SpeakerData], "Its speakers."]


class MatrixFile(TypedDict):
    """Who said what: ``api/v1/briefings/<slug>/matrix.json``."""

    about: Annotated[About, "What this file is."]
    briefing: Annotated[str, "The id of the briefing."]
    columns: Annotated[list[str], "The ids of the sources."]
    rows: Annotated[list[RowData], "The claims, topic by topic."]


class Counts(TypedDict):
    """The size of a briefing."""

    sources: Annotated[int, "The number of articles."]
    claims: Annotated[int, "The number of claims."]
    statements: Annotated[int, "The number of statements."]


class Listed(TypedDict):
    """A briefing in the index."""

    slug: Annotated[str, "Its id."]
    title: Annotated[str, "The story."]
    question: Annotated[str, "The question that the articles answer differently."]
    path: Annotated[str, "The path of its page."]
    edition: Annotated[Edition, "The state that the files describe."]
    counts: Annotated[Counts, "Its size."]
    files: Annotated[dict[str, str], "The paths of its files, by their purpose."]


class IndexFile(TypedDict):
    """All published briefings and their files: ``api/v1/index.json``. Drafts and examples are not listed."""

    about: Annotated[About, "What this file is."]
    speakers: Annotated[str, "The path of the list of speakers."]
    briefings: Annotated[list[Listed], "Every published briefing."]


class Carried(TypedDict):
    """How often a briefing quotes a speaker."""

    briefing: Annotated[str, "The id of the briefing."]
    statements: Annotated[int, "How many statements they hold there."]


class KnownData(TypedDict):
    """A named speaker, shared by all briefings."""

    id: Annotated[str, "Permanent."]
    name: Annotated[str, "The name that readers know."]
    kind: Annotated[str, word("speaker_kinds"), "A person, an organisation, a document ..."]
    role: Annotated[str | None, "Their office, or their part in a story."]
    interest: Annotated[str | None, "What they have to gain or lose."]
    path: Annotated[str, "The path of their page."]
    briefings: Annotated[list[Carried], "The published briefings that quote them."]


class KnownFile(TypedDict):
    """Every named speaker whom a published briefing quotes: ``api/v1/speakers.json``."""

    about: Annotated[About, "What this file is."]
    speakers: Annotated[list[KnownData], "The speakers, by id."]


#: Every JSON document of the format by its name, which is also the name of its schema.
DOCUMENTS: Mapping[str, type] = {
    "briefing": WholeFile,
    "index": IndexFile,
    "head": HeadFile,
    "claims": ClaimsFile,
    "sources": SourcesFile,
    "speakers": SpeakersFile,
    "matrix": MatrixFile,
    "known": KnownFile,
}
_PAGES, _API = "briefings/{slug}/", f"{FOLDER}briefings/{{slug}}/"
_DOWNLOADS = (
    ("briefing", f"{_PAGES}briefing.json", "The whole briefing in one file, for programs."),
    ("head", f"{_API}index.json", "Title, question, bottom line, topics, editors, edition."),
    ("claims", f"{_API}claims.json", "Each claim with its verdict, statements, relations and silences."),
    ("sources", f"{_API}sources.json", "Each article: what it states of itself, and who checked its quotations."),
    ("speakers", f"{_API}speakers.json", "Everyone quoted."),
    ("matrix", f"{_API}matrix.json", "Who said what, claim by claim and source by source."),
    ("matrix-table", f"{_PAGES}matrix.csv", "Who said what: a line for each claim, a column for each source."),
    ("statements-table", f"{_PAGES}statements.csv", "A line for each statement, with everything we know about it."),
    ("figures-table", f"{_PAGES}figures.csv", "A line for each figure and each source that gives it."),
    ("annotations", f"{_PAGES}annotations.jsonld", "Each quotation as a W3C Web Annotation of its article."),
    ("csl", f"{_PAGES}sources.csl.json", "The articles for Zotero, Pandoc and other citation programs (CSL-JSON)."),
    ("bibtex", f"{_PAGES}sources.bib", "The articles for LaTeX (BibTeX, UTF-8)."),
    ("zip", f"{_PAGES}{{slug}}.zip", "All files that people wrote, and the locks: enough to build these pages again."),
)


def list_downloads(briefing: Briefing) -> list[tuple[str, str, str]]:
    """The files of a briefing's data: name, path in the site, and what the file is good for."""
    return [
        (name, path.format(slug=briefing.slug), use)
        for name, path, use in _DOWNLOADS
        if name != "figures-table" or briefing.figures
    ]
