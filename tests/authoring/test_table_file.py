"""Tables as spreadsheets save them, and files that are none: tables.yml has the dialects of CSV."""

import contextlib
import csv
import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from synoptic.authoring import table_file
from synoptic.authoring.table_file import Table, read_table, write_workbook
from synoptic.authoring.table_rows import Line, as_texts, count_known, read_rows
from synoptic.base.bounded import NotInstalled
from synoptic.base.problems import Refused
from synoptic.data import json_api
from synoptic.data.tables import STATEMENT_COLUMNS, protect
from tests.projects import load_site, small_project
from tests.yaml_files import read_yaml

DIALECTS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("tables.yml"))
Cells = Sequence[Sequence[Any]]
HEAD = ("statement", "claim", "quote", "note")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    """The table of a briefing in which somebody has a Russian name, with every sign that a cell may begin with."""
    site = load_site(small_project(tmp_path_factory.mktemp("project")))
    found = [as_texts(line) for line in json_api.list_statements(site, site.briefing["night-ferry"])]
    odd = ["=1+1", "'=1+1", "+x", "-5", "@all", "’tis – “so”…", "naïve; “a”, b", "1,200", "007", "2031-03-05"]
    return [{**line, "note": note} for line, note in zip(found, odd * 3, strict=False)]


def read(data: bytes, name: str, lines: Sequence[Line]) -> Table:
    """A table in a file."""
    return read_table(data, name, STATEMENT_COLUMNS, lambda table: count_known(table, lines))


def save_csv(lines: Sequence[Line], dialect: dict[str, Any]) -> bytes:
    """Lines as a program saves them."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=dialect.get("delimiter", ","),
        quoting=csv.QUOTE_ALL if dialect.get("quoted") else csv.QUOTE_MINIMAL,
        lineterminator=dialect.get("line_end", "\r\n"),
    )
    writer.writerow(STATEMENT_COLUMNS)
    writer.writerows([protect(line[column]) for column in STATEMENT_COLUMNS] for line in lines)
    writer.writerows([empty] for empty in dialect.get("after", ()))
    text: str = dialect.get("before", "") + out.getvalue()
    return text.encode(dialect["encoding"], "replace")


@pytest.mark.parametrize("dialect", DIALECTS, ids=[dialect["by"] for dialect in DIALECTS])
def test_dialects(dialect: dict[str, Any], lines: list[Line]) -> None:
    """A table that comes back as some program saves it says nothing new, even where its encoding lost characters."""
    table = read(save_csv(lines, dialect), "t.csv", lines)
    reading = read_rows(table, lines, {})
    assert (reading.said, reading.problems, reading.missing) == ([], [], [])
    assert [row.number for row in table.rows] == [*range(2, len(lines) + 2)]
    assert bool(table.encoding) == (not dialect["encoding"].startswith("utf"))


def test_our_workbook(lines: list[Line]) -> None:
    """A workbook comes back as it was written; every cell of it is text, so none is a formula."""
    cells = [[protect(line[column]) for column in STATEMENT_COLUMNS] for line in lines]
    data = write_workbook(STATEMENT_COLUMNS, cells, "A title")
    table = read(data, "t.xlsx", lines)
    reading = read_rows(table, lines, {})
    assert (reading.said, reading.problems, reading.missing) == ([], [], [])
    assert [row.odd for row in table.rows] == [{}] * len(lines)
    assert data == write_workbook(STATEMENT_COLUMNS, cells, "A title")
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet


def workbook(fill: Callable[[Workbook, Any], None]) -> bytes:
    """A workbook whose first sheet names columns; ``fill`` writes the rest."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("One")
        sheet.write_row(0, 0, HEAD)
        fill(book, sheet)
    return out.getvalue()


def add_rows(sheet: bytes, count: int) -> bytes:
    """A sheet of a workbook with rows of 25 cells added: a library takes seconds to write so many."""
    cells = "<c><v>7</v></c>" * 25
    rows = "".join(f'<row r="{number}">{cells}</row>' for number in range(10, 10 + count))
    return sheet.replace(b"</sheetData>", f"{rows}</sheetData>".encode())


