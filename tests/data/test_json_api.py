"""The JSON documents, each against its published schema."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from build_tools.authoring.schema import DATA
from build_tools.data.documents import DOCUMENTS
from build_tools.model.site import Site
from tests.data.samples import data_of, parsed, real
from tests.projects import CHECKOUT, BuiltSite


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
    found: dict[str, Any] = json.loads((CHECKOUT / DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_is_a_schema(name: str) -> None:
    """Each published schema is one, says what every key means, and allows keys that a later version may add."""
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    objects = [found, *found["$defs"].values()]
    assert [k for one in objects for k, v in one["properties"].items() if not v.get("description")] == []
    assert "additionalProperties" not in found


@pytest.mark.parametrize("which", ["invented", "real"])
def test_every_json_file_fits_its_schema(which: str, site: Site) -> None:
    """Each JSON file names the schema that it fits to the last key, and every schema has a file."""
    files, seen = data_of(site if which == "invented" else real()), set()
    for path in files:
        if path.endswith(".json") and not path.endswith(".csl.json"):
            data = parsed(files, path)
            name = data["about"]["document"]
            found = closed(schema(name))
            # a closed schema must still know the paths that "files" is made of
            faults = [e.message for e in jsonschema.Draft202012Validator(found).iter_errors(data)]
            assert faults == [], path
            seen.add(name)
    assert seen == set(DOCUMENTS)


def test_a_wrong_word_or_key_does_not_fit(site: Site) -> None:
    """The schemas refuse an unknown stance, a missing key and a number for a text."""
    claims = parsed(data_of(site), "api/v1/briefings/harbour-tunnel/claims.json")
    validator = jsonschema.Draft202012Validator(schema("claims"))
    for key, value in (("stance", "doubts"), ("quote", 7), ("note", None)):
        broken = json.loads(json.dumps(claims))
        broken["claims"][0]["statements"][0][key] = value
        assert validator.is_valid(broken) == (key == "note")
    del claims["claims"][0]["verdict"]
    assert not validator.is_valid(claims)


def test_parts_are_the_whole(site: Site) -> None:
    """The parts of a briefing hold the very objects of its whole file."""
    files = data_of(site)
    for briefing in site.briefings:
        whole = parsed(files, f"briefings/{briefing.slug}/briefing.json")
        for key in ("claims", "sources", "speakers"):
            part = parsed(files, f"api/v1/briefings/{briefing.slug}/{key}.json")
            assert part[key] == whole[key]
            assert part["briefing"] == briefing.slug
        assert parsed(files, f"api/v1/briefings/{briefing.slug}/index.json")["briefing"] == whole["briefing"]


def test_matrix_holds_every_statement_once(site: Site) -> None:
    """In the matrix every statement stands in the row of its claim and the column of its source; a cell without any
    says why."""
    files = data_of(site)
    for briefing in site.briefings:
        matrix = parsed(files, f"api/v1/briefings/{briefing.slug}/matrix.json")
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
    shown = ["canada-us-defence", "harbour-tunnel", "mkdocs-split", "night-ferry"]
    assert [one["slug"] for one in index["briefings"]] == shown
    files, paths = set(built_site.files()), {index["speakers"]}
    for one in index["briefings"]:
        paths |= set(one["files"].values())
        data = [n for n in files if n.startswith((f"briefings/{one['slug']}/", f"api/v1/briefings/{one['slug']}/"))]
        assert {n for n in data if not n.endswith(".html")} == set(one["files"].values())
    for file in built_site.folder.rglob("*.json"):
        paths |= set(re.findall(r'"path":"([^"]*)"', file.read_text(encoding="utf-8")))
    assert len(paths) > 100
    assert {p for p in paths if (f"{p}index.html" if p.endswith("/") else p) not in files} == set()
    known = json.loads((built_site.folder / "api/v1/speakers.json").read_text(encoding="utf-8"))["speakers"]
    assert {f"speakers/{k['id']}/" for k in known} == {p for p in built_site.paths if re.match("speakers/.", p)}


def test_the_same_bytes_whatever_the_hash_seed(root: Path, tmp_path: Path) -> None:
    """Two exports with different hash seeds and time zones are the same, byte for byte."""
    found = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        out = tmp_path / seed
        command = [sys.executable, "-m", "build_tools", "--root", str(root), "export", "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, cwd=CHECKOUT, env={"PYTHONHASHSEED": seed, "TZ": zone})
        found.append({p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert len(found[0]) > 20
    assert found[0] == found[1]
