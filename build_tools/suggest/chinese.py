"""Finds speech and its speakers in Chinese, which has no spaces: a name is what precedes a verb of saying. Pure."""

import re
from collections.abc import Iterator, Sequence

from build_tools.suggest.word_lists import Words
from build_tools.text.quotation_marks import Span
from build_tools.text.sentences import Stretches, split_sentences

_STOPS = "[\u3002\uff01\uff1f]"
_PAUSE = re.compile("[\uff0c,\u3002\uff1f\uff01\uff1b]")
_ASIDE = re.compile("[(\uff08][^()\uff08\uff09]{0,60}[)\uff09]")
_CLAUSE = re.compile("[\uff0c,\u3002\uff1b\u3001\uff01\uff1f\u201d\u300d]")


def _options(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


class ChineseReader:
    """Reads one Chinese text. Its names are those before a verb of saying anywhere in it."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        self.blocks, self.spans, self.words = blocks, spans, words
        self._verbs = _options(words.reporting)
        self._read_before = re.compile(
            rf"(?P<who>[^\uff0c,\u3002\uff1b\uff01\uff1f\u201c\u201d\u300c\u300d]{{1,30}}?)(?:{self._verbs})(?:道|说|說)?[^\uff0c,\uff1a:]{{0,6}}[\uff1a:\uff0c,]?$"
        )
        self._read_after = re.compile(
            rf"[\uff0c,\u3002]?(?P<who>[^\uff0c,\u3002\uff1a]{{1,30}}?)(?:{self._verbs})(?:道|说|說)?"
        )
        self._clause = re.compile(
            rf"(?P<who>[^\uff0c,\u3002\uff1a\u201c\u300c]{{1,30}}?)(?:{self._verbs})(?:道|说|說)?(?P<rest>.?)"
        )
        self._speakers_by_sentence = re.compile(
            rf"(?P<who>[^\uff0c,\uff1a\u201c]{{1,30}}?)(?:{self._verbs})[\uff0c,][^\uff0c,]{{1,20}}$"
        )
        self._credit = re.compile(
            rf"(?:{_options(words.crediting)})(?P<who>[^\uff0c,]{{1,16}}?)(?:报道|報道|消息|称|介绍)?[\uff0c,]"
        )
        self._front = re.compile(
            rf"^(?:{_options((*words.functions, *words.relative))}|\d+[月日年]|(?:周|星期)[一二三四五六日天])+"
        )
        self._back = re.compile(
            rf"(?:{_options(words.auxiliaries)}|在[^的]{{1,20}}|[对對向跟和](?:{_options(words.nominal)}).{{0,6}}|(?:周|星期)[一二三四五六日天]|\d.*|[\u3400-\u9fff]{{2,4}}地)+$"
        )
        self.known: dict[str, int] = {}  # names, to the paragraph of the first
        for n, block in enumerate(blocks):
            inside = Stretches((a, b) for a, b, _ in spans[n])
            for part in re.finditer(
                rf"[^\u3002\uff01\uff1f\uff0c,\u201c\u201d\u300c\u300d\uff1a:\uff1b]{{2,30}}?(?:{self._verbs})", block
            ):
                if part.start() in inside:
                    continue
                found = re.match(rf"(.+?)(?:{self._verbs})$", part[0])
                name = self.trim_name(found[1]) if found else None
                if name and 2 <= len(name) <= 4 and name not in words.pronouns:
                    self.known.setdefault(name, n)
        self._any = re.compile(_options(list(self.known))) if self.known else None

    def trim_name(self, words: str) -> str | None:
        """The name at the end of some words, without day, place and adverb; None for a pronoun."""
        part = _CLAUSE.split(words)[-1]
        part = self._back.sub("", self._front.sub("", part.strip())).strip()
        if part in self.words.pronouns:
            return None
        head, _, rest = part.rpartition("的")
        part = rest if head and len(rest) >= 2 else part
        return part if part and len(part) <= 24 and part[-1] not in "与和及或對对向" else None

    def find_speech(self, n: int, since: int, opens: int, after: str, text: str) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        before = self.blocks[n][since:opens].strip()
        lead = _ASIDE.sub("", re.split(_STOPS, before)[-1])
        if len(text) <= 10 and any(lead.rstrip("\uff1a:").endswith(w) for w in self.words.naming):
            return False, None
        if found := self._read_before.search(lead[-60:]):
            return True, self.trim_name(found["who"]) or self.find_nearest_name(n, opens - len(lead))
        tail = self._read_after.match(after[:60])
        if tail and (text[-1:] in "\uff0c\u3002\uff01\uff1f,!?" or after[:1] in "\uff0c,"):
            return True, self.trim_name(tail["who"]) or self.find_nearest_name(n, opens)
        if len(text) >= 8 and (found := self._speakers_by_sentence.match(lead[-60:])):
            return True, self.trim_name(found["who"]) or self.find_nearest_name(n, opens - len(lead))
        if lead.endswith(("\uff1a", ":")) and (found := self._clause.match(lead)):
            return True, self.trim_name(found["who"]) or self.find_nearest_name(n, opens)
        if (
            lead.endswith(("\uff1a", ":"))
            or (text[-1:] in "\u3002\uff01\uff1f" and len(text) >= 8)
            or (len(text) >= 16 and _PAUSE.search(text))
        ):
            named = self._any.search(re.split(_STOPS, after[:80])[0]) if self._any and not before else None
            return True, named[0] if named else self.find_nearest_name(n, opens) if before else None
        return False, None

    def find_nearest_name(self, n: int, place: int) -> str | None:
        """The known speaker whom the text before a place mentions: the first in the nearest sentence that has one."""
        if self._any is None:
            return None
        for block in range(n, max(-1, n - 5), -1):
            text = self.blocks[block][:place] if block == n else self.blocks[block]
            inside = Stretches((a, b) for a, b, _ in self.spans[block])
            for start, end in reversed(split_sentences(text[-1500:])):
                shift = max(0, len(text) - 1500)
                for found in self._any.finditer(text, start + shift, end + shift):
                    if found.start() not in inside:
                        return found[0]
        return None

    def find_credited(self, n: int, sentence: str) -> str | None:
        """Whom a sentence credits: a name, "" if that is unclear, None if nobody."""
        if credit := self._credit.match(sentence):
            return credit["who"]
        found = self._clause.match(sentence)
        if found is None or found["rest"] in ("", "\u3002") or found["who"] in ("\u6211", "\u6211\u4eec"):
            return None
        return self.trim_name(found["who"]) or self.find_nearest_name(n, 0) or ""

    def find_sentences(self, n: int) -> Iterator[tuple[int, int]]:
        """The sentences of a paragraph that are not inside quotation marks."""
        inside = Stretches((a, b) for a, b, _ in self.spans[n])
        return ((a, b) for a, b in split_sentences(self.blocks[n], self.spans[n]) if a not in inside)
