"""The published history: what each commit changed in what readers see, since when a claim is stated, and which id
followed which. Made of commits alone, so the same commits give the same pages. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from synoptic.model.change import Change

#: Changes on a page of a change log; a page with two such parts stays under 10,000 elements.
CHANGES_PER_PAGE = 150
#: The levels of change that date a claim; changes of our own wording are in the change log only.
_DATING_LEVELS = ("fact", "evidence")


@dataclass(frozen=True)
class Entry:
    """What one commit changed in what readers see. ``seconds`` is its Unix time.

    ``published`` holds the briefings that it published first, each with the ids of its claims.
    """

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
    """The commits by which a claim was first stated and last changed; None if the history does not show it."""

    first: Entry | None
    last: Entry | None


#: Some changes of a commit, as they fit on one page, and whether more of them follow on the next.
Slice = tuple[Entry, tuple[Change, ...], bool]


@dataclass(frozen=True, eq=False)
class History:
    """The published history, oldest entry first. Compared by identity, since comparing entries would take long.

    ``since`` is the commit at which a shallow clone begins (None: the history is complete). ``unread`` counts commits
    that this version of the program cannot read; their changes count for the next commit that it can.
    """

    entries: tuple[Entry, ...] = ()
    since: Entry | None = None
    unread: int = 0
    by_briefing: Mapping[str, tuple[Entry, ...]] = field(init=False, repr=False)
    """Briefing's id to the entries that changed it, each with the changes of that briefing only."""
    page_numbers: Mapping[tuple[str, str], int] = field(init=False, repr=False)
    """(briefing, commit) to the page of that briefing's log on which the commit begins; "" is the log of the site."""
    reverted: Mapping[tuple[str, Change], Entry] = field(init=False, repr=False)
    """(commit, change) to the entry that the change reverts."""
    _published: Mapping[str, str] = field(init=False, repr=False)
    """Briefing's id to the day on which it was first published."""
    _new_ids: Mapping[tuple[str, str, str], str] = field(init=False, repr=False)
    _dates: Mapping[tuple[str, str], Dates] = field(init=False, repr=False)
    _cells: Mapping[tuple[str, str, str], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Build the tables; those of dates need those of ids."""
        for name, build in (
            ("by_briefing", _group_by_briefing),
            ("page_numbers", _number_pages),
            ("_published", lambda history: {slug: e.day for e in history.entries[::-1] for slug in e.published}),
            ("_new_ids", _list_new_ids),
            ("reverted", _find_reverted),
            ("_dates", _date_claims),
            ("_cells", _date_cells),
        ):
            object.__setattr__(self, name, build(self))  # the object is frozen

    def entries_of(self, slug: str) -> tuple[Entry, ...]:
        """The entries that changed a briefing, each with the changes of that briefing only."""
        return self.by_briefing.get(slug, ())

    def is_correction(self, entry: Entry, change: Change) -> bool:
        """Whether a change corrects what readers were told: none does on the day on which its briefing was first
        published, when the first edition was still being edited."""
        return change.correction and entry.day > self._published.get(change.briefing, "")

    def current_id(self, briefing: str, subject: str, name: str) -> str:
        """The id today of what once had the id ``name``, as far as the history shows."""
        seen = {name}
        while (new := self._new_ids.get((briefing, subject, name), name)) not in seen:
            name = new
            seen.add(name)
        return name

    def current_speaker(self, change: Change) -> str:
        """The id today of a change's speaker: unnamed ones are renamed in their briefing, others everywhere."""
        return self.current_id("", "speaker", self.current_id(change.briefing, "speaker", change.speaker))

    def claim_dates(self, slug: str, claim: str) -> Dates:
        """When a claim, by its id of today, was first stated and last changed."""
        return self._dates.get((slug, claim), Dates(None, None))

    def claim_changed_on(self, slug: str, claim: str) -> str:
        """The day on which a claim last changed; empty if it is as it was when its briefing was first published."""
        dates = self.claim_dates(slug, claim)
        if dates.last:
            return dates.last.day
        return dates.first.day if dates.first and slug not in dates.first.published else ""

    def cell_changed_on(self, slug: str, claim: str, source: str) -> str:
        """The day on which what a source says about a claim last changed; empty if it never did."""
        return self._cells.get((slug, claim, source), "")


def paginate(entries: Sequence[Entry]) -> tuple[tuple[Slice, ...], ...]:
    """The changes of some entries, oldest first, in pages of at most CHANGES_PER_PAGE. A commit may span pages."""
    pages: list[list[Slice]] = [[]]
    room = CHANGES_PER_PAGE
    for entry in entries:
        rest = entry.changes
        while rest:
            if not room:
                pages.append([])
                room = CHANGES_PER_PAGE
            changes, rest = rest[:room], rest[room:]
            pages[-1].append((entry, changes, bool(rest)))
            room -= len(changes)
    return tuple(tuple(page) for page in pages if page)


def _group_by_briefing(history: History) -> dict[str, tuple[Entry, ...]]:
    groups: dict[str, list[Entry]] = {}
    for entry in history.entries:
        for slug in dict.fromkeys(change.briefing for change in entry.changes if change.briefing):
            changes = tuple(change for change in entry.changes if change.briefing == slug)
            published = {slug: entry.published[slug]} if slug in entry.published else {}
            groups.setdefault(slug, []).append(Entry(entry.commit, entry.seconds, changes, published))
    return {slug: tuple(entries) for slug, entries in groups.items()}


def _number_pages(history: History) -> dict[tuple[str, str], int]:
    numbers: dict[tuple[str, str], int] = {}
    for slug, entries in (*history.by_briefing.items(), ("", history.entries)):
        for number, page in enumerate(paginate(entries), 1):
            for entry, _, _ in page:
                numbers.setdefault((slug, entry.commit), number)
    return numbers


def _list_new_ids(history: History) -> dict[tuple[str, str, str], str]:
    """(briefing, subject, id) to the id that replaced it."""
    return {
        (change.briefing, change.subject, change.before): change.after
        for entry in history.entries
        for change in entry.changes
        if change.kind.endswith("-id") and change.before and change.after
    }


def _date_claims(history: History) -> dict[tuple[str, str], Dates]:
    dates: dict[tuple[str, str], Dates] = {}
    for entry in history.entries:
        for slug, claims in entry.published.items():
            for name in claims:
                dates.setdefault((slug, history.current_id(slug, "claim", name)), Dates(entry, None))
        for change in _dating_changes(entry):
            key = (change.briefing, history.current_id(change.briefing, "claim", change.claim))
            first = dates[key].first if key in dates else None
            if change.kind == "claim-added":
                dates[key] = Dates(entry, None)
            elif first is not entry:
                dates[key] = Dates(first, entry)
    return dates


def _date_cells(history: History) -> dict[tuple[str, str, str], str]:
    def key(slug: str, claim: str, source: str) -> tuple[str, str, str]:
        return slug, history.current_id(slug, "claim", claim), history.current_id(slug, "source", source)

    changes = ((entry.day, change) for entry in history.entries for change in _dating_changes(entry) if change.source)
    return {key(change.briefing, change.claim, change.source): day for day, change in changes}


def _dating_changes(entry: Entry) -> Iterator[Change]:
    """The changes of fact and evidence that belong to a claim."""
    return (c for c in entry.changes if c.claim and c.level in _DATING_LEVELS and c.kind != "claim-id")


def _find_reverted(history: History) -> dict[tuple[str, Change], Entry]:
    last: dict[tuple[str, str, str], tuple[Entry, Change]] = {}
    reverted: dict[tuple[str, Change], Entry] = {}
    for entry in history.entries:
        for change in entry.changes:
            if change.subject == "lock":  # a lock is written again, not reverted
                continue
            key = (change.briefing, _topic_of(change), history.current_id(change.briefing, change.subject, change.id))
            if key in last:
                earlier, opposite = last[key]
                if (opposite.before, opposite.after) == (change.after, change.before):
                    reverted[entry.commit, change] = earlier
            last[key] = (entry, change)
    return reverted


def _topic_of(change: Change) -> str:
    """The same text for a change and its opposite: its kind without ``-added`` and the like, its field and target."""
    endings = ("-added", "-removed", "-lengthened", "-cut", "-replaced")
    ending = next((end for end in endings if change.kind.endswith(end)), "")
    more = "".join(value for key, value in change.values if key in ("field", "to"))
    return f"{change.kind.removesuffix(ending)} {more} {change.source if change.subject == 'claim' else ''}"
