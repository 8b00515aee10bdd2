"""The page of a topic: its claims with everyone who holds them, on as many pages as they need. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from synoptic.data import linked_data
from synoptic.model import paging
from synoptic.model.records import Claim
from synoptic.pages.answers import topic_views
from synoptic.pages.claim import claim_view
from synoptic.pages.context import Context, Link
from synoptic.pages.matrix import row_address
from synoptic.pages.page import Page, split_pages
from synoptic.pages.statement import describe_checks, statement_views
from synoptic.text.encode import address
from synoptic.text.language import gettext, ngettext


def pages(context: Context) -> Iterator[Page]:
    """The pages of all topics."""
    topics = context.briefing.file.topics
    links = [None, *map(context.topic_link, topics), None]
    for number, topic in enumerate(topics, 1):
        base = f"topics/{topic.id}/"
        claims, runs = paging.lay_out_topic(context.briefing, topic.id)
        parts = [(paging.run_title(gettext("claims"), run, len(claims)), claims[run.first : run.end]) for run in runs]
        contents = [(title, [(claim.claim, claim.id) for claim in part]) for title, part in parts]
        more = {
            "title": topic.title,
            "kicker": (
                gettext("Topic %(number)s of %(total)s", number=number, total=len(topics)),
                ngettext("%(num)s claim", "%(num)s claims", len(claims)),
            ),
            "asked": topic_views(context).get(topic.id),
            "embed": context.embed_address("topics", topic.id) if topic.id in topic_views(context) else None,
            "method": address("method/", "answers"),
            "rules": address("method/", "verdicts"),
            "checked": describe_checks(context),
            "previous": links[number - 1],
            "next": links[number + 1],
        }
        sheets = (
            more | _views(context, part, paging.part_path(base, sheet)) | ({"asked": None} if sheet > 1 else {})
            for sheet, (_, part) in enumerate(parts, 1)
        )
        yield from split_pages(context, base, "topic", "topics", topic.title, contents, sheets)


def _views(context: Context, claims: Sequence[Claim], path: str) -> dict[str, Any]:
    """The claims of one page, each with the address of its row in the matrix; and who the people are that hold them."""
    holders = dict.fromkeys(view.holder_id for claim in claims for view in statement_views(context, claim))
    known = [context.speakers[name] for name in holders if name in context.speakers]
    return {
        "claims": [(claim_view(context, claim), row_address(context, claim)) for claim in claims],
        "people": [(Link(one.name, context.speaker_address(one.id)), one.role) for one in known if one.role],
        "ld": linked_data.describe_claims(context.site, context.briefing, claims, context.base + path),
    }
