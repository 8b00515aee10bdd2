"""The kinds of YAML files, and their JSON Schemas, by which editors complete and underline. Pure."""

import ast
import inspect
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from synoptic.base.problems import PLACE
from synoptic.data.documents import Shape, read_format
from synoptic.model.reading import Reading
from synoptic.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker
from synoptic.model.values import Placed, word
from synoptic.model.vocabulary import Additions, Vocabulary
from synoptic.model.watch import Watch

#: Committed under docs/, so one copy serves editors in a fresh clone and readers of the published site.
FOLDER = "docs/schema/v1"
#: The schemas of the published data, in a folder for each version of docs/data.md.
DATA = "docs/schema/data"
MARK = "# yaml-language-server: $schema="


@dataclass(frozen=True)
class Kind:
    """A kind of file: a pattern of its path, and the model of its object, or of its entries if it has ``many``.
    ``given`` is the key that the file's name replaces."""

    name: str
    path: str
    model: type[Placed]
    many: bool = False
    given: str = ""


KINDS = (
    Kind("briefing", r"briefings/[^/]+/briefing\.yml", BriefingFile),
    Kind("source", r"briefings/[^/]+/sources/[^/.]+\.yml", Source, given="id"),
    Kind("watch", r"briefings/[^/]+/sources/[^/.]+\.watch\.yml", Watch),
    Kind("reading", r"briefings/[^/]+/readings/[^/.]+\.yml", Reading),
    Kind("claims", r"briefings/[^/]+/claims/[^/]+\.yml", Claim, many=True, given="topic"),
    Kind("figures", r"briefings/[^/]+/figures\.yml", Figure, many=True),
    Kind("events", r"briefings/[^/]+/events\.yml", Event, many=True),
    Kind("speakers", r"briefings/speakers\.yml", Speaker, many=True),
    Kind("vocabulary", r"briefings/vocabulary\.yml", Additions),
)


def kind_of(path: str) -> Kind | None:
    """The kind of the file at ``path`` (from the project's folder, with slashes), or None."""
    return next((kind for kind in KINDS if re.fullmatch(kind.path, path)), None)


def schema_comment(path: str) -> str:
    """The comment that names the schema of the file at ``path`` to editors; its relative path fits every clone."""
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"unknown kind of file: {path!r}")
    return MARK + posixpath.relpath(f"{FOLDER}/{kind.name}.json", posixpath.dirname(path))


def ordered_keys(model: type[Placed]) -> list[str]:
    """A model's keys in the order of the canonical form: its id, its own fields, then the inherited ones."""
    named = [name for name in model.model_fields if name != "place"]
    own = set(model.__annotations__)
    return sorted(named, key=lambda name: (name != "id", name not in own))


def render_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """The schema of each kind of YAML file, by file name."""
    return {f"{kind.name}.json": json.dumps(build_schema(kind, vocabulary), indent=2) + "\n" for kind in KINDS}


def render_data_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """The schema of each document of the published data, by path, as ``v1/claims.json``."""
    documents, objects, _ = read_format()
    types: dict[str, Any] = {"text": str, "number": int, "number with decimals": float, "yes or no": bool}
    types |= {"texts by name": dict[str, str], "numbers by name": dict[str, int]}
    for name, shape in objects.items():
        types[name] = _make_model(name, shape, types)
    return {
        f"v{shape.version}/{name}.json": json.dumps(
            _build_data_schema(name, _make_model(name, shape, types), vocabulary), indent=2
        )
        + "\n"
        for name, shape in documents.items()
    }


def _make_model(name: str, shape: Shape, types: Mapping[str, Any]) -> type[BaseModel]:
    """A document or object of the published data as a model; ``types`` are the types that its keys may name."""

    def find_type(kind: str) -> Any:
        if kind.endswith(" or null"):
            return find_type(kind.removesuffix(" or null")) | None
        if kind.startswith("list of "):
            return list[find_type(kind.removeprefix("list of "))]  # type: ignore[misc]
        if kind.startswith("word of "):
            return Annotated[str, word(kind.removeprefix("word of "))]  # of the vocabulary, or of the format
        return types[kind]

    fields: dict[str, Any] = {
        key: (find_type(kind), Field(description=text)) for key, (kind, text) in shape.keys.items()
    }
    return create_model(name, __doc__=shape.means, **fields)


