"""Rules: quotations are verbatim, in context and within limits; and trying them on somebody's own copy. Pure."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from synoptic.base.problems import Problem, sort_problems
from synoptic.check.rule import get_readable_lock, shorten
from synoptic.compare.context import record_context
from synoptic.compare.ids import find_lost
from synoptic.compare.left_out import find_left_out
from synoptic.compare.lock import find_quotation, make_entry
from synoptic.compare.quotations import (
    MIN_NARRATION,
    count_quoted_words,
    count_words,
    find_limit,
    is_own_words,
    list_quotations,
    list_source_words,
    measure_coverage,
)
from synoptic.model.lock import LockedQuote, Turn
from synoptic.model.records import Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.brackets import find_brackets, find_fault, source_runs
from synoptic.text.english import join_words
from synoptic.text.folding import fold, split_words
from synoptic.text.fragments import is_fragment
from synoptic.text.match import Text
from synoptic.text.names import count_spared
from synoptic.text.refusals import explain_refusal

#: Words that a whole article is taken to have, at least, if only its beginning is at hand.
LEAST_WHOLE = 300
_MANY_CLAIMS = 3  # that rest on one stretch of an article


def quotation(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation is verbatim, and one place: it matches its entry in the lock and, if it is available, the text."""
    command = f"synoptic lock {briefing.slug}"
    tip = f"copy the words exactly; after a deliberate change, whoever has the text runs: {command}"
    reported = {new for new, _ in find_lost(briefing, site).values()}  # has another id than the one that was locked
    seen = Counter(statement.id for _, statement in briefing.statements)
    for statement in list_quotations(briefing):
        if statement.id in reported or seen[statement.id] > 1:
            continue
        source, source_lock = briefing.source.get(statement.source), get_readable_lock(briefing, statement.source)
        if source is None or source_lock is None:
            continue
        entry, text = briefing.locked(statement), briefing.texts.get(source.id)
        if entry is None and statement.id not in briefing.statement and briefing.broken:
            continue  # words of a figure or an event, which a statement that cannot be read may quote
        if text is None:
            fault = _find_fault_in_lock(statement, entry, source_lock.blocks)
        else:
            fault = _find_fault_in_text(briefing, statement, entry, text, site)
        if fault:
            message = f'the quotation of "{statement.id}" from "{source.id}"{fault}'
            yield Problem(statement.place.at("quote"), message, tip)
        elif text is not None:
            yield from _find_other_places(briefing, statement, text)


def _find_fault_in_lock(statement: Statement, entry: LockedQuote | None, blocks: int) -> str | None:
    """What is wrong with a quotation by its lock alone, as the end of a sentence that begins with its name."""
    if entry is None and statement.paragraph and statement.paragraph > blocks:
        return f" cannot be in paragraph {statement.paragraph}: the text has {blocks}"
    if entry is None:
        return f' is not locked: "{shorten(statement.quote)}"'
    if not entry.is_of(statement):
        return f' is not the one that was checked: "{shorten(statement.quote)}"'
    if statement.paragraph not in (None, entry.block):
        return f" is in paragraph {entry.block}, not {statement.paragraph}"
    return None


def _find_fault_in_text(
    briefing: Briefing, statement: Statement, entry: LockedQuote | None, text: Text, site: Site
) -> str | None:
    """What is wrong with a quotation by the article's text, as the end of a sentence that begins with its name."""
    source = briefing.source[statement.source]
    locked_wording = " ... ".join(text.wording(first, last) for first, last in entry.words) if entry else ""
    passage = find_quotation(statement, source, text, site.vocabulary)
    if passage is None:
        anywhere = statement.model_copy(update={"paragraph": None})
        if statement.paragraph and (elsewhere := find_quotation(anywhere, source, text, site.vocabulary)):
            return f" is in paragraph {elsewhere.block}, not {statement.paragraph}"
        markers = site.vocabulary.markers_of(source.lang).all
        if refusal := explain_refusal(text, statement.quote, markers, source.lang, cut=statement.cut):
            return refusal
        difference = text.describe_difference(_drop_brackets(statement, text), locked_wording)
        return f' is not in the text: "{shorten(statement.quote)}"; {difference}'
    if entry is None:
        return f' is not locked: "{shorten(statement.quote)}"'
    if not entry.is_of(statement):
        held = shorten(locked_wording.strip('"'))
        return f' is in the text, but the lock holds other words: "{held}"'
    lock = briefing.locks[source.id]
    turns = record_context(text, passage, source, site.vocabulary) if statement.id in briefing.statement else ()
    if lock.context is not None and _hides(lock.context.get(statement.id, ()), turns):
        return ": its context in the lock does not match the text"
    fresh = make_entry(statement, source, passage, site.vocabulary)
    if set(fresh.beside) <= set(entry.beside):  # older locks name every marker of the sentence
        fresh = fresh.model_copy(update={"beside": entry.beside})
    new, old = (one.model_dump(exclude={"by", "whole"}) for one in (fresh, entry))
    if new != old or (entry.whole and not passage.whole):
        return ": its entry in the lock does not match the text (paragraph, words, quotation marks or words left out)"
    return None


