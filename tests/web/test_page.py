"""``ingest --url`` against a server on this machine: ingested.yml has the answers."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.authoring.layout import format_yaml
from tests.article.documents import make_pdf
from tests.projects import SMALL, read_files, run
from tests.web.server import PARAGRAPHS, Web
from tests.yaml_files import read_yaml

CASES: dict[str, Any] = read_yaml(Path(__file__).parent / "ingested.yml")
Output = pytest.CaptureFixture[str]


def ingest(root: Path, web: Web, *words: str, at: str = "paper/a") -> int:
    """The exit code of ``ingest --url``."""
    address = at if at.startswith("http") else web.url(at)
    return run(
        root, "ingest", "--url", address, "--briefing", "harbour-tunnel", "--id", "fetched", "--lang", "en", *words
    )


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, root: Path, web: Web, capsys: Output) -> None:
    """An article becomes a source with its address and its text; anything else is refused, and nothing is written."""
    case = CASES[name]
    web.pages = case["web"]
    before = read_files(root)
    code = ingest(root, web, *case.get("options", ()), *([] if case.get("public") else ["--private"]))
    output = capsys.readouterr()
    said = output.out + output.err
    assert web.asked == case.get("asked", web.asked)
    assert all(agent.startswith("Synoptic-ingest/") for _, agent, _ in web.log)
    if "refused" in case:
        assert code == 1
        assert re.search(case["refused"], said), said
        assert said.count("\n") == 1
        assert read_files(root) == before
        return
    assert code == 0, said
    path = f"{SMALL}/sources/fetched.yml"
    written = (root / path).read_bytes()
    assert yaml.safe_load(written)["url"] == web.url(case["url"])
    assert format_yaml(written, path).encode() == written
    (kept,) = (root / SMALL / "articles").glob("fetched.*")
    assert kept.suffix == case.get("kept", ".html")
    assert case.get("text", "") in kept.read_text(encoding="utf-8-sig")
    changed = {path for path, data in read_files(root).items() if before.get(path) != data}
    assert len(changed) == 3  # the source, its lock and its text


@pytest.mark.usefixtures("here")
def test_the_same_page_again(root: Path, web: Web, capsys: Output) -> None:
    """A page that was fetched before and is as it was changes nothing."""
    web.pages = {"paper/a": {"article": []}}
    assert ingest(root, web, "--private") == 0
    before = read_files(root)
    assert ingest(root, web, "--private") == 0
    assert "nothing to change" in capsys.readouterr().out
    assert read_files(root) == before


@pytest.mark.slow
def test_in_processes_of_their_own(root: Path, web: Web, capsys: Output) -> None:
    """The same with real processes: a page is fetched and read, and one that unpacks to too much is given up."""
    web.pages = {"paper/a": {"article": []}}
    assert ingest(root, web, "--private") == 0
    web.pages = {"paper/a": {"bomb": 40_000_000}}
    assert ingest(root, web, "--private") == 1
    assert "it is larger than 30,000,000 bytes; open it" in capsys.readouterr().err


@pytest.mark.slow
def test_a_pdf(root: Path, web: Web) -> None:
    """A report in PDF becomes a source with its address, and is kept as it was sent."""
    lines = [" ".join(PARAGRAPHS[0].split()[at : at + 6]) for at in range(0, 24, 6)]
    pdf = make_pdf([[(72.0, 700.0 - 14 * number, 11.0, line) for number, line in enumerate(lines)]])
    web.pages = {"paper/report.pdf": {"body": pdf, "type": "application/pdf"}}
    assert ingest(root, web, "--private", "--partial", at="paper/report.pdf") == 0
    assert (root / SMALL / "articles/fetched.pdf").read_bytes() == pdf
    source = read_yaml(root / SMALL / "sources/fetched.yml")
    assert source["url"] == web.url("paper/report.pdf")


@pytest.mark.parametrize("words", [["x.txt", "--url", "https://example.org/a"], [], ["--url", ""]])
def test_a_file_or_an_address(words: list[str], root: Path, capsys: Output) -> None:
    """Somebody names a file or an address, and not both."""
    assert run(root, "ingest", *words, "--briefing", "harbour-tunnel") == 2
    assert "name a FILE, or give the --url of a page" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/passwd", "http://localhost/a", "http://[::1]/a"]
)
def test_no_address(address: str, root: Path, web: Web, capsys: Output) -> None:
    """What is no address of the web is refused before anything is asked."""
    assert ingest(root, web, at=address if address.startswith("http") else f"http:{address}") == 1
    assert "it leads to what is not a web address" in capsys.readouterr().err
