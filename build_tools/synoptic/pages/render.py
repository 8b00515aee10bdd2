"""All generated files of a site, one unit of work after the other. Pure but for reading the templates.

A unit is a briefing (by its id), a named speaker's own page (``speakers/`` and the id), or ``""``: the pages and data
of the whole site. Files are by their path under docs/.
"""

import functools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from synoptic.base.problems import Problem
from synoptic.compare.summary import list_credited_speakers
from synoptic.data import archive, json_api
from synoptic.data.linked_data import dump_annotations
from synoptic.load.catalogue import find_language
from synoptic.load.load import Each
from synoptic.model.records import Speaker
from synoptic.model.site import Briefing, Site

from synoptic.pages import (  # isort: skip
    changelog, data, disagreements, exercise, feeds, figures, gone, home, matrix, method, moved, overview, receipts,
    site_speaker, site_speakers, source, sources, speaker, speakers, telling, timeline, topic, topics, wordings,
    your_article,
)  # fmt: skip
from synoptic.pages.answers import answered_topics
from synoptic.pages.claim import find_silences
from synoptic.pages.context import SPEAKERS, Context
from synoptic.pages.page import render_pages
from synoptic.pages.statement import forget_all_but_statements
from synoptic.pages.translate import translate_site
from synoptic.text.language import Language, speaking

Files = dict[str, str | bytes]

#: Each has a template of the same name. ``gone`` is last: an old address is left to what has it now.
PAGES = (
    overview, matrix, topics, topic, disagreements, sources, source, receipts, speakers, speaker, telling, timeline,
    figures, wordings, exercise, your_article, data, gone,
)  # fmt: skip


def language_of(site: Site, slug: str = "") -> Language:
    """The language that the pages of a briefing speak, or those of the whole site: its own, if there is a catalogue."""
    own = site.briefing[slug].file.language if slug else ""
    return find_language(own or site.publication.language)


def briefing_pages(context: Context) -> dict[str, str]:
    """The pages and the feed of a briefing."""
    site, briefing = context.site, context.briefing
    pages = (page for module in PAGES for page in module.pages(context))
    return {**render_pages(pages), **change_pages(site, briefing)}


def briefing_data(context: Context) -> Files:
    """All data of a briefing: JSON, CSV, citations, annotations, the archive."""
    site, briefing, base = context.site, context.briefing, context.base
    return {
        **json_api.briefing_files(site, briefing, find_silences(context), answered_topics(context)),
        f"{base}annotations.jsonld": dump_annotations(site, briefing),
        f"{base}{briefing.slug}.zip": archive.zip_briefing(site, briefing),
    }


class Listing(NamedTuple):
    """The entries of a briefing in the lists of the whole site: on its pages and in its data."""

    card: home.Card
    data: dict[str, Any]


def make_listing(site: Site, slug: str, context: Context | None = None) -> Listing:
    """The entries of a briefing, from its context if there is one already."""
    context = context or Context(site, site.briefing[slug])
    return Listing(home.make_card(context), json_api.list_briefing(site, slug))


def common_files(site: Site, listings: Sequence[Listing], *, drafts: bool) -> dict[str, str]:
    """The pages, feeds and data that belong to no briefing, without the named speakers' own pages.

    ``listings`` are of all briefings; ``drafts`` says whether the home page names drafts and examples.
    """
    cards = [listing.card for listing in listings]
    pages = [*home.pages(site, cards, drafts=drafts), method.page(site, cards), *site_speakers.pages(site)]
    listed = [listing.data for listing in listings if listing.card.listed]
    return {**render_pages([*pages, *moved.pages(site)]), **change_pages(site), **json_api.site_files(site, listed)}


def change_pages(site: Site, briefing: Briefing | None = None) -> dict[str, str]:
    """The change log of the site or of a briefing, and its feed; none without a history."""
    return render_pages(changelog.pages(site, briefing)) | feeds.change_feed(site, briefing)


