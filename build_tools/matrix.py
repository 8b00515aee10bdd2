"""Both matrices: rows of claims, columns of sources or of speakers, and what a reader may filter them by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_tools import compare
from build_tools.encode import slug
from build_tools.model import Claim
from build_tools.views import ClaimView, Link, Page, Said

OWN, UNNAMED = "own-voice", "unnamed"


@dataclass(frozen=True)
class Mark:
    """A statement in a cell: its stance, whose words or whose article it is, and where its words stand."""

    stance: str
    symbol: str
    css: Markup
    word: str
    by: str
    by_name: str
    href: Markup


@dataclass(frozen=True)
class Cell:
    """A cell: its marks, or the silence of a source that has none."""

    name: str
    marks: tuple[Mark, ...]
    silence: tuple[Markup, str, str] | None = None
    changed: str = ""


@dataclass(frozen=True)
class Row:
    """A claim and its cells, one a column."""

    claim: ClaimView
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A source, a named speaker, or all the unnamed, who share a column but not an identity."""

    id: str
    name: str
    small: str
    href: Markup | None


@dataclass(frozen=True)
class Filter:
    """A list of values by which rows are chosen, each with its label; ``name`` is its key in the address."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Matrix:
    """A matrix as one page shows it."""

    by: str
    many: str
    columns: tuple[Column, ...]
    span: int
    topics: tuple[tuple[str, Link, tuple[Row, ...]], ...]
    filters: tuple[Filter, ...]
    total: int
    other: Markup


def by_source(page: Page) -> Matrix:
    """One row a claim, one column a source; a source without a statement shows what kind of silence it is."""
    sources = page.briefing.sources

    def mark(one: Said) -> Mark:
        who = one.block if one.own_voice else "unnamed" if one.unnamed else one.holder
        voice = (OWN, "the article itself") if one.own_voice else (one.holder_id, one.holder)
        return _mark(one, who, *((UNNAMED, "anyone unnamed") if one.unnamed else voice))

    def cells(claim: Claim, said: Sequence[Said]) -> Iterable[Cell]:
        silent = {s.source.id: s.state for s in compare.silences(page.briefing, claim)}
        for source in sources:
            term = page.words.get("silences", silent[source.id]) if source.id in silent else None
            quiet = (slug(term.css or term.id), term.symbol, term.label) if term else None
            marks = tuple(mark(one) for one in said if one.source_id == source.id)
            yield Cell(source.name, marks, quiet, _changed(page, claim, [source.id]))

    columns = [Column(v.id, v.name, v.small, v.href) for v in map(page.source, sources)]
    return _matrix(page, "source", "articles", columns, cells, "Who speaks", page.to("matrix/speakers/"))


def by_speaker(page: Page) -> Matrix:
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
    return _matrix(page, "speaker", "speakers", columns, cells, "Article", page.to("matrix/"))


def _changed(page: Page, claim: Claim, sources: Iterable[str]) -> str:
    """The day on which what some sources say about a claim last changed, empty where it did not."""
    record = page.site.record
    return max((record.told(page.briefing.slug, claim.id, name) for name in sources), default="") if record else ""


def _mark(one: Said, who: str, by: str, by_name: str, label: str = "") -> Mark:
    word = f"{who} {label or one.stance.label}".strip()
    return Mark(one.stance.id, one.stance.symbol or "?", one.stance_class, word, by, by_name, one.href)


def _matrix(
    page: Page,
    by: str,
    many: str,
    columns: Sequence[Column],
    cells: Callable[[Claim, Sequence[Said]], Iterable[Cell]],
    voices: str,
    other: Markup,
) -> Matrix:
    topics = []
    for topic in page.briefing.file.topics:
        rows = []
        for claim in (c for c in page.briefing.claims if c.topic == topic.id):
            made = tuple(cells(claim, [page.said(claim, s) for s in page.shown(claim)]))
            if any(cell.marks or cell.silence for cell in made):
                rows.append(Row(page.claim(claim), made))
        if rows:
            topics.append((topic.id, Link(topic.title, page.to(f"topics/{topic.id}/")), tuple(rows)))
    rows = [row for _, _, mine in topics for row in mine]
    return Matrix(
        by=by,
        many=many,
        columns=tuple(columns),
        span=len(columns) + 1,
        topics=tuple(topics),
        filters=_filters(page, topics, rows, voices),
        total=len(rows),
        other=other,
    )


def _filters(
    page: Page, topics: Iterable[tuple[str, Link, Sequence[Row]]], rows: Sequence[Row], voices: str
) -> tuple[Filter, ...]:
    """What a reader may choose by, each value with the number of claims it leaves; one value alone is no choice."""
    marks = [list(dict.fromkeys((m.by, m.by_name) for cell in row.cells for m in cell.marks)) for row in rows]
    stances = [list(dict.fromkeys(m.stance for cell in row.cells for m in cell.marks)) for row in rows]
    verdicts, kinds = Counter(r.claim.verdict.id for r in rows), Counter(r.claim.kind_id for r in rows)
    counted = Counter(one for mine in marks for one in mine)
    held = Counter(one for mine in stances for one in mine)
    words = page.words
    lists = (
        ("topic", "Topic", [(name, link.text, len(mine)) for name, link, mine in topics]),
        ("verdict", "Verdict", [(slug(t.id), t.label, verdicts[t.id]) for t in words.verdicts]),
        ("stance", "Stance", [(t.id, t.label, held[t.id]) for t in words.stances]),
        ("by", voices, [(name, label, n) for (name, label), n in counted.most_common()]),
        ("kind", "Kind", [(t.id, t.label, kinds[t.id]) for t in words.kinds]),
    )
    made = (
        Filter(name, label, tuple((str(value), f"{text} ({n})") for value, text, n in values if n))
        for name, label, values in lists
    )
    return tuple(one for one in made if len(one.choices) > 1)
