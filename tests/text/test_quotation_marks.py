"""Every style of quotation marks is direct speech; apostrophes, titles and units are not."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.text.match import Text
from tests.yaml_files import read_yaml

STYLES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("quotation_marks.yml"))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style['lang']} {style['style']}")
def test_style(style: dict[str, Any]) -> None:
    """Words inside the marks are told from words outside them."""
    text = Text(tuple(style["text"]))
    for key in ("inside", "outside"):
        if key in style:
            match = text.find(style[key])
            assert match is not None
            assert match.marked == (key == "inside"), key
