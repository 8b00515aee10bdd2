"""The reader's tour: each question of docs/tour.md is answered within three pages of the home page."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Open, Serve
from tests.projects import CHECKOUT, build_once, clone_checkout
from tests.yaml_files import read_yaml

TOUR: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("tour.yml"))
MOST = 3  # pages after the home page


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve_folder: Serve) -> str:
    """The address of the site of this repository."""
    return serve_folder(build_once(tmp_path_factory, "checkout", clone_checkout).folder)


def test_the_tour_has_these_questions() -> None:
    """The page asks what is tried here, in the same order."""
    page = (CHECKOUT / "docs" / "tour.md").read_text("utf-8")
    assert re.findall("^## (.*)$", page, re.MULTILINE) == list(TOUR)
    assert len(TOUR) == 9


@pytest.mark.slow
@pytest.mark.parametrize("question", TOUR)
def test_question(question: str, home: str, tab: Open) -> None:
    """A reader who follows the tour reads the answer, and has opened three pages at most."""
    way = TOUR[question]
    opened = tab(home)
    page = opened.open("")
    for link in way["follow"]:
        with page.expect_navigation():
            page.locator(link).first.click()
    if "tap" in way:
        page.locator(way["tap"]).first.click()
    for place in way["read"]:
        shown = page.locator(place).first
        expect(shown).to_be_visible()
        expect(shown).not_to_be_empty()
    assert len(way["follow"]) <= MOST
    assert opened.errors == []
