"""Settings and fixtures of all tests; those of the browser are in tests/browser.py."""

import gc
import os
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from synoptic.model.site import Site
from tests import synthetic
from tests.projects import SMALL, BuiltSite, Project, build_once, copy_checkout, load_checked, small_project

pytest_plugins = ["tests.browser"]

ARTICLES = os.environ.get("SYNOPTIC_ARTICLES", "")

# no timings in tests: a busy machine is not a failure
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report what a fixture skips in one line for all its tests, not one for each."""
    report = yield
    if report.when == "setup" and report.skipped and isinstance(report.longrepr, tuple):
        report.longrepr = (__file__, 1, report.longrepr[2])
    return report


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Run the slow tests in one worker more than there are cores: a third of their time they wait for programs."""
    workers = yield
    return workers + bool(config.option.markexpr == "slow")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep thousands of tests and their cases out of the garbage collector's rounds, which take a tenth of a run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have each worker begin with its share of the long tests, so that none ends alone with one of them."""
    items[:] = long_first(items, getattr(config, "workerinput", {}).get("workercount", 1))


def long_first(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in an order whose parts, one for each worker and equally long, each begin with long tests. The long
    tests of a file stay together, because they share what it builds."""
    long: dict[Path, list[pytest.Item]] = {}
    rest = [one for one in items if not one.get_closest_marker("long")]
    for one in items:
        if one.get_closest_marker("long"):
            long.setdefault(one.path, []).append(one)
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        part = (len(items) - len(ordered)) // (workers - worker)  # as worksteal deals them out
        first = [one for tests in list(long.values())[worker::workers] for one in tests]
        taken = max(0, part - len(first))
        ordered += first + rest[:taken]
        del rest[:taken]
    return ordered + rest


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Adds a sentence about what a test tried to the summary at the end."""
    return partial(record_property, "told")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the passed tests have tried, in numbers."""
    reports = terminalreporter.stats.get("passed", ())
    for test, key, what in ((r.nodeid, *one) for r in reports if r.when == "call" for one in r.user_properties):
        if key == "told":
            terminalreporter.write_line(f"TRIED {test}: {what}")


@pytest.fixture(autouse=True, scope="session")
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """No test finds the signatures that another program remembers, nor leaves any. None reads the articles' texts but
    by the fixture ``articles``: each command would read them all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SYNOPTIC_ARTICLES", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, for one test to change as it likes: outside of any CI, without texts from elsewhere."""
    for name in ("GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return small_project(tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the checkout with its example, for one test to change as it likes."""
    return copy_checkout(tmp_path / "project")


@pytest.fixture
def empty_project(tmp_path: Path) -> Project:
    """A copy of the checkout without any briefing or speaker."""
    return copy_checkout(tmp_path / "project", example=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented project, loaded."""
    return load_checked(small_project(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The checkout's site with three invented briefings (one of many articles), a draft and a history of two days."""

    def make(root: Path) -> Project:
        project = copy_checkout(root)
        synthetic.write(root, 1, **synthetic.MANY)
        project.add_harbour()
        project.add_ferry()
        project.add_harbour("harbour-draft", title="Unlisted waters", draft=True)
        path, now, before = f"{SMALL}/claims/opening-date.yml", "The tunnel is two years late.", "The tunnel is late."
        project.edit(path, now, before)
        project.commit("2031-03-11T12:00:00Z")
        project.edit(path, before, now)
        project.commit("2031-03-12T12:00:00Z")
        return project

    return build_once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def articles() -> list[Path]:
    """The folders with the articles' full texts, which are in no repository."""
    folders = [Path(part) for part in ARTICLES.split(os.pathsep) if part]
    if not folders:
        pytest.skip("the articles' texts are not at hand: SYNOPTIC_ARTICLES is not set")
    return folders
