"""The page of one source: a map of what is quoted, and what depends on the source."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from build_tools.compare import verdicts
from build_tools.compare.statements import statements_in
from build_tools.model.records import Source
from build_tools.pages import pictures
from build_tools.pages.briefing import ClaimView, Page, Said, once, plural
from build_tools.pages.sources import VOICES, look_of


class Hanging(NamedTuple):
    """What hangs on one source."""

    lost: tuple[ClaimView, ...]
    changed: tuple[tuple[ClaimView, str, str], ...]


class Stretch(NamedTuple):
    """Words of a source that statements quote, on its map: whose, where they stand, where they lead."""

    look: str
    counts: bool
    title: str
    href: Markup
    pieces: tuple[pictures.Stroke, ...]


class Paragraph(NamedTuple):
    """A paragraph that is quoted or is no body text."""

    number: int
    kind: str
    said: tuple[Said, ...]


class TextMap(NamedTuple):
    """A source's text as lines of words, what is quoted of it, and the same as a list."""

    ribbon: pictures.Ribbon
    stretches: tuple[Stretch, ...]
    numbers: tuple[tuple[str, int], ...]
    paragraphs: tuple[Paragraph, ...]
    looks: tuple[tuple[str, str], ...]
    half: bool
    summary: str


def text_map(page: Page, source: Source) -> TextMap | None:
    """The map of a source's text, as far as its lock knows it: where quotations stand in it, word by word, and in
    which paragraphs. None where nothing is located. How long each paragraph is no lock says, so no map does."""
    lock = page.briefing.locks.get(source.id)
    mine = statements_in(page.briefing, source.id)
    spans = [
        (first, last, (claim, statement))
        for claim, statement in mine
        if (entry := page.briefing.locked(statement))
        for first, last in entry.words
    ]
    if lock is None or not spans:
        return None
    laid = pictures.overlaid(spans)
    ribbon = pictures.ribbon(lock.words, [(first, last) for first, last, _ in laid])
    stretches = []
    numbers: dict[int, str] = {}
    seen: set[int] = set()
    for (first, last, whose), pieces in zip(laid, ribbon.pieces, strict=True):
        said = [page.said(claim, statement) for claim, statement in whose]
        kind = verdicts.block_kind(page.briefing, whose[0][1])
        held = ", ".join(dict.fromkeys("the article itself" if one.own_voice else one.holder for one in said))
        title = f"Paragraph {said[0].paragraph}, words {first} to {last}, {held}: {said[0].claim.text}"
        look = max((look_of(page, statement) for _, statement in whose), key=list(VOICES).index)
        counts = page.words.get("blocks", kind).counts
        stretches.append(Stretch(look, counts, title, said[0].href, pieces))
        if said[0].paragraph not in seen:
            numbers.setdefault(pieces[0].y, f"\u00b6 {said[0].paragraph}")
        seen.add(said[0].paragraph)
    paragraphs = []
    by: dict[int, list[Said]] = {}
    for claim, statement in mine:
        one = page.said(claim, statement)
        by.setdefault(one.paragraph, []).append(one)
    for number in range(1, lock.blocks + 1):
        kind = source.paragraphs.get(number, "body")
        here = tuple(by.get(number, ()))
        if here or kind != "body":
            paragraphs.append(Paragraph(number, page.words.get("blocks", kind).label, here))
    drawn = {stretch.look for stretch in stretches}
    return TextMap(
        ribbon=ribbon,
        stretches=tuple(stretches),
        numbers=tuple((label, y) for y, label in numbers.items()),
        paragraphs=tuple(paragraphs),
        looks=tuple((look, label) for look, label in VOICES.items() if look in drawn),
        half=not all(stretch.counts for stretch in stretches),
        summary=f"{plural(len({s.id for _, _, (_, s) in spans}), 'statement')} from {len(seen)} of its "
        f"{plural(lock.blocks, 'paragraph')} ({lock.words} words)",
    )


@once
def _dependence(page: Page) -> dict[str, verdicts.Dependence]:
    """Source id to what hangs on it."""
    return verdicts.dependence(page.briefing, page.words)


def hanging(page: Page, source: Source) -> Hanging:
    """Which claims lose all evidence, and which verdicts change, if a source is left out."""
    found = _dependence(page)[source.id]
    label = {term.id: term.label for term in page.words.verdicts}
    return Hanging(
        lost=tuple(page.claim(claim) for claim in found.lost),
        changed=tuple((page.claim(claim), label[before], label[after]) for claim, before, after in found.changed),
    )
