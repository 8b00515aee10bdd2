"""The page Exercise: quotations without their articles, for a reader to place; and the sheet and key to print. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from synoptic.compare.exercise import choose_articles, choose_questions
from synoptic.pages.answers import Tag, source_tags
from synoptic.pages.claim import ClaimView, claim_view
from synoptic.pages.context import Context
from synoptic.pages.page import Page, briefing_page
from synoptic.pages.statement import StatementView, name_holder, statement_view
from synoptic.text.encode import address
from synoptic.text.language import gettext

#: Articles that a question offers, at most.
OFFERED = 6


class QuestionView(NamedTuple):
    """Words to place, with what they are about, the articles offered, and the letters of those that have them."""

    number: int
    said: StatementView
    topic: str
    claim: ClaimView
    offered: tuple[Tag, ...]
    right: str
    holder: str


def pages(context: Context) -> Iterator[Page]:
    """The page Exercise, if the briefing has enough quotations."""
    questions = tuple(_list_questions(context))
    if questions:
        yield briefing_page(
            context, "exercise/", "exercise", "exercise", gettext("Who said it?"),
            title=gettext("Who said it?"), questions=questions,
            columns=tuple(source_tags(context).values()), rules=address("method/", "verdicts"),
        )  # fmt: skip


def _list_questions(context: Context) -> Iterator[QuestionView]:
    tags = source_tags(context)
    topics = {topic.id: topic.title for topic in context.briefing.file.topics}
    for number, (claim, statement, right) in enumerate(choose_questions(context.briefing), 1):
        said = statement_view(context, claim, statement)
        yield QuestionView(
            number=number,
            said=said,
            topic=topics[claim.topic],
            claim=claim_view(context, claim),
            offered=tuple(tags[name] for name in choose_articles(tuple(tags), right, number, OFFERED)),
            right=" ".join(tag.letter for name, tag in tags.items() if name in right),
            holder=name_holder(said),
        )
