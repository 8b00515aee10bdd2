"""Picture cards: what a shared link to a briefing or topic brings along."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from synoptic.compare.summary import replace_briefings
from synoptic.model.site import Publication, Site
from synoptic.site import card_drawing, cards
from synoptic.site.additions import render_additions
from synoptic.site.card_drawing import COLOURS, Card, Part, Row, draw_card, drawable
from tests.data.samples import HOSTILE, hostile
from tests.projects import CHECKOUT, load_site, read_files, small_project

HOME = "https://example.org/there"
PLAIN = Card("Synoptic", "The story", ("What was said?",), ("A", "B"), (), "answer", "2 articles")


def published(tmp_path: Path, home: str = HOME) -> Site:
    """The small project, published at an address."""
    return replace(load_site(small_project(tmp_path)), publication=Publication(site_url=home))


def pixels(card: Card) -> dict[str, int]:
    """The colours of a card, each with the number of its pixels."""
    picture = Image.open(io.BytesIO(draw_card(card))).convert("RGB")
    counts = picture.getcolors(1200 * 630)
    assert counts
    return {f"#{bytes(colour).hex()}": count for count, colour in counts if isinstance(colour, tuple)}


def test_every_briefing_and_topic_has_a_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a PNG of 1200 by 630 pixels and less than 60 KB, and nothing else is written; the same cards give the
    same bytes."""
    monkeypatch.chdir(tmp_path)
    site = published(tmp_path / "project")
    made = render_additions(site).cards
    expected = {f"cards/{briefing.slug}.png" for briefing in site.briefings} | {
        f"cards/{briefing.slug}/{topic.id}.png" for briefing in site.briefings for topic in briefing.file.topics
    }
    assert set(made) == expected
    assert cards.write_cards(made, tmp_path / "site") == len(expected)
    files = read_files(tmp_path / "site")
    assert set(files) == expected
    assert {path.name for path in tmp_path.iterdir()} == {"project", "site"}
    for data in files.values():
        picture = Image.open(io.BytesIO(data))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(data) < 60_000
    assert cards.write_cards(made, tmp_path / "site") == 0


def test_cards_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that shows the same as before is not drawn again, and one that is no more is removed."""
    made = render_additions(published(tmp_path / "project")).cards
    cards.write_cards(made, tmp_path / "site", tmp_path / "kept")
    monkeypatch.setattr(cards, "draw_card", lambda card: pytest.fail("drawn again"))
    cards.write_cards(made, tmp_path / "other", tmp_path / "kept")
    assert read_files(tmp_path / "other") == read_files(tmp_path / "site")
    gone = next(iter(made))
    cards.write_cards({path: card for path, card in made.items() if path != gone}, tmp_path / "site", tmp_path / "kept")
    assert not (tmp_path / "site" / gone).exists()


@pytest.mark.slow
def test_several_processes_draw_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many cards, drawn by several processes, are the cards that one process draws."""
    made = render_additions(published(tmp_path / "project")).cards
    cards.write_cards(made, tmp_path / "one")
    monkeypatch.setattr(cards, "SHARE", 4)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    cards.write_cards(made, tmp_path / "two")
    assert read_files(tmp_path / "one") == read_files(tmp_path / "two")


@pytest.mark.parametrize("home", ["", "example.org", "/briefings/", "javascript:alert(1)", "ftp://example.org/"])
def test_without_a_full_address_there_is_no_picture(tmp_path: Path, home: str) -> None:
    """A preview takes full addresses only: without one, no card is drawn and no page names a picture."""
    site = published(tmp_path, home)
    assert render_additions(site).cards == {}
    assert not any("og:image" in page for page in render_additions(site).addresses.values())


def test_claims_bring_their_words_and_their_topics_card(tmp_path: Path) -> None:
    """The permanent address of a claim has the claim as title and its topic's card, even if its words are hostile."""
    site = published(tmp_path)
    briefing = hostile(next(iter(site.briefings)))
    claim = briefing.claims[0]
    pages = render_additions(replace_briefings(site, (briefing,))).addresses
    tree = html.document_fromstring(pages[f"{briefing.slug}/{claim.id}/index.html"])
    tags = {tag.get("property"): tag.get("content") for tag in tree.iter("meta") if tag.get("property")}
    assert tags["og:title"] == HOSTILE
    assert tags["og:image"] == f"{HOME}/cards/{briefing.slug}/{claim.topic}.png"
    assert tags["og:url"] == f"{HOME}/c/{briefing.slug}/{claim.id}/"
    assert {tag.tag for tag in tree.iter()} <= {"html", "head", "meta", "title", "link", "body", "p", "a"}


def test_colours_are_those_of_the_pages() -> None:
    """Each colour of a card is the light one of the same name in the style sheet."""
    styles = (CHECKOUT / "build_tools/synoptic/theme/assets/synoptic.css").read_text(encoding="utf-8")
    for name, colour in COLOURS.items():
        (found,) = re.findall(rf"--{name}: light-dark\((#[0-9a-f]+),", styles)
        assert found == colour, name


@pytest.mark.parametrize("answer", range(1, card_drawing.TINTS + 1))
def test_an_answer_has_its_colour(answer: int) -> None:
    """The cell of an article that gives an answer has the answer's colour; a headline's is an empty frame."""
    given, headline = (
        pixels(PLAIN._replace(rows=(Row("Yes", ((Part(answer, "", body),), ())),))) for body in (True, False)
    )
    colour = COLOURS[f"a{answer}"]
    assert given[colour] > 2000
    assert headline.get(colour, 0) == 0
    assert len(headline) > len(pixels(PLAIN._replace(rows=(Row("Yes", ((), ())),))))


def test_fonts_have_every_letter_that_is_drawn() -> None:
    """No letter that counts as drawable is drawn as the box that stands for a missing one."""
    for name in (card_drawing.TITLE, card_drawing.TEXT):
        font = card_drawing._font(name, 40)
        box = bytes(font.getmask("\uffff"))
        letters = sorted({drawable(chr(code)) for code in range(0x20, 0x2300)} - {""})
        assert len(letters) > 500
        assert [letter for letter in letters if bytes(font.getmask(letter)) == box] == []


def test_words_that_cannot_be_drawn_are_replaced_whole() -> None:
    """A title or label with a letter of another script gives way to the next title or to a number: no boxes, and no
    half of a name."""
    other = PLAIN._replace(titles=("What did 王毅 say?", "What was said?"), above="القصة")
    assert draw_card(other) == draw_card(PLAIN._replace(above=""))
    assert drawable("Nguyễn Thị Định, Ångström, Дмитро, Ελλάς, “Peña”") != ""
    row = PLAIN._replace(rows=(Row("是", ((), ())),))
    assert draw_card(row) == draw_card(PLAIN._replace(rows=(Row("Answer 1", ((), ())),)))
    assert draw_card(PLAIN._replace(titles=("王",)))


def test_long_words_and_many_rows_stay_in_the_picture() -> None:
    """A very long question is cut, a long table says how many rows are left out, and the margins stay empty."""
    rows = tuple(Row("word " * 60, tuple((Part(1),) for _ in range(40))) for _ in range(30))
    letters = tuple("A" for _ in range(40))
    card = Card("S" * 80, "x" * 300, ("Is it really so? " * 40,), letters, rows, "claim", "40 articles")
    picture = Image.open(io.BytesIO(draw_card(card))).convert("RGB")
    for side in ((0, 0, 50, 630), (1150, 0, 1200, 630), (0, 612, 1200, 630)):
        assert picture.crop(side).getcolors() is not None
        assert len(picture.crop(side).getcolors() or ()) == 1, side
