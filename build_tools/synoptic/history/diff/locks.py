"""Compares what ``lock`` wrote: who signed each lock, whether it still describes the same text and the same places in
it, the register of ids; and finds quotations with new words that only their contributor has checked. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from synoptic.compare.context import list_unheard, locate_turn
from synoptic.compare.ids import SORTS
from synoptic.compare.proofs import count_people, find_signed
from synoptic.compare.quotations import list_quotations
from synoptic.history.diff.matching import Ids
from synoptic.history.diff.objects import Sides, show_value
from synoptic.model.change import Change
from synoptic.model.lock import Lock, LockedQuote, Register, SharedRun
from synoptic.model.proof import Proof
from synoptic.model.records import Statement
from synoptic.model.site import Briefing
from synoptic.model.values import Span
from synoptic.text.brackets import find_brackets
from synoptic.text.english import plural
from synoptic.text.match import hash_quote

#: The names of those who wrote commits of the range, by the path of the file they touched.
Authors = Mapping[str, frozenset[str]]

_NAME = " (as a name)"
_WHERE = {"before": "before", "after": "after", "cut": "cut out of"}


def compare_registers(sides: Sides) -> Iterator[Change]:
    """Published ids that were taken out of the register; it must only grow."""
    old, new = sides.base.register or Register(), sides.head.register or Register()
    for sort, subject in SORTS.items():
        for name in {*getattr(old, sort)} - {*getattr(new, sort)}:
            yield sides.change("register-removed", name, old.place, side="base", before=name, what=subject)


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
    """The last to sign."""
    signatures = [(lock.checked_on or "no day", lock.checked_by or ""), *((one.day, one.name) for one in lock.also)]
    day, name = signatures[-1]
    return {"name": name, "day": day}


def _show_readers(lock: Lock) -> str:
    signed = (f"{reader.name} on {reader.day}" for reader in lock.also)
    return " and ".join([f"checked by {lock.checked_by or 'nobody'} on {lock.checked_on or 'no day'}", *signed])


def _compare_lock(name: str, before: Lock, after: Lock, sides: Sides) -> Iterator[Change]:
    same_text = before.sha256 == after.sha256
    if not same_text:
        hashes = {"before": before.sha256, "after": after.sha256}
        yield sides.change("lock-text", name, after.place.at("sha256"), source=name, **hashes)
    summary = _summarise(before, after, sides.ids)
    old, new = _show_readers(before), _show_readers(after)
    if summary or old != new or not same_text:
        values = {**_signature(after), "summary": summary or "nothing but who checked it and when"}
        yield sides.change("lock-changed", name, after.place, source=name, before=old, after=new, **values)
    yield from _compare_proofs(name, before, after, sides)
    facts = {"its telling": (before.telling, after.telling), "unlikely hits": (before.unlikely, after.unlikely)}
    if others := [fact for fact, (one, other) in facts.items() if (one is None) != (other is None)]:
        yield sides.change("lock-facts", name, after.place, source=name, summary=" and ".join(others))
    if same_text:
        yield from _compare_entries(name, before, after, sides)
        yield from _compare_searches(name, before, after, sides)


def _compare_proofs(name: str, before: Lock, after: Lock, sides: Sides) -> Iterator[Change]:
    """Signatures and time stamps that came, went or changed; ``check`` says whether they fit."""
    old, new = ({proof.name: proof for proof in lock.proofs} for lock in (before, after))
    for reader, proof in old.items():
        if reader not in new:
            yield sides.change("proof-removed", name, before.place, side="base", source=name, name=reader)
        elif proof.ssh and not new[reader].ssh:
            yield sides.change("proof-removed", name, new[reader].place, source=name, name=reader)
    before_all, after_all = ({name: _proof(proof) for name, proof in proofs.items()} for proofs in (old, new))
    for reader, proof in new.items():
        if before_all.get(reader) != after_all[reader]:
            kind = "proof-changed" if reader in old else "proof-added"
            yield sides.change(kind, name, proof.place, source=name, name=reader, proof=_show_proof(proof))


def _proof(proof: Proof) -> tuple[object, ...]:
    return proof.name, proof.day, proof.quotes, proof.rest, proof.copy_sha256, proof.ssh, proof.stamp


def _show_proof(proof: Proof) -> str:
    parts = ["a signature"] * bool(proof.ssh) + ["a time stamp"] * bool(proof.stamp)
    return " and ".join(parts) or "neither a signature nor a time stamp"


def _summarise(before: Lock, after: Lock, ids: Ids) -> str:
    """The parts of a lock that changed, as in ``2 quotations added, 1 search term removed``."""
    old, new = _entries_by_statement(before, ids.statement), _entries_by_statement(after, {})
    searched, searched_now = _searches(before), _searches(after)
    terms = searched.keys() & searched_now.keys()
    counts = {
        ("quotation", "added"): len(new.keys() - old.keys()),
        ("quotation", "removed"): len(old.keys() - new.keys()),
        ("quotation", "altered"): sum(_content(old[key]) != _content(new[key]) for key in old.keys() & new.keys()),
        ("search term", "added"): len(searched_now.keys() - searched.keys()),
        ("search term", "removed"): len(searched.keys() - searched_now.keys()),
        ("search result", "altered"): sum(searched[term] != searched_now[term] for term in terms),
    }
    old_runs, new_runs = {_run(r, ids.source) for r in before.shared}, {_run(r, {}) for r in after.shared}
    others = {
        "it shares other passages with other sources": old_runs != new_runs,
        "it was compared with other sources": {ids.source.get(c, c) for c in before.compared} != set(after.compared),
        "other people count as readers of a quotation": _readers(before, ids.statement) != _readers(after, {}),
        "other facts of how it tells its story": bool(before.telling and after.telling)
        and _telling(before) != _telling(after),
        "other hits count as unlikely": None not in (before.unlikely, after.unlikely)
        and before.unlikely != after.unlikely,
        "other words turn its quotations": before.context is not None and _turns(before) != _turns(after),
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
    searched, searched_now = _searches(before), _searches(after)
    for term in sorted(searched.keys() & searched_now.keys()):
        if searched[term] != searched_now[term]:
            old, new = (f"paragraphs {show_value(hits[term]) or 'none'}" for hits in (searched, searched_now))
            name_only = term.removesuffix(_NAME)
            place = after.place.at("terms", term) if name_only == term else after.place.at("names", name_only)
            yield sides.change("lock-search", name, place, source=name, before=old, after=new, term=term)


def _searches(lock: Lock) -> dict[str, tuple[int, ...]]:
    """Every search of a lock with its hits; those for names say so."""
    return {**lock.terms, **{f"{name}{_NAME}": hits for name, hits in lock.names.items()}}


def _entries_by_statement(lock: Lock, renamed: Mapping[str, str]) -> dict[str, LockedQuote]:
    return {renamed.get(entry.statement, entry.statement): entry for entry in lock.quotes}


def _content(entry: LockedQuote) -> tuple[object, ...]:
    return entry.sha256, entry.block, entry.words, entry.marks, entry.beside, entry.ours, entry.whole


def _turns(lock: Lock) -> set[tuple[object, ...]]:
    return {
        (name, turn.word, turn.words, turn.unsure) for name, turns in (lock.context or {}).items() for turn in turns
    }


def _telling(lock: Lock) -> tuple[object, ...]:
    told = lock.telling
    return (told.words, told.quoted, told.hedges, told.names) if told else ()


def _readers(lock: Lock, renamed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The statements whose words not all readers have checked, each with those who have."""
    entries = _entries_by_statement(lock, renamed).items()
    return {name: tuple(sorted(entry.by)) for name, entry in entries if entry.by}


