"""A web server on this machine that answers as a case says, for hosts whose names end in ``.localhost``."""

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PARAGRAPHS = (
    "The Harbour Tunnel Company promised on Monday that cars will roll through its tunnel this summer. “We open on the "
    "first of June,” a spokeswoman said.",
    "The works cost 1.9 billion crowns, a rise of 2–3% a year, and were paid for by the city.",
    "Two officials said the ferry fleet is reportedly for sale. The tunnel is two years late.",
    "Nobody at the town hall would add anything to that when this invented reporter rang, twice, on a wet afternoon.",
)
TITLE = "Tunnel “opens in June,” company says"


def article(*edits: tuple[str, str], title: str = TITLE, more: str = "") -> str:
    """The invented Gazette's article as a page of the web, with edits."""
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    page = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{title}</h1>\n{body}{more}</article></body></html>"
    )
    for before, after in edits:
        assert before in page, before
        page = page.replace(before, after)
    return page


class Web:
    """The server: ``pages`` maps a host without ``.localhost`` and a path, ``paper/a``, to an answer; ``log`` has what
    was asked: the host and path, the user agent, and when."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, dict[str, Any]] = {}
        self.log: list[tuple[str, str, float]] = []

    def url(self, name: str) -> str:
        """The address of a page, as ``paper/a``."""
        host, _, path = name.partition("/")
        return f"http://{host}.localhost:{self.port}/{path}"

    @property
    def asked(self) -> list[str]:
        """What was asked, in order."""
        return [name for name, _, _ in self.log]


@contextlib.contextmanager
def serve() -> Iterator[Web]:
    """A server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            host = self.headers.get("Host", "").partition(".localhost")[0]
            name = f"{host}{self.path}"
            web.log.append((name, self.headers.get("User-Agent", ""), time.monotonic()))
            reply = web.pages.get(name) or web.pages.get(f"{host}/*") or {"status": 404, "body": "nothing here"}
            with contextlib.suppress(OSError):
                self.answer(reply)

        def answer(self, reply: dict[str, Any]) -> None:
            if raw := reply.get("raw"):
                self.wfile.write(reply.get("first", "").encode() + raw.encode("latin-1") * reply.get("more", 0))
                for _ in range(reply.get("times", 1)):
                    self.wfile.write(raw.encode("latin-1"))
                    self.wfile.flush()
                    time.sleep(reply.get("slow", 0))
                return
            body = reply.get("body", "x" * reply.get("size", 0) or "<div>" * reply.get("nested", 0))
            if "article" in reply:
                body = article(*map(tuple, reply["article"]), title=reply.get("title", TITLE))
                body = body.replace("PORT", str(web.port))
            elif "text" in reply:
                body = "\n\n".join((TITLE, *PARAGRAPHS))
            size = reply.get("bomb", 0)
            data = body if isinstance(body, bytes) else body.encode(reply.get("charset", "utf-8"))
            if size:
                data = gzip.compress(bytes(size))
            self.send_response(reply.get("status", 200))
            if "to" in reply:
                self.send_header("Location", reply["to"].replace("PORT", str(web.port)))
            self.send_header("Content-Type", reply.get("type", "text/html"))
            for key, value in reply.get("headers", {}).items():
                self.send_header(key, value.replace("PORT", str(web.port)))
            if size:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for at in range(0, len(data), 20_000) if "slow" not in reply else range(len(data)):
                self.wfile.write(data[at : at + (20_000 if "slow" not in reply else 1)])
                time.sleep(reply.get("slow", 0))

        def log_message(self, *args: object) -> None:
            """Nothing: the test prints what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    web = Web(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
