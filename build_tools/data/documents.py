"""The files of the published data: the shape of each JSON document, and which files a briefing offers. Pure.

A key's text becomes its description in the JSON Schema. docs/data.md says what may change in which version.
"""

from collections.abc import Mapping
from typing import Annotated

from typing_extensions import TypedDict

from build_tools.data.shapes import (
    ClaimData,
    Edition,
    EventData,
    FigureData,
    Head,
    RowData,
    SourceData,
    SpeakerData,
)  # fmt: skip
from build_tools.model.briefing import Briefing
from build_tools.model.values import word

VERSION = "1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "Our own words: CC BY 4.0, The Synoptic contributors. Quotations remain their authors' and publishers'."
FOLDER = "api/v1/"


class About(TypedDict):
    """What a file is, which site it belongs to, and under what licence it may be used."""

    version: str
    """The version of this format, as major.minor; see the page Data."""
    document: str
    """Which document of the format this is: the name of its schema."""
    site: str | None
    """The URL of the site, to which every path in the file is relative; null if it is not configured."""
    licence: str
    """The URL of the licence of our own words."""
    rights: str
    """Who owns what, in a sentence."""


class WholeFile(TypedDict):
    """A whole briefing in one file: ``briefings/<slug>/briefing.json``."""

    about: About
    """What this file is."""
    briefing: Head
    """The briefing itself."""
    sources: list[SourceData]
    """Its sources."""
    speakers: list[SpeakerData]
    """Every speaker it quotes."""
    claims: list[ClaimData]
    """Its claims, topic by topic."""
    figures: list[FigureData]
    """Its figures."""
    events: list[EventData]
    """Its events."""


class HeadFile(TypedDict):
    """The head of a briefing: ``api/v1/briefings/<slug>/index.json``."""

    about: About
    """What this file is."""
    briefing: Head
    """The briefing itself."""


class ClaimsFile(TypedDict):
    """The claims of a briefing: ``api/v1/briefings/<slug>/claims.json``."""

    about: About
    """What this file is."""
    briefing: str
    """The id of the briefing."""
    claims: list[ClaimData]
    """Its claims, topic by topic."""


class SourcesFile(TypedDict):
    """The sources of a briefing: ``api/v1/briefings/<slug>/sources.json``."""

    about: About
    """What this file is."""
    briefing: str
    """The id of the briefing."""
    sources: list[SourceData]
    """Its sources."""


class SpeakersFile(TypedDict):
    """Every speaker whom a briefing quotes: ``api/v1/briefings/<slug>/speakers.json``."""

    about: About
    """What this file is."""
    briefing: str
    """The id of the briefing."""
    speakers: list[SpeakerData]
    """Its speakers."""


class MatrixFile(TypedDict):
    """Who said what: ``api/v1/briefings/<slug>/matrix.json``."""

    about: About
    """What this file is."""
    briefing: str
    """The id of the briefing."""
    columns: list[str]
    """The ids of the sources."""
    rows: list[RowData]
    """The claims, topic by topic."""


class Counts(TypedDict):
    """The size of a briefing."""

    sources: int
    """The number of articles."""
    claims: int
    """The number of claims."""
    statements: int
    """The number of statements."""


class Listed(TypedDict):
    """A briefing in the index."""

    slug: str
    """Its id."""
    title: str
    """The story."""
    question: str
    """The question that the articles answer differently."""
    path: str
    """The path of its page."""
    edition: Edition
    """The state that the files describe."""
    counts: Counts
    """Its size."""
    files: dict[str, str]
    """The paths of its files, by their purpose."""


class IndexFile(TypedDict):
    """All published briefings and their files: ``api/v1/index.json``. Drafts and examples are not listed."""

    about: About
    """What this file is."""
    speakers: str
    """The path of the list of speakers."""
    briefings: list[Listed]
    """Every published briefing."""


class Carried(TypedDict):
    """How often a briefing quotes a speaker."""

    briefing: str
    """The id of the briefing."""
    statements: int
    """How many statements they hold there."""


class KnownData(TypedDict):
    """A named speaker, shared by all briefings."""

    id: str
    """Permanent."""
    name: str
    """The name that readers know."""
    kind: Annotated[str, word("speaker_kinds")]
    """A person, an organisation, a document ..."""
    role: str | None
    """Their office, or their part in a story."""
    interest: str | None
    """What they have to gain or lose."""
    path: str
    """The path of their page."""
    briefings: list[Carried]
    """The published briefings that quote them."""


class KnownFile(TypedDict):
    """Every named speaker whom a published briefing quotes: ``api/v1/speakers.json``."""

    about: About
    """What this file is."""
    speakers: list[KnownData]
    """The speakers, by id."""


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