def cells_of(fill: Callable[[Workbook, Any], None]) -> list[tuple[int, dict[str, str], dict[str, str]]]:
    """The rows of a workbook: number, texts, and what is no text."""
    return [(row.number, dict(row.cells), dict(row.odd)) for row in read(workbook(fill), "t.xlsx", ()).rows]


def test_numbers_and_days_of_a_workbook() -> None:
    """What a spreadsheet made of a text is read with its kind: a number as people write it, a day in ISO 8601."""

    def fill(book: Workbook, sheet: Any) -> None:
        sheet.write_number(1, 0, 7)
        sheet.write_datetime(1, 1, datetime.date(2031, 3, 5), book.add_format({"num_format": "d-mmm"}))
        sheet.write_number(1, 2, 1.25)
        sheet.write_formula(1, 3, '="a"&"b"', None, "ab")
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(3, 3, True)
        sheet.write_string(4, 3, "two\nlines")

    assert cells_of(fill) == [
        (2, {"statement": "7", "claim": "2031-03-05", "quote": "1.25", "note": "ab"},
         {"statement": "number", "claim": "day", "quote": "number"}),
        (3, {"note": "#DIV/0!"}, {"note": "error"}),
        (4, {"note": "yes"}, {}),
        (5, {"note": "two\nlines"}, {}),
    ]  # fmt: skip


def test_merged_cells() -> None:
    """Each cell of merged ones has their text, as people see it."""

    def fill(book: Workbook, sheet: Any) -> None:
        sheet.merge_range(1, 1, 3, 1, "late")
        for row in (1, 2, 3):
            sheet.write_string(row, 0, f"s{row}")

    assert [(number, cells["claim"]) for number, cells, _ in cells_of(fill)] == [(2, "late"), (3, "late"), (4, "late")]


def test_sheet_and_head_are_found() -> None:
    """The sheet whose rows name our columns is read, wherever its head is; hidden sheets are not."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        cover, hidden, sheet = (book.add_worksheet(name) for name in ("Cover", "Old", "Work"))
        cover.write_string(0, 0, "For the desk")
        hidden.write_row(0, 0, (*HEAD, "source"))
        hidden.hide()
        sheet.write_string(0, 0, "Statements of Monday")
        sheet.write_row(2, 1, ("Statement", "claim text", " QUOTE "))
        sheet.write_row(3, 1, ("s1", "Late.", "two years late"))
    table = read(out.getvalue(), "t.xlsx", ())
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (4, {"statement": "s1", "claim_text": "Late.", "quote": "two years late"})
    ]


def ods(rows: Cells) -> bytes:
    """A workbook as LibreOffice writes it."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="One">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content})


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_ods() -> None:
    """A workbook of LibreOffice is read like one of Excel."""
    table = read(ods([HEAD, ("s1", "late", "two years late", "’tis")]), "t.ods", ())
    assert [dict(row.cells) for row in table.rows] == [
        {"statement": "s1", "claim": "late", "quote": "two years late", "note": "’tis"}
    ]


