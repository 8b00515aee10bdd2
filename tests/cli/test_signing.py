"""Signing, countersigning and comparing, as contributors and reviewers do, with the real ``ssh-keygen`` and Git."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.load.test_signatures import LOCK, make_key, problems_of
from tests.projects import SMALL, git, replace_once, run

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
Output = pytest.CaptureFixture[str]
ONE = "harbour-tunnel/gazette"
COST = f"{SMALL}/claims/cost.yml"


@pytest.fixture
def keys(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The private keys of Ada and Bob, whom the project knows, and of Mallory, whom it does not; by name."""
    folder = tmp_path_factory.mktemp("keys")
    public = {name: make_key(folder / name) for name in ("Ada", "Bob", "Mallory")}
    lines = "".join(f'"{name}" {public[name]}\n' for name in ("Ada", "Bob"))
    (root / "briefings/signers").write_text(lines, encoding="utf-8")
    return {name: str(folder / name) for name in public}


def repository(root: Path) -> None:
    """Commit the project as it is."""
    git(root, "init", "-q", "-b", "main")
    commit(root, "First Committer")


def commit(root: Path, name: str) -> None:
    """Commit everything under a name that Git takes from a setting."""
    git(root, "add", "-A")
    git(root, "-c", f"user.name={name}", "-c", "user.email=a@b.example", "commit", "-q", "-m", "x")


def changes(root: Path, capsys: Output, *revisions: str) -> list[str]:
    """The kinds of change that a reviewer sees first."""
    capsys.readouterr()
    assert run(root, "diff", *revisions, "--format", "json") == 0
    return [one["kind"] for one in json.loads(capsys.readouterr().out)["changes"] if one["first"]]


