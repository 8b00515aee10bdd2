"""What became of quotations in a page that was fetched: whether it is the article at all, and what it has of them.

It reads the page as ``ingest`` does, in a process of its own: the page is a stranger's.
"""

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml

from synoptic.article.decode import decode
from synoptic.article.html_blocks import split_html
from synoptic.article.read import PAGES, SUFFIXES, find_truncation, read_article
from synoptic.base.bounded import NotInstalled, run_bounded
from synoptic.base.problems import Refused
from synoptic.compare.watched import Outcome, Sought, find_outcomes
from synoptic.model.watch import Answer
from synoptic.text.match import Text

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "application/epub+zip": ".epub", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt", "text/vtt": ".vtt", "message/rfc822": ".eml",
}  # fmt: skip
_HEADS = ("title", "heading")
_LONGEST_HEAD = 120  # characters; a notice is short
_PASSWORD = re.compile(rb"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*>([^<]{1,300})", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta\b[^>]*\bcharset", re.IGNORECASE)


@dataclass(frozen=True)
class Fetched:
    """A page that was fetched: its bytes, its declared content type, and the address at which redirects ended."""

    asked: str
    url: str
    type: str
    body: bytes


class Judged(NamedTuple):
    """Whether the page is the article, the reason if not, and what became of each quotation (none of those that a wall
    hides)."""

    answer: Answer
    why: str
    outcomes: Sequence[Outcome]


def find_suffix(page: Fetched) -> str:
    """How a file with this page would end; "" if nothing reads it."""
    kind = page.type.partition(";")[0].strip().lower()
    own = PurePosixPath(urlsplit(page.url).path).suffix.lower()
    if kind in ("text/plain", "application/octet-stream", "binary/octet-stream", "") and own in SUFFIXES:
        return own
    return _SUFFIXES.get(kind, "")


def judge(page: Fetched, suffix: str, sought: Iterable[Sought], lang: str, markers: Sequence[str]) -> Judged:
    """What became of the quotations on a page. Never raises for what a page holds."""
    asked = {
        "asked": page.asked,
        "url": page.url,
        "type": page.type,
        "suffix": suffix,
        "lang": lang,
        "body": base64.b64encode(page.body).decode(),
        "markers": list(markers),
        "sought": [*map(list, sought)],
    }
    try:
        answer, why, outcomes = run_bounded(examine, json.dumps(asked).encode())
    except NotInstalled:
        raise
    except Refused as refusal:
        return Judged("unread", str(refusal).partition(";")[0], ())
    return Judged(answer, why, [Outcome(*outcome) for outcome in outcomes])


def examine(data: bytes) -> Any:
    """``judge`` in its own process."""
    asked = json.loads(data)
    page = Fetched(asked["asked"], asked["url"], asked["type"], base64.b64decode(asked["body"]))
    suffix = asked["suffix"]
    body = with_charset(page, suffix)
    heads, blocks = find_heads(body, suffix)
    texts, short, fault = [Text(blocks)] if suffix in PAGES else [], "", ""
    try:
        article = read_article(body, suffix)
        texts.insert(0, Text(article.blocks))
        heads += [
            article.title,
            *(b for b, kind in zip(article.blocks, article.kinds, strict=True) if kind == "headline"),
        ]
        short = find_truncation(article, suffix) or ""
    except NotInstalled:
        raise
    except Refused as refusal:
        fault = str(refusal).partition(";")[0]
    found = find_outcomes([Sought(*one) for one in asked["sought"]], asked["lang"], asked["markers"], tuple(texts))
    answer, why = _classify(page, found, fault or short.partition(";")[0], heads, barred="beginning" in short)
    kept = found if answer == "read" else [one for one in found if one.state == "there"]
    return answer, why, [list(one) for one in kept]


def _classify(
    page: Fetched, found: Sequence[Outcome], doubt: str, heads: Iterable[str], *, barred: bool
) -> tuple[Answer, str]:
    """Whether a page is the article, and the reason if not. ``doubt`` is why it may not be."""
    states = [one.state for one in found]
    if states.count("there") == len(states):
        return "read", ""
    if barred:
        return "wall", doubt
    if set(states) != {"gone"} and not doubt:
        return "read", ""
    answer, why = find_notice(page, heads)
    if answer == "read" and doubt and "there" not in states:
        return "unread", doubt
    return answer, why


def find_heads(body: bytes, suffix: str) -> tuple[list[str], tuple[str, ...]]:
    """The title and the headings of a page of the web, and all its blocks; none of another kind of file."""
    if suffix not in PAGES:
        return [], ()
    shown, _ = decode(body, page=True)
    blocks = split_html(shown)
    heads = [*_TITLE.findall(shown)[:1], *(block.text for block in blocks if block.form in _HEADS)]
    return heads, tuple(block.text for block in blocks)


def find_notice(page: Fetched, heads: Iterable[str]) -> tuple[Answer, str]:
    """Whether a page that may be no article is a notice, by its heads, its form and its address, and which."""
    words, notices = [head for head in heads if len(head) <= _LONGEST_HEAD], read_notices()
    old, new = urlsplit(page.asked), urlsplit(page.url)
    if _says(notices["missing"], words):
        return "missing", "the page says that there is no such article"
    if _PASSWORD.search(page.body) or _says(notices["wall"], words):
        return "wall", "the page asks readers to sign in, to pay or to prove something"
    if new.path != old.path and re.search(notices["wall_path"], new.path, re.IGNORECASE):
        return "wall", "it leads to a page for signing in"
    if new.path in ("", "/") and old.path not in ("", "/"):
        return "missing", "it leads to the front page"
    return "read", ""


def _says(patterns: Iterable[str], words: Iterable[str]) -> bool:
    return any(re.search(pattern, head, re.IGNORECASE) for head in words for pattern in patterns)


def read_notices() -> dict[str, Any]:
    """The words by which a page says that it is not the article, in several languages."""
    file = resources.files("synoptic.web") / "notices.yml"
    notices: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return notices


def with_charset(page: Fetched, suffix: str) -> bytes:
    """The bytes of a page so that they declare what the server says of their encoding, if they do not themselves."""
    charset = next((b for a, b in pairwise(re.split(r"[;=\s\"']+", page.type.lower())) if a == "charset"), "")
    if suffix not in (*PAGES, ".txt", ".md") or not charset or _DECLARED.search(page.body[:4096]):
        return page.body
    try:
        return b"\xef\xbb\xbf" + page.body.decode(charset).encode()
    except (LookupError, UnicodeError):
        return page.body
