"""The licence of a site's own words: its setting decides what all data state."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from synoptic.data.documents import describe_rights
from synoptic.data.linked_data import describe_claims, describe_dataset, dump_annotations
from synoptic.load.load import load
from synoptic.model.licence import LICENCES, RESERVED, USUAL, Licence
from synoptic.model.site import Publication, Site
from synoptic.pages.render import render_site
from tests.data.samples import data_of
from tests.projects import small_project

SLUG = "harbour-tunnel"


def licensed(site: Site, licence: object) -> Site:
    """The site with this value as its setting."""
    return replace(site, publication=Publication.of({"extra": {"licence": licence}}))


@pytest.mark.parametrize("licence", LICENCES.values(), ids=lambda licence: licence.id)
def test_all_data_state_it(site: Site, licence: Licence) -> None:
    """JSON, JSON-LD, annotations and the page Data give its address, or none if all rights are reserved."""
    chosen = licensed(site, licence.id)
    briefing, url = chosen.briefing[SLUG], licence.url or None
    documents = [json.loads(content) for path, content in data_of(chosen).items() if path.startswith("api/")]
    assert documents
    assert {one["about"]["licence"] for one in documents} == {url}
    assert {one["about"]["rights"] for one in documents} == {describe_rights(chosen.publication)}
    assert f"Our own words: {licence.name}, The Synoptic contributors." in describe_rights(chosen.publication)
    annotations = json.loads(dump_annotations(chosen, briefing))
    assert {one.get("rights") for one in (annotations, *annotations["first"]["items"])} == {url}
    claims = describe_claims(chosen, briefing, briefing.claims, "")["@graph"]
    assert {node.get("license") for node in claims if node["@type"] == "Claim"} == {url}
    assert describe_dataset(chosen, briefing, "").get("license") == url
    page = unescape(str(render_site(chosen, drafts=True)[f"briefings/{SLUG}/data/index.md"]))
    said = page[page.index("{: #licence }") : page.index("{: #cite }")]
    assert (f">{licence.name}</a>" in said) if url else ("are reserved: The Synoptic contributors." in said)


@pytest.mark.parametrize(
    ("stated", "found"),
    [(None, USUAL), ("CC0-1.0", LICENCES["CC0-1.0"]), ("", RESERVED), ("MIT", RESERVED), (4, RESERVED)],
)
def test_what_is_unknown_grants_nothing(stated: object, found: Licence) -> None:
    """Without the setting it is CC BY 4.0; a value that nobody knows reserves all rights, rather than grant any."""
    assert Publication.of({"extra": {"licence": stated}}).terms == found


def test_an_unknown_licence_is_a_problem(tmp_path: Path) -> None:
    """A licence that the program does not know is reported at its place, with the nearest that it knows."""
    root = small_project(tmp_path)
    (root / "mkdocs.yml").write_text("site_name: a\nextra:\n  link: !ENV X\n  licence: CC-BY-4\n", encoding="utf-8")
    _, problems = load(root)
    assert [str(problem) for problem in problems] == [
        'mkdocs.yml:4:12: error: the licence "CC-BY-4" is none that the program knows [value]\n'
        '    tip: did you mean "CC-BY-4.0"?'
    ]
