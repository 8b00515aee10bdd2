"""HTML that our templates wrote goes around Markdown, which would look at every letter of it to leave it as it is.

Pure. A test converts every generated page both ways: the result must be the same to the byte.
"""

from __future__ import annotations

import re

#: Elements that Markdown takes for blocks, and so hands on as they are.
_RAW = re.compile(r"<(?:article|aside|blockquote|details|div|dl|figure|footer|form|header|nav|ol|p|section|table|ul)\b")
_PARTS = re.compile(r"(\n{2,}|\n(?=#))")


def put_aside(page: str) -> tuple[str, list[str]]:
    """A page of Markdown with a mark for each part of it that is HTML, and those parts."""
    parts: list[str] = []
    shown: list[str] = []
    for part in _PARTS.split(page):
        if _RAW.match(part):
            shown.append(f"<!--aside {len(parts)}-->")
            parts.append(part)
        else:
            shown.append(part)
    return "".join(shown), parts


def put_back(html: str, parts: list[str]) -> str:
    """The HTML that Markdown made, with the parts in their places."""
    return re.sub(r"<!--aside (\d+)-->", lambda mark: parts[int(mark[1])], html)
