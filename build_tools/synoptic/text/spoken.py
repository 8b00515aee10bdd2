"""Texts that are not, or not wholly, in the language of the page that shows them.

Such a text is an ordinary string to all but the encoder, which puts the words of each language in an element that names
it. ``weave`` keeps the languages of what goes into a longer text; other ways of joining strings forget them.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

#: Stands in for a value while a text is made of several. Both are of Unicode's private use.
_STAND_IN = re.compile("\ue000(\\d+)\ue001")


class Spoken(str):
    """A string with its ``parts``: words and the tag of their language, which is empty for that of the page."""

    parts: tuple[tuple[str, str], ...]

    def __new__(cls, value: str, parts: tuple[tuple[str, str], ...]) -> "Spoken":
        """The string ``value`` with its parts."""
        made = super().__new__(cls, value)
        made.parts = parts
        return made

    def __getnewargs__(self) -> tuple[str, tuple[tuple[str, str], ...]]:  # type: ignore[override]  # of two arguments
        """What a copy is made from."""
        return str(self), self.parts

    @property
    def tag(self) -> str:
        """The language of the whole; empty if it has words of several."""
        return self.parts[0][1] if len(self.parts) == 1 else ""


def mark(words: str, tag: str) -> str:
    """Words in the language ``tag``, which is not that of the page."""
    return Spoken(words, ((words, tag),)) if words else words


def tag_of(text: object) -> str:
    """The language of a text if that is another than the page's; empty if it has words of several."""
    return text.tag if type(text) is Spoken else ""


def like(known: str, words: str) -> str:
    """Words taken from ``known``, in its language."""
    return mark(words, tag) if (tag := tag_of(known)) else words


def weave(compose: Callable[[Sequence[Any]], str], values: Sequence[Any]) -> str:
    """What ``compose`` makes of some values; those in another language keep it."""
    made = compose(values)
    if not any(type(value) is Spoken for value in values):
        return made
    stand_ins = [f"\ue000{n}\ue001" if isinstance(value, str) else value for n, value in enumerate(values)]
    parts: list[tuple[str, str]] = []
    for n, piece in enumerate(_STAND_IN.split(compose(stand_ins))):
        value = values[int(piece)] if n % 2 else piece
        parts += value.parts if type(value) is Spoken else [(value, "")]
    return Spoken(made, tuple((words, tag) for words, tag in parts if words))
