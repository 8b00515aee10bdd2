"""The page of a topic: its claims with everyone who holds them, on as many pages as they need. Pure."""

from collections.abc import Iterator
from typing import Any

from build_tools.data import linked_data
from build_tools.model import paging
from build_tools.pages import matrix
from build_tools.pages.claim import claim_view
from build_tools.pages.context import Context
from build_tools.pages.page import Page, split_pages
from build_tools.pages.pager import make_pager
from build_tools.pages.views import Link
from build_tools.text.encode import address
from build_tools.text.english import plural


def pages(context: Context) -> Iterator[Page]:
    """The pages of all topics."""
    for number, topic in enumerate(context.briefing.file.topics):
        yield from split_pages(context, f"topics/{topic.id}/", "topic", "Topics", topic.title, sheets(context, number))


def sheets(context: Context, number: int) -> Iterator[dict[str, Any]]:
    """The views of each page of a topic, by its number in the briefing, from 0."""
    topics = context.briefing.file.topics
    topic = topics[number]
    base = f"topics/{topic.id}/"
    claims, runs = paging.lay_out_topic(context.briefing, topic.id)
    contents = []
    for run in runs:
        entries = [(claim.claim, claim.id) for claim in claims[run.first : run.end]]
        contents.append((paging.run_title("claims", run, len(claims)), entries))
    for sheet, run in enumerate(runs, 1):
        own_claims = claims[run.first : run.end]
        here = context.base + paging.part_path(base, sheet)
        yield {
            "title": topic.title,
            "kicker": (f"Topic {number + 1} of {len(topics)}", plural(len(claims), "claim")),
            "claims": [claim_view(context, claim) for claim in own_claims],
            "rows": matrix.find_rows(context, topic.id),
            "corrections": address("corrections/"),
            "previous": _link_topic(context, number - 1),
            "next": _link_topic(context, number + 1),
            "pager": make_pager(context.address, base, sheet, contents),
            "ld": linked_data.describe_claims(context.site, context.briefing, own_claims, here),
        }


def _link_topic(context: Context, number: int) -> Link | None:
    topics = context.briefing.file.topics
    if not 0 <= number < len(topics):
        return None
    return Link(topics[number].title, context.address(f"topics/{topics[number].id}/"))
