"""Quotation marks and sentences of a paragraph: what stands inside marks, and where sentences end. Pure.

In: a paragraph. Out: places in it. Every function takes time in proportion to the paragraph, whatever stands in it.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int, bool]


@dataclass(frozen=True)
class Spoken:
    """Something said: paragraph (from 1), where it stands in it, its words, its speaker as the text names them."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str | None


#: A sentence longer than this is cut at a space, so that no text can make a reader of sentences slow.
LONGEST = 1200

CLOSING = {"\u201c": "\u201d\"", "\u201e": "\u201c\u201d\"", "\u00ab": "\u00bb", "\u00bb": "\u00ab", '"': '"\u201d',
           "\u300c": "\u300d", "\u300e": "\u300f", "\u2018": "\u2019'", "\u201a": "\u2018\u2019", "'": "'\u2019",
           "\u2039": "\u203a", "``": "''"}  # fmt: skip
SINGLE = "'\u2018\u201a"
MARKS = "".join(CLOSING).replace("`", "") + "\u201d\u300d\u300f\u2019\u203a"
HAN = re.compile("[\u3400-\u9fff]")
SENTENCE_END = re.compile(
    r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]\u00bb]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\u201d\"']*)"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'\u201c\u2018])(?:(?:[^\W\d_]\.)*[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr|Inc|Corp"
    r"|Co|vs|etc|cf|No|Nr|bzw|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mme|Mlle|ca|usw)$"
)
_APOSTROPHE = re.compile(r"\d\ds?\b|(?:tis|twas|em|til|cause|n)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s*")


def tidy(block: str) -> str:
    """A paragraph as it is quoted from: NFC, white space of any kind as one space, no invisible characters."""
    return " ".join(unicodedata.normalize("NFC", block).translate(_INVISIBLE).split())


def marked(block: str, following: str = "") -> list[Span]:
    """The stretches inside outermost quotation marks: start, end (without the marks), whether the mark is closed.

    A mark left open at the end counts where the next paragraph begins with a mark again, and where it stands at
    the beginning of its paragraph.
    """
    last = {mark: max(block.rfind(c) for c in (closing if mark != "``" else [closing]))
            for mark, closing in CLOSING.items()}  # fmt: skip
    lone = max((m.start() for m in re.finditer(r"(?:(?<=\S)['\u2019](?!\w)|['\u2019]$)", block)), default=-1)
    spans: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(block):
        mark = "``" if block.startswith("``", i) else block[i]
        if mark not in CLOSING or not _opens(block, i, mark):
            i += 1
            continue
        inner = i + len(mark)
        reachable = inner <= last[mark] and (mark not in SINGLE or inner <= lone)
        end = _closes(block, inner, mark) if reachable else None
        if end is not None:
            spans.append((inner, end, True))
            i = end + 1
        elif len(block) - inner > 2 and (
            (mark not in SINGLE and (i == 0 or following[:1] in CLOSING))
            or (following[:1] == mark and i < 500)
            or (i == 0 and len(block) > 40 and whole(block[inner:]))
        ):
            spans.append((inner, len(block), False))
            break
        else:
            i = inner
    found = []
    for a, b, closed in spans:
        inside = block[a:b]
        if inside.strip():
            found.append((a + len(inside) - len(inside.lstrip()), a + len(inside.rstrip()), closed))
    return found


def _opens(block: str, i: int, mark: str) -> bool:
    before, after = block[i - 1 : i] if i else "", block[i + len(mark) : i + len(mark) + 1]
    if mark in "\u201e\u300c\u300e\u201a\u2039``":
        return bool(after)
    if mark == "\u00ab":
        return bool(after) and not (before.strip() and (not after.strip() or after in ".,;:!?"))
    if mark == "\u00bb":
        return (not before.strip() or before in "([") and after.isalnum()
    if mark == "\u201c":
        return bool(after.strip()) and not (before.isalnum() and not HAN.match(before) and not after.isalnum())
    if before.isalnum() and not HAN.match(before):
        return False
    if not after.strip():
        return False
    if mark in SINGLE:
        return not _APOSTROPHE.match(block, i + 1) and (after.isalnum() or after in '"\u201c[\u2026.$\u00a3\u20ac(')
    return True


def _closes(block: str, inner: int, mark: str) -> int | None:
    if mark in SINGLE:
        return _closes_single(block, inner, mark)
    if mark == "``":
        at = block.find("''", inner)
        return at if at >= 0 else None
    depth, first = 0, None
    for j in range(inner, len(block)):
        if block[j] not in MARKS:
            continue
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if block[j] == mark and mark == "\u201c":
            if before.isspace() or not before or before in "(\u2014-[\u2018'":
                depth += 1
            elif not after.isalnum():
                return j  # an opening mark typed for a closing one
        elif block[j] in CLOSING[mark]:
            if block[j] == '"' and before.isspace() and after.isalnum():
                return first
            first = j if first is None else first
            if depth == 0:
                return j
            depth -= 1
    return first


