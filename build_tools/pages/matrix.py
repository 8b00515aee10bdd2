"""The matrices: rows of claims, columns of sources or of speakers, and what a reader may filter them by. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from build_tools.model import paging
from build_tools.model.records import Claim
from build_tools.pages.claim import claim_view, find_silences, silence_class
from build_tools.pages.context import Context, once
from build_tools.pages.legend import legend
from build_tools.pages.page import Page, split_pages
from build_tools.pages.pager import Contents, make_pager
from build_tools.pages.source import source_view
from build_tools.pages.speaker import speaker_views
from build_tools.pages.statement import known_statements, statement_view
from build_tools.pages.views import ClaimView, Link, StatementView
from build_tools.text.encode import slug

OWN, UNNAMED = "own-voice", "unnamed"
#: Where each matrix begins, by its columns.
BASES = {"source": "matrix/", "speaker": "matrix/speakers/"}
HEADINGS = {"source": "Who said what", "speaker": "Who said what, by speaker"}
#: Elements of a topic's heading; of a row beside its cells; of a mark; of a column in head, filters and comparison.
HEADING, ROW, MARK, COLUMN = 4, 4, 3, 8


class Mark(NamedTuple):
    """A statement in a cell: its stance, whose words or whose article it is (``by``), and where its words are."""

    stance: str
    symbol: str
    css: Markup
    word: str
    by: str
    by_name: str
    href: Markup


class Cell(NamedTuple):
    """A cell: its marks, or the silence of a source that has none: class, symbol and label.

    ``changed`` is the ISO date on which what it shows last changed, empty if it did not.
    """

    name: str
    marks: tuple[Mark, ...]
    silence: tuple[Markup, str, str] | None = None
    changed: str = ""


class Row(NamedTuple):
    """A claim and its cells, one for each column."""

    claim: ClaimView
    cells: tuple[Cell, ...]


class TopicRows(NamedTuple):
    """The rows of a topic."""

    id: str
    topic: Link
    rows: tuple[Row, ...]


class Placed(NamedTuple):
    """The rows of a topic on one page: a run of them, the title that says which, and the ids of their claims."""

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


class Matrix(NamedTuple):
    """A matrix, however many pages it takes; ``voices`` is the label of the filter by who speaks."""

    by: str
    many: str
    voices: str
    columns: tuple[Column, ...]
    topics: tuple[TopicRows, ...]


def pages(context: Context) -> Iterator[Page]:
    """The pages of both matrices."""
    for by, heading in HEADINGS.items():
        yield from split_pages(context, BASES[by], "matrix", "Matrix", heading, sheets(context, by))


def sheets(context: Context, by: str) -> Iterator[dict[str, Any]]:
    """The views of each page of the matrix by ``source`` or by ``speaker``, with as many whole topics as fit."""
    for number in range(1, len(_lay_out(context, by)) + 1):
        yield _sheet(context, by, number)


def _sheet(context: Context, by: str, number: int) -> dict[str, Any]:
    matrix, layout = _matrix(context, by), _lay_out(context, by)
    topics = tuple(
        topic._replace(rows=topic.rows[placed.run.first : placed.run.end])
        for placed in layout[number - 1]
        for topic in [matrix.topics[placed.run.group]]
    )
    contents: list[Contents] = []
    for page in layout:
        titles = [placed.title for placed in page]
        about = f"topics {titles[0]} to {titles[-1]}" if len(titles) > 1 else f"topic {''.join(titles)}"
        contents.append((about, [(placed.title, f"topic-{placed.topic}") for placed in page]))
    return {
        "by": by,
        "many": matrix.many,
        "columns": matrix.columns,
        "span": len(matrix.columns) + 1,
        "topics": topics,
        "filters": _filters(context, matrix, topics),
        "total": sum(len(topic.rows) for topic in topics),
        "other": _other_matrix(context, by, topics),
        "pager": make_pager(context.address, BASES[by], number, contents),
        "marks": legend(context),
    }


def find_rows(context: Context, topic: str) -> dict[str, Markup]:
    """The addresses of a topic's rows in the matrix by source, by claim id."""
    layout = enumerate(_lay_out(context, "source"), 1)
    parts = {claim: number for number, page in layout for placed in page for claim in placed.claims}
    return {
        claim.id: context.address(paging.part_path(BASES["source"], parts.get(claim.id, 1)), f"row-{claim.id}")
        for claim in context.briefing.claims
        if claim.topic == topic
    }


