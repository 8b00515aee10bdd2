"""Finds sentences that credit something to somebody without quotation marks: guesses. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from build_tools.suggest.chinese import ChineseReader
from build_tools.suggest.speakers import MOST_VERBS, Speakers
from build_tools.suggest.transcripts import find_turns
from build_tools.suggest.word_lists import phrases
from build_tools.text.sentences import is_headline, split_sentences


@dataclass(frozen=True)
class Spoken:
    """Words that somebody said: paragraph (from 1), start and end in it, and the speaker's name in the text."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str | None


class ReportedSpeech:
    """Reads the sentences of one text that contain no quoted speech."""

    def __init__(self, speakers: Speakers, han: ChineseReader | None) -> None:
        self.speakers, self.han = speakers, han
        self.blocks, self.spans, self.words = speakers.blocks, speakers.spans, speakers.words
        self.turns = find_turns(self.blocks, speakers.cast, self.words)
        self._calling = phrases(self.words.calling)
        denied = "|".join(re.escape(w) for w in self.words.negations if w.isalpha())
        self._negated = re.compile(rf"(?:n['\u2019]t|(?<!\w)(?:{denied or '(?!)'}))\s$", re.IGNORECASE)

    def all(self, quotations: Sequence[Spoken]) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        sentences = []
        taken: dict[int, list[int]] = {}
        for quotation in quotations:
            taken.setdefault(quotation.paragraph - 1, []).append(quotation.start)
        for n, block in enumerate(self.blocks):
            if is_headline(block) and not self.words.traits and n not in self.turns:
                continue
            speech = taken.get(n, [])
            begin, talker = self.turns.get(n, (0, None))
            stretches = self.han.find_sentences(n) if self.han else split_sentences(block, self.spans[n])
            k = 0
            for start, end in stretches:
                while k < len(speech) and speech[k] < start:
                    k += 1
                if k < len(speech) and speech[k] < end:
                    continue
                if n in self.turns:
                    begun = max(start, begin)
                    sentences.append(Spoken(n + 1, begun, end, block[begun:end], talker))
                    continue
                sentence = block[start:end]
                following = self.spans[n + 1][:1] if n + 1 < len(self.blocks) else []
                if sentence.endswith(":") and end == len(block) and following and following[0][0] < 3:
                    continue  # it leads to the quotation in the next paragraph
                who = self.han.find_credited(n, sentence) if self.han else self._credited(n, start, sentence)
                if who is not None:
                    sentences.append(Spoken(n + 1, start, end, sentence, who or None))
        return sentences

    def _credited(self, n: int, start: int, sentence: str) -> str | None:
        """Whom a sentence credits: a name, "" if that is unclear, None if nobody."""
        credit = self.speakers.credit.search(sentence)
        for verb in islice(self.speakers.find_verbs(sentence), MOST_VERBS):
            if self._negated.search(sentence[: verb.start()]):
                continue
            if (inverted := self.speakers.find_subject_after(n, start, sentence, verb)) is not None:
                return inverted
            subject = self.speakers.find_subject(n, start, sentence, verb)
            bare = (credit or verb[0].casefold() in self.speakers.participles) and not self.speakers.is_human(subject)
            if subject and not bare and self._is_statement(sentence[verb.end() :], verb[0]):
                return subject
        return self.speakers.find_credited(n, start, sentence, credit) if credit else None

    def _is_statement(self, rest: str, verb: str) -> bool:
        """Whether what follows a verb of saying is something stated, rather than a name, a call or a purchase."""
        if verb.casefold() in self.speakers.participles:
            return bool(re.match(r"\s*(?:that\b|:)", rest))
        if self._calling.fullmatch(verb):
            return bool(re.match(r"\s+(?:it|the|this|that|for|on|him|her|them|an?|(?:\w+\s){1,4}that)\b", rest))
        if verb.casefold() in self.speakers.vague:
            return bool(re.match(r"\s+(?:that|dass|que|qu['\u2019])(?:\b|(?<=['\u2019]))", rest))
        return bool(re.match(r"[\s,:]*[^\W_]|\s*[,.]?$|[\s,]+[\u201c\"'\u2018]", rest))
