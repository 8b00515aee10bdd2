"""Our own HTML goes around Markdown, which would parse it only to return it unchanged; and a page that has nothing else
than such HTML and simple headings needs no Markdown at all.

A test converts every generated page in all ways and compares the bytes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Elements that Markdown takes for blocks, and so returns unchanged.
_RAW = re.compile(r"<(?:article|aside|blockquote|details|div|dl|figure|footer|form|header|nav|ol|p|section|table|ul)\b")
#: A heading in which nothing but entities has a meaning in Markdown: level, words, id, classes.
_HEADING = re.compile(
    r"(#{1,3}) (?! )((?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\\`*_~{}\[\]<>&#!|]|&(?:#\d+|[A-Za-z]+);)+)(?<! )"
    r" \{: #([A-Za-z0-9-]+)((?: \.[A-Za-z-]+)*) \}"
)
#: Data in a line of its own, which Markdown leaves as it is.
_SCRIPT = re.compile(r"<script\b[^<>\n]*>[^<\n]*</script>\n?")
_PARTS = re.compile(r"(\n{2,}|\n(?=#))")


def hide_html(page: str) -> tuple[str, list[str]]:
    """Replace each HTML block of a Markdown page by a numbered comment; returns the page and the blocks."""
    blocks: list[str] = []
    parts = _PARTS.split(page)
    for number, part in enumerate(parts):
        if _RAW.match(part):
            parts[number] = f"<!--aside {len(blocks)}-->"
            blocks.append(part)
    return "".join(parts), blocks


def restore_html(html: str, blocks: list[str]) -> str:
    """Put the blocks back into the HTML that Markdown made."""
    return re.sub(r"<!--aside (\d+)-->", lambda comment: blocks[int(comment[1])], html)


class Heading(NamedTuple):
    """A heading of a page: its level from 1, its id, and its words as HTML."""

    level: int
    id: str
    words: str


def convert_simple(page: str) -> tuple[str, list[Heading]] | None:
    """The HTML and the headings of a Markdown page of simple headings and HTML blocks, as Markdown would give them.

    None for a page with anything else in it.
    """
    html: list[str] = []
    headings: list[Heading] = []
    for part, space in _split_quickly(page):
        if _RAW.match(part):
            html += part, space
        elif _SCRIPT.fullmatch(part):
            html += part.rstrip("\n"), space
        elif found := _HEADING.fullmatch(part):
            level, words, element_id = len(found[1]), found[2], found[3]
            classes = f' class="{found[4][1:].replace(".", "")}"' if found[4] else ""
            html += f'<h{level}{classes} id="{element_id}">{words}</h{level}>', space[:1]
            headings.append(Heading(level, element_id, " ".join(words.split())))
        else:
            return None
    return "".join(html[:-1]), headings  # a block at the end keeps its own newline


def _split_quickly(page: str) -> Iterator[tuple[str, str]]:
    """The parts of a page, each with the newlines after it. Parts that begin with a newline follow too many."""
    for block in page.split("\n\n"):
        *before, last = block.split("\n#") if "\n#" in block else [block]
        mark = ""
        for part in before:
            yield mark + part, "\n"
            mark = "#"
        yield mark + last, "\n\n"
