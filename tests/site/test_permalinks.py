"""The permanent addresses of claims."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from synoptic.compare.summary import replace_briefings
from synoptic.model.site import Publication
from synoptic.site.additions import render_additions
from tests.data.samples import HOSTILE, hostile
from tests.html_pages import Html, target
from tests.projects import BuiltSite, load_site, run, small_project


def test_every_claim_has_an_address_that_leads_to_it(built_site: BuiltSite) -> None:
    """At /c/<briefing>/<claim>/ stands a page of less than two kilobytes that leads to the claim, by itself and by a
    link, and asks search engines to look there instead; an id that is no more leads on, too."""
    expected = {
        claim["path"]: (f"briefings/{file.parent.name}/topics/{claim['topic']}/", claim["id"])
        for file in built_site.folder.glob("briefings/*/briefing.json")
        for claim in json.loads(file.read_text(encoding="utf-8"))["claims"]
    }
    assert set(expected) < set(built_site.redirects)
    for path in built_site.redirects:
        text = (built_site.folder / path / "index.html").read_text(encoding="utf-8")
        page = built_site.page(path)
        assert len(text.encode()) < 2000
        assert page.meta["robots"] == "noindex"
        (there,) = [target(path, link.value) for link in page.links if link.tag == "a"]
        assert there is not None
        if path in expected:
            assert there == expected[path]
        else:  # an id that is no more: it leads to the claim as it is called now, or to why it is gone
            assert there in expected.values() or there[0].endswith("/gone/")
        (refresh,) = re.findall(r'content="0; url=([^"]+)"', text)
        assert target(path, refresh) == there
        assert there[1] in built_site.page(there[0]).ids
        assert path not in expected or (path, "") in built_site.targets(there[0])


def test_an_address_names_its_page_in_full_and_shows_hostile_words(tmp_path: Path) -> None:
    """With a site_url the page has a canonical link; a claim's words are its title, and nothing else."""
    site = load_site(small_project(tmp_path))
    briefing = hostile(next(iter(site.briefings)))
    placed = replace(
        replace_briefings(site, (briefing,)), publication=Publication(site_url="https://example.org/there")
    )
    claim = briefing.claims[0]
    text = render_additions(placed).addresses[f"{briefing.slug}/{claim.id}/index.html"]
    page = Html(text)
    assert page.title == HOSTILE
    assert "script" not in page.tags
    assert [link.value for link in page.links if link.tag == "link"] == [
        f"https://example.org/there/briefings/{briefing.slug}/topics/{claim.topic}/",
        f"https://example.org/there/embed/{briefing.slug}/claims/{claim.id}.json",
    ]


def test_finish_adds_what_other_builders_lack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`finish` adds addresses, search index, cards and policy to a built site, removes stale ones, refuses other
    folders, and changes nothing the second time."""
    root, built = small_project(tmp_path / "project"), tmp_path / "built"
    built.mkdir()
    (root / "mkdocs.yml").write_text("site_url: https://example.org/\n", encoding="utf-8")
    assert run(root, "finish", str(built)) == 1
    assert "is not a built site" in capsys.readouterr().err
    head, article = '<head><meta charset="utf-8"></head>', '<article><h1 id="home">Home of the choir</h1></article>'
    page = f"<!doctype html>\n<html>{head}{article}</html>"
    for name in ("index.html", "404.html"):
        (built / name).write_text(page, encoding="utf-8")
    stale = [built / folder / "harbour-tunnel/stale" for folder in ("c", "pagefind", "cards")]
    for path in stale:
        path.parent.mkdir(parents=True)
        path.write_text("old", encoding="utf-8")
    assert run(root, "finish", str(built)) == 0
    found = [gzip.decompress(path.read_bytes()) for path in (built / "pagefind/fragment").iterdir()]
    assert sum(b"Home of the choir" in one for one in found) == 1
    assert (built / "c/harbour-tunnel/opens-in-june/index.html").is_file()
    assert (built / "cards/harbour-tunnel.png").is_file()
    assert "Content-Security-Policy" in (built / "index.html").read_text(encoding="utf-8")
    assert [path for path in stale if path.exists()] == []
    capsys.readouterr()
    assert run(root, "finish", str(built)) == 0
    assert "; 0 files changed" in capsys.readouterr().out
