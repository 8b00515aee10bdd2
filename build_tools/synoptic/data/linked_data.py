"""Linked data (JSON-LD): claims, articles and data in the words of schema.org, and every quotation as an annotation of
its article, by the W3C's Web Annotation Data Model (2017). Pure.

No ClaimReview: nothing here is rated.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from synoptic.compare.quotations import list_source_words
from synoptic.data.citations import ni_uri
from synoptic.data.documents import describe_rights, list_downloads
from synoptic.data.json_api import dump_json
from synoptic.model.records import Claim, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN
from synoptic.text.encode import relative

_TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization"}
_CONTEXT = 32  # characters on each side of a quotation, only if the article may be shown in full


def _page_address(site: Site, here: str, path: str, anchor: str = "") -> str:
    """The full address of a page, or, if the site has no URL, the address relative to the page at ``here``."""
    home = site.publication.site_url
    if not home:
        return str(relative(here, path, anchor))
    return urljoin(home.rstrip("/") + "/", path) + (f"#{anchor}" if anchor else "")


def describe_claims(site: Site, briefing: Briefing, claims: Iterable[Claim], here: str) -> dict[str, Any]:
    """The claims on the page at ``here``, each a Claim with its Quotations, then the articles that these are from.

    A statement that asserts a claim is an ``appearance`` of it; any other is only about it (``subjectOf``).
    """
    graph, sources = [], {}
    for claim in claims:
        quotations: dict[str, list[dict[str, Any]]] = {"appearance": [], "subjectOf": []}
        for statement in claim.statements:
            if source := briefing.source.get(statement.source):
                sources[source.id] = source
                key = "appearance" if statement.stance == "asserts" else "subjectOf"
                quotations[key].append(_describe_quotation(site, briefing, statement, here))
        address = _page_address(site, here, f"c/{briefing.slug}/{claim.id}/")
        node = {
            "@type": "Claim",
            "@id": address,
            "text": claim.claim,
            "inLanguage": briefing.language,
            **_license(site),
        }
        graph.append({**node, **{key: nodes for key, nodes in quotations.items() if nodes}})
    graph += [_describe_article(site, briefing, source, here) for source in sources.values()]
    return {"@context": "https://schema.org", "@graph": graph}


def _license(site: Site, key: str = "license") -> dict[str, str]:
    """The address of the licence under ``key``; nothing if all rights are reserved."""
    return {key: url} if (url := site.publication.terms.url) else {}


def _describe_quotation(site: Site, briefing: Briefing, statement: Statement, here: str) -> dict[str, Any]:
    source = briefing.source[statement.source]
    speaker = site.find_speaker(briefing, statement)
    page = f"briefings/{briefing.slug}/sources/{source.id}/"
    return {
        "@type": "Quotation",
        "text": statement.quote,
        "inLanguage": source.lang,
        "keywords": statement.stance,
        **_credit(speaker),
        "isPartOf": {"@id": _page_address(site, here, page, "article")},
    }


def _credit(speaker: Speaker | None) -> dict[str, Any]:
    """Whose words they are. Documents and unnamed people are credited by name only; the article itself is not."""
    if speaker is None:
        return {}
    if speaker.kind in _TYPES:
        return {"creator": _describe_agent(speaker)}
    return {"creditText": speaker.name}


def _describe_agent(speaker: Speaker) -> dict[str, Any]:
    """A person or an organisation, and the pages elsewhere that say who they are."""
    same = {"sameAs": list(speaker.same_as)} if speaker.same_as else {}
    return {"@type": _TYPES[speaker.kind], "name": speaker.name, **same}


def describe_speaker(speaker: Speaker) -> dict[str, Any] | None:
    """A named speaker with pages elsewhere; None for all others."""
    if not speaker.same_as or speaker.kind not in _TYPES:
        return None
    return {"@context": "https://schema.org", **_describe_agent(speaker)}


def describe_article(site: Site, briefing: Briefing, source: Source, here: str) -> dict[str, Any]:
    """A source as an Article, as the page at ``here`` has it."""
    return {"@context": "https://schema.org", **_describe_article(site, briefing, source, here)}


def _describe_article(site: Site, briefing: Briefing, source: Source, here: str) -> dict[str, Any]:
    """The Article, without what its text does not state."""
    lock, voice = briefing.locks.get(source.id), site.speaker.get(source.voice or "")
    article: dict[str, Any] = {
        "@type": "NewsArticle" if source.genre == "news" else "Article",
        "@id": _page_address(site, here, f"briefings/{briefing.slug}/sources/{source.id}/", "article"),
        "inLanguage": source.lang,
    }
    if source.title != UNKNOWN:
        article["headline"] = source.title
    if source.author != UNKNOWN:
        article["author"] = {"name": source.author}  # the text does not say whether a person, a desk or an agency
    elif voice is not None and voice.kind in _TYPES:
        article["author"] = _describe_agent(voice)
    if source.outlet != UNKNOWN:
        article["publisher"] = {"@type": "Organization", "name": source.outlet}
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", source.published):
        article["datePublished"] = source.published
    if source.url:
        article["url"] = source.url
    if source.archive:
        article["archivedAt"] = source.archive
    if lock:
        article["identifier"] = ni_uri(lock.sha256)
    return article


def describe_dataset(site: Site, briefing: Briefing, here: str) -> dict[str, Any]:
    """The data of a briefing as a Dataset: its licence, and each file."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": briefing.file.title,
        "description": f"{briefing.file.question} {describe_rights(site.publication)}",
        **_license(site),
        "url": _page_address(site, here, here),
        "distribution": [
            {"@type": "DataDownload", "name": path.rpartition("/")[2], "contentUrl": _page_address(site, here, path)}
            for _, path, _ in list_downloads(briefing)
        ],
    }


