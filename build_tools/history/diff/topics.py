"""Compares topics, which order pages and not meaning: splitting a claims file is one new topic, no more. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.base.problems import Place
from build_tools.history.diff.fields import id_change
from build_tools.history.diff.matching import match_by_id
from build_tools.history.diff.sides import Sides
from build_tools.model.change import Change


def compare_topics(sides: Sides) -> Iterator[Change]:
    """Topics added, removed, renamed and retitled, and claims moved between topics that were there before."""
    ids, claims = sides.ids, sides.head.claims
    old_topics = {ids.claim.get(c.id, c.id): ids.topic.get(c.topic, c.topic) for c in sides.base.claims}
    topics = match_by_id(sides.base.file.topics, sides.head.file.topics, ids.topic)
    for topic in topics.removed:
        yield sides.change("topic-removed", topic.id, topic.place, side="base", before=topic.title)
    for topic in topics.added:
        moved = sum(claim.topic == topic.id and claim.id in old_topics for claim in claims)
        values = (("count", str(moved)),)
        yield sides.change("topic-added", topic.id, topic.place, after=topic.title, values=values)
    for before, after in topics.both:
        if before.id != after.id:
            yield id_change("topic", before, after, sides.change)
        if before.title != after.title:
            place = after.place.at("title")
            yield sides.change("topic-retitled", after.id, place, before=before.title, after=after.title)
    base_topics = {ids.topic.get(topic.id, topic.id) for topic in sides.base.file.topics}
    for claim in claims:
        old = old_topics.get(claim.id, claim.topic)
        if old != claim.topic and claim.topic in base_topics:
            place = Place(claim.place.path, claim.place.line, claim.place.column)
            yield sides.change("claim-topic", claim.id, place, claim=claim.id, before=old, after=claim.topic)
