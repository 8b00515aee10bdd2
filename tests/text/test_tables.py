"""Where a text has tables."""

import pytest

from synoptic.text.tables import find_tables


@pytest.mark.parametrize(
    ("blocks", "tables"),
    [
        (["Words", "a | 1", "b | 2", "c | 3", "Words"], [(2, 4)]),
        (["a | 1", "b | 2", "c | 3"], [(1, 3)]),
        (["a | 1", "b | 2"], []),
        (["a | 1", "Words", "b | 2", "c | 3"], []),
        (["a | 1", "b | 2", "c | 3", "", "d | 4", "e | 5", "f | 6"], [(1, 3), (5, 7)]),
        (["a|1", "b|2", "c|3"], []),
        ([], []),
    ],
)
def test_tables(blocks: list[str], tables: list[tuple[int, int]]) -> None:
    """Three neighbouring rows are a table; fewer are paragraphs."""
    assert find_tables(blocks, range(1, len(blocks) + 1)) == tables


def test_other_paragraphs_end_a_table() -> None:
    """Paragraphs that may not be rows, such as a heading row, are in no table."""
    assert find_tables(["h | h", "a | 1", "b | 2", "c | 3"], {2, 3, 4}) == [(2, 4)]
