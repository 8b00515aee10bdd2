"""Compares claims: their words, kinds, verdicts, silences, relations, replies and what they pass over. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.compare.silences import list_silences
from build_tools.compare.verdicts import decide_verdict
from build_tools.history.diff.fields import id_change, show_value, strip_punctuation
from build_tools.history.diff.matching import Matches, match_by_id, match_keys
from build_tools.history.diff.sides import Sides
from build_tools.model.change import Change
from build_tools.model.records import Claim, Relation


def compare_claims(sides: Sides) -> Iterator[Change]:
    """Claims added, removed and changed, and verdicts and silences that changed with them or without."""
    same_evidence = _same_evidence(sides)
    claims = match_by_id(sides.base.claims, sides.head.claims, sides.ids.claim)
    for claim in claims.removed:
        if not sides.may_be_unreadable(claim.id):
            name, place = claim.id, claim.place
            yield sides.change("claim-removed", name, place, side="base", claim=name, before=claim.claim)
            yield from _compare_claim(claim, _without_others(claim), sides)
    for claim in claims.added:
        values = (("kind", claim.kind), ("verdict", decide_verdict(sides.head, claim, sides.head_words)))
        yield sides.change("claim-added", claim.id, claim.place, claim=claim.id, after=claim.claim, values=values)
        yield from _compare_claim(_without_others(claim), claim, sides)
    for before, after in claims.both:
        if before is after and same_evidence:
            continue
        old = decide_verdict(sides.base, before, sides.base_words)
        new = decide_verdict(sides.head, after, sides.head_words)
        if old != new:
            yield sides.claim_change("verdict-changed", after, after.place, before=old, after=new)
        yield from _compare_silences(before, after, sides)
        if before is not after:
            yield from _compare_claim(before, after, sides)


def _same_evidence(sides: Sides) -> bool:
    """Whether an unchanged claim must have the same verdict and silences: vocabulary, sources and locks are the same
    objects. (Between two commits most are, and comparing them would take most of the time.)"""
    base, head = sides.base, sides.head
    return (
        sides.base_words is sides.head_words
        and len(base.sources) == len(head.sources)
        and all(old is new for old, new in zip(base.sources, head.sources, strict=True))
        and base.locks.keys() == head.locks.keys()
        and all(base.locks[name] is head.locks[name] for name in base.locks)
    )


def _without_others(claim: Claim) -> Claim:
    """A claim without what it says of sources, claims and people: each of that is a change when the claim comes or
    goes."""
    return claim.model_copy(update={"passed_over": (), "relations": (), "replies": ()})


def _compare_claim(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    if before.id != after.id:
        yield id_change("claim", before, after, sides.change, claim=after.id, about=after.claim)
    if before.claim != after.claim:
        alike = strip_punctuation(before.claim) == strip_punctuation(after.claim)
        kind, place = "claim-respelt" if alike else "claim-reworded", after.place.at("claim")
        yield sides.change(kind, after.id, place, claim=after.id, before=before.claim, after=after.claim)
    for field in ("kind", "note"):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield sides.claim_change(f"claim-{field}", after, after.place.at(field), before=old, after=new)
    if set(before.terms) != set(after.terms):
        old, new = (show_value(tuple(sorted(set(claim.terms)))) for claim in (before, after))
        yield sides.claim_change("terms-changed", after, after.place.at("terms"), before=old, after=new)
    yield from _compare_passed_over(before, after, sides)
    yield from _compare_relations(before, after, sides)
    yield from _compare_replies(before, after, sides)


def _compare_passed_over(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    old = {sides.ids.source.get(p.source, p.source): p for p in before.passed_over}
    new = {p.source: p for p in after.passed_over}
    for name in sorted(old.keys() - new.keys()):
        place, reason = old[name].place, old[name].reason
        yield sides.claim_change("passed-over-removed", after, place, side="base", source=name, before=reason)
    for name in sorted(new.keys() - old.keys()):
        yield sides.claim_change("passed-over-added", after, new[name].place, source=name, after=new[name].reason)
    for name in sorted(new.keys() & old.keys()):
        if old[name].reason != new[name].reason:
            place, reasons = new[name].place.at("reason"), {"before": old[name].reason, "after": new[name].reason}
            yield sides.claim_change("passed-over-reason", after, place, source=name, **reasons)


def _compare_relations(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    def label(relation: Relation) -> str:
        return sides.head_words.get("relations", relation.how).label

    old = [r.model_copy(update={"to": sides.ids.claim.get(r.to, r.to)}) for r in before.relations]
    relations = _match_relations(old, list(after.relations))
    for old_relation, relation in relations.both:
        target = (("to", relation.to),)
        if (old_relation.how, old_relation.real) != (relation.how, relation.real):
            first, second = (
                f"{label(r)}{'' if r.real else ' (no real contradiction)'}" for r in (old_relation, relation)
            )
            place = relation.place
            yield sides.claim_change("relation-changed", after, place, before=first, after=second, values=target)
        if old_relation.why != relation.why:
            place, reasons = relation.place.at("why"), {"before": old_relation.why, "after": relation.why}
            yield sides.claim_change("relation-reason", after, place, **reasons, values=target)
    for relation in relations.removed:
        place, values = relation.place, (("how", label(relation)), ("to", relation.to))
        yield sides.claim_change("relation-removed", after, place, side="base", before=relation.why, values=values)
    for relation in relations.added:
        values = (("how", label(relation)), ("to", relation.to))
        yield sides.claim_change("relation-added", after, relation.place, after=relation.why, values=values)


def _match_relations(base: list[Relation], head: list[Relation]) -> Matches[Relation]:
    """Pair relations to the same claim: first those of the same sort, then any."""
    both = []
    for same_sort in (True, False):
        for relation in list(base):
            twins = (r for r in head if r.to == relation.to and (r.how == relation.how or not same_sort))
            if twin := next(twins, None):
                both.append((relation, twin))
                base.remove(relation)
                head.remove(twin)
    return Matches(both, head, base)


def _compare_replies(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    old, new = ({(reply.by, reply.on): reply for reply in claim.replies} for claim in (before, after))
    replies = match_keys(old, new)
    for reply in replies.removed:
        values = (("name", reply.by),)
        yield sides.claim_change("reply-removed", after, reply.place, side="base", before=reply.text, values=values)
    for reply in replies.added:
        values = (("name", reply.by),)
        yield sides.claim_change("reply-added", after, reply.place, after=reply.text, values=values)
    for old_reply, reply in replies.both:
        first, second = (" ".join(filter(None, (r.text, r.url))) for r in (old_reply, reply))
        if (old_reply.text, old_reply.url) != (reply.text, reply.url):
            values = (("name", reply.by),)
            yield sides.claim_change("reply-changed", after, reply.place, before=first, after=second, values=values)


def _compare_silences(before: Claim, after: Claim, sides: Sides) -> Iterator[Change]:
    new_ids = sides.ids.source
    old = {new_ids.get(s.source.id, s.source.id): s.state for s in list_silences(sides.base, before)}
    for silence in list_silences(sides.head, after):
        state, name = old.get(silence.source.id), silence.source.id
        if state is not None and state != silence.state:
            states = {"before": state, "after": silence.state}
            yield sides.claim_change("silence-changed", after, after.place, source=name, **states)
