"""What became of quotations at the address of their source: by the text that is there now, and in words. Pure."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from synoptic.model.records import Statement
from synoptic.model.watch import Look
from synoptic.text.difference import describe_difference, find_reworded
from synoptic.text.english import join_words, plural
from synoptic.text.match import Text

#: What an answer other than an article means, for readers.
ANSWERS = {
    "wall": "was behind a wall: one has to sign in or to pay",
    "missing": "was gone",
    "unread": "could not be read",
}
NAMES = {"page": "the page", "archive": "the saved copy"}


class Sought(NamedTuple):
    """A quotation that is sought: the id of its statement, its words, and whether an ellipsis in them is our cut."""

    id: str
    quote: str
    cut: bool


class Outcome(NamedTuple):
    """What became of the quotation of the statement ``id``: ``there``, ``changed`` or ``gone``; ``why`` is a clause
    that names the word at which changed words differ, and is for the screen only."""

    id: str
    state: str
    why: str = ""


def seek(quotations: Iterable[Statement]) -> list[Sought]:
    """Quotations as ``find_outcomes`` takes them; the number of their paragraph is left out, as it may be another."""
    return [Sought(one.id, one.quote, one.cut) for one in quotations]


def find_outcomes(
    sought: Iterable[Sought], lang: str, markers: Collection[str], texts: tuple[Text, ...]
) -> list[Outcome]:
    """What became of each quotation; ``texts`` are several readings of one page in the language ``lang``, and
    ``markers`` its negations, hedges and conditions."""
    return [_find_outcome(one, lang, markers, texts) for one in sought]


def _find_outcome(one: Sought, lang: str, markers: Collection[str], texts: tuple[Text, ...]) -> Outcome:
    if any(text.find(one.quote, cut=one.cut, markers=markers, lang=lang) for text in texts):
        return Outcome(one.id, "there")
    for text in texts:
        if find_reworded(one.quote, text.folded):
            return Outcome(one.id, "changed", describe_difference(one.quote, text.folded))
    return Outcome(one.id, "gone")


def describe_look(look: Look) -> str:
    """``the page still had all 14 quotations``; ``the page was gone (404)``."""
    name, total = NAMES[look.at], look.quotations
    if look.answer != "read":
        status = f" ({look.status})" if look.status else ""
        seen = f"; {look.there} of {plural(total, 'quotation')} could be seen" if look.there else ""
        return f"{name} {ANSWERS[look.answer]}{status}{seen}"
    if look.there == total:
        return f"{name} still had {'its one quotation' if total == 1 else f'all {total} quotations'}"
    lost = [f"{len(look.changed)} had other words"] if look.changed else []
    lost += [f"{len(look.gone)} {'was' if len(look.gone) == 1 else 'were'} gone"] if look.gone else []
    had = f"still had {look.there} of {total} quotations" if look.there else "no longer had any quotation"
    return f"{name} {had}; {join_words(lost)}"
