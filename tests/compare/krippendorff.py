"""Tables of answers, and what the PyPI package ``krippendorff`` (0.9.0) says of them, which needs numpy.

``python -m tests.compare.krippendorff`` writes ``krippendorff.txt`` again, in an environment that has the package: a
line for each table, ``none`` where alpha is not defined.
"""

import random
from collections.abc import Iterator
from pathlib import Path

TABLES = 1_000
VALUES = Path(__file__).with_name("krippendorff.txt")
Table = list[list[int | None]]


def make_tables() -> Iterator[Table]:
    """Tables of 2 to 5 readers, 1 to 40 units and 1 to 6 values, in which answers are missing; a row is a reader."""
    draw = random.Random(28).random
    for _ in range(TABLES):
        readers, units, values = 2 + int(4 * draw()), 1 + int(40 * draw()), 1 + int(6 * draw())
        missing, alike = draw() / 2, draw()
        truth = [int(values * draw()) for _ in range(units)]
        yield [
            [None if draw() < missing else value if draw() < alike else int(values * draw()) for value in truth]
            for _ in range(readers)
        ]


def _measure(table: Table) -> str:
    import krippendorff  # type: ignore[import-not-found]  # not among the project's packages
    import numpy

    try:
        rows = [[numpy.nan if value is None else value for value in row] for row in table]
        alpha = krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
    except (ValueError, AssertionError):  # fewer than two values, or no unit with two answers
        return "none"
    return "none" if numpy.isnan(alpha) else f"{alpha:.12f}"


if __name__ == "__main__":
    VALUES.write_text("\n".join(map(_measure, make_tables())) + "\n", encoding="ascii")
