"""What a running server notices, and what it remembers from one change to the next, without a server."""

import html
import os
import shutil
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.cache import NO_CACHE
from synoptic.base.problems import Refused
from synoptic.model.site import Publication
from synoptic.pages.environment import TEMPLATES
from synoptic.site.incremental import Incremental, hash_inputs
from synoptic.site.serve import LiveSite, log, refuse_taken_port
from synoptic.site.watch import is_settled, scan_files, stat_key
from tests.projects import apply_edit, read_files, replace_once
from tests.site import CASES

HARBOUR, FERRY = "briefings/harbour-tunnel", "briefings/night-ferry"
SHARED = ("briefings/vocabulary.yml", "briefings/speakers.yml")
OVERVIEWS = {f"{HARBOUR}/index.md", f"{FERRY}/index.md"}
RENDER = "synoptic.site.incremental.render_units"


def begun(root: Path) -> LiveSite:
    """A server's memory after its first look."""
    (root / "docs").mkdir()
    live = LiveSite()
    live.prepare(root, root / "docs", Publication(), [root / "docs", root / "briefings"])
    return live


def messages(live: LiveSite) -> list[str]:
    """The problems, without their tips."""
    return [str(p).splitlines()[0] for p in live.problems]


@pytest.mark.parametrize(
    "name", [*SHARED, f"{HARBOUR}/briefing.yml", f"{HARBOUR}/claims/cost.yml", f"{HARBOUR}/sources/wire.yml"]
)
def test_last_good_pages_stay_to_the_byte(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a file is broken, or missing (unless a site need not have it), every page, the home page included, stays as
    it was, and mending writes none.
    The mistake is logged with its place. Nothing is rendered: so it shows at once, however large the site."""
    logged: list[str] = []
    monkeypatch.setattr(log, "error", lambda _, problem: logged.append(str(problem).splitlines()[0]))
    live, good = begun(root), read_files(root / "docs")
    monkeypatch.setattr(RENDER, lambda *_, **__: pytest.fail("something was rendered"))
    assert not live.problems
    before = (root / name).read_text(encoding="utf-8")
    for edit in ({"write": "[half"}, {"remove": True})[: 1 if name == SHARED[0] else 2]:
        apply_edit(root, {"file": name, **edit})
        assert not live.refresh()
        assert messages(live)
        assert set(messages(live)) <= set(logged)
        assert read_files(root / "docs") == good
    (root / name).write_text(before, encoding="utf-8")
    assert not live.refresh()
    assert not live.problems
    assert read_files(root / "docs") == good


def test_one_briefing_is_updated_while_another_is_broken(root: Path) -> None:
    """A mistake in one briefing does not keep another from being updated, and both stay on the home page."""
    live = begun(root)
    (root / HARBOUR / "claims/cost.yml").write_text("[half", encoding="utf-8")
    replace_once(root / "briefings/night-ferry/briefing.yml", "\nquestion: ", "\nquestion: Well, ")
    assert live.refresh()
    home = html.unescape((root / "docs/index.md").read_text(encoding="utf-8"))
    assert "Well, " in home
    assert "Will the tunnel open in June?" in home


def test_what_names_a_claim_elsewhere_follows_it(root: Path) -> None:
    """The pages of a briefing whose claim is related to one of another briefing change with that one."""
    ferry, page = root / FERRY / "claims/fire.yml", root / "docs" / FERRY / "topics/fire/index.md"
    first = ferry.read_text(encoding="utf-8").split("\n- id: ", 1)[0]
    relation = "\n  relations:\n    - {to: harbour-tunnel/cost-19, how: refines, why: Both count crowns.}"
    replace_once(ferry, first, first + relation)
    live = begun(root)
    assert not live.problems
    assert "The works cost" in html.unescape(page.read_text(encoding="utf-8"))
    cost = root / HARBOUR / "claims/cost.yml"
    replace_once(cost, "claim: The works cost", "claim: They cost")
    assert live.refresh()
    assert "They cost" in html.unescape(page.read_text(encoding="utf-8"))


def test_every_page_depends_on_the_templates(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a template changes while the server runs, all pages are rendered again."""
    site, _ = Incremental(root, root / "docs", NO_CACHE).load()
    assert site is not None
    before = hash_inputs(site)
    shutil.copytree(TEMPLATES, root / "templates")
    (root / "templates/macros.j2").write_text("another", encoding="utf-8")
    monkeypatch.setattr("synoptic.site.incremental.TEMPLATES", root / "templates")
    assert not before.items() & hash_inputs(site).items()
    assert len(before) > 4


def test_nothing_is_updated_while_what_all_share_is_broken(root: Path) -> None:
    """With broken speakers even the home page waits: it would show a briefing whose own pages are older."""
    live, good = begun(root), read_files(root / "docs")
    (root / "briefings/speakers.yml").write_text("[half", encoding="utf-8")
    replace_once(root / HARBOUR / "briefing.yml", "\nquestion: ", "\nquestion: Well, ")
    assert not live.refresh()
    assert read_files(root / "docs") == good


def test_briefings_come_go_and_change_their_names(root: Path) -> None:
    """A renamed folder has pages under its new name only, a removed one none; all briefings may go and come back."""
    live = begun(root)
    (root / HARBOUR).rename(root / "briefings/tunnel")
    assert live.refresh()
    assert sorted(p.name for p in (root / "docs/briefings").iterdir()) == ["night-ferry", "tunnel"]
    shutil.rmtree(root / "briefings/tunnel")
    assert live.refresh()
    assert [p.name for p in (root / "docs/briefings").iterdir()] == ["night-ferry"]
    (root / "briefings").rename(root / "elsewhere")
    assert not live.refresh()
    assert messages(live) == ["briefings:1:1: error: is missing [file]"]
    (root / "elsewhere").rename(root / "briefings")
    (root / FERRY / "claims/empty.yml").mkdir()
    assert not live.refresh()
    assert [message.split(" ")[0] for message in messages(live)] == [f"{FERRY}/claims/empty.yml:1:1:"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("briefings/vocabulary.yml", {"index.md", "method/index.md", "speakers/index.md", *OVERVIEWS}),
        ("briefings/speakers.yml", OVERVIEWS),
        (f"{HARBOUR}/briefing.yml", {f"{HARBOUR}/index.md"}),
    ],
)
def test_pages_that_could_never_be_made_stand_in(root: Path, name: str, expected: set[str]) -> None:
    """With a mistake from the start, the home page and every overview answer all the same, until it is mended."""
    before = (root / name).read_text(encoding="utf-8")
    (root / name).write_text("[half", encoding="utf-8")
    live = begun(root)
    assert set(live.placeholders()) == expected
    (root / name).write_text(before, encoding="utf-8")
    assert live.refresh()
    assert not live.placeholders()


