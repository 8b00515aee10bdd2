"""The built site in Chromium: what a reader sees, hears, reaches and is spared."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import HARBOUR, KINDS, Open, search, sideways, violations
from tests.projects import BuiltSite, Project, build_once, copy_checkout

pytestmark = pytest.mark.browser


def data(site: BuiltSite, slug: str = "harbour-tunnel") -> dict[str, Any]:
    """A briefing's published data."""
    found: dict[str, Any] = json.loads((site.folder / f"briefings/{slug}/briefing.json").read_text(encoding="utf-8"))
    return found


# -- every kind of page --------------------------------------------------------------------------------------------


def test_overview_is_sound_on_a_phone(server: str, tab: Open) -> None:
    """The overview has no axe violation, error, foreign request or sideways scroll at 360 pixels."""
    opened = tab(server, width=360)
    page = opened.open(KINDS["overview"])
    expect(page.locator("h1")).to_have_count(1)
    assert violations(page) == []
    assert (opened.errors, opened.foreign, sideways(page)) == ([], [], 0)


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("kind", KINDS)
def test_page_is_sound(server: str, tab: Open, kind: str, width: int, dark: bool) -> None:
    """A page has no axe violation, no error in the console, no request to another origin and no sideways scroll."""
    opened = tab(server, width=width, dark=dark)
    page = opened.open(KINDS[kind])
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(20, 23, 27)" if dark else "rgb(252, 251, 248)")
    assert violations(page) == []
    assert opened.errors == []
    assert opened.foreign == []
    assert sideways(page) == 0


@pytest.mark.slow
def test_no_page_scrolls_sideways_on_the_smallest_phone(built_site: BuiltSite, server: str, tab: Open) -> None:
    """No page of the site is wider than 320 pixels."""
    opened = tab(server, width=320, height=700)
    wide = {}
    for path in built_site.paths:
        opened.page.goto(server + path)
        wide[path] = sideways(opened.page)
    assert {path: by for path, by in wide.items() if by} == {}


@pytest.mark.slow
def test_missing_page_says_so(server: str, tab: Open) -> None:
    """An address without a page shows the site's own page for it, in its style, with a way home."""
    opened = tab(server)
    page = opened.open("no-such-page/")
    expect(page.locator("h1")).to_have_text("Page not found")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(252, 251, 248)"
    page.locator(".md-content a", has_text="Briefings").click()
    expect(page).to_have_url(server)


# -- the matrix ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1280, 420), (700, 420)])
def test_matrix_heads_stay_in_sight(server: str, tab: Open, width: int, height: int) -> None:
    """However far the matrix is scrolled, its first row and first column stay at the edge of its box, on top."""
    page = tab(server, width=width, height=height).open("briefings/canada-us-defence/matrix/")
    seen = page.evaluate(
        """() => {
          const box = document.querySelector('.box:has(> .matrix)');
          box.scrollIntoView({block: 'end'});
          box.scrollTo(box.scrollWidth, box.scrollHeight);
          const edge = box.getBoundingClientRect();
          const inner = {left: edge.left + box.clientLeft, top: edge.top + box.clientTop};
          const head = box.querySelector('thead th:last-child').getBoundingClientRect();
          const rows = [...box.querySelectorAll('tbody th[scope=row]')];
          const row = rows[rows.length - 1].getBoundingClientRect();
          const at = (x, y) => document.elementFromPoint(x, y)?.closest('th, td')?.outerHTML.slice(0, 40);
          return {
            down: box.scrollTop, right: box.scrollLeft,
            headTop: head.top - inner.top, rowLeft: row.left - inner.left,
            corner: at(inner.left + 8, inner.top + 8),
            head: at(head.left + head.width / 2, inner.top + 8),
            row: at(inner.left + 8, row.top + row.height / 2),
          };
        }"""
    )
    assert seen["down"] > 0
    assert seen["right"] > 0 or width == 1280
    assert abs(seen["headTop"]) < 2
    assert abs(seen["rowLeft"]) < 2
    assert seen["corner"].startswith('<th scope="col">Claim')
    assert seen["head"].startswith('<th scope="col"')
    assert seen["row"].startswith('<th scope="row">')


