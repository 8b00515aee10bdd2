"""Published ids that a change takes away, with the reason for readers. Pure."""

from collections.abc import Iterable, Sequence

from synoptic.authoring.yaml_nodes import Node, make_node
from synoptic.model.site import Briefing
from synoptic.workbench.changes import Desk
from synoptic.workbench.nodes import list_of


def list_published(briefing: Briefing, names: Iterable[str]) -> list[str]:
    """The ids among ``names`` that the register has."""
    register = briefing.register
    known = {*register.claims, *register.statements} if register else set()
    return [name for name in names if name in known]


def write_gone(desk: Desk, names: Sequence[str], reason: str) -> None:
    """Add an entry under ``gone:`` of the briefing."""

    def edit(root: Node) -> None:
        list_of(root, "gone").append(make_node({"ids": list(names), "why": reason}))

    desk.edit(f"{desk.folder}/briefing.yml", edit)
