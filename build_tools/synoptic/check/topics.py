"""Rules: a topic is a question, its answers are short, and claims give them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from synoptic.base.problems import Place, Problem, find_nearest
from synoptic.check.rule import report_duplicate, report_missing
from synoptic.compare.answers import find_answers_of
from synoptic.model.records import Claim
from synoptic.model.site import Briefing, Site
from synoptic.text.folding import fold, split_words

MAX_WORDS = 8


def unanswered_topic(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every topic has a question, and answers to it."""
    for topic in briefing.file.topics:
        if topic.id in briefing.broken:
            continue
        if topic.question is None:
            message = f'the topic "{topic.id}" has no question'
            yield Problem(topic.place, message, "add question: with what a reader would ask")
        elif not topic.answers:
            message = f'the topic "{topic.id}" has no answers'
            yield Problem(topic.place, message, "add answers: [{id: ..., text: ...}], and name them in its claims")


def answer_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An answer has at most eight words."""
    for topic in briefing.file.topics:
        for answer in topic.answers:
            if (count := len(split_words(fold(answer.text)))) > MAX_WORDS:
                message = f'the answer "{answer.id}" has {count} words'
                yield Problem(answer.place.at("text"), message, f"cut it to {MAX_WORDS} words at most")


def unknown_answer(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every answer that a claim names is one of its topic's answers; `apart` names two or more of them."""
    answers = {topic.id: {answer.id for answer in topic.answers} for topic in briefing.file.topics}
    for claim in briefing.claims:
        if claim.answer is not None and claim.topic in answers:
            yield from report_missing(briefing, claim.answer, answers[claim.topic], "answer", claim.place, "answer")
    for topic in briefing.file.topics:
        for apart in topic.apart:
            for i, name in enumerate(apart.answers):
                yield from report_missing(briefing, name, answers[topic.id], "answer", apart.place, "answers", i)
            if len(set(apart.answers)) < 2:
                message = f"apart names {len(set(apart.answers))} answer, and it takes two"
                yield Problem(apart.place.at("answers"), message, "name the answers that cannot both hold")


def answer_without_claim(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every answer has a claim that gives it: one of its topic, by `answer`, or one of another topic, by `support`."""
    by_topic: dict[str, list[Claim]] = defaultdict(list)
    for claim in briefing.claims:
        by_topic[claim.topic].append(claim)
    for topic in briefing.file.topics:
        first_places: dict[str, Place] = {}
        named = {claim.answer or "" for claim in by_topic[topic.id] if claim.kind != "question"}
        known = {answer.id for answer in topic.answers}
        named |= {find_nearest(name, known - named) for name in named - known}  # the same mistake
        for answer in topic.answers:
            if answer.id in first_places:
                yield report_duplicate(answer.id, answer.place.at("id"), first_places[answer.id], "duplicate-id")
            elif answer.id not in named and not answer.support and not briefing.broken:
                message = f'no claim gives the answer "{answer.id}"'
                yield Problem(answer.place, message, f"add answer: {answer.id} to a claim, or remove the answer")
            first_places.setdefault(answer.id, answer.place)
            for i, name in enumerate(answer.support):
                yield from report_missing(briefing, name, briefing.claim, "claim", answer.place, "support", i)
                if name in briefing.claim and briefing.claim[name].topic == topic.id:
                    message = f'the claim "{name}" supports an answer of its own topic'
                    tip = f"add answer: {answer.id} to the claim instead"
                    yield Problem(answer.place.at("support", i), message, tip)


def lead_twice(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement leads only if its claim gives an answer, and one alone leads for each answer and article."""
    answers_of = find_answers_of(briefing)
    leads: Counter[tuple[str, str, str]] = Counter()
    for claim, statement in briefing.statements:
        if not statement.lead:
            continue
        answers = answers_of.get(claim.id, ())
        if not answers and claim.answer is None and not briefing.broken:
            message = f'"{statement.id}" leads, but the claim "{claim.id}" gives no answer'
            yield Problem(statement.place.at("lead"), message, "remove lead:, or add answer: to the claim")
        taken = [answer for topic, answer in answers if leads[topic, answer, statement.source]]
        if taken:
            message = f'another statement in "{statement.source}" leads already for the answer "{taken[0]}"'
            yield Problem(statement.place.at("lead"), message, "keep lead: at one of the two")
        leads.update((topic, answer, statement.source) for topic, answer in answers)
