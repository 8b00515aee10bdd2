"""The matrices: rows of claims, columns of sources or of speakers, and what a reader may filter them by. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.model import paging
from synoptic.model.records import Claim
from synoptic.model.vocabulary import Term
from synoptic.pages.claim import ClaimView, claim_view, find_silences, legend
from synoptic.pages.claim import Mark as Sign
from synoptic.pages.context import Context, Link, once
from synoptic.pages.page import Contents, Page, split_pages
from synoptic.pages.source import source_view
from synoptic.pages.speaker import speaker_views
from synoptic.pages.statement import StatementView, statement_views
from synoptic.pages.switches import switches
from synoptic.pages.your_article import find_own
from synoptic.text.encode import slug
from synoptic.text.language import format_number, gettext, gettext_noop, join_list, ngettext

OWN, UNNAMED = "own-voice", "unnamed"
#: Where each matrix begins, by its columns.
BASES = {"source": "matrix/", "speaker": "matrix/speakers/"}
HEADINGS = {"source": gettext_noop("Who said what"), "speaker": gettext_noop("Who said what, by speaker")}
#: Elements of a topic's heading, with the link to it; of a row beside its cells; of a mark; of a column in the head and
#: the comparison; of an article among the switches.
HEADING, ROW, MARK, COLUMN, ARTICLE = 5, 4, 2, 9, 4
#: How many columns a matrix of each width has at most: its style sheet decides from how many pixels on it is a table.
WIDTHS = {8: "few", 15: "some", 30: "many"}


class Mark(NamedTuple):
    """A statement in a cell: its sign, whose words or whose article it is (``by``), and where its words are.

    ``word`` says in words what the sign shows: ``Ann Lee asserts``.
    """

    sign: Term
    word: str
    by: str
    by_name: str
    href: Markup


class Cell(NamedTuple):
    """A cell: its marks, or the kind of silence of a source that has none.

    ``place`` names the column where a row is a line of marks: a source's letter or a speaker's name; empty where only
    a table shows the cell. ``changed`` is the ISO date on which what it shows last changed, empty if it did not.
    """

    place: str
    marks: list[Mark]
    silence: Term | None
    changed: str


#: A claim and its cells, one for each column.
Row = tuple[ClaimView, list[Cell]]


class TopicRows(NamedTuple):
    """The rows of a topic."""

    id: str
    topic: Link
    rows: list[Row]


#: A source, a named speaker, or all the unnamed, who share a column but not an identity: id, letter and mark (of a
#: source), name, a note, its page.
Column = tuple[str, str, str, str, Markup | None]


#: Values by which a reader may choose rows, each with its label; before them their key in the address, and a label.
Filter = tuple[str, str, list[tuple[str, str]]]


class Matrix(NamedTuple):
    """A matrix, however many pages it takes; ``width`` is one of ``WIDTHS``, ``voices`` the label of the filter by who
    speaks."""

    by: str
    voices: str
    width: str
    columns: list[Column]
    topics: list[TopicRows]


def pages(context: Context) -> Iterator[Page]:
    """The pages of both matrices, each with as many whole topics as fit."""
    for by, heading in ((by, gettext(heading)) for by, heading in HEADINGS.items()):
        matrix, layout = _matrix(context, by), _lay_out(context, by)
        contents = [_list_contents(matrix, runs) for runs in layout]
        more = {"title": heading}
        sheets = (more | _sheet(context, matrix, runs, split=len(layout) > 1) for runs in layout)
        yield from split_pages(context, BASES[by], "matrix", "matrix", heading, contents, sheets)


def _list_contents(matrix: Matrix, runs: Sequence[paging.Run]) -> Contents:
    """The topics on a page of a matrix, with the rows of each if those are not all."""
    entries = []
    for topic, run in ((matrix.topics[run.group], run) for run in runs):
        entries.append((paging.run_title(topic.topic.text, run, len(topic.rows)), f"topic-{topic.id}"))
    titles = [title for title, _ in entries]
    if len(titles) > 1:
        return gettext("topics %(first)s to %(last)s", first=titles[0], last=titles[-1]), entries
    return gettext("topic %(title)s", title="".join(titles)), entries


def _sheet(context: Context, matrix: Matrix, runs: Sequence[paging.Run], *, split: bool) -> dict[str, Any]:
    """The views of a page of a matrix, which may be split over several."""
    pairs = ((matrix.topics[run.group], run) for run in runs)
    topics = [topic._replace(rows=topic.rows[run.first : run.end]) for topic, run in pairs]
    return {
        "by": matrix.by,
        "columns": matrix.columns,
        "span": len(matrix.columns) + 1,
        "width": matrix.width,
        "topics": topics,
        "filters": list(_filters(context, matrix, topics)),
        "size": _count_claims(sum(len(topic.rows) for topic in topics), split=split),
        "other": _other_matrix(context, matrix.by, topics),
        "own": find_own(context),
        "embed": context.embed_address("matrix"),
        "marks": _legend(context, matrix.by),
        "switches": switches(context, [claim.record for topic in topics for claim, _ in topic.rows]),
    }


def _count_claims(number: int, *, split: bool) -> str:
    """How many claims a page has; ``matrix-rows.js`` says the same of those that a choice leaves."""
    if split:
        return ngettext("%(num)s claim on this part", "%(num)s claims on this part", number)
    return ngettext("%(num)s claim", "%(num)s claims", number)


def _legend(context: Context, by: str) -> list[Sign]:
    """The signs of the matrix. Nobody searches a speaker, so the matrix by speaker has no sign of silence."""
    return list(legend(context, silences=by != "speaker"))


def row_address(context: Context, claim: Claim) -> Markup:
    """The address of a claim's row in the matrix by source."""
    return context.address(paging.part_path(BASES["source"], _parts(context).get(claim.id, 1)), f"row-{claim.id}")


