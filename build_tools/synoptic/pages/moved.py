"""The page at a speaker's old address, which leads to the new one. Pure."""

from collections.abc import Iterator

from synoptic.compare.summary import list_credited_speakers
from synoptic.model.site import Site
from synoptic.pages.context import speaker_path
from synoptic.pages.page import WIDE, Page
from synoptic.text.encode import address
from synoptic.text.language import gettext


def pages(site: Site) -> Iterator[Page]:
    """A page for each former id of a named speaker whom a published briefing carries."""
    for speaker in list_credited_speakers(site):
        for old in speaker.was:
            views = {"old": old, "name": speaker.name, "href": address(speaker_path(speaker.id))}
            yield Page(speaker_path(old), "moved", speaker.name, gettext("Moved."), WIDE, views)
