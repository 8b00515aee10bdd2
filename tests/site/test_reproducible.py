"""Same input, same bytes; no network; nothing in the data folder is run, or published unasked."""

import gzip
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.cache import FOLDER
from tests.projects import Project, apply_edit, copy_checkout, read_files

pytestmark = pytest.mark.slow

#: Read by every Python that starts: writes down what Python tells of itself, and lets no socket come to be.
WITNESS = """
import os, sys

log = os.open(os.environ["WITNESS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def witness(event, args):
    if event.startswith("socket."):
        os.write(log, f"{event} {args!r}\\n".encode())
        raise RuntimeError("there is no network")
    if event == "subprocess.Popen":
        os.write(log, f"program {os.fsdecode(args[0])}\\n".encode())
    if event in ("compile", "exec", "import", "os.exec", "os.system", "os.posix_spawn", "marshal.loads"):
        what = getattr(args[0], "co_filename", None) or (args[1] if event == "compile" else args[0])
        os.write(log, f"{event} {what!r}\\n".encode())

sys.addaudithook(witness)
"""
#: The same on another day: whatever asks for the time is told another one.
LATER = """
import datetime, os, time_machine

time_machine.travel("2071-08-09T21:43:05+00:00").start()
with open(os.environ["WITNESS"], "a") as log:
    log.write(str(datetime.date.today()) + "\\n")
"""
COMMANDS = (
    ["synoptic", "check"],
    ["synoptic", "suggest", "--briefing", "night-ferry"],
    ["synoptic", "export", "--out", "exported"],
    ["synoptic", "render"],
    ["synoptic", "site"],
    ["mkdocs", "build", "--strict", "--site-dir", "built"],
)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with two invented briefings and a history of two days."""
    project = copy_checkout(tmp_path_factory.mktemp("past") / "project", example=False)
    project.edit("mkdocs.yml", "# site_url: https://example.org/", "site_url: https://example.org/")
    project.add_harbour()
    project.commit("2031-03-04T23:30:00+09:00")
    project.add_ferry()
    project.commit("2031-03-06T01:00:00-05:00")
    return project


def started(folder: Path, code: str) -> dict[str, str]:
    """The environment in which every Python runs this first."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": str(folder), "WITNESS": str(folder / "log")}


def written(project: Project, into: str, environment: Mapping[str, str]) -> dict[str, bytes]:
    """Everything that is made of a project: its site, its pages for another builder, its data."""
    project.run("mkdocs", "build", "--strict", "--site-dir", project.root / into / "site", check=True, **environment)
    project.run("synoptic", "export", "--out", into + "/export", check=True, **environment)
    shutil.copytree(project.root / "docs", project.root / into / "docs")
    return read_files(project.root / into)


