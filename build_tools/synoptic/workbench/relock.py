"""The locks that saving a briefing would write, made again only as far as a change reaches. Pure.

A lock depends on its source, on the statements in it, and on the terms of all claims; which of its hits are unlikely
depends on claims and on those related to them. So after a change only new quotations are looked for, and only the hits
of the changed claims and of their relatives are rated. A test holds this against locks made from nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from synoptic.compare.context import record_context
from synoptic.compare.hits import list_unlikely
from synoptic.compare.lock import find_quotation, make_entry, make_lock, sign_lock
from synoptic.compare.quotations import list_quotations
from synoptic.compare.telling import list_names, record_telling
from synoptic.model.lock import Lock, LockedQuote, Turn
from synoptic.model.records import Claim, Source
from synoptic.model.site import Briefing, Site
from synoptic.text.match import Text
from synoptic.workbench.article import place_words


@dataclass(frozen=True)
class Signing:
    """Who signs what is new, and on which day."""

    by: str
    day: str


@dataclass(frozen=True)
class Found:
    """The lock's entry for a quotation, what takes it back in the text around, and in how many places its words are;
    no entry if they are nowhere. ``said`` is all that was typed of it; ``spots`` are the paragraph, start and
    end of each stretch of it, in characters."""

    said: str
    entry: LockedQuote | None
    turns: tuple[Turn, ...]
    places: int
    spots: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Locked:
    """The locks of a briefing: unsigned as they were made, and signed as they would be written. ``unsure`` are the
    sources with a quotation that is in no place of the text or in several; ``stale`` those whose locks on disk are
    others. ``found`` has the quotations of each source; ``content`` what claims and sources say, without places."""

    briefing: Briefing
    signing: Signing
    names: tuple[str, ...]
    made: Mapping[str, Lock]
    signed: Mapping[str, Lock]
    unsure: frozenset[str]
    stale: frozenset[str]
    found: Mapping[str, Mapping[str, Found]] = field(repr=False)
    content: Mapping[str, str] = field(repr=False)


def list_spots(locked: Locked | None, source: Source) -> dict[str, tuple[tuple[int, int, int], ...]]:
    """Where the words of each statement of a source are; nothing of a text that is not at hand."""
    found = locked.found.get(source.id, {}) if locked else {}
    return {name: one.spots for name, one in found.items()}


def lock_briefing(
    site: Site, briefing: Briefing, hashes: Mapping[str, str], signing: Signing, last: Locked | None
) -> Locked:
    """The locks of every text at hand. ``hashes`` are the SHA-256 of texts without a lock; ``last`` are the locks of an
    earlier state, from which what did not change is taken."""
    names = tuple(list_names(briefing, site.speakers_of(briefing)))
    last = last if last and _is_comparable(briefing, last.briefing) else None
    content = _list_content(briefing, last)
    before = last.content if last else {}
    changed = {name for name in {*content, *before} if content.get(name) != before.get(name)}
    affected, part = _find_affected(briefing, last, {name for name in changed if not name.startswith("source:")})
    made: dict[str, Lock] = {}
    found: dict[str, Mapping[str, Found]] = {}
    for source in briefing.sources:
        text = briefing.texts.get(source.id)
        if text is None:
            continue
        known = last.made.get(source.id) if last else None
        if last is None or known is None or f"source:{source.id}" in changed:
            found[source.id] = _find_quotations(site, briefing, source, text, {})
            sha = hashes.get(source.id) or briefing.locks[source.id].sha256
            new = make_lock(briefing, source, text, sha, site.vocabulary, names)
        else:
            found[source.id] = _find_quotations(site, briefing, source, text, last.found[source.id])
            new = known
            if found[source.id] != last.found[source.id]:
                new = known.model_copy(update=_collect(briefing, found[source.id]))
            new = _update(site, briefing, source, text, new, names if names != last.names else None)
            new = _rate_again(briefing, part, source, text, new, affected)
        made[source.id] = known if known is not None and known == new else new
    signed, stale = _sign(briefing, signing, made, last)
    unsure = {name for name, quotations in found.items() if any(one.places != 1 for one in quotations.values())}
    return Locked(briefing, signing, names, made, signed, frozenset(unsure), stale, found, content)


def _find_quotations(
    site: Site, briefing: Briefing, source: Source, text: Text, known: Mapping[str, Found]
) -> dict[str, Found]:
    """Every quotation of a source; those that did not change are ``known``."""
    found = {}
    for statement in list_quotations(briefing, source.id):
        said = statement.model_dump_json()
        old = known.get(statement.id)
        if old is not None and old.said == said:
            found[statement.id] = old
            continue
        match = find_quotation(statement, source, text, site.vocabulary)
        every = text.find_all(statement.quote, cut=statement.cut, block=statement.paragraph)
        if match is None:
            found[statement.id] = Found(said, None, (), 0)
            continue
        own = statement.id in briefing.statement
        turns = record_context(text, match, source, site.vocabulary) if own else ()
        places = len([*every]) if own else 1
        spots = tuple(spot for first, last in match.ranges for spot in place_words(text, first, last))
        entry = make_entry(statement, source, match, site.vocabulary)
        found[statement.id] = Found(said, entry, turns, places, spots)
    return found


def _collect(briefing: Briefing, found: Mapping[str, Found]) -> dict[str, object]:
    """The parts of a lock that depend on quotations."""
    entries = [one.entry for one in found.values() if one.entry]
    turns = {name: one.turns for name, one in found.items() if one.turns and name in briefing.statement}
    return {
        "quotes": tuple(sorted(entries, key=lambda entry: entry.statement)),
        "context": {name: turns[name] for name in sorted(turns)},
    }


def _sign(
    briefing: Briefing, signing: Signing, made: Mapping[str, Lock], last: Locked | None
) -> tuple[dict[str, Lock], frozenset[str]]:
    """The locks as they would be written, and the sources whose locks on disk are others."""
    signed, stale = {}, set()
    for name, new in made.items():
        old = briefing.locks.get(name)
        if last and last.signing == signing and last.made.get(name) is new and last.briefing.locks.get(name) is old:
            signed[name] = last.signed[name]
            stale |= {name} & last.stale
            continue
        signed[name] = sign_lock(new, old, signing.by, signing.day) or new
        same = old is not None and signed[name].model_dump() == old.model_dump()
        stale |= set() if same else {name}
    return signed, frozenset(stale)


def _is_comparable(briefing: Briefing, last: Briefing) -> bool:
    """Whether only claims, statements and what is said of sources may differ."""
    return (
        briefing.texts is last.texts
        and [*briefing.source] == [*last.source]
        and (briefing.figures, briefing.events) == (last.figures, last.events)
    )


def _list_content(briefing: Briefing, last: Locked | None) -> dict[str, str]:
    """What each claim and each source says; an object that is still the same need not be read again."""
    before: dict[str, Claim | Source] = {}
    if last:
        before = {**last.briefing.claim, **{f"source:{name}": one for name, one in last.briefing.source.items()}}
    found: dict[str, str] = {}
    now: Iterable[tuple[str, Claim | Source]] = (
        *briefing.claim.items(), *((f"source:{name}", one) for name, one in briefing.source.items()),
    )  # fmt: skip
    for name, one in now:
        same = last is not None and before.get(name) is one
        gists = {"outline"} if isinstance(one, Source) else None  # no lock has anything of them
        found[name] = last.content[name] if last and same else one.model_dump_json(exclude=gists)
    return found


def _find_affected(briefing: Briefing, last: Locked | None, changed: set[str]) -> tuple[set[str], Briefing]:
    """The claims whose hits must be rated again, and the part of the briefing on which these depend."""
    states = (briefing, last.briefing) if last else (briefing,)
    affected = changed | {name for state in states for name in _list_near(state, changed)}
    needed = affected | set(_list_near(briefing, affected))
    return affected, replace(briefing, claims=tuple(claim for claim in briefing.claims if claim.id in needed))


def _list_near(briefing: Briefing, names: set[str]) -> Iterable[str]:
    """The claims that relate to some claims, in either direction, or give the same answer."""
    answers = {(claim.topic, claim.answer) for claim in briefing.claims if claim.id in names and claim.answer}
    for claim in briefing.claims:
        if (claim.topic, claim.answer) in answers or any(relation.to in names for relation in claim.relations):
            yield claim.id
        if claim.id in names:
            yield from (relation.to for relation in claim.relations)


def _update(
    site: Site, briefing: Briefing, source: Source, text: Text, lock: Lock, names: Iterable[str] | None
) -> Lock:
    """A lock with the terms of today; also with other ``names``, if there are any."""
    terms = {term.term for claim in briefing.claims for term in claim.terms if not term.is_name}
    written = {term.term for claim in briefing.claims for term in claim.terms if term.is_name}
    update: dict[str, object] = {}
    if terms != lock.terms.keys():
        update["terms"] = {one: lock.terms[one] if one in lock.terms else text.search(one) for one in sorted(terms)}
    if written != lock.names.keys():
        update["names"] = {one: text.search_name(one) for one in sorted(written)}
    if names is not None:
        update["telling"] = record_telling(text, site.vocabulary.markers_of(source.lang).hedges, names)
    return lock.model_copy(update=update) if update else lock


def _rate_again(briefing: Briefing, part: Briefing, source: Source, text: Text, lock: Lock, affected: set[str]) -> Lock:
    """A lock in which the hits of the ``affected`` claims are rated again."""
    if not affected:
        return lock
    rated, old = list_unlikely(part, source, text, lock.quotes), lock.unlikely or {}
    unlikely = {
        name: found
        for name in briefing.claim
        if (found := rated.get(name) if name in affected else old.get(name)) is not None
    }
    return lock if unlikely == lock.unlikely else lock.model_copy(update={"unlikely": unlikely})
