"""The pages and the data of one briefing, by path under docs/."""

import itertools

from build_tools.data import archive, json_api
from build_tools.data.linked_data import dump_annotations
from build_tools.model.site import Briefing, Site
from build_tools.pages import (
    changelog,
    data,
    disagreements,
    feeds,
    figures,
    gone,
    matrix,
    overview,
    receipts,
    source,
    sources,
    speaker,
    speakers,
    timeline,
    topic,
    topics,
    wordings,
)
from build_tools.pages.context import Context
from build_tools.pages.page import render_pages

#: Each has a template of the same name. ``gone`` is last: an old address is left to what has it now.
PAGES = (
    overview, matrix, topics, topic, disagreements, sources, source, receipts, speakers, speaker, timeline, figures,
    wordings, data, gone,
)  # fmt: skip


def briefing_pages(site: Site, briefing: Briefing) -> dict[str, str]:
    """The pages and the feed of a briefing."""
    return render_briefing(Context(site, briefing))


def render_briefing(context: Context) -> dict[str, str]:
    """The same from a context, which keeps the views."""
    site, briefing = context.site, context.briefing
    pages = (page for module in PAGES for page in module.pages(context))
    return render_pages(itertools.chain(pages, changelog.pages(site, briefing))) | feeds.briefing_feed(site, briefing)


def briefing_data(site: Site, briefing: Briefing) -> dict[str, str | bytes]:
    """All data of a briefing: JSON, CSV, citations, annotations, the archive."""
    base = f"briefings/{briefing.slug}/"
    return {
        **json_api.briefing_files(site, briefing),
        f"{base}annotations.jsonld": dump_annotations(site, briefing),
        f"{base}{briefing.slug}.zip": archive.zip_briefing(site, briefing),
    }
