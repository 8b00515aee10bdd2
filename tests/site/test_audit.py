"""The second wall: the policy in every page, and what the audit of a built site refuses."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import expect

from synoptic.site import audit, csp
from tests.browser import HARBOUR, KINDS, Serve, StaticHost, Tab, search
from tests.projects import HERE, BuiltSite, Project
from tests.yaml_files import read_yaml

CASES = read_yaml(HERE / "audit.yml")
#: What the theme would write as the page for missing addresses.
MISSING = (
    '\n<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
    '<script>scope=new URL("/",location)</script>'
    '</head><body id="top"><script>theme(1)</script>'
    '<script id="__config" type="application/json">{"base": "/a/"}</script></body></html>\n'
)
OURS = audit.find_inline_scripts(MISSING)
TOLD = csp.site_policy(OURS)
PAGE = csp.add_policy(MISSING, TOLD)


def with_piece(piece: str) -> str:
    """A good page of which one piece is this."""
    return PAGE.replace("</body>", f"{piece}\n</body>")


def faults(page: str) -> list[str]:
    """What the audit says of a page."""
    return [str(problem) for problem in audit.find_faults("x/index.html", page, OURS, TOLD)]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["why"])
def test_piece_is_refused(case: dict[str, Any]) -> None:
    """A page with this piece is refused, at its line and column, in words that say why."""
    found = faults(with_piece(case["html"]))
    assert any(case["says"] in fault for fault in found), found
    assert all(fault.startswith("x/index.html:") for fault in found)


@pytest.mark.parametrize("case", CASES["taken"], ids=lambda case: case["why"])
def test_piece_is_taken(case: dict[str, Any]) -> None:
    """A page with this piece is fine."""
    assert faults(with_piece(case["html"])) == []


@pytest.mark.parametrize(
    "piece", [*CASES["doubtful"], *(case["html"] for kind in ("refused", "taken") for case in CASES[kind])]
)
def test_quick_look_takes_nothing_that_reading_refuses(piece: str) -> None:
    """A page that passes the quick look has no fault, whatever a piece of it is."""
    page = with_piece(piece)
    read = [str(problem) for problem in audit.read_page("x/index.html", page, OURS, TOLD)]
    assert read == faults(page)
    assert not (read and audit.is_clean(page, OURS, TOLD))


def test_quick_look_is_enough_for_our_pages(built_site: BuiltSite) -> None:
    """No built page needs more than the quick look, except those that only redirect."""
    pages = [
        (built_site.folder / path / "index.html").read_text(encoding="utf-8")
        for path in built_site.paths
        if path.endswith("/")
    ]
    policy = pages[0].partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert [page[:200] for page in pages if not audit.is_clean(page, frozenset(), policy)] == []


@pytest.mark.parametrize(
    ("address", "home", "faulty"),
    [
        ("https://example.org/there/cards/a.png", "https://example.org/there/", False),
        ("https://example.org/there/cards/b.png", "https://example.org/there/", True),
        ("https://example.com/cards/a.png", "https://example.org/there/", True),
        ("../cards/a.png", "", True),
    ],
)
def test_picture_of_a_shared_link_is_in_the_site(address: str, home: str, faulty: bool) -> None:
    """The picture that a page names for its shared link is a file of the site, named in full, or the audit says so."""
    page = f'<head>\n<meta property="og:image" content="{address}"></head>'
    found = list(audit.find_missing_pictures("x/index.html", page, home, {"cards/a.png"}.__contains__))
    assert [fault.place.path for fault in found] == (["x/index.html"] if faulty else [])


def test_fault_names_line_and_column() -> None:
    """A fault in the third line, after four letters, says so."""
    lines = with_piece("").split("\n")
    assert len(lines) > 6
    lines[5] = f"    <base>{lines[5]}"
    assert [fault.partition(" ")[0] for fault in faults("\n".join(lines))] == ["x/index.html:6:5:"]


def test_page_without_its_policy_is_refused() -> None:
    """A page without the policy, with another, or with something before it, is refused; it is given once."""
    assert "does not begin with the site's policy" in faults(MISSING)[0]
    assert "does not begin with the site's policy" in faults(PAGE.replace("'none'", "*", 1))[0]
    assert "does not begin with the site's policy" in faults(PAGE.replace("<head>", "<head><meta name=x>"))[0]
    assert csp.add_policy(PAGE, TOLD) == PAGE
    assert csp.add_policy(PAGE, "another") == PAGE
    assert csp.add_policy(PAGE, "another", TOLD) == PAGE.replace(TOLD, "another")
    assert faults(PAGE) == []


def test_redirect_leads_into_the_site_only() -> None:
    """The small page of a permanent address may send its reader on, but only to a page of the site."""
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{csp.PERMALINK}"><meta http-equiv="refresh" content="0; url=../x/#y"></html>'
    )
    assert faults(page) == []
    assert "redirects its reader" in faults(page.replace("../x/", "https://example.org/"))[0]


def test_every_page_has_the_policy_first(built_site: BuiltSite) -> None:
    """In every built page the policy comes before all that it could forbid, and allows no inline code as such."""
    policies = set()
    for path in [*built_site.paths, *built_site.redirects]:
        file = built_site.folder / path
        page = (file if path.endswith(".html") else file / "index.html").read_text(encoding="utf-8")
        before, mark, rest = page.partition('<meta http-equiv="Content-Security-Policy" content="')
        assert mark, path
        assert re.findall(r"<(\w+)", before) in (["html", "head", "meta"], ["html", "meta"]), path
        policies.add(rest.partition('"')[0])
    assert len(policies) == 2
    assert csp.PERMALINK in policies
    for told in policies:
        assert told.startswith("default-src 'none'; ")
        assert not re.search(r"unsafe-inline|'unsafe-eval'|https?:|\*", told)


@pytest.mark.slow
def test_build_fails(empty_project: Project) -> None:
    """A page with something that no page may hold ends the build with its path and line, and nothing is published."""
    page = empty_project.root / "docs" / "corrections.md"
    page.write_text(
        "\n\n".join([page.read_text(encoding="utf-8"), *(case["markdown"] for case in CASES["markdown"]), ""]),
        encoding="utf-8",
    )
    done = empty_project.run("synoptic", "site", check=False)
    assert done.returncode == 1
    for case in CASES["markdown"]:
        line = rf"^corrections/index\.html:\d+:\d+: error: {re.escape(case['says'])}"
        assert re.search(line, done.stdout, re.MULTILINE), done.stdout
    assert "Traceback" not in done.stdout
    assert not (empty_project.root / "site").exists()


# -- in the browser ------------------------------------------------------------------------------------------------

WATCH = """addEventListener("securitypolicyviolation",
    e => violated(`${location.pathname}: ${e.violatedDirective} ${e.blockedURI}`))"""


@pytest.fixture
def watched(tab: Callable[..., Tab]) -> Callable[..., tuple[Tab, list[str]]]:
    """Opens a tab, and the list of all that its pages' policies refuse there."""

    def new(home: str) -> tuple[Tab, list[str]]:
        opened, refused = tab(home, fresh=True), list[str]()
        opened.page.expose_function("violated", lambda what: refused.append(what))
        opened.page.add_init_script(WATCH)
        return opened, refused

    return new


