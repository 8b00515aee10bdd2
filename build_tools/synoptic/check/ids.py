"""Rules: ids are unique, and an id that was published is never lost. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from synoptic.base.problems import Place, Problem, suggest_nearest
from synoptic.check.rule import report_bad_cross_reference, report_duplicate, report_missing
from synoptic.compare import ids as register
from synoptic.compare.ids import SORTS, find_lost, list_ids, list_renames, list_unused
from synoptic.model.lock import Register
from synoptic.model.records import Claim, Event, Figure, Parallel, Speaker, Statement
from synoptic.model.site import REGISTER, UNREADABLE, Briefing, Site


def duplicate_id(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An id is used once: among a briefing's claims; among its statements, figures and events; among its parallel
    passages; among speakers."""
    statements = (statement for _, statement in briefing.statements)
    speakers = (speaker for source in briefing.sources for speaker in source.speakers)
    groups: tuple[
        tuple[Iterable[Claim | Statement | Figure | Event | Parallel | Speaker], Mapping[str, Speaker]], ...
    ] = (
        (briefing.claims, {}),
        ((*statements, *briefing.figures, *briefing.events), {}),
        (briefing.file.parallels, {}),
        (speakers, site.speaker),
    )
    for group, shared in groups:
        first_places: dict[str, Place] = {}
        for item in group:
            if item.id in first_places or item.id in shared:
                first = first_places.get(item.id) or shared[item.id].place
                yield report_duplicate(item.id, item.place.at("id"), first)
            first_places.setdefault(item.id, item.place)


