"""What the rows of a table of statements say that a briefing does not: which statement each is about, and the cells in
which they differ. Pure."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from synoptic.authoring.table_file import Row, Table
from synoptic.base.problems import Place, Problem, suggest_nearest
from synoptic.data.tables import OWN_COLUMNS, STATEMENT_COLUMNS, Value, hash_row, protect, unprotect
from synoptic.model.values import fold_spaces, id_fault
from synoptic.text.folding import fold
from synoptic.text.unicode import describe_unfit, normalize

#: A line of the table of statements, as text.
Line = Mapping[str, str]
RULE = "row"  # the rule of problems that only a table can have
_BELONGS = {
    **dict.fromkeys(("source_label", "outlet", "published", "url", "voice", "lang"), "sources/<id>.yml"),
    **dict.fromkeys(("speaker_name", "speaker_kind"), "speakers.yml"),
}
_NUMBER = re.compile(r"-?\d[\d,.' ]*(?:E[+-]?\d+)?", re.IGNORECASE)
_FIRST_DAY = datetime.date(1899, 12, 30)  # of which spreadsheets count


@dataclass(frozen=True)
class Said:
    """What a row says: the line of the statement that it is about (None: a new one), and the texts of the cells that
    differ from it, "" if the cell is empty."""

    row: Row
    now: Line | None
    changes: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a cell as the row means it."""
        return self.changes.get(column, self.now[column] if self.now else "")


@dataclass
class Reading:
    """What a table says: a Said for each row that differs, the problems of rows, notes about the table, and the ids of
    the statements that it lacks."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def as_texts(line: Mapping[str, Value]) -> Line:
    """A line of the table of statements as text."""
    return {column: str(line[column] or "") for column in STATEMENT_COLUMNS}


def place_of(table: Table, row: Row, *columns: str) -> Place:
    """The place of a row's cell in messages: in the first of these columns that the table has."""
    return Place(table.name, row.number, next((table.columns[one] for one in columns if one in table.columns), 1))


def name_column(table: Table, place: Place) -> Place:
    """A place with the name of its column, if it is in the table."""
    names = {number: name for name, number in table.columns.items()} if place.path == table.name else {}
    return replace(place, name=names.get(place.column, ""))


def count_known(table: Table, lines: Sequence[Line]) -> int:
    """How many cells of a table say what the briefing says."""
    known = {line["statement"]: line for line in lines}
    return sum(
        _is_same(row, column, line[column], table.encoding)
        for row in table.rows
        if (line := known.get(_text(row, "statement")))
        for column in table.columns
    )


def read_rows(table: Table, lines: Sequence[Line], renamed: Mapping[str, str]) -> Reading:
    """What a table says beyond the ``lines`` of a briefing. ``renamed`` are earlier ids of statements, old to new."""
    reading, known = Reading(), {line["statement"]: line for line in lines}
    reading.notes += _describe_columns(table)
    about = _match(table, lines, known, renamed, reading)
    foreign: dict[str, list[int]] = {}
    for row in table.rows:
        if row.number not in about:
            continue
        now = about[row.number]
        changes = dict(_list_changes(table, row, now))
        if not _text(row, "statement") and now:  # a row that was new once: an empty cell says nothing
            changes = {column: text for column, text in changes.items() if text}
        if now is not None and _lost_speaker(table, row, now, changes):
            continue
        if now is not None and changes and _is_stale(table, row, now, changes, reading):
            continue
        for column in _BELONGS if now else ():
            own = "source" if _BELONGS[column].startswith("sources") else "speaker"
            differs = now and column in row.cells and not _is_same(row, column, now[column], table.encoding)
            if differs and own not in changes and now and now[own]:
                foreign.setdefault(column, []).append(row.number)
        if changes:
            reading.problems += _list_faults(table, row, changes)
            reading.said.append(Said(row, now, changes))
    for column, numbers in foreign.items():
        rows = ", ".join(map(str, numbers[:5])) + (" ..." if len(numbers) > 5 else "")
        reading.notes.append(f"{column} differs in row {rows}: not taken, as it belongs to {_BELONGS[column]}")
    found = {line["statement"] for line in about.values() if line}
    reading.missing += [line["statement"] for line in lines if line["statement"] not in found]
    return reading


