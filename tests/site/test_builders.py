"""The same site by ProperDocs and by Zensical, each beside the one by MkDocs: what docs/contribute/publish.md says of
them is measured here, and no more is lost than it says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from playwright.sync_api import expect

from tests import synthetic
from tests.browser import Open, Serve, in_both_colours, search, sideways
from tests.html_pages import ADDRESSES, target
from tests.projects import CHECKOUT, EXAMPLE, BuiltSite, Project, build_once, copy_checkout

pytestmark = pytest.mark.slow

GUIDE = CHECKOUT / "docs/contribute/publish.md"
BUILDERS = ("ProperDocs", "Zensical")
#: The parts of a page that our templates or our pages make, by the name of their row in the guide.
PARTS = {
    "Text, links and marks of the pages": "//article",
    "Menu, drawer, colours, contents, foot": "//header | //nav[@class='toc'] | //footer",
    "Titles, descriptions, previews of links": (
        "//head/meta | //head/title | //head/link[@rel != 'stylesheet' and not(@type = 'text/markdown')]"
    ),
}
#: The pages in Markdown, and the file that leads to them.
TWINS = r"(?:^|/)index\.md$|^llms\.txt$"
ADDRESS = re.compile("<loc>(.*?)</loc>")
#: Files of the theme and of the builder, which have other names in each.
THEME_FILES = re.compile(r"assets/(javascripts|stylesheets|images)/")


class Event(NamedTuple):
    """An element as a reader gets it: addresses are from the site's root, white space is folded."""

    tag: str
    text: str
    tail: str
    attributes: dict[str, str]

    @property
    def label(self) -> str:
        """``pre``, ``a#id``, or the name of a meta element."""
        for key in ("name", "property", "http-equiv", "rel"):
            if self.tag in ("meta", "link") and key in self.attributes:
                return self.attributes[key]
        return f"{self.tag}#{self.attributes['id']}" if "id" in self.attributes else self.tag


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltSite]:
    """The checkout with invented briefings and an address, built by each of the three in a folder of its own."""

    def make(root: Path) -> Project:
        project = copy_checkout(root)
        synthetic.write(root, 1, **synthetic.MANY)
        project.add_harbour()
        project.add_ferry()
        project.edit("mkdocs.yml", "# site_url: https://example.org/\n", "site_url: https://example.org/\n")
        project.commit("2031-03-11T12:00:00Z")
        twin = project.copy(root.with_name("properdocs"))
        twin.run("properdocs", "build", "--strict", "-f", "mkdocs.yml")
        project.tools("render", "--out", "plain")
        done = project.run("zensical", "build", "--strict", "-f", "plain/mkdocs.yml")
        assert "No issues found" in done.stdout, done.stdout
        assert "finish: 0 errors, 0 warnings" in project.tools("finish", "plain/site")
        return project

    built = build_once(tmp_path_factory, "builders", make)
    root = built.project.root
    folders = {"ProperDocs": root.with_name("properdocs") / "site", "Zensical": root / "plain/site"}
    return {"MkDocs": built} | {name: BuiltSite(folder, built.project, "") for name, folder in folders.items()}


def rows() -> dict[str, dict[str, str]]:
    """The table of the guide: what was compared, and what it says of each builder."""
    lines = [line.strip("| ").split(" | ") for line in GUIDE.read_text(encoding="utf-8").splitlines() if "|" in line]
    start = next(n for n, cells in enumerate(lines) if cells[1:] == list(BUILDERS))
    table = {}
    for cells in lines[start + 2 :]:
        if len(cells) != 1 + len(BUILDERS):
            break
        table[cells[0]] = dict(zip(BUILDERS, cells[1:], strict=True))
    return table


def events(site: BuiltSite, path: str) -> dict[str, list[Event]]:
    """The elements of a page by the row of the guide that is about them."""
    file = site.folder / (path if path.endswith(".html") else f"{path}index.html")
    tree = html.document_fromstring(file.read_text(encoding="utf-8"))
    return {
        row: [read_event(path, element) for part in tree.xpath(where) for element in part.iter("*")]
        for row, where in PARTS.items()
    }


def read_event(path: str, element: html.HtmlElement) -> Event:
    """An element of the page at a path."""
    attributes = dict(element.attrib)
    for name in ADDRESSES:
        if name in attributes and (place := target(path, attributes[name])):
            attributes[name] = "#".join(place)
    text, tail = (" ".join((one or "").split()) for one in (element.text, element.tail))
    return Event(element.tag, text, tail, attributes)


