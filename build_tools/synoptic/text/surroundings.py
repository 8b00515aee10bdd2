"""What is around a quotation in its text, and what was found there. Pure."""

from typing import NamedTuple

from synoptic.text.guard_words import Terms


class Stretch(NamedTuple):
    """Some words of a text: as written and casefolded, the signs before each, and the number of the first, from 1."""

    words: tuple[str, ...]
    low: tuple[str, ...]
    gaps: tuple[str, ...]
    first: int
    ending: str = ""


class Around(NamedTuple):
    """A quotation with the rest of its sentences, what was cut out of it, and the sentences before and after, which are
    ``joined`` if they are in the same paragraph."""

    head: Stretch
    quote: Stretch
    cuts: tuple[Stretch, ...]
    tail: Stretch
    before: Stretch | None
    after: Stretch | None
    joined: tuple[bool, bool]


class Turning(NamedTuple):
    """A word or two that turn a quotation, and the words, from first to last, that they belong to; ``unsure`` if their
    wording alone does not show that they speak of the quotation."""

    word: str
    first: int
    last: int
    unsure: bool = False


class Doubts(NamedTuple):
    """A language's negations; and its hedges and conditions."""

    negations: Terms
    others: Terms
