"""The kind of each paragraph of an article (headline, byline, bullet, body ...), from its form and its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from synoptic.article.bylines import BYLINE
from synoptic.article.dates import find_day, is_day_alone
from synoptic.article.teasers import bars_the_rest
from synoptic.model.values import BLOCK_QUOTE
from synoptic.text.folding import fold
from synoptic.text.quotation_marks import find_quoted, is_turn

_BULLET = re.compile(r"^\s*(?:[\u2022\u2023\u25aa\u25cf\u00b7]|[*\u2013-](?=\s.*\w)|\(?\d{1,2}\)(?=\s))\s*")
_DASHED = re.compile(r"[-\u2013]\s+(?P<number>\d)?")
_NUMBER = re.compile(
    r"^\s*(?P<number>\d{1,2})\.\s+(?!(?:J[aä]n|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[kc]t|Nov|De[zc]))"
)
_SENTENCE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u0964\u06d4\u061f]$")
_CLOSING = "\"')]\u00bb\u300d\u300f\uff09 "
_STOPS = (".", ":", ",", ";", "\u3002", "\uff1a", "\uff0c", "\uff1b")
_SEVERAL = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)[.!?\u2026][\"')\]\u00bb ]*\s+[\"'(\[\u00ab ]*[^\W\d_a-z]"
    r"|[\u3002\uff01\uff1f][\u300d\u300f\"']*\s*[^\s\u300d\u300f\"']"
)
_END = 1500  # characters
WIDE = "[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]"  # letters and marks without spaces between them
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DATELINE = re.compile(
    r"^(?:(?:(?:first )?published|posted|updated|last updated|date)\b[ :]"
    r"|(?:publié|mis à jour|modifié|posté)e?\b"
    r"|(?:veröffentlicht|aktualisiert|stand|publicado|actualizado"
    r"|pubblicato|aggiornato|atualizado|gepubliceerd|bijgewerkt)\b[ :]"
    r"|(?:发布|发表|更新|日期|時間|时间|發布|發表)[^\d]{0,6}\d)",
    re.IGNORECASE,
)
OUTLET = re.compile(
    r"^(?:(?:source|publisher|published by|outlet|éditeur|quelle|fuente)\s?:\s*"
    r"|(?:来源|來源|出处|媒体)\s?[:：]\s?)(?!\s|https?:|<)(?P<name>.{2,80})$",
    re.IGNORECASE,
)
#: A line that states the address of the article, in words or in Markdown.
ADDRESS = re.compile(
    r"^[*_]*(?:(?:(?:(?:the |full |original |source )?(?:link|url|uri|address|article|source)|permalink|original"
    r"|quelle|adresse|originalartikel|lien|article original|fuente|enlace)[*_]*\s?:"
    r"|(?:来源|來源|出处|链接|鏈接|原文链接|原文|网址)[*_]*\s?[:：])[*_]*\s*)"
    r"(?P<link>\[[^\]]*\]\()?<?(?P<url>https?://[^\s<>]+?)>?(?(link)\))[.,;]?\s*$",
    re.IGNORECASE,
)
#: A line above a mail, as mail programs show it in English, German, French and Spanish.
MAIL_LINE = re.compile(
    r"[*_]*(?:(?P<sender>from|von|de|absender)|(?P<subject>subject|betreff|objet|asunto)"
    r"|(?P<date>sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha)"
    r"|to|cc|bcc|an|à|para|kopie|reply-to|antwort an|importance|priorität|wichtigkeit|attachments?|anlagen?)"
    r"[*_]*\s?:[*_]*\s+(?P<value>\S.*)$",
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
#: A line of a transcript or a chat: a time or a name in angle brackets, and what is said.
_SAID = re.compile(r"^(?:[\[(]?\d\d?(?::\d\d){1,2}[\])]?\s+\S.*|<[\w .-]{1,40}>\s.*)$")
_SMALL_PRINT = re.compile(
    r"^\W*(?:\u00a9|\(c\)|copyright\b)|\b(?:all rights reserved|tous droits réservés|alle rechte vorbehalten)",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 40  # words
_VIDEO = re.compile(r"^(?:watch|video|listen)\b[^:]{0,40}:", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_AUTHOR_NOTE = re.compile(
    r"^(?:(?:the|about the) (?:author|writer)"
    r"|.{3,60} is (?:a|an|the) .{3,60}(?:writer|author|fellow|professor|reporter|correspondent))\b",
    re.IGNORECASE,
)
_PULL_QUOTE = re.compile(r"^\"[^\"]+\"\s*(?:(?:said|says)\s|[-]\s?)(?P<name>[^,\"]{3,60}),\s[^\".]{3,80}\.?$")


@dataclass(frozen=True)
class Block:
    """A block of a document with markup, and its form there.

    Forms: title, heading, item, quote, row, caption, code, paragraph.
    """

    text: str
    form: str


def find_comment_head(line: str) -> re.Match[str] | None:
    """Match the line over a comment of an issue thread: who, what it is, when."""
    return _COMMENT.match(line.strip())


def match_sign(lines: Sequence[str], i: int) -> str:
    """The bullet or number before the item of a list that line ``i`` is, or "".

    One item is not a list: a bullet belongs to the words unless the line before or after has one, too. A number is one
    only in a row of numbers from 1: "2. Bürgermeister" alone is the second mayor.
    """
    if _BULLET.match(lines[i]):
        beside = [n for n in (i - 1, i + 1) if 0 <= n < len(lines)]
        return match_mark(lines, i) if any(_BULLET.match(lines[n]) and match_mark(lines, n) for n in beside) else ""
    return match_mark(lines, i)


def match_mark(lines: Sequence[str], i: int) -> str:
    """The bullet or number with which line ``i`` begins, be there other items or not; "" for a minus or a dialogue."""
    if sign := _BULLET.match(lines[i]):
        return "" if _is_dashed(lines, i) else sign[0]
    if not (sign := _NUMBER.match(lines[i])):
        return ""
    first = i
    while first > 0 and _number_of(lines[first - 1]) == _number_of(lines[first]) - 1:
        first -= 1
    follows = first < i or (i + 1 < len(lines) and _number_of(lines[i + 1]) == _number_of(lines[i]) + 1)
    return sign[0] if follows and _number_of(lines[first]) == 1 else ""


def _is_dashed(lines: Sequence[str], i: int) -> bool:
    """Whether the sign before a line is a minus or the dash of a dialogue, as the lines around it tell."""
    if not (dash := _DASHED.match(lines[i])):
        return False
    near = [line for line in lines[max(0, i - 2) : i + 3] if _DASHED.match(line)]
    return any(map(is_turn, near)) or (dash["number"] is not None and len(near) == 1)


def _number_of(line: str) -> int:
    """The number that begins a line, or a number that is in no row."""
    match = _NUMBER.match(line)
    return int(match["number"]) if match else -9


def ends_sentence(block: str) -> bool:
    """Whether a block ends as a sentence does."""
    return bool(_SENTENCE.search(block.rstrip(_CLOSING)))


def kinds_of_blocks(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The kind of each block of a document with markup.

    Items are body like the paragraphs around them; items before all paragraphs are a summary.
    """
    folded = [fold(block.text) for block in blocks]
    headline = next((i for i, block in enumerate(blocks[:6]) if block.form == "title"), None)
    if headline is None:
        headline = next((i for i, block in enumerate(blocks[:3]) if block.form == "heading"), None)
    repeated = _find_repeats(folded, headline)
    threaded = any(find_comment_head(block.text) for block in blocks)  # there people quote each other
    kinds: list[str] = []
    opening = True
    for i, (block, text) in enumerate(zip(blocks, folded, strict=True)):
        original, form = block.text, block.form
        length, sentence = _count_words(text), ends_sentence(text)
        line = form in ("paragraph", "item") and opening
        if i == headline or (form == "paragraph" and i in repeated):
            kind = "headline"
        elif form in ("title", "heading"):
            kind = "byline" if find_comment_head(original) else "heading"
        elif form == "caption":
            kind = "caption"
        elif find_comment_head(original):
            kind = "byline"
        elif line and (_DATELINE.match(text) or (length <= 12 and not sentence)) and find_day(original):
            kind = "dateline"
        elif line and length <= 14 and _states_origin(original):
            kind = "byline"
        elif form == "paragraph" and _CREDIT.search(text) and length <= _LONGEST_CAPTION and not sentence:
            kind = "caption"
        elif form == "item" and opening:
            kind = "bullet"
        elif form == "paragraph" and i >= len(blocks) - 3 and i > 0 and _AUTHOR_NOTE.match(text):
            kind = "author-note"
        elif form == "quote" and not threaded and _is_repeated(text, folded, i):
            kind = "pull-quote"
        else:
            said = form == "quote" and not threaded and (sentence or length > 12)  # not the line that says who
            said = said and not find_quoted(original)  # whose marks say which words are somebody's
            kind = BLOCK_QUOTE if said else "body"
        if kind in ("body", BLOCK_QUOTE) and (headline is None or i > headline) and (sentence or length > 12):
            opening = False
        kinds.append(kind)
    return tuple(kinds)


