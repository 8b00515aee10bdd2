"""Writes statements that somebody picked into a claims file, and the speakers and the topic that they need."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synoptic.authoring import layout
from synoptic.authoring.append import append, make_list, refuse_problem
from synoptic.base.problems import Refused, suggest_nearest
from synoptic.base.write import refuse_link, write_file
from synoptic.load.yaml_guard import parse
from synoptic.model.records import Speaker
from synoptic.model.site import Briefing
from synoptic.model.values import id_fault


@dataclass(frozen=True)
class Target:
    """A claims file: its path and that path from the project's folder, its topic, and a claim to add to ("" for new
    ones)."""

    path: Path
    shown: str
    topic: str
    claim: str = ""


def find_target(root: Path, briefing: Briefing, into: str, claim: str) -> Target:
    """The claims file that somebody means by ``into``, as ``claims/closing.yml``.

    Raises Refused if it is not one, or if the ``claim`` is not in it.
    """
    folder = root / "briefings" / briefing.slug
    given = Path(into)
    places = [folder / given, root / given, Path.cwd() / given]
    path = next((place for place in places if place.resolve().parent == (folder / "claims").resolve()), None)
    if path is None or path.suffix != ".yml":
        raise Refused(
            f'{into} is not a claims file of "{briefing.slug}"; write it as claims/<topic>.yml; nothing was changed'
        )
    topic, topics = path.stem, [topic.id for topic in briefing.file.topics]
    if fault := id_fault(topic):
        raise Refused(f'{into}: the topic "{topic}" {fault}; nothing was changed')
    if topics and topic not in topics:
        raise Refused(
            f'{into}: briefing.yml has no topic "{topic}": {suggest_nearest(topic, topics)}; nothing was changed'
        )
    path = folder / "claims" / path.name
    refuse_link(path)
    shown = f"briefings/{briefing.slug}/claims/{path.name}"
    if path.exists():
        _find_claim_number(path.read_bytes(), shown, claim)  # refuses what cannot be read
    if claim and (found := briefing.claim.get(claim)) is None:
        raise Refused(f'there is no claim "{claim}": {suggest_nearest(claim, briefing.claim)}; nothing was changed')
    if claim and found is not None and found.topic != topic:
        raise Refused(f'the claim "{claim}" is in claims/{found.topic}.yml, not in {into}; nothing was changed')
    return Target(path, shown, topic, claim)


def _find_claim_number(data: bytes, shown: str, claim: str) -> int:
    """Where a claim is in a claims file, from 0; -1 if it is not. Raises Refused if the file is not a list."""
    tree = parse(data, shown)
    if tree.problems:
        raise refuse_problem(tree.problems[0])
    claims = tree.value if tree.value is not None else []
    if not isinstance(claims, list) or not all(isinstance(one, dict) for one in claims):
        raise Refused(f"{shown}: this is not a list of claims; nothing was changed")
    return next((number for number, one in enumerate(claims) if one.get("id") == claim), -1)


def write_picks(
    root: Path, briefing: Briefing, target: Target,
    entries: Sequence[dict[str, Any]], speakers: Iterable[tuple[str, Speaker]],
) -> list[str]:  # fmt: skip
    """Write ``entries`` (statements if ``target`` has a claim, else claims) and declare ``speakers``, each with the
    source that it belongs to if it is unnamed. Returns the paths of the files that changed.

    Raises Refused if a file cannot take them; then none was changed.
    """
    files: dict[str, bytes] = {}
    plan_picks(files, root, briefing, target, entries, speakers)
    # The claims come last: what they name is there before they are.
    order = sorted(files, key=lambda shown: shown == target.shown)
    return [shown for shown in order if write_file(root / shown, files[shown])]


def plan_picks(
    files: dict[str, bytes], root: Path, briefing: Briefing, target: Target,
    entries: Sequence[dict[str, Any]], speakers: Iterable[tuple[str, Speaker]],
) -> None:  # fmt: skip
    """Put what ``write_picks`` would write into ``files``, by path, in which earlier changes may be."""
    base = f"briefings/{briefing.slug}"
    files[target.shown] = _add_entries(read_planned(files, root, target.shown), target, entries)

    def add(shown: str, keys: tuple[str, ...], entry: dict[str, Any]) -> None:
        files[shown] = append(read_planned(files, root, shown), shown, keys, [f"- {flow_entry(entry)}\n"])

    for source, speaker in speakers:
        entry = {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}
        if speaker.kind == "unnamed":
            add(f"{base}/sources/{source}.yml", ("speakers",), entry)
        else:
            add("briefings/speakers.yml", (), entry)
    if not briefing.file.topics:
        title = target.topic.replace("-", " ").capitalize()
        add(f"{base}/briefing.yml", ("topics",), {"id": target.topic, "title": title})


def read_planned(files: Mapping[str, bytes], root: Path, shown: str) -> bytes:
    """A file as it is planned, else as it is; empty if there is none."""
    if shown in files:
        return files[shown]
    return (root / shown).read_bytes() if (root / shown).exists() else b""


def _add_entries(old: bytes, target: Target, entries: Sequence[dict[str, Any]]) -> bytes:
    """The claims file with more entries."""
    if not target.claim:
        laid_out = layout.format_yaml(json.dumps(list(entries), ensure_ascii=False).encode(), target.shown)
        if not old.strip():
            return laid_out.encode()
        claims = "".join(row for row in laid_out.splitlines(keepends=True) if not row.startswith("#"))
        begun = bool(parse(old, target.shown).value)
        return append(old, target.shown, (), ["\n" * begun + claims])
    for entry in entries:
        old = _add_statement(old, target, entry)
    return old


def _add_statement(old: bytes, target: Target, entry: dict[str, Any]) -> bytes:
    """The claims file with one more statement in the claim of ``target``, below its source if the others are."""
    number = _find_claim_number(old, target.shown, target.claim)
    there = parse(old, target.shown).value[number].get("statements")
    source = entry["source"]
    if not isinstance(there, dict):
        return append(old, target.shown, (number, "statements"), [_lay_out(entry, target.shown)])
    below = {key: value for key, value in entry.items() if key != "source"}
    if isinstance(there.get(source), dict):
        old = make_list(old, target.shown, (number, "statements", source))
    return append(old, target.shown, (number, "statements", source), [_lay_out(below, target.shown)])


def _lay_out(statement: dict[str, Any], shown: str) -> str:
    """A statement as an entry of a list, in the canonical layout."""
    around = {"id": "any", "claim": "Any.", "kind": "state", "statements": [statement]}
    rows = layout.format_yaml(json.dumps([around], ensure_ascii=False).encode(), shown).splitlines()
    return "".join(f"{row[4:]}\n" for row in rows[rows.index("  statements:") + 1 :])


def flow_entry(entry: dict[str, Any]) -> str:
    """A small object on one line."""
    text = layout.format_yaml(json.dumps([entry], ensure_ascii=False).encode(), "briefings/speakers.yml")
    return text.splitlines()[-1].removeprefix("- ")
