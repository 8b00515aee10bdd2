"""Reads an article from a web page: trafilatura finds it among everything around it."""

import copy
import re
import warnings
from dataclasses import replace
from typing import Any

from synoptic.article.article import Article, build_article
from synoptic.article.html_blocks import split_html
from synoptic.article.lost_blocks import restore_blocks
from synoptic.article.page_metadata import read_metadata
from synoptic.article.teasers import bars_the_rest
from synoptic.article.visible import is_hidden, keep_attributions, keep_visible
from synoptic.base.bounded import NotInstalled
from synoptic.base.problems import Refused

_TAGS = {"item": "li", "quote": "blockquote", "row": "tr", "lb": "br", "hi": "em", "ref": "a", "graphic": "img",
         "list": "ul"}  # fmt: skip
_NO_ARTICLE = "no article was found in this page; save the article's words as .txt"


def read_web_page(text: str) -> Article:
    """The article in a web page, with what its metadata states. Raises Refused if it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about optional packages for downloads; nothing is downloaded here
            import trafilatura
            from lxml import etree
    except ImportError:
        raise NotInstalled("trafilatura") from None
    tree = trafilatura.load_html(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if tree is None:
        raise Refused(_NO_ARTICLE)
    keep_attributions(tree)
    metadata = read_metadata(tree, text)
    barred = _find_bar(tree)
    keep_visible(tree)
    page = copy.deepcopy(tree.find("body") if tree.find("body") is not None else tree)
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_images=True,
        include_tables=True,
    )
    if document is None or isinstance(document, dict) or document.body is None:
        raise Refused(_NO_ARTICLE)
    for element in document.body.iter():
        if element.tag == "head":
            element.tag = element.get("rend") or "h2"
        elif element.tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif element.tag == "code" and "\n" in (element.text or ""):
            element.tag = "pre"
        else:
            element.tag = _TAGS.get(element.tag, element.tag)
    html = etree.tostring(document.body, encoding="unicode", method="html")
    restored = restore_blocks(page, split_html(html), metadata.title)
    article = build_article(restored.blocks, metadata)
    return replace(article, title=metadata.title or article.title, barred=barred, notes=restored.notes)


def _find_bar(tree: Any) -> str:
    """A sentence of the page that asks readers to pay or to sign in before they read on, or ""."""
    for element in tree.xpath("//body//*[self::p or self::div or self::section or self::h2 or self::h3 or self::span]"):
        words = " ".join(element.text_content().split())
        if words and bars_the_rest(words) and not is_hidden(element.attrib):
            return words
    return ""
