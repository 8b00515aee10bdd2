"""Claims that are stronger than the quotations they rest on. Pure."""

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from synoptic.compare.left_out import REPORTING
from synoptic.compare.quotations import is_reported, list_source_words
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.guard_words import GuardWords
from synoptic.text.strength import Quoted, Stronger, find_stronger


class Surer(NamedTuple):
    """A claim, how it is stronger than its quotations, and those that were compared."""

    claim: Claim
    how: Stronger
    statements: tuple[Statement, ...]


def find_surer(briefing: Briefing, vocabulary: Vocabulary) -> Iterator[Surer]:
    """The claims that are stronger than all quotations that assert them."""
    words_of = functools.cache(vocabulary.guard_words_of)
    own, hedges = words_of(briefing.language), vocabulary.markers_of(briefing.language).hedges
    for claim in briefing.claims:
        asserting = tuple(s for s in claim.statements if s.stance == "asserts" and s.source in briefing.source)
        quotes = [_read(briefing, vocabulary, words_of, statement) for statement in asserting]
        if how := find_stronger(claim.claim, quotes, own, hedges):
            yield Surer(claim, how, asserting)


def _read(
    briefing: Briefing, vocabulary: Vocabulary, words_of: Callable[[str], GuardWords], statement: Statement
) -> Quoted:
    lang, entry = briefing.source[statement.source].lang, briefing.locked(statement)
    words = " ... ".join(list_source_words(briefing, statement))  # without brackets of ours
    beside = entry.beside if entry and "left-out" not in statement.allow else ()
    reported = REPORTING if is_reported(statement, entry) else frozenset[str]()
    beside = tuple(word for word in beside if word not in reported)
    hedges = tuple(word for word in vocabulary.markers_of(lang).hedges if word not in reported)
    return Quoted(words, statement.translation or "", beside, hedges, words_of(lang))
