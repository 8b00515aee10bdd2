"""Pagination of what is too long for one page: which things are on which part. Pure."""

import functools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.text.language import gettext

#: HTML elements of the growing part of a page: with head, filters and theme the page stays under 10,000. What is larger
#: is split into parts of at most a third of that, which open as fast as a bare table of 500 claims by 20 sources.
MOST = 9_000
#: Elements, at most: of a claim on its topic's page; of each of its statements, relations and replies; of each figure
#: or event of a statement; of the heading of a group of statements on a speaker's page; of a claim about a speaker.
CLAIM, STATEMENT, RELATION, REPLY, DETAIL, GROUP, ABOUT = 52, 20, 4, 7, 4, 6, 7
#: Elements of a receipt, and of an article's reply to a topic's question, at most.
RECEIPT, ANSWER = 70, 16
#: Parts, and things on them, of which each part links all.
LISTED = 100


class Run(NamedTuple):
    """Neighbouring things of one group on one page: the group's number, the first thing, and the one after the last."""

    group: int
    first: int
    end: int


def distribute(groups: Sequence[Sequence[int]], head: int = 0) -> tuple[tuple[Run, ...], ...]:
    """Distribute groups of things over as few pages as possible, in order; split only a group too big for one page.

    ``groups`` has the elements of each thing, the first with those of its group's heading; ``head`` counts the elements
    that every page has. ``[[20], [50, 50]]`` fits on one page: ``((Run(0, 0, 1), Run(1, 0, 2)),)``.
    """
    pages: list[list[Run]] = [[]]
    most = MOST - head if head + sum(map(sum, groups)) <= MOST else MOST // 3 - head
    room = most
    for number, sizes in enumerate(groups):
        if sum(sizes) > room and room < most:
            pages.append([])
            room = most
        first = end = 0
        for size in sizes:
            if size > room and room < most:
                if end > first:
                    pages[-1].append(Run(number, first, end))
                pages.append([])
                first, room = end, most
            end, room = end + 1, room - size
        pages[-1].append(Run(number, first, end))
    return tuple(map(tuple, pages))


def distribute_statements(counts: Sequence[int]) -> tuple[tuple[Run, ...], ...]:
    """Distribute groups of ``counts`` statements over the pages of a speaker."""
    return distribute([_list_sizes(STATEMENT, count) for count in counts])


def distribute_speaker(statements: int, about: int) -> tuple[tuple[Run, ...], ...]:
    """Distribute a speaker's statements (group 0) and the claims about them (group 1, if there are any) over pages."""
    return distribute([_list_sizes(STATEMENT, statements), *([_list_sizes(ABOUT, about)] if about else [])])


def _list_sizes(size: int, count: int) -> list[int]:
    """The elements of each of ``count`` things, the first with the heading of their group."""
    return [size + GROUP * (number == 0) for number in range(count)]


def part_path(base: str, number: int) -> str:
    """The path of a part: the first is at ``base`` itself."""
    return base if number == 1 else f"{base}{number}/"


def list_path(base: str, number: int) -> str:
    """The path of a part of a list below which things have pages of their own: no id has a dot."""
    return base if number == 1 else f"{base}page.{number}/"


def run_title(title: str, run: Run, size: int) -> str:
    """``Cost (1 to 5 of 12)``: a group's title, with what is on the page if that is not all of the group."""
    if run.end - run.first == size:
        return title
    # For translators: a title, and the numbers of what is on this page: "Cost (1 to 5 of 12)".
    return gettext(
        "%(title)s (%(first)s to %(last)s of %(total)s)", title=title, first=run.first + 1, last=run.end, total=size
    )


class TopicLayout(NamedTuple):
    """The claims of a topic, and the run of them on each of its pages."""

    claims: tuple[Claim, ...]
    runs: tuple[Run, ...]


def lay_out_topic(briefing: Briefing, topic: str) -> TopicLayout:
    """The pages of a topic, by its id. Relations from other briefings are not counted: there are few."""
    return _lay_out(_Identity(briefing)).get(topic) or TopicLayout((), (Run(0, 0, 0),))


def claim_paths(briefing: Briefing) -> dict[str, str]:
    """Claim id to the page that shows the claim with its statements, below the briefing's own address."""
    return {
        claim.id: part_path(f"topics/{topic}/", number)
        for topic, (claims, runs) in _lay_out(_Identity(briefing)).items()
        for number, run in enumerate(runs, 1)
        for claim in claims[run.first : run.end]
    }


def receipt_parts(briefing: Briefing) -> dict[str, int]:
    """Statement id to the part of its source's receipts that has its own, if that is not the first. Receipts are in the
    order of the text."""
    parts: dict[str, int] = {}
    for carried in briefing.carried.values():
        layout = distribute([[RECEIPT] * len(carried)])
        if len(layout) > 1:
            ranked = sorted((rank_receipt(briefing, statement) for _, statement in carried))
            for number, ((_, first, end),) in enumerate(layout[1:], 2):
                parts |= {name: number for _, name in ranked[first:end]}
    return parts


def rank_receipt(briefing: Briefing, statement: Statement) -> tuple[int, str]:
    """Where the receipt of a statement stands among those of its source: by its first word there, then by its id."""
    entry = briefing.locked(statement)
    return (entry.words[0][0] if entry else 0), statement.id


def clear_cache() -> None:
    """Forget all layouts; for tests that change the limits."""
    _lay_out.cache_clear()


class _Identity:
    """A briefing as a key of a cache: compared by identity, since its hash would read all of it."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing

    def __hash__(self) -> int:
        return id(self.briefing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.briefing is self.briefing


@functools.lru_cache(maxsize=16)  # a change log asks for each of its entries
def _lay_out(key: _Identity) -> dict[str, TopicLayout]:
    """Topic id to the layout of the topic."""
    briefing = key.briefing
    by_topic: dict[str, list[Claim]] = {}
    for claim in briefing.claims:
        by_topic.setdefault(claim.topic, []).append(claim)
    details = Counter(name for item in (*briefing.figures, *briefing.events) for name in item.statements)
    incoming = Counter(r.to for claim in briefing.claims for r in claim.relations if r.to != claim.id)

    def count_elements(claim: Claim) -> int:
        relations = len(claim.relations) + incoming[claim.id]
        statements = sum(STATEMENT + len(s.was) + DETAIL * details[s.id] for s in claim.statements)
        return CLAIM + 2 * len(briefing.sources) + statements + RELATION * relations + REPLY * len(claim.replies)

    layouts = {}
    for topic, claims in by_topic.items():
        sizes = list(map(count_elements, claims))
        sizes[0] += ANSWER * sum(len(claim.statements) for claim in claims if claim.answer)
        layouts[topic] = TopicLayout(tuple(claims), tuple(run for (run,) in distribute([sizes])))
    return layouts