def page_twice(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """No two topics share a page, and no claim has the id of something else on its page."""
    taken = {"topic", *(f"s-{statement.id}" for _, statement in briefing.statements)}
    for claim in briefing.claims:
        if claim.id in taken:
            message = f'the claim id "{claim.id}" is already used by something else on its page'
            yield Problem(claim.place.at("id"), message, "give the claim another id")
    first_places: dict[str, Place] = {}
    for topic in briefing.file.topics:
        if first := first_places.get(topic.id):
            message = f'two topics share the page "topics/{topic.id}"'
            yield Problem(topic.place.at("id"), message, f"the other is in line {first.line}; rename one of them")
        first_places.setdefault(topic.id, topic.place)


def not_registered(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every id of a published briefing is in its register, ids.lock, which `lock` writes."""
    if briefing.draft or REGISTER in briefing.broken:
        return
    tip = f"run: synoptic lock {briefing.slug}"
    if briefing.register is None:
        place = Place(f"briefings/{briefing.slug}/{register.FILE}")
        yield Problem(place, "is missing, so a published id could disappear unnoticed", tip)
        return
    lost = find_lost(briefing, site)
    reported = {(sort, new) for (sort, _), (new, _) in lost.items()}  # by id_gone
    for sort, names in list_ids(briefing).items():
        registered = set(getattr(briefing.register, sort))
        for name, (place, key) in names.items():
            if name in registered or (sort, name) in reported or f"lock:{name}" in briefing.broken:
                continue
            if sort == "speakers" and name not in site.speakers_of(briefing):
                continue  # reported as unknown
            message = f'the {SORTS[sort]} id "{name}" is not in {register.FILE}'
            yield Problem(place.at(key), message, tip)


def id_gone(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A published id stays in use, or is listed under `was:` of what was renamed, or under `gone:` with a reason."""
    topics = {claim.topic for claim in briefing.claims}
    published = set(briefing.register.topics if briefing.register else ())
    if UNREADABLE in briefing.broken or {topic.id for topic in briefing.file.topics} & published - topics:
        return  # a whole file is missing, which has been reported
    # unknown speakers are reported by their own rule; one of them may be the misspelt id
    unknown_speakers = {s.speaker for _, s in briefing.statements} - {None, *site.speakers_of(briefing)}
    unsure = {
        "speakers": bool(unknown_speakers or briefing.broken),
        "claims": len(briefing.claim) < len(briefing.claims),  # two have one id, which is reported
        "statements": len(briefing.statement) < len(briefing.statements),
    }
    current = list_ids(briefing)
    for (sort, name), (new, place) in find_lost(briefing, site).items():
        if name in briefing.broken or unsure.get(sort) or (sort == "topics" and name in topics):  # reported as unknown
            continue
        message = f'the {SORTS[sort]} id "{name}" was published but is no longer used'
        tip = f"add was: [{name}] to what has another id now, or gone: [{{ids: [{name}], why: ...}}] to briefing.yml"
        if new:
            there, key = current[sort][new]
            place, message = there.at(key), f'{message}, and "{new}" is new'
            tip = f'change it back to "{name}", or {tip}'
        tip += f"; if it was never on the main branch, run: synoptic lock {briefing.slug}"
        yield Problem(place, message, tip)


def was_wrong(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every id under `was:` or `gone:` was published and is no longer used; the id under `to:` exists."""
    current, published = list_ids(briefing), briefing.register
    first_places: dict[tuple[str, str], Place] = {}
    for sort, old, new, place in list_renames(briefing, site):
        what = SORTS[sort]
        if (first := first_places.setdefault((sort, old), place)) != place:
            message = f'the {what} id "{old}" is already under was: at {first.path}:{first.line}'
            yield Problem(place, message, "only one of them can have had this id; remove the other")
        elif old in current[sort]:
            yield Problem(place, f'the {what} id "{old}" is still in use', f'remove it from was: of "{new}"')
        elif new not in site.speaker and published and old not in getattr(published, sort):
            tip = suggest_nearest(old, getattr(published, sort))
            yield Problem(place, f'the {what} id "{old}" was never published', tip)
    unused = {name for _, name, _ in list_unused(briefing)}
    for entry in briefing.file.gone:
        for i, name in enumerate(entry.ids):
            if name not in unused and published:
                tip = suggest_nearest(name, unused) if unused else "remove it"
                yield Problem(entry.place.at("ids", i), f'the id "{name}" is still in use or was never published', tip)
        if entry.to and "/" in entry.to:
            yield from report_bad_cross_reference(briefing, site, entry.to, entry.place.at("to"))
        elif entry.to is not None:
            known = {name for names in current.values() for name in names}
            yield from report_missing(briefing, entry.to, known, "id", entry.place, "to")


def find_dropped(base: Briefing, head: Briefing | None, site: Site) -> list[Problem]:
    """The problems of ``_find_dropped``, which is not a rule: a rule knows one state only."""
    return list(_find_dropped(base, head, site))


def _find_dropped(base: Briefing, head: Briefing | None, site: Site) -> Iterator[Problem]:
    """Published ids of an earlier state, ``base``, that ``head`` has neither in its register nor anywhere else, unless
    another rule reports them. ``head`` is None if the briefing's folder is gone; ``site`` is that of the head.

    An id is lost for good if it is deleted together with its line in the register: then nothing but an earlier state
    knows it. In a draft the other rules only warn, so all its ids are looked for.
    """
    published = base.register or Register()
    if not base.draft:
        published = register.make_register(base, base.register)
    folder = f"briefings/{base.slug}"
    if head is None:
        if any(getattr(published, sort) for sort in SORTS):
            message = f'the briefing "{base.slug}" was published, and all its addresses are gone'
            tip = "restore it; to withdraw it, set status: draft, keep its ids.lock, and say why under gone:"
            yield Problem(Place(f"{folder}/briefing.yml"), message, tip, "id-gone")
        return
    if REGISTER in head.broken:
        return
    now, kept, gone = list_ids(head), head.register or Register(), register.list_gone(head)
    renamed = {(sort, old) for sort, old, _, _ in list_renames(head, site)}
    for sort, what in SORTS.items():
        for name in getattr(published, sort):
            is_kept, is_used = name in getattr(kept, sort), name in now[sort]
            is_explained = (sort, name) in renamed or name in gone
            if (is_kept and (is_used or is_explained)) or (not head.draft and (is_kept or is_used)):
                continue  # all is well, or `id-gone` and `not-registered` say what is not
            lost = "" if is_used else ", and nothing has it any more"
            message = f'the {what} id "{name}" was published but is not in {register.FILE}{lost}'
            if is_kept:
                message = f'the {what} id "{name}" was published, and nothing has it any more'
            put_back = f"put it back{'' if head.draft else f': synoptic lock {base.slug}'}"
            tips = [] if is_kept else [put_back]
            if not (is_used or is_explained):
                tips.append(f"add was: [{name}] to what has another id now, or gone: [{{ids: [{name}], why: ...}}]")
            yield Problem(Place(f"{folder}/{register.FILE}"), message, "; ".join(tips), "id-gone")
