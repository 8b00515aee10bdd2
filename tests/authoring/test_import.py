"""Tables that come back from a spreadsheet: import_table.yml has the cases."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from synoptic.data import json_api, tables
from tests.projects import apply_edit, load_site, read_files, run, small_project
from tests.yaml_files import read_yaml

SLUG = "harbour-tunnel"
CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("import_table.yml"))
Output = pytest.CaptureFixture[str]
Rows = list[dict[str, str]]


def export_rows(root: Path) -> Rows:
    """The table of statements, as it is exported."""
    site = load_site(root)
    text = tables.render_lines(json_api.list_statements(site, site.briefing[SLUG]))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def edit_rows(rows: Rows, case: dict[str, Any]) -> Rows:
    """The table after the edits of a case."""
    for row in rows:
        row |= case.get("set", {}).get(row["statement"], {})
    kept = [row for row in rows if row["statement"] not in case.get("remove", ())]
    return [*kept, *case.get("add", ())]


def write_table(path: Path, rows: Rows, columns: list[str]) -> None:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column, row.get(column.lower(), "")) for column in columns] for row in rows)


@pytest.mark.parametrize("case", CASES, ids=[case["shows"] for case in CASES])
def test_import(case: dict[str, Any], tmp_path: Path, capsys: Output) -> None:
    """The briefing says what the table says and nothing else, or every bad row is told and nothing has changed."""
    root = small_project(tmp_path / "project", texts=case.get("texts", True))
    rows = edit_rows(export_rows(root), case)
    write_table(tmp_path / "statements.csv", rows, case.get("columns", list(tables.STATEMENT_COLUMNS)))
    if "here" in case:
        apply_edit(root, case["here"])
    before = read_files(root)
    code = run(root, "import", str(tmp_path / "statements.csv"), "--briefing", SLUG, *case.get("options", ()))
    output = capsys.readouterr()
    said = output.out + output.err
    changed = [path for path, data in sorted(read_files(root).items()) if before.get(path) != data]
    for pattern in (*case.get("says", ()), *case.get("refused", ())):
        assert re.search(pattern, said), said
    if "refused" in case:
        assert (code, changed) == (1, []), said
        assert len(re.findall(": error: ", said)) <= len(case["refused"])
        return
    assert code == 0, said
    assert changed == case.get("files", changed)
    assert not ({"statements", "claims", "speakers"} & case.keys() and not changed)
    assert_records(root, case)
    if "again" in case:
        before = read_files(root)
        assert run(root, "import", str(tmp_path / "statements.csv"), "--briefing", SLUG) == 0, capsys.readouterr()
        assert read_files(root) == before


def assert_records(root: Path, case: dict[str, Any]) -> None:
    """The fields of statements, claims and speakers are what a case says."""
    site = load_site(root)
    briefing = site.briefing[SLUG]
    homes = {statement.id: claim.id for claim, statement in briefing.statements}
    for name, fields in case.get("statements", {}).items():
        if fields == "gone":
            assert name not in homes
            continue
        found = {**briefing.statement[name].model_dump(), "claim": homes[name]}
        assert {key: found[key] for key in fields} == fields
    for name, fields in case.get("claims", {}).items():
        assert {key: briefing.claim[name].model_dump()[key] for key in fields} == fields
    for name, fields in case.get("speakers", {}).items():
        assert {key: site.speakers_of(briefing)[name].model_dump()[key] for key in fields} == fields
