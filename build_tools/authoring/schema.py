"""What each YAML file holds, and the same as JSON Schema, so that editors complete and underline. Pure."""

from __future__ import annotations

import ast
import inspect
import json
import posixpath
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter

from build_tools.base.problems import PLACE
from build_tools.data import documents, shapes
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker
from build_tools.model.values import Placed
from build_tools.model.vocabulary import Vocabulary

#: Committed under docs/, so that one copy serves an editor in a fresh clone and a reader of the published site.
FOLDER = "docs/schema/v1"
#: The schemas of the published data; the number is that of docs/data.md.
DATA = "docs/schema/data/v1"
MARK = "# yaml-language-server: $schema="


@dataclass(frozen=True)
class Kind:
    """A kind of file: the model of its one object or of its entries, and what the file's own name says."""

    name: str
    model: type[Placed]
    many: bool = False
    given: str = ""


KINDS = (
    Kind("briefing", BriefingFile),
    Kind("source", Source, given="id"),
    Kind("claims", Claim, many=True, given="topic"),
    Kind("figures", Figure, many=True),
    Kind("events", Event, many=True),
    Kind("speakers", Speaker, many=True),
    Kind("vocabulary", Vocabulary),
)
_PLACES = {
    "briefing": r"briefings/[^/]+/briefing\.yml",
    "source": r"briefings/[^/]+/sources/[^/]+\.yml",
    "claims": r"briefings/[^/]+/claims/[^/]+\.yml",
    "figures": r"briefings/[^/]+/figures\.yml",
    "events": r"briefings/[^/]+/events\.yml",
    "speakers": r"briefings/speakers\.yml",
    "vocabulary": r"briefings/vocabulary\.yml",
}


def kind_of(path: str) -> Kind | None:
    """The kind of the file at ``path``, from the project's folder and with slashes; None where it is no such file."""
    return next((kind for kind in KINDS if re.fullmatch(_PLACES[kind.name], path)), None)


def line(path: str) -> str:
    """The comment by which the file at ``path`` names its schema to editors: a relative path, so that it holds in
    every clone and fork, without a network."""
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"no kind of file: {path!r}")
    return MARK + posixpath.relpath(f"{FOLDER}/{kind.name}.json", posixpath.dirname(path))


def keys(model: type[Placed]) -> list[str]:
    """A model's keys in the order in which they are written: its id, its own fields, those it shares with others."""
    named = [name for name in model.model_fields if name != "place"]
    own = set(model.__annotations__)
    return sorted(named, key=lambda name: (name != "id", name not in own))


def files(vocabulary: Vocabulary) -> dict[str, str]:
    """Every schema as text, by the name of its file."""
    return {f"{kind.name}.json": json.dumps(schema(kind, vocabulary), indent=2) + "\n" for kind in KINDS}


def data_files(vocabulary: Vocabulary) -> dict[str, str]:
    """The schema of every document of the data as text, by the name of its file."""
    return {
        f"{name}.json": json.dumps(data_schema(name, shape, vocabulary), indent=2) + "\n"
        for name, shape in documents.DOCUMENTS.items()
    }


def data_schema(name: str, shape: type, vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one document of the data. Keys that it does not name are allowed: a later
    minor version may have more."""
    made = TypeAdapter(shape).json_schema()
    parts = {part: _plain(node, vocabulary, typed=True) for part, node in made.pop("$defs", {}).items()}
    found: dict[str, Any] = _plain(made, vocabulary, typed=True)
    for part, node in {**parts, shape.__name__: found}.items():
        told = _fields_told(getattr(documents, part, None) or getattr(shapes, part))
        node["properties"] = {key: _describe(value, told[key]) for key, value in node["properties"].items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Synoptic data: {name}"}
    return head | found | ({"$defs": parts} if parts else {})


def schema(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. It has no ``$id``: a fork publishes it at its own address.

    It says what a single value may be; what only the whole briefing shows is left to ``check``.
    """
    made = kind.model.model_json_schema()
    parts: dict[str, Any] = {
        name: _plain(part, vocabulary) for name, part in made.pop("$defs", {}).items() if name != "Place"
    }
    found: dict[str, Any] = _plain(made, vocabulary)
    for name, model in _models(kind.model).items():
        owner = found if name == kind.model.__name__ else parts[name]
        told = _told(model)
        owner["properties"] = {key: _describe(owner["properties"][key], told.get(key, "")) for key in keys(model)}
    if kind.given:
        del found["properties"][kind.given]
        found["required"].remove(kind.given)
    if kind.many:
        found = {"description": found["description"], "type": "array", "items": found}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Synoptic: {kind.name}"}
    return head | found | ({"$defs": parts} if parts else {})


def _told(model: type[Placed]) -> dict[str, str]:
    """What the texts below a model's fields say of them. (Pydantic can read these, too, but at each start.)"""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, Placed) and part is not Placed:
            found |= _fields_told(part)
    return found


def _fields_told(part: type) -> dict[str, str]:
    """What the texts below the fields of one class say of them."""
    body = ast.parse(inspect.cleandoc("\n" + inspect.getsource(part))).body[0]
    return {
        one.target.id: str(ast.literal_eval(after.value)).replace("``", "`")
        for one, after in pairwise(body.body if isinstance(body, ast.ClassDef) else ())
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(after, ast.Expr)
    }


def _describe(node: dict[str, Any], told: str) -> dict[str, Any]:
    described = "\n\n".join(filter(None, [told, node.get("description", "")]))
    return ({"description": described} if described else {}) | {k: v for k, v in node.items() if k != "description"}


def _models(model: type[Placed]) -> dict[str, type[Placed]]:
    """A model and all models in it, by name."""
    found = {model.__name__: model}
    for field in model.model_fields.values():
        for inner in part_models(field.annotation):
            found |= _models(inner)
    return found


def part_models(annotation: Any) -> list[type[Placed]]:
    """The models that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, Placed):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in part_models(inner)]


def _plain(node: Any, vocabulary: Vocabulary, *, typed: bool = False) -> Any:
    """Pydantic's schema as an editor needs it: words listed, places left out, one type list instead of ``anyOf``.
    With ``typed``, a text is text; else it may be written as a number, too."""
    if isinstance(node, list):
        return [_plain(item, vocabulary, typed=typed) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("anyOf"), list) and {"type": "null"} in node["anyOf"]:
        rest = [one for one in node["anyOf"] if one != {"type": "null"}]
        node = {k: v for k, v in node.items() if k != "anyOf"} | rest[0]
        node["type"] = [node["type"], "null"]
    node = {
        k: _plain(v, vocabulary, typed=typed)
        for k, v in node.items()
        if k != "default" and (k != "title" or isinstance(v, dict))
    }
    if isinstance(node.get("properties"), dict):
        node["properties"] = {k: v for k, v in node["properties"].items() if k != PLACE}
    if words := node.pop("vocabulary", ""):
        terms = vocabulary.terms(words).values()
        node["enum"] = [term.id for term in terms] + ([None] if "null" in node["type"] else [])
        told = "\n".join(f"- `{t.id}`: {t.description or t.label}" for t in terms)
        node["description"] = told
    elif not typed and "string" in (types := node.get("type", ())):
        # an unquoted 1.10 is text to Synoptic and a number to an editor; both may be written
        node["type"] = ["string", "number", *(t for t in types if t == "null")]
        if node.get("minLength") == 1:
            node.setdefault("pattern", r"\S")
    if isinstance(node.get("description"), str):
        node["description"] = node["description"].replace("``", "`")
    return node