@once
def _parts(context: Context) -> dict[str, int]:
    """Claim id to the number of the page of the matrix by source that has its row."""
    topics = _matrix(context, "source").topics
    return {
        claim.record.id: number
        for number, runs in enumerate(_lay_out(context, "source"), 1)
        for run in runs
        for claim, _ in topics[run.group].rows[run.first : run.end]
    }


def _other_matrix(context: Context, by: str, topics: Sequence[TopicRows]) -> Markup:
    """The other matrix, at the part in which the first of ``topics`` begins."""
    other = "speaker" if by == "source" else "source"
    ids = [topic.id for topic in _matrix(context, other).topics]
    first = topics[0].id if topics else ""
    layout = enumerate(_lay_out(context, other), 1)
    number = next((n for n, runs in layout if any(ids[run.group] == first for run in runs)), 1)
    return context.address(paging.part_path(BASES[other], number))


@once
def _lay_out(context: Context, by: str) -> tuple[tuple[paging.Run, ...], ...]:
    """The runs of rows on each page of a matrix; the number of a group is that of a topic."""
    matrix = _matrix(context, by)
    sizes = [
        [_count_elements(cells) + HEADING * (number == 0) for number, (_, cells) in enumerate(topic.rows)]
        for topic in matrix.topics
    ]
    return paging.distribute(sizes, COLUMN * len(matrix.columns) + ARTICLE * len(context.briefing.sources))


def _count_elements(cells: Iterable[Cell]) -> int:
    """HTML elements of a row, at most."""
    return ROW + sum(1 + MARK * len(cell.marks) for cell in cells)


@once
def _matrix(context: Context, by: str) -> Matrix:
    """By source, a source without a statement shows its kind of silence; by speaker, the unnamed share a column."""
    if by == "source":
        voices = gettext("Speaker")
        views = [source_view(context, source) for source in context.briefing.sources]
        columns: list[Column] = [(v.record.id, f"{v.tag.letter} {v.tag.shape}", v.name, v.small, v.href) for v in views]
    else:
        voices = gettext("Article")
        named = [view for view in speaker_views(context) if not view.unnamed]
        columns = [(UNNAMED, "", gettext("Unnamed or not shown"), gettext("not one voice"), None)]
        columns += [(view.record.id, "", view.record.name, "", view.href) for view in named]
    few = _find_width(len(columns)) == "few"
    places = [(key, tag.partition(" ")[0] or name, few) for key, tag, name, _, _ in columns]
    topics = []
    for topic in context.briefing.file.topics:
        claims = [claim for claim in context.briefing.claims if claim.topic == topic.id]
        pairs = ((claim, list(_cells(context, by, claim, places))) for claim in claims)
        # a claim of which every cell would be empty has no row
        rows = [(claim_view(context, c), cells) for c, cells in pairs if any(one.marks or one.silence for one in cells)]
        if rows:
            topics.append(TopicRows(topic.id, context.topic_link(topic), rows))
    return Matrix(by, voices, _find_width(len(columns)), columns, topics)


def _find_width(columns: int) -> str:
    return next((width for most, width in WIDTHS.items() if columns <= most), "lots")


def _cells(context: Context, by: str, claim: Claim, places: Sequence[tuple[str, str, bool]]) -> Iterator[Cell]:
    """The cells of a claim, one for each column: its id, how a cell names it, and whether an empty one does, too."""
    marks: dict[str, list[Mark]] = {}
    for view in statement_views(context, claim):
        place, mark = _mark_by_source(view) if by == "source" else _mark_by_speaker(view)
        marks.setdefault(place, []).append(mark)
    silences = find_silences(context)[claim.id] if by == "source" else ()
    states = {silence.source.id: context.vocabulary.get("silences", silence.state) for silence in silences}
    for key, name, always in places:
        shown = marks.get(key, [])
        sources = [key] if by == "source" else [mark.by for mark in shown]
        place = name if shown or always else ""
        yield Cell(place, shown, states.get(key), _last_change(context, claim, sources))