def _show_entry(entry: LockedQuote) -> str:
    spans = ", ".join(f"{first} to {last}" for first, last in entry.words)
    marks = "inside" if entry.marks else "outside"
    beside = ", ".join(entry.beside) or "nothing"
    ours = f", brackets of ours {', '.join(map(str, entry.ours))}" if entry.ours else ""
    place = f"paragraph {entry.block}, words {spans}{', a whole sentence' if entry.whole else ''}{ours}"
    return f"{place}, {marks} quotation marks, beside it {beside}, {entry.sha256[:12]}"


def _run(run: SharedRun, renamed: Mapping[str, str]) -> tuple[object, ...]:
    return renamed.get(run.source, run.source), run.block, run.words, run.theirs


def find_unchecked_quotations(sides: Sides, authors: Authors) -> Iterator[Change]:
    """Quotations that are new, or have new words, and that nobody else has checked.

    A quotation counts as checked if a signed lock of the base had these words of the same text, or if two people signed
    its entry with keys that the base knows: one of them may be who wrote it. Names in a new lock and in commits are
    typed by whoever makes them, so they only decide what is said.
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
        checkers = [lock.checked_by or "", *(reader.name for reader in lock.also)] if lock else []
        names = [name for name in checkers if entry is None or not entry.by or name in entry.by]
        signed = find_signed(head, statement.source, entry) if entry and locked else {}
        if count_people(signed) < 2:
            kind = "quotation-one-signature" if signed else _kind(statement, locked, names, authors)
            place, name = statement.place.at("quote"), ", ".join(signed or names)
            yield sides.change(kind, statement, place, after=statement.quote, name=name)


def _kind(statement: Statement, lock: Lock | None, names: Iterable[str], authors: Authors) -> str:
    """Why a quotation counts as unchecked. ``lock`` is the lock that has its words, if any, and ``names`` are those who
    checked them, according to it."""
    if lock is None:
        return "quotation-unlocked"
    if not lock.checked_by:
        return "quotation-unsigned"
    writers = _normalise(authors.get(statement.place.path, ()))
    return "quotation-said-check" if _normalise(names) - writers else "quotation-own-check"


def _normalise(names: Iterable[str]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names}


def find_brackets_of_ours(sides: Sides) -> Iterator[Change]:
    """Quotations with words of ours in brackets, and translations with brackets that their quotations lack, where these
    are new: rules find numbers, negations and foreign names in them, and a second person any other fact."""
    ids = sides.ids
    known = {(ids.statement.get(statement.id, statement.id), *rest) for statement, *rest in _list_brackets(sides.base)}
    for statement, key, bracket in _list_brackets(sides.head):
        if (statement.id, key, bracket) not in known:
            place, text = statement.place.at(key), getattr(statement, key)
            yield sides.change("quotation-brackets", statement, place, after=text, word=bracket)


def _list_brackets(briefing: Briefing) -> Iterator[tuple[Statement, str, str]]:
    """Each bracket that holds words of ours: its statement, the key in which it stands, and itself."""
    for _, statement in briefing.statements:
        entry, brackets = briefing.locked(statement), find_brackets(statement.quote)
        for number, hit in enumerate(brackets, 1):
            if entry is not None and entry.is_of(statement) and number in entry.ours:
                yield statement, "quote", hit[0]
        translated = find_brackets(statement.translation or "")
        yield from ((statement, "translation", hit[0]) for hit in translated[len(brackets) :])


def find_limited_quotations(sides: Sides) -> Iterator[Change]:
    """Quotations beside which words stand that may limit them or take them back, where that is new: no rule demands an
    answer to them, so a second person must look.

    Words that were there, unheard and unanswered, beside the same quotation in the base are not listed again.
    """
    ids = sides.ids
    known = {
        (ids.statement.get(statement.id, statement.id), ids.source.get(statement.source, statement.source), *rest)
        for statement, _, *rest in _list_limits(sides.base)
    }
    for statement, where, *rest in _list_limits(sides.head):
        if (statement.id, statement.source, *rest) not in known:
            place, (_, word, _) = statement.place.at("quote"), rest
            yield sides.change("quotation-limited", statement, place, after=statement.quote, where=where, word=word)


def _list_limits(briefing: Briefing) -> Iterator[tuple[Statement, str, str, str, Span]]:
    """Each statement that an unsure turn may limit: with where that is, the hash of the quotation, and the turn's word
    and range."""
    for statement in (one for _, one in briefing.statements if "out-of-context" not in one.allow):
        entry, lock = briefing.locked(statement), briefing.locks.get(statement.source)
        if lock and entry and entry.is_of(statement):
            for turn in (turn for turn in list_unheard(lock, entry) if turn.unsure):
                yield statement, _WHERE[locate_turn(turn, entry)], entry.sha256, turn.word, turn.words
