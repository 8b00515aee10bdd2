"""The published data as CSV tables: statements, the matrix and figures. Pure."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from synoptic.model.site import Briefing, Site

Value = str | int | None
#: An object of the published data.
Object = Mapping[str, Any]
#: A spreadsheet takes a cell that begins with such a sign for a formula. One that begins with apostrophes and such a
#: sign gets another, so that the apostrophe can be taken away again.
_SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_FORMULA, _FIRST = re.compile(f"'*[{re.escape(_SIGNS)}]"), frozenset(f"'{_SIGNS}")
#: The columns of a table of statements.
STATEMENT_COLUMNS = (
    *("statement", "stance", "claim", "claim_text", "claim_kind", "verdict", "topic", "source", "source_label"),
    *("outlet", "published", "url", "speaker", "speaker_name", "speaker_kind", "voice", "via", "mode", "quote"),
    *("lang", "translation", "paragraph", "block_kind", "in_quotation_marks", "checked", "checked_by"),
    *("checked_on", "note", "path", "of", "row_hash"),
)
#: Those whose cells say what a statement and its claim are; ``row_hash`` is made of them. The others follow from these,
#: or belong to the source or the speaker.
OWN_COLUMNS = (
    *("stance", "claim", "claim_text", "claim_kind", "topic", "source", "speaker", "via", "mode", "quote"),
    *("translation", "paragraph", "note", "of"),
)


def render_matrix(columns: Iterable[str], rows: Iterable[Object], claims: Iterable[Object]) -> str:
    """Who said what: a line for each claim, a column for each source.

    A cell holds the stance of each statement, with the speaker's id unless the article itself holds it, as in
    ``asserts; denies: city-engineer``; without a statement, the state of the silence.
    """

    def show_mark(mark: Object) -> str:
        own = mark["holder"].startswith("article:")
        return mark["stance"] if own else f"{mark['stance']}: {mark['holder']}"

    def show_cell(cell: Object) -> str:
        return cell["silence"] or "; ".join(map(show_mark, cell["statements"]))

    texts = {claim["id"]: claim["text"] for claim in claims}
    head = ("topic", "claim", "text", "kind", "verdict", *(f"source:{name}" for name in columns))
    lines = (
        (row["topic"], row["claim"], texts[row["claim"]], row["kind"], row["verdict"], *map(show_cell, row["cells"]))
        for row in rows
    )
    return _render(head, lines)


def render_statements(site: Site, briefing: Briefing, claims: Iterable[Object]) -> str:
    """A line for each statement, with its claim, source and speaker."""
    return render_lines(list_statements(site, briefing, claims))


def render_lines(lines: Iterable[Mapping[str, Value]]) -> str:
    """Lines of ``list_statements`` as CSV."""
    return _render(STATEMENT_COLUMNS, ([line[column] for column in STATEMENT_COLUMNS] for line in lines))


def list_statements(site: Site, briefing: Briefing, claims: Iterable[Object]) -> Iterator[dict[str, Value]]:
    """The line of each statement, by ``STATEMENT_COLUMNS``."""
    speakers = site.speakers_of(briefing)
    for claim in claims:
        for statement in claim["statements"]:
            source = briefing.source.get(statement["source"])
            if source is None:
                continue
            speaker = speakers.get(statement["speaker"] or "")
            line: dict[str, Value] = {
                "statement": statement["id"],
                **{column: statement[column] for column in ("stance", "source", "speaker", "via", "mode", "quote")},
                **{column: statement[column] for column in ("translation", "paragraph", "block_kind", "note", "of")},
                **{column: claim[column] for column in ("verdict", "topic", "path")},
                **{column: getattr(source, column) for column in ("outlet", "published", "url", "voice", "lang")},
                "claim": claim["id"],
                "claim_text": claim["text"],
                "claim_kind": claim["kind"],
                "source_label": source.name,
                "speaker_name": speaker.name if speaker else None,
                "speaker_kind": speaker.kind if speaker else None,
                **{column: _yes_no(statement[column]) for column in ("in_quotation_marks", "checked")},
                "checked_by": "; ".join(reader["name"] for reader in statement["readers"]) or None,
                "checked_on": max((reader["day"] for reader in statement["readers"]), default=None),
            }
            yield line | {"row_hash": hash_row([str(line[column] or "") for column in OWN_COLUMNS])}


def hash_row(cells: Iterable[str]) -> str:
    """A short hash of the cells of ``OWN_COLUMNS``: whoever has it can tell whether one of them changed. It begins with
    a letter, so that no spreadsheet takes it for a number."""
    return f"r{hashlib.sha256(chr(31).join(cells).encode()).hexdigest()[:10]}"


def render_figures(briefing: Briefing) -> str:
    """A line for each figure and each statement that gives it."""
    head = (
        *("figure", "measures", "qualifier", "value", "unit", "as_of", "words"),
        *("source", "speaker", "statement", "quote", "note"),
    )
    lines = (
        (
            *(figure.id, figure.measures, figure.qualifier, figure.value, figure.unit, figure.as_of, figure.words),
            *(statement.source, statement.speaker, statement.id, statement.quote, figure.note),
        )
        for figure in briefing.figures
        for name in figure.statements
        if (statement := briefing.statement.get(name)) is not None
    )
    return _render(head, lines)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _render(head: Iterable[str], lines: Iterable[Iterable[Value]]) -> str:
    """A table as CSV (RFC 4180); no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for line in lines:
        writer.writerow([protect(value) if isinstance(value, str) else value for value in line])
    return out.getvalue()


def protect(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: an apostrophe comes before what would begin one."""
    return f"'{text}" if text[:1] in _FIRST and _FORMULA.match(text) else text


def unprotect(cell: str) -> str:
    """The text of a cell that ``protect`` made."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
