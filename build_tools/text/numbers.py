"""Numbers in a text, in digits or English words."""

import re

from build_tools.text.folding import fold, split_words

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: n for n, word in enumerate([*_UNITS.split(), "seventeen", "eighteen", "nineteen"])}
_TENS = {
    f"{stem}ty": 10 * n for n, stem in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), 2)
}
NUMBER_WORDS = frozenset({*_SMALL, *_TENS})


def find_numbers(text: str) -> set[str]:
    """Every number of ``text`` in digits, without thousands commas; English words count up to ninety-nine."""
    folded = fold(text).casefold()
    numbers = {n.replace(",", "") for n in re.findall(r"\d+(?:[.,]\d+)*", folded)}
    tens = 0
    for word in split_words(folded):
        if tens and 0 < _SMALL.get(word, 0) < 10:
            numbers.discard(str(tens))
            numbers.add(str(tens + _SMALL[word]))
        elif word in NUMBER_WORDS:
            numbers.add(str(_SMALL.get(word, _TENS.get(word))))
        tens = _TENS.get(word, 0)
    return numbers
