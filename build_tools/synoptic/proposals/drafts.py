"""Keeps the proposals that stand as drafts, in a folder that Git ignores, until an editor accepts them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from synoptic.base.problems import Problem, Refused
from synoptic.base.write import refuse_link, write_file
from synoptic.model.site import Briefing
from synoptic.model.values import id_fault
from synoptic.proposals.schema import (
    MAX_PROPOSALS,
    MODELS,
    Item,
    ProposedClaim,
    ProposedGist,
    ProposedStatement,
)
from synoptic.text.folding import fold

FOLDER = "drafts"
IGNORE = "# drafts hold words of articles\n*\n"
_MOST_BYTES = 5_000_000
KINDS = {model: name.removesuffix("s") for name, model in MODELS.items()}


@dataclass(frozen=True)
class Draft:
    """A proposal that stands: its number, for good; its kind (answer, claim, statement, gist); who or what proposed it;
    and whether an editor has accepted or refused it."""

    number: int
    kind: str
    by: str
    item: Item
    accepted: bool = False
    refused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted or refused it yet."""
        return not (self.accepted or self.refused)


@dataclass(frozen=True)
class Drafts:
    """All drafts of a briefing, and the fingerprints of what never became one, by who proposed it."""

    briefing: str
    drafts: tuple[Draft, ...] = ()
    refused: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def count(self, by: str) -> tuple[int, int, int]:
        """How many proposals of somebody there were, how many were refused, and how many accepted."""
        own = [draft for draft in self.drafts if draft.by == by]
        fell = len(dict(self.refused).get(by, ()))
        refused = fell + sum(draft.refused for draft in own)
        return len(own) + fell, refused, sum(draft.accepted for draft in own)


def path_of(root: Path, slug: str) -> Path:
    """The file that holds the drafts of a briefing."""
    return root / FOLDER / slug / "proposals.json"


def open_drafts(root: Path, slug: str) -> tuple[Draft, ...]:
    """The drafts of a briefing that nobody has accepted or refused yet, in the order of their numbers."""
    return tuple(draft for draft in read_drafts(root, slug).drafts if draft.is_open)


def read_drafts(root: Path, slug: str) -> Drafts:
    """All drafts of a briefing; none if there is no file. Raises Refused if the file cannot be read."""
    path = path_of(root, slug)
    shown = path.relative_to(root).as_posix()
    if id_fault(slug):
        raise Refused(f'there is no briefing "{slug}"')
    for part in (path.parents[1], path.parent, path):
        refuse_link(part)
    if not path.is_file():
        return Drafts(slug)
    if path.stat().st_size > _MOST_BYTES:
        raise Refused(f"{shown}: too large; remove it, and import the proposals again")
    try:
        return _read(json.loads(path.read_bytes()), slug)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(f"{shown}: not as `import` writes it; remove it, and import the proposals again") from None


def _read(found: Any, slug: str) -> Drafts:
    """The drafts in a file's JSON. Raises ValueError and the like for anything else."""
    drafts = []
    for entry in found["drafts"]:
        item = MODELS[f"{entry['kind']}s"].model_validate(entry["item"])
        done = entry["accepted"] is True, entry.get("refused") is True
        drafts.append(Draft(int(entry["number"]), entry["kind"], str(entry["by"]), item, *done))
    refused = tuple((str(by), tuple(map(str, marks))) for by, marks in found["refused"].items())
    return Drafts(slug, tuple(drafts), refused)


def add_drafts(old: Drafts, by: str, kept: Sequence[Item], refused: Iterable[str]) -> Drafts:
    """The drafts with more of them; one that is there already is not added, and no refusal is counted twice."""
    there = {fingerprint(draft.item) for draft in old.drafts if draft.by == by}
    number = max((draft.number for draft in old.drafts), default=0)
    new = [item for item in kept if fingerprint(item) not in there]
    added = [Draft(number + i, KINDS[type(item)], by, item) for i, item in enumerate(new, 1)]
    marks = dict(old.refused)
    stands = there | {fingerprint(item) for item in new}
    marks[by] = tuple(mark for mark in dict.fromkeys((*marks.get(by, ()), *refused)) if mark not in stands)
    return replace(old, drafts=(*old.drafts, *added), refused=tuple(marks.items()))


def mark_accepted(old: Drafts, numbers: Iterable[int]) -> Drafts:
    """The drafts in which some are accepted."""
    chosen = {*numbers}
    done = [replace(d, accepted=True, refused=False) if d.number in chosen else d for d in old.drafts]
    return replace(old, drafts=tuple(done))


