"""How each article tells the story, as data: objects of ``format.yml``. Pure."""

from collections.abc import Iterable
from typing import Any

from synoptic.compare import telling
from synoptic.compare.telling import Naming
from synoptic.model.records import Claim, Source
from synoptic.model.site import Briefing, Site

_DIGITS = 4  # of a share, after the point


def build_telling(site: Site, briefing: Briefing) -> dict[str, list[dict[str, Any]]]:
    """The sources, with what is counted in each, and the claims, with their places."""
    unnamed, named = telling.list_unnamed(briefing), telling.list_named_speakers(briefing, site.speakers_of(briefing))
    return {
        "sources": [_build_source(site, briefing, one, unnamed[one.id], named[one.id]) for one in briefing.sources],
        "claims": [_build_claim(briefing, claim) for claim in briefing.claims],
    }


def _build_source(
    site: Site, briefing: Briefing, source: Source, unnamed: list[str], named: list[telling.Naming]
) -> dict[str, Any]:
    by_kind, by_country = telling.count_speech(briefing, source, site.speakers_of(briefing), site.vocabulary)
    facts = telling.find_facts(briefing, source, site.vocabulary)
    pairs = telling.list_headlines(briefing, source)
    return {
        "source": source.id,
        "words": facts.words,
        "body": facts.body,
        "quoted": facts.quoted,
        "speech_by_kind": by_kind,
        "speech_by_country": by_country,
        "hedges": facts.hedges,
        "watched": _build_names(telling.list_watched(briefing, source)),
        "speakers": _build_names(named),
        "unnamed": unnamed,
        "headlines": [{"headline": headline.id, "body": body.id} for (_, headline), (_, body) in pairs],
        "paragraphs": [
            {"paragraph": number, "kind": kind, "topics": list(topics)}
            for number, kind, topics in telling.order_topics(briefing, source)
        ],
    }


def _build_names(namings: Iterable[Naming]) -> list[dict[str, Any]]:
    return [{**naming._asdict(), "terms": list(naming.terms)} for naming in namings]


def _build_claim(briefing: Briefing, claim: Claim) -> dict[str, Any]:
    shares = telling.list_shares(briefing, claim)
    return {
        "claim": claim.id,
        "spread": round(telling.measure_spread(shares), _DIGITS),
        "places": [
            {
                "source": share.source,
                "first": round(share.first, _DIGITS),
                "words": share.words,
                "length": share.length,
            }
            for share in shares
        ],
    }
