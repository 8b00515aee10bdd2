"""Topics and answers: what each article answers to the question of a topic, computed from statements. Pure."""

from collections.abc import Mapping

from build_tools.model.site import Briefing


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
