"""A file of any readable kind as an article: its bytes decoded, its marks left off, its metadata read.

In: the bytes of a file and the ending of its name. Out: blocks as a reader sees them. No file is opened here, and no
address that a document names is ever asked.
"""

from __future__ import annotations

import codecs
import re
import tomllib
import warnings
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, ReferenceInlineProcessor

from build_tools.article import blocks
from build_tools.article.blocks import Article, Marked, Stated
from build_tools.text.folding import split_words
from build_tools.text.match import Text

LEAST_WORDS = 40  # a web page with fewer in its body is a notice, a teaser or an empty frame
PAGES = (".html", ".htm")
MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", *MARKDOWN, *PAGES)


class Unreadable(Exception):
    """Why a file cannot be read as an article: a sentence, and what to do."""


def read(data: bytes, suffix: str) -> Article:
    """A file's article. Raises Unreadable with what to do.

    In: the file's bytes, and its ending, which says what kind of file it is.
    """
    suffix = suffix.lower()
    _refuse_other_kinds(data, suffix)
    text = decode(data, page=suffix in PAGES)
    if "\0" in text:
        raise Unreadable("it holds NUL characters, so it is no text; save the article as text in UTF-8")
    if suffix == ".txt" and re.match(r"\s*<(?:!doctype html|html)\b", text, re.IGNORECASE):
        raise Unreadable("it is a web page; give it the ending .html")
    try:
        found = _READERS[suffix](text)
    except RecursionError:
        raise Unreadable("it is nested too deeply to be read; save the article as plain text") from None
    if not any(split_words(block) for block in found.blocks):
        raise Unreadable("there are no words in it")
    return found


def text_of(data: bytes, suffix: str) -> Text:
    """The text of a file as quotations are matched with it. Raises Unreadable."""
    return Text(read(data, suffix).blocks)


def stub(found: Article, suffix: str) -> str:
    """Why an article seems not to be whole, and what to do; the empty string where nothing speaks against it."""
    tip = "open the whole article, and save that"
    for block in found.blocks[-3:]:
        if _TEASER.search(block) and len(block.split()) <= 60:
            return f'it ends with "{block[:60].strip()}", so it is only the beginning of an article; {tip}'
    body = sum(
        len(split_words(b)) for b, kind in zip(found.blocks, found.kinds, strict=True) if kind in ("body", "bullet")
    )
    if suffix.lower() in PAGES and body < LEAST_WORDS:
        return f"there are only {body} words of body in this page; {tip}, or its words as .txt"
    return ""


# -- what is no article --------------------------------------------------------------------------------------------

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
_TEASER = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log in|register)\b[^.]{0,60}\bto (?:(?:continue|keep|go on) reading\b"
    r"|(?:continue|read on)\s*[.!\u2026]*$|(?:read|see|unlock) (?:the|this) (?:full|rest|whole|entire|article|story))"
    r"|\bto (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register)"
    r"|\bthis (?:article|content|story) is (?:only )?(?:for|available to|reserved for|exclusive to) "
    r"(?:our )?(?:paying )?(?:subscribers|members)"
    r"|\bréservée? (?:aux|à nos) abonnés|\babonnez-vous pour (?:lire|continuer|accéder)"
    r"|\bil vous reste [\d.,]+\s?% de (?:cet|l'|l’)\s?article"
    r"|订阅后?[^。]{0,6}(?:继续|阅读|查看)|登录后?[^。]{0,4}(?:继续)?阅读|付费后?[^。]{0,4}(?:阅读|查看)",
    re.IGNORECASE,
)


def _refuse_other_kinds(data: bytes, suffix: str) -> None:
    for what, (beginnings, suffixes) in _OTHER.items():
        if suffix in suffixes or data.startswith(beginnings):
            raise Unreadable(
                f"it is {what}, which is not read here; save the article's words as plain text (.txt), "
                "one paragraph a line, and compare them with what you see"
            )
    if suffix not in SUFFIXES:
        raise Unreadable(f'the ending "{suffix}" is not known; readable: plain text, Markdown, HTML {SUFFIXES}')


