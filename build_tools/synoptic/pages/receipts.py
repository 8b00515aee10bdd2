"""The page Receipts of a source: where each of its quotations stands, who checked it, and all else. Pure.

Text fragments: WICG "URL Fragment Text Directives". Selectors: W3C Web Annotation Data Model, TextQuoteSelector.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from synoptic.compare.context import describe_turn, list_hearing
from synoptic.compare.outline import list_gists
from synoptic.compare.proofs import describe_standing
from synoptic.compare.quotations import list_source_words
from synoptic.compare.strength import find_surer
from synoptic.data import linked_data
from synoptic.data.wikitext import cite_source, cite_statement
from synoptic.model import paging
from synoptic.model.lock import Lock, LockedQuote, Reader
from synoptic.model.records import Source
from synoptic.pages.context import Context, Link, once
from synoptic.pages.foreign import in_language
from synoptic.pages.misfits import MISFITS, STAMPS
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import lay_out, make_section
from synoptic.pages.source import format_range, paragraph_address, source_view
from synoptic.pages.statement import StatementView, describe_readers, quote_words, source_statements
from synoptic.pages.wordings import utterance_address
from synoptic.text.brackets import split_at_cuts
from synoptic.text.language import (
    format_date,
    format_number,
    format_whole_percent,
    gettext,
    join_words,
    name_value,
    ngettext,
    pgettext,
    spell_number,
)
from synoptic.text.retell import retell
from synoptic.text.terms import find_terms

FRAGMENT_WORDS = 5  # words at each end that name a long quotation
CONTEXT = 160  # characters on each side, only where the text may be shown in full
_to_json = json.JSONEncoder(ensure_ascii=False).encode


class Place(NamedTuple):
    """Where in its article a quotation stands, in words, and where its paragraph is shown; the first word and the
    number of words of its paragraph, empty if the lock does not know; the same of its own runs; and our gists of its
    paragraph and of the two beside it."""

    text: str
    href: Markup
    paragraph: tuple[tuple[int, int], ...]
    runs: tuple[tuple[int, int], ...]
    around: Sequence[tuple[str, str]]


class TurnView(NamedTuple):
    """A word around a quotation that takes it back or limits it: where it is, the word, and the statements that quote
    what it begins."""

    where: str
    word: str
    heard: Sequence[Link]


class Receipt(NamedTuple):
    """Everything known about one quotation: ``inside`` and ``beside`` are hedges, ``before`` and ``after`` the text;
    ``place`` is None if no lock has it. ``signed`` says who proved by a key that they checked it, each with
    the class of its mark, if any; ``stamps`` are the time stamps, ``keys`` the keys' fingerprints and their owners.
    ``stronger`` says how the claim is stronger than the quotation; ``reasons`` are an editor's for the words beside it,
    for its context, and for the stronger claim."""

    statement: StatementView
    place: Place | None
    checkers: str
    signed: Sequence[tuple[str, str]]
    stamps: Sequence[str]
    keys: Sequence[tuple[str, str]]
    inside: str
    beside: str
    turns: Sequence[TurnView]
    stronger: str
    reasons: Mapping[str, str]
    selector: str
    fragment: str
    before: str
    after: str
    utterance: Markup | None
    cited: str


def pages(context: Context) -> Iterator[Page]:
    """The receipts of each source. The first part leads to the receipts of the others: its address is permanent."""
    for source in context.briefing.sources:
        found, title = receipts(context, source), pgettext("page", "Receipts")
        sheets = lay_out([make_section(title, "receipts", found, lambda _: paging.RECEIPT)])
        same = {
            "kicker": (title,),
            "source": source_view(context, source),
            "lock": context.briefing.locks.get(source.id),
            "demanded": _describe_demand(context.briefing.file.signatures),
            "command": f"synoptic check {context.briefing.slug} --source {source.id} --against FILE",
        }
        first = len(sheets[0].shown[0] or ())
        views = (
            {**same, "receipts": sheet.shown[0], "elsewhere": () if number else found[first:]}
            for number, sheet in enumerate(sheets)
        )
        heading, contents = gettext("Receipts: %(name)s", name=source.name), [sheet.contents for sheet in sheets]
        yield from split_pages(context, f"receipts/{source.id}/", "receipts", "sources", heading, contents, views)


def _describe_demand(number: int) -> str:
    """``two readers``: how many must sign each quotation; empty if none must."""
    if not number:
        return ""
    return ngettext("%(spelt)s reader", "%(spelt)s readers", number, spelt=spell_number(number))


def receipts(context: Context, source: Source) -> list[Receipt]:
    """A receipt for each statement of a source, in the order of the text."""
    views = source_statements(context, source)
    ranked = sorted(views, key=lambda view: paging.rank_receipt(context.briefing, view.record))
    return [_receipt(context, source, view) for view in ranked]


def _receipt(context: Context, source: Source, view: StatementView) -> Receipt:
    statement, entry, lock = view.record, view.entry, view.lock
    before = after = ""
    words = " ... ".join(list_source_words(context.briefing, statement))
    text = context.briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None:
        before, after = text.context(entry.words[0][0], entry.words[-1][1], CONTEXT, words)
    selectors = linked_data.select_quotation(context.briefing, source, statement)
    hedges = context.vocabulary.markers_of(source.lang).hedges
    return Receipt(
        statement=view,
        place=_place(context, source, lock, entry) if lock and entry else None,
        **_describe_checkers(context, source, lock.readers_of(entry) if lock and entry else (), view.checked),
        inside=quote_words(find_terms(words, hedges), source.lang),
        beside=quote_words(entry.beside, source.lang) if entry else "",
        turns=_turns(context, source, lock, entry) if lock and entry else (),
        stronger=_stronger(context).get(statement.id, ""),
        reasons={rule: statement.allow.get(rule, "") for rule in ("left-out", "out-of-context", "too-strong")},
        selector=_to_json(selectors if len(selectors) > 1 else selectors[0]),
        fragment=text_fragment(source.url, words, cut=statement.cut) if source.url else "",
        before=before,
        after=after,
        utterance=utterance_address(context, statement.utterance) if statement.utterance else None,
        cited=cite_statement(_cite_source(context, source), statement),
    )


@once
def _cite_source(context: Context, source: Source) -> str:
    return cite_source(context.briefing, source)


@once
def _describe_checkers(context: Context, source: Source, readers: Sequence[Reader], checked: bool) -> dict[str, Any]:
    """Who checked a quotation; if the check still holds, who signed, what does not fit, whose name is only typed; the
    time stamps, and the keys."""
    standings = [describe_standing(context.briefing, source.id, reader) for reader in readers if checked]
    signed = [one for one in standings if one.word == "signed"]
    typed = [one.name for one in standings if one.word == "typed only"]
    people = len({one.key for one in signed})
    lines = []
    if signed:
        lines.append(("ok", _tell_signed([one.name for one in signed], people)))
    for one in standings:
        if one.word == "signature does not fit":
            # For translators: a signature.
            lines.append(
                ("bad", gettext("that of %(name)s does not fit: %(why)s", name=one.name, why=retell(one.why, MISFITS)))
            )
        elif one.word == "signature not verified":
            # For translators: a signature.
            lines.append(("", gettext("that of %(name)s was not verified for this page", name=one.name)))
    if typed and not lines:
        # For translators: no signature.
        lines.append(("", ngettext("none: the name is only typed", "none: the names are only typed", len(typed))))
    elif typed:
        # For translators: no signature.
        lines.append(("", gettext("none by %(names)s: only typed", names=join_words(typed, style="or"))))
    stamps = [
        gettext("%(time)s: the check by %(name)s existed then", time=format_time(one.stamped), name=one.name)
        for one in standings
        if one.stamped
    ]
    # For translators: a time stamp; %(why)s is a clause, "does not fit: ...".
    stamps += [
        gettext("that of the check by %(name)s %(why)s", name=one.name, why=_tell_stamp(one.stamp))
        for one in standings
        if one.stamp
    ]
    keys = [(one.name, one.key) for one in signed]
    return {"checkers": describe_readers(readers), "signed": lines, "stamps": stamps, "keys": keys}


def _tell_signed(names: Sequence[str], people: int) -> str:
    """Who signed a check, and whether several people did: one key counts once, whatever names it has."""
    joined = join_words(names)
    if people < 2:
        return gettext("signed by %(names)s", names=joined)
    return ngettext(
        "signed by %(names)s: checked by %(spelt)s person, each with a key of their own",
        "signed by %(names)s: checked by %(spelt)s people, each with a key of their own",
        people,
        names=joined,
        spelt=spell_number(people),
    )


def _tell_stamp(told: str) -> str:
    """What a time stamp that proves nothing is: its state, and why."""
    state, _, why = told.partition(": ")
    return name_value(retell(state, STAMPS), retell(why, MISFITS))


def format_time(stamped: str) -> str:
    """``30 November 2026, 14:03 UTC``."""
    return gettext("%(date)s, %(time)s UTC", date=format_date(stamped[:10]), time=stamped[11:16])


def _turns(context: Context, source: Source, lock: Lock, entry: LockedQuote) -> Sequence[TurnView]:
    known = context.briefing.statement
    return [
        TurnView(
            describe_turn(turn, entry),
            in_language(turn.word, source.lang),
            [
                Link(known[name].quote, context.receipt_address(source.id, name))
                for name in list_hearing(lock, entry, turn)
                if name in known
            ],
        )
        for turn in (lock.context or {}).get(entry.statement, ())
    ]


@once
def _stronger(context: Context) -> Mapping[str, str]:
    """By statement, how its claim is stronger than all its quotations."""
    return {
        statement.id: gettext(
            "the claim says %(claim)s, its quotations %(quoted)s",
            claim=quote_words([how.claim], context.language),
            quoted=quote_words([how.quoted], lang),
        )
        if how.claim
        else gettext("the claim leaves out %(quoted)s", quoted=quote_words([how.quoted], lang))
        for _, how, statements in find_surer(context.briefing, context.vocabulary)
        for lang in [context.briefing.source[statements[0].source].lang]
        for statement in statements
    }


def _place(context: Context, source: Source, lock: Lock, entry: LockedQuote) -> Place:
    begins, around = _paragraphs(context, source)
    block, first, last = entry.block, entry.words[0][0], entry.words[-1][1]
    if last > first:
        words = gettext("words %(first)s to %(last)s", first=format_number(first), last=format_number(last))
    else:
        words = gettext("word %(number)s", number=format_number(first))
    return Place(
        text=gettext(
            # For translators: %(words)s is "words 5 to 9".
            "Paragraph %(paragraph)s of %(paragraphs)s, %(words)s of %(length)s: %(share)s into the article",
            paragraph=format_number(block),
            paragraphs=format_number(lock.blocks),
            words=words,
            length=format_number(lock.words),
            share=format_whole_percent(100 * (first - 1) // lock.words),
        ),
        href=paragraph_address(context, source, block),
        paragraph=((begins[block - 1] + 1, begins[block] - begins[block - 1]),) if begins else (),
        runs=tuple((begin, end - begin + 1) for begin, end in entry.words),
        around=around.get(block, ()),
    )


@once
def _paragraphs(context: Context, source: Source) -> tuple[Sequence[int], Mapping[int, Sequence[tuple[str, str]]]]:
    """How many words stand before each paragraph of a source, and in all, if its lock knows; by paragraph, our gists of
    it and of its two neighbours."""
    lock = context.briefing.locks.get(source.id)
    begins = list(accumulate(lock.telling.words, initial=0)) if lock and lock.telling else []
    around: dict[int, list[tuple[str, str]]] = {}
    for gist in list_gists(source):
        label = f"\u00b6\u00a0{format_range(gist.first, gist.last)}"
        for number in range(gist.first - 1, gist.last + 2) if gist.text else ():
            around.setdefault(number, []).append((label, gist.text))
    return begins, around


def text_fragment(url: str, words: str, *, cut: bool = False) -> str:
    """The URL that opens a page at some words of it: all of them if they are few, else their beginning and end.

    ``cut`` says that something is left out of the words ("[...]").
    """
    ends = [piece.split() for piece in (split_at_cuts(words) if cut else [words])]
    if cut or len(ends[0]) > 2 * FRAGMENT_WORDS:
        ends = [ends[0][:FRAGMENT_WORDS], ends[-1][-FRAGMENT_WORDS:]]
    # a hyphen or comma would be read as part of the directive's own syntax
    directive = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"
