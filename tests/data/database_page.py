"""The table of the database's tables in docs/data.md. ``python -m tests.data.database_page`` writes it; a test fails if
it is out of date."""

from synoptic.data.database import TABLES
from synoptic.data.documents import read_format
from tests.projects import CHECKOUT

PAGE = CHECKOUT / "docs/data.md"
MARKS = "<!-- tables: written by python -m tests.data.database_page -->\n", "<!-- end of tables -->\n"


def table() -> str:
    """The tables, a row each: what a row is, and its columns."""
    shapes = read_format().objects
    rows = (
        f"| `{one.name}` | {shapes[one.shape].means.rstrip('.')} | {', '.join(f'`{c.name}`' for c in one.columns)} |"
        for one in TABLES
    )
    return "\n".join(("\n| table | a row is | columns |", "|---|---|---|", *rows, "\n"))


def written(page: str) -> str:
    """The page with the table as it should be."""
    before, _, rest = page.partition(MARKS[0])
    return before + MARKS[0] + table() + MARKS[1] + rest.partition(MARKS[1])[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
