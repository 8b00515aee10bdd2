"""What a reader follows to the words themselves: receipts, wordings, figures, the timeline, what hangs on a source.

Views as in views.py, and pure as they are. Text fragments: WICG "URL Fragment Text Directives"; selectors: W3C Web
Annotation Data Model, TextQuoteSelector; dates: EDTF.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from build_tools.compare import verdicts
from build_tools.model.records import Claim, Event, Figure, Source, Statement
from build_tools.model.values import UNKNOWN
from build_tools.pages import pictures
from build_tools.pages.briefing import ClaimView, Link, Page, Said, day, once, plural, when
from build_tools.text import match

FRAGMENT_WORDS = 5  # of a long quotation, so many words at each end name it
CONTEXT = 160  # characters on each side, only where the text may be shown in full
DEPTH = 4  # of what is dated by what: deeper threads go on at this level, or a phone would not hold them
#: How an event is dated, by how a picture draws it: the emptier, the less is known.
DATING = {
    "solid": "by the day",
    "hatch": "by a month, a year or a limit",
    "dots": "by something else",
    "hollow": "not at all",
}
EXACT = {"solid": "one number", "hatch": "a range, or “nearly” and the like", "hollow": "in words only"}
#: Whose words, by how a picture draws them: the emptier, the less a reader can go and ask.
VOICES = {"solid": "in its own voice", "hatch": "by named speakers", "hollow": "by unnamed speakers"}


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


class Piece(NamedTuple):
    """A stretch of one wording: the same as in the fullest, or how it differs."""

    kind: str
    text: str


class Wording(NamedTuple):
    """One report of an utterance, against the fullest."""

    said: Said
    pieces: tuple[Piece, ...]
    summary: str


class Utterance(NamedTuple):
    """One spoken sentence with all its wordings."""

    id: str
    speaker: Link
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar: its label and number, how it is drawn, where it begins and how wide it is."""

    label: str
    count: int
    look: str
    x: str
    width: str
    href: Markup | None = None


class Point(NamedTuple):
    """A figure on its scale with those who give it; no mark where its value cannot be read as a number."""

    label: str
    givers: tuple[tuple[str, str], ...]
    mark: pictures.Mark | None


class FigureView(NamedTuple):
    """One figure with those who give it."""

    id: str
    value: str
    as_of: str
    words: str
    note: str
    said: tuple[Said, ...]


class Measure(NamedTuple):
    """All figures for one thing that is measured."""

    title: str
    id: str
    figures: tuple[FigureView, ...]
    range: str
    points: tuple[Point, ...]
    scale: pictures.Scale | None


class Happening(NamedTuple):
    """An event on the timeline."""

    id: str
    what: str
    when: str
    words: str
    anchor: Link | None
    told: tuple[tuple[Link, Markup, str], ...]
    look: str
    mark: pictures.Mark | None


class Knot(NamedTuple):
    """An event that is dated by something else, and what is dated by it; ``apart`` where it does not hang on what
    dates it, since that lies too deep."""

    event: Happening
    apart: bool
    then: tuple[Knot, ...]


class Thread(NamedTuple):
    """What dates other events: an undated or dated event, a publication, or nothing but words; and what hangs on it."""

    link: Link | None
    look: str
    then: tuple[Knot, ...]


class Timeline(NamedTuple):
    """When it happened, by how it is dated; and when it was reported."""

    dated: tuple[Happening, ...]
    relative: tuple[Happening, ...]
    undated: tuple[Happening, ...]
    reported: tuple[tuple[str, tuple[Link, ...], pictures.Mark | None], ...]
    threads: tuple[Thread, ...]
    parts: tuple[Part, ...]
    scale: pictures.Scale | None


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


class Voices(NamedTuple):
    """How many of a source's statements are whose."""

    source: Link
    parts: tuple[Part, ...]
    counts: tuple[int, ...]