def _describe_columns(table: Table) -> Iterator[str]:
    if table.encoding:
        yield f"it is not in Unicode; read as {table.encoding}, which has not all characters: better save as CSV UTF-8"
    if table.others:
        yield f"columns that are not ours, ignored: {', '.join(table.others)}"
    if missing := [column for column in OWN_COLUMNS if column not in table.columns]:
        yield f"columns that it lacks, left as they are: {', '.join(missing)}"


def _match(
    table: Table, lines: Sequence[Line], known: Mapping[str, Line], renamed: Mapping[str, str], reading: Reading
) -> dict[int, Line | None]:
    """The line that each row is about, by the row's number; None for a new one. Rows of which nobody can tell are left
    out, and reported."""
    about: dict[int, Line | None] = {}
    taken: dict[str, int] = {}

    def take(row: Row, line: Line) -> None:
        first = taken.setdefault(line["statement"], row.number)
        if first == row.number:
            about[row.number] = line
            return
        message = f'the statement "{line["statement"]}" is in row {first}, too'
        tip = "empty the cells statement and row_hash of the new one, if a row was copied to begin another"
        reading.problems.append(Problem(place_of(table, row, "statement"), message, tip, RULE))

    rest = []
    for row in table.rows:
        name = _text(row, "statement")
        line = known.get(name) or known.get(renamed.get(name, ""))
        if line:
            take(row, line)
        else:
            rest.append(row)
    hashes = {line["row_hash"]: line for line in lines if line["statement"] not in taken}
    words: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        words.setdefault((line["source"], _fold(line["quote"])), []).append(line)
    for row in rest:
        mark, name = _text(row, "row_hash"), _text(row, "statement")
        alike = words.get((_text(row, "source"), _fold(_text(row, "quote"))), ())
        same = [line for line in alike if line["statement"] not in taken and _has_claim_and_holder(row, line)]
        if name and mark in hashes:  # the id was altered, by somebody or by a spreadsheet
            was = hashes[mark]["statement"]
            if row.odd.get("statement") or id_fault(name):
                take(row, hashes[mark])
                continue
            message = f'the id of the statement "{was}" is "{name}" here, and ids are permanent'
            reading.problems.append(Problem(place_of(table, row, "statement"), message, f"write {was}", RULE))
            taken[was] = row.number
        elif name and mark:
            message = f'the briefing has no statement "{name}" (any more)'
            tip = f"{suggest_nearest(name, known)}; to add it as a new one, empty the cells statement and row_hash"
            reading.problems.append(Problem(place_of(table, row, "statement"), message, tip, RULE))
        elif same and not name:
            take(row, same[0])
        elif not name or not row.odd.get("statement"):
            about[row.number] = None
        else:
            message = f'the id is "{name}", which a spreadsheet made of other words'
            tip = "format the column as text, and type the id again"
            reading.problems.append(Problem(place_of(table, row, "statement"), message, tip, RULE))
    return about


def _fold(text: str) -> str:
    return fold(text).casefold()


def _has_claim_and_holder(row: Row, line: Line) -> bool:
    """Whether a row without an id names the claim and the holder of a statement, by their ids or in words."""
    pairs = [(_text(row, column), line[column]) for column in ("claim", "claim_text", "speaker", "speaker_name")]
    (claim, own), (words, own_words), (speaker, holder), (name, called) = pairs
    held = speaker == holder if speaker or not name else _fold(name) == _fold(called)
    return bool(claim or words) and claim in ("", own) and words in ("", own_words) and held


