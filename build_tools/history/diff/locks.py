"""Compares locks: who signed them, and whether they still describe the same text and the same places in it. Pure."""

from collections.abc import Iterator, Mapping

from build_tools.compare.quotations import list_quotations
from build_tools.history.diff.matching import Ids
from build_tools.history.diff.objects import Sides, show_value
from build_tools.model.change import Change
from build_tools.model.site import Lock, LockedQuote, SharedRun
from build_tools.text.english import plural
from build_tools.text.match import hash_quote


def compare_locks(sides: Sides) -> Iterator[Change]:
    """Locks added, removed and changed, by source."""
    base = {sides.ids.source.get(name, name): lock for name, lock in sides.base.locks.items()}
    head = sides.head.locks
    for name, lock in base.items():
        if name not in head and f"lock:{name}" not in sides.head.broken:
            yield sides.change("lock-removed", name, lock.place, side="base", source=name, **_signature(lock))
    for name, lock in head.items():
        if name not in base:
            count = str(len(lock.quotes))
            yield sides.change("lock-added", name, lock.place, source=name, **_signature(lock), count=count)
        elif base[name] is not lock:
            yield from _compare_lock(name, base[name], lock, sides)


def _signature(lock: Lock) -> dict[str, str]:
    return {"name": lock.checked_by or "", "day": lock.checked_on or "no day"}


def _compare_lock(name: str, before: Lock, after: Lock, sides: Sides) -> Iterator[Change]:
    same_text = before.sha256 == after.sha256
    if not same_text:
        hashes = {"before": before.sha256, "after": after.sha256}
        yield sides.change("lock-text", name, after.place.at("sha256"), source=name, **hashes)
    summary = _summarise(before, after, sides.ids)
    old, new = (
        f"checked by {lock.checked_by or 'nobody'} on {lock.checked_on or 'no day'}" for lock in (before, after)
    )
    if summary or old != new or not same_text:
        values = {**_signature(after), "summary": summary or "nothing but who checked it and when"}
        yield sides.change("lock-changed", name, after.place, source=name, before=old, after=new, **values)
    if same_text:
        yield from _compare_entries(name, before, after, sides)
        yield from _compare_searches(name, before, after, sides)


def _summarise(before: Lock, after: Lock, ids: Ids) -> str:
    """The parts of a lock that changed, as in ``2 quotations added, 1 search term removed``."""
    old, new = _entries_by_statement(before, ids.statement), _entries_by_statement(after, {})
    terms = after.terms.keys() & before.terms.keys()
    counts = {
        ("quotation", "added"): len(new.keys() - old.keys()),
        ("quotation", "removed"): len(old.keys() - new.keys()),
        ("quotation", "altered"): sum(_content(old[key]) != _content(new[key]) for key in old.keys() & new.keys()),
        ("search term", "added"): len(after.terms.keys() - before.terms.keys()),
        ("search term", "removed"): len(before.terms.keys() - after.terms.keys()),
        ("search result", "altered"): sum(before.terms[term] != after.terms[term] for term in terms),
    }
    old_runs, new_runs = {_run(r, ids.source) for r in before.shared}, {_run(r, {}) for r in after.shared}
    others = {
        "it shares other passages with other sources": old_runs != new_runs,
        "it was compared with other sources": {ids.source.get(c, c) for c in before.compared} != set(after.compared),
        "its text has another length": (before.words, before.blocks) != (after.words, after.blocks),
    }
    counted = ", ".join(f"{plural(count, noun)} {verb}" for (noun, verb), count in counts.items() if count)
    return "; ".join(filter(None, [counted, *(part for part, differs in others.items() if differs)]))


def _compare_entries(name: str, before: Lock, after: Lock, sides: Sides) -> Iterator[Change]:
    """Entries that changed though their quotation did not."""
    ids = sides.ids.statement
    old_words = {ids.get(s.id, s.id): hash_quote(s.quote, s.cut) for s in list_quotations(sides.base)}
    new_words = {s.id: hash_quote(s.quote, s.cut) for s in list_quotations(sides.head, name)}
    old_entries = _entries_by_statement(before, ids)
    for entry in after.quotes:
        key, old = entry.statement, old_entries.get(entry.statement)
        if old and _content(old) != _content(entry) and old_words.get(key) == new_words.get(key):
            values = {"before": _show_entry(old), "after": _show_entry(entry)}
            yield sides.change("lock-entry", key, entry.place, source=name, **values)


def _compare_searches(name: str, before: Lock, after: Lock, sides: Sides) -> Iterator[Change]:
    """Search terms that are found in other paragraphs."""
    for term in sorted(after.terms.keys() & before.terms.keys()):
        if before.terms[term] != after.terms[term]:
            old, new = (f"paragraphs {show_value(lock.terms[term]) or 'none'}" for lock in (before, after))
            place = after.place.at("terms", term)
            yield sides.change("lock-search", name, place, source=name, before=old, after=new, term=term)


def _entries_by_statement(lock: Lock, renamed: Mapping[str, str]) -> dict[str, LockedQuote]:
    return {renamed.get(entry.statement, entry.statement): entry for entry in lock.quotes}


def _content(entry: LockedQuote) -> tuple[object, ...]:
    return entry.sha256, entry.block, entry.words, entry.marks, entry.beside


def _show_entry(entry: LockedQuote) -> str:
    spans = ", ".join(f"{first} to {last}" for first, last in entry.words)
    marks = "inside" if entry.marks else "outside"
    beside = ", ".join(entry.beside) or "nothing"
    return f"paragraph {entry.block}, words {spans}, {marks} quotation marks, beside it {beside}, {entry.sha256[:12]}"


def _run(run: SharedRun, renamed: Mapping[str, str]) -> tuple[object, ...]:
    return renamed.get(run.source, run.source), run.block, run.words, run.theirs
