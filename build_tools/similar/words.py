"""How like each other texts are by their words alone: stems by BM25, and runs of letters by cosine. Pure."""

import functools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from build_tools.text.folding import fold
from build_tools.text.terms import list_stems

#: Letters of the shortest words that count, and of the runs of letters.
_SHORTEST = 3
_RUNS = (3, 4, 5)
#: How much a text's length and a word's repetition count (BM25's b and k1): claims are short, so both little.
_LENGTH, _REPETITION = 0.3, 1.2


class WordIndex:
    """Texts, ready to be compared with others by their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._stems = _index([Counter(_stems(text)) for text in texts], _weigh_stem)
        self._runs = _index([Counter(_letter_runs(text)) for text in texts], _weigh_run)

    def score(self, text: str) -> list[float]:
        """How like ``text`` each of the texts is: 1 if it is the closest by stems and by runs of letters, 0 if it
        shares none."""
        stems = _scale(_sum(self._stems, Counter(_stems(text)), len(self._texts)))
        runs = _scale(_sum(self._runs, Counter(_letter_runs(text)), len(self._texts)))
        return [(first + second) / 2 for first, second in zip(stems, runs, strict=True)]

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Every two of the texts that share a stem, by their indices, with how like each other they are: 1 is the same
        words."""
        rows = [self._compare(text) for text in self._texts]
        for i, row in enumerate(rows):
            for j in range(i + 1, len(rows)):
                if row[j] and rows[j][i]:
                    yield i, j, (row[j] / row[i] + rows[j][i] / rows[j][j]) / 2

    def _compare(self, text: str) -> list[float]:
        return _sum(self._stems, Counter(_stems(text)), len(self._texts))


def _stems(text: str) -> list[str]:
    return sorted(list_stems(text, _SHORTEST))


@functools.lru_cache(maxsize=8192)
def _letter_runs(text: str) -> tuple[str, ...]:
    """Every run of three to five letters of each word, without accents; word borders count as letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", fold(text).casefold()) if not unicodedata.combining(c))
    words = [f" {word} " for word in re.findall(r"\w+", plain)]
    return tuple(word[i : i + n] for word in words for n in _RUNS for i in range(len(word) - n + 1))


#: Part of a text to the texts that have it, each with its weight there.
_Index = dict[str, list[tuple[int, float]]]


def _index(texts: Sequence[Counter[str]], weigh: Callable[..., dict[str, float]]) -> _Index:
    found = Counter(part for text in texts for part in text)
    rare = {part: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for part, n in found.items()}
    mean = sum(text.total() for text in texts) / len(texts) if texts else 0
    index: _Index = defaultdict(list)
    for i, text in enumerate(texts):
        for part, weight in weigh(text, rare, mean).items():
            index[part].append((i, weight))
    return index


def _weigh_stem(text: Counter[str], rare: dict[str, float], mean: float) -> dict[str, float]:
    """BM25."""
    base = _REPETITION * (1 - _LENGTH + _LENGTH * text.total() / (mean or 1))
    return {part: rare[part] * n * (_REPETITION + 1) / (n + base) for part, n in text.items()}


def _weigh_run(text: Counter[str], rare: dict[str, float], _mean: float) -> dict[str, float]:
    """Cosine of tf-idf, but for the length of the text that is compared, which is the same for all."""
    weights = {part: (1 + math.log(n)) * rare[part] for part, n in text.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1
    return {part: weight / length * rare[part] for part, weight in weights.items()}


def _sum(index: _Index, text: Counter[str], size: int) -> list[float]:
    sums = [0.0] * size
    for part, n in text.items():
        for i, weight in index.get(part, ()):
            sums[i] += (1 + math.log(n)) * weight
    return sums


def _scale(scores: list[float]) -> list[float]:
    most = max(scores, default=0)
    return [score / most for score in scores] if most else scores