def test_a_key_that_is_not_listed_yet(root: Path, keys: dict[str, str], capsys: Output) -> None:
    """Who signs for the first time is told the line that the list of signers needs; with it, the lock is signed."""
    assert run(root, "lock", ONE, "--by", "Mallory", "--key", keys["Mallory"]) == 1
    line = re.search(r"its line there is: (.+)", capsys.readouterr().out)
    assert line is not None
    with (root / "briefings/signers").open("a", encoding="utf-8") as file:
        file.write(line[1] + "\n")
    assert run(root, "lock", ONE, "--by", "Mallory", "--key", keys["Mallory"]) == 0
    assert re.search(r"and Mallory on \d{4}-\d\d-\d\d, signed \(unchanged\)", capsys.readouterr().out)
    assert run(root, "check", "harbour-tunnel") == 0
    told = capsys.readouterr().out.split("signatures of harbour-tunnel:\n")[1]
    assert told.startswith("  typed only: A Tester; signed by Mallory: gazette\n  typed only: A Tester: herald, wire\n")
    assert run(root, "check", "harbour-tunnel", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["signatures"]["harbour-tunnel"]["gazette"]
    assert [(one["name"], one["signature"]) for one in found] == [("A Tester", "typed only"), ("Mallory", "signed")]


def test_where_the_key_comes_from(
    root: Path, keys: dict[str, str], capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`--sign` takes the key that Git signs commits with, else one in ~/.ssh; without one it says how to make one."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    before = (root / LOCK).read_bytes()
    assert run(root, "lock", ONE, "--by", "Ada", "--sign") == 1
    assert "you have no SSH key in ~/.ssh; create one: ssh-keygen -t ed25519" in capsys.readouterr().err
    (home / ".ssh/id_ed25519").write_text("no key", encoding="ascii")
    assert run(root, "lock", ONE, "--by", "Ada", "--sign") == 1
    assert "ssh-keygen did not sign, so nothing was written" in capsys.readouterr().err
    assert (root / LOCK).read_bytes() == before
    (home / ".gitconfig").write_text(f"[gpg]\nformat = ssh\n[user]\nsigningkey = {keys['Ada']}\n", encoding="utf-8")
    assert run(root, "lock", ONE, "--by", "Ada", "--sign") == 0
    (home / ".gitconfig").unlink()
    shutil.copy(keys["Bob"], home / ".ssh/id_ed25519")
    assert run(root, "lock", ONE, "--by", "Bob", "--sign") == 0
    assert problems_of(root) == []


def test_a_key_in_an_agent(
    root: Path, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The public key that Git names is enough if an agent holds the other half, as for a key on a token."""
    socket = tmp_path_factory.mktemp("agent") / "s"
    with subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE) as agent:
        try:
            assert agent.stdout is not None
            agent.stdout.readline()
            monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
            subprocess.run(["ssh-add", "-q", keys["Ada"]], check=True)
            home = root / "home"
            home.mkdir()
            monkeypatch.setenv("HOME", str(home))
            public = Path(f"{keys['Ada']}.pub").read_text(encoding="ascii").strip()
            (home / ".gitconfig").write_text(f'[gpg]\nformat = ssh\n[user]\nsigningkey = "key::{public}"\n')
            assert run(root, "lock", ONE, "--by", "Ada", "--sign") == 0
        finally:
            agent.terminate()
    shutil.rmtree(root / "home")
    assert problems_of(root) == []


def test_a_second_reader_with_a_copy_of_their_own(
    root: Path, keys: dict[str, str], tmp_path_factory: pytest.TempPathFactory, capsys: Output
) -> None:
    """Who finds every quotation in their own copy countersigns; if one is missing, the lock stays as it was."""
    assert run(root, "lock", ONE, "--by", "Ada", "--key", keys["Ada"]) == 0
    copy = tmp_path_factory.mktemp("copy") / "copy.txt"
    text = (root / SMALL / "articles/gazette.txt").read_text(encoding="utf-8")
    shutil.rmtree(root / SMALL / "articles")
    before = (root / LOCK).read_bytes()
    copy.write_text(text.replace("first of June", "first of July"), encoding="utf-8")
    words = ("lock", ONE, "--against", str(copy), "--by", "Bob", "--key", keys["Bob"])
    assert run(root, *words) == 1
    assert 'it has "June", the text has "July"' in capsys.readouterr().out
    assert (root / LOCK).read_bytes() == before
    copy.write_text(f"Another header\n\n{text}", encoding="utf-8")
    assert run(root, *words) == 0
    assert run(root, *words) == 0, "again"
    assert "copy_sha256" in (root / LOCK).read_text(encoding="utf-8")
    assert problems_of(root) == []
    assert run(root, "render") == 0
    receipts = (root / "docs/briefings/harbour-tunnel/receipts/gazette/index.md").read_text(encoding="utf-8")
    assert "Ada and Bob&#58; checked by two people&#44; each with a key of their own" in receipts
    assert run(root, "lock", "harbour-tunnel", "--against", str(copy), "--by", "Bob") == 1
    assert "name the source that you read" in capsys.readouterr().err
    replace_once(root / COST, "quote: The works cost 1.9 billion crowns", "quote: works cost 1.9 billion crowns")
    assert run(root, *words) == 1
    assert 'cannot be countersigned: "gazette-cost" is not in it as it is now' in capsys.readouterr().err


def test_a_later_change_without_a_signature(root: Path, keys: dict[str, str], capsys: Output) -> None:
    """A reader who locks new words without signing loses their own signature, and is told; others keep theirs."""
    for name in ("Ada", "Bob"):
        assert run(root, "lock", ONE, "--by", name, "--key", keys[name]) == 0
    replace_once(root / COST, "quote: The works cost 1.9 billion crowns", "quote: works cost 1.9 billion crowns")
    capsys.readouterr()
    assert run(root, "lock", ONE, "--by", "Ada") == 0
    text = (root / LOCK).read_text(encoding="utf-8")
    assert "what Ada signed is not what the lock says now" in capsys.readouterr().out
    assert "{name: Ada, day" not in text.split("proofs:")[1]
    assert "{name: Bob, day" in text.split("proofs:")[1]
    assert problems_of(root) == []
    assert run(root, "lock", ONE, "--by", "Ada", "--key", keys["Ada"]) == 0
    assert problems_of(root) == []


def test_names_that_git_is_told_prove_nothing(root: Path, keys: dict[str, str], capsys: Output) -> None:
    """A local setting decides nothing: whatever names commits and locks have, two known keys make a second reader."""
    replace_once(root / COST, "quote: The works cost 1.9 billion crowns", "quote: works cost 1.9 billion crowns")
    assert run(root, "lock", ONE, "--by", "A Tester") == 0
    repository(root)
    replace_once(root / COST, "quote: works cost 1.9", "quote: The works cost 1.9")
    commit(root, "Mallory")
    for name in ("Ada", "Bob"):  # typed, and committed under that name
        assert run(root, "lock", ONE, "--by", name) == 0
        commit(root, name)
    assert "quotation-said-check" in changes(root, capsys, "HEAD~3", "HEAD")
    assert run(root, "lock", ONE, "--by", "Ada", "--key", keys["Ada"]) == 0
    commit(root, "Ada")
    assert "quotation-one-signature" in changes(root, capsys, "HEAD~4", "HEAD")
    assert run(root, "lock", ONE, "--by", "Bob", "--key", keys["Bob"]) == 0
    commit(root, "Mallory")
    found = changes(root, capsys, "HEAD~5", "HEAD")
    assert not [kind for kind in found if kind.startswith("quotation")]


def test_a_key_added_with_the_lock_that_it_signs(root: Path, keys: dict[str, str], capsys: Output) -> None:
    """A key that comes in the same change stands first, and signs for nothing there."""
    replace_once(root / COST, "quote: The works cost 1.9 billion crowns", "quote: works cost 1.9 billion crowns")
    assert run(root, "lock", ONE, "--by", "A Tester") == 0
    repository(root)
    replace_once(root / COST, "quote: works cost 1.9", "quote: The works cost 1.9")
    public = Path(f"{keys['Mallory']}.pub").read_text(encoding="ascii").strip()
    for name in ("Mallory", "Ada"):
        with (root / "briefings/signers").open("a", encoding="utf-8") as file:
            file.write(f'"{name}" {public}\n')
        run(root, "lock", ONE, "--by", name, "--key", keys["Mallory"])
    found = changes(root, capsys, "HEAD")
    assert {"signer-added", "quotation-said-check", "lock-changed"} <= set(found)
