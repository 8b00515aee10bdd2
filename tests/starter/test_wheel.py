"""The package as somebody installs it who has no checkout: what it holds, and that a site can be made with it alone.

No network is used. The libraries are those of the tests; the program is the wheel.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from synoptic.starter.program import PIN
from tests.projects import CHECKOUT, PROGRAM, BuiltSite, Project, git, read_files
from tests.serving import wait_for
from tests.test_workflows import read, run_job

pytestmark = [pytest.mark.slow, pytest.mark.long]
PAGE = CHECKOUT / "docs/contribute/own-site.md"


def build(folder: Path, out: Path, *targets: str) -> list[Path]:
    """The packages that hatchling makes of a source tree."""
    words = [word for target in targets for word in ("--target", target)]
    command = [sys.executable, "-m", "hatchling", "build", *words, "--directory", str(out)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted(out.iterdir())


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel alone, and an empty folder."""

    folder: Path
    wheel: Path
    sdist: Path

    @property
    def bin(self) -> Path:
        """The commands of the environment."""
        return self.folder / "environment/bin"

    def environment(self, path: str = "") -> dict[str, str]:
        """That of a shell which finds the environment's programs, after those in the folder ``path``."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SYNOPTIC_", "PYTHON", "GITHUB_"))}
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_MKDOCS_2_WARNING": "1"}
        people = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
        return {**kept, **plain, **people, "PATH": os.pathsep.join(filter(None, [path, str(self.bin), kept["PATH"]]))}

    def types(self, command: str, where: Path, *, code: int = 0, path: str = "", **more: str) -> str:
        """What a command prints, typed in such a shell."""
        done = subprocess.run(
            ["bash", "-c", command], cwd=where, env={**self.environment(path), **more}, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == code, f"$ {command}\n{done.stdout}"
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An empty environment into which the wheel is installed, and which then finds the libraries of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    sdist, wheel = build(CHECKOUT, folder / "dist", "sdist", "wheel")[::-1]
    home = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(home / "bin/python")]
    subprocess.run([*pip, "install", "-q", "--no-index", "--no-deps", str(wheel)], check=True)
    place = next(home.glob("lib/python*/site-packages"))
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (place / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    program = home / "bin/mkdocs"  # pip would have put it there with the libraries
    program.write_text(f"#!{home}/bin/python\nfrom mkdocs.__main__ import cli\n\ncli()\n", encoding="utf-8")
    program.chmod(0o755)
    return Installed(folder, wheel, sdist)


@pytest.fixture(scope="module")
def site(installed: Installed) -> Path:
    """A new site, by the first command of the page, and its environment: ready, as if its Makefile had made it."""
    command = commands("From nothing")[0]
    typed = re.sub(r"^uvx --from \S+ ", "", command)
    assert typed == "synoptic init my-site"
    place = installed.folder / "empty"
    place.mkdir()
    installed.types(typed, place)
    made = place / "my-site"
    pip = f"{sys.executable} -m pip --disable-pip-version-check --python {installed.bin}/python install"
    installed.types(f"{pip} --dry-run -q --no-index --no-deps -r {PIN}", made)
    return made


def equip(checkout: Path, installed: Installed) -> None:
    """A .venv that is ready already."""
    (checkout / ".venv").mkdir()
    (checkout / ".venv/bin").symlink_to(installed.bin)
    (checkout / ".venv/.ready").touch()
    (checkout / ".venv/.ready-ingest").touch()


def commands(heading: str) -> list[str]:
    """The commands below a heading of the page."""
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    return re.findall(r"^\$ (.+?)(?:\s+#.*)?$", part, re.MULTILINE)


def test_the_wheel_is_whole(installed: Installed) -> None:
    """The wheel has every file of the program and all that a site shares; one made from the sdist has the same."""
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    tracked = git(CHECKOUT, "ls-files", "-co", "--exclude-standard", f"{PROGRAM}/synoptic").splitlines()
    own = {name.removeprefix(f"{PROGRAM}/") for name in tracked}
    assert own <= names
    assert {name for name in names - own if not name.startswith("synoptic/starter/shared/")} == set()
    with tarfile.open(installed.sdist) as archive:
        archive.extractall(installed.folder / "source", filter="data")
    source = next((installed.folder / "source").iterdir())
    again = build(source, installed.folder / "again", "wheel")[0]
    with zipfile.ZipFile(again) as wheel, zipfile.ZipFile(installed.wheel) as first:
        assert {one: wheel.read(one) for one in wheel.namelist()} == {one: first.read(one) for one in first.namelist()}


def test_the_wheel_is_what_runs(installed: Installed) -> None:
    """The environment runs the wheel's program, far from the checkout."""
    said = installed.types("python -c 'import synoptic; print(synoptic.__file__)'; synoptic --help", installed.folder)
    assert said.startswith(str(installed.folder))
    assert {"init", "upgrade", "check"} <= set(re.findall(r"^  (\w+) ", said, re.MULTILINE))


