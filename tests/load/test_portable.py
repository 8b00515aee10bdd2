"""What another system could not hold or would write otherwise: names of files, and the ends of lines."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from synoptic.article.read import read_text
from synoptic.check.registry import check
from synoptic.load.load import load
from synoptic.load.portable import LONGEST_PATH, find_fault
from synoptic.model.values import DEVICES, LONGEST_ID, id_fault
from synoptic.model.vocabulary import PATH
from tests.projects import HERE, load_site, read_files, run, small_project
from tests.yaml_files import read_yaml

CASES: dict[str, Any] = read_yaml(Path(__file__).with_name("names.yml"))
FOLDER = PurePosixPath("briefings/harbour-tunnel/articles")


def told(root: Path, *names: str) -> list[str]:
    """The problems of files with these names among the articles, each with its path in the folder."""
    for name in names:
        (root / FOLDER / name).write_text("invented", encoding="utf-8")
    _, problems = load(root)
    return [f"{problem.place.path.removeprefix(f'{FOLDER}/')}: {problem.message}" for problem in problems]


def test_a_name_for_every_system(tmp_path: Path) -> None:
    """Names that every system can hold, and files that editors and systems leave, are no problem."""
    assert told(small_project(tmp_path), *CASES["fit"]) == []


@pytest.mark.parametrize("name", CASES["faults"])
def test_a_name_for_some_systems(name: str, tmp_path: Path) -> None:
    """A name that Windows refuses, or takes for another, is a problem at its file."""
    (one,) = told(small_project(tmp_path), name)
    assert one == f"{name}: {CASES['faults'][name]}"


@pytest.mark.parametrize("names", CASES["clashes"])
def test_two_names_that_are_one(names: list[str], tmp_path: Path) -> None:
    """Two names that differ only in capitals, or in how an accent is written, are a problem of the second."""
    (one,) = told(small_project(tmp_path), *names)
    first, second = sorted(names)
    assert one == f'{second}: has the same name as "{first}" on Windows and macOS, but for capitals or accents'


def test_a_path_that_is_too_long() -> None:
    """A path has a limit; one that is made of the longest ids is within it."""
    name = "x" * (LONGEST_PATH - len(f"{FOLDER}/"))
    assert find_fault(FOLDER / name) == ""
    assert find_fault(FOLDER / f"{name}x") == "has a path of 241 characters; 240 are allowed"
    longest = "x" * LONGEST_ID
    for path in (
        f"docs/briefings/{longest}/sources/{longest}/index.md",
        f"site/briefings/{longest}/speakers/{longest}/index.html",
        f"site/c/{longest}/{longest}/index.html",
        f"briefings/{longest}/sources/{longest}.watch.yml",
    ):
        assert find_fault(PurePosixPath(path)) == ""


def test_no_id_is_a_name_that_a_system_refuses() -> None:
    """Whatever passes as an id is a name that every system can hold."""
    signs = [chr(code) for code in range(0x250)]
    assert all(find_fault(PurePosixPath(f"a{sign}b")) == "" for sign in signs if not id_fault(f"a{sign}b"))
    assert all(id_fault(name) for name in (*DEVICES, "a.", "a ", "A", "e\u0301"))


def test_lines_of_windows_mean_the_same(tmp_path: Path) -> None:
    """YAML, locks and keys that end their lines as on Windows are read as those that do not; `fmt` ends its
    lines as everywhere."""
    before = load_site(small_project(tmp_path / "unix"))
    root = small_project(tmp_path / "windows")
    files = read_files(root)
    typed = [path for path in files if path.endswith((".yml", ".lock", "signers"))]
    assert len(typed) > 10
    for path in typed:
        (root / path).write_bytes(files[path].replace(b"\n", b"\r\n"))
    site = load_site(root)
    assert [str(problem) for problem in check(site)] == [str(problem) for problem in check(before)]
    for slug in ("harbour-tunnel", "night-ferry"):
        one, other = site.briefing[slug], before.briefing[slug]
        assert (one.file, one.sources, one.claims, one.locks) == (other.file, other.sources, other.claims, other.locks)
    assert site.speakers == before.speakers
    assert site.vocabulary == before.vocabulary
    assert run(root, "fmt") == 0
    formatted = [path for path in typed if path.endswith(".yml") and path != PATH]
    assert [path for path in formatted if b"\r" in (root / path).read_bytes()] == []


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_an_article_of_windows_has_the_same_words(suffix: str) -> None:
    """An article whose lines end as on Windows has the same paragraphs, so its quotations are found at their places."""
    files = sorted((HERE / "project" / FOLDER).iterdir())
    assert files
    for path in files:
        data = path.read_bytes().replace(b"\r\n", b"\n")
        assert read_text(data.replace(b"\n", b"\r\n"), suffix).blocks == read_text(data, suffix).blocks
