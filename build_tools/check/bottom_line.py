"""Rules: the bottom line is short, names its claims and fits their verdicts. Pure."""

from collections import defaultdict
from collections.abc import Iterator

from build_tools.base.problems import Problem
from build_tools.compare.verdicts import decide_verdict
from build_tools.model.briefing import Briefing
from build_tools.model.site import Site
from build_tools.text.folding import fold, split_words
from build_tools.text.terms import find_terms

MAX_WORDS = 150


def bottom_line_verdict(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line calls claims agreed, contested or divided only if that is their verdict."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for term in site.vocabulary.verdicts:
        for word in term.called:
            meanings[word].add(term.id)
    for sentence in briefing.file.bottom_line:
        claims = [briefing.claim[name] for name in sentence.claims if name in briefing.claim]
        verdicts = {decide_verdict(briefing, claim, site.vocabulary) for claim in claims}
        for word, meant in meanings.items():
            hits = find_terms(sentence.text, (word,))
            if verdicts and hits and not verdicts & meant:
                message = f'the bottom line says "{hits[0]}" of claims with the verdict: {", ".join(sorted(verdicts))}'
                yield Problem(sentence.place.at("text"), message, "use other words")


def bottom_line_claims(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every sentence of the bottom line names the claims it sums up, one for each [phrase] if it has any."""
    for sentence in briefing.file.bottom_line:
        phrases = sentence.text.count("[")
        if not sentence.claims and not briefing.broken:
            yield Problem(sentence.place, "a sentence of the bottom line names no claims", "add claims: [...]")
        elif phrases and (phrases != len(sentence.claims) or phrases != sentence.text.count("]")):
            message = f"phrases in brackets: {phrases}, claims: {len(sentence.claims)}"
            yield Problem(
                sentence.place.at("text"), message, "put one [phrase] in brackets for each claim, in the same order"
            )


def bottom_line_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line has at most 150 words."""
    total = sum(len(split_words(fold(sentence.text))) for sentence in briefing.file.bottom_line)
    if total > MAX_WORDS:
        place = briefing.file.place.at("bottom_line")
        yield Problem(place, f"the bottom line has {total} words", f"cut it to {MAX_WORDS} words at most")
