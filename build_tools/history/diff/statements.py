"""Compares statements: who holds which claim, in which source, with what stance and in what words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.base.problems import Place
from build_tools.compare.statements import find_holder
from build_tools.history.diff.fields import id_change, show_value
from build_tools.history.diff.matching import match_by_id
from build_tools.history.diff.sides import Sides
from build_tools.model.briefing import Briefing
from build_tools.model.change import Change
from build_tools.model.records import Claim, Statement
from build_tools.model.vocabulary import Vocabulary
from build_tools.text.folding import fold

FIELDS = ("via", "mode", "cut", "paragraph", "utterance", "allow")


def compare_statements(sides: Sides) -> Iterator[Change]:
    """Statements added, removed, moved and changed. They are matched across claims, so that one that moved to another
    claim is not taken for two."""
    claim_of = {id(s): claim for claim, s in (*sides.base.statements, *sides.head.statements)}
    old, new = ([statement for _, statement in side.statements] for side in (sides.base, sides.head))
    statements = match_by_id(old, new, sides.ids.statement)
    for statement in statements.removed:
        if not sides.may_be_unreadable(statement.id):
            claim, values = claim_of[id(statement)], _stance_and_holder(sides.base, statement, sides.base_words)
            words = {"side": "base", "before": statement.quote}
            yield sides.statement_change("statement-removed", statement, claim, statement.place, **words, values=values)
    for statement in statements.added:
        claim, values = claim_of[id(statement)], _stance_and_holder(sides.head, statement, sides.head_words)
        yield sides.statement_change(
            "statement-added", statement, claim, statement.place, after=statement.quote, values=values
        )
    for before, after in statements.both:
        if before is not after:
            yield from _compare_statement(before, after, claim_of[id(before)], claim_of[id(after)], sides)


def _stance_and_holder(briefing: Briefing, statement: Statement, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    stance = vocabulary.get("stances", statement.stance).label
    return ("stance", stance), ("holder", find_holder(briefing, statement).removeprefix("article:"))


def _compare_statement(
    before: Statement, after: Statement, old_claim: Claim, claim: Claim, sides: Sides
) -> Iterator[Change]:
    ids = sides.ids

    def change(kind: str, field: str, old: str | None, new: str | None, **more: object) -> Change:
        return sides.statement_change(kind, after, claim, after.place.at(field), before=old, after=new, **more)

    if before.id != after.id:
        belongs = {"claim": claim.id, "about": claim.claim, "source": after.source, "speaker": after.speaker or ""}
        yield id_change("statement", before, after, sides.change, **belongs)
    if ids.claim.get(old_claim.id, old_claim.id) != claim.id:
        place = Place(after.place.path, after.place.line, after.place.column)
        old, new = (f"{c.id}: {c.claim}" for c in (old_claim, claim))
        yield sides.statement_change("statement-moved", after, claim, place, before=old, after=new)
    if before.stance != after.stance:
        yield change("statement-stance", "stance", before.stance, after.stance)
    if ids.source.get(before.source, before.source) != after.source:
        yield change("statement-source", "source", before.source, after.source)
    if ids.speaker.get(before.speaker or "", before.speaker) != after.speaker:
        old, new = (speaker or "the article itself" for speaker in (before.speaker, after.speaker))
        yield change("statement-holder", "speaker", old, new)
    if before.quote != after.quote and (kind := _quotation_kind(before.quote, after.quote)):
        yield change(kind, "quote", before.quote, after.quote)
    for field in ("note", "translation"):
        if getattr(before, field) != getattr(after, field):
            yield change(f"statement-{field}", field, getattr(before, field), getattr(after, field))
    for field in FIELDS:
        first, second = getattr(before, field), getattr(after, field)
        if first != second:
            values = (("field", field),)
            yield change("statement-changed", field, show_value(first), show_value(second), values=values)


def _quotation_kind(before: str, after: str) -> str:
    """The kind of change of a quotation's words; empty if only its line breaks changed."""
    old, new = fold(before), fold(after)
    if old == new:
        return "quotation-respelt" if before.split() != after.split() else ""
    if old in new:
        return "quotation-lengthened"
    return "quotation-cut" if new in old else "quotation-replaced"
