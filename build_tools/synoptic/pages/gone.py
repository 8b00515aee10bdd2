"""The page of what moved or is gone, and the pages at old addresses: what became of every published id. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from synoptic.compare.ids import Moved, explain_unused
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, briefing_page, split_pages
from synoptic.pages.sections import lay_out, make_section
from synoptic.text.language import gettext, gettext_noop

#: The folders in which something has a page of its own. Claims and statements are parts of pages.
FOLDERS = {"source": ("sources", "receipts"), "topic": ("topics",), "speaker": ("speakers",)}


#: What became of an id, by what it was.
NOW = {
    "claim": gettext_noop("This claim has a new address"),
    "statement": gettext_noop("This statement has a new address"),
    "source": gettext_noop("This source has a new address"),
    "topic": gettext_noop("This topic has a new address"),
    "speaker": gettext_noop("This speaker has a new address"),
}
REMOVED = {
    "claim": gettext_noop("A claim was removed"),
    "statement": gettext_noop("A statement was removed"),
    "source": gettext_noop("A source was removed"),
    "topic": gettext_noop("A topic was removed"),
    "speaker": gettext_noop("A speaker was removed"),
}


def pages(context: Context) -> Iterator[Page]:
    """The list of all of them, and a page at each address that something had."""
    items = [(item, _find_successor(context, item)) for item in explain_unused(context.briefing, context.site)]
    if items:
        title = gettext("Moved and removed")
        sheets = lay_out([make_section(title, "gone", items, lambda _: 5)])
        contents = [sheet.contents for sheet in sheets]
        views = (_view(context, sheet.shown[0] or (), title, alone=False) for sheet in sheets)
        yield from split_pages(context, "gone/", "gone", "gone", title, contents, views)
    for item, link in items:
        for folder in FOLDERS.get(item.subject, ()):
            title = gettext("Moved") if item.now else gettext("Removed")
            alone = _view(context, [(item, link)], title, alone=True)
            yield briefing_page(context, f"{folder}/{item.old}/", "gone", "gone", title, pager=None, **alone)


def _view(context: Context, items: Sequence[tuple[Moved, Link | None]], title: str, *, alone: bool) -> dict[str, Any]:
    """The views of a page of some of them, each with where to look now."""
    listed = [
        (item, gettext((NOW if item.now else REMOVED)[item.subject]), _old_address(context, item), link)
        for item, link in items
    ]
    return {"items": listed, "title": title, "alone": alone}


def _old_address(context: Context, item: Moved) -> str:
    """Where it was published, from the site's root; what was part of a page is named by its anchor."""
    if item.subject == "claim":
        return f"c/{context.briefing.slug}/{item.old}/"
    if folders := FOLDERS.get(item.subject):
        return f"{context.base}{folders[0]}/{item.old}/"
    return f"#s-{item.old}" if item.subject == "statement" else f"#{item.old}"


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
            yield "statement", Link(statement.quote, context.claim_address(claim, wanted))
    if source := briefing.source.get(wanted):
        yield "source", context.source_link(source)
    yield from (("topic", context.topic_link(topic)) for topic in briefing.file.topics if topic.id == wanted)
    if speaker := context.speakers.get(wanted):
        yield "speaker", Link(speaker.name, context.speaker_address(wanted))
