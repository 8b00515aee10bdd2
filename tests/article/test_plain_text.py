"""Articles in plain text: the kinds of their paragraphs, and what their lines state."""

from pathlib import Path

import pytest

from synoptic.article.plain_text import read_plain_text

PLAIN = """\
LOCAL NEWS
Ferry to stop in June, town says
By Pat Example
Published: 3 March 2031
The ferry at the invented harbour
The town says that its ferry stops for good.

At a glance

• The ferry stops in June
• A bridge is planned

The town of this invented article said on Monday that its ferry would stop. It gave no reason.
Why now
“We have no boats left,” said Mayor Lee Sample, head of the town. The mayor did not say more.
Watch: The ferry's last trip.
“A bridge is planned for the year after next,” said Lee Sample, head of the town.
“A bridge is planned for the year after next,” said Bo Never, somebody new.
Photo: an invented agency
The author is an invented reporter. pat@example.org
"""


def test_kinds() -> None:
    """The kind of a paragraph follows from its form and its neighbours."""
    article = read_plain_text(PLAIN)
    assert dict(zip(range(1, 20), article.kinds, strict=False)) == {
        1: "section-label", 2: "headline", 3: "byline", 4: "dateline", 5: "caption", 6: "deck", 7: "heading",
        8: "bullet", 9: "bullet", 10: "body", 11: "heading", 12: "body", 13: "video-line", 14: "pull-quote",
        15: "body", 16: "caption", 17: "author-note",
    }  # fmt: skip


def test_stated() -> None:
    """Title, author and date are read if the text states them."""
    article = read_plain_text(PLAIN)
    assert (article.title, article.author) == ("Ferry to stop in June, town says", "Pat Example")
    assert (article.published, article.outlet, article.genre) == ("2031-03-03", "unknown", "unknown")


def test_never_guessed() -> None:
    """What a text does not state is unknown."""
    article = read_plain_text("Something happened. Nobody saw it.\nIt ended on 3 March 2031.\n")
    assert {article.title, article.author, article.outlet, article.published, article.genre} == {"unknown"}
    assert set(article.kinds) == {"body"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: Jun 03, 2031 09:08 PM", "2031-06-03"),
        ("Published 3 June 2031", "2031-06-03"),
        ("Updated: 2031-06-03", "unknown"),  # when it was changed, not when it was published
        ("By Jane Roe, 3 March 2031", "2031-03-03"),
        ("Published: Feb 30, 2031", "unknown"),
        ("Published: yesterday", "unknown"),
    ],
)
def test_dates(line: str, day: str) -> None:
    """A date line gives its day, if the calendar has it."""
    assert read_plain_text(f"A headline of this article\n{line}\nBody text. It ends here.").published == day


@pytest.mark.parametrize("text", ["", "\n\n", "•\n", "One line", "“", "By\n", "x" * 10_000])
def test_odd_texts(text: str) -> None:
    """Any text can be read."""
    read_plain_text(text)


REAL = {
    "000": {"title": "MISSILE", "kinds": {1: "headline"}, "blocks": 19},
    "001": {"title": "unknown", "kinds": {}, "blocks": 51},
    "002": {
        "title": "Is Canada",
        "kinds": {1: "headline", 2: "deck", 3: "heading", **dict.fromkeys(range(4, 9), "bullet"), 9: "heading",
                  12: "video-line", 14: "heading", 18: "heading"},
        "blocks": 21,
    },
    "003": {
        "title": "Canada STUNS",
        "kinds": {1: "headline", 2: "caption", 3: "deck", 4: "heading", **dict.fromkeys(range(5, 10), "bullet"),
                  10: "heading", 13: "heading", 15: "pull-quote", 17: "heading", 19: "pull-quote"},
        "blocks": 20,
    },
    "004": {
        "title": "Is US-Canada",
        "kinds": {1: "section-label", 2: "headline", 3: "dateline", 4: "caption", 5: "caption", 15: "author-note"},
        "blocks": 15,
    },
}  # fmt: skip


@pytest.mark.articles
@pytest.mark.parametrize("number", sorted(REAL))
def test_real_articles(number: str, articles: list[Path]) -> None:
    """The five articles of the first briefing are read as a person would."""
    (path,) = [p for folder in articles for p in folder.glob(f"{number}_*.txt")]
    article, expected = read_plain_text(path.read_text(encoding="utf-8")), REAL[number]
    assert article.title.startswith(str(expected["title"]))
    assert {i: k for i, k in enumerate(article.kinds, 1) if k != "body"} == expected["kinds"]
    assert len(article.blocks) == expected["blocks"]
    assert (article.author, article.outlet) == ("unknown", "unknown")
    assert article.published == ("2026-06-03" if number == "004" else "unknown")
    assert article.genre == ("opinion" if number == "004" else "unknown")
