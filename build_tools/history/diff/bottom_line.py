"""Compares the sentences of two bottom lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from build_tools.history.diff.fields import show_value, strip_punctuation
from build_tools.history.diff.matching import Matches
from build_tools.history.diff.sides import Sides
from build_tools.model.change import Change
from build_tools.model.records import Sentence
from build_tools.text.english import remove_brackets

#: The least likeness, from 0 to 1, at which one sentence is taken for the rewording of another.
_LEAST = 0.4


def compare_bottom_lines(sides: Sides) -> Iterator[Change]:
    """Sentences added, removed and reworded, and those that rest on other claims."""
    sentences = _match_sentences(list(sides.base.file.bottom_line), list(sides.head.file.bottom_line))
    for before, after in sentences.both:
        if before.text != after.text:
            alike = strip_punctuation(before.text) == strip_punctuation(after.text)
            kind = "bottom-line-respelt" if alike else "bottom-line-reworded"
            place, old, new = after.place.at("text"), remove_brackets(before.text), remove_brackets(after.text)
            yield sides.briefing_change(kind, place, before=old, after=new)
        if sorted(sides.ids.claim.get(name, name) for name in before.claims) != sorted(after.claims):
            yield sides.briefing_change(
                "bottom-line-claims",
                after.place.at("claims"),
                about=remove_brackets(after.text),
                before=show_value(before.claims),
                after=show_value(after.claims),
            )
    for sentence in sentences.removed:
        yield sides.briefing_change(
            "bottom-line-removed", sentence.place, side="base", before=remove_brackets(sentence.text)
        )
    for sentence in sentences.added:
        yield sides.briefing_change("bottom-line-added", sentence.place, after=remove_brackets(sentence.text))


def _match_sentences(base: list[Sentence], head: list[Sentence]) -> Matches[Sentence]:
    """Pair sentences, which have no ids: equal ones first, then the most alike of the rest."""
    both = []
    for sentence in list(base):
        if twin := next((s for s in head if s.text == sentence.text), None):
            both.append((sentence, twin))
            base.remove(sentence)
            head.remove(twin)
    likeness = {
        (i, j): SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()
        for i, old in enumerate(base)
        for j, new in enumerate(head)
    }
    matched: dict[int, int] = {}
    for (i, j), ratio in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if ratio >= _LEAST and i not in matched and j not in matched.values():
            matched[i] = j
    both += [(base[i], head[j]) for i, j in matched.items()]
    return Matches(
        both,
        [sentence for j, sentence in enumerate(head) if j not in matched.values()],
        [sentence for i, sentence in enumerate(base) if i not in matched],
    )
