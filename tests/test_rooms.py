"""docs/architecture.md says what is so: its picture and table of the rooms are current, and its functions exist."""

import importlib
import re

import pytest

from tests import rooms

PAGE = rooms.PAGE.read_text(encoding="utf-8")
NAMED = sorted(
    set(re.findall(r"`((?:\w+\.){2,}\w+)`", PAGE.split("## The way of one quotation")[1].split("## Ten")[0]))
)


def test_the_picture_is_current() -> None:
    """`python -m tests.rooms` would write the same picture."""
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.picture()


def test_the_table_is_current() -> None:
    """`python -m tests.rooms` would write the same table, and every room says what it is for."""
    assert rooms.page() == PAGE
    assert all(len(rooms.sentences(room)) >= 3 for layer in rooms.layers() for room in layer if room != "hook")


@pytest.mark.parametrize("name", NAMED)
def test_a_named_function_exists(name: str) -> None:
    """Each function on the way of a quotation can be imported."""
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(f"build_tools.{module}"), function))


def test_functions_are_named() -> None:
    """The page names a function in nearly every room."""
    assert len({name.split(".")[0] for name in NAMED}) >= 11
