"""Chromium for tests, tabs in it, and servers of built sites: fixtures that tests/conftest.py loads."""

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.projects import HERE, BuiltSite

PATIENCE = 30_000  # milliseconds; Pagefind alone waits five seconds for its worker before it does without
expect.set_options(timeout=PATIENCE)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HARBOUR = "briefings/harbour-tunnel/"
PROBES = (HERE / "probes.js").read_text(encoding="utf-8")
#: One page of each kind, by its address.
KINDS: dict[str, str] = yaml.safe_load((HERE / "pages.yml").read_text(encoding="utf-8"))


class StaticHost(SimpleHTTPRequestHandler):
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

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, unless the browser has gone."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)


@contextlib.contextmanager
def serving(folder: Path, host: type[StaticHost] = StaticHost) -> Iterator[str]:
    """The address at which a folder is served meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


#: The type of the fixture ``serve_folder``.
Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Serve]:
    """Serves folders from ports of their own until the tests end; call it with a folder, get an address."""
    with contextlib.ExitStack() as running:
        yield lambda folder, host=StaticHost: running.enter_context(serving(folder, host))


@pytest.fixture(scope="session")
def server(built_site: BuiltSite, serve_folder: Serve) -> str:
    """The address at which the built site is served."""
    return serve_folder(built_site.folder)


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
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium with a profile of its own, which goes when the tests end."""
    with sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
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
        self.page.on("request", lambda request: self.requests.append(request.url))

    @property
    def foreign(self) -> list[str]:
        """Requests to another origin."""
        mine = urlsplit(self.home).netloc
        return [u for u in self.requests if urlsplit(u).scheme in ("http", "https") and urlsplit(u).netloc != mine]

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until it is quiet."""
        self.page.goto(self.home + path, wait_until="networkidle")
        return self.page


#: The type of the fixture ``tab``.
Open = Callable[..., Tab]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Open]:
    """Opens tabs, each in a context of its own: ``tab(address, width=360, dark=True, ...)``."""
    with contextlib.ExitStack() as contexts:

        def new(home: str, *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Tab:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
                java_script_enabled=script, reduced_motion="reduce",
            )  # fmt: skip
            context.set_default_timeout(PATIENCE)
            contexts.callback(context.close)
            return Tab(context.new_page(), home)

        yield new


def probe(page: Page, name: str, *arguments: str) -> Any:
    """What a function of tests/probes.js finds out about a page."""
    return page.evaluate(f"{PROBES}probes.{name}(...{json.dumps(arguments)})")


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def violations(page: Page) -> list[str]:
    """What axe objects to, each as rule and element."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def search(opened: Tab, words: str, **narrow: str) -> Page:
    """Open the search page, type words, choose filters, and wait for the count."""
    page = opened.open("search/")
    page.locator("#q").press_sequentially(words)
    if narrow:
        page.locator("summary").click()
    for name, value in narrow.items():
        page.locator(f"#find [name={name}] option[value='{value}']").wait_for(state="attached")
        page.locator(f"#find [name={name}]").select_option(value)
    page.wait_for_timeout(300)  # typing is waited for, too
    page.wait_for_load_state("networkidle")
    expect(page.locator("#status")).to_contain_text("result")
    return page