def _text(row: Row, column: str) -> str:
    """The text of a cell as the format would have it: on one line, without the apostrophe before a formula."""
    return fold_spaces(unprotect(normalize(row.cells.get(column, ""))))


def _list_changes(table: Table, row: Row, now: Line | None) -> Iterator[tuple[str, str]]:
    """The cells that differ from the line, or are filled in a new row."""
    extra = ("speaker_name", "speaker_kind") if now is None or not now["speaker"] else ()
    columns = [*OWN_COLUMNS, *extra, *(["statement"] if now is None else [])]
    for column in columns if row.cells else ():
        if column in table.columns:
            text = _text(row, column)
            same = text == "" if now is None else _is_same(row, column, now[column], table.encoding)
            if not same and not (column in extra and not text):
                yield column, text


def _is_same(row: Row, column: str, now: str, encoding: str) -> bool:
    """Whether a cell says what a line says, in whatever way a spreadsheet shows that."""
    cell = _text(row, column)
    if cell == now or cell == fold_spaces(now):
        return True
    if not cell or not now:
        return False
    if encoding:
        lost = protect(now).encode(encoding, "replace").decode(encoding)
        if fold_spaces(unprotect(lost)) == cell or fold(lost) == fold(cell):
            return True
    if _NUMBER.fullmatch(cell) and _NUMBER.fullmatch(now):
        return _read_number(cell) == _read_number(now)
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", now)) and _is_day(cell, now)


def _read_number(text: str) -> float | str:
    try:
        return float(re.sub("[,' ]", "", text))
    except ValueError:
        return text


def _is_day(cell: str, day: str) -> bool:
    """Whether a cell shows a day, as 2031-03-05, in the way of some country or as a spreadsheet's number."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return False
    numbers = sorted(map(int, re.findall(r"\d+", cell)[:4]))
    written = [sorted((year, date.month, date.day)) for year in (date.year, date.year % 100)]
    return cell == str((date - _FIRST_DAY).days) or numbers in written


def _lost_speaker(table: Table, row: Row, now: Line, changes: Mapping[str, str]) -> bool:
    """Whether a row has only left what belonged to a speaker whom the statement lost since the export, as it does when
    the same table is imported again."""
    mark = _text(row, "row_hash")
    left = {"mode", "speaker_name", "speaker_kind"}
    emptied = "speaker" in table.columns and not now["speaker"] and not _text(row, "speaker")
    return emptied and bool(changes) and changes.keys() <= left and mark not in ("", now["row_hash"])


def _is_stale(table: Table, row: Row, now: Line, changes: Mapping[str, str], reading: Reading) -> bool:
    """Whether a row differs only because the briefing changed since the table was exported, or because both did, which
    is reported."""
    mark = _text(row, "row_hash")
    if not mark or mark == now["row_hash"]:
        return False
    if mark == hash_row(_text(row, column) for column in OWN_COLUMNS):
        reading.notes.append(f'row {row.number}: "{now["statement"]}" changed here since the export; left as it is')
        return True
    message = f'"{now["statement"]}" changed here since the table was exported, and in the table: {", ".join(changes)}'
    tip = "export again and repeat the change; or empty the cell row_hash, to take the whole row as it is in the table"
    reading.problems.append(Problem(place_of(table, row, "row_hash"), message, tip, RULE))
    return True


def _list_faults(table: Table, row: Row, changes: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with cells that say something new, whatever the column."""
    for column, text in changes.items():
        place = place_of(table, row, column)
        odd = row.odd.get(column, "")
        if odd == "error":
            yield Problem(place, f'the cell shows an error of the spreadsheet, "{text}"', "type the text again", RULE)
        elif odd == "day":
            message = f"the cell holds a date ({text}), which a spreadsheet made of the words that were typed"
            yield Problem(place, message, "format the column as text, and type the words again", RULE)
        elif unfit := describe_unfit(text):
            yield Problem(place, f"the cell holds {unfit}", "remove it", RULE)
