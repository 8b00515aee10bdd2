"""Writes the drafts that an editor accepts into the files of a briefing, with all that they need."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from synoptic.authoring import layout
from synoptic.authoring.append import append
from synoptic.authoring.picks import Target, find_target, flow_entry, plan_picks, read_planned
from synoptic.authoring.set_value import set_value
from synoptic.base.problems import Refused
from synoptic.base.write import write_file
from synoptic.check.quotations import over_budget
from synoptic.model.records import Speaker
from synoptic.model.site import Briefing, Site
from synoptic.proposals.after import Kept, add_to
from synoptic.proposals.drafts import Draft, Drafts, credit, mark_accepted, write_drafts
from synoptic.proposals.judge import judge
from synoptic.proposals.schema import (
    Item,
    ProposedAnswer,
    ProposedClaim,
    ProposedGist,
    ProposedStatement,
)


def choose(drafts: Drafts, briefing: Briefing, numbers: Sequence[int]) -> list[Draft]:
    """The drafts with some numbers, and the claims and answers that they need and nobody has accepted yet.

    Raises Refused if a number is unknown or accepted already, or a claim is chosen without a statement.
    """
    known = {draft.number: draft for draft in drafts.drafts}
    for number in numbers:
        if number not in known:
            most = f"they go from 1 to {max(known)}" if known else "there are none"
            raise Refused(f"there is no draft {number}: {most}; nothing was changed")
        if known[number].accepted:
            raise Refused(f"draft {number} is accepted already; nothing was changed")
        if known[number].refused:
            raise Refused(f"draft {number} was refused; bring it back in the workbench first; nothing was changed")
    open_ones = [draft for draft in drafts.drafts if draft.is_open]
    chosen = {number: known[number] for number in numbers}
    for draft in [*chosen.values()]:
        if isinstance(draft.item, ProposedStatement) and draft.item.claim not in briefing.claim:
            needed = [d for d in open_ones if isinstance(d.item, ProposedClaim) and d.item.id == draft.item.claim]
            chosen |= {d.number: d for d in needed[:1]}
    answers = {(topic.id, answer.id) for topic in briefing.file.topics for answer in topic.answers}
    for draft in [*chosen.values()]:
        item = draft.item
        if not isinstance(item, ProposedClaim):
            continue
        about = [d for d in open_ones if isinstance(d.item, ProposedStatement) and d.item.claim == item.id]
        if item.kind != "question" and not any(d.number in chosen for d in about):
            which = ", ".join(str(d.number) for d in about)
            tip = f"choose one of its statements, too: {which}" if about else "no draft is a statement on it"
            raise Refused(f'draft {draft.number} is the claim "{item.id}", which needs a statement; {tip}')
        if item.answer and (item.topic, item.answer) not in answers:
            for other in open_ones:
                one = other.item
                if isinstance(one, ProposedAnswer) and (one.topic, one.id) == (item.topic, item.answer):
                    chosen.setdefault(other.number, other)
    return [chosen[number] for number in sorted(chosen)]


def accept(root: Path, briefing: Briefing, site: Site, drafts: Drafts, chosen: Sequence[Draft]) -> list[str]:
    """Write some drafts into the briefing's files, and how many were accepted; return the paths of changed files.

    They are judged again, as the texts and the briefing may have changed. Raises Refused if one does not stand, or if
    a file cannot take them; then nothing was changed.
    """
    if not briefing.file.editors:
        tip = "add editors: [{name: Your name}] first, so that readers learn whose drafts you took; nothing was changed"
        raise Refused(f"briefings/{briefing.slug}/briefing.yml names no editor; {tip}")
    judged = judge(briefing, site, [draft.item for draft in chosen])
    if judged.refused:
        reasons = [f"{problem.message}; {problem.tip}" for problem in judged.refused]
        raise Refused("\n".join([*reasons, "nothing was changed"]))
    known = {problem.message for problem in over_budget(briefing, site)}
    for problem in over_budget(add_to(briefing, site, judged.kept), site):
        if problem.message not in known:
            raise Refused(f"with these, {problem.message}; accept fewer; nothing was changed")
    after = mark_accepted(drafts, [draft.number for draft in chosen])
    files: dict[str, bytes] = {}
    _plan_answers(files, root, briefing, [draft.item for draft in chosen])
    _plan_claims(files, root, briefing, judged.kept)
    _plan_gists(files, root, briefing, [draft.item for draft in chosen])
    if (line := credit(briefing, drafts, after)) is not None:
        _set(files, root, f"briefings/{briefing.slug}/briefing.yml", ("editors", 0, "assistance"), line)
    order = sorted(files, key=lambda shown: "/claims/" in shown)
    changed = [shown for shown in order if write_file(root / shown, files[shown])]
    write_drafts(root, after)
    return changed


def _set(files: dict[str, bytes], root: Path, shown: str, keys: tuple[str | int, ...], value: str) -> None:
    """Set a value in a planned file, which stays in the standard layout if it was."""
    old = read_planned(files, root, shown)
    new = set_value(old, shown, keys, value)
    files[shown] = _tidy(old, new, shown)


def _tidy(old: bytes, new: bytes, shown: str) -> bytes:
    return layout.format_yaml(new, shown).encode() if layout.format_yaml(old, shown).encode() == old else new


def _plan_answers(files: dict[str, bytes], root: Path, briefing: Briefing, items: Sequence[Item]) -> None:
    shown = f"briefings/{briefing.slug}/briefing.yml"
    numbers = {topic.id: number for number, topic in enumerate(briefing.file.topics)}
    for item in items:
        if isinstance(item, ProposedAnswer):
            old = read_planned(files, root, shown)
            entry = f"- {flow_entry({'id': item.id, 'text': item.text})}\n"
            new = append(old, shown, ("topics", numbers[item.topic], "answers"), [entry])
            files[shown] = _tidy(old, new, shown)


def _plan_claims(files: dict[str, bytes], root: Path, briefing: Briefing, kept: Sequence[Kept]) -> None:
    """Plan new claims, each with its statements, and new statements of the claims that are there."""
    statements: dict[str, list[Kept]] = {}
    for one in kept:
        if isinstance(one.item, ProposedStatement):
            statements.setdefault(one.item.claim, []).append(one)
    by_topic: dict[str, list[dict[str, Any]]] = {}
    declared: list[tuple[str, Speaker]] = []
    for one in kept:
        if isinstance(one.item, ProposedClaim):
            own = statements.pop(one.item.id, [])
            by_topic.setdefault(one.item.topic, []).append(_write_claim(one.item, own))
            declared += _list_new(own, declared)
    for number, (topic, entries) in enumerate(by_topic.items()):
        speakers = [] if number else [*declared]
        plan_picks(files, root, briefing, _aim(root, briefing, topic, ""), entries, speakers)
    for name, own in statements.items():
        target, new = _aim(root, briefing, briefing.claim[name].topic, name), _list_new(own, declared)
        plan_picks(files, root, briefing, target, [_write_statement(one) for one in own], new)
        declared += new


def _aim(root: Path, briefing: Briefing, topic: str, claim: str) -> Target:
    return find_target(root, briefing, f"claims/{topic}.yml", claim)


def _list_new(kept: Sequence[Kept], declared: Sequence[tuple[str, Speaker]]) -> list[tuple[str, Speaker]]:
    """The speakers to declare, each once, with the source of the first statement of theirs."""
    found: dict[str, tuple[str, Speaker]] = {}
    there = {speaker.id for _, speaker in declared}
    for one in kept:
        if one.new and isinstance(one.item, ProposedStatement) and one.new.id not in there:
            found.setdefault(one.new.id, (one.item.source, one.new))
    return [*found.values()]


def _write_claim(item: ProposedClaim, own: Sequence[Kept]) -> dict[str, Any]:
    """A claim in the keys of the format."""
    entry: dict[str, Any] = {"id": item.id, "claim": item.claim, "kind": item.kind}
    entry |= {key: value for key, value in (("answer", item.answer), ("note", item.note)) if value}
    entry |= {"terms": list(item.terms)} if item.terms else {}
    below: dict[str, list[dict[str, Any]]] = {}
    for one in own:
        statement = _write_statement(one)
        below.setdefault(statement.pop("source"), []).append(statement)
    if below:
        entry["statements"] = {name: all_of[0] if len(all_of) == 1 else all_of for name, all_of in below.items()}
    return entry


def _write_statement(one: Kept) -> dict[str, Any]:
    """A statement in the keys of the format, without those that may be left out."""
    item = one.item
    if not isinstance(item, ProposedStatement):
        raise TypeError(item)
    entry: dict[str, Any] = {"source": item.source}
    optional: Mapping[str, Any] = {
        "speaker": one.speaker, "via": item.via, "mode": item.mode,
        "stance": item.stance if item.stance != "asserts" else None, "of": item.of, "quote": item.quote,
        "translation": item.translation, "paragraph": item.paragraph, "cut": item.cut or None, "note": item.note,
    }  # fmt: skip
    return entry | {key: value for key, value in optional.items() if value is not None}


def _plan_gists(files: dict[str, bytes], root: Path, briefing: Briefing, items: Sequence[Item]) -> None:
    for item in items:
        if isinstance(item, ProposedGist):
            shown = f"briefings/{briefing.slug}/sources/{item.source}.yml"
            _set(files, root, shown, ("outline", item.paragraphs), item.gist)
