"""The database of SQLite: every row is an object of the JSON, and the queries of docs/data.md find what it holds."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from synoptic.authoring.database import write_database
from synoptic.base.problems import Refused
from synoptic.data.database import DOCUMENTS, TABLES
from synoptic.data.documents import find_path
from synoptic.model.site import Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data
from tests.data import database_page

Documents = Mapping[str, Mapping[str, Any]]
QUERIES = re.findall(r"```sql\n-- (.+)\n([^`]+)```", database_page.PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(site: Site) -> Documents:
    """By briefing, the JSON documents that the database is made of."""
    found = {}
    for briefing in site.briefings:
        files = briefing_data(Context(site, briefing))
        found[briefing.slug] = {name: json.loads(files[find_path(briefing, name)]) for name in DOCUMENTS}
    return found


@pytest.fixture(scope="module")
def database(read: Documents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The database of the invented project."""
    path = tmp_path_factory.mktemp("database") / "all.db"
    assert write_database(path, read.items()) > 100
    with closing(sqlite3.connect(path)) as held:
        yield held


def whole(read: Documents, key: str) -> Iterator[tuple[str, Any]]:
    """Each object under a key of the whole briefings, with the briefing's id."""
    for slug in sorted(read):
        yield from ((slug, one) for one in read[slug]["briefing"][key])


def statements(read: Documents) -> Iterator[tuple[str, Any, Any]]:
    """Each statement with its briefing and its claim."""
    for slug, claim in whole(read, "claims"):
        yield from ((slug, claim, one) for one in claim["statements"])


def expected(read: Documents) -> list[list[tuple[Any, ...]]]:
    """What each of the ten queries finds, taken from the JSON."""
    tunnel, said = read["harbour-tunnel"], list(statements(read))
    texts = {(slug, claim["id"]): claim["text"] for slug, claim in whole(read, "claims")}
    sources = {(slug, one["id"]): one["source"] for slug, _, one in said}
    cited = {one["statement"]: one["wikitext"] for one in tunnel["citations"]["statements"]}
    return [
        [(s["source"], s["holder"], s["stance"], s["quote"]) for _, c, s in said if c["id"] == "opens-in-june"],
        sorted((b, c["id"], s["stance"], s["quote"]) for b, c, s in said if s["speaker"] == "city-engineer"),
        [(b, one["id"], texts[b, one["id"]]) for b in sorted(read) for one in read[b]["verdicts"]["claims"]
         if one["verdict"] == "disputed"],
        sorted((b, a["id"], sum((x, s["source"]) == (b, a["id"]) for x, _, s in said))
               for b, a in whole(read, "sources")),
        sorted((c["id"], gap["state"]) for c in tunnel["briefing"]["claims"] for gap in c["silence"]
               if gap["source"] == "wire"),
        sorted((b, s["id"]) for b, _, s in said if not s["checked"]),
        sorted((b, s["id"], s["speaker"]) for b, _, s in said if s["speaker"] and not s["in_quotation_marks"]),
        [(b, f["measures"], f["value"], sources[b, name])
         for b, f in whole(read, "figures") for name in f["statements"]],
        sorted(((b, e["when"], e["what"]) for b, e in whole(read, "events") if e["when"] != "unknown"),
               key=lambda row: row[:2]),
        [(cited[s["id"]],) for b, c, s in said if (b, c["id"]) == ("harbour-tunnel", "cost-19")],
    ]  # fmt: skip


def test_the_ten_queries_find_what_the_json_holds(database: sqlite3.Connection, read: Documents) -> None:
    """Each example in the documentation runs, and finds the very rows that the JSON has, in their order."""
    rows = expected(read)
    assert len(QUERIES) == len(rows) == 10
    for (title, query), right in zip(QUERIES, rows, strict=True):
        assert database.execute(query).fetchall() == right, title
    assert sum(bool(right) for right in rows) >= 8


def test_each_value_of_the_json_is_a_cell(database: sqlite3.Connection, read: Documents) -> None:
    """Each table has a row for each object, with every one of its values that is no object."""
    database.row_factory = sqlite3.Row
    for table in TABLES:
        held = [dict(row) for row in database.execute(f'SELECT * FROM "{table.name}"')]
        objects = []
        for slug in read:
            found = [read[slug][table.document]]
            for key in table.path:
                found = [o for one in found for o in (one[key] if isinstance(one[key], list) else [one[key]])]
            objects += [(slug, one) for one in found]
        assert len(held) == len(objects), table.name
        for row, (slug, one) in zip(held, objects, strict=True):
            assert row["briefing"] == slug
            for key, value in one.items():
                kept = json.loads(row[key]) if key in row and isinstance(value, list | dict) else row.get(key)
                assert kept == value if key in row else isinstance(value, list | dict), (table.name, key)
    database.row_factory = None


def test_equal_data_gives_equal_bytes_and_a_failure_leaves_the_old_file(read: Documents, tmp_path: Path) -> None:
    """Written twice, a database has the same bytes. If it cannot be written, nothing is left but what was there."""
    one, two = tmp_path / "one.db", tmp_path / "deep/two.db"
    for path in (one, two):
        write_database(path, read.items())
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(KeyError):
        write_database(one, [("broken", {})])
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(Refused, match="cannot be written"):
        write_database(one / "inside.db", read.items())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "one.db"]


def test_the_page_lists_every_table() -> None:
    """The table of docs/data.md is that of the program."""
    page = database_page.PAGE.read_text(encoding="utf-8")
    assert database_page.written(page) == page