def text_map(page: Page, source: Source) -> TextMap | None:
    """The map of a source's text, as far as its lock knows it: where quotations stand in it, word by word, and in
    which paragraphs. None where nothing is located. How long each paragraph is no lock says, so no map does."""
    lock = page.briefing.locks.get(source.id)
    mine = page.briefing.carried.get(source.id, ())
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
        look = max((_look(page, statement) for _, statement in whose), key=list(VOICES).index)
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


def _look(page: Page, statement: Statement) -> str:
    """How a picture draws a statement, by whose it is."""
    return "solid" if statement.speaker is None else "hollow" if statement.speaker in page.briefing.unnamed else "hatch"


def voices(page: Page) -> tuple[Voices, ...]:
    """Whose statements each source carries, on one scale for all of them."""
    tallies = [
        [sum(_look(page, s) == look for _, s in page.briefing.carried.get(source.id, ())) for look in VOICES]
        for source in page.briefing.sources
    ]
    whole = max(map(sum, tallies), default=0)
    return tuple(
        Voices(
            page.source_link(source), _stacked(zip(VOICES.values(), VOICES, tally, strict=True), whole), tuple(tally)
        )
        for source, tally in zip(page.briefing.sources, tallies, strict=True)
    )


def _stacked(counted: Iterable[tuple[str, str, int]], whole: int = 0) -> tuple[Part, ...]:
    """The parts of a stacked bar from label, look and number; those without any are left out."""
    found = [(label, look, count) for label, look, count in counted if count]
    counts = [count for _, _, count in found]
    places = pictures.stack(counts, max(whole, sum(counts)))
    return tuple(Part(label, count, look, *at) for (label, look, count), at in zip(found, places, strict=True))


def receipts(page: Page, source: Source) -> tuple[Receipt, ...]:
    """A receipt for every statement of a source, in the order of the text."""
    mine = sorted(page.briefing.carried.get(source.id, ()), key=lambda pair: _place(page, pair[1]))
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


def wordings(page: Page) -> tuple[Utterance, ...]:
    """Every utterance that several statements report, its wordings word by word against the fullest."""
    groups: dict[str, list[Said]] = {}
    for claim, statement in page.briefing.statements:
        if statement.utterance and statement.source in page.briefing.source:
            groups.setdefault(statement.utterance, []).append(page.said(claim, statement))
    out = []
    for name, found in groups.items():
        full = max(found, key=lambda said: len(match.fold(said.quote).split()))
        ordered = [full, *(said for said in found if said is not full)]
        speaker = full.voice or Link(full.holder, full.holder_href or page.to("speakers/"))
        out.append(Utterance(f"u-{name}", speaker, tuple(
            Wording(said, *_aligned(full.quote, said.quote, first=said is full)) for said in ordered
        )))  # fmt: skip
    return tuple(out)


def _aligned(full: str, other: str, *, first: bool) -> tuple[tuple[Piece, ...], str]:
    """One wording in pieces against the fullest, and the differences in words."""
    theirs, mine = full.split(), other.split()
    if first:
        return (Piece("same", full),), "the fullest wording"
    left, right = [_bare(word) for word in theirs], [_bare(word) for word in mine]
    pieces, summary = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, here = " ".join(theirs[a:b]), " ".join(mine[c:d])
        if kind == "equal":
            pieces.append(Piece("same", here))
            continue
        if gone:
            pieces.append(Piece("gone", gone))
        if here:
            pieces.append(Piece("bracket" if "[" in here else "ellipsis" if "..." in match.fold(here) else "new", here))
        if kind == "delete":
            where = "at its beginning" if a == 0 else "at its end" if b == len(theirs) else "inside"
            summary.append(f"cut {where}: \u201c{gone}\u201d")
        elif kind == "insert":
            summary.append(f"added: \u201c{here}\u201d")
        else:
            summary.append(f"\u201c{here}\u201d instead of \u201c{gone}\u201d")
    return tuple(pieces), "; ".join(summary) or "the same words"


def _bare(word: str) -> str:
    """A word as wordings are compared: without case and the marks around it, so that only words differ."""
    folded = match.fold(word).casefold()
    return folded.strip("\"'.,;:!?()") or folded


