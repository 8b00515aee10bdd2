"""Records as the forms of the page show and change them: their values, and what a form makes of them. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from synoptic.authoring.edits import drop
from synoptic.authoring.yaml_nodes import Node, make_node, read_nodes
from synoptic.base.problems import suggest_nearest
from synoptic.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.values import Placed, fold_spaces
from synoptic.suggest.statements import list_ids
from synoptic.workbench.changes import Desk, shorten_label
from synoptic.workbench.fields import MOST, Declined, Fields, read_text, refuse_change
from synoptic.workbench.forms import FORMS, Form, model_of
from synoptic.workbench.nodes import drop_key, find_node

DEEPEST = 5  # objects and lists inside each other
#: The keys whose words an id is made of, the first that a record has.
_NAMING = ("title", "name", "text", "what", "measures", "about")


def read_form(fields: Fields) -> Form:
    """The form that a request names. Raises Declined if there is none."""
    kind = fields.text("kind", required=True)
    if kind not in FORMS:
        raise Declined(404, f'there is no form "{kind}": {suggest_nearest(kind, FORMS)}')
    return FORMS[kind]


def find_record(site: Site, briefing: Briefing, form: Form, name: str) -> Placed:
    """The record of a form by its id. Raises Declined if there is none."""
    held: dict[type[Placed], Mapping[str, Placed]] = {
        BriefingFile: {"": briefing.file},
        Source: briefing.source,
        Claim: briefing.claim,
        Statement: briefing.statement,
        Figure: {one.id: one for one in briefing.figures},
        Event: {one.id: one for one in briefing.events},
        Speaker: site.speakers_of(briefing),
    }
    known = held[form.model]
    if name not in known:
        raise Declined(404, f'there is no {form.what} "{name}": {suggest_nearest(name, known)}')
    return known[name]


def show_record(site: Site, briefing: Briefing, form: Form, name: str, read: Callable[[str], bytes]) -> dict[str, Any]:
    """The values of a record as they are written in its file, which ``read`` gives, and where each stands."""
    place = find_record(site, briefing, form, name).place
    root = read_nodes(read(place.path).decode("utf-8-sig").replace("\r\n", "\n"), ())
    node = find_node(root, place)
    value = {key: _fold(inner.plain()) for key, inner in node.value.items() if key in form.keys}
    shown = {key: one for key, one in value.items() if one not in (None, [], {})}
    return {"id": name, "path": place.path, "value": shown, "places": list_places(node)}


def list_places(node: Node) -> dict[str, Any]:
    """Where each value inside a record begins, in the order of the file, and where the record ends."""

    def listed(inner: Node, keys: list[str | int]) -> Iterator[list[Any]]:
        yield [inner.at[0] + 1, inner.at[1] + 1, keys]
        pairs = inner.value.items() if isinstance(inner.value, dict) else enumerate(inner.inner())
        for key, one in pairs:
            yield from listed(one, [*keys, key])

    return {"values": list(listed(node, [])), "end": [node.end[0] + 1, node.end[1] + 1]}


def locate_record(data: bytes, keys: Sequence[str | int]) -> dict[str, Any]:
    """Where each value of the record stands to which ``keys`` lead in a file; {} if they lead nowhere."""
    node = read_nodes(data.decode(), ())
    for key in keys:
        known = node.value if isinstance(node.value, dict) else dict(enumerate(node.inner()))
        if key not in known:
            return {}
        node = known[key]
    return list_places(node)


def set_record(desk: Desk, fields: Fields) -> str:
    """Other values of a record, or a new one; null removes a key. ``before`` has what each key held when the form was
    opened: what was changed meanwhile is not written over."""
    fields.only("do", "kind", "id", "value", "before")
    form, name = read_form(fields), fields.text("id")
    value = {key: _clean(one, key, 0) for key, one in _read_object(fields, "value", form).items()}
    if not name and form.file:
        return _add(desk, form, value)
    record = find_record(desk.site, desk.briefing, form, name)
    if "id" in value and value["id"] != name:
        raise refuse_change(f'the id "{name}" stays: others refer to it')
    before = {key: _clean(one, key, 0) for key, one in _read_object(fields, "before", form).items()}
    _fill_ids(desk, form.model, value)
    held: list[Node] = []

    def edit(root: Node) -> None:
        node = find_node(root, record.place)
        held[:] = [root, node]
        for key, new in value.items():
            known = node.value.get(key)
            now = _fold(known.plain()) if known is not None else None
            if (now or None) != (before.get(key) or None):
                raise Declined(409, f'"{key}" was changed meanwhile; close this form and open it again')
            _put(node, key, new)
        if form.model is Statement and value.get("speaker") == "":
            drop_key(node, "mode")  # nobody is left whose words it is about

    desk.edit(record.place.path, edit)
    desk.wrote = (record.place.path, _find_keys(held[0], held[1]) or [])
    return f"Edit the {form.what}" + (f" “{shorten_label(name)}”" if name else "")


def _add(desk: Desk, form: Form, value: dict[str, Any]) -> str:
    """A new record, the last in its file."""
    value = {key: one for key, one in value.items() if one}
    _fill_ids(desk, form.model, value, alone=True)
    path = "briefings/speakers.yml" if form.model is Speaker else f"{desk.folder}/{form.file}"

    def edit(root: Node) -> None:
        root.value = [*root.inner(), make_node(value)]
        desk.wrote = (path, [len(root.value) - 1])

    desk.edit(path, edit)
    desk.made = value["id"]
    return f"Add the {form.what} “{shorten_label(_name(value))}”"


def remove_record(desk: Desk, fields: Fields) -> str:
    """A figure or an event less."""
    fields.only("do", "kind", "id")
    form, name = read_form(fields), fields.text("id", required=True)
    if form.model not in (Figure, Event):
        raise Declined(400, f"a form removes a figure or an event, and no {form.what}")
    record = find_record(desk.site, desk.briefing, form, name)
    desk.edit(record.place.path, lambda root: drop(root, find_node(root, record.place)))
    return f"Remove the {form.what} “{shorten_label(name)}”"


def _read_object(fields: Fields, name: str, form: Form) -> dict[str, Any]:
    value = fields.raw(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Declined(400, f'"{name}" must be an object')
    Fields(value, f"a {form.what}").only(*form.keys)
    return value


def _clean(value: Any, name: str, depth: int) -> Any:
    """A value as it is written: texts on one line, and nothing empty. Raises Declined if it is none."""
    if depth > DEEPEST:
        raise Declined(400, f'"{name}" has too many objects inside each other')
    if isinstance(value, list | dict) and len(value) > MOST:
        raise Declined(400, f'"{name}" has more than {MOST} entries')
    if isinstance(value, list):
        return [one for inner in value if (one := _clean(inner, name, depth + 1))]
    if isinstance(value, dict):
        pairs = {read_text(key, name, required=True): _clean(one, name, depth + 1) for key, one in value.items()}
        return {key: one for key, one in pairs.items() if one}
    return str(value).lower() if isinstance(value, bool) else read_text(value, name)


def _fold(value: Any) -> Any:
    """A value of a file with each text on one line."""
    if isinstance(value, dict):
        return {key: _fold(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fold(inner) for inner in value]
    return fold_spaces(value) if isinstance(value, str) else value


def _name(value: dict[str, Any]) -> str:
    """The words that a record is known by."""
    return next((str(value[key]) for key in _NAMING if value.get(key)), "")


def _fill_ids(desk: Desk, model: type[Placed], value: dict[str, Any], *, alone: bool = False) -> None:
    """Give an id, made of its words, to every new object that needs one; ``alone`` if the record itself is new."""
    register = desk.briefing.register
    if alone and not value.get("id"):
        shared = {*desk.site.speakers_of(desk.briefing), *(register.speakers if register else ())}
        taken = shared if model is Speaker else list_ids(desk.briefing)
        value["id"] = desk.new_id(_name(value), taken, model.__name__.lower())
    for key, held in value.items():
        inner = model_of(model, key)
        entries = [one for one in held if isinstance(one, dict)] if inner and isinstance(held, list) else []
        for one in entries:
            if "id" in inner.model_fields and not one.get("id") and inner.model_fields["id"].is_required():  # type: ignore[union-attr]
                taken = {other["id"] for other in entries if "id" in other} | {*(register.topics if register else ())}
                one["id"] = desk.new_id(_name(one), taken, inner.__name__.lower())  # type: ignore[union-attr]
            _fill_ids(desk, inner, one)  # type: ignore[arg-type]


def _put(holder: Node, key: str, value: Any) -> None:
    """Set a key of a mapping to a value; an empty one removes it."""
    known = holder.value.get(key)
    if not value:
        drop_key(holder, key)
    elif known is None:
        holder.value[key] = make_node(value)
    else:
        _merge(known, value)


def _merge(node: Node, value: Any) -> None:
    """Make a value what it should be; whatever is the same keeps its comments."""
    if _fold(node.plain()) == value:
        return
    if isinstance(node.value, dict) and isinstance(value, dict):
        for key in [key for key in node.value if key not in value]:
            drop_key(node, key)
        for key, one in value.items():
            _put(node, key, one)
    elif isinstance(node.value, list) and isinstance(value, list):
        _merge_list(node, value)
    else:
        node.above += [note for inner in node.inner() for note in inner.comments()]
        node.value, node.flow = make_node(value).value, False


def _merge_list(node: Node, values: list[Any]) -> None:
    """Make a list what it should be. An entry is known again by what it says or by its id, else by its place."""
    old, plain = list(node.inner()), [_fold(one.plain()) for one in node.inner()]
    free, known = list(range(len(old))), dict[int, int]()

    def same_id(a: Any, b: Any) -> bool:
        return isinstance(a, dict) and isinstance(b, dict) and a.get("id") is not None and a.get("id") == b.get("id")

    def pair(fits: Any) -> None:
        for number, value in enumerate(values):
            found = next((at for at in free if number not in known and fits(number, at, value)), None)
            if found is not None:
                known[number] = found
                free.remove(found)

    pair(lambda number, at, value: plain[at] == value)
    pair(lambda number, at, value: same_id(plain[at], value))
    pair(lambda number, at, value: number == at and type(plain[at]) is type(value) and not _has_id(plain[at]))
    for at in free:
        drop(node, old[at])
    for number, at in known.items():
        _merge(old[at], values[number])
    node.value = [old[known[n]] if n in known else make_node(value) for n, value in enumerate(values)]


def _has_id(value: Any) -> bool:
    return isinstance(value, dict) and "id" in value


def _find_keys(root: Node, wanted: Node) -> list[str | int] | None:
    """The keys that lead from a value to one inside it; None if it is not there."""
    if root is wanted:
        return []
    pairs = root.value.items() if isinstance(root.value, dict) else enumerate(root.inner())
    for key, inner in pairs:
        if (found := _find_keys(inner, wanted)) is not None:
            return [key, *found]
    return None
