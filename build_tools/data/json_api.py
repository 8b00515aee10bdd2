"""The data: JSON of a site and of each briefing, and tables as CSV, from the same comparison as the pages.

Pure; the same bytes everywhere. The classes are the format, and its JSON Schema is made from them (schema.py):
what is said below a field is said there. docs/data.md tells what may change in which version.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from typing_extensions import TypedDict

from build_tools.compare.quotations import find_mode, measure_coverage
from build_tools.compare.silences import list_silences
from build_tools.compare.statements import find_block_kind, find_holder
from build_tools.compare.summary import list_credited_speakers, list_crediting
from build_tools.compare.verdicts import decide_verdict
from build_tools.data import citations
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Event, Figure, Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import word
from build_tools.text.english import remove_brackets

VERSION = "1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "Our own words: CC BY 4.0, The Synoptic contributors. Quotations remain their authors' and publishers'."
FOLDER = "api/v1/"
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: With these a spreadsheet takes a cell for a formula.
_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


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


def site_files(site: Site, listed: Sequence[Listed] | None = None) -> dict[str, str]:
    """The files of the whole site, by their path in it: the index of what is published, and the named speakers.

    ``listed`` are the entries of the published briefings, if they are known already.
    """
    if listed is None:
        listed = [list_briefing(site, slug) for slug, summary in site.summaries.items() if summary.listed]
    index: IndexFile = {
        "about": _about(site, "index"),
        "speakers": f"{FOLDER}speakers.json",
        "briefings": list(listed),
    }
    known: KnownFile = {
        "about": _about(site, "known"),
        "speakers": [
            {
                **_person(speaker),
                "path": f"speakers/{speaker.id}/",
                "briefings": [
                    {"briefing": slug, "statements": site.summaries[slug].credited[speaker.id]}
                    for slug in list_crediting(site, speaker.id)
                ],
            }
            for speaker in sorted(list_credited_speakers(site), key=lambda one: one.id)
        ],
    }
    return {f"{FOLDER}index.json": dumped(index), f"{FOLDER}speakers.json": dumped(known)}


def list_briefing(site: Site, slug: str) -> Listed:
    """The entry of a briefing in the index of what is published."""
    briefing = site.briefing[slug]
    return {
        "slug": slug,
        "title": briefing.file.title,
        "question": briefing.file.question,
        "path": f"briefings/{slug}/",
        "edition": _edition(site, briefing),
        "counts": {
            "sources": len(briefing.sources),
            "claims": len(briefing.claims),
            "statements": len(briefing.statements),
        },
        "files": {name: path for name, path, _ in offered(briefing)},
    }


def briefing_files(site: Site, briefing: Briefing) -> dict[str, str]:
    """The files of one briefing that are made of text, by their path in the site."""
    head, sources = _head(site, briefing), [_source(briefing, source) for source in briefing.sources]
    claims = [_claim(site, briefing, claim) for claim in briefing.claims]
    speakers = _speakers(site, briefing)
    slug, figures = briefing.slug, [_figure(figure) for figure in briefing.figures]
    whole: WholeFile = {
        "about": _about(site, "briefing"),
        "briefing": head,
        "sources": sources,
        "speakers": speakers,
        "claims": claims,
        "figures": figures,
        "events": [_event(event) for event in briefing.events],
    }
    matrix: MatrixFile = {
        "about": _about(site, "matrix"),
        "briefing": slug,
        "columns": [source["id"] for source in sources],
        "rows": [_row(site, briefing, claim) for claim in claims],
    }
    parts: dict[str, HeadFile | ClaimsFile | SourcesFile | SpeakersFile | MatrixFile] = {
        "index": {"about": _about(site, "head"), "briefing": head},
        "claims": {"about": _about(site, "claims"), "briefing": slug, "claims": claims},
        "sources": {"about": _about(site, "sources"), "briefing": slug, "sources": sources},
        "speakers": {"about": _about(site, "speakers"), "briefing": slug, "speakers": speakers},
        "matrix": matrix,
    }
    base, api = f"briefings/{slug}/", f"{FOLDER}briefings/{slug}/"
    once: dict[int, str] = {}
    files = {f"{api}{name}.json": _dumped(part, once) for name, part in parts.items()}
    files |= {
        f"{base}briefing.json": _dumped(whole, once),
        f"{base}matrix.csv": matrix_csv(matrix, claims),
        f"{base}statements.csv": statements_csv(site, briefing, claims),
        f"{base}sources.csl.json": json.dumps(citations.csl(briefing), ensure_ascii=False, indent=1) + "\n",
        f"{base}sources.bib": citations.bibtex(briefing),
    }
    if figures:
        files[f"{base}figures.csv"] = figures_csv(briefing)
    return files


def offered(briefing: Briefing) -> list[tuple[str, str, str]]:
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


def dumped(data: Any) -> str:
    """Data as JSON text: one line, keys in the order in which they were made, UTF-8, a line feed at the end."""
    return f"{_encoded(data)}\n"


def _dumped(data: Mapping[str, Any], once: dict[int, str]) -> str:
    """An object as ``dumped`` gives it. In, too: its values that stand in other files as well, by their identity."""
    for value in data.values():
        if id(value) not in once:
            once[id(value)] = _encoded(value)
    return f"{{{','.join(f'{_encoded(key)}:{once[id(value)]}' for key, value in data.items())}}}\n"


def _about(site: Site, document: str) -> About:
    return {
        "version": VERSION,
        "document": document,
        "site": site.publication.site_url or None,
        "licence": LICENCE,
        "rights": RIGHTS,
    }


def _edition(site: Site, briefing: Briefing) -> Edition:
    return {
        "checked_on": citations.checked_on(briefing),
        "commit": site.commits.get(briefing.slug),
        "citation": citations.of_briefing(site, briefing),
    }


def _head(site: Site, briefing: Briefing) -> Head:
    file = briefing.file
    return {
        "slug": briefing.slug,
        "title": file.title,
        "question": file.question,
        "status": file.status,
        "path": f"briefings/{briefing.slug}/",
        "edition": _edition(site, briefing),
        "bottom_line": [{"text": remove_brackets(s.text), "claims": list(s.claims)} for s in file.bottom_line],
        "topics": [{"id": t.id, "title": t.title} for t in file.topics],
        "editors": [{"name": e.name, "affiliation": e.affiliation, "assistance": e.assistance} for e in file.editors],
    }


class _Person(TypedDict):
    id: str
    name: str
    kind: str
    role: str | None
    interest: str | None


def _person(speaker: Speaker) -> _Person:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "role": speaker.role,
        "interest": speaker.interest,
    }


def _speakers(site: Site, briefing: Briefing) -> list[SpeakerData]:
    said = {find_holder(briefing, statement) for _, statement in briefing.statements}
    return [
        {**_person(speaker), "source": briefing.unnamed.get(speaker.id)}
        for speaker in site.speakers_of(briefing).values()
        if speaker.id in said
    ]


def _source(briefing: Briefing, source: Source) -> SourceData:
    lock, cover = briefing.locks.get(source.id), measure_coverage(briefing, source)
    return {
        "id": source.id,
        "path": f"briefings/{briefing.slug}/sources/{source.id}/",
        "title": source.title,
        "label": source.name,
        "outlet": source.outlet,
        "author": source.author,
        "voice": source.voice,
        "published": source.published,
        "genre": source.genre,
        "lang": source.lang,
        "url": source.url,
        "rights": source.rights,
        "origin": source.origin or source.id,
        "words": lock.words if lock else None,
        "shared": [
            {"source": run.source, "block": run.block, "words": list(run.words), "theirs": list(run.theirs)}
            for run in (lock.shared if lock else ())
        ],
        "quoted": {"narration": cover.narration, "speech": cover.speech},
        "sha256": lock.sha256 if lock else None,
        "checked_by": lock.checked_by if lock else None,
        "checked_on": lock.checked_on if lock else None,
    }


def _claim(site: Site, briefing: Briefing, claim: Claim) -> ClaimData:
    return {
        "id": claim.id,
        "path": f"c/{briefing.slug}/{claim.id}/",
        "text": claim.claim,
        "kind": claim.kind,
        "topic": claim.topic,
        "verdict": decide_verdict(briefing, claim, site.vocabulary),
        "terms": list(claim.terms),
        "note": claim.note,
        "statements": [_statement(briefing, statement) for statement in claim.statements],
        "relations": [{"to": r.to, "how": r.how, "why": r.why, "real": r.real} for r in claim.relations],
        "replies": [{"by": r.by, "on": r.on, "text": r.text, "url": r.url} for r in claim.replies],
        "silence": [
            {"source": s.source.id, "state": s.state, "terms": list(s.terms), "reason": s.reason or None}
            for s in list_silences(briefing, claim)
        ],
    }


def _statement(briefing: Briefing, statement: Statement) -> StatementData:
    entry, lock = briefing.locked(statement), briefing.locks.get(statement.source)
    same = entry is not None and entry.is_of(statement)
    return {
        "id": statement.id,
        "source": statement.source,
        "speaker": statement.speaker,
        "holder": find_holder(briefing, statement),
        "via": statement.via,
        "mode": find_mode(statement, entry),
        "stance": statement.stance,
        "quote": statement.quote,
        "translation": statement.translation,
        "cut": statement.cut,
        "utterance": statement.utterance,
        "paragraph": entry.block if entry else None,
        "block_kind": find_block_kind(briefing, statement),
        "in_quotation_marks": entry.marks if entry else None,
        "beside": list(entry.beside) if entry else None,
        "checked": same and bool(lock and lock.checked_by),
        "note": statement.note,
    }


def _figure(figure: Figure) -> FigureData:
    return {
        "id": figure.id,
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "as_of": figure.as_of,
        "measures": figure.measures,
        "note": figure.note,
        "words": figure.words,
        "statements": list(figure.statements),
    }


def _event(event: Event) -> EventData:
    return {
        "id": event.id,
        "what": event.what,
        "when": event.when,
        "anchor": event.anchor,
        "words": event.words,
        "statements": list(event.statements),
    }


def _row(site: Site, briefing: Briefing, claim: ClaimData) -> RowData:
    marks: dict[str, list[MarkData]] = {}
    for one in claim["statements"]:
        counted = site.vocabulary.get("blocks", one["block_kind"]).counts
        mark: MarkData = {
            "statement": one["id"],
            "stance": one["stance"],
            "holder": one["holder"],
            "counted": counted,
        }
        marks.setdefault(one["source"], []).append(mark)
    silent = {one["source"]: one["state"] for one in claim["silence"]}
    return {
        "claim": claim["id"],
        "topic": claim["topic"],
        "kind": claim["kind"],
        "verdict": claim["verdict"],
        "cells": [
            {"statements": marks.get(source.id, []), "silence": silent.get(source.id)} for source in briefing.sources
        ],
    }


def matrix_csv(matrix: MatrixFile, claims: Sequence[ClaimData]) -> str:
    """Who said what as CSV: a line for each claim, a column for each source. A cell holds each statement's stance and,
    where it is not the article's own, the id of its speaker; or what is known of a source without any."""

    def said(mark: MarkData) -> str:
        own = mark["holder"].startswith("article:")
        return mark["stance"] if own else f"{mark['stance']}: {mark['holder']}"

    def shown(cell: CellData) -> str:
        return cell["silence"] or "; ".join(map(said, cell["statements"]))

    texts = {claim["id"]: claim["text"] for claim in claims}
    head = ("topic", "claim", "text", "kind", "verdict", *(f"source:{name}" for name in matrix["columns"]))
    lines = (
        (row["topic"], row["claim"], texts[row["claim"]], row["kind"], row["verdict"], *map(shown, row["cells"]))
        for row in matrix["rows"]
    )
    return _table(head, lines)