def differences(path: str, left: Sequence[Event], right: Sequence[Event]) -> Iterator[str]:
    """How a part of a page differs: an element that only the right one has, an attribute, or anything else, with the
    page's path."""
    labels = {event.label for event in left}
    more = [event for event in right if event.label not in labels]
    if len(more) == len(right) - len(left):
        yield from (event.label for event in more)
        right = [event for event in right if event.label in labels]
    for a, b in zip(left, right, strict=False):
        if a[:3] != b[:3] or len(left) != len(right):
            yield f"{path}: {a} is {b}"
            break
        unlike = {name for name in a.attributes | b.attributes if a.attributes.get(name) != b.attributes.get(name)}
        yield from ({a.label} if a.tag == "meta" and unlike else (f"{a.tag}.{name}" for name in unlike))


def compare_files(left: Mapping[str, bytes], right: Mapping[str, bytes], pattern: str) -> set[str]:
    """The paths, of those that match, at which a file is missing, new, or has other bytes."""
    names = {name for name in left.keys() | right.keys() if re.search(pattern, name)}
    assert len(names) > 1
    return {name for name in names if left.get(name) != right.get(name)}


def compare(site: BuiltSite, other: BuiltSite) -> dict[str, set[str]]:
    """What differs in two sites, by the rows of the guide's table."""
    left, right = site.files(), other.files()
    found = {
        "Addresses": {
            name for name in left.keys() ^ right.keys() if not THEME_FILES.match(name) and not re.search(TWINS, name)
        },
        "Links that lead nowhere": {*other.broken_links()},
        **{row: set[str]() for row in PARTS},
        "Sitemap": {*ADDRESS.findall(left["sitemap.xml"].decode())}
        ^ {*ADDRESS.findall(unescape(right["sitemap.xml"].decode()))},
        "Feeds, JSON, CSV, archives": compare_files(
            left, right, r"/.*(feed\.xml|\.(json|jsonld|csv|bib|zip))$|^feed\.xml$"
        ),
        "Permanent addresses, pages to embed, picture cards": compare_files(left, right, "^(c|cards|embed)/"),
        "Pages in Markdown": {name.rpartition("/")[2] for name in compare_files(left, right, TWINS)},
        "Search index": compare_files(left, right, "^pagefind/"),
    }
    for path in site.paths:
        parts, twins = events(site, path), events(other, path)
        for row in PARTS:
            found[row].update(differences(path, parts[row], twins[row]))
    return found


@pytest.mark.parametrize("builder", BUILDERS)
def test_guide_says_what_differs(sites: dict[str, BuiltSite], builder: str) -> None:
    """What differs from the site by MkDocs is what the guide's table names in code style: no more, no less."""
    said = {row: {*re.findall(r"`([^`]+)`", cells[builder])} for row, cells in rows().items()}
    assert compare(sites["MkDocs"], sites[builder]) == said


@pytest.mark.parametrize("builder", BUILDERS)
def test_pages_work_in_a_browser(sites: dict[str, BuiltSite], serve_folder: Serve, tab: Open, builder: str) -> None:
    """The colours follow the system and the button; an answer of the grid opens, the matrix turns from marks to words,
    and the search finds a claim. Nothing is fetched from elsewhere, and nothing complains."""
    site = sites[builder]
    opened = tab(serve_folder(site.folder))
    page = opened.open(f"briefings/{EXAMPLE}/")
    for paper in in_both_colours(page):
        expect(page.locator("body")).to_have_css("background-color", paper)
    page.locator("button.palette:visible").click()
    expect(page.locator("html")).to_have_attribute("data-colours", "light")
    page.locator(".asked a.reply:visible").first.click()
    expect(page.locator(".opened blockquote").first).to_be_in_viewport()
    page = opened.open(f"briefings/{EXAMPLE}/matrix/")
    page.get_by_label("Words", exact=True).check()
    expect(page.locator(".matrix .w").first).to_be_visible()
    assert sideways(page) <= 0
    claim = site.data()["claims"][0]["text"]
    expect(search(opened, claim).locator("#results > li h2").first).to_have_text(claim)
    assert (opened.errors, opened.foreign) == ([], [])
