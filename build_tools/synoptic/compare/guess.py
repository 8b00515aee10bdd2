"""What a text that nobody has read may say of a briefing: a guess by word search, for a reader's own article. Pure.

``theme/assets/own-guess.js`` does the same in the browser, and tests hold both to the same cases. The rule for a
likely mention is that of ``hits.py``; since the language of the text is not known, a sentence is compared with the
wordings in all languages.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from synoptic.compare.hits import LIKELY, TWICE, are_two, find_language, rate_sentences
from synoptic.model.records import Claim, Figure, SearchTerm
from synoptic.model.site import Briefing
from synoptic.text.folding import fold, split_words
from synoptic.text.function_words import FUNCTION_STEMS
from synoptic.text.match import SHORTEST, Text
from synoptic.text.terms import list_stems

_TELLING = 3  # digits of a number that is sought alone; letters of a unit that may be in the plural

#: What the script needs of the rule of ``hits.py``.
RULE: Mapping[str, object] = {"likely": LIKELY, "twice": TWICE, "common": sorted(FUNCTION_STEMS)}


class Sought(NamedTuple):
    """What is sought for a claim: its search terms; its figures, as search terms; and the stems of each wording that it
    has, the claim's own words and its quotations. An open question has no wordings: no sentence is likely to answer it.
    """

    claim: Claim
    terms: tuple[SearchTerm, ...]
    figures: tuple[str, ...]
    wordings: tuple[frozenset[str], ...]


class Guess(NamedTuple):
    """What was found of a claim: whether a sentence is likely to mention it; each sentence with one of its words, by
    its number, with its likeness; and the sentences with its names and its figures."""

    likely: bool
    words: tuple[tuple[int, float], ...]
    names: tuple[int, ...]
    figures: tuple[int, ...]


def may_be_sought(briefing: Briefing) -> bool:
    """Whether any claim has search terms."""
    return any(claim.terms for claim in briefing.claims)


def list_sought(briefing: Briefing, without: Container[str] = ()) -> list[Sought]:
    """What is sought for each claim that has search terms or figures. Sources ``without`` are left out, as if the
    briefing had never had them: their quotations, their figures, and claims that only they have."""
    figures: dict[str, list[Figure]] = {}
    for figure in briefing.figures:
        for name in figure.statements:
            figures.setdefault(name, []).append(figure)
    found = []
    for claim in briefing.claims:
        kept = [statement for statement in claim.statements if statement.source not in without]
        if claim.statements and not kept:
            continue
        bound = [figure for statement in kept for figure in figures.get(statement.id, ())]
        numbers = tuple(dict.fromkeys(filter(None, map(_seek_figure, bound))))
        if claim.terms or numbers:
            wordings = () if claim.kind == "question" else tuple(_list_wordings(briefing, claim, without))
            found.append(Sought(claim, claim.terms, numbers, wordings))
    return found


def _seek_figure(figure: Figure) -> str:
    """A figure as a search term: ``48 hour*``; empty if its words say too little, as "decades" does."""
    words = split_words(fold(f"{figure.value} {figure.unit or ''}"))
    if len(words) < 2 and not (words and words[0].isdigit() and len(words[0]) >= _TELLING):
        return ""
    last = words[-1]
    plural = last.isalpha() and last.isascii() and len(last) > _TELLING
    return " ".join([*words[:-1], f"{last.removesuffix('s')}*" if plural else last])


def _list_wordings(briefing: Briefing, claim: Claim, without: Container[str]) -> Iterable[frozenset[str]]:
    own = list_stems(claim.claim, SHORTEST)
    wordings = {own: 0}
    for statement in claim.statements:
        source = briefing.source.get(statement.source)
        if source is None or statement.source in without:
            continue
        quoted = list_stems(statement.quote, SHORTEST)
        wordings[own | quoted if find_language(source) == briefing.language else quoted] = 0
        if statement.translation:
            wordings[own | list_stems(statement.translation, SHORTEST)] = 0
    return filter(None, wordings)


def guess(text: Text, sought: Iterable[Sought]) -> list[Guess]:
    """What a text may say of each claim."""
    return [_guess(text, one) for one in sought]


def _guess(text: Text, sought: Sought) -> Guess:
    hits = rate_sentences(text, sought.terms, sought.wordings) if sought.terms else []
    words = tuple(sorted((hit.number, hit.likeness if sought.wordings else 0.0) for hit in hits))
    return Guess(
        likely=any(likeness >= LIKELY for _, likeness in words),
        words=words,
        names=tuple(text.find_name_sentences(term.term for term in sought.terms if term.is_name)),
        figures=tuple(text.find_sentences(sought.figures)),
    )


class Dumped(NamedTuple):
    """What is sought, as a script reads it. ``terms`` has the terms and the names of each claim; ``pieces`` has for
    each claim pairs of terms that count as one (by their numbers), figures, and wordings as numbers of ``stems``. A
    wording with all stems of the claim's own words begins with -1 instead of them."""

    terms: list[tuple[list[str], list[str]]]
    pieces: list[tuple[list[list[int]], list[str], list[list[int]]]]
    stems: list[str]


def dump_sought(sought: Iterable[Sought]) -> Dumped:
    """What is sought for each claim."""
    numbers: dict[str, int] = {}
    dumped = Dumped([], [], [])
    for one in sought:
        own, wordings = list_stems(one.claim.claim, SHORTEST), []
        for wording in one.wordings:
            rest = wording - own if own <= wording else wording
            wordings.append([-1] * (own <= wording) + [numbers.setdefault(stem, len(numbers)) for stem in sorted(rest)])
        terms, names = ([term for term in one.terms if term.is_name == is_name] for is_name in (False, True))
        alike = [[n, m] for (n, a), (m, b) in combinations(enumerate(terms), 2) if not are_two((a, b))]
        dumped.terms.append((_words(terms), _words(names)))
        dumped.pieces.append((alike, list(one.figures), wordings))
    return dumped._replace(stems=list(numbers))


def _words(terms: Iterable[SearchTerm]) -> list[str]:
    return [term.term for term in terms]


def find_people(text: Text, names: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Speaker's id to the sentences that name them, for those who are named; ``names`` as from ``list_names``."""
    found = {name: tuple(text.find_name_sentences(spellings)) for name, spellings in names.items()}
    return {name: sentences for name, sentences in found.items() if sentences}
