"""Finds speech and its speakers in Chinese, which has no spaces. Pure.

A speaker is named only if the words before a verb of saying end as a name, a role or an organisation does; otherwise
nobody is named, as a guess would often be half a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from synoptic.suggest.word_lists import Words
from synoptic.text.quotation_marks import Span
from synoptic.text.sentences import Stretches, split_sentences

# of one sentence, in which somebody may be credited
MOST_CLAUSES, MOST_VERBS = 3, 4
LONGEST_NAME = 40  # signs before a verb in which a name is sought
_CLAUSE_END = re.compile("[\uff0c,\u3002\uff1a\u201c\u300c]")
_STOPS = "[\u3002\uff01\uff1f]"
_PAUSE = re.compile("[\uff0c,\u3002\uff1f\uff01\uff1b]")
_ASIDE = re.compile("[(\uff08][^()\uff08\uff09]{0,60}[)\uff09]")
_CLAUSE = re.compile("[\uff0c,\u3002\uff1b\u3001\uff01\uff1f\u201d\u300d]")


#: Signs beside which a sign of one syllable is part of another word: "problem" does not ask, and "name" does not say.
_WITHIN = {
    "说說": ("来來据據传傳听聽难難俗小解游是", "法明话話服教谎"),
    "称稱": ("名职職号號昵简簡统堪", "为為号號呼赞讚职職"),
    "问問": ("学學访訪疑慰顾顧", "题題世候答"),
    "道": ("知报報频頻渠街味轨軌通跑隧管", "路理德歉教具"),
}
#: Beginnings of a title and a name: "of", "and", "someone".
_JOINED = re.compile("[\u548c\u4e0e\u8207\u53ca\u3001]|\u6709\u4eba$|\u5927\u5bb6$")


def _options(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"


def _guard(verbs: Sequence[str]) -> str:
    """A pattern for verbs of saying; one of a single sign is never part of another word."""
    parts = [re.escape(verb) for verb in sorted(verbs, key=len, reverse=True) if len(verb) > 1]
    singles = [verb for verb in verbs if len(verb) == 1]
    for verb in singles:
        before, after = next((pair for signs, pair in _WITHIN.items() if verb in signs), ("", ""))
        parts.append((f"(?<![{before}])" if before else "") + verb + (f"(?![{after}])" if after else ""))
    return "|".join(parts) or "(?!)"


class ChineseReader:
    """Reads one Chinese text. Its names are those before a verb of saying anywhere in it."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        self.blocks, self.spans, self.words = blocks, spans, words
        self._verbs = _guard(words.reporting)
        self._verb = re.compile(self._verbs)
        roles, names = _options(words.roles), rf"(?:{_options(words.surnames)})[\u4e00-\u9fff]{{1,2}}"
        before = rf"{roles}|[{''.join(words.role_endings) or ' '}]"
        self._person = re.compile(rf"(?:^|.*(?:{before}))(?P<name>{names})$")
        self._foreign = re.compile(
            rf"^(?:.*(?:{before}))?(?P<name>[\u4e00-\u9fff]{{1,6}}(?:[\u00b7\u2022\u30fb][\u4e00-\u9fff]+)+)$"
        )
        self._latin = re.compile(r"(?P<name>[A-Z][\w.'\u2019-]*(?:\s(?:[A-Z][\w.'\u2019-]*|de|of|von|van))*)\s?$")
        self._body = re.compile(rf"(?:{roles})们?$|们$|(?:{_options(words.organisations)})$|^\u300a[^\u300b]+\u300b$")
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
            rf"(?P<who>[^\uff0c,\uff1a\u201c]{{1,30}}?)(?:{self._verbs})(?:道|说|說)?[\uff0c,][^\uff0c,]{{1,20}}$"
        )
        self._credit = re.compile(
            rf"(?:{_options(words.crediting)})(?P<who>[^\uff0c,]{{1,16}}?)(?:报道|報道|消息|称|介绍)?[\uff0c,]"
        )
        self._front = re.compile(
            rf"^(?:{_options((*words.functions, *words.relative))}|\d+\s?[月日年]\s?|(?:周|星期)[一二三四五六日天])+"
        )
        self._back = re.compile(
            rf"(?:{_options(words.auxiliaries)}|在[^的]{{1,20}}|在.{{1,20}}[上中时時后後里內内间間]|(?<=..)[对對向跟][\u4e00-\u9fff]{{1,10}}|[对對向跟和](?:{_options(words.nominal)}).{{0,6}}|(?:周|星期)[一二三四五六日天]|\d.*|[\u3400-\u9fff]{{2,4}}地)+$"
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
                name = self.identify(found[1]) if found else None
                if name and self._person.fullmatch(name):
                    self.known.setdefault(name, n)
        self._any = re.compile(_options(list(self.known))) if self.known else None

    def trim_name(self, words: str) -> str | None:
        """The name at the end of some words, without day, place and adverb; None for a pronoun."""
        part = _CLAUSE.split(words[-LONGEST_NAME:])[-1]
        part = self._back.sub("", self._front.sub("", part.strip())).strip()
        if part in self.words.pronouns:
            return None
        head, _, rest = part.rpartition("的")
        part = rest if head and len(rest) >= 2 else part
        return part if part and len(part) <= 24 and part[-1] not in "与和及或對对向" else None

    def identify(self, words: str) -> str | None:
        """The person, role or organisation with which some words end; None if that is unclear."""
        part = self.trim_name(words)
        if part is None or _JOINED.search(part):
            return None
        for pattern in (self._person, self._foreign, self._latin):
            if found := pattern.search(part):
                return found["name"]
        return part if self._body.search(part) else None

    def _resolve(self, n: int, words: str, place: int) -> str | None:
        """Whom the words before a verb name; for a pronoun, or nothing, the nearest name before a place."""
        return self.find_nearest_name(n, place) if self.trim_name(words) is None else self.identify(words)

    def find_speech(self, n: int, since: int, opens: int, after: str, text: str) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        before = self.blocks[n][since:opens].strip()
        lead = _ASIDE.sub("", re.split(_STOPS, before)[-1])
        if len(text) <= 10 and any(lead.rstrip("\uff1a:").endswith(w) for w in self.words.naming):
            return False, None
        if found := self._read_before.search(lead[-60:]):
            return True, self._resolve(n, found["who"], opens - len(lead))
        tail = self._read_after.match(after[:60])
        if tail and (text[-1:] in "\uff0c\u3002\uff01\uff1f,!?" or after[:1] in "\uff0c,"):
            return True, self._resolve(n, tail["who"], opens)
        if len(text) >= 8 and (found := self._speakers_by_sentence.match(lead[-60:])):
            return True, self._resolve(n, found["who"], opens - len(lead))
        if lead.endswith(("\uff1a", ":")) and (found := self._clause.match(lead)):
            return True, self._resolve(n, found["who"], opens)
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
        """Whom a sentence credits: a name, "" for a pronoun that is unclear, None if nobody is named."""
        if (credit := self._credit.match(sentence)) and (who := self.identify(credit["who"])):
            return who
        for begin in [0, *(pause.end() for pause in _PAUSE.finditer(sentence))][:MOST_CLAUSES]:
            clause = _CLAUSE_END.split(sentence[begin:])[0]
            for verb in islice(self._verb.finditer(sentence, begin, begin + len(clause)), MOST_VERBS):
                who, rest = sentence[begin : verb.start()], sentence[verb.end() : verb.end() + 1]
                if not who or rest in ("", "\u3002") or who in ("\u6211", "\u6211\u4eec"):
                    continue
                if who.strip() in self.words.pronouns:
                    return self.find_nearest_name(n, 0) or ""
                if name := self.identify(who):
                    return name
        return None

    def find_sentences(self, n: int) -> Iterator[tuple[int, int]]:
        """The sentences of a paragraph that are not inside quotation marks."""
        inside = Stretches((a, b) for a, b, _ in self.spans[n])
        return ((a, b) for a, b in split_sentences(self.blocks[n], self.spans[n]) if a not in inside)
