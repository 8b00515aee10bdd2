"""``python -m tests.bidi`` lists what stands unprotected in pages written from right to left: letters of the other
direction beside words of the page, which the browser would put in the wrong order with the signs between them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from unittest.mock import patch

from markdown import markdown

from synoptic.load.catalogue import find_language
from synoptic.load.load import load
from synoptic.model.site import Site
from synoptic.pages import render
from synoptic.pages.environment import EXTENSIONS
from synoptic.text.language import END_ISOLATE, ISOLATE
from tests.catalogues import read
from tests.projects import CHECKOUT

#: Elements that begin a line or a box of their own.
BLOCKS = frozenset(
    "address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hr label legend li main nav ol option p section select summary table tbody td th thead"
    " title tr ul svg text desc".split()
)
EMPTY = frozenset("br hr img input link meta".split())
SILENT = frozenset("script style code pre".split())
_ARABIC, _LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[A-Za-z\u00c0-\u024f]{2,}")


class _Lines(HTMLParser):
    """Collects the lines of a page: texts of one block that nothing isolates, the rest as a mark."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._stack: list[tuple[str, bool]] = []
        self._line = ""

    def _apart(self) -> bool:
        return any(apart for _, apart in self._stack)

    def end_line(self) -> None:
        self.lines.append(self._line)
        self._line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("alt", "title") and value:
                self.lines.append(value)
        if tag in BLOCKS:
            self.end_line()
        if tag not in EMPTY:
            named = dict(attrs)
            self._stack.append((tag, tag == "bdi" or tag in SILENT or "dir" in named))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass
        if tag in BLOCKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        self._line += "\ufffc" if self._apart() else data


def find_mixed(page: str, own: frozenset[str]) -> Iterator[str]:
    """Lines of a page of Markdown that mix letters of both directions; ``own`` are foreign words of the catalogue."""
    parser = _Lines()
    parser.feed(markdown(page.split("---\n", 2)[2], extensions=list(EXTENSIONS)))
    parser.end_line()
    for line in parser.lines:
        shown, depth = "", 0
        for sign in line:
            depth += (sign == ISOLATE) - (sign == END_ISOLATE)
            shown += sign if not depth else ""
        foreign = [word for word in _LATIN.findall(shown) if word not in own]
        if foreign and _ARABIC.search(shown):
            yield " ".join(shown.split())


def own_words() -> frozenset[str]:
    """The words of the Arabic catalogue in Latin letters: names of formats and the like."""
    said = (str(one) for message in read("ar") if message.id for one in (message.string or ()))
    texts = " ".join(str(message.string) for message in read("ar") if message.id)
    return frozenset(_LATIN.findall(re.sub(r"%\(\w+\)s|<[^>]*>", " ", texts + " ".join(said))))


def render_arabic(site: Site) -> dict[str, str]:
    """The pages of a site as if all of it were told in Arabic."""
    with patch.object(render, "find_language", lambda tag: find_language("ar")):
        files = render.render_site(site, drafts=True)
    return {path: text for path, text in files.items() if path.endswith(".md") and isinstance(text, str)}


if __name__ == "__main__":
    found, _ = load(CHECKOUT)
    assert found
    seen: dict[str, str] = {}
    for path, page in render_arabic(found).items():
        for line in find_mixed(page, own_words()):
            seen.setdefault(line, path)
    for line, path in seen.items():
        print(f"{path}: {line[:200]}")