def _mark_by_source(statement: StatementView) -> tuple[str, Mark]:
    """The column of a statement, which is its article, and the mark, by whose words it is."""
    who, by = statement.voice.text if statement.voice else statement.holder, statement.holder_id
    by_name = who
    if statement.own_voice and not statement.voice:
        who, by, by_name = gettext("itself"), OWN, gettext("the article itself")
    elif statement.unnamed:
        who = gettext("%(name)s (%(remarks)s)", name=who, remarks=statement.hidden)
        by, by_name = UNNAMED, gettext("anyone unnamed or not shown")
    # For translators: "Ann Lee asserts"
    word = gettext("%(who)s %(stance)s", who=who, stance=_say(statement))
    if statement.block:
        # For translators: "Ann Lee asserts, in a headline"
        word = gettext("%(word)s, in a %(part)s", word=word, part=statement.block)
    return statement.article.id, Mark(statement.sign, word, by, by_name, statement.href)


def _mark_by_speaker(statement: StatementView) -> tuple[str, Mark]:
    """The column of a statement, which is its holder ("" if that is the article itself), and the mark, by article."""
    # For translators: "asserts, in Gazette"
    word = gettext("%(stance)s, in %(source)s", stance=_say(statement), source=statement.source.text)
    word = join_list(filter(None, [word, statement.block]))
    if statement.unnamed:
        word = gettext("%(who)s: %(word)s", who=statement.holder, word=word)
    mark = Mark(statement.sign, word, statement.article.id, statement.source.text, statement.href)
    return UNNAMED if statement.unnamed else statement.holder_id, mark


def _say(statement: StatementView) -> str:
    """The stance, as ``asserts``; ``asserts (dramatised)`` of speech that the article imagines."""
    imagined = statement.sign.id != statement.stance.id
    stance, sign = statement.stance.label, statement.sign.label
    return gettext("%(stance)s (%(mode)s)", stance=stance, mode=sign) if imagined else stance


def _last_change(context: Context, claim: Claim, sources: Iterable[str]) -> str:
    """The day on which what some sources say about a claim last changed; empty if it did not."""
    history, slug = context.site.history, context.briefing.slug
    return max((history.cell_changed_on(slug, claim.id, source) for source in sources), default="") if history else ""


def _filters(context: Context, matrix: Matrix, here: Sequence[TopicRows]) -> Iterator[Filter]:
    """What a reader may choose by, each value with the number of claims that it leaves on this page.

    Every part offers the values of all parts, so that a choice can be taken along. A single value is not a choice.
    """
    everywhere, on_page = _count_values(matrix.topics), _count_values(here)
    vocabulary = context.vocabulary
    filters: tuple[tuple[str, str, list[tuple[Any, str, str]]], ...] = (  # key of the count, value, label
        ("topic", gettext("Topic"), [(topic.id, topic.id, topic.topic.text) for topic in matrix.topics]),
        ("verdict", gettext("Verdict"), [(term.id, slug(term.id), term.label) for term in vocabulary.verdicts]),
        ("stance", gettext("Stance"), [(term.id, term.id, term.label) for term in vocabulary.stances]),
        ("by", matrix.voices, [((by, name), by, name) for (by, name), _ in everywhere["by"].most_common()]),
        ("kind", gettext("Kind"), [(term.id, term.id, term.label) for term in vocabulary.kinds]),
    )
    for name, label, values in filters:
        shown = [(key, value, text) for key, value, text in values if everywhere[name][key]]
        if len(shown) > 1:
            yield (
                name,
                label,
                [
                    (
                        str(value),
                        gettext("%(choice)s (%(number)s)", choice=text, number=format_number(on_page[name][key])),
                    )
                    for key, value, text in shown
                ],
            )


def _count_values(topics: Sequence[TopicRows]) -> dict[str, Counter[Any]]:
    """By filter, how many claims each of its values leaves."""
    rows = [row for topic in topics for row in topic.rows]
    marks = [[mark for cell in cells for mark in cell.marks] for _, cells in rows]
    return {
        "topic": Counter({topic.id: len(topic.rows) for topic in topics}),
        "verdict": Counter(claim.verdict.id for claim, _ in rows),
        "stance": Counter(stance for row in marks for stance in dict.fromkeys(mark.sign.id for mark in row)),
        "by": Counter(by for row in marks for by in dict.fromkeys((mark.by, mark.by_name) for mark in row)),
        "kind": Counter(claim.record.kind for claim, _ in rows),
    }
