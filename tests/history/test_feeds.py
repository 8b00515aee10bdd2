"""The feeds of a scripted past, read by a program that is not ours."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import feedparser

from build_tools.base.problems import Place
from build_tools.compare.summary import list_credited_speakers
from build_tools.model.change import Change
from build_tools.model.history import Entry, History
from build_tools.model.site import Publication, Site
from build_tools.pages import feeds, render
from tests.history.scripted import change_opening, reopen, site_of


def feeds_of(site: Site) -> dict[str, str]:
    """Every feed, by its path."""
    found = feeds.site_feed(site)
    for briefing in site.briefings:
        found |= feeds.briefing_feed(site, briefing)
    for name in (speaker.id for speaker in list_credited_speakers(site)):
        found |= feeds.speaker_feed(site, name)
    return found


def test_feeds_are_read_by_another_program(past: Path) -> None:
    """Every feed is well-formed and valid, its ids are unique, and its dates are those of the commits."""
    site = site_of(past)
    made = feeds_of(site)
    assert {"changes/feed.xml", "briefings/harbour-tunnel/feed.xml", "speakers/city-engineer/feed.xml"} <= set(made)
    for path, text in made.items():
        ET.fromstring(text)
        found = feedparser.parse(text.encode())
        assert not found.bozo, path
        assert found.version == "atom10"
        assert found.feed.id == f"https://site.test/x/{path}"
        assert found.feed.updated_parsed[:6] == max(e.updated_parsed[:6] for e in found.entries)
        ids = [entry.id for entry in found.entries]
        assert len(set(ids)) == len(ids) > 0
        assert all(entry.link.startswith("https://site.test/x/") for entry in found.entries)
        assert all({t.term for t in entry.tags} & {"fact", "evidence", "wording"} for entry in found.entries)


def test_ids_of_entries_last(past: Path, own: Path) -> None:
    """The entry of a change has the same id and day after more commits, from another clone, and in every feed."""
    before = {e.id: e.updated for e in feedparser.parse(feeds_of(site_of(past))["changes/feed.xml"].encode()).entries}
    scripted = reopen(own)
    change_opening(scripted, "The tunnel opens in June.", "The tunnel opens in July.")
    made = feeds_of(site_of(own))
    after = {e.id: e.updated for e in feedparser.parse(made["changes/feed.xml"].encode()).entries}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert {e.id for e in feedparser.parse(made["briefings/harbour-tunnel/feed.xml"].encode()).entries} <= set(after)


def test_entries_lead_to_their_place(past: Path) -> None:
    """Each entry links to an existing block, on a page whose address stays."""
    site = site_of(past)
    pages = render.render_site(site, drafts=False)
    for path, text in feeds_of(site).items():
        for entry in feedparser.parse(text.encode()).entries:
            page, _, anchor = entry.link.removeprefix("https://site.test/x/").partition("#")
            assert f"#{anchor} }}" in pages[f"{page}index.md"], path


def test_hostile_texts_in_a_feed(past: Path) -> None:
    """Characters that XML forbids are dropped, and markup in a text stays text."""
    nasty = "a\x00b\x0bc\ud800d\ufffee <script>alert(1)</script> & ]]> \U0001f600"
    change = Change("claim-reworded", "x", Place("x"), briefing="harbour-tunnel", before=nasty, after=f"{nasty} more")
    entry = Entry("0" * 40, 1_900_000_000, (change, change))
    site = replace(site_of(past), history=History((entry,)))
    for text in feeds_of(site).values():
        found = feedparser.parse(text.encode())
        assert not found.bozo
        assert len({e.id for e in found.entries}) == 2
        assert "script" not in {e.tag for e in ET.fromstring(text).iter()}
        assert "<script" not in found.entries[0].summary
        assert "ab cde &#60;script" in found.entries[0].summary


def test_without_an_address_there_is_no_feed(past: Path) -> None:
    """A feed needs full addresses: without site_url there is none, no page names one, and the Method page says so."""
    pages = render.render_site(site_of(past, Publication()), drafts=False)
    assert not [path for path in pages if path.endswith(".xml")]
    assert not [path for path, text in pages.items() if "\nfeed: " in str(text)]
    assert "There are no feeds" in str(pages["method.md"])
    assert "changes/index.md" in pages
