"""Compares the topics of a briefing: their questions, answers, and the claims that moved between them. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Place
from synoptic.history.diff import matching, objects
from synoptic.history.diff.objects import Sides
from synoptic.model import records
from synoptic.model.change import Change, Side
from synoptic.text.english import join_words, plural


def compare_topics(sides: Sides) -> Iterator[Change]:
    """Topics with their questions and answers, and claims moved between topics that were there before. Splitting a
    claims file is one new topic, no more."""
    ids, claims = sides.ids, sides.head.claims
    old_topics = {ids.claim.get(c.id, c.id): ids.topic.get(c.topic, c.topic) for c in sides.base.claims}

    def values(topic: records.Topic, side: Side) -> dict[str, str]:
        inside = [claim for claim in claims if claim.topic == topic.id]
        moved = sum(claim.id in old_topics and old_topics[claim.id] != topic.id for claim in inside)
        new = sum(claim.id not in old_topics for claim in inside)
        parts = [plural(new, "new claim")] if new else []
        parts += [f"{plural(moved, 'claim')} from other topics"] if moved else []
        return {"count": join_words(parts) or "no claims"}

    topics = matching.match_by_id(sides.base.file.topics, sides.head.file.topics, ids.topic)
    yield from objects.compare_objects(topics, sides.change, values)
    for topic in topics.removed:
        yield from _compare_answers(topic, topic.model_copy(update={"answers": (), "apart": ()}), sides)
    for topic in topics.added:
        yield from _compare_answers(topic.model_copy(update={"answers": (), "apart": ()}), topic, sides)
    for before, after in topics.both:
        yield from sides.differ("topic-question", after, "question", before.question, after.question)
        yield from _compare_answers(before, after, sides)
    base_topics = {ids.topic.get(topic.id, topic.id) for topic in sides.base.file.topics}
    for claim in claims:
        old = old_topics.get(claim.id, claim.topic)
        if old != claim.topic and claim.topic in base_topics:
            yield sides.change("claim-topic", claim, claim.place, about="", before=old, after=claim.topic)


def _compare_answers(before: records.Topic, after: records.Topic, sides: Sides) -> Iterator[Change]:
    """The answers of a topic, and those that it sets apart."""
    renamed = {old: new for (topic, old), new in sides.ids.answer.items() if topic == before.id}

    def with_new_ids(old: records.Answer, new: records.Answer) -> records.Answer:
        support = tuple(sorted(sides.ids.claim.get(name, name) for name in old.support))
        return old.model_copy(update={"support": new.support if support == tuple(sorted(new.support)) else support})

    def change(kind: str, _: object, place: Place, **more: str | None) -> Change:
        return sides.change(kind, after, place, **more)

    def names(apart: records.Apart) -> str:
        return ", ".join(sorted(apart.answers))

    def same_answers(old: records.Apart, new: records.Apart) -> float:
        return (names(old) == names(new)) * (1 + (old.why == new.why))

    answers = matching.match_by_id(before.answers, after.answers, renamed)
    topic = {"topic": after.id}
    yield from objects.compare_objects(answers, sides.change, lambda answer, side: topic, with_new_ids)
    for old, new in answers.both:
        if old.text != new.text:
            kind = f"answer-{matching.reworded_or_respelt(old.text, new.text)}"
            yield sides.change(kind, new, new.place.at("text"), before=old.text, after=new.text, **topic)
    aparts = [
        apart.model_copy(update={"answers": tuple(renamed.get(name, name) for name in apart.answers)})
        for apart in before.apart
    ]
    matches = matching.match_most_alike(aparts, after.apart, same_answers)
    yield from objects.compare_objects(matches, change, lambda apart, side: {"answers": names(apart)})
