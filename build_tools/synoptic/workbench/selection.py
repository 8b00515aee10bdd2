"""Offers words to quote around a selection: grown to its clause or its sentence, each with what the rules say. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from synoptic.base.problems import Place, Problem
from synoptic.check import context, quotations
from synoptic.check.registry import EXCEPTIONS
from synoptic.compare.context import record_context
from synoptic.compare.lock import find_quotation, make_entry
from synoptic.compare.quotations import (
    count_quoted_words,
    count_words,
    find_limit,
    find_mode,
)
from synoptic.model.lock import Lock, LockedQuote
from synoptic.model.records import Claim, Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.folding import CJK
from synoptic.text.match import Text
from synoptic.text.quotation_marks import find_quoted
from synoptic.text.sentences import split_sentences
from synoptic.text.terms import find_terms
from synoptic.workbench.suggestions import Suggested

#: The rules that a quotation alone can break.
_RULES = (
    quotations.left_out, context.out_of_context, quotations.bracket, quotations.too_short, quotations.over_length,
    quotations.fragment, quotations.overused, quotations.over_budget,
)  # fmt: skip
_CUT = re.compile(r"[,;:]\s|\s?[\u2014\u2015]\s?|\s\u2013\s|[\uff0c\uff1b\uff1a\u3001]|\s\(|\)\s")
_EDGE = " \t\n,;:\u2014\u2013\uff0c\uff1b\uff1a\u3001"
_AROUND = 90  # characters shown before and after
_OFFER = "offer"
_BOTH = "over the end of the paragraph"
Span = tuple[int, int]


@dataclass(frozen=True)
class Selection:
    """What somebody selected: from a character of one paragraph to one of the same or a later paragraph."""

    paragraph: int
    start: int
    end: int
    to_paragraph: int


def make_offers(
    site: Site,
    briefing: Briefing,
    source: Source,
    selected: Selection,
    suggested: Sequence[Suggested],
    instead: Statement | None = None,
) -> dict[str, Any]:
    """The words that may be quoted for a selection, the best first, and who probably says them.

    The words may be those of a new statement, or stand ``instead`` of a statement's: then its speaker says them, and
    its old words count no more. Of a selection that goes on into the next paragraph, the part in the first comes first.
    """
    text = briefing.texts[source.id]
    known = None if instead else _find_speaker(suggested, selected)
    speaker = (instead.speaker if instead else known.speaker if known else "") or ""
    briefing = _without(briefing, instead) if instead else briefing
    offers = []
    seen: set[str] = set()
    for rank, (label, quote, span) in enumerate(_list_candidates(text, selected)):
        if quote and quote not in seen:
            seen.add(quote)
            offer, problems = _judge(site, briefing, source, selected.paragraph, quote, speaker)
            both = label == _BOTH
            if both and not offer["words"]:
                continue  # no sentence ends there
            offers.append((both, sum(one.level == "error" for one in problems), len(problems), rank, {
                "label": label, "quote": quote, "start": span[0], "end": span[1],
                "problems": [_rename(one.message) for one in problems], "tips": [one.tip for one in problems],
                "exceptions": [one.rule for one in problems if EXCEPTIONS.get(one.rule) == "statement"],
                **_show_around(text, selected, span), **offer,
            }))  # fmt: skip
    ranked = [offer for *_, offer in sorted(offers, key=lambda one: one[:4])]
    mode = ranked[0]["mode"] if ranked and known else ""
    return {
        "offers": ranked,
        "speaker": speaker,
        "speaker_name": known.name if known else "",
        "speaker_kind": known.kind if known else "",
        "mode": mode,
        "told": _tell_cut(selected, any(both for both, *_ in offers)),
    }  # fmt: skip


def _tell_cut(selected: Selection, both: bool) -> str:
    """What somebody must know whose selection went on into the next paragraph; "" if it did not."""
    number, last = selected.paragraph, selected.to_paragraph
    if number == last:
        return ""
    cut = (
        f"You selected words of paragraphs {number} to {last}: the selection was cut at the end of paragraph {number}."
    )
    more = " As a sentence ends there, the words of both may be quoted: that is the last offer."
    return cut + (more if both else " A quotation goes on into the next paragraph only where a sentence ends.")


def _without(briefing: Briefing, statement: Statement) -> Briefing:
    """The same without a statement."""
    claims = [
        claim.model_copy(update={"statements": tuple(one for one in claim.statements if one.id != statement.id)})
        for claim in briefing.claims
    ]
    return replace(briefing, claims=tuple(claims))


def _find_speaker(suggested: Sequence[Suggested], selected: Selection) -> Suggested | None:
    """What somebody says where the selection is, as far as a program can tell; the shortest of several."""
    inside = [
        one
        for one in suggested
        if one.paragraph == selected.paragraph and one.from_ < selected.end and selected.start < one.to and one.name
    ]
    return min(inside, key=lambda one: one.to - one.from_, default=None)


def _list_candidates(text: Text, selected: Selection) -> Iterator[tuple[str, str, Span]]:
    """Each way to quote a selection: its name, the words, and their place in the first paragraph."""
    number, block = selected.paragraph, text.blocks[selected.paragraph - 1]
    if selected.to_paragraph > number:
        inner = text.blocks[number : selected.to_paragraph - 1]
        last = text.blocks[selected.to_paragraph - 1][: selected.end]
        quote = " ".join(part.strip() for part in (block[selected.start :], *inner, last))
        yield _BOTH, quote, (selected.start, len(block))
    end = selected.end if selected.to_paragraph == number else len(block)
    chosen = _trim(block, _grow_to_words(block, selected.start, end))
    following = text.blocks[number] if number < len(text.blocks) else ""
    spans = find_quoted(block, following)
    sentence = _find_sentence(block, spans, chosen)
    for span in _list_clauses(block, sentence, chosen):
        yield "clause", block[slice(*span)], span
    whole = _trim(block, sentence)
    yield "sentence", block[slice(*whole)], whole
    yield "as selected", block[slice(*chosen)], chosen


def _grow_to_words(block: str, start: int, end: int) -> Span:
    """The same with whole words at both ends."""

    def joined(at: int) -> bool:
        pair = block[at - 1 : at + 1]
        inside = len(pair) == 2 and all(char.isalnum() or char in "'\u2019-" for char in pair)
        return inside and not CJK.search(pair)

    while start > 0 and joined(start):
        start -= 1
    while end < len(block) and joined(end):
        end += 1
    return start, end


def _trim(block: str, span: Span) -> Span:
    """The same without spaces, commas and the like at both ends, and without marks that have no partner inside."""
    start, end = span
    while start < end and block[start] in _EDGE:
        start += 1
    while end > start and block[end - 1] in _EDGE:
        end -= 1
    return start, end


def _find_sentence(block: str, spans: Sequence[tuple[int, int, bool]], chosen: Span) -> Span:
    """The sentences that hold a selection; of speech, those inside its quotation marks."""
    begin, stop = 0, len(block)
    for a, b, _ in spans:
        if a <= chosen[0] and chosen[1] <= b:
            begin, stop = a, b
    inner = spans if (begin, stop) == (0, len(block)) else ()
    found = [(begin + a, begin + b) for a, b in split_sentences(block[begin:stop], inner)]
    holding = [one for one in found if one[0] < chosen[1] and chosen[0] < one[1]] or [(begin, stop)]
    return min(holding[0][0], chosen[0]), max(holding[-1][1], chosen[1])


def _list_clauses(block: str, sentence: Span, chosen: Span) -> Iterator[Span]:
    """The parts of a sentence between its commas that hold a selection, the shortest first."""
    cuts = [hit.span() for hit in _CUT.finditer(block, *sentence)]
    starts = sorted({sentence[0], *(b for _, b in cuts if b <= chosen[0])}, reverse=True)
    ends = sorted({sentence[1], *(a for a, _ in cuts if a >= chosen[1])})
    pairs = [_trim(block, (a, b)) for a in starts[:3] for b in ends[:3]]
    yield from sorted((pair for pair in pairs if pair != _trim(block, sentence)), key=lambda pair: pair[1] - pair[0])


def _show_around(text: Text, selected: Selection, span: Span) -> dict[str, str]:
    block = text.blocks[selected.paragraph - 1]
    return {"before": block[max(0, span[0] - _AROUND) : span[0]], "after": block[span[1] : span[1] + _AROUND]}


def _judge(
    site: Site, briefing: Briefing, source: Source, paragraph: int, quote: str, speaker: str
) -> tuple[dict[str, Any], list[Problem]]:
    """What is known of words to quote, and what the rules say of them."""
    text = briefing.texts[source.id]
    known = speaker if speaker in site.speakers_of(briefing) else None
    fields: dict[str, Any] = {"id": _OFFER, "source": source.id, "quote": quote, "speaker": known}
    statement = Statement.model_construct(
        place=Place(_OFFER), via=None, mode=None, stance="asserts", of=None, translation=None, paragraph=paragraph,
        cut=False, utterance=None, headline_of=None, note=None, lead=False, allow={}, was=(), **fields,
    )  # fmt: skip
    match = find_quotation(statement, source, text, site.vocabulary)
    markers, limits = site.vocabulary.markers_of(source.lang), site.vocabulary.quoting
    nothing = {"words": 0, "limit": limits.narration, "hedges": [], "negations": [], "conditions": [], "mode": ""}
    if match is None:
        fault = Problem(Place(_OFFER), "these words cannot be quoted as they stand", "select other words")
        return nothing, [fault]
    entry = make_entry(statement, source, match, site.vocabulary)
    context_of = record_context(text, match, source, site.vocabulary)
    trial = _add(briefing, source, statement, entry, context_of)
    beside = " ".join(entry.beside)
    return {
        "words": count_words(quote, count_quoted_words(entry)),
        "limit": find_limit(limits, source, statement, entry),
        "hedges": find_terms(beside, markers.hedges),
        "negations": find_terms(beside, markers.negations),
        "conditions": find_terms(beside, markers.conditions),
        "mode": find_mode(statement, entry) or ("direct" if match.marked else "indirect" if speaker else ""),
    }, [problem for rule in _RULES for problem in rule(trial, site) if _is_ours(problem, source)]


def _rename(message: str) -> str:
    """A message about words that are not a statement yet."""
    name = f'"{_OFFER}"'
    return message.replace(name, "This quotation" if message.startswith(name) else "this quotation")


def _is_ours(problem: Problem, source: Source) -> bool:
    return problem.place.path == _OFFER or problem.place == source.place


def _add(briefing: Briefing, source: Source, statement: Statement, entry: LockedQuote, turns: Any) -> Briefing:
    """The part of a briefing that quotes a source, with one more statement."""
    mine = [
        claim.model_copy(update={"statements": tuple(one for one in claim.statements if one.source == source.id)})
        for claim in briefing.claims
        if any(one.source == source.id for one in claim.statements)
    ]
    offer = Claim.model_construct(
        place=Place(_OFFER), id=_OFFER, claim="", kind="state", answer=None, terms=(), note=None,
        statements=(statement,), passed_over=(), relations=(), replies=(), was=(), topic="",
    )  # fmt: skip
    old, text = briefing.locks.get(source.id), briefing.texts[source.id]
    lock = old or Lock(sha256="0" * 64, words=len(text.spans), blocks=len(text.blocks))
    update = {"quotes": (*lock.quotes, entry), "context": {**(lock.context or {}), _OFFER: turns}}
    return replace(
        briefing, sources=(source,), claims=(*mine, offer), figures=(), events=(), texts={},
        locks={source.id: lock.model_copy(update=update)},
    )  # fmt: skip
