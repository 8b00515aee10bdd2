"""The cases of tests/cases/real: small invented articles as people save, paste and quote them.

Each folder is a test: its articles, and ``case.yml`` with

- ``shows``: a sentence; ``waits: true`` while the program does otherwise; ``lang``: what is given to ``ingest``;
- ``articles``: for each file ``refused`` or ``says``: words of the message, and ``lacks``: words it must not have;
  ``title``, ``author``, ``published`` and ``lang`` as written into the source; ``has``: paragraphs and their kinds;
  ``without``: words of no paragraph; ``suggests``: quotations and who speaks them;
- ``statements``: quotations of each article as somebody types them, ``direct`` if a speaker says them; ``reports``
  are the rules that ``lock`` and ``check`` name, ``says`` words of their messages.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.check.registry import check
from synoptic.load.load import load
from synoptic.model.site import Site
from tests.projects import HERE, run
from tests.yaml_files import read_yaml

CASES = sorted(path.parent for path in (HERE / "cases" / "real").glob("*/case.yml"))


def read_case(folder: Path) -> dict[str, Any]:
    """A case."""
    case: dict[str, Any] = read_yaml(folder / "case.yml")
    return case


def list_parameters() -> list[Any]:
    """Each article of each case; what waits must fail."""
    parameters = []
    for folder in CASES:
        case = read_case(folder)
        waits = pytest.mark.xfail(reason=case["shows"], raises=AssertionError, strict=True)
        marks = [waits] if case.get("waits") else []
        names = {name: f"{folder.name}/{name}" for name in case["articles"]}
        parameters += [pytest.param(case, folder / name, id=names[name], marks=marks) for name in names]
    return parameters


@pytest.mark.parametrize(("case", "path"), list_parameters())
def test_case(case: dict[str, Any], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands end as the case says."""
    expected = case["articles"][path.name] or {}
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "speakers.yml").write_text("[]\n", encoding="utf-8")
    lang = ["--lang", case["lang"]] if "lang" in case else []
    assert run(tmp_path, "new", "real") == 0
    code = run(tmp_path, "ingest", str(path), "--briefing", "real", "--id", "x", *lang)
    said = "".join(capsys.readouterr())
    assert (code != 0) == ("refused" in expected), said
    assert [words for words in (*expected.get("refused", ()), *expected.get("says", ())) if words not in said] == []
    assert [words for words in expected.get("lacks", ()) if words in said] == []
    if code == 0:
        compare_source(load_real(tmp_path), expected)
        compare_suggestions(tmp_path, expected.get("suggests", {}), capsys)
        compare_statements(tmp_path, case.get("statements", ()), capsys)


def load_real(root: Path) -> Site:
    """The project of a case, read again."""
    site, problems = load(root)
    assert site is not None
    assert problems == []
    return site


def compare_source(site: Site, expected: dict[str, Any]) -> None:
    """Compare the source and the text as ``check`` reads them."""
    (briefing,) = site.briefings
    source, blocks = briefing.source["x"], briefing.texts["x"].blocks
    kinds = {block: source.paragraphs.get(n, "body") for n, block in enumerate(blocks, 1)}
    for key in ("title", "author", "published", "lang"):
        if key in expected:
            assert str(getattr(source, key)) == str(expected[key])
    has = expected.get("has", {})
    assert {block: kind for block, kind in kinds.items() if block in has} == has, kinds
    assert [words for words in expected.get("without", ()) if words in "\n".join(blocks)] == []


def compare_suggestions(root: Path, expected: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Compare the words that ``suggest`` finds somebody said, and whom it credits."""
    assert run(root, "suggest", "--briefing", "real", "--format", "json") == 0
    found = [s for s in json.loads(capsys.readouterr().out) if s["kind"] in ("quotation", "credited")]
    speakers = {words: [s["speaker"] for s in found if words in s["text"]] for words in expected}
    assert speakers == {words: [speaker] for words, speaker in expected.items()}


def compare_statements(root: Path, typed: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    """Lock and check the quotations, each the one statement of a claim."""
    if not typed:
        return
    folder = root / "briefings" / "real"
    (briefing,) = load_real(root).briefings
    claims = []
    for number, quotation in enumerate(typed, 1):
        statement = {"id": f"s{number}", "source": "x", "stance": "asserts", "quote": quotation["quote"]}
        statement |= {key: quotation[key] for key in ("paragraph", "allow") if key in quotation}
        if quotation.get("direct"):
            statement |= {"speaker": "x-head", "mode": "direct"}
        if not briefing.source["x"].lang.startswith("en"):
            statement["translation"] = "Not this, but something else in our words"
        claims.append(
            {"id": f"c{number}", "claim": f"The works stand still for a while ({number}).", "kind": "state",
             "terms": ["zzz"], "statements": [statement]}
        )  # fmt: skip
    (folder / "claims").mkdir(exist_ok=True)
    (folder / "claims" / "t.yml").write_text(yaml.safe_dump(claims, allow_unicode=True), encoding="utf-8")
    edit(folder / "briefing.yml", topics=[{"id": "t", "title": "T"}])
    edit(folder / "sources" / "x.yml", speakers=[{"id": "x-head", "name": "the head", "kind": "unnamed"}])
    run(root, "lock", "real", "--by", "A Tester")
    locking = capsys.readouterr().out
    site = load_real(root)
    for number, quotation in enumerate(typed, 1):
        about = [p for p in check(site) if f'"s{number}"' in p.message]
        said = "\n".join([*map(str, about), *(line for line in locking.splitlines() if f'"s{number}"' in line)])
        if "says" not in quotation or "reports" in quotation:
            assert sorted({p.rule for p in about}) == quotation.get("reports", []), said or quotation["quote"]
        assert [words for words in quotation.get("says", ()) if words not in said] == [], said


def edit(path: Path, **values: Any) -> None:
    """Set keys of a YAML file."""
    content = read_yaml(path) | values
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
