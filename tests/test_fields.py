"""A new field of the format is published and shown, or excused here; tests/history/test_diff.py covers the diff."""

import ast
import re

import pytest

from build_tools.model import records
from build_tools.model.values import Placed
from tests.projects import CHECKOUT

PROGRAM = CHECKOUT / "build_tools"
MODELS = [
    model for model in Placed.__subclasses__() + records.Bound.__subclasses__() if model.__module__ == records.__name__
]
#: Fields that a room leaves out, each with the reason.
EXCUSED = {
    "data": {
        "Source.label": "the head of a column; the data names title and outlet",
        "Source.independent": "answers the checker; the data says which sources share an origin",
        "Source.about": "a note for readers of the page",
        "Statement.allow": "answers the checker",
    },
    "pages": {
        "BriefingFile.status": "the model decides by it what is listed",
    },
}


def names_used(*rooms: str) -> set[str]:
    """Every attribute that the code and the templates of some rooms read."""
    names = set()
    for room in rooms:
        for path in (PROGRAM / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for path in (PROGRAM / room).rglob("*.j2"):
            names |= set(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")))
    return names


@pytest.mark.parametrize("room", EXCUSED)
def test_every_field_of_the_format_is_used(room: str) -> None:
    """Each field of the contributors' files is read in the room, or in compare, on which it builds."""
    used = names_used(room, "compare")
    unused = {f"{m.__name__}.{name}" for m in MODELS for name in m.model_fields if name not in used and name != "place"}
    assert unused == set(EXCUSED[room])
