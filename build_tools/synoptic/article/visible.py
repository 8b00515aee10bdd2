"""The words of HTML as a browser shows them: raised figures, quotation marks of ``<q>``, nothing that is hidden."""

import re
from typing import Any

from synoptic.article.styles import apply_style_sheets, find_look

#: Elements whose words a browser strikes out.
STRUCK = ("del", "s", "strike")
_RAISED = str.maketrans("0123456789+-\u2212=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ")
_LOWERED = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ALL_RAISED = re.compile(r"[\d+\u2212=()-]+|[nix]")
_NOTE = re.compile(r"[*\u2020\u2021\u00a7\u00b6#]+|\[[^\]]{1,12}\]|\(\d{1,3}\)")
_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*")
#: Words and marks that a raised number can only be a note of; shorter words are units, such as "km".
_NOTED = re.compile(r"[^\W\d_]{4,}$|[.,;:!?\u2026\"'\u201d\u2019\u00bb]\s*$")
_MATH = {"math", "mrow", "mn", "mi", "mo", "mtext"}
_SPOKEN = re.compile(
    r"(?:^|[\s_-])(?:(?:sr|screen-?reader)[-_]?(?:only|text)|(?:is-)?visually-?hidden|hide-visually|off-?screen"
    r"|a11y-hidden|assistive-text|element-invisible)(?:$|\s)"
)
_INLINE = ("span", "font", "u", "small", "i", "em", "b", "strong", "a")
#: Elements within sentences that trafilatura leaves out.
_DROPPED = ("time", "label", "output", "legend", "noindex", "blink")
_ENDING = ("article", "aside", "details", "section")
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th")
_SENTENCES = ("p", "li", "dd", "dt", "td", "th", "blockquote", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTED = ("small", "footer", "p", "div", "span", "cite", "figcaption", "address", "a", "strong", "b", "em")
#: Whose words a quotation is, in or after it; and what stands for a quotation.
_SAID_BY = re.compile(r"(?:^|[\s_-])(?:author|byline|by-line|attribution|source|cite|citation|credit|name|speaker)")
_QUOTE = re.compile(r"(?:^|[\s_-])(?:block|pull)?-?quot(?:e|ation)(?:$|[\s_-])")
_BY = re.compile(r"\s*(?:by|von|par|por|door|di)\s", re.IGNORECASE)
_MARKS = {"de": "„“‚‘", "fr": "«»«»", "es": "«»“”", "it": "«»“”", "pt": "«»“”", "ru": "«»„“", "ja": "「」『』"}
_ENGLISH = "“”‘’"
#: Signs beside headings that link to the heading, and numbers that link to notes.
_LINK_SIGNS = (
    "//a[contains(@class, 'headerlink') or contains(@class, 'hash-link') or contains(@class, 'footnote-backref')]"
    " | //sup[starts-with(@id, 'fnref') or contains(@class, 'reference') or contains(@class, 'footnote')]"
)


def is_hidden(attributes: Any) -> bool:
    """Whether a browser does not show an element with these attributes."""
    classes = str(attributes.get("class") or "").split()
    return (
        "hidden" in attributes
        or str(attributes.get("aria-hidden")).casefold() == "true"
        or find_look(attributes.get("style") or "") == "hidden"
        or ("hidden" in classes and not any(":" in name for name in classes))  # "md:block" shows it on wide screens
    )


def show_raised(before: str, words: str, *, tag: str, linked: bool = False) -> str:
    """The words of a ``sup`` or ``sub`` as plain text; "" for the number of a note. ``before`` is what precedes them.

    Their digits never join a number: 10⁶ is not 106.
    """
    words = words.strip()
    number = _NUMBERS.fullmatch(words)
    if tag == "sup" and (_NOTE.fullmatch(words) or (linked and len(words) <= 4) or (number and _NOTED.search(before))):
        return ""
    if tag == "sub" and not re.search(r"[\d/\u2044]$", before):
        return words  # the 2 of CO2
    if _ALL_RAISED.fullmatch(words):
        return words.translate(_RAISED if tag == "sup" else _LOWERED)
    joins = not re.search(r"\d", words) or not before[-1:].isdigit()  # 21st
    return words if joins else f"{'^' if tag == 'sup' else '_'}{words}"


def quotation_marks(lang: str, *, nested: bool) -> str:
    """The opening and the closing mark that browsers put around ``<q>``."""
    marks = _MARKS.get(lang[:2].casefold(), _ENGLISH)
    return marks[2:] if nested else marks[:2]


def keep_visible(tree: Any) -> None:
    """Change a page's tree of elements (lxml) into one whose plain text is what a browser shows."""
    for element in tree.xpath(_LINK_SIGNS):
        element.drop_tree()
    apply_style_sheets(tree)
    for element in list(tree.iter("*")):
        if (tag := _find_shown_tag(element)) != element.tag:
            element.tag = tag
    for element in list(tree.iter("msup", "msub")):
        element.tag = "span"
    for element in [element for element in tree.iter("*") if _is_unseen(element)]:
        # a dialog hides the page below it, and a page that was saved then still is the article
        if not (element.tag in ("html", "body") or element.xpath(".//h1 | .//article | .//main")):
            _remove(element)
    for element in list(tree.iter("sup", "sub")):
        linked = element.find(".//a") is not None or _parent_tag(element) == "a"
        _replace(element, show_raised(_words_before(element), element.text_content(), tag=element.tag, linked=linked))
    unfold_layout(tree)
    for element in list(tree.iter(*_DROPPED)):
        if _is_within_words(element):
            element.tag = "span"
    for element in [p for p in tree.iter("p") if next(p.iter(*_ENDING), None) is not None]:
        element.tag = "div"  # a browser ends an open paragraph there
    lang = tree.get("lang") or ""
    quoted = [(element, next(element.iterancestors("q"), None) is not None) for element in tree.iter("q")]
    for element, nested in quoted:
        marks = quotation_marks(lang, nested=nested)
        if not re.match(r"\s*[\"'“„«‹»›「『‘‚]", element.text_content()):
            element.text = marks[0] + (element.text or "")
            _append(element, marks[1])
        element.tag = "span"
    for image in tree.iter("img"):
        image.set("alt", "")  # nobody sees it
    for figure in list(tree.iter("figure")):
        _keep_caption(figure)


def keep_attributions(tree: Any) -> None:
    """Make a paragraph of each line that says whose words a quotation in a page (lxml) is: it names no author."""
    for quote in list(tree.iter("blockquote", "div", "figure", "aside", "section")):
        classes = quote.get("class") or ""
        if quote.tag != "blockquote" and not _QUOTE.search(classes):
            continue
        quote.set("class", _SAID_BY.sub(" ", classes))
        following = quote.getnext()
        after = [] if following is None or (quote.tail or "").strip() else [following]
        for element in [*quote.iterdescendants(*_ATTRIBUTED), *after]:
            if not (element.tag == "footer" and quote.tag == "blockquote") and not _is_attribution(element):
                continue
            if element in after and _BY.match(element.text_content()):
                continue  # the author's line, below a quotation that begins the article
            if element.tag not in ("cite", "a") and _parent_tag(element) != "p":
                element.tag = "p"
            for inner in element.iter("*"):
                for name in ("class", "rel", "itemprop", "id"):
                    inner.attrib.pop(name, None)
                inner.tag = "span" if inner.tag == "a" else inner.tag  # trafilatura leaves out lines of links


def _is_within_words(element: Any) -> bool:
    """Whether an element is a part of a sentence: there are other words in its paragraph."""
    block = next(element.iterancestors(*_SENTENCES), None)
    return block is not None and len(block.text_content().split()) > len(element.text_content().split())


def unfold_layout(tree: Any) -> None:
    """Make plain boxes of the tables of a page (lxml) that only place things beside each other: a cell of theirs holds
    the page's title, or three blocks and most of the table's words."""
    for table in list(tree.iter("table")):
        own = [part for part in table.iter(*_TABLE_PARTS) if next(part.iterancestors("table")) is table]
        words = len(table.text_content().split())
        if any(_holds_article(part, words) for part in own if part.tag in ("td", "th")):
            for part in (table, *own):
                part.tag = "div"


def _holds_article(cell: Any, words: int) -> bool:
    """Whether a cell of a table with so many words holds an article or a part of it."""
    if next(cell.iter("h1"), None) is not None:
        return True
    blocks = sum(1 for _ in cell.iter("p", "h2", "h3", "ul", "ol", "blockquote"))
    return blocks >= 3 and 2 * len(cell.text_content().split()) > words


def _is_attribution(element: Any) -> bool:
    """Whether an element is marked as naming who is quoted, and is as short as such a line is."""
    marks = " ".join(element.get(name) or "" for name in ("class", "rel", "itemprop"))
    named = _SAID_BY.search(marks) if isinstance(element.tag, str) else None
    return named is not None and 0 < len(element.text_content().split()) <= 25


def _find_shown_tag(element: Any) -> Any:
    """The tag that shows words as an element's style or MathML does; else its own."""
    look = find_look(element.get("style") or "") if element.tag in _INLINE else ""
    if look in ("sup", "sub", "s"):
        return look
    index = {"msup": "sup", "msub": "sub"}.get(_parent_tag(element))
    if index and element.getnext() is None:
        return index
    return "span" if element.tag in _MATH else element.tag


def _is_unseen(element: Any) -> bool:
    """Whether an element is hidden, struck out or only read aloud, unless it is read in the place of another."""
    if element.tag in ("template", *STRUCK) or is_hidden(element.attrib):
        return True
    spoken = _SPOKEN.search(element.get("class") or "") or find_look(element.get("style") or "") == "spoken"
    return bool(spoken) and not element.xpath("../*[@aria-hidden]")


def _keep_caption(figure: Any) -> None:
    """Keep the caption below a picture, and whatever else a figure shows."""
    caption = figure.find(".//figcaption")
    words = "" if caption is None else " ".join(caption.text_content().split())
    image = figure.find(".//img")
    if figure.find(".//blockquote") is not None or figure.find(".//table") is not None or (image is None and words):
        figure.tag = "div"
        if caption is not None:
            caption.tag = "p"
    elif words:
        _remove(caption)
        image.set("alt", words)
        image.set("src", "caption.jpg")  # trafilatura leaves out pictures that have no file's address


def _parent_tag(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _words_before(element: Any) -> str:
    """The last words before an element in its block."""
    previous = element.getprevious()
    if previous is not None:
        inner = previous.text_content() if isinstance(previous.tag, str) and not previous.tail else ""
        return f"{inner}{previous.tail or ''}"
    parent = element.getparent()
    if parent is None:
        return ""
    text = parent.text or ""
    return text if text or parent.tag in ("p", "li", "td", "div") else _words_before(parent)


def _replace(element: Any, words: str) -> None:
    """Put words in the place of an element."""
    element.tail = words + (element.tail or "")
    _remove(element)


def _remove(element: Any) -> None:
    """Remove an element, but not the words after it."""
    if element.getparent() is not None:
        element.drop_tree()


def _append(element: Any, words: str) -> None:
    """Put words at the end of an element."""
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words
