"""Chromium for tests, tabs in it, and servers of built sites: fixtures that tests/conftest.py loads."""

import contextlib
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Error, Frame, Page, Request, expect, sync_playwright

from tests.projects import HERE, BuiltSite
from tests.yaml_files import read_yaml

PATIENCE = 30_000  # milliseconds; Pagefind alone waits five seconds for its worker before it does without
expect.set_options(timeout=PATIENCE)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HARBOUR = "briefings/harbour-tunnel/"
#: Settled once the typefaces are there and the scripts have nothing left to do.
SETTLED = "document.fonts.ready.then(() => new Promise(done => requestIdleCallback(() => done())))"
PROBES = (HERE / "probes.js").read_text(encoding="utf-8")
#: How many pages ``side_by_side`` opens at once, and the page that holds their frames.
ABREAST, BARE = 6, "frames"
#: One page of each kind, by its address.
KINDS: dict[str, str] = read_yaml(HERE / "pages.yml")


class StaticHost(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: quietly, with the site's own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing."""

    def end_headers(self) -> None:
        """The last header: styles, scripts and typefaces may be kept, as on a real host."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def do_GET(self) -> None:
        """A file of the folder, or a page of our own that has room for frames."""
        if self.path == f"/{BARE}":
            self.answer(200, b'<!doctype html><link rel="icon" href="data:,"><title>Frames</title><body>')
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """404.html, with the code."""
        self.answer(code, (Path(self.directory) / "404.html").read_bytes())

    def answer(self, code: int, body: bytes) -> None:
        """Send a page."""
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
    script: bool = True
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    answered: int = 0

    def __post_init__(self) -> None:
        self._listeners: dict[Any, Callable[[Any], None]] = {
            "console": lambda m: self.errors.append(m.text) if m.type == "error" else None,
            "pageerror": lambda error: self.errors.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
            "requestfinished": self._count,
            "requestfailed": self._count,
        }
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def _count(self, _: Request) -> None:
        self.answered += 1

    def forget(self) -> None:
        """Listen no longer."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    @property
    def foreign(self) -> list[str]:
        """Requests to another origin."""
        mine = urlsplit(self.home).netloc
        return [u for u in self.requests if urlsplit(u).scheme in ("http", "https") and urlsplit(u).netloc != mine]

    def open(self, path: str) -> Page:
        """Go to a page of the site and wait until its scripts have nothing left to load or do."""
        if path.startswith("search/"):  # the index is read in a worker, whose pauses look like rest
            return self.watch(path)
        self.page.goto(self.home + path)
        before = -1
        while self.script and not before == len(self.requests) <= self.answered:
            before = len(self.requests)
            self.page.evaluate(SETTLED)
        return self.page

    def watch(self, path: str) -> Page:
        """Go to a page and stay until nothing was asked for in half a second: to see that nothing more is."""
        self.page.goto(self.home + path, wait_until="networkidle")
        return self.page


#: The type of the fixture ``tab``.
Open = Callable[..., Tab]
#: What would outlast a test on a page that the next test gets.
STAYS = ("on", "route", "add_init_script", "expose_function")


def refuse(*_: object, **__: object) -> None:
    """Fail a test that would leave something on a page that others get after it."""
    pytest.fail("this stays on the page, which other tests get: ask for tab(..., fresh=True)")


@dataclass
class Spare:
    """A page that tests use one after the other: a new profile takes longer than most of them."""

    page: Page
    control: CDPSession

    @classmethod
    def make(cls, browser: Browser, *, script: bool) -> "Spare":
        """A page in a profile of its own."""
        page = browser.new_context(java_script_enabled=script, reduced_motion="reduce").new_page()
        page.context.set_default_timeout(PATIENCE)
        return cls(page, page.context.new_cdp_session(page))

    def cleared(self, opened: Tab) -> bool:
        """Leave nothing that a test did on the page; whether that is certain."""
        opened.forget()
        try:
            self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
            there = urlsplit(self.page.url).netloc == urlsplit(opened.home).netloc
            self.page.mouse.move(0, 0)
            self.page.goto("about:blank")
            self.control.send("Page.resetNavigationHistory")
        except Error:
            return False
        return there and len(self.page.context.pages) == 1


@pytest.fixture(scope="session")
def spares(browser: Browser) -> dict[bool, list[Spare]]:
    """The pages that no test uses now, with scripts and without."""
    return {True: [], False: []}


@pytest.fixture
def tab(browser: Browser, spares: dict[bool, list[Spare]]) -> Iterator[Open]:
    """Opens tabs without history, storage or permissions: ``tab(address, width=360, dark=True, ...)``.

    A ``fresh`` one has an empty cache, too, and a test may add scripts, routes, listeners and permissions to it.
    """
    with contextlib.ExitStack() as after:

        def new(home: str, *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True,
                fresh: bool = False) -> Tab:  # fmt: skip
            spare = spares[script].pop() if spares[script] and not fresh else Spare.make(browser, script=script)
            spare.page.set_viewport_size({"width": width, "height": height})
            spare.page.emulate_media(
                media="null", color_scheme="dark" if dark else "light", forced_colors="null", reduced_motion="reduce"
            )
            opened = Tab(spare.page, home, script)
            if fresh:
                after.callback(spare.page.context.close)
            else:
                for name in STAYS:
                    setattr(spare.page, name, refuse)
                spare.page.context.grant_permissions = refuse  # type: ignore[method-assign]
                after.callback(give_back, spare, opened)
            return opened

        def give_back(spare: Spare, opened: Tab) -> None:
            for name in STAYS:
                delattr(spare.page, name)
            if spare.cleared(opened):
                spares[opened.script].append(spare)
            else:
                spare.page.context.close()

        yield new


FRAMES = """([addresses, width, height]) => {
  document.body.replaceChildren();
  return Promise.all(addresses.map((address, at) => new Promise(done => {
    const frame = document.createElement('iframe');
    frame.style = `position: absolute; top: 0; left: ${at * width}px; border: 0`;
    Object.assign(frame, {width, height});
    frame.onload = done;
    frame.src = address;
    document.body.append(frame);
  }))).then(() => null);
}"""


def side_by_side(opened: Tab, paths: Sequence[str], width: int, height: int) -> Iterator[tuple[str, Frame]]:
    """Each page of the site once it has loaded, in a frame of this size in pixels. The frames of several pages stand in
    a row in one tab, which costs the browser less than half of what as many visits do."""
    opened.page.set_viewport_size({"width": width * ABREAST, "height": height})
    opened.page.goto(opened.home + BARE)
    for first in range(0, len(paths), ABREAST):
        some = paths[first : first + ABREAST]
        opened.page.evaluate(FRAMES, [[opened.home + path for path in some], width, height])
        yield from zip(some, opened.page.main_frame.child_frames, strict=True)


def probe(page: Page | Frame, name: str, *arguments: str) -> Any:
    """What a function of tests/probes.js finds out about a page."""
    return page.evaluate(f"{PROBES}probes.{name}(...{json.dumps(arguments)})")


def sideways(page: Page | Frame) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def violations(page: Page) -> list[str]:
    """What axe objects to, each as rule and element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def in_both_colours(page: Page) -> Iterator[str]:
    """Show an open page in the colours that it came in, then in the others; each time the colour of its paper."""
    papers = {False: "rgb(252, 251, 248)", True: "rgb(20, 23, 27)"}
    came = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for dark in (came, not came):
        page.emulate_media(color_scheme="dark" if dark else "light")
        expect(page.locator("html")).to_have_attribute("data-colours", "dark" if dark else "light")
        yield papers[dark]


def search(opened: Tab, words: str, **narrow: str) -> Page:
    """Open the search page, type words, choose filters, and wait for what is found."""
    page = opened.page
    page.goto(f"{opened.home}search/")
    page.locator("#q").fill(words[:-1])
    page.locator("#q").press_sequentially(words[-1:])
    if narrow:
        page.locator("summary").click()
    for name, value in narrow.items():
        page.locator(f"#find [name={name}] option[value='{value}']").wait_for(state="attached")
        page.locator(f"#find [name={name}]").select_option(value)
    asked = {"q": words, **narrow} if words else narrow
    page.wait_for_url(lambda url: dict(parse_qsl(urlsplit(url).query)) == asked, wait_until="commit")
    expect(page.locator("#status")).to_have_text(re.compile("result|outline"))
    return page
