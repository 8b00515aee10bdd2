"""How things are read that people save and paste: the tables of readings.yml."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.article.language import SURE, detect_language
from synoptic.article.plain_text import join_lines, join_wrapped, read_plain_text
from synoptic.article.read import read_article
from synoptic.article.teasers import bars_the_rest
from synoptic.base.problems import Refused
from tests.yaml_files import read_yaml

READINGS: dict[str, list[Any]] = read_yaml(Path(__file__).with_name("readings.yml"))
SENTENCE = (
    "<p>The harbour board met in the old custom house by the water, and it spoke of the lift for a long time.</p>"
)
PARAGRAPH = "The harbour board has stopped all night works on the new quay after three weeks of complaints about noise."
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="Lowmarket Post"><link rel="canonical" href="https://post.example/lift">{head}
</head><body><main><article>{heading}{before}{html}{after}</article></main></body></html>"""


def read_page(html: str = "", *, title: str = "Lift", head: str = "", heading: str = "<h1>Lift</h1>") -> Any:
    """The article in a page around ``html``."""
    page = PAGE.format(title=title, head=head, heading=heading, before=SENTENCE * 3, html=html, after=SENTENCE * 3)
    return read_article(page.encode(), ".html")


def test_every_table_is_run() -> None:
    """A table without a test would show nothing."""
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in READINGS if f'READINGS["{name}"]' not in source or len(READINGS[name]) < 6] == []


@pytest.mark.parametrize(("html", "text"), READINGS["visible"])
def test_visible(html: str, text: str) -> None:
    """A web page is what a browser shows."""
    blocks = read_page(f"<p>In the harbour {html} that afternoon, as was said.</p>").blocks
    assert f"In the harbour {text} that afternoon, as was said." in blocks


@pytest.mark.parametrize("case", READINGS["blocks"])
def test_blocks(case: dict[str, Any]) -> None:
    """Captions, attributions and what is hidden."""
    article = read_page(case["html"])
    kinds = dict(zip(article.blocks, article.kinds, strict=True))
    assert {block: kinds.get(block) for block in case.get("has", {})} == case.get("has", {})
    assert article.author == case.get("author", article.author)
    assert "lacks" not in case or case["lacks"] not in "\n".join(article.blocks)


@pytest.mark.parametrize("paragraph", READINGS["teasers"])
def test_teasers(paragraph: str) -> None:
    """A paragraph that asks for money bars the rest."""
    assert bars_the_rest(paragraph)


@pytest.mark.parametrize("paragraph", READINGS["no_teasers"])
def test_no_teasers(paragraph: str) -> None:
    """Other paragraphs with the same words do not."""
    assert not bars_the_rest(paragraph)


@pytest.mark.parametrize("lines", READINGS["lines"])
def test_lines(lines: list[str]) -> None:
    """Lines keep the numbers and stars that they begin with."""
    assert read_plain_text("\n".join(lines)).blocks == tuple(lines)


@pytest.mark.parametrize(("lines", "blocks"), READINGS["signs"])
def test_signs(lines: list[str], blocks: list[str]) -> None:
    """Items of lists lose their signs."""
    assert read_plain_text("\n".join(lines)).blocks == tuple(blocks)


@pytest.mark.parametrize("case", READINGS["wrapped"])
def test_wrapped(case: dict[str, Any]) -> None:
    """Wrapped lines are joined."""
    article = read_plain_text(case["text"])
    assert list(article.blocks) == case["is"]
    assert "were joined" in "".join(article.notes)


@pytest.mark.parametrize(("before", "after", "joined"), READINGS["hyphens"])
def test_hyphens(before: str, after: str, joined: str) -> None:
    """A hyphen at the end of a line stays only in a word that is always written with it."""
    assert join_lines(before, after, "") == joined


@pytest.mark.parametrize(("text", "word"), READINGS["markup"])
def test_markup(text: str, word: str) -> None:
    """Markup is no plain text, and the refusal says what to do."""
    with pytest.raises(Refused, match=word):
        read_article(text.encode(), ".txt")


@pytest.mark.parametrize(("head", "author"), READINGS["authors"])
def test_authors(head: str, author: str) -> None:
    """Authors keep dots and case; sites, scripts and commenters are no authors."""
    assert read_page(head=head).author == author


@pytest.mark.parametrize(("title", "heading", "expected"), READINGS["titles"])
def test_titles(title: str, heading: str, expected: str) -> None:
    """The site's name is no part of the title."""
    assert read_page(title=title, heading=f"<h1>{heading}</h1>" if heading else "").title == expected


@pytest.mark.parametrize(("lang", "text"), READINGS["languages"])
def test_languages(lang: str, text: str) -> None:
    """A sentence is enough to tell a language."""
    assert detect_language(text)[0] == lang


@pytest.mark.parametrize("text", ["Lift", "Lift shut", "OK 2031", "Ivo Muster, Ona"])
def test_unsure(text: str) -> None:
    """A few words are not."""
    assert detect_language(text)[1] < SURE


def test_poems_and_short_lines_are_left() -> None:
    """Lines that nobody wrapped are not joined."""
    for text in ("\n".join(["It rains", "on the quay", "and nobody", "comes to see"] * 4), "A line of words.\n" * 9):
        assert len(join_wrapped(text)[0]) == len(text.splitlines())


def test_unsure_of_wrapped_lines() -> None:
    """Where lines may be wrapped or not, a note names the flag."""
    text = "\n".join(
        f"{'a line of this length is often wrapped by a mail program' if n % 2 else 'a short one'}" for n in range(9)
    )
    lines, notes = join_wrapped(text)
    assert len(lines) == 9
    assert "--wrapped" in "".join(notes)


@pytest.mark.parametrize("text", READINGS["paragraphs"])
def test_a_paragraph_a_line(text: str) -> None:
    """Lines of like length that each begin a paragraph are left, and nothing is said of them."""
    assert join_wrapped(text) == (text.splitlines(), [])


@pytest.mark.parametrize(("line", "author", "day"), READINGS["heads"])
def test_heads(line: str, author: str, day: str) -> None:
    """The lines under everyday headlines in English, French and German."""
    article = read_plain_text(f"Harbour board halts night works\n{line}\n{PARAGRAPH}\n{PARAGRAPH}\n")
    assert (article.author, article.published) == (author, str(day))
    assert article.kinds[1] in ("byline", "dateline", "caption")


@pytest.mark.parametrize("case", READINGS["files"])
def test_files(case: dict[str, Any]) -> None:
    """Captions, transcripts and mails, and texts that are written as another kind of file is."""
    article = read_article(case["text"].encode(), case["suffix"])
    kinds = dict(zip(article.blocks, article.kinds, strict=True))
    assert "blocks" not in case or list(article.blocks) == case["blocks"]
    assert {block: kinds.get(block) for block in case.get("kinds", {})} == case.get("kinds", {})
    assert case.get("note", "") in "".join(article.notes)
    assert bool(article.notes) == ("note" in case)
    for key in ("title", "author", "published"):
        assert key not in case or getattr(article, key) == str(case[key])
