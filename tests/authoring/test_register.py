"""The register of published ids on the branch of a stale fork."""

from pathlib import Path

import pytest
import yaml

from synoptic.compare.ids import FILE
from tests.projects import SMALL, git, run, small_project
from tests.yaml_files import read_yaml

LOCKED = f"{SMALL}/sources/gazette.lock"
MERGE = "holds both sides of a merge, between <<<<<<< and >>>>>>>"


def add_claim(root: Path, name: str) -> None:
    """Add a claim with a statement, and lock it."""
    path = root / SMALL / "claims" / "cost.yml"
    claim = {"id": name, "claim": f"The fleet is said to be {name}.", "kind": "state", "terms": ["sale"]}
    said = {"id": f"{name}-s", "source": "gazette", "quote": "the ferry fleet is reportedly for sale"}
    text = yaml.safe_dump([claim | {"statements": [said | {"stance": "asserts", "speaker": "gazette-officials"}]}])
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
    assert run(root, "lock", "--by", "A Tester") == 0


def commit(root: Path) -> None:
    """Commit everything."""
    git(root, "add", "-A")
    git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "x")


def ids(root: Path) -> list[str]:
    """The lines of the register that name an id."""
    return [line for line in (root / SMALL / FILE).read_text("utf-8").splitlines() if line.startswith("- ")]


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """A fork with a claim of its own, into which a main branch with another claim was merged, and both registers and
    locks are in conflict. The fork has no branch called main, so it does not know what is published."""
    root = small_project(tmp_path / "p")
    git(root, "init", "-q", "-b", "fork")
    commit(root)
    git(root, "branch", "upstream")
    add_claim(root, "sold-1")
    commit(root)
    git(root, "switch", "-q", "upstream")
    add_claim(root, "sold-2")
    commit(root)
    git(root, "switch", "-q", "fork")
    git(root, "merge", "upstream", check=False)
    cost = root / SMALL / "claims" / "cost.yml"  # as an editor resolves it: the other's claim is gone
    cost.write_text(git(root, "show", "fork:" + f"{SMALL}/claims/cost.yml"), encoding="utf-8")
    return root


def test_merge_is_called_a_merge(torn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file in conflict is one problem that says what to do, and nothing that follows from it is reported."""
    assert run(torn, "check", "harbour-tunnel") == 1
    said = capsys.readouterr().out
    assert said.count("error:") == said.count(MERGE) == 2, said
    assert "check --fix, which keeps the ids of both sides" in said
    assert "whoever has the text then runs: synoptic lock" in said


@pytest.mark.parametrize("command", [("lock", "harbour-tunnel", "--by", "B Two"), ("check", "harbour-tunnel", "--fix")])
def test_register_is_put_together(torn: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """`lock` and `check --fix` keep every id of both sides, once and in order; what is gone is then asked about."""
    run(torn, *command)
    assert {"- sold-1", "- sold-1-s", "- sold-2", "- sold-2-s"} <= {*ids(torn)}
    assert len(ids(torn)) == len({*ids(torn)})
    claims = ids(torn)[: ids(torn).index("- what-inspection-found") + 1]
    assert claims == sorted(claims)
    if command[0] == "lock":  # which has the text, and so mends the other lock, too
        assert run(torn, "check", "harbour-tunnel") == 1
        said = capsys.readouterr().out
        assert '"sold-2" was published but is no longer used' in said
        assert MERGE not in said


def test_torn_lock_keeps_its_readers(torn: Path) -> None:
    """Whoever locks after a merge is added to those who signed before."""
    run(torn, "lock", "harbour-tunnel", "--by", "B Two")
    lock = read_yaml(torn / LOCKED)
    assert lock["checked_by"] == "A Tester"
    assert [one["name"] for one in lock.get("also", ())] in ([], ["B Two"])


def test_lines_that_main_has_come_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --fix` restores lines that a merge dropped or put out of order, and then has nothing left to do."""
    root = small_project(tmp_path / "p")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    path = root / SMALL / FILE
    before = path.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    first, second = (lines.index(line) for line in lines if line in ("- cost-19\n", "- fleet-for-sale\n"))
    lines[first], lines[second] = lines[second], lines[first]
    path.write_text("".join(line for line in lines if line != "- opens-in-june\n"), encoding="utf-8")
    assert run(root, "check", "harbour-tunnel", "--fix") == 0
    assert "ids.lock: put together from all that is published" in capsys.readouterr().out
    assert path.read_text("utf-8") == before
    run(root, "check", "harbour-tunnel", "--fix")
    assert "ids.lock" not in capsys.readouterr().out
