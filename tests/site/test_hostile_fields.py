"""A briefing in which every text field is hostile, in Chromium: each field is shown exactly where it belongs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Open, search
from tests.projects import BuiltSite, Project, build_once, copy_checkout

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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


def test_hostile_text_is_the_title(hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open) -> None:
    """A hostile title is the title of its page and its browser tab, to the character."""
    opened = tab(serve_folder(hostile.folder))
    for path, mark in TITLED.items():
        assert opened.open(f"briefings/hostile/{path}").title().startswith(evil(mark))


def test_hostile_bottom_line_links_its_claim(
    hostile: BuiltSite, serve_folder: Callable[[Path], str], tab: Open
) -> None:
    """Brackets in a bottom line are its own marks, and whatever else stands there is text."""
    page = tab(serve_folder(hostile.folder)).open("briefings/hostile/")
    line = page.locator(".bottom-line")
    expect(line).to_have_text(evil("bottomline").replace("[x]", "x"))
    expect(line.locator("a")).to_have_text("x")
    expect(line.locator("a")).to_have_attribute("href", "topics/first/#main")


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