# -- encodings -----------------------------------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)"),
    re.compile(rb"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE),
)
_HINT = re.compile(rb"^(?:[^\n]*\n)?[^\n]*?\bcoding[:=]\s*([\w.-]+)")
#: What browsers make of a page's declaration.
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def decode(data: bytes, *, page: bool = False) -> str:
    """The characters of a text file: by its byte order mark, else as it declares, else UTF-8. Raises Unreadable."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, "its byte order mark says")
    found = next((m for p in _DECLARED if (m := p.search(data[:4096]))), None) if page else _HINT.match(data[:400])
    declared = found[1].decode("ascii", "replace") if found else ""
    if not declared:
        return _decoded(data, "utf-8", "")
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        raise Unreadable(f'it declares the encoding "{declared}", which nobody knows; save it as UTF-8') from None
    if page:
        name = _AS_BROWSERS.get(name, name)
    if name.startswith(("utf-16", "utf-32")):  # the declaration itself was read as ASCII, so it cannot be so
        name = "utf-8"
    return _decoded(data, name, "it declares")


def _decoded(data: bytes, name: str, why: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        because = f", which {why}" if why else ""
        shown = "UTF-8" if name == "utf-8" else name
        raise Unreadable(f"byte {error.start} is not {shown}{because}; save the article as UTF-8") from None
    except (LookupError, UnicodeError):
        raise Unreadable(f'"{name}", which {why}, is no encoding of text; save the article as UTF-8') from None


# -- Markdown ------------------------------------------------------------------------------------------------------

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])\s+\S")
_ANY_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_MARKER_LINE = re.compile(
    r"^\s*(?::{3,}[\w-]*(?:\[(?P<title>[^\]]*)\])?|\{/\*.*\*/\}|import\s.+\sfrom\s+[\"'].+[\"'];?|\[TOC\])\s*$"
)
_RAW = re.compile(r"^(<(?:details|div|center|section)\b)(?![^>]*\bmarkdown\b)", re.IGNORECASE)
_ALERT = re.compile(r"^(\s*>\s*)\[!\w+\]\s*$")
_EXTENSIONS = (
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables",
    "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip


class _Reference(ReferenceInlineProcessor):
    """``[words][name]`` shows its words, whether or not the document says where the name leads."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        text, index, handled = self.getText(data, m.end(0))
        _, end, known = self.evalId(data, index, text) if handled else (None, index, False)
        if not known:
            return None, None, None
        element = Element("a")
        element.text = text
        return element, m.start(0), end


class _Nothing(InlineProcessor):
    """What stands for a picture or a number that is no word of the text."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        return "", m.start(0), m.end(0)


def _markdown(text: str) -> Article:
    matter, body = _front_matter(text.replace("\r\n", "\n").lstrip("\ufeff"))
    threaded = any(blocks.comment_head(line) for line in body.splitlines())
    converter = Markdown(
        extensions=[*_EXTENSIONS, *(["nl2br"] if threaded else [])],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )
    converter.inlinePatterns.register(_Reference(ReferenceInlineProcessor.__name__, converter), "reference", 170)
    converter.inlinePatterns["reference"].compiled_re = re.compile(r"\[", re.DOTALL | re.UNICODE)
    converter.inlinePatterns.register(_Nothing(r"(?<![\w:]):[a-z][\w+-]*:(?![\w:`])", converter), "shortcode", 75)
    converter.inlinePatterns.register(_Nothing(r"\[\^[^\]\s]+\](?!:)", converter), "footnote-lost", 173)
    html = converter.convert("\n".join(_apart(body.split("\n"), threaded=threaded)))
    return blocks.of(_Blocks.of(html), _stated(matter))


def _apart(lines: Sequence[str], *, threaded: bool) -> list[str]:
    """Markdown lines with a blank line wherever a block begins without one, and without markers of other tools."""
    out: list[str] = []
    fence = ""
    for line in lines:
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
                if threaded and out and out[-1].strip():
                    out.append("")
            elif mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif not fence:
            if marker := _MARKER_LINE.match(line):
                out += ["", f"**{marker['title']}**" if marker["title"] else "", ""]
                continue
            line = _RAW.sub(r'\1 markdown="1"', _ALERT.sub(r"\1", line))
            head = bool(threaded and (blocks.comment_head(line) or re.fullmatch(r"\s*\*\*[^*]+\*\*\s*", line)))
            before = out[-1] if out else ""
            begins = _ITEM.match(line) and not _ANY_ITEM.match(before) and not before.startswith((" ", "\t"))
            if (head or begins) and before.strip():
                out.append("")
            if head:
                out += [line, ""]
                continue
        out.append(line)
    return out


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """A document's front matter (YAML or TOML) and what follows it."""
    if found := re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL):
        try:
            # as text only: nobody's dates, numbers or objects are made of it
            matter = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506
        except (yaml.YAMLError, RecursionError):
            matter = None
    elif found := re.match(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL):
        try:
            matter = tomllib.loads(found[1])
        except tomllib.TOMLDecodeError:
            matter = None
    else:
        return {}, text
    # two rules with lines between them are no front matter unless those lines are keys and values
    return (matter, text[found.end() :]) if isinstance(matter, dict) else ({}, text)


