"""What no contributor may type, under tests/hostile/refused: refused where it stands, and nothing is written.

A case is an edit of the invented project's briefings (see ``apply_edit``); ``lines`` are the beginnings of the problems
that must be told. In every case another file has a mistake of its own, which must be told as well.
"""

import os
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from synoptic.base.problems import PLACE, Place
from synoptic.check.registry import check
from synoptic.cli.main import main
from synoptic.load import yaml_guard
from synoptic.load.load import load
from synoptic.load.yaml_guard import parse
from synoptic.pages.render import render_site, units_without_errors
from synoptic.site.incremental import Incremental
from tests.projects import apply_edit, replace_once, small_project
from tests.yaml_files import read_yaml

HERE = Path(__file__).parents[1]
CASES: dict[str, dict[str, Any]] = {
    f"{path.stem}-{name}": case
    for path in sorted((HERE / "hostile" / "refused").glob("*.yml"))
    for name, case in yaml.load(path.read_bytes(), yaml.CBaseLoader).items()
}
OTHER = "briefings/night-ferry/briefing.yml"


def files(folder: Path) -> dict[str, bytes | str]:
    """All that is in a folder, but for what a run keeps for the next one."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if ".cache" not in path.parts):
        kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "pipe" if path.is_fifo() else ""
        found[str(path.relative_to(folder))] = kind or path.read_bytes()
    return found


@pytest.mark.parametrize("command", ["check", pytest.param("render", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", CASES)
def test_refused(name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case is refused at its place, with all that is wrong elsewhere; exit 1, nothing written, fit for a terminal."""
    case = CASES[name]
    small_project(tmp_path)
    replace_once(tmp_path / OTHER, "title: The night", "titel: The night")
    apply_edit(tmp_path / "briefings", case)
    before = files(tmp_path)
    assert main(["--root", str(tmp_path), command]) == 1
    output = capsys.readouterr()
    told = output.out + output.err
    assert {c for c in told if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")} == set()
    for line in (f"{OTHER}:1:1: error: unknown key", *(f"briefings/{line}" for line in case["lines"])):
        assert line in told, case["why"]
    assert "Traceback" not in told
    assert files(tmp_path) == before


def test_ten_thousand_faults_are_told(tmp_path: Path) -> None:
    """Each of ten thousand unknown keys of one object is told (which took ten minutes once, and takes a second)."""
    small_project(tmp_path)
    keys = ", ".join(f"key{n}: x" for n in range(10_000))
    (tmp_path / "briefings/harbour-tunnel/figures.yml").write_text(f"- {{{keys}}}\n", encoding="utf-8")
    assert sum(p.message.startswith("unknown key") for p in load(tmp_path)[1]) == 10_000


# -- files that nobody wrote ---------------------------------------------------------------------------------------

VALUES = [
    "", "~", "[]", "{}", "''", "no", "-1", "0", "999999999999", "1.5", "2031-02-30", "XXXX", "../..", "unknown", "a b",
    "\u05d0", "<b>", "&a x", "*a", "!x y", "|\n x", "x" * 3000, "[[[[x]]]]", "{a: {b: {c: d}}}", '"\\0"', '"\\ud800"',
    "http://a", "1/2/3", "2031-01-01/..", "..", "?", "\u200b", "[1, 0]", "[2, 1]", "null", "true", "gazette",
]  # fmt: skip
PIECES = [
    "\n", " ", "  ", "\t", "\r", ":", ": ", "- ", "#", "[", "]", "{", "}", ",", "'", '"', "|", ">", "&", "*", "!", "%",
    "@", "`", "?", "---\n", "...\n", "\x00", "\ufeff", "\u2028", "\U0001f600",
]  # fmt: skip


@st.composite
def damage(draw: st.DrawFn, text: str) -> str:
    """A file after some accidents."""
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        kind = draw(st.sampled_from(["value", "piece", "swap", "cut", "indent", "join", "any"]))
        if kind == "value":
            key = lines[at].partition(":")[0]
            lines[at] = f"{key}: {draw(st.sampled_from(VALUES))}"
        elif kind == "piece":
            spot = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:spot] + draw(st.sampled_from(PIECES)) + lines[at][spot:]
        elif kind == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "cut":
            del lines[min(at, other) : min(at, other) + draw(st.integers(1, 4))]
        elif kind == "indent":
            lines[at] = "  " * draw(st.integers(0, 3)) + lines[at].lstrip()
        elif kind == "join":
            spot = draw(st.integers(0, len(lines[other])))
            lines[at] += lines[other][spot:]
        else:
            lines[at] += draw(st.text(max_size=6))
        text = "\n".join(lines) or " "
    return text


