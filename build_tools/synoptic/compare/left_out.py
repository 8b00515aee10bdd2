"""Negations, hedges and conditions that a quotation leaves out of its sentence, and that readers do not have. Pure."""

from collections.abc import Iterator

from synoptic.compare.quotations import is_reported, list_source_words
from synoptic.model.lock import LockedQuote
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.terms import find_terms

_NEAR = 10  # words between two quotations of one sentence, at most
#: Hedges that only name a speaker, as the statement then does.
_CREDITING = frozenset({"selon"})
#: Hedges that only put a speaker's words into reported speech, or into what was the future then: "said it would open".
REPORTING = frozenset({"would", "würde", "würden", "serait", "seraient"})
#: A speaker's own hedges of a number or a forecast that is hedged already: "estimated that it could cost".
_ESTIMATING = frozenset({"estimate", "estimates", "estimated"})


#: They deny a further thing, behind a denial that a quotation has: "it has no roof nor a floor".
_CONTINUING = frozenset({"nor", "ni", "noch"})


def find_left_out(briefing: Briefing, vocabulary: Vocabulary) -> Iterator[tuple[Statement, list[str]]]:
    """Each statement that leaves such words out, and the words; also one whose ``allow`` has a reason for it."""
    excused: dict[str, list[LockedQuote]] = {}
    for statement, _, entry in briefing.checked.values():
        if "left-out" in statement.allow:
            excused.setdefault(statement.source, []).append(entry)
    for claim, statement in briefing.statements:
        checked = briefing.checked.get(statement.id)
        if checked is None:
            continue
        _, source, entry = checked
        hedges, negations = (getattr(vocabulary.markers_of(source.lang), name) for name in ("hedges", "negations"))
        denied = bool(find_terms(statement.quote, negations))
        beside = [word for word in entry.beside if not (denied and word in _CONTINUING)]
        left = [word for word in beside if not _is_of_speaker(claim, statement, entry, word, hedges)]
        if left and "left-out" not in statement.allow:
            heard = _list_heard(briefing, statement, entry)
            left = [word for word in left if not any(find_terms(quote, (word,)) for quote in heard)]
        others = () if "left-out" in statement.allow else excused.get(statement.source, ())
        if left and not any({*left} <= {*other.beside} and _are_near(entry, other) for other in others):
            yield statement, left


def _is_of_speaker(claim: Claim, statement: Statement, entry: LockedQuote, word: str, hedges: tuple[str, ...]) -> bool:
    """Whether a word only says that somebody speaks, who is named as the speaker."""
    if statement.speaker and word in _CREDITING:
        return True
    if not is_reported(statement, entry):
        return False
    forecast = claim.kind in ("prediction", "judgement") and bool(find_terms(statement.quote, hedges))
    return word in REPORTING or (word in _ESTIMATING and forecast)


def _list_heard(briefing: Briefing, statement: Statement, entry: LockedQuote) -> list[str]:
    """The words that other statements of the same source quote beside a quotation, so that readers have them."""
    others = [(one, briefing.locked(one)) for _, one in briefing.carried.get(statement.source, ())]
    near = [one for one, other in others if one is not statement and other and _are_near(entry, other)]
    return [" ... ".join(list_source_words(briefing, one)) for one in near]


def _are_near(one: LockedQuote, other: LockedQuote) -> bool:
    """Whether two quotations overlap, or are so near in a paragraph that they are most likely of one sentence."""
    first, second = sorted((one, other), key=lambda entry: entry.words)
    return one.block == other.block and second.words[0][0] - first.words[-1][1] <= _NEAR