def test_two_commands_serve_a_site(installed: Installed, site: Path, tmp_path: Path) -> None:
    """`init` and `make serve`: the home page of one's own site is served, the example beside it."""
    assert commands("From nothing")[1:] == ["make -C my-site serve"]
    root = shutil.copytree(site, tmp_path / "my-site")
    equip(root, installed)

    with socket.create_server(("127.0.0.1", 0)) as free:
        home = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "log"

    def page(path: str) -> str:
        with contextlib.suppress(OSError), urlopen(f"http://{home}/{path}", timeout=30) as answer:
            return str(answer.read().decode())
        return ""

    with log.open("wb") as out:
        served = subprocess.Popen(
            ["make", "-C", "my-site", "serve", f"SERVE_ARGS=-a {home}"],
            cwd=tmp_path, env=installed.environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(served, lambda: "Who said what?" in page(""), log, "the home page")
        assert "My site" in page("")
        assert "The Quay Bridge" in page("briefings/quay-bridge/")
    finally:
        if served.poll() is None:
            os.killpg(served.pid, signal.SIGTERM)
        served.wait()


def test_a_new_site_passes_its_own_tests(installed: Installed, site: Path, tmp_path: Path) -> None:
    """`make test` and `make check` pass, and plain MkDocs builds strictly; an altered quotation fails `make test`."""
    root = shutil.copytree(site, tmp_path / "my-site")
    equip(root, installed)
    assert "0 errors, 0 warnings" in installed.types("make check", root)
    assert "built: " in installed.types("make test", root)
    installed.types("mkdocs build --strict --site-dir plain", root)
    pages = read_files(root / "site")
    assert {"index.html", "about/index.html", "data/index.html", "contribute/index.html"} <= set(pages)
    assert b"My site" in pages["index.html"]
    problem = root / "briefings/quay-bridge/claims/cost.yml"
    problem.write_text(problem.read_text(encoding="utf-8").replace("crowns", "pounds"), encoding="utf-8")
    assert "quotation" in installed.types("make test", root, code=2)


def test_a_built_site_has_no_broken_link(installed: Installed, site: Path, tmp_path: Path) -> None:
    """Every link of every page leads to something that a new site has."""
    root = shutil.copytree(site, tmp_path / "my-site")
    installed.types("mkdocs build --strict", root)
    assert BuiltSite(root / "site", Project(root), "").broken_links() == []


def test_three_commands_publish_it(installed: Installed, site: Path, tmp_path: Path) -> None:
    """Git takes all that belongs to the site and nothing else; `gh` gets what the page says; and what GitHub then runs,
    the workflow's own steps, builds the site in a clone."""
    root = shutil.copytree(site, tmp_path / "my-site")
    stubs, log = tmp_path / "stubs", tmp_path / "called"
    stubs.mkdir()
    (stubs / "gh").write_text(f'#!/bin/sh\necho "$@" >> {log}\n', encoding="utf-8")
    (stubs / "gh").chmod(0o755)
    typed = commands("To GitHub Pages")
    assert len(typed) == 3
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [command for command in typed if command not in readme] == []
    for command in typed:
        installed.types(command, root, path=str(stubs))
    assert log.read_text(encoding="utf-8").splitlines() == [
        "repo create OWNER/NAME --public --source . --push",
        "api --method POST repos/{owner}/{repo}/pages -f build_type=workflow",
        "workflow run deploy.yml",
    ]
    held = set(git(root, "-c", "core.quotepath=off", "ls-files").splitlines())
    assert held == {path for path in read_files(root) if not path.startswith((".git/", "docs/index.md"))}
    clone = tmp_path / "job"
    git(tmp_path, "clone", "-q", root, clone)
    equip(clone, installed)
    workflow = clone / ".github/workflows/deploy.yml"
    assert list(read(workflow)["jobs"]) == ["build", "publish"]
    run = run_job("deploy", "build", clone, {}, lambda: None)
    assert not run.failed, run.output
    assert (clone / "site/index.html").is_file()
    assert git(clone, "status", "--short") == ""


def test_a_stranger_is_reviewed(installed: Installed, site: Path, tmp_path: Path) -> None:
    """The job for pull requests, as the new site has it, builds a stranger's data and says what changed."""
    root = shutil.copytree(site, tmp_path / "base")
    Project(root).commit("2031-03-10T12:00:00Z")
    pull = tmp_path / "pull"
    git(root, "branch", "theirs")
    git(root, "worktree", "add", "-q", pull, "theirs")
    claims = pull / "briefings/quay-bridge/claims/cost.yml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("claim: ", "claim: Perhaps ", 1), encoding="utf-8")
    git(pull, "commit", "-qam", "A change")
    equip(root, installed)
    summary = tmp_path / "summary.md"
    summary.touch()
    installed.types("base/.ci/pull-request base pull out", tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert "Only data changed" in summary.read_text(encoding="utf-8")
    assert "Perhaps" in (tmp_path / "out/changes.md").read_text(encoding="utf-8")
    assert (tmp_path / "out/site/index.html").is_file()
