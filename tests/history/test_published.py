"""What is published of a past: its change log, its feeds as a program reads them that is not ours, and the excerpt that
a downloaded briefing brings."""

import html
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest

from synoptic.base.problems import Place
from synoptic.compare.summary import list_credited_speakers
from synoptic.history.excerpt import HISTORY_FILE
from synoptic.model.change import KINDS, Change
from synoptic.model.history import CHANGES_PER_PAGE, Entry, History
from synoptic.model.site import Publication, Site
from synoptic.pages import editions, feeds, render
from tests.data.samples import own_files
from tests.history.scripted import Scripted, site_of
from tests.projects import small_project
from tests.yaml_files import read_yaml

HARBOUR = "briefings/harbour-tunnel"
REWORDED = Change("claim-reworded", "cost-19", Place("x"), briefing="harbour-tunnel", claim="cost-19")


# -- the change log -------------------------------------------------------------------------------------------------


def many(commits: int, each: int) -> History:
    """A history of invented changes, in which every second word differs."""
    words, other = (" ".join(f"w{n}" if n % 2 else f"{sign}{n}" for n in range(40)) for sign in "wx")
    changes = tuple(replace(REWORDED, before=words, after=f"{other} {n % 7}") for n in range(each))
    return History(tuple(Entry(f"{number:040x}", 1_900_000_000 + number, changes) for number in range(commits)))


