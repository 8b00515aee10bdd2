"""The page Topics: every question of the story, with its claims counted by verdict. Pure."""

from collections import Counter
from collections.abc import Iterator

from synoptic.model import paging
from synoptic.pages.answers import TopicView, topic_views
from synoptic.pages.claim import claim_view
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import lay_out, make_section
from synoptic.text.language import format_number, gettext, join_remarks, lower_start, name_value, ngettext


def pages(context: Context) -> Iterator[Page]:
    """The page Topics."""
    title = gettext("Topics")
    sheets = lay_out([make_section(title, "topics", _lines(context), lambda _: 5)])
    contents, views = [sheet.contents for sheet in sheets], ({"topics": sheet.shown[0]} for sheet in sheets)
    yield from split_pages(context, "topics/", "topics", "topics", title, contents, views, paging.list_path)


def _lines(context: Context) -> Iterator[tuple[Link, TopicView | None, str, str]]:
    """Each topic, its question, how many claims it has, and their verdicts: ``shared: 3; disputed: 1``."""
    for topic in context.briefing.file.topics:
        claims = [claim_view(context, claim) for claim in context.briefing.claims if claim.topic == topic.id]
        labels = {claim.verdict.id: lower_start(claim.verdict.label) for claim in claims}
        tally = Counter(claim.verdict.id for claim in claims).most_common()
        verdicts = join_remarks(name_value(labels[verdict], format_number(count)) for verdict, count in tally)
        size = ngettext("%(num)s claim", "%(num)s claims", len(claims))
        yield context.topic_link(topic), topic_views(context).get(topic.id), size, verdicts
