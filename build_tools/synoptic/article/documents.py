"""Reads what word processors and readers of books write: .docx, .odt, .epub and .rtf.

Each function takes a file's bytes, and returns its article as ``build_article`` takes it, but as JSON: blocks as
(text, form) and metadata by name. They run in a process of their own, as hostile files may take any time and memory.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

from synoptic.article.dates import find_day
from synoptic.article.decode import decode
from synoptic.article.html_blocks import split_html
from synoptic.article.visible import keep_visible, show_raised
from synoptic.base.problems import Refused

UNPACKED = 100_000_000  # bytes
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ODT_TAGS = {f"{_TEXT}p": "p", f"{_TEXT}list-item": "li", f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td",
             f"{_TEXT}line-break": "br"}  # fmt: skip
#: Deleted words, comments, what is drawn; notes, whose texts follow at the end.
_ODT_UNSEEN = re.compile(r"\}(?:tracked-changes|annotation|annotation-end|note|sequence-decls|forms|frame)$")
_NOTE_LINKS = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">[^<]*</a>')
_RTF_RAISED = re.compile(r"\\(super|sub)(?:\\[a-z]+-?\d*)* ?([\d+-]+)(?![a-z])")


def convert_docx(data: bytes) -> Any:
    """A Word document."""
    import mammoth

    with _open_zip(data, "word/document.xml"):
        styles = "p[style-name='Title'] => h1:fresh\np[style-name='Quote'] => blockquote:fresh"
        html = mammoth.convert_to_html(io.BytesIO(data), style_map=styles, convert_image=lambda _: []).value
    return _from_html(_NOTE_LINKS.sub("", html))


def convert_odt(data: bytes) -> Any:
    """A text of LibreOffice or OpenOffice."""
    with _open_zip(data, "content.xml") as archive:
        root = _parse_xml(archive.read("content.xml"))
    body = next(root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"), None)
    if body is None:
        raise Refused("this is not a text document; save its words as plain text (.txt)")
    raised = {
        str(style.get(f"{_STYLE}name")): "sub"
        if str(properties.get(f"{_STYLE}text-position")).startswith("-")
        else "sup"
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}text-properties")
        if re.match(r"super|sub|-?[1-9]", str(properties.get(f"{_STYLE}text-position")))
    }
    parts = [body, *body.iter(f"{_TEXT}note-body")]
    return _from_html("".join(piece for part in parts for piece in _odt_html(part, raised)))


def _odt_html(element: Any, raised: dict[str, str]) -> Iterator[str]:
    """The HTML of an element of an OpenDocument text, without the element's tail."""
    tag = "" if not isinstance(element.tag, str) else _ODT_TAGS.get(element.tag, "")
    if isinstance(element.tag, str) and element.tag == f"{_TEXT}h":
        tag = f"h{min(6, int(element.get(f'{_TEXT}outline-level') or 2))}"
    elif str(element.get(f"{_TEXT}style-name")) == "Title":
        tag = "h1"
    elif element.get(f"{_TEXT}style-name") in raised and not tag:
        tag = raised[str(element.get(f"{_TEXT}style-name"))]
    if tag:
        yield f"<{tag}>"
    if element.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
        yield " "
    yield escape(element.text or "", quote=False)
    for child in element:
        if isinstance(child.tag, str) and not _ODT_UNSEEN.search(child.tag):
            yield from _odt_html(child, raised)
        yield escape(child.tail or "", quote=False)
    if tag and tag != "br":
        yield f"</{tag}>"


def convert_epub(data: bytes) -> Any:
    """A book, whose files are read in its own order."""
    from lxml import etree, html

    with _open_zip(data, "META-INF/container.xml") as archive:
        container = _parse_xml(archive.read("META-INF/container.xml"))
        package = str(next(iter(container.xpath("//*[local-name()='rootfile']/@full-path")), ""))
        book = _parse_xml(_read(archive, package))
        folder = package.rpartition("/")[0]
        files = {str(item.get("id")): str(item.get("href")) for item in book.xpath("//*[local-name()='item']")}
        parts = []
        for name in book.xpath("//*[local-name()='itemref'][not(@linear='no')]/@idref"):
            page, _ = decode(_read(archive, f"{folder}/{files.get(str(name), '')}".strip("/")), page=True)
            tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
            keep_visible(tree)
            parts += [etree.tostring(body, encoding="unicode", method="html") for body in tree.iter("body")]

    def stated(name: str) -> str:
        return ", ".join(" ".join(str(text).split()) for text in book.xpath(f"//*[local-name()='{name}']/text()"))

    metadata = {"title": stated("title"), "author": stated("creator"), "outlet": stated("publisher"),
                "published": find_day(stated("date")) or "", "lang": stated("language").split(",")[0]}  # fmt: skip
    return _from_html("".join(parts), metadata)


def convert_rtf(data: bytes) -> Any:
    """A text in Rich Text Format; one paragraph a line."""
    from striprtf.striprtf import rtf_to_text

    def show(match: re.Match[str]) -> str:
        shown = show_raised("0", match[2], tag="sup" if match[1] == "super" else "sub")
        return "".join(f"\\u{ord(sign)}?" for sign in shown)

    text: str = rtf_to_text(_RTF_RAISED.sub(show, data.decode("latin-1")), errors="replace")  # type: ignore[no-untyped-call]
    return {"text": re.sub(r"\s*\|\s*$", "", re.sub(r"\|?\n\|", " | ", text), flags=re.MULTILINE)}


def _from_html(html: str, metadata: dict[str, str] | None = None) -> Any:
    return {"blocks": [[block.text, block.form] for block in split_html(html)], "metadata": metadata or {}}


def _open_zip(data: bytes, member: str) -> zipfile.ZipFile:
    """A zip archive that has a member. Raises Refused if it unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        archive.getinfo(member)
    except (zipfile.BadZipFile, KeyError):
        raise Refused("it is broken, or not what its suffix says; save its words as plain text (.txt)") from None
    if (size := sum(info.file_size for info in archive.infolist())) > UNPACKED:
        raise Refused(f"it unpacks to {size:,} bytes, which is more than any article; save its words as .txt")
    return archive


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        raise Refused(f'it lacks its file "{name}"; save its words as plain text (.txt)') from None


def _parse_xml(data: bytes) -> Any:
    """The root of an XML file; entities are not resolved."""
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        raise Refused(f"its XML is broken ({fault.msg}); save its words as plain text (.txt)") from None
