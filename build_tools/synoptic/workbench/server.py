"""The workbench's server: for this machine alone, with a token that only the printed address has.

The standard library's server is enough: one person on one machine asks it, and a framework would bring a dozen packages
to serve a folder and ten addresses.
"""

import hmac
import json
import logging
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from synoptic.base.problems import Refused
from synoptic.pages.environment import THEME
from synoptic.workbench.beginnings import LARGEST_ARTICLE, add_article, begin_briefing
from synoptic.workbench.fields import Declined
from synoptic.workbench.session import Workbench, as_refusal

PAGE = Path(__file__).with_name("page")
TOKEN = "X-Synoptic-Token"  # noqa: S105 - the name of a header
LARGEST = 1_000_000  # bytes of a request
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
    ".woff2": "font/woff2", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NAME = "([a-z0-9-]{1,64})"
_FILE = re.compile(r"/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
#: What the page borrows from the site: its styles and its typefaces.
_ASSET = re.compile(r"/assets/((?:fonts/)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:css|woff2))")
log = logging.getLogger(__name__)

#: What answers a request: the method, the pattern of its path, and the function of workbench, names in the path, and
#: the query or the body.
Route = tuple[str, re.Pattern[str], Callable[..., dict[str, Any]]]


def _routes() -> list[Route]:
    base = f"/api/briefings/{_NAME}"
    found: list[tuple[str, str, Callable[..., dict[str, Any]]]] = [
        ("GET", "/api/briefings", lambda bench, data: bench.list_briefings()),
        ("POST", "/api/briefings", lambda bench, data: begin_briefing(bench, data)),
        ("GET", base, lambda bench, slug, data: bench.state(slug)),
        ("POST", f"{base}/sources", lambda bench, slug, data: add_article(bench, slug, data)),
        ("GET", f"{base}/sources/{_NAME}", lambda bench, slug, name, data: bench.source(slug, name)),
        ("GET", f"{base}/claims", lambda bench, slug, data: bench.like(slug, data)),
        ("GET", f"{base}/claims/{_NAME}/likely", lambda bench, slug, name, data: bench.likely(slug, name)),
        ("GET", f"{base}/claims/{_NAME}/card", lambda bench, slug, name, data: bench.card(slug, name)),
        ("GET", f"{base}/forms", lambda bench, slug, data: bench.forms(slug)),
        ("GET", f"{base}/records/{_NAME}", lambda bench, slug, kind, data: bench.record(slug, kind, data)),
        ("GET", f"{base}/near", lambda bench, slug, data: bench.near(slug)),
        ("POST", f"{base}/selection", lambda bench, slug, data: bench.select(slug, data)),
        ("POST", f"{base}/changes", lambda bench, slug, data: bench.change(slug, data)),
        ("POST", f"{base}/drafts", lambda bench, slug, data: bench.settle_drafts(slug, data)),
        ("POST", f"{base}/undo", lambda bench, slug, data: bench.step(slug, data, -1)),
        ("POST", f"{base}/redo", lambda bench, slug, data: bench.step(slug, data, 1)),
        ("POST", f"{base}/branch", lambda bench, slug, data: bench.branch(slug, data)),
        ("POST", f"{base}/resolve", lambda bench, slug, data: bench.resolve(slug, data)),
        ("POST", f"{base}/save", lambda bench, slug, data: bench.save(slug, data)),
    ]
    beside = {path for method, path, _ in found if path.endswith(("/claims", "/likely", "/near"))}
    return [(how, re.compile(path), answer if path in beside else _alone(answer)) for how, path, answer in found]


def _alone(answer: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """An answer during which no other request reads or writes files; searches by meaning may take longer."""
    return lambda bench, *given: bench.alone(partial(answer, bench, *given))


ROUTES = _routes()


class Handler(BaseHTTPRequestHandler):
    """Answers the page's requests; ``bench`` does what they ask for."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "workbench", ""
    timeout = 30  # seconds that a request may take to arrive

    def __init__(self, bench: Workbench, token: str, *args: Any) -> None:
        self.bench, self.token = bench, token
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer with a file of the page, or with JSON."""
        self._answer("GET")

    def do_POST(self) -> None:
        """Do what a request asks for."""
        self._answer("POST")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Log no requests: addresses may hold words of articles."""

    def _answer(self, method: str) -> None:
        try:
            self._require_own()
            path = self._split().path
            if method == "GET" and not path.startswith("/api"):
                self._send_file(path)
                return
            self._send(200, self._call(method, path))
        except Declined as fault:
            self._send(fault.status, as_refusal(fault))
        except Refused as fault:
            self._send(422, as_refusal(fault))
        except OSError as error:
            self._send(500, {"error": f"{error.filename or 'a file'}: {error.strerror or error}"})
        except Exception:
            log.exception("a request failed")
            self._send(500, {"error": "the workbench failed; see the terminal for more"})

    def _split(self) -> SplitResult:
        """The parts of the address. Raises Declined if it is none."""
        try:
            return urlsplit(self.path)
        except ValueError:
            raise Declined(400, "this is not an address") from None

    def _require_own(self) -> None:
        """Refuse what does not come from the page of this server."""
        port = self.connection.getsockname()[1]
        hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
        host, origin = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        if len(host) != 1 or host[0] not in hosts:
            self.close_connection = True
            raise Declined(421, "this is the workbench of one machine; open the address that it printed")
        if any(one != f"http://{host[0]}" for one in origin):
            self.close_connection = True
            raise Declined(403, "another site may not use the workbench")

    def _call(self, method: str, path: str) -> dict[str, Any]:
        """The answer of the route that fits."""
        given = self.headers.get_all(TOKEN, [])
        if len(given) != 1 or not hmac.compare_digest(given[0].encode(), self.token.encode()):
            self.close_connection = True
            raise Declined(403, "the token is missing or old; open the address that the workbench printed")
        found = [(one, match, answer) for one, pattern, answer in ROUTES if (match := pattern.fullmatch(path))]
        if not found:
            self.close_connection = True
            raise Declined(404, "there is no such address")
        for wanted, match, answer in found:
            if wanted == method:
                most = LARGEST_ARTICLE if path.endswith("/sources") else LARGEST
                data = self._read_json(most) if method == "POST" else self._read_query()
                return answer(self.bench, *match.groups(), data)
        self.close_connection = True
        raise Declined(405, f"this address takes {found[0][0]} only")

    def _read_query(self) -> dict[str, str]:
        try:
            query = parse_qs(self._split().query, keep_blank_values=True, max_num_fields=20)
        except ValueError:
            raise Declined(400, "the address asks for too much") from None
        return {name: values[0] for name, values in query.items()}

    def _read_json(self, most: int) -> Any:
        """The JSON of a request. Raises Declined if it has more than ``most`` bytes, or is none."""
        closing, self.close_connection = self.close_connection, True  # until all of it is read
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Transfer-Encoding") or not (length.isascii() and length.isdigit()):
            raise Declined(411, "the length of the request is missing")
        if len(length) > 20 or int(length) > most:
            raise Declined(413, f"a request may have {most:,} bytes")
        if self.headers.get_content_type() != "application/json":
            raise Declined(415, "a request must be application/json")
        data = self.rfile.read(int(length))
        self.close_connection = closing
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise Declined(400, "the request is not JSON") from None

    def _send(self, status: int, value: dict[str, Any]) -> None:
        self._send_bytes(status, "application/json", json.dumps(value).encode())

    def _send_file(self, path: str) -> None:
        """A file of the page; nothing outside its folder."""
        name = "/index.html" if path == "/" else unquote(path)
        asset = _ASSET.fullmatch(name)
        file = THEME / "assets" / asset[1] if asset else PAGE / name[1:]
        fits = (asset or _FILE.fullmatch(name)) and file.suffix in TYPES
        try:
            if fits and not file.is_symlink() and file.is_file():
                self._send_bytes(200, TYPES[file.suffix], file.read_bytes())
                return
        except OSError as error:  # say nothing of the disk to whoever has no token
            log.warning("%s", error)
        raise Declined(404, "there is no such page")

    def _send_bytes(self, status: int, content_type: str, content: bytes) -> None:
        headers = {
            "Content-Type": content_type,
            "Content-Length": str(len(content)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        with suppress(ConnectionError, TimeoutError):  # the reader has gone
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """A server that says nothing of browsers that close a connection."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what is not the end of a connection."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def make_server(bench: Workbench, token: str, port: int) -> Server:
    """A server of the workbench on this machine alone; ``port`` 0 means any free one. Raises OSError if it is taken."""
    return Server(("127.0.0.1", port), partial(Handler, bench, token))
