"""Git without settings, and repositories with a past."""

import os
import shutil
from pathlib import Path

import pytest

from tests.history.scripted import Scripted, script


def isolate_git(patch: pytest.MonkeyPatch, ceiling: Path) -> None:
    """Git without any settings of the machine or the user, and without looking above ``ceiling`` for a repository."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)
    patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    patch.setenv("GIT_CEILING_DIRECTORIES", str(ceiling))
    patch.delenv("SYNOPTIC_ARTICLES", raising=False)


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    isolate_git(monkeypatch, tmp_path.parent)


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripted repository. Not to be changed."""
    folder = tmp_path_factory.mktemp("past")
    with pytest.MonkeyPatch.context() as patch:
        isolate_git(patch, folder)
        return script(folder / "project").root


@pytest.fixture
def scripted(past: Path, tmp_path: Path) -> Scripted:
    """A copy of the scripted repository to change."""
    return Scripted(Path(shutil.copytree(past, tmp_path / "own", symlinks=True)))


@pytest.fixture
def own(scripted: Scripted) -> Path:
    """The folder of that copy."""
    return scripted.root
