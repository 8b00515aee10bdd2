"""The overview of a briefing: bottom line, articles, answers, conflicts, agreements, all claims by topic. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.compare.answers import SILENCES
from synoptic.compare.ids import explain_unused
from synoptic.compare.verdicts import DRAMATISED, judge
from synoptic.model import paging
from synoptic.model.records import Claim, Editor, Sentence, Source
from synoptic.model.vocabulary import Term
from synoptic.pages.answers import ArticleView, Tag, TopicView, source_tags, topic_views
from synoptic.pages.claim import ClaimView, Mark, claim_view, find_silences, legend, silence_mark
from synoptic.pages.context import Context, Link, dossier_address
from synoptic.pages.disagreements import BASE, face_conflicts
from synoptic.pages.page import Page, briefing_page
from synoptic.pages.readings import describe_readings, list_conflicts
from synoptic.pages.source import source_view
from synoptic.pages.sources import describe_gaps
from synoptic.pages.statement import source_statements
from synoptic.pages.switches import switches
from synoptic.text.encode import address, slug
from synoptic.text.english import remove_brackets
from synoptic.text.language import format_date, gettext, join_words, lower_start, ngettext
from synoptic.text.spoken import like, weave

GLANCE = 12  # with more articles the comparison at a glance has a column for each stance: theirs would be too narrow
WORDS = 8  # with more articles the grid of answers shows numbers and not words
TOP = 5  # disagreements, and shared claims, that are shown with more than their words
SPEAKERS = 2  # speakers of an article that are named
TOPICS = 20  # topics that are named even where too little room is left for them
REPLIES = 2  # answers that a cell of words shows; the rest opens

#: A piece of a bottom-line sentence: plain, or with the address of its claim.
Phrase = tuple[str, Markup | None]


def pages(context: Context) -> Iterator[Page]:
    """The overview."""
    briefing, asked = context.briefing, topic_views(context)
    clashes, glance = face_conflicts(context), _glance(context)
    rows = [(view, _order_cells(context, view)) for view in asked.values()]
    fitting = _fit(context, [cells for _, cells in rows], len(glance["rows"]))
    yield briefing_page(
        context, "", "overview", "overview", briefing.file.title,
        bottom_line=bottom_line(context),
        caveat=describe_gaps(context),
        method=address("method/"),
        **{**glance, "rows": glance["rows"][: fitting.rows]},
        marks=legend(context),
        sources=[(source_view(context, source), name_speakers(context, source)) for source in by_letter(context)],
        switches=switches(context, briefing.claims, (view.record for view in asked.values())),
        asked=rows[: fitting.asked],
        all_topics=None if fitting == (len(rows), len(glance["rows"]), len(briefing.file.topics), True)
        else context.address("topics/"),
        shown=REPLIES,
        more=_count_more(asked.values()),
        wide=len(briefing.sources) > WORDS,
        answers_method=address("method/", "answers"),
        clashes=clashes[:TOP],
        all_clashes=len(clashes),
        disagreements=context.address(BASE),
        **_list_claims(context, fitting),
        editors=[describe_editor(editor) for editor in briefing.file.editors],
        checked=last_checked(context),
        reading=describe_readings(context),
        conflicts=list_conflicts(context),
        reading_method=address("method/", "second-reading"),
        changed=format_date(context.changes[-1].day) if context.changes else "",
        changes=context.address("changes/"),
        gone=context.address("gone/") if explain_unused(briefing, context.site) else None,
        data=context.address("data/"),
        dossier=dossier_address(context),
        history="" if context.site.history
        else gettext("Built without the repository's history, so changes are not listed."),
    )  # fmt: skip


class Fitting(NamedTuple):
    """What fits on the overview: how many questions, rows at a glance and topics, and whether all claims are listed."""

    asked: int
    rows: int
    topics: int
    listed: bool


def _fit(context: Context, questions: Sequence[Sequence[tuple[str, ArticleView]]], rows: int) -> Fitting:
    """What fits on the overview, by the HTML elements that each part has at most. It is never split: what does not fit
    is on the pages of its topics."""
    briefing = context.briefing
    room = max(0, paging.MOST - 600 - 14 * len(briefing.sources))
    sizes = [12 + sum(2 + 12 * len(article.replies) for _, article in cells) for cells in questions]
    asked = sum(total <= room // 2 for total in accumulate(sizes))
    row = 3 + 7 * len(context.vocabulary.stances if len(briefing.sources) > GLANCE else briefing.sources)
    shown = min(rows, room // 4 // row)
    left, topics = room - sum(sizes[:asked]) - row * shown, len(briefing.file.topics)
    return Fitting(asked, shown, min(topics, max(TOPICS, left // 6)), 6 * (len(briefing.claims) + topics) <= left)


def by_letter(context: Context) -> list[Source]:
    """The sources in the order of their letters."""
    tags = source_tags(context)
    return sorted(context.briefing.sources, key=lambda source: (len(tags[source.id].letter), tags[source.id].letter))


def _order_cells(context: Context, view: TopicView) -> list[tuple[str, ArticleView]]:
    """What each article answers, with its id, in the order of the letters."""
    found = dict(zip(context.briefing.source, view.articles, strict=True))
    return [(source.id, found[source.id]) for source in by_letter(context)]


def _count_more(topics: Iterable[TopicView]) -> dict[int, str]:
    """``2 more``, by the number: answers in a cell beyond those shown."""
    numbers = {len(article.replies) - REPLIES for topic in topics for article in topic.articles}
    return {number: ngettext("%(num)s more", "%(num)s more", number) for number in numbers}


class Line(NamedTuple):
    """A claim in a line, with the articles that carry it."""

    claim: ClaimView
    tags: tuple[Tag, ...]


class Group(NamedTuple):
    """The claims of a topic, if they are ``listed``, and how many have which verdict, by its label."""

    topic: Link
    size: str
    claims: tuple[Line, ...]
    verdicts: tuple[tuple[str, int], ...]
    listed: bool


def _list_claims(context: Context, fitting: Fitting) -> dict[str, Any]:
    """All claims by topic; those ``shared`` by most origins, and those that stay ``open``."""
    briefing, tags = context.briefing, source_tags(context)
    lines = []
    for claim in briefing.claims:
        sources = dict.fromkeys(statement.source for statement in claim.statements if statement.source in tags)
        lines.append(Line(claim_view(context, claim), tuple(sorted(tags[name] for name in sources))))
    groups = []
    for topic in briefing.file.topics:
        mine = tuple(line for line in lines if line.claim.record.topic == topic.id)
        tally = Counter(line.claim.verdict.id for line in mine)
        counts = [(lower_start(term.label), tally[term.id]) for term in context.vocabulary.verdicts]
        groups.append(
            Group(
                context.topic_link(topic),
                ngettext("%(num)s claim", "%(num)s claims", len(mine)),
                mine,
                tuple(pair for pair in counts if pair[1]),
                fitting.listed,
            )
        )

    def count(line: Line) -> tuple[int, int]:
        facts = judge(briefing, line.claim.record, context.vocabulary).facts
        return -facts.origins, -facts.voices

    shared = sorted((line for line in lines if line.claim.verdict.id == "shared"), key=count)
    stay_open = [line.claim for line in lines if line.claim.verdict.id == "open"]
    unanswered = [view for view in topic_views(context).values() if view.label.id == "no article answers"]
    return {
        "groups": groups[: fitting.topics],
        "shared": shared[:TOP],
        "all_shared": len(shared),
        "unanswered": unanswered[:TOP],
        "open": stay_open[: max(0, TOP - len(unanswered))],
        "all_open": len(stay_open) + len(unanswered),
    }


def name_speakers(context: Context, source: Source) -> str:
    """``Ann Lee, two officials and 3 more``: whom an article quotes most; empty if it speaks for itself only."""
    views = [view for view in source_statements(context, source) if not view.own_voice]
    held = Counter(view.holder for view in views).most_common()
    names = [like(name, re.sub("^The ", "the ", name)) for name, _ in held]
    if len(names) > SPEAKERS + 1:
        names[SPEAKERS:] = [ngettext("%(num)s more", "%(num)s more", len(names) - SPEAKERS)]
    return join_words(names)


def bottom_line(context: Context) -> tuple[tuple[Phrase, ...], ...]:
    """The sentences of the bottom line, each in phrases."""
    return tuple(_split_phrases(context, sentence) for sentence in context.briefing.file.bottom_line)


def _split_phrases(context: Context, sentence: Sentence) -> tuple[Phrase, ...]:
    """A sentence of the bottom line: its [phrases] link its claims; without any the sentence links the first claim."""
    claims = [context.briefing.claim.get(name) for name in sentence.claims]
    hrefs = [context.claim_address(claim) if claim else None for claim in claims]
    pieces = sentence.text.replace("]", "[").split("[")
    if len(pieces) != 2 * len(hrefs) + 1:
        more = ((f" ({n})", href) for n, href in enumerate(hrefs[1:], 2))
        return ((remove_brackets(sentence.text), hrefs[0] if hrefs else None), *more)
    return tuple((piece, hrefs[i // 2] if i % 2 else None) for i, piece in enumerate(pieces) if piece)


def _glance(context: Context) -> dict[str, Any]:
    """The comparison at a glance of topics without a question: a column for each article, or for each stance if there
    are many articles.

    A column is its letter and link. A row is a topic and its cells, each a letter and a tuple of marks.
    """
    tags, stances = source_tags(context), context.vocabulary.stances
    counted = len(tags) > GLANCE
    if counted:
        columns = [(stance.symbol, Link(stance.label, context.address("matrix/"))) for stance in stances]
    else:
        sources = [(source, tags[source.id]) for source in by_letter(context)]
        columns = [(f"{tag.letter} {tag.shape}", Link(tag.name, tag.href)) for _, tag in sources]
    rows = []
    for topic in context.briefing.file.topics:
        if topic.id in topic_views(context):
            continue
        claims = [claim for claim in context.briefing.claims if claim.topic == topic.id]
        if counted:
            cells = [_count_articles(claims, stance) for stance in stances]
        else:
            cells = [_count_stances(context, claims, source) for source, _ in sources]
        letters = (letter for letter, _ in columns)
        rows.append((context.topic_link(topic), list(zip(letters, cells, strict=True))))
    return {"counted": counted, "columns": columns, "rows": rows}


def _count_articles(claims: Sequence[Claim], stance: Term) -> tuple[Mark, ...]:
    """How many articles take a stance; no mark if none does."""
    said = (s for claim in claims for s in claim.statements if s.mode != DRAMATISED)
    articles = {s.source for s in said if s.stance == stance.id}
    return (Mark(stance.symbol, slug(stance.id), stance.label, len(articles)),) if articles else ()


def _count_stances(context: Context, claims: Sequence[Claim], source: Source) -> tuple[Mark, ...]:
    """How often a source takes each stance; the mark of its silence if it takes none."""
    tally = Counter(
        s.stance for claim in claims for s in claim.statements if s.source == source.id and s.mode != DRAMATISED
    )
    if not tally:
        silences = (silence for claim in claims for silence in find_silences(context)[claim.id])
        states = {silence.state for silence in silences if silence.source.id == source.id}
        state = next((state for state in SILENCES if state in states), SILENCES[0])
        return (silence_mark(context.vocabulary.get("silences", state)),)
    return tuple(
        Mark(stance.symbol, slug(stance.id), stance.label, count)
        for stance in context.vocabulary.stances
        if (count := tally[stance.id])
    )


def last_checked(context: Context) -> str:
    """The day on which a quotation was last checked, in words; empty if none was."""
    days = [day for lock in context.briefing.locks.values() if (day := lock.last_checked_on)]
    return format_date(max(days)) if days else ""


def describe_editor(editor: Editor) -> str:
    """``Name (affiliation: none). Used a model for ...``: an editor and who or what assisted them."""
    name = gettext("%(name)s (affiliation: %(affiliation)s).", name=editor.name, affiliation=editor.affiliation)
    if not editor.assistance:
        return name
    return weave(" ".join, [name, like(editor.assistance, f"{editor.assistance.rstrip('.')}.")])
