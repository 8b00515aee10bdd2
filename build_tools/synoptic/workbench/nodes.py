"""Finds and changes the values of a YAML file by what was loaded from them. Pure."""

from collections.abc import Iterator
from typing import Any

from synoptic.authoring.edits import drop
from synoptic.authoring.yaml_nodes import Node, make_node, remove_values
from synoptic.base.problems import Place
from synoptic.model.records import Claim
from synoptic.workbench.fields import Declined


def find_node(root: Node, place: Place) -> Node:
    """The mapping that begins at a place of its file."""
    at = (place.line - 1, place.column - 1)
    found = next((node for node in (root, *_walk(root)) if node.at == at and isinstance(node.value, dict)), None)
    if found is None:
        raise Declined(409, f"{place.path}:{place.line}:{place.column} is not what it was; look at it again")
    return found


def _walk(node: Node) -> Iterator[Node]:
    for inner in node.inner():
        yield inner
        yield from _walk(inner)


def remove_node(root: Node, node: Node) -> None:
    """Remove a value with its key or hyphen; a list or mapping that becomes empty goes, too, and comments stay."""
    remove_values(root, {node.at})


def set_key(holder: Node, key: str, value: Any) -> None:
    """Set a key of a mapping; None removes it. Comments around the old value stay."""
    known = holder.value.get(key)
    if value is None:
        drop_key(holder, key)
    elif known is None:
        holder.value[key] = make_node(value)
    else:
        known.above += [note for inner in known.inner() for note in inner.comments()]
        known.value, known.flow = make_node(value).value, False


def drop_key(holder: Node, key: str) -> None:
    """Remove a key of a mapping, if it has it; its comments stay, above the next key or below the last."""
    drop(holder, holder.value.get(key))


def list_of(holder: Node, key: str) -> list[Node]:
    """The list under a key of a mapping, made if it is missing or empty, to be appended to."""
    node = holder.value.get(key)
    if node is None:
        node = holder.value[key] = Node([])
    if not isinstance(node.value, list):
        node.value, node.flow = [], False
    found: list[Node] = node.value
    return found


def mapping_of(holder: Node, key: str) -> Node:
    """The mapping under a key of a mapping, made if it is missing or empty."""
    node: Node | None = holder.value.get(key)
    if node is None:
        node = holder.value[key] = Node({})
    if not isinstance(node.value, dict):
        node.value, node.flow = {}, False
    return node


def groups_statements(root: Node) -> bool:
    """Whether the statements of a file's claims stand below their sources; so does the first statement of a file."""
    held = [claim.value.get("statements") for claim in root.inner() if isinstance(claim.value, dict)]
    lists = [node for node in held if node is not None and isinstance(node.value, list) and node.value]
    return not lists


def claim_node(root: Node, claim: Claim) -> Node:
    """The mapping of a claim in its file."""
    return find_node(root, claim.place)