@pytest.mark.parametrize(("commits", "each"), [(400, 3), (2, 700), (1, 150), (1, 151)])
def test_no_page_is_too_large(past: Path, commits: int, each: int) -> None:
    """However much changed at once, no page comes near 10,000 elements, and every change stands on a numbered page."""
    site = replace(site_of(past), history=many(commits, each))
    pages = {k: v for k, v in render.change_pages(site).items() if re.search("/[0-9]+/", k)}
    assert len(pages) == -(-commits * each // CHANGES_PER_PAGE)
    for page in (*pages.values(), render.change_pages(site)["changes/index.md"]):
        assert len(re.findall(r"<[a-z]", page)) < 10_000
    assert sum(page.count("<blockquote>") for page in pages.values()) == commits * each


def test_a_full_page_never_changes(past: Path) -> None:
    """A full page stays as it is, however much is added after it."""
    sites = [replace(site_of(past), history=many(commits, 60)) for commits in (20, 30)]
    first, second = (render.change_pages(site)["changes/1/index.md"] for site in sites)
    blocks = [page.split("\n## ", 1)[1].split("<nav", 1)[0] for page in (first, second)]
    assert blocks[0] == blocks[1]


# -- feeds ----------------------------------------------------------------------------------------------------------


def feeds_of(site: Site) -> dict[str, str]:
    """Every feed, by its path."""
    found = feeds.change_feed(site)
    for briefing in site.briefings:
        found |= feeds.change_feed(site, briefing)
    for name in (speaker.id for speaker in list_credited_speakers(site)):
        found |= feeds.speaker_feed(site, name)
    return found


def read_feeds(site: Site) -> dict[str, Any]:
    """Every feed as feedparser reads it, by its path."""
    return {path: feedparser.parse(text.encode()) for path, text in feeds_of(site).items()}


def test_feeds_are_read_by_another_program(past: Path) -> None:
    """Every feed is well-formed and valid, its ids are unique, and its dates are those of the commits."""
    site = site_of(past)
    made = read_feeds(site)
    assert {"changes/feed.xml", f"{HARBOUR}/feed.xml", "speakers/city-engineer/feed.xml"} <= set(made)
    for text in feeds_of(site).values():
        ET.fromstring(text)
    for path, found in made.items():
        assert not found.bozo, path
        assert found.version == "atom10"
        assert found.feed.id == f"https://site.test/x/{path}"
        assert found.feed.updated_parsed[:6] == max(e.updated_parsed[:6] for e in found.entries)
        ids = [entry.id for entry in found.entries]
        assert len(set(ids)) == len(ids) > 0
        assert all(entry.link.startswith("https://site.test/x/") for entry in found.entries)
        assert all({t.term for t in entry.tags} & {"fact", "evidence", "wording"} for entry in found.entries)


def test_ids_of_entries_last(past: Path, scripted: Scripted) -> None:
    """The entry of a change has the same id and day after more commits, from another clone, and in every feed."""
    before = {entry.id: entry.updated for entry in read_feeds(site_of(past))["changes/feed.xml"].entries}
    scripted.commit(claims__opening_date=("The tunnel opens in June.", "The tunnel opens in July."))
    made = read_feeds(site_of(scripted.root))
    after = {entry.id: entry.updated for entry in made["changes/feed.xml"].entries}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert {entry.id for entry in made[f"{HARBOUR}/feed.xml"].entries} <= set(after)


def test_entries_lead_to_their_place(past: Path) -> None:
    """Each entry links to an existing block, on a page whose address stays."""
    site = site_of(past)
    pages = render.render_site(site, drafts=False)
    for path, found in read_feeds(site).items():
        for entry in found.entries:
            page, _, anchor = entry.link.removeprefix("https://site.test/x/").partition("#")
            assert f'<a id="{anchor}"></a>' in pages[f"{page}index.md"], path


def test_hostile_texts_in_a_feed(past: Path) -> None:
    """Characters that XML forbids are dropped, and markup in a text stays text."""
    nasty = "a\x00b\x0bc\ud800d\ufffee <script>alert(1)</script> & ]]> \U0001f600"
    change = replace(REWORDED, id="x", claim="", before=nasty, after=f"{nasty} more")
    site = replace(site_of(past), history=History((Entry("0" * 40, 1_900_000_000, (change, change)),)))
    for text in feeds_of(site).values():
        found = feedparser.parse(text.encode())
        assert not found.bozo
        assert len({e.id for e in found.entries}) == 2
        assert "script" not in {e.tag for e in ET.fromstring(text).iter()}
        assert "<script" not in found.entries[0].summary
        assert "ab cde &#60;script" in found.entries[0].summary


def test_without_an_address_there_is_no_feed(past: Path) -> None:
    """A feed needs full addresses: without site_url there is none, no page names one, and How it works says so."""
    pages = render.render_site(site_of(past, Publication()), drafts=False)
    assert not [path for path in pages if path.endswith(".xml")]
    assert not [path for path, text in pages.items() if "\nfeed: " in str(text)]
    assert "There are no feeds" in str(pages["method/index.md"])
    assert "changes/index.md" in pages


# -- the excerpt ----------------------------------------------------------------------------------------------------


def test_a_zip_takes_the_history_with_it(past: Path, tmp_path: Path) -> None:
    """A zip unpacked outside a repository gives the same pages, with dates, change log, feed and zip."""
    before = own_files(render.render_site(site_of(past), drafts=False), "harbour-tunnel")
    archive = before[f"{HARBOUR}/harbour-tunnel.zip"]
    assert isinstance(archive, bytes)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(tmp_path)
    assert f"{HARBOUR}/changes/index.md" in before
    assert own_files(render.render_site(site_of(tmp_path), drafts=False), "harbour-tunnel") == before


WRONG = read_yaml(Path(__file__).with_name("no_history.yml"))


@pytest.mark.parametrize("text", [*WRONG, "[" * 100_000])
def test_a_history_file_of_another_shape_says_nothing(text: str, tmp_path: Path) -> None:
    """From any other content of HISTORY.json no commit and no history is taken, and nothing fails."""
    small_project(tmp_path)
    (tmp_path / HISTORY_FILE).write_text(text, encoding="utf-8", errors="surrogateescape")
    site = site_of(tmp_path)
    assert site.commits == {}
    assert site.history is None


# -- editions -------------------------------------------------------------------------------------------------------


def test_every_kind_of_change_has_words() -> None:
    """Readers are told of every kind of change in words, and no words are for a kind that there is not."""
    assert set(editions.WORDS) == set(KINDS)


def test_a_change_log_has_no_ids(past: Path) -> None:
    """The change log names claims, topics and articles by their words: no id is read there but a commit's."""
    site = site_of(past)
    page = str(render.change_pages(site, site.briefing["harbour-tunnel"])[f"{HARBOUR}/changes/index.md"])
    shown = html.unescape(re.sub("<[^>]*>|{:[^}]*}", " ", page.split("\n# ", 1)[1]))
    claims = site.briefing["harbour-tunnel"].claims
    ids = {name for claim in claims for name in (claim.id, *claim.was, *(s.id for s in claim.statements))}
    assert len(ids) > 10
    assert {name for name in ids if "-" in name and re.search(rf"(?<![\w-]){name}(?![\w-])", shown)} == set()


def test_corrections_are_apart_from_edits_before_publication(past: Path) -> None:
    """Edits on the day of publication are told as such; what is corrected later stands under its own heading, first in
    its edition, and the log's head counts it."""
    page = str(render.change_pages(site_of(past))["changes/index.md"])
    later, first = page.split("\n## ")[1:3]
    assert "Edited on the day of publication" in first
    assert "<mark>Corrections</mark>" not in first
    assert later.index("<mark>Corrections</mark>") < later.index("Other changes")
    assert "One claim was reworded in “Opening date”&#46;" in later
    assert "Corrections:</b> 5 in the edition of" in page
