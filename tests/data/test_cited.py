"""Citations where people write: APA, Chicago, wikitext and RIS, each equal to the JSON."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.data import citations, ris, styles, wikitext
from synoptic.model.records import Source, Statement
from synoptic.model.site import Site
from synoptic.model.values import UNKNOWN
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data
from tests.data.samples import HOSTILE, hostile

CASES = yaml.load(Path(__file__).with_name("cited.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
#: Texts that are markup to Wikipedia, or the end of a line to some reader of RIS.
EVIL = [
    "}} {{delete}} x", "a |url=https://evil.example/ |title=b", "[[File:a.png]] [https://evil.example b]",
    "<ref>x</ref><nowiki><!-- -->", "'''bold''' and ''slanted''", "~~~~ __NOTOC__ {{{1}}} {|", "* list", "# list",
    "&lt;b&gt; &#123;", "http://evil.example/", "-{zh:a}-", "a\u2028ER  - \u0085TY  - JOUR", "a\nER  - \r\nTY  - x",
    "|", HOSTILE,
]  # fmt: skip


def fields_of(reference: str) -> dict[str, str]:
    """The fields of a reference as Wikipedia reads them: one template, none in it, parameters between its pipes."""
    assert reference.startswith("{{cite news")
    assert reference.endswith("}}")
    inside = reference.removeprefix("{{").removesuffix("}}")
    assert not re.search(r"[{}\[\]<>\n\r\u2028\u0085]|''|~~|__|&(?!#\d+;)", inside)
    assert set(re.findall(r"\|([a-z-]+)=[^|]*://", inside)) <= {"url", "archive-url"}
    name, *pairs = inside.split("|")
    assert name.strip() == "cite news"
    return {key: html.unescape(value.strip()) for key, _, value in (pair.partition("=") for pair in pairs)}


def records_of(text: str) -> list[dict[str, str]]:
    """The records of a RIS file, read by lines in the widest sense of a line."""
    records: list[dict[str, str]] = []
    for line in text.splitlines():
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert found, line
        if found[1] == "TY":
            records.append({})
        assert found[1] not in records[-1]
        records[-1][found[1]] = found[2]
    return records


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"].get("published", "copy"))
def test_citations_in_each_style(case: dict[str, Any], site: Site) -> None:
    """A source is cited as the style wants it, with what it states and no more."""
    source = Source(id="a", **case["source"])
    briefing = replace(next(iter(site.briefings)), slug="b", sources=(source,), locks={})
    item = citations.build_item(briefing, source)
    assert styles.cite_apa(item) == case["apa"]
    assert styles.cite_chicago(item) == case["chicago"]
    assert wikitext.cite_source(briefing, source) == case["wiki"]
    (record,) = records_of(ris.render_ris(briefing))
    assert [record[tag] for tag in ("PY", "DA") if tag in record] == case["ris"]


def test_citations_say_what_the_json_says(site: Site) -> None:
    """Each article and quotation of the JSON has its citations, with the same title, author, outlet, address, day and
    words; what an article does not state is nowhere."""
    for briefing in site.briefings:
        files = briefing_data(Context(site, briefing))
        api = f"api/v1/briefings/{briefing.slug}/"
        read = {name: json.loads(files[f"{api}{name}.json"]) for name in ("sources", "claims", "citations")}
        known = {source["id"]: source for source in read["sources"]["sources"]}
        assert [one["source"] for one in read["citations"]["sources"]] == list(known)
        records = records_of(str(files[f"briefings/{briefing.slug}/sources.ris"]))
        for one, record in zip(read["citations"]["sources"], records, strict=True):
            source, fields = known[one["source"]], fields_of(one["wikitext"])
            title = source["title"] if source["title"] != UNKNOWN else f"[{source['label']}]"
            for key, field, tag in (("author", "author", "AU"), ("outlet", "work", "T2"), ("url", "url", "UR")):
                stated = None if source[key] in (None, UNKNOWN) else source[key]
                assert fields.get(field) == record.get(tag) == stated
                assert stated is None or (stated in one["apa"] and stated in one["chicago"])
            assert (fields["title"], fields["language"]) == (record["TI"], record["LA"]) == (title, source["lang"])
            assert title in one["apa"]
            assert fields.get("access-date") == (source["checked_on"] if source["url"] else None)
            assert source["sha256"] in record["N1"]
        quotes = {s["id"]: (s["quote"], s["source"]) for claim in read["claims"]["claims"] for s in claim["statements"]}
        base = {one["source"]: fields_of(one["wikitext"]) for one in read["citations"]["sources"]}
        assert {one["statement"] for one in read["citations"]["statements"]} == set(quotes)
        for one in read["citations"]["statements"]:
            quote, source = quotes[one["statement"]]
            fields = fields_of(one["wikitext"])
            fields.pop("trans-quote", None)
            assert fields == {**base[source], "quote": quote}


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_is_no_wikitext_and_no_line(evil: str, site: Site) -> None:
    """Text that is markup elsewhere adds no field, template, link or line, and is read back as it was."""
    briefing = hostile(next(iter(site.briefings)))
    words = {"title": evil, "author": evil, "outlet": evil}
    source = briefing.sources[0].model_copy(update=words)
    briefing = replace(briefing, sources=(source,))
    statement = Statement(id="s", source=source.id, quote="x", translation="y")
    statement = statement.model_copy(update={"quote": evil, "translation": evil})
    fields = fields_of(wikitext.cite_statement(wikitext.cite_source(briefing, source), statement))
    line = " ".join(evil.split())
    assert list(fields) == ["author", "title", "work", "date", "language", "quote", "trans-quote"]
    assert {fields[key] for key in ("author", "title", "work", "quote", "trans-quote")} == {line}
    (record,) = records_of(ris.render_ris(briefing))
    assert {record[tag] for tag in ("AU", "TI", "T2")} == {line}
