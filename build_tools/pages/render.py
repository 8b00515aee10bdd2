"""Every generated file, briefing by briefing: which are up to date, what is wrong, and the rest as it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from build_tools.base.cache import NO_CACHE, Cache, Keeper, digest, parts
from build_tools.base.problems import Problem, sort_problems
from build_tools.check.registry import check_briefing, check_shared
from build_tools.compare.summary import credited_speakers, crediting, related_briefings
from build_tools.model.records import Speaker
from build_tools.model.site import Site
from build_tools.pages import feeds
from build_tools.pages.briefing_pages import briefing_data, render_briefing
from build_tools.pages.context import Context, forget_all_but_statements
from build_tools.pages.links import SPEAKERS
from build_tools.pages.site_pages import common_files, speaker_files

Files = dict[str, str | bytes]
Made = TypeVar("Made")


def site_pages(
    site: Site, problems: Iterable[Problem], *, drafts: bool, results: Cache = NO_CACHE
) -> tuple[Files, frozenset[str], list[Problem]]:
    """Every generated file, by its path under docs/, all at once; the rest as for ``pages_by_briefing``."""
    made, stay, found = pages_by_briefing(site, problems, drafts=drafts, results=results)
    return {path: content for _, files in made for path, content in files.items()}, stay, found


def pages_by_briefing(
    site: Site,
    problems: Iterable[Problem],
    *,
    drafts: bool,
    each: Callable[[Collection[Any]], Iterable[Any]] = iter,
    results: Cache = NO_CACHE,
    stands: Callable[[str, str], bool] = lambda slug, made_of: False,
) -> tuple[Iterator[tuple[str, Files]], frozenset[str], list[Problem]]:
    """The generated files, briefing by briefing, each made when it is asked for.

    In: the site and what loading found; whether the home page names drafts and examples (it does where
    nobody but the editor sees it); what the list of briefings is passed through; results of earlier runs; whether
    the files of a briefing stand already as they are made from this.
    Out: slug and files by their path under docs/, then ``speakers/`` with the id and files of each named speaker, at
    last under "" those that belong to none; the briefings and speakers whose files are to be left: they stand, or have
    errors; all problems, those of the checks included.
    """
    made_of = makings(site)
    found = sort_problems([*problems, *checked(site, made_of, results)])
    errors = [p for p in found if p.level == "error"]
    stay = {p.briefing for p in errors if p.briefing}
    if not all(p.briefing for p in errors):
        stay = set(site.summaries)
    stay |= {slug for slug in site.summaries if slug not in stay and stands(slug, made_of[slug])}
    speakers = {f"{SPEAKERS}{one.id}": one for one in credited_speakers(site)}
    stay |= {unit for unit, one in speakers.items() if stands(unit, _making(site, one, made_of))}

    def made() -> Iterator[tuple[str, Files]]:
        contexts: dict[str, Context] = {}
        for one in each([one for one in site.summaries if one not in stay]):
            context = contexts[one] = Context(site, site.briefing[one])
            yield one, {**render_briefing(context), **briefing_data(site, context.briefing)}
            forget_all_but_statements(context)
        for unit, speaker in speakers.items():
            if unit not in stay:
                yield unit, dict(speaker_files(site, speaker, contexts))
        yield "", dict(common_files(site, drafts=drafts, kept=keeper(made_of, results)))

    return made(), frozenset(stay), found


def checked(site: Site, made_of: Mapping[str, str], results: Cache) -> Iterator[Problem]:
    """What ``check`` finds, of briefings that were checked before as it was found then."""
    for one in site.summaries:
        yield from results.get_or_make(parts("check", made_of[one]), functools.partial(_checked, site, one))
    yield from check_shared(site)


def _checked(site: Site, slug: str) -> list[Problem]:
    return check_briefing(site.briefing[slug], site)


def makings(site: Site) -> dict[str, str]:
    """By briefing, all that its problems, pages and data are made from, as a hash: its own files and those of the
    briefings that it is related to, the words, the speakers, which briefings there are, the settings, the past. Under
    "" the same of all that they have in common."""
    history, slugs = site.history, sorted(site.summaries)
    lines = [(speaker, str(speaker.place)) for speaker in site.speakers]  # a problem may name one
    shared = digest(
        parts(sorted(site.files.items()), lines, site.publication, slugs)
        if history is None
        else parts(
            sorted(site.files.items()), lines, site.publication, slugs, history.since, history.unread,
            [change for entry in history.entries for change in entry.changes if not change.briefing],
        )
    )  # fmt: skip
    own, beside = site.briefing.made_of, related_briefings(site)  # type: ignore[attr-defined]
    made = {
        slug: digest(parts(
            slug, shared, own[slug], [own[other] for other in sorted(beside[slug])],
            site.commits.get(slug), history.entries_of(slug) if history else None,
        ))
        for slug in site.summaries
    }  # fmt: skip
    return made | {"": digest(parts(shared, sorted(made.items()), history.entries if history else None))}


def keeper(made_of: Mapping[str, str], results: Cache) -> Keeper:
    """What keeps results under what the briefings were made of. In: that, by id; where they are kept."""

    def kept(what: str, of: Iterable[str], make: Callable[[], Made], *more: Any) -> Made:
        return results.get_or_make(parts(what, [(slug, made_of[slug]) for slug in of], *more), make)

    return kept


def _making(site: Site, speaker: Speaker, made_of: Mapping[str, str]) -> str:
    """All that a speaker's files are made from, as a hash."""
    return digest(
        parts(speaker.id, [made_of[slug] for slug in crediting(site, speaker.id)], feeds.speaker_feed(site, speaker.id))
    )
