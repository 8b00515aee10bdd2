"""What a reader follows to the words themselves: receipts, wordings, figures, the timeline, what hangs on a source.

Views as in views.py, and pure as they are. Text fragments: WICG "URL Fragment Text Directives"; selectors: W3C Web
Annotation Data Model, TextQuoteSelector; dates: EDTF.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from build_tools import compare, match
from build_tools.model import UNKNOWN, Claim, Event, Figure, Source, Statement
from build_tools.views import ClaimView, Link, Page, Said, day, plural, when

FRAGMENT_WORDS = 5  # of a long quotation, so many words at each end name it
CONTEXT = 160  # characters on each side, only where the text may be shown in full
SCALE = 600  # width of a figure's scale, in the units of its picture


@dataclass(frozen=True)
class Receipt:
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


@dataclass(frozen=True)
class Piece:
    """A stretch of one wording: the same as in the fullest, or how it differs."""

    kind: str
    text: str


@dataclass(frozen=True)
class Wording:
    """One report of an utterance, against the fullest."""

    said: Said
    pieces: tuple[Piece, ...]
    summary: str


@dataclass(frozen=True)
class Utterance:
    """One spoken sentence with all its wordings."""

    id: str
    speaker: Link
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Point:
    """A figure on its scale: where it begins and how far it reaches, in the picture's units."""

    x: int
    width: int
    y: int
    label: str


@dataclass(frozen=True)
class FigureView:
    """One figure with those who give it."""

    id: str
    value: str
    as_of: str
    words: str
    note: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Measure:
    """All figures for one thing that is measured."""

    title: str
    id: str
    figures: tuple[FigureView, ...]
    range: str
    points: tuple[Point, ...]
    height: int


@dataclass(frozen=True)
class Happening:
    """An event on the timeline."""

    id: str
    what: str
    when: str
    words: str
    anchor: Link | None
    told: tuple[tuple[Link, Markup, str], ...]


