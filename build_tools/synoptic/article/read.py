"""Reads an article's file, of any kind.

No address that a document names is ever asked.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from synoptic.article import documents
from synoptic.article.article import Article, Metadata, build_article
from synoptic.article.captions import read_captions, read_pasted_captions, read_transcript
from synoptic.article.decode import decode
from synoptic.article.kinds import Block
from synoptic.article.mail import is_mail_source, read_mail, read_pasted_mail
from synoptic.article.pdf import convert_pdf
from synoptic.article.plain_text import join_wrapped, read_plain_text
from synoptic.article.teasers import WHOLE, bars_the_rest
from synoptic.article.web_page import read_web_page
from synoptic.base.bounded import run_bounded
from synoptic.base.problems import Refused
from synoptic.model.values import BLOCK_QUOTE
from synoptic.text.folding import split_words
from synoptic.text.match import Text

LEAST_WORDS = 40  # a web page with fewer in its body is a notice, a teaser or an empty frame
PAGES = (".html", ".htm")
#: Run in a process of their own, since files can be made to take any time or memory.
_CONVERTERS: dict[str, Callable[[bytes], Any]] = {
    ".docx": documents.convert_docx,
    ".odt": documents.convert_odt,
    ".epub": documents.convert_epub,
    ".rtf": documents.convert_rtf,
    ".pdf": convert_pdf,
}


def _read_txt(text: str) -> Article:
    return read_pasted_mail(text) or read_pasted_captions(text) or read_plain_text(text)


def _read_markdown(text: str) -> Article:
    from synoptic.article.markdown import read_markdown  # few articles need the library

    return read_markdown(text)


_READERS: dict[str, Callable[[str], Article]] = {
    ".txt": _read_txt,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".srt": read_captions,
    ".vtt": read_captions,
    ".sbv": read_captions,
    ".lrc": read_captions,
    ".json": read_transcript,
}
SUFFIXES = (*_READERS, *_CONVERTERS, ".eml")
#: How files begin that must have one of some suffixes.
_BEGINNINGS = (
    (b"%PDF", (".pdf",), "a PDF file"),
    (b"PK\x03\x04", (".docx", ".odt", ".epub"), "a packed file, such as a word processor's"),
    (b"{\\rtf", (".rtf",), "a file in Rich Text Format"),
    (b"\xd0\xcf\x11\xe0", (), "an old Word file"),
    *((sign, (), "an image") for sign in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")),
)


def read_article(data: bytes, suffix: str) -> Article:
    """Read the bytes of a file; its suffix (".md") says what it is. Raises Refused with what to do."""
    suffix = suffix.lower()
    _refuse_other_kinds(data, suffix)
    if suffix in _CONVERTERS:
        article = _convert(data, suffix)
    elif suffix == ".eml":
        article = read_mail(data)
    else:
        article = _read_characters(data, suffix)
    if not any(split_words(block) for block in article.blocks):
        raise Refused("there are no words in it")
    return article


def _convert(data: bytes, suffix: str) -> Article:
    """The article in a file that another program's reader reads. Raises Refused."""
    found = run_bounded(_CONVERTERS[suffix], data)
    if "text" in found:
        return read_plain_text(found["text"])
    return build_article([Block(text, form) for text, form in found["blocks"]], Metadata(**found["metadata"]))


def _read_characters(data: bytes, suffix: str) -> Article:
    """The article in a file of text. Raises Refused."""
    page = suffix in PAGES
    text, fault = decode(data, page=page)
    if "\0" in text and not page:
        raise Refused("it holds NUL characters, so it is not text; save the article as text in UTF-8")
    if suffix == ".txt" and re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        raise Refused("it is a web page; give it the suffix .html")
    if suffix == ".txt" and is_mail_source(text):
        return read_mail(data.lstrip())
    try:
        article = _READERS[suffix](text)
    except RecursionError:
        raise Refused("it is nested too deeply to be read; save the article as plain text") from None
    if "\ufffd" in "".join((article.title, *article.blocks)) and fault:
        raise Refused(f"{fault}; save the article's words as .txt, in UTF-8")
    if fault:
        article = replace(article, notes=(*article.notes, f"{fault}, but it is outside the article"))
    return article


@functools.lru_cache(maxsize=128)  # after each edit ``serve`` and ``edit`` load all texts again
def read_text(data: bytes, suffix: str) -> Text:
    """Read a file as the text that quotations are matched with. Raises Refused."""
    return Text(read_article(data, suffix).blocks)


def join_lines_of(data: bytes) -> bytes:
    """A plain text whose lines a program wrapped, with one paragraph a line. Raises Refused."""
    paragraphs, _ = join_wrapped(decode(data)[0], wrapped=True)
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs).encode()


def find_truncation(article: Article, suffix: str) -> str | None:
    """Why the article looks truncated, and what to do; None if it looks complete."""
    tip = "open the whole article, and save that"
    kinds = zip(article.blocks, article.kinds, strict=True)
    body = sum(len(split_words(block)) for block, kind in kinds if kind in ("body", "bullet", BLOCK_QUOTE))
    barred = next(filter(bars_the_rest, article.blocks[-3:]), article.barred if body < WHOLE else "")
    if barred:
        return f'it ends with "{barred[:60].strip()}", so it is only the beginning of an article; {tip}'
    if suffix.lower() in PAGES and body < LEAST_WORDS:
        return f"there are only {body} words of body in this page; {tip}, or its words as .txt"
    return None


def _refuse_other_kinds(data: bytes, suffix: str) -> None:
    tip = "save the article's words as plain text (.txt), one paragraph a line, and compare them with what you see"
    for beginning, suffixes, what in _BEGINNINGS:
        if data.startswith(beginning) and suffix not in suffixes:
            right = f"give it its own suffix ({', '.join(suffixes)}), or " if suffixes else ""
            raise Refused(f"it is {what}; {right}{tip}")
    if suffix not in SUFFIXES:
        raise Refused(f'the suffix "{suffix}" is unknown; readable are {", ".join(SUFFIXES)}; {tip}')
