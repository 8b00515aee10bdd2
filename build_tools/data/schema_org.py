"""Claims, articles and data in the words of schema.org, for search engines and other programs. Pure.

No ClaimReview: nothing here is rated.
"""

import re
from collections.abc import Iterable
from typing import Any

from build_tools.data.addresses import claim_address, page_address
from build_tools.data.citations import ni_uri
from build_tools.data.documents import LICENCE, RIGHTS, list_downloads
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN

_TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization"}


def describe_claims(site: Site, briefing: Briefing, claims: Iterable[Claim], here: str) -> dict[str, Any]:
    """The claims on the page at ``here``, each a Claim with its Quotations.

    A statement that asserts a claim is an ``appearance`` of it; any other is only about it (``subjectOf``).
    """
    graph = []
    for claim in claims:
        quotations: dict[str, list[dict[str, Any]]] = {"appearance": [], "subjectOf": []}
        for statement in claim.statements:
            if statement.source in briefing.source:
                key = "appearance" if statement.stance == "asserts" else "subjectOf"
                quotations[key].append(_describe_quotation(site, briefing, statement, here))
        graph.append(
            {
                "@type": "Claim",
                "@id": claim_address(site, briefing, claim, here),
                "text": claim.claim,
                "inLanguage": "en",
                "license": LICENCE,
                **{key: nodes for key, nodes in quotations.items() if nodes},
            }
        )
    return {"@context": "https://schema.org", "@graph": graph}


def _describe_quotation(site: Site, briefing: Briefing, statement: Statement, here: str) -> dict[str, Any]:
    source = briefing.source[statement.source]
    speaker = site.speakers_of(briefing).get(statement.speaker or source.voice or "")
    page = f"briefings/{briefing.slug}/sources/{source.id}/"
    return {
        "@type": "Quotation",
        "text": statement.quote,
        "inLanguage": source.lang,
        "keywords": statement.stance,
        **_credit(speaker),
        "isPartOf": {"@id": page_address(site, here, page, "article")},
    }


def _credit(speaker: Speaker | None) -> dict[str, Any]:
    """Whose words they are. Documents and unnamed people are credited by name only; the article itself is not."""
    if speaker is None:
        return {}
    if speaker.kind in _TYPES:
        return {"creator": {"@type": _TYPES[speaker.kind], "name": speaker.name}}
    return {"creditText": speaker.name}


def describe_article(site: Site, briefing: Briefing, source: Source, here: str) -> dict[str, Any]:
    """A source as an Article, without what its text does not state."""
    lock, voice = briefing.locks.get(source.id), site.speaker.get(source.voice or "")
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if source.genre == "news" else "Article",
        "@id": page_address(site, here, here, "article"),
        "inLanguage": source.lang,
    }
    if source.title != UNKNOWN:
        article["headline"] = source.title
    if source.author != UNKNOWN:
        article["author"] = {"name": source.author}  # the text does not say whether a person, a desk or an agency
    elif voice is not None and voice.kind in _TYPES:
        article["author"] = {"@type": _TYPES[voice.kind], "name": voice.name}
    if source.outlet != UNKNOWN:
        article["publisher"] = {"@type": "Organization", "name": source.outlet}
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", source.published):
        article["datePublished"] = source.published
    if source.url:
        article["url"] = source.url
    if lock:
        article["identifier"] = ni_uri(lock.sha256)
    return article


def describe_dataset(site: Site, briefing: Briefing, here: str) -> dict[str, Any]:
    """The data of a briefing as a Dataset: its licence, and each file."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": briefing.file.title,
        "description": f"{briefing.file.question} {RIGHTS}",
        "license": LICENCE,
        "url": page_address(site, here, here),
        "distribution": [
            {"@type": "DataDownload", "name": path.rpartition("/")[2], "contentUrl": page_address(site, here, path)}
            for _, path, _ in list_downloads(briefing)
        ],
    }
