"""The quotations as Web Annotations."""

import json
import re
from dataclasses import replace
from typing import Any

from build_tools.data import citations
from build_tools.data.linked_data import dump_annotations
from build_tools.model.site import Briefing, Publication, Site
from build_tools.text.folding import fold
from tests.data.samples import real


def annotations(site: Site, briefing: Briefing) -> list[dict[str, Any]]:
    """A briefing's annotations, the collection around them looked at."""
    made = json.loads(dump_annotations(site, briefing))
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    items: list[dict[str, Any]] = made["first"]["items"]
    assert made["total"] == len(items) == len(briefing.statements)
    assert len({one["id"] for one in items} | {made["id"], made["first"]["id"]}) == len(items) + 2
    return items


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """An annotation's targets."""
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_annotations_select_words_of_the_article(site: Site) -> None:
    """Each annotation names its article, and its selector finds the quotation in the article's text: once it has
    what stands around it, in one place only."""
    whole = 0
    for briefing in site.briefings:
        for (claim, statement), one in zip(briefing.statements, annotations(site, briefing), strict=True):
            source, text = briefing.source[statement.source], briefing.texts[statement.source].folded
            for aim in targets(one):
                assert aim["source"]["id"] == (source.url or citations.ni_uri(briefing.locks[source.id].sha256))
                assert aim["source"]["language"] == source.lang
                selector = aim["selector"]
                assert selector["type"] == "TextQuoteSelector"
                assert fold(selector["exact"]) in text
                assert ("prefix" in selector) == ("suffix" in selector) == (source.rights == "full")
                if source.rights == "full":
                    around = selector["prefix"] + fold(selector["exact"]) + selector["suffix"]
                    assert text.count(around) == 1
                    whole += 1
            bodies = {body["purpose"]: body for body in one["body"]}
            assert bodies["classifying"]["value"] == statement.stance
            assert bodies["linking"]["source"].endswith(f"c/{briefing.slug}/{claim.id}/")
            assert bodies["describing"]["value"] == claim.claim
    assert whole


def test_a_cut_quotation_is_selected_in_parts(site: Site) -> None:
    """A quotation with our own ellipsis has a target for each stretch of the article's words."""
    cut = [
        (briefing, index)
        for briefing in (*site.briefings, *real().briefings)
        for index, (_, statement) in enumerate(briefing.statements)
        if statement.cut
    ]
    assert cut
    for briefing, index in cut:
        found = targets(annotations(site, briefing)[index])
        assert len(found) > 1
        assert all("..." not in aim["selector"]["exact"] for aim in found)


def test_addresses_are_full_where_the_site_has_one(site: Site) -> None:
    """With a site_url every id and link of an annotation is a full address; a name of bytes is one by itself."""
    placed = replace(site, publication=Publication(site_url="https://example.org/there/"))
    for briefing in placed.briefings:
        for one in annotations(placed, briefing):
            links = [one["id"], *(body["source"] for body in one["body"] if "source" in body)]
            assert all(link.startswith("https://example.org/there/") for link in links)
            assert all(re.match("https?://|ni:///", aim["source"]["id"]) for aim in targets(one))