def _build_data_schema(name: str, model: type[BaseModel], vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document of the data. Unknown keys are allowed for later versions."""
    found: dict[str, Any] = _simplify(model.model_json_schema(), vocabulary, typed=True)
    parts = found.pop("$defs")
    for node in (found, *parts.values()):
        node["properties"] = {key: _describe(value, "") for key, value in node["properties"].items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Synoptic data: {name}"}
    return head | found | {"$defs": parts}


def build_schema(kind: Kind, vocabulary: Vocabulary, *, typed: bool = False) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. It has no ``$id``: a fork publishes it at its own address.
    It covers single values; ``check`` covers what depends on the whole briefing. Unless ``typed``, a text may also be
    written as a number."""
    made = kind.model.model_json_schema()
    parts: dict[str, Any] = {
        name: _simplify(part, vocabulary, typed=typed)
        for name, part in made.pop("$defs", {}).items()
        if name != "Place"
    }
    found: dict[str, Any] = _simplify(made, vocabulary, typed=typed)
    for name, model in _models(kind.model).items():
        owner = found if name == kind.model.__name__ else parts[name]
        descriptions = describe_fields(model)
        owner["properties"] = {
            key: _describe(owner["properties"][key], descriptions.get(key, "")) for key in ordered_keys(model)
        }
    if kind.model is Claim:
        _accept_groups(found["properties"], parts["Statement"])
    if kind.given:
        del found["properties"][kind.given]
        found["required"].remove(kind.given)
    if kind.many:
        found = {"description": found["description"], "type": "array", "items": found}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Synoptic: {kind.name}"}
    return head | found | ({"$defs": parts} if parts else {})


def _accept_groups(claim: dict[str, Any], statement: dict[str, Any]) -> None:
    """Let the ``statements`` of a claim also stand below the ids of their sources: one there, or a list."""
    statement["required"].remove("source")
    below = {"$ref": "#/$defs/Statement", "not": {"required": ["source"]}}
    claim["statements"] |= {
        "type": ["array", "object"],
        "items": {"$ref": "#/$defs/Statement", "required": ["source"]},
        "propertyNames": {key: statement["properties"]["source"][key] for key in ("pattern", "maxLength")},
        "additionalProperties": {"anyOf": [below, {"type": "array", "items": below}]},
    }


def describe_fields(model: type[Placed]) -> dict[str, str]:
    """The docstrings of a model's fields. (Pydantic can read them too, but would at each start.)"""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, Placed) and part is not Placed:
            found |= _field_docstrings(part)
    return found


def _field_docstrings(part: type) -> dict[str, str]:
    """The docstrings below the fields of one class."""
    body = ast.parse(inspect.cleandoc("\n" + inspect.getsource(part))).body[0]
    return {
        field.target.id: str(ast.literal_eval(after.value)).replace("``", "`")
        for field, after in pairwise(body.body if isinstance(body, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr)
    }


def _describe(node: dict[str, Any], text: str) -> dict[str, Any]:
    described = "\n\n".join(filter(None, [text, node.get("description", "")]))
    return ({"description": described} if described else {}) | {k: v for k, v in node.items() if k != "description"}


def _models(model: type[Placed]) -> dict[str, type[Placed]]:
    """A model and the models inside it, by name."""
    found = {model.__name__: model}
    for field in model.model_fields.values():
        for inner in nested_models(field.annotation):
            found |= _models(inner)
    return found


def nested_models(annotation: Any) -> list[type[Placed]]:
    """The models in an annotation, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, Placed):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in nested_models(inner)]


def _simplify(node: Any, vocabulary: Vocabulary, *, typed: bool = False) -> Any:
    """Adapt pydantic's schema to editors: list the vocabulary's words, omit places, replace ``anyOf`` by types. Unless
    ``typed``, a text may also be written as a number."""
    if isinstance(node, list):
        return [_simplify(item, vocabulary, typed=typed) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("anyOf"), list) and {"type": "null"} in node["anyOf"]:
        rest = [option for option in node["anyOf"] if option != {"type": "null"}]
        node = {k: v for k, v in node.items() if k != "anyOf"} | rest[0]
        node["type"] = [node["type"], "null"]
    node = {
        k: _simplify(v, vocabulary, typed=typed)
        for k, v in node.items()
        if k != "default" and (k != "title" or isinstance(v, dict))
    }
    if isinstance(node.get("properties"), dict):
        node["properties"] = {k: v for k, v in node["properties"].items() if k != PLACE}
    if words := node.pop("vocabulary", ""):
        terms = read_format().words.get(words) or {
            term.id: term.description or term.label for term in vocabulary.terms(words).values()
        }
        node["enum"] = [*terms] + ([None] if "null" in node["type"] else [])
        described = "\n".join(f"- `{name}`: {meaning}" for name, meaning in terms.items())
        node["description"] = "\n\n".join(filter(None, [node.get("description"), described]))
    elif not typed and "string" in (types := node.get("type", ())):
        # an unquoted 1.10 is text to Synoptic and a number to an editor; both may be written
        node["type"] = ["string", "number", *(t for t in types if t == "null")]
        if node.get("minLength") == 1:
            node.setdefault("pattern", r"\S")
    if isinstance(node.get("description"), str):
        node["description"] = node["description"].replace("``", "`")
    return node
