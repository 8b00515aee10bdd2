"""Linked data: every quotation as a W3C Web Annotation, and what a page shows in the words of schema.org. Pure.

Web Annotation Data Model (2017). Of schema.org no ClaimReview: nothing here is rated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from build_tools.data import citations, json_api
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN
from build_tools.text.encode import relative
from build_tools.text.match import split_at_cuts

CONTEXT = 32  # characters on each side of a quotation, only where the text may be shown in full
_WHO = {"person": "Person", "organisation": "Organization", "group": "Organization"}


def annotated(site: Site, briefing: Briefing) -> str:
    """Every quotation of a briefing as a Web Annotation, in one collection: JSON-LD text.

    A target is the article's own address, or the name of the checked copy's bytes (RFC 6920) where it has none.
    """
    here = f"briefings/{briefing.slug}/"
    itself = _address(site, here, f"{here}annotations.jsonld")
    items = [
        _annotation(site, briefing, claim, statement, itself)
        for claim, statement in briefing.statements
        if statement.source in briefing.source
    ]
    return json_api.dumped(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": itself,
            "type": "AnnotationCollection",
            "label": briefing.file.title,
            "rights": json_api.LICENCE,
            "total": len(items),
            "first": {"id": f"{itself}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }
    )


def _annotation(site: Site, briefing: Briefing, claim: Claim, statement: Statement, collection: str) -> dict[str, Any]:
    here = f"briefings/{briefing.slug}/"
    source = briefing.source[statement.source]
    speaker = site.speakers_of(briefing).get(statement.speaker or source.voice or "")
    holder = speaker.name if speaker else statement.speaker or source.name
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": statement.stance, "language": "en"},
        {"type": "SpecificResource", "purpose": "linking", "source": _permanent(site, briefing, claim, here)},
        {"type": "TextualBody", "purpose": "describing", "value": claim.claim, "language": "en"},
        {"type": "TextualBody", "purpose": "identifying", "value": holder},
    ]
    bodies += [
        {"type": "TextualBody", "purpose": "commenting", "value": note, "language": "en"}
        for note in (statement.translation, statement.note)
        if note
    ]
    selectors = _selectors(briefing, source, statement)
    article: dict[str, Any] = {"id": _named(site, briefing, source, here), "type": "Text", "language": source.lang}
    targets = [{"type": "SpecificResource", "source": article, "selector": one} for one in selectors]
    return {
        "id": f"{collection}#s-{statement.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "rights": json_api.LICENCE,
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }


def _selectors(briefing: Briefing, source: Source, statement: Statement) -> list[dict[str, str]]:
    """What picks a quotation out of its article: the words; with ``rights: full`` and the text at hand what stands
    around them, too. A quotation that we cut is several stretches of the article, each selected by itself."""
    pieces = [" ".join(part.split()) for part in split_at_cuts(statement.quote)] if statement.cut else [statement.quote]
    found = [{"type": "TextQuoteSelector", "exact": piece} for piece in pieces]
    entry, text = briefing.locked(statement), briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None and len(entry.words) == len(found):
        for one, (first, last) in zip(found, entry.words, strict=True):
            before, after = text.context(first, last, CONTEXT, one["exact"])
            one |= {"prefix": before, "suffix": after}
    return found


def _named(site: Site, briefing: Briefing, source: Source, here: str) -> str:
    """The address of an article; else the name of its checked copy; else the page about it."""
    lock = briefing.locks.get(source.id)
    page = f"briefings/{briefing.slug}/sources/{source.id}/"
    return source.url or (citations.ni(lock.sha256) if lock else _address(site, here, page))


def _permanent(site: Site, briefing: Briefing, claim: Claim, here: str) -> str:
    return _address(site, here, f"c/{briefing.slug}/{claim.id}/")


def _address(site: Site, here: str, path: str, anchor: str = "") -> str:
    """The full address of a page, or the one from ``here`` where the site has none."""
    home = site.publication.site_url
    if not home:
        return str(relative(here, path, anchor))
    return urljoin(home.rstrip("/") + "/", path) + (f"#{anchor}" if anchor else "")


def claims(site: Site, briefing: Briefing, shown: Iterable[Claim], here: str) -> dict[str, Any]:
    """What a topic's page holds, for search engines and other programs: each Claim with its Quotations.

    What asserts a claim is an appearance of it; what denies, qualifies or questions it is only about it.
    In: the page's own address from the site's root.
    """
    graph = []
    for claim in shown:
        said = [(s, _quotation(site, briefing, s, here)) for s in claim.statements if s.source in briefing.source]
        appearing = [node for statement, node in said if statement.stance == "asserts"]
        other = [node for statement, node in said if statement.stance != "asserts"]
        graph.append(
            {
                "@type": "Claim",
                "@id": _permanent(site, briefing, claim, here),
                "text": claim.claim,
                "inLanguage": "en",
                "license": json_api.LICENCE,
                **({"appearance": appearing} if appearing else {}),
                **({"subjectOf": other} if other else {}),
            }
        )
    return {"@context": "https://schema.org", "@graph": graph}


def _quotation(site: Site, briefing: Briefing, statement: Statement, here: str) -> dict[str, Any]:
    source = briefing.source[statement.source]
    speaker = site.speakers_of(briefing).get(statement.speaker or source.voice or "")
    page = f"briefings/{briefing.slug}/sources/{source.id}/"
    return {
        "@type": "Quotation",
        "text": statement.quote,
        "inLanguage": source.lang,
        "keywords": statement.stance,
        **_credit(speaker),
        "isPartOf": {"@id": _address(site, here, page, "article")},
    }


def _credit(speaker: Speaker | None) -> dict[str, Any]:
    """Whose words they are: a named person or organisation; a document or somebody unnamed only by what they are
    called; nobody where the article speaks itself."""
    if speaker is None:
        return {}
    if speaker.kind in _WHO:
        return {"creator": {"@type": _WHO[speaker.kind], "name": speaker.name}}
    return {"creditText": speaker.name}


def article(site: Site, briefing: Briefing, source: Source, here: str) -> dict[str, Any]:
    """A source as schema.org has it; what its text does not state is left out."""
    lock, voice = briefing.locks.get(source.id), site.speaker.get(source.voice or "")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if source.genre == "news" else "Article",
        "@id": _address(site, here, here, "article"),
        "inLanguage": source.lang,
    }
    if source.title != UNKNOWN:
        found["headline"] = source.title
    if source.author != UNKNOWN:
        found["author"] = {"name": source.author}  # a person, a desk or an agency: the text does not say which
    elif voice is not None and voice.kind in _WHO:
        found["author"] = {"@type": _WHO[voice.kind], "name": voice.name}
    if source.outlet != UNKNOWN:
        found["publisher"] = {"@type": "Organization", "name": source.outlet}
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", source.published):
        found["datePublished"] = source.published
    if source.url:
        found["url"] = source.url
    if lock:
        found["identifier"] = citations.ni(lock.sha256)
    return found


def dataset(site: Site, briefing: Briefing, here: str) -> dict[str, Any]:
    """A briefing's data as schema.org has it: what it is, its licence, and each file."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": briefing.file.title,
        "description": f"{briefing.file.question} {json_api.RIGHTS}",
        "license": json_api.LICENCE,
        "url": _address(site, here, here),
        "distribution": [
            {"@type": "DataDownload", "name": path.rpartition("/")[2], "contentUrl": _address(site, here, path)}
            for _, path, _ in json_api.offered(briefing)
        ],
    }
