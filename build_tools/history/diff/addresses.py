"""Compares what keeps old addresses working: earlier ids, reasons why an id is gone, the register of ids. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from build_tools.compare.ids import SORTS, list_gone
from build_tools.history.diff.matching import Renamable, match_by_id
from build_tools.history.diff.objects import NewChange, Sides, show_value
from build_tools.model.change import Change
from build_tools.model.records import Gone
from build_tools.model.site import Briefing, Register


def compare_addresses(sides: Sides) -> Iterator[Change]:
    """What changed in the ways from old addresses of a briefing to what is there today."""
    old, new = _with_earlier_ids(sides.base), _with_earlier_ids(sides.head)
    for subject, items in new.items():
        yield from compare_earlier_ids(subject, old[subject], items, getattr(sides.ids, subject), sides.change)
    yield from _compare_gone(sides)
    yield from _compare_registers(sides)


def compare_earlier_ids(
    subject: str,
    base: Iterable[Renamable],
    head: Iterable[Renamable],
    renamed: Mapping[str, str],
    new_change: NewChange,
) -> Iterator[Change]:
    """Objects whose list of earlier ids changed, apart from an id that changes in this very comparison."""
    for before, after in match_by_id(base, head, renamed).both:
        old, new = {*before.was} - {after.id}, {*after.was} - {before.id}
        if old != new:
            first, second = (show_value(tuple(sorted(names))) for names in (old, new))
            yield new_change(
                "address-changed", after.id, after.place.at("was"), before=first, after=second, what=subject
            )


def _with_earlier_ids(briefing: Briefing) -> dict[str, Iterable[Renamable]]:
    """Everything in a briefing that can have earlier ids, by subject."""
    return {
        "source": briefing.sources,
        "topic": briefing.file.topics,
        "claim": briefing.claims,
        "statement": [statement for _, statement in briefing.statements],
        "speaker": briefing.own_speakers.values(),
    }


def _compare_gone(sides: Sides) -> Iterator[Change]:
    def show(reason: Gone) -> str:
        return f"{reason.why} See {reason.to}." if reason.to else reason.why

    old, new = list_gone(sides.base), list_gone(sides.head)
    for name in {*old, *new}:
        before, after = old.get(name), new.get(name)
        if before and after and (before.why, before.to) == (after.why, after.to):
            continue
        if before:
            yield sides.change("gone-removed", name, before.place, side="base", before=show(before))
        if after:
            yield sides.change("gone-added", name, after.place, after=show(after))


def _compare_registers(sides: Sides) -> Iterator[Change]:
    """Published ids that were taken out of the register; it must only grow."""
    old, new = sides.base.register or Register(), sides.head.register or Register()
    for sort, subject in SORTS.items():
        for name in {*getattr(old, sort)} - {*getattr(new, sort)}:
            yield sides.change("register-removed", name, old.place, side="base", before=name, what=subject)