def _hides(locked: Sequence[Turn], found: Sequence[Turn]) -> bool:
    """Whether a lock lacks a turn of the text, or calls one unsure that is not. Older locks call none unsure."""
    known = {(turn.word, turn.words): turn.unsure for turn in locked}
    keys = [((turn.word, turn.words), turn.unsure) for turn in found]
    return any(key not in known or (known[key] and not unsure) for key, unsure in keys)


def _find_other_places(briefing: Briefing, statement: Statement, text: Text) -> Iterator[Problem]:
    """Report words that are in several places, unless they are of a figure or an event."""
    if statement.id not in briefing.statement:
        return
    found = [match.block for match in text.find_all(statement.quote, cut=statement.cut, block=statement.paragraph)]
    words, blocks = f'the words of "{statement.id}"', [str(number) for number in sorted(set(found))]
    if len(blocks) > 1:
        message = f'{words} are in paragraphs {join_words(blocks)} of "{statement.source}"'
        yield Problem(statement.place.at("quote"), message, f"say which: paragraph: {blocks[0]}, for instance")
    elif len(found) > 1:
        message = f'{words} are {len(found)} times in paragraph {blocks[0]} of "{statement.source}"'
        yield Problem(statement.place.at("quote"), message, "quote the words before or after them, too")


def _drop_brackets(statement: Statement, text: Text) -> str:
    """The words to look for in the text, for a message: without the brackets that must be ours, as it lacks them."""
    hits = enumerate(find_brackets(statement.quote), 1)
    ours = [number for number, hit in hits if fold(hit[0]) not in text.folded]
    return " ... ".join(source_runs(statement.quote, ours, cut=statement.cut)) if ours else statement.quote


