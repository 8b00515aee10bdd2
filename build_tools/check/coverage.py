"""Advice on what a briefing still lacks, which no rule can demand: denials, relations, second sources. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from build_tools.base.problems import Place
from build_tools.compare.hits import find_hits, find_language
from build_tools.compare.statements import count_origins, list_foreign, list_silences
from build_tools.model.records import Claim
from build_tools.model.site import Briefing, Site
from build_tools.text.english import LANGUAGES, join_words, plural
from build_tools.text.folding import fold
from build_tools.text.terms import list_stems

#: Fewer statements of a source than this ask whether it was read to the end.
FEW = 3
_SHOWN = 3  # names in one line


class Advice(NamedTuple):
    """One line for the editor, and the place to look first."""

    place: Place
    message: str


def list_advice(briefing: Briefing, site: Site) -> list[Advice]:
    """At most one line of each kind, for a briefing that has claims."""
    if not briefing.statements:
        return []
    kinds = (
        _no_relation,
        _no_denial,
        _one_source,
        _few_statements,
        _half_quoted,
        _not_examined,
        _open_questions,
        _one_language,
        _half_scoped,
    )
    return [advice for kind in kinds for advice in kind(briefing, site)]


def _no_relation(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """A contested story in which no claim names another."""
    stances = {claim.id: {statement.stance for statement in claim.statements} for claim in briefing.claims}
    contested = [claim for claim in briefing.claims if {"asserts", "denies"} <= stances[claim.id]]
    if contested and not any(claim.relations for claim in briefing.claims):
        message = f"asserted and denied: {plural(len(contested), 'claim')}; related to another claim: none"
        message += ": say under relations what contradicts or supports what"
        yield Advice(contested[0].place, message)


def _no_denial(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """A briefing in which everybody asserts."""
    if all(statement.stance == "asserts" for _, statement in briefing.statements):
        message = "nobody denies, qualifies or questions anything: search the articles for who disagrees"
        yield Advice(briefing.file.place, message)


def _one_source(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims that one source alone carries, or several of one origin."""
    made = [claim for claim in briefing.claims if claim.statements]
    alone = [c for c in made if count_origins(briefing, {statement.source for statement in c.statements}) == 1]
    if alone and len({source.origin or source.id for source in briefing.sources}) > 1:
        names = _join([f'"{claim.id}"' for claim in alone])
        rest = "rests" if len(alone) == 1 else "rest"
        message = f"{len(alone)} of {plural(len(made), 'claim')} {rest} on one source or origin: {names}"
        yield Advice(alone[0].place, f"{message}. Do other articles say the same?")


def _few_statements(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Sources from which hardly anything was taken."""
    counts = Counter(statement.source for _, statement in briefing.statements)
    few = [source for source in briefing.sources if counts[source.id] < FEW]
    if few:
        names = _join([f'"{source.id}" ({counts[source.id]})' for source in few])
        yield Advice(few[0].place, f"sources with under {FEW} statements: {names}: read them again, or leave them out")


def _half_quoted(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims of two parts joined by "and" whose quotations have words of one part only, some of this and some of that.

    Only words that the two parts do not share count, and only English (a quotation or its translation).
    """
    halves = [claim for claim in briefing.claims if _is_half_quoted(claim)]
    if halves:
        shown = _join([f'"{claim.id}"' for claim in halves])
        message = f'each quotation has one half of the claim around its "and": {shown}: make it two claims?'
        yield Advice(halves[0].place.at("claim"), message)


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


def _not_examined(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Hits about which no rule asks, since their sentences say little of the claim or are quoted for a related one."""
    claims = [claim for claim in briefing.claims if claim.kind != "question"]
    found = [(c, s.hits) for c in claims for s in list_silences(briefing, c) if s.state == "not examined"]
    if found:
        count = sum(len(hits) for _, hits in found)
        names = _join(list(dict.fromkeys(f'"{claim.id}"' for claim, _ in found)))
        were = "was" if count == 1 else "were"
        message = (
            f"{plural(count, 'place')} with a search term, unlikely to state its claim, {were} not examined: {names}"
        )
        yield Advice(found[0][0].place.at("terms"), f"{message} (suggest lists them)")


def _open_questions(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Open questions whose search terms occur in articles that nobody passed over."""
    found = {}
    for claim in briefing.claims:
        passed = {entry.source for entry in claim.passes}
        hits = [s.id for s in briefing.sources if s.id not in passed and find_hits(briefing, s.id, claim)]
        if hits and claim.kind == "question":
            found[claim.id] = (claim, hits)
    if found:
        claim, hits = next(iter(found.values()))
        names = _join([f'"{name}"' for name in hits])
        more = f" (and those of {plural(len(found) - 1, 'other question')})" if len(found) > 1 else ""
        message = f'search terms of the open question "{claim.id}" occur in {names}{more}: does an article answer it?'
        yield Advice(claim.place.at("terms"), message)


def _one_language(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims of which no search term finds anything in the articles of a language: their silence there says nothing."""
    silent: dict[str, list[Claim]] = {}
    for claim in briefing.claims:
        figures = not any(re.search(r"[^\W\d_]", term.term) for term in claim.terms)  # alike in every language
        for lang in sorted(list_foreign(briefing, claim)) if not figures else ():
            silent.setdefault(lang, []).append(claim)
    for lang, claims in silent.items():
        names, language = _join([f'"{claim.id}"' for claim in claims]), LANGUAGES.get(lang, lang)
        several = sum(find_language(source) == lang for source in briefing.sources) > 1
        message = f"no search term of {names} finds anything in the {language} article{'s' * several}"
        tip = f"if none is in {language}, add some; readers see that its silence there proves nothing"
        yield Advice(claims[0].place.at("terms"), f"{message}: {tip}")


def _half_scoped(briefing: Briefing, site: Site) -> Iterator[Advice]:
    """Claims with one `of` and statements without any, which a verdict takes to be about the same thing."""
    scopes = {
        claim.id: {fold(statement.of).casefold() if statement.of else "" for statement in claim.statements}
        for claim in briefing.claims
    }
    mixed = [claim for claim in briefing.claims if "" in scopes[claim.id] and len(scopes[claim.id]) == 2]
    if mixed:
        names = _join([f'"{claim.id}"' for claim in mixed])
        message = f"an of: changes nothing while the other statements of its claim have none: {names}"
        yield Advice(mixed[0].place, f"{message}. Say what they are about, too, or make it part of the claim")


def _join(names: list[str]) -> str:
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return join_words([*names[:_SHOWN], *more])
