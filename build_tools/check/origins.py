"""Rules: articles that share long runs of words are declared as one find_origin, or as independent. Pure."""

from collections.abc import Iterator

from build_tools.base.problems import Problem
from build_tools.check.rule import get_readable_lock
from build_tools.compare.lock import list_shared_runs
from build_tools.compare.quotations import count_shared_words
from build_tools.compare.statements import find_origin
from build_tools.model.briefing import Briefing
from build_tools.model.site import Site


def compared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The text of every source is compared with every other, and the lock records the long runs they share."""
    command = f"python -m build_tools lock {briefing.slug}"
    locks = briefing.locks
    for source in briefing.sources:
        lock, text = get_readable_lock(briefing, source.id), briefing.texts.get(source.id)
        if lock is None or not lock.checked_by:
            continue
        others = [
            other.id
            for other in briefing.sources
            if other.id != source.id and (other.id not in locks or locks[other.id].checked_by)
        ]
        if missing := [other for other in others if other not in lock.compared]:
            names = ", ".join(f'"{name}"' for name in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            message = f'"{source.id}" was not compared with {names}{more}'
            yield Problem(source.place, message, f"whoever has the texts runs: {command}")
        for other in others:
            other_text = briefing.texts.get(other)
            if text is None or other_text is None or other in missing:
                continue
            runs = [run.model_dump() for run in list_shared_runs(other, text, other_text)]
            if runs != [run.model_dump() for run in lock.shared if run.source == other]:
                message = f'the runs shared with "{other}" in the lock of "{source.id}" do not match the texts'
                yield Problem(source.place, message, f"run: {command}")


def origin_undeclared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Sources that share long runs of words have one `origin`, or are `independent` for a stated reason."""
    for source in briefing.sources:
        lock = briefing.locks.get(source.id)
        if lock is None:
            continue
        partners = dict.fromkeys(run.source for run in lock.shared)
        for name in partners:
            other = briefing.source.get(name)
            if other is None or source.id > name or find_origin(briefing, source.id) == find_origin(briefing, name):
                continue
            if name not in source.independent and source.id not in other.independent:
                number = count_shared_words(briefing, source.id, name)
                message = f'"{source.id}" and "{name}" share {number} words in long runs but have different origins'
                tip = "give both the same origin:, or add independent: {" + name + ": the reason}"
                yield Problem(source.place, message, tip)
        for name in source.independent:
            place, other = source.place.at("independent", name), briefing.source.get(name)
            pair = f'"{source.id}" is declared independent of "{name}"'
            if name not in partners:
                yield Problem(place, f"{pair}, but they share no long run", "remove it", remove=place)
            elif find_origin(briefing, source.id) == find_origin(briefing, name):
                yield Problem(place, f"{pair}, but they have the same origin", "remove origin: or independent:")
            elif other is not None and source.id in other.independent and source.id > name:
                yield Problem(place, f"{pair}, and the other way round", "one reason is enough; remove one of the two")
