"""``lock --stamp`` with a time-stamping server of an invented authority, and what ``check`` says of its stamps."""

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from synoptic.load import stamps
from tests.load.test_signatures import LOCK, make_key, problems_of
from tests.projects import SMALL, run, small_project
from tests.time_stamps import Authority, serve

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None or shutil.which("openssl") is None or not stamps.can_verify(),
    reason="ssh-keygen, OpenSSL or rfc3161-client is not installed",
)
AUTHORITIES = "briefings/authorities.pem"
Output = pytest.CaptureFixture[str]
ONE = "harbour-tunnel/gazette"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority."""
    return Authority(tmp_path_factory.mktemp("authorities") / "one", "Invented Authority")


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """The invented project without texts: "Ada" has signed one lock today and had it stamped."""
    folder = tmp_path_factory.mktemp("stamped")
    root = small_project(folder / "project")
    (root / "briefings/signers").write_text(f'"Ada" {make_key(folder / "key")}\n', encoding="utf-8")
    (root / AUTHORITIES).write_text(authority.certificate, encoding="ascii")
    with serve(authority.stamp) as (server, asked):
        words = ("--by", "Ada", "--key", str(folder / "key"), "--stamp", "--server", server)
        assert run(root, "lock", ONE, *words) == 0
        assert run(root, "lock", ONE, *words) == 0, "a second time"
    assert len(asked) == 1, "a lock that has a stamp gets no other"
    shutil.rmtree(root / SMALL / "articles")
    return root


@pytest.fixture
def root(stamped: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(stamped, tmp_path / "project")


def test_a_stamp_fits(root: Path, tmp_path: Path) -> None:
    """A stamp that fits is no problem, without the network, and the data has its time."""
    assert problems_of(root) == []
    assert run(root, "export", "--out", str(tmp_path / "out")) == 0
    data = (tmp_path / "out" / "api/v1/briefings/harbour-tunnel/sources.json").read_text(encoding="utf-8")
    assert re.search(
        r'"name":"Ada","day":"[-0-9]+","signature":"signed","key":"SHA256:[^"]+","stamped":"20[-0-9T:]+Z"', data
    )


def test_the_server_gets_a_hash(root: Path, authority: Authority, tmp_path: Path) -> None:
    """The server is sent the hash of a statement, and nothing that could be read."""
    root = small_project(tmp_path / "with-texts")
    with serve(authority.stamp) as (server, asked):
        assert run(root, "lock", ONE, "--by", "A Tester", "--stamp", "--server", server) in (0, 1)
    (query,) = asked
    assert len(query) < 120
    assert b"harbour" not in query


def test_a_stamp_alone_does_not_fit_another_lock(root: Path, authority: Authority, tmp_path: Path) -> None:
    """A stamp without a signature fits the lock that was stamped, and no other name, day or place."""
    root = small_project(tmp_path / "alone")
    (root / AUTHORITIES).write_text(authority.certificate, encoding="ascii")
    with serve(authority.stamp) as (server, _):
        assert run(root, "lock", ONE, "--by", "Ada", "--stamp", "--server", server) == 0
    assert problems_of(root) == []
    before = (root / LOCK).read_text(encoding="utf-8")
    for old, new, says in (
        ("name: Ada, day", "name: Eve, day", 'time stamp for "Eve" does not fit: it is for another lock, name'),
        ("quotes: [", "quotes: [0123456789abcdef0123456789abcdef, ", 'time stamp for "Ada" does not fit: it is for'),
        ("block: 4, words: [[44", "block: 4, words: [[43", 'time stamp for "Ada" does not fit: it does not cover'),
    ):
        assert old in before
        (root / LOCK).write_text(before.replace(old, new), encoding="utf-8")
        assert any(says in one for one in problems_of(root)), (says, problems_of(root))


def test_a_day_after_the_stamp(root: Path) -> None:
    """A check that claims a day after its stamp, or another signature under the same stamp, does not fit."""
    text = (root / LOCK).read_text(encoding="utf-8")
    (root / LOCK).write_text(re.sub(r"(name: Ada, day: '?)20", r"\g<1>30", text), encoding="utf-8")
    found = problems_of(root)
    assert any('signature of "Ada" does not fit: the lock, the name or the day' in one for one in found), found
    assert any('time stamp for "Ada" does not fit' in one for one in found), found


def test_another_authority(root: Path, tmp_path: Path) -> None:
    """A stamp by an authority that the project does not list proves nothing; nor does one if it lists none."""
    other = Authority(tmp_path / "other", "Another Authority")
    (root / AUTHORITIES).write_text(other.certificate, encoding="ascii")
    (found,) = problems_of(root)
    assert "no authority in briefings/authorities.pem made it" in found
    for content in ("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        (root / AUTHORITIES).write_text(content, encoding="ascii")
        (found,) = problems_of(root)
        assert "briefings/authorities.pem has no certificate" in found


def test_without_the_library(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library a stamp is not verified, which is said; it is never taken for one that fits."""
    monkeypatch.setattr("synoptic.load.stamps.can_verify", lambda: False)
    (found,) = problems_of(root)
    assert "warning: rfc3161-client is not installed here, so the time stamp was not verified" in found


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (lambda asked: b"<html>", 200, "sent no time stamp"),
        (lambda asked: b"", 503, "did not answer"),
        (lambda asked: b"\0" * 100_000, 200, "sent no time stamp"),
        ("replayed", 200, "sent no time stamp"),
    ],
)
def test_a_bad_server(
    answer: Callable[[bytes], bytes] | str, status: int, says: str, authority: Authority, tmp_path: Path, capsys: Output
) -> None:
    """Whatever a server answers but the stamp that was asked for, is refused; no lock changes."""
    root = small_project(tmp_path / "project")
    before = hashlib.sha256((root / LOCK).read_bytes()).digest()
    with serve(authority.stamp) as (server, old):
        assert (
            run(small_project(tmp_path / "other"), "lock", ONE, "--by", "A Tester", "--stamp", "--server", server) == 1
        )
    replay = answer if callable(answer) else lambda asked: authority.stamp(old[0])
    with serve(replay, status) as (server, _):
        assert run(root, "lock", ONE, "--by", "A Tester", "--stamp", "--server", server) == 1
    assert says in capsys.readouterr().err
    assert hashlib.sha256((root / LOCK).read_bytes()).digest() == before


def test_no_server(root: Path, tmp_path: Path, capsys: Output) -> None:
    """Without a server, or with one that is none, `--stamp` is refused with what to give."""
    for words in ((), ("--server", "file:///etc/passwd"), ("--server", "ftp://x.example/")):
        assert run(root, "lock", ONE, "--by", "Ada", "--stamp", *words) == 1
        assert "give --server URL, or stamp_server under extra in mkdocs.yml" in capsys.readouterr().err
