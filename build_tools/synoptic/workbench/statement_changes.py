"""Changes of statements: added, edited, moved to another claim, removed. Pure."""

from typing import Any

from synoptic.authoring.edits import add_statement
from synoptic.authoring.yaml_nodes import Node, make_node
from synoptic.compare.lock import find_quotation
from synoptic.compare.quotations import find_mode
from synoptic.model.records import Claim, Source, Statement
from synoptic.suggest.statements import list_ids
from synoptic.workbench.changes import Desk, shorten_label
from synoptic.workbench.fields import Declined, Fields, read_reasons, refuse_change
from synoptic.workbench.gone import list_published, write_gone
from synoptic.workbench.nodes import claim_node, find_node, groups_statements, remove_node, set_key

#: The fields of a statement that are texts, by the names that the page uses: the key in the file.
_TEXTS = {
    "holder": "speaker", "mode": "mode", "stance": "stance", "of": "of", "quote": "quote", "note": "note", "via": "via",
    "translation": "translation", "utterance": "utterance", "headline_of": "headline_of",
}  # fmt: skip
_FIELDS = ("do", "claim", *_TEXTS, "paragraph", "cut", "lead", "allow")


def add(desk: Desk, fields: Fields) -> str:
    """A new statement of a claim."""
    fields.only("source", *_FIELDS)
    claim, source = desk.claim(fields.text("claim", required=True)), desk.source(fields.text("source", required=True))
    fields.text("quote", required=True)
    values = {name: value for name, value in _read_values(desk, fields, source).items() if value not in (None, False)}
    name = desk.new_id(f"{source.id}-{claim.id}"[:64].rstrip("-"), _taken(desk), source.id)
    values = _leave_out_usual(desk, source, claim, {"id": name, **values})

    node = make_node({"source": source.id, **values})
    desk.edit(
        claim.place.path, lambda root: add_statement(claim_node(root, claim), node, below=groups_statements(root))
    )
    desk.made = name
    return f"Add a statement of {source.name} to “{shorten_label(claim.claim)}”"


def edit(desk: Desk, fields: Fields) -> str:
    """Other values of a statement; null removes one. Another claim takes the statement over."""
    fields.only("statement", *_FIELDS)
    claim, statement = desk.statement(fields.text("statement", required=True))
    source = desk.source(statement.source)
    values = _read_values(desk, fields, source)
    if "quote" in values:
        if not values["quote"]:
            raise Declined(422, '"quote" is empty')
        values = _leave_out_paragraph(desk, source, values, values.get("cut", statement.cut) is True)
    home = desk.claim(fields.text("claim")) if fields.text("claim") else claim

    kept: dict[str, Any] = {"id": statement.id, "source": source.id}
    path, elsewhere = claim.place.path, home.place.path

    def put(root: Node) -> None:
        add_statement(claim_node(root, home), make_node(kept), below=groups_statements(root))

    def take(root: Node) -> None:
        node = find_node(root, statement.place)
        for key, value in values.items():
            set_key(node, key, None if value is False else value)
        if home is not claim:
            kept.update(node.plain())
            remove_node(root, node)
            if path == elsewhere:  # both places are of the same text
                put(root)

    desk.edit(path, take)
    if path != elsewhere:
        desk.edit(elsewhere, put)
    return f"Edit a statement of {source.name} on “{shorten_label(home.claim)}”"


def remove(desk: Desk, fields: Fields) -> str:
    """A statement less; if it was published, ``reason`` says why it is gone."""
    fields.only("do", "statement", "reason")
    claim, statement = desk.statement(fields.text("statement", required=True))
    reason = fields.text("reason")
    desk.edit(claim.place.path, lambda root: remove_node(root, find_node(root, statement.place)))
    if reason and (names := list_published(desk.briefing, [statement.id])):
        write_gone(desk, names, reason)
    return f"Remove a statement of {statement.source} from “{shorten_label(claim.claim)}”"


def _taken(desk: Desk) -> set[str]:
    """Every id that a new statement must not have."""
    briefing = desk.briefing
    was = {name for _, statement in briefing.statements for name in statement.was}
    gone = {name for entry in briefing.file.gone for name in entry.ids}
    return list_ids(briefing) | was | gone | {*(briefing.register.statements if briefing.register else ())}


def _read_values(desk: Desk, fields: Fields, source: Source) -> dict[str, Any]:
    """The values that were sent, by the key of the file; None for those to remove."""
    values: dict[str, Any] = {key: fields.text(name) or None for name, key in _TEXTS.items() if name in fields}
    if values.get("speaker"):
        speaker = desk.speaker(values["speaker"])
        home = desk.briefing.unnamed.get(speaker)
        if home not in (None, source.id):
            raise refuse_change(f'"{speaker}" is an unnamed speaker of "{home}", not of "{source.id}"')
    if values.get("mode"):
        desk.word("modes", values["mode"], "mode")
    if values.get("stance"):
        desk.word("stances", values["stance"], "stance")
    if fields.raw("paragraph") is not None:
        values["paragraph"] = fields.number("paragraph", least=1)
    elif "paragraph" in fields:
        values["paragraph"] = None
    for name in ("cut", "lead"):
        if name in fields:
            values[name] = fields.raw(name) is True or None
    if "allow" in fields:
        values["allow"] = read_reasons(fields.raw("allow"), "allow") or None
    return values


def _leave_out_usual(desk: Desk, source: Source, claim: Claim, values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that a reader of the file would take for granted."""
    found = {key: value for key, value in values.items() if (key, value) != ("stance", "asserts")}
    if not found.get("speaker"):
        found.pop("mode", None)
    text = desk.briefing.texts.get(source.id)
    if text is None:
        return found
    asked = {"id": "any", "source": source.id, "cut": False, "mode": None, "speaker": None, "paragraph": None}
    statement = Statement.model_construct(**{**asked, **values})
    match = find_quotation(statement, source, text, desk.site.vocabulary)
    if match is None:
        return found
    usual = find_mode(statement.model_copy(update={"mode": None}), None)
    usual = "direct" if usual and match.marked else usual
    if found.get("mode") == usual:
        found.pop("mode", None)
    found = _leave_out_paragraph(desk, source, found, statement.cut)
    return {name: value for name, value in found.items() if value is not None}


def _leave_out_paragraph(desk: Desk, source: Source, values: dict[str, Any], cut: bool) -> dict[str, Any]:
    """The values, with None for a paragraph that is not needed, since the words of the quotation are in no other."""
    text = desk.briefing.texts.get(source.id)
    if text is None:
        return values
    blocks = {one.block for one in text.find_all(values["quote"], cut=cut)}
    return {**values, "paragraph": None} if len(blocks) == 1 else values
