"""Rules: the addresses that tie speakers and sources to the world outside. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import report_shared_identities
from synoptic.model.addresses import read_archive_day
from synoptic.model.site import Briefing, Site


def same_as(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An address in `same_as` belongs to one speaker, and an unnamed speaker has none."""
    own = [speaker for source in briefing.sources for speaker in source.speakers]
    for speaker in own:
        if speaker.kind == "unnamed" and speaker.same_as:
            message = f'"{speaker.id}" is unnamed, and "{speaker.same_as[0]}" names them'
            yield Problem(speaker.place.at("same_as"), message, "remove it, or make it a named speaker")
    yield from report_shared_identities(own, site.speakers)


def archived(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A saved copy (`archive`) has a day: the one in its address, else `archived`."""
    for source in briefing.sources:
        if source.archive is None:
            if source.archived is not None:
                message = f'"{source.id}" has a day on which it was saved, but no saved copy'
                yield Problem(source.place.at("archived"), message, "add archive: with the address of the copy")
            continue
        day = read_archive_day(source.archive)
        if day == "":
            message = f'the address "{source.archive}" states a day that does not exist'
            yield Problem(source.place.at("archive"), message, "copy it from the archive again")
        elif day is None and source.archived is None:
            message = f'it is not said on which day "{source.id}" was saved'
            tip = "add archived: with the day that the archive shows, as 2031-05-17"
            yield Problem(source.place.at("archive"), message, tip, level="warning")
        elif day and source.archived not in (None, day):
            message = f'"{source.id}" was saved on {day}, as its address says, and not on {source.archived}'
            yield Problem(source.place.at("archived"), message, "remove archived: the address says the day")
