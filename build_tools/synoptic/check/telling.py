"""Rules: passages set side by side belong together; what locks record of how articles tell the story is right. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import get_readable_lock
from synoptic.compare.statements import find_block_kind
from synoptic.compare.telling import record_telling
from synoptic.model.lock import Telling
from synoptic.model.site import Briefing, Site

FACTS = tuple(name for name in Telling.model_fields if name != "place")


def parallels(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Parallel passages are two or more statements, each named once."""
    for parallel in briefing.file.parallels:
        if len(set(parallel.statements)) == 1 or not parallel.statements:
            message = f'"{parallel.id}" sets nothing side by side'
            yield Problem(parallel.place.at("statements"), message, "name two statements or more")
        for i, name in enumerate(parallel.statements):
            if name in parallel.statements[:i]:
                place = parallel.place.at("statements", i)
                yield Problem(place, f'"{parallel.id}" names "{name}" twice', "remove one of them", remove=place)


def headline_of(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement with `headline_of` is from a headline, deck or bullet, and names one in the body of its article."""
    counting = {term.id for term in site.vocabulary.blocks if term.counts}
    for _, statement in briefing.statements:
        body = briefing.statement.get(statement.headline_of or "")
        if body is None or {body.source, statement.source} & briefing.broken:  # none, or reported
            continue
        place = statement.place.at("headline_of")
        if body.source != statement.source:
            message = f'"{body.id}" is from "{body.source}", not from "{statement.source}"'
            yield Problem(place, message, "name a statement from the body of the same article")
            continue
        for one, wanted in ((statement, False), (body, True)):
            located = briefing.locked(one) is not None or one.paragraph is not None
            if located and (find_block_kind(briefing, one) in counting) != wanted:
                message = f'"{one.id}" is {"not " if wanted else ""}in the body of "{one.source}"'
                tips = ("headline_of: belongs to a statement from a headline", "name a statement from the body")
                yield Problem(place, message, tips[wanted])
                break


def telling(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The facts that a lock records of how its article tells the story match the text."""
    for source in briefing.sources:
        lock, text = get_readable_lock(briefing, source.id), briefing.texts.get(source.id)
        told = lock.telling if lock else None
        if lock and text and told and (lock.words, lock.blocks) == (len(text.spans), len(text.blocks)):
            today = record_telling(text, told.hedges, told.names)
            wrong = [name for name in FACTS if getattr(told, name) != getattr(today, name)]
            if wrong:
                message = f'the lock of "{source.id}" does not match the text under telling: {", ".join(wrong)}'
                yield Problem(source.place, message, f"run: synoptic lock {briefing.slug}")
