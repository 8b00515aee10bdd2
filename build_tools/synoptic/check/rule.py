"""The kit of the rules: what a rule is, and the problems that several of them report."""

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator

from synoptic.base.problems import Place, Problem, suggest_nearest
from synoptic.compare.ids import find_lost
from synoptic.model.lock import Lock
from synoptic.model.records import Speaker
from synoptic.model.site import UNREADABLE, Briefing, Site
from synoptic.model.vocabulary import Quoting

#: A rule yields the problems of one briefing; its docstring is the rule.
Rule = Callable[[Briefing, Site], Iterator[Problem]]


def rule_id(rule: Rule) -> str:
    """The id of ``rule`` in messages and exceptions."""
    return rule.__name__.replace("_", "-")


def rule_sentence(rule: Rule, limits: Quoting) -> str:
    """The docstring of ``rule`` on one line, with the numbers that limit quoting."""
    return limits.fill(" ".join((inspect.getdoc(rule) or "").split()))


def get_readable_lock(briefing: Briefing, source: str) -> Lock | None:
    """The lock of the source with this id; None if it is missing or could only be read in part."""
    return None if f"lock:{source}" in briefing.broken else briefing.locks.get(source)


def shorten(words: str) -> str:
    """Words of an article for a message: 70 characters at most."""
    return words if len(words) <= 70 else words[:67] + "..."


def report_unknown_word(site: Site, name: str, word: str, what: str, place: Place, *key: object) -> Iterator[Problem]:
    """Report ``word`` if the vocabulary's list ``name`` lacks it. It is at ``place.at(*key)``; ``what`` names its kind
    in the message."""
    if word not in (terms := site.vocabulary.terms(name)):
        tip = suggest_nearest(word, terms)
        yield Problem(place.at(*key), f'unknown {what} "{word}"', tip, "unknown-word")


def report_missing(
    briefing: Briefing, name: str, known: Collection[str], what: str, place: Place, *key: object
) -> Iterator[Problem]:
    """Report a reference to ``name``, at ``place.at(*key)``, if ``known`` lacks it. An id that could not be read may
    exist, and one that was published and is gone is reported where it was, so neither is reported again."""
    if name in known or {name, UNREADABLE} & briefing.broken:
        return
    if (f"{what}s", name) not in find_lost(briefing) or what in ("topic", "speaker"):
        yield Problem(place.at(*key) if key else place, f'unknown {what} "{name}"', suggest_nearest(name, known))


def report_bad_cross_reference(briefing: Briefing, site: Site, reference: str, place: Place) -> Iterator[Problem]:
    """Report a reference ``briefing/claim`` to a claim that does not exist or that readers cannot see."""
    slug, _, name = reference.partition("/")
    other = site.briefing.get(slug)
    if other is None:
        yield Problem(place, f'unknown briefing "{slug}"', suggest_nearest(slug, {*site.summaries} - {briefing.slug}))
    elif other is briefing:
        yield Problem(place, f'"{slug}" is this briefing itself', "write the id of the claim alone")
    elif briefing.listed and not other.listed:
        what = "an invented example" if other.example else "a draft"
        yield Problem(place, f'"{slug}" is {what}, which readers cannot see', "publish it first, or name another claim")
    else:
        yield from report_missing(other, name, other.claim, "claim", place)


def report_duplicate(name: str, place: Place, first: Place, rule: str = "") -> Problem:
    """The problem of an id at ``place`` that something at ``first`` has already."""
    message = f'the id "{name}" is already used at {first.path}:{first.line}'
    return Problem(place, message, "give one of the two another id", rule)


def report_shared_identities(speakers: Iterable[Speaker], known: Iterable[Speaker] = ()) -> Iterator[Problem]:
    """Report each address that a speaker shares with an earlier one, or with one of ``known``, or gives twice."""
    owners = {address: speaker for speaker in known for address in speaker.same_as}
    for speaker in speakers:
        for i, address in enumerate(speaker.same_as):
            owner = owners.setdefault(address, speaker)
            if owner is not speaker or address in speaker.same_as[:i]:
                message = f'"{owner.id}" has the address "{address}" already'
                tip = "make them one speaker, or correct the address" if owner is not speaker else "remove it"
                yield Problem(speaker.place.at("same_as", i), message, tip, "same-as")