def left_out(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation leaves out no negation, hedge or condition that governs it: one that no comma and no other clause
    parts from the quoted words, a condition, or a doubt or denial of all that is said. Clauses are known in English,
    French, German, Spanish and Chinese. Another statement of the article that quotes the word beside it answers, too,
    and so does a reason given for a quotation beside it."""
    for statement, left in find_left_out(briefing, site.vocabulary):
        beside = ", ".join(f'"{word}"' for word in left)
        message = f'"{statement.id}" leaves {beside} out of the sentence it quotes: "{shorten(statement.quote)}"'
        yield Problem(statement.place.at("quote"), message, "quote more, or add allow: {left-out: the reason}")


def bracket(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Words of ours in a bracket are six at most: no negation, hedge, condition or number, nothing that names a part or
    an example ("including"), and fewer than the article's words in the quotation. The same holds for brackets in a
    translation. A name in a bracket must be in the article, or the words are not in its text; `diff` lists every other
    bracket for a second reader."""
    for statement, source, entry in briefing.checked.values():
        hits = find_brackets(statement.quote) if entry.ours else []
        own = [hit[1] for number, hit in enumerate(hits, 1) if number in entry.ours]
        if not own:
            continue
        markers = (*site.vocabulary.markers_of(source.lang).all, *site.vocabulary.markers_of(briefing.language).all)
        for words in own:
            if fault := find_fault(words, markers):
                message = f'the bracket "[{words}]" in the quotation of "{statement.id}" {fault}'
                yield Problem(statement.place.at("quote"), message, "say only who or what is meant, or leave it out")
        number = sum(len(split_words(fold(words))) for words in own)
        if number >= count_quoted_words(entry):
            message = f'"{statement.id}" has {number} words of ours in brackets, and {count_quoted_words(entry)} quoted'
            yield Problem(statement.place.at("quote"), message, "quote more words than you add")
        for hit in find_brackets(statement.translation or ""):
            if fault := find_fault(hit[1], markers):
                message = f'the bracket "{hit[0]}" in the translation of "{statement.id}" {fault}'
                yield Problem(statement.place.at("translation"), message, "say only who or what is meant")


def too_short(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation of an article's narration has at least four words."""
    for statement, _, entry in briefing.checked.values():
        number = _count_locked_words(briefing, statement, entry)
        if number < MIN_NARRATION and not (entry.marks and statement.speaker):
            message = f'"{statement.id}" quotes too few words of narration ({number}): "{statement.quote}"'
            yield Problem(statement.place.at("quote"), message, f"quote the words around it, {MIN_NARRATION} at least")


def over_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation has at most {narration} words of narration ({narration_with_reason} with a reason, {whole_sentence}
    if it is one whole sentence) or {speech} of a speaker's own words; a proper name, or the title of a law, counts as
    one word, words of ours in brackets count as none, and a source with `voice:` is its speaker's own words."""
    for statement, source, entry in briefing.checked.values():
        number = _count_without_names(briefing, statement, source, entry, site)
        limit = find_limit(site.vocabulary.quoting, source, statement, entry)
        if number > limit:
            message = f'"{statement.id}" quotes {number} words; the limit is {limit}'
            tip = "quote fewer words, or add allow: {over-length: the reason}"
            yield Problem(statement.place.at("quote"), message, tip)


def over_limit(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Even with a reason, a quotation of narration has at most {narration_with_reason} words, or {whole_sentence} if it
    is one whole sentence."""
    limits = site.vocabulary.quoting
    for statement, source, entry in briefing.checked.values():
        if "over-length" not in statement.allow or is_own_words(source, statement, entry):
            continue
        limit = limits.whole_sentence if entry.whole else limits.narration_with_reason
        number = _count_without_names(briefing, statement, source, entry, site)
        if number > limit:
            message = f'"{statement.id}" quotes {number} words of narration; even with a reason the limit is {limit}'
            yield Problem(statement.place.at("quote"), message, "quote fewer words")


def _count_without_names(
    briefing: Briefing, statement: Statement, source: Source, entry: LockedQuote, site: Site
) -> int:
    """The length of a quotation in words, each name counted as one; outside the body, capitals show no name.

    Names are sought only where they matter.
    """
    number = _count_locked_words(briefing, statement, entry)
    body = site.vocabulary.get("blocks", source.paragraphs.get(entry.block, "body")).counts
    if not body or number <= min(site.vocabulary.quoting.narration, site.vocabulary.quoting.speech):
        return number
    return number - count_spared(" ... ".join(list_source_words(briefing, statement)), source.lang)


def _count_locked_words(briefing: Briefing, statement: Statement, entry: LockedQuote) -> int:
    number = count_quoted_words(entry)
    return (
        number if statement.quote.isascii() else count_words(" ".join(list_source_words(briefing, statement)), number)
    )


def over_budget(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A briefing quotes less than {narration_share}% of a source's words as narration, and less than {quoted_share}%
    with speakers' own words. An article of which a part is at hand (`text: partial`) counts as 300 words, or as that
    part if it is longer."""
    modes, limits = site.vocabulary.terms("modes"), site.vocabulary.quoting
    unsure = {s.source for _, s in briefing.statements if s.mode and s.mode not in modes}  # which has been reported
    for source in briefing.sources:
        if source.id in unsure:
            continue
        coverage = measure_coverage(briefing, source)
        words, whole = coverage.words, f'"{source.id}"'
        if source.text != "whole":
            words = max(words, LEAST_WHOLE)
            whole += f", of which a part of {coverage.words} words is at hand"
        for taken, share, what in (
            (coverage.quoted, limits.quoted_share, "in all"),
            (coverage.narration, limits.narration_share, "as narration"),
        ):
            if words and 100 * taken >= share * words:
                message = f"the briefing quotes {taken} of the {words} words of {whole} {what}"
                yield Problem(source.place, message, f"quote less: it must stay under {share}%")
                break  # quoting less helps with both


def describe_room(briefing: Briefing, source: Source, site: Site) -> str:
    """How many words of a source are quoted, and may be: " (12 of at most 52 words in all, 40 left; ...)"; "" if its
    length is unknown."""
    coverage, text = measure_coverage(briefing, source), briefing.texts.get(source.id)
    length = coverage.words or (len(text.spans) if text else 0)
    if not length:
        return ""
    words = length if source.text == "whole" else max(length, LEAST_WHOLE)
    limits, told = site.vocabulary.quoting, []
    for taken, share, what in (
        (coverage.quoted, limits.quoted_share, "in all"),
        (coverage.narration, limits.narration_share, "of narration"),
    ):
        most = max(math.ceil(share * words / 100) - 1, 0)
        over = f"{taken - most} too many" if taken > most else f"{most - taken} left"
        told.append(f"{taken} of at most {most} words {what}, {over}")
    return f" ({'; '.join(told)})"


def not_speech(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Words quoted as direct speech are inside quotation marks in the source, or in a block quotation."""
    for statement, _, entry in briefing.checked.values():
        if statement.mode == "direct" and statement.speaker and not entry.marks:
            message = f'"{statement.id}" has mode: direct, but the source has its words outside quotation marks'
            yield Problem(statement.place.at("mode"), message, "use mode: indirect, or quote the speaker's own words")


def fragment(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation can be read alone: in English, one of up to seven words has a subject or a verb (a warning)."""
    for statement, source, entry in briefing.checked.values():
        body = site.vocabulary.get("blocks", source.paragraphs.get(entry.block, "body")).counts
        english = source.lang.partition("-")[0].lower() == "en"
        if body and english and is_fragment(split_words(fold(statement.quote))):
            message = f'"{statement.id}" has neither subject nor verb: "{shorten(statement.quote)}"'
            tip = 'quote more, or say in brackets what it is about: "[the mayor is] afraid of the river"'
            yield Problem(statement.place.at("quote"), message, tip, level="warning")


def overused(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """One stretch of an article, as far as quotations mostly overlap, serves at most two claims (a warning)."""
    places: dict[str, list[tuple[int, int, str, Statement]]] = {}
    for claim, statement in briefing.statements:
        if entry := briefing.locked(statement):
            place = (entry.words[0][0], entry.words[-1][1], claim.id, statement)
            places.setdefault(statement.source, []).append(place)
    for source, stretches in places.items():
        for group in _group_overlapping(sorted(stretches, key=lambda one: one[:2])):
            claims = dict.fromkeys(claim for _, _, claim, _ in group)
            if len(claims) >= _MANY_CLAIMS:
                first, last, _, statement = group[-1]
                others = join_words([f'"{claim}"' for claim in claims])
                message = f'words {first} to {last} of "{source}" serve {len(claims)} claims: {others}'
                tip = "quote other words, or let one claim say it"
                yield Problem(statement.place.at("quote"), message, tip, level="warning")


def _group_overlapping(
    stretches: Sequence[tuple[int, int, str, Statement]],
) -> list[list[tuple[int, int, str, Statement]]]:
    """Sorted stretches in groups: each shares more than half of the longer one with the first of its group."""
    groups: list[list[tuple[int, int, str, Statement]]] = []
    for one in stretches:
        first, last, *_ = groups[-1][0] if groups else (0, -1)
        shared = min(last, one[1]) - max(first, one[0]) + 1
        if 2 * shared > max(last - first, one[1] - one[0]) + 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def check_copy(briefing: Briefing, source: Source, copy: Text, site: Site) -> list[Problem]:
    """The quotations of ``source`` that are not in ``copy``, which need not be the same bytes as the locked text."""
    problems = []
    joined = Text((" ".join(copy.blocks),))  # a copy may break its lines anywhere
    for statement in list_quotations(briefing, source.id):
        anywhere = statement.model_copy(update={"paragraph": None})
        if not any(find_quotation(anywhere, source, text, site.vocabulary) for text in (copy, joined)):
            difference = copy.describe_difference(statement.quote)
            message = f'the quotation of "{statement.id}" is not in this copy; {difference}'
            problems.append(Problem(statement.place.at("quote"), message, "compare the passages by eye", "against"))
    return sort_problems(problems)


def measure_likeness(copy: Text, briefing: Briefing, source: Source) -> float:
    """The share of a source's quotations that are in ``copy``, from 0 to 1: tells which source it is a copy of."""
    quotes = [fold(statement.quote) for statement in list_quotations(briefing, source.id)]
    return sum(quote in copy.folded for quote in quotes) / len(quotes) if quotes else 0.0
