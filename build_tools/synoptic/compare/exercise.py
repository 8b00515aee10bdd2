"""Quotations for a reader to guess: which article has these words? Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from synoptic.compare.statements import find_block_kind
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.text.folding import fold

#: The most questions, and the fewest that make an exercise.
MOST, FEWEST = 12, 4


class Question(NamedTuple):
    """A statement whose words are to be placed; ``right`` are the ids of all articles that have them."""

    claim: Claim
    statement: Statement
    right: frozenset[str]


def choose_questions(briefing: Briefing) -> tuple[Question, ...]:
    """The questions of a briefing, each topic in turn: checked words of a body, first on what articles tell
    differently. None if they are too few, or if there is only one article."""
    having: dict[str, set[str]] = {}
    for _, statement in briefing.statements:
        having.setdefault(fold(statement.quote), set()).add(statement.source)
    asked: dict[str, int] = {}  # article to how often it is asked about
    topics = [_list_topic(briefing, topic.id, asked) for topic in briefing.file.topics]
    turns = (pair for turn in zip_longest(*topics) for pair in turn if pair)
    seen: set[str] = set()
    chosen = []
    for claim, statement in turns:
        words = fold(statement.quote)
        if words not in seen:
            seen.add(words)
            chosen.append(Question(claim, statement, frozenset(having[words])))
        if len(chosen) == MOST:
            break
    few = len(chosen) < FEWEST or len({statement.source for _, statement, _ in chosen}) < 2
    return () if few else tuple(chosen)


def _list_topic(briefing: Briefing, topic: str, asked: dict[str, int]) -> Iterator[tuple[Claim, Statement]]:
    """A topic's statements in the order in which they are asked: of its claims with most stances and articles first,
    one from each claim and then a second; an article's turn comes again when others had theirs."""
    ranked = []
    for claim in (claim for claim in briefing.claims if claim.topic == topic):
        fit = [statement for statement in claim.statements if _is_fit(briefing, statement)]
        weight = len({one.stance for one in fit}), len({one.source for one in fit})
        ranked.append((weight, fit, claim))
    ranked.sort(key=lambda one: one[0], reverse=True)
    for _ in range(2):
        for _, fit, claim in ranked:
            if fit:
                yield claim, _take(fit, asked)


def _take(fit: list[Statement], asked: dict[str, int]) -> Statement:
    """Take the first statement of the article that was asked about least."""
    statement = min(fit, key=lambda one: asked.get(one.source, 0))
    fit.remove(statement)
    asked[statement.source] = asked.get(statement.source, 0) + 1
    return statement


def _is_fit(briefing: Briefing, statement: Statement) -> bool:
    """Whether a statement's words were checked, are of a body, and are not imagined."""
    lock = briefing.locks.get(statement.source)
    return bool(
        briefing.checked_entry(statement)
        and lock
        and lock.checked_by
        and statement.mode != DRAMATISED
        and find_block_kind(briefing, statement) == "body"
    )


def choose_articles(sources: Sequence[str], right: frozenset[str], number: int, most: int) -> list[str]:
    """At most ``most`` of ``sources``: all that are right, and others, which begin elsewhere for each ``number``."""
    others = [source for source in sources if source not in right]
    start = number * most % max(1, len(others))
    wrong = {*(others[start:] + others[:start])[: max(1, most - len(right))]}
    return [source for source in sources if source in right or source in wrong]