def speaker_units(site: Site) -> dict[str, Speaker]:
    """The named speakers who have a page of their own, by unit."""
    return {f"{SPEAKERS}{speaker.id}": speaker for speaker in list_credited_speakers(site)}


def units_without_errors(site: Site, problems: Iterable[Problem]) -> set[str]:
    """All units but the briefings that have errors: all briefings, if a file that they share has one."""
    broken = {problem.briefing for problem in problems if problem.level == "error"}
    briefings = set() if "" in broken else site.summaries.keys() - broken
    return {*briefings, *speaker_units(site), ""}


class Rendering:
    """Renders the units of a site one by one, each in its own language."""

    def __init__(self, site: Site) -> None:
        self._english, self._spoken = site, language_of(site)
        with speaking(self._spoken):
            self.site = translate_site(site)

    def briefing(self, slug: str) -> tuple[Files, Context | None]:
        """The files of a briefing; and its context, if its views are in the language of the pages that show them
        again."""
        language = language_of(self._english, slug)
        with speaking(language):
            site = self.site if language == self._spoken else translate_site(self._english)
            context = Context(site, site.briefing[slug])
            files = {**briefing_pages(context), **briefing_data(context)}
        return files, context if language == self._spoken else None

    def listing(self, slug: str, context: Context | None = None) -> Listing:
        """The entry of a briefing in the lists of the whole site."""
        with speaking(self._spoken):
            return make_listing(self.site, slug, context)

    def speaker(self, speaker: Speaker, contexts: Mapping[str, Context]) -> Files:
        """The files of a named speaker. ``contexts`` has the briefings whose views exist already, by slug."""
        with speaking(self._spoken):
            feed, known = feeds.speaker_feed(self.site, speaker.id), self.site.speaker[speaker.id]
            return {**render_pages(site_speaker.pages(self.site, known, contexts, next(iter(feed), None))), **feed}

    def common(self, listings: Sequence[Listing], *, drafts: bool) -> Files:
        """The files that belong to no briefing. ``listings`` are of all briefings, or none for pages of titles."""
        with speaking(self._spoken):
            return dict(common_files(self.site, listings, drafts=drafts))


def render_units(
    site: Site,
    units: Container[str],
    *,
    drafts: bool,
    each: Each = iter,
    keep: Callable[[str, Callable[[], Listing]], Listing] = lambda slug, make: make(),
    whole: bool = True,
) -> Iterator[tuple[str, Files]]:
    """The wanted units with their files, each rendered when it is asked for.

    ``drafts``: whether the home page lists drafts and examples; ``each`` wraps the list of briefings, to show progress;
    ``keep`` gets a briefing's id and what makes its entry in the lists of the whole site, and gives the entry;
    ``whole``: whether the lists are wanted, or only pages of their titles.
    """
    rendering = Rendering(site)
    contexts: dict[str, Context] = {}
    listings: dict[str, Listing] = {}
    for slug in each([slug for slug in site.summaries if slug in units]):
        files, context = rendering.briefing(slug)
        yield slug, files
        if "" in units and whole:
            listings[slug] = keep(slug, functools.partial(rendering.listing, slug, context))
        if context:
            contexts[slug] = context
            forget_all_but_statements(context)
    for unit, one in speaker_units(site).items():
        if unit in units:
            yield unit, rendering.speaker(one, contexts)
    if "" in units:
        listed = site.summaries if whole else ()
        every = [listings.get(slug) or keep(slug, functools.partial(rendering.listing, slug)) for slug in listed]
        yield "", rendering.common(every, drafts=drafts)


def render_site(site: Site, *, drafts: bool, units: Container[str] | None = None) -> Files:
    """Every generated file, all at once; or those of some units."""
    units = {*site.summaries, *speaker_units(site), ""} if units is None else units
    return {path: text for _, files in render_units(site, units, drafts=drafts) for path, text in files.items()}
