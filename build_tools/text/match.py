"""Rules of matching: when a quotation stands in a text, word for word. Pure; published on the Method page.

A text is compared after NFC and the folds of ``FOLDS``; nothing else is forgiven: case, digits, currency and
punctuation count. Similarity never verifies, it only words the error message.
"""

from __future__ import annotations

import bisect
import difflib
import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

#: What is folded: name, the characters, what each becomes. White space of any kind becomes one space.
FOLDS: tuple[tuple[str, str, str], ...] = (
    (
        "single quotation marks and apostrophes",
        "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032\u0060\u00b4\uff07",
        "'",
    ),
    ("double quotation marks", "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    ("hyphens, dashes and the minus sign", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    ("the ellipsis", "\u2026", "..."),
    ("invisible characters", "\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
)
_FOLD = {ord(c): to for _, characters, to in FOLDS for c in characters}

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_EM = "\u2014\u2015"  # an em dash parts words even where no space does; a hyphen or en dash does not
_STOPS = set("\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u3001")  # Chinese stops part words: no space follows them
_BEFORE = set("'\"([{\u00bf\u00a1\u300c\u300e\u300a\u3008")
_AFTER = set("'\")]}.,;:!?\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u300d\u300f\u300b\u3009\u3001")
_OWN_CUT = re.compile(r"\s*(?:\[\.\.\.\]|\.\.\.)\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:(?:[^\W\d_]\.)*[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|vs|etc|cf)$"
)
_SENTENCE_END = re.compile(r"(?:[.!?]+[\"')\]]*(?= )|[\u3002\uff01\uff1f][\u300d\u300f\u201d\"']*)")

_UNIT_AFTER = re.compile(r" ?%| (?:hundred|thousand|million|billion|trillion|per ?cent)\b| \d{3}(?!\d)")
_UNIT_BEFORE = re.compile(r"(?:[$\u20ac\u00a3\u00a5]|(?:^| )-) ?$")

LONG_RUN = 15  # words in a row that two texts do not share by chance
MIN_PART = 3  # words that our own cut must leave on each side


def fold(text: str) -> str:
    """``text`` as it is compared: NFC, the folds of FOLDS, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLD).split())


def parts(quote: str) -> list[str]:
    """What our own cuts leave of a quotation."""
    return [part for part in _OWN_CUT.split(quote.replace("\u2026", "...")) if part]


def words(text: str) -> list[str]:
    """The words of a folded text. Where Chinese and its like are written, each character is one."""
    return [text[a:b] for a, b in _word_spans(text)] if _CJK.search(text) else WORD.findall(text)


def _signs_around(text: str) -> tuple[str, str]:
    """What stands before the first and after the last word of a folded text."""
    spans = _word_spans(text)
    return (text[: spans[0][0]], text[spans[-1][1] :]) if spans else ("", "")


def _word_spans(text: str) -> list[tuple[int, int]]:
    if not _CJK.search(text):
        return [word.span() for word in WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    for word in WORD.finditer(text):
        if _CJK.search(word[0]):
            rest = word.start()
            for sign in _CJK.finditer(text, *word.span()):
                if rest < sign.start():
                    spans.append((rest, sign.start()))
                spans.append(sign.span())
                rest = sign.end()
            if rest < word.end():
                spans.append((rest, word.end()))
        else:
            spans.append(word.span())
    return spans


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: n for n, word in enumerate([*_UNITS.split(), "seventeen", "eighteen", "nineteen"])}
_TENS = {
    f"{stem}ty": 10 * n for n, stem in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), 2)
}
NUMBER_WORDS = frozenset({*_SMALL, *_TENS})


def numbers(text: str) -> set[str]:
    """Every number of ``text``: digits as they stand (without thousands commas), English words up to ninety-nine."""
    folded = fold(text).casefold()
    found = {n.replace(",", "") for n in re.findall(r"\d+(?:[.,]\d+)*", folded)}
    tens = 0
    for word in words(folded):
        if tens and 0 < _SMALL.get(word, 0) < 10:
            found.discard(str(tens))
            found.add(str(tens + _SMALL[word]))
        elif word in _SMALL or word in _TENS:
            found.add(str(_SMALL.get(word, _TENS.get(word))))
        tens = _TENS.get(word, 0)
    return found


@functools.lru_cache(maxsize=65536)
def digest(quote: str, cut: bool = False) -> str:
    """The SHA-256 of a quotation's exact normalised words (a cut one is another quotation)."""
    # a folded quotation holds no line feed, so no quotation can pass for a cut one
    return hashlib.sha256((("cut\n" if cut else "") + fold(quote)).encode()).hexdigest()


@dataclass(frozen=True)
class Found:
    """Where a quotation stands: block, word ranges (all from 1, ends included), and what is beside it."""

    block: int
    ranges: tuple[tuple[int, int], ...]
    marked: bool
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A source's full text as blocks (paragraphs, from 1), ready to be searched."""

    blocks: tuple[str, ...]

    @cached_property
    def _joined(self) -> tuple[str, str, list[int]]:
        """The folded text, the original character behind each of its characters, and where blocks start."""
        folded: list[str] = []
        origin: list[str] = []
        starts: list[int] = []
        for block in self.blocks:
            if folded:
                folded.append(" ")
                origin.append(" ")
            starts.append(len(folded))
            space = True
            for char in unicodedata.normalize("NFC", block.strip()):
                if char.isspace():
                    if not space:
                        folded.append(" ")
                        origin.append(" ")
                    space = True
                    continue
                for out in _FOLD.get(ord(char), char):
                    folded.append(out)
                    origin.append(char)
                    space = False
            while folded and folded[-1] == " " and len(folded) > starts[-1]:
                folded.pop()
                origin.pop()
        return "".join(folded), "".join(origin), starts

    @property
    def folded(self) -> str:
        """The whole text, folded, blocks joined by a space."""
        return self._joined[0]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of every word in ``folded``."""
        return _word_spans(self.folded)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [a for a, _ in self.spans]

    @cached_property
    def tokens(self) -> list[str]:
        """Every word, casefolded, as searches compare it."""
        return [self.folded[a:b].casefold() for a, b in self.spans]

    def block_of(self, position: int) -> int:
        """The number (from 1) of the block that holds a position of ``folded``."""
        return bisect.bisect_right(self._joined[2], position)

    def wording(self, first: int, last: int) -> str:
        """The folded words ``first`` to ``last`` (from 1) with what stands between them."""
        if not 1 <= first <= last <= len(self.spans):
            return ""
        start, end = self.spans[first - 1][0], self.spans[last - 1][1]
        while start > 0 and self.folded[start - 1] != " ":  # with the signs around them
            start -= 1
        while end < len(self.folded) and self.folded[end] != " ":
            end += 1
        return self.folded[start:end]

    def around(self, first: int, last: int, most: int, quote: str = "") -> tuple[str, str]:
        """What stands before word ``first`` and after word ``last`` in their blocks, at most ``most`` characters; signs
        that the quotation itself has before its first and after its last word are no part of it."""
        start, end = self.spans[first - 1][0], self.spans[last - 1][1]
        before, after = _signs_around(fold(quote))
        start -= len(before) if self.folded.endswith(before, 0, start) else 0
        end += len(after) if self.folded.startswith(after, end) else 0
        starts = self._joined[2]
        head = starts[self.block_of(start) - 1]
        tail = starts[self.block_of(end - 1)] - 1 if self.block_of(end - 1) < len(starts) else len(self.folded)
        return self.folded[max(head, start - most) : start], self.folded[end : min(tail, end + most)]

    def find(
        self, quote: str, *, cut: bool = False, block: int | None = None, markers: Iterable[str] = ()
    ) -> Found | None:
        """Where ``quote`` stands word for word, or None.

        In: the quotation; whether its "..." is our own cut; the block it must begin in (for words that occur
        more than once); the negations, hedges and conditions to look for beside it. A quotation runs on into the
        next block only where a sentence ends. A cut is taken only inside one sentence, with MIN_PART words each
        side, where the words cut away hold no marker.
        """
        pieces_of = parts(fold(quote)) if cut else [fold(quote)]
        if not all(words(p) for p in pieces_of) or (
            cut and (len(pieces_of) < 2 or min(len(words(p)) for p in pieces_of) < MIN_PART)
        ):
            return None
        for start in self._occurrences(pieces_of[0]):
            if block is not None and self.block_of(start) != block:
                continue
            pieces = [(start, start + len(pieces_of[0]))]
            _, limit = self._sentence(start)
            for part in pieces_of[1:]:
                after = next(self._occurrences(part, pieces[-1][1]), limit)
                if after + len(part) > limit or self._markers(pieces[-1][1], after, markers):
                    break
                pieces.append((after, after + len(part)))
            if len(pieces) == len(pieces_of) and self._runs_on(*pieces[0]):
                return self._describe(pieces, tuple(markers))
        return None

    def search(self, term: str) -> tuple[int, ...]:
        """The blocks in which a search term stands, once for each hit. ``tariff*`` finds what begins so."""
        return tuple(self.block_of(self.spans[i][0]) for i in _hits(self.tokens, term))

    def departure(self, quote: str, window: str = "") -> str:
        """One clause: the first word at which ``quote`` leaves ``window`` (or the likest passage)."""
        mine = fold(quote).split()
        if window:
            return _first_difference(mine, _trimmed(mine, window.split())) or "its punctuation is not the same"
        if fold(quote) in self.folded:
            return "its words stand there, but it cuts a word, a number or a paragraph in two"
        if not window:
            best = fuzz.partial_ratio_alignment(fold(quote).casefold(), self.folded.casefold(), score_cutoff=60)
            if best is None:
                return "nothing in the text is like it"
            return _first_difference(
                mine, _likest(mine, self.folded.split(), self.folded.count(" ", 0, best.dest_start))
            )
        return _first_difference(mine, _trimmed(mine, window.split()))

    def _occurrences(self, needle: str, start: int = 0) -> Iterator[int]:
        at = self.folded.find(needle, start)
        while at != -1:
            if self._whole(at, at + len(needle)):
                yield at
            at = self.folded.find(needle, at + 1)

    def _runs_on(self, start: int, end: int) -> bool:
        """Whether every block that ends inside a match ends as a sentence does (a headline often does not)."""
        inner = [at for at in self._joined[2] if start < at < end]
        return all(self.folded[at - 2] in ".!?\"')\u3002\uff01\uff1f\u300d" for at in inner)

    def _whole(self, start: int, end: int) -> bool:
        """Whether a match cuts no word, number, currency sign, per cent sign or unit of a number in two."""
        folded, origin, _ = self._joined
        if folded[end - 1].isdigit() and _UNIT_AFTER.match(folded, end):
            return False
        if folded[start].isdigit() and _UNIT_BEFORE.search(folded[max(0, start - 3) : start]):
            return False
        for step, at, allowed in ((-1, start - 1, _BEFORE), (1, end, _AFTER)):
            inner = start if step < 0 else end - 1
            if 0 <= at < len(folded) and (_CJK.match(folded[at]) or _CJK.match(folded[inner])):
                continue
            if origin[inner] in _EM:
                continue
            while 0 <= at < len(folded) and folded[at] != " " and not self._parts(at):
                if folded[at] not in allowed:
                    return False
                at += step
        return True

    def _parts(self, at: int) -> bool:
        """Whether a sign parts words without a space: an em dash, an en dash between letters (2\u20133 is one figure),
        and a Chinese stop, but not within a number."""
        folded, origin, _ = self._joined
        if folded[at] in _STOPS:
            return not (folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit())
        between = folded[at - 1 : at].isalpha() and folded[at + 1 : at + 2].isalpha()
        return origin[at] in _EM or (origin[at] == "\u2013" and between)

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences begin: at every block and after every full stop that is no abbreviation's."""
        folded, _, starts = self._joined
        begins = set(starts)
        for end in _SENTENCE_END.finditer(folded):
            after = folded[end.end() : end.end() + 2].lstrip()[:1]
            if after.islower() or (
                end[0][0] == "." and _ABBREVIATION.search(folded[max(0, end.start() - 12) : end.start()])
            ):
                continue
            begins.add(end.end() + (folded[end.end() : end.end() + 1] == " "))
        return sorted(begins)

    def _sentence(self, position: int) -> tuple[int, int]:
        index = bisect.bisect_right(self._sentences, position)
        end = self._sentences[index] if index < len(self._sentences) else len(self.folded)
        return self._sentences[index - 1], end

    @cached_property
    def _quoted(self) -> list[bool]:
        """For every character of ``folded``: does it stand inside quotation marks of the source?"""
        folded, origin, starts = self._joined
        inside = [False] * len(folded)
        ends = [*[s - 1 for s in starts[1:]], len(folded)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            following = origin[starts[number + 1]] if number + 1 < len(starts) else ""
            for a, b in _marked_spans(origin[start:end], following):
                inside[start + a : start + b] = [True] * (b - a)
        return inside

    def _describe(self, pieces: Sequence[tuple[int, int]], markers: tuple[str, ...]) -> Found:
        ranges = []
        for start, end in pieces:
            first = bisect.bisect_left(self._word_starts, start)
            last = bisect.bisect_left(self._word_starts, end) - 1
            ranges.append((first + 1, last + 1))
        start, end = pieces[0][0], pieces[-1][1]
        marked = all(self._quoted[i] for a, b in pieces for i in range(a, b) if self.folded[i].isalnum())
        before = self._markers(self._sentence(start)[0], start, markers)
        rest_end = self._sentence(end - 1)[1]
        after = self._markers(end, rest_end, markers)
        if markers and "?" in self.folded[end:rest_end]:
            after = (*after, "?")  # a question is not an assertion
        return Found(self.block_of(start), tuple(ranges), marked, tuple(dict.fromkeys((*before, *after))))

    def _markers(self, start: int, end: int, markers: Iterable[str]) -> tuple[str, ...]:
        """The markers among the words between two positions, as the text has them, in its order."""
        first, last = bisect.bisect_left(self._word_starts, start), bisect.bisect_left(self._word_starts, end)
        tokens = self.tokens[first:last]
        hits = sorted({i for marker in markers for i in _hits(tokens, marker)})
        return tuple(tokens[i] for i in hits if not self._is_name(first + i))

    def _is_name(self, index: int) -> bool:
        """Whether a marker is the month of May: written so inside a sentence, and not first inside quotation marks."""
        start, end = self.spans[index]
        if self.folded[start:end] != "May" or self.folded[start - 1 : start] in set("\"'([") - {""}:
            return False
        opening = self.folded[self._sentence(start)[0] : start]
        return bool(opening.strip("\"'([ "))


def _marked_spans(origin: str, following: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks in one block: curly, straight, German, French, corner brackets.

    An opening mark without its close counts only where the next block begins with an opening mark again
    (speech that runs over paragraphs).
    """
    closing = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", '"': '"', "\u300c": "\u300d",
               "\u300e": "\u300f", "\u2018": "\u2019", "\u201a": "\u2018", "\u2039": "\u203a", "'": "'"}  # fmt: skip
    open_marks: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for i, char in enumerate(origin):
        before, after = origin[i - 1 : i] if i else "", origin[i + 1 : i + 2]
        apostrophe = char in "'\u2019" and before.isalnum() and after.isalnum()
        if apostrophe:
            continue
        at = next((k for k in range(len(open_marks) - 1, -1, -1) if char in closing[open_marks[k][0]]), None)
        if at is not None and not (char in "'\u2019\"" and not before.strip()):
            spans.append((open_marks[at][1], i))
            del open_marks[at:]
        elif (
            char in closing
            and not (char in "'\u2018" and before.isalnum())
            and (after.strip() or char in "\u00ab\u2039")
        ):
            open_marks.append((char, i + 1))
    for mark, start in open_marks:
        if mark not in "'\u2018\u201a" and following and following in closing and following not in "'\u2018":
            spans.append((start, len(origin)))
    return spans


def _hits(tokens: Sequence[str], pattern: str) -> list[int]:
    """The indices of casefolded ``tokens`` at which ``pattern`` begins; ``*`` stands for any letters."""
    found: list[int] = []
    for step, sign in enumerate(_pattern(pattern)):
        fitting = _fitting(tokens, sign)
        found = sorted(set(found).intersection(i - step for i in fitting)) if step else fitting
        if not found:
            break
    return found


@functools.lru_cache(maxsize=4096)
def _pattern(pattern: str) -> tuple[str, ...]:
    """The words of a search term or marker, each perhaps with a star at its beginning or end."""
    signs: list[str] = []
    for word in re.finditer(r"\*?[^\W_]+(?:'[^\W_]+)*\*?", fold(pattern).casefold()):
        signs.extend(words(word[0]) if _CJK.search(word[0]) else [word[0]])
    return tuple(signs)


def _fitting(tokens: Sequence[str], sign: str) -> list[int]:
    """The indices of the tokens that one word of a pattern fits; a possessive fits its noun."""
    if sign.startswith("*"):
        return [i for i, token in enumerate(tokens) if token.endswith(sign[1:])]
    if sign.endswith("*"):
        return [i for i, token in enumerate(tokens) if token.startswith(sign[:-1])]
    exact = [one for one in (sign, sign + "'s") if one in tokens]
    return [i for i, token in enumerate(tokens) if token in exact] if exact else []


def _likest(mine: Sequence[str], text: Sequence[str], about: int) -> list[str]:
    """The stretch of ``text`` near word ``about`` that is most like ``mine``, of nearly its length."""
    spans = [
        (start, start + len(mine) + more)
        for more in (0, 1, -1)
        for start in range(max(0, about - 4), about + 5)
        if start + len(mine) + more > start
    ]
    windows = [_trimmed(mine, text[start:end]) for start, end in spans]

    def same(window: list[str]) -> int:
        found = difflib.SequenceMatcher(None, mine, window, autojunk=False).get_matching_blocks()
        return sum(block.size for block in found)

    return max(windows, key=same)  # of equals, the first: one of just as many words


def _trimmed(mine: Sequence[str], window: Sequence[str]) -> list[str]:
    """``window`` without the marks and stops at its ends that ``mine`` may leave off."""
    out = list(window)
    before, after = "".join(_BEFORE), "".join(_AFTER)
    if out and mine and mine[0] == mine[0].lstrip(before):
        out[0] = out[0].lstrip(before)
    if out and mine and mine[-1] == mine[-1].rstrip(after):
        out[-1] = out[-1].rstrip(after)
    return out


def _first_difference(mine: Sequence[str], theirs: Sequence[str]) -> str:
    for kind, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        have, want = " ".join(mine[a:b]), " ".join(theirs[c:d])
        if kind == "replace":
            return f'at word {a + 1} it has "{have}", the text has "{want}"'
        if kind == "delete":
            return f'at word {a + 1} it has "{have}", which the text has not'
        if kind == "insert" and 0 < a < len(mine):
            return f'at word {a + 1} it lacks "{want}", which the text has'
        if kind == "insert" and len(theirs) != len(mine):
            return f'{"at its end" if a else "at its beginning"} it lacks "{want}"'
    return ""


@functools.lru_cache(maxsize=4096)
def _by_beginning(patterns: tuple[str, ...]) -> list[tuple[str, str]]:
    """Patterns, each after what stands in every text that it fits: the letters of its first word."""
    signs = ((_pattern(pattern), pattern) for pattern in patterns)
    return [(f" {words_[0]}".replace(" *", "").rstrip("*"), pattern) for words_, pattern in signs if words_]


@functools.lru_cache(maxsize=4096)  # one claim is asked for many patterns
def _written(text: str) -> tuple[list[str], list[str]]:
    """The words of a text as they are written, and in small letters."""
    written = words(fold(text))
    return written, [word.casefold() for word in written]


@functools.lru_cache(maxsize=65536)
def occurring(text: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The words of ``text`` that some patterns fit, in their order, each once."""
    written, tokens = _written(text)
    text = f" {' '.join(tokens)}"
    likely = [pattern for beginning, pattern in _by_beginning(patterns) if beginning in text]
    hits = sorted({i for pattern in likely for i in _hits(tokens, pattern)})
    return tuple(dict.fromkeys(tokens[i] for i in hits if i == 0 or written[i] != "May"))  # the month is no hedge


def shared_run(text: str, grams: Mapping[tuple[str, ...], str], length: int) -> tuple[str, str]:
    """The first run of ``length`` words of ``text`` that stands in ``grams``, and the source it is from."""
    tokens = [w.casefold() for w in words(fold(text))]
    for i in range(len(tokens) - length + 1):
        if (source := grams.get(tuple(tokens[i : i + length]))) is not None:
            return " ".join(tokens[i : i + length]), source
    return "", ""


def grams(text: Text, length: int) -> set[tuple[str, ...]]:
    """Every run of ``length`` casefolded words of a text."""
    tokens = text.tokens
    return {tuple(tokens[i : i + length]) for i in range(len(tokens) - length + 1)}


def shared_runs(one: Text, other: Text, least: int = LONG_RUN) -> tuple[tuple[int, int, int, int], ...]:
    """The longest runs of at least ``least`` words that two texts share, whatever their case and punctuation.

    Out: for each, its first and last word in ``one`` and in ``other`` (from 1), in the order of ``one``.
    """
    mine, theirs = one.tokens, other.tokens
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(theirs) - least + 1):
        places.setdefault(tuple(theirs[j : j + least]), []).append(j)
    found = []
    i = 0
    while i <= len(mine) - least:
        best, at = 0, 0
        for j in places.get(tuple(mine[i : i + least]), ()):
            length = least
            while i + length < len(mine) and j + length < len(theirs) and mine[i + length] == theirs[j + length]:
                length += 1
            if length > best:
                best, at = length, j
        if best:
            found.append((i + 1, i + best, at + 1, at + best))
        i += best or 1
    return tuple(found)
