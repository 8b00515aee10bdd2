"""Rules: every source was searched for every term, and every hit is answered. Pure."""

from collections import Counter
from collections.abc import Iterator

from build_tools.base.problems import Place, Problem
from build_tools.compare.silences import find_hits
from build_tools.model.briefing import Briefing
from build_tools.model.site import Site


def no_terms(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has search terms: without them, "not mentioned" has no basis."""
    for claim in briefing.claims:
        if not claim.terms and claim.kind != "question" and claim.id not in briefing.broken:
            yield Problem(claim.place, f'the claim "{claim.id}" has no search terms', "add terms: [...]")


def searched(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The lock of every source records the hits of every search term; they match the text if it is available."""
    command = f"python -m build_tools lock {briefing.slug}"
    locks = {s.id: lock for s in briefing.sources if (lock := briefing.locks.get(s.id)) and lock.checked_by}
    for claim in briefing.claims:
        for i, term in enumerate(claim.terms if claim.id not in briefing.broken else ()):
            if missing := [source for source, lock in locks.items() if term not in lock.terms]:
                sources = ", ".join(f'"{source}"' for source in missing)
                message = f'the search for "{term}" is missing from the lock of {sources}'
                yield Problem(claim.place.at("terms", i), message, f"whoever has the text runs: {command}")
            for source, lock in locks.items():
                text = briefing.texts.get(source)
                if term in lock.terms and text is not None and text.search(term) != lock.terms[term]:
                    message = f'the hits of "{term}" in the lock of "{source}" do not match the text'
                    yield Problem(claim.place.at("terms", i), message, f"run: {command}")


def hit_unanswered(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """If a search term occurs in a source, the claim has a statement from it or a `passed_over` with a reason."""
    for claim in briefing.claims:
        answered = {s.source for s in claim.statements} | {p.source for p in claim.passed_over}
        if claim.id in briefing.broken or not answered <= briefing.source.keys():
            continue
        for source in briefing.sources:
            hits = find_hits(briefing.locks.get(source.id), claim)
            if hits and source.id not in answered:
                locked_terms = briefing.locks[source.id].terms
                terms = ", ".join(f'"{term}"' for term in claim.terms if locked_terms[term])
                paragraphs = ", ".join(map(str, hits))
                message = f'search terms of "{claim.id}" occur in "{source.id}", paragraph {paragraphs}: {terms}'
                yield Problem(
                    claim.place.at("terms"),
                    message,
                    f"add a statement, or passed_over: [{{source: {source.id}, reason: ...}}]",
                )


def needless_pass(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A `passed_over` names, once, a source that has a hit but no statement."""
    for claim in briefing.claims:
        speaking = {statement.source for statement in claim.statements}
        times = Counter(entry.source for entry in claim.passed_over)
        earlier: set[tuple[str, str]] = set()
        for entry in claim.passed_over:
            repeated = (entry.source, entry.reason) in earlier
            earlier.add((entry.source, entry.reason))
            remove: Place | None = entry.place
            if entry.source in speaking:
                why = "it has a statement on this claim"
            elif find_hits(briefing.locks.get(entry.source), claim) == ():
                why = "none of the search terms occurs in it"
            elif times[entry.source] > 1:
                why, remove = "it is passed over twice", entry.place if repeated else None
            else:
                continue
            message = f'"{entry.source}" need not be passed over: {why}'
            yield Problem(entry.place.at("source"), message, "remove this entry", remove=remove)
