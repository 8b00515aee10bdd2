"""The page of a speaker in one briefing: everything credited to them there, and what others say about them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from build_tools.compare.holders import describe_holders
from build_tools.compare.told_about import ToldAbout, find_told_about, list_names
from build_tools.model import paging
from build_tools.model.records import Speaker
from build_tools.pages.claim import ClaimView, claim_view
from build_tools.pages.context import Context, once, speaker_path
from build_tools.pages.page import Contents, Page, split_pages
from build_tools.pages.statement import StatementView, quote_words, statement_view, statement_views
from build_tools.text.encode import address


class SpeakerView(NamedTuple):
    """A speaker of a briefing; ``statements`` and ``sources`` are filled only where a page lists them."""

    record: Speaker
    kind: str
    unnamed: bool
    href: Markup
    everywhere: Markup | None
    statements: tuple[StatementView, ...] = ()
    sources: str = ""


class AboutView(NamedTuple):
    """A claim on which others say something about a speaker: who holds it, where the name stands, and the quotations
    that have it where the claim has not."""

    claim: ClaimView
    held: str
    where: str
    quoted: Sequence[StatementView]


#: The parts of the page: title and anchor.
SECTIONS = (("statements", ""), ("claims about them", "about"))


def pages(context: Context) -> Iterator[Page]:
    """The pages of all speakers of a briefing."""
    for speaker in speaker_views(context):
        parts = (speaker.statements, about_views(context, speaker.record.id))
        layout = paging.distribute_speaker(*map(len, parts))
        contents = [_list_contents(runs, [len(part) for part in parts]) for runs in layout]
        sheets = (_sheet(context, speaker, parts, runs) for runs in layout)
        name, base = speaker.record.name, f"speakers/{speaker.record.id}/"
        if speaker.unnamed:  # several articles may have "officials"
            name = f"{name} in {speaker.sources}"
        yield from split_pages(context, base, "speaker", "Speakers", name, contents, sheets)


def _list_contents(runs: Sequence[paging.Run], sizes: Sequence[int]) -> Contents:
    """What is on a page: statements, claims about the speaker, or both."""
    entries = [(paging.run_title(SECTIONS[r.group][0], r, sizes[r.group]), SECTIONS[r.group][1]) for r in runs]
    return "; ".join(title for title, _ in entries), entries


def _sheet(
    context: Context,
    speaker: SpeakerView,
    parts: tuple[Sequence[StatementView], Sequence[AboutView]],
    runs: Sequence[paging.Run],
) -> dict[str, Any]:
    """The views of a page. ``about`` is empty if nothing of the second part is on it."""
    shown = {run.group: parts[run.group][run.first : run.end] for run in runs}
    names = quote_words(_names(context).get(speaker.record.id, ()))
    return {"speaker": speaker, "statements": shown.get(0, ()), "about": shown.get(1, ()), "names": names}


@once
def _names(context: Context) -> Mapping[str, Sequence[str]]:
    """The names by which each speaker of the briefing is sought."""
    return list_names(view.record for view in speaker_views(context))


@once
def _told_about(context: Context) -> Mapping[str, list[ToldAbout]]:
    """Speaker's id to the claims on which others say something about them."""
    return find_told_about(context.briefing, _names(context))


def about_views(context: Context, speaker: str) -> list[AboutView]:
    """The claims on which others say something about a speaker."""
    return [
        AboutView(
            claim=claim_view(context, told.claim),
            held=describe_holders(
                context.briefing, context.speakers, told.claim, context.vocabulary, told.statements
            ),
            where="the claim and the quotation" if told.in_claim and told.quoting else "the claim" if told.in_claim
            else "the quotation",
            quoted=()
            if told.in_claim
            else [statement_view(context, told.claim, s) for s in told.quoting if s.source in context.briefing.source],
        )
        for told in _told_about(context).get(speaker, ())
    ]  # fmt: skip


@once
def speaker_views(context: Context) -> tuple[SpeakerView, ...]:
    """Every speaker with the statements credited to them or made in their own texts.

    Named speakers come first, those with most statements before others.
    """
    by_speaker: dict[str, list[StatementView]] = {}
    for claim in context.briefing.claims:
        for view in statement_views(context, claim):
            if view.holder_id in context.speakers:
                by_speaker.setdefault(view.holder_id, []).append(view)
    views = []
    for speaker, statements in by_speaker.items():
        sources = ", ".join(dict.fromkeys(statement.source.text for statement in statements))
        views.append(speaker_head(context, speaker)._replace(statements=tuple(statements), sources=sources))
    return tuple(sorted(views, key=lambda view: (view.unnamed, -len(view.statements), view.record.name)))


def speaker_head(context: Context, name: str) -> SpeakerView:
    """A speaker without statements; one whom nothing describes (a draft may have some) is shown by the id."""
    speaker = context.speakers.get(name) or Speaker.model_construct(id=name, name=name, kind="person")
    shared = context.briefing.listed and speaker.id in context.site.speaker
    return SpeakerView(
        record=speaker,
        kind=context.vocabulary.get("speaker_kinds", speaker.kind).label,
        unnamed=speaker.id in context.briefing.unnamed,
        href=context.speaker_address(speaker.id),
        everywhere=address(speaker_path(speaker.id)) if shared else None,
    )
