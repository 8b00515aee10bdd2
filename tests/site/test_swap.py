"""Nothing is lost: the site changes in one step, and no file is half written, whatever ends the program."""

import contextlib
import ctypes
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.cache import FOLDER
from synoptic.site import swap
from tests.projects import CHECKOUT, HERE, Project, apply_edit, copy_checkout, read_files, replace_once, run
from tests.serving import wait_for
from tests.site import CASES

resource = pytest.importorskip("resource", reason="only POSIX has it")
pytestmark = pytest.mark.slow

CLAIMS = "briefings/small-story/claims/age.yml"
TWO = ("The bridge has stood for seven years.", "The bridge is seven years of age.")
SLOW = """import os, time


def on_post_build(**_):
    time.sleep(float(os.environ.get("TEST_SLOW", "0")))
"""
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one invented briefing, published once."""
    project = copy_checkout(tmp_path_factory.mktemp("story") / "project", example=False)
    project.add_story("small-story")
    project.write("slow.py", SLOW)
    project.edit("mkdocs.yml", "plugins:\n", "hooks: [slow.py]\nplugins:\n")
    project.tools("site")
    return project


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build takes a second more after its pages are written, so that it can be met while it goes on."""
    monkeypatch.setenv("TEST_SLOW", "1")


@pytest.fixture
def start(story: Project) -> Start:
    """Begins to publish the story: a process in a group of its own."""

    def begin(**more: Any) -> "subprocess.Popen[str]":
        shutil.rmtree(story.root / FOLDER, ignore_errors=True)  # else it is over before anything can happen to it
        return story.start("synoptic", "site", start_new_session=True, **more)

    return begin


def retell(project: Project, claim: str) -> None:
    """Write the story's claim in other words."""
    text = (project.root / CLAIMS).read_text(encoding="utf-8")
    for words in TWO:
        text = text.replace(words, claim)
    project.write(CLAIMS, text)


def leftovers(project: Project) -> set[str]:
    """What a build leaves in the project's folder besides the site."""
    return {p.name for p in project.root.iterdir()} & {swap.NEW, swap.OLD}


@contextlib.contextmanager
def unchanged(project: Project) -> Iterator[None]:
    """Whatever happens meanwhile, the site is as before, and nothing is left beside it."""
    before = read_files(project.root / swap.SITE)
    yield
    assert read_files(project.root / swap.SITE) == before
    assert leftovers(project) == set()


def begun(project: Project, process: "subprocess.Popen[str]") -> None:
    """Wait until a build writes pages."""
    wait_for(process, (project.root / swap.NEW / "assets").exists)


@pytest.mark.long
def test_killed_build_leaves_old_or_new(story: Project, start: Start) -> None:
    """After kill -9 at any moment of a build the site is wholly old or wholly new, and the next run goes through."""
    whole, took = {}, 0.0
    for claim in TWO:
        retell(story, claim)
        began = time.monotonic()
        story.tools("site")
        took = time.monotonic() - began
        whole[claim] = read_files(story.root / swap.SITE)
    assert whole[TWO[0]] != whole[TWO[1]]
    now, counts = TWO[1], {"old": 0, "new": 0}
    for number in range(12):
        wanted = TWO[number % 2]
        retell(story, wanted)
        process = start()
        time.sleep(random.uniform(0, took * 1.1))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        found = read_files(story.root / swap.SITE)
        assert found in (whole[now], whole[wanted]), f"kill {number}: neither the old site nor the new one"
        counts["new" if found == whole[wanted] else "old"] += 1
        now = wanted if found == whole[wanted] else now
    retell(story, TWO[0])
    story.tools("site")
    assert read_files(story.root / swap.SITE) == whole[TWO[0]]
    assert leftovers(story) == set()
    kills = sum(counts.values())
    print(f"site: {kills} kills of whole builds, {counts['old']} left the old site, {counts['new']} the new one")


@pytest.mark.parametrize("what", ["exchange", "rename"])
def test_killed_swap_leaves_old_or_new(tmp_path: Path, what: str) -> None:
    """Building and putting in place, killed hundreds of times; where folders cannot change places, there may be none
    until the next run."""
    print(run_kills(what, tmp_path, 300))


@pytest.mark.long
@pytest.mark.parametrize("command", CASES["killed commands"])
def test_killed_command_tears_no_file(tmp_path: Path, story: Project, command: str) -> None:
    """After kill -9 of a command every file of the contributor is as it was, or as the command meant it."""
    root = tmp_path / "project"
    shutil.copytree(story.root / "briefings", root / "briefings")
    words = command.replace("..", str(tmp_path)).split()
    if words[0] == "ingest":
        (tmp_path / "paper.txt").write_text("A paper\n\n" + "Rain fell on the invented town all day.\n\n" * 30)
    if words[0] == "lock":  # another quotation, and the text at hand
        shutil.copytree(HERE / "stories/small-story/articles", root / "briefings/small-story/articles")
        replace_once(root / CLAIMS, "quote: The bridge is seven", "quote: bridge is seven")
    if words[0] == "render":  # pages of before are there, with their record
        assert run(root, "render") == 0
        replace_once(root / CLAIMS, TWO[0], TWO[1])
    if words[0] in ("fmt", "check"):
        for path in (root / "briefings/small-story").rglob("*.yml"):
            path.write_text(path.read_text().replace(": ", ":    "))
    print(run_kills("command", root, 10, *words))


