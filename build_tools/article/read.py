"""Reads an article's file: plain text, Markdown or a web page.

No address that a document names is ever asked.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from build_tools.article.article import Article
from build_tools.article.decode import decode
from build_tools.article.markdown import read_markdown
from build_tools.article.plain_text import read_plain_text
from build_tools.article.teasers import WHOLE, bars_the_rest
from build_tools.article.web_page import read_web_page
from build_tools.base.problems import Refused
from build_tools.text.folding import split_words
from build_tools.text.match import Text

LEAST_WORDS = 40  # a web page with fewer in its body is a notice, a teaser or an empty frame
PAGES = (".html", ".htm")
_READERS: dict[str, Callable[[str], Article]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
}
SUFFIXES = tuple(_READERS)
#: Kinds of files that are not articles: how they begin, and their suffixes.
_OTHER = {
    "a PDF file": ((b"%PDF",), (".pdf",)),
    "an image": (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"),
        (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".svg", ".tif", ".tiff", ".bmp"),
    ),
    "a word processor's file": (
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"),
        (".doc", ".docx", ".odt", ".rtf", ".pages", ".epub"),
    ),
    "a web archive": ((), (".mht", ".mhtml", ".webarchive")),
}


def read_article(data: bytes, suffix: str) -> Article:
    """Read the bytes of a file; its suffix (".md") says what it is. Raises Refused with what to do."""
    suffix = suffix.lower()
    _refuse_other_kinds(data, suffix)
    page = suffix in PAGES
    text, fault = decode(data, page=page)
    if "\0" in text and not page:
        raise Refused("it holds NUL characters, so it is not text; save the article as text in UTF-8")
    if suffix == ".txt" and re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        raise Refused("it is a web page; give it the suffix .html")
    try:
        article = _READERS[suffix](text)
    except RecursionError:
        raise Refused("it is nested too deeply to be read; save the article as plain text") from None
    if "\ufffd" in "".join((article.title, *article.blocks)) and fault:
        raise Refused(f"{fault}; save the article's words as .txt, in UTF-8")
    if fault:
        article = replace(article, notes=(*article.notes, f"{fault}, but it is outside the article"))
    if not any(split_words(block) for block in article.blocks):
        raise Refused("there are no words in it")
    return article


def read_text(data: bytes, suffix: str) -> Text:
    """Read a file as the text that quotations are matched with. Raises Refused."""
    return Text(read_article(data, suffix).blocks)


def find_truncation(article: Article, suffix: str) -> str | None:
    """Why the article looks truncated, and what to do; None if it looks complete."""
    tip = "open the whole article, and save that"
    kinds = zip(article.blocks, article.kinds, strict=True)
    body = sum(len(split_words(block)) for block, kind in kinds if kind in ("body", "bullet"))
    barred = next(filter(bars_the_rest, article.blocks[-3:]), article.barred if body < WHOLE else "")
    if barred:
        return f'it ends with "{barred[:60].strip()}", so it is only the beginning of an article; {tip}'
    if suffix.lower() in PAGES and body < LEAST_WORDS:
        return f"there are only {body} words of body in this page; {tip}, or its words as .txt"
    return None


def _refuse_other_kinds(data: bytes, suffix: str) -> None:
    for what, (beginnings, suffixes) in _OTHER.items():
        if suffix in suffixes or data.startswith(beginnings):
            raise Refused(
                f"it is {what}, which cannot be read; save the article's words as plain text (.txt), "
                "one paragraph a line, and compare them with what you see"
            )
    if suffix not in SUFFIXES:
        readable = ", ".join(SUFFIXES)
        raise Refused(f'the suffix "{suffix}" is unknown; readable are plain text, Markdown and HTML ({readable})')
