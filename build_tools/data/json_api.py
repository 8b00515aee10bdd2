"""The published data as JSON: the documents of a site and of each briefing, from the same comparison as the pages.

Pure, and the same bytes everywhere.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from build_tools.compare.quotations import find_mode, measure_coverage
from build_tools.compare.silences import list_silences
from build_tools.compare.statements import find_block_kind, find_holder
from build_tools.compare.summary import list_credited_speakers, list_crediting
from build_tools.compare.verdicts import decide_verdict
from build_tools.data import citations, documents, shapes, tables
from build_tools.data.documents import FOLDER, Listed, list_downloads
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source, Statement
from build_tools.model.site import Site
from build_tools.text.english import remove_brackets

Shape = TypeVar("Shape")  # one of the TypedDicts


def site_files(site: Site, listed: Sequence[Listed] | None = None) -> dict[str, str]:
    """The files of the whole site, by their path in it: the index of what is published, and the named speakers.

    ``listed`` are the entries of the published briefings, if they are known already.
    """
    if listed is None:
        listed = [list_briefing(site, slug) for slug, summary in site.summaries.items() if summary.listed]
    index: documents.IndexFile = {
        "about": _build_about(site, "index"),
        "speakers": f"{FOLDER}speakers.json",
        "briefings": list(listed),
    }
    known: documents.KnownFile = {
        "about": _build_about(site, "known"),
        "speakers": [
            _fill(
                documents.KnownData,
                speaker,
                path=f"speakers/{speaker.id}/",
                briefings=[
                    {"briefing": slug, "statements": site.summaries[slug].credited[speaker.id]}
                    for slug in list_crediting(site, speaker.id)
                ],
            )
            for speaker in sorted(list_credited_speakers(site), key=lambda speaker: speaker.id)
        ],
    }
    return {f"{FOLDER}index.json": dump_json(index), f"{FOLDER}speakers.json": dump_json(known)}


def list_briefing(site: Site, slug: str) -> Listed:
    """The entry of a briefing in the index of what is published."""
    briefing = site.briefing[slug]
    return {
        "slug": slug,
        "title": briefing.file.title,
        "question": briefing.file.question,
        "path": f"briefings/{slug}/",
        "edition": _build_edition(site, briefing),
        "counts": {
            "sources": len(briefing.sources),
            "claims": len(briefing.claims),
            "statements": len(briefing.statements),
        },
        "files": {name: path for name, path, _ in list_downloads(briefing)},
    }


def briefing_files(site: Site, briefing: Briefing) -> dict[str, str]:
    """The data files of a briefing, by their path in the site, without its annotations and its zip."""
    head, sources = _build_head(site, briefing), [_build_source(briefing, source) for source in briefing.sources]
    claims = [_build_claim(site, briefing, claim) for claim in briefing.claims]
    speakers = _build_speakers(site, briefing)
    slug, figures = briefing.slug, [_fill(shapes.FigureData, figure) for figure in briefing.figures]
    whole: documents.WholeFile = {
        "about": _build_about(site, "briefing"),
        "briefing": head,
        "sources": sources,
        "speakers": speakers,
        "claims": claims,
        "figures": figures,
        "events": [_fill(shapes.EventData, event) for event in briefing.events],
    }
    matrix: documents.MatrixFile = {
        "about": _build_about(site, "matrix"),
        "briefing": slug,
        "columns": [source["id"] for source in sources],
        "rows": [_build_row(site, briefing, claim) for claim in claims],
    }
    parts = {
        "index": {"about": _build_about(site, "head"), "briefing": head},
        "claims": {"about": _build_about(site, "claims"), "briefing": slug, "claims": claims},
        "sources": {"about": _build_about(site, "sources"), "briefing": slug, "sources": sources},
        "speakers": {"about": _build_about(site, "speakers"), "briefing": slug, "speakers": speakers},
        "matrix": matrix,
    }
    base, api = f"briefings/{slug}/", f"{FOLDER}briefings/{slug}/"
    files = {f"{api}{name}.json": dump_json(part) for name, part in parts.items()}
    files |= {
        f"{base}briefing.json": dump_json(whole),
        f"{base}matrix.csv": tables.render_matrix(matrix, claims),
        f"{base}statements.csv": tables.render_statements(site, briefing, claims),
        f"{base}sources.csl.json": json.dumps(citations.build_csl(briefing), ensure_ascii=False, indent=1) + "\n",
        f"{base}sources.bib": citations.render_bibtex(briefing),
    }
    if figures:
        files[f"{base}figures.csv"] = tables.render_figures(briefing)
    return files


def dump_json(data: Any) -> str:
    """Data as JSON text: UTF-8 on one line, keys in the order in which they were added."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _build_about(site: Site, document: str) -> documents.About:
    return {
        "version": documents.VERSION,
        "document": document,
        "site": site.publication.site_url or None,
        "licence": documents.LICENCE,
        "rights": documents.RIGHTS,
    }


