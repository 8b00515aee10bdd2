"""Reads a PDF by pdfminer, independently of what wrote it: its text, and the tree of its tags."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import TagExtractor
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

_MARKED = re.compile(r'<(\w+)(?: MCID="(\d+)")?[^<>]*>([^<]*)</\1>')


def plain(value: object) -> str:
    """A name or a string of a PDF as text."""
    found = resolve1(value)
    if isinstance(found, PSLiteral):
        return str(found.name)
    if isinstance(found, bytes):
        return found.decode("utf-16") if found.startswith(b"\xfe\xff") else found.decode("latin-1")
    return str(found)


@dataclass(frozen=True)
class Element:
    """An element of the tree of tags: its tag, its own attributes, the text in it, and the elements below it."""

    tag: str
    attributes: Mapping[str, Any]
    text: str
    children: tuple["Element", ...]

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def all_text(self) -> str:
        """The text in it and below it."""
        return self.text + "".join(child.all_text for child in self.children)

    def find(self, *tags: str) -> list["Element"]:
        """The elements with one of these tags."""
        return [one for one in self.walk() if one.tag in tags]


class Pdf:
    """A PDF. ``tagged`` has for each page its pieces of tagged text by number, ``loose`` text without a number, with
    its tag."""

    def __init__(self, data: bytes) -> None:
        self.document = PDFDocument(PDFParser(BytesIO(data)))
        self.catalog: Mapping[str, Any] = self.document.catalog
        self.pages = list(PDFPage.create_pages(self.document))
        self.tagged: list[dict[int, str]] = []
        self.loose: list[tuple[str, str]] = []
        self._used: set[tuple[int, int]] = set()
        for page in self.pages:
            resources, out = PDFResourceManager(), BytesIO()
            PDFPageInterpreter(resources, TagExtractor(resources, out)).process_page(page)
            found = _MARKED.findall(out.getvalue().decode())
            self.tagged.append({int(number): html.unescape(text) for _, number, text in found if number})
            self.loose += [(tag, html.unescape(text)) for tag, number, text in found if not number]
        self._numbers = {page.pageid: number for number, page in enumerate(self.pages)}

    @cached_property
    def tree(self) -> Element:
        """The tree of tags, from the element Document."""
        (root,) = resolve1(resolve1(self.catalog["StructTreeRoot"])["K"])
        return self._read(root)

    @property
    def unused(self) -> set[tuple[int, int]]:
        """The pieces of tagged text, by page and number, that the tree does not have."""
        self.tree  # noqa: B018 - it notes what it has
        return {(page, number) for page, pieces in enumerate(self.tagged) for number in pieces} - self._used

    @property
    def text(self) -> str:
        """The text of the whole document in the order of its tags, spaces folded."""
        return " ".join(self.tree.all_text.split())

    def objects(self) -> Iterator[Any]:
        """Every object in the file."""
        numbers = {number for xref in self.document.xrefs for number in xref.get_objids()}
        yield from (self.document.getobj(number) for number in sorted(numbers - {0}))

    def _read(self, reference: Any) -> Element:
        found: Mapping[str, Any] = resolve1(reference)
        page = self._numbers[found["Pg"].objid] if "Pg" in found else -1
        text, children = "", []
        for kid in resolve1(found["K"]):
            if isinstance(kid, int):
                text += self.tagged[page].get(kid, "")  # a drawing has no text
                self._used.add((page, kid))
            elif isinstance(kid, PDFObjRef) and plain(resolve1(kid).get("Type")) == "StructElem":
                children.append(self._read(kid))
        own = {key: value for key, value in found.items() if key not in ("K", "P", "Pg", "S", "Type")}
        return Element(plain(found["S"]), own, text, tuple(children))
