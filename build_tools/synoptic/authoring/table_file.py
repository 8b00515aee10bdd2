"""Reads and writes tables as spreadsheets do: CSV in any of their dialects, .xlsx and .ods.

Workbooks are read in a process of their own, as hostile ones may take any time and memory.
"""

import csv
import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from synoptic.base.bounded import NotInstalled, run_bounded
from synoptic.base.problems import Refused

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000  # bytes
MOST_CELLS = 3_000_000  # of a sheet, with the empty ones between and around those in use
MOST_ROWS, MOST_COLUMNS = 5_000, 100  # in use: over ten times the largest briefing, in 31 columns
_KEEP = "keep the statements of one briefing in a file of their own"
WORKBOOKS = (".xlsx", ".ods")
#: What a workbook's cell holds instead of text: a number, a day, an error, or a formula whose result was not saved.
Odd = str
NO_RESULT = "#NO RESULT!"
_ERRORS = frozenset(
    {NO_RESULT, "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!"}
)
_SHEETS = r"xl/worksheets/[^/]+\.xml"
_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_HEAD_ROWS = 20  # in which the names of the columns are sought
_DELIMITERS = ",;\t"
_EMPTY: list[Any] = []  # one for all: some programs save a million empty rows
#: The encodings that spreadsheets use for CSV if it is not Unicode, by how common they are.
LEGACY = ("cp1252", "mac_roman", "cp1250", "cp1251", "gb18030", "cp932", "cp949", "big5")


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in the spreadsheet, its cells by column (without the empty ones), and what those
    hold that are not text."""

    number: int
    cells: Mapping[str, str]
    odd: Mapping[str, Odd] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table. ``name`` is what messages call it, ``columns`` are the known ones with their numbers from 1, ``others``
    the names of the rest; its rows are without the empty ones. ``encoding`` is that of the file if it has not all
    characters, else ""."""

    name: str
    columns: Mapping[str, int]
    others: Sequence[str]
    rows: Sequence[Row]
    encoding: str = ""


def read_table(data: bytes, name: str, known: Sequence[str], count_known: Callable[[Table], int]) -> Table:
    """The table in a file called ``name``, whose ending says what it is. ``known`` are the columns to look for.

    ``count_known`` counts the cells of a table whose content is known already: of the readings of a CSV that is not in
    Unicode, the one with the most is taken. Raises Refused.
    """
    try:
        if len(data) > MOST_BYTES:
            raise Refused(f"{len(data):,} bytes are too many; the limit is {MOST_BYTES:,}")
        if name.lower().endswith(WORKBOOKS):
            return _pick_sheet(name, _read_workbook(data), known)
        if data.startswith(b"PK\x03\x04"):
            raise Refused("this is a workbook, not CSV; name it .xlsx or .ods, as the program that wrote it does")
        readings = [_pick_sheet(name, [_read_csv(text, known)], known, code) for text, code in _decode(data)]
        return max(readings, key=count_known) if len(readings) > 1 else readings[0]
    except NotInstalled as missing:
        raise Refused(
            f"{name}: it is read with {missing.module}, which is not installed; run: pip install --require-hashes "
            "-r requirements-ingest.txt (or save it as CSV)"
        ) from None
    except Refused as fault:
        raise Refused(f"{name}: {fault}") from None


# -- CSV ------------------------------------------------------------------------------------------------------------


def _decode(data: bytes) -> Iterator[tuple[str, str]]:
    """The text, or each that it may be, and the encoding if that has not all characters."""
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    for mark, code in marks:
        if data.startswith(mark):
            yield data.decode(code, "replace"), ""
            return
    try:
        yield data.decode(), ""
    except UnicodeDecodeError:
        for code in LEGACY:
            yield data.decode(code, "replace"), code


def _read_csv(text: str, known: Sequence[str]) -> list[list[Any]]:
    """The rows of a CSV; the delimiter is the one that gives the most names of columns."""
    first, _, rest = text.partition("\n")
    delimiters = _DELIMITERS
    if match := re.fullmatch(r'"?sep=([,;|\t])"?\r?', first, re.IGNORECASE):  # a line for the spreadsheet alone
        text, delimiters = rest, match[1]
    best: list[list[Any]] = []
    for delimiter in delimiters:
        try:
            found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows: list[list[Any]] = [row if any(row) else _EMPTY for row in found]
        except csv.Error as error:
            raise Refused(f"it is not a CSV that can be read ({error})") from None
        if not best or _find_head(rows, known)[1] > _find_head(best, known)[1]:
            best = rows
    return best


# -- workbooks --------------------------------------------------------------------------------------------------------


def _read_workbook(data: bytes) -> list[list[list[Any]]]:
    try:
        sheets: list[list[list[Any]]] = run_bounded(unpack, data)
    except NotInstalled:
        raise
    except Refused as fault:
        why = str(fault)
        raise Refused(why if why.endswith(_KEEP) else f"{why.partition(';')[0]}; save the table as CSV UTF-8") from None
    return sheets


