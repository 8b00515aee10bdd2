"""The page Disagreements: answers and claims told differently, face to face, and contested claims. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from build_tools.compare.answers import Answered, Reply
from build_tools.model import paging
from build_tools.model.records import Claim
from build_tools.pages.answers import answered_topics, source_tags
from build_tools.pages.claim import ClaimView, claim_view
from build_tools.pages.context import Context, Link, once
from build_tools.pages.page import Page, split_pages
from build_tools.pages.statement import StatementView, statement_view, statement_views

BASE = "disagreements/"
#: Verdicts of contested claims.
CONTESTED = ("disputed", "opinions differ", "contradicts itself")
#: Relations of two claims that are hard to square, the harder one first.
CONFLICTS = ("contradicts", "in-tension-with")
#: The sections: title and anchor.
SECTIONS = (("They tell it differently", "pairs"), ("Asserted and denied", "contested"))
APART = "cannot both hold"


class Side(NamedTuple):
    """One of two that are told differently: an answer or a claim, and a statement that shows it, if there is one."""

    title: Link
    letter: str
    said: tuple[StatementView, ...]


class Pair(NamedTuple):
    """Two answers or claims that are told differently; ``remark`` says that they differ in scope or time."""

    left: Side
    how: str
    right: Side
    why: str
    remark: str


class Conflicts(NamedTuple):
    """The disagreements of a briefing: pairs told differently, the harder conflict first; and contested claims."""

    pairs: list[Pair]
    claims: list[ClaimView]


def pages(context: Context) -> Iterator[Page]:
    """The page Disagreements, or its parts."""
    lists = find_conflicts(context)
    layout = paging.distribute([list(map(_count_pair, lists.pairs)), list(map(_count_elements, lists.claims))])
    contents = []
    for runs in layout:
        entries = [(paging.run_title(SECTIONS[r.group][0], r, len(lists[r.group])), SECTIONS[r.group][1]) for r in runs]
        contents.append(("; ".join(title for title, _ in entries), entries))
    sheets = (_sheet(lists, runs) for runs in layout)
    return split_pages(context, BASE, "disagreements", "Disagreements", "Disagreements", contents, sheets)


def _sheet(lists: Conflicts, runs: Sequence[paging.Run]) -> dict[str, Any]:
    """The views of a page; a section that is not on it is None."""
    shown: dict[int, Any] = {run.group: lists[run.group][run.first : run.end] for run in runs}
    return {"sections": SECTIONS, "pairs": shown.get(0), "claims": shown.get(1)}


@once
def find_conflicts(context: Context) -> Conflicts:
    """The pairs that are told differently, each once, and the contested claims."""
    claims = [claim_view(context, claim) for claim in context.briefing.claims]
    contested = [claim for claim in claims if claim.verdict.id in CONTESTED]
    ranked: list[tuple[int, int, int, Pair]] = []
    taken: set[frozenset[str]] = set()
    for pair, articles, ids in (*_answers_apart(context), *_related_claims(context)):
        rank = (APART, *CONFLICTS).index(pair.how)
        if ids.isdisjoint(taken):
            ranked.append((rank, -articles, len(ranked), pair))
        taken |= ids
    labels = {how: context.vocabulary.get("relations", how).label for how in CONFLICTS}
    pairs = [pair._replace(how=labels.get(pair.how, pair.how)) for *_, pair in sorted(ranked, key=lambda one: one[:3])]
    return Conflicts(pairs, contested)


#: A pair, how many articles tell either side, and the pairs of claims that it sets face to face.
_Found = tuple[Pair, int, frozenset[frozenset[str]]]


def _answers_apart(context: Context) -> Iterator[_Found]:
    """Answers that cannot both hold, and that articles give."""
    for answered in answered_topics(context):
        for apart in answered.topic.apart:
            for names in combinations(dict.fromkeys(apart.answers), 2):
                left, right = (_find_givers(answered, name) for name in names)
                if left and right:
                    one, other = _face(left, right)
                    sides = [_answer_side(context, reply) for reply in (one, other)]
                    ids = frozenset(frozenset((a.claim.id, b.claim.id)) for a in left for b in right)
                    articles = len({reply.statement.source for reply in (*left, *right)})
                    yield Pair(sides[0], APART, sides[1], apart.why, ""), articles, ids


def _find_givers(answered: Answered, name: str) -> list[Reply]:
    """The replies that give an answer in the body of an article."""
    replies = (reply for article in answered.articles for reply in article.replies if reply.answer.id == name)
    return [reply for reply in replies if reply.counted and reply.statement.stance == "asserts"]


def _face(left: Sequence[Reply], right: Sequence[Reply]) -> tuple[Reply, Reply]:
    """A reply of each side, of two articles if there are two."""
    pairs = ((a, b) for a in left for b in right if a.statement.source != b.statement.source)
    return next(pairs, (left[0], right[0]))


def _answer_side(context: Context, reply: Reply) -> Side:
    said = statement_view(context, reply.claim, reply.statement)
    return Side(Link(reply.answer.text, context.claim_address(reply.claim)), _letter(context, said), (said,))


def _related_claims(context: Context) -> Iterator[_Found]:
    """Claims that an editor finds hard to square."""
    known = context.briefing.claim
    for claim in context.briefing.claims:
        for relation in claim.relations:
            if relation.how in CONFLICTS and relation.to in known:
                other = known[relation.to]
                left = _find_best(context, claim, "")
                right = _find_best(context, other, left[0].article.id if left else "")
                articles = len({s.source for one in (claim, other) for s in one.statements})
                remark = "" if relation.real else "differs in scope or time"
                sides = [_claim_side(context, one, said) for one, said in ((claim, left), (other, right))]
                ids = frozenset((frozenset((claim.id, other.id)),))
                yield Pair(sides[0], relation.how, sides[1], relation.why, remark), articles, ids


def _find_best(context: Context, claim: Claim, unlike: str) -> tuple[StatementView, ...]:
    """The statement that shows a claim best: asserted in a body, by another article than ``unlike`` if there is one."""
    views: Iterable[StatementView] = statement_views(context, claim)
    ranked = sorted(
        views,
        key=lambda v: (v.sign.id != "asserts", bool(v.block), v.article.id == unlike, not v.record.lead),
    )
    return tuple(ranked[:1])


def _claim_side(context: Context, claim: Claim, said: tuple[StatementView, ...]) -> Side:
    return Side(context.claim_link(claim), _letter(context, said[0]) if said else "", said)


def _letter(context: Context, view: StatementView) -> str:
    tag = source_tags(context)[view.article.id]
    return f"{tag.letter} {tag.shape}"


def _count_pair(pair: Pair) -> int:
    """HTML elements of a pair on the page, at most."""
    return 3 + sum(4 + sum(map(_count_statement_elements, side.said)) for side in (pair.left, pair.right))


def _count_elements(claim: ClaimView) -> int:
    """HTML elements of a contested claim on the page, at most."""
    return 7 + sum(3 + sum(map(_count_statement_elements, statements)) for _, statements in claim.groups)


def _count_statement_elements(statement: StatementView) -> int:
    optional = bool(statement.voice) + bool(statement.hedges) + bool(statement.record.note)
    return 12 + optional + 2 * bool(statement.record.translation)
