"""What reaches across briefings: one page for each named speaker, whatever briefings and articles carry them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools.encode import address
from build_tools.model import UNKNOWN, Briefing, Claim, Site, Speaker, Statement
from build_tools.views import Link, Page, Said, listed

INDEX = "speakers/"


@dataclass(frozen=True)
class Appearance:
    """A speaker in one briefing: their page there, how many statements; on their own page also each of them, the
    earliest article first, and which articles carry them."""

    briefing: Link
    page: Markup
    count: int
    said: tuple[Said, ...] = ()
    carried_by: str = ""


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


def one(site: Site, speaker: Speaker, *, whole: bool) -> Known:
    """A named speaker whom a published briefing carries; with ``whole`` every statement, for their own page."""
    held = site.held[speaker.id]
    by: dict[str, list[tuple[Claim, Statement]]] = {}
    for briefing, claim, statement in held:
        by.setdefault(briefing.slug, []).append((claim, statement))
    briefings = {briefing.slug: briefing for briefing, _, _ in held}
    appearances = tuple(_appearance(Page(site, briefings[slug]), speaker, by[slug], whole=whole) for slug in by)
    kind = site.vocabulary.get("speaker_kinds", speaker.kind).label
    return Known(speaker, kind, address(path_of(speaker.id)), appearances, len(held))


def _appearance(page: Page, speaker: Speaker, mine: list[tuple[Claim, Statement]], *, whole: bool) -> Appearance:
    briefing = page.briefing
    head = Appearance(Link(briefing.file.title, page.to("")), page.speaker_href(speaker.id), len(mine))
    if not whole:
        return head
    said = [page.said(c, s) for c, s in sorted(mine, key=lambda one: _day(briefing, one[1]))]
    names = listed(list(dict.fromkeys(one.source.text for one in said)))
    return replace(head, said=tuple(said), carried_by=names)


def _day(briefing: Briefing, statement: Statement) -> tuple[bool, str]:
    published = briefing.source[statement.source].published
    return published == UNKNOWN, published