def change(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """A zip with one file of it changed."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return zipped({one: edit(archive.read(one)) if one == name else archive.read(one) for one in archive.namelist()})


def test_a_formula_without_a_result() -> None:
    """A formula that no program has computed is no empty cell, but an error."""
    data = workbook(lambda book, sheet: sheet.write_formula(1, 3, "=A1"))
    table = read(change(data, SHEET, lambda xml: xml.replace(b"<v>0</v>", b"")), "t.xlsx", ())
    assert [(dict(row.cells), dict(row.odd)) for row in table.rows] == [({"note": "#NO RESULT!"}, {"note": "error"})]


def swell(data: bytes) -> bytes:
    """A zip whose last file says that it unpacks to 250 megabytes."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + (250_000_000).to_bytes(4, "little") + data[at + 4 :]


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook(lambda book, sheet: None)
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a workbook named CSV": ("t.csv", PLAIN, "this is a workbook, not CSV; name it .xlsx or .ods"),
    "not a workbook": ("t.xlsx", b"statement,quote\r\n", "it is broken, or not what its ending says"),
    "half a workbook": ("t.xlsx", PLAIN[: len(PLAIN) // 2], "it is broken, or not what its ending says"),
    "an old or locked workbook": ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "it is broken, or not"),
    "a zip bomb": ("t.xlsx", swell(PLAIN), "it unpacks to 250,0"),
    "a cell at the end of the world": (
        "t.xlsx",
        change(PLAIN, SHEET, lambda xml: xml.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
        "it is broken or too large to be read; save the table as CSV UTF-8",
    ),
    "entities": (
        "t.xlsx",
        change(PLAIN, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", f"{ENTITIES}]><sst".encode(), 1).replace(
            b">statement<", b">&j;<")),
        "",
    ),
    "too many rows": (
        "t.xlsx",
        change(PLAIN, SHEET, lambda xml: add_rows(xml, 12_000)),
        "a sheet has 12,00",
    ),
    "too many columns": (
        "t.xlsx",
        workbook(lambda book, sheet: sheet.write_row(9, 0, ["x"] * 3_000)),
        " 3,000 columns in use, and 5,000 and 100 are allowed; keep the statements of one briefing in a file of their",
    ),
    "a CSV of too many rows": ("t.csv", b"quote\r\n" + b"x\r\n" * 5_001, "a sheet has 5,002 rows and 1 columns in use"),
    "too many bytes": ("t.csv", b"a" * 20_000_001, "20,000,001 bytes are too many"),
    "nothing": ("t.csv", b"", "no row of it has the names of columns"),
    "no names": ("t.csv", b"a,b\r\n1,2\r\n", "no row of it has the names of columns"),
    "a column twice": ("t.csv", b"quote,Quote\r\n", 'the column "quote" is there twice'),
    "an endless cell": ("t.csv", b'quote\r\n"' + b"a" * 200_000, "it is not a CSV that can be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refused(case: tuple[str, bytes, str]) -> None:
    """What is no table, or would take too much, is refused in a sentence that names the file."""
    name, data, why = case
    with pytest.raises(Refused) as refusal:
        read(data, name, ())
    assert str(refusal.value).startswith(f"{name}: ")
    assert why in str(refusal.value)
    assert "plain text" not in str(refusal.value)


@pytest.mark.slow
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"statement,quote\r\n", b"\xff\xfe", b"sep=;\n", b'"', b'quote;note\n"', b"PK\x03\x04"]),
)
@settings(max_examples=400, deadline=None)
def test_any_bytes(data: bytes, before: bytes) -> None:
    """Whatever a file holds, it is a table or is refused."""
    with contextlib.suppress(Refused):
        read(before + data, "t.csv", ())


def test_empty_rows_and_columns_do_not_count(lines: list[Line]) -> None:
    """A table with a format on far more cells than are allowed is read, if few of them are in use."""

    def paint(book: Any, sheet: Any) -> None:
        grey = book.add_format({"bg_color": "#eeeeee"})
        sheet.write_row(20, 0, [None] * 120, grey)
        for row in range(21, 5_100):
            sheet.write_blank(row, 0, None, grey)

    assert read(workbook(paint), "t.xlsx", lines).columns == read(PLAIN, "t.xlsx", lines).columns


def test_the_library_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the message says how to install it, or to save the table as CSV."""

    def lacks(*_: object) -> None:
        raise NotInstalled("python_calamine")

    monkeypatch.setattr(table_file, "run_bounded", lacks)
    with pytest.raises(Refused) as refusal:
        read(PLAIN, "t.xlsx", ())
    assert "requirements-ingest.txt (or save it as CSV)" in str(refusal.value)
