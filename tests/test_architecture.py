"""The structure that docs/architecture.md promises."""

import ast
import re
from pathlib import Path

import jinja2.nodes as n
import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[1]
TABLE = re.findall(
    r"^\| `(\w+)\.py` \| (.+) \|$", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE
)
FILES = [name for name, _ in TABLE]
TEMPLATES = sorted((ROOT / "build_tools/pages/templates").glob("*.j2"))


def imported(name: str) -> set[str]:
    """The modules of build_tools that a module imports."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / f"build_tools/{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "build_tools":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("build_tools."):
            found.add((node.module or "").split(".")[1])
    return found


def test_every_file_has_its_sentence() -> None:
    """The table names every file of the program, once."""
    assert sorted(FILES) == sorted(p.stem for p in (ROOT / "build_tools").glob("*.py"))


@pytest.mark.parametrize("name", FILES)
def test_imports_go_up_the_table(name: str) -> None:
    """A file imports only from files above it."""
    assert imported(name) <= set(FILES[: FILES.index(name)])


@pytest.mark.parametrize(
    "name",
    [
        "match",
        "model",
        "lock",
        "compare",
        "change",
        "diff",
        "report",
        "check",
        "cite",
        "export",
        "linked",
        "pack",
        "redirect",
        "views",
        "encode",
        "article",
        "document",
        "speech",
        "measures",
        "suggest",
        "search",
    ],
)
def test_the_middle_is_pure(name: str) -> None:
    """The middle opens no file, runs nothing and asks no clock."""
    tree = ast.parse((ROOT / f"build_tools/{name}.py").read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    assert not names & {"os", "pathlib", "subprocess", "socket", "time", "urllib", "shutil", "tempfile"}
    calls = {c.func.id for c in ast.walk(tree) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)}
    assert not calls & {"open", "exec", "eval", "print", "input"}


def test_only_the_hook_knows_mkdocs() -> None:
    """No MkDocs type goes further in than the hook."""
    users = [
        p.name
        for p in (ROOT / "build_tools").glob("*.py")
        if re.search(r"^(?:from|import) mkdocs", p.read_text(), re.MULTILINE)
    ]
    assert users == ["hook.py"]


def test_markup_is_made_in_the_encoder_only() -> None:
    """Nothing but the encoder may call a string markup."""
    users = [p.name for p in (ROOT / "build_tools").glob("*.py") if "Markup(" in p.read_text(encoding="utf-8")]
    assert users == ["encode.py"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_only_loop(path: Path) -> None:
    """A template uses nothing that gets around the encoder: no safe, no joining of strings, no raw blocks."""
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    assert not list(
        tree.find_all((n.Concat, n.Add, n.Mod, n.MarkSafe, n.MarkSafeIfAutoescape, n.ScopedEvalContextModifier))
    )
    filters = {f.name for f in tree.find_all(n.Filter)}
    assert filters <= {"name", "slug", "url", "length", "capitalize", "json_ld"}
