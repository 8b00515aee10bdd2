"""Runs of words that two texts share, whatever their case and punctuation."""

from collections.abc import Mapping, Sequence

from synoptic.text.folding import fold, split_words

#: Words in a row that two articles do not share by chance.
LONG_RUN = 15
#: Words in a row that are somebody's wording.
OWN_WORDS = 8


def ngrams(tokens: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """Every run of ``length`` tokens."""
    return {tuple(tokens[i : i + length]) for i in range(len(tokens) - length + 1)}


def find_shared_run(text: str, grams: Mapping[tuple[str, ...], str], length: int) -> tuple[str, str] | None:
    """The first run of ``length`` words of ``text`` that is in ``grams`` (n-gram to source id), and its source."""
    tokens = [word.casefold() for word in split_words(fold(text))]
    for i in range(len(tokens) - length + 1):
        if (source := grams.get(tuple(tokens[i : i + length]))) is not None:
            return " ".join(tokens[i : i + length]), source
    return None


def find_shared_runs(
    tokens: Sequence[str], others: Sequence[str], least: int = LONG_RUN
) -> tuple[tuple[int, int, int, int], ...]:
    """The longest runs of at least ``least`` tokens that two texts share, in the order of the first.

    Each is its first and last word in ``tokens`` and in ``others``, counted from 1: ``(3, 18, 4, 19)``.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(others) - least + 1):
        places.setdefault(tuple(others[j : j + least]), []).append(j)
    runs = []
    i = 0
    while i <= len(tokens) - least:
        longest, at = 0, 0
        for j in places.get(tuple(tokens[i : i + least]), ()):
            length = least
            while i + length < len(tokens) and j + length < len(others) and tokens[i + length] == others[j + length]:
                length += 1
            if length > longest:
                longest, at = length, j
        if longest:
            runs.append((i + 1, i + longest, at + 1, at + longest))
        i += longest or 1
    return tuple(runs)
