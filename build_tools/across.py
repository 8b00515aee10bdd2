"""What reaches across briefings: one page for each named speaker, whatever briefings and articles carry them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.encode import relative
from build_tools.model import UNKNOWN, Briefing, Site, Speaker
from build_tools.views import Link, Page, Said, listed

INDEX = "speakers/"


@dataclass(frozen=True)
class Appearance:
    """A speaker in one briefing: every statement, the earliest article first, and which articles carry them."""

    briefing: Link
    page: Markup
    said: tuple[Said, ...]
    carried_by: str


@dataclass(frozen=True)
class Known:
    """A named speaker and where they appear."""

    speaker: Speaker
    kind: str
    href: Markup
    briefings: tuple[Appearance, ...]
    statements: int


def path_of(speaker: str) -> str:
    """The address of a speaker's page, from the site's root."""
    return f"{INDEX}{speaker}/"


def known(site: Site, here: str, only: str | None = None) -> tuple[Known, ...]:
    """Every named speaker whom a published briefing carries (or one of them), the most often quoted first.

    In: the site; the address of the page that shows it; one speaker's id.
    """
    wanted = [s for s in site.speakers if only in (None, s.id)]
    found = []
    for speaker in wanted:
        appearances = tuple(_appearances(site, speaker, here))
        if appearances:
            kind = site.vocabulary.get("speaker_kinds", speaker.kind).label
            count = sum(len(a.said) for a in appearances)
            found.append(Known(speaker, kind, relative(here, path_of(speaker.id)), appearances, count))
    return tuple(sorted(found, key=lambda k: (-k.statements, k.speaker.name)))


def _appearances(site: Site, speaker: Speaker, here: str) -> Iterable[Appearance]:
    for briefing in site.briefings:
        if briefing.draft:
            continue
        page = Page(site, briefing, here)
        said = [page.said(c, s) for c, s in briefing.statements if s.source in briefing.source]
        mine = sorted((one for one in said if one.holder_id == speaker.id), key=lambda one: _day(briefing, one))
        if mine:
            names = listed(list(dict.fromkeys(one.source.text for one in mine)))
            title = Link(briefing.file.title, page.to(""))
            yield Appearance(title, page.speaker_href(speaker.id), tuple(mine), names)


def _day(briefing: Briefing, said: Said) -> tuple[bool, str]:
    published = briefing.source[said.source_id].published
    return published == UNKNOWN, published
