"""The files of the published data: the shape of each JSON document, and which files a briefing offers. Pure.

A key's text becomes its description in the JSON Schema. docs/data.md says what may change in which version.
"""

from __future__ import annotations

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
    """What a file is, where it belongs, and what may be done with it."""

    version: str
    """Of this format, as major.minor; see the page Data."""
    document: str
    """Which of the documents of the format this is: the name of its schema."""
    site: str | None
    """The address of the site, to which every path in the file is relative; null where none is configured."""
    licence: str
    """The address of the licence of what is our own."""
    rights: str
    """To whom what belongs."""


class WholeFile(TypedDict):
    """A whole briefing in one file: ``briefings/<slug>/briefing.json``."""

    about: About
    """What this file is."""
    briefing: Head
    """The briefing itself."""
    sources: list[SourceData]
    """Its sources."""
    speakers: list[SpeakerData]
    """Everyone it quotes."""
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
    """Everyone whom a briefing quotes: ``api/v1/briefings/<slug>/speakers.json``."""

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
    """How much a briefing holds."""

    sources: int
    """Articles."""
    claims: int
    """Claims."""
    statements: int
    """Statements."""


class Listed(TypedDict):
    """A briefing in the index."""

    slug: str
    """Its id."""
    title: str
    """The story."""
    question: str
    """What the articles answer differently."""
    path: str
    """Its page."""
    edition: Edition
    """Which state of it the files hold."""
    counts: Counts
    """How much it holds."""
    files: dict[str, str]
    """The paths of its files, by what they are."""


class IndexFile(TypedDict):
    """Where everything is: ``api/v1/index.json``. Drafts and examples are not listed."""

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
    """As readers know them."""
    kind: Annotated[str, word("speaker_kinds")]
    """What they are."""
    role: str | None
    """Their office or part in a story."""
    interest: str | None
    """What they gain or lose in the matter."""
    path: str
    """Their page."""
    briefings: list[Carried]
    """The published briefings that quote them."""


class KnownFile(TypedDict):
    """Every named speaker whom a published briefing quotes: ``api/v1/speakers.json``."""

    about: About
    """What this file is."""
    speakers: list[KnownData]
    """The speakers, by id."""


#: Every document of the format by its name, which is that of its schema, too.
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


def list_downloads(briefing: Briefing) -> list[tuple[str, str, str]]:
    """Every file of a briefing's data: what it is, its path in the site, and what it is good for."""
    base, api = f"briefings/{briefing.slug}/", f"{FOLDER}briefings/{briefing.slug}/"
    return [
        ("briefing", f"{base}briefing.json", "The whole briefing in one file, for programs."),
        ("head", f"{api}index.json", "Title, question, bottom line, topics, editors, edition."),
        ("claims", f"{api}claims.json", "Each claim with its verdict, statements, relations and silences."),
        (
            "sources",
            f"{api}sources.json",
            "Each article, as far as it states anything of itself, and its check.",
        ),
        ("speakers", f"{api}speakers.json", "Everyone who is quoted."),
        ("matrix", f"{api}matrix.json", "Who said what, claim by claim and source by source."),
        ("matrix-table", f"{base}matrix.csv", "Who said what: a line for each claim, a column for each source."),
        (
            "statements-table",
            f"{base}statements.csv",
            "A line for each statement, with all that is known of it.",
        ),
        *(
            [("figures-table", f"{base}figures.csv", "A line for each figure and each source that gives it.")]
            if briefing.figures
            else []
        ),
        ("annotations", f"{base}annotations.jsonld", "Each quotation as a W3C Web Annotation of its article."),
        ("csl", f"{base}sources.csl.json", "The articles for Zotero, Pandoc and other citation programs (CSL-JSON)."),
        ("bibtex", f"{base}sources.bib", "The articles for LaTeX (BibTeX, UTF-8)."),
        (
            "zip",
            f"{base}{briefing.slug}.zip",
            "What people wrote, and the locks: it builds these pages again.",
        ),
    ]