def test_faults_of_the_program_are_shown_and_end_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page, the loading or the build fails for a reason of its own, that is a problem like any other."""
    live, good = begun(root), read_files(root / "docs")

    def fail(*_: Any, **__: Any) -> Any:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr("synoptic.pages.render.briefing_pages", fail)
        replace_once(root / HARBOUR / "briefing.yml", "[opens in June]", "[opens in june]")
        live.refresh()
        assert messages(live) == [
            f"{HARBOUR}/briefing.yml:1:1: error: the pages could not be generated: ValueError('odd') [program]"
        ]
        assert read_files(root / "docs") == good
        patch.setattr(Incremental, "load", fail)
        live.refresh()
        assert messages(live) == ["briefings:1:1: error: the pages could not be generated: ValueError('odd') [program]"]
    live.rebuild(fail, [root / "docs"])
    assert live.problems == ()
    assert [p.message for p in live.failure] == ["the site could not be built: odd"]
    built: list[int] = []
    live.rebuild(lambda: built.append(1), [root / "docs"])
    assert (built, live.failure) == ([1], ())


def test_nothing_is_built_twice(root: Path) -> None:
    """A mistake, its mending and what was generated build nothing; an edit and a page by hand build once each."""
    live, built = begun(root), list[str]()

    def rebuilt(why: str) -> list[str]:
        built.clear()
        live.rebuild(lambda: built.append(why), [root / "docs", root / "briefings"])
        return built

    path = root / HARBOUR / "claims/cost.yml"
    before = path.read_text(encoding="utf-8")
    path.write_text("[half", encoding="utf-8")
    assert rebuilt("mistake") == []
    path.write_text(before, encoding="utf-8")
    assert rebuilt("mended") == []
    path.write_text(before.replace("The works cost 1.9 billion crowns.", "They cost 1.9 billion."), encoding="utf-8")
    assert rebuilt("edit") == ["edit"]
    assert rebuilt("nothing") == []
    (root / "docs/extra.md").write_text("# By hand\n", encoding="utf-8")
    assert rebuilt("by hand") == ["by hand"]


def test_places_that_were_named_from_the_working_folder_are_known_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``-f mkdocs.yml`` the settings are named without their folder, and the first rebuild by their whole path:
    that is no reason to render every page anew."""
    monkeypatch.chdir(root)
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    live = LiveSite()
    live.prepare(root, root / "docs", Publication(), [root / "docs", Path("mkdocs.yml"), Path("briefings")])
    monkeypatch.setattr(RENDER, lambda *_, **__: pytest.fail("something was rendered"))
    live.rebuild(lambda: pytest.fail("it was built"), [root / "docs", root / "mkdocs.yml", root / "briefings"])
    assert not live.problems