def unpack(data: bytes) -> Any:
    """The rows of each visible sheet of a workbook, for the process that reads it. A cell is a text, or a pair of what
    it holds and its text."""
    import python_calamine as calamine

    data = _show_errors(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
        return [_list_rows(book.get_sheet_by_name(name)) for name in names]
    except calamine.PasswordError:
        raise Refused("it is protected by a password; remove that") from None
    except calamine.CalamineError:
        raise Refused("it is broken, or not what its ending says") from None


def _show_errors(data: bytes) -> bytes:
    """The workbook with errors, and formulas whose results were not saved, as texts: calamine takes both for empty.
    Raises Refused if it is not a workbook, or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if (size := sum(info.file_size for info in archive.infolist())) > MOST_UNPACKED:
            raise Refused(f"it unpacks to {size:,} bytes, which is more than any table")
        old = {name: archive.read(name) for name in archive.namelist() if re.fullmatch(_SHEETS, name)}
        for xml in old.values():
            counts = [cells for row in xml.split(b"</row>") if (cells := row.count(b"</c>"))]  # `<c/>` is empty
            _refuse_large(len(counts), max(counts, default=0))
        new = {name: re.sub(_CELL, _show_error, xml) for name, xml in old.items()}
        if new == old:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as shown:
            for name in dict.fromkeys(archive.namelist()):
                shown.writestr(name, new[name] if name in new else archive.read(name))
        return out.getvalue()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Refused("it is broken, or not what its ending says") from None


def _refuse_large(rows: int, columns: int) -> None:
    """Refuse a table with too many rows or columns in use, which would take minutes to compare."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        found = f"a sheet has {rows:,} rows and {columns:,} columns in use"
        raise Refused(f"{found}, and {MOST_ROWS:,} and {MOST_COLUMNS} are allowed; {_KEEP}")


def _show_error(cell: re.Match[bytes]) -> bytes:
    """A cell of a sheet, as a text if it is an error or a formula without a result."""
    attributes, content = cell[1], cell[2]
    if re.search(rb"""\bt=["']e["']""", attributes):
        return b"<c%s>%s</c>" % (re.sub(rb"""\bt=["']e["']""", b't="str"', attributes), content)
    if b"<f" in content and b"<v>" not in content and b"<is>" not in content:
        return b'<c%s t="str"><v>%s</v></c>' % (re.sub(rb"""\bt=["']\w+["']""", b"", attributes), NO_RESULT.encode())
    return cell[0]


def _list_rows(sheet: Any) -> list[list[Any]]:
    """The rows of a sheet; each cell of merged ones has what the first has."""
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Refused(f"a sheet of {sheet.total_height:,} rows and {sheet.total_width:,} columns is too large")
    rows = [[_show(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1] if top < len(rows) and left < len(rows[top]) else ():
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return rows


def _show(value: Any) -> Any:
    """A cell of a workbook: a text, or a pair of what it is and its text."""
    if isinstance(value, str):
        return ["error", value] if value in _ERRORS else re.sub("_x000[Dd]_", "", value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return ["day", value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)]
    return ["number", str(int(value)) if value == int(value) else repr(value)]


# -- both -------------------------------------------------------------------------------------------------------------


def _find_head(rows: Sequence[Sequence[Any]], known: Sequence[str]) -> tuple[int, int]:
    """Which of the first rows names columns, from 0, and how many."""
    counts = [len({_name(cell) for cell in row} & set(known)) for row in rows[:_HEAD_ROWS]]
    return (counts.index(max(counts)), max(counts)) if counts else (0, 0)


def _name(cell: Any) -> str:
    """The name of a column, however it is written."""
    return re.sub(r"[\s_-]+", "_", _text(cell)).strip("_").casefold()


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else str(cell[1])


def _pick_sheet(name: str, sheets: Sequence[list[list[Any]]], known: Sequence[str], encoding: str = "") -> Table:
    """The sheet that names the most columns, as a table. Raises Refused if none does, or if it names one twice."""
    rows = max(sheets, key=lambda rows: _find_head(rows, known)[1], default=[])
    counts = [len(cells) - cells.count("") for cells in rows if cells]
    _refuse_large(len(counts) - counts.count(0), max(counts, default=0))
    at, found = _find_head(rows, known)
    if not found:
        raise Refused(f"no row of it has the names of columns; these are known: {', '.join(known)}")
    columns: dict[str, int] = {}
    others = []
    for number, cell in enumerate(rows[at], 1):
        column = _name(cell)
        if column in columns:
            raise Refused(f'the column "{column}" is there twice; remove one of them')
        if column in known:
            columns[column] = number
        elif column:
            meant = get_close_matches(column, [one for one in known if one not in map(_name, rows[at])], 1, 0.8)
            others.append(f'{_text(cell)} (did you mean "{meant[0]}"?)' if meant else _text(cell))
    table = [_make_row(number, cells, columns) for number, cells in enumerate(rows[at + 1 :], at + 2) if cells]
    return Table(name, columns, others, [row for row in table if row.cells], encoding)


def _make_row(number: int, cells: Sequence[Any], columns: Mapping[str, int]) -> Row:
    own = {column: cells[at - 1] for column, at in columns.items() if at <= len(cells) and _text(cells[at - 1]).strip()}
    odd = {column: "error" if _text(cell) in _ERRORS else cell[0] for column, cell in own.items()
           if not isinstance(cell, str) or cell in _ERRORS}  # fmt: skip
    return Row(number, {column: _text(cell) for column, cell in own.items()}, odd)


def write_workbook(head: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook (.xlsx) of one sheet in which every cell is text and stays text when it is edited."""
    try:
        from xlsxwriter import Workbook
    except ImportError as fault:
        raise Refused(
            f"a workbook is written with {fault.name}, which is not installed; run: pip install --require-hashes "
            "-r requirements-ingest.txt (or export it as .csv)"
        ) from None
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": title, "created": datetime.datetime(1980, 1, 1)})  # noqa: DTZ001 - of no clock
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        sheet = book.add_worksheet("statements")
        sheet.set_column(0, len(head) - 1, 18, text)
        for number, row in enumerate([head, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text if number else bold)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, 0, len(head) - 1)
    return out.getvalue()
