"""The page People of the whole site: every named speaker of the published briefings. Pure."""

from collections.abc import Iterator

from synoptic.compare.summary import list_credited_speakers
from synoptic.model import paging
from synoptic.model.site import Site
from synoptic.pages.context import SPEAKERS, Link
from synoptic.pages.page import WIDE, Page, make_pagers, number_title
from synoptic.pages.sections import lay_out, make_section
from synoptic.pages.site_speaker import SiteSpeaker, site_speaker
from synoptic.text.encode import address
from synoptic.text.language import gettext, ngettext

MOST = 20  # briefings of a speaker that the list names


def pages(site: Site) -> Iterator[Page]:
    """The list, the speakers with most statements first; its parts if it is long."""
    description = gettext("Every named speaker of the briefings, and everything credited to them.")
    speakers = [site_speaker(site, speaker) for speaker in list_credited_speakers(site)]
    speakers.sort(key=lambda speaker: (-speaker.total, speaker.record.name))
    title = gettext("People")
    lines = [(speaker, _link_briefings(speaker)) for speaker in speakers]
    sheets = lay_out([make_section(title, "speakers", lines, lambda line: 4 + len(line[1]))])
    pagers = make_pagers(address, SPEAKERS, [sheet.contents for sheet in sheets], paging.list_path)
    for number, (sheet, pager) in enumerate(zip(sheets, pagers, strict=True), 1):
        here, heading = paging.list_path(SPEAKERS, number), number_title(title, number, len(sheets))
        yield Page(here, "site_speakers", heading, description, WIDE, {"speakers": sheet.shown[0], "pager": pager})


def _link_briefings(speaker: SiteSpeaker) -> list[Link]:
    """The pages of a speaker in briefings, ``MOST`` at most; the last link says how many more there are."""
    links = [Link(one.briefing.text, one.page) for one in speaker.appearances[:MOST]]
    more = len(speaker.appearances) - len(links)
    return [*links, Link(ngettext("%(num)s more", "%(num)s more", more), speaker.href)] if more else links
