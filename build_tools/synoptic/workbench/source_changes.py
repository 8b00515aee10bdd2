"""Changes of sources and speakers: kinds of paragraphs, gists, new speakers. Pure."""

from typing import Any

from synoptic.authoring.yaml_nodes import Node, make_node
from synoptic.compare.outline import list_gists
from synoptic.workbench.changes import Desk, shorten_label
from synoptic.workbench.fields import Declined, Fields, read_reasons
from synoptic.workbench.nodes import drop_key, list_of, mapping_of, set_key

#: The fields of a source that are texts.
_TEXTS = (
    "title", "label", "outlet", "author", "genre", "published", "url", "archive", "archived", "lang", "voice",
    "origin", "about",
)  # fmt: skip
_SPEAKERS = "briefings/speakers.yml"


def add_speaker(desk: Desk, fields: Fields) -> str:
    """A new speaker: shared by all briefings, or of one source if unnamed, or a document that only it has seen."""
    fields.only("do", "name", "kind", "source", "role")
    name = fields.text("name", required=True)
    kind = desk.word("speaker_kinds", fields.text("kind", required=True), "kind of speaker")
    home = desk.source(fields.text("source")) if fields.text("source") else None
    if kind == "unnamed" and home is None:
        raise Declined(422, "an unnamed speaker belongs to one article: name it in source")
    if kind not in ("unnamed", "document"):
        home = None
    register = desk.briefing.register
    taken = {*desk.site.speakers_of(desk.briefing), *(register.speakers if register else ())}
    desk.made = desk.new_id(f"{home.id} {name}" if home else name, taken, "speaker")
    values = {"id": desk.made, "name": name, "kind": kind}
    values |= {"role": fields.text("role")} if fields.text("role") else {}
    if home is None:
        desk.edit(_SPEAKERS, lambda root: root.value.append(make_node(values)))
    else:
        desk.edit(_path(desk, home.id), lambda root: list_of(root, "speakers").append(make_node(values)))
    return f"Add the speaker “{shorten_label(name)}”"


def edit_source(desk: Desk, fields: Fields) -> str:
    """Other values of a source; null removes one."""
    fields.only("do", "source", "independent", *_TEXTS)
    source = desk.source(fields.text("source", required=True))
    values: dict[str, Any] = {name: fields.text(name) or None for name in _TEXTS if name in fields}
    if values.get("genre"):
        desk.word("genres", values["genre"], "kind of text")
    if values.get("voice"):
        desk.speaker(values["voice"])
    if "title" in values and not values["title"]:
        raise Declined(422, '"title" is empty; an article without a headline has the title unknown')
    if "independent" in fields:
        reasons = read_reasons(fields.raw("independent"), "independent")
        values["independent"] = {desk.source(name).id: reason for name, reason in reasons.items()} or None

    def edit(root: Node) -> None:
        for key, value in values.items():
            set_key(root, key, value)

    desk.edit(_path(desk, source.id), edit)
    return f"Edit what is known of {source.name}"


def set_kind(desk: Desk, fields: Fields) -> str:
    """The kind of a paragraph of a source."""
    fields.only("do", "source", "paragraph", "kind")
    source, number = desk.source(fields.text("source", required=True)), fields.number("paragraph", least=1)
    kind = desk.word("blocks", fields.text("kind", required=True), "kind of paragraph")
    _require_paragraphs(desk, source.id, number)

    def edit(root: Node) -> None:
        kinds = mapping_of(root, "paragraphs")
        set_key(kinds, str(number), None if kind == "body" else kind)
        _sort(kinds)

    desk.edit(_path(desk, source.id), edit)
    return f"Call paragraph {number} of {source.name} a {desk.site.vocabulary.get('blocks', kind).label}"


def set_gist(desk: Desk, fields: Fields) -> str:
    """Our sentence on some paragraphs of a source; an empty one is removed. It replaces those that lie within."""
    fields.only("do", "source", "first", "last", "gist")
    source, first = desk.source(fields.text("source", required=True)), fields.number("first", least=1)
    last, gist = fields.number("last", least=first, default=first), fields.text("gist")
    _require_paragraphs(desk, source.id, last)
    key = str(first) if first == last else f"{first}-{last}"
    within = {one.key for one in list_gists(source) if first <= one.first and one.last <= last}

    def edit(root: Node) -> None:
        outline = mapping_of(root, "outline")
        empty = {name for name in outline.value if name.isdecimal() and first <= int(name) <= last}
        for name in (within | empty) - {key}:
            drop_key(outline, name)
        set_key(outline, key, gist or None)
        _sort(outline)

    desk.edit(_path(desk, source.id), edit)
    where = f"paragraph {key}" if first == last else f"paragraphs {key}"
    return f"{'Write' if gist else 'Remove'} the gist of {where} of {source.name}"


def _require_paragraphs(desk: Desk, source: str, number: int) -> None:
    """Refuse a paragraph that the article does not have."""
    text, lock = desk.briefing.texts.get(source), desk.briefing.locks.get(source)
    total = len(text.blocks) if text else lock.blocks if lock else number
    if number > total:
        raise Declined(422, f'"{source}" has {total} paragraphs, and no paragraph {number}')


def _sort(mapping: Node) -> None:
    """Bring the keys of a mapping into the order of the paragraphs that they begin with."""
    mapping.value = dict(sorted(mapping.value.items(), key=lambda pair: int(pair[0].partition("-")[0])))


def _path(desk: Desk, source: str) -> str:
    return f"{desk.folder}/sources/{source}.yml"
