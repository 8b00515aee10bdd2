"""What a running server remembers, what wakes it, and the panel it shows: without a server."""

import html
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from build_tools.base.cache import NO_CACHE
from build_tools.base.problems import Place, Problem
from build_tools.load.load import load
from build_tools.model.site import Publication
from build_tools.pages import panel
from build_tools.pages.environment import TEMPLATES
from build_tools.pages.panel import render_panel
from build_tools.site.incremental import Incremental, hash_inputs
from build_tools.site.panel import problems_on, with_panel
from build_tools.site.serve import LiveSite
from build_tools.site.watch import is_settled, scan_files, stat_key
from tests.projects import small_project

HARBOUR = "briefings/harbour-tunnel"
RENDER = "build_tools.site.incremental.render_units"
FERRY = "briefings/night-ferry"
HOSTILE = "</li></section><script>alert(1)</script> [a](javascript:b) \x1b[31m \u202e \udcff &amp; \"'"


def problem(path: str, message: str = "is wrong", level: Any = "error", rule: str = "") -> Problem:
    """A problem somewhere."""
    return Problem(Place(path, 3, 7), message, "mend it", rule, level)


# -- the panel -----------------------------------------------------------------------------------------------------


def test_panel_shows_hostile_text_as_text() -> None:
    """Hostile text in a path, a message or a tip opens no tag, and what cannot be seen stands there as an escape."""
    hostile = Problem(Place(HOSTILE), HOSTILE, HOSTILE)
    shown, plain = render_panel([hostile]), render_panel([problem("a.yml")])
    assert shown.count("<") == plain.count("<")
    assert html.unescape(shown).count("</li></section><script>alert(1)</script> [a](javascript:b) \\u001b[31m") == 3
    assert "\\u202e \\udcff &amp; \"'" in html.unescape(shown)
    shown.encode()


@pytest.mark.parametrize(
    ("level", "rule", "is_open"),
    [
        ("error", "quotation", True),
        ("warning", "no-terms", False),
        ("warning", "yaml", True),
    ],
    ids=["an error", "a warning", "a draft that cannot be read"],
)
def test_panel_is_open_where_something_must_be_mended(level: Any, rule: str, is_open: bool) -> None:
    """Errors and unreadable drafts open the panel; other warnings stay folded."""
    assert (" open>" in render_panel([problem("a.yml", level=level, rule=rule)])) == is_open


def test_panel_of_very_many_problems_is_finite() -> None:
    """Beyond the limit problems are counted, and the command that lists all is named."""
    shown = render_panel([problem(f"{number}.yml") for number in range(panel.MOST + 2)])
    assert shown.count("<li>") == panel.MOST + 1
    assert "And 2 more: python -m build_tools check" in html.unescape(shown)
    assert f"{panel.MOST + 2} errors" in html.unescape(shown)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ["shared", "one", "two"]),
        ("index.html", ["shared"]),
        ("method/", ["shared"]),
        ("briefings/one/", ["shared", "one"]),
        ("briefings/one/topics/x/", ["shared", "one"]),
        ("briefings/three/", ["shared"]),
    ],
)
def test_pages_tell_what_concerns_them(address: str, expected: list[str]) -> None:
    """The home page tells everything, a briefing's pages their own and the shared, all others the shared."""
    found = [
        problem("briefings/vocabulary.yml", "shared"),
        problem("briefings/one/briefing.yml", "one"),
        problem("briefings/two/claims/a.yml", "two"),
    ]
    assert [p.message for p in problems_on(found, address)] == expected


