"""The forms of the page, described by the models of the YAML files: a field for each key. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from synoptic.authoring.schema import describe_fields, nested_models, ordered_keys
from synoptic.base.problems import PLACE
from synoptic.check.registry import EXCEPTIONS
from synoptic.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from synoptic.model.values import DAY, DAY_PATTERN, Placed
from synoptic.model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Form:
    """A form for records of one model. ``hidden`` are the keys that the page changes elsewhere; ``file`` is where a new
    record goes, from the briefing's folder, and "" if the form makes none."""

    model: type[Placed]
    what: str
    hidden: tuple[str, ...] = ()
    file: str = ""

    @property
    def keys(self) -> list[str]:
        """The keys that the form has a field for."""
        return [key for key in ordered_keys(self.model) if key not in self.hidden]


#: Every form by its name.
FORMS = {
    "briefing": Form(BriefingFile, "briefing"),
    "source": Form(Source, "article", ("id", "paragraphs", "outline")),
    "claim": Form(Claim, "claim", ("topic", "statements")),
    "statement": Form(Statement, "statement", ("source",)),
    "figure": Form(Figure, "figure", file="figures.yml"),
    "event": Form(Event, "event", file="events.yml"),
    "speaker": Form(Speaker, "speaker", file="../speakers.yml"),
}
#: What the ids in a field name. An id in any other field is made up there.
REFERENCES = {
    ("Answer", "support"): "claim", ("Apart", "answers"): "answer", ("Claim", "answer"): "answer",
    ("Event", "anchor"): "anchor", ("Event", "statements"): "statement", ("Figure", "statements"): "statement",
    ("Gone", "to"): "elsewhere", ("Parallel", "statements"): "statement", ("PassedOver", "source"): "source",
    ("PassedOver", "sources"): "source", ("Relation", "to"): "elsewhere", ("Sentence", "claims"): "claim",
    ("Source", "independent"): "source", ("Source", "voice"): "speaker", ("Statement", "headline_of"): "statement",
    ("Statement", "speaker"): "speaker", ("Version", "lock"): "source",
}  # fmt: skip
_LABELS = {
    "allow": "Exceptions (allow)", "anchor": "Counts from (anchor)", "apart": "Answers apart", "cut": "Our cut",
    "archive": "Saved copy (archive)", "archived": "Saved on (archived)", "same_as": "Same as, elsewhere",
    "gone": "Withdrawn (gone)", "lang": "Language", "lead": "Shows the answer best (lead)", "of": "About (of)",
    "real": "A real contradiction", "url": "Address", "via": "Passed on by (via)", "was": "Earlier ids (was)",
    "watch": "Watch list",
}  # fmt: skip
#: Optional keys that nearly every object has: no form folds them away.
_EARLY = {("Topic", "question")}
Spec = dict[str, Any]


def describe_forms(vocabulary: Vocabulary) -> Spec:
    """Each form with the name of its model, and each model with its fields."""
    models: dict[str, list[Spec]] = {}
    for form in FORMS.values():
        for model in _list_models(form.model):
            models.setdefault(model.__name__, list(_list_fields(model, vocabulary)))
    shown = {
        name: {"model": form.model.__name__, "what": form.what, "keys": form.keys, "makes": bool(form.file)}
        for name, form in FORMS.items()
    }
    return {"forms": shown, "models": models}


def _list_models(model: type[Placed]) -> Iterator[type[Placed]]:
    """A model, and those inside it."""
    yield model
    for field in model.model_fields.values():
        for inner in nested_models(field.annotation):
            yield from _list_models(inner)


def _list_fields(model: type[Placed], vocabulary: Vocabulary) -> Iterator[Spec]:
    """A model's fields in the order of its file."""
    schema, helps = model.model_json_schema(by_alias=True), describe_fields(model)
    for name in ordered_keys(model):
        node = schema["properties"][name]
        shape = _describe_shape(node, REFERENCES.get((model.__name__, name), ""), vocabulary)
        if name == "allow":
            fits = "statement" if model is Statement else "sentence of the bottom line"
            rules = [rule for rule, subject in EXCEPTIONS.items() if subject == fits]
            shape["key"] = {"shape": "words", "choices": [{"id": rule, "label": rule} for rule in rules]}
        yield {
            "name": name,
            "label": _LABELS.get(name, name.replace("_", " ").capitalize()),
            "help": re.sub("`(.*?)`", r"“\1”", helps.get(name, "")),
            "required": name in schema.get("required", ()),
            **shape,
            **({"early": True} if (model.__name__, name) in _EARLY else {}),
            **({"default": node["default"]} if node.get("default") not in (None, [], {}) else {}),
        }


def _describe_shape(node: Spec, refers: str, vocabulary: Vocabulary) -> Spec:
    """What a field holds, by its JSON Schema."""
    options = [one for one in node.get("anyOf", ()) if one != {"type": "null"}]
    if len(options) == 1:
        return _describe_shape({**node, **options[0], "anyOf": []}, refers, vocabulary)
    if options:  # a text, or an object that the text is one key of
        found = next(one for one in options if "$ref" in one)
        return {**_describe_shape(found, refers, vocabulary), "short": True}
    if "$ref" in node:
        return {"shape": "object", "model": node["$ref"].rpartition("/")[2]}
    if "vocabulary" in node:
        terms = vocabulary.terms(node["vocabulary"]).values()
        choices = [{"id": one.id, "label": one.label, "description": one.description} for one in terms]
        return {"shape": "words", "choices": choices}
    kind = node.get("type")
    if isinstance(kind, list):  # of which one is null: a key that may be left empty
        kind = next(one for one in kind if one != "null")
    if kind == "array":
        return {"shape": "list", "item": _describe_shape(node["items"], refers, vocabulary)}
    if kind == "object":
        key = {"shape": "refer", "to": refers} if refers else {"shape": "text"}
        return {"shape": "map", "key": key, "item": {"shape": "text"}}
    if refers:
        return {"shape": "refer", "to": refers}
    if node.get("pattern") in (DAY, DAY_PATTERN):
        return {"shape": "day"}
    return {"shape": {"boolean": "truth", "integer": "number"}.get(kind or "", "text")}


def model_of(model: type[Placed], key: str) -> type[Placed] | None:
    """The model of the objects under a key; None if it holds none."""
    field = model.model_fields.get(key)
    return next(iter(nested_models(field.annotation)), None) if field and key != PLACE else None