def statements_csv(site: Site, briefing: Briefing, claims: Iterable[ClaimData]) -> str:
    """Every statement as CSV, a line each, with what is known of its claim, source and speaker."""
    speakers = site.speakers_of(briefing)
    head = (
        *("statement", "stance", "claim", "claim_text", "claim_kind", "verdict", "topic", "source", "source_label"),
        *("outlet", "published", "url", "speaker", "speaker_name", "speaker_kind", "voice", "via", "mode", "quote"),
        *("lang", "translation", "paragraph", "block_kind", "in_quotation_marks", "checked", "checked_by"),
        *("checked_on", "note", "path"),
    )

    def line(claim: ClaimData, one: StatementData) -> Iterable[str | int | None]:
        source, lock = briefing.source[one["source"]], briefing.locks.get(one["source"])
        who = speakers.get(one["speaker"] or "")
        return (
            *(one["id"], one["stance"], claim["id"], claim["text"], claim["kind"], claim["verdict"]),
            *(claim["topic"], source.id, source.name, source.outlet, source.published, source.url),
            *(one["speaker"], who.name if who else None, who.kind if who else None, source.voice, one["via"]),
            *(one["mode"], one["quote"], source.lang, one["translation"], one["paragraph"], one["block_kind"]),
            *(_truth(one["in_quotation_marks"]), _truth(one["checked"]), lock.checked_by if lock else None),
            *(lock.checked_on if lock else None, one["note"], claim["path"]),
        )

    said = ((claim, one) for claim in claims for one in claim["statements"] if one["source"] in briefing.source)
    return _table(head, (line(claim, one) for claim, one in said))


def figures_csv(briefing: Briefing) -> str:
    """The figures as CSV, a line for each statement that gives one."""
    columns = ("figure", "measures", "qualifier", "value", "unit", "as_of", "words", "source", "speaker", "statement")
    lines = (
        (
            *(figure.id, figure.measures, figure.qualifier, figure.value, figure.unit, figure.as_of, figure.words),
            *(found.source, found.speaker, found.id, found.quote, figure.note),
        )
        for figure in briefing.figures
        for name in figure.statements
        if (found := briefing.statement.get(name)) is not None
    )
    return _table((*columns, "quote", "note"), lines)


def _truth(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _table(head: Iterable[str], lines: Iterable[Iterable[str | int | None]]) -> str:
    """A table as CSV (RFC 4180); no cell can be a formula."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(head)
    rows.writerows([_cell(value) if type(value) is str else value for value in line] for line in lines)
    return out.getvalue()


def _cell(value: str) -> str:
    """A cell that a spreadsheet takes as text: what would begin a formula gets an apostrophe."""
    return f"'{value}" if value[:1] in _FORMULA else value