def figures(page: Page) -> tuple[Measure, ...]:
    """The figures of a briefing by what they measure: range, who gives which, a scale where there is a difference."""
    groups: dict[str, list[Figure]] = {}
    for figure in page.briefing.figures:
        groups.setdefault(figure.measures, []).append(figure)
    return tuple(_measure(page, title, found) for title, found in groups.items())


def exactness(page: Page) -> tuple[Part, ...]:
    """How exact the figures of a briefing are, as the parts of a bar."""
    tally = Counter(_exact(figure) for figure in page.briefing.figures)
    return _stacked((label, look, tally[look]) for look, label in EXACT.items())


def _exact(figure: Figure) -> str:
    """How a picture draws a figure, by how exact it is."""
    found = match.numbers(figure.value)
    return "hollow" if not found else "hatch" if figure.qualifier or len(found) > 1 else "solid"


def _measure(page: Page, title: str, found: Sequence[Figure]) -> Measure:
    views = tuple(_figure(page, figure) for figure in found)
    spans = [pictures.value(figure.value) for figure in found]
    known = [span for span in spans if span]
    units = {figure.unit for figure in found}
    scale, points, shown = None, [], ""
    if len(units) == 1 and len(set(known)) > 1:
        low, high = min(a for a, _ in known), max(b for _, b in known)
        scale = pictures.number_scale(low, high)
        shown = f"from {_number(low)} to {_number(high)} {next(iter(units)) or ''}".strip()
        # the smallest first; what cannot be drawn comes last
        order = sorted(range(len(found)), key=lambda n: (spans[n] is None, spans[n] or (0, 0)))
        points = [Point(views[n].value, _givers(views[n]), _drawn(page, scale, found[n], spans[n])) for n in order]
    return Measure(title, f"m-{found[0].id}", views, shown, tuple(points), scale)


def _drawn(page: Page, scale: pictures.Scale, figure: Figure, span: tuple[float, float] | None) -> pictures.Mark | None:
    """A figure on its scale: open upwards for "more than" and its like, downwards for "less than"."""
    if span is None:
        return None
    said = (figure.qualifier or "").casefold()
    before, after = (any(said == word for word in page.words.get("limits", end).called) for end in ("less", "more"))
    return pictures.mark(scale, *span, _exact(figure), before=before, after=after)


def _givers(view: FigureView) -> tuple[tuple[str, str], ...]:
    """Who gives a figure: each holder, and the source that carries it where it is another."""
    return tuple(dict.fromkeys((said.holder, "" if said.own_voice else said.source.text) for said in view.said))


def _figure(page: Page, figure: Figure) -> FigureView:
    return FigureView(
        id=figure.id,
        value=_value(figure),
        as_of=day(figure.as_of) if figure.as_of else "",
        words=figure.words or "",
        note=figure.note or "",
        said=tuple(page.said(claim, statement) for claim, statement in _bound(page, figure)),
    )


def _value(figure: Figure) -> str:
    qualifier = figure.qualifier if figure.qualifier != "range" else ""
    return " ".join(filter(None, [qualifier, figure.value, figure.unit]))


def _bound(page: Page, item: Figure | Event) -> list[tuple[Claim, Statement]]:
    """The statements that a figure or event is bound to, with their claims."""
    return [(c, s) for c, s in page.briefing.statements if s.id in item.statements and s.source in page.briefing.source]


