"""The pages that other sites embed, and their oEmbed data."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from synoptic.compare.summary import replace_briefings
from synoptic.load.catalogue import find_language
from synoptic.model.site import Briefing, Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_pages
from synoptic.site import additions, audit, embeds
from synoptic.site.additions import render_additions
from tests.html_pages import Html, target
from tests.projects import BuiltSite, load_site, small_project

HOME = "https://example.org/there/"
SLUG = "harbour-tunnel"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project with an address."""
    return replace(load_site(small_project(tmp_path_factory.mktemp("small"))), publication=Publication(site_url=HOME))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    """Its pages to embed, and their data."""
    return render_additions(site).framed


def own(site: Site) -> Briefing:
    """The larger of its briefings."""
    return site.briefing[SLUG]


def test_each_claim_each_question_and_the_matrix_can_be_embedded(site: Site, pages: dict[str, str]) -> None:
    """Every claim, every topic with answers and the matrix of a published briefing have a page; nothing else has."""
    listed = [briefing for briefing in site.briefings if briefing.listed]
    wanted = {f"{one.slug}/claims/{claim.id}" for one in listed for claim in one.claims}
    wanted |= {f"{one.slug}/topics/{topic.id}" for one in listed for topic in one.file.topics if topic.answers}
    wanted |= {f"{one.slug}/matrix" for one in listed}
    assert len(wanted) > len(listed)
    assert {path.removesuffix(".json") for path in pages if path.endswith(".json")} == wanted


@pytest.mark.parametrize("status", ["draft", "example"])
def test_a_draft_is_never_embedded(site: Site, status: str) -> None:
    """A draft and an invented example have no page to embed, and their pages offer none."""
    briefing = own(site)
    hidden = replace(briefing, file=briefing.file.model_copy(update={"status": status}))
    changed = replace_briefings(site, [hidden])
    assert render_additions(changed).framed == {}
    assert not any("embed/" in page for page in briefing_pages(Context(changed, hidden)).values())


def test_a_site_may_have_none(site: Site) -> None:
    """With `embed: false` nothing can be embedded."""
    without = replace(site, publication=Publication.of({"site_url": HOME, "extra": {"embed": False}}))
    assert render_additions(without).framed == {}
    assert not any("embed/" in page for page in briefing_pages(Context(without, own(without))).values())


def test_a_page_is_small_and_loads_nothing(pages: dict[str, str]) -> None:
    """A page has at most 20 KB, no script, picture or form, and its links open beside the frame; robots skip it."""
    for path, text in pages.items():
        if path.endswith(".json"):
            continue
        page = Html(text)
        assert len(text.encode()) <= embeds.MOST
        assert not {"script", "img", "form", "iframe", "object", "embed"} & set(page.tags)
        assert page.meta["robots"] == "noindex"
        anchors = re.findall(r"<a ([^>]*)>", text)
        assert anchors
        assert all('target="_blank" rel="noopener"' in one for one in anchors)
        assert not list(audit.find_faults(path, text, frozenset(), "a policy", dict(embeds.read_guards().values())))


def test_a_style_other_than_ours_is_refused(pages: dict[str, str]) -> None:
    """The audit takes no page for one to embed whose style or policy differs by a character, nor a second style."""
    text = pages[f"{SLUG}/matrix.html"]
    for before, after in (
        ("<style>", "<style>p{}"),
        ("style-src", "img-src * ; style-src"),
        ("<main>", "<style>p{}</style>"),
    ):
        wrong = text.replace(before, after, 1)
        assert list(audit.find_faults("x.html", wrong, frozenset(), "a policy", dict(embeds.read_guards().values())))


def test_quotations_name_holder_article_outlet_and_verdict(site: Site, pages: dict[str, str]) -> None:
    """The page of a claim has its quotations with who holds them, the article, its outlet, the verdict and its rule."""
    briefing = own(site)
    for claim in briefing.claims:
        text = " ".join(unescape(re.sub("<[^>]*>", "", pages[f"{SLUG}/claims/{claim.id}.html"])).split())
        for statement in claim.statements:
            source = briefing.source[statement.source]
            assert statement.quote.strip("“”") in text
            assert source.name in text
            assert (source.outlet if source.outlet != "unknown" else "outlet not stated") in text
        assert any(term.label in text and term.rule in text for term in site.vocabulary.verdicts)


