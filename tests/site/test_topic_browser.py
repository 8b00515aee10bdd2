"""Topic pages, receipts, people and headlines in a browser: what leads, what stays small, and one tap to the words."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open
from tests.projects import CHECKOUT, BuiltSite
from tests.yaml_files import read_yaml

QUAY = "briefings/quay-bridge/"
TOPIC = f"{QUAY}topics/closing/"
MAYOR = f"{QUAY}speakers/tilda-marchbank/"
READER = "The Synoptic project"
pytestmark = pytest.mark.slow


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    """The boxes of all elements that a selector finds, in pixels."""
    found: list[Any] = [one.bounding_box() for one in page.locator(selector).all()]
    return found


def statements(built_site: BuiltSite) -> list[dict[str, Any]]:
    """Every statement of the example, with its claim."""
    return [{**s, "claim": c["id"]} for c in built_site.data("quay-bridge")["claims"] for s in c["statements"]]


# -- topics --------------------------------------------------------------------------------------------------------


def test_answers_stand_side_by_side(built_site: BuiltSite, server: str, tab: Open) -> None:
    """On a wide screen the answers share the first screen, each in a colour of its own, in the topic's order."""
    (topic,) = [one for one in built_site.data("quay-bridge")["briefing"]["topics"] if one["id"] == "closing"]
    page = tab(server, height=800).open(TOPIC)
    expect(page.locator(".answer h2")).to_have_text([answer["text"] for answer in topic["answers"]])
    cards = boxes(page, ".answer")
    assert len({card["y"] for card in cards}) == 1
    assert all(card["y"] + card["height"] < 800 for card in cards)
    colours = [one.evaluate("e => getComputedStyle(e).backgroundColor") for one in page.locator(".answer").all()]
    assert len(set(colours)) == len(colours) > 1


@pytest.mark.parametrize("script", [True, False])
def test_answers_stand_one_below_the_other_on_a_phone(server: str, tab: Open, script: bool) -> None:
    """On a phone each answer has the whole width, and the first its quotations in the first screen."""
    page = tab(server, width=360, height=740, script=script).open(TOPIC)
    cards = boxes(page, ".answer")
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(cards))
    assert all(card["width"] > 300 for card in cards)
    expect(page.locator(".answer blockquote").first).to_be_in_viewport()


def test_one_tap_leads_from_an_answer_to_the_words(server: str, tab: Open) -> None:
    """A quotation in an answer leads to its place on the same page; no other page is loaded."""
    opened = tab(server)
    page = opened.open(TOPIC)
    for link in page.locator(".answer blockquote a").all():
        opened.requests.clear()
        words = link.inner_text()
        link.click()
        target = page.locator(":target")
        expect(target).to_be_in_viewport()
        expect(target).to_contain_text(words)
        if page.url.startswith(f"{server}{TOPIC}"):
            assert [url for url in opened.requests if url.endswith("/")] == []
        else:  # support from another topic: one page
            page.go_back(wait_until="networkidle")


