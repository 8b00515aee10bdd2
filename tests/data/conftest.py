"""The invented project, for the tests of the published data."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from synoptic.model.site import Site
from tests.data.samples import COMMIT
from tests.projects import CHECKOUT, load_checked, small_project


@pytest.fixture(scope="package")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project, with its texts and the licence of the content. Not to be changed."""
    folder = small_project(tmp_path_factory.mktemp("data") / "project")
    shutil.copy(CHECKOUT / "LICENSE-CONTENT.md", folder)
    return folder


@pytest.fixture(scope="package")
def site(root: Path) -> Site:
    """The invented project as loaded, with a commit for each of its briefings."""
    site = load_checked(root)
    return replace(site, commits={briefing.slug: COMMIT for briefing in site.briefings})
