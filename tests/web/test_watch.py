"""``watch`` against a server on this machine: what it says and notes of every kind of answer."""

import re
from pathlib import Path
from typing import Any

import pytest

from synoptic.authoring.layout import format_yaml
from synoptic.web import fetch
from tests.projects import CHECKOUT, SMALL, replace_once, run
from tests.web.server import Web
from tests.yaml_files import read_yaml

CASES: dict[str, Any] = read_yaml(Path(__file__).parent / "pages.yml")
SOURCE, WATCH = f"{SMALL}/sources/gazette.yml", f"{SMALL}/sources/gazette.watch.yml"
PROGRAM = CHECKOUT / "build_tools/synoptic"
Output = pytest.CaptureFixture[str]


def set_url(root: Path, url: str) -> None:
    """Give the Gazette an address."""
    replace_once(root / SOURCE, "label: Gazette", f"label: Gazette\nurl: {url}")


def watch(root: Path, *words: str, seconds: float = 20) -> int:
    """The exit code of ``watch`` without pauses."""
    return run(root, "watch", "harbour-tunnel", "--private", "--pause", "0", "--seconds", str(seconds), *words)


def looks(root: Path) -> list[dict[str, Any]]:
    """The looks that are noted."""
    read: dict[str, Any] = read_yaml(root / WATCH)
    return list(read["looks"])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, root: Path, web: Web, capsys: Output) -> None:
    """Each answer of a server is told and noted as its case says, and never more of the page."""
    case = CASES[name]
    web.pages = case["web"]
    set_url(root, web.url(case.get("url", "paper/a")))
    assert watch(root, seconds=case.get("seconds", 20)) == 0
    out = capsys.readouterr().out
    assert [part for part in case.get("has", ()) if not re.search(part, out, re.MULTILINE)] == [], out
    (look,) = looks(root)
    assert look["answer"] == case["answer"], out
    got = {key: look.get(key, 0 if key == "there" else []) for key in ("there", "changed", "gone")}
    assert got == {"there": case.get("there", 0), "changed": case.get("changed", []), "gone": case.get("gone", [])}
    assert look.get("status") == case.get("status")
    assert set(look) <= {"at", "address", "first", "day", "answer", "status", "quotations", *got}
    assert web.asked == case.get("asked", web.asked)
    assert all(agent.startswith("Synoptic-watch/") for _, agent, _ in web.log)
    assert run(root, "check", "harbour-tunnel") == 0


