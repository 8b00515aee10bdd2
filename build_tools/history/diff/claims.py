"""Compares claims: their words, kinds, verdicts, silences, relations, replies and what they pass over. Pure."""

from collections.abc import Iterator

from build_tools.base.problems import Place
from build_tools.compare.statements import list_silences
from build_tools.compare.verdicts import decide_verdict
from build_tools.history.diff.matching import match_keys, match_most_alike, reworded_or_respelt
from build_tools.history.diff.objects import Sides, Subject, compare_objects, show_value
from build_tools.model.change import Change, Side
from build_tools.model.records import Claim, PassedOver, Relation, Reply

FIELDS = {"claim-kind": ("kind",), "claim-note": ("note",)}
PASSED_OVER = Subject[PassedOver](
    "passed-over", lambda p: p.reason, {"passed-over-reason": ("reason",)}, lambda p, side: {"source": p.source}
)
REPLY = Subject[Reply]("reply", lambda reply: reply.text, {}, lambda reply, side: {"name": reply.by})


def compare_claims(sides: Sides) -> Iterator[Change]:
    """Claims added, removed and changed, and verdicts and silences that changed with them or without."""

    def values(claim: Claim, side: Side) -> dict[str, str]:
        return {"kind": claim.kind, "verdict": decide_verdict(sides.head, claim, sides.head_words)}

    claims = sides.match(sides.base.claims, sides.head.claims, sides.ids.claim)
    yield from compare_objects(Subject[Claim]("claim", lambda claim: claim.claim, FIELDS, values), claims, sides.change)
    for claim in claims.removed:
        yield from _compare_parts(claim, _without_parts(claim), sides)
    for claim in claims.added:
        yield from _compare_parts(_without_parts(claim), claim, sides)
    same_evidence = _same_evidence(sides)
    for before, after in claims.both:
        if not (before is after and same_evidence):
            yield from _compare_verdicts(before, after, sides)
        if before is not after:
            yield from _compare_words(before, after, sides)
            yield from _compare_parts(before, after, sides)


def _same_evidence(sides: Sides) -> bool:
    """Whether an unchanged claim must have the same verdict and silences: vocabulary, sources and locks are the same
    objects. (Between two commits most are, and comparing them would take most of the time.)"""
    base, head = sides.base, sides.head
    return (
        sides.base_words is sides.head_words
        and [id(source) for source in base.sources] == [id(source) for source in head.sources]
        and {name: id(lock) for name, lock in base.locks.items()} == {n: id(lock) for n, lock in head.locks.items()}
    )


def _compare_verdicts(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    old = decide_verdict(sides.base, before, sides.base_words)
    new = decide_verdict(sides.head, after, sides.head_words)
    if old != new:
        yield sides.change("verdict-changed", after, after.place, before=old, after=new)
    new_ids = sides.ids.source
    states = {new_ids.get(s.source.id, s.source.id): s.state for s in list_silences(sides.base, before)}
    for silence in list_silences(sides.head, after):
        name, state = silence.source.id, silence.state
        if states.get(name, state) != state:
            yield sides.change("silence-changed", after, after.place, source=name, before=states[name], after=state)


def _compare_words(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    if before.claim != after.claim:
        kind, place = f"claim-{reworded_or_respelt(before.claim, after.claim)}", after.place.at("claim")
        yield sides.change(kind, after, place, before=before.claim, after=after.claim)
    if set(before.terms) != set(after.terms):
        old, new = (show_value(tuple(sorted(set(claim.terms)))) for claim in (before, after))
        yield sides.change("terms-changed", after, after.place.at("terms"), before=old, after=new)


def _without_parts(claim: Claim) -> Claim:
    """A claim that says nothing of sources, claims and people: all of that is a change when the claim comes or goes."""
    return claim.model_copy(update={"passed_over": (), "relations": (), "replies": ()})


def _compare_parts(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    """What a claim says of sources that it passes over, of other claims, and of people who replied."""

    def label(relation: Relation) -> str:
        return sides.head_words.get("relations", relation.how).label

    def likeness(old: Relation, new: Relation) -> float:
        return (old.to == new.to) * (1 + (old.how == new.how))

    def change(kind: str, _: object, place: Place, **more: str | None) -> Change:
        return sides.change(kind, after, place, **more)

    ids = sides.ids
    old_passed = [p.model_copy(update={"source": ids.source.get(p.source, p.source)}) for p in before.passed_over]
    passed_over = match_keys({p.source: p for p in old_passed}, {p.source: p for p in after.passed_over})
    yield from compare_objects(PASSED_OVER, passed_over, change)
    old_relations = [r.model_copy(update={"to": ids.claim.get(r.to, r.to)}) for r in before.relations]
    relations = match_most_alike(old_relations, after.relations, likeness)
    subject = Subject[Relation](
        "relation", lambda r: r.why, {"relation-reason": ("why",)}, lambda r, side: {"how": label(r), "to": r.to}
    )
    yield from compare_objects(subject, relations, change)
    for old, new in relations.both:
        if (old.how, old.real) != (new.how, new.real):
            first, second = (f"{label(r)}{'' if r.real else ' (no real contradiction)'}" for r in (old, new))
            yield change("relation-changed", new, new.place, before=first, after=second, to=new.to)
    replies = match_keys(*({(reply.by, reply.on): reply for reply in claim.replies} for claim in (before, after)))
    yield from compare_objects(REPLY, replies, change)
    for pair in replies.both:
        first, second = (" ".join(filter(None, (reply.text, reply.url))) for reply in pair)
        if first != second:
            reply = pair[1]
            yield change("reply-changed", reply, reply.place, before=first, after=second, name=reply.by)
