"""The picture and the table of the rooms in docs/architecture.md, made from the packages' docstrings and imports.

``python -m tests.rooms`` writes both; a test fails if either is out of date.
"""

import importlib
import inspect
import re
import textwrap
import tomllib
from functools import partial
from html import escape
from pathlib import Path

import grimp
from jinja2 import Environment

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs/assets/rooms.svg"
PAGE = ROOT / "docs/architecture.md"
MARKS = "<!-- rooms: written by python -m tests.rooms -->\n", "<!-- end of rooms -->\n"
WIDTH, GAP, LINE, PAD = 960, 12, 17, 12  # pixels


def layers() -> list[list[str]]:
    """The rooms, highest layer first, as pyproject.toml declares them to import-linter."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    declared = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip().removeprefix("build_tools.") for name in re.split("[|:]", layer)] for layer in declared]


def imports() -> dict[str, set[str]]:
    """Each room and the rooms that its files import."""
    graph = grimp.build_graph("build_tools")
    rooms: dict[str, set[str]] = {room: set() for layer in layers() for room in layer}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            room, other = module.split(".")[1:2], imported.split(".")[1:2]
            if room and other and room != other and room[0] in rooms:
                rooms[room[0]].add(other[0])
    return rooms


def sentences(room: str) -> list[str]:
    """The sentences of a room's docstring: usually what comes in, what goes out, what it may import."""
    text = " ".join((inspect.getdoc(importlib.import_module(f"build_tools.{room}")) or "").split())
    return re.split(r"(?<=\.) ", text.replace("``", "`"))


def files(room: str) -> list[str]:
    """The names of a room's files and subpackages."""
    folder = ROOT / "build_tools" / room
    modules = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    return sorted(modules - {"__init__"})


def picture() -> str:
    """The rooms as SVG: a row for each layer; a room may import only from the rows below its own."""
    rows, y, imported = [], PAD, imports()
    for layer in layers():
        width = (WIDTH - 2 * PAD - GAP * (len(layer) - 1)) // len(layer)
        wrap = partial(textwrap.wrap, width=max(20, width // 7))
        boxes = [
            (
                room,
                wrap(sentences(room)[0].replace("`", "")),
                wrap(f"imports {', '.join(sorted(names)) or 'nothing of ours'}"),
            )
            for room, names in ((room, imported[room]) for room in layer)
        ]
        height = PAD * 2 + LINE * (1 + max(len(says) + len(needs) for _, says, needs in boxes))
        rows.append((y, width, height, boxes))
        y += height + GAP
    template = Environment(trim_blocks=True).from_string((ROOT / "tests/rooms.svg.j2").read_text(encoding="utf-8"))
    return template.render(rows=rows, escape=escape, width=WIDTH, height=y, gap=GAP, line=LINE, pad=PAD) + "\n"


def table() -> str:
    """The rooms as a Markdown table, lowest layer first."""
    rows = ["| room | files | contents |", "|---|---|---|"]
    for room in (room for layer in reversed(layers()) for room in layer):
        names = ", ".join(f"`{name}`" for name in files(room)) or f"`{room}.py`"
        rows.append(f"| `{room}` | {names} | {' '.join(sentences(room))} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """docs/architecture.md with the current table."""
    before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
    return f"{before}{MARKS[0]}\n{table()}\n{MARKS[1]}{rest.split(MARKS[1])[1]}"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
