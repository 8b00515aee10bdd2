"""The page People of the whole site: every named speaker of the published briefings. Pure."""

from synoptic.compare.summary import list_credited_speakers
from synoptic.model.site import Site
from synoptic.pages.context import SPEAKERS
from synoptic.pages.page import WIDE, Page
from synoptic.pages.site_speaker import site_speaker
from synoptic.text.language import gettext


def page(site: Site) -> Page:
    """The list, the speakers with most statements first."""
    description = gettext("Every named speaker of the briefings, and everything credited to them.")
    speakers = [site_speaker(site, speaker) for speaker in list_credited_speakers(site)]
    speakers.sort(key=lambda speaker: (-speaker.total, speaker.record.name))
    return Page(SPEAKERS, "site_speakers", gettext("People"), description, WIDE, {"speakers": speakers})
