"""The speakers' own pages: of each in a briefing, and of each named one across all briefings, whatever articles carry
them. What is too long for one page stands on several. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from build_tools.compare.statements import statements_by
from build_tools.compare.summary import crediting
from build_tools.model import paging
from build_tools.model.briefing import Briefing
from build_tools.model.records import Speaker, Statement
from build_tools.model.site import Site, Summary
from build_tools.model.values import UNKNOWN
from build_tools.pages.briefing import Link, Page, Said, SpeakerView, listed
from build_tools.pages.pager import Turn, turn
from build_tools.text.encode import address

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


class Heard(NamedTuple):
    """One page of what a speaker says in a briefing."""

    said: tuple[Said, ...]
    turn: Turn | None


def within(page: Page, speaker: SpeakerView) -> Iterator[Heard]:
    """The pages of a speaker in a briefing."""
    every = len(speaker.said)
    dealt = [run for (run,) in paging.said([every])]
    held = [(about, [(about, "")]) for about in (paging.titled("statements", run, every) for run in dealt)]
    for number, run in enumerate(dealt, 1):
        yield Heard(speaker.said[run.first : run.end], turn(page.to, f"speakers/{speaker.id}/", number, held))


def parts(known: Known) -> Iterator[tuple[Known, Turn | None]]:
    """The pages of a speaker across all briefings, each with what stands on it."""
    sizes = [len(one.said) for one in known.briefings]
    dealt = paging.said(sizes)
    held = []
    for runs in dealt:
        titles = [paging.titled(known.briefings[run.group].briefing.text, run, sizes[run.group]) for run in runs]
        about = f"{titles[0]} to {titles[-1]}" if len(titles) > 1 else titles[0]
        held.append((about, [(title, f"briefing-{n}") for n, title in enumerate(titles, 1)]))
    for number, runs in enumerate(dealt, 1):
        mine = (replace(known.briefings[r.group], said=known.briefings[r.group].said[r.first : r.end]) for r in runs)
        yield replace(known, briefings=tuple(mine)), turn(address, path_of(known.speaker.id), number, held)


def path_of(speaker: str) -> str:
    """The address of a speaker's page, from the site's root."""
    return f"{INDEX}{speaker}/"


def one(site: Site, speaker: Speaker, *, whole: bool, pages: Mapping[str, Page] | None = None) -> Known:
    """A named speaker whom a published briefing carries; with ``whole`` every statement, for their own page. In, too:
    views of briefings, where there are any already."""
    outlines = [site.summaries[slug] for slug in crediting(site, speaker.id)]
    pages = pages or {}
    heads = [(outline.slug, _head(outline, speaker)) for outline in outlines]
    appearances = (
        _with_words(pages.get(slug) or Page(site, site.briefing[slug]), speaker, head) if whole else head
        for slug, head in heads
    )
    kind = site.vocabulary.get("speaker_kinds", speaker.kind).label
    count = sum(outline.credited[speaker.id] for outline in outlines)
    return Known(speaker, kind, address(path_of(speaker.id)), tuple(appearances), count)


def _head(outline: Summary, speaker: Speaker) -> Appearance:
    home = f"briefings/{outline.slug}/"
    page = address(f"{home}speakers/{speaker.id}/")
    return Appearance(Link(outline.title, address(home)), page, outline.credited[speaker.id])


def _with_words(page: Page, speaker: Speaker, head: Appearance) -> Appearance:
    briefing = page.briefing
    mine = sorted(statements_by(briefing, speaker.id), key=lambda one: _day(briefing, one[1]))
    said = [page.said(c, s) for c, s in mine]
    names = listed(list(dict.fromkeys(one.source.text for one in said)))
    return replace(head, said=tuple(said), carried_by=names)


def _day(briefing: Briefing, statement: Statement) -> tuple[bool, str]:
    published = briefing.source[statement.source].published
    return published == UNKNOWN, published