def _stated(matter: Mapping[str, Any]) -> Stated:
    """What front matter states of its document."""
    keys = {str(key).casefold(): value for key, value in matter.items()}

    def first(*names: str) -> str:
        return next((found for name in names if (found := ", ".join(_names(keys.get(name))))), "")

    return Stated(
        title=first("title"),
        author=first("author", "authors"),
        outlet=first("publisher", "site_name"),
        published=blocks.day(first("date", "published", "pubdate")),
        lang=first("lang", "language", "locale"),
        url=first("canonical_url", "canonical", "url"),
        licence=first("license", "licence"),
    )


def _names(value: Any) -> list[str]:
    """The plain words of a front matter value: of lists each entry, of a mapping its name or its making."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if isinstance(value, dict):
        return _names(next((value[key] for key in ("name", "created", "published") if key in value), None))
    return [" ".join(str(value).split())] if value not in (None, "") else []


# -- HTML ----------------------------------------------------------------------------------------------------------

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK_TAGS = {
    *_HEADINGS, "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SILENT = {"head", "iframe", "noscript", "script", "style", "svg", "template", "textarea", "select", "video", "audio"}
_FORMS = {
    **dict.fromkeys(_HEADINGS[1:], "heading"), "h1": "title", "figcaption": "caption",
    "caption": "caption", "li": "item", "dd": "item", "dt": "item", "blockquote": "quote",
}  # fmt: skip
_BREAK = "\v"
_WIDE = "[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]"
_FRAME = "\u2500-\u259f|"  # lines that draw a box around words


class _Blocks(HTMLParser):
    """The blocks of an HTML fragment as a reader sees them: no tags, targets or marks; each with its form."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Marked] = []
        self._open: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self._plain = False
        self._cells: list[tuple[str, str]] = []
        self._captions: list[str] = []

    @classmethod
    def of(cls, html: str) -> list[Marked]:
        """The blocks of some HTML, in its order."""
        walker = cls()
        walker.feed(html)
        walker.close()
        walker._flush()
        return walker.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, a line breaks, a picture speaks through its words."""
        given = {key: value or "" for key, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._open.append((tag, "silent"))
        elif tag == "br":
            self._parts.append(_BREAK)
        elif tag == "img":
            self._captions += [" ".join(given.get("alt", "").split())]
        elif tag not in _VOID:
            if tag in _BLOCK_TAGS:
                self._block(tag)
            self._open.append((tag, _state(tag, given)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """A block ends; an end without a beginning is passed over."""
        at = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i][0] == tag), None)
        if at is None:
            return
        if tag in _BLOCK_TAGS and not self._silent:
            if tag in ("td", "th"):
                self._cells.append((self._words(), tag))
            elif tag == "tr":
                self._row()
            elif tag == "pre":
                self._code()
            else:
                self._flush()
        del self._open[at:]

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self._parts.append(data)
            strong = any(tag in ("strong", "b") for tag, _ in self._open)
            self._plain = self._plain or bool(data.strip() and not strong)

    @property
    def _silent(self) -> bool:
        return any(state == "silent" for _, state in self._open)

    @property
    def _in_row(self) -> bool:
        return any(tag == "tr" for tag, _ in self._open)

    def _block(self, tag: str) -> None:
        if self._in_row and tag not in ("tr", "td", "th"):
            self._parts.append(" ")  # what a cell holds stays in its row
            return
        self._flush()
        if self._open and self._open[-1][0] == "p":  # HTML closes a paragraph where another block begins
            self._open.pop()

    def _words(self) -> str:
        text = re.sub(r"[ \t\r\n\f\v]+", " ", "".join(self._parts)).strip()
        self._parts, self._plain = [], False
        return text

    def _flush(self) -> None:
        if self._in_row:
            self._parts.append(" ")
            return
        states = [state for _, state in self._open if state]
        form = states[-1] if states else "paragraph"
        if form == "box-title":
            form = "heading"
            if "".join(self._parts).strip().casefold() in _BOXES:
                self._parts = []  # a box's title that its kind gave it, and nobody wrote
        strong = not self._plain
        for text in _lines("".join(self._parts), whole=form in ("title", "heading")):
            short = len(text.split()) <= 12 and not blocks.ends(text) and not text.endswith((":", "\uff1a", ","))
            heads = form == "paragraph" and strong and short
            self.found.append(Marked(text, "heading" if heads else form))
        self._parts, self._plain = [], False
        self._pictures()

    def _pictures(self) -> None:
        self.found += [Marked(alt, "caption") for alt in self._captions if alt]
        self._captions = []

    def _row(self) -> None:
        cells = [text for text, _ in self._cells if text]
        if cells:
            heads = all(tag == "th" for _, tag in self._cells)
            self.found.append(Marked(" | ".join(cells), "heading" if heads else "row"))
        self._cells, self._parts = [], []
        self._pictures()

    def _code(self) -> None:
        """A listing: one block for each part between blank lines and each of its bullets, without a box around it."""
        lines = [re.sub(rf"^[\s{_FRAME}]+|[\s{_FRAME}]+$", "", line) for line in "".join(self._parts).splitlines()]
        parts = re.split(r"\n{2,}|\n(?=[\u00d7\u2022\u2713-\u2718] )", "\n".join(lines).strip("\n"))
        self.found += [Marked(" ".join(part.split()), "code") for part in parts if part.strip()]
        self._parts, self._plain = [], False


_BOXES = (
    "abstract", "attention", "bug", "caution", "danger", "error", "example", "failure", "hint", "important", "info",
    "note", "question", "quote", "success", "summary", "tip", "warning",
)  # fmt: skip


def _state(tag: str, given: Mapping[str, str]) -> str:
    """What an element makes of the words in it: their form, or ``silent`` where a reader sees none of them."""
    classes = given.get("class", "").split()
    mark = tag in ("a", "sup") and ("footnote-backref" in classes or given.get("id", "").startswith("fnref"))
    if tag in _SILENT or mark or "hidden" in given:
        return "silent"
    if "admonition-title" in classes or tag == "summary":
        return "box-title"
    return _FORMS.get(tag, "")


def _lines(text: str, *, whole: bool) -> list[str]:
    """A block's text where it breaks: at a blank line, and at a line break after the end of a sentence."""
    out = [""]
    for number, piece in enumerate(text.split(_BREAK)):
        joined = re.sub(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})", "", piece)  # Chinese has no space where a line wraps
        clean = re.sub(r"[ \t\r\n\f]+", " ", joined).strip(" \u00a0")
        ended = blocks.ends(out[-1]) or out[-1].endswith((":", "\uff1a"))
        if not whole and number and (not clean or not out[-1] or ended):
            out.append(clean)
        else:
            out[-1] = f"{out[-1]} {clean}".strip(" ")
    return [line for line in out if line]


