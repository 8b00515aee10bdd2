"""The state of a briefing as JSON for the page: topics, answers, sources, speakers, claims, problems. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from synoptic.base.problems import Problem
from synoptic.check.registry import EXCEPTIONS
from synoptic.compare.answers import answer_topics
from synoptic.compare.marks import mark_sources
from synoptic.compare.outline import find_unaccounted, group_by_paragraph
from synoptic.compare.quotations import find_mode
from synoptic.compare.verdicts import describe_facts, judge
from synoptic.model.records import Claim, Speaker, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.vocabulary import Term
from synoptic.workbench.about import locate_problems
from synoptic.workbench.fields import show_problem

#: The lists of words that the page offers, by their names in the vocabulary.
_CHOICES = {
    "stance": "stances", "mode": "modes", "claim_kind": "kinds", "paragraph_kind": "blocks",
    "speaker_kind": "speaker_kinds", "genre": "genres",
}  # fmt: skip


def describe_briefing(site: Site, briefing: Briefing, problems: Sequence[Problem]) -> dict[str, Any]:
    """Everything about a briefing that the page shows beside an article."""
    shown = [
        {**show_problem(problem), "about": about, "exception": _find_exception(problem, about)}
        for problem, about in zip(problems, locate_problems(briefing, problems), strict=True)
    ]
    by_statement: dict[str, list[dict[str, Any]]] = {}
    by_claim: dict[str, list[dict[str, Any]]] = {}
    by_source: dict[str, list[dict[str, Any]]] = {}
    for one in shown:
        if "statement" in one["about"]:
            by_statement.setdefault(one["about"]["statement"], []).append(one)
        elif "claim" in one["about"]:
            by_claim.setdefault(one["about"]["claim"], []).append(one)
        elif "source" in one["about"]:
            by_source.setdefault(one["about"]["source"], []).append(one)
    return {
        "slug": briefing.slug,
        "title": briefing.file.title,
        "question": briefing.file.question,
        "lang": briefing.language,
        "status": briefing.file.status,
        "topics": _list_topics(site, briefing),
        "sources": _list_sources(site, briefing, by_source),
        "speakers": _list_speakers(site, briefing),
        "claims": [_describe_claim(site, briefing, claim, by_claim, by_statement) for claim in briefing.claims],
        "figures": [
            {"id": one.id, "text": " ".join(filter(None, (one.qualifier, one.value, one.unit))), "of": one.measures,
             "path": one.place.path, "line": one.place.line}
            for one in briefing.figures
        ],
        "events": [
            {"id": one.id, "text": one.what, "of": one.when, "path": one.place.path, "line": one.place.line}
            for one in briefing.events
        ],
        "choices": {
            name: [_show_term(term) for term in site.vocabulary.terms(words).values()]
            for name, words in _CHOICES.items()
        },
        "problems": shown,
    }  # fmt: skip


def _find_exception(problem: Problem, about: Mapping[str, Any]) -> str:
    """The rule to which the statement that a problem is about may make an exception; "" if there is none."""
    return problem.rule if "statement" in about and EXCEPTIONS.get(problem.rule) == "statement" else ""


def _show_term(term: Term) -> dict[str, str]:
    return {"id": term.id, "label": term.label, "description": term.description, "symbol": term.symbol}


def _list_topics(site: Site, briefing: Briefing) -> list[dict[str, Any]]:
    return [
        {
            "id": topic.id,
            "title": topic.title,
            "question": topic.question or "",
            "answers": [{"id": answer.id, "text": answer.text} for answer in topic.answers],
            "label": site.vocabulary.get("topic_labels", label).label,
            "grid": [
                {
                    "answer": reply.answer.id, "source": article.source.id, "stance": statement.stance,
                    "statement": statement.id, "claim": claim.id, "quote": statement.quote, "counted": reply.counted,
                }
                for article in articles
                for reply in article.replies
                for claim, statement in ((reply.claim, reply.statement), *reply.others)
            ],
        }
        for topic, articles, label in answer_topics(briefing, site.vocabulary)
    ]  # fmt: skip


def _list_sources(site: Site, briefing: Briefing, by_source: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    places, marks = group_by_paragraph(briefing), mark_sources(briefing)
    found = []
    for source in briefing.sources:
        lock, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        found.append({
            "id": source.id, "title": source.title, "name": source.name, "publisher": source.outlet,
            "outlet": source.outlet, "author": source.author, "genre": source.genre, "published": source.published,
            "url": source.url or "", "label": source.label or "", "voice": source.voice or "",
            "origin": source.origin or "", "independent": dict(source.independent),
            "problems": by_source.get(source.id, []),
            "lang": source.lang, "letter": marks[source.id].letter, "shape": marks[source.id].shape,
            "words": lock.words if lock else len(text.spans) if text else 0,
            "paragraphs": lock.blocks if lock else len(text.blocks) if text else 0,
            "at_hand": text is not None,
            "unaccounted": find_unaccounted(briefing, source, site.vocabulary, places[source.id]),
            "statements": len(briefing.carried.get(source.id, ())),
        })  # fmt: skip
    return found


def _list_speakers(site: Site, briefing: Briefing) -> list[dict[str, Any]]:
    return [
        {
            "id": speaker.id, "name": speaker.name, "kind": speaker.kind, "also": list(speaker.also),
            "role": speaker.role or "", "own_to": briefing.unnamed.get(speaker.id, ""),
            "statements": len(briefing.credited.get(speaker.id, ())),
        }
        for speaker in site.speakers_of(briefing).values()
    ]  # fmt: skip


def _describe_claim(
    site: Site, briefing: Briefing, claim: Claim,
    by_claim: Mapping[str, Sequence[Any]], by_statement: Mapping[str, Sequence[Any]],
) -> dict[str, Any]:  # fmt: skip
    judgement, speakers = judge(briefing, claim, site.vocabulary), site.speakers_of(briefing)
    return {
        "id": claim.id,
        "topic": claim.topic,
        "claim": claim.claim,
        "kind": claim.kind,
        "answer": claim.answer or "",
        "note": claim.note or "",
        "terms": [term.term for term in claim.terms],
        "passed_over": [{"source": one.source, "reason": one.reason} for one in claim.passes],
        "verdict": judgement.verdict,
        "verdict_label": site.vocabulary.get("verdicts", judgement.verdict).label,
        "facts": describe_facts(judgement.facts),
        "statements": [
            {**_describe_statement(briefing, speakers, one), "problems": by_statement.get(one.id, [])}
            for one in claim.statements
        ],
        "problems": by_claim.get(claim.id, []),
    }


def _describe_statement(briefing: Briefing, speakers: Mapping[str, Speaker], statement: Statement) -> dict[str, Any]:
    entry, holder = briefing.locked(statement), briefing.speaker_of(statement) or ""
    speaker = speakers.get(holder)
    return {
        "id": statement.id,
        "source": statement.source,
        "holder": statement.speaker or "",
        "holder_name": speaker.name if speaker else holder,
        "mode": find_mode(statement, entry) or "",
        "stance": statement.stance,
        "of": statement.of or "",
        "quote": statement.quote,
        "translation": statement.translation or "",
        "paragraph": entry.block if entry else statement.paragraph or 0,
        "note": statement.note or "",
        "via": statement.via or "",
        "cut": statement.cut,
        "lead": statement.lead,
        "allow": dict(statement.allow),
        "beside": list(entry.beside) if entry else [],
    }
