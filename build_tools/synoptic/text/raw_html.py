"""Hides our own HTML from Markdown, which would parse it only to return it unchanged.

A test converts every generated page both ways and compares the bytes.
"""

import re

#: Elements that Markdown takes for blocks, and so returns unchanged.
_RAW = re.compile(r"<(?:article|aside|blockquote|details|div|dl|figure|footer|form|header|nav|ol|p|section|table|ul)\b")
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
