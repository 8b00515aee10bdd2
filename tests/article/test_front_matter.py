"""Front matter of Markdown: what an article takes from it, and what is none."""

import pytest

from synoptic.article.markdown import read_markdown
from synoptic.article.read import read_article
from tests.article.texts import MARKDOWN


def test_front_matter() -> None:
    """Front matter is read; the day of creation goes before that of a change."""
    article = read_article(MARKDOWN.encode(), ".md")
    assert (article.title, article.author) == ("The ferry stops in June", "Pat Example, Sam Pattern")
    assert (article.published, article.lang, article.outlet) == ("2031-03-03", "en-GB", "unknown")
    assert (article.url, article.licence) == ("https://harbour.example/ferry", "CC BY 4.0")


@pytest.mark.parametrize(
    ("matter", "read"),
    [
        ("title: The bridge: a view\nauthor: Ada", False),
        ("title: [The bridge", False),
        ("title: The bridge\nsource: https://bridge.example/a", True),
        ("", True),
    ],
)
def test_front_matter_that_cannot_be_read(matter: str, read: bool) -> None:
    """Front matter with a mistake in it is named in a note; its key "source" may be the address."""
    article = read_markdown(f"---\n{matter}\n---\n\n# The head\n\nIt is open again.\n")
    assert any("front matter" in note for note in article.notes) is not read
    assert article.url == ("https://bridge.example/a" if "source" in matter else "")


def test_a_title_of_the_front_matter_only() -> None:
    """A title that the text does not have becomes the first block."""
    article = read_article(b"---\ntitle: A title\n---\nIt begins here.\n", ".md")
    assert article.kinds == ("headline", "body")
    assert article.blocks == ("A title", "It begins here.")


@pytest.mark.parametrize(
    "text", ["---\n\nJust a rule.\n\n---\n\nMore.\n", "---\n- a\n---\nMore.\n", "---\n{[\n---\nMore.\n"]
)
def test_no_front_matter(text: str) -> None:
    """Text between two rules is not front matter, and broken front matter hides nothing."""
    assert read_article(text.encode(), ".md").blocks[-1] == "More."
