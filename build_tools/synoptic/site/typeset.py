"""Makes a PDF of a document: tagged as PDF/UA-1 asks, the same bytes for the same HTML. Fetches nothing but our fonts.

WeasyPrint is an optional library (docs/decisions/2026-12-01-dossier.md).
"""

import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from synoptic.base.problems import Refused
from synoptic.pages.environment import THEME
from synoptic.site.pdf_tags import finish_tags

FONTS = THEME / "assets" / "fonts"
STYLE = Path(__file__).with_name("dossier.css")
#: The scheme by which the style names our fonts; no other address is ever fetched.
_SCHEME = "asset:"
SHOWN = 12  # characters that a message names
#: What fontTools writes into each font as the time, in seconds of Unix; other programs know it, too.
_CLOCK = "SOURCE_DATE_EPOCH"


def require_library() -> None:
    """Raise Refused, with the command that installs it, if the library or the Pango that it needs is missing."""
    if importlib.util.find_spec("weasyprint") is None:
        raise Refused("a dossier needs WeasyPrint: pip install --require-hashes -r requirements-dossier.txt")
    try:
        importlib.import_module("weasyprint")
    except OSError:
        raise Refused(
            "a dossier needs Pango, which the system brings; on Debian or Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from None


def describe_tools() -> list[str]:
    """The versions on which the bytes of a PDF depend, beside our own program."""
    from weasyprint.text.ffi import pango

    names = ("weasyprint", "pydyf", "fonttools")
    return [*(f"{name} {importlib.metadata.version(name)}" for name in names), f"pango {pango.pango_version()}"]


class Typeset(NamedTuple):
    """A PDF, and the characters in it that no font on this system has: they are boxes to the eye, but still text."""

    pdf: bytes
    boxes: tuple[str, ...]


def typeset(html: str) -> Typeset:
    """The PDF of an HTML document. Raises Refused if the library is missing."""
    require_library()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _make_fetcher()
    style = CSS(string=STYLE.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)
    boxes: set[str] = set()

    def finish(document: Any, pdf: Any) -> None:
        finish_tags(document, pdf)
        boxes.update(chr(letter) for font in document.fonts.values() for letter in font.missing)

    with _fixed_clock():
        made = HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            finisher=finish,
        )
    return Typeset(made, tuple(sorted(boxes)))


def describe_boxes(boxes: Sequence[str]) -> str:
    """What to say of a PDF with such boxes, and what to do."""
    some = show_letters(boxes)
    return f"boxes stand for letters that no font of this system has: {some}; install one, such as fonts-noto-cjk"


def show_letters(letters: Sequence[str]) -> str:
    """Some characters, the first of them if they are many."""
    return " ".join(letters[:SHOWN]) + (" ..." if len(letters) > SHOWN else "")


def find_missing_letters(html: str) -> list[str]:
    """The characters of a document that are in none of our fonts, so that those of the system set them."""
    shown = set(unescape(re.sub(r"<[^>]*>", "", html)))
    return sorted(letter for letter in shown if letter.isprintable() and ord(letter) not in _read_letters())


@functools.cache
def _read_letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(code for path in FONTS.glob("*.woff2") for code in TTFont(path).getBestCmap())


def _make_fetcher() -> Any:
    """What the library asks for an address: it gives our fonts, and stops the work at any other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = {f"{_SCHEME}{path.name}": path for path in FONTS.glob("*.woff2")}

    class Fonts(URLFetcher):  # type: ignore[misc]  # the library is untyped
        """Fetches our fonts."""

        def fetch(self, url: str, headers: object = None) -> Any:
            """The font that an address names."""
            if url not in known:
                raise ValueError(f"a dossier fetches nothing: {url}")
            return URLFetcherResponse(url, known[url].read_bytes(), {"Content-Type": "font/woff2"})

    return Fonts(fail_on_errors=True)


@contextmanager
def _fixed_clock() -> Iterator[None]:
    """Keep the time out of the fonts."""
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CLOCK]
        else:
            os.environ[_CLOCK] = before
