"""An article as a reader sees it: its blocks, what each block is, and what the text itself states. Pure.

Nothing is guessed: a title, author, date or outlet that the text does not state is ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from build_tools.match import fold
from build_tools.model import UNKNOWN

_BULLET = re.compile(r"^\s*(?:[\u2022\u2023\u25aa\u25cf\u00b7*]|[-\u2013](?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_SENTENCE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]$")
_SEVERAL = re.compile(r"[.!?\u2026][\"')\]]*\s+[\"'(\[]*[^\W\d_a-z]")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = (
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), "%Y-%m-%d", (1, 2, 3)),
    (re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}}),? (\d{{4}})\b"), "%Y-%b-%d", (3, 1, 2)),
    (re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]*\.?,? (\d{{4}})\b"), "%Y-%b-%d", (3, 2, 1)),
)
_DATELINE = re.compile(r"^(?:(?:first )?published|posted|updated|last updated|date)\b[ :]", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:by|written by|author:)\s+(?P<name>[^\W\d_].{1,80})$", re.IGNORECASE)
_OUTLET = re.compile(r"^(?:source|publisher|published by|outlet):\s*(?P<name>.{2,80})$", re.IGNORECASE)
_CREDIT = re.compile(r"\b(?:photo|image|picture|photograph|illustration|credit)s?\s*(?::|by\b|/)", re.IGNORECASE)
_VIDEO = re.compile(r"^(?:watch|video|listen)\b[^:]{0,40}:", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_AUTHOR_NOTE = re.compile(
    r"^(?:(?:the|about the) (?:author|writer)"
    r"|.{3,60} is (?:a|an|the) .{3,60}(?:writer|author|fellow|professor|reporter|correspondent))\b",
    re.IGNORECASE,
)
_PULL_QUOTE = re.compile(r"^\"[^\"]+\"\s*(?:(?:said|says)\s|[-]\s?)(?P<name>[^,\"]{3,60}),\s[^\".]{3,80}\.?$")


@dataclass(frozen=True)
class Article:
    """A plain-text article: its blocks (paragraphs) and what the text states of itself."""

    blocks: tuple[str, ...]
    kinds: tuple[str, ...]
    title: str
    author: str
    outlet: str
    published: str
    genre: str


def blocks(text: str) -> tuple[str, ...]:
    """The blocks of a plain text: its lines that hold anything, bullets without their signs."""
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return tuple(_BULLET.sub("", line) or line for line in lines if line)


def read(text: str) -> Article:
    """An article's blocks, the kind of each, and its title, author, outlet, date (EDTF) and genre.

    In: plain text, one paragraph a line. What the text does not state comes out as ``unknown``.
    """
    raw = tuple(line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip())
    clean = blocks(text)
    kinds = _kinds(raw, clean)

    def first(kind: str) -> str:
        return clean[kinds.index(kind)] if kind in kinds else ""

    byline = _BYLINE.match(first("byline"))
    outlet = next(
        (m["name"] for b, k in zip(clean, kinds, strict=True) if k == "byline" and (m := _OUTLET.match(b))),
        "",
    )
    label = first("section-label").casefold()
    return Article(
        blocks=clean,
        kinds=kinds,
        title=first("headline") or UNKNOWN,
        author=byline["name"] if byline else UNKNOWN,
        outlet=outlet or UNKNOWN,
        published=_date(first("dateline")) or UNKNOWN,
        genre="opinion" if re.search(r"\bopinion\b|\bviewpoint\b", label) else UNKNOWN,
    )


def _kinds(raw: Sequence[str], clean: Sequence[str]) -> tuple[str, ...]:
    """The kind of each block, from its form and its neighbours; ``body`` where nothing speaks against it."""
    kinds = ["body"] * len(clean)
    folded = [fold(block) for block in clean]
    headline = _headline(raw, folded)
    settled = len(clean)  # from here on, no block is part of the article's head
    for i, block in enumerate(folded):
        sentence = _ends(block)
        short = len(block.split()) <= 12
        opening = headline is not None and i > headline and i <= settled
        if headline is not None and i < headline:
            kinds[i] = "dateline" if _date(block) else "section-label"
        elif i == headline:
            kinds[i] = "headline"
        elif _BULLET.match(raw[i]):
            kinds[i] = "bullet"
        elif (_DATELINE.match(block) and _date(block)) or (opening and short and _date(block) and not sentence):
            kinds[i] = "dateline"
        elif (opening or (headline is None and i < 2)) and short and (_BYLINE.match(block) or _OUTLET.match(block)):
            kinds[i] = "byline"
        elif i >= len(clean) - 3 and i > 0 and (_EMAIL.search(block) or _AUTHOR_NOTE.match(block)):
            kinds[i] = "author-note"
        elif _CREDIT.search(block) and len(block.split()) <= 40 and not sentence:
            kinds[i] = "caption"
        elif _VIDEO.match(block):
            kinds[i] = "video-line"
        elif not sentence and not block.endswith((":", ",", ";", "-")):
            followed = i + 1 < len(clean)
            kinds[i] = "caption" if opening and not _heads(raw, i) else "heading" if short and followed else "caption"
        elif opening and not _SEVERAL.search(block) and i + 1 < len(clean) and _summary_follows(raw, folded, i + 1):
            kinds[i] = "deck"
        elif _is_pull_quote(block, folded, i):
            kinds[i] = "pull-quote"
        if headline is not None and i > headline and kinds[i] in ("body", "bullet", "heading"):
            settled = min(settled, i)
    return tuple(kinds)


def _headline(raw: Sequence[str], folded: Sequence[str]) -> int | None:
    """The index of the headline: among the first three blocks, after section labels and date lines only."""
    for i, block in enumerate(folded[:3]):
        letters = [c for c in block if c.isalpha()]
        label = len(block.split()) <= 4 and (block.isupper() or "/" in block) and i + 1 < len(folded)
        if label and letters and len(folded[i + 1].split()) <= 30 and not folded[i + 1].endswith("."):
            continue
        if _DATELINE.match(block):
            continue
        if _BULLET.match(raw[i]):
            return None
        long = len(block.split()) > 30 or _SEVERAL.search(block)
        return None if long or block.rstrip("\"')").endswith((".", ":", ",", ";")) else i
    return None


def _ends(block: str) -> bool:
    """Whether a block ends as a sentence does."""
    return bool(_SENTENCE.search(block.rstrip("\"')]\u00bb\u300d")))


def _heads(raw: Sequence[str], i: int) -> bool:
    """Whether what follows block ``i`` is what a heading stands over: a bullet."""
    return i + 1 < len(raw) and bool(_BULLET.match(raw[i + 1]))


def _summary_follows(raw: Sequence[str], folded: Sequence[str], i: int) -> bool:
    """Whether a heading over bullets, or bullets, begin at block ``i``."""
    return bool(_BULLET.match(raw[i])) or (not _ends(folded[i]) and _heads(raw, i))


def _is_pull_quote(block: str, folded: Sequence[str], i: int) -> bool:
    """A quotation set off by itself: it repeats the text around it, or introduces its speaker once more."""
    if found := _PULL_QUOTE.match(block):
        return any(found["name"] in before for before in folded[:i])
    inner = block.strip('"').rstrip(".,")
    whole = block.startswith('"') and block.endswith('"') and block.count('"') == 2
    return whole and len(inner.split()) >= 5 and any(inner in other for n, other in enumerate(folded) if n != i)


def _date(text: str) -> str:
    """The first day that ``text`` states, as EDTF, or the empty string."""
    for pattern, form, order in _DATE:
        if found := pattern.search(text):
            try:
                return datetime.strptime("-".join(found[i] for i in order), form).date().isoformat()  # noqa: DTZ007 - a day
            except ValueError:
                continue
    return ""
