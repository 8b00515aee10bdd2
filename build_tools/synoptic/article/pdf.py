"""Reads a PDF file that has text; pdfminer finds the lines and the boxes that they stand in."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from synoptic.article.kinds import ends_sentence
from synoptic.article.plain_text import join_lines
from synoptic.article.visible import show_raised
from synoptic.base.problems import Refused

MOST_PAGES = 300
_SCANNED = (
    "its pages are pictures without text, as scanners make them; have another program recognise the text, compare it "
    "with what you see, and save it as .txt"
)


def convert_pdf(data: bytes) -> Any:
    """The blocks of a PDF file as (text, form), and nothing of its metadata, which seldom is the article's.

    Raises Refused if it has no text.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFSyntaxError

    boxes: list[tuple[int, Any]] = []
    try:
        pages = 0
        for pages, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams()), 1):
            boxes += [(pages, box) for box in page if isinstance(box, LTTextBox)]
            if pages > MOST_PAGES:
                raise Refused(f"it has more than {MOST_PAGES} pages; save the article's words as .txt")
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise Refused("it is locked with a password; save its words as plain text (.txt)") from None
    except PDFSyntaxError:
        raise Refused("it is broken; save its words as plain text (.txt)") from None
    lines = [[(_read_line(line), _size_of(line)) for line in box] for _, box in boxes]
    words = " ".join(text for box in lines for text, _ in box)
    if len(words.strip()) < 20 * max(pages, 1) / 10:
        raise Refused(_SCANNED)
    if words.count("(cid:") * 10 > len(words.split()):
        raise Refused("its fonts do not say which letters they show; save its words as plain text (.txt)")
    running = _find_running(boxes, pages)
    kept = [box for box, (_, place) in zip(lines, boxes, strict=True) if place not in running]
    return {"blocks": list(_join_boxes(kept, words)), "metadata": {}}


def _characters_of(line: Any) -> list[Any]:
    return [character for character in line if hasattr(character, "size")]


def _size_of(line: Any) -> float:
    """The size of most characters of a line, in points."""
    sizes = Counter(round(character.size, 1) for character in _characters_of(line))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _read_line(line: Any) -> str:
    """The words of a line; small figures above or below the others stay apart from numbers."""
    size = _size_of(line)
    full = sorted(character.y0 for character in _characters_of(line) if character.size > 0.9 * size)
    text = raised = tag = ""
    for character in line:
        now = ""
        if hasattr(character, "size") and character.size < 0.9 * size and not character.get_text().isspace():
            above = character.y0 - full[len(full) // 2]
            now = "sup" if above > 0.1 * size else "sub" if above < -0.1 * size else ""
        if now != tag and raised:
            text, raised = text + show_raised(text, raised, tag=tag), ""
        tag = now
        raised, text = (raised + character.get_text(), text) if now else (raised, text + character.get_text())
    if raised:
        text += show_raised(text, raised, tag=tag)
    return " ".join(text.split())


def _find_running(boxes: list[tuple[int, Any]], pages: int) -> list[Any]:
    """Page numbers, and the lines that stand at the same height of half of the pages."""

    def key(box: Any) -> tuple[int, str]:
        return round(box.y0 / 4), re.sub(r"\d+", "#", " ".join(box.get_text().split()))

    counts = Counter(key(box) for _, box in boxes)
    return [box for _, box in boxes if pages >= 3 and counts[key(box)] >= max(3, pages / 2)]


def _join_boxes(boxes: list[list[tuple[str, float]]], words: str) -> Iterator[tuple[str, str]]:
    """The paragraphs in the boxes of a document, and the form that the size of their letters tells."""
    sizes: Counter[float] = Counter()
    for box in boxes:
        for text, size in box:
            sizes[size] += len(text)
    usual = sizes.most_common(1)[0][0]
    largest = max(size for box in boxes[:8] for _, size in box)
    found: list[tuple[str, str]] = []
    for box in boxes:
        for text, size in _join_box(box, words):
            form = "paragraph" if size < 1.15 * usual else "title" if size == largest else "heading"
            before, last = found[-1] if found else ("", "")
            if form == last == "paragraph" and text[:1].islower() and not ends_sentence(before):
                found[-1] = (join_lines(before, text, words), form)  # it goes on after a column or a page
            else:
                found.append((text, form))
    title = next((n for n, (_, form) in enumerate(found) if form == "title"), None)
    for n, (text, form) in enumerate(found):
        yield text, "heading" if form == "title" and n != title else form


def _join_box(box: list[tuple[str, float]], words: str) -> Iterator[tuple[str, float]]:
    """The lines as paragraphs: a new one where the size changes, or after a short line that ends a sentence."""
    width = max(len(text) for text, _ in box)
    paragraph, size, before = "", 0.0, ""
    for text, own in box:
        ended = ends_sentence(before) and len(before) < 0.75 * width
        if paragraph and not ended and abs(own - size) < 0.5 and not re.match(r"[\u2022\u25aa\u25cf] ", text):
            paragraph = join_lines(paragraph, text, words)
        elif text:
            if paragraph:
                yield paragraph, size
            paragraph, size = text, own
        before = text
    if paragraph:
        yield paragraph, size
