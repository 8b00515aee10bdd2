"""Imported drafts in the workbench: shown where they belong, accepted or refused one by one, and counted once saved."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from synoptic.authoring.set_value import set_value
from synoptic.base.problems import Refused
from synoptic.model.site import Briefing, Site
from synoptic.proposals.drafts import (
    Draft,
    Drafts,
    credit,
    dump_item,
    fingerprint,
    mark_accepted,
    mark_refused,
    read_drafts,
    settle,
    write_drafts,
)
from synoptic.proposals.judge import judge
from synoptic.proposals.schema import Item, ProposedAnswer, ProposedClaim, ProposedGist, ProposedStatement
from synoptic.suggest.draft import match_speaker
from synoptic.text.folding import fold
from synoptic.workbench.article import place_words
from synoptic.workbench.fields import Declined, refuse_change
from synoptic.workbench.journal import Edit, Entry
from synoptic.workbench.overlay import read_disk

#: The words of each kind of draft.
_WORDS: dict[type[Item], str] = {
    ProposedAnswer: "text", ProposedClaim: "claim", ProposedStatement: "quote", ProposedGist: "gist",
}  # fmt: skip


def read_open(root: Path, briefing: Briefing, accepted: Collection[str]) -> list[Draft]:
    """The drafts that nobody refused and that the briefing does not have yet, nor in other words that ``accepted``
    names; none if their file cannot be read."""
    return [draft for draft in _settle(_read(root, briefing), briefing, accepted).drafts if draft.is_open]


def _read(root: Path, briefing: Briefing) -> Drafts:
    try:
        return read_drafts(root, briefing.slug)
    except Refused:
        return Drafts(briefing.slug)


def _settle(old: Drafts, briefing: Briefing, accepted: Collection[str]) -> Drafts:
    """The drafts in which all that the briefing has are accepted, in their own words or in others."""
    chosen = [one.number for one in old.drafts if not one.accepted and fingerprint(one.item) in accepted]
    return settle(mark_accepted(old, chosen) if chosen else old, briefing)


def find_mark(root: Path, briefing: Briefing, number: int) -> str:
    """The fingerprint of a draft by its number. Raises Declined if there is none."""
    for draft in _read(root, briefing).drafts:
        if draft.number == number:
            return fingerprint(draft.item)
    raise Declined(422, f"there is no draft {number}")


def judge_draft(root: Path, site: Site, briefing: Briefing, number: int, change: Any) -> None:
    """Judge a draft again that a change accepts in its own words: the texts and the briefing may have changed since it
    was imported. Raises Declined if it does not stand. Other words are the editor's own, for ``check`` to judge."""
    change = change if isinstance(change, dict) else {}
    open_ones = [draft for draft in _read(root, briefing).drafts if draft.is_open]
    item = next((draft.item for draft in open_ones if draft.number == number), None)
    if item is None:
        raise Declined(422, f"there is no open draft {number}")
    if fold(str(change.get(_WORDS[type(item)], ""))) != fold(getattr(item, _WORDS[type(item)])):
        return
    items: list[Item] = [item]
    if isinstance(item, ProposedStatement):
        items = [item.model_copy(update={"claim": str(change.get("claim", ""))})]
    elif isinstance(item, ProposedClaim):  # it stands only with its statements
        others = [draft.item for draft in open_ones if isinstance(draft.item, ProposedStatement)]
        items += [one for one in others if one.claim == item.id]
    judged = judge(briefing, site, items)
    if not any(one.item is items[0] for one in judged.kept):
        raise refuse_change("this proposal does not stand any more: change its words, or refuse it", judged.refused)