def _other_matrix(context: Context, by: str, topics: Sequence[TopicRows]) -> Markup:
    """The other matrix, at the part in which the first of ``topics`` begins."""
    other = "speaker" if by == "source" else "source"
    first = topics[0].id if topics else ""
    layout = enumerate(_lay_out(context, other), 1)
    number = next((n for n, page in layout if any(placed.topic == first for placed in page)), 1)
    return context.address(paging.part_path(BASES[other], number))


@once
def _lay_out(context: Context, by: str) -> tuple[tuple[Placed, ...], ...]:
    """The rows on each page of a matrix."""
    matrix = _matrix(context, by)
    sizes = [
        [_count_elements(row) + (HEADING if row is topic.rows[0] else 0) for row in topic.rows]
        for topic in matrix.topics
    ]
    layout = paging.distribute(sizes, COLUMN * len(matrix.columns))
    return tuple(tuple(_place(matrix.topics[run.group], run) for run in runs) for runs in layout)


def _place(topic: TopicRows, run: paging.Run) -> Placed:
    title = paging.run_title(topic.topic.text, run, len(topic.rows))
    return Placed(run, topic.id, title, tuple(row.claim.id for row in topic.rows[run.first : run.end]))


def _count_elements(row: Row) -> int:
    """HTML elements of a row, at most."""
    return ROW + sum(1 + (MARK * len(cell.marks) or bool(cell.silence)) for cell in row.cells)


# -- rows and cells ------------------------------------------------------------------------------------------------

CellsOf = Callable[[Claim, Sequence[StatementView]], Iterable[Cell]]


@once
def _matrix(context: Context, by: str) -> Matrix:
    return _matrix_by_source(context) if by == "source" else _matrix_by_speaker(context)


def _matrix_by_source(context: Context) -> Matrix:
    """A row for each claim, a column for each source; a source without a statement shows its kind of silence."""
    sources = context.briefing.sources

    def draw_cells(claim: Claim, statements: Sequence[StatementView]) -> Iterator[Cell]:
        states = {silence.source.id: silence.state for silence in find_silences(context, claim)}
        for source in sources:
            term = context.vocabulary.get("silences", states[source.id]) if source.id in states else None
            silence = (silence_class(term), term.symbol, term.label) if term else None
            marks = tuple(_mark_by_source(one) for one in statements if one.source_id == source.id)
            yield Cell(source.name, marks, silence, _last_change(context, claim, [source.id]))

    columns = [Column(view.id, view.name, view.small, view.href) for view in (source_view(context, s) for s in sources)]
    return Matrix("source", "articles", "Speaker", tuple(columns), _rows(context, draw_cells))


def _mark_by_source(statement: StatementView) -> Mark:
    if statement.own_voice:
        who, by, by_name = statement.block, OWN, "the article itself"
    else:
        who, by, by_name = statement.holder, statement.holder_id, statement.holder
    if statement.unnamed:
        who, by, by_name = "unnamed", UNNAMED, "anyone unnamed"
    return _mark(statement, f"{who} {statement.stance.label}", by, by_name)


def _matrix_by_speaker(context: Context) -> Matrix:
    """A row for each claim that somebody other than an article holds, a column for each named speaker."""
    named = [view for view in speaker_views(context) if not view.unnamed]
    columns = [Column(UNNAMED, "Unnamed", "different people", None)]
    columns += [Column(view.id, view.name, "", view.href) for view in named]

    def draw_cells(claim: Claim, statements: Sequence[StatementView]) -> Iterator[Cell]:
        by_column: dict[str, list[Mark]] = {}
        for statement in statements:
            if statement.holder_id:
                holder = UNNAMED if statement.unnamed else statement.holder_id
                by_column.setdefault(holder, []).append(_mark_by_speaker(statement))
        for column in columns:
            marks = tuple(by_column.get(column.id, ()))
            changed = _last_change(context, claim, [mark.by for mark in marks])
            yield Cell(column.name, marks, changed=changed)

    return Matrix("speaker", "speakers", "Article", tuple(columns), _rows(context, draw_cells))