@pytest.mark.slow
@pytest.mark.parametrize("draft", [False, True], ids=["published", "draft"])
def test_no_file_brings_the_program_down(draft: bool, tmp_path: Path, tell: Any) -> None:
    """Damaged YAML and locks bring problems, each with a place, and nothing else; a draft's pages are made anyway."""
    clean = small_project(tmp_path / "clean")
    for path in clean.glob("briefings/*/briefing.yml") if draft else ():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("status: published", "status: draft"), encoding="utf-8")
    names = sorted(str(path.relative_to(clean)) for path in clean.rglob("*") if path.suffix in (".yml", ".lock"))
    names.remove("briefings/vocabulary.yml")
    texts = {name: (clean / name).read_text(encoding="utf-8") for name in names}
    counts: Counter[str] = Counter()

    @settings(max_examples=100, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(data=st.data())
    def survived(data: st.DataObject) -> None:
        hurt = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
        for name in hurt:
            (clean / name).write_bytes(data.draw(damage(texts[name])).encode("utf-8", "surrogatepass"))
        site, problems = load(clean)
        assert site is not None
        found = [*problems, *check(site)]
        pages = render_site(site, drafts=True, units=units_without_errors(site, found))
        assert all(p.place.path and p.place.line > 0 and p.place.column > 0 and p.message for p in found)
        counts.update(files=len(hurt), problems=len(found), pages=len(pages))
        for name in hurt:
            (clean / name).write_text(texts[name], encoding="utf-8")

    survived()
    shutil.rmtree(clean)
    tell(f"{counts['files']} damaged files: {counts['problems']} problems, {counts['pages']} files made, nothing else")


# -- what may not be read, or is too large ------------------------------------------------------------------------

HARBOUR = "briefings/harbour-tunnel"


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


@pytest.mark.parametrize("name", ["vocabulary.yml", "speakers.yml", "harbour-tunnel/claims/cost.yml"])
def test_a_file_that_is_too_large_is_not_read(root: Path, name: str) -> None:
    """A terabyte of nothing is a problem, and is neither read nor hashed."""
    os.truncate(root / "briefings" / name, 1 << 40)
    problems = [str(p).splitlines()[0] for p in Incremental(root, root / "docs").load()[1]]
    assert any(p.startswith(f"briefings/{name}:1:1: error: ") and "too large" in p for p in problems), problems


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


# -- the guard before the parser, alone -------------------------------------------------------------------------------

GUARDED = read_yaml(HERE / "hostile/yaml_guard.yml")
LARGE = [(b"a: \xff", "is not UTF-8"), (b"[" * 500_000, "nested"), (b"x" * (yaml_guard.MAX_BYTES + 1), "too many")]


@pytest.mark.parametrize(("data", "message"), [*GUARDED, *LARGE], ids=lambda v: repr(v[:24]))
def test_guard(data: str | bytes, message: str) -> None:
    """What the format does not allow is one problem at its place."""
    problems = parse(data.encode() if isinstance(data, str) else data, "x.yml").problems
    assert [message in p.message for p in problems] == [True]


def test_all_mistakes_at_once() -> None:
    """What no page can show is named at its line and column, and the rest of the file is read all the same."""
    tree = parse("a: x\u200by\nb: \u202e1\na: 2\n".encode(), "x.yml")
    assert [(p.place.line, p.place.column) for p in tree.problems] == [(1, 5), (2, 4), (3, 1)]
    assert (tree.value["a"], tree.value["b"]) == ("xy", "1")
    places = [p.place for p in parse(b"a: &x 1\nb: *x\nc: !y 2\n", "x.yml").problems]
    assert places == [Place("x.yml", 1, 4), Place("x.yml", 2, 4), Place("x.yml", 3, 4)]
    assert [p.place for p in parse("é: 1\nb: é\n".encode() + b"c: \xff", "x.yml").problems] == [Place("x.yml", 3, 4)]


def test_scalars_stay_text() -> None:
    """No value is guessed to be a number, a date or a truth value."""
    tree = parse(b"[no, 1.10, 12:30, 0123, 2031-02-30, ~, yes]", "x.yml")
    assert tree.value == ["no", "1.10", "12:30", "0123", "2031-02-30", "~", "yes"]


def test_places() -> None:
    """Every object and every value knows its line and column."""
    value = parse(b"- id: a\n  terms: [x,\n    y]\n", "x.yml").value[0]
    assert value[PLACE] == Place("x.yml", 1, 3)
    assert value[PLACE].at("terms", 1) == Place("x.yml", 3, 5)


def test_empty_value_is_none() -> None:
    """A key without a value has none; an empty quoted text is text."""
    value = parse(b"a:\nb: ''\n", "x.yml").value
    assert (value["a"], value["b"]) == (None, "")


def test_right_to_left_and_emoji_are_welcome() -> None:
    """Legitimate text of any script is taken exactly."""
    text = "שלום 👩‍👩‍👧 हिन्दी"
    assert parse(f"a: {text}".encode(), "x.yml").value["a"] == text


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """No input makes the parser raise."""
    parse(data, "x.yml")


@given(st.text(alphabet="{}[]:,-?&*!|>'\"#%@` \n\tab\\", max_size=60))
def test_any_syntax(text: str) -> None:
    """No arrangement of YAML's own signs makes the parser raise."""
    parse(text.encode(), "x.yml")
