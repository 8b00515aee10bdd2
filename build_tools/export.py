"""briefing.json: a briefing as data, from the same comparison as the pages. Pure; the same bytes everywhere."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from build_tools import compare
from build_tools.model import Briefing, Claim, Placed, Site, Source, Statement


def briefing_json(site: Site, briefing: Briefing) -> str:
    """The whole briefing as JSON text: keys and lists in a stable order, UTF-8, a line feed at the end."""
    file = briefing.file
    speakers = site.speakers_of(briefing)
    named = {compare.holder(briefing, s) for _, s in briefing.statements}
    data = {
        "briefing": {
            "slug": briefing.slug,
            "title": file.title,
            "question": file.question,
            "status": file.status,
            "bottom_line": [{"text": compare.plain(s.text), "claims": list(s.claims)} for s in file.bottom_line],
            "topics": [{"id": t.id, "title": t.title} for t in file.topics],
            "editors": [e.model_dump(exclude_none=True) for e in file.editors],
        },
        "sources": [_source(briefing, source) for source in briefing.sources],
        "speakers": [
            {
                "id": s.id,
                "name": s.name,
                "kind": s.kind,
                "role": s.role,
                "interest": s.interest,
                "source": briefing.unnamed.get(s.id),
            }
            for s in speakers.values()
            if s.id in named
        ],
        "claims": [_claim(site, briefing, claim) for claim in briefing.claims],
        "figures": [_plain(figure) for figure in briefing.figures],
        "events": [_plain(event) for event in briefing.events],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _source(briefing: Briefing, source: Source) -> dict[str, Any]:
    lock, cover = briefing.locks.get(source.id), compare.coverage(briefing, source)
    return {
        "id": source.id,
        "title": source.title,
        "label": source.name,
        "outlet": source.outlet,
        "author": source.author,
        "voice": source.voice,
        "published": source.published,
        "genre": source.genre,
        "lang": source.lang,
        "url": source.url,
        "origin": source.origin or source.id,
        "words": lock.words if lock else None,
        "shared": [run.model_dump(mode="json") for run in lock.shared] if lock else [],
        "quoted": {"narration": cover.narration, "speech": cover.speech},
        "sha256": lock.sha256 if lock else None,
        "checked_by": lock.checked_by if lock else None,
        "checked_on": lock.checked_on if lock else None,
    }


def _claim(site: Site, briefing: Briefing, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.claim,
        "kind": claim.kind,
        "topic": claim.topic,
        "verdict": compare.verdict(briefing, claim, site.vocabulary),
        "terms": list(claim.terms),
        "note": claim.note,
        "statements": [_statement(briefing, statement) for statement in claim.statements],
        "relations": [r.model_dump() for r in claim.relations],
        "replies": [_plain(reply) for reply in claim.replies],
        "silence": [
            {"source": s.source.id, "state": s.state, "terms": list(s.terms), "reason": s.reason or None}
            for s in compare.silences(briefing, claim)
        ],
    }


def figures_csv(briefing: Briefing) -> str:
    """The figures as CSV (RFC 4180), a line for each statement that gives one; no cell can be a formula."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    columns = ("figure", "measures", "qualifier", "value", "unit", "as_of", "words", "source", "speaker", "statement")
    rows.writerow((*columns, "quote", "note"))
    for figure in briefing.figures:
        for name in figure.statements:
            if (found := briefing.statement.get(name)) is not None:
                cells = (figure.id, figure.measures, figure.qualifier, figure.value, figure.unit, figure.as_of)
                more = (figure.words, found.source, found.speaker, found.id, found.quote, figure.note)
                rows.writerow(_cell(value) for value in (*cells, *more))
    return out.getvalue()


def _cell(value: str | None) -> str:
    """A cell that a spreadsheet takes as text: what would begin a formula gets an apostrophe."""
    return f"'{value}" if value and value[0] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20" else value or ""


def _plain(item: Placed) -> dict[str, Any]:
    """An object as typed, every key present."""
    return item.model_dump(mode="json")


def _statement(briefing: Briefing, statement: Statement) -> dict[str, Any]:
    entry = compare.locked(briefing, statement)
    return {
        "id": statement.id,
        "source": statement.source,
        "speaker": statement.speaker,
        "via": statement.via,
        "mode": compare.mode(statement, entry),
        "stance": statement.stance,
        "quote": statement.quote,
        "translation": statement.translation,
        "cut": statement.cut,
        "utterance": statement.utterance,
        "paragraph": entry.block if entry else None,
        "block_kind": compare.block_kind(briefing, statement),
        "in_quotation_marks": entry.marks if entry else None,
        "beside": list(entry.beside) if entry else None,
        "note": statement.note,
    }
