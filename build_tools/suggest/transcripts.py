"""Tells who speaks in each paragraph of an interview or a transcript, which name speakers at line starts. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from build_tools.suggest.names import Cast
from build_tools.suggest.word_lists import Words, fold_words, phrases

#: A time in brackets, a speaker, something about the speaker in brackets, and a colon.
_LABEL = re.compile(
    r"(?:\[?\d\d?(?::\d\d){1,2}\]?\s)?(?P<who>[^\W\d_][^:\uff1a()\n]{0,40}?)(?:\s\([^()]{1,60}\))?\s?[:\uff1a]\s?(?=\S)"
)
LEAST = 3  # labelled paragraphs, at least, of a transcript


def find_turns(blocks: Sequence[str], cast: Cast, words: Words) -> dict[int, tuple[int, str | None]]:
    """The paragraphs of a transcript that somebody speaks: where the words begin, and the speaker.

    Questions are left out. Empty for any text in which fewer than half of the paragraphs from the first label on begin
    with a speaker.
    """
    found = {n: label for n, block in enumerate(blocks) if (label := _LABEL.match(block))}
    times = Counter(label["who"] for label in found.values())
    labels = {n: label for n, label in found.items() if _is_name(label["who"], times, cast)}
    first = min(labels, default=0)
    if len(labels) < LEAST or len(times) < 2 or 2 * len(labels) < len(blocks) - first:
        return {}
    questions, answers = fold_words(words.questions), fold_words(words.answers)
    people = {name.casefold(): name for name in cast.people}
    turns: dict[int, tuple[int, str | None]] = {}
    asks, speaker = False, None
    for n in range(first, len(blocks)):
        label = labels.get(n)
        if label is not None:
            low = label["who"].casefold()
            asks = low in questions
            speaker = _find_interviewed(blocks[:first], words) if low in answers else people.get(low, label["who"])
        if not asks:
            turns[n] = (label.end() if label else 0, speaker and cast.full_name(speaker))
    return turns


def _is_name(words: str, times: Counter[str], cast: Cast) -> bool:
    """Whether the words before a colon may name a speaker: written as a name, and again, in capitals or a person's."""
    parts = words.split()
    written = all(not part[0].islower() or part.casefold() in cast.connectors for part in parts)
    return written and len(parts) < 6 and (times[words] > 1 or words.isupper() or cast.is_person(words))


def _find_interviewed(heads: Sequence[str], words: Words) -> str | None:
    """Whom the lines before an interview name: "Interview with Jane Roe"."""
    for head in heads:
        if found := phrases(words.interviewing).search(head):
            return re.split(r"[,.;:(\u2014\u2013]", head[found.end() :])[0].strip() or None
    return None
