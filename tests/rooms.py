"""The drawing and the table of the rooms in docs/architecture.md, made from pyproject.toml and docstrings.

``python -m tests.rooms`` writes both; a test fails if either is out of date.
"""

import importlib
import inspect
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/architecture.md"
MARKS = "<!-- rooms: written by python -m tests.rooms -->\n", "<!-- end of rooms -->\n"


def layers() -> list[list[str]]:
    """The rooms, highest layer first, as pyproject.toml declares them to import-linter."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    declared = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip().removeprefix("synoptic.") for name in re.split("[|:]", layer)] for layer in declared]


def sentences(room: str) -> list[str]:
    """The sentences of a room's docstring: usually what comes in, what goes out, what it may import."""
    text = " ".join((inspect.getdoc(importlib.import_module(f"synoptic.{room}")) or "").split())
    return re.split(r"(?<=\.) ", text.replace("``", "`"))


def files(room: str) -> list[str]:
    """The names of a room's files and subpackages."""
    folder = ROOT / "build_tools/synoptic" / room
    modules = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    return sorted(modules - {"__init__"})


def drawing() -> str:
    """The layers as lines of text, highest first, for a code block: it fits a phone and follows the page's colours."""
    return "\n".join("  ".join(room.ljust(10) for room in layer).rstrip() for layer in layers()) + "\n"


def table() -> str:
    """The rooms as a Markdown table, lowest layer first."""
    rows = ["| room | files | contents |", "|---|---|---|"]
    for room in (room for layer in reversed(layers()) for room in layer):
        names = ", ".join(f"`{name}`" for name in files(room)) or f"`{room}.py`"
        rows.append(f"| `{room}` | {names} | {' '.join(sentences(room))} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """docs/architecture.md with the current drawing and table."""
    before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
    return f"{before}{MARKS[0]}\n```text\n{drawing()}```\n\n{table()}\n{MARKS[1]}{rest.split(MARKS[1])[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
