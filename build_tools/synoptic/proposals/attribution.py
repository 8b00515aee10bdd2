"""Whether a text names a speaker where it has their words, as far as the reader of ``suggest`` sees. Pure.

A wrong speaker must be found, and a right one let pass, so only what the text says plainly counts: whom it credits by
name, and who is named in the paragraphs around.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from synoptic.model.records import Source, Speaker
from synoptic.suggest.draft import match_speaker
from synoptic.suggest.reader import Reader, Spoken
from synoptic.suggest.word_lists import Words
from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.match import Match, Text
from synoptic.text.numbers import NUMBER_WORDS

#: Paragraphs before and after a quotation that may name its speaker; more of them before what an article retells.
_BEFORE, FAR, _AFTER = 3, 8, 1
_STEM = 5  # letters by which names of organisations are compared
_SMALL = frozenset("the a an le la les l' der die das des of for and in on at du de von to an two one".split())
#: Words that alone name no organisation, and the kinds of speakers that have no name.
_GENERIC = frozenset(
    "administration agency association authority bank board commission committee community company council court "
    "delegation department directorate firm government group house institute maintainers ministry newspaper office "
    "organisation organization paper parliament party police project school site state team union united "
    "university".split()
)
_UNNAMED = ("unnamed", "document")
_HANGING = frozenset("of in at from for to with near de du des von der dem".split())
_INDEFINITE = frozenset("a an one another some un une ein eine einer".split())
_PRONOUN = re.compile(r"(?<!\w)(?:s?he|they|it|ils?|elles?|on|er|sie|es)(?!\w)|[他她它]", re.IGNORECASE)
_TITLES = frozenset("mr mrs ms dr sir prof".split())


class Credit(NamedTuple):
    """A stretch of words (from 1) and whom the text credits with them."""

    first: int
    last: int
    name: str
    marked: bool


class Attribution:
    """Reads one text once, and tells for each quotation whether a speaker fits."""

    def __init__(self, source: Source, text: Text, words: Words, known: Sequence[Speaker]) -> None:
        self.source, self.text, self.known = source, text, known
        self._reader = Reader(text.blocks, words)

    @cached_property
    def _first(self) -> list[int]:
        """The number of words before each paragraph, as the reader has them."""
        first, total = [], 0
        for block in self._reader.blocks:
            first.append(total)
            total += len(split_words(fold(block)))
        return first

    @cached_property
    def credits(self) -> list[Credit]:
        """All that the text credits to somebody."""
        return [*self._list(self._reader.quotations, marked=True), *self._list(self._reader.credited, marked=False)]

    def _list(self, spoken: Iterable[Spoken], *, marked: bool) -> Iterator[Credit]:
        for one in spoken:
            block = self._reader.blocks[one.paragraph - 1]
            first = self._first[one.paragraph - 1] + len(split_words(fold(block[: one.start]))) + 1
            length = len(split_words(fold(block[one.start : one.end])))
            if one.speaker:
                yield Credit(first, first + length - 1, one.speaker, marked)

    def list_credited(self, match: Match) -> list[Credit]:
        """Whom the text credits with the words of a quotation, the most of them first."""
        first, last = match.ranges[0][0], match.ranges[-1][1]
        found = [one for one in self.credits if one.first <= last and first <= one.last]
        return sorted(found, key=lambda one: (not one.marked, max(one.first, first) - min(one.last, last)))

    def find_fault(self, match: Match, speaker: Speaker) -> str:
        """Why a speaker cannot be whoever says some words, as the end of a sentence; "" if they may be."""
        credited = self.list_credited(match)
        if any(self.fits(one.name, speaker) for one in credited):
            return ""
        here = self._beside_paragraph(match)
        sentence = self._sentences(match)
        beside = self._is_named(speaker, sentence)
        beside = beside or (speaker.kind in _UNNAMED and self._is_named(speaker, here))
        others = [one.name for one in credited if self._is_other(one.name, speaker, (here, sentence), beside)]
        if others:
            return f"the text credits them to {others[0]}"
        person = next((one.name for one in credited if one.marked and self._is_person(one.name)), "")
        if person and not beside and speaker.kind not in ("person", "unnamed"):
            return f"the text credits them to a person, perhaps {person}"
        if beside or self._is_named(speaker, self._around(match, speaker), by_role=True) or self._is_ours(speaker):
            return ""
        places = [n for n, block in enumerate(self.text.blocks, 1) if self._is_named(speaker, fold(block))]
        where = f"it names {speaker.name} in paragraph {places[0]}" if places else f"it never names {speaker.name}"
        return f"the text does not name {speaker.name} near them; {where}"

    def fits(self, name: str, speaker: Speaker) -> bool:
        """Whether a name of the text means a speaker."""
        return match_speaker(name, self.known) == speaker.id or _share_name(name, speaker)

    def _list_meant(self, name: str) -> list[Speaker]:
        """The declared speakers whom a name of the text means; "the office" alone may be any."""
        if not set(_bare(name).split()) - _GENERIC:
            return []
        return [one for one in self.known if self.fits(name, one)]

    def find_called(self, name: str) -> str:
        """The id of the speaker with a spelling, or of the one unnamed speaker of the article who is called so; ""."""
        if spelt := [one.id for one in self.known if name in one.also]:
            return spelt[0]
        mine = _bare(name)
        own = [one.id for one in self.source.speakers if mine and f" {mine} " in f" {_bare(one.name)} "]
        return own[0] if len(own) == 1 else ""

    def find_invented(self, name: str, kind: str) -> str:
        """What of the name of somebody whom nobody declared the text does not have; "" if it has all. A person is
        called so in one piece; of a description of ours only names must be there, of an organisation each word."""
        there, mine = _spaced(" ".join(self.text.blocks)), _spaced(name).split()
        while mine and mine[0] in _SMALL | _TITLES:
            mine = mine[1:]
        if CJK.search(there) and not CJK.search(name):  # a name in other letters
            return ""
        if kind == "person":
            return "" if _holds(there, f" {' '.join(mine)} ") else name
        if kind in _UNNAMED or not self.source.lang.startswith("en"):
            mine = [_spaced(word) for word in split_words(fold(name)) if word[:1].isupper()]
        return next((word for word in mine if word not in _SMALL | NUMBER_WORDS and f" {word}" not in there), "")

    def find_strange_agency(self, via: str) -> str:
        """What of the name of an agency the text does not have, in none of its spellings; "" if it has all of one."""
        known = next((one for one in self.known if via in (one.id, one.name, *one.also)), None)
        names = (known.name, *known.also) if known else (via,)
        found = [self.find_invented(name, "organisation") for name in names]
        return found[0] if all(found) else ""

    def find_unsaid(self, match: Match) -> str:
        """Whom the text credits by name with words inside its quotation marks; "" if nobody."""
        if not match.marked:
            return ""
        return next((one.name for one in self.list_credited(match) if one.marked), "")

    def _is_other(self, name: str, speaker: Speaker, around: tuple[str, str], beside: bool) -> bool:
        """Whether somebody credited is certainly not the speaker: named in the paragraph, or at least no pronoun stands
        for them in the sentence. ``around`` are the words of both."""
        here, sentence = around
        last = [word for word in _spaced(name).split() if word not in _SMALL][-1:]
        named = last and _holds(here, last[0] if CJK.match(last[0]) else f" {last[0]} ")
        told = not beside and name[:1].isupper() and len(split_words(sentence)) > 1 and not _PRONOUN.search(sentence)
        if not last or not (named or told):
            return False
        if meant := self._list_meant(name):
            if speaker.kind in _UNNAMED and _PRONOUN.search(sentence):  # "Canada, they argue": officials may be meant
                return all(one.kind in ("person", *_UNNAMED) for one in meant)
            return True
        if beside:
            return False
        indefinite = name.split(" ")[0].casefold() in _INDEFINITE and speaker.kind == "person"
        return indefinite or name[:1].isupper() or bool(CJK.match(name))

    def _is_person(self, name: str) -> bool:
        meant = self._list_meant(name)
        return bool(meant) and all(one.kind == "person" for one in meant)

    def _is_ours(self, speaker: Speaker) -> bool:
        """Whether a speaker without a name has only words of ours, which the article may lack: an editor declared them
        for it."""
        if speaker.id not in {one.id for one in self.source.speakers}:
            return False
        return not self.source.lang.startswith("en") or not self._is_named(speaker, self.text.folded)

    def _beside_paragraph(self, match: Match) -> str:
        """The words of the paragraphs of a quotation outside it."""
        (first, _), (_, last) = match.ranges[0], match.ranges[-1]
        start, end = self.text.spans[first - 1][0], self.text.spans[last - 1][1]
        begin, stop = self.text.block_bounds(match.block)[0], self.text.block_bounds(self.text.block_of(end - 1))[1]
        return _spaced(self._leave_out(match, begin, start, end, stop))

    def _sentences(self, match: Match) -> str:
        """The sentences that hold a quotation, without words inside quotation marks of the article."""
        (first, _), (_, last) = match.ranges[0], match.ranges[-1]
        start, end = self.text.spans[first - 1][0], self.text.spans[last - 1][1]
        begin, stop = self.text.sentence_at(start)[0], self.text.sentence_at(end - 1)[1]
        return self._leave_out(match, begin, start, end, stop)

    def _leave_out(self, match: Match, begin: int, start: int, end: int, stop: int) -> str:
        """The words from ``begin`` to ``stop``; of speech, whom it names is not whoever speaks."""
        words = self.text.folded
        return f"{words[begin:start]} | {words[end:stop]}" if match.marked else words[begin:stop]

    def _around(self, match: Match, speaker: Speaker) -> str:
        """The paragraphs around a quotation, without its words; more of them before the words of an organisation."""
        (first, _), (_, last) = match.ranges[0], match.ranges[-1]
        start, end = self.text.spans[first - 1][0], self.text.spans[last - 1][1]
        before = _BEFORE if speaker.kind == "person" or match.marked else FAR
        begin = self.text.block_bounds(max(1, match.block - before))[0]
        stop = self.text.block_bounds(min(len(self.text.blocks), self.text.block_of(end - 1) + _AFTER))[1]
        return f"{self.text.folded[begin:start]} | {self.text.folded[end:stop]}"

    def _is_named(self, speaker: Speaker, words: str, *, by_role: bool = False) -> bool:
        """Whether some folded words have a name of a speaker, or their role."""
        spaced = _spaced(words)
        return any(_holds(spaced, one) for one in (*_spellings(speaker), *(_roles(speaker) if by_role else ())))


def _spaced(text: str) -> str:
    return " ".join(split_words(fold(text).casefold().replace("'s", "").replace(".", "")))


@functools.lru_cache(maxsize=4096)
def _spellings(speaker: Speaker) -> tuple[str, ...]:
    """What in a text names a speaker: of a person the name or surname, of others also a word that says who it is. Each
    begins with a space, and the end of one is open, so that Canada names the Canadian government."""
    found: list[str] = []
    for name in (speaker.name, *speaker.also):
        words = [word for word in _spaced(name).split() if word not in _TITLES]
        while words and words[0] in _SMALL:
            words = words[1:]
        if not words:
            continue
        if any(CJK.match(word) for word in words):
            found.append("".join(words) if all(CJK.match(word) for word in words) else " ".join(words))
            continue
        if speaker.kind in _UNNAMED:  # officials of the office are not the office
            head = list(takewhile(lambda word: word not in _HANGING, words)) or words
            found.append(f" {' '.join(head)} ")
            found += [f" {word.removesuffix('s')}" for word in head if word not in _SMALL and len(word) > 3]
            continue
        found.append(f" {' '.join(words)} ")
        if speaker.kind == "person":
            found += [f" {words[-1]} "] if len(words) > 1 else []
            continue
        own = [word for word in words if word not in _SMALL and word not in _GENERIC]
        found += [f" {word[:_STEM]}" if len(word) > _STEM else f" {word} " for word in own]
    return tuple(dict.fromkeys(found))


def _roles(speaker: Speaker) -> tuple[str, ...]:
    """The noun of a person's role, as articles may call them."""
    role = _spaced(re.split(r" of |,|;", speaker.role or "")[0]).split()
    return (f" {role[-1]} ",) if speaker.kind == "person" and 0 < len(role) <= 3 else ()


def _bare(name: str) -> str:
    """A name without articles and the like."""
    return " ".join(word for word in _spaced(name).split() if word not in _SMALL)


def _share_name(name: str, speaker: Speaker) -> bool:
    """Whether a name of the text has a spelling of the speaker, or is a part of one."""
    mine = _spaced(name)
    bare = _bare(name)
    names = (*_spellings(speaker), *_roles(speaker))
    return any(_holds(mine, one) or (bare and f" {bare} " in one) for one in names)


def _holds(words: str, spelling: str) -> bool:
    """Whether some spaced words have a spelling."""
    if CJK.match(spelling):
        return spelling in words.replace(" ", "")
    return spelling in f" {words} "