@pytest.mark.long
def test_same_input_same_bytes(past: Project, tmp_path: Path) -> None:
    """Other runs, seeds, time zones, languages, folders, orders on disk, ages of files and days: the same bytes."""
    plain = {"SOURCE_DATE_EPOCH": "1000000000", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    first = written(past, "first", plain)
    pages = {path: path.stat().st_mtime_ns for path in (past.root / "docs").rglob("*") if path.is_file()}
    shutil.rmtree(past.root / FOLDER)
    root = tmp_path / "a deeper folder" / "ß" / "project"
    for path in sorted(past.root.rglob("*"), reverse=True):
        inside = path.relative_to(past.root)
        if path.is_file() and inside.parts[0] not in ("first", ".cache") and "__pycache__" not in inside.parts:
            (root / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / inside)
            os.utime(root / inside, (1, 1))
    other = Project(root)
    later = {**started(tmp_path / "later", LATER), "SOURCE_DATE_EPOCH": "1900000000", "TZ": "Asia/Kathmandu"}
    runs = {
        "the same again": written(past, "again", {**plain, "SOURCE_DATE_EPOCH": "1000000000"}),
        "on another day, elsewhere": written(other, "second", {**later, "PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        "and again": written(other, "third", {**later, "PYTHONHASHSEED": "123456", "TZ": "America/St_Johns"}),
    }
    assert {path: path.stat().st_mtime_ns for path in pages} == pages, "a page was written that had not changed"
    assert set((tmp_path / "later/log").read_text(encoding="utf-8").split()) <= {"2071-08-09", "2071-08-10"}
    for why, files in runs.items():
        assert sorted(files.keys() ^ first.keys()) == [], why
        assert sorted(name for name in first if files[name] != first[name]) == [], why
    assert {"site/index.html", "site/sitemap.xml.gz", "export/api/v1/index.json", "docs/index.md"} <= first.keys()
    assert any(name.startswith("site/pagefind/") for name in first)
    assert {"site/cards/harbour-tunnel.png", "site/cards/harbour-tunnel/cost.png"} <= first.keys()
    assert b"<loc>https://example.org/" in first["site/sitemap.xml"]
    assert b"<updated>2031-03-06T" in b"".join(data for name, data in first.items() if name.endswith(".xml"))
    total = sum(map(len, first.values()))
    print(f"same bytes: {len(first)} files, {total:,} bytes, compared {len(runs)} times")


def test_no_network(past: Project, tmp_path: Path) -> None:
    """Checking, generating and building work where no socket can be made, and start no program but Git and Pagefind."""
    environment = started(tmp_path / "witness", WITNESS)
    for command in COMMANDS:
        past.run(*command, check=True, **environment)
    lines = Path(environment["WITNESS"]).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("socket.")] == []
    programs = {Path(line.removeprefix("program ")).name for line in lines if line.startswith("program ")}
    assert {"git", "mkdocs"} - programs == {"mkdocs"}, "the witness saw nothing"
    assert {name.partition("_")[0] for name in programs} <= {"git", "pagefind", Path(sys.executable).name}
    print(f"no network: {len(COMMANDS)} commands, 0 sockets, {len(lines)} events of Python looked at")


def test_no_network_for_any_program(past: Project) -> None:
    """The same where the system gives no network at all, neither to us nor to Git and Pagefind."""
    alone = ["unshare", "-rn"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("the system lets nobody give up the network (unshare)")
    for command in COMMANDS:
        done = subprocess.run(
            [*alone, sys.executable, "-m", *command], cwd=past.root, env=past.environment({}), check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def unpacked(data: bytes) -> bytes:
    """A file's bytes; of a packed one, those of all that is in it."""
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    return data


@pytest.mark.parametrize("which", ["refused", "passed over"])
def test_nothing_of_the_data_is_run_or_published(past: Project, tmp_path: Path, which: str) -> None:
    """Programs, settings, templates and pages among the data are neither run nor loaded, and nothing has their text."""
    project, ran = past.copy(tmp_path / "project", "site", "built", "exported", "first", "again"), tmp_path / "ran"
    planted = project.plant(which, ran)
    environment = started(tmp_path / "witness", WITNESS)
    said = "".join(project.run(*command, check=False, **environment).stdout for command in COMMANDS)
    assert not ran.exists()
    lines = Path(environment["WITNESS"]).read_text(encoding="utf-8").splitlines()
    assert any(f"{project.root}/build_tools/synoptic/plugin.py" in line for line in lines), "the witness saw nothing"
    assert [line for line in lines if f"{project.root}/briefings/" in line] == []
    top = {path.name for path in project.root.iterdir()}
    made = [
        p for name in ("site", "built", "docs", "exported") for p in (project.root / name).rglob("*") if p.is_file()
    ]
    assert [p for p in made if b"CANARY" in unpacked(p.read_bytes())] == []
    assert ("site" in top) == (which == "passed over")
    if which == "refused":
        expected = {path if path.count("/.") == 0 else "briefings/.secret" for path in planted}
        assert {path for path in expected if f"{path}:1:1: error: " not in said} == set()
    print(f"data: {len(planted)} planted files {which}, 0 ran, 0 in the {len(made)} files made")


@pytest.mark.parametrize(
    "special", [{"link": "../../elsewhere/secret.txt"}, {"link": "../../elsewhere"}, {"pipe": True}, {"loop": True}]
)
def test_links_among_the_pages_are_not_published(past: Project, tmp_path: Path, special: dict[str, Any]) -> None:
    """A link, a linked folder or a pipe in docs/ ends the build with its path; what it leads to is in no site."""
    project = past.copy(tmp_path / "project", "site", "built", "first", "again")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.txt").write_text("SECRET")
    apply_edit(project.root, {"file": "docs/x.txt", **special})
    done = project.run("synoptic", "site", check=False)
    assert done.returncode == 1
    assert "docs/x.txt" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (project.root / "site").exists()
