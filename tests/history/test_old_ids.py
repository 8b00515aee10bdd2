"""Ids that changed or are gone: their old addresses, and the register of published ids."""

from dataclasses import replace
from pathlib import Path

import pytest

from synoptic.compare.ids import explain_unused, format_register, make_register
from synoptic.model.site import Site
from synoptic.pages import render
from synoptic.site.additions import render_additions
from tests.history.scripted import Scripted
from tests.projects import SMALL as SLUG
from tests.projects import edited_project, load_checked, load_site, run
from tests.yaml_files import read_yaml

CASE = read_yaml(Path(__file__).with_name("old_ids.yml"))


@pytest.fixture
def led(tmp_path: Path) -> Site:
    """The invented project with ids renamed and removed in every way."""
    root = edited_project(tmp_path, CASE["edits"])
    site = load_site(root)
    for briefing in site.briefings:
        path = root / f"briefings/{briefing.slug}/ids.lock"
        path.write_text(format_register(make_register(briefing, briefing.register)), encoding="utf-8")
    return load_checked(root)


def test_old_addresses_of_claims_lead_on(led: Site) -> None:
    """The permanent address of a renamed claim leads to the claim, of a removed one to the reason; none is lost."""
    found = render_additions(led).addresses
    renamed = found["harbour-tunnel/cost-19/index.html"]
    assert 'url=../../../briefings/harbour-tunnel/topics/price/#cost-of-works"' in renamed
    gone = found["harbour-tunnel/what-inspection-found/index.html"]
    assert 'url=../../../briefings/harbour-tunnel/gone/#claim-what-inspection-found"' in gone
    page = render.render_site(led, drafts=False)["briefings/harbour-tunnel/gone/index.md"]
    assert 'id="claim-what-inspection-found"' in str(page)
    briefing = led.briefing["harbour-tunnel"]
    assert briefing.register is not None
    assert {f"harbour-tunnel/{name}/index.html" for name in briefing.register.claims} <= found.keys()


def test_every_id_that_went_is_explained(led: Site) -> None:
    """Old pages say where things are now; old anchors of claims, statements and receipts still work."""
    briefing = led.briefing["harbour-tunnel"]
    found = {(m.subject, m.old): m for m in explain_unused(briefing, led)}
    assert {key: m.now for key, m in found.items()} == {
        ("claim", "cost-19"): "cost-of-works",
        ("claim", "what-inspection-found"): "",
        ("statement", "herald-cost"): "herald-sum",
        ("source", "old-wire"): "wire",
        ("topic", "cost"): "price",
        ("speaker", "city-engineer"): "ada-quill",
    }
    assert found["claim", "what-inspection-found"].to == "night-ferry/fire-in-galley"
    pages = {path: str(text) for path, text in render.render_site(led, drafts=False).items()}
    for path, parts in CASE["pages"].items():
        assert [part for part in parts if part not in pages[f"{path}/index.md"]] == [], path


def register_after(root: Path, *questions: str) -> str:
    """The register that `lock` writes when the briefing has these questions besides its claims."""
    path = root / SLUG / "claims/opening-date.yml"
    text = path.read_text(encoding="utf-8").split("- id: who-pays", 1)[0]
    added = (f"- id: {name}\n  claim: Who pays?\n  kind: question\n  terms: [pay]\n" for name in questions)
    path.write_text(text + "".join(added), encoding="utf-8")
    run(root, "lock", "harbour-tunnel", "--by", "A Tester")
    return (root / SLUG / "ids.lock").read_text(encoding="utf-8")


def test_lock_keeps_the_register(own: Path) -> None:
    """`lock` adds ids, never drops one of the main branch, and forgets one that was never committed."""
    assert "- who-pays\n" in register_after(own, "who-pays")
    renamed = register_after(own, "who-pays-for-it")
    assert "- who-pays\n" not in renamed
    assert "- who-pays-for-it\n" in renamed
    (own / SLUG / "ids.lock").write_text("claims: []\n", encoding="utf-8")
    assert "- cost-19\n" in register_after(own)
    assert run(own, "check", "harbour-tunnel") == 0


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("switch -c mine", "", False),  # nobody else has seen it
        ("switch -c mine", "branch -D main", True),  # no main branch: as committed, so as seen
        ("switch main", "switch -c mine", True),
        ("switch main", "branch -M main master", True),
        ("switch main", "update-ref refs/remotes/theirs/main main;switch -c mine;branch -f main main~1", True),
        ("switch -c trunk", "update-ref refs/remotes/origin/HEAD trunk;branch -D main", True),
    ],
)
def test_an_id_is_published_on_the_main_branch(scripted: Scripted, before: str, after: str, kept: bool) -> None:
    """An id may leave the register until it is on the main branch, of this clone or of a remote."""
    scripted.git(*before.split())
    register_after(scripted.root, "who-pays")
    scripted.commit()
    for command in filter(None, after.split(";")):
        scripted.git(*command.split())
    assert ("- who-pays\n" in register_after(scripted.root)) is kept
    assert run(scripted.root, "check", "harbour-tunnel") == int(kept)


def test_a_briefing_that_the_main_branch_lacks_has_no_published_id(scripted: Scripted) -> None:
    """A new briefing on a branch of one's own may lose ids; without Git, its register keeps all."""
    scripted.git("rm", "-q", "-r", SLUG)
    scripted.git("commit", "-q", "-m", "A commit")
    scripted.git("switch", "-q", "-c", "mine")
    scripted.git("revert", "--no-edit", "HEAD")
    register_after(scripted.root, "who-pays")
    scripted.commit()
    assert "- who-pays\n" not in register_after(scripted.root)
    register_after(scripted.root, "who-pays")
    (scripted.root / ".git").rename(scripted.root / "gone")
    assert "- who-pays\n" in register_after(scripted.root)


def test_a_register_is_merged_by_union(past: Path) -> None:
    """The order of the register does not count, nor a duplicate id, so a merge may keep both sides."""
    site = load_site(past)
    briefing = site.briefing["harbour-tunnel"]
    assert briefing.register is not None
    claims = briefing.register.claims
    twice = briefing.register.model_copy(update={"claims": (*reversed(claims), *claims)})
    assert make_register(replace(briefing, register=twice), twice) == make_register(briefing, briefing.register)