@pytest.mark.slow
def test_policy_refuses_nothing_of_ours(
    built_site: BuiltSite, server: str, watched: Callable[..., tuple[Tab, list[str]]]
) -> None:
    """On every kind of page, and in all that scripts do there, the policy refuses nothing."""
    opened, refused = watched(server)
    page = opened.page
    for path in KINDS.values():
        opened.open(path)
    page.goto(server + built_site.redirects[0], wait_until="commit")
    page.wait_for_url("**/topics/**")
    search(opened, "june", stance="denies")
    expect(page.locator("#results mark").first).to_be_visible()
    opened.open(f"{HARBOUR}matrix/")
    page.locator("a[data-stance]").first.click()
    expect(page.locator("tr.panel blockquote").first).to_be_visible()
    page.locator("form.tools select").first.select_option(index=1)
    opened.open(HARBOUR)
    page.locator("article a[href*='topics/'][href*='#']").first.hover()
    expect(page.locator(".preview")).to_be_visible()
    page.locator(".palette:visible").click()
    expect(page.locator("html")).to_have_attribute("data-colours", "light")
    page.get_by_role("link", name="Back to top").click()
    assert (refused, opened.errors, opened.foreign) == ([], [], [])
    print(f"policy: {len(KINDS) + 1} kinds of page, nothing of ours refused")


class Elsewhere(StaticHost):
    """Another site, which answers everything and remembers what it was asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.mark.slow
def test_policy_stops_what_is_planted(
    built_site: BuiltSite, tmp_path: Path, serve_folder: Serve, watched: Callable[..., tuple[Tab, list[str]]]
) -> None:
    """What gets into a page in spite of everything runs nothing and asks no other site for anything."""
    page, planted = (built_site.folder / "index.html").read_text(encoding="utf-8"), CASES["planted"]
    elsewhere = serve_folder(tmp_path, Elsewhere)
    for why, piece in planted.items():
        text = page.replace("</body>", piece.replace("ELSEWHERE/", elsewhere) + "</body>")
        (tmp_path / f"{why}.html").write_text(text, encoding="utf-8")
    (tmp_path / "404.html").write_text("", encoding="utf-8")
    opened, refused = watched(serve_folder(tmp_path))
    for why in planted:
        before = len(refused)
        opened.page.goto(f"{opened.home}{why}.html", wait_until="load")
        if why == "a form":
            opened.page.locator("#sent").evaluate("form => form.submit()")
        opened.page.wait_for_timeout(200)
        assert opened.page.evaluate("window.hit === undefined"), why
        assert len(refused) > before, why
    assert Elsewhere.asked == []
    # the other site does answer, and without the policy it would be asked
    first = (tmp_path / "a script.html").read_text(encoding="utf-8")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", first)
    (tmp_path / "bare.html").write_text(bare, encoding="utf-8")
    opened.page.goto(f"{opened.home}bare.html", wait_until="networkidle")
    assert opened.page.evaluate("window.hit") == 1
    assert Elsewhere.asked == ["/script"]
    print(f"policy: {len(planted)} planted pieces, 0 ran, 0 asked another site")
