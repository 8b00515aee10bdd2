"""Projects for tests to change and build, each in a folder of its own.

``small_project`` copies the invented briefings of tests/project: enough for the commands.
``copy_checkout`` copies the checkout's own files, too: enough for MkDocs.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from synoptic.check.registry import check
from synoptic.cli.main import main
from synoptic.load.load import load
from synoptic.model.site import Site
from synoptic.site import generated_files
from tests.html_pages import Html, target
from tests.yaml_files import read_yaml

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
PATIENCE = 90  # seconds until something that never comes is called missing
#: What a project is made of. Nothing that was generated, and no article, is copied.
PARTS = ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "briefings", "build_tools")
#: Where Python finds the program of a checkout.
PROGRAM = "build_tools"
GENERATED = tuple(CHECKOUT / "docs" / name for name in generated_files.GENERATED)
#: The invented briefing of the checkout that the tutorial and the pages for contributors quote.
EXAMPLE = "quay-bridge"
#: The larger of the briefings in tests/project, by its folder in a project.
SMALL = "briefings/harbour-tunnel"


def small_project(folder: Path, *, texts: bool = True) -> Path:
    """A copy of tests/project, two small invented briefings; the texts of its articles are left out on request,
    as they are from a clone."""
    ignore = None if texts else shutil.ignore_patterns("articles")
    shutil.copytree(HERE / "project", folder, dirs_exist_ok=True, ignore=ignore)
    return folder


def load_site(root: Path) -> Site:
    """A project, whatever its problems."""
    site, _ = load(root)
    assert site is not None
    return site


def load_checked(root: Path) -> Site:
    """A project without a problem."""
    site, problems = load(root)
    assert site is not None
    assert [*problems, *check(site)] == []
    return site


def run(root: Path, *words: str) -> int:
    """The exit code of a command."""
    return main(["--root", str(root), *words])


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def git(where: Path, *words: str | Path, check: bool = True, **environment: str) -> str:
    """What a Git command prints, errors included; without the settings of the machine and the user."""
    people = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(
        ["git", *map(str, words)], cwd=where, env={**os.environ, **people, **plain, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if check and done.returncode:
        pytest.fail(f"git {words[0]}: {done.stdout}")
    return done.stdout.strip()


def replace_once(path: Path, before: str, after: str) -> None:
    """Change a file in the one place that holds ``before``."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} occurs {text.count(before)} times in {path}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def apply_edit(root: Path, edit: Mapping[str, Any]) -> None:
    """Change a ``file`` as a case says: replace ``from`` by ``to``, ``move`` or ``remove`` it, set its ``mode``,
    ``alter`` one letter but not its time; or put something else in its place: a text to ``write``, ``bytes`` in
    hexadecimal, a ``link``, ``loop``, ``pipe`` or ``folder``, or nothing of a ``size``. ``times`` repeats the text."""
    path, times = root / edit["file"], int(edit.get("times", 1))
    if "from" in edit:
        replace_once(path, edit["from"], edit["to"] * times)
        return
    if "alter" in edit:
        at = path.stat()
        path.write_bytes(re.sub(rb"[A-Za-z]", lambda letter: letter[0].swapcase(), path.read_bytes(), count=1))
        os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
        return
    if "mode" in edit:
        path.chmod(edit["mode"])
    elif "move" in edit:
        path.rename(root / edit["move"])
    elif path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok="remove" not in edit)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "write" in edit:
        path.write_text(edit["write"] * times, encoding="utf-8", newline="")
    elif "bytes" in edit:
        path.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "link" in edit:
        path.symlink_to(edit["link"])
    elif "loop" in edit:
        path.symlink_to(path)
    elif "pipe" in edit:
        os.mkfifo(path)
    elif "folder" in edit:
        path.mkdir()
    elif "size" in edit:  # it takes no room
        path.touch()
        os.truncate(path, edit["size"])


def edited_project(folder: Path, edits: Iterable[Mapping[str, Any]]) -> Path:
    """A small project after the edits of a case."""
    small_project(folder)
    for edit in edits:
        apply_edit(folder, edit)
    return folder


