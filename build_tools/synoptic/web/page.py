"""Fetches the page of an article, for ``ingest --url``; says what to do instead if it cannot."""

import base64
import json
from dataclasses import replace
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from synoptic.article.read import find_truncation, read_article
from synoptic.base.bounded import NotInstalled, run_bounded
from synoptic.base.problems import Refused
from synoptic.load.files import most_bytes
from synoptic.text.folding import split_words
from synoptic.web.judge import Fetched, find_heads, find_notice, find_suffix, with_charset
from synoptic.web.visitor import Visitor
from synoptic.web.watch import MISSING, WALLS

#: A page with fewer words may be a notice; a longer one is an article, whatever its title says.
FEW_WORDS = 120
_TIP = "open it in your browser, save it as HTML only (or print it as PDF), and ingest that file"


def fetch_article(visitor: Visitor, address: str, *, partial: bool = False) -> tuple[Fetched, str]:
    """The page of an article, whose bytes tell their own encoding, and how a file with it would end. Raises Refused if
    it cannot be fetched, or is not an article; only if ``partial``, a part of it before a wall is enough."""
    found, end = visitor.follow(address)
    page = Fetched(address, end, found.type, found.body)
    moved = f" (it leads to {end})" if end != address else ""

    def refuse(why: str) -> Refused:
        return Refused(f"{address}: {why}{moved}; {_TIP}")

    if found.fault:
        raise refuse(found.fault)
    if found.status in WALLS:
        raise refuse(f"its server asks readers to sign in, to pay or to prove something (answer {found.status})")
    if found.status in MISSING:
        raise refuse(f"there is no such page (answer {found.status})")
    if found.status != HTTPStatus.OK:
        raise refuse(f"its server could not give it (answer {found.status})")
    suffix = find_suffix(page)
    if not suffix:
        raise refuse(f'it is of a kind that nothing here reads ("{found.type or "not stated"}")')
    if len(page.body) > (most := most_bytes(PurePosixPath(f"x{suffix}"))):
        raise refuse(f"it is larger than {most:,} bytes")
    page = replace(page, body=with_charset(page, suffix))
    if fault := _examine(page, suffix, partial):
        raise refuse(fault)
    return page, suffix


def _examine(page: Fetched, suffix: str, partial: bool) -> str:
    """Why a page is not an article, in a clause; "" if it may be one. A part of one is left to ``ingest`` to judge."""
    asked = {"asked": page.asked, "url": page.url, "type": page.type, "suffix": suffix,
             "partial": partial, "body": base64.b64encode(page.body).decode()}  # fmt: skip
    try:
        return str(run_bounded(examine, json.dumps(asked).encode()))
    except NotInstalled:
        raise
    except Refused as refusal:
        return str(refusal).partition(";")[0]


def examine(data: bytes) -> Any:
    """``_examine`` in a process of its own."""
    asked = json.loads(data)
    suffix, body = asked["suffix"], base64.b64decode(asked["body"])
    page = Fetched(asked["asked"], asked["url"], asked["type"], body)
    fault, words, (heads, _) = "", 0, find_heads(body, suffix)
    try:
        article = read_article(page.body, suffix)
        heads.append(article.title)
        words = sum(len(split_words(block)) for block in article.blocks)
        fault = find_truncation(article, suffix) or ""
    except NotInstalled:
        raise
    except Refused as refusal:
        fault = str(refusal)
    answer, why = find_notice(page, heads) if fault or words < FEW_WORDS else ("read", "")
    if answer == "missing" or (answer == "wall" and not asked["partial"]):
        return why
    return "" if words else fault.partition(";")[0]


def stem_of(address: str) -> str:
    """A name for a file with the page at an address."""
    parts = urlsplit(address)
    return PurePosixPath(parts.path).stem or (parts.hostname or "page").removeprefix("www.").partition(".")[0]