@pytest.mark.usefixtures("here")
def test_record_over_time(root: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look with the same result moves a day, another result is another look, and a page that is as before is too."""
    set_url(root, web.url("paper/a"))
    edits: tuple[list[list[str]], ...] = ([], [], [["first of June", "third of June"]], [])
    days = ("2031-06-03", "2031-06-10", "2031-06-17", "2031-06-24")
    for day, made in zip(days, edits, strict=True):
        monkeypatch.setattr("synoptic.cli.watch.datetime", _Clock(day))
        web.pages = {"paper/a": {"article": made}}
        assert watch(root) == 0
    assert [(str(look["first"]), str(look["day"]), look.get("there")) for look in looks(root)] == [
        ("2031-06-03", "2031-06-10", 6), ("2031-06-17", "2031-06-17", 5), ("2031-06-24", "2031-06-24", 6),
    ]  # fmt: skip
    text = (root / WATCH).read_text(encoding="utf-8")
    assert format_yaml(text.encode(), WATCH) == text


class _Clock:
    """Stands for the module ``datetime``; today is the day that it is given."""

    def __init__(self, day: str) -> None:
        self.date, self.day = self, day

    def today(self) -> "_Clock":
        return self

    def isoformat(self) -> str:
        return self.day


@pytest.mark.usefixtures("here")
def test_saved_copy(root: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """An archive saves a page that has every quotation, once; its copy is looked at from then on."""
    set_url(root, web.url("paper/a"))
    copy = f"web/2031/{web.url('paper/a')}"
    web.pages = {
        "paper/a": {"article": []},
        f"archive/save/{web.url('paper/a')}": {"headers": {"Content-Location": f"/{copy}"}, "body": "saved"},
        f"archive/{copy}": {"article": [["<nav>", "<div>Saved by an archive</div><nav>"]]},
    }
    assert watch(root, "--archive") == 2
    assert "SYNOPTIC_ARCHIVE is not set" in capsys.readouterr().err
    monkeypatch.setenv("SYNOPTIC_ARCHIVE", web.url("archive/save/"))
    before = (root / SOURCE).read_text(encoding="utf-8")
    assert watch(root, "--archive") == 0
    address = web.url(f"archive/{copy}")
    assert f"saved at {address}" in capsys.readouterr().out
    after = (root / SOURCE).read_text(encoding="utf-8")
    url = web.url("paper/a")
    added = f'archive: "{address}"\narchived: "{looks(root)[0]["day"]}"\n'  # an address that states no day
    assert after == before.replace(f"url: {url}\n", f"url: {url}\n{added}")
    asked = len(web.log)
    assert watch(root, "--archive") == 0
    assert [look["at"] for look in looks(root)] == ["page", "archive"]
    assert not any("save" in name for name in web.asked[asked:])
    assert "the saved copy still had all 6 quotations" in capsys.readouterr().out
    assert run(root, "check", "harbour-tunnel") == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("reply", [
    {"status": 500}, {"body": "saved somewhere"}, {"status": 302, "to": "http://other.localhost:PORT/x"},
    {"headers": {"Content-Location": "http://other.localhost:PORT/copy"}}, {"headers": {"Content-Location": "//"}},
    {"headers": {"Content-Location": "http://["}},
])  # fmt: skip
def test_an_archive_that_does_not_save(
    reply: dict[str, Any], root: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """If the archive does not say where it saved a page, or names another host, the source stays as it is."""
    set_url(root, web.url("paper/a"))
    before = (root / SOURCE).read_bytes()
    web.pages = {"paper/a": {"article": []}, "archive/*": reply}
    monkeypatch.setenv("SYNOPTIC_ARCHIVE", web.url("archive/save/"))
    assert watch(root, "--archive") == 0
    assert "not saved: " in capsys.readouterr().out
    assert (root / SOURCE).read_bytes() == before


@pytest.mark.usefixtures("here")
def test_an_edited_page_is_not_saved(root: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A copy of what we did not quote is no proof of what we quoted."""
    set_url(root, web.url("paper/a"))
    web.pages = {"paper/a": {"article": [["first of June", "third of June"]]}}
    monkeypatch.setenv("SYNOPTIC_ARCHIVE", web.url("archive/save/"))
    assert watch(root, "--archive") == 0
    assert "not saved, as the page no longer has every quotation" in capsys.readouterr().out
    assert not any(name.startswith("archive") for name in web.asked)


@pytest.mark.usefixtures("here")
def test_reports(root: Path, web: Web, tmp_path: Path) -> None:
    """There is a report for a page that changed for the worse, once it is new; the page's words are inert in it."""
    set_url(root, web.url("paper/a"))
    folder = tmp_path / "reports"
    web.pages = {"paper/a": {"article": []}}
    watch(root, "--issues", str(folder))
    assert not folder.exists()
    web.pages = {"paper/a": {"article": [["first of June", "@you&lt;b&gt;*#1 of June"]]}}
    watch(root, "--issues", str(folder))
    (report,) = folder.iterdir()
    title, text = report.read_text(encoding="utf-8").split("\n", 1)
    assert (report.name, title) == ("harbour-tunnel--gazette.md", "The page of harbour-tunnel/gazette changed")
    assert "@you" not in text
    assert "&#64;you&#60;b&#62;&#42;&#35;1" in text, text
    report.unlink()
    watch(root, "--issues", str(folder))
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_manners(root: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests to a host are apart by the pause that we or its robots.txt want; robots.txt is asked once a site."""
    slept: list[float] = []
    monkeypatch.setattr("synoptic.web.visitor.time.sleep", lambda seconds: slept.append(round(seconds)))
    for name, path in (("gazette", "a"), ("herald", "b")):
        file = root / f"{SMALL}/sources/{name}.yml"
        file.write_text(f"{file.read_text(encoding='utf-8')}url: {web.url(f'paper/{path}')}\n", encoding="utf-8")
    rules = "User-agent: *\nCrawl-delay: 7\nDisallow: /x"
    web.pages = {"paper/robots.txt": {"body": rules}, "paper/*": {"article": []}}
    assert run(root, "watch", "harbour-tunnel", "--private", "--pause", "3") == 0
    assert web.asked == ["paper/robots.txt", "paper/a", "paper/b"]
    assert [pause for pause in slept if pause] == [7, 7]


@pytest.mark.usefixtures("here")
def test_nobody_answers(root: Path, web: Web, capsys: Output) -> None:
    """If no address gives any answer nothing is noted, since our own line may be down."""
    set_url(root, web.url("paper/a").replace(str(web.port), "9"))
    assert watch(root) == 1
    assert "port 9" in capsys.readouterr().out
    replace_once(root / SOURCE, "paper.localhost:9/", "nowhere.invalid/")
    assert watch(root) == 1
    assert "is this machine online?" in capsys.readouterr().err
    assert not (root / WATCH).exists()


@pytest.mark.usefixtures("here")
def test_private_networks_need_leave(root: Path, web: Web, capsys: Output) -> None:
    """Without --private no address of this machine or its network is asked, whatever a source says."""
    set_url(root, web.url("paper/a"))
    web.pages = {"paper/a": {"article": []}}
    run(root, "watch", "harbour-tunnel", "--pause", "0")
    assert "private network (127.0.0.1)" in capsys.readouterr().out
    assert web.log == []


ADDRESSES = {
    "93.184.216.34": True, "2606:2800:220:1:248:1893:25c8:1946": True, "64:ff9b::5db8:d822": True,
    **dict.fromkeys((
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:c0a8:101::", "fec0::1", "not an address",
    ), False),
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_is_public(address: str) -> None:
    """An address counts as public only if it is, and so is each that it wraps."""
    assert fetch.is_public(address) is ADDRESSES[address]


@pytest.mark.usefixtures("here")
def test_a_name_cannot_lead_to_two_addresses(
    root: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """A name is looked up once a request, and only an address that was examined is connected to."""
    answers = iter([["93.184.216.34", "127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    connected: list[Any] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, port)) for address in next(answers)]

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("synoptic.web.fetch.socket.getaddrinfo", look_up)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    set_url(root, "http://rebinding.example/a")
    assert run(root, "watch", "harbour-tunnel", "--pause", "0") == 1
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.slow
def test_in_processes_of_their_own(root: Path, web: Web, capsys: Output) -> None:
    """The same with real processes: a page is read, and one that never ends is given up."""
    set_url(root, web.url("paper/a"))
    web.pages = {"paper/a": {"article": []}}
    assert watch(root) == 0
    assert "all 6 quotations" in capsys.readouterr().out
    web.pages = {"paper/a": {"raw": "HTTP/1.1 200 OK\r\nX: y\r\n", "times": 10_000, "slow": 0.05}}
    assert watch(root, seconds=0.5) == 0
    assert "could not be read" in capsys.readouterr().out


def test_only_this_room_opens_connections() -> None:
    """No other room of the program imports what opens a connection, but for the servers on this machine."""
    names = re.compile(
        r"^\s*(?:import|from) (?:socket|ssl|http|urllib3|urllib\.request|requests|httpx)\b", re.MULTILINE
    )
    using = [p for p in sorted(PROGRAM.rglob("*.py")) if names.search(p.read_text(encoding="utf-8"))]
    others = [path.relative_to(PROGRAM).as_posix() for path in using if path.parent.name != "web"]
    assert others == ["site/preview.py", "site/serve.py", "workbench/server.py"]
