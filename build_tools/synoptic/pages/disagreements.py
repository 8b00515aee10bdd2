"""The page Disagreements: answers and claims told differently, face to face, and contested claims. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from synoptic.compare.answers import Answered, Reply
from synoptic.model import paging
from synoptic.model.records import Claim
from synoptic.pages.answers import answered_topics, source_tags
from synoptic.pages.claim import ClaimView, claim_view
from synoptic.pages.context import Context, Link, once
from synoptic.pages.page import Page, split_pages
from synoptic.pages.statement import StatementView, statement_view, statement_views
from synoptic.text.language import gettext, gettext_noop, join_remarks

BASE = "disagreements/"
#: Verdicts of contested claims.
CONTESTED = ("disputed", "opinions differ", "contradicts itself")
#: Relations of two claims that are hard to square.
CONFLICTS = ("contradicts", "in-tension-with")
#: The sections: title and anchor.
SECTIONS = ((gettext_noop("They tell it differently"), "pairs"), (gettext_noop("Asserted and denied"), "contested"))
#: Answers that cannot both hold, in HARDNESS.
APART = "apart"
#: What sets two sides against each other, the hardest conflict first.
HARDNESS = (APART, "disputed", "contradicts", "opinions differ", "contradicts itself", "in-tension-with")


class Side(NamedTuple):
    """One of two that are told differently: an answer or a claim, a statement that shows it, if there is one, and the
    ids of all claims that tell it, if they take ``stance``."""

    title: Link
    letter: str
    said: tuple[StatementView, ...]
    claims: tuple[str, ...]
    stance: str = "asserts"


class Pair(NamedTuple):
    """Two answers or claims that are told differently, or two sides of a claim; ``remark`` says that they differ in
    scope or time. ``rank`` sorts the hardest conflict first, then the one that most articles tell."""

    left: Side
    how: str
    right: Side
    why: str
    remark: str
    rank: tuple[int, int]


class Conflicts(NamedTuple):
    """The disagreements of a briefing: pairs told differently, the harder conflict first; and contested claims."""

    pairs: list[Pair]
    claims: list[ClaimView]


def pages(context: Context) -> Iterator[Page]:
    """The page Disagreements, or its parts."""
    lists = find_conflicts(context)
    layout = paging.distribute([list(map(_count_pair, lists.pairs)), list(map(_count_elements, lists.claims))])
    sections = [(gettext(title), anchor) for title, anchor in SECTIONS]
    contents = []
    for runs in layout:
        entries = [(paging.run_title(sections[r.group][0], r, len(lists[r.group])), sections[r.group][1]) for r in runs]
        contents.append((join_remarks(title for title, _ in entries), entries))
    sheets = (_sheet(lists, runs) | {"sections": sections} for runs in layout)
    return split_pages(context, BASE, "disagreements", "", gettext("Disagreements"), contents, sheets)


def _sheet(lists: Conflicts, runs: Sequence[paging.Run]) -> dict[str, Any]:
    """The views of a page; a section that is not on it is None."""
    shown: dict[int, Any] = {run.group: lists[run.group][run.first : run.end] for run in runs}
    return {"pairs": shown.get(0), "claims": shown.get(1)}


@once
def find_conflicts(context: Context) -> Conflicts:
    """The pairs that are told differently, each once, and the contested claims."""
    claims = [claim_view(context, claim) for claim in context.briefing.claims]
    contested = [claim for claim in claims if claim.verdict.id in CONTESTED]
    pairs: list[Pair] = []
    taken: set[frozenset[str]] = set()
    for pair, ids in (*_answers_apart(context), *_related_claims(context)):
        if ids.isdisjoint(taken):
            pairs.append(pair)
        taken |= ids
    return Conflicts(sorted(pairs, key=_get_rank), contested)


def face_conflicts(context: Context) -> list[Pair]:
    """All disagreements as pairs, the hardest first: answers, claims, and the two sides of contested claims."""
    found = find_conflicts(context)
    return sorted([*found.pairs, *(pair for claim in found.claims for pair in _oppose(context, claim))], key=_get_rank)


def _get_rank(pair: Pair) -> tuple[int, int]:
    return pair.rank


def _oppose(context: Context, claim: ClaimView) -> Iterator[Pair]:
    """A contested claim with a statement that asserts it and one that denies it, of two articles if there are two."""
    said = {term.id: [view for view in views if not view.block] for term, views in claim.groups}
    pairs = [(yes, no) for yes in said.get("asserts", ()) for no in said.get("denies", ())]
    for yes, no in sorted(pairs, key=lambda pair: pair[0].article.id == pair[1].article.id)[:1]:
        ids, articles = (claim.record.id,), len({statement.source for statement in claim.record.statements})
        yield Pair(
            left=Side(Link(claim.text, claim.href), _letter(context, yes), (yes,), ids),
            how=claim.verdict.label,
            right=Side(
                Link(gettext("Denied by %(holder)s", holder=no.holder), no.href),
                _letter(context, no),
                (no,),
                ids,
                "denies",
            ),
            why=claim.record.note or "",
            remark="",
            rank=(HARDNESS.index(claim.verdict.id), -articles),
        )


#: A pair, and the pairs of claims that it sets face to face.
_Found = tuple[Pair, frozenset[frozenset[str]]]


def _answers_apart(context: Context) -> Iterator[_Found]:
    """Answers that cannot both hold, and that articles give."""
    for answered in answered_topics(context):
        for apart in answered.topic.apart:
            for names in combinations(dict.fromkeys(apart.answers), 2):
                left, right = (_find_givers(answered, name) for name in names)
                if left and right:
                    one, other = _face(left, right)
                    sides = [_answer_side(context, one, left), _answer_side(context, other, right)]
                    ids = frozenset(frozenset((a.claim.id, b.claim.id)) for a in left for b in right)
                    articles = len({reply.statement.source for reply in (*left, *right)})
                    how = gettext("cannot both hold")
                    yield Pair(sides[0], how, sides[1], apart.why, "", (0, -articles)), ids


def _find_givers(answered: Answered, name: str) -> list[Reply]:
    """The replies that give an answer in the body of an article."""
    replies = (reply for article in answered.articles for reply in article.replies if reply.answer.id == name)
    return [reply for reply in replies if reply.counted and reply.statement.stance == "asserts"]


def _face(left: Sequence[Reply], right: Sequence[Reply]) -> tuple[Reply, Reply]:
    """A reply of each side, of two articles if there are two; one that an editor lets lead comes before the others."""
    one, other = (sorted(replies, key=lambda reply: not reply.statement.lead) for replies in (left, right))
    pairs = ((a, b) for a in one for b in other if a.statement.source != b.statement.source)
    return next(pairs, (one[0], other[0]))


def _answer_side(context: Context, reply: Reply, givers: Iterable[Reply]) -> Side:
    said = statement_view(context, reply.claim, reply.statement)
    title, claims = (
        Link(reply.answer.text, context.claim_address(reply.claim)),
        dict.fromkeys(r.claim.id for r in givers),
    )
    return Side(title, _letter(context, said), (said,), tuple(claims))


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
                remark = "" if relation.real else gettext("differs in scope or time")
                sides = [_claim_side(context, one, said) for one, said in ((claim, left), (other, right))]
                ids = frozenset((frozenset((claim.id, other.id)),))
                how = context.vocabulary.get("relations", relation.how).label
                rank = HARDNESS.index(relation.how), -articles
                yield Pair(sides[0], how, sides[1], relation.why, remark, rank), ids


def _find_best(context: Context, claim: Claim, unlike: str) -> tuple[StatementView, ...]:
    """The statement that shows a claim best: asserted in a body, by another article than ``unlike`` if there is one."""
    views: Iterable[StatementView] = statement_views(context, claim)
    ranked = sorted(
        views,
        key=lambda v: (v.sign.id != "asserts", bool(v.block), v.article.id == unlike, not v.record.lead),
    )
    return tuple(ranked[:1])


def _claim_side(context: Context, claim: Claim, said: tuple[StatementView, ...]) -> Side:
    return Side(context.claim_link(claim), _letter(context, said[0]) if said else "", said, (claim.id,), "")


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
