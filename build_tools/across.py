"""What reaches across briefings: one page for each named speaker, whatever briefings and articles carry them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools.encode import address
from build_tools.model import UNKNOWN, Briefing, Outline, Site, Speaker, Statement
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


def one(site: Site, speaker: Speaker, *, whole: bool, pages: Mapping[str, Page] | None = None) -> Known:
    """A named speaker whom a published briefing carries; with ``whole`` every statement, for their own page. In, too:
    views of briefings, where there are any already."""
    outlines = [site.outlines[slug] for slug in site.held[speaker.id]]
    pages = pages or {}
    heads = [(outline.slug, _head(outline, speaker)) for outline in outlines]
    appearances = (
        _with_words(pages.get(slug) or Page(site, site.briefing[slug]), speaker, head) if whole else head
        for slug, head in heads
    )
    kind = site.vocabulary.get("speaker_kinds", speaker.kind).label
    count = sum(outline.credited[speaker.id] for outline in outlines)
    return Known(speaker, kind, address(path_of(speaker.id)), tuple(appearances), count)


def _head(outline: Outline, speaker: Speaker) -> Appearance:
    home = f"briefings/{outline.slug}/"
    page = address(f"{home}speakers/{speaker.id}/")
    return Appearance(Link(outline.title, address(home)), page, outline.credited[speaker.id])


def _with_words(page: Page, speaker: Speaker, head: Appearance) -> Appearance:
    briefing = page.briefing
    mine = sorted(briefing.held[speaker.id], key=lambda one: _day(briefing, one[1]))
    said = [page.said(c, s) for c, s in mine]
    names = listed(list(dict.fromkeys(one.source.text for one in said)))
    return replace(head, said=tuple(said), carried_by=names)


def _day(briefing: Briefing, statement: Statement) -> tuple[bool, str]:
    published = briefing.source[statement.source].published
    return published == UNKNOWN, published
