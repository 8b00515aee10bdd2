"""What others say about a speaker: statements whose claim or quotation names a speaker who does not hold them. Pure.

Names are sought as search terms are: whole words, folded, a possessive like its noun. A name of one word counts only
with the capital that it is written with ("Young", not "young").
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from synoptic.compare.statements import find_holder
from synoptic.model.records import Claim, Speaker, Statement
from synoptic.model.site import Briefing
from synoptic.text.folding import fold, split_words

_NUMERALS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "jr", "sr"})
_LEAST = 3  # letters of a surname that is sought alone
#: A name as words in small letters, and as it is written.
_Words = tuple[str, ...]


@dataclass(frozen=True)
class ToldAbout:
    """A claim on which others say something about a speaker: their statements, and those whose quotation names the
    speaker; ``in_claim`` says whether the claim does."""

    claim: Claim
    statements: tuple[Statement, ...]
    quoting: tuple[Statement, ...]
    in_claim: bool


def list_names(speakers: Iterable[Speaker]) -> dict[str, tuple[str, ...]]:
    """Speaker's id to the names by which to seek them: their name, their other names, and the surname of a person whom
    nobody shares it with. Unnamed speakers have none."""
    known = [speaker for speaker in speakers if speaker.kind != "unnamed"]
    surnames = {speaker.id: _find_surname(speaker) for speaker in known if speaker.kind == "person"}
    shared = Counter(surnames.values())
    names = {}
    for speaker in known:
        full = speaker.name.partition(" (")[0].removeprefix("The ").removeprefix("the ")
        surname = surnames.get(speaker.id, "")
        alone = [surname] if surname and shared[surname] == 1 else []
        names[speaker.id] = tuple(dict.fromkeys([full, *speaker.also, *alone]))
    return names


def _find_surname(speaker: Speaker) -> str:
    """The last word of a person's name that is not a number; empty if it is the only one, or very short."""
    words = [word for word in split_words(fold(speaker.name.partition(" (")[0])) if word.casefold() not in _NUMERALS]
    return words[-1] if len(words) > 1 and len(words[-1]) >= _LEAST else ""


def find_told_about(briefing: Briefing, names: Mapping[str, Sequence[str]]) -> dict[str, list[ToldAbout]]:
    """Speaker's id to the claims on which others say something about them; ``names`` are those to seek."""
    index = _Index(names)
    told: dict[str, list[ToldAbout]] = {}
    for claim in briefing.claims:
        in_claim = index.find(claim.claim)
        in_quotation = [(statement, index.find(statement.quote)) for statement in claim.statements]
        for speaker in dict.fromkeys([*in_claim, *(name for _, found in in_quotation for name in found)]):
            others = [(s, found) for s, found in in_quotation if find_holder(briefing, s) != speaker]
            quoting = tuple(s for s, found in others if speaker in found)
            statements = tuple(s for s, _ in others) if speaker in in_claim else quoting
            if statements:
                told.setdefault(speaker, []).append(ToldAbout(claim, statements, quoting, speaker in in_claim))
    return told


class _Index:
    """Finds all names in one reading of a text."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """``names`` has the names of each speaker, by id."""
        self._by_first: dict[str, list[tuple[_Words, _Words, str]]] = {}
        for speaker, spellings in names.items():
            for spelling in spellings:
                written = tuple(split_words(fold(spelling)))
                if written:
                    words = tuple(word.casefold() for word in written)
                    self._by_first.setdefault(words[0], []).append((words, written, speaker))

    def find(self, text: str) -> dict[str, None]:
        """The ids of the speakers whom a text names, in order."""
        return dict.fromkeys(self._find(split_words(fold(text)))) if self._by_first else {}

    def _find(self, written: Sequence[str]) -> Iterator[str]:
        small = [word.casefold().removesuffix("'s") for word in written]
        for at, word in enumerate(small):
            for name, spelt, speaker in self._by_first.get(word, ()):
                end = at + len(name)
                capital = len(name) > 1 or not spelt[0][0].isupper() or written[at][0].isupper()
                if capital and tuple(small[at:end]) == name:
                    yield speaker
