"""Finds the quotations and the credited sentences of a text, each with its speaker: guesses for an editor. Pure."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from synoptic.suggest.chinese import ChineseReader
from synoptic.suggest.direct_speech import DirectSpeech
from synoptic.suggest.speakers import MOST_VERBS, Speakers
from synoptic.suggest.transcripts import find_turns
from synoptic.suggest.word_lists import Words, phrases
from synoptic.text.quotation_marks import HAN, clean_paragraph, find_quoted, mark_places
from synoptic.text.sentences import (
    LONGEST,
    count_words,
    ends_sentence,
    holds_sentence,
    is_headline,
    is_title,
    last_sentence,
)

#: Quotations that are read in one paragraph, and in one text, at most.
MOST_SPANS = 40
MOST_QUOTED = 3_000
#: Characters; longer paragraphs are skipped, as no article has them.
LONGEST_BLOCK = 20_000


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
        where = r"(?:(?:in|on|to|dans|sur|\u00e0|an|auf)\s[^,.;:]{1,40}?\s)?"  # "in a letter"
        self._that = re.compile(rf"\s+{where}(?:that\b|dass\b|que\b|qu['\u2019])")
        denied = "|".join(re.escape(w) for w in self.words.negations if w.isalpha())
        self._negated = re.compile(rf"(?:n['\u2019]t|(?<!\w)(?:{denied or '(?!)'}))\s$", re.IGNORECASE)

    def all(self, quotations: Sequence[Spoken]) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        sentences = []
        taken: dict[int, list[int]] = defaultdict(list)
        for quotation in quotations:
            taken[quotation.paragraph - 1].append(quotation.start)
        for n, block in enumerate(self.blocks):
            if is_headline(block) and not self.words.traits and n not in self.turns:
                continue
            begin, talker = self.turns.get(n, (0, None))
            stretches = self.han.find_sentences(n) if self.han else self.speakers.sentences[n]
            for start, end in stretches:
                k = bisect.bisect_left(taken[n], start)
                if k < len(taken[n]) and taken[n][k] < end:
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
            return bool(self._that.match(rest))
        return bool(re.match(r"[\s,:]*[^\W_]|\s*[,.]?$|[\s,]+[\u201c\"'\u2018]", rest))


class Reader:
    """Reads one text once: its paragraphs ``blocks``, with the word lists of their language.

    The results are ``quotations`` and ``credited``.
    """

    def __init__(self, blocks: Sequence[str], words: Words) -> None:
        tidied = (clean_paragraph(block) for block in blocks)
        self.blocks = [block if len(block) <= LONGEST_BLOCK else "" for block in tidied]
        self.spans = [
            find_quoted(block, self.blocks[n + 1] if n + 1 < len(self.blocks) else "")
            for n, block in enumerate(self.blocks)
        ]
        han = bool(words.reporting) and all(HAN.search(w) for w in words.reporting[:3])
        self.han = ChineseReader(self.blocks, self.spans, words) if han else None
        self.speakers = Speakers(self.blocks, self.spans, words)
        self.quoted = DirectSpeech(self.speakers)

    @cached_property
    def credited(self) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        return ReportedSpeech(self.speakers, self.han).all(self.quotations)

    @cached_property
    def quotations(self) -> list[Spoken]:
        """Every direct quotation, in order; scare quotes, titles and names in quotation marks are left out."""
        spoken: list[Spoken] = []
        current: str | None = None  # who spoke last
        last_block, read = -9, 0
        open_end = False
        for n, block in enumerate(self.blocks):
            spans = self.spans[n][:MOST_SPANS] if read < MOST_QUOTED else []
            read += len(spans)
            done: list[Spoken] = []
            passed: list[Spoken] = []  # fragments that no verb near them makes speech
            since = 0  # where the words before a quotation begin: after the last speech
            for k, (a, b, _) in enumerate(spans):
                opens, closes = mark_places(block, a, b)
                since = max(since, opens - LONGEST)
                before = block[since:opens]
                until = mark_places(block, *spans[k + 1][:2])[0] if k + 1 < len(spans) else len(block)
                after = block[closes : min(until, closes + LONGEST)]
                text = block[a:b]
                spoke, speaker = self._read(n, since, opens, closes, after, text)
                if not spoke and done and (self._is_joined(before) or (ends_sentence(before) and ends_sentence(text))):
                    spoke, speaker = True, done[-1].speaker
                if k == 0 and open_end and not before.strip():  # speech that runs over paragraphs
                    spoke, speaker = True, speaker or current
                elif spoke and speaker is None and (holds_sentence(text) or count_words(text) > 5 or self.han):
                    recent = done[-1].speaker if done else current if n - last_block <= 2 else None
                    speaker = self._guess_speaker(n, a, before, recent, first=not done)
                if speaker and is_headline(block) and speaker not in self.speakers.cast.people:
                    speaker = None  # a headline's capitals name nobody
                if spoke:
                    since = closes
                    done.append(Spoken(n + 1, a, b, text, speaker))
                    current, last_block = speaker or current, n
                elif count_words(text) > 2 and not self.quoted.is_called(last_sentence(before)) and not is_title(text):
                    passed.append(Spoken(n + 1, a, b, text, None))
            done.extend(self._fragments(n, done, passed))
            done.sort(key=lambda s: s.start)
            named = next((s.speaker for s in done if s.speaker), None)  # who is named only after a later quotation
            spoken.extend(replace(s, speaker=s.speaker or named) for s in done)
            open_end = bool(spans) and not spans[-1][2]
        return spoken

    def _fragments(self, n: int, done: Sequence[Spoken], passed: Sequence[Spoken]) -> Iterator[Spoken]:
        """The fragments that share a sentence with somebody's speech, as their words."""
        for fragment in passed:
            for start, end in self.speakers.sentences[n]:
                beside = [s.speaker for s in done if start <= s.start < end and s.speaker]
                if beside and start <= fragment.start < end:
                    yield replace(fragment, speaker=beside[0])

    def _guess_speaker(self, n: int, a: int, before: str, recent: str | None, *, first: bool) -> str | None:
        """The speaker of a quotation that names none: ``recent``, or whom the words before introduce."""
        if self.han or (recent and not first and not before.rstrip().endswith(":")):
            return recent
        if before.strip():
            start = a - len(last_sentence(before)) - 2
            found = self._first(n, start, a)
            return found or (self.speakers.find_earlier_subject(n, start) if ends_sentence(before) else None) or recent
        if n and self.blocks[n - 1].endswith(":") and (who := self._first(n - 1, *self.speakers.sentences[n - 1][-1])):
            return who
        return recent or self.speakers.find_earlier_subject(n, 0)

    def _first(self, n: int, start: int, end: int) -> str | None:
        """The first person, role or pronoun between two places of a paragraph."""
        inside = self.speakers.cast.mentions_between(n, start, end)
        named = [m for m in inside if m.form != "pronoun"]
        for mention in [*inside[:1], *named]:
            if who := self.speakers.resolve(n, mention):
                return who
        return None

    def _is_joined(self, before: str) -> bool:
        """Whether words between two quotations join them: "and", or a clause that names the speaker."""
        joint = r"\W*(?:and|or|but|et|und|oder|as|that)?(?:\s(?:that|would be|was|is|to be|as|an?|au|aux|à))*\W*"
        said = before.rstrip().endswith(",") and any(True for _ in self.speakers.find_verbs(before))
        return bool(re.fullmatch(joint, before)) or said

    def _read(self, n: int, since: int, opens: int, closes: int, after: str, text: str) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        if self.han:
            return self.han.find_speech(n, since, opens, after, text)
        return self.quoted.find_speech(n, since, opens, closes, after, text)