def dump_annotations(site: Site, briefing: Briefing) -> str:
    """All annotations of a briefing in one collection, as JSON-LD."""
    here = f"briefings/{briefing.slug}/"
    collection = _page_address(site, here, f"{here}annotations.jsonld")
    items = [
        _annotate(site, briefing, claim, statement, collection)
        for claim, statement in briefing.statements
        if statement.source in briefing.source
    ]
    return dump_json(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": collection,
            "type": "AnnotationCollection",
            "label": briefing.file.title,
            **_license(site, "rights"),
            "total": len(items),
            "first": {"id": f"{collection}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }
    )


def _annotate(site: Site, briefing: Briefing, claim: Claim, statement: Statement, collection: str) -> dict[str, Any]:
    here = f"briefings/{briefing.slug}/"
    source = briefing.source[statement.source]
    speaker = site.find_speaker(briefing, statement)
    holder = speaker.name if speaker else statement.speaker or source.name
    address = _page_address(site, here, f"c/{briefing.slug}/{claim.id}/")
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": statement.stance, "language": "en"},
        {"type": "SpecificResource", "purpose": "linking", "source": address},
        {"type": "TextualBody", "purpose": "describing", "value": claim.claim, "language": briefing.language},
        {"type": "TextualBody", "purpose": "identifying", "value": holder},
    ]
    bodies += [
        {"type": "TextualBody", "purpose": "commenting", "value": note, "language": briefing.language}
        for note in (statement.translation, statement.note)
        if note
    ]
    article = {"id": _article_id(site, briefing, source, here), "type": "Text", "language": source.lang}
    targets = [
        {"type": "SpecificResource", "source": article, "selector": selector}
        for selector in select_quotation(briefing, source, statement)
    ]
    return {
        "id": f"{collection}#s-{statement.id}",
        "type": "Annotation",
        "motivation": "classifying",
        **_license(site, "rights"),
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }


def select_quotation(briefing: Briefing, source: Source, statement: Statement) -> list[dict[str, str]]:
    """The selectors that find a quotation in its article: one, or one for each part of a quotation that we cut. None
    has words of ours in brackets.

    With ``rights: full`` and the text at hand they also have the characters around the words.
    """
    runs = list_source_words(briefing, statement)
    parts = [" ".join(run.split()) for run in runs] if statement.cut else runs
    selectors = [{"type": "TextQuoteSelector", "exact": part} for part in parts]
    text = briefing.texts.get(source.id) if source.rights == "full" else None
    entry = briefing.locked(statement) if text else None
    if text and entry and len(entry.words) == len(selectors):
        for selector, (first, last) in zip(selectors, entry.words, strict=True):
            before, after = text.context(first, last, _CONTEXT, selector["exact"])
            selector |= {"prefix": before, "suffix": after}
    return selectors


def _article_id(site: Site, briefing: Briefing, source: Source, here: str) -> str:
    """The address of an article; else the name of its checked copy's bytes; else the page about it."""
    if source.url:
        return source.url
    if lock := briefing.locks.get(source.id):
        return ni_uri(lock.sha256)
    return _page_address(site, here, f"briefings/{briefing.slug}/sources/{source.id}/")
