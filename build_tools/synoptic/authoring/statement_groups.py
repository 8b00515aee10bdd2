"""The short form of a claims file: each statement below the id of its source, and no usual stance. Pure."""

from itertools import groupby
from typing import Any

from synoptic.authoring.yaml_nodes import Node
from synoptic.model.records import Statement

_STANCE: str = Statement.model_fields["stance"].default


class Groups(Statement):
    """Statements below the ids of their sources, as the layout knows them: its keys are ids."""


def group_statements(root: Node) -> None:
    """Bring all claims of a file into the short form if one of them is in it.

    A claim whose statements change from a source to another and back stays a list, so that they keep their order.
    """
    claims = root.value if isinstance(root.value, list) else []
    held = [c.value["statements"] for c in claims if isinstance(c.value, dict) and "statements" in c.value]
    if not any(isinstance(node.value, dict) and node.value for node in held):
        return
    for node in held:
        if isinstance(node.value, list):
            _group(node)
        for below in node.value.values() if isinstance(node.value, dict) else ():
            _shorten(below)


def _group(node: Node) -> None:
    """Make groups of a list of statements, if each names a source and no source comes back after another."""
    items: list[Node] = node.value
    sources = [item.value.get("source") if isinstance(item.value, dict) else None for item in items]
    names = [source.value if source and isinstance(source.value, str) else "" for source in sources]
    if not items or "" in names or len([name for name, _ in groupby(names)]) != len(set(names)):
        return
    groups: dict[str, Node] = {}
    for name, item in zip(names, items, strict=True):
        group = groups.setdefault(name, Node([], item.at, item.start, item.end))
        source = item.value.pop("source")
        if not group.value:
            group.above, item.above = item.above, []
        group.above += [*source.above, *source.below]
        group.beside += source.beside
        group.value.append(item)
    node.value, node.flow = groups, False


def _shorten(below: Node) -> None:
    """Write what stands below a source without the hyphen of a single statement, and without the usual stance."""
    for item in below.value if isinstance(below.value, list) else [below]:
        stance = item.value.get("stance") if isinstance(item.value, dict) else None
        if stance and stance.value == _STANCE and not stance.comments():
            del item.value["stance"]
    if isinstance(below.value, list) and len(below.value) == 1 and isinstance(below.value[0].value, dict):
        (item,) = below.value
        below.value, below.flow, below.below = item.value, False, [*item.below, *below.below]
        below.above, below.beside = [*below.above, *item.above], [*below.beside, *item.beside]


def list_statements(claim: Any) -> Any:
    """A claim as both forms mean it, right or wrong: with one list of statements, the usual stance left out."""
    statements = claim.get("statements") if isinstance(claim, dict) else None
    if isinstance(statements, dict):
        found: list[Any] = []
        for source, below in statements.items():
            for item in below or [[]] if isinstance(below, list) else [below]:
                whole = isinstance(item, dict) and "source" not in item
                found.append({**item, "source": source} if whole else [source, item])
        statements = found
    if not isinstance(statements, list):
        return claim
    return {**claim, "statements": [_without_stance(item) for item in statements]}


def _without_stance(statement: Any) -> Any:
    """A statement without the usual stance."""
    if isinstance(statement, dict) and statement.get("stance") == _STANCE:
        return {key: value for key, value in statement.items() if key != "stance"}
    return statement
