"""Statements by source and speaker, the quotations to be checked, and the relations that lead to a claim. Pure."""

from __future__ import annotations

from build_tools.base.problems import Place
from build_tools.model.briefing import Briefing
from build_tools.model.lock import LockedQuote
from build_tools.model.records import Claim, Relation, Source, Statement
from build_tools.model.site import Site
from build_tools.text.folding import fold


def statements_in(briefing: Briefing, source: str) -> list[tuple[Claim, Statement]]:
    """The statements that a source carries, each with its claim."""
    return [(claim, statement) for claim, statement in briefing.statements if statement.source == source]


def statements_by(briefing: Briefing, speaker: str) -> list[tuple[Claim, Statement]]:
    """The statements of known sources that a speaker holds, each with its claim."""
    return [
        (claim, statement)
        for claim, statement in briefing.statements
        if statement.source in briefing.source and briefing.speaker_of(statement) == speaker
    ]


def quotations(briefing: Briefing) -> list[Statement]:
    """All words that must be verbatim: the statements' quotations, and words of figures and events beyond them."""
    extra = []
    for item in (*briefing.figures, *briefing.events):
        known = [briefing.statement[name] for name in item.statements if name in briefing.statement]
        if item.words and known and not any(fold(item.words) in fold(statement.quote) for statement in known):
            spot = item.place.at("words")
            place = Place(spot.path, spot.line, spot.column, {"quote": (spot.line, spot.column)})
            source = known[0].source
            extra.append(Statement(place=place, id=item.id, source=source, stance="asserts", quote=item.words))
    return [*(statement for _, statement in briefing.statements), *extra]


def quotations_of(briefing: Briefing, source: str) -> list[Statement]:
    """The quotations from one source, in the order of the files: statements, then words of figures and events."""
    return [statement for statement in quotations(briefing) if statement.source == source]


def checked_quotations(briefing: Briefing) -> list[tuple[Statement, Source, LockedQuote]]:
    """The statements whose quotation is the one in the lock, each with its source and entry."""
    return [
        (statement, source, entry)
        for _, statement in briefing.statements
        if (source := briefing.source.get(statement.source))
        and (entry := briefing.locked(statement))
        and entry.is_of(statement)
    ]


def incoming_relations(briefing: Briefing) -> dict[str, list[tuple[Claim, Relation]]]:
    """Claim's id to the relations that other claims of the briefing have to it."""
    incoming: dict[str, list[tuple[Claim, Relation]]] = {}
    for claim in briefing.claims:
        for relation in claim.relations:
            if relation.to != claim.id:
                incoming.setdefault(relation.to, []).append((claim, relation))
    return incoming


def relations_from_elsewhere(site: Site, slug: str) -> dict[str, list[tuple[Briefing, Claim, Relation]]]:
    """Claim's id to the relations that claims of other briefings have to it; ``slug`` is the claim's briefing."""
    incoming: dict[str, list[tuple[Briefing, Claim, Relation]]] = {}
    for other in (site.briefing[name] for name, summary in site.summaries.items() if slug in summary.related):
        for claim in other.claims:
            for relation in claim.relations:
                home, slash, name = relation.to.partition("/")
                if slash and home == slug:
                    incoming.setdefault(name, []).append((other, claim, relation))
    return incoming
