"""Statements that are typed below the id of their source, as the list of statements that they are short for. Pure."""

from collections.abc import Iterator
from typing import Any

from synoptic.base.problems import PLACE, Place, Problem
from synoptic.model.records import Statement

#: What may stand below a source.
_EXPECTED = "expected: a statement (quote: and the rest), or a list of statements"


def ungroup(claim: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """A claim as it was parsed, with a list under ``statements``, and a problem for each part that is not a statement.

    Each statement gets its ``source``, whose place is that of the key. Other values than a mapping stay as they are.
    """
    groups = claim.get("statements")
    if isinstance(groups, list):
        return _drop_hyphens(claim, groups)
    if not isinstance(groups, dict):
        return claim, []
    home, owner = groups[PLACE], claim[PLACE]
    names = [name for name in groups if name in Statement.model_fields and not isinstance(groups[name], dict | list)]
    if names:
        message = f'"statements" has the key "{names[0]}", which belongs to a statement'
        tip = "write each statement below the id of its source, or begin it with a hyphen"
        return {**claim, "statements": []}, [Problem(home.at_key(names[0]), message, tip, "value")]
    problems: list[Problem] = []
    statements: list[Any] = []
    parts = dict(owner.parts)
    for source, number, entry in _list_entries(groups):
        place = home.at(source) if number is None else home.at(source, number)
        if isinstance(entry, dict):
            parts["statements", len(statements)] = place.line, place.column
            statements.append(_add_source(entry, source, home.at_key(source), problems))
        else:
            what = f'"{source}"' if number is None else f'entry {number + 1} of "{source}"'
            message = f"{what} {'is empty' if entry is None else 'is not a statement'}"
            problems.append(Problem(place, message, _EXPECTED, "value"))
    return {**claim, "statements": statements, PLACE: Place(owner.path, owner.line, owner.column, parts)}, problems


def _drop_hyphens(claim: dict[str, Any], entries: list[Any]) -> tuple[dict[str, Any], list[Problem]]:
    """A claim whose statements are a list, without those that are a source with statements below it."""
    wrong = [entry for entry in entries if _is_source(entry)]
    if not wrong:
        return claim, []
    tip = "remove it, here and before the other sources"
    problems = [Problem(e[PLACE], f'a hyphen stands before the source "{next(iter(e))}"', tip, "value") for e in wrong]
    return {**claim, "statements": [entry for entry in entries if not _is_source(entry)]}, problems


def _is_source(entry: Any) -> bool:
    """Whether an entry of a list is the id of a source with statements below it."""
    names = [key for key in entry if key != PLACE] if isinstance(entry, dict) else []
    return len(names) == 1 and names[0] not in Statement.model_fields and isinstance(entry[names[0]], dict | list)


def _list_entries(groups: dict[str, Any]) -> Iterator[tuple[str, int | None, Any]]:
    """What stands below each source: its id, the number in its list (None without a list), and the value."""
    for source, below in groups.items():
        if isinstance(below, list):
            yield from ((source, number, entry) for number, entry in enumerate(below))
        elif source != PLACE:
            yield source, None, below


def _add_source(entry: dict[str, Any], source: str, key: Place, problems: list[Problem]) -> dict[str, Any]:
    """A statement with its source; one that names a source itself is reported."""
    here = entry[PLACE]
    if "source" in entry:
        place = here.at("source")
        remove = place if entry["source"] == source else None  # else somebody has to choose
        message, tip = '"source" does not belong here', f'the statement stands below its source, "{source}"'
        problems.append(Problem(place, message, tip, "key", remove=remove))
    parts = {**here.parts, "source": (key.line, key.column, key.line, key.column)}
    return {**entry, "source": source, PLACE: Place(here.path, here.line, here.column, parts)}