@dataclass(frozen=True)
class Project:
    """A copy of the checkout in a folder of its own, free to be changed and built."""

    root: Path

    def copy(self, root: Path, *leave_out: str) -> "Project":
        """A copy of the project without some files and folders of its own, such as its built site."""

        def ignored(folder: str, names: list[str]) -> list[str]:
            return [name for name in names if Path(folder) == self.root and name in leave_out]

        shutil.copytree(self.root, root, ignore=ignored, symlinks=True)
        return Project(root)

    def run(self, *words: str | Path, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``python -m WORDS`` in the project's folder; the output includes stderr."""
        command = [sys.executable, "-m", *map(str, words)]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment(environment), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        if check and done.returncode:
            pytest.fail(f"{' '.join(command[1:])}: exit {done.returncode}\n{done.stdout}")
        return done

    def start(self, *words: str | Path, environment: Mapping[str, str] = {}, **more: Any) -> "subprocess.Popen[str]":
        """Begin ``python -m WORDS`` in the project's folder. ``more`` are further arguments of Popen."""
        # Ctrl-C ends it, even if the tests were started in the background, where a shell has programs ignore it
        options: dict[str, Any] = {
            "stdout": subprocess.PIPE,
            "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        } | more
        return subprocess.Popen(
            [sys.executable, "-m", *map(str, words)], cwd=self.root, env=self.environment(environment),
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", **options,
        )  # fmt: skip

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The environment of a program: the project's copy of ours if it has one, no texts from elsewhere, a fixed
        day for the sitemap."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SYNOPTIC_", "PYTHON"))}
        program = (self.root if (self.root / PROGRAM).is_dir() else CHECKOUT) / PROGRAM
        path = {"PYTHONPATH": os.pathsep.join([*filter(None, [more.get("PYTHONPATH")]), str(program)])}
        fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "PYTHONIOENCODING": "utf-8"}
        return {**kept, **fixed, **more, **path}

    def tools(self, *words: str | Path) -> str:
        """The output of ``synoptic WORDS``."""
        return self.run("synoptic", *words).stdout

    def build(self, into: str | Path = "site", **environment: str) -> "BuiltSite":
        """``mkdocs build --strict``."""
        done = self.run("mkdocs", "build", "--strict", "--site-dir", self.root / into, check=True, **environment)
        return BuiltSite(self.root / into, self, done.stdout)

    def commit(self, time: str) -> None:
        """Commit all files as of that time, such as 2031-03-04T23:30:00+09:00; the first begins the repository."""
        if not (self.root / ".git").exists():
            git(self.root, "init", "-q", "-b", "main")
            (self.root / ".git/info/exclude").write_text("__pycache__/\n", encoding="utf-8")
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "-m", "A commit", GIT_AUTHOR_DATE=time, GIT_COMMITTER_DATE=time)

    def write(self, path: str, content: str) -> Path:
        """Put a text into a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def plant(self, which: str, ran: Path) -> list[str]:
        """Write some files of tests/hostile/planted.yml, whose programs would make the file ``ran``; their paths."""
        planted = read_yaml(HERE / "hostile/planted.yml")[which]
        for path, text in planted.items():
            self.write(path, text.format(canary="CANARY", ran=ran)).chmod(0o755)
        return list(planted)

    def edit(self, path: str, before: str, after: str) -> Path:
        """Change a file of the project in the one place that holds ``before``."""
        replace_once(self.root / path, before, after)
        return self.root / path

    def line_of(self, path: str, text: str) -> int:
        """The number of the first line of a file that contains ``text``, from 1."""
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if text in line)

    def add_ferry(self) -> None:
        """Add the other briefing of tests/project, after add_harbour, with its texts: one may be shown."""
        shutil.copytree(HERE / "project/briefings/night-ferry", self.root / "briefings/night-ferry")

    def add_story(self, name: str) -> str:
        """Add a briefing of tests/stories, without its texts; its folder in the project."""
        texts = shutil.ignore_patterns("articles")
        shutil.copytree(HERE / "stories" / name, self.root / "briefings" / name, ignore=texts)
        return f"briefings/{name}"

    def add_harbour(self, slug: str = "harbour-tunnel", *, title: str = "", draft: bool = False) -> str:
        """Add the larger briefing of tests/project, without its texts, and its site's own words; its folder in the
        project."""
        folder = f"briefings/{slug}"
        invented = HERE / "project" / "briefings"
        shutil.copytree(invented / "harbour-tunnel", self.root / folder, ignore=shutil.ignore_patterns("articles"))
        shutil.copy(invented / "vocabulary.yml", self.root / "briefings")
        path = self.root / "briefings" / "speakers.yml"
        known, more = (p.read_text(encoding="utf-8") for p in (path, invented / "speakers.yml"))
        if more not in known:
            path.write_text(f"{known.removeprefix('[]')}\n{more}", encoding="utf-8")
        if title:
            self.edit(f"{folder}/briefing.yml", "title: The Harbour Tunnel\n", f"title: {title}\n")
        if draft:
            self.edit(f"{folder}/briefing.yml", "status: published\n", "status: draft\n")
        return folder


def copy_checkout(root: Path, *, example: bool = True) -> Project:
    """A copy of the checkout's own files, with no briefing but the invented example and its speakers.

    Without the ``example`` the pages for contributors do not link to it.
    """
    kept = {EXAMPLE} if example else set()

    def ignored(folder: str, names: list[str]) -> list[str]:
        if Path(folder) == CHECKOUT / "briefings":
            return [name for name in names if name not in kept]
        # compiled modules are copied, too, but none that is being written
        return [n for n in names if n == "articles" or ".pyc." in n or Path(folder, n) in GENERATED]

    root.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (CHECKOUT / part).is_dir():
            shutil.copytree(CHECKOUT / part, root / part, ignore=ignored)
        else:
            shutil.copy(CHECKOUT / part, root / part)
    people = read_yaml(CHECKOUT / "briefings/speakers.yml")
    files = root.joinpath("briefings", EXAMPLE).rglob("*.yml")
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    needed = yaml.safe_dump([one for one in people if one["id"] in words], allow_unicode=True, sort_keys=False)
    (root / "briefings" / "speakers.yml").write_text(needed, encoding="utf-8")
    if not example:
        for page in (root / "docs" / "contribute").glob("*.md"):
            text = page.read_text(encoding="utf-8").replace(f"../briefings/{EXAMPLE}/index.md", "index.md")
            page.write_text(text, encoding="utf-8")
    return Project(root)


def clone_checkout(root: Path) -> Project:
    """A repository of one commit, which holds the working tree as it is now."""
    for name in git(CHECKOUT, "ls-files", "-z", "-co", "--exclude-standard").split("\0"):
        if name and (CHECKOUT / name).is_file() and not (CHECKOUT / name).is_symlink():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, root / name)
    project = Project(root)
    project.commit("2031-03-10T12:00:00Z")
    return project


@dataclass(frozen=True)
class BuiltSite:
    """A built site: its folder, the project it was built from, and what the build printed."""

    folder: Path
    project: Project
    output: str
    #: Parsed pages, each parsed once.
    _pages: dict[str, Html] = field(default_factory=dict, repr=False)
    _targets: dict[str, set[tuple[str, str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def paths(self) -> list[str]:
        """Every page but redirects and pages to embed, by its address from the site's root ("" is the home page)."""
        return [path for path in self._html if not path.startswith(("c/", "embed/"))]

    @cached_property
    def redirects(self) -> list[str]:
        """The permanent addresses, from the site's root."""
        return [path for path in self._html if path.startswith("c/")]

    @cached_property
    def _html(self) -> list[str]:
        found = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html"))
        return [path.removesuffix("index.html") for path in found]

    def data(self, slug: str = "harbour-tunnel") -> dict[str, Any]:
        """The published data of a briefing."""
        data: dict[str, Any] = json.loads((self.folder / f"briefings/{slug}/briefing.json").read_text("utf-8"))
        return data

    def page(self, path: str) -> Html:
        """One page, parsed."""
        if path not in self._pages:
            self._pages[path] = Html(self.read(path))
        return self._pages[path]

    def read(self, path: str) -> str:
        """The HTML of one page."""
        file = self.folder / path / "index.html" if path.endswith("/") or not path else self.folder / path
        return file.read_text(encoding="utf-8")

    def targets(self, path: str) -> set[tuple[str, str]]:
        """The targets of a page's links within the site, as (path from its root, anchor)."""
        if path not in self._targets:
            links = (link.value for link in self.page(path).links if link.tag == "a")
            self._targets[path] = {place for value in links if (place := target(path, value))}
        return self._targets[path]

    def broken_links(self) -> list[str]:
        """Links within the site that lead to no file, or to no element in it."""
        files, broken, internal = set(self.files()), [], 0
        for path in self.paths:
            for link in self.page(path).links:
                if (place := target(path, link.value)) is None:
                    continue
                internal += 1
                address, anchor = place
                file = f"{address}index.html" if address.endswith("/") or not address else address
                exists = file in files
                if exists and anchor and file.endswith(".html"):
                    exists = anchor in self.page(file.removesuffix("index.html")).ids
                if not exists:
                    broken.append(f"{path}: {link.value}")
        assert internal > 100
        return broken

    def files(self) -> dict[str, bytes]:
        """Every file's content."""
        return read_files(self.folder)


def build_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Project]) -> BuiltSite:
    """A site that the first worker of a test run builds, and that all its workers share. Not to be changed.

    ``make`` makes the project in the folder that it is given.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    output = folder / "output.txt"
    with FileLock(f"{folder}.lock"):
        if not output.exists():
            shutil.rmtree(folder, ignore_errors=True)
            output.write_text(make(folder / "project").build().output, encoding="utf-8")
    project = Project(folder / "project")
    return BuiltSite(project.root / "site", project, output.read_text(encoding="utf-8"))