def _build_edition(site: Site, briefing: Briefing) -> shapes.Edition:
    return {
        "checked_on": citations.last_checked_on(briefing),
        "commit": site.commits.get(briefing.slug),
        "citation": citations.cite_briefing(site, briefing),
    }


def _build_head(site: Site, briefing: Briefing) -> shapes.Head:
    file, sentences = briefing.file, briefing.file.bottom_line
    return _fill(
        shapes.Head,
        file,
        slug=briefing.slug,
        path=f"briefings/{briefing.slug}/",
        edition=_build_edition(site, briefing),
        bottom_line=[_fill(shapes.Sentence, s, text=remove_brackets(s.text)) for s in sentences],
        topics=[_fill(shapes.Named, topic) for topic in file.topics],
        editors=[_fill(shapes.Answerable, editor) for editor in file.editors],
    )


def _build_speakers(site: Site, briefing: Briefing) -> list[shapes.SpeakerData]:
    holders = {find_holder(briefing, statement) for _, statement in briefing.statements}
    return [
        _fill(shapes.SpeakerData, speaker, source=briefing.unnamed.get(speaker.id))
        for speaker in site.speakers_of(briefing).values()
        if speaker.id in holders
    ]


def _build_source(briefing: Briefing, source: Source) -> shapes.SourceData:
    lock = briefing.locks.get(source.id)
    return _fill(
        shapes.SourceData,
        source,
        path=f"briefings/{briefing.slug}/sources/{source.id}/",
        label=source.name,
        origin=source.origin or source.id,
        words=lock.words if lock else None,
        shared=[_fill(shapes.Shared, run) for run in (lock.shared if lock else ())],
        quoted=_fill(shapes.Quoted, measure_coverage(briefing, source)),
        sha256=lock.sha256 if lock else None,
        checked_by=lock.checked_by if lock else None,
        checked_on=lock.checked_on if lock else None,
    )


def _build_claim(site: Site, briefing: Briefing, claim: Claim) -> shapes.ClaimData:
    return _fill(
        shapes.ClaimData,
        claim,
        path=f"c/{briefing.slug}/{claim.id}/",
        text=claim.claim,
        verdict=decide_verdict(briefing, claim, site.vocabulary),
        statements=[_build_statement(briefing, statement) for statement in claim.statements],
        relations=[_fill(shapes.RelationData, relation) for relation in claim.relations],
        replies=[_fill(shapes.ReplyData, reply) for reply in claim.replies],
        silence=[
            _fill(shapes.SilenceData, silence, source=silence.source.id, reason=silence.reason or None)
            for silence in list_silences(briefing, claim)
        ],
    )


def _build_statement(briefing: Briefing, statement: Statement) -> shapes.StatementData:
    entry, lock = briefing.locked(statement), briefing.locks.get(statement.source)
    return _fill(
        shapes.StatementData,
        statement,
        holder=find_holder(briefing, statement),
        mode=find_mode(statement, entry),
        paragraph=entry.block if entry else None,
        block_kind=find_block_kind(briefing, statement),
        in_quotation_marks=entry.marks if entry else None,
        beside=list(entry.beside) if entry else None,
        checked=entry is not None and entry.is_of(statement) and bool(lock and lock.checked_by),
    )


def _build_row(site: Site, briefing: Briefing, claim: shapes.ClaimData) -> shapes.RowData:
    marks: dict[str, list[shapes.MarkData]] = {}
    for statement in claim["statements"]:
        mark: shapes.MarkData = {
            "statement": statement["id"],
            "stance": statement["stance"],
            "holder": statement["holder"],
            "counted": site.vocabulary.get("blocks", statement["block_kind"]).counts,
        }
        marks.setdefault(statement["source"], []).append(mark)
    silences = {silence["source"]: silence["state"] for silence in claim["silence"]}
    return {
        "claim": claim["id"],
        "topic": claim["topic"],
        "kind": claim["kind"],
        "verdict": claim["verdict"],
        "cells": [
            {"statements": marks.get(source.id, []), "silence": silences.get(source.id)} for source in briefing.sources
        ],
    }


def _fill(shape: type[Shape], record: object, **computed: object) -> Shape:
    """An object of a shape: each of its keys is in ``computed``, or is the name of a field of ``record``."""
    filled: dict[str, object] = {}
    for key in shape.__annotations__:
        value = computed[key] if key in computed else getattr(record, key)
        filled[key] = list(value) if isinstance(value, tuple) else value
    return cast("Shape", filled)
