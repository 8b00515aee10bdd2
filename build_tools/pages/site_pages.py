"""The pages, feeds and data that belong to no briefing, by path under docs/."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from build_tools.data import json_api
from build_tools.data.documents import Listed
from build_tools.model.records import Speaker
from build_tools.model.site import Site
from build_tools.pages import changelog, feeds, home, method, moved, site_speaker, site_speakers
from build_tools.pages.context import Context
from build_tools.pages.page import render_pages


class Listing(NamedTuple):
    """The entries of a briefing in the lists of the whole site: on its pages and in its data."""

    card: home.Card
    data: Listed


def make_listing(site: Site, slug: str) -> Listing:
    """The entries of a briefing."""
    return Listing(home.make_card(site, slug), json_api.list_briefing(site, slug))


def common_files(site: Site, listings: Sequence[Listing], *, drafts: bool) -> dict[str, str]:
    """All of them but the named speakers' own pages.

    ``listings`` are of all briefings; ``drafts`` says whether the home page names drafts and examples.
    """
    cards = [listing.card for listing in listings]
    pages = [home.page(site, cards, drafts=drafts), method.page(site, cards), site_speakers.page(site)]
    files = render_pages([*pages, *moved.pages(site)])
    listed = [listing.data for listing in listings if listing.card.listed]
    return {**files, **change_pages(site), **json_api.site_files(site, listed)}


def change_pages(site: Site) -> dict[str, str]:
    """The change log of the site and its feed; none without a history."""
    return render_pages(changelog.pages(site)) | feeds.site_feed(site)


def speaker_files(site: Site, speaker: Speaker, contexts: Mapping[str, Context] | None = None) -> dict[str, str]:
    """The pages and the feed of a named speaker; ``contexts`` has views that exist already, by briefing."""
    return render_pages(site_speaker.pages(site, speaker, contexts)) | feeds.speaker_feed(site, speaker.id)
