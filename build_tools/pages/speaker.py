"""The page of a speaker in one briefing: everything credited to them there. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model import paging
from build_tools.model.records import Speaker
from build_tools.pages.claim import StatementView, statement_views
from build_tools.pages.context import Context, once, speaker_path
from build_tools.pages.page import Page, split_pages
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


def pages(context: Context) -> Iterator[Page]:
    """The pages of all speakers of a briefing."""
    for speaker in speaker_views(context):
        total = len(speaker.statements)
        runs = [run for (run,) in paging.distribute_statements([total])]
        titles = [paging.run_title("statements", run, total) for run in runs]
        contents = [(title, [(title, "")]) for title in titles]
        sheets = ({"speaker": speaker, "statements": speaker.statements[run.first : run.end]} for run in runs)
        name, base = speaker.record.name, f"speakers/{speaker.record.id}/"
        if speaker.unnamed:  # several articles may have "officials"
            name = f"{name} in {speaker.sources}"
        yield from split_pages(context, base, "speaker", "Speakers", name, contents, sheets)


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
