"""A headline against the body of its article, as the page of its source shows it. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from synoptic.compare.headlines import MARKS, Part, examine_headline
from synoptic.model.records import Source
from synoptic.model.vocabulary import Term
from synoptic.pages.context import Context
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.language import gettext

#: What the body does, by why a headline is stronger.
WHY: dict[str, Callable[[StatementView], str]] = {
    "imagined": lambda body: gettext("the body only imagines it"),
    "contradicted": lambda body: gettext("the body says the opposite"),
    "asked": lambda body: gettext("the body only asks it"),
    "limited": lambda body: gettext("the body limits it"),
    "hedged": lambda body: gettext("the body hedges it: %(hedges)s", hedges=body.hedges),
    "credited": lambda body: gettext("the body credits it to %(name)s", name=body.holder),
    "other": lambda body: gettext("the body says something else: %(claim)s", claim=body.claim.text),
}


class PartView(NamedTuple):
    """Words above an article, their mark, why they are stronger than the body if they are, and the body's words."""

    head: StatementView
    mark: Term
    why: str
    body: StatementView | None


class HeadlineView(NamedTuple):
    """The words of a headline in pieces, each with its mark, None if nobody examined it; ``unexamined`` has those."""

    pieces: list[tuple[str, Term | None]]
    unexamined: list[str]
    parts: list[PartView]


def headline_view(context: Context, source: Source) -> HeadlineView:
    """The headline of a source, its deck and its bullets, against its body."""
    found = examine_headline(context.briefing, source, context.vocabulary)
    pieces: list[tuple[str, Term | None]] = []
    for words, numbers in found.pieces:
        marks = [found.parts[number].mark for number in numbers]
        pieces.append((words, _term(context, max(marks, key=MARKS.index)) if marks else None))
    return HeadlineView(
        pieces=pieces,
        unexamined=[words for words, mark in pieces if mark is None],
        parts=[_part(context, part) for part in found.parts],
    )


def _part(context: Context, part: Part) -> PartView:
    body = statement_view(context, *part.body) if part.body else None
    why = WHY[part.reason](body) if body and part.reason else ""
    return PartView(statement_view(context, *part.head), _term(context, part.mark), why, body)


def _term(context: Context, mark: str) -> Term:
    return context.vocabulary.get("headline_marks", mark)
