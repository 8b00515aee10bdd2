"""Splits HTML into blocks as a reader sees them: no tags, targets or markup, each with its form.

Uses the standard parser because Markdown must be readable without ``lxml``, which only web pages need.
"""

import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser

from synoptic.article.kinds import WIDE, Block, ends_sentence
from synoptic.article.visible import STRUCK, is_hidden, quotation_marks, show_raised

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCK_TAGS = {
    *HEADINGS, "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"head", "iframe", "noscript", "script", "style", "svg", "template", "textarea", "select", "video", "audio"}
FORMS = {
    **dict.fromkeys(HEADINGS[1:], "heading"), "h1": "title", "figcaption": "caption",
    "caption": "caption", "li": "item", "dd": "item", "dt": "item", "blockquote": "quote",
}  # fmt: skip
_BREAK = "\v"
_FRAME = "\u2500-\u259f|"  # characters that draw a box around words


def split_html(html: str) -> list[Block]:
    """The blocks of an HTML fragment, in its order."""
    splitter = _Splitter()
    splitter.feed(html)
    splitter.close()
    splitter.flush()
    return splitter.blocks


class _Open:
    """The elements that are open, each with its state. Questions about them take as long at any depth."""

    def __init__(self) -> None:
        self.elements: list[tuple[str, str]] = []
        self.states: list[str] = []
        self._tags: Counter[str] = Counter()
        self._silent = 0

    def push(self, tag: str, state: str) -> None:
        self.elements.append((tag, state))
        self.states += [state] if state else []
        self._tags[tag] += 1
        self._silent += state == "silent"

    def close(self, at: int) -> None:
        """Close the elements from an index on."""
        for tag, state in self.elements[at:]:
            if state:
                self.states.pop()
            self._tags[tag] -= 1
            self._silent -= state == "silent"
        del self.elements[at:]

    @property
    def is_silent(self) -> bool:
        """Whether readers see nothing of any of them."""
        return self._silent > 0

    def has(self, *tags: str) -> bool:
        """Whether any has one of these tags."""
        return any(self._tags[tag] for tag in tags)

    def find_last(self, tag: str) -> int | None:
        """The index of the last one with this tag."""
        if not self._tags[tag]:
            return None
        return next(i for i in range(len(self.elements) - 1, -1, -1) if self.elements[i][0] == tag)


class _Splitter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open = _Open()
        self._parts: list[str] = []
        self._plain = False
        self._cells: list[tuple[str, str]] = []
        self._captions: list[str] = []
        self._raised: list[int] = []  # where in _parts the open sup and sub elements begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, break a line, or take a picture's alternative text."""
        attributes = {key: value or "" for key, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._open.push(tag, "silent")
        elif tag == "br":
            self._parts.append(_BREAK)
        elif tag == "img":
            self._captions += [" ".join(attributes.get("alt", "").split())]
        elif tag not in _VOID:
            if tag in BLOCK_TAGS:
                self._begin_block(tag)
            elif tag in ("sup", "sub"):
                self._raised.append(len(self._parts))
            elif tag == "q":
                self._parts.append(self._marks[0])
            elif tag in STRUCK:
                self._parts.append("~~")  # marked as in Markdown, so no quotation can pass over the words unseen
            self._open.push(tag, _state(tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a block; an end tag without a start tag is ignored."""
        at = self._open.find_last(tag)
        if at is None:
            return
        if tag in BLOCK_TAGS and not self._silent:
            if tag in ("td", "th"):
                self._cells.append((self._take_words(), tag))
            elif tag == "tr":
                self._add_row()
            elif tag == "pre":
                self._add_listing()
            else:
                self.flush()
        elif tag in ("sup", "sub") and self._raised and not self._silent:
            start = self._raised.pop()
            before, words = "".join(self._parts[:start]), "".join(self._parts[start:])
            self._parts[start:] = [show_raised(before, words, tag=tag)]
        self._open.close(at)
        if tag == "q" and not self._silent:
            self._parts.append(self._marks[1])
        elif tag in STRUCK and not self._silent:
            self._parts.append("~~")

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._silent:
            self._parts.append(data)
            strong = self._open.has("strong", "b")
            self._plain = self._plain or bool(data.strip() and not strong)

    @property
    def _silent(self) -> bool:
        return self._open.is_silent

    @property
    def _marks(self) -> str:
        return quotation_marks("", nested=self._open.has("q"))

    @property
    def _in_row(self) -> bool:
        return self._open.has("tr")

    def _begin_block(self, tag: str) -> None:
        if self._in_row and tag not in ("tr", "td", "th"):
            self._parts.append(" ")  # the content of a cell stays in its row
            return
        self.flush()
        if self._open.elements and self._open.elements[-1][0] == "p":  # in HTML a block ends an open paragraph
            self._open.close(len(self._open.elements) - 1)

    def _take_words(self) -> str:
        text = re.sub(r"[ \t\r\n\f\v]+", " ", "".join(self._parts)).strip()
        self._parts, self._plain, self._raised = [], False, []
        return text

    def flush(self) -> None:
        """End the block that the words so far belong to."""
        if self._in_row:
            self._parts.append(" ")
            return
        form = self._open.states[-1] if self._open.states else "paragraph"
        if form == "box-title":
            form = "heading"
            if "".join(self._parts).strip().casefold() in _BOXES:
                self._parts = []  # the default title of its kind: nobody wrote it
        strong = not self._plain
        for text in _split_lines("".join(self._parts), whole=form in ("title", "heading")):
            short = len(text.split()) <= 12 and not ends_sentence(text) and not text.endswith((":", "\uff1a", ","))
            heads = form == "paragraph" and strong and short
            self.blocks.append(Block(text, "heading" if heads else form))
        self._parts, self._plain, self._raised = [], False, []
        self._add_captions()

    def _add_captions(self) -> None:
        self.blocks += [Block(alt, "caption") for alt in self._captions if alt]
        self._captions = []

    def _add_row(self) -> None:
        cells = [text for text, _ in self._cells if text]
        if cells:
            heads = all(tag == "th" for _, tag in self._cells)
            self.blocks.append(Block(" | ".join(cells), "heading" if heads else "row"))
        self._cells, self._parts = [], []
        self._add_captions()

    def _add_listing(self) -> None:
        """Add a listing: one block for each part between blank lines and each bullet, without a box drawn around it."""
        lines = [re.sub(rf"^[\s{_FRAME}]+|[\s{_FRAME}]+$", "", line) for line in "".join(self._parts).splitlines()]
        parts = re.split(r"\n{2,}|\n(?=[\u00d7\u2022\u2713-\u2718] )", "\n".join(lines).strip("\n"))
        self.blocks += [Block(" ".join(part.split()), "code") for part in parts if part.strip()]
        self._parts, self._plain = [], False


_BOXES = (
    "abstract", "attention", "bug", "caution", "danger", "error", "example", "failure", "hint", "important", "info",
    "note", "question", "quote", "success", "summary", "tip", "warning",
)  # fmt: skip


def _state(tag: str, attributes: Mapping[str, str]) -> str:
    """The form that an element gives its words, or "silent" if readers do not see them."""
    classes = attributes.get("class", "").split()
    note_mark = tag in ("a", "sup") and ("footnote-backref" in classes or attributes.get("id", "").startswith("fnref"))
    if tag in SILENT or note_mark or is_hidden(attributes):
        return "silent"
    if "admonition-title" in classes or tag == "summary":
        return "box-title"
    return FORMS.get(tag, "")


def _split_lines(text: str, *, whole: bool) -> list[str]:
    """Split a block at blank lines, and at line breaks after the end of a sentence; with ``whole`` not at all."""
    out = [""]
    for number, piece in enumerate(text.split(_BREAK)):
        joined = re.sub(rf"(?<={WIDE})[ \t]*\n[ \t]*(?={WIDE})", "", piece)  # wrapped Chinese gets no space
        clean = re.sub(r"[ \t\r\n\f]+", " ", joined).strip(" \u00a0")
        ended = ends_sentence(out[-1]) or out[-1].endswith((":", "\uff1a"))
        if not whole and number and (not clean or not out[-1] or ended):
            out.append(clean)
        else:
            out[-1] = f"{out[-1]} {clean}".strip(" ")
    return [line for line in out if line]
