"""The page Speakers: everyone to whom an article of the briefing credits something. Pure."""

from collections.abc import Iterator

from synoptic.pages.context import Context
from synoptic.pages.page import Page, briefing_page
from synoptic.pages.speaker import speaker_views
from synoptic.text.language import gettext, pgettext


def pages(context: Context) -> Iterator[Page]:
    """The page Speakers; each group has a title, an anchor and its speakers."""
    views = speaker_views(context)
    groups = [
        (pgettext("people", "Named"), "named", [view for view in views if not view.unnamed]),
        (pgettext("people", "Unnamed or not shown"), "unnamed", [view for view in views if view.unnamed]),
    ]
    title = gettext("People")
    yield briefing_page(context, "speakers/", "speakers", "speakers", title, groups=groups, title=title)
