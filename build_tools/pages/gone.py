"""The page of what moved or is gone, and the pages at old addresses: what became of every published id. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.compare.ids import Moved, explain_unused
from build_tools.pages.context import Context
from build_tools.pages.page import Page, briefing_page
from build_tools.pages.views import Link
from build_tools.text.encode import name

TITLE = "Moved and removed"
#: The folders in which something has a page of its own. Claims and statements are parts of pages.
FOLDERS = {"source": ("sources", "receipts"), "topic": ("topics",), "speaker": ("speakers",)}


@dataclass(frozen=True)
class Gone:
    """What became of something that was published; ``link`` is where to look now."""

    id: Markup
    subject: str
    old: str
    renamed: bool
    why: str
    link: Link | None


def pages(context: Context) -> Iterator[Page]:
    """The list of all of them, and a page at each address that something had."""
    items = explain_unused(context.briefing, context.site)
    if items:
        yield _page(context, "gone/", TITLE, items, alone=False)
    for item in items:
        for folder in FOLDERS.get(item.subject, ()):
            yield _page(context, f"{folder}/{item.old}/", "Moved" if item.now else "Removed", [item], alone=True)


def _page(context: Context, path: str, title: str, items: Iterable[Moved], *, alone: bool) -> Page:
    views = [explain(context, item) for item in items]
    return briefing_page(context, path, "gone", "", title, items=views, title=title, alone=alone)


def explain(context: Context, item: Moved) -> Gone:
    """What became of one id."""
    return Gone(name(item.anchor), item.subject, item.old, bool(item.now), item.why, _find_successor(context, item))


def _find_successor(context: Context, item: Moved) -> Link | None:
    """Where to look now; something of the same kind is preferred."""
    if "/" in item.to:
        far = context.site.claim_of(item.to)
        return Context(context.site, far[0]).claim_link(far[1]) if far else None
    links = dict(_find_by_id(context, item.now or item.to))
    return links.get(item.subject) or next(iter(links.values()), None)


def _find_by_id(context: Context, wanted: str) -> Iterator[tuple[str, Link]]:
    """Everything that has an id today: what it is, and where it is shown."""
    briefing = context.briefing
    if claim := briefing.claim.get(wanted):
        yield "claim", context.claim_link(claim)
    for claim, statement in briefing.statements:
        if statement.id == wanted:
            yield "statement", Link(statement.quote, context.statement_address(claim, wanted))
    if source := briefing.source.get(wanted):
        yield "source", context.source_link(source)
    for topic in briefing.file.topics:
        if topic.id == wanted:
            yield "topic", Link(topic.title, context.address(f"topics/{wanted}/"))
    if speaker := context.speakers.get(wanted):
        yield "speaker", Link(speaker.name, context.speaker_address(wanted))