def mark_refused(old: Drafts, numbers: Iterable[int], *, refused: bool = True) -> Drafts:
    """The drafts in which some are refused, or no longer; what is accepted stays so."""
    chosen = {*numbers}
    done = [replace(d, refused=refused) if d.number in chosen and not d.accepted else d for d in old.drafts]
    return replace(old, drafts=tuple(done))


def settle(old: Drafts, briefing: Briefing) -> Drafts:
    """The drafts in which all that the briefing has by now are accepted, however they got there."""
    there = [draft.number for draft in old.drafts if not draft.accepted and _is_in(briefing, draft.item)]
    return mark_accepted(old, there) if there else old


def _is_in(briefing: Briefing, item: Item) -> bool:
    """Whether a briefing has what a proposal says: a gist and an answer in any words, a quotation in its own, or in
    more or fewer of them."""
    if isinstance(item, ProposedStatement):
        claim, words = briefing.claim.get(item.claim), fold(item.quote)
        own = [fold(s.quote) for s in claim.statements if s.source == item.source] if claim else []
        return any(quote in words or words in quote for quote in own)
    if isinstance(item, ProposedClaim):
        return item.id in briefing.claim
    if isinstance(item, ProposedGist):
        source = briefing.source.get(item.source)
        return source is not None and any(_overlap(item.paragraphs, key) for key in source.outline)
    return any(topic.id == item.topic and item.id in {a.id for a in topic.answers} for topic in briefing.file.topics)


def _overlap(one: str, other: str) -> bool:
    """Whether two ranges of paragraphs, such as 4 and 3-5, have one in common."""
    (first, _, last), (low, _, high) = one.partition("-"), other.partition("-")
    return int(first) <= int(high or low) and int(low) <= int(last or first)


def credit(briefing: Briefing, before: Drafts, after: Drafts) -> str | None:
    """The ``assistance`` of the first editor once more drafts are accepted, or refused of somebody whom it names; None
    if that changes nothing."""
    if not briefing.file.editors:
        return None
    line = old = briefing.file.editors[0].assistance or ""
    done = {draft.number for draft in before.drafts if draft.accepted}
    for name in dict.fromkeys(draft.by for draft in after.drafts):
        own = [draft for draft in after.drafts if draft.by == name]
        new = any(draft.accepted and draft.number not in done for draft in own)
        if new or f"Drafts by {name}: " in old:
            line = describe_assistance(line, name, after.count(name))
    return line if line != old else None


def write_drafts(root: Path, drafts: Drafts) -> str:
    """Write the drafts into a folder that tells Git to ignore it; return the path for people."""
    path = path_of(root, drafts.briefing)
    for part in (path.parents[1], path.parent, path):
        refuse_link(part)
    entries = [
        {
            "number": d.number, "kind": d.kind, "by": d.by, "accepted": d.accepted, "refused": d.refused,
            "item": dump_item(d.item),
        }
        for d in drafts.drafts
    ]  # fmt: skip
    if len(entries) > MAX_PROPOSALS:
        raise Refused(f"{len(entries):,} drafts are too many; accept some, or remove {path.relative_to(root)}")
    text = json.dumps({"drafts": entries, "refused": dict(drafts.refused)}, ensure_ascii=False, indent=1)
    write_file(path.parents[1] / ".gitignore", IGNORE)
    write_file(path, f"{text}\n")
    return path.relative_to(root).as_posix()


def dump_item(item: Item) -> dict[str, Any]:
    """A proposal as JSON, without what was left out."""
    return item.model_dump(exclude_unset=True, exclude_none=True, mode="json")


def fingerprint(item: Item) -> str:
    """Tells one proposal from others."""
    text = json.dumps([KINDS[type(item)], dump_item(item)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprint_problem(problem: Problem) -> str:
    """Tells a proposal that could not be read from others, by what is wrong with it."""
    return hashlib.sha256(f"{problem.message}\n{problem.place}".encode()).hexdigest()[:16]


def describe_assistance(old: str, by: str, counts: tuple[int, int, int]) -> str:
    """An editor's ``assistance`` with how many proposals of somebody there were, and what became of them."""
    proposed, refused, accepted = counts
    head = f"Drafts by {by}: "
    sentence = f"{head}{proposed} proposed, {refused} refused, {accepted} accepted."
    if head in old:
        before, _, after = old.partition(head)
        _, _, rest = after.partition(" accepted.")
        return f"{before}{sentence}{rest}"
    old = old.strip()
    return f"{old}{'' if old[-1:] in ('', '.', '!', '?') else '.'} {sentence}".strip()
