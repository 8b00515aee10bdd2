"""The CSV tables, read strictly."""

import csv
import io
from dataclasses import replace

import pytest

from build_tools.data import json_api
from build_tools.model.site import Site
from tests.data.samples import data_of, hostile, real


def table(text: str | bytes) -> list[dict[str, str]]:
    """A CSV file, read strictly."""
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("which", ["invented", "real"])
def test_tables_hold_what_the_json_holds(which: str, site: Site) -> None:
    """The table of statements has a line for each, the matrix a cell for each claim and source; lines end as RFC 4180
    says."""
    chosen = site if which == "invented" else real()
    files = data_of(chosen)
    for briefing in chosen.briefings:
        base = f"briefings/{briefing.slug}/"
        rows = table(files[f"{base}statements.csv"])
        assert [(r["statement"], r["claim"], r["quote"].removeprefix("'")) for r in rows] == [
            (s.id, c.id, s.quote.removeprefix("'")) for c, s in briefing.statements
        ]
        rows = table(files[f"{base}matrix.csv"])
        assert [r["claim"] for r in rows] == [c.id for c in briefing.claims]
        for row, claim in zip(rows, briefing.claims, strict=True):
            for source in briefing.sources:
                mine = [s for s in claim.statements if s.source == source.id]
                cell = row[f"source:{source.id}"]
                shown = "; ".join(s.stance + (f": {w}" if (w := s.speaker or source.voice) else "") for s in mine)
                assert cell == shown if mine else cell in chosen.vocabulary.terms("silences")
        for name in ("statements", "matrix", "figures"):
            text = files[f"{base}{name}.csv"]
            assert isinstance(text, str)
            assert text.endswith("\r\n")
            assert text.count("\n") == text.count("\r\n") == len(table(text)) + 1


def test_no_cell_is_a_formula(site: Site) -> None:
    """What would be a formula has an apostrophe before it, and is otherwise exact."""
    briefing = hostile(next(iter(site.briefings)))
    claim, statement = briefing.statements[0]
    evil = claim.model_copy(
        update={"claim": '=cmd|"a"', "statements": (statement.model_copy(update={"quote": "@x,\ny"}),)}
    )
    briefing = replace(briefing, claims=(evil,))
    rows = table(json_api.briefing_files(site, briefing)[f"briefings/{briefing.slug}/statements.csv"])
    assert (rows[0]["claim_text"], rows[0]["quote"]) == ('\'=cmd|"a"', "'@x,\ny")
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))] == []
