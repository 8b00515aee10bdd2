"""Reads an article from a web page: trafilatura finds it among everything around it."""

import re
import warnings
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from build_tools.article.article import Article, Metadata, build_article
from build_tools.article.dates import find_day
from build_tools.article.html_blocks import split_html
from build_tools.article.visible import keep_visible
from build_tools.base.problems import Refused

_TAGS = {"item": "li", "quote": "blockquote", "row": "tr", "lb": "br", "hi": "em", "ref": "a", "graphic": "img",
         "list": "ul"}  # fmt: skip
_LINK = re.compile(r"<(?:link|a)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_ROOT = re.compile(r"<html\b[^>]*\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


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
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    tree = trafilatura.load_html(source)
    if tree is not None:
        keep_visible(tree)
    document = trafilatura.bare_extraction(
        source if tree is None else tree,
        with_metadata=True,
        include_comments=False,
        include_images=True,
        include_tables=True,
    )
    if document is None or isinstance(document, dict) or document.body is None:
        raise Refused("no article was found in this page; save the article's words as .txt")
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
    return build_article(split_html(html), _read_metadata(document, text))


def _read_metadata(document: Any, text: str) -> Metadata:
    """What a page states about itself; a site name that trafilatura derived from the address is dropped."""
    host = (urlsplit(document.url or "").hostname or "").removeprefix("www.")
    outlet = document.sitename or ""
    root = _ROOT.search(text)
    return Metadata(
        title=document.title or "",
        author=(document.author or _find_meta(text, "author")).replace("; ", ", "),
        outlet="" if outlet.casefold().removeprefix("www.") in (host.casefold(), "") else outlet,
        published=_find_published(text),
        lang=(root[1] if root else document.language) or "",
        url=document.url or "",
        licence=document.license or _find_licence(text),
    )


def _find_meta(text: str, *names: str) -> str:
    """The value of the first meta or time element with one of these names, properties or ``itemprop``."""
    for tag in re.findall(r"<(?:meta|time)\b[^>]*>", text, re.IGNORECASE):
        attributes = {key.casefold(): unescape(a or b) for key, a, b in _ATTRIBUTE.findall(tag)}
        named = any(attributes.get(key, "").casefold() in names for key in ("name", "property", "itemprop"))
        if named and (value := (attributes.get("content") or attributes.get("datetime") or "").strip()):
            return value
    return ""


def _find_published(text: str) -> str:
    """The day of publication that a page states for machines, or ""; not the day of a change."""
    structured = {find_day(value) or "" for value in re.findall(r"\"datePublished\"\s*:\s*\"([^\"]+)\"", text)}
    return find_day(_find_meta(text, *_PUBLISHED)) or (structured.pop() if len(structured) == 1 else "")


def _find_licence(text: str) -> str:
    """The address of the licence that a page links as its own, or ""."""
    for link in _LINK.finditer(text):
        if re.search(r"\brel\s*=\s*[\"']?[^\"'>]*\blicense\b", link[0], re.IGNORECASE) and (
            target := re.search(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", link[0], re.IGNORECASE)
        ):
            return target[1]
    return ""
