"""The published data as JSON: the documents of a site and of each briefing, from the same comparison as the pages.

Pure, and the same bytes everywhere.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from synoptic.compare.answers import Answered, Reply
from synoptic.compare.context import list_hearing, locate_turn
from synoptic.compare.outline import list_gists
from synoptic.compare.proofs import describe_standing
from synoptic.compare.quotations import find_mode, measure_coverage
from synoptic.compare.statements import Silence, find_block_kind, find_holder
from synoptic.compare.summary import list_credited_speakers
from synoptic.compare.verdicts import SORTS, describe_facts, judge
from synoptic.data import citations, documents, ris, styles, tables, wikitext
from synoptic.data.documents import FOLDER, fill, list_downloads, read_format
from synoptic.data.first_verdicts import decide_first_verdict
from synoptic.data.readings import build_readings
from synoptic.data.telling import build_telling
from synoptic.model.lock import Lock, LockedQuote, Reader
from synoptic.model.records import Claim, Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.brackets import split_ours
from synoptic.text.english import remove_brackets


def site_files(site: Site, listed: Sequence[dict[str, Any]] | None = None) -> dict[str, str]:
    """The files of the whole site, by their path in it: the index of what is published, and the named speakers.

    ``listed`` are the entries of the published briefings, if they are known already.
    """
    if listed is None:
        listed = [list_briefing(site, slug) for slug, summary in site.summaries.items() if summary.listed]
    speakers = [
        fill(
            "KnownData",
            speaker,
            path=f"speakers/{speaker.id}/",
            briefings=[
                {"briefing": slug, "statements": site.summaries[slug].credited[speaker.id]}
                for slug in site.crediting[speaker.id]
            ],
        )
        for speaker in sorted(list_credited_speakers(site), key=lambda speaker: speaker.id)
    ]
    path = f"{FOLDER}speakers.json"
    index = _fill_document(site, "index", speakers=path, briefings=list(listed))
    return {f"{FOLDER}index.json": dump_json(index), path: dump_json(_fill_document(site, "known", speakers=speakers))}


def list_briefing(site: Site, slug: str) -> dict[str, Any]:
    """The entry of a briefing in the index of what is published."""
    briefing = site.briefing[slug]
    return fill(
        "Listed",
        briefing.file,
        slug=slug,
        path=f"briefings/{slug}/",
        edition=_build_edition(site, briefing),
        counts={name: len(getattr(briefing, name)) for name in ("sources", "claims", "statements")},
        files={name: path for name, path, _ in list_downloads(briefing)},
    )


def briefing_files(
    site: Site, briefing: Briefing, silences: Mapping[str, Sequence[Silence]], answers: Sequence[Answered]
) -> dict[str, str]:
    """The data files of a briefing, by their path in the site, without its annotations and its zip; ``silences`` are
    those on each claim, ``answers`` what is answered to each topic."""
    head, sources = _build_head(site, briefing), [_build_source(briefing, source) for source in briefing.sources]
    claims = [_build_claim(site, briefing, claim, silences[claim.id]) for claim in briefing.claims]
    speakers, slug = _build_speakers(site, briefing), briefing.slug
    figures = [fill("FigureData", figure) for figure in briefing.figures]
    events = [fill("EventData", event) for event in briefing.events]
    columns, rows = [source["id"] for source in sources], [_build_row(site, briefing, claim) for claim in claims]
    parts: dict[str, dict[str, Any]] = {
        "briefing": {
            "briefing": head, "sources": sources, "speakers": speakers, "claims": claims,
            "figures": figures, "events": events,
        },
        "head": {"briefing": head},
        "claims": {"briefing": slug, "claims": claims},
        "sources": {"briefing": slug, "sources": sources},
        "speakers": {"briefing": slug, "speakers": speakers},
        "matrix": {"briefing": slug, "columns": columns, "rows": rows},
        "telling": {"briefing": slug, **build_telling(site, briefing)},
        "readings": {"briefing": slug, **build_readings(briefing)},
        "citations": _build_citations(briefing),
        "verdicts": {
            "briefing": slug,
            "claims": [_build_judged(site, briefing, claim) for claim in briefing.claims],
            "topics": [_build_answered(briefing, answered) for answered in answers],
        },
    }  # fmt: skip
    contents = {name: dump_json(_fill_document(site, name, **content)) for name, content in parts.items()} | {
        "matrix-table": tables.render_matrix(columns, rows, claims),
        "statements-table": tables.render_statements(site, briefing, claims),
        "figures-table": tables.render_figures(briefing),
        "csl": json.dumps(citations.build_csl(briefing), ensure_ascii=False, indent=1) + "\n",
        "ris": ris.render_ris(briefing),
        "bibtex": citations.render_bibtex(briefing),
    }
    return {path: contents[name] for name, path, _ in list_downloads(briefing) if name in contents}


def list_statements(site: Site, briefing: Briefing) -> list[dict[str, tables.Value]]:
    """The lines of a briefing's table of statements."""
    claims = (_build_claim(site, briefing, claim, ()) for claim in briefing.claims)
    return list(tables.list_statements(site, briefing, claims))