def _mark_by_speaker(statement: StatementView) -> Mark:
    who = f"{statement.holder}:" if statement.unnamed else ""
    word = f"{who} {statement.stance.label}, in {statement.source.text}"
    return _mark(statement, word, statement.source_id, statement.source.text)


def _mark(statement: StatementView, word: str, by: str, by_name: str) -> Mark:
    stance = statement.stance
    return Mark(stance.id, stance.symbol or "?", statement.stance_class, word.strip(), by, by_name, statement.href)


def _last_change(context: Context, claim: Claim, sources: Iterable[str]) -> str:
    """The day on which what some sources say about a claim last changed; empty if it did not."""
    history, slug = context.site.history, context.briefing.slug
    return max((history.cell_changed_on(slug, claim.id, source) for source in sources), default="") if history else ""


def _rows(context: Context, draw_cells: CellsOf) -> tuple[TopicRows, ...]:
    """The rows of all topics; claims of which every cell would be empty have none."""
    topics = []
    for topic in context.briefing.file.topics:
        rows = []
        for claim in (claim for claim in context.briefing.claims if claim.topic == topic.id):
            statements = [statement_view(context, claim, s) for s in known_statements(context, claim)]
            cells = tuple(draw_cells(claim, statements))
            if any(cell.marks or cell.silence for cell in cells):
                rows.append(Row(claim_view(context, claim), cells))
        if rows:
            link = Link(topic.title, context.address(f"topics/{topic.id}/"))
            topics.append(TopicRows(topic.id, link, tuple(rows)))
    return tuple(topics)


# -- filters -------------------------------------------------------------------------------------------------------


def _filters(context: Context, matrix: Matrix, here: Sequence[TopicRows]) -> tuple[Filter, ...]:
    """What a reader may choose by, each value with the number of claims that it leaves on this page.

    Every part offers the values of all parts, so that a choice can be taken along. A single value is not a choice.
    """
    everywhere, on_page = _count_values(matrix.topics), _count_values(here)
    vocabulary = context.vocabulary
    filters: tuple[tuple[str, str, list[tuple[Any, str, str]]], ...] = (  # key of the count, value, label
        ("topic", "Topic", [(topic.id, topic.id, topic.topic.text) for topic in matrix.topics]),
        ("verdict", "Verdict", [(term.id, slug(term.id), term.label) for term in vocabulary.verdicts]),
        ("stance", "Stance", [(term.id, term.id, term.label) for term in vocabulary.stances]),
        ("by", matrix.voices, [((by, name), by, name) for (by, name), _ in everywhere["by"].most_common()]),
        ("kind", "Kind", [(term.id, term.id, term.label) for term in vocabulary.kinds]),
    )
    offered = []
    for name, label, values in filters:
        choices = tuple(
            (str(value), f"{text} ({on_page[name][key]})") for key, value, text in values if everywhere[name][key]
        )
        if len(choices) > 1:
            offered.append(Filter(name, label, choices))
    return tuple(offered)


def _count_values(topics: Sequence[TopicRows]) -> dict[str, Counter[Any]]:
    """By filter, how many claims each of its values leaves."""
    rows = [row for topic in topics for row in topic.rows]
    marks = [[mark for cell in row.cells for mark in cell.marks] for row in rows]
    return {
        "topic": Counter({topic.id: len(topic.rows) for topic in topics}),
        "verdict": Counter(row.claim.verdict.id for row in rows),
        "stance": Counter(stance for row in marks for stance in dict.fromkeys(mark.stance for mark in row)),
        "by": Counter(by for row in marks for by in dict.fromkeys((mark.by, mark.by_name) for mark in row)),
        "kind": Counter(row.claim.kind_id for row in rows),
    }
