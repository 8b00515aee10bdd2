"""The page Receipts of a source: everything known about each of its quotations. Pure.

Text fragments: WICG "URL Fragment Text Directives". Selectors: W3C Web Annotation Data Model, TextQuoteSelector.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from build_tools.compare.quotations import list_source_words
from build_tools.data import linked_data
from build_tools.model.records import Source
from build_tools.pages.context import Context
from build_tools.pages.page import Page, briefing_page
from build_tools.pages.source import source_view
from build_tools.pages.statement import StatementView, quote_words, source_statements
from build_tools.text.brackets import split_at_cuts
from build_tools.text.terms import find_terms

FRAGMENT_WORDS = 5  # words at each end that name a long quotation
CONTEXT = 160  # characters on each side, only where the text may be shown in full


class Receipt(NamedTuple):
    """Everything known about one quotation: ``inside`` and ``beside`` are hedges, ``before`` and ``after`` the text."""

    statement: StatementView
    inside: str
    beside: str
    excused: str
    selector: str
    fragment: str
    before: str
    after: str
    utterance: Markup | None


def pages(context: Context) -> Iterator[Page]:
    """The receipts of each source."""
    for source in context.briefing.sources:
        yield briefing_page(
            context, f"receipts/{source.id}/", "receipts", "Sources", f"Receipts: {source.name}",
            receipts=receipts(context, source), source=source_view(context, source),
            command=f"python -m build_tools check {context.briefing.slug} --source {source.id} --against FILE",
        )  # fmt: skip


def receipts(context: Context, source: Source) -> list[Receipt]:
    """A receipt for each statement of a source, in the order of the text."""
    places = ((v.entry.words[0][0] if v.entry else 0, v.record.id, v) for v in source_statements(context, source))
    return [_receipt(context, source, view) for _, _, view in sorted(places, key=lambda place: place[:2])]


def _receipt(context: Context, source: Source, view: StatementView) -> Receipt:
    statement, entry = view.record, view.entry
    before = after = ""
    words = " ... ".join(list_source_words(context.briefing, statement))
    text = context.briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None:
        before, after = text.context(entry.words[0][0], entry.words[-1][1], CONTEXT, words)
    selectors = linked_data.select_quotation(context.briefing, source, statement)
    hedges = context.vocabulary.markers_of(source.lang).hedges
    return Receipt(
        statement=view,
        inside=quote_words(find_terms(words, hedges)),
        beside=quote_words(entry.beside) if entry else "",
        excused=statement.allow.get("left-out", ""),
        selector=json.dumps(selectors if len(selectors) > 1 else selectors[0], ensure_ascii=False),
        fragment=text_fragment(source.url, words, cut=statement.cut) if source.url else "",
        before=before,
        after=after,
        utterance=context.address("wordings/", f"u-{statement.utterance}") if statement.utterance else None,
    )


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
