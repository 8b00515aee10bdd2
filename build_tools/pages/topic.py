"""A topic of a briefing with its claims, on as many pages as they take. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from build_tools.data import json_ld
from build_tools.model import paging
from build_tools.pages import matrix
from build_tools.pages.briefing import Link, Page, TopicView, plural
from build_tools.pages.pager import Turn, turn


class Part(NamedTuple):
    """One page of a topic: its claims there, where each has its row in the matrix, the neighbouring topics, and the
    same for programs."""

    view: TopicView
    kicker: tuple[str, ...]
    rows: dict[str, Markup]
    before: Link | None
    after: Link | None
    turn: Turn | None
    ld: dict[str, Any]


def parts(page: Page, number: int) -> Iterator[Part]:
    """The pages of a topic, by its number in the briefing from 0."""
    topics, view = page.briefing.file.topics, page.topic(number)
    name, every = topics[number].id, len(view.claims)
    claims, runs = paging.topic(page.briefing, name)
    held = [
        (paging.titled("claims", run, every), [(claim.claim, claim.id) for claim in claims[run.first : run.end]])
        for run in runs
    ]
    for part, run in enumerate(runs, 1):
        here = paging.address(f"topics/{name}/", part)
        yield Part(
            view=view._replace(claims=view.claims[run.first : run.end]),
            kicker=(f"Topic {number + 1} of {len(topics)}", plural(every, "claim")),
            rows=matrix.rows(page, name),
            before=_link(page, number - 1),
            after=_link(page, number + 1),
            turn=turn(page.to, f"topics/{name}/", part, held),
            ld=json_ld.claims(page.site, page.briefing, claims[run.first : run.end], page.base + here),
        )


def _link(page: Page, number: int) -> Link | None:
    topics = page.briefing.file.topics
    if not 0 <= number < len(topics):
        return None
    return Link(topics[number].title, page.to(f"topics/{topics[number].id}/"))
