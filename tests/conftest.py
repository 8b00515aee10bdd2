"""What the tests of the built site share: projects in folders of their own, a built site, its pages, a browser."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from hypothesis import settings
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

from build_tools.base import write

# no timings in tests: a busy machine is not a failure
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
PATIENCE = 30_000  # milliseconds; Pagefind alone waits five seconds for its worker before it does without
expect.set_options(timeout=PATIENCE)

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
#: What a project is made of. Nothing that was generated, and no article, is copied.
PARTS = ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "overrides", "build_tools", "briefings")
GENERATED = tuple(CHECKOUT / "docs" / name for name in write.GENERATED)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
ORIGIN = "http://site.test/"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a fixture skips is told in one line for all its tests, not in one for each."""
    report = yield
    if report.when == "setup" and report.skipped and isinstance(report.longrepr, tuple):
        report.longrepr = (__file__, 1, report.longrepr[2])
    return report


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says what a test tried, in the summary at the end; call it with a sentence."""
    return partial(record_property, "told")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests that passed have tried, in numbers."""
    reports = terminalreporter.stats.get("passed", ())
    for test, key, what in ((r.nodeid, *one) for r in reports if r.when == "call" for one in r.user_properties):
        if key == "told":
            terminalreporter.write_line(f"TRIED {test}: {what}")


# -- projects ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Project:
    """A copy of the checkout in a folder of its own, free to be changed and built."""

    root: Path

    def run(self, *words: str | Path, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """``python -m WORDS`` in the project's folder; the output holds what went to stderr, too."""
        command = [sys.executable, "-m", *map(str, words)]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment(environment), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        if check and done.returncode:
            pytest.fail(f"{' '.join(command[1:])}: exit {done.returncode}\n{done.stdout}")
        return done

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The environment of a program: no texts from elsewhere, a fixed day for the sitemap."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SYNOPTIC_", "PYTHON"))}
        fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "PYTHONIOENCODING": "utf-8"}
        return {**kept, **fixed, **more}

    def tools(self, *words: str | Path) -> str:
        """``python -m build_tools WORDS``; out: what it printed."""
        return self.run("build_tools", *words).stdout

    def build(self, into: str | Path = "site", **environment: str) -> "Site":
        """``mkdocs build --strict``."""
        done = self.run("mkdocs", "build", "--strict", "--site-dir", self.root / into, check=True, **environment)
        return Site(self.root / into, self, done.stdout)

    def commit(self, day: str) -> None:
        """All files as they are now, as a commit of that day (the first begins the repository)."""
        if not (self.root / ".git").exists():
            subprocess.run(["git", "init", "-q", "-b", "main"], cwd=self.root, check=True)
        fields = {"NAME": "A Tester", "EMAIL": "a@example.org", "DATE": f"{day}T12:00:00Z"}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in fields.items()}
        fresh = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for words in (["add", "-A"], ["commit", "-q", "-m", "A commit"]):
            subprocess.run(["git", *words], cwd=self.root, env={**os.environ, **who, **fresh}, check=True)

    def write(self, path: str, content: str) -> Path:
        """Put a text into a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def edit(self, path: str, before: str, after: str) -> Path:
        """Replace the one place where ``before`` stands in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {path}"
        return self.write(path, text.replace(before, after))

    def line_of(self, path: str, text: str) -> int:
        """The 1-based number of the first line of a file in which ``text`` stands."""
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if text in line)

    def invent(self, slug: str, files: Mapping[str, Any], articles: Mapping[str, str], by: str = "Tester") -> None:
        """A briefing of invented articles: begun and locked by the program itself, its texts then taken away.

        In: YAML of its files by their path in its folder; the text of each article by its source's id.
        """
        folder = f"briefings/{slug}"
        self.tools("new", slug)
        for name, text in articles.items():
            self.tools("ingest", self.write(f"{name}.txt", text), "--briefing", slug, "--id", name)
        for name, content in files.items():
            self.write(f"{folder}/{name}", yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000))
        self.run("build_tools", "lock", slug, "--by", by)
        shutil.rmtree(self.root / folder / "articles")

    def add_ferry(self) -> None:
        """The other invented briefing of tests/project (after add_harbour), with its texts: one may be shown."""
        name = "briefings/night-ferry"
        shutil.copytree(HERE / "project" / name, self.root / name)

    def add_harbour(self, slug: str = "harbour-tunnel", *, title: str = "", draft: bool = False) -> str:
        """The invented briefing of tests/project, without its texts. Out: its folder in the project."""
        folder = f"briefings/{slug}"
        invented = HERE / "project" / "briefings"
        shutil.copytree(invented / "harbour-tunnel", self.root / folder, ignore=shutil.ignore_patterns("articles"))
        path = self.root / "briefings" / "speakers.yml"
        known, more = (p.read_text(encoding="utf-8") for p in (path, invented / "speakers.yml"))
        if more not in known:
            path.write_text(f"{known.removeprefix('[]')}\n{more}", encoding="utf-8")
        if title:
            self.edit(f"{folder}/briefing.yml", "title: The Harbour Tunnel\n", f"title: {title}\n")
        if draft:
            self.edit(f"{folder}/briefing.yml", "status: published\n", "status: draft\n")
        return folder


