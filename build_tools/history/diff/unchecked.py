"""Finds quotations with new words that only their contributor has checked. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from build_tools.compare.quotations import list_quotations
from build_tools.history.diff.objects import Sides
from build_tools.model.change import Change
from build_tools.model.records import Statement
from build_tools.model.site import Lock
from build_tools.text.match import hash_quote

#: The names of those who wrote commits of the range, by the path of the file they touched.
Authors = Mapping[str, frozenset[str]]


def find_unchecked_quotations(sides: Sides, authors: Authors) -> Iterator[Change]:
    """Quotations that are new, or have new words, and that nobody else has checked.

    A quotation counts as checked if a signed lock of the base had these words of the same text, or if its lock is
    signed by someone who wrote a commit to that lock in the range and none to the file with the quotation.
    """
    ids, head = sides.ids, sides.head
    checked = {
        (ids.source.get(name, name), lock.sha256, entry.sha256)
        for name, lock in sides.base.locks.items()
        for entry in lock.quotes
        if lock.checked_by
    }
    unchanged = {
        (ids.statement.get(s.id, s.id), ids.source.get(s.source, s.source), hash_quote(s.quote, s.cut))
        for s in list_quotations(sides.base)
    }
    for statement in list_quotations(head):
        sha, lock = hash_quote(statement.quote, statement.cut), head.locks.get(statement.source)
        if (statement.id, statement.source, sha) in unchanged:
            continue
        if lock is not None and (statement.source, lock.sha256, sha) in checked:
            continue
        entry = head.locked(statement)
        locked = lock if entry is not None and entry.sha256 == sha else None
        if kind := _kind(statement, locked, authors):
            name = lock.checked_by or "" if lock else ""
            yield sides.change(kind, statement, statement.place.at("quote"), after=statement.quote, name=name)


def _kind(statement: Statement, lock: Lock | None, authors: Authors) -> str:
    """Why a quotation counts as unchecked; empty if it does not. ``lock`` is the lock that has its words, if any."""
    if lock is None:
        return "quotation-unlocked"
    if not lock.checked_by:
        return "quotation-unsigned"
    writers = _normalise(authors.get(statement.place.path, ()))
    lockers = _normalise(authors.get(lock.place.path, ()))
    (checker,) = _normalise([lock.checked_by])
    if checker in writers:
        return "quotation-own-check"
    return "" if checker in lockers else "quotation-said-check"


def _normalise(names: Iterable[str]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names}
