"""The change log of a briefing, or of the site: what changed in meaning, commit by commit. Pure.

Pages are numbered from the oldest change, so that a full page never changes again and keeps its address; the log's own
address shows the newest two of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from build_tools.model.change import LEVELS, Change, Level
from build_tools.model.history import Entry, History, Slice, paginate
from build_tools.model.site import Briefing, Site
from build_tools.pages.context import CHANGES, Context, Link, changed_claim_link
from build_tools.pages.page import Page, page_head, page_settings
from build_tools.text.encode import relative
from build_tools.text.english import format_date, plural
from build_tools.text.word_diff import Piece, diff_words

MOST_PIECES = 20  # of a word diff; beyond that both texts are shown whole
_LISTED = 60  # corrections listed at the head of the log


class ChangeView(NamedTuple):
    """One change; ``pieces`` is its word diff: kind (``same``, ``gone``, ``new``), the space before it, text."""

    record: Change
    briefing: Link | None
    claim: Link | None
    pieces: list[tuple[str, str, str]]
    undoes: str


class CommitView(NamedTuple):
    """What one commit changed, or as much of it as is on one page, by level: name, meaning, changes.

    ``more`` is True if the commit goes on on the next page.
    """

    entry: Entry
    when: str
    commit: str
    address: str
    counts: str
    published: list[str]
    levels: list[tuple[Level, str, list[ChangeView]]]
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
        title = f"What changed{f', page {number}' if number else ''}"
        yield Page(
            address=here,
            template="changelog",
            title=f"{title} · {briefing.file.title}" if briefing else f"{title} on this site",
            description="Every change of meaning since publication, with the words before and after.",
            settings=settings,
            views={
                "briefing": page_head(Context(site, briefing), "Changes") if briefing else None,
                "feed": relative(here, settings["feed"]) if "feed" in settings else None,
                "reach": describe_reach(history),
                **_read_log(site, history, entries, here, base, number),
            },
        )


def _read_log(
    site: Site, history: History, entries: Sequence[Entry], here: str, base: str, number: int
) -> dict[str, Any]:
    """Page ``number`` of the log of some entries (0: the newest two pages), as shown at the address ``here``.

    ``base`` is the address of the log; of each of its pages a view has the number, the address and whether it is here.
    """
    parts = paginate(entries)
    shown = parts[number - 1 : number] if number else parts[-2:]
    slices = [piece for part in shown for piece in part]
    corrections = [
        (change.sentence, Link(format_date(entry.day), relative(here, f"{base}{part_number}/", entry.anchor)))
        for part_number, part in enumerate(parts, 1)
        for entry, changes, _ in part
        for change in changes
        if change.correction
    ][::-1]
    return {
        "commits": [_commit_view(site, history, piece, here) for piece in _merge(slices[::-1])],
        "corrections": corrections[:_LISTED] if not number else [],
        "more_corrections": max(0, len(corrections) - _LISTED),
        "pages": [(n, relative(here, f"{base}{n}/"), n == number) for n in range(len(parts), 0, -1)],
    }


def describe_reach(history: History) -> str:
    """How far back the history goes, in a sentence; empty if it is complete."""
    parts = []
    if history.since:
        when = format_date(history.since.day)
        parts.append(f"This copy of the history begins on {when}; earlier changes are not in it.")
    if history.unread:
        parts.append(
            f"This version of the program cannot read {plural(history.unread, 'commit')}; what changed there is listed "
            "with the next commit that it can read."
        )
    return " ".join(parts)


def _merge(slices: Sequence[Slice]) -> Iterator[Slice]:
    """One slice for each commit, from slices with the newest first."""
    by_commit: dict[str, Slice] = {}
    for entry, changes, more in slices:
        if old := by_commit.get(entry.commit):
            changes, more = (*changes, *old[1]), old[2]
        by_commit[entry.commit] = (entry, changes, more)
    yield from by_commit.values()


def _commit_view(site: Site, history: History, piece: Slice, here: str) -> CommitView:
    entry, changes, more = piece
    repo = site.publication.repo_url.rstrip("/")
    counts: Counter[str] = Counter(change.level for change in changes)
    titles = {slug: outline.title for slug, outline in site.summaries.items()}
    views = [_change_view(site, history, entry, change, here) for change in changes]
    levels = [(name, what, [one for one in views if one.record.level == name]) for name, what in LEVELS.items()]
    return CommitView(
        entry=entry,
        when=f"{format_date(entry.day)}, {entry.time:%H:%M} UTC",
        commit=entry.commit[:12],
        address=f"{repo}/commit/{entry.commit}" if repo else "",
        counts=", ".join(f"{counts[level]} of {level}" for level in LEVELS if counts[level]),
        published=[f"{titles.get(slug, slug)}: {plural(len(ids), 'claim')}" for slug, ids in entry.published.items()],
        levels=[level for level in levels if level[2]],
        more=more,
    )


def _change_view(site: Site, history: History, entry: Entry, change: Change, here: str) -> ChangeView:
    reverted = history.reverted.get((entry.commit, change))
    outline = site.summaries.get(change.briefing) if here.startswith(CHANGES) else None
    pieces = diff_words(change.before, change.after)
    if len(pieces) > MOST_PIECES:
        pieces = (Piece("gone", change.before or ""), Piece("new", f" {change.after or ''}"))
    return ChangeView(
        record=change,
        briefing=Link(outline.title, relative(here, f"briefings/{outline.slug}/")) if outline else None,
        claim=changed_claim_link(site, history, change),
        pieces=[(piece.kind, " " * piece.text.startswith(" "), piece.text.lstrip(" ")) for piece in pieces],
        undoes=f"the change of {format_date(reverted.day)}" if reverted else "",
    )
