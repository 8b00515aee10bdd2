"""A briefing as a zip, and what is built from it."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from synoptic.compare.summary import replace_briefings
from synoptic.data.archive import zip_briefing
from synoptic.model.records import Claim
from synoptic.model.site import Publication, Site
from synoptic.pages.render import render_site
from tests.data.samples import COMMIT, own_files
from tests.projects import CHECKOUT, read_files, run


def unzipped(data: str | bytes) -> dict[str, bytes]:
    """The files in a zip."""
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert all(re.fullmatch(r"[A-Za-z0-9./-]+", name) and ".." not in name for name in opened.namelist())
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize(("which", "settings"), [("harbour-tunnel", {}), ("night-ferry", {"site_name": "There"})])
def test_a_zip_builds_the_same_briefing(which: str, settings: dict[str, str], site: Site, tmp_path: Path) -> None:
    """Unpacked into an empty folder, a zip renders to the pages, data and zip it came from, byte for byte."""
    chosen = replace(site, publication=Publication.of(settings))
    before = own_files(render_site(chosen, drafts=False), which)
    for name, content in unzipped(before[f"briefings/{which}/{which}.zip"]).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if settings:
        (tmp_path / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    assert run(tmp_path, "render") == 0
    after = read_files(tmp_path / "docs")
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
        assert files["LICENSE-CONTENT.md"] == (CHECKOUT / "LICENSE-CONTENT.md").read_bytes()
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
