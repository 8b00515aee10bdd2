"""docs/architecture.md is current, and the program has the structure that it promises, as far as import-linter (in
pyproject.toml) cannot check it.
"""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jinja2.nodes as n
import pytest
from importlinter.cli import lint_imports
from jinja2 import Environment

from synoptic.pages.translate import Translation
from tests import rooms

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "build_tools/synoptic"
MODULES = [path.relative_to(PROGRAM).as_posix() for path in sorted(PROGRAM.rglob("*.py"))]
TEMPLATES = sorted(PROGRAM.glob("pages/templates/*.j2"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
MIDDLE = next(contract for contract in CONTRACTS if contract["name"].startswith("The middle"))
#: The pure rooms, and the pure files of a room that touches the world.
PURE = (
    *(f"{room.removeprefix('synoptic.')}/" for room in MIDDLE["source_modules"]),
    "site/audit.py", "site/csp.py", "site/permalinks.py", "site/search.py",
)  # fmt: skip
FORBIDDEN = {*MIDDLE["forbidden_modules"], "urllib", "io", "importlib", "ctypes"}
#: What works in memory alone, of modules that do more.
HARMLESS = ("urllib.parse", "io.StringIO", "io.BytesIO")
#: What a pure room may not call: by its own name, or as a method of any object.
CALLS = {"open", "exec", "eval", "compile", "input", "print", "__import__", "breakpoint"}
METHODS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "today", "utcnow"}
CLOCKS = {"datetime.now", "datetime.datetime.now"}
#: Files that may do what their room may not, each with the reason.
EXCEPTIONS = {
    "data/documents.py": "reads the format, which is data of the package",
    "history/log.py": "reads the commits of a repository that load.git opens",
    "history/revisions.py": "the same",
    "check/rules_page.py": "reads its own examples, which are data of the package",
    "pages/environment.py": "compiles the templates, once",
    "similar/meaning.py": "asks whether an optional library is installed, and names the folder of its cache",
    "suggest/word_lists.py": "reads its word lists, which are data of the package",
}
LONG = re.compile(r"# long: \S+ \S+")
MOST_LINES, MOST_IN_A_FUNCTION = 400, 60


def parsed(module: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse((PROGRAM / module).read_text(encoding="utf-8"))


def names_used(tree: ast.Module) -> Iterator[str]:
    """Every imported module, every name imported from one, and every dotted name, such as ``io.open``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name != "io" or alias.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def impurities(tree: ast.Module) -> set[str]:
    """The names by which a module would reach a file, another program, the network or a clock."""
    names = {name for name in names_used(tree) if name.split(".")[0] in FORBIDDEN or name in CLOCKS}
    names = {name for name in names if not f"{name}.".startswith(tuple(f"{harmless}." for harmless in HARMLESS))}
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names |= {call.id for call in calls if isinstance(call, ast.Name)} & CALLS
    return names | ({call.attr for call in calls if isinstance(call, ast.Attribute)} & METHODS)


def test_rooms_import_only_what_they_may(capfd: pytest.CaptureFixture[str]) -> None:
    """The contracts of pyproject.toml hold: the order of the rooms, and the purity of the middle."""
    failed = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not failed, capfd.readouterr().out


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith(PURE) and m not in EXCEPTIONS])
def test_the_middle_is_pure(module: str) -> None:
    """The middle opens no file, runs nothing and asks no clock."""
    assert impurities(parsed(module)) == set()


@pytest.mark.parametrize("line", (ROOT / "tests/ways_out.txt").read_text(encoding="utf-8").splitlines())
def test_an_impurity_is_seen(line: str) -> None:
    """Each way out of the middle is seen, wherever it stands."""
    assert impurities(ast.parse(line))


@pytest.mark.parametrize("module", MODULES)
def test_files_and_functions_are_short(module: str) -> None:
    """A file has at most 400 lines and a function 60; a comment ``# long: reason`` on its line excuses one."""
    lines = (PROGRAM / module).read_text(encoding="utf-8").splitlines()
    functions = [node for node in ast.walk(parsed(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    excused = {f for f in functions if LONG.search(lines[f.lineno - 1])}
    long = [f"{f.name}: {length}" for f, length in lengths.items() if length > MOST_IN_A_FUNCTION and f not in excused]
    assert long == []
    assert len(lines) <= MOST_LINES or any(LONG.match(line) for line in lines[:3])


def test_files_of_tests_are_short() -> None:
    """A file of tests has at most 400 lines, too; a comment ``# long: reason`` at its beginning excuses it."""
    lines = {path.name: path.read_text(encoding="utf-8").splitlines() for path in Path(__file__).parent.rglob("*.py")}
    assert [name for name, some in lines.items() if len(some) > MOST_LINES and not any(map(LONG.match, some[:3]))] == []


def test_markup_is_made_in_the_encoder_only() -> None:
    """Nothing but the encoder may call a string markup."""
    users = [module for module in MODULES if "Markup(" in (PROGRAM / module).read_text(encoding="utf-8")]
    assert users == ["text/encode.py"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_only_loop(path: Path) -> None:
    """A template uses nothing that gets around the encoder: no safe, no joining of strings, no raw blocks."""
    syntax = Environment(autoescape=True, extensions=[Translation])
    tree = syntax.parse(path.read_text(encoding="utf-8"))
    assert not list(
        tree.find_all((n.Concat, n.Add, n.Mod, n.MarkSafe, n.MarkSafeIfAutoescape, n.ScopedEvalContextModifier))
    )
    filters = {f.name for f in tree.find_all(n.Filter)}
    assert filters <= {
        "name",
        "slug",
        "url",
        "date",
        "length",
        "capitalize",
        "comma",
        "json_data",
        "json_ld",
        "part",
        "sign",
    }


# -- the page ------------------------------------------------------------------------------------------------------

PAGE = rooms.PAGE.read_text(encoding="utf-8")
NAMED = sorted(
    set(re.findall(r"`((?:\w+\.){2,}\w+)`", PAGE.split("## The way of one quotation")[1].split("## Ten")[0]))
)


def test_the_table_is_current() -> None:
    """`python -m tests.rooms` would write the same drawing and table, and every room says what it is for."""
    assert rooms.page() == PAGE
    assert all(len(rooms.sentences(room)) >= 3 for layer in rooms.layers() for room in layer if room != "plugin")


@pytest.mark.parametrize("name", NAMED)
def test_a_named_function_exists(name: str) -> None:
    """Each function on the way of a quotation can be imported."""
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(f"synoptic.{module}"), function))


def test_functions_are_named() -> None:
    """The page names a function in nearly every room."""
    assert len({name.split(".")[0] for name in NAMED}) >= 11
