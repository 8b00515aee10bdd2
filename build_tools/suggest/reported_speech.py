"""Sentences that credit something to somebody without quotation marks. Pure, and a guess.

In: paragraphs and the quotations found in them. Out: sentences, each with whom it credits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from build_tools.suggest.chinese import HanReader
from build_tools.suggest.speakers import MOST_VERBS, Subjects
from build_tools.suggest.word_lists import phrases
from build_tools.text.sentences import is_headline, split_sentences


@dataclass(frozen=True)
class Spoken:
    """Words that somebody said: paragraph (from 1), start and end in it, and the speaker as the text names them."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str | None


class Credited:
    """Reads the sentences of one text that hold no speech in quotation marks."""

    def __init__(self, subjects: Subjects, han: HanReader | None) -> None:
        self.subjects, self.han = subjects, han
        self.blocks, self.spans, self.words = subjects.blocks, subjects.spans, subjects.words
        self._calling = phrases(self.words.calling)
        self._announced = re.compile(rf"{phrases(self.words.sayings).pattern}:\s\w", re.IGNORECASE)
        denied = "|".join(re.escape(w) for w in self.words.negations if w.isalpha())
        self._negated = re.compile(rf"(?:n['\u2019]t|(?<!\w)(?:{denied or '(?!)'}))\s$", re.IGNORECASE)

    def all(self, quotations: Sequence[Spoken]) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        found = []
        taken: dict[int, list[int]] = {}
        for one in quotations:
            taken.setdefault(one.paragraph - 1, []).append(one.start)
        for n, block in enumerate(self.blocks):
            if is_headline(block) and not self.words.traits:
                continue
            speech = taken.get(n, [])
            stretches = self.han.stretches(n) if self.han else split_sentences(block, self.spans[n])
            k = 0
            for start, end in stretches:
                while k < len(speech) and speech[k] < start:
                    k += 1
                if k < len(speech) and speech[k] < end:
                    continue
                sentence = block[start:end]
                following = self.spans[n + 1][:1] if n + 1 < len(self.blocks) else []
                if sentence.endswith(":") and end == len(block) and following and following[0][0] < 3:
                    continue  # it leads to the quotation in the next paragraph
                who = self.han.credited(n, sentence) if self.han else self._credited(n, start, sentence)
                if who is not None:
                    found.append(Spoken(n + 1, start, end, sentence, who or None))
        return found

    def _credited(self, n: int, start: int, sentence: str) -> str | None:
        """To whom a sentence credits something: a name, the empty string where it is unclear, None for nobody."""
        if (
            by := self.subjects.agent.search(sentence) if self.subjects.agent else None
        ) and not self.subjects.cast.within(n, start + by.start()):
            agents = self.subjects.cast.between(n, start + by.end(), start + by.end() + 30)
            apart = agents and re.search(r"[,;:]", sentence[by.end() : agents[0].start - start])
            if agents and not apart and not agents[0].possessive:
                return self.subjects.resolve(n, agents[0])
        credit = self.subjects.credit.search(sentence)
        for verb in islice(self.subjects.verbs(sentence), MOST_VERBS):
            if self._negated.search(sentence[: verb.start()]):
                continue
            if (inverted := self.subjects.inverted(n, start, sentence, verb)) is not None:
                return inverted
            subject = self.subjects.subject(n, start, sentence, verb)
            bare = (credit or verb[0].casefold() in self.subjects.participles) and not self.subjects.human(subject)
            if subject and not bare and self._states(sentence[verb.end() :], verb[0]):
                return subject
        if credit:
            return self.subjects.credits(n, start, sentence, credit)
        said = self._announced.search(sentence)
        return self.subjects.possessor(n, sentence[: said.end()], start) if said else None

    def _states(self, rest: str, verb: str) -> bool:
        """Whether what follows a verb of saying is something stated, rather than a name, a call or a purchase."""
        if verb.casefold() in self.subjects.participles:
            return bool(re.match(r"\s*(?:that\b|:)", rest))
        if self._calling.fullmatch(verb):
            return bool(re.match(r"\s+(?:it|the|this|that|for|on|him|her|them|an?|(?:\w+\s){1,4}that)\b", rest))
        if verb.casefold() in self.subjects.vague:
            return bool(re.match(r"\s+(?:that|dass|que|qu['\u2019])(?:\b|(?<=['\u2019]))", rest))
        return bool(re.match(r"[\s,:]*[^\W_]|\s*[,.]?$|[\s,]+[\u201c\"'\u2018]", rest))
