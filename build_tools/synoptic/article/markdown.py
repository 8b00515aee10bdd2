"""Reads an article in Markdown: its text without markup, and its front matter."""

import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, ReferenceInlineProcessor

from synoptic.article.article import Article, Metadata, build_article
from synoptic.article.dates import find_day
from synoptic.article.html_blocks import split_html
from synoptic.article.kinds import ADDRESS, ends_sentence, find_comment_head
from synoptic.model.values import is_url

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])\s+\S")
_ANY_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_MARKER_LINE = re.compile(
    r"^\s*(?::{3,}[\w-]*(?:\[(?P<title>[^\]]*)\])?|\{/\*.*\*/\}|import\s.+\sfrom\s+[\"'].+[\"'];?|\[TOC\])\s*$"
)
_RAW = re.compile(r"^(<(?:details|div|center|section)\b)(?![^>]*\bmarkdown\b)", re.IGNORECASE)
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]*)*")
_ALERT = re.compile(r"^(\s*>\s*)\[!\w+\]\s*$")
#: Keys between two rules, which are meant as front matter.
_KEYS = re.compile(
    r"\s*(?P<rule>---|\+\+\+)[ \t]*\n(?:[ \t#-].*\n|\s*\n)*[\w-]+[ \t]*[:=].*\n(?:.*\n)*?(?P=rule)[ \t]*(?:\n|$)"
)
#: The name after the words of a link; in a row of more than two brackets, nothing is a name.
_NAME_OF_LINK = re.compile(r"\[[^\[\]]*\](?!\[)")
_WIKI_LINK = r"!?\[\[(?:[^\[\]|\n]*\|)*(?P<words>[^\[\]|\n]*[^\s\[\]|][^\[\]|\n]*)\]\](?!\(|\[(?!\[))"
_LONGEST_LINE = 12  # words; more, with a full stop, are a paragraph
_EXTENSIONS = (
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables",
    "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip


class _Reference(ReferenceInlineProcessor):
    """Renders ``[words][name]`` as its words even if the document defines no link of that name."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        text, index, handled = self.getText(data, m.end(0))
        name = _NAME_OF_LINK.match(data, index) if handled and data[: m.start()][-1:] != "]" else None
        if name is None:
            return None, None, None
        element = Element("a")
        element.text = text
        return element, m.start(0), name.end()


class _WikiLink(InlineProcessor):
    """Renders ``[[page]]`` and ``[[page|words]]`` as the words that a wiki shows."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        element = Element("a")
        element.text = m["words"] + " " * data.startswith("[[", m.end(0))
        return element, m.start(0), m.end(0)


class _Removed(InlineProcessor):
    """Text that stands for an icon or a note's number, and is not a word: ``:wave:``, ``[^1]``."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        return "", m.start(0), m.end(0)


def read_markdown(text: str) -> Article:
    """The article in a Markdown text, with what its front matter states."""
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    matter, body = _split_front_matter(text)
    threaded = any(find_comment_head(line) for line in body.splitlines())
    converter = Markdown(
        extensions=[*_EXTENSIONS, *(["nl2br"] if threaded else [])],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )
    converter.inlinePatterns.register(_Reference(ReferenceInlineProcessor.__name__, converter), "reference", 170)
    converter.inlinePatterns["reference"].compiled_re = re.compile(r"\[", re.DOTALL | re.UNICODE)
    converter.inlinePatterns.register(_WikiLink(_WIKI_LINK, converter), "wiki-link", 175)
    converter.inlinePatterns.register(_Removed(r"(?<![\w:]):[a-z][\w+-]*:(?![\w:`])", converter), "shortcode", 75)
    converter.inlinePatterns.register(_Removed(r"\[\^[^\]\s]+\](?!:)", converter), "footnote-lost", 173)
    html = converter.convert("\n".join(_separate_blocks(body.split("\n"), threaded=threaded)))
    metadata = _read_metadata(matter)
    article = build_article(split_html(html), replace(metadata, url=metadata.url or _find_address(body)))
    unread = not matter and _KEYS.match(text)
    note = "its front matter cannot be read (a value with a colon needs quotation marks), so it counts as text"
    return replace(article, notes=(*article.notes, note)) if unread else article


def _find_address(body: str) -> str:
    """The address of the article that a line before its first paragraph states; "" if none does."""
    lines = (re.sub(r"^\s*(?:>\s*)*(?:[+*-]\s+)?", "", line) for line in body.split("\n") if not line.startswith("#"))
    head = itertools.takewhile(lambda line: len(line.split()) <= _LONGEST_LINE or not ends_sentence(line), lines)
    return next((match["url"] for line in head if (match := ADDRESS.match(line))), "")


def _separate_blocks(lines: Sequence[str], *, threaded: bool) -> list[str]:
    """Markdown lines with a blank line before each block, and without the markers of other tools.

    In a thread (``threaded``) the heads of comments are blocks, too.
    """
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
            head = bool(threaded and (find_comment_head(line) or re.fullmatch(r"\s*\*\*[^*]+\*\*\s*", line)))
            before = out[-1] if out else ""
            depth = _QUOTE.match(line)[0].count(">")  # type: ignore[index]
            if 0 < depth < _QUOTE.match(before)[0].count(">"):  # type: ignore[index]
                out.append(">" * depth)  # another voice, which Markdown takes for the one before
            begins = _ITEM.match(line) and not _ANY_ITEM.match(before) and not before.startswith((" ", "\t"))
            if (head or begins) and before.strip():
                out.append("")
            if head:
                out += [line, ""]
                continue
        out.append(line)
    return out


def _split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """A document's front matter (YAML or TOML) and its body."""
    if match := re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL):
        try:
            # strings only: no dates, numbers or objects
            matter = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506
        except (yaml.YAMLError, RecursionError):
            matter = None
    elif match := re.match(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL):
        try:
            matter = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError:
            matter = None
    else:
        return {}, text
    # lines between two rules are front matter only if they are keys and values
    return (matter, text[match.end() :]) if isinstance(matter, dict) else ({}, text)


def _read_metadata(matter: Mapping[str, Any]) -> Metadata:
    """What front matter states about its document."""
    keys = {str(key).casefold(): value for key, value in matter.items()}

    def first(*names: str) -> str:
        return next((value for name in names if (value := ", ".join(_words_of(keys.get(name))))), "")

    return Metadata(
        title=first("title"),
        author=first("author", "authors"),
        outlet=first("publisher", "site_name"),
        published=find_day(first("date", "published", "pubdate")) or "",
        lang=first("lang", "language", "locale"),
        url=first("canonical_url", "canonical", "url") or next(filter(is_url, _words_of(keys.get("source"))), ""),
        licence=first("license", "licence"),
    )


def _words_of(value: Any) -> list[str]:
    """A front matter value as strings: the entries of a list, the name or day of creation of a mapping."""
    if isinstance(value, list):
        return [words for item in value for words in _words_of(item)]
    if isinstance(value, dict):
        return _words_of(next((value[key] for key in ("name", "created", "published") if key in value), None))
    return [" ".join(str(value).split())] if value not in (None, "") else []
