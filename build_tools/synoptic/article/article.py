"""An article as a reader sees it: its paragraphs, their kinds, and what the document states about itself.

Nothing is guessed: a title, author, date or outlet that the document does not state is ``unknown``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from synoptic.article.bylines import find_author
from synoptic.article.dates import find_day, find_publication_day
from synoptic.article.kinds import ADDRESS, OUTLET, Block, find_comment_head, kinds_of_blocks
from synoptic.article.site_names import strip_outlet
from synoptic.model.values import LANGUAGE, UNKNOWN
from synoptic.text.folding import fold


@dataclass(frozen=True)
class Article:
    """An article: its blocks (paragraphs), the kind of each, and what the document states about itself."""

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
    notes: tuple[str, ...] = ()  # what an editor should know about the reading, a clause each
    barred: str = ""  # a sentence of the page that asks readers to pay before they read on
    partial: bool = False  # somebody says that this is only a part of the article


@dataclass(frozen=True)
class Metadata:
    """What a document's metadata states; empty if it states nothing. ``published`` is a day in EDTF."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    published: str = ""
    lang: str = ""
    url: str = ""
    licence: str = ""


def build_article(blocks: Sequence[Block], metadata: Metadata) -> Article:
    """The article of a document whose markup says what most of its blocks are (Markdown, HTML).

    A title that only the metadata states becomes the first block, since readers see it there.
    """
    found = list(blocks)
    title = metadata.title
    if title and not any(block.form == "title" or fold(block.text) == fold(title) for block in found[:5]):
        found.insert(0, Block(title, "title"))
    return describe_article(tuple(block.text for block in found), kinds_of_blocks(found), metadata)


def describe_article(blocks: tuple[str, ...], kinds: tuple[str, ...], metadata: Metadata) -> Article:
    """An article from its blocks. Metadata takes precedence over a line of the text."""

    def of_kind(kind: str) -> list[str]:
        return [block for block, own in zip(blocks, kinds, strict=True) if own == kind]

    def first(kind: str) -> str:
        return next(iter(of_kind(kind)), "")

    bylines, datelines = of_kind("byline"), of_kind("dateline")
    # the people who write in a thread are not authors of an article, and often private persons
    author = next(filter(None, map(find_author, (*bylines, *datelines))), "")
    outlet = metadata.outlet or next((m["name"] for line in bylines if (m := OUTLET.match(line))), "")
    url = metadata.url or next((m["url"] for line in bylines if (m := ADDRESS.match(line))), "")
    days = (*map(find_publication_day, datelines), *map(find_day, filter(find_comment_head, bylines)))
    label = first("section-label").casefold()
    return Article(
        blocks=blocks,
        kinds=kinds,
        title=strip_outlet(first("headline"), outlet, url) or metadata.title or UNKNOWN,
        author=metadata.author or author or UNKNOWN,
        outlet=outlet or UNKNOWN,
        published=metadata.published or next(filter(None, days), UNKNOWN),
        genre="opinion" if re.search(r"\bopinion\b|\bviewpoint\b", label) else UNKNOWN,
        lang=_clean_language(metadata.lang),
        url=url,
        licence=metadata.licence,
    )


def _clean_language(declared: str) -> str:
    """A declared language as a tag, or "" if it is not one."""
    head, _, rest = declared.strip().replace("_", "-").partition("-")
    tag = head.casefold() + ("-" + rest if rest else "")
    return tag if re.fullmatch(LANGUAGE, tag) else ""
