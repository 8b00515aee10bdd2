"""The JSON-LD of the pages, and the quotations as Web Annotations."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from synoptic.compare.summary import replace_briefings
from synoptic.data import citations
from synoptic.data.linked_data import dump_annotations
from synoptic.model.site import Briefing, Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data, briefing_pages, render_site, speaker_units
from synoptic.text.encode import json_ld
from synoptic.text.folding import fold
from tests.data.samples import HOSTILE, hostile
from tests.html_pages import target
from tests.projects import CHECKOUT, EXAMPLE, BuiltSite, load_site
from tests.published_files import parsed


def scripts(page: str) -> list[Any]:
    """The JSON-LD of a page."""
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in some data."""
    for value in data if isinstance(data, list) else [data]:
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from nodes(inner)


def test_pages_say_what_they_hold_in_json_ld(built_site: BuiltSite) -> None:
    """Every claim, statement and article of a briefing is in the JSON-LD of the built pages, of no other types than
    these; a page describes the articles that it quotes; and what a text does not state is not said."""
    types, quotes, claims, articles = set(), [], [], set()
    for path in built_site.paths:
        if path.startswith("briefings/"):
            for data in scripts((built_site.folder / path / "index.html").read_text(encoding="utf-8")):
                assert data["@context"] == "https://schema.org"
                described, quoted = set(), set()
                for node in nodes(data):
                    types.add(node.get("@type"))
                    assert "unknown" not in node.values()
                    if node.get("@type") == "Quotation":
                        quotes.append((node["text"], node["keywords"]))
                        quoted.add(target(path, node["isPartOf"]["@id"]))
                    elif node.get("@type") == "Claim":
                        claims.append(target(path, node["@id"]))
                        assert all(q["keywords"] == "asserts" for q in node.get("appearance", ()))
                        assert all(q["keywords"] != "asserts" for q in node.get("subjectOf", ()))
                    elif node.get("@type") in ("Article", "NewsArticle"):
                        described.add(target(path, node["@id"]))
                assert quoted <= described
                articles |= described
    assert types - {None} == {
        "Claim", "Quotation", "Article", "NewsArticle", "Person", "Organization", "Dataset", "DataDownload",
    }  # fmt: skip
    expected, sources = [], 0
    for file in built_site.folder.glob("briefings/*/briefing.json"):
        whole = json.loads(file.read_text(encoding="utf-8"))
        expected += [(s["quote"], s["stance"]) for c in whole["claims"] for s in c["statements"]]
        sources += len(whole["sources"])
        assert {(c["path"], "") for c in whole["claims"]} <= set(claims)
    assert sorted(quotes) == sorted(expected)
    assert len(articles) == sources


def test_speakers_and_copies_are_tied_to_the_world(site: Site) -> None:
    """Whoever is quoted and has pages elsewhere is the same as they are: beside each quotation, and on their own page.
    The links of an article and of its saved copy name each other and the day (Robust Links)."""
    elsewhere, original = "https://www.wikidata.org/wiki/Q999999999", "https://post.example/ferry-night#story"
    ferry = site.briefing["night-ferry"]
    copy = f"https://web.archive.org/web/20310517101112/{original}"
    sources = tuple(s.model_copy(update={"archive": copy}) if s.url else s for s in ferry.sources)
    placed = replace_briefings(site, [replace(b, sources=sources) if b is ferry else b for b in site.briefings])
    pages = briefing_pages(Context(placed, placed.briefing["night-ferry"]))
    credited = [
        node["sameAs"]
        for page in pages.values()
        for data in scripts(str(page))
        for node in nodes(data)
        if node.get("@type") == "Person" and "Неверова" in node["name"]
    ]
    assert credited
    assert all(found == [elsewhere] for found in credited)
    own = str(render_site(placed, drafts=False, units={"", *speaker_units(placed)})["speakers/captain/index.md"])
    assert scripts(own)[0]["sameAs"] == [elsewhere]
    (page,) = (str(page) for path, page in pages.items() if path.endswith("sources/post/index.md"))
    links = {dict(attributes)["href"]: dict(attributes) for tag, attributes in parsed(page) if tag == "a"}
    assert (links[original]["data-versionurl"], links[original]["data-versiondate"]) == (copy, "2031-05-17")
    assert (links[copy]["data-originalurl"], links[copy]["data-versiondate"]) == (original, "2031-05-17")
    assert next(data["archivedAt"] for data in scripts(page)) == copy


def test_no_text_ends_the_script(site: Site) -> None:
    """Hostile words stay inside the JSON-LD of the page, and are exact there."""
    briefing = hostile(next(iter(site.briefings)))
    pages = briefing_pages(Context(site, briefing))
    page = pages[f"briefings/{briefing.slug}/topics/{briefing.claims[0].topic}/index.md"]
    assert page.count("<script") == page.count("</script>") == 1
    (data,) = scripts(page)
    assert data["@graph"][0]["text"] == HOSTILE
    inside = str(json_ld(HOSTILE)).removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028]", inside)
    source = pages[f"briefings/{briefing.slug}/sources/{briefing.sources[0].id}/index.md"]
    assert scripts(source)[0]["headline"] == HOSTILE


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


def test_a_cut_quotation_is_selected_in_parts() -> None:
    """A quotation with our own ellipsis has a target for each stretch of the article's words."""
    site = load_site(CHECKOUT)
    briefing = site.briefing[EXAMPLE]
    cut = [
        targets(one)
        for (_, statement), one in zip(briefing.statements, annotations(site, briefing), strict=True)
        if statement.cut
    ]
    assert cut
    assert all(len(found) > 1 for found in cut)
    assert all("..." not in aim["selector"]["exact"] for found in cut for aim in found)


def test_words_of_ours_are_in_no_selector() -> None:
    """Our own words in brackets are named in the data, shown as ours on the pages, and in no selector."""
    site = load_site(CHECKOUT)
    briefing = site.briefing[EXAMPLE]
    pairs = zip(briefing.statements, annotations(site, briefing), strict=True)
    ((claim, statement), one), *_ = [pair for pair in pairs if (e := briefing.locked(pair[0][1])) and e.ours]
    (aim,) = targets(one)
    words = statement.quote.partition("] ")[2]
    assert aim["selector"]["exact"] == words
    files = briefing_data(Context(site, briefing))
    claims = json.loads(files[f"api/v1/briefings/{EXAMPLE}/claims.json"])["claims"]
    made = next(s for c in claims for s in c["statements"] if s["id"] == statement.id)
    assert (made["quote"], made["inserted"]) == (statement.quote, [statement.quote.removesuffix(f" {words}")])
    pages = {path: str(page) for path, page in briefing_pages(Context(site, briefing)).items()}
    shown = [path for path, page in pages.items() if 'class="ours"' in page]
    assert any(f"topics/{claim.topic}" in path for path in shown)
    assert any("receipts/" in path for path in shown)


def test_addresses_are_full_where_the_site_has_one(site: Site) -> None:
    """With a site_url every id and link of an annotation is a full address; a name of bytes is one by itself."""
    placed = replace(site, publication=Publication(site_url="https://example.org/there/"))
    for briefing in placed.briefings:
        for one in annotations(placed, briefing):
            links = [one["id"], *(body["source"] for body in one["body"] if "source" in body)]
            assert all(link.startswith("https://example.org/there/") for link in links)
            assert all(re.match("https?://|ni:///", aim["source"]["id"]) for aim in targets(one))
