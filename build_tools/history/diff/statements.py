"""Compares statements: who holds which claim, in which source, with what stance and in what words. Pure."""

from collections.abc import Iterator

from build_tools.compare.statements import find_holder
from build_tools.history.diff.objects import Sides, Subject, compare_objects
from build_tools.model.change import Change, Side
from build_tools.model.records import Statement
from build_tools.text.folding import fold

FIELDS = {
    "statement-stance": ("stance",),
    "statement-note": ("note",),
    "statement-translation": ("translation",),
    "statement-changed": ("via", "mode", "cut", "paragraph", "utterance", "allow"),
}


def compare_statements(sides: Sides) -> Iterator[Change]:
    """Statements added, removed, moved and changed. They are matched across claims, so that one that moved to another
    claim is not taken for two."""

    def values(statement: Statement, side: Side) -> dict[str, str]:
        briefing, words = (sides.base, sides.base_words) if side == "base" else (sides.head, sides.head_words)
        holder = find_holder(briefing, statement).removeprefix("article:")
        return {"stance": words.get("stances", statement.stance).label, "holder": holder}

    old, new = ([statement for _, statement in side.statements] for side in (sides.base, sides.head))
    statements = sides.match(old, new, sides.ids.statement)
    subject = Subject[Statement]("statement", lambda statement: statement.quote, FIELDS, values)
    yield from compare_objects(subject, statements, sides.change)
    for before, after in statements.both:
        if before is not after:
            yield from _compare_holder_and_quotation(before, after, sides)


def _compare_holder_and_quotation(before: Statement, after: Statement, sides: Sides) -> Iterator[Change]:
    ids = sides.ids

    def change(kind: str, field: str, old: str, new: str) -> Change:
        return sides.change(kind, after, after.place.at(field), before=old, after=new)

    claims = old_claim, claim = sides.claim_of[id(before)], sides.claim_of[id(after)]
    if ids.claim.get(old_claim.id, old_claim.id) != claim.id:
        yield change("statement-moved", "", *(f"{c.id}: {c.claim}" for c in claims))
    if ids.source.get(before.source, before.source) != after.source:
        yield change("statement-source", "source", before.source, after.source)
    if ids.speaker.get(before.speaker or "", before.speaker) != after.speaker:
        yield change("statement-holder", "speaker", *(s.speaker or "the article itself" for s in (before, after)))
    if before.quote != after.quote and (kind := _quotation_kind(before.quote, after.quote)):
        yield change(kind, "quote", before.quote, after.quote)


def _quotation_kind(before: str, after: str) -> str:
    """The kind of change of a quotation's words; empty if only its line breaks changed."""
    old, new = fold(before), fold(after)
    if old == new:
        return "quotation-respelt" if before.split() != after.split() else ""
    if old in new:
        return "quotation-lengthened"
    return "quotation-cut" if new in old else "quotation-replaced"
