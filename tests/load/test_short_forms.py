"""What contributors may leave out or write in another way: sources, stances, quotation marks of YAML."""

import tempfile
from pathlib import Path, PurePosixPath

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from synoptic.base.problems import sort_problems
from synoptic.check.registry import check
from synoptic.history.revisions import compare_trees
from synoptic.load.files import Disk
from synoptic.load.load import load
from synoptic.load.reader import Reader
from synoptic.model.records import Claim
from tests.projects import load_checked, replace_once, run, small_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_suffix(".yml").with_stem("short_forms"))
PATH = PurePosixPath("claims/closing.yml")
HEAD = "- id: closed\n  claim: It was closed.\n  kind: event\n  statements:\n"


def read(text: str, folder: Path) -> tuple[list[Claim], list[str]]:
    """The claims of a file, and its problems without their tips."""
    (folder / PATH).parent.mkdir(exist_ok=True)
    (folder / PATH).write_bytes(text.encode())
    reader = Reader(Disk(folder))
    claims = reader.several(Claim, PATH, topic="closing")
    return claims, [str(problem).splitlines()[0] for problem in sort_problems(reader.problems)]


@pytest.mark.parametrize("quote", CASES["quotes"])
def test_words_below_their_key_are_free(quote: str, tmp_path: Path) -> None:
    """A text after a bar or an angle may hold any sign; lines are joined, and what follows keeps its place."""
    text = f"{HEAD}    - id: a\n      source: wire\n      quote: {quote}      extra: 1\n"
    (claim,), problems = read(text, tmp_path)
    (statement,) = claim.statements
    assert statement.quote == CASES["words"]
    assert statement.stance == "asserts"
    line = text.replace("\r\n", "\n").count("\n")
    assert problems == [f'{PATH}:{line}:7: error: unknown key "extra" [key]']


@pytest.mark.parametrize("name", CASES["groups"])
def test_statements_below_their_sources(name: str, tmp_path: Path) -> None:
    """Each statement gets the source above it, and every problem has its own place."""
    case = CASES["groups"][name]
    claims, problems = read(f"{HEAD[:-1]}{case['typed']}", tmp_path)
    found = [statement for claim in claims for statement in claim.statements]
    places = [(statement.source, statement.quote, statement.place.line, statement.place.column) for statement in found]
    assert [list(place) for place in places] == case.get("read", [])
    assert problems == [f"{PATH}:{line}" for line in case.get("says", [])]
    assert bool(claims) is not case.get("lost", False)


@st.composite
def values(draw: st.DrawFn, depth: int = 3) -> str:
    """Any value of YAML on one line, a few levels deep."""
    kind = draw(st.sampled_from(["scalar", "list", "mapping"])) if depth else "scalar"
    if kind == "scalar":
        return draw(st.sampled_from(["~", "", "5", "text", "''", "{}", "[]", "wire", "quote"]))
    inner = draw(st.lists(values(depth - 1), max_size=3))
    if kind == "list":
        return f"[{', '.join(inner)}]"
    keys = st.sampled_from(["wire", "source", "quote", "id", "1", "A b", "~"])
    return "{" + ", ".join(f"{draw(keys)}: {value}" for value in inner) + "}"


@settings(max_examples=200, deadline=None)
@given(values())
def test_whatever_stands_there(value: str) -> None:
    """Whatever stands in place of the statements, there are claims and problems with places, and no traceback."""
    with tempfile.TemporaryDirectory() as folder:
        claims, problems = read(f"{HEAD[:-1]} {value}\n", Path(folder))
    for statement in (statement for claim in claims for statement in claim.statements):
        assert statement.place.line >= 4
        assert statement.place.at("source").column > 1
    assert all(problem.startswith(f"{PATH}:") and " error: " in problem for problem in problems)


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    """A project whose statements stand below their sources has no problem that it had not, and no change of meaning."""
    long, short = (small_project(tmp_path / name) for name in ("long", "short"))
    for path in short.glob("briefings/*/claims/*.yml"):
        claims = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for claim in claims:
            below: dict[str, list[dict[str, str]]] = {}
            for statement in claim.get("statements", ()):
                below.setdefault(statement.pop("source"), []).append(statement)
                if statement["stance"] == "asserts":
                    del statement["stance"]
            claim["statements"] = {name: many if len(many) > 1 else many[0] for name, many in below.items()}
        path.write_text(yaml.safe_dump(claims, allow_unicode=True, sort_keys=False), encoding="utf-8")
    load_checked(short)
    assert compare_trees(Disk(long), Disk(short), {}).changes == ()
    assert run(short, "lock", "--by", "A Tester") == 0
    load_checked(short)


UNKNOWN = """\
- id: shut
  claim: It shut.
  kind: state
  terms: [zzz]
  statements:
    gazete:
      - quote: The works cost 1.9 billion crowns
      - quote: the ferry fleet is reportedly for sale
"""


def test_unknown_source_is_told_at_its_key(tmp_path: Path) -> None:
    """A misspelt source is one problem, at the key, even if a figure names the id that its statement should have."""
    root = small_project(tmp_path)
    replace_once(root / "briefings/harbour-tunnel/briefing.yml", "status: published", "status: draft")
    with (root / "briefings/harbour-tunnel/claims/cost.yml").open("a", encoding="utf-8") as file:
        file.write(UNKNOWN)
    with (root / "briefings/harbour-tunnel/figures.yml").open("a", encoding="utf-8") as file:
        file.write('- {id: new, value: "1.9", measures: What it costs, statements: [gazette-shut]}\n')
    line = (root / "briefings/harbour-tunnel/claims/cost.yml").read_text("utf-8").splitlines().index("    gazete:") + 1
    site, problems = load(root)
    assert site is not None
    told = (p for p in sort_problems([*problems, *check(site)]) if p.place.path.endswith(("cost.yml", "figures.yml")))
    found = [str(problem).splitlines()[0] for problem in told if problem.rule != "searched"]
    assert found == [
        f'briefings/harbour-tunnel/claims/cost.yml:{line}:5: warning: unknown source "gazete" [unknown-source]'
    ]
