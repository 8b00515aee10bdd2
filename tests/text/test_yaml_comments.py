"""Comments are found as a YAML reader finds them."""

import pytest

from synoptic.text.yaml_comments import find_comments


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("# one\n#   two\n\n# three\n", [(1, 1, "one two"), (4, 1, "three")]),
        ('a: "x # none"  # one\n', [(1, 16, "one")]),
        ("a: 'x\n  # none\n  y' # one\n", [(3, 6, "one")]),
        ("a: | # one\n  x\n  # none\n\n# two\n", [(1, 6, "one"), (5, 1, "two")]),
        ("a: >-\n  # none", []),
        ("a: x#none\nb: #one\n", [(2, 4, "one")]),
        ("a: [x, # one\r\n  y]\r\n", [(1, 8, "one")]),
        ("a: x # one\rb: y\r", [(1, 6, "one")]),
        ('a: "x\n# no YAML', []),
        ("", []),
    ],
)
def test_comments(text: str, comments: list[tuple[int, int, str]]) -> None:
    """Each with its line and column; a hash inside a text is none."""
    assert [tuple(comment) for comment in find_comments(text)] == comments
