"""The change log: what changed in meaning, commit by commit, for a briefing and for the site. Pure.

Pages are numbered from the oldest change, so that a full page never changes again and keeps its address; the first
page one meets shows the newest two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.compare.ids import Moved, moved
from build_tools.model.change import LEVELS, Change, Level, Piece, words
from build_tools.model.history import Entry, Record, Slice, sheets
from build_tools.model.site import Site
from build_tools.pages.briefing import Link, Page, day, plural
from build_tools.text.encode import name, relative

INDEX = "changes/"
MOST_PIECES = 20  # of a word diff; beyond that both texts are shown whole
_LISTED = 60  # corrections listed at the head of the log


@dataclass(frozen=True)
class Told:
    """One change as a page shows it."""

    correction: bool
    parts: tuple[tuple[str, bool], ...]
    briefing: Link | None
    claim: Link | None
    about: str
    pieces: tuple[tuple[str, str, str], ...]
    undoes: str


@dataclass(frozen=True)
class Block:
    """What one commit changed, or as much of it as stands on one page, by level."""

    id: Markup
    when: str
    commit: str
    address: str
    counts: str
    published: tuple[str, ...]
    levels: tuple[tuple[Level, str, tuple[Told, ...]], ...]
    more: bool


@dataclass(frozen=True)
class Log:
    """One page of a change log."""

    blocks: tuple[Block, ...]
    total: int
    corrections: tuple[tuple[str, Link], ...]
    more_corrections: int
    reach: str
    pages: tuple[tuple[str, Markup, bool], ...]


def log(site: Site, record: Record, entries: Sequence[Entry], here: str, base: str, number: int = 0) -> Log:
    """A page of the log of some entries.

    In: the address of the page that shows it; the address of the log; the number of the page (0: the newest two).
    """
    pages = sheets(entries)
    shown = pages[number - 1 : number] if number else pages[-2:]
    blocks = _merged(list(reversed([one for page in shown for one in page])))
    fixed = [
        (plain, Link(day(entry.day), relative(here, f"{base}{home}/", entry.anchor)))
        for home, page in enumerate(pages, 1)
        for entry, taken, _ in page
        for plain in (c.sentence for c in taken if c.correction)
    ][::-1]
    return Log(
        blocks=tuple(_block(site, record, one, here) for one in blocks),
        total=sum(len(entry.changes) for entry in entries),
        corrections=tuple(fixed[:_LISTED]) if not number else (),
        more_corrections=max(0, len(fixed) - _LISTED),
        reach=reach(record),
        pages=tuple((str(n), relative(here, f"{base}{n}/"), n == number) for n in range(len(pages), 0, -1)),
    )


def reach(record: Record) -> str:
    """How far back the history goes, in a sentence; empty where it is whole."""
    parts = []
    if record.since:
        when = day(record.since.day)
        parts.append(f"This copy of the repository begins on {when}; what changed before is not in it.")
    if record.unread:
        parts.append(
            f"{plural(record.unread, 'commit')} cannot be read by this version of the program; what they changed is "
            "told with the next that can."
        )
    return " ".join(parts)


def _merged(slices: Sequence[Slice]) -> Iterator[Slice]:
    """Neighbours of one commit as one, the newest first."""
    known: dict[str, Slice] = {}
    for entry, taken, more in slices:
        if old := known.get(entry.commit):
            known[entry.commit] = (entry, (*taken, *old[1]), old[2])
        else:
            known[entry.commit] = (entry, taken, more)
    yield from known.values()


def _block(site: Site, record: Record, one: Slice, here: str) -> Block:
    entry, taken, more = one
    repo = site.publication.repo_url.rstrip("/")
    levels: Counter[str] = Counter(change.level for change in taken)
    titles = {slug: outline.title for slug, outline in site.summaries.items()}
    return Block(
        id=name(entry.anchor),
        when=f"{day(entry.day)}, {entry.time:%H:%M} UTC",
        commit=entry.commit[:12],
        address=f"{repo}/commit/{entry.commit}" if repo else "",
        counts=", ".join(f"{levels[level]} of {level}" for level in LEVELS if levels[level]),
        published=tuple(
            f"{titles.get(slug, slug)}: {plural(len(claims), 'claim')}" for slug, claims in entry.published.items()
        ),
        levels=tuple(
            (level, what, tuple(_told(site, record, entry, c, here) for c in taken if c.level == level))
            for level, what in LEVELS.items()
            if levels[level]
        ),
        more=more,
    )


def _told(site: Site, record: Record, entry: Entry, change: Change, here: str) -> Told:
    undone = record.undone.get((entry.commit, change))
    pieces = words(change.before, change.after)
    if len(pieces) > MOST_PIECES:
        whole = (("gone", change.before or ""), ("new", change.after or ""))
        pieces = tuple(Piece(kind, text if kind == "gone" else f" {text}") for kind, text in whole)  # type: ignore[arg-type]
    return Told(
        correction=change.correction,
        parts=change.parts,
        briefing=briefing_link(site, change.briefing, here) if here.startswith(INDEX) else None,
        claim=claim_link(site, record, change),
        about=change.about,
        pieces=tuple((p.kind, " " * p.text.startswith(" "), p.text.lstrip(" ")) for p in pieces),
        undoes=f"the change of {day(undone.day)}" if undone else "",
    )


def briefing_link(site: Site, slug: str, here: str) -> Link | None:
    """A briefing that is there today."""
    found = site.summaries.get(slug)
    return Link(found.title, relative(here, f"briefings/{slug}/")) if found else None


def claim_link(site: Site, record: Record, change: Change) -> Link | None:
    """The claim that a change belongs to, where it stands today; its words of today, unless they are told anyway."""
    briefing = site.briefing.get(change.briefing)
    claim = briefing.claim.get(record.now(change.briefing, "claim", change.claim)) if briefing else None
    if briefing is None or claim is None:
        return None
    return Link(claim.claim, Page(site, briefing).claim_href(claim))


@dataclass(frozen=True)
class Explained:
    """What became of something that was published and is no more."""

    id: Markup
    what: str
    old: str
    renamed: bool
    why: str
    link: Link | None


def explained(page: Page, only: Moved | None = None) -> tuple[Explained, ...]:
    """What became of every published id that is no more (or of one), the kinds of thing in order."""
    return tuple(
        Explained(name(one.anchor), one.subject, one.old, bool(one.now), one.why, _instead(page, one))
        for one in ((only,) if only else moved(page.briefing, page.site))
    )


def _instead(page: Page, one: Moved) -> Link | None:
    """Where to look now."""
    if "/" in one.to:
        far = page.site.claim_of(one.to)
        return Link(far[1].claim, Page(page.site, far[0]).claim_href(far[1])) if far else None
    found = dict(_bearers(page, one.now or one.to))
    return found.get(one.subject) or next(iter(found.values()), None)


def _bearers(page: Page, wanted: str) -> Iterator[tuple[str, Link]]:
    """Everything that bears an id today: what it is, and where it stands."""
    briefing = page.briefing
    if claim := briefing.claim.get(wanted):
        yield "claim", Link(claim.claim, page.claim_href(claim))
    for home, statement in briefing.statements:
        if statement.id == wanted:
            yield "statement", Link(statement.quote, page.statement_href(home, wanted))
    if source := briefing.source.get(wanted):
        yield "source", page.source_link(source)
    for topic in briefing.file.topics:
        if topic.id == wanted:
            yield "topic", Link(topic.title, page.to(f"topics/{wanted}/"))
    if speaker := page.speakers.get(wanted):
        yield "speaker", Link(speaker.name, page.speaker_href(wanted))
