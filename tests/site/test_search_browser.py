"""The search page in Chromium: what is found, how it is labelled and marked, and what is fetched for it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import KINDS, Open, Serve, search
from tests.projects import BuiltSite, copy_checkout
from tests.site import CASES

pytestmark = pytest.mark.slow


def labels(page: Page) -> list[str]:
    """What each result says it is."""
    return page.locator("#results > li > p:first-child > b").all_text_contents()


def test_search_finds_a_claim_as_such(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A claim's words find it first, in its own words with the hits marked; a draft's twin of it is not found."""
    claim = built_site.data()["claims"][0]
    opened = tab(server)
    page = search(opened, claim["text"])
    first = page.locator("#results > li").first
    expect(first.locator("h2")).to_have_text(claim["text"])
    assert labels(page)[0] == "Claim"
    assert first.locator("h2 mark").count() >= 3
    assert page.locator("#results a[href*='harbour-draft']").count() == 0
    first.locator("h2 a").click()
    expect(page.locator(f"[id='{claim['id']}']")).to_be_in_viewport()
    assert (opened.errors, opened.foreign) == ([], [])


def test_search_takes_the_longest_words_of_many(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A claim that is pasted in with a slip in a short word is found; within marks a slip finds nothing."""
    text = next(c["text"] for c in built_site.data()["claims"] if len(c["text"].split()) > 8)
    slip = f"q {text} z"  # of eight words at most the longest are looked for
    expect(search(tab(server), slip).locator("#results > li h2").first).to_have_text(text)
    expect(search(tab(server), f'"{slip}"').locator("#status")).to_have_text("No results")


def test_search_finds_a_quotation_as_such(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A quotation's words find it under its claim, exactly, with its holder, and lead to its own place."""
    claim, statement = next((c, s) for c in built_site.data()["claims"] for s in c["statements"] if s["speaker"])
    page = search(tab(server), statement["quote"], type="Quotation")
    found = page.locator(f"a[href$='#s-{statement['id']}']")
    expect(found).to_have_text(statement["quote"])
    item = page.locator("#results > li", has=found)
    expect(item.locator("h2")).to_have_text(claim["text"])
    speaker = next(s for s in built_site.data()["speakers"] if s["id"] == statement["speaker"])
    said = item.locator("ul li", has=found)
    expect(said).to_contain_text("Quotation")
    expect(said).to_contain_text(speaker["name"])
    found.click()
    expect(page.locator(":target blockquote")).to_contain_text(statement["quote"])


@pytest.mark.parametrize(("words", "label", "path"), CASES["found"])
def test_search_finds_each_kind_as_such(server: str, tab: Open, words: str, label: str, path: str) -> None:
    """Speakers, sources, topics and briefings are found by their names, each labelled as what it is."""
    page = search(tab(server), words, type=label)
    assert set(labels(page)) == {label}
    expect(page.locator("#results mark").first).to_be_visible()
    hrefs = [str(a.get_attribute("href")).removeprefix(server).partition("#")[0] for a in page.locator("h2 a").all()]
    assert path in hrefs


def test_documentation_has_a_tab_of_its_own(server: str, tab: Open) -> None:
    """Handwritten pages are no results among the briefings; their tab counts and finds them, and is in the address."""
    page = search(tab(server), "corrections")
    assert "Page" not in labels(page)
    page.get_by_label("Documentation (").check()
    expect(page.locator("#results mark").first).to_be_visible()
    assert set(labels(page)) == {"Page"}
    assert page.url == f"{server}search/?q=corrections&in=docs"
    assert page.locator("h2 a[href*='/corrections/']").count() > 0
    again = tab(server).open("search/?q=corrections&type=Page")  # an address from before there were tabs
    expect(again.locator("#results > li")).to_have_count(page.locator("#results > li").count())
    assert set(labels(again)) == {"Page"}


def test_outlines_answer_where_no_claim_does(server: str, tab: Open) -> None:
    """A word that only a gist has is named with the article whose outline has it, and leads to the paragraph; a word
    that claims have shows no outline."""
    page = search(tab(server), "kept silent")
    expect(page.locator("#status")).to_contain_text("No claim or quotation has this. The outline does, of: Gazette.")
    assert set(labels(page)) == {"Paragraph"}
    expect(page.locator("h2 a")).to_have_attribute("href", f"{server}briefings/harbour-tunnel/sources/gazette/#p-6")
    assert "Paragraph" not in labels(search(tab(server), "tunnel"))


@pytest.mark.parametrize("slip", [
    lambda word: word[:3] + word[4] + word[3] + word[5:],  # two letters swapped
    lambda word: word[:4] + word[5:],  # one left out
    lambda word: "x" + word[1:],  # another one first
])  # fmt: skip
def test_a_slip_gets_a_suggestion(built_site: BuiltSite, server: str, tab: Open, slip: Callable[[str], str]) -> None:
    """A misspelt word of a claim finds the claim, or brings the right word as a link that finds it."""
    claim = next(c for c in built_site.data()["claims"] if max(map(len, c["text"].rstrip(".").split())) > 7)
    word = max(claim["text"].rstrip(".").split(), key=len).lower()
    opened = tab(server)
    page = search(opened, slip(word))
    if claim["text"] not in page.locator("#results h2").all_text_contents():
        page.locator("#status a", has_text=word).click()
        expect(page.locator("#q")).to_have_value(word)
        expect(page.locator("#results h2", has_text=claim["text"])).to_be_visible()
    assert opened.errors == []


def test_no_suggestion_leads_nowhere(server: str, tab: Open) -> None:
    """A word unlike any other, and words that are found, get no suggestion; for those no list of words is fetched."""
    for words, fetched in (("qwxyzzvk", True), ("tunnel", False), ("two years late", False)):
        opened = tab(server)
        page = search(opened, words)
        page.wait_for_timeout(500)  # for a list of words to come, and what it would suggest
        assert page.locator("#status a").count() == 0
        assert any(url.endswith("words.txt") for url in opened.requests) == fetched


def test_search_terms_are_synonyms(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Each search term that an editor recorded for a claim finds it, and the result says by which term if the claim's
    own words lack it."""
    opened, named = tab(server), 0
    for claim in built_site.data()["claims"]:
        for term in claim["terms"][:2]:
            page = search(opened, term.strip("*"))
            item = page.locator("#results > li", has=page.locator("h2", has_text=claim["text"]))
            expect(item).to_have_count(1)
            if item.locator(":is(h2, blockquote) mark").count() == 0:
                expect(item.locator("p:has(mark)")).to_contain_text("Search terms")
                named += 1
    assert named > 0


def test_a_word_is_not_found_by_less_than_half_of_it(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Of a long word half its letters find it, and fewer do not; every mark begins with at least half of the word."""
    words = {word for c in built_site.data()["claims"] for word in re.findall(r"[a-z]{10,}", c["text"])}
    assert words
    for word in sorted(words)[:3]:
        for part, shown in ((word[: (len(word) + 1) // 2], True), (word[: len(word) // 2 - 1], False)):
            page = search(tab(server), part)
            marks = [mark.lower() for mark in page.locator("#results mark").all_text_contents()]
            assert (word in marks) == shown, (part, word)
            assert [mark for mark in marks if len(part) * 2 < len(re.split(r"\W", mark)[0])] == []


def test_search_filters_hold_for_each_single_quotation(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Stance and speaker together show only quotations in which that speaker takes that stance, and all of them."""
    names = {s["id"]: s["name"] for s in built_site.data()["speakers"]}
    everything = [s for c in built_site.data()["claims"] for s in c["statements"]]
    pairs = {(names[s["speaker"]], s["stance"]) for s in everything if s["speaker"] and s["mode"] == "direct"}
    name, stance = min(pairs)
    page = search(tab(server), "", speaker=name, stance=stance)
    shown = {str(a.get_attribute("href")).partition("#s-")[2] for a in page.locator("#results blockquote a").all()}
    right = {s["id"] for s in everything if names.get(s["speaker"]) == name and s["stance"] == stance}
    assert shown == right


def test_search_is_in_the_address(server: str, tab: Open) -> None:
    """Words and filters stand in the address, and the address alone gives the same results again."""
    page = search(tab(server), "tunnel", type="Claim")
    assert page.url == f"{server}search/?q=tunnel&type=Claim"
    before = page.locator("#results").inner_text()
    assert before
    again = tab(server).open("search/?q=tunnel&type=Claim")
    expect(again.locator("#q")).to_have_value("tunnel")
    expect(again.locator("#status")).to_contain_text("result")
    assert again.locator("#results").inner_text() == before


def test_words_of_old_addresses_are_ignored(server: str, tab: Open) -> None:
    """An address may name a verdict that has gone: the search and the matrix then filter by the rest alone."""
    page = tab(server).open("search/?q=tunnel&verdict=Agreed&type=Claim")
    expect(page.locator("#results > li").first).to_be_visible()
    shown = page.locator("#results > li").count()
    page = tab(server).open("search/?q=tunnel&type=Claim")
    expect(page.locator("#results > li")).to_have_count(shown)
    page = tab(server).open("briefings/harbour-tunnel/matrix/?verdict=one-source&stance=denies")
    rows = page.locator("tr[data-verdict]:visible")
    assert 0 < rows.count() < page.locator("tr[data-verdict]").count()


def test_search_can_begin_on_any_page(server: str, tab: Open) -> None:
    """The header of a page leads to the search, on a phone, too."""
    page = tab(server).open(KINDS["topic"])
    page.get_by_role("link", name="Search").click()
    page.locator("#q").fill("june")
    expect(page.locator("#results mark").first).to_be_visible()
    phone = tab(server, width=360).open(KINDS["topic"])
    phone.get_by_role("link", name="Search").click()
    expect(phone.locator("#q")).to_be_visible()


def test_nothing_is_fetched_before_a_search(server: str, tab: Open) -> None:
    """No page, the search page included, asks for the index before somebody searches; then it is asked for."""
    opened = tab(server)
    for kind in ("home", "topic"):
        opened.watch(KINDS[kind])
    opened.watch("search/")
    assert [url for url in opened.requests if "/pagefind/" in url] == []
    search(opened, "june")
    assert [url for url in opened.requests if "/pagefind/" in url] != []
    assert len([url for url in opened.requests if url.endswith(".pf_filter")]) == 1  # what is documentation
    assert not any(url.endswith("words.txt") for url in opened.requests)


def test_search_without_scripts_says_what_else_there_is(server: str, tab: Open) -> None:
    """With JavaScript off the search page says so, and says where the claims are."""
    page = tab(server, script=False).open("search/?q=june")
    expect(page.locator(".without-script")).to_be_visible()
    expect(tab(server).open("search/").locator(".without-script")).to_be_hidden()


def test_search_in_other_languages(tmp_path: Path, serve_folder: Serve, tab: Open) -> None:
    """Chinese, French and German quotations are found by words inside them, in a site that stands in a folder."""
    project = copy_checkout(tmp_path / "project", example=False)
    project.add_story("winter")
    site = project.build("deep/er")
    home = serve_folder(site.folder.parent) + "er/"
    quotes = {s["source"]: s["quote"] for s in site.data("winter")["claims"][0]["statements"]}
    for lang, words in {"zh": "加拿大", "fr": "jamais quebec", "de": "straße"}.items():
        page = search(tab(home), words)
        found = page.locator(f"#results a[href$='#s-in-{lang}']")
        expect(found).to_have_text(quotes[lang])
        expect(found).to_have_attribute("lang", lang)
        assert found.locator("mark").count() >= 1
        found.click()
        expect(page.locator(":target blockquote")).to_contain_text(quotes[lang])
