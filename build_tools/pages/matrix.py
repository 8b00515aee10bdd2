"""Both matrices: rows of claims, columns of sources or of speakers, and what a reader may filter them by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from build_tools.model import paging
from build_tools.model.records import Claim
from build_tools.pages.briefing import ClaimView, Link, Page, Said, once
from build_tools.pages.pager import Turn, turn
from build_tools.text.encode import slug

OWN, UNNAMED = "own-voice", "unnamed"
#: Where each matrix begins, by its columns.
BASES = {"source": "matrix/", "speaker": "matrix/speakers/"}
#: Elements of a topic's heading; of a row beside its cells; of a mark; of a column in head, filters and comparison.
HEADING, ROW, MARK, COLUMN = 4, 4, 3, 8


class Mark(NamedTuple):
    """A statement in a cell: its stance, whose words or whose article it is, and where its words stand."""

    stance: str
    symbol: str
    css: Markup
    word: str
    by: str
    by_name: str
    href: Markup


class Cell(NamedTuple):
    """A cell: its marks, or the silence of a source that has none."""

    name: str
    marks: tuple[Mark, ...]
    silence: tuple[Markup, str, str] | None = None
    changed: str = ""


class Row(NamedTuple):
    """A claim and its cells, one a column."""

    claim: ClaimView
    cells: tuple[Cell, ...]


Topic = tuple[str, Link, tuple[Row, ...]]
"""A topic's id and name, and its rows."""


class Held(NamedTuple):
    """What one page holds of a topic: all its rows or a run of them, the title that says so, the ids of the claims."""

    run: paging.Run
    topic: str
    title: str
    claims: tuple[str, ...]


class Column(NamedTuple):
    """A source, a named speaker, or all the unnamed, who share a column but not an identity."""

    id: str
    name: str
    small: str
    href: Markup | None


class Filter(NamedTuple):
    """A list of values by which rows are chosen, each with its label; ``name`` is its key in the address."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


class Whole(NamedTuple):
    """A matrix, however many pages it takes; ``voices`` is what the choice of those who speak is called."""

    by: str
    many: str
    voices: str
    columns: tuple[Column, ...]
    topics: tuple[Topic, ...]


class Matrix(NamedTuple):
    """A matrix, or a part of it, as one page shows it."""

    by: str
    many: str
    columns: tuple[Column, ...]
    span: int
    topics: tuple[Topic, ...]
    filters: tuple[Filter, ...]
    total: int
    other: Markup
    turn: Turn | None


def parts(page: Page, by: str) -> Iterator[Matrix]:
    """The pages of a matrix, each with as many whole topics as it holds."""
    for number in range(1, len(_layout(page, by)) + 1):
        yield _part(page, by, number)


def _part(page: Page, by: str, number: int) -> Matrix:
    whole, layout = _whole(page, by), _layout(page, by)
    topics = tuple(
        (name, link, rows[one.run.first : one.run.end])
        for one in layout[number - 1]
        for name, link, rows in [whole.topics[one.run.group]]
    )
    held = []
    for page_holds in layout:
        titles = [one.title for one in page_holds]
        about = f"topics {titles[0]} to {titles[-1]}" if len(titles) > 1 else f"topic {''.join(titles)}"
        held.append((about, [(one.title, f"topic-{one.topic}") for one in page_holds]))
    return Matrix(
        by=by,
        many=whole.many,
        columns=whole.columns,
        span=len(whole.columns) + 1,
        topics=topics,
        filters=_filters(page, whole, topics),
        total=sum(len(rows) for _, _, rows in topics),
        other=_other(page, by, topics),
        turn=turn(page.to, BASES[by], number, held),
    )


def rows(page: Page, topic: str) -> dict[str, Markup]:
    """Where the rows of a topic's claims are in the matrix by source, by claim."""
    layout = enumerate(_layout(page, "source"), 1)
    home = {name: number for number, held in layout for one in held for name in one.claims}
    mine = (claim.id for claim in page.briefing.claims if claim.topic == topic)
    return {name: page.to(paging.address(BASES["source"], home.get(name, 1)), f"row-{name}") for name in mine}


def _other(page: Page, by: str, topics: Sequence[Topic]) -> Markup:
    """The other matrix, at the part in which the first of some topics begins."""
    other = "speaker" if by == "source" else "source"
    first = topics[0][0] if topics else ""
    layout = enumerate(_layout(page, other), 1)
    number = next((n for n, held in layout if any(one.topic == first for one in held)), 1)
    return page.to(paging.address(BASES[other], number))


@once
def _layout(page: Page, by: str) -> tuple[tuple[Held, ...], ...]:
    """What stands on which page of a matrix."""
    whole = _whole(page, by)
    sizes = [[_elements(row) + (HEADING if row is rows[0] else 0) for row in rows] for _, _, rows in whole.topics]
    pages = paging.dealt(sizes, COLUMN * len(whole.columns))
    return tuple(tuple(_held(whole.topics[run.group], run) for run in runs) for runs in pages)


def _held(topic: Topic, run: paging.Run) -> Held:
    name, link, rows = topic
    title = paging.titled(link.text, run, len(rows))
    return Held(run, name, title, tuple(row.claim.id for row in rows[run.first : run.end]))


def _elements(row: Row) -> int:
    return ROW + sum(1 + (MARK * len(cell.marks) or bool(cell.silence)) for cell in row.cells)


@once
def _whole(page: Page, by: str) -> Whole:
    return _by_source(page) if by == "source" else _by_speaker(page)


