"""How like each other texts are by their words alone: stems by BM25, and runs of letters by cosine. Pure."""

import functools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from synoptic.text.folding import fold
from synoptic.text.terms import list_stems

#: Letters of the shortest words that count, and of the runs of letters.
_SHORTEST = 3
_RUNS = (3, 4, 5)
#: BM25's b and k1: how much length and repetition count. Both little, since claims and sentences are short.
_LENGTH, _REPETITION = 0.3, 1.2


class WordIndex:
    """Texts, ready to be compared with others by their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = _Parts([_count_stems(text) for text in texts])
        self._runs = _Parts([_count_runs(text) for text in texts])
        for i, text in enumerate(texts):
            self._stems.add(i, self._stems.weigh_by_length(_count_stems(text)))
            self._runs.add(i, self._runs.weigh_as_vector(_count_runs(text)))

    def score(self, text: str) -> list[float]:
        """How much of ``text`` each of the texts shares: 1 is all of it, 0 nothing. Rare words count more."""
        rare = {stem: self._stems.rarity(stem) for stem in _count_stems(text)}
        stems = self._stems.sum(dict.fromkeys(rare, 1.0))
        runs = self._runs.sum(self._runs.weigh_as_vector(_count_runs(text)))
        most = math.fsum(rare.values()) or 1
        return [(min(first / most, 1) + min(second, 1)) / 2 for first, second in zip(stems, runs, strict=True)]


class _Parts:
    """Texts by the parts that they consist of, each with its weight."""

    def __init__(self, texts: Sequence[Counter[str]]) -> None:
        self._size = len(texts)
        self._found = Counter(part for text in texts for part in text)
        self._mean = sum(text.total() for text in texts) / max(len(texts), 1) or 1
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)

    def add(self, i: int, weights: Mapping[str, float]) -> None:
        """Let the text ``i`` be found by its parts."""
        for part, weight in weights.items():
            self._index[part].append((i, weight))

    def sum(self, weights: Mapping[str, float]) -> list[float]:
        """For each text, the sum of its weights times these."""
        sums = [0.0] * self._size
        for part, weight in weights.items():
            for i, own in self._index.get(part, ()):
                sums[i] += own * weight
        return sums

    def rarity(self, part: str) -> float:
        """How much a part tells: the fewer texts have it, the more (as BM25 counts it)."""
        return math.log(1 + (self._size - self._found[part] + 0.5) / (self._found[part] + 0.5))

    def weigh_by_length(self, text: Counter[str]) -> dict[str, float]:
        """The weights of a text by BM25."""
        base = _REPETITION * (1 - _LENGTH + _LENGTH * text.total() / self._mean)
        return {part: self.rarity(part) * n * (_REPETITION + 1) / (n + base) for part, n in text.items()}

    def weigh_as_vector(self, text: Counter[str]) -> dict[str, float]:
        """The weights of a text by rarity, as a vector of length 1."""
        weights = {part: (1 + math.log(n)) * self.rarity(part) for part, n in text.items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1
        return {part: weight / length for part, weight in weights.items()}


@functools.lru_cache(maxsize=8192)
def _count_stems(text: str) -> Counter[str]:
    return Counter(sorted(list_stems(text, _SHORTEST)))


@functools.lru_cache(maxsize=8192)
def _count_runs(text: str) -> Counter[str]:
    """Every run of three to five letters of each word, without accents; a word's borders count as letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", fold(text).casefold()) if not unicodedata.combining(c))
    words = [f" {word} " for word in re.findall(r"\w+", plain)]
    return Counter(word[i : i + n] for word in words for n in _RUNS for i in range(len(word) - n + 1))
