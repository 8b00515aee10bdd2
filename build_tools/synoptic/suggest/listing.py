"""Writes suggestions for people and for programs. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from synoptic.model.records import Source
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.suggest.draft import Suggestion, count_covered
from synoptic.text.english import plural
from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.shared_runs import OWN_WORDS
from synoptic.text.tables import find_tables


def render_json(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as a JSON list of objects, which have ``terms`` only if there are any (each with whether it is
    ``likely`` to be a statement of its claim); of a paragraph only the first words."""
    items = []
    for s in suggestions:
        text = shorten(s.text) if s.kind == "paragraph" else s.text
        item: dict[str, object] = {
            "number": s.number, "kind": s.kind, "source": s.source, "paragraph": s.paragraph, "text": text,
            "speaker": s.speaker, "resembles": list(s.resembles),
        }  # fmt: skip
        if s.terms:
            item["terms"] = [
                {"claim": claim, "term": term, "likely": claim not in s.unlikely} for claim, term in s.terms
            ]
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def render_text(
    briefing: Briefing, sources: Sequence[Source], suggestions: Sequence[Suggestion], vocabulary: Vocabulary,
    rooms: Mapping[str, str] = MappingProxyType({}),
) -> str:  # fmt: skip
    """The suggestions for people: of each source what is said and counted, unanswered searches, bare paragraphs. At
    the head is how much of each may still be quoted, by ``rooms`` (source to words)."""
    lines = [f"{source.id}: quoted{rooms[source.id]}" for source in sources if rooms.get(source.id)]
    for source in sources:
        lines += _list_source(briefing, source, suggestions, vocabulary)
    return "\n".join(lines) + "\n"


def render_terms(briefing: Briefing, sources: Sequence[Source]) -> str:
    """Where each search term of each claim occurs, answered or not: the paragraphs by source."""
    lines = []
    for claim in briefing.claims:
        lines.append(claim.id)
        for term in claim.terms:
            found = []
            for source in sources:
                text = briefing.texts[source.id]
                places = dict.fromkeys((text.search_name if term.is_name else text.search)(term.term))
                found += [f"{source.id} \u00b6{', '.join(map(str, places))}"] if places else []
            mode = " (name)" if term.is_name else ""
            lines.append(f'  "{term.term}"{mode}: {"; ".join(found) or "nowhere"}')
    return "\n".join(lines or ["no claims yet"]) + "\n"


def _list_source(
    briefing: Briefing, source: Source, suggestions: Sequence[Suggestion], vocabulary: Vocabulary
) -> Iterator[str]:
    """The lines of one source."""
    own = [s for s in suggestions if s.source == source.id]
    said = [s for s in own if s.kind != "paragraph"]
    bare = [s for s in own if s.kind == "paragraph" and not s.covered]
    blocks = briefing.texts[source.id].blocks
    covered, body = count_covered(briefing, source, vocabulary, blocks)
    yield f"{source.id}: covered: {covered} of {body} body paragraphs; {len(said)} suggestions"
    for suggestion in said:
        speaker = suggestion.speaker or ("?" if suggestion.kind == "quotation" else "")
        by = f"   said by: {speaker}" if speaker else ""
        yield f"  {suggestion.number:4}  {_pilcrow(suggestion)} {suggestion.kind:<10} {suggestion.text}{by}"
        if suggestion.resembles:
            yield f"{'':25}like: {', '.join(suggestion.resembles)}"
    yield from _list_searches(own)
    if bare:
        yield "  paragraphs without statement or gist:"
    tables = dict(find_tables(blocks, {suggestion.paragraph for suggestion in bare}))
    rows = {n for first, last in tables.items() for n in range(first + 1, last + 1)}
    for suggestion in bare:
        if suggestion.paragraph in rows:
            continue
        words = shorten(suggestion.text)
        if last := tables.get(suggestion.paragraph, 0):
            number = plural(last - suggestion.paragraph + 1, "row")
            yield f"  {suggestion.number:4}  \u00b6{suggestion.paragraph}-{last} {number} of a table: {words}"
            continue
        kind = source.paragraphs.get(suggestion.paragraph, "body")
        yield f"  {suggestion.number:4}  {_pilcrow(suggestion)} {kind:<10} {words}"


def _pilcrow(suggestion: Suggestion) -> str:
    return f"\u00b6{suggestion.paragraph:<4}"


def _list_searches(own: Iterable[Suggestion]) -> Iterator[str]:
    """A line for each claim with unanswered search terms, and the paragraphs in which each of them is: first those that
    ask for an answer, then those that have few of the claim's words."""
    asking: dict[str, dict[str, list[int]]] = {}
    unlikely: dict[str, dict[str, list[int]]] = {}
    for suggestion in own:
        for claim, term in suggestion.terms:
            hits = unlikely if claim in suggestion.unlikely else asking
            hits.setdefault(claim, {}).setdefault(term, []).append(suggestion.paragraph)
    for hits, heading in ((asking, "searched for, not answered"), (unlikely, "searched for, few words of the claim")):
        if hits:
            yield f"  {heading}:"
        for claim, terms in hits.items():
            found = [f'"{term}" \u00b6{", ".join(map(str, places))}' for term, places in terms.items()]
            yield f"        {claim}: {'; '.join(found)}"


def shorten(text: str) -> str:
    """The first words of ``text`` in one line, fewer than would be an article's wording."""
    line = " ".join(text.split())
    ends = (
        [match.end() for match in re.finditer(r"\w(?!\w)", line)]
        if not CJK.search(line)
        else [*range(1, len(line) + 1)]
    )
    fitting = [end for end in ends if len(split_words(fold(line[:end]))) < OWN_WORDS]
    return line if not fitting or fitting[-1] == ends[-1] else f"{line[: fitting[-1]]} ..."