def describe_drafts(root: Path, briefing: Briefing, accepted: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """The open drafts of answers, claims and statements, and every draft that somebody refused, as the page lists
    them."""
    drafts = _settle(_read(root, briefing), briefing, accepted).drafts
    items = [draft for draft in drafts if draft.is_open]
    found: dict[str, list[dict[str, Any]]] = {"answers": [], "claims": [], "statements": []}
    for draft in items:
        if not isinstance(draft.item, ProposedGist):
            found[f"{draft.kind}s"].append(_show(draft) | _add_answer(draft, items))
    return {**found, "refused": [_show(draft) for draft in drafts if draft.refused]}


def _show(draft: Draft) -> dict[str, Any]:
    return {**dump_item(draft.item), "draft": draft.number, "origin": draft.by, "what": draft.kind}


def _add_answer(draft: Draft, drafts: Sequence[Draft]) -> dict[str, Any]:
    """The answer that a proposed claim gives, if somebody proposes it, too."""
    if isinstance(draft.item, ProposedClaim):
        wanted = draft.item.topic, draft.item.answer
        for other in drafts:
            if isinstance(other.item, ProposedAnswer) and (other.item.topic, other.item.id) == wanted:
                return {"new_answer": {"id": other.item.id, "text": other.item.text}}
    return {}


def add_drafts(article: dict[str, Any], drafts: Sequence[Draft], site: Site, briefing: Briefing) -> dict[str, Any]:
    """An article with the gists that somebody proposes of its paragraphs, and with the statements, each before what a
    program suggests there."""
    paragraphs = article["paragraphs"]
    for paragraph in paragraphs:
        paragraph["drafts"] = []
    new_claims = {
        one.item.id: dump_item(one.item) | _add_answer(one, drafts)
        for one in drafts
        if isinstance(one.item, ProposedClaim)
    }
    for draft in reversed(drafts):
        item = draft.item
        if isinstance(item, ProposedGist) and item.source == article["id"]:
            first, _, last = item.paragraphs.partition("-")
            if int(first) <= len(paragraphs):
                shown = {"draft": draft.number, "origin": draft.by, "gist": item.gist}
                paragraphs[int(first) - 1]["drafts"].insert(0, {**shown, "last": int(last or first)})
        elif isinstance(item, ProposedStatement) and item.source == article["id"]:
            _add_statement(paragraphs, draft, item, new_claims, site, briefing)
    return article


def _add_statement(
    paragraphs: Sequence[dict[str, Any]], draft: Draft, item: ProposedStatement,
    new_claims: Mapping[str, dict[str, Any]], site: Site, briefing: Briefing,
) -> None:  # fmt: skip
    text, speakers = briefing.texts.get(item.source), site.speakers_of(briefing)
    if text is None:
        return
    markers = site.vocabulary.markers_of(briefing.source[item.source].lang).all
    match = text.find(item.quote, cut=item.cut, block=item.paragraph, markers=markers)
    places = place_words(text, match.ranges[0][0], match.ranges[-1][1]) if match else []
    if not match or not places:
        return
    number, start, end = places[0]
    whole = len(places) == len(match.ranges) == 1 and not match.ours
    quote = text.blocks[number - 1][start:end] if whole else item.quote  # with the very signs of the article
    name = item.speaker or ""
    known = speakers.get(name) or speakers.get(match_speaker(name, speakers.values()) or "")
    shown = {
        "start": start, "end": end, "quote": quote, "speaker": known.id if known else "",
        "speaker_name": known.name if known else name,
        "speaker_kind": known.kind if known else item.speaker_kind or "",
        "mode": item.mode or (("direct" if match.marked else "indirect") if name else ""),
        "draft": draft.number, "origin": draft.by, "claim": item.claim if item.claim in briefing.claim else "",
        "new_claim": new_claims.get(item.claim),
        "stance": item.stance, "of": item.of or "", "note": item.note or "", "translation": item.translation or "",
        "via": item.via or "",
    }  # fmt: skip
    paragraph = paragraphs[number - 1]
    others = [one for one in paragraph["suggestions"] if "draft" in one or one["end"] <= start or end <= one["start"]]
    paragraph["suggestions"] = [shown, *others]


def refuse_drafts(root: Path, briefing: Briefing, numbers: Collection[int], *, refused: bool) -> None:
    """Refuse some drafts, or bring them back. Raises Refused if their file cannot be read."""
    old = read_drafts(root, briefing.slug)
    if unknown := {*numbers} - {draft.number for draft in old.drafts}:
        raise Declined(422, f"there is no draft {min(unknown)}")
    after = mark_refused(old, numbers, refused=refused)
    if after != old:
        write_drafts(root, after)


def credit_drafts(
    root: Path, briefing: Briefing, files: Mapping[str, bytes | None], accepted: Collection[str]
) -> Entry | None:
    """The change of ``assistance`` that the drafts in a briefing ask for; None if there is none to make."""
    old = _read(root, briefing)
    path = f"briefings/{briefing.slug}/briefing.yml"
    line = credit(briefing, old, _settle(old, briefing, accepted))
    if line is None:
        return None
    before = (files[path] if path in files else read_disk(root, path)) or b""
    try:
        after = set_value(before, path, ("editors", 0, "assistance"), line)
    except Refused:  # an odd layout: the words can be written by hand
        return None
    return Entry("Say who proposed how many drafts", (Edit(path, before, after),))


def settle_drafts(root: Path, briefing: Briefing, accepted: Collection[str]) -> None:
    """Mark the drafts that the briefing has as accepted; while it names no editor, who must say so, they wait."""
    old = _read(root, briefing)
    if briefing.file.editors and (after := _settle(old, briefing, accepted)) != old:
        write_drafts(root, after)
