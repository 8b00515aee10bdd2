"""A topic of a briefing with its claims, on as many pages as they take. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from build_tools import linked, matrix, split
from build_tools.turn import Turn, turn
from build_tools.views import Link, Page, TopicView, plural


class Topic(NamedTuple):
    """One page of a topic: its claims there, where each has its row in the matrix, the neighbouring topics, and the
    same for programs."""

    view: TopicView
    kicker: tuple[str, ...]
    rows: dict[str, Markup]
    before: Link | None
    after: Link | None
    turn: Turn | None
    ld: dict[str, Any]


def parts(page: Page, number: int) -> Iterator[Topic]:
    """The pages of a topic, by its number in the briefing from 0."""
    topics, view = page.briefing.file.topics, page.topic(number)
    pages, first = split.claims(page.briefing, topics[number].id), 0
    held = []
    for claims in pages:
        about = f"claims {first + 1} to {first + len(claims)} of {len(view.claims)}"
        held.append((about, [(claim.claim, claim.id) for claim in claims]))
        first += len(claims)
    base, first = f"topics/{topics[number].id}/", 0
    for part, claims in enumerate(pages, 1):
        yield Topic(
            view=view._replace(claims=view.claims[first : first + len(claims)]),
            kicker=(f"Topic {number + 1} of {len(topics)}", plural(len(view.claims), "claim")),
            rows=matrix.rows(page, topics[number].id),
            before=_link(page, number - 1),
            after=_link(page, number + 1),
            turn=turn(page.to, base, part, held),
            ld=linked.claims(page.site, page.briefing, claims, page.base + split.address(base, part)),
        )
        first += len(claims)


def _link(page: Page, number: int) -> Link | None:
    topics = page.briefing.file.topics
    if not 0 <= number < len(topics):
        return None
    return Link(topics[number].title, page.to(f"topics/{topics[number].id}/"))
