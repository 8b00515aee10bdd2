"""Where sentences end.

Written by hand because matching depends on every end, and locks must not change with a library.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

#: A sentence longer than this many characters is cut at a space, so that no text can make its readers slow.
LONGEST = 1200
STOP = re.compile(r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]\u00bb]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\u201d\"']*)")
_SPACE = re.compile(r"\s*")
_TITLES = "Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|vs|etc|cf"
_MORE = "Sgt|Capt|Rev|Hon|Jr|Inc|Corp|Co|No|Nr|bzw|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mme|Mlle|ca|usw"


class Abbreviations(NamedTuple):
    """After which words a full stop ends no sentence; ``in_marks``: not even before a closing quotation mark."""

    pattern: re.Pattern[str]
    in_marks: bool


def _abbreviations(words: str, *, in_marks: bool) -> Abbreviations:
    pattern = rf"(?:^|[\s(\"'\u201c\u2018])(?:(?:[^\W\d_]\.)*[^\W\d_]|{words})$"
    return Abbreviations(re.compile(pattern), in_marks)


#: For matching. Locks record what it leads to, so no word may be added.
MATCHING = _abbreviations(_TITLES, in_marks=True)
#: For suggestions, which nothing depends on: longer, and may grow.
READING = _abbreviations(f"{_TITLES}|{_MORE}", in_marks=False)


def find_stops(text: str, known: Abbreviations = READING) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the signs that end a sentence, and where the next one begins."""
    for stop in STOP.finditer(text):
        begin = skip_space(text, stop.end())
        if not (text[begin : begin + 1].islower() or _abbreviates(text, stop, known)):
            yield stop, begin


def skip_space(text: str, at: int) -> int:
    """The first place from ``at`` on that is not white space."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _abbreviates(text: str, stop: re.Match[str], known: Abbreviations = READING) -> bool:
    """Whether a full stop belongs to an abbreviation."""
    full_stop = stop[0].startswith(".") if known.in_marks else stop[0] == "."
    return full_stop and bool(known.pattern.search(text[max(0, stop.start() - 12) : stop.start()]))


class Stretches:
    """Tells whether a place is inside any of some stretches: ``place in stretches``."""

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


def split_sentences(block: str, spans: Sequence[tuple[int, int, bool]] = ()) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph.

    ``spans`` are its stretches inside quotation marks (see ``find_quoted``): only a stop at the end of one counts.
    """
    begins = [0]
    quoted = Stretches((a, b) for a, b, _ in spans)
    for stop, begin in find_stops(block):
        following = block[begin : begin + 1]
        if stop.start() in quoted and stop.end() - 1 in quoted:
            continue
        if following and (following.isupper() or not stop[0].startswith("\u2026")):
            begins.extend(_cut(block, begins[-1], begin))
            begins.append(begin)
    begins.extend(_cut(block, begins[-1], len(block)))
    ends = [*begins[1:], len(block)]
    return [(a, a + len(block[a:b].rstrip())) for a, b in zip(begins, ends, strict=True)]


def _cut(block: str, begin: int, end: int) -> list[int]:
    """Where to cut a sentence that is too long."""
    cuts = []
    while end - begin > LONGEST:
        space = block.rfind(" ", begin + 1, begin + LONGEST)
        begin = space + 1 if space > begin else begin + LONGEST
        cuts.append(begin)
    return cuts


def last_sentence(text: str) -> str:
    """The sentence at the end of a text, finished or not."""
    ends = [stop.end() for stop in STOP.finditer(text + " ") if not _abbreviates(text, stop)]
    ends = [end for end in ends if end <= len(text) and not text[end : end + 20].lstrip()[:1].islower()]
    return text[ends[-1] :].strip() if ends else text.strip()


def first_sentence(text: str) -> str:
    """The sentence at the beginning of a text."""
    stops = (stop for stop in STOP.finditer(text + " ") if stop.start() and not _abbreviates(text, stop))
    return next((text[: stop.end()] for stop in stops), text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or is empty."""
    return not text.strip() or text.rstrip()[-1] in ".!?\u2026\u3002\uff01\uff1f"


def holds_sentence(text: str) -> bool:
    """Whether words in quotation marks are a sentence, or begin one."""
    return (text[:1].isupper() and text[-1:] in ".,!?\u2026\u2014-") or bool(re.search(r"[.!?]\s+[^\W\d_a-z]", text))


def count_words(text: str) -> int:
    """How many words a text has; "well-known" is one."""
    return len(re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text))


def is_title(text: str) -> bool:
    """Whether words are written as a title: every long word with a capital, no stop at the end."""
    long = _long_words(text)
    written = bool(long) and not text[:1].islower() and all(word[0].isupper() for word in long)
    return written and text[-1:] not in "!?" and count_words(text) > 1


def is_headline(block: str) -> bool:
    """Whether a paragraph is written as a headline: most long words with a capital, no stop at the end."""
    long = _long_words(block)
    capitals = sum(word[0].isupper() for word in long)
    return block[-1:] not in '.!?\u201d\u201c\u00bb\u00ab"' and bool(long) and capitals > 0.6 * len(long)


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_][\w'\u2019-]*", text) if len(word) > 3]