def _number(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def timeline(page: Page) -> Timeline:
    """When it happened, apart from when it was reported. No date is made: what is relative stays so."""
    found = {look: [e for e in _in_order(page.briefing.events) if _dating(e) == look] for look in DATING}
    dated = [*found["solid"], *found["hatch"]]
    # by the earliest day it may mean; what has none, by its latest
    days = [(span, event) for event in dated if (span := pictures.span(event.when))]
    days.sort(key=lambda pair: (pair[0].first or pair[0].last or 0, pair[0].last or 0))
    published = [span for source in page.briefing.sources if (span := pictures.span(source.published))]
    # a limit alone places nothing: no scale is drawn for it
    placed = any(span.first and span.last for span, _ in days)
    scale = pictures.day_scale([*(span for span, _ in days), *published]) if placed else None
    reported: dict[str, list[Source]] = {}
    for source in sorted(page.briefing.sources, key=lambda s: (s.published == UNKNOWN, s.published)):
        reported.setdefault(source.published, []).append(source)
    made = {event.id: _happening(page, event, scale) for event in page.briefing.events}
    return Timeline(
        dated=tuple(made[event.id] for _, event in days),
        relative=tuple(made[event.id] for event in found["dots"]),
        undated=tuple(made[event.id] for event in found["hollow"]),
        reported=tuple(
            (
                day(date) if date != UNKNOWN else "No date stated",
                tuple(page.source_link(source) for source in sources),
                _placed(scale, date),
            )
            for date, sources in reported.items()
        ),
        threads=tuple(_threads(page, found["dots"], made)),
        parts=_stacked((label, look, len(found[look])) for look, label in DATING.items()),
        scale=scale,
    )


def _dating(event: Event) -> str:
    """How a picture draws an event, by how it is dated; a day without a year or an impossible interval is no date."""
    if span := pictures.span(event.when):
        return "solid" if span.exact else "hatch"
    return "dots" if event.anchor or event.words or event.when != UNKNOWN else "hollow"


def _placed(scale: pictures.Scale | None, date: str) -> pictures.Mark | None:
    found = pictures.span(date)
    return pictures.on_days(scale, found) if scale and found else None


def _threads(page: Page, relative: Sequence[Event], made: dict[str, Happening]) -> Iterator[Thread]:
    """What is dated by something else, hung on what dates it. In: the events in order, each after its anchor."""
    above: dict[str, str] = {}
    depth: dict[str, int] = {}
    below: dict[str, list[Event]] = {}
    roots: dict[str, list[Event]] = {}
    for event in relative:
        over = event.anchor or ""
        if over in depth:
            above[event.id] = over = over if depth[over] < DEPTH else above[over]
            below.setdefault(over, []).append(event)
        else:  # what dates it is no such event, or comes later and closes a circle, which is cut here
            roots.setdefault(over, []).append(event)
        depth[event.id] = depth.get(over, 0) + 1

    def knot(event: Event) -> Knot:
        apart = event.id in above and above[event.id] != event.anchor
        return Knot(made[event.id], apart, tuple(map(knot, below.get(event.id, ()))))

    for anchor, events in roots.items():
        link, other = made[events[0].id].anchor, made.get(anchor)
        look = other.look if other else "square" if link else ""
        yield Thread(link, look, tuple(map(knot, events)))


def _in_order(events: Sequence[Event]) -> Iterator[Event]:
    """Events as typed, but each after the event it is dated by (a circle is cut where it began)."""
    by_id = {event.id: event for event in events}
    done: set[str] = set()
    for event in events:
        chain = []
        while event.id not in done:
            done.add(event.id)
            chain.append(event)
            event = by_id.get(event.anchor or "", event)
        yield from reversed(chain)


def _happening(page: Page, event: Event, scale: pictures.Scale | None) -> Happening:
    other = next((e for e in page.briefing.events if e.id == event.anchor), None)
    told: list[tuple[Link, Markup, str]] = []
    seen: set[str] = set()
    for claim, statement in _bound(page, event):
        source = page.briefing.source[statement.source]
        if source.id not in seen:
            seen.add(source.id)
            told.append((page.source_link(source), page.said(claim, statement).href, when(source)))
    return Happening(
        id=f"e-{event.id}",
        what=event.what,
        when=day(event.when) if event.when != UNKNOWN else "",
        words=event.words or "",
        anchor=Link(other.what.rstrip("."), page.to("timeline/", f"e-{other.id}"))
        if other
        else page.publication(event.anchor),
        told=tuple(told),
        look=_dating(event),
        mark=_placed(scale, event.when),
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
