"""Writes the ids of statements that were typed without one into their files, where they are permanent from then on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synoptic.base.problems import PLACE, Place, Problem, Refused
from synoptic.base.write import write_file
from synoptic.compare.ids import list_unwritten
from synoptic.load.yaml_guard import parse
from synoptic.model.site import Briefing

_BOM = b"\xef\xbb\xbf"


def write_ids(root: Path, briefing: Briefing) -> dict[str, int]:
    """Write the missing ids of a briefing; how many, by path. Raises Refused if a file has no place for one."""
    missing: dict[str, dict[tuple[int, int], str]] = {}
    for statement in list_unwritten(briefing):
        place = statement.place
        missing.setdefault(place.path, {})[place.line, place.column] = statement.id
    written = {path: insert_ids((root / path).read_bytes(), path, ids) for path, ids in missing.items()}
    for path, data in written.items():
        write_file(root / path, data)
    return {path: len(ids) for path, ids in missing.items()}


def insert_ids(data: bytes, path: str, ids: Mapping[tuple[int, int], str]) -> bytes:
    """A claims file with ``ids`` written into statements, by the place (line, column) where each begins. Everything
    else stays as it was typed. Raises Refused if anything else would change."""
    lines = data.decode("utf-8-sig").split("\n")
    for (line, column), name in sorted(ids.items(), reverse=True):
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        if after.startswith("{"):
            lines[line - 1] = f"{before}{{id: {name}, {after[1:].lstrip()}"
        else:
            end = "\r" if after.endswith("\r") else ""
            lines[line - 1 : line] = [f"{before}id: {name}{end}", " " * (column - 1) + after]
    result = (_BOM if data.startswith(_BOM) else b"") + "\n".join(lines).encode()
    old, new = parse(data, path), parse(result, path)
    if new.problems or not _has_only_new_ids(old.value, new.value, set(ids.values())):
        (line, column), name = next(iter(ids.items()))
        tip = f"write it yourself: id: {name}"
        raise Refused(str(Problem(Place(path, line, column), "there is no place here for a new id", tip, "id")))
    return result


def _has_only_new_ids(old: Any, new: Any, ids: set[str]) -> bool:
    """Whether two parsed values differ in nothing but new ids."""
    if isinstance(old, dict) and isinstance(new, dict):
        added = new.keys() - old.keys()
        if added and not (added == {"id"} and new["id"] in ids):
            return False
        return all(key in new and _has_only_new_ids(old[key], new[key], ids) for key in old if key != PLACE)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_has_only_new_ids(a, b, ids) for a, b in zip(old, new, strict=True))
    return bool(old == new)
