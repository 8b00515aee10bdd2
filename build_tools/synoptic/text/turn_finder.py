"""Finds terms, pointers and shared subjects around one quotation, for ``turns``. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from synoptic.text import turn_grammar as grammar
from synoptic.text.attributes import begins_example
from synoptic.text.clause_grammar import WOULD
from synoptic.text.clauses import grants_fact, has_verb
from synoptic.text.folding import CJK
from synoptic.text.guard_words import GuardWords, Terms
from synoptic.text.numbers import is_quantity
from synoptic.text.surroundings import Around, Doubts, Stretch, Turning
from synoptic.text.terms import is_unconditional, locate_terms

#: Letters by which two content words are the same.
_STEM = 5
#: Words of a clause that are looked at: its beginning, and all of it.
EARLY, LONG = 6, 25
#: After "those" they say who is meant: "those against the plan".
_OF_WHOM = grammar.PREPOSITIONS | grammar.WHO | {"of", "against", "whose", "whom", "opposed", "affected"}
#: How far the words for a number may be from the place where a quotation breaks off.
NEAR = 4


def join(words: Sequence[str]) -> str:
    """Words as they are written; Chinese signs without spaces."""
    return ("" if all(CJK.match(word) for word in words) else " ").join(words)


@dataclass(frozen=True)
class TurnFinder:
    """What can be found by the lists of a language."""

    around: Around
    words: GuardWords
    doubts: Doubts

    def _is_set_apart(self, head: Stretch, at: int) -> bool:
        """Whether a clause of its own stands between a word ``at`` and the quotation: "Meanwhile, he says, since"."""
        commas = [i for i in range(at + 1, len(head.low)) if "," in head.gaps[i]]
        return bool(commas) and has_verb(head.low[at : commas[-1]], self.words.lang)

    def _grants(self, at: int) -> bool:
        """Whether a French "if" before a quotation only grants a fact: "If it is not the first, it is the largest"."""
        parts = (self.around.head, self.around.quote, self.around.tail)
        words = [word for part in parts for word in part.words]
        gaps = [gap for part in parts for gap in part.gaps]
        first = len(self.around.head.low)
        return grants_fact(words, gaps, at, (first, first + len(self.around.quote.low)), self.words.lang)

    def _is_excluded(self, head: Stretch, at: int, length: int) -> bool:
        """Whether what is excepted at the beginning is of a clause before the quoted one: "Except for the roof, they
        rebuilt the mill, using old stone"."""
        commas = sum("," in gap for gap in (*head.gaps[at + length :], self.around.quote.gaps[0]))
        return at == 0 and commas > 1 and join(head.low[:length]) in grammar.EXCEPTING

    def _is_example(self, at: int) -> bool:
        """Whether a condition after the quotation only begins an example of the reason that it gives."""
        low, gaps = (*self.around.quote.low, *self.around.tail.low), (*self.around.quote.gaps, *self.around.tail.gaps)
        return begins_example(low, gaps, len(self.around.quote.low) + at, (0, len(self.around.quote.low)))

    def _is_alternative(self, tail: Stretch, at: int) -> bool:
        """Whether an "if" is the other half of a question whose first half is quoted: "whether ..., or if"."""
        asked = "whether" in (*self.around.head.low, *self.around.quote.low)
        return asked and tail.low[at] == "if" and tail.low[max(at - 1, 0)] == "or"

    def _is_of_reader(self, stretch: Stretch, at: int) -> bool:
        return bool(grammar.READER & {*stretch.low[at + 1 : at + 12]})

    def _is_doubted(self, rest: Sequence[str]) -> bool:
        doubts = (*self.words.limiting, *self.words.retracting, *self.words.doubting, *self.doubts.negations)
        return any(
            join(rest[at : at + n]) not in grammar.LASTING for at, n in self._find(rest[: self._wide(LONG)], doubts)
        )

    def _is_added(self, tail: Stretch, at: int, length: int) -> bool:
        """Whether a "no longer" is of a clause that only goes on, with more to say: ", and it was no longer"."""
        goes_on = bool(tail.gaps[0].strip()) and tail.low[0] in grammar.JOINING and at > 1
        return goes_on and join(tail.low[at : at + length]) == "no longer" and len(tail.low) - at > 2 * EARLY

    def _is_owned(self, stretch: Stretch, at: int, length: int) -> bool:
        """Whether a loose limit belongs to what it begins: "at the beginning of the month"."""
        end = at + length
        loose = join(stretch.low[at:end]) in grammar.LOOSE and not "".join(stretch.gaps[end : end + 1]).strip()
        return loose and bool({*stretch.low[end : end + 1]} & (grammar.OWNING | {"de"}))

    def _tells(self, rest: Sequence[str]) -> bool:
        return bool(self._find(rest[: self._wide(EARLY)], self.words.saying))

    def _points(self, rest: Sequence[str]) -> bool:
        return bool(self._find(rest[:NEAR], self.words.pointing))

    def _links(self, rest: Sequence[str], *, tail: bool = False) -> bool:
        return bool(self._subjects(rest) & (self._own_subjects if tail else self._quoted_subjects))

    @cached_property
    def _own_subjects(self) -> frozenset[str]:
        return self._subjects(self.around.head.low) | self._subjects(self.around.quote.low)

    @cached_property
    def _quoted_subjects(self) -> frozenset[str]:
        return self._own_subjects | self._subjects(self.around.tail.low)

    def _subjects(self, low: Sequence[str]) -> frozenset[str]:
        """The stems of content words; of Chinese, pairs of signs."""
        pairs = {a + b for a, b in pairwise(low) if CJK.match(a) and CJK.match(b) and not grammar.SMALL.search(a + b)}
        stems = {word.removesuffix("'s")[:_STEM] for word in low if len(word) >= 4 and word not in self.words.common}
        return frozenset(pairs - self.words.common | {stem for stem in stems if not stem.isdigit()})

    def _wide(self, number: int) -> int:
        """A number of words; of Chinese, of signs."""
        return 2 * number if self.words.lang == "zh" else number

    def _find(self, low: Sequence[str], terms: Terms) -> list[tuple[int, int]]:
        hits = locate_terms(low, terms)
        hits = [hit for hit in hits if not is_unconditional(low, hit[0]) and not self._is_replacing(low, hit[0])]
        hits = [
            hit for hit in hits if not (low[hit[0]] in grammar.WHOSE and {*low[sum(hit) : sum(hit) + 1]} & _OF_WHOM)
        ]
        return [
            hit for hit in hits if low[hit[0]] != grammar.ONLY or "".join(low[hit[0] - 1 : hit[0]]) not in grammar.COUNT
        ]

    def _is_replacing(self, low: Sequence[str], at: int) -> bool:
        """Whether a word only denies what follows it: "instead of closing the bridge"."""
        return join((*low[at : at + 2], *(word[:2] for word in low[at + 2 : at + 3]))).startswith(grammar.REPLACING)

    def _drop_attributes(self, low: Sequence[str], hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The terms without adjectives of a noun that names no speech: "fined for misleading advertising"."""
        return [
            hit
            for hit in hits
            if not (
                hit[1] == 1
                and low[hit[0]] in grammar.ADJECTIVES
                and {*low[max(hit[0] - 1, 0) : hit[0]]} & grammar.BEFORE_ATTRIBUTES
                and {*low[sum(hit) : sum(hit) + 1]} - grammar.SPEECH
                and not self._find(low[sum(hit) : sum(hit) + 1], (*self.words.pointing, *self.words.turning))
            )
        ]

    def _find_unnegated(self, low: Sequence[str], terms: Terms) -> list[tuple[int, int]]:
        """The terms without a negation just before: not "never in doubt"."""
        negations = {at for at, _ in self._find(low, self.doubts.negations)}
        hits = [(at, length) for at, length in self._find(low, terms) if not negations & {at - 1, at - 2}]
        return self._drop_attributes(low, hits)

    def _number_before(self) -> tuple[int, int] | None:
        """A number that a quotation leaves out before what it counts: "three of the", or directly before it."""
        head = self.around.head
        for at in range(len(head.low) - 1):
            counts = head.low[at + 1] in grammar.OF and not grammar.THAT & {*head.low[at + 2 :]}
            parted = at > 1 and "," in "".join((*head.gaps[at + 1 :], self.around.quote.gaps[0]))
            counts = counts and not parted
            if counts and is_quantity(head.low, at):
                return at, 1
        near = len(head.low) - 1
        while near > len(head.low) - 3 and near > 0 and head.low[near] in grammar.OF:
            near -= 1
        apart = "(" in head.gaps[near] or self.around.quote.gaps[0].strip()
        return (near, 1) if is_quantity(head.low, near) and not apart else None

    def _has_object(self, stretch: Stretch, at: int) -> bool:
        """Whether a pronoun stands here as an object: "denied it", not "denied that he"."""
        for begin, length in self._find(stretch.low[at : at + self._wide(2)], self.words.pointing):
            if stretch.low[at + begin] in grammar.POSSESSIVE:
                continue
            end = at + begin + length
            last = end == len(stretch.low) or bool(set(stretch.gaps[end]) & set(",;.:"))
            if last or (stretch.low[end - 1] != "that" and not stretch.words[end][:1].isupper()):
                return True
        return False

    def _is_promised(self) -> bool:
        """Whether the quoted words say what will be, so that a time limits them."""
        low = self.around.quote.low
        return bool(grammar.FUTURE & {*low}) or (self.words.lang == "fr" and any(map(WOULD.fullmatch, low)))

    def _mark(self, stretch: Stretch, at: int, length: int, *, unsure: bool = False) -> Turning:
        last = stretch.first + len(stretch.low) - 1
        return Turning(join(stretch.low[at : at + length]), stretch.first, last, unsure)

    def _is_unsure(self, stretch: Stretch, at: int, length: int) -> bool:
        """Whether a turn in the sentence after may speak of something else: it is sure only if that sentence points
        back near its beginning, not only to a person ("this", "it"), and takes back, denies or doubts."""
        low = stretch.low
        rest = (*low[:at], *low[at + length :])
        persons = grammar.NOMINATIVE | grammar.POSSESSIVE
        pointing = [rest[i] for i, _ in self._find(rest[:NEAR], self.words.pointing)]
        if not {*pointing} - persons:
            return True
        heavy = self._find(low[: self._wide(LONG)], (*self.words.retracting, *self.words.denying))
        return not (heavy or self._is_doubted(rest))