def kinds_of_lines(blocks: Sequence[str], listed: Sequence[bool]) -> tuple[str, ...]:
    """The kind of each block of a plain text; ``body`` unless its form says otherwise.

    ``listed`` says which blocks are items of a list. Items before the first paragraph are a summary, later ones body.
    """
    kinds = ["body"] * len(blocks)
    whole = [fold(block) for block in blocks]
    folded = [_cut_middle(block) for block in whole]
    headline = _find_headline(listed, folded)
    told = _find_lines([_cut_middle(block) for block in blocks])
    told |= dict.fromkeys(_find_repeats(folded, headline), "headline")
    body = len(blocks)  # from here on, no block belongs to the head of the article
    for i, block in enumerate(folded):
        sentence = ends_sentence(block)
        short = _count_words(block) <= 12
        opening = headline is not None and headline < i <= body
        if headline is not None and i < headline:
            kinds[i] = "byline" if _states_origin(block) else "dateline" if find_day(block) else "section-label"
        elif i in told:
            kinds[i] = told[i]
        elif listed[i]:
            kinds[i] = "body" if any(k == "body" and not listed[n] for n, k in enumerate(kinds[:i])) else "bullet"
        elif (_DATELINE.match(block) or (opening and short and not sentence)) and find_day(block):
            kinds[i] = "dateline"
        elif (opening or (headline is None and i < 2)) and short and _states_origin(block):
            kinds[i] = "byline"
        elif i >= len(blocks) - 3 and i > 0 and (_EMAIL.search(block) or _AUTHOR_NOTE.match(block)):
            kinds[i] = "author-note"
        elif _CREDIT.search(block) and len(block.split()) <= _LONGEST_CAPTION and not sentence:
            kinds[i] = "caption"
        elif _VIDEO.match(block):
            kinds[i] = "video-line"
        elif not sentence and not block.endswith((*_STOPS, "-")) and not _is_broken_off(blocks, i):
            heading = short and i + 1 < len(blocks) and (not opening or _precedes_item(listed, i))
            kinds[i] = "heading" if heading else "caption"
        elif opening and not _SEVERAL.search(block) and i + 1 < len(blocks) and _begins_summary(listed, folded, i + 1):
            kinds[i] = "deck"
        elif _is_pull_quote(block, whole, i):
            kinds[i] = "pull-quote"
        if headline is not None and i > headline and kinds[i] in ("body", "bullet", "heading"):
            body = min(body, i)
    return tuple(kinds)