def _closes_single(block: str, inner: int, mark: str) -> int | None:
    """The end of words in single marks: not an apostrophe, nor the end of a plural in the genitive."""
    doubtful = None
    for j in range(inner + 1, len(block)):
        if block[j] not in "'\u2018\u2019\u201a":
            continue
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if block[j] == mark and before.isspace() and after.isalnum() and doubtful is not None:
            return doubtful  # the next words in marks begin, so these have ended
        if block[j] not in CLOSING[mark] or (before.isspace() and after) or after.isalnum():
            continue
        if before in "sS" and after == " " and block[j + 2 : j + 3].islower():
            doubtful = j if doubtful is None else doubtful
            continue
        return j
    return doubtful


class Within:
    """Tells whether a place lies inside any of some stretches."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for a, b in sorted(stretches):
            if self._ends and a < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], b)
            else:
                self._starts.append(a)
                self._ends.append(b)

    def __contains__(self, place: int) -> bool:
        i = bisect.bisect_right(self._starts, place) - 1
        return i >= 0 and place < self._ends[i]


def sentences(block: str, spans: Sequence[Span] = ()) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph stand. Stops inside quotation marks end none, but for the last of them."""
    begins = [0]
    inside = Within((a, b) for a, b, _ in spans)
    for found in SENTENCE_END.finditer(block):
        end = found.end()
        if found.start() in inside and end - 1 in inside:
            continue
        begin = _SPACE.match(block, end).end()  # type: ignore[union-attr]
        following = block[begin : begin + 1]
        if following.islower() or abbreviates(block, found):
            continue
        if found[0].startswith("\u2026") and not following.isupper():
            continue
        if following:
            begins.extend(_cut(block, begins[-1], begin))
            begins.append(begin)
    begins.extend(_cut(block, begins[-1], len(block)))
    ends = [*begins[1:], len(block)]
    return [(a, a + len(block[a:b].rstrip())) for a, b in zip(begins, ends, strict=True)]


def _cut(block: str, begin: int, end: int) -> list[int]:
    """Where a sentence that is too long is cut."""
    cuts = []
    while end - begin > LONGEST:
        space = block.rfind(" ", begin + 1, begin + LONGEST)
        begin = space + 1 if space > begin else begin + LONGEST
        cuts.append(begin)
    return cuts


def abbreviates(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's."""
    return stop[0] == "." and bool(_ABBREVIATED.search(text[max(0, stop.start() - 12) : stop.start()]))


def last_sentence(text: str) -> str:
    """The sentence that a text ends in, begun or whole."""
    ends = [m.end() for m in SENTENCE_END.finditer(text + " ") if not abbreviates(text, m)]
    ends = [e for e in ends if e <= len(text) and not text[e : e + 20].lstrip()[:1].islower()]
    return text[ends[-1] :].strip() if ends else text.strip()


def first_sentence(text: str) -> str:
    """The sentence that a text begins with."""
    for found in SENTENCE_END.finditer(text + " "):
        if found.start() == 0 or abbreviates(text, found):
            continue
        return text[: found.end()]
    return text


def ended(text: str) -> bool:
    """Whether words are sentences to their end, or none at all."""
    return not text.strip() or text.rstrip()[-1] in ".!?\u2026\u3002\uff01\uff1f"


def edges(block: str, start: int, end: int) -> tuple[int, int]:
    """Where the marks around words stand: the opening one, and the place after the closing one."""
    opens = start - 1
    while opens > 0 and block[opens].isspace():
        opens -= 1
    return max(opens, 0), min(_SPACE.match(block, end).end() + 1, len(block))  # type: ignore[union-attr]


def count(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text))


def whole(text: str) -> bool:
    """Whether words in quotation marks are a sentence, or begin one."""
    return (text[:1].isupper() and text[-1:] in ".,!?\u2026\u2014-") or bool(re.search(r"[.!?]\s+[^\W\d_a-z]", text))


def titled(text: str) -> bool:
    """Whether words are written as a title: every long word with a capital, no stop at the end."""
    parts = [w for w in re.findall(r"[^\W\d_][\w'\u2019-]*", text) if len(w) > 3]
    written = bool(parts) and not text[:1].islower() and all(w[0].isupper() for w in parts)
    return written and text[-1:] not in "!?" and count(text) > 1


def headlike(block: str) -> bool:
    """Whether a paragraph is written as a headline: most words with a capital, no stop at its end."""
    parts = [w for w in re.findall(r"[^\W\d_][\w'\u2019-]*", block) if len(w) > 3]
    return (
        block[-1:] not in '.!?\u201d\u201c\u00bb\u00ab"'
        and bool(parts)
        and sum(w[0].isupper() for w in parts) > 0.6 * len(parts)
    )