def make_project(root: Path, *, briefings: bool = True) -> Project:
    """A copy of the checkout's own files; without ``briefings`` only their shared words are copied, and the pages for
    contributors do not link to the example, which is not there."""

    def ignored(folder: str, names: list[str]) -> list[str]:
        if Path(folder) == CHECKOUT / "briefings" and not briefings:
            return [name for name in names if name != "vocabulary.yml"]
        return [n for n in names if n in ("articles", "__pycache__") or Path(folder, n) in GENERATED]

    root.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (CHECKOUT / part).is_dir():
            shutil.copytree(CHECKOUT / part, root / part, ignore=ignored)
        else:
            shutil.copy(CHECKOUT / part, root / part)
    if not briefings:
        (root / "briefings" / "speakers.yml").write_text("[]\n", encoding="utf-8")
        for page in (root / "docs" / "contribute").glob("*.md"):
            text = page.read_text(encoding="utf-8").replace("../briefings/quay-bridge/index.md", "index.md")
            page.write_text(text, encoding="utf-8")
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the checkout, for one test to change as it likes."""
    return make_project(tmp_path / "project")


@pytest.fixture
def empty_project(tmp_path: Path) -> Project:
    """A copy of the checkout without any briefing or speaker."""
    return make_project(tmp_path / "project", briefings=False)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> "Site":
    """The checkout's site with an invented briefing and a draft added, and a past, built once by each worker.
    Not to be changed."""
    made = make_project(tmp_path_factory.mktemp("built") / "project")
    made.add_harbour()
    made.add_ferry()
    made.add_harbour("harbour-draft", title="Unlisted waters", draft=True)
    late = ("briefings/harbour-tunnel/claims/opening-date.yml", "The tunnel is two years late.", "The tunnel is late.")
    made.edit(*late)
    made.commit("2031-03-11")
    made.edit(late[0], late[2], late[1])
    made.commit("2031-03-12")
    return made.build()


@pytest.fixture(scope="session")
def articles() -> list[Path]:
    """The folders with the articles' full texts, which are in no repository."""
    folders = [Path(part) for part in os.environ.get("SYNOPTIC_ARTICLES", "").split(os.pathsep) if part]
    if not folders:
        pytest.skip("the articles' texts are not at hand: SYNOPTIC_ARTICLES is not set")
    return folders


# -- a built site and its pages ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """An address in a page: whose it is, where it leads, the ids of all elements around it."""

    tag: str
    attribute: str
    value: str
    inside: frozenset[str]
    in_nav: bool


