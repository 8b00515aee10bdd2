"""What keeps the program working on Windows and macOS, tried without either."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CHECKOUT

#: Imports every module after everything has gone that only POSIX has.
IMPORTER = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "killpg", "getpgid", "setsid", "getuid", "geteuid", "chown", "O_NOFOLLOW", "O_DIRECTORY"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGKILL", "SIGHUP", "SIGQUIT", "SIGALRM"):
    if hasattr(signal, name):
        delattr(signal, name)
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1)
"""
MODULES = [
    ".".join(("build_tools", *path.relative_to(CHECKOUT / "build_tools").with_suffix("").parts))
    for path in sorted((CHECKOUT / "build_tools").rglob("*.py"))
    if path.name not in ("__init__.py", "__main__.py")
]


def test_every_module_can_be_imported_without_posix() -> None:
    """No module needs fcntl, resource, pwd and the like, or functions of os that only POSIX has, to be imported."""
    command = [sys.executable, "-c", IMPORTER, *MODULES]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) == len(MODULES) > 200


#: Functions that take an encoding, by the keyword or position that makes them read or write text.
TEXT = {"read_text", "write_text"}


@pytest.mark.parametrize("path", sorted((CHECKOUT / "build_tools").rglob("*.py")), ids=lambda path: path.stem)
def test_text_has_an_encoding(path: Path) -> None:
    """Whoever reads or writes text, or what a program prints, says in which encoding: that of Windows differs."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        keywords = {word.arg: word.value for word in node.keywords}
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        as_text = any(isinstance(keywords.get(name), ast.Constant) for name in ("text", "universal_newlines"))
        bare = called in TEXT and isinstance(node.func, ast.Attribute) and len(node.args) <= (called == "write_text")
        if "encoding" not in keywords and ((called in ("run", "Popen") and as_text) or bare):
            wrong.append(node.lineno)
    assert not wrong


def test_output_takes_letters_that_its_encoding_has_not() -> None:
    """A command whose output is in the encoding of Western Windows goes on at a letter of another script."""
    encoding = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    code = "from synoptic.cli.main import main; main(['--help']); print('다리')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=encoding, check=False)
    assert (done.returncode, done.stdout.split()[-1]) == (0, b"??")
