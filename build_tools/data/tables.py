"""The published data as CSV tables: statements, the matrix and figures. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from build_tools.model.site import Briefing, Site

Value = str | int | None
#: An object of the published data.
Object = Mapping[str, Any]
#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


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
    speakers = site.speakers_of(briefing)
    head = (
        *("statement", "stance", "claim", "claim_text", "claim_kind", "verdict", "topic", "source", "source_label"),
        *("outlet", "published", "url", "speaker", "speaker_name", "speaker_kind", "voice", "via", "mode", "quote"),
        *("lang", "translation", "paragraph", "block_kind", "in_quotation_marks", "checked", "checked_by"),
        *("checked_on", "note", "path", "of"),
    )

    def make_line(claim: Object, statement: Object) -> Iterable[Value]:
        source = briefing.source[statement["source"]]
        speaker = speakers.get(statement["speaker"] or "")
        return (
            *(statement["id"], statement["stance"], claim["id"], claim["text"], claim["kind"], claim["verdict"]),
            *(claim["topic"], source.id, source.name, source.outlet, source.published, source.url),
            *(statement["speaker"], speaker.name if speaker else None, speaker.kind if speaker else None),
            *(source.voice, statement["via"], statement["mode"], statement["quote"], source.lang),
            *(statement["translation"], statement["paragraph"], statement["block_kind"]),
            *(_yes_no(statement["in_quotation_marks"]), _yes_no(statement["checked"])),
            "; ".join(reader["name"] for reader in statement["readers"]) or None,
            max((reader["day"] for reader in statement["readers"]), default=None),
            *(statement["note"], claim["path"], statement["of"]),
        )

    lines = (
        make_line(claim, statement)
        for claim in claims
        for statement in claim["statements"]
        if statement["source"] in briefing.source
    )
    return _render(head, lines)


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
    for line in lines:  # an apostrophe comes before what would begin a formula
        writer.writerow([f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in line])
    return out.getvalue()