def dump_json(data: Any) -> str:
    """Data as JSON text: UTF-8 on one line, keys in the order in which they were added."""
    return to_json(data).decode() + "\n"


def _build_edition(site: Site, briefing: Briefing) -> dict[str, Any]:
    return {
        "checked_on": citations.last_checked_on(briefing),
        "commit": site.commits.get(briefing.slug),
        "citation": citations.cite_briefing(site, briefing),
    }


def _build_head(site: Site, briefing: Briefing) -> dict[str, Any]:
    file, sentences = briefing.file, briefing.file.bottom_line
    return fill(
        "Head",
        file,
        slug=briefing.slug,
        path=f"briefings/{briefing.slug}/",
        edition=_build_edition(site, briefing),
        bottom_line=[fill("Sentence", s, text=remove_brackets(s.text)) for s in sentences],
        topics=[
            fill(
                "Named",
                topic,
                answers=[fill("AnswerData", answer) for answer in topic.answers],
                apart=[fill("ApartData", apart) for apart in topic.apart],
            )
            for topic in file.topics
        ],
        editors=[fill("Answerable", editor) for editor in file.editors],
        watch=[fill("WatchedData", watched) for watched in file.watch],
        parallels=[fill("ParallelData", parallel) for parallel in file.parallels],
    )


def _build_speakers(site: Site, briefing: Briefing) -> list[dict[str, Any]]:
    holders = {find_holder(briefing, statement) for _, statement in briefing.statements}
    return [
        fill("SpeakerData", speaker, source=briefing.unnamed.get(speaker.id))
        for speaker in site.speakers_of(briefing).values()
        if speaker.id in holders
    ]


def _build_source(briefing: Briefing, source: Source) -> dict[str, Any]:
    lock, watch = briefing.locks.get(source.id), briefing.watches.get(source.id)
    return fill(
        "SourceData",
        source,
        path=f"briefings/{briefing.slug}/sources/{source.id}/",
        label=source.name,
        origin=source.origin or source.id,
        archived=source.saved_on,
        shared=[fill("Shared", run) for run in (lock.shared if lock else ())],
        quoted=fill("Quoted", measure_coverage(briefing, source)),
        readers=[_build_reader(briefing, source.id, reader) for reader in (lock.readers if lock else ())],
        outline=[fill("GistData", gist) for gist in list_gists(source)],
        versions=[fill("VersionData", version) for version in source.versions],
        looks=[fill("LookData", look) for look in (watch.looks if watch else ())],
        **{name: getattr(lock, name, None) for name in ("words", "sha256", "checked_by", "checked_on")},
    )


def _build_citations(briefing: Briefing) -> dict[str, Any]:
    cited = {source.id: wikitext.cite_source(briefing, source) for source in briefing.sources}
    items = zip(briefing.sources, citations.build_csl(briefing), strict=True)
    return {
        "briefing": briefing.slug,
        "sources": [
            fill(
                "CitedData",
                source,
                source=source.id,
                apa=styles.cite_apa(item),
                chicago=styles.cite_chicago(item),
                wikitext=cited[source.id],
            )
            for source, item in items
        ],
        "statements": [
            fill(
                "CitedQuotation",
                one,
                statement=one.id,
                wikitext=wikitext.cite_statement(cited[one.source], one),
            )
            for _, one in briefing.statements
            if one.source in cited
        ],
    }