class Html(HTMLParser):
    """One page as the tests look at it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.tags: list[str] = []
        self.meta: dict[str, str] = {}
        self.title = ""
        self.styles = ""
        self.quotes: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and what it points at."""
        given = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given.get("content", "")
        self.styles += given.get("style", "")
        if tag == "br":
            self.handle_data("\n")
        opened = [*self._open, (tag, given.get("id", ""))]
        inside = frozenset(name for _, name in opened if name)
        in_nav = any(name in ("nav", "header", "footer") for name, _ in opened)
        for key in ("href", "src", "srcset", "action", "data", "poster"):
            for value in given.get(key, "").split(",") if key == "srcset" else [given.get(key, "")]:
                if key in given and value.strip():
                    self.links.append(Link(tag, key, value.split()[0], inside, in_nav))
        if tag not in VOID:
            self._open = opened

    def handle_endtag(self, tag: str) -> None:
        """Leave the innermost open element of that name."""
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep titles, styles, and the text of each quotation under the id of the statement around it."""
        names = [name for name, _ in self._open]
        if names[-1:] == ["title"] and "svg" not in names:
            self.title += data
        elif names[-1:] == ["style"]:
            self.styles += data
        elif "blockquote" in names:
            holder = next((name for _, name in reversed(self._open) if name.startswith("s-")), "")
            self.quotes[holder] = self.quotes.get(holder, "") + data


@dataclass(frozen=True)
class Site:
    """A built site: its folder, the project it was built from, and what the build printed."""

    folder: Path
    project: Project
    output: str
    #: Parsed pages, each parsed once.
    _pages: dict[str, Html] = field(default_factory=dict, repr=False)

    @cached_property
    def paths(self) -> list[str]:
        """Every page by its address from the site's root ("" is the home page), but for the redirects."""
        return [path for path in self._html if not path.startswith("c/")]

    @cached_property
    def redirects(self) -> list[str]:
        """The permanent addresses, from the site's root."""
        return [path for path in self._html if path.startswith("c/")]

    @cached_property
    def _html(self) -> list[str]:
        found = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html"))
        return [path.removesuffix("index.html") for path in found]

    def page(self, path: str) -> Html:
        """One page, parsed."""
        if path not in self._pages:
            file = self.folder / path / "index.html" if path.endswith("/") or not path else self.folder / path
            self._pages[path] = Html(file.read_text(encoding="utf-8"))
        return self._pages[path]

    def targets(self, path: str) -> set[tuple[str, str]]:
        """Where the links of a page lead: (path, anchor) from the site's root, links to elsewhere left out."""
        return {t for link in self.page(path).links if link.tag == "a" and (t := target(path, link.value))}

    def files(self) -> dict[str, bytes]:
        """Every file's content."""
        found = (p for p in self.folder.rglob("*") if p.is_file())
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in found}


def target(path: str, value: str) -> tuple[str, str] | None:
    """Where an address in the page ``path`` leads, as (path from the site's root, anchor); None: elsewhere."""
    whole, anchor = urldefrag(urljoin(ORIGIN + path, value))
    return (unquote(whole.removeprefix(ORIGIN)), unquote(anchor)) if whole.startswith(ORIGIN) else None


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: quietly, with the site's own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """404.html, with the code."""
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serves folders from ports of their own until the tests end; call it with a folder, get an address."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def server(built_site: Site, serve_folder: Callable[[Path], str]) -> str:
    """The address at which the built site is served."""
    return serve_folder(built_site.folder)


# -- the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, without a browser of its own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser: none of {', '.join(CHROMIUM)} is installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a profile of its own, which goes when the tests end."""
    launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
    yield launched
    launched.close()


@dataclass
class Tab:
    """A page in the browser, with what it complained about and what it asked for."""

    page: Page
    home: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._requested)

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)

    @property
    def foreign(self) -> list[str]:
        """Requests to another origin."""
        mine = urlsplit(self.home).netloc
        return [u for u in self.requests if urlsplit(u).scheme in ("http", "https") and urlsplit(u).netloc != mine]

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until it is quiet."""
        self.page.goto(self.home + path, wait_until="networkidle")
        return self.page


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Opens tabs, each in a context of its own: ``tab(address, width=360, dark=True, ...)``."""
    contexts = []

    def new(home: str, *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Tab(context.new_page(), home)

    yield new
    for context in contexts:
        context.close()
