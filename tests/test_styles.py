"""The style sheets are valid: no linter for CSS comes as a wheel for every platform."""

from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2
from tinycss2.ast import Node

from tests.projects import CHECKOUT

FOLDERS = ("build_tools/synoptic/theme/assets", "build_tools/synoptic/workbench/page")


def nodes(rules: list[Node] | None) -> Iterator[Any]:
    """Every node of a style sheet, those within blocks, functions and at-rules included."""
    for node in rules or []:
        yield node
        for part in ("prelude", "content", "arguments", "value"):
            if isinstance(inner := getattr(node, part, None), list):
                yield from nodes(inner)
        if node.type in ("qualified-rule", "at-rule") and node.content:
            yield from nodes(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


@pytest.mark.parametrize("folder", FOLDERS)
def test_style_sheets_have_no_errors(folder: str) -> None:
    """Every style sheet parses, and each custom property of ours is both defined and used."""
    sheets = [path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / folder).glob("*.css"))]
    every = [node for text in sheets for node in nodes(tinycss2.parse_stylesheet(text))]
    assert [f"{node.source_line}: {node.message}" for node in every if node.type == "error"] == []
    defined = {node.name for node in every if node.type == "declaration" and node.name.startswith("--")}
    used = {node.arguments[0].value for node in every if node.type == "function" and node.lower_name == "var"}
    assert {name for name in used ^ defined if not name.startswith("--md-")} == set()
