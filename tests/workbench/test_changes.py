"""Changes in the workbench become the right lines of YAML, with every comment kept, and nothing unreadable gets in."""

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.model.values import fold_spaces
from synoptic.text.unicode import normalize
from synoptic.workbench.all_changes import CHANGES
from synoptic.workbench.changes import Desk as Files
from synoptic.workbench.changes import apply_change
from synoptic.workbench.fields import Declined
from synoptic.workbench.overlay import read_disk
from tests.projects import CHECKOUT, replace_once
from tests.workbench.desk import FOLDER, SLUG, Desk, tidy_project
from tests.yaml_files import read_yaml

CASES = yaml.load(Path(__file__).with_name("changes.yml").read_bytes(), yaml.CBaseLoader)
REFUSED = read_yaml(Path(__file__).with_name("refused.yml"))
NUMBERS = ("paragraph", "first", "last")


def typed(value: Any, key: str = "") -> Any:
    """A value of a case as JSON would have it."""
    if isinstance(value, dict):
        return {name: typed(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    plain = {"null": None, "true": True, "false": False}
    return int(value) if key in NUMBERS else plain.get(value, value)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workbench on a tidy project."""
    return Desk(tidy_project(tmp_path))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_change_is_the_right_lines(desk: Desk, case: dict[str, Any]) -> None:
    """A change takes these lines from files and adds those, and touches no other line or file."""
    files = {path: path.read_text(encoding="utf-8") for path in (desk.root / FOLDER).rglob("*.yml")}
    state = desk.change(*(typed(change) for change in case["changes"]))
    if "made" in case:
        assert state["made"] == case["made"]
    unsaved = desk.bench.journal_file(SLUG).read().unsaved
    now = files | {desk.root / path: (data or b"").decode() for path, data in unsaved.items()}
    lines: dict[str, dict[str, list[str]]] = {}
    for path, text in now.items():
        rows = [*difflib.ndiff(files.get(path, "").splitlines(), text.splitlines())]
        found = {name: [row[2:] for row in rows if row[0] == sign] for name, sign in (("takes", "-"), ("adds", "+"))}
        if text != files.get(path):
            lines[path.relative_to(desk.root / FOLDER).as_posix()] = {
                name: some for name, some in found.items() if some
            }
    assert lines == {name: wanted for name, wanted in case.items() if name.endswith(".yml")}


def test_every_change_has_a_case() -> None:
    """Each kind of change is in a case."""
    assert {change["do"] for case in CASES for change in case["changes"]} == CHANGES.keys()


def test_comments_stay(tmp_path: Path) -> None:
    """Comments beside, above and inside what changes or goes are still in the file."""
    tidy_project(tmp_path)
    path = tmp_path / FOLDER / "claims/opening-date.yml"
    replace_once(path, "    - id: herald-late\n", "    # above\n    - id: herald-late  # beside\n")
    replace_once(path, "      note: She speaks of the date, not of the works.", "      note: She  # of the note")
    desk = Desk(tmp_path)
    desk.change({"do": "remove-statement", "statement": "herald-late"})
    desk.change({"do": "edit-statement", "statement": "herald-engineer-untested", "note": None})
    desk.save()
    text = path.read_text(encoding="utf-8")
    assert all(note in text for note in ("# above", "# beside", "# of the note"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workbench for tests that change nothing."""
    return Desk(tidy_project(tmp_path_factory.mktemp("desk")))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["says"] or "NUL")
def test_a_wrong_change_is_refused(shared: Desk, case: dict[str, Any]) -> None:
    """A change that is wrong is refused in a sentence, and nothing is changed, not even by the changes beside it."""
    before = shared.state["revision"]
    fault = shared.refused({"do": "set-gist", "source": "herald", "first": 5, "gist": "Another gist."}, case["change"])
    assert (fault.status, case["says"] in str(fault)) == (case["status"], True), str(fault)
    shared.state = shared.bench.state(SLUG)
    assert (shared.state["revision"], shared.state["unsaved"]) == (before, False)


@pytest.mark.parametrize("text", ["x" * 30_000, "x\ud800"], ids=["long", "half a character"])
def test_what_is_not_text_is_refused(shared: Desk, text: str) -> None:
    """A text that is too long for any field, or that holds half a character, is refused."""
    assert shared.refused({"do": "edit-claim", "claim": "cost-19", "text": text}).status == 400


FIELDS = [
    {"do": "edit-statement", "statement": "herald-late", "note": ...},
    {"do": "edit-statement", "statement": "herald-late", "quote": ...},
    {"do": "edit-claim", "claim": "cost-19", "text": ...},
    {"do": "edit-claim", "claim": "cost-19", "terms": [...]},
    {"do": "add-topic", "title": "x", "question": ...},
    {"do": "add-answer", "topic": "cost", "text": ...},
    {"do": "add-speaker", "name": ..., "kind": "person"},
    {"do": "set-gist", "source": "wire", "first": 1, "last": 2, "gist": ...},
    {"do": "edit-source", "source": "wire", "label": ...},
    {"do": "edit-source", "source": "wire", "independent": {"herald": ...}},
    {"do": "pass-over", "claim": "cost-19", "sources": ["wire"], "reason": ...},
    {"do": "remove-claim", "claim": "cost-19", "reason": ...},
    {"do": "set-record", "kind": "event", "value": {"what": ..., "statements": ["herald-late"]}},
    {
        "do": "set-record",
        "kind": "claim",
        "id": "cost-19",
        "value": {"replies": [{"by": ..., "on": "2031", "text": ...}]},
    },
    {"do": "set-record", "kind": "statement", "id": "herald-late", "value": {"allow": {"left-out": ...}}},
]
HOSTILE = [
    text
    for path in sorted((CHECKOUT / "tests/hostile/shown").glob("*.yml"))
    for text in read_yaml(path)["texts"]
    if isinstance(text, str)
]


def put(value: Any, text: str) -> Any:
    """A change with ``text`` in the place of the dots."""
    if isinstance(value, dict):
        return {name: put(one, text) for name, one in value.items()}
    return [put(one, text) for one in value] if isinstance(value, list) else text if value is ... else value


def scalars(value: Any) -> set[str]:
    """Every text in a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {fold_spaces(value)} if isinstance(value, str) else set().union(*map(scalars, inner))


@pytest.mark.parametrize("number", range(len(FIELDS)))
def test_hostile_text_stays_text(shared: Desk, number: int) -> None:
    """Whatever a field holds, its file has these very words in one value and means the same else, or it is refused."""
    reading = shared.bench.kept.load(SLUG, {})
    texts = HOSTILE[number :: len(FIELDS)]
    written = 0
    for text in texts:
        desk = Files(reading.site, reading.briefing, lambda path: read_disk(shared.root, path) or b"", {})
        try:
            apply_change(desk, put(FIELDS[number], text), CHANGES, [])
        except Declined:
            continue
        values = [scalars(yaml.load(data, yaml.BaseLoader)) for data in desk.files.values()]
        assert any(normalize(fold_spaces(text)) in found for found in values), text
        written += 1
    assert written > len(texts) / 2