_TAGS = {"item": "li", "quote": "blockquote", "row": "tr", "lb": "br", "hi": "em", "ref": "a", "graphic": "img",
         "list": "ul"}  # fmt: skip
_LINK = re.compile(r"<(?:link|a)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
#: Signs beside a heading that link to itself, and numbers that link to a note.
_SIGNS = re.compile(
    r"<a\b[^>]*\bclass\s*=\s*[\"']?[^\"'>]*\b(?:headerlink|hash-link|footnote-backref)\b[^>]*>.*?</a\s*>"
    r"|<sup\b[^>]*\b(?:id\s*=\s*[\"']?fnref|class\s*=\s*[\"']?[^\"'>]*\b(?:reference|footnote))[^>]*>.*?</sup\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(r"<html\b[^>]*\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def _page(text: str) -> Article:
    """A web page: trafilatura tells the article from all that stands around it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses means to download by, and nothing is downloaded here
            import trafilatura
            from lxml import etree
    except ImportError:
        raise Unreadable(
            "web pages are read with trafilatura, which is not installed; run: "
            "pip install --require-hashes -r requirements-ingest.txt (or save the article's words as .txt)"
        ) from None
    source = _SIGNS.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_images=True,
        include_tables=True,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise Unreadable("no article was found in this page; save the article's words as .txt")
    for element in found.body.iter():
        if element.tag == "head":
            element.tag = element.get("rend") or "h2"
        elif element.tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif element.tag == "code" and "\n" in (element.text or ""):
            element.tag = "pre"
        else:
            element.tag = _TAGS.get(element.tag, element.tag)
    return blocks.of(_Blocks.of(etree.tostring(found.body, encoding="unicode", method="html")), _of_page(found, text))


def _of_page(found: Any, text: str) -> Stated:
    """What a page's metadata states; a name that was only made from its address is none."""
    host = (urlsplit(found.url or "").hostname or "").removeprefix("www.")
    outlet = found.sitename or ""
    root = _ROOT.search(text)
    return Stated(
        title=found.title or "",
        author=(found.author or _meta(text, "author")).replace("; ", ", "),
        outlet="" if outlet.casefold().removeprefix("www.") in (host.casefold(), "") else outlet,
        published=_published(text),
        lang=(root[1] if root else found.language) or "",
        url=found.url or "",
        licence=found.license or _licence(text),
    )


def _meta(text: str, *names: str) -> str:
    """What the first element with one of these names, properties or ``itemprop`` states."""
    for tag in re.findall(r"<(?:meta|time)\b[^>]*>", text, re.IGNORECASE):
        given = {key.casefold(): unescape(a or b) for key, a, b in _ATTRIBUTE.findall(tag)}
        named = any(given.get(key, "").casefold() in names for key in ("name", "property", "itemprop"))
        if named and (value := (given.get("content") or given.get("datetime") or "").strip()):
            return value
    return ""


def _published(text: str) -> str:
    """The day on which a page says that it was published: not when it was changed, nor a day of its neighbours."""
    structured = {blocks.day(value) for value in re.findall(r"\"datePublished\"\s*:\s*\"([^\"]+)\"", text)}
    return blocks.day(_meta(text, *_PUBLISHED)) or (structured.pop() if len(structured) == 1 else "")


def _licence(text: str) -> str:
    """The address of the licence that a page links as its own."""
    for link in _LINK.finditer(text):
        if re.search(r"\brel\s*=\s*[\"']?[^\"'>]*\blicense\b", link[0], re.IGNORECASE) and (
            target := re.search(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", link[0], re.IGNORECASE)
        ):
            return target[1]
    return ""


_READERS: dict[str, Callable[[str], Article]] = {
    ".txt": blocks.read,
    **dict.fromkeys(MARKDOWN, _markdown),
    **dict.fromkeys(PAGES, _page),
}