def _build_reader(briefing: Briefing, source: str, reader: Reader) -> dict[str, Any]:
    standing = describe_standing(briefing, source, reader)
    key, stamped = standing.key or None, standing.stamped or None
    return fill("ReaderData", reader, signature=standing.word, key=key, stamped=stamped)


def _build_claim(site: Site, briefing: Briefing, claim: Claim, silences: Sequence[Silence]) -> dict[str, Any]:
    return fill(
        "ClaimData",
        claim,
        path=f"c/{briefing.slug}/{claim.id}/",
        text=claim.claim,
        terms=[term.term for term in claim.terms],
        term_modes={term.term: term.meant for term in claim.terms},
        verdict=decide_first_verdict(briefing, claim, site.vocabulary),
        statements=[_build_statement(briefing, statement) for statement in claim.statements],
        relations=[fill("RelationData", relation) for relation in claim.relations],
        replies=[fill("ReplyData", reply) for reply in claim.replies],
        silence=[
            fill("SilenceData", silence, source=silence.source.id, reason=silence.reason or None)
            for silence in silences
        ],
    )


def _build_judged(site: Site, briefing: Briefing, claim: Claim) -> dict[str, Any]:
    judgement = judge(briefing, claim, site.vocabulary)
    facts = judgement.facts
    sorts = {sort: facts.sorts.get(sort, 0) for sort in SORTS}
    return fill(
        "JudgedData",
        claim,
        path=f"c/{briefing.slug}/{claim.id}/",
        verdict=judgement.verdict,
        facts=fill("FactsData", facts, sentence=describe_facts(facts), **sorts),
    )


def _build_answered(briefing: Briefing, answered: Answered) -> dict[str, Any]:
    return fill(
        "AnsweredData",
        answered,
        id=answered.topic.id,
        articles=[
            fill(
                "ArticleData",
                article,
                source=article.source.id,
                replies=[_build_reply(briefing, reply) for reply in article.replies],
                silence=article.silence or None,
            )
            for article in answered.articles
        ],
    )


def _build_reply(briefing: Briefing, reply: Reply) -> dict[str, Any]:
    return fill(
        "RepliedData",
        reply,
        answer=reply.answer.id,
        stance=reply.statement.stance,
        claim=reply.claim.id,
        statement=reply.statement.id,
        holder=find_holder(briefing, reply.statement),
        others=[statement.id for _, statement in reply.others],
    )


def _build_statement(briefing: Briefing, statement: Statement) -> dict[str, Any]:
    entry, lock = briefing.locked(statement), briefing.locks.get(statement.source)
    return fill(
        "StatementData",
        statement,
        holder=find_holder(briefing, statement),
        inserted=[words for words, ours in split_ours(statement.quote, entry.ours if entry else ()) if ours],
        mode=find_mode(statement, entry),
        paragraph=entry.block if entry else None,
        block_kind=find_block_kind(briefing, statement),
        in_quotation_marks=entry.marks if entry else None,
        beside=list(entry.beside) if entry else None,
        context=_build_context(lock, entry) if lock and entry else None,
        checked=briefing.checked_entry(statement) is not None and bool(lock and lock.checked_by),
        readers=[
            _build_reader(briefing, statement.source, one) for one in (lock.readers_of(entry) if lock and entry else ())
        ],
    )


def _build_context(lock: Lock, entry: LockedQuote) -> list[dict[str, Any]] | None:
    if lock.context is None:
        return None
    return [
        fill("TurnData", turn, place=locate_turn(turn, entry), statements=list_hearing(lock, entry, turn))
        for turn in lock.context.get(entry.statement, ())
    ]


def _build_row(site: Site, briefing: Briefing, claim: dict[str, Any]) -> dict[str, Any]:
    marks: dict[str, list[dict[str, Any]]] = {}
    for statement in claim["statements"]:
        mark = {
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


def _fill_document(site: Site, name: str, **content: object) -> dict[str, Any]:
    """A document of the format, which begins with what it is."""
    shape = read_format().documents[name]
    about = {
        "version": documents.VERSIONS[shape.version],
        "document": name,
        "site": site.publication.site_url or None,
        "licence": site.publication.terms.url or None,
        "rights": documents.describe_rights(site.publication),
    }
    return {key: about if key == "about" else content[key] for key in shape.keys}
