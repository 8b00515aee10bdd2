"""The page Topics: every question of the story, with its claims counted by verdict. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from build_tools.pages.claim import claim_view
from build_tools.pages.context import Context
from build_tools.pages.page import Page, briefing_page
from build_tools.pages.views import Link


class TopicLine(NamedTuple):
    """A topic, how many claims it has, and their verdicts: ``Shared: 3; Disputed: 1`` in small letters."""

    topic: Link
    claims: int
    verdicts: str


def pages(context: Context) -> Iterator[Page]:
    """The page Topics."""
    yield briefing_page(context, "topics/", "topics", "Topics", "Topics", topics=topic_lines(context))


def topic_lines(context: Context) -> list[TopicLine]:
    """A line for each topic."""
    lines = []
    for topic in context.briefing.file.topics:
        claims = [claim_view(context, claim) for claim in context.briefing.claims if claim.topic == topic.id]
        tally = Counter(claim.verdict.label.lower() for claim in claims)
        verdicts = "; ".join(f"{label}: {count}" for label, count in tally.most_common())
        lines.append(TopicLine(Link(topic.title, context.address(f"topics/{topic.id}/")), len(claims), verdicts))
    return lines
