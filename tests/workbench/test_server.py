"""The workbench's server answers its own page on this machine, and refuses everything else."""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from synoptic.workbench.server import POLICY, TOKEN, make_server
from synoptic.workbench.session import Workbench
from tests.projects import CHECKOUT, read_files
from tests.workbench.desk import SLUG, tidy_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("requests.yml"))
SECRET = "a-token-of-the-tests"


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The answer's JSON."""
        return json.loads(self.body)


class Served(NamedTuple):
    """A running server."""

    root: Path
    port: int

    def ask(self, case: dict[str, Any]) -> Answer:
        """Send a request just as the case has it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):

            def own(text: str) -> str:
                return text.replace("PORT", str(self.port)).replace("TOKEN", SECRET)

            connection.putrequest(case.get("method", "GET"), own(case["path"]), skip_host=True)
            connection.putheader("Host", own(case.get("host", "127.0.0.1:PORT")))
            token = case.get("token", SECRET)
            headers = {TOKEN: token or None, "Origin": own(case["origin"]) if "origin" in case else None}
            body = (case.get("body", "") * case.get("times", 1)).encode("latin-1")
            if "body" in case:
                headers["Content-Type"] = case.get("type", "application/json")
                headers["Content-Length"] = case.get("length", str(len(body))) or None
                headers["Transfer-Encoding"] = "chunked" if case.get("chunked") else None
            for name, value in headers.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders()
            with contextlib.suppress(ConnectionError):  # it may have refused already
                connection.send(body)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def post(self, path: str, value: Any) -> Answer:
        """Post JSON as the page does."""
        origin = f"http://127.0.0.1:{self.port}"
        return self.ask({"method": "POST", "path": path, "origin": origin, "body": json.dumps(value)})


@contextlib.contextmanager
def running(root: Path) -> Iterator[Served]:
    """A server on a port of its own."""
    with make_server(Workbench(root, [], "Ada Quill"), SECRET, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Served(root, server.server_port)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a project that no test changes."""
    root = tidy_project(tmp_path_factory.mktemp("served"))
    (root / "docs").symlink_to(CHECKOUT / "docs")
    with running(root) as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_request_is_refused(served: Served, case: dict[str, Any]) -> None:
    """A request that does not come from the page, or is none, gets its status and a sentence, and changes nothing."""
    before = read_files(served.root / "briefings")
    answer = served.ask(case)
    assert answer.status == case["status"], answer.body[:300]
    if answer.status != 501:  # the standard library's own answer
        assert answer.json["error"]
        assert "Traceback" not in answer.body.decode()
    assert read_files(served.root / "briefings") == before


@pytest.mark.parametrize("path", ["/", "/index.html", "/api/briefings", "/assets/synoptic.css", "/nothing.js"])
def test_every_answer_has_its_headers(served: Served, path: str) -> None:
    """Every answer has the policy, is never stored, and says what type it is of."""
    answer = served.ask({"path": path})
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


def test_the_policy_allows_nothing_foreign() -> None:
    """The page may use its own server alone, and no inline script or style."""
    assert POLICY.startswith("default-src 'none'")
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & {*POLICY.replace("'", "").split()}
    assert "frame-ancestors 'none'" in POLICY


def test_the_page_can_be_served(served: Served) -> None:
    """Every file of the page is served under its name, with a type that browsers accept."""
    folder = CHECKOUT / "build_tools/synoptic/workbench/page"
    types = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
    for path in folder.rglob("*"):
        if path.is_file():
            answer = served.ask({"path": f"/{path.relative_to(folder).as_posix()}", "token": ""})
            assert answer.status == 200, path
            assert answer.headers["content-type"].startswith(types[path.suffix])
            assert answer.body == path.read_bytes()


def test_a_link_in_the_assets_is_not_followed(served: Served, tmp_path: Path) -> None:
    """A link among the assets is not served, wherever it leads."""
    root = tidy_project(tmp_path / "project")
    assets = root / "build_tools/synoptic/theme/assets"
    assets.mkdir(parents=True)
    (tmp_path / "secret.css").write_text("secret")
    (assets / "leak.css").symlink_to(tmp_path / "secret.css")
    with running(root) as other:
        assert other.ask({"path": "/assets/leak.css"}).status == 404


def test_a_change_over_http(tmp_path: Path) -> None:
    """The page lists briefings, changes one, undoes, redoes and saves; the file has the new words."""
    root = tidy_project(tmp_path)
    base = f"/api/briefings/{SLUG}"
    with running(root) as server:
        assert server.ask({"path": "/api/briefings"}).json["briefings"][0]["slug"] == SLUG
        gist = {"do": "set-gist", "source": "herald", "first": 5, "gist": "She doubts the date."}
        assert server.post(f"{base}/changes", {"revision": 0, "changes": [gist]}).json["revision"] == 1
        assert server.post(f"{base}/changes", {"revision": 0, "changes": [gist]}).status == 409
        assert server.post(f"{base}/undo", {"revision": 1}).json["can_redo"]
        assert server.post(f"{base}/redo", {"revision": 2}).json["can_undo"]
        saved = server.post(f"{base}/save", {"revision": 3, "by": "Ada Quill"}).json
    assert saved["written"] == [f"briefings/{SLUG}/sources/herald.yml"]
    assert "She doubts the date." in (root / saved["written"][0]).read_text(encoding="utf-8")
    assert "herald" in saved["changes"]
