"""The files that ``new`` and ``ingest`` create. Pure: texts in, texts out."""

import json
import re
import unicodedata

from synoptic.article.article import Article
from synoptic.authoring import layout
from synoptic.model.values import BLOCK_QUOTE, UNKNOWN
from synoptic.text.tables import find_tables

#: The guide to the format, in the program's repository: a site of one's own has no copy of it.
GUIDE = "https://github.com/synoptic/synoptic/blob/main/docs/contribute/format.md"


def briefing_files(slug: str, title: str = "") -> dict[str, str]:
    """The files of a new draft briefing, by path in its folder."""
    title = title or slug.replace("-", " ").capitalize()
    briefing = f"""\
# A comparative briefing. How to write one: {GUIDE}
title: {_scalar(title)}
question: Which question do the articles answer differently?
status: draft   # draft: not listed, problems are warnings; then: published
topics: []
# Each topic is one question, with the answers that articles give; its claims: claims/opening-date.yml
# - id: opening-date
#   title: Opening date
#   question: When does it open?
#   answers:
#     - {{id: in-june, text: In June}}
#     - {{id: later, text: Later this year}}
editors: []     # - {{name: Your name, affiliation: Your newsroom or none}}
bottom_line: []
# - text: "Two articles carry the builder's word that it [opens in June]."    one [phrase] for each claim
#   claims: [opens-in-june]
"""
    return {
        "briefing.yml": layout.format_yaml(briefing.encode(), f"briefings/{slug}/briefing.yml"),
    }


def source_file(article: Article, source_id: str) -> str:
    """``sources/<id>.yml`` of an article: its own statements about itself and the kinds of its paragraphs."""
    kinds = "".join(f"  {n}: {kind}\n" for n, kind in enumerate(article.kinds, 1) if kind != "body")
    numbers = {n for n, kind in enumerate(article.kinds, 1) if kind in ("body", BLOCK_QUOTE)}
    tables = dict(find_tables(article.blocks, numbers))
    numbers -= {n for first, last in tables.items() for n in range(first + 1, last + 1)}
    body = "".join(f"  {n}-{tables[n]}:\n" if n in tables else f"  {n}:\n" for n in sorted(numbers))
    short = source_id.replace("-", " ").capitalize()
    label = f"label: {_scalar(short)}   # our short name for it, in the words of its id: the head of its column\n"
    url = f"url: {_scalar(article.url)}\n" if article.url else ""
    licence = f"   # the document states its licence: {article.licence}" if article.licence else ""
    part = "text: partial   # our copy is only a part of the article\n" if article.partial else ""
    text = f"""\
# What the article's own text states; unknown if it states nothing. Fix any wrong kind of paragraph here.
title: {_scalar(article.title)}
{label}outlet: {_scalar(article.outlet)}
author: {_scalar(article.author)}
genre: {article.genre}
published: {article.published}
{url}lang: {article.lang}
rights: quote{licence}
{part}# Paragraphs that are not body text (number: kind), of {len(article.kinds)}.
paragraphs: {"{}" if not kinds else ""}
{kinds}# Our own short sentence on each body paragraph without a statement; one for 7 to 9 has the key 7-9.
outline: {"{}" if not body else ""}
{body}speakers: []   # unnamed ones: - {{id: gazette-officials, name: two officials, kind: unnamed}}
"""
    return layout.format_yaml(text.encode(), "briefings/any/sources/any.yml")


def make_source_id(article: Article, file_stem: str) -> str:
    """An id for a source, from the first words of its title, else of its file's name."""
    text = article.title if article.title != UNKNOWN else file_stem
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    return "-".join(parts[:4])[:64].strip("-") or "source"


def _scalar(text: str) -> str:
    """``text`` as a YAML scalar: plain if that is safe, else double-quoted as in JSON."""
    if re.fullmatch(r"[A-Za-z][\w .,()/-]*", text, re.ASCII) and not text.endswith((" ", ":")):
        return text
    return json.dumps(text, ensure_ascii=False)
