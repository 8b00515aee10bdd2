"""Every quotation as an annotation of its article, by the W3C's Web Annotation Data Model (2017). Pure."""

from typing import Any

from build_tools.data.addresses import claim_address, page_address
from build_tools.data.citations import ni_uri
from build_tools.data.documents import LICENCE
from build_tools.data.json_api import dump_json
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source, Statement
from build_tools.model.site import Site
from build_tools.text.match import split_at_cuts

_CONTEXT = 32  # characters on each side of a quotation, only if the article may be shown in full


def dump_annotations(site: Site, briefing: Briefing) -> str:
    """All annotations of a briefing in one collection, as JSON-LD."""
    here = f"briefings/{briefing.slug}/"
    collection = page_address(site, here, f"{here}annotations.jsonld")
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
            "rights": LICENCE,
            "total": len(items),
            "first": {"id": f"{collection}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }
    )


def _annotate(site: Site, briefing: Briefing, claim: Claim, statement: Statement, collection: str) -> dict[str, Any]:
    here = f"briefings/{briefing.slug}/"
    source = briefing.source[statement.source]
    speaker = site.speakers_of(briefing).get(statement.speaker or source.voice or "")
    holder = speaker.name if speaker else statement.speaker or source.name
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": statement.stance, "language": "en"},
        {"type": "SpecificResource", "purpose": "linking", "source": claim_address(site, briefing, claim, here)},
        {"type": "TextualBody", "purpose": "describing", "value": claim.claim, "language": "en"},
        {"type": "TextualBody", "purpose": "identifying", "value": holder},
    ]
    bodies += [
        {"type": "TextualBody", "purpose": "commenting", "value": note, "language": "en"}
        for note in (statement.translation, statement.note)
        if note
    ]
    article = {"id": _article_id(site, briefing, source, here), "type": "Text", "language": source.lang}
    targets = [
        {"type": "SpecificResource", "source": article, "selector": selector}
        for selector in _select(briefing, source, statement)
    ]
    return {
        "id": f"{collection}#s-{statement.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "rights": LICENCE,
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }


def _select(briefing: Briefing, source: Source, statement: Statement) -> list[dict[str, str]]:
    """The selectors that find a quotation in its article: one, or one for each part of a quotation that we cut.

    With ``rights: full`` and the text at hand they also have the characters around the words.
    """
    parts = [" ".join(part.split()) for part in split_at_cuts(statement.quote)] if statement.cut else [statement.quote]
    selectors = [{"type": "TextQuoteSelector", "exact": part} for part in parts]
    entry, text = briefing.locked(statement), briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None and len(entry.words) == len(selectors):
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
    return page_address(site, here, f"briefings/{briefing.slug}/sources/{source.id}/")
