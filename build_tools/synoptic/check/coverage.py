"""Advice on what a briefing still lacks, which no rule can demand: relations, second sources, answers. Pure.

Each line names what to do, and the claims or sources to do it with.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from synoptic.base.problems import Place
from synoptic.compare.hits import are_two, find_hits
from synoptic.compare.statements import count_origins, list_silences
from synoptic.model.records import Claim, SearchTerm, Source
from synoptic.model.site import Briefing, Site
from synoptic.text.english import join_words, plural
from synoptic.text.folding import fold
from synoptic.text.terms import list_stems

#: Fewer statements of a source than this ask whether it was read to the end.
FEW = 3
_SHOWN = 3  # names in one line


class Advice(NamedTuple):
    """One line for the editor, and the place to look first."""

    place: Place
    message: str
    rule: str = ""  # by which name ``allow`` of a statement that it is about answers it; "" if something else does


def list_advice(briefing: Briefing, site: Site, *, alone: bool = False) -> list[Advice]:
    """At most one line of each kind, for a briefing that has claims. ``alone``: nobody asked for the other briefings of
    the site, so nothing is said of what all of them share."""
    if not briefing.statements:
        return []
    kinds = (
        _no_relation,
        _one_source,
        _few_statements,
        _half_quoted,
        _open_questions,
        _half_scoped,
        partial(_unused_speakers, shared=not alone),
    )
    return [advice for kind in kinds for advice in kind(briefing, site)]


def _no_relation(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """A contested story in which no claim names another."""
    if contested := _drop_allowed(_find_unrelated(briefing), "no-relation"):
        names = _join([f'"{claim.id}"' for claim in contested])
        message = f"asserted and denied, but related to no other claim: {names}"
        yield Advice(
            contested[0].place, f"{message}: say under relations what contradicts or supports them", "no-relation"
        )


def _find_unrelated(briefing: Briefing) -> list[Claim]:
    """The contested claims of a briefing without any relation."""
    if any(claim.relations for claim in briefing.claims):
        return []
    stances = {claim.id: {statement.stance for statement in claim.statements} for claim in briefing.claims}
    return [claim for claim in briefing.claims if {"asserts", "denies"} <= stances[claim.id]]


def _drop_allowed(claims: Iterable[Claim], rule: str) -> list[Claim]:
    """The claims none of whose statements has a reason to ignore an advice."""
    return [claim for claim in claims if not any(rule in statement.allow for statement in claim.statements)]


def list_excusable(briefing: Briefing) -> set[tuple[str, Place]]:
    """The advice that an ``allow`` may answer, with the quotations of the statements that may have it."""
    by_claim = {
        "no-relation": _find_unrelated(briefing),
        "half-quoted": [claim for claim in briefing.claims if _is_half_quoted(claim)],
        "half-scoped": _find_half_scoped(briefing),
    }
    found = {(rule, s.place.at("quote")) for rule, claims in by_claim.items() for c in claims for s in c.statements}
    few = {source.id for source in _find_few(briefing)}
    return found | {("few-statements", s.place.at("quote")) for _, s in briefing.statements if s.source in few}


def _one_source(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims of one origin of which two search terms occur in one paragraph where nobody looked, in an article of
    another origin."""
    found = []
    for claim in briefing.claims:
        if claim.kind == "question" or count_origins(briefing, {one.source for one in claim.statements}) != 1:
            continue
        known = [briefing.source[one.source] for one in claim.statements if one.source in briefing.source]
        carrying = {source.origin or source.id for source in known}
        for silence in list_silences(briefing, claim):
            source = silence.source
            blocks = _find_dense(briefing, claim, source.id)
            if silence.state == "not examined" and (source.origin or source.id) not in carrying and blocks:
                found.append((claim, source, blocks))
    if found:
        places = [f'"{claim.id}" in "{source.id}" ({_name_blocks(blocks)})' for claim, source, blocks in found]
        message = f"only one source carries these claims, and their terms occur unexamined in another: {_join(places)}"
        yield Advice(found[0][0].place, f"{message}: quote what it says, or pass it over (suggest lists all)")


def _find_dense(briefing: Briefing, claim: Claim, source: str) -> list[int]:
    """The paragraphs of a source that have two search terms of a claim, or the only one of an open question."""
    lock = briefing.locks.get(source)
    found: dict[int, list[SearchTerm]] = {}
    for term in claim.terms if lock else ():
        for block in {*(lock.hits_of(term) or ())} if lock else ():
            found.setdefault(block, []).append(term)
    counted = {*(find_hits(briefing, source, claim) or ())}
    one_is_enough = claim.kind == "question" and len(claim.terms) == 1
    return sorted(block for block, terms in found.items() if block in counted and (one_is_enough or are_two(terms)))


