"""What the built site has for programs that read: data that answer who said what, pages in Markdown, llms.txt."""

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from synoptic.model.site import Publication
from synoptic.site.mkdocs_files import PageCache
from synoptic.site.twins import Twins, audit_site
from synoptic.text.twin import FILE
from tests.projects import CHECKOUT, BuiltSite

LINK = '<link rel="alternate" type="text/markdown" href="index.md">'
CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)


def plain(words: str) -> str:
    """Letters and digits alone: what a link or a mark adds between words is left out."""
    return re.sub(r"\W+", " ", re.sub(r"\]\([^)]*\)", "", words)).strip()


def ask(site: BuiltSite, *words: str) -> str:
    """What the example client prints of a built site."""
    command = [sys.executable, str(CHECKOUT / "docs/ask.py"), str(site.folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_example_client_finds_who_said_what(built_site: BuiltSite) -> None:
    """Asked for a speaker, it prints each of their statements in the published briefings, and no other; words narrow
    it down."""
    claims: list[dict[str, Any]] = json.loads(
        (built_site.folder / "api/v1/briefings/harbour-tunnel/claims.json").read_text(encoding="utf-8")
    )["claims"]
    said = [(claim, one) for claim in claims for one in claim["statements"] if one["holder"] == "city-engineer"]
    told = ask(built_site, "ada quill")
    assert f"\n{len(said)} statements." in told
    for claim, statement in said:
        assert f"{statement['stance']}: {claim['text']}\n  {claim['path']}\n" in told
        assert f'"{statement["quote"]}"' in told
    few = ask(built_site, "Ada Quill", *said[0][1]["quote"].split()[:3])
    assert f'"{said[0][1]["quote"]}"' in few
    assert few.count("/c/") <= told.count("/c/")
    assert ask(built_site, "Nobody at all").startswith("0 statements.")
    assert len((CHECKOUT / "docs/ask.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_every_page_has_a_twin_in_markdown(built_site: BuiltSite) -> None:
    """Each page of people and each generated one names its twin, which is beside it, and no other page does; a twin
    has no HTML, stands in no list of pages, and leads only to files that are in the site."""
    folder = built_site.folder
    named = {path for path in folder.rglob("*.html") if LINK in path.read_text(encoding="utf-8")}
    pages = {path for path in folder.rglob("index.html") if path.relative_to(folder).parts[0] not in ("c", "embed")}
    assert named == pages
    twins = {path.with_name(FILE) for path in pages}
    assert {*folder.rglob("*.md")} == twins
    assert audit_site(folder) == []
    assert FILE not in (folder / "sitemap.xml").read_text(encoding="utf-8")
    lost = {
        f"{twin.relative_to(folder)}: {link}"
        for twin in twins
        for link in re.findall(
            r"(?<!\\)\]\((?!https?:|mailto:)([^)#]+)", CODE.sub("", twin.read_text(encoding="utf-8"))
        )
        if not (twin.parent / unquote(link)).exists()
    }
    assert lost == set()


def test_a_twin_keeps_apart_who_says_it_and_who_reports_it(built_site: BuiltSite) -> None:
    """On its topic's twin each quotation is one, word for word, and the line before names its holder and article."""
    base = built_site.folder / "api/v1/briefings/harbour-tunnel"
    claims, sources = (
        json.loads((base / f"{name}.json").read_text(encoding="utf-8")) for name in ("claims", "sources")
    )
    speakers = json.loads((base / "speakers.json").read_text(encoding="utf-8"))["speakers"]
    names = {one["id"]: one["name"] for one in speakers}
    labels = {one["id"]: one["label"] for one in sources["sources"]}
    blocks = [
        (plain(before), plain(words))
        for twin in (built_site.folder / "briefings/harbour-tunnel/topics").rglob(FILE)
        for before, words in itertools.pairwise(twin.read_text(encoding="utf-8").split("\n\n"))
        if words.startswith("> ")
    ]
    for claim in claims["claims"]:
        for one in claim["statements"]:
            found = [before for before, words in blocks if plain(one["quote"]) in words]
            assert any(labels[one["source"]] in before for before in found), one["quote"]
            assert any(names.get(one["holder"], labels[one["source"]]) in before for before in found), one["quote"]


def test_llms_txt_says_where_to_begin(built_site: BuiltSite) -> None:
    """llms.txt has a title, a summary, and lists of links with what they lead to, all of them in the site: each listed
    briefing, no other, with its data; and the schema of proposals."""
    told = (built_site.folder / "llms.txt").read_text(encoding="utf-8")
    assert re.match(r"# .+\n\n> .+\n\n", told)
    links = re.findall(r"\]\((?:https://[^/]+/)?([^)]+)\)", told)
    assert [link for link in links if not (built_site.folder / link).is_file()] == []
    listed = json.loads((built_site.folder / "api/v1/index.json").read_text(encoding="utf-8"))["briefings"]
    assert [link for link in links if link.startswith("briefings/")] == [
        f"briefings/{one['slug']}/{name}" for one in listed for name in (FILE, "briefing.json")
    ]
    assert "schema/proposals.schema.json" in links


@pytest.mark.parametrize("stated", [True, False])
def test_a_site_may_do_without(stated: bool) -> None:
    """`machine_readers: false` switches twins and llms.txt off; anything else does not."""
    assert Publication.of({"extra": {"machine_readers": stated}}).machine_readers is stated
    assert Publication.of({}).machine_readers
    assert Twins().list_paths(PageCache()) == set()
    assert [*Twins().tasks(PageCache(), Path())] == []
