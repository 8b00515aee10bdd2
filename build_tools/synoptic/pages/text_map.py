"""The map of a source's text: where its quotations are, word by word, and in which paragraphs. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from synoptic.compare.statements import find_block_kind
from synoptic.model.lock import Lock
from synoptic.model.records import Source
from synoptic.pages import pictures
from synoptic.pages.context import Context
from synoptic.pages.statement import StatementView, source_statements
from synoptic.text.language import add_remark, format_number, gettext, gettext_noop, join_list, name_value, ngettext

#: How a picture draws a statement, by who speaks: the emptier, the less a reader can go and ask.
VOICES = {
    "solid": gettext_noop("in its own voice"),
    "hatch": gettext_noop("by named speakers"),
    "hollow": gettext_noop("by unnamed or unseen sources"),
}
#: The same with speech that the article imagines, which counts for nobody.
LOOKS = {**VOICES, "dots": gettext_noop("imagined by the article")}


class Stretch(NamedTuple):
    """Words of a source that statements quote: how they are drawn, whether they count, where they lead."""

    look: str
    counts: bool
    title: str
    href: Markup
    pieces: tuple[pictures.Stroke, ...]


class TextMap(NamedTuple):
    """A source's text as lines of words, and its quoted stretches.

    ``numbers`` has labels of paragraphs with their pixels from the top, ``looks`` what each drawn look means;
    ``half`` is True if something not counted is drawn low; ``line`` says how long a line is.
    """

    ribbon: pictures.Ribbon
    stretches: list[Stretch]
    numbers: list[tuple[str, int]]
    looks: list[tuple[str, str]]
    half: bool
    summary: str
    line: str


def find_look(view: StatementView) -> str:
    """How a picture draws a statement, by who speaks."""
    if view.sign.id != view.stance.id:
        return "dots"
    return "solid" if view.own_voice else "hollow" if view.unnamed else "hatch"


def text_map(context: Context, source: Source) -> TextMap | None:
    """The map of a source's text; None if its lock locates no quotation.

    A lock that knows how long each paragraph is gives the places where they begin; an older one only the first mark in
    each.
    """
    lock = context.briefing.locks.get(source.id)
    views = source_statements(context, source)
    spans = [(first, last, view) for view in views if view.entry for first, last in view.entry.words]
    if lock is None or not spans:
        return None
    overlaid = pictures.split_overlaps(spans)
    lengths = lock.telling.words if lock.telling else ()
    ribbon = pictures.make_ribbon(lock.words, [(first, last) for first, last, _ in overlaid], lengths)
    stretches = []
    numbers: dict[int, str] = {}  # pixels from the top to label
    seen: set[int] = set()
    for (first, last, quoting), pieces in zip(overlaid, ribbon.pieces, strict=True):
        paragraph = quoting[0].entry.block if quoting[0].entry else 0
        stretches.append(_stretch(context, _describe_place(paragraph, first, last), quoting, pieces))
        if paragraph not in seen and not lengths:
            numbers.setdefault(pieces[0].y, f"\u00b6 {paragraph}")
        seen.add(paragraph)
    for paragraph, (_, y) in enumerate(ribbon.starts, 1):
        numbers.setdefault(y, f"\u00b6 {paragraph}")
    drawn = {stretch.look for stretch in stretches}
    return TextMap(
        ribbon=ribbon,
        stretches=stretches,
        numbers=[(label, y) for y, label in numbers.items()],
        looks=[(look, gettext(label)) for look, label in LOOKS.items() if look in drawn],
        half=not all(stretch.counts for stretch in stretches),
        summary=_summarize(len({view.record.id for _, _, view in spans}), len(seen), lock),
        line=ngettext("%(num)s word", "%(num)s words", ribbon.line),
    )


def _describe_place(paragraph: int, first: int, last: int) -> str:
    return gettext(
        "Paragraph %(paragraph)s, words %(first)s to %(last)s",
        paragraph=format_number(paragraph),
        first=format_number(first),
        last=format_number(last),
    )


def _summarize(statements: int, paragraphs: int, lock: Lock) -> str:
    """How much of a text is quoted."""
    return gettext(
        # For translators: "3 statements" from 2 of its "9 paragraphs" ("860 words").
        "%(statements)s from %(quoted)s of its %(paragraphs)s (%(words)s)",
        statements=ngettext("%(num)s statement", "%(num)s statements", statements),
        quoted=format_number(paragraphs),
        paragraphs=ngettext("%(num)s paragraph", "%(num)s paragraphs", lock.blocks),
        words=ngettext("%(num)s word", "%(num)s words", lock.words),
    )


def _stretch(
    context: Context, where: str, quoting: Sequence[StatementView], pieces: tuple[pictures.Stroke, ...]
) -> Stretch:
    """Some words, which all of ``quoting`` quote."""
    first = quoting[0]
    kind = find_block_kind(context.briefing, first.record)
    names = [(gettext("the article itself") if view.own_voice else view.holder, view.sign.label) for view in quoting]
    holders = join_list(dict.fromkeys(add_remark(*pair) for pair in names))
    look = max(map(find_look, quoting), key=list(LOOKS).index)
    counts = context.vocabulary.get("blocks", kind).counts
    return Stretch(look, counts, name_value(join_list((where, holders)), first.claim.text), first.href, pieces)
