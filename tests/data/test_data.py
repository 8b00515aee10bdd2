"""The published data: each file against its schema, or read by a program that is not ours."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from build_tools.authoring.schema import DATA
from build_tools.cli.main import main
from build_tools.compare.summary import replace_briefings
from build_tools.data import citations, json_api
from build_tools.data.archive import zip_briefing
from build_tools.data.documents import DOCUMENTS
from build_tools.data.web_annotations import dump_annotations
from build_tools.load.load import load
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source
from build_tools.model.site import Publication, Site
from build_tools.pages.briefing_pages import briefing_data, briefing_pages
from build_tools.pages.render import render_site
from build_tools.site import permalinks
from build_tools.text.encode import json_ld
from build_tools.text.folding import fold
from tests.html_pages import Html, target
from tests.projects import BuiltSite, small_project

ROOT = Path(__file__).parents[2]
HOSTILE = '</script><script>alert(1)</script> {\\ab} 50% of #1 & "x_y" ~ ^ $ {{ 7*7 }} --> x \u2028'
CYRILLIC = "Ольга Неверова and Zoë O’Brien, the Younger"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project, with its texts and the licence of the content."""
    made = small_project(tmp_path_factory.mktemp("data") / "project")
    shutil.copy(ROOT / "LICENSE-CONTENT.md", made)
    return made


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    """The invented project as loaded, with a commit for each of its briefings."""
    found, problems = load(root)
    assert found is not None
    assert not problems
    return replace(found, commits={b.slug: COMMIT for b in found.briefings})


def real() -> Site:
    """The checkout's own briefings."""
    found, _ = load(ROOT)
    assert found is not None
    return found


def data_of(site: Site) -> dict[str, str | bytes]:
    """Every file of the data, by its path in the site."""
    files = dict[str, str | bytes](json_api.site_files(site))
    for briefing in site.briefings:
        files |= briefing_data(site, briefing)
    return files


def parsed(files: dict[str, str | bytes], path: str) -> Any:
    """A JSON file of the data."""
    return json.loads(files[path])


def hostile(briefing: Briefing) -> Briefing:
    """A briefing whose first source and claim say hostile things."""
    first, *rest = briefing.sources
    words: dict[str, Any] = {"title": HOSTILE, "author": CYRILLIC, "outlet": f"={HOSTILE}", "published": "2031-03-09"}
    claims = (briefing.claims[0].model_copy(update={"claim": HOSTILE}), *briefing.claims[1:])
    return replace(briefing, sources=(first.model_copy(update=words), *rest), claims=claims)