def _name_blocks(blocks: Sequence[int]) -> str:
    numbers = sorted(set(blocks))
    return f"paragraph{'s' * (len(numbers) > 1)} {_join([str(number) for number in numbers])}"


def _few_statements(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Sources from which hardly anything was taken, unless gists show that somebody read them to the end."""
    excused = {statement.source for _, statement in briefing.statements if "few-statements" in statement.allow}
    if few := [source for source in _find_few(briefing) if source.id not in excused]:
        counts = Counter(statement.source for _, statement in briefing.statements)
        names = _join([f'"{source.id}" ({counts[source.id]})' for source in few])
        message = f"sources with under {FEW} statements: {names}: read them again, or leave them out"
        yield Advice(few[0].place, message, "few-statements")


def _find_few(briefing: Briefing) -> list[Source]:
    counts = Counter(statement.source for _, statement in briefing.statements)
    return [source for source in briefing.sources if counts[source.id] < (1 if source.outline else FEW)]


def _half_quoted(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims of two parts joined by "and" whose quotations have words of one part only, some of this and some of that.

    Only words that the two parts do not share count, and only English (a quotation or its translation).
    """
    if halves := _drop_allowed((claim for claim in briefing.claims if _is_half_quoted(claim)), "half-quoted"):
        shown = _join([f'"{claim.id}"' for claim in halves])
        message = f'each quotation has one half of the claim around its "and": {shown}: make it two claims?'
        yield Advice(halves[0].place.at("claim"), message, "half-quoted")


def _is_half_quoted(claim: Claim) -> bool:
    parts = claim.claim.split(" and ")
    if len(parts) != 2:
        return False
    first, second = map(list_stems, parts)
    found = []
    for statement in claim.statements:
        stems = list_stems(f"{statement.translation or statement.quote} {statement.of or ''}")
        found.append((bool(stems & (first - second)), bool(stems & (second - first))))
    return len(found) > 1 and {*found} == {(True, False), (False, True)}


def _open_questions(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Open questions of which two search terms occur in one paragraph of an article that nobody passed over."""
    found = {}
    for claim in briefing.claims:
        passed = {entry.source for entry in claim.passes}
        hits = [s.id for s in briefing.sources if s.id not in passed and _find_dense(briefing, claim, s.id)]
        if hits and claim.kind == "question":
            found[claim.id] = (claim, hits)
    if found:
        claim, hits = next(iter(found.values()))
        names = _join([f'"{name}"' for name in hits])
        more = f" (and those of {plural(len(found) - 1, 'other question')})" if len(found) > 1 else ""
        message = f'search terms of the open question "{claim.id}" occur in {names}{more}: answer it, or pass it over'
        yield Advice(claim.place.at("terms"), message)


def _half_scoped(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims with one `of` and statements without any, which a verdict takes to be about the same thing."""
    if mixed := _drop_allowed(_find_half_scoped(briefing), "half-scoped"):
        names = _join([f'"{claim.id}"' for claim in mixed])
        message = f"an of: changes nothing while the other statements of its claim have none: {names}"
        message += ". Say what they are about, too, or make it part of the claim"
        yield Advice(mixed[0].place, message, "half-scoped")


def _find_half_scoped(briefing: Briefing) -> list[Claim]:
    scopes = {
        claim.id: {fold(statement.of).casefold() if statement.of else "" for statement in claim.statements}
        for claim in briefing.claims
    }
    return [claim for claim in briefing.claims if "" in scopes[claim.id] and len(scopes[claim.id]) == 2]


def _unused_speakers(briefing: Briefing, site: Site, *, shared: bool) -> Iterator[Advice]:
    """Speakers of its articles whom it does not name, and ``shared`` ones whom no briefing names."""
    own, named = _list_named(briefing), {name for one in site.briefings for name in _list_named(one)}
    unused = [speaker for source in briefing.sources for speaker in source.speakers if speaker.id not in own]
    unused += [speaker for speaker in site.speakers if shared and speaker.id not in named]
    if unused:
        names = join_words([f'"{speaker.id}"' for speaker in unused])
        message = f"nobody is credited as {names}: name them as the speaker of a statement, or remove the entry"
        yield Advice(unused[0].place, message)


def _list_named(briefing: Briefing) -> set[str]:
    """The speakers of a briefing's statements, and those whose own text an article is."""
    voices = (source.voice for source in briefing.sources)
    return {name for name in (*voices, *(one.speaker for _, one in briefing.statements)) if name}


def _join(names: list[str]) -> str:
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return join_words([*names[:_SHOWN], *more])
