"""A briefing as a picture: who answers what, a row a question, a column an article; or a bar of its verdicts. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from markupsafe import Markup

from synoptic.pages.answers import ReplyView, TopicView, topic_views
from synoptic.pages.claim import claim_view
from synoptic.pages.context import Context
from synoptic.text.encode import slug
from synoptic.text.language import format_number, gettext, ngettext

WIDTH = 320  # of a picture, in the units of its own viewBox
ROW = 16  # the height of a row, in the same units
HEAD = 14  # the height of the line that names the columns
GAP = 2
NAMED = 12  # columns, at most, that have room for their names
COLOURS = 6  # answers that have a colour of their own; the style sheet defines them


class Cell(NamedTuple):
    """A rectangle of a picture; ``colour`` is its class, and it is ``faint`` for anything but a plain yes."""

    x: int
    y: int
    width: int
    height: int
    colour: Markup
    faint: bool = False


class Picture(NamedTuple):
    """The picture of a briefing, and the same in words: a title, and a line for each row.

    ``heads`` are the marks of the articles, each with the middle of its column.
    """

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]
    title: str
    lines: tuple[str, ...]


def draw_answers(context: Context) -> Picture | None:
    """The answers of a briefing; the verdicts of its claims if it asks nothing; None if it has no claims."""
    topics = [view for topic in context.briefing.file.topics if (view := topic_views(context).get(topic.id))]
    columns = len(context.briefing.sources)
    if not topics or not columns:
        return _draw_verdicts(context)
    step, top = WIDTH // columns, HEAD if columns <= NAMED else 0
    tags = [article.tag for article in topics[0].articles] if top else []
    return Picture(
        width=step * columns,
        height=top + ROW * len(topics),
        heads=tuple((step * n + step // 2, f"{tag.letter} {tag.shape}") for n, tag in enumerate(tags)),
        cells=tuple(cell for row, topic in enumerate(topics) for cell in _draw_row(topic, top + ROW * row, step)),
        title=_name_answers(columns, len(topics)),
        lines=tuple(
            gettext("%(question)s %(label)s.", question=topic.question, label=topic.label.label) for topic in topics
        ),
    )


def _name_answers(articles: int, questions: int) -> str:
    """``What 3 articles answer to 2 questions``."""
    return gettext(
        "What %(articles)s answer to %(questions)s",
        articles=ngettext("%(num)s article", "%(num)s articles", articles),
        questions=ngettext("%(num)s question", "%(num)s questions", questions),
    )


def _draw_row(topic: TopicView, y: int, step: int) -> Iterator[Cell]:
    """The cells of a question; an article that gives several answers has a part of its column for each."""
    colours = {answer.text: min(number, COLOURS) for number, answer in enumerate(topic.answers, 1)}
    for column, article in enumerate(topic.articles):
        replies = _one_each(article.replies)
        for part, reply in enumerate(replies):
            left, right = (step * column + step * edge // len(replies) for edge in (part, part + 1))
            faint = bool(reply.outside or reply.note)
            size = (max(1, right - left - GAP), ROW - GAP)
            yield Cell(left + GAP // 2, y + GAP // 2, *size, slug(f"a{colours[reply.text]}"), faint)


def _one_each(replies: Iterable[ReplyView]) -> Sequence[ReplyView]:
    """A reply for each answer, the plainest."""
    best: dict[str, ReplyView] = {}
    for reply in replies:
        if reply.text not in best or (best[reply.text].note and not reply.note):
            best[reply.text] = reply
    return list(best.values())


def _draw_verdicts(context: Context) -> Picture | None:
    counts = Counter(claim_view(context, claim).verdict.id for claim in context.briefing.claims)
    terms = [term for term in context.vocabulary.verdicts if counts[term.id]]
    if not terms:
        return None
    before = accumulate((counts[term.id] for term in terms), initial=0)
    edges = [WIDTH * count // counts.total() for count in before]
    return Picture(
        width=WIDTH,
        height=2 * ROW,
        heads=(),
        cells=tuple(
            Cell(left, 0, max(1, right - left - GAP), 2 * ROW, slug(term.id))
            for term, (left, right) in zip(terms, pairwise(edges), strict=True)
        ),
        title=ngettext("The verdicts on %(num)s claim", "The verdicts on %(num)s claims", counts.total()),
        lines=tuple(
            gettext("%(label)s: %(number)s.", label=term.label, number=format_number(counts[term.id])) for term in terms
        ),
    )
