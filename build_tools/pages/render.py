"""All generated files of a site, one unit of work after the other. Pure but for reading the templates.

A unit is a briefing (by its id), a named speaker's own page (``speakers/`` and the id), or ``""``: the pages and data
of the whole site.
"""

import functools
from collections.abc import Callable, Container, Iterable, Iterator

from build_tools.base.problems import Problem
from build_tools.compare.summary import list_credited_speakers
from build_tools.load.load import Each
from build_tools.model.records import Speaker
from build_tools.model.site import Site
from build_tools.pages.briefing_pages import briefing_data, render_briefing
from build_tools.pages.context import Context, forget_all_but_statements
from build_tools.pages.links import SPEAKERS
from build_tools.pages.site_pages import Listing, common_files, make_listing, speaker_files

Files = dict[str, str | bytes]


def speaker_units(site: Site) -> dict[str, Speaker]:
    """The named speakers who have a page of their own, by unit."""
    return {f"{SPEAKERS}{speaker.id}": speaker for speaker in list_credited_speakers(site)}


def units_without_errors(site: Site, problems: Iterable[Problem]) -> set[str]:
    """All units but the briefings that have errors: all briefings, if a file that they share has one."""
    broken = {problem.briefing for problem in problems if problem.level == "error"}
    briefings = set() if "" in broken else site.summaries.keys() - broken
    return {*briefings, *speaker_units(site), ""}


def render_units(
    site: Site,
    units: Container[str],
    *,
    drafts: bool,
    each: Each = iter,
    listing: Callable[[str], Listing] | None = None,
) -> Iterator[tuple[str, Files]]:
    """The wanted units with their files by path under docs/, each rendered when it is asked for.

    ``drafts``: whether the home page lists drafts and examples; ``each`` wraps the list of briefings, to show progress;
    ``listing`` gives the entry of a briefing (by id) in the lists of the whole site, if that is known already.
    """
    contexts: dict[str, Context] = {}
    for slug in each([slug for slug in site.summaries if slug in units]):
        context = contexts[slug] = Context(site, site.briefing[slug])
        yield slug, {**render_briefing(context), **briefing_data(site, context.briefing)}
        forget_all_but_statements(context)
    for unit, speaker in speaker_units(site).items():
        if unit in units:
            yield unit, dict(speaker_files(site, speaker, contexts))
    if "" in units:
        listing = listing or functools.partial(make_listing, site)
        yield "", dict(common_files(site, [listing(slug) for slug in site.summaries], drafts=drafts))


def render_site(site: Site, *, drafts: bool, units: Container[str] | None = None) -> Files:
    """Every generated file by path under docs/, all at once; or those of some units."""
    units = {*site.summaries, *speaker_units(site), ""} if units is None else units
    return {path: text for _, files in render_units(site, units, drafts=drafts) for path, text in files.items()}
