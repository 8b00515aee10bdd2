"""The built site, file by file, without a browser."""

import gzip
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.structure.toc import get_toc

from synoptic.text.raw_html import convert_simple, hide_html, restore_html
from tests.html_pages import target
from tests.projects import EXAMPLE, BuiltSite, Project, read_files
from tests.published_files import markdown_settings
from tests.site import CASES

#: Elements by which a person goes somewhere; all others are fetched without being asked.
CLICKED = {("a", "href"), ("form", "action")}
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
DRAFT = "harbour-draft"


def briefings(site: BuiltSite) -> dict[str, dict[str, Any]]:
    """The published data of every briefing, by its folder's name."""
    found = sorted(site.folder.glob("briefings/*/briefing.json"))
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in found}


def base(slug: str) -> str:
    """The address of a briefing."""
    return f"briefings/{slug}/"


def topic_page(slug: str, claim: dict[str, Any]) -> str:
    """The address of the page that shows a claim."""
    return f"{base(slug)}topics/{claim['topic']}/"


def statements(data: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every (claim, statement) of a briefing."""
    return [(claim, statement) for claim in data["claims"] for statement in claim["statements"]]


# -- the build -----------------------------------------------------------------------------------------------------


def test_strict_build_is_silent(built_site: BuiltSite) -> None:
    """A strict build prints nothing but INFO lines."""
    lines = built_site.output.splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("INFO ")] == []


@pytest.mark.slow
def test_removed_source_takes_its_page_along(empty_project: Project) -> None:
    """The page of a source that was removed is in neither docs/ nor the next site."""
    folder, path = empty_project.add_story("small-story"), "briefings/small-story/sources/herald"
    assert f"{path}/index.html" in empty_project.build("first").files()
    assert (empty_project.root / f"docs/{path}/index.md").exists()
    for suffix in ("yml", "lock"):
        (empty_project.root / folder / f"sources/herald.{suffix}").unlink()
    empty_project.edit(f"{folder}/ids.lock", "- herald\n", "")  # as if it had never been published
    left = empty_project.build("second").files()
    assert "briefings/small-story/sources/gazette/index.html" in left
    assert [name for name in left if name.startswith(path)] == []
    assert not (empty_project.root / f"docs/{path}/index.md").exists()


@pytest.mark.parametrize(("before", "after", "where", "what"), CASES["mistakes"])
def test_mistake_stops_the_build(empty_project: Project, before: str, after: str, where: str, what: str) -> None:
    """A mistake in a published briefing ends the build with exit 1 and names file, line and column, without a trace."""
    path = f"{empty_project.add_story('small-story')}/claims/age.yml"
    empty_project.edit(path, before, after)
    built = empty_project.run("mkdocs", "build", "--strict", check=False)
    assert built.returncode == 1
    line = empty_project.line_of(path, after) if where else r"\d+"
    assert re.search(rf"^.*{re.escape(path)}:{line}:\d+: .*{what}", built.stdout, re.MULTILINE)
    assert "Traceback" not in built.stdout
    assert not (empty_project.root / "site").exists()


# -- every page ----------------------------------------------------------------------------------------------------


def test_every_internal_link_resolves(built_site: BuiltSite) -> None:
    """Every address and anchor within the site leads to a file, and to an element in it."""
    assert built_site.broken_links() == []


def test_site_may_stand_in_any_folder(built_site: BuiltSite) -> None:
    """No page but the one for missing pages uses an address from the root of the host."""
    rooted = [
        f"{path}: {link.value}"
        for path in built_site.paths
        if path != "404.html"
        for link in built_site.page(path).links
        if link.value.startswith("/")
    ]
    assert rooted == []


def test_nothing_is_fetched_from_elsewhere(built_site: BuiltSite) -> None:
    """What a browser fetches by itself is the site's own; only links that a person clicks lead elsewhere."""
    foreign = []
    for path in built_site.paths:
        page = built_site.page(path)
        fetched = [link.value for link in page.links if (link.tag, link.attribute) not in CLICKED]
        fetched += css_addresses(page.styles)
        foreign += [f"{path}: {v}" for v in fetched if target(path, v) is None and not v.startswith("data:")]
    for file in sorted(built_site.folder.rglob("*.css")):
        name = file.relative_to(built_site.folder).as_posix()
        found = css_addresses(file.read_text(encoding="utf-8"))
        foreign += [f"{name}: {v}" for v in found if target(name, v) is None and not v.startswith("data:")]
    assert foreign == []


def test_links_to_elsewhere_are_stated_ones(built_site: BuiltSite) -> None:
    """In a briefing's pages only addresses that its own files state lead elsewhere, perhaps to some words there."""
    written = (built_site.project.root / "briefings").rglob("*.yml")
    stated = "\n".join(path.read_text(encoding="utf-8") for path in written)
    outside = {
        link.value
        for path in built_site.paths
        if path.startswith("briefings/")
        for link in built_site.page(path).links
        if target(path, link.value) is None
    }
    pages = {re.split("#?:~:", address)[0] for address in outside}
    assert {address for address in pages if address not in stated} == set()


def css_addresses(text: str) -> list[str]:
    """Every url() and @import of a style sheet."""
    return [a or b for a, b in CSS_URL.findall(text)]


def test_every_page_has_one_heading_a_title_and_a_description(built_site: BuiltSite) -> None:
    """A page has one h1, a description, and a title that no other page has."""
    pages = {path: built_site.page(path) for path in built_site.paths}
    assert {path: page.tags.count("h1") for path, page in pages.items() if page.tags.count("h1") != 1} == {}
    assert [path for path, page in pages.items() if not page.meta.get("description", "").strip()] == []
    titles = Counter(page.title.strip() for page in pages.values())
    assert "" not in titles
    assert [title for title, times in titles.items() if times > 1 and title != "404"] == []


@pytest.mark.slow
def test_navigation_does_not_grow(project: Project) -> None:
    """A page's navigation holds as many links with forty topics more as without."""
    folder, more = project.add_harbour(), range(40)
    small = project.build("small")
    answers = "[{id: june, text: It opens in June, support: [opens-in-june]}]"
    topics = "".join(f"  - {{id: topic-{n}, title: Topic {n}, question: What?, answers: {answers}}}\n" for n in more)
    project.edit(f"{folder}/briefing.yml", "editors:\n", f"{topics}editors:\n")
    for n in more:
        question = f"- {{id: q-{n}, claim: What of number {n}?, kind: question, terms: ['inspect*']}}\n"
        project.write(f"{folder}/claims/topic-{n}.yml", question)
    project.tools("lock", "harbour-tunnel", "--by", "The tests")
    grown = project.build()
    assert f"{folder}/topics/topic-39/" in grown.paths
    kinds = ("", "matrix/", "topics/", "topics/opening-date/", "sources/", "sources/gazette/", "disagreements/")
    for path in ("", "method/", *(f"{folder}/{kind}" for kind in kinds)):
        before, after = (sum(link.in_nav for link in site.page(path).links) for site in (small, grown))
        assert after == before, path


# -- a briefing's pages and its data -------------------------------------------------------------------------------


def test_published_data_is_the_export(built_site: BuiltSite, tmp_path: Path) -> None:
    """Every file of the data that the site serves is, byte for byte, what ``export`` writes."""
    built_site.project.tools("export", "--out", tmp_path)
    written = read_files(tmp_path)
    served = {n: data for n, data in built_site.files().items() if n.startswith(("api/", "briefings/"))}
    served = {n: data for n, data in served.items() if not n.endswith((".html", "/index.md"))}
    assert sum(name.endswith("/briefing.json") for name in served) >= 3
    assert served == written


def test_every_claim_is_shown_and_linked(built_site: BuiltSite) -> None:
    """Every claim has its heading on its topic's page, and the overview and the matrix lead to it. The home page leads
    to the overview, so any claim is two taps from there."""
    for slug, data in briefings(built_site).items():
        links, overview = built_site.targets(f"{base(slug)}matrix/"), built_site.targets(base(slug))
        assert ((base(slug), "") in built_site.targets("")) == (slug not in (DRAFT, EXAMPLE))
        for claim in data["claims"]:
            assert (topic_page(slug, claim), claim["id"]) in overview
            assert claim["id"] in built_site.page(topic_page(slug, claim)).ids
            assert (topic_page(slug, claim), claim["id"]) in links
            assert (f"{base(slug)}matrix/", f"row-{claim['id']}") in built_site.targets(topic_page(slug, claim))
        assert data["claims"]


def test_every_statement_leads_to_its_source_and_back(built_site: BuiltSite) -> None:
    """Each statement links its source's page, and that page, like the matrix, links the statement."""
    for slug, data in briefings(built_site).items():
        for claim, statement in statements(data):
            page, anchor = topic_page(slug, claim), f"s-{statement['id']}"
            source = f"{base(slug)}sources/{statement['source']}/"
            assert (source, "") in links_inside(built_site, page, anchor)
            assert (page, anchor) in built_site.targets(source)
            assert (page, anchor) in built_site.targets(f"{base(slug)}matrix/")
        assert statements(data)


def test_every_speaker_leads_to_statements_and_back(built_site: BuiltSite) -> None:
    """Each speaker has a page that is listed and links every statement of theirs, and every statement links it."""
    for slug, data in briefings(built_site).items():
        listed = built_site.targets(f"{base(slug)}speakers/")
        own = {source["id"]: source["voice"] for source in data["sources"]}
        spoken = [(c, s, holder) for c, s in statements(data) if (holder := s["speaker"] or own[s["source"]])]
        assert {holder for _, _, holder in spoken} == {speaker["id"] for speaker in data["speakers"]}
        for claim, statement, holder in spoken:
            page, place = f"{base(slug)}speakers/{holder}/", topic_page(slug, claim)
            assert (page, "") in listed
            assert (page, "") in links_inside(built_site, place, f"s-{statement['id']}")
            assert (place, f"s-{statement['id']}") in built_site.targets(page)
            assert (page, "") in built_site.targets(f"{base(slug)}sources/{statement['source']}/")
            assert (place, f"s-{statement['id']}") in built_site.targets(f"{base(slug)}matrix/speakers/")


def test_every_source_is_listed_and_its_silences_are_linked(built_site: BuiltSite) -> None:
    """The list of sources, the overview and the matrix lead to each source, and a silence is linked both ways."""
    for slug, data in briefings(built_site).items():
        for source in data["sources"]:
            page = (f"{base(slug)}sources/{source['id']}/", "")
            for kind in ("", "sources/", "matrix/"):
                assert page in built_site.targets(base(slug) + kind)
            for claim in data["claims"]:
                quiet = [s for s in claim["silence"] if s["source"] == source["id"]]
                if quiet:
                    assert page in built_site.targets(topic_page(slug, claim))
                if quiet and quiet[0]["state"] == "searched, not found":
                    assert (topic_page(slug, claim), claim["id"]) in built_site.targets(page[0])


def links_inside(site: BuiltSite, path: str, anchor: str) -> set[tuple[str, str] | None]:
    """Where the links inside one element of a page lead."""
    return {target(path, link.value) for link in site.page(path).links if anchor in link.inside}


def test_every_quotation_is_shown_exactly(built_site: BuiltSite) -> None:
    """A statement's place shows its quotation to the character, within our quotation marks where it is speech,
    and after it only what is said to be our translation."""
    for slug, data in briefings(built_site).items():
        for claim, statement in statements(data):
            shown = built_site.page(topic_page(slug, claim)).quotes[f"s-{statement['id']}"]
            quote = statement["quote"]
            ours = f"{statement['translation']} (our translation)" if statement["translation"] else ""
            assert shown == (f"“{quote}”" if statement["in_quotation_marks"] else quote) + ours


# -- drafts --------------------------------------------------------------------------------------------------------


def test_draft_is_built_but_listed_nowhere(built_site: BuiltSite) -> None:
    """A draft's pages are built, but neither another page nor the search index names them."""
    pages = [path for path in built_site.paths if path.startswith(base(DRAFT))]
    assert len(pages) > 5
    others = [path for path in built_site.paths if path not in pages]
    assert [p for p in others if any(there.startswith(base(DRAFT)) for there, _ in built_site.targets(p))] == []
    found = [gzip.decompress(p.read_bytes()) for p in built_site.folder.glob("pagefind/fragment/*")]
    assert any(base("harbour-tunnel").encode() in one for one in found)
    assert [one for one in found if base(DRAFT).encode() in one or b"Unlisted waters" in one] == []
    assert "Unlisted waters" not in (built_site.folder / "index.html").read_text(encoding="utf-8")


def test_example_is_found_from_the_teaching_pages_only(built_site: BuiltSite) -> None:
    """The invented example is built, says on every page that it is invented, and only learners are led to it."""
    pages = [path for path in built_site.paths if path.startswith(base(EXAMPLE))]
    assert len(pages) > 20
    for path in pages:
        assert "An invented example." in (built_site.folder / path / "index.html").read_text(encoding="utf-8"), path
    others = [path for path in built_site.paths if path not in pages]
    leading = [p for p in others if any(there.startswith(base(EXAMPLE)) for there, _ in built_site.targets(p))]
    assert "contribute/tutorial/" in leading
    assert all(path.startswith("contribute/") for path in leading), leading
    found = [gzip.decompress(p.read_bytes()) for p in built_site.folder.glob("pagefind/fragment/*")]
    addresses = [one.partition(b'"url":"/')[2].partition(b'"')[0].decode() for one in found]
    assert any(address.startswith("contribute/") for address in addresses)
    assert [address for address in addresses if address.startswith(base(EXAMPLE))] == []


def test_pages_of_one_section_name_each_other(built_site: BuiltSite) -> None:
    """From each page for contributors every other is one click away."""
    section = {path for path in built_site.paths if path.startswith("contribute/")}
    assert len(section) >= 5
    for path in section:
        assert section <= {there for there, _ in built_site.targets(path)}, path


def test_what_is_unlisted_asks_search_engines_to_stay_away(built_site: BuiltSite) -> None:
    """Every page of a draft and of the example, and of nothing else, carries noindex."""
    marked = {path for path in built_site.paths if "noindex" in built_site.page(path).meta.get("robots", "")}
    unlisted = {path for path in built_site.paths if path.startswith((base(DRAFT), base(EXAMPLE)))}
    assert marked - {"404.html"} == unlisted


@pytest.mark.slow
def test_published_address_is_used_and_drafts_stay_out_of_the_sitemap(project: Project) -> None:
    """With a site_url, pages name their address and a picture of the site, topics their own; the sitemap lists every
    page but a draft's and the example's; and the form of a repository on GitHub is at the foot of each page."""
    project.add_harbour()
    project.add_harbour(DRAFT, title="Unlisted waters", draft=True)
    settings = "site_url: https://example.org/there/\nrepo_url: https://github.com/a/b\n"
    project.edit("mkdocs.yml", "# site_url: https://example.org/\n", settings)
    site = project.build()
    form = '<a href="https://github.com/a/b/issues/new?template=problem.yml">Report a mistake</a>'
    assert form in (site.folder / "about/index.html").read_text(encoding="utf-8")
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    listed = set(re.findall(r"<loc>https://example\.org/there/([^<]*)</loc>", sitemap))
    unlisted = {path for path in site.paths if path.startswith((base(DRAFT), base(EXAMPLE)))}
    assert listed == set(site.paths) - unlisted - {"404.html"}
    page = site.page(f"{base('harbour-tunnel')}matrix/")
    canonical = [link.value for link in page.links if link.tag == "link" and "/there/briefings/" in link.value]
    assert canonical == ["https://example.org/there/briefings/harbour-tunnel/matrix/"]
    shown = {}
    for path in (*site.paths, *site.redirects):
        text = (site.folder / (path if path.endswith(".html") else f"{path}index.html")).read_text(encoding="utf-8")
        pictures = [unescape(found) for found in re.findall('<meta property="og:image" content="([^"]*)">', text)]
        shown[path] = [picture.removeprefix("https://example.org/there/") for picture in pictures]
        assert all((site.folder / picture).is_file() for picture in shown[path]), path
    assert shown["404.html"] == []
    assert shown[""] == ["assets/social.png"]
    harbour = base("harbour-tunnel")
    assert shown[f"{harbour}matrix/"] == ["cards/harbour-tunnel.png"]
    own = "cards/harbour-tunnel/opening-date.png"
    assert shown[f"{harbour}topics/opening-date/"] == shown["c/harbour-tunnel/opens-in-june/"] == [own]


def test_no_page_is_too_large_for_a_phone(built_site: BuiltSite) -> None:
    """No page has more than 10,000 elements."""
    sizes = {path: len(built_site.page(path).tags) for path in built_site.paths}
    assert {path: size for path, size in sizes.items() if size > 10_000} == {}


def test_html_around_markdown_is_html_through_it(built_site: BuiltSite) -> None:
    """Every generated page has the same HTML and headings, be it that our HTML goes through Markdown or around it."""
    pages = simple = 0
    docs = built_site.project.root / "docs"
    for folder in ("briefings", "speakers", "changes"):
        for path in sorted((docs / folder).rglob("*.md")):
            body = path.read_text(encoding="utf-8").partition("\n---\n")[2].lstrip("\n")
            through, around = (Markdown(**markdown_settings()) for _ in range(2))
            shown, parts = hide_html(body)
            made = restore_html(around.convert(shown), parts)
            assert made.rstrip("\n") == through.convert(body), path
            assert getattr(around, "toc_tokens") == getattr(through, "toc_tokens"), path  # noqa: B009 - it is toc's
            pages += bool(parts)
            if found := convert_simple(body):  # a simple page does without Markdown
                html, headings = found
                told = nest_toc_tokens([{"level": one.level, "id": one.id, "name": one.words} for one in headings])
                assert html == made, path
                assert str(get_toc(told)) == str(get_toc(getattr(around, "toc_tokens"))), path  # noqa: B009
                simple += 1
    assert pages > 150
    assert simple > 0.9 * pages