def _cut_middle(block: str) -> str:
    """The ends of a long block, which tell its kind: a pattern may take time by the square of a block's length."""
    return block if len(block) <= 2 * _END else f"{block[:_END]} {block[-_END:]}"


def _find_lines(blocks: Sequence[str]) -> dict[int, str]:
    """The kinds of lines that tell themselves: those above a forwarded mail, and the lines of a transcript."""
    mail = {i for i, block in enumerate(blocks) if MAIL_LINE.match(block)}
    said = {i: "body" for i, block in enumerate(blocks) if _SAID.match(block)}
    return said | {i: "byline" for i in mail if {i - 1, i + 1} & mail}


def _count_words(block: str) -> int:
    """The length of a block in words; three Chinese characters count as one word."""
    return len(block.split()) + len(HAN.findall(block)) // 3


def _is_repeated(block: str, folded: Sequence[str], i: int) -> bool:
    """Whether another block repeats this one, of at least five words."""
    inner = block.strip('"').rstrip(".,")
    return len(inner.split()) >= 5 and any(inner in other for n, other in enumerate(folded) if n != i)


def _states_origin(block: str) -> bool:
    """Whether a line states who wrote or published the article, or where it is."""
    return any(pattern.match(block) for pattern in (BYLINE, OUTLET, ADDRESS))