@pytest.mark.slow
def test_matrix_becomes_cards_on_a_phone(built_site: BuiltSite, server: str, tab: Open) -> None:
    """At 360 pixels each claim is a card in which every cell says whose it is."""
    page = tab(server, width=360).open(KINDS["matrix"])
    cells = page.evaluate(
        """() => [...document.querySelectorAll('.matrix td')].map(td => ({
          name: getComputedStyle(td, '::before').content, wide: td.getBoundingClientRect().width,
          head: td.parentElement.querySelector('th').getBoundingClientRect().bottom - 1
                <= td.getBoundingClientRect().top,
        }))"""
    )
    names = [source["label"] for source in data(built_site)["sources"]]
    assert [cell["name"].strip('"') for cell in cells] == names * len(data(built_site)["claims"])
    assert [cell for cell in cells if cell["wide"] < 250 or not cell["head"]] == []


def test_matrix_mark_leads_to_the_words(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Without scripts a click on a mark in the matrix brings the statement itself into sight."""
    claim = next(c for c in data(built_site)["claims"] if len(c["statements"]) > 1)
    statement = claim["statements"][-1]
    page = tab(server, script=False).open(KINDS["matrix"])
    page.locator(f".matrix a[href$='#s-{statement['id']}']").click()
    expect(page.locator(":target blockquote")).to_contain_text(statement["quote"])
    expect(page.locator(":target")).to_be_in_viewport()


# -- without scripts, without a mouse, on paper --------------------------------------------------------------------


@pytest.mark.slow
def test_everything_is_there_without_scripts(built_site: BuiltSite, server: str, tab: Open) -> None:
    """With JavaScript off every quotation is visible where its mark in the matrix leads."""
    opened = tab(server, script=False)
    for slug in ("harbour-tunnel", "canada-us-defence"):
        marks = opened.open(f"briefings/{slug}/matrix/").locator(".matrix td a[href]")
        hrefs = [str(a.get_attribute("href")) for a in marks.all()]
        pages: dict[str, list[str]] = {}
        for href in hrefs:
            path, anchor = href.split("#")
            pages.setdefault(path.replace("../", f"briefings/{slug}/"), []).append(anchor)
        assert len(hrefs) == sum(len(c["statements"]) for c in data(built_site, slug)["claims"])
        quotes = {s["id"]: s["quote"] for c in data(built_site, slug)["claims"] for s in c["statements"]}
        for path, anchors in pages.items():
            page = opened.open(path)
            for anchor in anchors:
                words = page.locator(f"[id='{anchor}'] blockquote")
                expect(words).to_be_visible()
                assert quotes[anchor.removeprefix("s-")] in str(words.text_content())


@pytest.mark.slow
def test_keyboard_reaches_everything(server: str, tab: Open) -> None:
    """Tab reaches the skip link first, then the briefing's navigation and a mark, and each stop shows the focus."""
    page = tab(server).open(KINDS["matrix"])
    stops: list[dict[str, Any]] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const el = document.activeElement, label = el.matches('.md-option') ? el.nextElementSibling : el;
              const style = getComputedStyle(label), box = label.getBoundingClientRect();
              return {
                what: el.outerHTML.slice(0, 90), skip: el.matches('.md-skip'), part: el.matches('.parts a'),
                mark: el.matches('.matrix td a'), body: el === document.body,
                shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                  && label.checkVisibility({opacityProperty: true, visibilityProperty: true})
                  && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
              };
            }"""
        )
        if stop["body"]:
            break
        stops.append(stop)
    assert stops[0]["skip"]
    assert any(stop["part"] for stop in stops)
    assert any(stop["mark"] for stop in stops)
    assert [stop["what"] for stop in stops if not stop["shown"]] == []


@pytest.mark.slow
def test_skip_link_skips(server: str, tab: Open) -> None:
    """Following the skip link puts the next stop of the keyboard into the page's own content."""
    page = tab(server).open(KINDS["topic"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-content') !== null")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["topic", "source", "speaker", "disagreements"])
def test_every_quotation_is_printed(server: str, tab: Open, kind: str) -> None:
    """On paper every quotation of a page is visible, in ink on white, and the site's frame is gone."""
    page = tab(server, dark=True).open(KINDS[kind])
    page.emulate_media(media="print")
    quotes = page.locator("blockquote").all()
    assert len(quotes) >= 2
    for quote in quotes:
        expect(quote).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('blockquote p')).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 250


@pytest.mark.slow
def test_print_shows_the_whole_matrix(server: str, tab: Open) -> None:
    """On paper the matrix is not cut off by its box."""
    page = tab(server, height=420).open("briefings/canada-us-defence/matrix/")
    page.emulate_media(media="print")
    hidden = page.evaluate("(b => b.scrollHeight - b.clientHeight)(document.querySelector('.box:has(> .matrix)'))")
    assert hidden <= 1


# -- search --------------------------------------------------------------------------------------------------------


def labels(page: Page) -> list[str]:
    """What each result says it is."""
    return page.locator("#results > li > p:first-child > b").all_text_contents()


@pytest.mark.slow
def test_search_finds_a_claim_as_such(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A claim's words find it first, in its own words with the hits marked; a draft's twin of it is not found."""
    claim = data(built_site)["claims"][0]
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


@pytest.mark.slow
def test_search_takes_the_longest_words_of_many(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A claim that is pasted in with a slip in a short word is found; within marks a slip finds nothing."""
    text = next(c["text"] for c in data(built_site)["claims"] if len(c["text"].split()) > 8)
    slip = f"qx {text} zq"
    expect(search(tab(server), slip).locator("#results > li h2").first).to_have_text(text)
    expect(search(tab(server), f'"{slip}"').locator("#status")).to_have_text("No results")


@pytest.mark.slow
def test_search_finds_a_quotation_as_such(built_site: BuiltSite, server: str, tab: Open) -> None:
    """A quotation's words find it under its claim, exactly, with its holder, and lead to its own place."""
    claim, statement = next((c, s) for c in data(built_site)["claims"] for s in c["statements"] if s["speaker"])
    page = search(tab(server), statement["quote"], type="Quotation")
    found = page.locator(f"a[href$='#s-{statement['id']}']")
    expect(found).to_have_text(statement["quote"])
    item = page.locator("#results > li", has=found)
    expect(item.locator("h2")).to_have_text(claim["text"])
    speaker = next(s for s in data(built_site)["speakers"] if s["id"] == statement["speaker"])
    said = item.locator("ul li", has=found)
    expect(said).to_contain_text("Quotation")
    expect(said).to_contain_text(speaker["name"])
    found.click()
    expect(page.locator(":target blockquote")).to_contain_text(statement["quote"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "label", "path"),
    [
        ("tunnel company", "Speaker", f"{HARBOUR}speakers/tunnel-company/"),
        ("gazette", "Source", f"{HARBOUR}sources/gazette/"),
        ("opening date", "Topic", f"{HARBOUR}topics/opening-date/"),
        ("harbour tunnel", "Briefing", HARBOUR),
        ("who edits corrections", "Page", "corrections/"),
    ],
)
def test_search_finds_each_kind_as_such(server: str, tab: Open, words: str, label: str, path: str) -> None:
    """Speakers, sources, topics, briefings and prose are found by their names, each labelled as what it is."""
    page = search(tab(server), words.split()[-1] if label == "Page" else words, type=label)
    assert set(labels(page)) == {label}
    expect(page.locator("#results mark").first).to_be_visible()
    hrefs = [str(a.get_attribute("href")).removeprefix(server).partition("#")[0] for a in page.locator("h2 a").all()]
    assert path in hrefs


@pytest.mark.slow
def test_search_filters_hold_for_each_single_quotation(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Stance and speaker together show only quotations in which that speaker takes that stance, and all of them."""
    names = {s["id"]: s["name"] for s in data(built_site)["speakers"]}
    everything = [s for c in data(built_site)["claims"] for s in c["statements"]]
    pairs = {(names[s["speaker"]], s["stance"]) for s in everything if s["speaker"] and s["mode"] == "direct"}
    name, stance = min(pairs)
    page = search(tab(server), "", speaker=name, stance=stance)
    shown = {str(a.get_attribute("href")).partition("#s-")[2] for a in page.locator("#results blockquote a").all()}
    right = {s["id"] for s in everything if names.get(s["speaker"]) == name and s["stance"] == stance}
    assert shown == right


@pytest.mark.slow
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


@pytest.mark.slow
def test_search_can_begin_on_any_page(server: str, tab: Open) -> None:
    """The header of a page leads to the search, on a phone, too."""
    page = tab(server).open(KINDS["topic"])
    page.get_by_role("link", name="Search").click()
    page.locator("#q").fill("june")
    expect(page.locator("#results mark").first).to_be_visible()
    phone = tab(server, width=360).open(KINDS["topic"])
    phone.get_by_role("link", name="Search").click()
    expect(phone.locator("#q")).to_be_visible()


@pytest.mark.slow
def test_nothing_is_fetched_before_a_search(server: str, tab: Open) -> None:
    """No page, the search page included, asks for the index before somebody searches; then it is asked for."""
    opened = tab(server)
    for kind in ("home", "topic"):
        opened.open(KINDS[kind])
    opened.open("search/")
    assert [url for url in opened.requests if "/pagefind/" in url] == []
    search(opened, "june")
    assert [url for url in opened.requests if "/pagefind/" in url] != []
    assert [url for url in opened.requests if url.endswith(".pf_filter")] == []


@pytest.mark.slow
def test_search_without_scripts_says_what_else_there_is(server: str, tab: Open) -> None:
    """With JavaScript off the search page says so, and says where the claims are."""
    page = tab(server, script=False).open("search/?q=june")
    expect(page.locator(".without-script")).to_be_visible()
    expect(tab(server).open("search/").locator(".without-script")).to_be_hidden()


@pytest.mark.slow
def test_search_in_other_languages(tmp_path: Path, serve_folder: Callable[[Path], str], tab: Open) -> None:
    """Chinese, French and German quotations are found by words inside them, in a site that stands in a folder."""
    project = copy_checkout(tmp_path / "project", briefings=False)
    texts = {
        "zh": "北極安全對加拿大很重要",
        "fr": "La frontière n’a jamais été fermée à Québec",
        "de": "Die Straße bleibt offen",
    }
    rest = {"zh": "雪一直下到早上。", "fr": "Il neigeait encore le matin.", "de": "Es schneite bis zum Morgen."}
    articles = {lang: f"{text}\n\n" + f"{rest[lang]}\n\n" * 40 for lang, text in texts.items()}
    statements = [
        {"id": f"in-{lang}", "source": lang, "stance": "asserts", "quote": text, "translation": f"Ours of {lang}"}
        for lang, text in texts.items()
    ]
    project.invent(
        "winter",
        {
            "briefing.yml": {"title": "Winter", "question": "Is it winter?", "status": "published",
                             "topics": [{"id": "snow", "title": "Snow"}],
                             "editors": [{"name": "Somebody", "affiliation": "none"}],
                             "bottom_line": [{"text": "It snows.", "claims": ["it-snows"]}]},
            **{f"sources/{lang}.yml": {"title": f"Paper {lang}", "lang": lang, "rights": "full"} for lang in texts},
            "claims/snow.yml": [{"id": "it-snows", "claim": "Three papers wrote in winter.", "kind": "state",
                                 "terms": ["zzz"], "statements": statements}],
        },
        articles,
    )  # fmt: skip
    site = project.build("deep/er")
    home = serve_folder(site.folder.parent) + "er/"
    for lang, words in {"zh": "加拿大", "fr": "jamais quebec", "de": "straße"}.items():
        page = search(tab(home), words)
        found = page.locator(f"#results a[href$='#s-in-{lang}']")
        expect(found).to_have_text(texts[lang])
        expect(found).to_have_attribute("lang", lang)
        assert found.locator("mark").count() >= 1
        found.click()
        expect(page.locator(":target blockquote")).to_contain_text(texts[lang])


# -- hostile text --------------------------------------------------------------------------------------------------

HOSTILE = '<img src=x onerror="window.hit=1">"\'*_[x](javascript:window.hit=1) {: onclick=x } {{ 7*7 }}'
SHORT = '<img src=x onerror="window.hit=1">"\'*_[x](javascript:window.hit=1)'


def evil(mark: str, text: str = HOSTILE) -> str:
    """Hostile text that is told from all other by its first word."""
    return f"{mark} {text}"


#: Each text field by its mark, and the pages of the briefing that show it.
SHOWN = {
    "btitle": ["matrix/", "topics/", "sources/one/"],
    "bquestion": [""],
    "ename": [""],
    "eaffiliation": [""],
    "eassistance": [""],
    "ttitle": ["topics/", "topics/first/", "matrix/", ""],
    "claimtext": ["topics/first/", "matrix/", "matrix/speakers/", "sources/one/", "speakers/person/"],
    "claimnote": ["topics/first/"],
    "otherclaim": ["topics/first/", "matrix/"],
    "why": ["topics/first/"],
    "reason": ["topics/first/"],
    "term": ["topics/first/"],
    "snote": ["topics/first/", "sources/one/"],
    "via": ["topics/first/"],
    "quoted": ["topics/first/", "sources/one/"],
    "stitle": ["sources/one/", "sources/", ""],
    "slabel": ["sources/one/", "sources/", "matrix/", "", "topics/first/"],
    "outlet": ["sources/one/"],
    "author": ["sources/one/"],
    "about": ["sources/one/", "sources/"],
    "uname": ["speakers/", "speakers/one-unnamed/", "topics/first/", "sources/one/"],
    "urole": ["speakers/", "speakers/one-unnamed/", "topics/first/"],
    "pname": ["speakers/", "speakers/person/", "matrix/speakers/", "topics/first/", "sources/one/"],
    "prole": ["speakers/", "speakers/person/", "topics/first/"],
    "unit": ["topics/first/"],
    "qualifier": ["topics/first/"],
    "measures": ["topics/first/"],
    "happened": ["topics/first/"],
    "replyby": ["topics/first/"],
    "replytext": ["topics/first/"],
    "checker": ["topics/first/", "sources/one/"],
}
#: The pages whose title is hostile, and how it begins.
TITLED = {"": "btitle", "topics/first/": "ttitle", "sources/one/": "slabel", "speakers/person/": "pname"}


def make_hostile(project: Project) -> None:
    """A published briefing of invented articles in which every text field is hostile."""
    quote = evil("quoted", SHORT)
    articles = {
        "one": f"An invented headline\n\n{quote}\n\n"
        + "\n\n".join(f"Line {n} is invented and says nothing of note to anybody at all." for n in range(40))
        + "\n",
        "two": "Another invented headline\n\n" + "The lamps were lit along the quay that evening.\n\n" * 20,
        "three": "A third invented headline\n\n" + "The choir sang in the square until it rained.\n\n" * 20,
    }
    unnamed = {"id": "one-unnamed", "name": evil("uname"), "kind": "unnamed", "role": evil("urole")}
    source = {
        "title": evil("stitle"), "label": evil("slabel"), "outlet": evil("outlet"), "author": evil("author"),
        "about": evil("about"), "paragraphs": {1: "headline"}, "speakers": [unnamed],
        "url": "https://example.org/a?b='&c=(d)*_[e]",
    }  # fmt: skip
    statement = {"source": "one", "stance": "asserts", "quote": quote, "note": evil("snote")}
    files = {
        "briefing.yml": {
            "title": evil("btitle"), "question": evil("bquestion"), "status": "published",
            "topics": [{"id": "first", "title": evil("ttitle")}],
            "editors": [
                {"name": evil("ename"), "affiliation": evil("eaffiliation"), "assistance": evil("eassistance")},
            ],
            "bottom_line": [{"text": evil("bottomline"), "claims": ["main"]}],
        },
        "sources/one.yml": source,
        "figures.yml": [
            {"id": "figure", "value": "1", "unit": evil("unit"), "qualifier": evil("qualifier"),
             "measures": evil("measures"), "statements": ["own"]},
        ],
        "events.yml": [{"id": "event", "what": evil("happened"), "words": quote, "statements": ["own"]}],
        "claims/first.yml": [
            {
                "id": "main", "claim": evil("claimtext"), "kind": "state", "note": evil("claimnote"),
                "terms": [evil("term"), "quoted", "lamps"],
                "statements": [
                    statement | {"id": "own"},
                    statement | {"id": "named", "speaker": "person", "mode": "indirect", "via": evil("via")},
                    statement | {"id": "nameless", "speaker": "one-unnamed", "mode": "indirect"},
                ],
                "passed_over": [{"source": "two", "reason": evil("reason")}],
                "relations": [{"to": "other", "how": "supports", "why": evil("why")}],
                "replies": [{"by": evil("replyby"), "on": "2031-03-04", "text": evil("replytext"),
                             "url": "https://example.org/r?'&lt;=(x)"}],
            },
            {
                "id": "other", "claim": evil("otherclaim"), "kind": "judgement", "terms": ["quoted"],
                "statements": [statement | {"id": "again"}],
            },
        ],
    }  # fmt: skip
    person = {"id": "person", "name": evil("pname"), "kind": "person", "role": evil("prole")}
    project.write("briefings/speakers.yml", json.dumps([person]))
    project.invent("hostile", files, articles, by=evil("checker"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A built site with a briefing in which every text field is hostile."""

    def make(root: Path) -> Project:
        project = copy_checkout(root, briefings=False)
        make_hostile(project)
        return project

    return build_once(tmp_path_factory, "hostile", make)


@pytest.mark.slow
def test_hostile_text_does_nothing(hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open) -> None:
    """No page runs, fetches or is broken by what stands in a text field."""
    opened = tab(serve_folder(hostile.folder))
    for path in hostile.paths:
        page = opened.open(path)
        page.mouse.move(300, 300)
        assert page.evaluate("window.hit === undefined"), path
        assert page.locator("img[src=x], [onclick], [onerror], a[href^=javascript]").count() == 0, path
        assert page.locator("h1").count() == 1, path
    assert [url for url in opened.requests if url.endswith("/x")] == []
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("mark", SHOWN)
def test_hostile_text_is_shown_exactly(
    hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open, mark: str
) -> None:
    """A hostile text stands on the pages that show its field, to the character."""
    opened = tab(serve_folder(hostile.folder), script=False)
    text = evil(mark, SHORT) if mark == "quoted" else evil(mark)
    for path in SHOWN[mark]:
        shown = opened.open(f"briefings/hostile/{path}").locator(".md-content").text_content()
        assert text in str(shown), path


@pytest.mark.slow
def test_hostile_text_is_the_title(hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open) -> None:
    """A hostile title is the title of its page and its browser tab, to the character."""
    opened = tab(serve_folder(hostile.folder))
    for path, mark in TITLED.items():
        assert opened.open(f"briefings/hostile/{path}").title().startswith(evil(mark))


@pytest.mark.slow
def test_hostile_bottom_line_links_its_claim(
    hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open
) -> None:
    """Brackets in a bottom line are its own marks, and whatever else stands there is text."""
    page = tab(serve_folder(hostile.folder)).open("briefings/hostile/")
    line = page.locator(".bottom-line")
    expect(line).to_have_text(evil("bottomline").replace("[x]", "x"))
    expect(line.locator("a")).to_have_text("x")
    expect(line.locator("a")).to_have_attribute("href", "topics/first/#main")


@pytest.mark.slow
def test_hostile_text_does_nothing_in_search(
    hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open
) -> None:
    """Search results show hostile text as text, to the character, and a hostile address does nothing either."""
    opened = tab(serve_folder(hostile.folder))
    for mark in ("btitle", "claimtext", "ttitle", "slabel", "quoted", "pname"):
        page = search(opened, f"{mark} onerror")
        shown = page.locator("#results")
        assert (evil(mark, SHORT) if mark == "quoted" else evil(mark)) in str(shown.text_content()), mark
        assert page.evaluate("window.hit === undefined"), mark
        assert page.locator("#results img, #results [onclick], #results [onerror]").count() == 0, mark
        narrowed = opened.open(f"search/?q={mark}&type=Claim&briefing=%3Cimg+src%3Dx+onerror%3D%22window.hit%3D1%22%3E")
        expect(narrowed.locator("#status")).to_have_text("No results")
        assert narrowed.evaluate("window.hit === undefined"), mark
    assert [url for url in opened.requests if url.endswith("/x")] == []
    assert opened.errors == []
