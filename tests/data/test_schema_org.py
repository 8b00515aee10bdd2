"""The JSON-LD of the pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

from build_tools.model.site import Site
from build_tools.pages.context import Context
from build_tools.pages.render import briefing_pages
from build_tools.text.encode import json_ld
from tests.data.samples import HOSTILE, hostile
from tests.html_pages import target
from tests.projects import BuiltSite


def scripts(page: str) -> list[Any]:
    """The JSON-LD of a page."""
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in some data."""
    for value in data if isinstance(data, list) else [data]:
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from nodes(inner)


def test_pages_say_what_they_hold_in_json_ld(built_site: BuiltSite) -> None:
    """Every claim, statement and article of a briefing is in the JSON-LD of the built pages, of no other types than
    these, and what a text does not state is not said."""
    types, quotes, claims, articles = set(), [], [], []
    for path in built_site.paths:
        if path.startswith("briefings/"):
            for data in scripts((built_site.folder / path / "index.html").read_text(encoding="utf-8")):
                assert data["@context"] == "https://schema.org"
                for node in nodes(data):
                    types.add(node.get("@type"))
                    assert "unknown" not in node.values()
                    if node.get("@type") == "Quotation":
                        quotes.append((node["text"], node["keywords"]))
                        assert target(path, node["isPartOf"]["@id"]) is not None
                    elif node.get("@type") == "Claim":
                        claims.append(target(path, node["@id"]))
                        assert all(q["keywords"] == "asserts" for q in node.get("appearance", ()))
                        assert all(q["keywords"] != "asserts" for q in node.get("subjectOf", ()))
                    elif node.get("@type") in ("Article", "NewsArticle"):
                        articles.append(path)
    assert types - {None} == {
        "Claim", "Quotation", "Article", "NewsArticle", "Person", "Organization", "Dataset", "DataDownload",
    }  # fmt: skip
    expected, sources = [], 0
    for file in built_site.folder.glob("briefings/*/briefing.json"):
        whole = json.loads(file.read_text(encoding="utf-8"))
        expected += [(s["quote"], s["stance"]) for c in whole["claims"] for s in c["statements"]]
        sources += len(whole["sources"])
        assert {(c["path"], "") for c in whole["claims"]} <= set(claims)
    assert sorted(quotes) == sorted(expected)
    assert len(articles) == sources


def test_no_text_ends_the_script(site: Site) -> None:
    """Hostile words stay inside the JSON-LD of the page, and are exact there."""
    briefing = hostile(next(iter(site.briefings)))
    pages = briefing_pages(Context(site, briefing))
    page = pages[f"briefings/{briefing.slug}/topics/{briefing.claims[0].topic}/index.md"]
    assert page.count("<script") == page.count("</script>") == 1
    (data,) = scripts(page)
    assert data["@graph"][0]["text"] == HOSTILE
    assert re.findall("[<>&\u2028]", str(json_ld(HOSTILE)).removeprefix('<script type="application/ld+json">')) == list(
        "<>"
    )
    source = pages[f"briefings/{briefing.slug}/sources/{briefing.sources[0].id}/index.md"]
    assert scripts(source)[0]["headline"] == HOSTILE
