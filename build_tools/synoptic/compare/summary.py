"""Summaries of briefings, by which questions about a whole site need not read them all; and relations of claims."""

from collections.abc import Iterable
from dataclasses import replace

from synoptic.model.records import Claim, Relation, Speaker
from synoptic.model.site import Briefing, Site, Summary


def summarize(briefing: Briefing) -> Summary:
    """The part of a briefing that pages of the whole site and of other briefings need."""
    references = [relation.to for claim in briefing.claims for relation in claim.relations]
    references += [gone.to or "" for gone in briefing.file.gone]
    return Summary(
        briefing.slug,
        briefing.file.title,
        briefing.file.question,
        briefing.listed,
        {speaker: len(pairs) for speaker, pairs in briefing.credited.items()},
        frozenset(slug for slug, slash, _ in (reference.partition("/") for reference in references) if slash),
        briefing.file.language,
    )


def replace_briefings(site: Site, briefings: Iterable[Briefing]) -> Site:
    """The site with ``briefings`` in place of its own."""
    by_id = {briefing.slug: briefing for briefing in briefings}
    return replace(site, briefing=by_id, summaries={slug: summarize(one) for slug, one in by_id.items()})


def list_credited_speakers(site: Site) -> list[Speaker]:
    """The named speakers who hold statements in published briefings, in the order of their file."""
    return [speaker for speaker in site.speakers if speaker.id in site.crediting]


def find_incoming_relations(briefing: Briefing) -> dict[str, list[tuple[Claim, Relation]]]:
    """Claim's id to the relations that other claims of the briefing have to it."""
    incoming: dict[str, list[tuple[Claim, Relation]]] = {}
    for claim in briefing.claims:
        for relation in claim.relations:
            if relation.to != claim.id:
                incoming.setdefault(relation.to, []).append((claim, relation))
    return incoming


def find_relations_from_elsewhere(site: Site, slug: str) -> dict[str, list[tuple[Briefing, Claim, Relation]]]:
    """Claim's id to the relations that claims of other briefings have to it; ``slug`` is the claim's briefing."""
    incoming: dict[str, list[tuple[Briefing, Claim, Relation]]] = {}
    for other in (site.briefing[name] for name in site.naming.get(slug, ())):
        for claim in other.claims:
            for relation in claim.relations:
                home, slash, name = relation.to.partition("/")
                if slash and home == slug:
                    incoming.setdefault(name, []).append((other, claim, relation))
    return incoming


def find_related_briefings(site: Site) -> dict[str, set[str]]:
    """Briefing's id to the briefings that it is related to, in either direction."""
    related: dict[str, set[str]] = {slug: set() for slug in site.summaries}
    for slug, summary in site.summaries.items():
        for other in summary.related & site.summaries.keys() - {slug}:
            related[slug].add(other)
            related[other].add(slug)
    return related
