"""The page Speakers: everyone to whom an article of the briefing credits something. Pure."""

from collections.abc import Iterator

from synoptic.model import paging
from synoptic.pages.context import SPEAKERS, Context
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import lay_out, make_section
from synoptic.pages.speaker import SpeakerView, speaker_views
from synoptic.text.language import gettext, pgettext


def pages(context: Context) -> Iterator[Page]:
    """The page Speakers; each group has a title, an anchor and its speakers."""
    views = speaker_views(context)
    groups = [
        (pgettext("people", "Named"), "named", [view for view in views if not view.unnamed]),
        (pgettext("people", "Unnamed or not shown"), "unnamed", [view for view in views if view.unnamed]),
    ]
    sheets = lay_out([make_section(*group, _count_elements) for group in groups])
    title = gettext("People")
    shown = (
        [(*group[:2], mine) for group, mine in zip(groups, sheet.shown, strict=True) if mine is not None]
        for sheet in sheets
    )
    contents, all_ = [sheet.contents for sheet in sheets], ({"groups": mine, "title": title} for mine in shown)
    yield from split_pages(context, SPEAKERS, "speakers", "speakers", title, contents, all_, paging.list_path)


def _count_elements(view: SpeakerView) -> int:
    """HTML elements of a speaker on the page, at most."""
    if not view.lead:
        return 4
    return 8 + len(view.lead.pieces) + 3 * bool(view.lead.record.translation)