def test_metadata_stands_once_on_a_page(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Under a quotation stand a tick and its paragraph, which lead to its receipt; who checked it stands once."""
    page = tab(server).open(TOPIC)
    mine = {s["id"]: s for s in statements(built_site) if page.locator(f"[id='s-{s['id']}']").count()}
    assert len(mine) > 10
    for name, statement in mine.items():
        link = page.locator(f"[id='s-{name}'] a.receipt")
        assert link.text_content() == f"✓Checked, ¶\u00a0{statement['paragraph']}"
        assert str(link.get_attribute("href")).endswith(f"/receipts/{statement['source']}/#r-{name}")
        box: Any = link.bounding_box()
        assert box["height"] >= 24
    assert page.locator("main").inner_text().count(READER) == 1
    assert not any("2026" in text or READER in text for text in page.locator(".said").all_inner_texts())


# -- receipts ------------------------------------------------------------------------------------------------------


def test_receipt_is_one_page_away_and_says_where_the_words_stand(server: str, tab: Open) -> None:
    """A receipt draws its words in their paragraph, to scale with the lock, says the same in words, and names who
    checked it; hashes, commands and selectors are folded."""
    opened = tab(server)
    page = opened.open(f"{QUAY}topics/reopening/")
    lock = read_yaml(CHECKOUT / QUAY / "sources/courier.lock")
    (entry,) = [one for one in lock["quotes"] if one["statement"] == "courier-mayor-fair"]
    page.locator("[id='s-courier-mayor-fair'] a.receipt").click()
    card = page.locator(":target")
    expect(card).to_be_in_viewport()
    loads = [url for url in opened.requests if url.endswith("/receipts/courier/")]
    assert len(loads) == 1
    (first, last), length = entry["words"][0], lock["words"]
    begin = sum(lock["telling"]["words"][: entry["block"] - 1])
    line, paragraph, words = boxes(page, ":target svg.where rect")
    share = line["width"] / length
    assert abs(words["x"] - line["x"] - share * (first - 1)) < 3
    assert abs(words["width"] - share * (last - first + 1)) < 4
    assert abs(paragraph["x"] - line["x"] - share * begin) < 3
    place = f"Paragraph {entry['block']} of {lock['blocks']}, words {first} to {last} of {length}"
    expect(card.locator("dd").first).to_contain_text(re.compile(f"{place}: [0-9]+% into the article"))
    expect(card).to_contain_text(f"by {READER} on 30 November 2026")
    shown = page.locator("main").inner_text()
    assert lock["sha256"] not in shown
    assert "TextQuoteSelector" not in shown
    assert "build_tools" not in shown
    card.locator("summary").click()
    expect(card.get_by_text("TextQuoteSelector")).to_be_visible()
    page.locator("#technical summary").click()
    expect(page.get_by_text(lock["sha256"])).to_be_visible()


def test_receipt_shows_what_stands_beside_the_words(server: str, tab: Open) -> None:
    """Our gists of the paragraph and its neighbours stand on the receipt; brackets are said to be ours."""
    page = tab(server).open(f"{QUAY}receipts/agency/")
    outline = read_yaml(CHECKOUT / QUAY / "sources/agency.yml")["outline"]
    ((number, gist),) = outline.items()
    around = page.locator("[id='r-agency-built'] dd", has_text=gist)
    expect(around).to_have_text(f"¶ {number}: {gist}")
    page = tab(server).open(f"{QUAY}receipts/notice/")
    expect(page.locator("[id='r-notice-eleven-days']")).to_contain_text("The words [in brackets] are ours.")
    expect(page.locator("[id='r-notice-stays-closed']")).not_to_contain_text("[in brackets]")


# -- people --------------------------------------------------------------------------------------------------------


def test_own_words_are_large_and_reported_ones_grey(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A person's own words are larger than reported ones, which are grey; imagined ones stand apart; all counted."""
    page = tab(server).open(MAYOR)
    mine = [s for s in statements(built_site) if s["speaker"] == "tilda-marchbank"]
    ways = {"direct": "in their own words", "indirect": "reported", "dramatised": "imagined"}
    for mode, words in ways.items():
        count = sum(s["mode"] == mode for s in mine)
        assert count > 0
        expect(page.locator(f".way.{mode} .said")).to_have_count(count)
        expect(page.get_by_text(f"{count} {words}").first).to_be_visible()
    style = "(e, name) => getComputedStyle(e)[name]"
    size, colour = (
        {mode: page.locator(f".way.{mode} blockquote p").first.evaluate(style, name) for mode in ways}
        for name in ("fontSize", "color")
    )
    assert float(size["direct"][:-2]) > 1.2 * float(size["indirect"][:-2])
    assert colour["direct"] != colour["indirect"] == colour["dramatised"]
    assert page.locator(".way.dramatised").evaluate(style, "borderTopStyle") == "dashed"


def test_note_on_a_person_is_shown(server: str, tab: Open) -> None:
    """What readers should know of somebody stands on their page."""
    page = tab(server).open(f"{QUAY}speakers/eleni-vrana/")
    expect(page.locator("p.note").first).to_have_text("Eleni Vrana in Latin letters.")


# -- headlines -----------------------------------------------------------------------------------------------------


def test_headline_is_set_against_its_body(built_site: BuiltSite, server: str, tab: Open) -> None:
    """The example has a headline with one part of each mark; the words of the body are one tap away."""
    page = tab(server).open(f"{QUAY}sources/bote/")
    (source,) = [one for one in built_site.data("quay-bridge")["sources"] if one["id"] == "bote"]
    marked = page.locator(".headline mark")
    assert [one.get_attribute("class") for one in marked.all()] == ["stronger", "backed", "absent"]
    shown = page.locator(".headline").evaluate("e => { e = e.cloneNode(true);"
        " e.querySelectorAll('.sr').forEach(s => s.remove()); return e.textContent }")  # fmt: skip
    assert shown == source["title"]
    rows = page.locator(".headings li")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Stronger than the body: the body limits it")
    expect(rows.nth(2)).to_contain_text("Not in the body")
    rows.nth(1).locator("a", has_text="Die einzige Fähre").click()
    expect(page.locator(":target")).to_contain_text("Die einzige Fähre ist darum voll")


def test_rest_of_a_headline_is_not_examined(server: str, tab: Open) -> None:
    """Words of a headline that no statement quotes are said not to be examined."""
    page = tab(server).open(f"{QUAY}sources/courier/")
    expect(page.get_by_text("Not examined: “Mayor:”.")).to_be_visible()


# -- no dead ends --------------------------------------------------------------------------------------------------


def test_no_page_promises_a_report_that_leads_nowhere(built_site: BuiltSite) -> None:
    """Without an address for reports, no page of the site has a link that promises one."""
    assert "report_url: " not in re.sub(
        r"#.*", "", (built_site.project.root / "mkdocs.yml").read_text(encoding="utf-8")
    )
    promise = re.compile(r'<a [^>]*href="[^#][^>]*>[^<]*(?:Report a|Ask for a correction)[^<]*</a>')
    pages = {path: promise.findall((built_site.folder / path / "index.html").read_text(encoding="utf-8"))
             for path in built_site.paths if path.endswith("/") or not path}  # fmt: skip
    assert len(pages) > 100
    assert {path: links for path, links in pages.items() if links} == {}
