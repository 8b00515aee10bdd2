"""Reads an article from a web page: trafilatura finds it among everything around it."""

import re
import warnings
from dataclasses import replace

from build_tools.article.article import Article, build_article
from build_tools.article.html_blocks import split_html
from build_tools.article.page_metadata import read_metadata
from build_tools.article.visible import keep_visible
from build_tools.base.problems import Refused

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
        raise Refused(
            "web pages are read with trafilatura, which is not installed; run: "
            "pip install --require-hashes -r requirements-ingest.txt (or save the article's words as .txt)"
        ) from None
    tree = trafilatura.load_html(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if tree is None:
        raise Refused(_NO_ARTICLE)
    metadata = read_metadata(tree, text)
    keep_visible(tree)
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
    article = build_article(split_html(html), metadata)
    return replace(article, title=metadata.title or article.title)
