"""Completes the tags that WeasyPrint gives a PDF, before it is written. See ISO 14289-1 (PDF/UA-1), 7.2, 7.3, 7.5, 7.8.

What stands in the margins of pages becomes an artifact; a header cell says what it heads, a figure where it is, and a
quotation its language. Objects are dictionaries that name each other by reference, ``b"12 0 R"``.
"""

from collections.abc import Iterator
from typing import Any


def finish_tags(document: Any, pdf: Any) -> None:
    """Change the PDF of a WeasyPrint document in place. Raises ValueError if its tags are not as this expects them."""
    objects = pdf.objects
    root = _resolve(objects, pdf.catalog["StructTreeRoot"])
    reached = list(_walk(objects, root["K"][0]))
    _set_margins_apart(pdf, root, {element.number for element in reached})
    for element in reached:
        if element["S"] == "/TH":
            _set_scope(objects, element)
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)  # the scope of its headers says the same
        elif element["S"] == "/Figure":
            _place_figure(objects, element)
    quotations = [element for element in reached if element["S"] == "/BlockQuote"]
    languages = [language for page in document.pages for language in _find_languages(page._page_box)]
    for element, language in zip(quotations, languages, strict=True):
        element["Lang"] = language


def _resolve(objects: Any, reference: bytes) -> Any:
    return objects[int(reference.split()[0])]


def _walk(objects: Any, reference: bytes) -> Iterator[Any]:
    """An element of the tree of tags and all below it, in the order of the document."""
    element = _resolve(objects, reference)
    yield element
    for child in element["K"]:
        if isinstance(child, bytes) and _resolve(objects, child).get("Type") == "/StructElem":
            yield from _walk(objects, child)


def _set_margins_apart(pdf: Any, root: Any, reached: set[int]) -> None:
    """Mark as artifacts what belongs to no element of the tree: headers and numbers of pages."""
    from pydyf import Dictionary

    entries = _resolve(pdf.objects, root["ParentTree"])["Nums"]
    pages = [_resolve(pdf.objects, reference) for reference in pdf.page_references]
    for number, page in enumerate(pages):
        parents = entries[2 * number + 1]
        apart = {mcid for mcid, parent in enumerate(parents) if int(parent.split()[0]) not in reached}
        for mcid in apart:
            parents[mcid] = b"null"
        stream = _resolve(pdf.objects, page["Contents"]).stream
        for at, piece in enumerate(stream):
            if piece == b"BDC" and stream[at - 1].get("MCID") in apart:
                stream[at - 2], stream[at - 1] = "/Artifact", Dictionary({"Type": "/Pagination"})


def _set_scope(objects: Any, cell: Any) -> None:
    """Say of a header cell whether it heads its column or its row, instead of naming it in every cell."""
    group = _resolve(objects, _resolve(objects, cell["P"])["P"])
    cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    cell.pop("ID", None)


def _place_figure(objects: Any, figure: Any) -> None:
    """Give the place of a figure in points from the bottom of its page, instead of pixels from the top."""
    _, _, _, height = _resolve(objects, figure["Pg"])["MediaBox"]
    left, top, right, bottom = (0.75 * pixels for pixels in figure["A"]["BBox"])
    figure["A"]["BBox"] = type(figure["A"]["BBox"])((left, height - bottom, right, height - top))


def _find_languages(box: Any) -> Iterator[Any]:
    """The language of each quotation in a box and below it."""
    from pydyf import String

    if getattr(box, "element_tag", None) == "blockquote":
        yield String(box.element.attrib["lang"])
    for child in getattr(box, "children", ()):
        yield from _find_languages(child)
