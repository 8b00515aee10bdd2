"""An article as a reader sees it: its blocks, what each block is, and what the text itself states. Pure.

Nothing is guessed: a title, author, date or outlet that the text does not state is ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from build_tools.model.values import LANGUAGE, UNKNOWN
from build_tools.text.folding import fold

_BULLET = re.compile(r"^\s*(?:[\u2022\u2023\u25aa\u25cf\u00b7*]|[-\u2013](?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_SENTENCE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]$")
_CLOSING = "\"')]\u00bb\u300d\u300f\uff09 "
_STOPS = (".", ":", ",", ";", "\u3002", "\uff1a", "\uff0c", "\uff1b")
_SEVERAL = re.compile(
    r"[.!?\u2026][\"')\]\u00bb ]*\s+[\"'(\[\u00ab ]*[^\W\d_a-z]"
    r"|[\u3002\uff01\uff1f][\u300d\u300f\"']*\s*[^\s\u300d\u300f\"']"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = (
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)"), "%Y-%m-%d", (1, 2, 3)),
    (re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}}),? (\d{{4}})\b"), "%Y-%b-%d", (3, 1, 2)),
    (re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]*\.?,? (\d{{4}})\b"), "%Y-%b-%d", (3, 2, 1)),
)
_MOIS = ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"]
_DAY_FR = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(_MOIS)})[^\W\d_]*\.? (\d{{4}})\b", re.IGNORECASE)
_DAY_ZH = re.compile(r"(\d{4}) ?[年/] ?(\d{1,2}) ?[月/] ?(\d{1,2}) ?日?")
_DATELINE = re.compile(
    r"^(?:(?:(?:first )?published|posted|updated|last updated|date)\b[ :]"
    r"|(?:publié|mis à jour|modifié|posté)e?\b|(?:发布|发表|更新|日期|時間|时间|發布|發表)[^\d]{0,6}\d)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:(?:by|written by|author:)\s+|(?:(?:écrit )?par|auteure?\s?:)\s+(?=(?-i:[A-ZÀ-ÖØ-Þ]))"
    r"|(?:作者|撰文|记者|記者|文)\s?[:：/]\s?)(?P<name>[^\W\d_].{1,80})$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"^(?:last )?(?:updated|modified|changed|mis à jour|modifié|更新)", re.IGNORECASE)
_OUTLET = re.compile(
    r"^(?:(?:source|publisher|published by|outlet|éditeur)\s?:\s*"
    r"|(?:来源|來源|出处|媒体)\s?[:：]\s?)(?P<name>.{2,80})$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:photo|image|picture|photograph|illustration|credit|crédit)s?\s*(?::|by\b|/|photo)|(?:图片?|摄影|攝影)\s?[:：/]",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"^(?:#+\s*)?[*_]*@?(?P<name>[A-Za-z0-9][\w.-]{0,38}(?:\[bot\])?)[*_]*"
    r"(?: \u00b7 (?:description|comment|review|reply)\b.{0,60}"
    r"| (?:commented|opened this issue|opened this pull request)\b(?: on)?.{0,40})$"
)
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
    """An article: its blocks (paragraphs), the kind of each, and what the document states of itself."""

    blocks: tuple[str, ...]
    kinds: tuple[str, ...]
    title: str
    author: str
    outlet: str
    published: str
    genre: str
    lang: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Marked:
    """A block of a document with marks, and what they make of it.

    Forms: title, heading, item, quote, row, caption, code, paragraph.
    """

    text: str
    form: str


@dataclass(frozen=True)
class Stated:
    """What a document's metadata states of it; empty where it states nothing."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    published: str = ""
    lang: str = ""
    url: str = ""
    licence: str = ""


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
    return _article(clean, _kinds(raw, clean), Stated())


def of(marked: Sequence[Marked], stated: Stated) -> Article:
    """The article of a document with marks (Markdown, HTML), which say what most of its blocks are.

    A title that only the metadata states is what a reader sees first, so it becomes the first block.
    """
    found = list(marked)
    if stated.title and not any(m.form == "title" or fold(m.text) == fold(stated.title) for m in found[:5]):
        found.insert(0, Marked(stated.title, "title"))
    return _article(tuple(m.text for m in found), _marked_kinds(found), stated)


