"""Where a text has tables: neighbouring paragraphs that are rows, with " | " between their cells."""

from collections.abc import Collection, Sequence

#: Rows of a table, at least, that are told together.
LEAST = 3


def find_tables(blocks: Sequence[str], numbers: Collection[int]) -> list[tuple[int, int]]:
    """The first and the last row of each table in some paragraphs, of which ``numbers`` may be rows; all counted from
    1."""
    tables: list[tuple[int, int]] = []
    first = 0
    for number, block in enumerate([*blocks, ""], 1):
        if " | " in block and number in numbers:
            first = first or number
        else:
            if first and number - first >= LEAST:
                tables.append((first, number - 1))
            first = 0
    return tables
