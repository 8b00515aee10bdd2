"""Draws picture cards as PNG, the same bytes for the same card: fonts and libraries are our own, and nothing is read
from the machine. Pure but for reading the fonts.

A picture has one byte a pixel. Each background has sixteen of them, from its own colour to the colour of letters on it,
so that letters are smooth without true colour, which would take four times as long and three times the room.
"""

import functools
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from synoptic.load.catalogue import find_language
from synoptic.text.language import gettext, ngettext, speaking

SIZE = WIDTH, HEIGHT = 1200, 630  # what every network asks for
LEFT, RIGHT = 64, WIDTH - 64
FONTS = Path(__file__).with_name("fonts")
TITLE, TEXT = "card-title.ttf", "card-text.ttf"
#: What both fonts can draw: Latin, Greek, Cyrillic, Vietnamese and their punctuation.
_DRAWABLE = re.compile(
    r"[\u0020-\u007e\u00a0-\u00ac\u00ae-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u018f\u01a0-\u01a1\u01af-\u01b0"
    r"\u0218-\u021b\u0259\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u0491\u1e9e\u1ea0-\u1ef9"
    r"\u2013-\u2014\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u2032-\u2033\u2039-\u203a\u2044\u20a6\u20a9\u20ac\u20b9"
    r"\u20bd\u2116\u2122\u2212]+"
)
#: Colours of the light scheme of the pages, by the names that they have in the style sheet.
COLOURS = {
    "paper": "#fcfbf8", "ink": "#1a1d21", "accent": "#1d4f8c", "wash": "#eef3f9",
    "a1": "#d3e6f8", "a2": "#fbdcc8", "a3": "#d6ecd2", "a4": "#e6daf4", "a5": "#f8ecb8", "a6": "#f6d4e0",
}  # fmt: skip
SHADES = 16
TINTS = 6  # colours of answers: the backgrounds 1 to 6
WASH = 7  # background of a cell that has something, but no answer
ACCENT = 8  # background of the site's name: paper, too
#: Background and letters, by the number of the background.
_PAIRS = [("paper", "ink"), *((f"a{n}", "ink") for n in range(1, TINTS + 1)), ("wash", "ink"), ("paper", "accent")]
_SOFT, _FAINT, _EDGE = 10, 2, 5  # shades: of small print, of lines between rows, of the edge of a cell
_TITLE_SIZES = ((62, 2), (50, 3), (42, 3))  # pixels, and lines of that size that there is room for
_GAP, _GRID_END, _ROW, _CELL, _LABELS = 16, 556, 48, 84, 560
_LONGEST = 120  # letters of a line, of which no more could fit
_MOST_LETTERS = 26  # columns: with more of them, letters would touch


class Part(NamedTuple):
    """One reply in a cell: its background, a sign, and whether it is in the article's body."""

    background: int
    sign: str = ""
    body: bool = True


Cell = tuple[Part, ...]


class Row(NamedTuple):
    """A row of the table: a question, an answer or a claim, and a cell for each article."""

    label: str
    cells: tuple[Cell, ...]


class Card(NamedTuple):
    """What a card shows: the site's name, a line above the title, titles of which the first that can be drawn is shown,
    the articles' letters, the rows and what they are (question, answer or claim), the counts, and the tag of the
    language in which the rest is said. Words that the fonts cannot draw, as in Arabic, are left out."""

    site: str
    above: str
    titles: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str
    counts: str
    language: str = "en"


