"""What the history of the briefings tells: what changed with each commit, since when a claim is stated, and what an id
was before. Pure; made of commits alone, so the same commits give the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from build_tools.model.change import Change

#: Changes on a page of a change log; a page that shows two of them stays under 10,000 elements.
MOST = 150
#: Changes that a reader of a claim is told the day of; our own wording is in the change log only.
TELLING = ("fact", "evidence")


@dataclass(frozen=True)
class Entry:
    """What one commit changed in what readers see, and the claims of the briefings that it published first."""

    commit: str
    seconds: int
    changes: tuple[Change, ...] = ()
    published: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def time(self) -> datetime:
        """When it was committed, in UTC."""
        return datetime.fromtimestamp(self.seconds, UTC)

    @property
    def anchor(self) -> str:
        """The id of its block in a change log."""
        return f"c-{self.commit[:12]}"

    @property
    def day(self) -> str:
        """The day in UTC, as 2031-03-12."""
        return self.time.date().isoformat()


@dataclass(frozen=True)
class Dates:
    """Since when a claim is stated, and when it last changed: entries, None where the history does not reach."""

    first: Entry | None
    last: Entry | None


@dataclass(frozen=True, eq=False)
class Record:
    """The published history, the oldest entry first. Each reading is one of its own: compared by identity.

    ``since`` is where a shallow clone begins (None: the history is whole). ``unread`` counts commits that this
    version of the program cannot read; what they changed is told with the next one that it can.
    """

    entries: tuple[Entry, ...] = ()
    since: Entry | None = None
    unread: int = 0

    def of(self, slug: str) -> tuple[Entry, ...]:
        """The entries of one briefing, with its own changes only."""
        return self._by_briefing.get(slug, ())

    @cached_property
    def home(self) -> dict[tuple[str, str], int]:
        """(briefing, commit) to the number of the page of that briefing's log on which the commit's block begins."""
        found: dict[tuple[str, str], int] = {}
        for slug, entries in (*self._by_briefing.items(), ("", self.entries)):
            for number, page in enumerate(sheets(entries), 1):
                for entry, _, _ in page:
                    found.setdefault((slug, entry.commit), number)
        return found

    @cached_property
    def _by_briefing(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for slug in dict.fromkeys(c.briefing for c in entry.changes if c.briefing):
                mine = tuple(c for c in entry.changes if c.briefing == slug)
                published = {slug: entry.published[slug]} if slug in entry.published else {}
                found.setdefault(slug, []).append(Entry(entry.commit, entry.seconds, mine, published))
        return {slug: tuple(entries) for slug, entries in found.items()}

    @cached_property
    def _now(self) -> dict[tuple[str, str, str], str]:
        """(briefing, subject, id) to the id that followed it."""
        return {
            (change.briefing, change.subject, change.before): change.after
            for entry in self.entries
            for change in entry.changes
            if change.kind.endswith("-id") and change.before and change.after
        }

    def now(self, briefing: str, subject: str, name: str) -> str:
        """What an id of then is today, as far as the history tells; the same where it did not change."""
        seen = {name}
        while (key := (briefing, subject, name)) in self._now and self._now[key] not in seen:
            name = self._now[key]
            seen.add(name)
        return name

    def speaker_now(self, change: Change) -> str:
        """The speaker of a change as they are called today: unnamed ones in their briefing, others everywhere."""
        return self.now("", "speaker", self.now(change.briefing, "speaker", change.speaker))

    def dates(self, slug: str, claim: str) -> Dates:
        """When a claim, by its id of today, was first stated and last changed."""
        first, last = self._dates.get((slug, claim), (None, None))
        return Dates(first, last)

    def changed(self, slug: str, claim: str) -> str:
        """The day on which a claim last changed, empty where it is as it was first published with its briefing."""
        dates = self.dates(slug, claim)
        if dates.last:
            return dates.last.day
        return dates.first.day if dates.first and slug not in dates.first.published else ""

    def told(self, slug: str, claim: str, source: str) -> str:
        """The day on which what a source says about a claim last changed, empty where it did not since the start."""
        return self._cells.get((slug, claim, source), "")

    @cached_property
    def _dates(self) -> dict[tuple[str, str], tuple[Entry | None, Entry | None]]:
        found: dict[tuple[str, str], tuple[Entry | None, Entry | None]] = {}
        for entry in self.entries:
            for slug, claims in entry.published.items():
                for name in claims:
                    found.setdefault((slug, self.now(slug, "claim", name)), (entry, None))
            for change in telling(entry.changes):
                key = (change.briefing, self.now(change.briefing, "claim", change.claim))
                if change.kind == "claim-added":
                    found[key] = (entry, None)
                elif (first := found.get(key, (None, None))[0]) is not entry:
                    found[key] = (first, entry)
        return found

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str], str]:
        found: dict[tuple[str, str, str], str] = {}
        for entry in self.entries:
            for c in telling(entry.changes):
                if c.source:
                    claim, source = (self.now(c.briefing, what, getattr(c, what)) for what in ("claim", "source"))
                    found[c.briefing, claim, source] = entry.day
        return found

    @cached_property
    def undone(self) -> dict[tuple[str, Change], Entry]:
        """Changes that put back what stood before: (commit, change) to the entry they undo."""
        last: dict[tuple[str, str, str], tuple[Entry, Change]] = {}
        found: dict[tuple[str, Change], Entry] = {}
        for entry in self.entries:
            for change in entry.changes:
                if change.first:  # locks are made anew, not put back
                    continue
                key = (change.briefing, _sort(change), self.now(change.briefing, change.subject, change.id))
                if (known := last.get(key)) and (known[1].before, known[1].after) == (change.after, change.before):
                    found[entry.commit, change] = known[0]
                last[key] = (entry, change)
        return found


Slice = tuple[Entry, tuple[Change, ...], bool]


def sheets(entries: Sequence[Entry]) -> tuple[tuple[Slice, ...], ...]:
    """The changes of some entries, the oldest first, in pages of at most MOST; a commit may go on on the next."""
    pages: list[list[Slice]] = [[]]
    room = MOST
    for entry in entries:
        rest = entry.changes
        while rest:
            if not room:
                pages.append([])
                room = MOST
            taken, rest = rest[:room], rest[room:]
            pages[-1].append((entry, taken, bool(rest)))
            room -= len(taken)
    return tuple(tuple(page) for page in pages if page)


def telling(changes: Sequence[Change]) -> Iterator[Change]:
    """Changes of fact and evidence that belong to a claim."""
    return (c for c in changes if c.claim and c.level in TELLING and c.kind != "claim-id")


def _sort(change: Change) -> str:
    """What a change is about, where one and its opposite are alike."""
    opposite = ("-added", "-removed", "-lengthened", "-cut", "-replaced")
    ending = next((end for end in opposite if change.kind.endswith(end)), "")
    more = "".join(value for key, value in change.values if key in ("field", "to"))
    return f"{change.kind.removesuffix(ending)} {more} {change.source if change.subject == 'claim' else ''}"
