"""Compares what became of articles after they were quoted: their later versions, and what their pages gave. Pure."""

from collections.abc import Iterator

from synoptic.compare.watched import describe_look
from synoptic.history.diff.matching import match_by_id
from synoptic.history.diff.objects import Sides, show_value
from synoptic.model.change import Change
from synoptic.model.records import Source
from synoptic.model.watch import Look, Watch


def compare_versions(sides: Sides) -> Iterator[Change]:
    """The later versions of each source, in one change."""
    for before, after in match_by_id(sides.base.sources, sides.head.sources, sides.ids.source).both:
        if before is not after:
            old, new = _show_versions(before), _show_versions(after)
            yield from sides.differ("source-changed", after, "versions", old, new, field="versions")


def _show_versions(source: Source) -> str | None:
    parts = (
        (v.day, v.note, v.sha256 and f"SHA-256 {v.sha256}", v.lock and f"lock of {v.lock}") for v in source.versions
    )
    return show_value(tuple(", ".join(filter(None, one)) for one in parts))


def compare_watches(sides: Sides) -> Iterator[Change]:
    """What the page of each source gave. A later day with the same result does not count."""
    base = {sides.ids.source.get(name, name): watch for name, watch in sides.base.watches.items()}
    for name in sides.head.source:
        old, new = (watches.get(name) for watches in (base, sides.head.watches))
        if old is not new and f"watch:{name}" not in sides.head.broken:
            yield from _compare_watch(name, old, new, sides)


def _key(look: Look) -> tuple[object, ...]:
    """All of a look but its last day."""
    found = (look.quotations, look.there, look.changed, look.gone)
    return look.at, look.address, look.first, look.answer, look.status, *found


def _compare_watch(name: str, before: Watch | None, after: Watch | None, sides: Sides) -> Iterator[Change]:
    old, new = ({_key(look): look for look in watch.looks} if watch else {} for watch in (before, after))
    for key, look in old.items():
        if key not in new:
            values = {"day": look.first, "summary": describe_look(look)}
            yield sides.change("look-removed", name, look.place, side="base", source=name, **values)
    lost: dict[str, set[str]] = {}
    for key, look in new.items():
        seen = lost.setdefault(look.at, set())
        edited = {*look.changed, *look.gone} - seen and look.at == "page"
        seen.update(look.changed, look.gone)
        if key not in old:
            days = dict.fromkeys((look.first, look.day))
            values = {"day": " to ".join(days), "summary": describe_look(look)}
            yield sides.change("page-edited" if edited else "look-added", name, look.place, source=name, **values)
