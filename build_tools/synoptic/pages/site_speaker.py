"""The page of a named speaker across all briefings: everything credited to them, whatever articles carry it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from synoptic.data import linked_data
from synoptic.model import paging
from synoptic.model.records import Speaker
from synoptic.model.site import Site
from synoptic.model.values import UNKNOWN
from synoptic.pages.context import SPEAKERS, Context, Link, speaker_path
from synoptic.pages.page import WIDE, Contents, Page, make_pagers, number_title
from synoptic.pages.speaker import Way, count_ways, group_by_way, sort_by_way
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.encode import address, relative
from synoptic.text.language import gettext, join_words, ngettext


class Appearance(NamedTuple):
    """A speaker in one briefing. Only on their own page: ``statements``, own words first and then earliest articles
    first; the same by how articles carry them, as ``ways``; ``counts`` of each, and the articles."""

    briefing: Link
    page: Markup
    total: int
    statements: Sequence[StatementView] = ()
    carried_by: str = ""
    counts: str = ""
    ways: Sequence[Way] = ()


class SiteSpeaker(NamedTuple):
    """A named speaker and where they appear."""

    record: Speaker
    kind: str
    href: Markup
    appearances: list[Appearance]
    total: int

    @property
    def counted(self) -> str:
        """What stands before the names of the briefings in which they appear."""
        # For translators: the names of briefings follow.
        return ngettext("%(num)s statement in", "%(num)s statements in", self.total)


def pages(site: Site, speaker: Speaker, contexts: Mapping[str, Context], feed: str | None) -> Iterator[Page]:
    """The pages of a speaker; ``contexts`` has the briefings whose views exist already, by slug; ``feed`` is a path."""
    view, base = site_speaker(site, speaker), speaker_path(speaker.id)
    pairs = zip(site.crediting.get(speaker.id, []), view.appearances, strict=True)
    appearances = [
        _add_statements(contexts.get(slug) or Context(site, site.briefing[slug]), speaker, appearance)
        for slug, appearance in pairs
    ]
    sizes = [len(appearance.statements) for appearance in appearances]
    layout = paging.distribute_statements(sizes)
    contents: list[Contents] = []
    for runs in layout:
        titles = [paging.run_title(appearances[run.group].briefing.text, run, sizes[run.group]) for run in runs]
        about = titles[0]
        if len(titles) > 1:
            about = gettext("%(first)s to %(last)s", first=titles[0], last=titles[-1])
        contents.append((about, [(title, f"briefing-{n}") for n, title in enumerate(titles, 1)]))
    for number, (runs, pager) in enumerate(zip(layout, make_pagers(address, base, contents), strict=True), 1):
        path = paging.part_path(base, number)
        parts = [(appearances[run.group], run) for run in runs]
        yield Page(
            address=path,
            template="site_speaker",
            title=number_title(speaker.name, number, len(layout)),
            description=ngettext(
                "%(name)s: %(num)s statement, with the articles that carry it.",
                "%(name)s: %(num)s statements, with the articles that carry them.",
                view.total,
                name=speaker.name,
            ),
            settings={**WIDE, **({"feed": feed} if feed else {})},
            views={
                "speaker": view,
                "appearances": [
                    part._replace(ways=group_by_way(site.vocabulary, part.statements[run.first : run.end]))
                    for part, run in parts
                ],
                "pager": pager,
                "feed": relative(path, feed) if feed else None,
                "index": address(SPEAKERS),
                "ld": linked_data.describe_speaker(speaker),
            },
        )


def site_speaker(site: Site, speaker: Speaker) -> SiteSpeaker:
    """A named speaker whom a published briefing carries, without statements."""
    appearances = []
    for summary in (site.summaries[slug] for slug in site.crediting.get(speaker.id, [])):
        home = f"briefings/{summary.slug}/"
        page = address(f"{home}speakers/{speaker.id}/")
        appearances.append(Appearance(Link(summary.title, address(home)), page, summary.credited[speaker.id]))
    kind = site.vocabulary.get("speaker_kinds", speaker.kind).label
    total = sum(appearance.total for appearance in appearances)
    return SiteSpeaker(speaker, kind, address(speaker_path(speaker.id)), appearances, total)


def _add_statements(context: Context, speaker: Speaker, appearance: Appearance) -> Appearance:
    """The same with every statement, by date of the article, those of undated ones last."""
    views = [statement_view(context, *pair) for pair in context.briefing.credited[speaker.id]]
    views.sort(key=lambda view: (view.article.published == UNKNOWN, view.article.published))
    names = join_words(list(dict.fromkeys(view.source.text for view in views)))
    return appearance._replace(statements=sort_by_way(views), carried_by=names, counts=count_ways(views))