def _name_title(block: str) -> str:
    """A title for comparing, without its case and signs; "" if it is too short to be known again."""
    return re.sub(r"[\W_]+", "", block.casefold()) if _count_words(block) >= 3 else ""


def _find_repeats(folded: Sequence[str], headline: int | None) -> set[int]:
    """The headline and the blocks that repeat it."""
    if headline is None:
        return set()
    title = _name_title(folded[headline])
    return {headline, *(i for i, block in enumerate(folded) if title and _name_title(block) == title)}


def _is_broken_off(blocks: Sequence[str], i: int) -> bool:
    """Whether a block without a full stop is the beginning of a paragraph, not a caption: it is the last before the
    small print, or long and of several sentences. In doubt it is, since readers search only what is body."""
    block, words = blocks[i], _count_words(blocks[i])
    if words > _LONGEST_CAPTION and _SEVERAL.search(block):
        return True
    return words >= 4 and not _is_small_print(block) and all(map(_is_small_print, blocks[i + 1 :]))


def _is_small_print(block: str) -> bool:
    return bool(_SMALL_PRINT.search(block)) or bars_the_rest(block)


def _find_headline(listed: Sequence[bool], folded: Sequence[str]) -> int | None:
    """The index of the headline: among the first blocks, after section labels and the lines that state origin or day
    only. A line that stands there twice is one even if it ends as a sentence does."""
    for i, block in enumerate(folded[:6]):
        name = _name_title(block)
        twice = bool(name) and name in map(_name_title, folded[i + 1 : i + 4])
        label = _count_words(block) <= 4 and (block.isupper() or "/" in block) and i + 1 < len(folded) and not twice
        if label and any(map(str.isalpha, block)) and len(folded[i + 1].split()) <= 30 and folded[i + 1][-1:] != ".":
            continue
        if is_day_alone(block) and i + 1 < len(folded) and not ends_sentence(folded[i + 1]):
            continue  # a day above the headline
        if _DATELINE.match(block) or ADDRESS.match(block) or OUTLET.match(block):
            continue
        if listed[i] or _SAID.match(block):
            return None
        long = _count_words(block) > 30 or _SEVERAL.search(block)
        return None if long or (block.rstrip(_CLOSING).endswith(_STOPS) and not twice) else i
    return None


def _precedes_item(listed: Sequence[bool], i: int) -> bool:
    return i + 1 < len(listed) and listed[i + 1]


def _begins_summary(listed: Sequence[bool], folded: Sequence[str], i: int) -> bool:
    """Whether block ``i`` is an item of a list, or a heading over a list."""
    return listed[i] or (not ends_sentence(folded[i]) and _precedes_item(listed, i))


def _is_pull_quote(block: str, folded: Sequence[str], i: int) -> bool:
    """Whether a block is a quotation set apart: it repeats the text, or introduces its speaker again."""
    if match := _PULL_QUOTE.match(block):
        return any(match["name"] in before for before in folded[:i])
    quoted = block.startswith('"') and block.endswith('"') and block.count('"') == 2
    return quoted and _is_repeated(block, folded, i)