# -- what makes a server build again: every change of a file, and nothing else --------------------------------------


def test_everything_that_is_done_to_a_file_is_seen(tmp_path: Path) -> None:
    """A file made, written, replaced, renamed, made another kind or removed is seen, and so is a bare folder."""
    seen = scan_files(tmp_path)
    for step in CASES["watched"]:
        for edit in step["edits"]:
            apply_edit(tmp_path, edit)
        now = scan_files(tmp_path)
        assert now != seen, f"{step['why']}, and unseen"
        seen = now
    assert seen == {}


def test_linked_page_counts_by_its_content(tmp_path: Path) -> None:
    """A page that is a link to a file elsewhere is seen to change with it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/changes.md").symlink_to(tmp_path / "CHANGES.md")
    (tmp_path / "CHANGES.md").write_text("one", encoding="utf-8")
    seen = scan_files(tmp_path / "docs")
    (tmp_path / "CHANGES.md").write_text("three", encoding="utf-8")
    assert scan_files(tmp_path / "docs") != seen


def test_what_is_generated_or_passing_is_not_seen(tmp_path: Path) -> None:
    """Generated pages and what editors keep beside a file wake nobody."""
    seen = scan_files(tmp_path, frozenset({str(tmp_path / "index.md")}))
    for name in ("index.md", ".a.yml.swp", "a.yml~", "#a.yml#"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert scan_files(tmp_path, frozenset({str(tmp_path / "index.md")})) == seen


def test_a_file_is_known_by_its_look_once_no_write_can_go_unseen(tmp_path: Path) -> None:
    """Other letters at the old time are seen; a file that was written within a tick of the clock is read again."""
    path = tmp_path / "a"
    assert not is_settled(stat_key(str(path)))
    path.write_text("a", encoding="utf-8")
    key = stat_key(str(path))
    assert key is not None
    assert not is_settled(key)
    assert is_settled((*key[:-2], key[-2] - 3 * 10**9, key[-1] - 3 * 10**9))
    assert not is_settled((*key[:-2], key[-2] - 3 * 10**9, key[-1]))
    time.sleep(0.02)
    path.write_text("b", encoding="utf-8")
    os.utime(path, ns=(key[-2], key[-2]))
    assert stat_key(str(path)) != key


def test_a_taken_port_is_said_in_one_sentence() -> None:
    """Before the first build it is said that another program serves there, and how to choose another port."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"port {port} is in use") as refusal:
            refuse_taken_port("127.0.0.1", port)
    assert "SERVE_ARGS" in str(refusal.value)
    refuse_taken_port("127.0.0.1", 0)
