"""A briefing and its articles are begun in the workbench as the commands begin them."""

import base64
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.problems import Refused
from synoptic.workbench.beginnings import add_article, begin_briefing
from synoptic.workbench.session import Workbench
from tests.projects import read_files, run
from tests.workbench.desk import tidy_project
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("beginnings.yml"))
TEXT = "The lamp is lit\n\nBy Ada Quill\n\nThe keeper lit the lamp on Monday.\n\nNobody saw it go out again.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A workbench in which a briefing has just been started."""
    bench = Workbench(tidy_project(tmp_path / "p"), [], "Ada Quill")
    assert begin_briefing(bench, {"title": "The lamp & the keeper"}) == {"slug": "the-lamp-the-keeper"}
    return bench


def encode(data: bytes) -> str:
    """Bytes as the page sends them."""
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("how", ["pasted", "file"])
def test_what_is_begun_is_as_the_commands_write_it(how: str, bench: Workbench, tmp_path: Path) -> None:
    """The files are those of `new` and `ingest`, the text is among the ignored articles, and the state has both."""
    given = {"text": TEXT} if how == "pasted" else {"name": "lamp.txt", "data": encode(TEXT.encode())}
    answer = add_article(bench, "the-lamp-the-keeper", {**given, "lang": "en", "id": "gazette"})
    assert answer["id"] == "gazette"
    assert answer["state"]["title"] == "The lamp & the keeper"
    assert answer["state"]["sources"][0]["unaccounted"] == [3, 4]
    other = tidy_project(tmp_path / "other")
    assert run(other, "new", "the-lamp-the-keeper") == 0
    (tmp_path / "lamp.txt").write_text(TEXT, encoding="utf-8")
    file = str(tmp_path / "lamp.txt")
    assert run(other, "ingest", file, "--briefing", "the-lamp-the-keeper", "--id", "gazette", "--lang", "en") == 0
    folder = "briefings/the-lamp-the-keeper"
    wanted, made = read_files(other / folder), read_files(bench.root / folder)
    assert made.pop("briefing.yml") != wanted.pop("briefing.yml")  # the title is as typed
    assert made == wanted
    assert made["articles/gazette.txt"] == TEXT.encode()
    assert run(bench.root, "check", "the-lamp-the-keeper") == 0
    assert run(bench.root, "fmt", "--check") == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_cannot_be_begun_changes_nothing(case: dict[str, Any], bench: Workbench) -> None:
    """A refusal says why in the words of the page, and no file is written."""
    before = read_files(bench.root)
    given = dict(case["given"])
    if "bytes" in case:
        given["data"] = encode(case["bytes"].encode("latin-1"))
    with pytest.raises(Refused) as caught:
        begin_briefing(bench, given) if case["what"] == "briefing" else add_article(
            bench, case.get("briefing", "the-lamp-the-keeper"), given
        )
    assert case["says"] in str(caught.value)
    assert "--" not in str(caught.value)
    assert {path: data for path, data in read_files(bench.root).items() if ".cache" not in path} == {
        path: data for path, data in before.items() if ".cache" not in path
    }
