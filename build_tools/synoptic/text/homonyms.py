"""Words that look like a negation, a hedge or a condition and are none: "No. 4", "une personne", "die Würde". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from synoptic.text.set_phrases import is_set_phrase
from synoptic.text.terms import is_idiom, is_unconditional

_NUMBER_SIGN = re.compile(r"n(?:o|os)\.? ?\d", re.IGNORECASE)
_COMPOUND = re.compile(r"[-\u2010\u2011](?!one\b)\w", re.IGNORECASE)
_OPENING = tuple("\"'([")
_COMPOUNDS = frozenset("no not non sans nicht nie never nothing false would".split())
_BEFORE_NOUN = (
    "un une le la les des ces mes tes ses nos vos chaque quelque quelques deux trois quatre cinq six sept huit neuf "
    "dix cent mille premier premiers dernier derniers grand grands petit petits nouveau au aux "
)
#: The French nouns for a person, a step and a trifle, which elsewhere negate: "une personne", "les pas", "un rien".
_NOUNS = {
    "personne": frozenset(
        f"{_BEFORE_NOUN} cette ma ta sa notre votre leur toute quelle première dernière seule même autre tierce "
        "certaine grande petite jeune vieille nouvelle bonne en d'une qu'une l'autre".split()
    ),
    "pas": frozenset(f"{_BEFORE_NOUN} mon ton son leurs faux du d'un mille mètres".split()),
    "rien": frozenset("un ce les des petits d'un qu'un".split()),
}
#: Before "de" they count what follows, as in "the number of steps".
_COUNTING = frozenset("nombre milliers millier millions dizaine dizaines centaine centaines bruit bruits".split())
#: "Plus que jamais" is "more than ever"; "à jamais" is "for ever".
_EVER = frozenset(("que", "à", "tout"))


@dataclass(frozen=True)
class Place:
    """A word of a sentence: the words as written, its index among them, the signs before it, and the text after it."""

    words: Sequence[str]
    at: int
    before: str
    after: str


def is_homonym(place: Place) -> bool:
    """Whether a word with the letters of a marker is none. A language's lists say which markers are sought, so a word
    of another language does no harm."""
    word, at = place.words[place.at], place.at
    low, previous = word.casefold(), place.words[at - 1].casefold() if at else ""
    following = [other.casefold() for other in place.words[at + 1 : at + 2]]
    if is_idiom(low, *(following or [""])) or (low in _COMPOUNDS and _COMPOUND.match(place.after)):
        return True  # "not only"; "a no-fly zone"
    if is_set_phrase(place.words, at, place.before):
        return True
    if is_unconditional([other.casefold() for other in place.words[: at + 1]], at):
        return True
    if low in ("no", "nos") and _NUMBER_SIGN.match(word + place.after):
        return True
    if low == "noch":  # "still", unless it is "nor"
        return "weder" not in (other.casefold() for other in place.words[:at])
    if low == "jamais":
        return previous in _EVER
    if low == "personne" and previous == "par":  # "per person", unless it is "by nobody"
        return not any(re.match("ne$|n'", other.casefold()) for other in place.words)
    if low in _NOUNS and not place.before.strip():
        counted = previous == "de" and place.words[at - 2].casefold() in _COUNTING
        return previous in _NOUNS[low] or (low == "pas" and at > 1 and counted) or (low == "pas" and previous.isdigit())
    return _is_name(place)


def _is_name(place: Place) -> bool:
    """Whether a word is the month of May, or a German noun: it has a capital, and is neither the first of its sentence
    nor after an opening mark."""
    word = place.words[place.at]
    noun = word in ("May", "W\u00fcrde", "W\u00fcrden", "Wohl", "Soll", "Nichts")
    return noun and place.at > 0 and place.before[-1:] not in _OPENING and ":" not in place.before
