"""Why a quotation whose words a text has is refused all the same: for messages only. Pure."""

from collections.abc import Sequence

from synoptic.text.brackets import list_readings, source_runs, split_at_cuts
from synoptic.text.english import join_words
from synoptic.text.folding import fold, split_words
from synoptic.text.match import MIN_PART, Match, Text
from synoptic.text.terms import find_terms


def explain_refusal(text: Text, quote: str, markers: tuple[str, ...], lang: str, *, cut: bool) -> str:
    """Why ``text.find`` refuses a quotation of which the text has every word, as the end of a sentence that begins with
    the quotation; "" if it lacks some."""
    parts = split_at_cuts(quote)
    if cut and (short := next((part for part in parts if len(split_words(fold(part))) < MIN_PART), "")):
        return f' is cut beside "{short}": our cut leaves three words or more on each side' * _has(text, parts)
    if not cut and len(parts) > 1 and _has(text, parts):
        return ' has "...", which the text does not have there; if it is your cut, add cut: true'
    for ours in list_readings(quote):
        runs = source_runs(quote, ours, cut=cut)
        name = text.find_new_name(quote, ours, lang)
        if name and _has(text, runs):
            return f' has "{name}" in a bracket, a name that the text does not have'
    found = text.find(quote, cut=cut)  # as if nothing were a negation, a hedge or a condition
    if found:
        hidden = _find_hidden(text, found, markers)
        if hidden:
            return f" hides {hidden} by our cut: quote that, or quote one side of the cut only"
        return " has a bracket where the text has a negation, a hedge or a condition: quote that, too" * bool(
            found.ours
        )
    if cut and _has(text, parts):
        return " is cut across two sentences, or its parts are in another order: make each a statement of its own"
    return ""


def _has(text: Text, parts: Sequence[str]) -> bool:
    return all(text.find(part) for part in parts)


def _find_hidden(text: Text, found: Match, markers: tuple[str, ...]) -> str:
    """The markers between the parts of a quotation, as a list."""
    pairs = zip(found.ranges, found.ranges[1:], strict=False)
    hidden = (find_terms(text.wording(one[1] + 1, other[0] - 1), markers) for one, other in pairs)
    return join_words([f'"{word}"' for words in hidden for word in words])
