"""What a newcomer is told: the tutorial is typed as it stands, and the page about the format shows what is so."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from urllib.request import urlopen

import pytest

from synoptic.load.yaml_guard import parse
from synoptic.model import records
from tests.projects import CHECKOUT, clone_checkout, git, replace_once
from tests.serving import wait_for

PAGES = CHECKOUT / "docs" / "contribute"
FENCE = r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$"
ADDRESS = r"<http://127\.0\.0\.1:8000/(?P<path>[^>]*)>"
SHOWN = r"^```yaml\n# (?P<path>briefings/\S+?\.yml)(?:: (?P<id>\S+))?\n(?P<body>.*?)^```$"


@dataclass
class Newcomer:
    """Somebody with an empty folder, a shell and an editor, who does as a page says."""

    folder: Path
    environment: Mapping[str, str]
    project: Path = field(init=False)
    shell: subprocess.Popen[str] = field(init=False)
    screen: TextIO = field(init=False)
    server: subprocess.Popen[bytes] | None = None
    home: str = ""

    def __post_init__(self) -> None:
        self.project = self.folder / "synoptic"
        terminal, screen = os.openpty()  # programs speak to a person otherwise than to a file
        self.shell = subprocess.Popen(
            ["bash", "--norc"], cwd=self.folder, env=self.environment,
            stdin=subprocess.PIPE, stdout=screen, stderr=screen, text=True, encoding="utf-8",
        )  # fmt: skip
        os.close(screen)
        self.screen = os.fdopen(terminal, encoding="utf-8")

    def leave(self) -> None:
        """Close the shell, and the server with all it started."""
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait()
        self.shell.communicate()
        self.screen.close()

    def types(self, command: str) -> tuple[str, int]:
        """A command in the one shell of the first terminal. Out: what it said, and its exit code."""
        assert self.shell.stdin
        self.shell.stdin.write(f"{command} </dev/null\nprintf '\\n== done %d\\n' $?\n")
        self.shell.stdin.flush()
        said: list[str] = []
        for line in self.screen:
            if done := re.fullmatch(r"== done (\d+)\n", line):
                return "".join(said), int(done[1])
            said.append(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line))  # what a screen obeys, and nobody reads
        pytest.fail(f"the shell ended with {command!r}:\n{''.join(said)}")

    def serves(self, log: Path) -> str:
        """``make serve`` in the second terminal, at a free port. Out: what it said until it served."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.home = f"127.0.0.1:{free.getsockname()[1]}"
        more = {"SERVE_ARGS": f"--dev-addr {self.home}", "PYTHONUNBUFFERED": "1"}
        with log.open("wb") as out:
            self.server = subprocess.Popen(
                ["make", "serve"], cwd=self.project, env={**self.environment, **more},
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.opens("")
        return log.read_text(encoding="utf-8").replace(self.home, "127.0.0.1:8000")

    def opens(self, path: str) -> None:
        """Wait for a page of the running server."""
        assert self.server

        def answers() -> bool:
            with contextlib.suppress(OSError), urlopen(f"http://{self.home}/{path}", timeout=30):
                return True
            return False

        wait_for(self.server, answers, what=path)


def as_shown(expected: str, said: str) -> str:
    """The first line of ``expected`` that ``said`` lacks after those before it, or nothing; "…" is anything."""
    lines = iter(said.splitlines())
    for line in expected.splitlines():
        pattern = ".*".join(re.escape(part) for part in line.rstrip().split("…"))
        if line.strip(" …") and not any(re.fullmatch(pattern, one.rstrip()) for one in lines):
            return line
    return ""


def follow(page: str, newcomer: Newcomer, log: Path) -> None:
    """Do everything a page says, in its order: type commands, edit files, open addresses."""
    for step in re.finditer(f"{FENCE}|{ADDRESS}", page, re.DOTALL | re.MULTILINE):
        kind, body = step["kind"], step["body"]
        if kind is None:
            newcomer.opens(step["path"])
        elif kind == "console":
            for shown in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, expected = shown.partition("\n")
                refused = re.search(r": [1-9]\d* errors?, ", expected) is not None
                if command == "make serve":
                    said, code = newcomer.serves(log), 0
                else:
                    said, code = newcomer.types(command)
                assert code == int(refused), f"$ {command}\n{said}"
                assert as_shown(expected, said) == "", f"$ {command}\n{said}"
        elif kind == "yaml":
            path = re.match("# at the end of (.+)\n", body)
            assert path, body
            with (newcomer.project / path[1]).open("a", encoding="utf-8") as file:
                file.write(body[path.end() :])
        elif kind == "diff":
            head, *lines = body.splitlines()
            before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
            after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
            replace_once(newcomer.project / head.removeprefix("--- "), before, after)
        else:
            pytest.fail(f"a block that nobody can follow: {kind}\n{body}")


@pytest.fixture
def index() -> None:
    """A package index answers, as the first ``make`` needs one."""
    asked = ("pip", "install", "-q", "--dry-run", "--no-deps", "--ignore-installed", "flit_core")
    if subprocess.run([sys.executable, "-m", *asked], capture_output=True, check=False).returncode:
        reason = "no package index answers"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def newcomer(index: None, tmp_path: Path) -> Iterator[Newcomer]:
    """Somebody who can clone the working tree as it is now from the address that the tutorial names."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SYNOPTIC_", "PYTHON", "GIT_", "MAKE", "VIRTUAL"))}
    settings = tmp_path / "gitconfig"
    settings.write_text(
        f"[user]\n name = Your Name\n email = you@site.test\n[init]\n defaultBranch = main\n"
        f'[color]\n ui = false\n[url "{tmp_path}/"]\n'
        " insteadOf = https://git.example/your-name/\n",
        encoding="utf-8",
    )
    environment = {
        **kept, "GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_SYSTEM": os.devnull, "NO_MKDOCS_2_WARNING": "1",
        "PY": sys.executable, "LC_ALL": "C.UTF-8", "TERM": "xterm", "GIT_PAGER": "cat", "NO_COLOR": "1",
    }  # fmt: skip
    tree, folder = tmp_path / "tree", tmp_path / "home"
    clone_checkout(tree)
    git(tmp_path, "clone", "-q", "--bare", tree, "synoptic.git")
    folder.mkdir()
    made = Newcomer(folder, environment)
    yield made
    made.leave()


@pytest.mark.slow
@pytest.mark.long
def test_tutorial_as_typed(newcomer: Newcomer, tmp_path: Path) -> None:
    """Whoever types the tutorial sees what it shows, and ends with a branch that holds the new source, checked."""
    follow((PAGES / "tutorial.md").read_text(encoding="utf-8"), newcomer, tmp_path / "serve.log")
    pushed = git(tmp_path / "synoptic.git", "ls-tree", "-r", "--name-only", "eastbank-letter")
    assert "briefings/quay-bridge/sources/eastbank.lock" in pushed.splitlines()
    assert newcomer.types("git status --short")[0].strip() == ""


@pytest.mark.parametrize(
    ("expected", "said", "missing"),
    [
        ("a\n…\nc", "a\nb\nc", ""),
        ("a … c", "a b c", ""),
        ("c\na", "a\nc", "a"),
        ("a", "ab", "a"),
        ("a.c", "abc", "a.c"),
    ],
)  # fmt: skip
def test_what_is_shown_is_compared(expected: str, said: str, missing: str) -> None:
    """A shown line must come whole, and after the line shown before it."""
    assert as_shown(expected, said) == missing


# -- the page about the format -------------------------------------------------------------------------------------


def passage(path: str, name: str | None) -> str:
    """A file of the briefings; or one entry of its lists, by id; or one key of its mapping, with the value."""
    text = (CHECKOUT / path).read_text(encoding="utf-8")
    if name is None:
        return text
    one = re.escape(name)
    found = re.search(
        rf"^(?P<indent> *)(?:- (?:id: |\{{id: ){one}(?![\w-])|{one}:).*\n(?:(?P=indent)[ ].*\n|\n(?=(?P=indent)[ ]))*",
        text,
        re.MULTILINE,
    )
    assert found, f"{path} has no entry {name}"
    return textwrap.dedent(found[0])


def with_passages(page: str) -> str:
    """A page with every block that names a file filled from it."""
    return re.sub(
        SHOWN,
        lambda m: m[0].removesuffix(m["body"] + "```") + passage(m["path"], m["id"]) + "```",
        page,
        flags=re.DOTALL | re.MULTILINE,
    )


def test_format_shows_the_files_as_they_are() -> None:
    """Each block of the page is what stands in its file (``python -m tests.test_tutorial`` writes it anew)."""
    page = (PAGES / "format.md").read_text(encoding="utf-8")
    assert len(re.findall(SHOWN, page, re.DOTALL | re.MULTILINE)) == page.count("```yaml\n")
    assert page == with_passages(page)


def keys(value: object) -> set[str]:
    """Every key in a tree."""
    if isinstance(value, dict):
        return {key for key in value if isinstance(key, str)}.union(*(keys(v) for v in value.values()))
    return set().union(*(keys(v) for v in value)) if isinstance(value, list) else set()


def test_format_shows_every_key() -> None:
    """No key of the format is missing from the blocks of the page."""
    page = (PAGES / "format.md").read_text(encoding="utf-8")
    blocks = [m["body"] for m in re.finditer(SHOWN, page, re.DOTALL | re.MULTILINE)]
    shown = set[str]().union(*(keys(parse(body.encode(), "block").value) for body in blocks))
    names = "BriefingFile Topic Answer Apart Editor Sentence Source Speaker Claim Statement PassedOver Relation Reply"
    names += " Watched Parallel"
    written = [getattr(records, name) for name in (*names.split(), "Figure", "Event")]
    by_its_file = {"place", "topic"}
    assert {name for one in written for name in one.model_fields} - by_its_file <= shown


if __name__ == "__main__":
    target = PAGES / "format.md"
    target.write_text(with_passages(target.read_text(encoding="utf-8")), encoding="utf-8")
