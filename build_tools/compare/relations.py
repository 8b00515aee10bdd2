"""Relations in the other direction: from a claim to those that name it. Pure."""

from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Relation
from build_tools.model.site import Site


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
    for other in (site.briefing[name] for name, summary in site.summaries.items() if slug in summary.related):
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
