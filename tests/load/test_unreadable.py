"""Files and folders that may not be read."""

import os
from pathlib import Path
from typing import Any

import pytest

from build_tools.load.load import load
from build_tools.site.incremental import Incremental
from tests.projects import small_project

HARBOUR = "briefings/harbour-tunnel"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project."""
    return small_project(tmp_path)


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
