"""Citations, and sources as programs for citations read them."""

import html
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from synoptic.data import citations
from synoptic.model.records import Source
from synoptic.model.site import Briefing, Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_pages
from tests.data.samples import CYRILLIC, HOSTILE, hostile
from tests.projects import CHECKOUT
from tests.yaml_files import read_yaml

#: A date as published, in CSL, and as the year of BibTeX.
DATES = read_yaml(Path(__file__).with_name("dates.yml"))


def cited(briefing: Briefing) -> dict[str, str]:
    """A briefing's sources as citeproc-py prints them, by id."""
    items = citations.build_csl(briefing)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    return {item["id"]: str(line) for item, line in zip(items, made.bibliography(), strict=True)}


def decoded(briefing: Briefing) -> dict[str, dict[str, str]]:
    """A briefing's sources as bibtexparser reads them."""
    library = parse_string(citations.render_bibtex(briefing), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return {e.key: {f.key: str(f.value).strip("{}") for f in e.fields} for e in library.entries}


def test_sources_reach_citation_programs(site: Site) -> None:
    """An independent reader of BibTeX and a CSL processor find every source, with title and year; what a source does
    not state is nowhere."""
    for briefing in site.briefings:
        entries = decoded(briefing)
        assert list(entries) == [f"{briefing.slug}-{source.id}" for source in briefing.sources]
        for source in briefing.sources:
            entry = entries[f"{briefing.slug}-{source.id}"]
            assert entry["title"].strip("{}") == citations.source_title(source)
            assert ("author" in entry) == (source.author != "unknown")
            assert ("journal" in entry) == (source.outlet != "unknown")
            assert ("year" in entry) == (source.published != "unknown")
            assert ("url" in entry) == ("urldate" in entry) == (source.url is not None)
            assert "unknown" not in json.dumps(entry).lower().replace(citations.source_title(source).lower(), "")
    # an order of their own: found by what is in them
    printed = "\n".join(cited(tuple(site.briefings)[1]).values())
    for words in ("Pat Example", "What happened on the ferry", "2031", "https://post.example/ferry-night#story"):
        assert words in printed


def test_hostile_and_foreign_words_survive(site: Site) -> None:
    """TeX's own signs, braces and foreign letters come out of an independent reader as they went in; a name with
    "and" and a comma stays one name."""
    briefing = hostile(next(iter(site.briefings)))
    entry = next(iter(decoded(briefing).values()))
    bare = str.maketrans({"{": "", "}": "", "ˆ": "^"})  # the reader gives TeX's circumflex as the accent
    assert entry["title"].translate(bare) == HOSTILE.translate(bare)
    assert entry["author"] == CYRILLIC
    rendered = citations.render_bibtex(briefing)
    assert rendered.count("{") == rendered.count("}")
    assert r"\{" not in rendered
    (item, *_) = citations.build_csl(briefing)
    assert item["author"] == [{"literal": CYRILLIC}]
    assert CYRILLIC in "\n".join(cited(briefing).values())


@pytest.mark.parametrize(("published", "issued", "year"), DATES)
def test_dates_say_no_more_than_the_article(site: Site, published: str, issued: Any, year: str | None) -> None:
    """A date is carried over as exact as it is stated, doubt included."""
    source = Source(id="a", title="T", published=published)
    briefing = replace(next(iter(site.briefings)), slug="b", sources=(source,), locks={})
    (item,) = citations.build_csl(briefing)
    assert item.get("issued") == issued
    assert decoded(briefing)["b-a"].get("year") == year


def test_ni_names_are_rfc_6920s() -> None:
    """The name of bytes is that of the RFC's own example."""
    hello = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert citations.ni_uri(hello) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_citations_have_date_version_and_address(site: Site) -> None:
    """A claim and a briefing are cited with the day of the last check and the commit, where there is one."""
    briefing = site.briefing["harbour-tunnel"]
    version = citations.describe_version(site, briefing)
    assert citations.cite_claim(briefing, briefing.claim["opens-in-june"], version) == (
        "“The tunnel opens in June.” In: The Harbour Tunnel (comparative briefing). "
        "Synoptic, quotations checked 22 November 2026, commit 0123456789ab."
    )
    assert citations.cite_briefing(replace(site, commits={}), briefing) == (
        "The Harbour Tunnel (comparative briefing). Edited by The tests. Synoptic, quotations checked 22 November 2026."
    )
    placed = replace(site, publication=Publication(site_url="https://example.org/"))
    pages = briefing_pages(Context(placed, briefing))
    names = (f"briefings/harbour-tunnel/{name}/index.md" for name in ("topics/opening-date", "data"))
    topic, data = (html.unescape(pages[name]) for name in names)
    assert "https://example.org/c/harbour-tunnel/opens-in-june/" in topic
    assert "Edited by The tests. Synoptic, quotations checked" in data
    assert "https://example.org/briefings/harbour-tunnel/" in data


def test_the_repository_can_be_cited() -> None:
    """CITATION.cff fits the schema of the format, and has the version of the package."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, str(CHECKOUT / "CITATION.cff")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    version = re.search(r'^version = "(.+)"$', (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"\nversion: {version[1]}\n" in (CHECKOUT / "CITATION.cff").read_text(encoding="utf-8")
