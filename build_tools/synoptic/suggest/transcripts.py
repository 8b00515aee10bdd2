"""Tells who speaks in each paragraph of an interview or a transcript, which name speakers at line starts. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from synoptic.suggest.names import Cast
from synoptic.suggest.word_lists import Words, fold_words, phrases

_CLOCK = r"[\[(]?\d\d?(?::\d\d){1,2}(?:[.,]\d{1,3})?(?:\s?[AP]M)?[\])]?"
_WHO = r"(?P<who>[^\W\d_][^:\uff1a()<>\n\u2013\u2014]{0,40}?)"
#: How a speaker is named before what is said, each perhaps after a time: "NAME (about): ", "<NAME> ", "NAME \u2013 ".
_LABELS = (
    re.compile(rf"(?:{_CLOCK}\s+)?{_WHO}(?:\s\([^()]{{1,60}}\))?(?:\s+{_CLOCK})?\s?[:\uff1a](?:\s*$|\s?(?=\S))"),
    re.compile(rf"(?:{_CLOCK}\s+)?<\s?{_WHO}\s?>\s+(?=\S)"),
    re.compile(rf"(?:{_CLOCK}\s+)?{_WHO}\s[\u2013\u2014]\s(?=\S)"),
)
#: A line with a speaker and a time, above what is said.
_ALONE = re.compile(rf"(?:{_CLOCK}\s+{_WHO}|{_WHO.replace('who', 'name')}\s+{_CLOCK})\s*$")
LEAST = 3  # labelled paragraphs, at least, of a transcript; of questions and answers one of each


def find_turns(blocks: Sequence[str], cast: Cast, words: Words) -> dict[int, tuple[int, str | None]]:
    """The paragraphs of a transcript that somebody speaks: where the words begin, and the speaker.

    Questions are left out. Empty for any text in which fewer than half of the paragraphs from the first label on begin
    with a speaker; a quarter is enough if they are called question and answer, or stand above what is said.
    """
    questions, answers = fold_words(words.questions), fold_words(words.answers)
    labels = max((_find_labels(blocks, style, cast, {*questions, *answers}) for style in (_ALONE, *_LABELS)), key=len)
    first = min(labels, default=0)
    names = {name.casefold() for name, _ in labels.values()}
    asked = bool(names & questions and names & answers)
    parts = 4 if asked or all(end == len(blocks[n]) for n, (_, end) in labels.items()) else 2
    if len(labels) < (2 if asked else LEAST) or len(names) < 2 or parts * len(labels) < len(blocks) - first:
        return {}
    people = {name.casefold(): name for name in cast.people}
    turns: dict[int, tuple[int, str | None]] = {}
    asks, speaker = False, None
    for n in range(first, len(blocks)):
        name, end = labels.get(n, ("", 0))
        if name:
            low = name.casefold()
            asks = low in questions
            speaker = _find_interviewed(blocks[:first], words) if low in answers else people.get(low, name)
        if not asks and end < len(blocks[n]):
            turns[n] = (end, speaker and cast.full_name(speaker))
    return turns


def _find_labels(
    blocks: Sequence[str], style: re.Pattern[str], cast: Cast, known: Collection[str]
) -> dict[int, tuple[str, int]]:
    """The paragraphs with labels of one style: who is named, and where the words begin.

    ``known`` are labels that name nobody.
    """
    found = {n: label for n, block in enumerate(blocks) if (label := style.match(block))}
    named = {n: label["who"] or label["name"] if style is _ALONE else label["who"] for n, label in found.items()}
    named = {n: name.rstrip(" ,") for n, name in named.items()}
    times = Counter(named.values())
    return {
        n: (name, found[n].end())
        for n, name in named.items()
        if name.casefold() in known or _is_name(name, times, cast) or (style is _LABELS[1] and len(name.split()) < 6)
    }


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