def _article(clean: tuple[str, ...], kinds: tuple[str, ...], stated: Stated) -> Article:
    """An article from its blocks; what its metadata states goes before what a line of it says."""

    def first(kind: str) -> str:
        return clean[kinds.index(kind)] if kind in kinds else ""

    bylines = [block for block, kind in zip(clean, kinds, strict=True) if kind == "byline"]
    named = [*bylines, *(block for block, kind in zip(clean, kinds, strict=True) if kind == "dateline")]
    # Who wrote in a thread is no author of an article, and often a private person.
    author = next((_undated(m["name"]) for block in named if (m := _BYLINE.match(block))), "")
    outlet = next((m["name"] for block in bylines if (m := _OUTLET.match(block))), "")
    datelines = [
        block for block, kind in zip(clean, kinds, strict=True) if kind == "dateline" and not _UPDATED.match(block)
    ]
    dated = next(iter(datelines), "") or next((block for block in bylines if comment_head(block)), "")
    label = first("section-label").casefold()
    return Article(
        blocks=clean,
        kinds=kinds,
        title=first("headline") or stated.title or UNKNOWN,
        author=stated.author or author or UNKNOWN,
        outlet=stated.outlet or outlet or UNKNOWN,
        published=stated.published or day(dated) or UNKNOWN,
        genre="opinion" if re.search(r"\bopinion\b|\bviewpoint\b", label) else UNKNOWN,
        lang=_language(stated.lang) or _script("".join(clean)),
        url=stated.url,
        licence=stated.licence,
    )


def _undated(name: str) -> str:
    """A byline's name without the day that stands behind it: "Jane Roe, 3 March 2031"."""
    return (
        re.split(r"\s*[,|\u00b7\u2014-]?\s+(?=(?:(?:on|le)\s)?(?:\d|[A-Z][a-z]{2,8}\.? \d))", name, maxsplit=1)[
            0
        ].strip(" ,|")
        or name
    )


def comment_head(line: str) -> re.Match[str] | None:
    """The line over a comment of an issue thread (who, what it is, when), or None."""
    return _COMMENT.match(line.strip())


def _language(declared: str) -> str:
    """A declared language as a tag, or the empty string where it is none."""
    tag = declared.strip().replace("_", "-")
    head, _, rest = tag.partition("-")
    tag = head.casefold() + ("-" + rest if rest else "")
    return tag if re.fullmatch(LANGUAGE, tag) else ""


def _script(text: str) -> str:
    """The language that a text's script leaves no doubt of: Chinese, where most letters are Han and none is kana."""
    letters = [c for c in text if c.isalpha()]
    han = sum(bool(_HAN.match(c)) for c in letters)
    return "zh" if letters and 3 * han > len(letters) and not _KANA.search(text) else ""


def _length(block: str) -> int:
    """How long a block is in words; three signs of Chinese are taken for one."""
    return len(block.split()) + len(_HAN.findall(block)) // 3


def _marked_kinds(found: Sequence[Marked]) -> tuple[str, ...]:
    """The kind of each block of a document with marks.

    Items and quotations are body like the paragraphs around them; items that stand before all paragraphs sum up.
    """
    folded = [fold(m.text) for m in found]
    headline = next((i for i, m in enumerate(found[:6]) if m.form == "title"), None)
    if headline is None:
        headline = next((i for i, m in enumerate(found[:3]) if m.form == "heading"), None)
    threaded = any(comment_head(m.text) for m in found)  # there a quotation is what another person wrote
    kinds: list[str] = []
    opening = True
    for i, (mark, block) in enumerate(zip(found, folded, strict=True)):
        line = mark.form in ("paragraph", "item") and opening
        if i == headline:
            kind = "headline"
        elif mark.form in ("title", "heading"):
            kind = "byline" if comment_head(mark.text) else "heading"
        elif mark.form == "caption":
            kind = "caption"
        elif comment_head(mark.text):
            kind = "byline"
        elif line and day(mark.text) and (_DATELINE.match(block) or (_length(block) <= 12 and not ends(block))):
            kind = "dateline"
        elif line and _length(block) <= 14 and (_BYLINE.match(mark.text) or _OUTLET.match(mark.text)):
            kind = "byline"
        elif mark.form == "paragraph" and _CREDIT.search(block) and _length(block) <= 40 and not ends(block):
            kind = "caption"
        elif mark.form == "item" and opening:
            kind = "bullet"
        elif mark.form == "paragraph" and i >= len(found) - 3 and i > 0 and _AUTHOR_NOTE.match(block):
            kind = "author-note"
        elif mark.form == "quote" and not threaded and _repeats(block, folded, i):
            kind = "pull-quote"
        else:
            kind = "body"
        if kind == "body" and (headline is None or i > headline) and (ends(block) or _length(block) > 12):
            opening = False
        kinds.append(kind)
    return tuple(kinds)


