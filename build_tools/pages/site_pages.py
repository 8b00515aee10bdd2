"""The pages, feeds and data that belong to no briefing, by path under docs/."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from build_tools.base.cache import Keeper, anew, digest, read_files
from build_tools.compare.summary import credited_speakers, crediting
from build_tools.data import json_api
from build_tools.model.records import Speaker
from build_tools.model.site import Site
from build_tools.pages import changelog, environment, feeds, home, method, moved, site_speaker, site_speakers
from build_tools.pages.context import Context
from build_tools.pages.page import render_pages


def common_files(site: Site, *, drafts: bool, kept: Keeper = anew) -> dict[str, str]:
    """All of them but the named speakers' own pages.

    ``drafts`` says whether the home page names drafts and examples; ``kept`` reuses what earlier runs made.
    """
    cards = [kept("head", [slug], functools.partial(home.make_card, site, slug)) for slug in site.summaries]
    pages = [home.page(site, cards, drafts=drafts), method.page(site, cards), site_speakers.page(site)]
    files = render_pages([*pages, *moved.pages(site)])
    return {**files, **change_pages(site), **json_api.site_files(site, kept)}


def change_pages(site: Site) -> dict[str, str]:
    """The change log of the site and its feed; none without a history."""
    return render_pages(changelog.pages(site)) | feeds.site_feed(site)


def every_speaker(site: Site, kept: Keeper = anew) -> dict[str, str]:
    """The files of all named speakers; ``kept`` as in ``common_files``."""
    files: dict[str, str] = {}
    templates = digest(read_files(environment.TEMPLATES))  # a server runs on when one changes
    for speaker in credited_speakers(site):
        make, feed = functools.partial(speaker_files, site, speaker), feeds.speaker_feed(site, speaker.id)
        files |= kept("speaker", crediting(site, speaker.id), make, speaker.id, feed, templates)
    return files


def speaker_files(site: Site, speaker: Speaker, contexts: Mapping[str, Context] | None = None) -> dict[str, str]:
    """The pages and the feed of a named speaker; ``contexts`` has views that exist already, by briefing."""
    return render_pages(site_speaker.pages(site, speaker, contexts)) | feeds.speaker_feed(site, speaker.id)
