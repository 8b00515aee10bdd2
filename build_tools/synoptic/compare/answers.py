"""Topics and answers: what each article answers to the question of a topic, computed from statements. Pure."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from synoptic.compare.statements import Silence, find_block_kind, find_holder, find_origin, list_silences
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Answer, Claim, Source, Statement, Topic
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.folding import fold

#: Kinds of silence, the one first that is shown of an article that is silent on several claims.
SILENCES = (
    "not checked",
    "not examined",
    "passed over",
    "searched in another language",
    "not found in part",
    "searched, not found",
)


class Reply(NamedTuple):
    """How one article stands to one answer: a stance, and the statement that shows it best.

    ``counted`` is false if the article says so outside its body only. ``others`` are further holders of this stance
    there, each by one statement.
    """

    answer: Answer
    claim: Claim
    statement: Statement
    counted: bool
    others: tuple[tuple[Claim, Statement], ...] = ()


class Replies(NamedTuple):
    """What one article answers to a question; if nothing, ``silence`` is how it is silent, with the reasons for it."""

    source: Source
    replies: tuple[Reply, ...]
    silence: str
    reasons: tuple[str, ...]


class Told(NamedTuple):
    """A counted statement as the label sees it; ``about`` is its ``of:``, folded, and empty if unknown."""

    answer: str
    origin: str
    stance: str
    about: str


class Case(NamedTuple):
    """What a rule judges: statements that count, and pairs of answers that cannot both hold."""

    told: Sequence[Told]
    apart: frozenset[tuple[str, str]]

    @property
    def given(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """Origin to the answers that it gives, each with the stance ``asserts`` or ``qualifies``."""
        found: dict[str, set[tuple[str, str]]] = {}
        for told in self.told:
            if told.stance in _GIVING:
                found.setdefault(told.origin, set()).add((told.answer, told.stance))
        return {origin: frozenset(answers) for origin, answers in found.items()}

    @property
    def conflict(self) -> bool:
        """Whether two answers given of one thing cannot both hold, or one that is given is denied."""
        given: dict[str, set[str]] = {}
        denied: dict[str, set[str]] = {}
        for told in self.told:
            if told.stance in ("asserts", "denies"):
                (given if told.stance == "asserts" else denied).setdefault(told.answer, set()).add(told.about)
        return any(_may_be_one(given.get(a), given.get(b)) for a, b in self.apart) or any(
            _may_be_one(given[answer], denied.get(answer)) for answer in given
        )

    @property
    def same(self) -> bool:
        """Whether all origins give the same answers, limited or not, none of them of different things."""
        objects: dict[str, set[str]] = {}
        for told in self.told:
            if told.stance in _GIVING:
                objects.setdefault(told.answer, set()).add(told.about)
        answers = {frozenset(answer for answer, _ in given) for given in self.given.values()}
        return len(answers) == 1 and all(len(about - {""}) < 2 for about in objects.values())

    @property
    def limited(self) -> bool:
        """Whether an answer is given with a limit."""
        return any(told.stance == "qualifies" for told in self.told)


_GIVING = ("asserts", "qualifies")
Rule = Callable[[Case], bool]

#: The published table: the id of each label (the vocabulary has its words) and its rule. The first that fits decides.
LABELS: tuple[tuple[str, Rule], ...] = (
    ("no article answers", lambda case: not case.given),
    ("answers conflict", lambda case: case.conflict),
    ("one article answers", lambda case: len(case.given) == 1),
    ("same answer with limits", lambda case: case.same and case.limited),
    ("same answer", lambda case: case.same),
    ("different answers", lambda case: True),
)


class Answered(NamedTuple):
    """A topic with what each article answers, in the order of the sources, and the label of LABELS that fits."""

    topic: Topic
    articles: tuple[Replies, ...]
    label: str


def find_answers_of(briefing: Briefing) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Claim's id to the (topic, answer) pairs that it gives: the one it names itself, then those it supports."""
    known = {(topic.id, answer.id) for topic in briefing.file.topics for answer in topic.answers}
    found: dict[str, dict[tuple[str, str], None]] = {}
    for claim in briefing.claims:
        if claim.answer is not None and (claim.topic, claim.answer) in known:
            found.setdefault(claim.id, {})[claim.topic, claim.answer] = None
    for topic in briefing.file.topics:
        for answer in topic.answers:
            for name in answer.support:
                found.setdefault(name, {})[topic.id, answer.id] = None
    return {name: tuple(pairs) for name, pairs in found.items()}


