"""The JSON documents, each against its published schema, and the CSV tables, read strictly."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from synoptic.authoring.schema import DATA
from synoptic.data.documents import read_format
from synoptic.model.site import Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data
from tests.data.samples import Files, data_of, hostile
from tests.projects import CHECKOUT, BuiltSite, load_site


@pytest.fixture(scope="module")
def files(site: Site) -> Files:
    """Every file of the invented project's data."""
    return data_of(site)


@pytest.fixture(params=["invented", "real"])
def any_site(request: pytest.FixtureRequest, site: Site) -> Site:
    """The invented project, then the checkout's own briefings."""
    return site if request.param == "invented" else load_site(CHECKOUT)


# -- JSON -----------------------------------------------------------------------------------------------------------


def closed(node: Any) -> Any:
    """A schema that also refuses keys that it does not name."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: closed(value) for key, value in node.items()}
    return found | ({"additionalProperties": False} if isinstance(found.get("properties"), dict) else {})


def schema(name: str) -> dict[str, Any]:
    """A published schema."""
    found: dict[str, Any] = json.loads(
        (CHECKOUT / DATA / f"v{read_format().documents[name].version}/{name}.json").read_text(encoding="utf-8")
    )
    return found


@pytest.mark.parametrize("name", read_format().documents)
def test_schema_is_a_schema(name: str) -> None:
    """Each published schema is one, says what every key means, and allows keys that a later version may add."""
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    objects = [found, *found["$defs"].values()]
    assert [k for one in objects for k, v in one["properties"].items() if not v.get("description")] == []
    assert "additionalProperties" not in found


def test_every_json_file_fits_its_schema(any_site: Site) -> None:
    """Each JSON file names the schema that it fits to the last key, and every schema has a file."""
    seen = set()
    for path, content in data_of(any_site).items():
        if path.endswith(".json") and not path.endswith(".csl.json"):
            data = json.loads(content)
            name = data["about"]["document"]
            # a closed schema must still know the paths that "files" is made of
            validator = jsonschema.Draft202012Validator(closed(schema(name)))
            assert [error.message for error in validator.iter_errors(data)] == [], path
            seen.add(name)
    assert seen == set(read_format().documents)


def test_a_wrong_word_or_key_does_not_fit(files: Files) -> None:
    """The schemas refuse an unknown stance, a missing key and a number for a text."""
    content = files["api/v1/briefings/harbour-tunnel/claims.json"]
    validator = jsonschema.Draft202012Validator(schema("claims"))
    for key, value in (("stance", "doubts"), ("quote", 7), ("note", None)):
        broken = json.loads(content)
        broken["claims"][0]["statements"][0][key] = value
        assert validator.is_valid(broken) == (key == "note")
    broken = json.loads(content)
    del broken["claims"][0]["verdict"]
    assert not validator.is_valid(broken)


def test_parts_are_the_whole(site: Site, files: Files) -> None:
    """The parts of a briefing hold the very objects of its whole file."""
    for briefing in site.briefings:
        whole = json.loads(files[f"briefings/{briefing.slug}/briefing.json"])
        for key in ("claims", "sources", "speakers"):
            part = json.loads(files[f"api/v1/briefings/{briefing.slug}/{key}.json"])
            assert part[key] == whole[key]
            assert part["briefing"] == briefing.slug
        assert json.loads(files[f"api/v1/briefings/{briefing.slug}/index.json"])["briefing"] == whole["briefing"]


@pytest.mark.parametrize(
    ("name", "authors"), [("Synoptic", "The Synoptic"), ("The Harbour Desk", "The Harbour Desk"), ("", "The Synoptic")]
)
def test_the_words_are_those_of_the_sites_contributors(site: Site, name: str, authors: str) -> None:
    """The data name the contributors of the site that publishes them, not ours."""
    named = replace(site, publication=Publication.of({"site_name": name}))
    heads = [content for path, content in data_of(named).items() if re.fullmatch(r"api/v1/.+/index\.json", path)]
    says = {json.loads(content)["about"]["rights"] for content in heads}
    assert len(says) == 1
    assert f", {authors} contributors. " in says.pop()


def test_each_version_keeps_its_verdicts(files: Files) -> None:
    """Version 1 keeps its words; version 2 has those of the pages, the facts, and what each article answers."""
    first = json.loads(files["api/v1/briefings/harbour-tunnel/claims.json"])
    second = json.loads(files["api/v2/briefings/harbour-tunnel/verdicts.json"])
    assert (first["about"]["version"], second["about"]["version"]) == ("1.0", "2.0")
    verdicts = {
        one["id"]: (one["verdict"], two["verdict"]) for one, two in zip(first["claims"], second["claims"], strict=True)
    }
    assert verdicts["cost-19"] == ("contested", "disputed")
    assert verdicts["two-years-late"] == ("agreed", "shared")
    (late,) = (one for one in second["claims"] if one["id"] == "two-years-late")
    facts = late["facts"]
    assert facts["sentence"] == "2 voices in 2 articles: 2 articles in their own voice"
    assert [facts[key] for key in ("voices", "articles", "origins", "named", "article")] == [2, 2, 2, 0, 2]
    sources = [source["id"] for source in json.loads(files["api/v1/briefings/harbour-tunnel/sources.json"])["sources"]]
    for topic in second["topics"]:
        assert [article["source"] for article in topic["articles"]] == sources
        assert all(bool(article["replies"]) == (article["silence"] is None) for article in topic["articles"])


def test_matrix_holds_every_statement_once(site: Site, files: Files) -> None:
    """In the matrix every statement stands in the row of its claim and the column of its source; a cell without any
    says why."""
    for briefing in site.briefings:
        matrix = json.loads(files[f"api/v1/briefings/{briefing.slug}/matrix.json"])
        found = {
            (row["claim"], column, mark["statement"], mark["stance"])
            for row in matrix["rows"]
            for column, cell in zip(matrix["columns"], row["cells"], strict=True)
            for mark in cell["statements"]
        }
        assert found == {(c.id, s.source, s.id, s.stance) for c, s in briefing.statements}
        assert all(bool(cell["statements"]) == (cell["silence"] is None) for r in matrix["rows"] for cell in r["cells"])


def test_index_lists_what_is_published_and_every_path_leads_somewhere(built_site: BuiltSite) -> None:
    """The index lists what is published, no draft and no example, and every path in a JSON file is one of the site."""
    index = json.loads((built_site.folder / "api/v1/index.json").read_text(encoding="utf-8"))
    shown = ["harbour-tunnel", "night-ferry", "story-000"]
    assert [one["slug"] for one in index["briefings"]] == shown
    files, paths = set(built_site.files()), {index["speakers"]}
    for one in index["briefings"]:
        paths |= set(one["files"].values())
        folders = tuple(f"{tree}briefings/{one['slug']}/" for tree in ("", "api/v1/", "api/v2/"))
        data = [n for n in files if n.startswith(folders)]
        assert {n for n in data if not n.endswith((".html", "/index.md"))} == set(one["files"].values())
    for file in built_site.folder.rglob("*.json"):
        paths |= set(re.findall(r'"path":"([^"]*)"', file.read_text(encoding="utf-8")))
    assert len(paths) > 100
    assert {p for p in paths if (f"{p}index.html" if p.endswith("/") else p) not in files} == set()
    known = json.loads((built_site.folder / "api/v1/speakers.json").read_text(encoding="utf-8"))["speakers"]
    assert {f"speakers/{k['id']}/" for k in known} == {p for p in built_site.paths if re.match("speakers/.", p)}


# -- CSV ------------------------------------------------------------------------------------------------------------


def table(text: str | bytes) -> list[dict[str, str]]:
    """A CSV file, read strictly."""
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_tables_hold_what_the_json_holds(any_site: Site) -> None:
    """The table of statements has a line for each, the matrix a cell for each claim and source; lines end as RFC 4180
    says."""
    files = data_of(any_site)
    for briefing in any_site.briefings:
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
                assert cell == shown if mine else cell in any_site.vocabulary.terms("silences")
        figures = ("figures",) if briefing.figures else ()
        for name in ("statements", "matrix", *figures):
            text = files[f"{base}{name}.csv"]
            assert isinstance(text, str)
            assert text.endswith("\r\n")
            assert text.count("\n") == text.count("\r\n") == len(table(text)) + 1


def test_no_cell_is_a_formula(site: Site) -> None:
    """What would be a formula has an apostrophe before it, and is otherwise exact."""
    briefing = hostile(next(iter(site.briefings)))
    claim, statement = briefing.statements[0]
    statements = (statement.model_copy(update={"quote": "@x,\ny"}),)
    evil = claim.model_copy(update={"claim": '=cmd|"a"', "statements": statements})
    briefing = replace(briefing, claims=(evil,))
    rows = table(briefing_data(Context(site, briefing))[f"briefings/{briefing.slug}/statements.csv"])
    assert (rows[0]["claim_text"], rows[0]["quote"]) == ('\'=cmd|"a"', "'@x,\ny")
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))] == []
