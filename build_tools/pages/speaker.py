"""The page of a speaker in one briefing: everything credited to them there. Pure."""

from collections.abc import Iterator
from typing import Any

from build_tools.model import paging
from build_tools.model.records import Speaker
from build_tools.pages.context import Context, once
from build_tools.pages.links import speaker_path
from build_tools.pages.page import Page, split_pages
from build_tools.pages.pager import make_pager
from build_tools.pages.statement import known_statements, statement_view
from build_tools.pages.views import SpeakerView, StatementView
from build_tools.text.encode import address


def pages(context: Context) -> Iterator[Page]:
    """The pages of all speakers of a briefing."""
    for speaker in speaker_views(context):
        base = f"speakers/{speaker.id}/"
        sheets = _sheets(context, speaker, base)
        yield from split_pages(context, base, "speaker", "Speakers", speaker.name, sheets)


def _sheets(context: Context, speaker: SpeakerView, base: str) -> Iterator[dict[str, Any]]:
    total = len(speaker.statements)
    runs = [run for (run,) in paging.distribute_statements([total])]
    titles = [paging.run_title("statements", run, total) for run in runs]
    contents = [(title, [(title, "")]) for title in titles]
    for number, run in enumerate(runs, 1):
        pager = make_pager(context.address, base, number, contents)
        yield {"speaker": speaker, "statements": speaker.statements[run.first : run.end], "pager": pager}


@once
def speaker_views(context: Context) -> tuple[SpeakerView, ...]:
    """Every speaker with the statements credited to them or made in their own texts.

    Named speakers come first, those with most statements before others.
    """
    by_speaker: dict[str, list[StatementView]] = {}
    for claim in context.briefing.claims:
        for statement in known_statements(context, claim):
            view = statement_view(context, claim, statement)
            if view.holder_id in context.speakers:
                by_speaker.setdefault(view.holder_id, []).append(view)
    views = []
    for speaker, statements in by_speaker.items():
        sources = ", ".join(dict.fromkeys(statement.source.text for statement in statements))
        views.append(speaker_head(context, speaker)._replace(statements=tuple(statements), sources=sources))
    return tuple(sorted(views, key=lambda view: (view.unnamed, -len(view.statements), view.name)))


def speaker_head(context: Context, name: str) -> SpeakerView:
    """A speaker without statements; one whom nothing describes (a draft may have some) is shown by the id."""
    speaker = context.speakers.get(name) or Speaker.model_construct(id=name, name=name, kind="person", role=None)
    shared = context.briefing.listed and speaker.id in context.site.speaker
    return SpeakerView(
        id=speaker.id,
        name=speaker.name,
        kind=context.vocabulary.get("speaker_kinds", speaker.kind).label,
        role=speaker.role or "",
        interest=speaker.interest or "",
        unnamed=speaker.kind == "unnamed",
        href=context.speaker_address(speaker.id),
        everywhere=address(speaker_path(speaker.id)) if shared else None,
    )