@dataclass(frozen=True)
class Timeline:
    """When it happened, by how it is dated; and when it was reported."""

    dated: tuple[Happening, ...]
    relative: tuple[Happening, ...]
    undated: tuple[Happening, ...]
    reported: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class Hanging:
    """What hangs on one source."""

    lost: tuple[ClaimView, ...]
    changed: tuple[tuple[ClaimView, str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A paragraph of a source on its map: number, kind, what quotes it, and where the first of its receipts is."""

    number: int
    title: str
    css: str
    href: Markup | None


def paragraph_map(page: Page, source: Source) -> tuple[Cell, ...]:
    """One cell for each paragraph of a source, as far as its lock says how many there are."""
    found = page.briefing.locks.get(source.id)
    touched: dict[int, list[tuple[int, str]]] = {}
    for _, statement in page.briefing.statements:
        if statement.source == source.id and (entry := compare.locked(page.briefing, statement)):
            touched.setdefault(entry.block, []).append((entry.words[0][0], statement.id))
    cells = []
    for number in range(1, found.blocks + 1 if found else 1):
        kind, here = source.paragraphs.get(number, "body"), sorted(touched.get(number, ()))
        quoted = plural(len(here), "quotation") if here else "not quoted"
        css = "quoted" if here else "bare" if page.words.get("blocks", kind).counts else "aside"
        title = f"Paragraph {number}, {page.words.get('blocks', kind).label}: {quoted}"
        cells.append(Cell(number, title, css, page.to(f"receipts/{source.id}/", f"r-{here[0][1]}") if here else None))
    return tuple(cells)


def receipts(page: Page, source: Source) -> tuple[Receipt, ...]:
    """A receipt for every statement of a source, in the order of the text."""
    mine = [(c, s) for c, s in page.briefing.statements if s.source == source.id]
    mine.sort(key=lambda pair: _place(page, pair[1]))
    return tuple(_receipt(page, source, page.said(claim, statement), statement) for claim, statement in mine)


def _place(page: Page, statement: Statement) -> tuple[int, str]:
    entry = compare.locked(page.briefing, statement)
    return (entry.words[0][0] if entry else 0, statement.id)


def _receipt(page: Page, source: Source, said: Said, statement: Statement) -> Receipt:
    entry, lock = compare.locked(page.briefing, statement), page.briefing.locks.get(source.id)
    before = after = ""
    text = page.briefing.texts.get(source.id)
    if source.rights == "full" and text is not None and entry is not None:
        before, after = text.around(entry.words[0][0], entry.words[-1][1], CONTEXT)
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
        out.append(Utterance(f"u-{name}", Link(full.holder, full.holder_href or page.to("speakers/")), tuple(
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


def _measure(page: Page, title: str, found: Sequence[Figure]) -> Measure:
    spans = [bounds(figure.value) for figure in found]
    known = [span for span in spans if span]
    units = {figure.unit for figure in found}
    comparable = len(known) == len(found) > 1 and len(units) == 1 and len(set(known)) > 1
    low, high = (min(a for a, _ in known), max(b for _, b in known)) if known else (0.0, 0.0)
    points = []
    if comparable:
        for row, (figure, (a, b)) in enumerate(zip(found, known, strict=True)):
            x = round(20 + (SCALE - 240) * (a - low) / (high - low))
            width = round((SCALE - 240) * (b - a) / (high - low))
            points.append(Point(x, max(width, 8), 14 + 26 * row, f"{_value(figure)}: {_givers(page, figure)}"))
    unit = next(iter(units)) or ""
    return Measure(
        title=title,
        id=f"m-{found[0].id}",
        figures=tuple(_figure(page, figure) for figure in found),
        range=f"from {_number(low)} to {_number(high)} {unit}".strip() if comparable else "",
        points=tuple(points),
        height=26 * len(points) + 8,
    )


def _givers(page: Page, figure: Figure) -> str:
    names = [page.briefing.source[s.source].name for _, s in _bound(page, figure)]
    return ", ".join(dict.fromkeys(names))


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


def bounds(value: str) -> tuple[float, float] | None:
    """The lowest and highest number of a figure's value (``2-3`` is 2 and 3), None where it holds none."""
    found = sorted(float(n.replace(",", "")) for n in match.numbers(value))
    return (found[0], found[-1]) if found else None


def _number(value: float) -> str:
    return f"{value:g}"


def timeline(page: Page) -> Timeline:
    """When it happened, apart from when it was reported. No date is made: what is relative stays so."""
    groups: dict[str, list[Event]] = {"dated": [], "relative": [], "undated": []}
    for event in _in_order(page.briefing.events):
        dated = event.when != UNKNOWN and not event.when.startswith("XXXX")
        kind = "dated" if dated else "relative" if event.anchor or event.words or event.when != UNKNOWN else "undated"
        groups[kind].append(event)
    groups["dated"].sort(key=lambda event: event.when)
    reported: dict[str, list[Link]] = {}
    for source in sorted(page.briefing.sources, key=lambda s: (s.published == UNKNOWN, s.published)):
        shown = day(source.published) if source.published != UNKNOWN else "No date stated"
        reported.setdefault(shown, []).append(page.source_link(source))
    return Timeline(
        **{kind: tuple(_happening(page, event) for event in found) for kind, found in groups.items()},
        reported=tuple((shown, tuple(links)) for shown, links in reported.items()),
    )


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


def _happening(page: Page, event: Event) -> Happening:
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
    )


def hanging(page: Page, source: Source) -> Hanging:
    """Which claims lose all evidence, and which verdicts change, if a source is left out."""
    found = compare.dependence(page.briefing, source, page.words)
    label = {term.id: term.label for term in page.words.verdicts}
    return Hanging(
        lost=tuple(page.claim(claim) for claim in found.lost),
        changed=tuple((page.claim(claim), label[before], label[after]) for claim, before, after in found.changed),
    )
