"""Search terms and markers (negations, hedges, conditions): whole words in any case, ``*`` for any letters."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from synoptic.text.folding import CJK, WORD, fold, split_words

_STEM = 5  # letters
#: Two words in which the first does not negate: "not only", and Chinese words that happen to have its sign.
_IDIOMS = frozenset(
    (
        "not only,not least,no less,nicht nur,nicht allein,nicht zuletzt,nicht weniger,non seulement,pas seulement,"
        "non moins,no matter,no solo,no sólo,no obstante,sin embargo,不 仅,不 但,不 过,不 断,不 久,非 常,无 论,未 来"
    ).split(",")
)
#: Before "whether" they say that something holds in any case, so that no condition follows.
_UNCONDITIONAL = frozenset(
    "regardless of,irrespective of,no matter,unabhängig davon,egal,ganz gleich,gleichgültig,peu importe".split(",")
)


def find_term(tokens: Sequence[str] | Mapping[str, Sequence[int]], term: str) -> list[int]:
    """The indices of casefolded ``tokens`` at which ``term`` begins; ``tariff*`` finds "tariffs". For a long text,
    ``tokens`` is the index of its words (see ``index_words``)."""
    hits: list[int] = []
    for step, pattern in enumerate(split_term(term)):
        fitting = _look_up(tokens, pattern) if isinstance(tokens, Mapping) else _find_word(tokens, pattern)
        hits = sorted(set(hits).intersection(i - step for i in fitting)) if step else fitting
        if not hits:
            break
    return hits


def index_words(tokens: Iterable[str]) -> dict[str, list[int]]:
    """Every word to the indices at which it is."""
    index: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        index.setdefault(token, []).append(i)
    return index


def covers(term: str, other: str) -> bool:
    """Whether ``term`` is found wherever ``other`` is: ``trade`` and ``tariff*`` cover "trade tariffs"."""
    return bool(find_term(split_term(other), term))


def locate_terms(tokens: Sequence[str], terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where any of some terms is among casefolded ``tokens``, and its length in words; the longest at each place."""
    return list(_locate(tuple(tokens), terms))


@functools.lru_cache(maxsize=16384)  # ``check`` looks around the same quotations after each edit
def _locate(tokens: tuple[str, ...], terms: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    joined = f" {' '.join(tokens)}"
    lengths: dict[int, int] = {}
    for prefix, term in _prefixes(terms):
        for at in find_term(tokens, term) if prefix in joined else ():
            lengths[at] = max(lengths.get(at, 0), len(split_term(term)))
    return tuple(sorted(lengths.items()))


def fits(words: Sequence[str], patterns: Sequence[str]) -> bool:
    """Whether casefolded words are those of a term, each perhaps with a star."""
    return len(words) == len(patterns) and all(
        _find_word((word,), one) for word, one in zip(words, patterns, strict=True)
    )


def is_idiom(word: str, following: str) -> bool:
    """Whether a marker and the word after it, both casefolded, are together no marker: "not only"."""
    return f"{word} {following}" in _IDIOMS or (word.endswith("n't") and following in ("just", "only", "merely"))


def is_unconditional(low: Sequence[str], at: int) -> bool:
    """Whether a casefolded "whether" or "if" begins no condition: "regardless of whether"."""
    return low[at] in ("whether", "if", "ob", "si", "s'il", "s'ils") and bool(
        _UNCONDITIONAL & {*low[max(at - 1, 0) : at], " ".join(low[max(at - 2, 0) : at])}
    )


def find_name(words: Sequence[str], name: str) -> list[int]:
    """The indices of ``words``, as written, at which ``name`` begins; case counts, and a possessive fits."""
    parts = split_words(fold(name))
    return [
        i
        for i, word in enumerate(words)
        if parts
        and parts[0] in (word, word.removesuffix("'s"))
        and [w.removesuffix("'s") for w in words[i : i + len(parts)]] == [p.removesuffix("'s") for p in parts]
    ]


@functools.lru_cache(maxsize=4096)
def list_stems(text: str, shortest: int = 4) -> frozenset[str]:
    """The beginnings of a text's words of ``shortest`` letters or more: "opened" and "opening" are alike, and so are
    most names. Of Chinese, every two signs that are neighbours."""
    words = split_words(fold(text).casefold())
    pairs = {first + second for first, second in pairwise(words) if CJK.match(first) and CJK.match(second)}
    stems = {word.removesuffix("'s").removesuffix("s")[:_STEM] for word in words if len(word) >= shortest}
    return frozenset(pairs | stems | {word for word in words if word.isdigit()})


@functools.lru_cache(maxsize=65536)
def find_terms(text: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The words of ``text`` with which any of some terms begins, casefolded, in their order, each once."""
    written, tokens = _split(text)
    joined = f" {' '.join(tokens)}"
    likely = [term for prefix, term in _prefixes(terms) if prefix in joined]
    hits = sorted({i for term in likely for i in find_term(tokens, term)})
    return tuple(dict.fromkeys(tokens[i] for i in hits if i == 0 or written[i] != "May"))  # the month is not a hedge


@functools.lru_cache(maxsize=4096)
def split_term(term: str) -> tuple[str, ...]:
    """The words of a term, each perhaps with a star at its beginning or end."""
    patterns: list[str] = []
    for word in re.findall(rf"\*?{WORD}(?:'?\*)?", fold(term).casefold()):
        patterns.extend(split_words(word) if CJK.search(word) else [word])
    return tuple(patterns)


def _find_word(tokens: Sequence[str], pattern: str) -> list[int]:
    """The indices of the tokens that one word of a term fits; a possessive fits its noun."""
    if pattern.startswith("*"):
        return [i for i, token in enumerate(tokens) if token.endswith(pattern[1:])]
    if pattern.endswith("*"):
        return [i for i, token in enumerate(tokens) if token.startswith(pattern[:-1])]
    exact = [word for word in (pattern, pattern + "'s") if word in tokens]
    return [i for i, token in enumerate(tokens) if token in exact] if exact else []


def _look_up(index: Mapping[str, Sequence[int]], pattern: str) -> list[int]:
    """The same with the index of the tokens."""
    words = list(index) if "*" in (pattern[0], pattern[-1]) else [w for w in (pattern, pattern + "'s") if w in index]
    return sorted(i for n in _find_word(words, pattern) for i in index[words[n]])


@functools.lru_cache(maxsize=4096)
def _prefixes(terms: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each term after letters that any text with it must contain: a quick test before the search."""
    split = ((split_term(term), term) for term in terms)
    return [(f" {patterns[0]}".replace(" *", "").rstrip("*"), term) for patterns, term in split if patterns]


@functools.lru_cache(maxsize=4096)  # one claim is searched for many terms
def _split(text: str) -> tuple[list[str], list[str]]:
    """The words of a text as written, and casefolded."""
    written = split_words(fold(text))
    return written, [word.casefold() for word in written]