def _by_source(page: Page) -> Whole:
    """One row a claim, one column a source; a source without a statement shows what kind of silence it is."""
    sources = page.briefing.sources

    def mark(one: Said) -> Mark:
        who = one.block if one.own_voice else "unnamed" if one.unnamed else one.holder
        voice = (OWN, "the article itself") if one.own_voice else (one.holder_id, one.holder)
        return _mark(one, who, *((UNNAMED, "anyone unnamed") if one.unnamed else voice))

    def cells(claim: Claim, said: Sequence[Said]) -> Iterable[Cell]:
        silent = {s.source.id: s.state for s in page.silences(claim)}
        for source in sources:
            term = page.words.get("silences", silent[source.id]) if source.id in silent else None
            quiet = (slug(term.css or term.id), term.symbol, term.label) if term else None
            marks = tuple(mark(one) for one in said if one.source_id == source.id)
            yield Cell(source.name, marks, quiet, _changed(page, claim, [source.id]))

    columns = [Column(v.id, v.name, v.small, v.href) for v in map(page.source, sources)]
    return Whole("source", "articles", "Who speaks", tuple(columns), _rows(page, cells))


def _by_speaker(page: Page) -> Whole:
    """One row a claim that somebody other than an article holds, one column a named speaker, one for the unnamed."""

    def mark(one: Said) -> Mark:
        label = f"{one.stance.label}, in {one.source.text}"
        return _mark(one, f"{one.holder}:" if one.unnamed else "", one.source_id, one.source.text, label)

    def cells(claim: Claim, said: Sequence[Said]) -> Iterable[Cell]:
        by: dict[str, list[Mark]] = {}
        for one in said:
            if one.holder_id:
                by.setdefault(UNNAMED if one.unnamed else one.holder_id, []).append(mark(one))
        found = ((c.name, tuple(by.get(c.id, ()))) for c in columns)
        return (Cell(who, marks, changed=_changed(page, claim, [m.by for m in marks])) for who, marks in found)

    named = [view for view in page.speakers_said() if not view.unnamed]
    columns = [Column(UNNAMED, "Unnamed", "each in its own article", None)]
    columns += [Column(v.id, v.name, "", v.href) for v in named]
    return Whole("speaker", "speakers", "Article", tuple(columns), _rows(page, cells))


def _changed(page: Page, claim: Claim, sources: Iterable[str]) -> str:
    """The day on which what some sources say about a claim last changed, empty where it did not."""
    record = page.site.record
    return max((record.told(page.briefing.slug, claim.id, name) for name in sources), default="") if record else ""


def _mark(one: Said, who: str, by: str, by_name: str, label: str = "") -> Mark:
    word = f"{who} {label or one.stance.label}".strip()
    return Mark(one.stance.id, one.stance.symbol or "?", one.stance_class, word, by, by_name, one.href)


def _rows(page: Page, cells: Callable[[Claim, Sequence[Said]], Iterable[Cell]]) -> tuple[Topic, ...]:
    topics = []
    for topic in page.briefing.file.topics:
        rows = []
        for claim in (c for c in page.briefing.claims if c.topic == topic.id):
            made = tuple(cells(claim, [page.said(claim, s) for s in page.shown(claim)]))
            if any(cell.marks or cell.silence for cell in made):
                rows.append(Row(page.claim(claim), made))
        if rows:
            topics.append((topic.id, Link(topic.title, page.to(f"topics/{topic.id}/")), tuple(rows)))
    return tuple(topics)


def _filters(page: Page, whole: Whole, here: Sequence[Topic]) -> tuple[Filter, ...]:
    """What a reader may choose by, each value with the number of claims it leaves here; one value alone is no choice.
    Every part offers what any of them has, so that a choice can be taken along."""
    all_, counted = _counted(whole.topics), _counted(here)
    words = page.words
    lists: tuple[tuple[str, str, list[tuple[Any, str, str]]], ...] = (
        ("topic", "Topic", [(name, name, link.text) for name, link, _ in whole.topics]),
        ("verdict", "Verdict", [(t.id, slug(t.id), t.label) for t in words.verdicts]),
        ("stance", "Stance", [(t.id, t.id, t.label) for t in words.stances]),
        ("by", whole.voices, [((by, who), by, who) for (by, who), _ in all_["by"].most_common()]),
        ("kind", "Kind", [(t.id, t.id, t.label) for t in words.kinds]),
    )
    made = (
        Filter(name, label, tuple(
            (str(value), f"{text} ({counted[name][key]})") for key, value, text in values if all_[name][key]
        ))
        for name, label, values in lists
    )  # fmt: skip
    return tuple(one for one in made if len(one.choices) > 1)


def _counted(topics: Sequence[Topic]) -> dict[str, Counter[Any]]:
    """By filter, how many claims each of its values leaves."""
    rows = [row for _, _, mine in topics for row in mine]
    marks = [[mark for cell in row.cells for mark in cell.marks] for row in rows]
    return {
        "topic": Counter({name: len(mine) for name, _, mine in topics}),
        "verdict": Counter(row.claim.verdict.id for row in rows),
        "stance": Counter(one for mine in marks for one in dict.fromkeys(mark.stance for mark in mine)),
        "by": Counter(one for mine in marks for one in dict.fromkeys((mark.by, mark.by_name) for mark in mine)),
        "kind": Counter(row.claim.kind_id for row in rows),
    }
