"""What stands beside the pages, from run to run."""

from pathlib import Path

from synoptic.base.cache import Cache
from synoptic.model.site import Site
from synoptic.site.additions import AdditionsCache, render_additions
from synoptic.site.incremental import Incremental, hash_inputs
from tests.edits import toggle_edit
from tests.projects import small_project


def open_site(root: Path) -> tuple[Site, AdditionsCache]:
    """The site as it is now, and the cache as another run would open it."""
    site, _ = Incremental(root, root / "docs").load()
    assert site is not None
    return site, AdditionsCache(Cache(root / ".kept"), hash_inputs(site))


def test_pages_need_no_second_audit_once_they_passed_one(tmp_path: Path) -> None:
    """Pages count as audited after an audit without a fault, and until their briefing changes: not because they were
    cached, or else a second build would publish what the first one refused."""
    root = small_project(tmp_path)
    site, kept = open_site(root)
    assert not render_additions(site, kept).audited
    site, kept = open_site(root)
    added = render_additions(site, kept)
    assert not added.audited
    kept.note_audit(added)
    site, kept = open_site(root)
    added = render_additions(site, kept)
    assert added.audited == set(added.pages)
    assert {page.split("/")[0] for page in added.audited} == {"c", "embed"}
    toggle_edit(root, "claim")
    site, kept = open_site(root)
    added = render_additions(site, kept)
    assert {page.split("/")[1] for page in added.pages if page not in added.audited} == {"harbour-tunnel"}
    assert {page.split("/")[1] for page in added.audited} == {"night-ferry"}
