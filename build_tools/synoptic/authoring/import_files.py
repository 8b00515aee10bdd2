"""Checks what an import makes of a briefing as ``check`` would, and writes it."""

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from synoptic.authoring.append import append, refuse_problem
from synoptic.authoring.edits import rewrite
from synoptic.authoring.import_table import Plan
from synoptic.authoring.lock import add_unlocked_texts
from synoptic.authoring.picks import flow_entry
from synoptic.base.problems import Problem, Refused
from synoptic.base.write import write_file
from synoptic.check.registry import check_briefing
from synoptic.compare.lock import make_lock
from synoptic.load.groups import ungroup
from synoptic.load.load import BASE
from synoptic.load.yaml_guard import parse
from synoptic.model.records import Claim
from synoptic.model.site import Briefing, Site

#: The rules that no row may break. All others leave something to do, as for whoever types a statement.
HARD = frozenset({
    "row", "key", "value", "unknown-word", "unknown-source", "unknown-speaker", "unknown-topic", "unknown-claim",
    "unknown-statement", "unnamed-shared", "duplicate-id", "page-twice", "id-gone", "was-wrong", "quotation",
    "mode-without-speaker", "bracket",
})  # fmt: skip
_LATER = ("not-registered", "searched", "compared", "telling")  # which `lock` does


def with_locks(root: Path, before: Briefing, after: Briefing, site: Site) -> tuple[Briefing, Briefing]:
    """Both briefings with the texts at hand, and the new one with the quotations that are found there in its locks, as
    ``lock`` would write them."""
    before, hashes = add_unlocked_texts(root, before)
    old = {statement.id: statement for _, statement in before.statements}
    touched = {one.source for _, one in after.statements if old.get(one.id) is not one}
    after = replace(after, texts=before.texts)
    locks = dict(before.locks)
    for source in after.sources:
        lock, text = locks.get(source.id), before.texts.get(source.id)
        if source.id in touched and lock and text is not None:
            fresh = make_lock(after, source, text, hashes.get(source.id) or lock.sha256, site.vocabulary)
            context = fresh.context if lock.context is not None else None
            locks[source.id] = lock.model_copy(update={"quotes": fresh.quotes, "context": context})
    return before, replace(after, locks=locks)


def check_import(before: Briefing, after: Briefing, old: Site, new: Site) -> tuple[list[Problem], list[Problem]]:
    """The problems that a briefing has only after the import: those for which it is refused, and the rest."""
    known = {(problem.rule, problem.message) for problem in check_briefing(before, old)}
    fresh = [
        problem for problem in check_briefing(after, new)
        if (problem.rule, problem.message) not in known and problem.rule not in _LATER
    ]  # fmt: skip
    hard = [_explain(problem, after) for problem in fresh if problem.rule in HARD]
    return [replace(problem, level="error") for problem in hard], [p for p in fresh if p.rule not in HARD]


def _explain(problem: Problem, briefing: Briefing) -> Problem:
    """The same, with a tip for whoever has no text to check a quotation in."""
    at = {(s.place.path, s.place.line): s.source for _, s in briefing.statements}
    source = at.get((problem.place.path, problem.place.line), "")
    if problem.rule != "quotation" or not source or source in briefing.texts:
        return problem
    tip = f'nothing here can check it: put the text of "{source}", unaltered, into briefings/{briefing.slug}/articles/'
    return replace(problem, tip=tip)


def make_files(root: Path, before: Briefing, after: Briefing, plan: Plan) -> dict[str, bytes]:
    """The files that change, by path, in the order in which to write them: what a file names is there before it.

    Raises Refused if a file cannot take a change, or if what it says afterwards is not what it should.
    """
    base = f"{BASE}/{before.slug}"
    files: dict[str, bytes] = {}

    def add(path: str, keys: tuple[str, ...], entry: dict[str, Any]) -> None:
        old = files.get(path) or ((root / path).read_bytes() if (root / path).is_file() else b"")
        files[path] = append(old, path, keys, [f"- {flow_entry(entry)}\n"])

    for source, speaker in plan.speakers:
        entry: dict[str, Any] = {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}
        if source:
            add(f"{base}/sources/{source}.yml", ("speakers",), entry)
        else:
            add(f"{BASE}/speakers.yml", (), entry)
    for topic in plan.topics:
        add(f"{base}/briefing.yml", ("topics",), {"id": topic.id, "title": topic.title})
    if plan.gone:
        add(f"{base}/briefing.yml", ("gone",), {"ids": list(plan.gone.ids), "why": plan.gone.why})
    texts = rewrite(before.files, f"{base}/claims", before.claims, after.claims, plan.ids)
    claims = {path: text.encode() for path, text in texts.items()}
    _require(claims, before, after)
    return {path: data for path, data in {**files, **claims}.items() if data != before.files.get(path)}


def _require(files: dict[str, bytes], before: Briefing, after: Briefing) -> None:
    """Raise Refused unless the changed claims files say what they should."""
    read = [claim for path, data in files.items() for claim in _read_claims(data, path)]
    wanted = [claim for claim in after.claims if f"{BASE}/{before.slug}/claims/{claim.topic}.yml" in files]
    if sorted(map(_mean, read)) != sorted(map(_mean, wanted)):
        raise Refused("the claims cannot be written as they should be; nothing was changed; please report it")


def _read_claims(data: bytes, path: str) -> list[Claim]:
    tree = parse(data, path)
    if tree.problems:  # as for a file that became too large
        raise refuse_problem(tree.problems[0])
    topic = PurePosixPath(path).stem
    return [Claim.model_validate({**ungroup(value)[0], "topic": topic}) for value in tree.value]


def _mean(claim: Claim) -> str:
    """What a claim says, whatever the order of its statements and whether their ids are written."""
    statements = sorted(one.model_dump_json(exclude={"id"}) for one in claim.statements)
    return claim.model_dump_json(exclude={"statements"}) + "".join(statements)


def write_files(root: Path, before: Briefing, files: dict[str, bytes]) -> None:
    """Write the files. Raises Refused if one of them changed since the briefing was read; nothing is written then."""
    for path in files.keys() & before.files.keys():
        if (root / path).read_bytes() != before.files[path]:
            raise Refused(f"{path}: it changed during the import; nothing was changed; import again")
    for path, data in files.items():
        write_file(root / path, data)
