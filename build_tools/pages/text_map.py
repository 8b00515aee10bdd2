"""The map of a source's text: where its quotations are, word by word, and in which paragraphs. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from build_tools.compare.statements import find_block_kind, list_statements_in
from build_tools.model.records import Claim, Source, Statement
from build_tools.model.site import Lock
from build_tools.pages import pictures
from build_tools.pages.context import Context
from build_tools.pages.statement import statement_view
from build_tools.pages.views import StatementView
from build_tools.text.english import plural

#: How a picture draws a statement, by who speaks: the emptier, the less a reader can go and ask.
VOICES = {"solid": "in its own voice", "hatch": "by named speakers", "hollow": "by unnamed speakers"}
Pair = tuple[Claim, Statement]


class Stretch(NamedTuple):
    """Words of a source that statements quote: how they are drawn, whether they count, where they lead."""

    look: str
    counts: bool
    title: str
    href: Markup
    pieces: tuple[pictures.Stroke, ...]


class Paragraph(NamedTuple):
    """A paragraph that is quoted, or is a headline or the like."""

    number: int
    kind: str
    statements: tuple[StatementView, ...]


class TextMap(NamedTuple):
    """A source's text as lines of words, its quoted stretches, and the same as a list.

    ``numbers`` has labels of paragraphs with their pixels from the top, ``looks`` what each drawn look means;
    ``half`` is True if something not counted is drawn low.
    """

    ribbon: pictures.Ribbon
    stretches: tuple[Stretch, ...]
    numbers: tuple[tuple[str, int], ...]
    paragraphs: tuple[Paragraph, ...]
    looks: tuple[tuple[str, str], ...]
    half: bool
    summary: str


def find_look(context: Context, statement: Statement) -> str:
    """How a picture draws a statement, by who speaks."""
    if statement.speaker is None:
        return "solid"
    return "hollow" if statement.speaker in context.briefing.unnamed else "hatch"


def text_map(context: Context, source: Source) -> TextMap | None:
    """The map of a source's text; None if its lock locates no quotation.

    No lock says how long each paragraph is, so no map shows it.
    """
    lock = context.briefing.locks.get(source.id)
    pairs = list_statements_in(context.briefing, source.id)
    spans = [
        (first, last, (claim, statement))
        for claim, statement in pairs
        if (entry := context.briefing.locked(statement))
        for first, last in entry.words
    ]
    if lock is None or not spans:
        return None
    overlaid = pictures.split_overlaps(spans)
    ribbon = pictures.make_ribbon(lock.words, [(first, last) for first, last, _ in overlaid])
    stretches = []
    numbers: dict[int, str] = {}  # pixels from the top to label
    seen: set[int] = set()
    for (first, last, quoting), pieces in zip(overlaid, ribbon.pieces, strict=True):
        stretch, paragraph = _stretch(context, first, last, quoting, pieces)
        stretches.append(stretch)
        if paragraph not in seen:
            numbers.setdefault(pieces[0].y, f"\u00b6 {paragraph}")
        seen.add(paragraph)
    drawn = {stretch.look for stretch in stretches}
    quoted = plural(len({statement.id for _, _, (_, statement) in spans}), "statement")
    return TextMap(
        ribbon=ribbon,
        stretches=tuple(stretches),
        numbers=tuple((label, y) for y, label in numbers.items()),
        paragraphs=tuple(_paragraphs(context, source, lock, pairs)),
        looks=tuple((look, label) for look, label in VOICES.items() if look in drawn),
        half=not all(stretch.counts for stretch in stretches),
        summary=f"{quoted} from {len(seen)} of its {plural(lock.blocks, 'paragraph')} ({lock.words} words)",
    )


def _stretch(
    context: Context, first: int, last: int, quoting: tuple[Pair, ...], pieces: tuple[pictures.Stroke, ...]
) -> tuple[Stretch, int]:
    """The words from ``first`` to ``last``, which all of ``quoting`` quote, and the number of their paragraph."""
    views = [statement_view(context, claim, statement) for claim, statement in quoting]
    kind = find_block_kind(context.briefing, quoting[0][1])
    holders = ", ".join(dict.fromkeys("the article itself" if view.own_voice else view.holder for view in views))
    title = f"Paragraph {views[0].paragraph}, words {first} to {last}, {holders}: {views[0].claim.text}"
    look = max((find_look(context, statement) for _, statement in quoting), key=list(VOICES).index)
    counts = context.vocabulary.get("blocks", kind).counts
    return Stretch(look, counts, title, views[0].href, pieces), views[0].paragraph


def _paragraphs(context: Context, source: Source, lock: Lock, pairs: Iterable[Pair]) -> list[Paragraph]:
    """The paragraphs of the list, in order."""
    by_number: dict[int, list[StatementView]] = {}
    for claim, statement in pairs:
        view = statement_view(context, claim, statement)
        by_number.setdefault(view.paragraph, []).append(view)
    paragraphs = []
    for number in range(1, lock.blocks + 1):
        kind = source.paragraphs.get(number, "body")
        statements = tuple(by_number.get(number, ()))
        if statements or kind != "body":
            paragraphs.append(Paragraph(number, context.vocabulary.get("blocks", kind).label, statements))
    return paragraphs
