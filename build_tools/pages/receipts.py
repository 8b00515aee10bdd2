"""The page Receipts of a source: everything known about each of its quotations."""

from __future__ import annotations

import json
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from build_tools.compare.statements import statements_in
from build_tools.model.records import Source, Statement
from build_tools.pages.briefing import Page, Said
from build_tools.text import match

FRAGMENT_WORDS = 5  # of a long quotation, so many words at each end name it
CONTEXT = 160  # characters on each side, only where the text may be shown in full


class Receipt(NamedTuple):
    """Everything that is known of one quotation."""

    id: str
    said: Said
    marks: str
    inside: str
    beside: str
    excused: str
    sha256: str
    command: str
    selector: str
    fragment: str
    before: str
    after: str
    utterance: Markup | None


def receipts(page: Page, source: Source) -> tuple[Receipt, ...]:
    """A receipt for every statement of a source, in the order of the text."""
    mine = sorted(statements_in(page.briefing, source.id), key=lambda pair: _place(page, pair[1]))
    return tuple(_receipt(page, source, page.said(claim, statement), statement) for claim, statement in mine)


def _place(page: Page, statement: Statement) -> tuple[int, str]:
    entry = page.briefing.locked(statement)
    return (entry.words[0][0] if entry else 0, statement.id)


def _receipt(page: Page, source: Source, said: Said, statement: Statement) -> Receipt:
    entry, lock = page.briefing.locked(statement), page.briefing.locks.get(source.id)
    before = after = ""
    text = page.briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None:
        before, after = text.around(entry.words[0][0], entry.words[-1][1], CONTEXT, statement.quote)
    selector = {"type": "TextQuoteSelector", "exact": statement.quote}
    if before or after:
        selector |= {"prefix": before[-32:], "suffix": after[:32]}
    hedges = page.words.markers_of(source.lang).hedges
    marks = "not checked" if entry is None else "inside" if entry.marks else "outside"
    return Receipt(
        id=f"r-{statement.id}",
        said=said,
        marks=marks,
        inside=", ".join(f"\u201c{word}\u201d" for word in match.occurring(statement.quote, hedges)),
        excused=statement.allow.get("left-out", ""),
        beside=", ".join(f"\u201c{word}\u201d" for word in entry.beside) if entry else "",
        sha256=lock.sha256 if lock else "",
        command=f"python -m build_tools check {page.briefing.slug} --source {source.id} --against FILE",
        selector=json.dumps(selector, ensure_ascii=False),
        fragment=text_fragment(source.url, statement.quote, cut=statement.cut) if source.url else "",
        before=before,
        after=after,
        utterance=page.to("wordings/", f"u-{statement.utterance}") if statement.utterance else None,
    )


def text_fragment(url: str, words: str, *, cut: bool = False) -> str:
    """The address that opens a page at some words of it: whole where they are few, else their beginning and end."""
    tokens = words.split()
    if cut:
        pieces = match.parts(words)
        parts = [" ".join(pieces[0].split()[:FRAGMENT_WORDS]), " ".join(pieces[-1].split()[-FRAGMENT_WORDS:])]
    elif len(tokens) > 2 * FRAGMENT_WORDS:
        parts = [" ".join(tokens[:FRAGMENT_WORDS]), " ".join(tokens[-FRAGMENT_WORDS:])]
    else:
        parts = [" ".join(tokens)]
    # a hyphen or comma would be read as part of the directive's own syntax
    directive = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"
