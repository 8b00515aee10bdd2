"""Chooses the search term of a new claim: words that tell what a quotation is about. Pure."""

import re
from collections.abc import Iterator, Sequence

from synoptic.load.guard_words import common_words_of
from synoptic.suggest.word_lists import Words
from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.match import Text

TOO_SHORT = 4  # letters of a word that says too little alone
MOST_HAN = 6  # characters of a term in Chinese
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)'", re.IGNORECASE)


class TermChooser:
    """Chooses terms for quotations of one language; ``words`` are its lists."""

    def __init__(self, language: str, words: Words) -> None:
        lists = (
            words.functions, words.determiners, words.prepositions, words.auxiliaries, words.adverbs, words.joining,
            words.nominal, words.pronouns, words.first_person, words.negations, words.numbers, words.relative,
            words.weekdays, words.months, words.titles, words.reporting,
        )  # fmt: skip
        listed = {word.casefold().replace("\u2019", "'") for words in lists for word in words}
        self.common = listed | common_words_of(language)
        self._capitals = "nouns with capitals" in words.traits

    def choose(self, quote: str, others: Sequence[Text], taken: set[str]) -> str | None:
        """The best term in ``quote`` that is not ``taken``; None if the quotation has only common words.

        No name is better than a name; then the one in the fewest of the ``others``; then the longest.
        """
        found = [(term, name) for term, name in self.list_terms(quote) if term not in taken]
        hits = {term: sum(bool(other.search(term)) for other in others) for term, _ in found}
        return min(found, key=lambda one: (one[1], hits[one[0]], -len(one[0])), default=("", False))[0] or None

    def list_terms(self, quote: str) -> Iterator[tuple[str, bool]]:
        """Terms in a quotation, casefolded, each with whether it is a name: neighbouring words, then single ones."""
        for run in self._list_runs(quote):
            if len(run) > 1 and CJK.search(run[0]):
                yield "".join(run[:MOST_HAN]).casefold(), False
                continue
            names = [word[:1].isupper() and not self._capitals for word in run]
            for first, second in zip(range(len(run)), range(1, len(run)), strict=False):
                yield f"{run[first]} {run[second]}".casefold(), names[first] or names[second]
            yield from ((w.casefold(), name) for w, name in zip(run, names, strict=True) if len(w) > TOO_SHORT)

    def _list_runs(self, quote: str) -> Iterator[list[str]]:
        """Neighbouring words of a quotation, as written, that are not common; in Chinese, characters."""
        for part in re.split(r"[^\w\s'\u2019-]", quote):
            if CJK.search(part):
                yield from ([*run] for run in self._cut_chinese(part) if len(run) > 1)
                continue
            run: list[str] = []
            for word in [*split_words(fold(part)), ""]:
                if word.casefold() in self.common or not re.search(r"[^\W\d_]{2}", word) or _ELIDED.match(word):
                    yield from [run] if run else []
                    run = []
                else:
                    run.append(word)

    def _cut_chinese(self, text: str) -> list[str]:
        """What remains between the common words of a Chinese text."""
        common = sorted((w for w in self.common if CJK.search(w)), key=len, reverse=True)
        return re.split(rf"(?:{'|'.join(map(re.escape, common))}|\W|[\da-zA-Z_])+", text)
