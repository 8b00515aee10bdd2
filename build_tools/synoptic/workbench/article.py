"""An article as the page shows it: its paragraphs, and what is quoted, told or suggested of each. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from synoptic.compare.outline import list_gists
from synoptic.model.records import Source
from synoptic.model.site import Briefing, Site
from synoptic.text.folding import find_folded
from synoptic.text.match import Text
from synoptic.workbench.suggestions import Suggested

#: By statement, the paragraph, start and end of each stretch of its words, in characters.
Spots = Mapping[str, Sequence[tuple[int, int, int]]]


def describe_article(
    site: Site, briefing: Briefing, source: Source, suggested: Sequence[Suggested], spots: Spots
) -> dict[str, Any]:
    """An article with its paragraphs; without its text only their numbers and kinds are known. ``spots`` are where the
    words of each statement are."""
    text, lock = briefing.texts.get(source.id), briefing.locks.get(source.id)
    total = len(text.blocks) if text else lock.blocks if lock else 0
    gists = {number: gist for gist in list_gists(source) for number in range(gist.first, gist.last + 1)}
    quoted = _list_quoted(briefing, source, spots)
    stand = {entry.block for entry in (lock.quotes if lock else ()) if entry.statement in briefing.statement}
    paragraphs = []
    for number in range(1, total + 1):
        kind, gist = source.paragraphs.get(number, "body"), gists.get(number)
        counts = site.vocabulary.get("blocks", kind).counts
        paragraphs.append({
            "n": number,
            "text": text.blocks[number - 1] if text else "",
            "kind": kind,
            "heading_level": {"headline": 1, "heading": 2}.get(kind, 0),
            "gist": gist.text if gist else "",
            "gist_range": [gist.first, gist.last] if gist else None,
            "accounted": "statement" if number in stand else "gist" if gist else "" if counts else "not needed",
            "quoted": quoted.get(number, []),
            "suggestions": [_show(one) for one in suggested if one.paragraph == number and _is_open(one, quoted)],
        })  # fmt: skip
    return {
        "id": source.id, "title": source.title, "name": source.name, "lang": source.lang, "at_hand": text is not None,
        "paragraphs": paragraphs,
    }  # fmt: skip


def _is_open(one: Suggested, quoted: Mapping[int, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether words are fit to be quoted, and no statement quotes a part of them."""
    spots = quoted.get(one.paragraph, ())
    return bool(one.quote) and not any(spot["start"] < one.end and one.start < spot["end"] for spot in spots)


def _show(one: Suggested) -> dict[str, Any]:
    return {
        "start": one.start, "end": one.end, "quote": one.quote, "speaker": one.speaker, "speaker_name": one.name,
        "speaker_kind": one.kind, "mode": one.mode,
    }  # fmt: skip


def _list_quoted(briefing: Briefing, source: Source, spots: Spots) -> dict[int, list[dict[str, Any]]]:
    """By paragraph, where each statement's words are in it: in characters from 0, the end not included."""
    found: dict[int, list[dict[str, Any]]] = {}
    for claim, statement in briefing.carried.get(source.id, ()):
        for number, start, end in spots.get(statement.id, ()):
            spot = {"start": start, "end": end, "statement": statement.id, "claim": claim.id}
            found.setdefault(number, []).append(spot)
    return found


def place_words(text: Text, first: int, last: int) -> list[tuple[int, int, int]]:
    """The paragraph, start and end, in its characters, of the words ``first`` to ``last`` of a text; several if they
    run on into the next paragraph."""
    begin, stop = text.spans[first - 1][0], text.spans[last - 1][1]
    found = []
    for number in range(text.block_of(begin), text.block_of(stop - 1) + 1):
        head, tail = text.block_bounds(number)
        places = find_folded(text.blocks[number - 1])
        start, end = max(begin, head) - head, min(stop, tail) - head
        if len(places) == tail - head and start < end:
            found.append((number, places[start], places[end - 1] + 1))
    return found