def test_oembed_says_what_the_page_says(site: Site, pages: dict[str, str]) -> None:
    """The data are those of oEmbed 1.0; their HTML is that which the page shows to copy, and its frame has a title."""
    for path in (path for path in pages if path.endswith(".json")):
        told: dict[str, Any] = json.loads(pages[path])
        page = pages[path.replace(".json", ".html")]
        assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 600)
        assert 200 < told["height"] < 700
        (frame,) = Html(told["html"]).links
        assert frame.value == f"{HOME}embed/{path.replace('.json', '.html')}"
        assert unescape(re.findall(r" title=\"([^\"]+)\"", told["html"])[0]) == told["title"]
        assert unescape(re.findall(r'<code dir="ltr">(.*?)</code>', page)[0]) == told["html"]
        links = {link.value for link in Html(page).links if link.tag == "link"}
        assert f"{HOME}embed/{path}" in links
        assert any(link.startswith(f"{HOME}briefings/") and "#" not in link for link in links)


def test_without_an_address_there_is_no_oembed(site: Site) -> None:
    """A site without `site_url` has pages to embed, whose HTML says where the address goes; no data, no full links."""
    found = render_additions(replace(site, publication=Publication())).framed
    assert all(path.endswith(".html") for path in found)
    assert all("https://ADDRESS/embed/" in unescape(text) for text in found.values() if 'id="code"' in text)
    assert not any("<link" in text for text in found.values())


def test_what_was_renamed_or_removed_still_answers(site: Site) -> None:
    """A frame that stands somewhere keeps its address: it shows a renamed claim, and says so of a removed one."""
    briefing = own(site)
    first, *others = briefing.claims
    renamed = replace(briefing, claims=(first.model_copy(update={"was": ("older-id",), "id": first.id}), *others))
    found = render_additions(replace_briefings(site, [renamed])).framed
    assert found[f"{SLUG}/claims/older-id.html"] == found[f"{SLUG}/claims/{first.id}.html"]
    taken = others[0].id
    both = replace(briefing, claims=(first.model_copy(update={"was": (taken,)}), *others))
    found = render_additions(replace_briefings(site, [both])).framed
    assert found[f"{SLUG}/claims/{taken}.html"] == render_additions(site).framed[f"{SLUG}/claims/{taken}.html"]


def test_a_large_claim_stays_small_and_cuts_no_quotation(site: Site) -> None:
    """A claim of forty long statements fits: quotations are whole or left out, and the page says how many are left."""
    briefing = own(site)
    claim = briefing.claims[0]
    long = "“" + " ".join(f"word{n}," for n in range(300)) + "”"
    many = tuple(claim.statements[0].model_copy(update={"id": f"long-{n}", "quote": long}) for n in range(40))
    large = replace(briefing, claims=(claim.model_copy(update={"claim": "So. " * 900, "statements": many}),))
    text = render_additions(replace_briefings(site, [large])).framed[f"{SLUG}/claims/{claim.id}.html"]
    assert len(text.encode()) <= embeds.MOST
    whole = text.count("word299")
    assert whole >= 1
    assert text.count("word0&#44;") == whole
    assert f"({40 - whole} more quotations)" in text


def test_a_page_speaks_the_language_of_its_briefing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels are in the language of the briefing; one that is written from right to left says so."""
    for tag, direction, whole in (("fr", "ltr", "Ouvrir toute la matrice"), ("ar", "rtl", "افتح المصفوفة كاملة")):
        monkeypatch.setattr(additions, "language_of", lambda site, slug="", tag=tag: find_language(tag))
        pages = render_additions(site).framed
        head = f'<html lang="{tag}" dir="{direction}">'
        assert all(head in text for path, text in pages.items() if path.endswith(".html"))
        assert whole in pages[f"{SLUG}/matrix.html"]


def test_links_of_built_pages_lead_somewhere(built_site: BuiltSite) -> None:
    """Each link of a page to embed leads to a page of the site, and to an element that is there; and each page that
    can be embedded offers it."""
    framed = [path.relative_to(built_site.folder).as_posix() for path in built_site.folder.glob("embed/**/*.html")]
    assert framed
    offered = {at for path in built_site.paths for at in built_site.targets(path) if at[0].startswith("embed/")}
    assert {path for path, _ in offered} <= set(framed)
    assert {path for path in framed if path.startswith(f"embed/{SLUG}/claims/")} <= {path for path, _ in offered}
    for path in framed:
        for link in Html((built_site.folder / path).read_text(encoding="utf-8")).links:
            if link.tag == "a":
                there = target(path, link.value)
                assert there is not None
                assert there[1] == "" or there[1] in built_site.page(there[0]).ids