# -- JSON ----------------------------------------------------------------------------------------------------------


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
    found: dict[str, Any] = json.loads((ROOT / DATA / f"{name}.json").read_text(encoding="utf-8"))
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
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "TZ": zone})
        found.append({p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert len(found[0]) > 20
    assert found[0] == found[1]


# -- tables --------------------------------------------------------------------------------------------------------


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


# -- annotations ---------------------------------------------------------------------------------------------------


def annotations(site: Site, briefing: Briefing) -> list[dict[str, Any]]:
    """A briefing's annotations, the collection around them looked at."""
    made = json.loads(dump_annotations(site, briefing))
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    items: list[dict[str, Any]] = made["first"]["items"]
    assert made["total"] == len(items) == len(briefing.statements)
    assert len({one["id"] for one in items} | {made["id"], made["first"]["id"]}) == len(items) + 2
    return items


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """An annotation's targets."""
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_annotations_select_words_of_the_article(site: Site) -> None:
    """Each annotation names its article, and its selector finds the quotation in the article's text: once it has
    what stands around it, in one place only."""
    whole = 0
    for briefing in site.briefings:
        for (claim, statement), one in zip(briefing.statements, annotations(site, briefing), strict=True):
            source, text = briefing.source[statement.source], briefing.texts[statement.source].folded
            for aim in targets(one):
                assert aim["source"]["id"] == (source.url or citations.ni_uri(briefing.locks[source.id].sha256))
                assert aim["source"]["language"] == source.lang
                selector = aim["selector"]
                assert selector["type"] == "TextQuoteSelector"
                assert fold(selector["exact"]) in text
                assert ("prefix" in selector) == ("suffix" in selector) == (source.rights == "full")
                if source.rights == "full":
                    around = selector["prefix"] + fold(selector["exact"]) + selector["suffix"]
                    assert text.count(around) == 1
                    whole += 1
            bodies = {body["purpose"]: body for body in one["body"]}
            assert bodies["classifying"]["value"] == statement.stance
            assert bodies["linking"]["source"].endswith(f"c/{briefing.slug}/{claim.id}/")
            assert bodies["describing"]["value"] == claim.claim
    assert whole


def test_a_cut_quotation_is_selected_in_parts(site: Site) -> None:
    """A quotation with our own ellipsis has a target for each stretch of the article's words."""
    cut = [
        (briefing, index)
        for briefing in (*site.briefings, *real().briefings)
        for index, (_, statement) in enumerate(briefing.statements)
        if statement.cut
    ]
    assert cut
    for briefing, index in cut:
        found = targets(annotations(site, briefing)[index])
        assert len(found) > 1
        assert all("..." not in aim["selector"]["exact"] for aim in found)


def test_addresses_are_full_where_the_site_has_one(site: Site) -> None:
    """With a site_url every id and link of an annotation is a full address; a name of bytes is one by itself."""
    placed = replace(site, publication=Publication(site_url="https://example.org/there/"))
    for briefing in placed.briefings:
        for one in annotations(placed, briefing):
            links = [one["id"], *(body["source"] for body in one["body"] if "source" in body)]
            assert all(link.startswith("https://example.org/there/") for link in links)
            assert all(re.match("https?://|ni:///", aim["source"]["id"]) for aim in targets(one))


def test_ni_names_are_rfc_6920s() -> None:
    """The name of bytes is that of the RFC's own example."""
    hello = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert citations.ni_uri(hello) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


# -- citation programs ---------------------------------------------------------------------------------------------


def cited(briefing: Briefing) -> dict[str, str]:
    """A briefing's sources as citeproc-py prints them, by id."""
    items = citations.build_csl(briefing)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    return {item["id"]: str(line) for item, line in zip(items, made.bibliography(), strict=True)}


def decoded(briefing: Briefing) -> dict[str, dict[str, str]]:
    """A briefing's sources as bibtexparser reads them."""
    library = parse_string(citations.render_bibtex(briefing), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return {e.key: {f.key: str(f.value).strip("{}") for f in e.fields} for e in library.entries}


def test_sources_reach_citation_programs(site: Site) -> None:
    """An independent reader of BibTeX and a CSL processor find every source, with title and year; what a source does
    not state is nowhere."""
    for briefing in (*site.briefings, *real().briefings):
        entries = decoded(briefing)
        assert list(entries) == [f"{briefing.slug}-{source.id}" for source in briefing.sources]
        for source in briefing.sources:
            entry = entries[f"{briefing.slug}-{source.id}"]
            assert entry["title"].strip("{}") == citations.source_title(source)
            assert [("author" in entry), ("journal" in entry)] == [
                source.author != "unknown",
                source.outlet != "unknown",
            ]
            assert ("year" in entry) == (source.published != "unknown")
            assert ("url" in entry) == ("urldate" in entry) == (source.url is not None)
            assert "unknown" not in json.dumps(entry).lower().replace(citations.source_title(source).lower(), "")
    # an order of their own: found by what is in them
    printed = "\n".join(cited(tuple(site.briefings)[1]).values())
    for words in ("Pat Example", "What happened on the ferry", "2031", "https://post.example/ferry-night#story"):
        assert words in printed


def test_hostile_and_foreign_words_survive(site: Site) -> None:
    """TeX's own signs, braces and foreign letters come out of an independent reader as they went in; a name with
    "and" and a comma stays one name."""
    briefing = hostile(next(iter(site.briefings)))
    entry = next(iter(decoded(briefing).values()))
    bare = str.maketrans({"{": "", "}": "", "ˆ": "^"})  # the reader gives TeX's circumflex as the accent
    assert entry["title"].translate(bare) == HOSTILE.translate(bare)
    assert entry["author"] == CYRILLIC
    assert citations.render_bibtex(briefing).count("{") == citations.render_bibtex(briefing).count("}")
    assert r"\{" not in citations.render_bibtex(briefing)
    (item, *_) = citations.build_csl(briefing)
    assert item["author"] == [{"literal": CYRILLIC}]
    assert CYRILLIC in "\n".join(cited(briefing).values())


@pytest.mark.parametrize(
    ("published", "issued", "year"),
    [
        ("2031-03-09", {"date-parts": [[2031, 3, 9]]}, "2031"),
        ("2031-03", {"date-parts": [[2031, 3]]}, "2031"),
        ("2031", {"date-parts": [[2031]]}, "2031"),
        ("2031~", {"date-parts": [[2031]], "circa": True}, "about 2031"),
        ("2031-03/2031-04", {"date-parts": [[2031, 3], [2031, 4]]}, "March 2031 to April 2031"),
        ("XXXX-03-09", {"literal": "9 March, year not stated"}, "9 March, year not stated"),
        ("../2031", {"literal": "up to 2031"}, "up to 2031"),
        ("unknown", None, None),
    ],
)
def test_dates_say_no_more_than_the_article(published: str, issued: Any, year: str | None) -> None:
    """A date is carried over as exact as it is stated, doubt included."""
    source = Source(id="a", title="T", published=published)
    briefing = replace(next(iter(real().briefings)), slug="b", sources=(source,), locks={})
    (item,) = citations.build_csl(briefing)
    assert item.get("issued") == issued
    assert decoded(briefing)["b-a"].get("year") == year


# -- in the pages --------------------------------------------------------------------------------------------------


def scripts(page: str) -> list[Any]:
    """The JSON-LD of a page."""
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in some data."""
    for value in data if isinstance(data, list) else [data]:
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from nodes(inner)


def test_pages_say_what_they_hold_in_json_ld(built_site: BuiltSite) -> None:
    """Every claim, statement and article of a briefing is in the JSON-LD of the built pages, of no other types than
    these, and what a text does not state is not said."""
    types, quotes, claims, articles = set(), [], [], []
    for path in built_site.paths:
        if path.startswith("briefings/"):
            for data in scripts((built_site.folder / path / "index.html").read_text(encoding="utf-8")):
                assert data["@context"] == "https://schema.org"
                for node in nodes(data):
                    types.add(node.get("@type"))
                    assert "unknown" not in node.values()
                    if node.get("@type") == "Quotation":
                        quotes.append((node["text"], node["keywords"]))
                        assert target(path, node["isPartOf"]["@id"]) is not None
                    elif node.get("@type") == "Claim":
                        claims.append(target(path, node["@id"]))
                        assert all(q["keywords"] == "asserts" for q in node.get("appearance", ()))
                        assert all(q["keywords"] != "asserts" for q in node.get("subjectOf", ()))
                    elif node.get("@type") in ("Article", "NewsArticle"):
                        articles.append(path)
    assert types - {None} == {
        "Claim", "Quotation", "Article", "NewsArticle", "Person", "Organization", "Dataset", "DataDownload",
    }  # fmt: skip
    expected, sources = [], 0
    for file in built_site.folder.glob("briefings/*/briefing.json"):
        whole = json.loads(file.read_text(encoding="utf-8"))
        expected += [(s["quote"], s["stance"]) for c in whole["claims"] for s in c["statements"]]
        sources += len(whole["sources"])
        assert {(c["path"], "") for c in whole["claims"]} <= set(claims)
    assert sorted(quotes) == sorted(expected)
    assert len(articles) == sources


def test_no_text_ends_the_script(site: Site) -> None:
    """Hostile words stay inside the JSON-LD of the page, and are exact there."""
    briefing = hostile(next(iter(site.briefings)))
    pages = briefing_pages(site, briefing)
    page = pages[f"briefings/{briefing.slug}/topics/{briefing.claims[0].topic}/index.md"]
    assert page.count("<script") == page.count("</script>") == 1
    (data,) = scripts(page)
    assert data["@graph"][0]["text"] == HOSTILE
    assert re.findall("[<>&\u2028]", str(json_ld(HOSTILE)).removeprefix('<script type="application/ld+json">')) == list(
        "<>"
    )
    source = pages[f"briefings/{briefing.slug}/sources/{briefing.sources[0].id}/index.md"]
    assert scripts(source)[0]["headline"] == HOSTILE


# -- the zip -------------------------------------------------------------------------------------------------------


def unzipped(data: str | bytes) -> dict[str, bytes]:
    """The files in a zip."""
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert all(re.fullmatch(r"[A-Za-z0-9./-]+", name) and ".." not in name for name in opened.namelist())
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: opened.read(name) for name in opened.namelist()}


def own(pages: dict[str, str | bytes], slug: str) -> dict[str, str | bytes]:
    """The files of one briefing."""
    return {n: v for n, v in pages.items() if n.startswith((f"briefings/{slug}/", f"api/v1/briefings/{slug}/"))}


@pytest.mark.parametrize("which", ["harbour-tunnel", "night-ferry", "canada-us-defence"])
def test_a_zip_builds_the_same_briefing(which: str, site: Site, tmp_path: Path) -> None:
    """Unpacked into an empty folder, a zip renders to the pages, data and zip it came from, byte for byte."""
    chosen = replace(real(), commits={which: COMMIT}) if which == "canada-us-defence" else site
    before = own(render_site(chosen, drafts=False), which)
    for name, content in unzipped(before[f"briefings/{which}/{which}.zip"]).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if chosen.publication != Publication():  # the same settings
        shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert main(["--root", str(tmp_path), "render"]) == 0
    docs = tmp_path / "docs"
    after = {p.relative_to(docs).as_posix(): p.read_bytes() for p in docs.rglob("*") if p.is_file()}
    mine = {n: v for n, v in after.items() if n in before or n.startswith(f"briefings/{which}/")}
    assert len(before) > 20
    assert mine == {n: v.encode() if isinstance(v, str) else v for n, v in before.items()}


def test_a_zip_holds_no_article_but_those_that_may_be_shown(site: Site, root: Path) -> None:
    """Of the texts at hand only those with full rights are in a zip; licence, words and the needed speakers are."""
    for briefing in site.briefings:
        files = unzipped(zip_briefing(site, briefing))
        kept = {n for n in files if "/articles/" in n}
        full = {s.id for s in briefing.sources if s.rights == "full"}
        assert {Path(n).stem for n in kept} == full
        assert full < set(briefing.source)
        texts = {p.stem: p.read_bytes() for p in (root / f"briefings/{briefing.slug}/articles").iterdir()}
        assert all(files[n] == texts[Path(n).stem] for n in kept)
        assert files["LICENSE-CONTENT.md"] == (ROOT / "LICENSE-CONTENT.md").read_bytes()
        assert json.loads(files["HISTORY.json"]) == {"commits": {briefing.slug: COMMIT}}
        held = {s.speaker for _, s in briefing.statements} & set(site.speaker)
        assert set(re.findall(r"^- id: (\S+)", files["briefings/speakers.yml"].decode(), re.MULTILINE)) == held


def test_a_zip_names_the_briefings_it_needs(site: Site) -> None:
    """The README of a briefing that is related to claims of others names them; of any other it does not."""
    one, other = site.briefings
    claim = Claim.model_validate(
        {**one.claims[0].model_dump(), "relations": [
            {"to": f"{other.slug}/{other.claims[0].id}", "how": "contradicts", "why": "Because."}
        ]}
    )  # fmt: skip
    related = replace_briefings(site, (replace(one, claims=(claim, *one.claims[1:])), other))
    texts = [unzipped(zip_briefing(related, b))["README.txt"].decode() for b in related.briefings]
    assert f"  {other.slug}/{other.claims[0].id}\n" in texts[0]
    assert f"  {one.slug}/{claim.id}\n" in texts[1]
    assert "other briefings" not in unzipped(zip_briefing(site, one))["README.txt"].decode()


# -- permanent addresses and citations ------------------------------------------------------------------------------


def test_every_claim_has_an_address_that_leads_to_it(built_site: BuiltSite) -> None:
    """At /c/<briefing>/<claim>/ stands a page of a few hundred bytes that leads to the claim, by itself and by a link,
    and asks search engines to look there instead; an id that is no more leads on, too."""
    expected = {
        claim["path"]: (f"briefings/{file.parent.name}/topics/{claim['topic']}/", claim["id"])
        for file in built_site.folder.glob("briefings/*/briefing.json")
        for claim in json.loads(file.read_text(encoding="utf-8"))["claims"]
    }
    assert set(expected) < set(built_site.redirects)
    for path in built_site.redirects:
        text = (built_site.folder / path / "index.html").read_text(encoding="utf-8")
        page = built_site.page(path)
        assert len(text.encode()) < 900
        assert page.meta["robots"] == "noindex"
        (there,) = [target(path, link.value) for link in page.links if link.tag == "a"]
        assert there is not None
        if path in expected:
            assert there == expected[path]
        else:  # an id that is no more: it leads to the claim as it is called now, or to why it is gone
            assert there in expected.values() or there[0].endswith("/gone/")
        (refresh,) = re.findall(r'content="0; url=([^"]+)"', text)
        assert target(path, refresh) == there
        assert there[1] in built_site.page(there[0]).ids
        assert path not in expected or (path, "") in built_site.targets(there[0])


def test_an_address_names_its_page_in_full_and_shows_hostile_words(site: Site) -> None:
    """With a site_url the page has a canonical link; a claim's words are its title, and nothing else."""
    briefing = hostile(next(iter(site.briefings)))
    placed = replace(
        replace_briefings(site, (briefing,)), publication=Publication(site_url="https://example.org/there")
    )
    claim = briefing.claims[0]
    text = permalinks.render_permalinks(placed)[f"{briefing.slug}/{claim.id}/index.html"]
    page = Html(text)
    assert page.title == HOSTILE
    assert "script" not in page.tags
    (canonical,) = [link.value for link in page.links if link.tag == "link"]
    assert canonical == f"https://example.org/there/briefings/{briefing.slug}/topics/{claim.topic}/"


def test_redirects_for_other_builders(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command adds the addresses to a built site, takes stale ones away, and refuses what is no site."""
    assert main(["--root", str(root), "redirects", str(tmp_path)]) == 1
    assert "is not a built site" in capsys.readouterr().err
    (tmp_path / "index.html").write_text("built", encoding="utf-8")
    stale = tmp_path / "c/harbour-tunnel/gone/index.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("old", encoding="utf-8")
    assert main(["--root", str(root), "redirects", str(tmp_path)]) == 0
    assert (tmp_path / "c/harbour-tunnel/opens-in-june/index.html").is_file()
    assert not stale.parent.exists()
    assert main(["--root", str(root), "redirects", str(tmp_path)]) == 0
    assert ", 0 changed" in capsys.readouterr().out


def test_citations_have_date_version_and_address(site: Site) -> None:
    """A claim and a briefing are cited with the day of the last check and the commit, where there is one."""
    briefing = next(b for b in site.briefings if b.slug == "harbour-tunnel")
    assert citations.cite_claim(site, briefing, briefing.claim["opens-in-june"]) == (
        "“The tunnel opens in June.” In: The Harbour Tunnel (comparative briefing). "
        "Synoptic, quotations checked 22 November 2026, commit 0123456789ab."
    )
    assert citations.cite_briefing(replace(site, commits={}), briefing) == (
        "The Harbour Tunnel (comparative briefing). Edited by The tests. Synoptic, quotations checked 22 November 2026."
    )
    placed = replace(site, publication=Publication(site_url="https://example.org/"))
    pages = briefing_pages(placed, briefing)
    topic, data = (pages[f"briefings/harbour-tunnel/{name}/index.md"] for name in ("topics/opening-date", "data"))
    shown = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), topic)
    assert "https://example.org/c/harbour-tunnel/opens-in-june/" in shown
    shown = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), data)
    assert "Edited by The tests. Synoptic, quotations checked" in shown
    assert "https://example.org/briefings/harbour-tunnel/" in shown


def test_the_repository_can_be_cited() -> None:
    """CITATION.cff fits the schema of the format, and has the version of the package."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, str(ROOT / "CITATION.cff")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"\nversion: {version[1]}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
