"""The page of a named speaker across all briefings: everything credited to them, whatever articles carry it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools.compare.statements import list_statements_by
from build_tools.compare.summary import list_crediting
from build_tools.model import paging
from build_tools.model.records import Speaker, Statement
from build_tools.model.site import Briefing, Site, Summary
from build_tools.model.values import UNKNOWN
from build_tools.pages import feeds
from build_tools.pages.context import Context
from build_tools.pages.links import SPEAKERS, speaker_path
from build_tools.pages.page import WIDE, Page, number_title
from build_tools.pages.pager import Contents, Pager, make_pager
from build_tools.pages.statement import statement_view
from build_tools.pages.views import Link, StatementView
from build_tools.text.encode import address, relative
from build_tools.text.english import join_words


@dataclass(frozen=True)
class Appearance:
    """A speaker in one briefing; ``statements``, earliest article first, and ``carried_by`` only on their own page."""

    briefing: Link
    page: Markup
    count: int
    statements: tuple[StatementView, ...] = ()
    carried_by: str = ""


@dataclass(frozen=True)
class SiteSpeaker:
    """A named speaker and where they appear."""

    id: str
    name: str
    role: str
    interest: str
    kind: str
    href: Markup
    appearances: tuple[Appearance, ...]
    total: int


def pages(site: Site, speaker: Speaker, contexts: Mapping[str, Context] | None = None) -> Iterator[Page]:
    """The pages of a speaker; ``contexts`` has the briefings whose views exist already, by slug."""
    feed = next(iter(feeds.speaker_feed(site, speaker.id)), None)
    view = with_statements(site, speaker, contexts or {})
    parts = list(split_speaker(view))
    for number, (part, pager) in enumerate(parts, 1):
        path = paging.part_path(speaker_path(speaker.id), number)
        yield Page(
            address=path,
            template="site_speaker",
            title=number_title(speaker.name, number, len(parts)),
            description=f"{speaker.name}: {view.total} statements, with the articles that carry them.",
            settings={**WIDE, **({"feed": feed} if feed else {})},
            views={
                "speaker": part,
                "pager": pager,
                "feed": relative(path, feed) if feed else None,
                "index": address(SPEAKERS),
            },
        )


def split_speaker(speaker: SiteSpeaker) -> Iterator[tuple[SiteSpeaker, Pager | None]]:
    """The parts of a speaker's page, each with the statements that fit on it."""
    sizes = [len(appearance.statements) for appearance in speaker.appearances]
    layout = paging.distribute_statements(sizes)
    contents: list[Contents] = []
    for runs in layout:
        titles = [paging.run_title(speaker.appearances[run.group].briefing.text, run, sizes[run.group]) for run in runs]
        about = f"{titles[0]} to {titles[-1]}" if len(titles) > 1 else titles[0]
        contents.append((about, [(title, f"briefing-{n}") for n, title in enumerate(titles, 1)]))
    for number, runs in enumerate(layout, 1):
        appearances = []
        for run in runs:
            appearance = speaker.appearances[run.group]
            appearances.append(replace(appearance, statements=appearance.statements[run.first : run.end]))
        pager = make_pager(address, speaker_path(speaker.id), number, contents)
        yield replace(speaker, appearances=tuple(appearances)), pager


def site_speaker(site: Site, speaker: Speaker) -> SiteSpeaker:
    """A named speaker whom a published briefing carries, without statements."""
    summaries = [site.summaries[slug] for slug in list_crediting(site, speaker.id)]
    return SiteSpeaker(
        id=speaker.id,
        name=speaker.name,
        role=speaker.role or "",
        interest=speaker.interest or "",
        kind=site.vocabulary.get("speaker_kinds", speaker.kind).label,
        href=address(speaker_path(speaker.id)),
        appearances=tuple(_appearance(summary, speaker) for summary in summaries),
        total=sum(summary.credited[speaker.id] for summary in summaries),
    )


def _appearance(summary: Summary, speaker: Speaker) -> Appearance:
    home = f"briefings/{summary.slug}/"
    page = address(f"{home}speakers/{speaker.id}/")
    return Appearance(Link(summary.title, address(home)), page, summary.credited[speaker.id])


def with_statements(site: Site, speaker: Speaker, contexts: Mapping[str, Context]) -> SiteSpeaker:
    """The same with every statement."""
    view = site_speaker(site, speaker)
    appearances = []
    for slug, appearance in zip(list_crediting(site, speaker.id), view.appearances, strict=True):
        context = contexts.get(slug) or Context(site, site.briefing[slug])
        pairs = sorted(
            list_statements_by(context.briefing, speaker.id), key=lambda pair: _order(context.briefing, pair[1])
        )
        statements = tuple(statement_view(context, claim, statement) for claim, statement in pairs)
        names = join_words(list(dict.fromkeys(statement.source.text for statement in statements)))
        appearances.append(replace(appearance, statements=statements, carried_by=names))
    return replace(view, appearances=tuple(appearances))


def _order(briefing: Briefing, statement: Statement) -> tuple[bool, str]:
    """By date of the article, undated ones last."""
    published = briefing.source[statement.source].published
    return published == UNKNOWN, published