def run_kills(what: str, root: Path, times: int, *words: str) -> str:
    """Kill again and again, in a process without threads. Out: what it says it did."""
    (root / "briefings").mkdir(exist_ok=True, parents=True)
    command = [sys.executable, "-m", "tests.kills", what, str(root), str(times), *words]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


@pytest.mark.usefixtures("slowly")
def test_two_builds_at_once(story: Project, start: Start) -> None:
    """While one build runs another says so and changes nothing; what is killed holds nobody up."""
    first = start()
    begun(story, first)
    os.killpg(first.pid, signal.SIGSTOP)
    second = story.run("synoptic", "site", check=False)
    os.killpg(first.pid, signal.SIGCONT)
    assert second.returncode == 1
    assert f"is being built already (by process {first.pid})" in second.stdout
    assert first.communicate()[0].endswith("built: site\n")
    assert first.returncode == 0
    third = start()
    begun(story, third)
    os.killpg(third.pid, signal.SIGSTOP)
    os.kill(third.pid, signal.SIGKILL)  # the builder that it began is still there, and holds the lock
    third.wait()
    during = story.run("synoptic", "site", check=False)
    os.killpg(third.pid, signal.SIGCONT)
    assert during.returncode == 1
    assert "is being built already" in during.stdout
    third.communicate()  # until the builder, too, has closed its output
    assert "built: site" in story.tools("site")
    assert leftovers(story) == set()


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_build_cleans_up(story: Project, start: Start, number: int) -> None:
    """Ctrl-C and a polite end leave the site as it was, and nothing beside it."""
    with unchanged(story):
        process = start()
        begun(story, process)
        os.kill(process.pid, number)
        assert process.communicate()[0].endswith("stopped; the site is still the one before\n")
        assert process.returncode == 130


# -- disks that refuse ---------------------------------------------------------------------------------------------


def as_anybody() -> None:
    """Give up root's right to read and write everything (in a child process, before the program begins)."""
    if os.geteuid() == 0:
        for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert ctypes.CDLL(None).prctl(24, right, 0, 0, 0) == 0


def refused(process: "subprocess.Popen[str]", why: str) -> None:
    """A build ended with 1 and a sentence that names the reason."""
    said = process.communicate()[0]
    assert process.returncode == 1, said
    assert re.search(why, said), said
    assert "Traceback" not in said


@pytest.mark.parametrize("most", [0, 400, 4_000, 12_000, 30_000, 90_000])
def test_disk_that_takes_no_more(story: Project, start: Start, most: int) -> None:
    """Where no file may grow beyond a few bytes, the site stays as it was, and a sentence says why."""
    retell(story, TWO[0])
    shutil.rmtree(story.root / "docs/briefings", ignore_errors=True)
    with unchanged(story):
        process = start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
        refused(process, "File too large|Pagefind made no index")


def test_full_disk(story: Project, tmp_path: Path) -> None:
    """On a disk that is really full the same holds, and with room again the next run goes through."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no disk of one's own may be made here (unshare)")
    done = subprocess.run(
        ["unshare", "-rm", "sh", HERE / "full_disk.sh", story.root, sys.executable, tmp_path],
        env=story.environment({}), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert "No space left on device" in done.stdout, done.stdout
    assert "code 1\n.site-lock\nas before\n" in done.stdout, done.stdout
    assert "Traceback" not in done.stdout
    assert done.stdout.endswith("built: site\n")


@pytest.mark.parametrize(("path", "mode", "why"), CASES["closed"])
def test_folder_or_file_that_is_closed(story: Project, start: Start, path: str, mode: int, why: str) -> None:
    """What may not be read or written ends the build with a sentence, and the site stays as it was."""
    file = story.root / path
    normal = file.stat().st_mode
    for name in (swap.LOCK, "docs/index.md") if path in (".", "docs") else ():
        (story.root / name).unlink(missing_ok=True)
    with unchanged(story):
        file.chmod(mode)
        try:
            refused(start(preexec_fn=as_anybody), why)
        finally:
            file.chmod(normal)


# -- what is not taken for a site ----------------------------------------------------------------------------------


def test_no_other_folder_is_replaced(story: Project, tmp_path: Path) -> None:
    """A link, a file, or a folder that holds something else is left alone, and what to do is said."""
    project = story.copy(tmp_path / "project", swap.SITE)
    (tmp_path / "elsewhere").mkdir()
    for edit, why in (
        ({"file": swap.SITE, "link": "../elsewhere"}, "is a link"),
        ({"file": swap.SITE, "write": "a diary"}, "is not a folder"),
        ({"file": f"{swap.SITE}/diary.txt", "write": "a diary"}, "is not a built site"),
    ):
        (project.root / swap.SITE).unlink(missing_ok=True)
        apply_edit(project.root, edit)
        assert why in project.run("synoptic", "site", check=False).stdout
        assert (project.root / edit["file"]).exists()
    assert (project.root / "site/diary.txt").read_text() == "a diary"
    assert list((tmp_path / "elsewhere").iterdir()) == []
