"""Imported drafts in the workbench: shown as suggestions, and counted as accepted once the briefing has them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.authoring.set_value import set_value
from build_tools.base.problems import Refused
from build_tools.model.site import Briefing, Site
from build_tools.proposals.drafts import Draft, Drafts, credit, dump_item, read_drafts, settle, write_drafts
from build_tools.proposals.schema import ProposedClaim, ProposedStatement
from build_tools.suggest.draft import match_speaker
from build_tools.workbench.article import place_words
from build_tools.workbench.journal import Edit, Entry
from build_tools.workbench.overlay import read_disk


def read_open(root: Path, briefing: Briefing) -> list[Draft]:
    """The drafts that the briefing does not have yet; none if their file cannot be read."""
    return [draft for draft in settle(_read(root, briefing), briefing).drafts if not draft.accepted]


def _read(root: Path, briefing: Briefing) -> Drafts:
    try:
        return read_drafts(root, briefing.slug)
    except Refused:
        return Drafts(briefing.slug)


def add_drafts(article: dict[str, Any], drafts: Sequence[Draft], site: Site, briefing: Briefing) -> dict[str, Any]:
    """An article with the statements that somebody proposes of it, each before what a program suggests there."""
    paragraphs = article["paragraphs"]
    text = briefing.texts.get(article["id"])
    markers = site.vocabulary.markers_of(article["lang"]).all
    speakers = site.speakers_of(briefing)
    new_claims = {one.item.id: dump_item(one.item) for one in drafts if isinstance(one.item, ProposedClaim)}
    for draft in reversed(drafts):
        item = draft.item
        if text is None or not isinstance(item, ProposedStatement) or item.source != article["id"]:
            continue
        match = text.find(item.quote, cut=item.cut, block=item.paragraph, markers=markers)
        places = place_words(text, match.ranges[0][0], match.ranges[-1][1]) if match else []
        if not match or not places:
            continue
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
        }  # fmt: skip
        paragraph = paragraphs[number - 1]
        others = [
            one for one in paragraph["suggestions"] if "draft" in one or one["end"] <= start or end <= one["start"]
        ]
        paragraph["suggestions"] = [shown, *others]
    return article


def credit_drafts(root: Path, briefing: Briefing, files: Mapping[str, bytes | None]) -> Entry | None:
    """The change of ``assistance`` that the drafts in a briefing ask for; None if there is none to make."""
    old = _read(root, briefing)
    path = f"briefings/{briefing.slug}/briefing.yml"
    line = credit(briefing, old, settle(old, briefing))
    if line is None:
        return None
    before = (files[path] if path in files else read_disk(root, path)) or b""
    try:
        after = set_value(before, path, ("editors", 0, "assistance"), line)
    except Refused:  # an odd layout: the words can be written by hand
        return None
    return Entry("Say who proposed how many drafts", (Edit(path, before, after),))


def settle_drafts(root: Path, briefing: Briefing) -> None:
    """Mark the drafts that the briefing has as accepted; while it names no editor, who must say so, they wait."""
    old = _read(root, briefing)
    if briefing.file.editors and (after := settle(old, briefing)) != old:
        write_drafts(root, after)