def answered(status: str, kind: str, content: bytes, address: str) -> tuple[str, dict[str, str], bytes]:
    """What comes out of with_panel for an application's answer, with one problem in the briefing "one"."""

    def app(environ: Any, start: Any) -> Iterable[bytes]:
        start(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return iter([content])

    begun: list[Any] = []
    wrapped = with_panel(app, "/site/", lambda: [problem("briefings/one/briefing.yml")])
    body = b"".join(wrapped({"PATH_INFO": address}, lambda *args: begun.extend(args)))
    return begun[0], dict(begun[1]), body


@pytest.mark.parametrize("content", [b"<body><p>x</body></html>", b"404 Not Found"], ids=["a page", "no page"])
def test_panel_stands_inside_the_page(content: bytes) -> None:
    """The panel is the last thing in the body, nothing of the page is lost, and the length is right."""
    _, headers, body = answered("200 OK", "text/html", content, "/site/briefings/one/")
    head, _, tail = content.partition(b"</body>")
    assert body.startswith(head + b"<section")
    assert body.endswith(b"</section>" + (b"</body>" + tail if tail else b""))
    assert int(headers["Content-Length"]) == len(body)
    assert "Refresh" not in headers


@pytest.mark.parametrize(
    ("kind", "address"),
    [("text/html", "/site/method/"), ("text/css", "/site/briefings/one/x.css")],
    ids=["a page without problems", "no page"],
)
def test_other_answers_stay_as_they_are(kind: str, address: str) -> None:
    """What is no page, or has no problem, is answered byte for byte."""
    _, headers, body = answered("200 OK", kind, b"<body></body>", address)
    assert (body, headers["Content-Length"]) == (b"<body></body>", "13")


def test_missing_page_asks_again() -> None:
    """A page that is not there has no live reload, so the browser is told to ask again."""
    status, headers, body = answered("404 Not Found", "text/html", b"", "/site/briefings/one/x/")
    assert (status, headers["Refresh"]) == ("404 Not Found", "2")
    assert b"<section" in body


# -- what the server remembers -------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project with an empty docs folder."""
    small_project(tmp_path)
    (tmp_path / "docs").mkdir()
    return tmp_path


def begun(root: Path) -> LiveSite:
    """A server's memory after its first look."""
    live = LiveSite()
    live.prepare(root, root / "docs", Publication(), [root / "docs", root / "briefings"])
    return live


def pages(root: Path) -> dict[str, bytes]:
    """Every generated file."""
    return {str(p.relative_to(root)): p.read_bytes() for p in (root / "docs").rglob("*") if p.is_file()}


def messages(live: LiveSite) -> list[str]:
    """The problems, without their tips."""
    return [str(p).splitlines()[0] for p in live.problems]


@pytest.mark.parametrize(
    "name",
    [
        "briefings/vocabulary.yml",
        "briefings/speakers.yml",
        f"{HARBOUR}/briefing.yml",
        f"{HARBOUR}/claims/cost.yml",
        f"{HARBOUR}/sources/wire.yml",
    ],
)
def test_last_good_pages_stay_to_the_byte(root: Path, name: str) -> None:
    """While a file is broken, or missing, every page, the home page included, stays as it was; mending writes none."""
    live, good = begun(root), pages(root)
    assert not live.problems
    before = (root / name).read_text(encoding="utf-8")
    (root / name).write_text("[half", encoding="utf-8")
    assert not live.refresh()
    assert messages(live)
    assert pages(root) == good
    (root / name).unlink()
    assert not live.refresh()
    assert messages(live)
    assert pages(root) == good
    (root / name).write_text(before, encoding="utf-8")
    assert not live.refresh()
    assert not live.problems
    assert pages(root) == good


def test_one_briefing_is_updated_while_another_is_broken(root: Path) -> None:
    """A mistake in one briefing does not keep another from being updated, and both stay on the home page."""
    live = begun(root)
    (root / HARBOUR / "claims/cost.yml").write_text("[half", encoding="utf-8")
    ferry = root / "briefings/night-ferry/briefing.yml"
    ferry.write_text(ferry.read_text(encoding="utf-8").replace("question: ", "question: Well, "), encoding="utf-8")
    assert live.refresh()
    home = html.unescape((root / "docs/index.md").read_text(encoding="utf-8"))
    assert "Well, " in home
    assert "Will the tunnel open in June?" in home


def test_what_names_a_claim_elsewhere_follows_it(root: Path) -> None:
    """The pages of a briefing whose claim is related to one of another briefing change with that one."""
    ferry, page = root / FERRY / "claims/fire.yml", root / "docs" / FERRY / "topics/fire/index.md"
    first = ferry.read_text(encoding="utf-8").split("\n- id: ", 1)[0]
    relation = "\n  relations:\n    - {to: harbour-tunnel/cost-19, how: refines, why: Both count crowns.}"
    ferry.write_text(ferry.read_text(encoding="utf-8").replace(first, first + relation, 1), encoding="utf-8")
    live = begun(root)
    assert not live.problems
    assert "The works cost" in html.unescape(page.read_text(encoding="utf-8"))
    cost = root / HARBOUR / "claims/cost.yml"
    cost.write_text(
        cost.read_text(encoding="utf-8").replace("claim: The works cost", "claim: They cost"), encoding="utf-8"
    )
    assert live.refresh()
    assert "They cost" in html.unescape(page.read_text(encoding="utf-8"))


def test_a_mistake_renders_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a mistake nor its mending renders a page: so it shows at once, however large the site."""
    live = begun(root)
    monkeypatch.setattr(RENDER, lambda *_, **__: pytest.fail("something was rendered"))
    for name in ("briefings/vocabulary.yml", "briefings/speakers.yml", f"{HARBOUR}/claims/cost.yml"):
        before = (root / name).read_bytes()
        for content in (b"[half", before):
            (root / name).write_bytes(content)
            assert not live.refresh()
            assert (content == before) == (live.problems == ())


def test_every_page_depends_on_the_templates(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a template changes while the server runs, all pages are rendered again."""
    site, _ = Incremental(root, root / "docs", NO_CACHE).load()
    assert site is not None
    before = hash_inputs(site)
    shutil.copytree(TEMPLATES, root / "templates")
    (root / "templates/macros.j2").write_text("another", encoding="utf-8")
    monkeypatch.setattr("build_tools.site.incremental.TEMPLATES", root / "templates")
    assert not before.items() & hash_inputs(site).items()
    assert len(before) > 4


def test_nothing_is_updated_while_what_all_share_is_broken(root: Path) -> None:
    """With broken speakers even the home page waits: it would show a briefing whose own pages are older."""
    live, good = begun(root), pages(root)
    (root / "briefings/speakers.yml").write_text("[half", encoding="utf-8")
    path = root / HARBOUR / "briefing.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("question: ", "question: Well, "), encoding="utf-8")
    assert not live.refresh()
    assert pages(root) == good


def test_briefings_come_go_and_change_their_names(root: Path) -> None:
    """A renamed folder has pages under its new name only; a removed one has none."""
    live = begun(root)
    (root / HARBOUR).rename(root / "briefings/tunnel")
    assert live.refresh()
    assert sorted(p.name for p in (root / "docs/briefings").iterdir()) == ["night-ferry", "tunnel"]
    shutil.rmtree(root / "briefings/tunnel")
    assert live.refresh()
    assert [p.name for p in (root / "docs/briefings").iterdir()] == ["night-ferry"]
    shutil.rmtree(root / "briefings")
    assert not live.refresh()
    assert messages(live) == ["briefings/vocabulary.yml:1:1: error: is missing or no regular file [file]"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "briefings/vocabulary.yml",
            {"index.md", "method.md", "speakers/index.md", f"{HARBOUR}/index.md", f"{FERRY}/index.md"},
        ),
        ("briefings/speakers.yml", {f"{HARBOUR}/index.md", f"{FERRY}/index.md"}),
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
    live, good = begun(root), pages(root)

    def fail(*_: Any, **__: Any) -> Any:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr("build_tools.pages.render.render_briefing", fail)
        path = root / HARBOUR / "briefing.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("opens in June", "opens in june"), encoding="utf-8")
        live.refresh()
        assert messages(live) == [
            f"{HARBOUR}/briefing.yml:1:1: error: the pages could not be generated: ValueError('odd') [program]"
        ]
        assert pages(root) == good
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
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    live = LiveSite()
    live.prepare(root, root / "docs", Publication(), [root / "docs", Path("mkdocs.yml"), Path("briefings")])
    monkeypatch.setattr(RENDER, lambda *_, **__: pytest.fail("something was rendered"))
    live.rebuild(lambda: pytest.fail("it was built"), [root / "docs", root / "mkdocs.yml", root / "briefings"])
    assert not live.problems


# -- what wakes it -------------------------------------------------------------------------------------------------


def done_to(folder: Path) -> Iterator[str]:
    """Everything that can be done to a file, one thing after the other; says what it was."""
    file, other = folder / "a.yml", folder / "b.yml"
    file.write_text("a", encoding="utf-8")
    yield "made"
    file.write_text("ab", encoding="utf-8")
    yield "written"
    other.write_text("ab", encoding="utf-8")
    other.replace(file)
    yield "replaced by its like"
    file.chmod(0o600)
    yield "forbidden to others"
    file.rename(other)
    yield "renamed"
    other.unlink()
    other.mkdir()
    yield "made a folder"
    (other / "inside").mkdir()
    yield "given an empty folder"
    (other / "inside").chmod(0o500)
    yield "with a folder that may not be written"
    shutil.rmtree(other)
    yield "removed"
    os.mkfifo(file)
    yield "made a pipe"
    file.unlink()
    file.symlink_to(file)
    yield "made a link to itself"
    file.unlink()
    file.symlink_to(folder)
    yield "made a link to its folder"
    shutil.rmtree(folder)
    yield "removed with its folder"


def test_everything_that_is_done_to_a_file_is_seen(tmp_path: Path) -> None:
    """A file made, written, replaced, renamed, made another kind or removed is seen, and so is a bare folder."""
    seen = scan_files(tmp_path)
    for what in done_to(tmp_path):
        now = scan_files(tmp_path)
        assert now != seen, f"{what}, and unseen"
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


# -- files that may not be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [HARBOUR, f"{HARBOUR}/claims", f"{HARBOUR}/claims/cost.yml", "briefings/vocabulary.yml"]
)
def test_what_may_not_be_read_is_a_problem(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without permission is reported."""
    bar(root / name, monkeypatch)
    expected = f"{name}:1:1: error: cannot be read: Permission denied [file]"
    assert expected in [str(p).splitlines()[0] for p in load(root)[1]]


@pytest.mark.parametrize("name", [f"{HARBOUR}/articles", f"{HARBOUR}/articles/wire.txt"])
def test_article_that_may_not_be_read_is_not_at_hand(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article without permission is as if it were not there: the lock answers."""
    bar(root / name, monkeypatch)
    site, problems = load(root)
    assert site is not None
    assert problems == []
    assert "wire" not in next(iter(site.briefings)).texts


def bar(barred: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the permission to read a file or folder away, even from those whom no permission binds."""

    def refusing(method: Any) -> Any:
        def tried(self: Path, *args: Any, **options: Any) -> Any:
            if self == barred:
                raise PermissionError(13, "Permission denied", str(self))
            return method(self, *args, **options)

        return tried

    for method in ("iterdir", "read_bytes"):
        monkeypatch.setattr(Path, method, refusing(getattr(Path, method)))
