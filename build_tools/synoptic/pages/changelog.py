"""The change log of a briefing, or of the site: what changed in meaning, edition by edition. Pure.

An edition is a day. Pages are numbered from the oldest change, so that a full page never changes again and keeps its
address; the log's own address shows the newest two of them.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from synoptic.model.change import Change
from synoptic.model.history import Entry, History, Slice, paginate
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import CHANGES, Context, Link
from synoptic.pages.editions import Group, Reader
from synoptic.pages.page import Page, choose_parts, page_head, page_settings
from synoptic.text.encode import relative
from synoptic.text.language import format_date, format_number, gettext, ngettext

_LISTED = 20  # editions with corrections at the head of the log


class Commit(NamedTuple):
    """A commit: its anchor, its short name, and its address if there is one."""

    anchor: str
    name: str
    address: str


class Part(NamedTuple):
    """What changed in one briefing: a link to it (None on its own page), whether its first edition is meant and how
    many claims it had, corrections and other changes."""

    briefing: Link | None
    published: str
    corrections: list[Group]
    others: list[Group]


class Edition(NamedTuple):
    """What changed in a day, or as much of it as is on one page; ``more`` is True if it goes on on the next page."""

    day: str
    id: str
    commits: list[Commit]
    parts: list[Part]
    more: bool


def pages(site: Site, briefing: Briefing | None = None) -> Iterator[Page]:
    """The change log of a briefing, or of the site; none without a history."""
    history = site.history
    entries = (history.entries_of(briefing.slug) if briefing else history.entries) if history else ()
    if not history or not entries:
        return
    base = f"briefings/{briefing.slug}/{CHANGES}" if briefing else CHANGES
    settings = page_settings(site, briefing)
    for number in range(len(paginate(entries)) + 1):
        here = f"{base}{number}/" if number else base
        yield Page(
            address=here,
            template="changelog",
            title=_name_page(briefing, number),
            description=gettext("Every change of meaning since publication, with the words before and after."),
            settings=settings,
            views={
                "title": gettext("What changed"),
                "briefing": page_head(Context(site, briefing), "changes") if briefing else None,
                "feed": relative(here, settings["feed"]) if "feed" in settings else None,
                "reach": describe_reach(history),
                **_read_log(site, history, entries, here, base, number),
            },
        )


def _name_page(briefing: Briefing | None, number: int) -> str:
    """The title of a page of the log of a briefing or of the site; 0 is the page of the newest changes."""
    page = format_number(number)
    if briefing:
        title = gettext("What changed, page %(number)s", number=page) if number else gettext("What changed")
        return f"{title} · {briefing.file.title}"
    if number:
        return gettext("What changed, page %(number)s on this site", number=page)
    return gettext("What changed on this site")


def _read_log(
    site: Site, history: History, entries: Sequence[Entry], here: str, base: str, number: int
) -> dict[str, Any]:
    """Page ``number`` of the log of some entries (0: the newest two pages), as shown at the address ``here``.

    ``base`` is the address of the log; of each of its pages a view has the number, the address and whether it is here.
    """
    parts = paginate(entries)
    shown = [piece for part in (parts[number - 1 : number] if number else parts[-2:]) for piece in part]
    days = [list(pieces) for _, pieces in itertools.groupby(shown, lambda piece: piece[0].day)]
    reader = Reader(site, history)
    # corrections by day, each with the first page that has some
    corrected: dict[str, tuple[int, int]] = {}
    for part_number, part in enumerate(parts, 1):
        for entry, changes, _ in part:
            if count := sum(history.is_correction(entry, change) for change in changes):
                before, first = corrected.get(entry.day, (0, part_number))
                corrected[entry.day] = before + count, first
    newest = list(corrected.items())[: -_LISTED - 1 : -1] if not number else []
    return {
        "corrected": [
            (count, Link(format_date(day), relative(here, f"{base}{first}/", f"e-{day}")))
            for day, (count, first) in newest
        ],
        "editions": [_make_edition(site, history, reader, pieces, here) for pieces in days[::-1]],
        "pages": [
            (n, relative(here, f"{base}{n}/"), n == number)
            for n in reversed(choose_parts(number or len(parts), len(parts)))
        ],
    }


def describe_reach(history: History) -> str:
    """How far back the history goes, in a sentence; empty if it is complete."""
    parts = []
    if history.since:
        when = format_date(history.since.day)
        parts.append(gettext("This copy of the history begins on %(date)s; earlier changes are not in it.", date=when))
    if history.unread:
        parts.append(
            ngettext(
                "This version of the program cannot read %(num)s commit; what changed there is listed with the next "
                "commit that it can read.",
                "This version of the program cannot read %(num)s commits; what changed there is listed with the next "
                "commit that it can read.",
                history.unread,
            )
        )
    return " ".join(parts)


def _make_edition(site: Site, history: History, reader: Reader, pieces: Sequence[Slice], here: str) -> Edition:
    """The slices of a day, oldest first, as one edition, its newest commit first."""
    repo = site.publication.repo_url.rstrip("/")
    entries = list({entry.commit: entry for entry, _, _ in pieces[::-1]}.values())
    changes = [(entry, change) for entry, slice_, _ in pieces for change in slice_]
    slugs = dict.fromkeys(change.briefing for _, change in changes)
    return Edition(
        day=format_date(entries[0].day),
        id=f"e-{entries[0].day}",
        commits=[
            Commit(entry.anchor, entry.commit[:12], f"{repo}/commit/{entry.commit}" if repo else "")
            for entry in entries
        ],
        parts=[
            _make_part(site, history, reader, [pair for pair in changes if pair[1].briefing == slug], here)
            for slug in slugs
        ],
        more=pieces[-1][2],
    )


def _make_part(
    site: Site, history: History, reader: Reader, changes: Sequence[tuple[Entry, Change]], here: str
) -> Part:
    slug = changes[0][1].briefing
    outline = site.summaries.get(slug) if here.startswith(CHANGES) else None
    published = next((entry.published[slug] for entry, _ in changes if slug in entry.published), None)
    corrections = [pair for pair in changes if history.is_correction(*pair)]
    told = ("briefing-added",) if published is not None else ()
    others = [pair for pair in changes if not history.is_correction(*pair) and pair[1].kind not in told]
    return Part(
        briefing=Link(outline.title, relative(here, f"briefings/{outline.slug}/")) if outline else None,
        published="" if published is None else ngettext("with %(num)s claim", "with %(num)s claims", len(published)),
        corrections=reader.group(corrections),
        others=reader.group(others),
    )