def _repeats(block: str, folded: Sequence[str], i: int) -> bool:
    """Whether a block of five words or more says again what stands in another."""
    inner = block.strip('"').rstrip(".,")
    return len(inner.split()) >= 5 and any(inner in other for n, other in enumerate(folded) if n != i)


def _kinds(raw: Sequence[str], clean: Sequence[str]) -> tuple[str, ...]:
    """The kind of each block, from its form and its neighbours; ``body`` where nothing speaks against it."""
    kinds = ["body"] * len(clean)
    folded = [fold(block) for block in clean]
    headline = _headline(raw, folded)
    settled = len(clean)  # from here on, no block is part of the article's head
    for i, block in enumerate(folded):
        sentence = ends(block)
        short = _length(block) <= 12
        opening = headline is not None and i > headline and i <= settled
        if headline is not None and i < headline:
            kinds[i] = "dateline" if day(block) else "section-label"
        elif i == headline:
            kinds[i] = "headline"
        elif _BULLET.match(raw[i]):
            kinds[i] = "bullet"
        elif (_DATELINE.match(block) and day(block)) or (opening and short and day(block) and not sentence):
            kinds[i] = "dateline"
        elif (opening or (headline is None and i < 2)) and short and (_BYLINE.match(block) or _OUTLET.match(block)):
            kinds[i] = "byline"
        elif i >= len(clean) - 3 and i > 0 and (_EMAIL.search(block) or _AUTHOR_NOTE.match(block)):
            kinds[i] = "author-note"
        elif _CREDIT.search(block) and len(block.split()) <= 40 and not sentence:
            kinds[i] = "caption"
        elif _VIDEO.match(block):
            kinds[i] = "video-line"
        elif not sentence and not block.endswith((*_STOPS, "-")):
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
        label = _length(block) <= 4 and (block.isupper() or "/" in block) and i + 1 < len(folded)
        if label and letters and len(folded[i + 1].split()) <= 30 and not folded[i + 1].endswith("."):
            continue
        if _DATELINE.match(block):
            continue
        if _BULLET.match(raw[i]):
            return None
        long = _length(block) > 30 or _SEVERAL.search(block)
        return None if long or block.rstrip(_CLOSING).endswith(_STOPS) else i
    return None


def ends(block: str) -> bool:
    """Whether a block ends as a sentence does."""
    return bool(_SENTENCE.search(block.rstrip(_CLOSING)))


def _heads(raw: Sequence[str], i: int) -> bool:
    """Whether what follows block ``i`` is what a heading stands over: a bullet."""
    return i + 1 < len(raw) and bool(_BULLET.match(raw[i + 1]))


def _summary_follows(raw: Sequence[str], folded: Sequence[str], i: int) -> bool:
    """Whether a heading over bullets, or bullets, begin at block ``i``."""
    return bool(_BULLET.match(raw[i])) or (not ends(folded[i]) and _heads(raw, i))


def _is_pull_quote(block: str, folded: Sequence[str], i: int) -> bool:
    """A quotation set off by itself: it repeats the text around it, or introduces its speaker once more."""
    if found := _PULL_QUOTE.match(block):
        return any(found["name"] in before for before in folded[:i])
    whole = block.startswith('"') and block.endswith('"') and block.count('"') == 2
    return whole and _repeats(block, folded, i)


def day(text: str) -> str:
    """The first day that ``text`` states (in English, French or Chinese, or as EDTF), as EDTF, or the empty string."""
    text = fold(text)
    for pattern, form, order in _DATE:
        if found := pattern.search(text):
            try:
                return datetime.strptime("-".join(found[i] for i in order), form).date().isoformat()  # noqa: DTZ007 - a day
            except ValueError:
                continue
    if found := _DAY_FR.search(text):
        month = next(n for n, stem in enumerate(_MOIS, 1) if found[2].casefold() == stem)
        return _made(found[3], month, found[1])
    if found := _DAY_ZH.search(text):
        return _made(*found.groups())
    return ""


def _made(year: str, month: str | int, number: str) -> str:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""
