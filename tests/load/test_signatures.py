"""Signed locks, with the real ``ssh-keygen``: what fits, and every forgery of tests/load/forgeries.yml."""

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import time_machine

from synoptic.check.registry import check
from synoptic.load import signatures
from synoptic.load.load import load
from tests.projects import SMALL, replace_once, run, small_project
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "forgeries.yml")
PEOPLE = ("A Tester", "Bob Ü", "Carol")
LOCK = f"{SMALL}/sources/gazette.lock"
pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def make_key(file: Path) -> str:
    """A new key; returns its public half as a line of signers has it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)
    return file.with_suffix(".pub").read_text(encoding="ascii").strip()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The invented project, each lock signed by two people, without its texts; and everybody's public key."""
    folder = tmp_path_factory.mktemp("signed")
    keys = {name: make_key(folder / str(number)) for number, name in enumerate(PEOPLE)}
    root = small_project(folder / "project")
    lines = "".join(f'"{name}" {key}\n' for name, key in keys.items())
    (root / "briefings/signers").write_text(lines, encoding="utf-8")
    with time_machine.travel("2031-03-12 12:00", tick=False):
        assert run(root, "lock", "harbour-tunnel", "--by", PEOPLE[0], "--key", str(folder / "0")) == 0
        for source in ("gazette", "herald", "wire"):
            assert run(root, "lock", f"harbour-tunnel/{source}", "--by", PEOPLE[1], "--key", str(folder / "1")) == 0
    shutil.rmtree(root / SMALL / "articles")
    return root, keys


def problems_of(root: Path) -> list[str]:
    """What ``check`` says of signatures."""
    site, problems = load(root)
    assert site is not None
    found = [*problems, *check(site)]
    return [str(p) for p in found if p.rule in ("signature", "unsigned", "signers") and "night-ferry" not in str(p)]


def forge(root: Path, case: dict[str, Any], keys: dict[str, str]) -> None:
    """Change the project as a case says."""
    for name, old, new in case.get("edits", ()):
        path = {"LOCK": LOCK, "signers": "briefings/signers"}.get(name, f"{SMALL}/{name}")
        replace_once(root / path, old, new.format(bob=keys["Bob Ü"]) if name == "signers" else new)
    lock = root / LOCK
    text = lock.read_text(encoding="utf-8")
    if drop := case.get("drop"):
        text = re.sub(rf"^- {{name: {'.*' if drop == 'all' else drop}, day.*\n", "", text, flags=re.MULTILINE)
        text = text.replace("proofs:\nterms", "terms")
    if flip := case.get("flip"):
        found = re.search(rf"name: {flip},.* ssh: (\S+)}}", text)
        assert found is not None
        data = bytearray(base64.b64decode(found[1]))
        data[-1] ^= 1
        text = text.replace(found[1], base64.b64encode(data).decode())
    if statement := case.get("relock"):
        from synoptic.text.match import hash_quote

        text = re.sub(rf"({statement}, sha256: )\w+", rf"\g<1>{hash_quote('The works cost 1.9 billion')}", text)
    lock.write_text(text, encoding="utf-8")
    if target := case.get("move"):
        proofs = re.search(r"^proofs:\n(- .*\n)+", text, flags=re.MULTILINE)
        assert proofs is not None
        other = lock.with_name(f"{target}.lock")
        own = re.sub(r"^proofs:\n(- .*\n)+", proofs[0], other.read_text(encoding="utf-8"), flags=re.MULTILINE)
        other.write_text(own, encoding="utf-8")
    if name := case.get("rename"):
        (root / SMALL).rename(root / "briefings" / name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\W+", "-", case["why"])[:60])
def test_case(case: dict[str, Any], signed: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """What was signed fits, and nothing else does; each forgery is named."""
    root = shutil.copytree(signed[0], tmp_path / "project")
    forge(root, case, signed[1])
    found = problems_of(root)
    assert [says for says in case["says"] if not any(re.search(says, one) for one in found)] == [], found
    assert bool(found) == bool(case["says"])
    briefing = next(root.glob("briefings/harbour-*/briefing.yml"))
    replace_once(briefing, "status: published", "status: published\nsignatures: 2")
    found = problems_of(root)
    expected = case.get("demanded", case["says"])
    assert [says for says in expected if not any(re.search(says, one) for one in found)] == [], found
    assert bool(found) == bool(expected)
    assert all(": error:" in one for one in found)


def test_without_the_program(
    signed: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without ssh-keygen nothing is called signed: one sentence says so, and demanded signatures are missing."""
    root = shutil.copytree(signed[0], tmp_path / "project")
    monkeypatch.setattr(signatures, "PROGRAM", "no-such-program")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (found,) = problems_of(root)
    assert "warning: ssh-keygen is not installed here" in found
    replace_once(root / SMALL / "briefing.yml", "status: published", "status: published\nsignatures: 1")
    assert any("was signed by nobody; the briefing demands 1" in one for one in problems_of(root))


def test_what_fits_is_remembered(
    signed: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A signature that fits is verified once; the memory is the user's own, and none of the project's files."""
    root = shutil.copytree(signed[0], tmp_path / "project")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = set(root.rglob("*"))
    assert problems_of(root) == []
    monkeypatch.setattr(signatures, "PROGRAM", "no-such-program")
    assert problems_of(root) == []
    assert set(root.rglob("*")) == before
    memory = tmp_path / "cache/synoptic/signatures"
    sealed, _, rest = memory.read_bytes().partition(b"\n")
    for forged in (rest, b"\n" + rest, b"0" * len(sealed) + b"\n" + rest, sealed + b"\n" + rest[:-65]):
        memory.write_bytes(forged)
        assert any("ssh-keygen is not installed" in one for one in problems_of(root)), "without its seal"
    memory.write_bytes(sealed + b"\n" + rest)
    assert problems_of(root) == []
    replace_once(root / LOCK, "checked_on: '2026-11-22'", "checked_on: '2026-11-23'")
    replace_once(root / LOCK, "{name: A Tester, day: '2026-11-22'", "{name: A Tester, day: '2026-11-23'")
    assert any("ssh-keygen is not installed" in one for one in problems_of(root)), "it is not the remembered one"