def answer_topics(briefing: Briefing, vocabulary: Vocabulary) -> tuple[Answered, ...]:
    """Every topic with its answers, article by article, and its label."""
    claims: dict[tuple[str, str], list[Claim]] = {}
    pairs_of = find_answers_of(briefing)
    own = [(claim, pair) for claim in briefing.claims for pair in pairs_of.get(claim.id, ())]
    for claim, pair in sorted(own, key=lambda item: item[0].topic != item[1][0]):  # support comes last
        claims.setdefault(pair, []).append(claim)
    return tuple(
        _answer(
            briefing, topic, {answer.id: claims.get((topic.id, answer.id), []) for answer in topic.answers}, vocabulary
        )
        for topic in briefing.file.topics
    )


def _answer(
    briefing: Briefing, topic: Topic, claims_of: Mapping[str, Sequence[Claim]], vocabulary: Vocabulary
) -> Answered:
    replies: dict[str, list[Reply]] = {source.id: [] for source in briefing.sources}
    told = []
    for answer in topic.answers:
        by_source: dict[str, list[tuple[Claim, Statement, bool]]] = {}
        for claim in claims_of[answer.id]:
            for statement in claim.statements:
                if statement.source in replies and statement.mode != DRAMATISED:
                    counted = vocabulary.get("blocks", find_block_kind(briefing, statement)).counts
                    by_source.setdefault(statement.source, []).append((claim, statement, counted))
                    if counted:
                        told.append(_tell(briefing, answer, statement))
        for source, items in by_source.items():
            replies[source] += _find_replies(briefing, answer, items, vocabulary)
    silences: dict[str, list[Silence]] = {}
    for claim in {claim.id: claim for claims in claims_of.values() for claim in claims}.values():
        for silence in list_silences(briefing, claim):
            silences.setdefault(silence.source.id, []).append(silence)
    articles = (_summarize(s, replies[s.id], silences.get(s.id, ())) for s in briefing.sources)
    apart = frozenset(pair for one in topic.apart for pair in combinations(sorted(set(one.answers)), 2))
    return Answered(topic, tuple(articles), decide_label(Case(told, apart)))


def decide_label(case: Case) -> str:
    """The id of the first label of LABELS whose rule fits."""
    return next(name for name, rule in LABELS if rule(case))


def _tell(briefing: Briefing, answer: Answer, statement: Statement) -> Told:
    about = fold(statement.of).casefold() if statement.of else ""
    return Told(answer.id, find_origin(briefing, statement.source), statement.stance, about)


def _may_be_one(some: set[str] | None, others: set[str] | None) -> bool:
    """Whether statements of both sides may be about one thing; one without ``of:`` may be about anything."""
    return some is not None and others is not None and ("" in some | others or bool(some & others))


def _find_replies(
    briefing: Briefing, answer: Answer, items: Sequence[tuple[Claim, Statement, bool]], vocabulary: Vocabulary
) -> list[Reply]:
    """The replies of one article to one answer, by stance: those of its body, or else those outside it."""
    body = any(counted for _, _, counted in items)
    replies = []
    for stance in vocabulary.stances:
        fitting = [(c, s) for c, s, counted in items if counted == body and s.stance == stance.id]
        by_holder: dict[str, tuple[Claim, Statement]] = {}
        for claim, statement in sorted(fitting, key=lambda item: not item[1].lead):
            by_holder.setdefault(find_holder(briefing, statement), (claim, statement))
        if by_holder:
            (claim, statement), *others = by_holder.values()
            replies.append(Reply(answer, claim, statement, body, tuple(others)))
    return replies


def _summarize(source: Source, replies: Sequence[Reply], silences: Sequence[Silence]) -> Replies:
    states = {silence.state for silence in silences}
    silence = "" if replies else next((state for state in SILENCES if state in states), SILENCES[0])
    reasons = dict.fromkeys(s.reason for s in silences if s.state == silence and s.reason)
    return Replies(source, tuple(replies), silence, tuple(reasons))
