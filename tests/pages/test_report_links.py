"""Links that promise a report or a correction lead to a form with the claim filled in, or are not there."""

import dataclasses
import html
import re
from urllib.parse import parse_qs, urlsplit

from synoptic.model.site import Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_pages

PROMISE = re.compile(r"<a [^>]*>[^<]*(?:[Rr]eport a|[Cc]orrection|[Rr]eply)[^<]*</a>")
FORM = "https://example.org/form?template=problem.yml"


def promises(site: Site, publication: Publication) -> dict[str, list[str]]:
    """Page to its links that promise a report, of all briefings."""
    site = dataclasses.replace(site, publication=publication)
    pages = {k: v for one in site.briefings for k, v in briefing_pages(Context(site, one)).items() if k.endswith("md")}
    return {name: found for name, text in pages.items() if (found := PROMISE.findall(html.unescape(text)))}


def test_nothing_is_promised_without_an_address(site: Site) -> None:
    """Where no address for reports is configured, no page of a briefing has such a link."""
    assert promises(site, Publication("A site")) == {}


def test_each_claim_has_its_form_filled_in(site: Site) -> None:
    """With an address, every claim has one such link, which names the briefing, the claim, its page and its articles;
    no other page has any."""
    found = promises(site, Publication("A site", "https://site.example/", "", FORM))
    assert all("/topics/" in name for name in found)
    fields = [parse_qs(urlsplit(link.split('"')[1]).query) for links in found.values() for link in links]
    expected = [(one.slug, f"{one.slug}/{claim.id}") for one in site.briefings for claim in one.claims]
    assert sorted((f["briefing"][0], f["claim"][0]) for f in fields) == sorted(expected)
    assert all(f["page"] == [f"https://site.example/c/{f['claim'][0]}/"] for f in fields)
    assert all(f["template"] == ["problem.yml"] for f in fields)
    assert any("source" in f for f in fields)