def draw_card(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    picture = Image.new("L", SIZE)
    draw = ImageDraw.Draw(picture)
    with speaking(find_language(card.language)):
        shown = _draw_grid(draw, card, _draw_head(draw, card))
        counts = card.counts
        if rest := len(card.rows) - shown:
            counts += f" · {_tell_rest(card.kind, rest)}"
    draw.text((LEFT, 580), drawable(counts), fill=_SOFT, font=_font(TEXT, 26))
    picture.putpalette(_palette())
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _tell_rest(kind: str, number: int) -> str:
    """How many rows there is no room for."""
    if kind == "question":
        return ngettext("%(num)s more question inside", "%(num)s more questions inside", number)
    if kind == "answer":
        return ngettext("%(num)s more answer inside", "%(num)s more answers inside", number)
    return ngettext("%(num)s more claim inside", "%(num)s more claims inside", number)


def _name_row(kind: str, number: int) -> str:
    """What stands for the words of a row that cannot be drawn."""
    if kind == "question":
        name = gettext("Question %(number)s", number=number)
    elif kind == "answer":
        name = gettext("Answer %(number)s", number=number)
    else:
        name = gettext("Claim %(number)s", number=number)
    return drawable(name) or str(number)


@functools.cache
def _palette() -> bytes:
    """The red, green and blue of every shade of every background."""
    colours = bytearray()
    for names in _PAIRS:
        low, high = (bytes.fromhex(COLOURS[name][1:]) for name in names)
        for shade in range(SHADES):
            colours += bytes(round(a + (b - a) * shade / (SHADES - 1)) for a, b in zip(low, high, strict=True))
    return bytes(colours)


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # the basic layout: the other one depends on a library that the machine may lack
    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _advance(font: ImageFont.FreeTypeFont, letter: str) -> float:
    return font.getlength(letter)


def _measure(font: ImageFont.FreeTypeFont, words: str) -> float:
    """The width of a text in pixels. The basic layout sets letter after letter, so their widths can be cached."""
    return sum(_advance(font, letter) for letter in words)


def drawable(words: str) -> str:
    """The words as the fonts can draw them; empty if they cannot draw all of them, since half a name misleads."""
    words = unicodedata.normalize("NFC", words).replace("\u2010", "-").replace("\u2011", "-")
    words = words.replace("\u202f", "\u00a0")
    words = re.sub(r"[\u200e\u200f\u2068\u2069\u00ad]", "", words)
    return words if _DRAWABLE.fullmatch(words) else ""


def _draw_head(draw: ImageDraw.ImageDraw, card: Card) -> float:
    """Draw the line above the title, and the title; where it ends, in pixels from the top."""
    small = _font(TEXT, 28)
    name = _cut(drawable(card.site), small, 360)
    start = RIGHT - _measure(small, name)
    draw.rectangle((start - 8, 40, WIDTH, 90), fill=ACCENT * SHADES)
    draw.text((start, 48), name, fill=ACCENT * SHADES + SHADES - 1, font=small)
    title = next(filter(None, map(drawable, card.titles)), "")
    above = drawable(card.above)
    draw.text((LEFT, 48), _cut(above if above != title else "", small, start - LEFT - 30), fill=_SOFT, font=small)
    for size, most in _TITLE_SIZES:
        font = _font(TITLE, size)
        lines = list(_wrap(title, font, RIGHT - LEFT))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines[most - 1 :] = [_cut(" ".join(lines[most - 1 :]), font, RIGHT - LEFT)]
    for number, line in enumerate(lines):
        draw.text((LEFT, 96 + number * size * 1.14), line, fill=SHADES - 1, font=font)
    return 96 + len(lines) * size * 1.14


def _wrap(words: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """The lines of a text that is at most ``width`` pixels wide; a longer word is cut."""
    line = ""
    for word in words.split():
        if _measure(font, longer := f"{line} {word}".strip()) <= width:
            line = longer
        else:
            if line:
                yield line
            line = _cut(word, font, width)
    if line:
        yield line


def _cut(words: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """As much of a text as fits, with an ellipsis if that is not all of it."""
    if _measure(font, words) <= width:
        return words
    words = words[:_LONGEST]
    while words and _measure(font, f"{words}…") > width:
        words = words[:-1].rstrip(" ,;:.-")
    return f"{words}…"


def _draw_grid(draw: ImageDraw.ImageDraw, card: Card, above: float) -> int:
    """Draw the table below what ends ``above``; how many of its rows there is room for."""
    columns = len(card.letters)
    width = min(_CELL, (RIGHT - LEFT - _LABELS) // max(columns, 1))
    start = RIGHT - width * columns
    label, sign = _font(TEXT, 28), _font(TEXT, 26)
    rows = card.rows[: int(_GRID_END - above - _GAP) // _ROW - 1] if columns else ()
    top = _GRID_END - _ROW * len(rows)
    if columns <= _MOST_LETTERS and rows:
        for column, letter in enumerate(card.letters):
            at = (start + width * (column + 0.5), top - 8)
            draw.text(at, letter, fill=_SOFT, font=_font(TEXT, min(26, width)), anchor="ms")
    for number, row in enumerate(rows):
        y = top + _ROW * number
        draw.line((LEFT, y, RIGHT, y), fill=_FAINT, width=2)
        words = drawable(row.label) or _name_row(card.kind, number + 1)
        draw.text((LEFT, y + _ROW / 2), _cut(words, label, start - LEFT - 24), fill=SHADES - 1, font=label, anchor="lm")
        for column, cell in enumerate(row.cells):
            _draw_cell(draw, start + width * column, y, width, cell, sign)
    return len(rows)


def _draw_cell(
    draw: ImageDraw.ImageDraw, x: int, y: int, width: int, cell: Sequence[Part], font: ImageFont.FreeTypeFont
) -> None:
    """A cell with its replies side by side; what only stands in a headline is an empty frame."""
    gap = 3 if width > 16 else 1
    for number, (background, sign, body) in enumerate(cell):
        left, right = (x + gap + (width - 2 * gap) * n // len(cell) for n in (number, number + 1))
        base = background * SHADES
        box = (left, y + 6, right - 1, y + _ROW - 5)
        draw.rectangle(box, fill=base if body else 0, outline=base + _EDGE, width=2 if body else 4)
        if sign and right - left >= 16:
            middle = ((left + right) / 2, y + _ROW / 2)
            draw.text(middle, sign, fill=(base if body else 0) + SHADES - 1, font=font, anchor="mm")
