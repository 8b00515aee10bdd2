"""The pictures of the documentation show the pages as they are today."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import pictures
from tests.yaml_files import read_yaml

LARGEST = 150_000  # bytes
NOTED = read_yaml(pictures.RECORD)


@pytest.mark.slow
@pytest.mark.parametrize("name", pictures.HOMES)
def test_picture_is_up_to_date(name: str, browser: Browser, tmp_path: Path) -> None:
    """Words and elements of the page are those that were noted when its picture was taken."""
    with pictures.HOMES[name](tmp_path / name) as home, pictures.shown(browser, name, home) as place:
        assert pictures.digest(place) == NOTED[name], "take the pictures again: python -m tests.pictures"


def test_pictures_are_small() -> None:
    """There is a light and a dark picture of each page, and each is quickly loaded."""
    sizes = {path.name: path.stat().st_size for path in pictures.FOLDER.iterdir()}
    assert set(sizes) == {f"{name}-{colours}.webp" for name in NOTED for colours in ("light", "dark")}
    assert max(sizes.values()) < LARGEST
