"""Answers as pages show them: who gives which, in which article, in which words. Pure."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from synoptic.compare.answers import Answered, Replies, Reply, answer_topics
from synoptic.compare.marks import mark_sources
from synoptic.model.records import Source, Topic
from synoptic.model.vocabulary import Term
from synoptic.pages.context import Context, Link, once
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.language import enquote, gettext, gettext_noop, join_list, join_sentences, join_words


class Tag(NamedTuple):
    """A source by its letter, its mark and its name, leading to its page."""

    letter: str
    shape: str
    name: str
    href: Markup


class ReplyView(NamedTuple):
    """One article's reply with one answer: who holds it (empty if the article itself), and the words that show it.

    ``number`` is the answer's, from 1; ``sign`` is the symbol of a stance other than a plain yes. ``note`` says how it
    differs: limited, denied, asked, only in a headline. ``also`` names further holders in the same article;
    ``instead`` is the first of them with a name, if the reply rests on somebody unnamed.
    """

    number: int
    text: str
    sign: str
    who: str
    note: str
    outside: bool
    said: StatementView
    also: str
    instead: "ReplyView | None" = None


class ArticleView(NamedTuple):
    """What one article answers; if nothing, how it is silent, and why it was passed over."""

    tag: Tag
    replies: tuple[ReplyView, ...]
    silence: Term
    reasons: str


class AnswerView(NamedTuple):
    """One answer with the articles that reply with it."""

    id: str
    text: str
    replies: tuple[tuple[Tag, ReplyView], ...]


class TopicView(NamedTuple):
    """A topic's question with its answers, and what each article answers; ``apart`` says which conflict, and why."""

    record: Topic
    link: Link
    question: str
    label: Term
    answers: tuple[AnswerView, ...]
    articles: tuple[ArticleView, ...]
    silent: tuple[tuple[Term, tuple[tuple[Tag, str], ...]], ...]
    apart: tuple[tuple[str, str], ...]


#: What a stance makes of an answer, if more than giving it.
NOTES = {
    "qualifies": gettext_noop("limits it"), "denies": gettext_noop("denies it"), "questions": gettext_noop("asks"),
}  # fmt: skip


@once
def source_tags(context: Context) -> dict[str, Tag]:
    """Source id to its letter, mark, name and page."""
    marks = mark_sources(context.briefing)
    return {source.id: _make_tag(context, source, *marks[source.id]) for source in context.briefing.sources}


def _make_tag(context: Context, source: Source, letter: str, shape: str) -> Tag:
    return Tag(letter, shape, *context.source_link(source))


@once
def answered_topics(context: Context) -> tuple[Answered, ...]:
    """Every topic with what each article answers."""
    return answer_topics(context.briefing, context.vocabulary)


@once
def topic_views(context: Context) -> dict[str, TopicView]:
    """Topic id to its question and answers; topics without a question or without answers are left out."""
    return {
        answered.topic.id: _make_topic(context, answered)
        for answered in answered_topics(context)
        if answered.topic.question and answered.topic.answers
    }


def _make_topic(context: Context, answered: Answered) -> TopicView:
    topic = answered.topic
    numbers = {answer.id: number for number, answer in enumerate(topic.answers, 1)}
    articles = tuple(_make_article(context, replies, numbers) for replies in answered.articles)
    texts = {answer.id: answer.text for answer in topic.answers}
    pairs = list(zip(answered.articles, articles, strict=True))
    answers = tuple(
        AnswerView(
            answer.id,
            answer.text,
            tuple(
                (article.tag, view)
                for found, article in pairs
                for reply, view in zip(found.replies, article.replies, strict=True)
                if reply.answer is answer
            ),
        )
        for answer in topic.answers
    )
    return TopicView(
        record=topic,
        link=context.topic_link(topic),
        question=topic.question or topic.title,
        label=context.vocabulary.get("topic_labels", answered.label),
        answers=answers,
        articles=articles,
        silent=tuple(_group_silent(context, articles)),
        apart=tuple(
            (join_words([enquote(texts[name]) for name in one.answers if name in texts]), one.why)
            for one in topic.apart
        ),
    )


def _make_article(context: Context, found: Replies, numbers: Mapping[str, int]) -> ArticleView:
    return ArticleView(
        tag=source_tags(context)[found.source.id],
        replies=tuple(_make_reply(context, reply, numbers[reply.answer.id]) for reply in found.replies),
        silence=context.vocabulary.get("silences", found.silence),
        reasons=join_sentences(found.reasons),
    )


def _make_reply(context: Context, reply: Reply, number: int) -> ReplyView:
    said = statement_view(context, reply.claim, reply.statement)
    others = [statement_view(context, claim, statement) for claim, statement in reply.others]
    named = next((view for view in others if not view.unnamed), None) if said.unnamed else None
    return _show_reply(reply, number, said)._replace(
        also=join_words([name_voice(view) or gettext("the article itself") for view in others]),
        instead=_show_reply(reply, number, named) if named else None,
    )


def _show_reply(reply: Reply, number: int, said: StatementView) -> ReplyView:
    """A reply as one of its holders gives it."""
    note, outside = NOTES.get(said.stance.id), ""
    if not reply.counted:
        # For translators: a part of an article, such as "headline" or "caption"
        outside = gettext("only in a %(part)s", part=said.block or gettext("headline"))
    return ReplyView(
        number=number,
        text=reply.answer.text,
        sign="" if said.stance.id == "asserts" else said.stance.symbol,
        who=name_voice(said),
        note=join_list(filter(None, [gettext(note) if note else "", outside])),
        outside=not reply.counted,
        said=said,
        also="",
    )


def name_voice(view: StatementView) -> str:
    """Who holds a statement, if not its article: ``Ann Lee``, ``two officials (unnamed)``."""
    if view.own_voice:
        return ""
    remarks = [view.hidden, gettext("read into them") if view.record.mode == "inferred" else ""]
    remark = join_list(filter(None, remarks))
    return gettext("%(name)s (%(remarks)s)", name=view.holder, remarks=remark) if remark else view.holder


def _group_silent(
    context: Context, articles: tuple[ArticleView, ...]
) -> Iterator[tuple[Term, tuple[tuple[Tag, str], ...]]]:
    """The articles that give no answer, by how they are silent."""
    for term in context.vocabulary.silences:
        if group := tuple((a.tag, a.reasons) for a in articles if not a.replies and a.silence.id == term.id):
            yield term, group
