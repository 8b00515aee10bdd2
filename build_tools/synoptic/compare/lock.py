"""Locks: makes the record of every quotation and search term that was found in a source's full text. Pure. A lock holds
hashes, positions and the few marker words beside a quotation, but no wording of the text."""

from collections.abc import Iterable

import yaml

from synoptic.compare.context import record_context
from synoptic.compare.hits import list_unlikely
from synoptic.compare.proofs import keep_proofs
from synoptic.compare.quotations import count_quoted_words, is_own_words, list_quotations
from synoptic.compare.telling import record_telling
from synoptic.model.lock import Lock, LockedQuote, Reader, SharedRun
from synoptic.model.records import Source, Statement
from synoptic.model.site import UNREADABLE, Briefing
from synoptic.model.values import BLOCK_QUOTE
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.folding import fold, split_words
from synoptic.text.match import Match, Text, hash_quote
from synoptic.text.names import count_spared
from synoptic.text.shared_runs import OWN_WORDS, find_shared_runs

HEADER = "# Written by `synoptic lock`: what was checked against the full text. Not edited by hand.\n"


def find_quotation(statement: Statement, source: Source, text: Text, vocabulary: Vocabulary) -> Match | None:
    """The place of a statement's quotation in its source's text."""
    markers = vocabulary.markers_of(source.lang).all
    return text.find(statement.quote, cut=statement.cut, block=statement.paragraph, markers=markers, lang=source.lang)


def make_entry(statement: Statement, source: Source, match: Match, vocabulary: Vocabulary) -> LockedQuote:
    """The lock's entry for a quotation that was found. It says that words are one whole sentence only where the site's
    limit of narration makes this matter."""
    entry = LockedQuote(
        statement=statement.id,
        sha256=hash_quote(statement.quote, statement.cut),
        block=match.block,
        words=match.ranges,
        marks=match.marked or (statement.speaker is not None and source.paragraphs.get(match.block) == BLOCK_QUOTE),
        beside=match.beside,
        ours=match.ours,
    )
    long = count_quoted_words(entry) > vocabulary.quoting.narration and "over-length" not in statement.allow
    needed = match.whole and long and not is_own_words(source, statement, entry)
    return entry.model_copy(update={"whole": True}) if needed else entry


def make_lock(
    briefing: Briefing, source: Source, text: Text, sha: str, vocabulary: Vocabulary, names: Iterable[str] = ()
) -> Lock:
    """A new lock of one source, unsigned; ``sha`` is the hash of the file of ``text``. A quotation that is not found
    has no entry. Runs shared with a source whose text is not at hand are kept. ``names`` are searched besides the
    claims' terms, for the page "How each tells it"."""
    others = {s.id: briefing.texts[s.id] for s in briefing.sources if s.id != source.id and s.id in briefing.texts}
    runs = [
        run for name, other in others.items() for run in list_shared_runs(source, text, briefing.source[name], other)
    ]
    old = briefing.locks.get(source.id)
    known = briefing.source.keys() | briefing.broken
    kept = {name for name in (old.compared if old else ()) if name in known and name not in others}
    shared = old.shared if old else ()
    found = [
        (statement, match)
        for statement in list_quotations(briefing, source.id)
        if (match := find_quotation(statement, source, text, vocabulary))
    ]
    entries = [make_entry(statement, source, match, vocabulary) for statement, match in found]
    turns = {
        statement.id: record_context(text, match, source, vocabulary)
        for statement, match in found
        if statement.id in briefing.statement
    }
    terms = [term for claim in briefing.claims for term in claim.terms]
    unread = old if old and old.sha256 == sha and UNREADABLE in briefing.broken else None
    if unread and unread.telling:
        names = {*names, *unread.telling.names}
    made = Lock(
        sha256=sha,
        words=len(text.spans),
        blocks=len(text.blocks),
        compared=tuple(sorted({*others, *kept})),
        shared=(*(run for run in shared if run.source in kept), *runs),
        quotes=tuple(sorted(entries, key=lambda entry: entry.statement)),
        terms={term: text.search(term) for term in sorted({one.term for one in terms if not one.is_name})},
        names={name: text.search_name(name) for name in sorted({one.term for one in terms if one.is_name})},
        unlikely=list_unlikely(briefing, source, text, entries),
        context={name: turns[name] for name in sorted(turns) if turns[name]},
        telling=record_telling(text, vocabulary.markers_of(source.lang).hedges, names),
    )
    return _keep_unread(made, unread, briefing) if unread else made


def _keep_unread(new: Lock, old: Lock, briefing: Briefing) -> Lock:
    """``new`` with what ``old`` has of claims that cannot be read now: their searches, and their unlikely hits."""
    now = new.unlikely or {}
    unlikely = {name: b for name, b in (old.unlikely or {}).items() if name in now or name not in briefing.claim} | now
    terms, names = dict(old.terms) | new.terms, dict(old.names) | new.names
    searches = {"terms": dict(sorted(terms.items())), "names": dict(sorted(names.items()))}
    return new.model_copy(update={**searches, "unlikely": unlikely})


def list_shared_runs(
    source: Source, text: Text, other: Source, other_text: Text, *, names: bool = False
) -> list[SharedRun]:
    """The long runs of words that two sources share. Unless ``names`` is set, runs that tell nothing of an origin are
    left out: fewer than ``OWN_WORDS`` words besides the title of either, or if each name and title of a law is one."""
    titles = [" ".join(split_words(fold(one.title).casefold())) for one in (source, other)]

    def tells(first: int, last: int) -> bool:
        words = " ".join(text.tokens[first - 1 : last])
        if any(words in title or len(words.replace(title, "").split()) < OWN_WORDS for title in titles):
            return False
        return last - first + 1 - count_spared(text.wording(first, last), source.lang) >= OWN_WORDS

    return [
        SharedRun(source=other.id, block=text.block_of(text.spans[a - 1][0]), words=(a, b), theirs=(c, d))
        for a, b, c, d in find_shared_runs(text.tokens, other_text.tokens)
        if names or tells(a, b)
    ]


def sign_lock(lock: Lock, old: Lock | None, by: str, on: str, *, again: bool = False) -> Lock | None:
    """``lock`` with the readers of ``old``, and with ``by`` as one if there is something to check: another text, new
    words or terms, or all of it ``again``. Each entry names who checked its words, if not all did.

    None if somebody must sign and ``by`` is empty.
    """
    readers = {reader.name: reader for reader in old.readers} if old else {}
    same_text = old is not None and bool(readers) and old.sha256 == lock.sha256
    before = {_content(entry): entry.by or tuple(readers) for entry in old.quotes} if old and same_text else {}
    names = [before.get(_content(entry), ()) for entry in lock.quotes]
    again = again and by not in readers
    searched = old is not None and lock.terms.items() <= old.terms.items() and lock.names.items() <= old.names.items()
    if again or not same_text or not searched or not all(names):
        if not by:
            return None
        readers[by] = Reader(name=by, day=on)
        names = [tuple(dict.fromkeys((*known, by))) if again or not known else known for known in names]
    quotes = [
        entry.model_copy(update={"by": () if set(known) == set(readers) else known})
        for entry, known in zip(lock.quotes, names, strict=True)
    ]
    first, *others = readers.values()
    signature = {"checked_by": first.name, "checked_on": first.day, "also": tuple(others), "quotes": tuple(quotes)}
    return keep_proofs(Lock.model_validate(dict(lock) | signature), old)


def _content(entry: LockedQuote) -> str:
    """All of an entry that somebody checked; the markers beside it and whether it is a sentence follow from that."""
    return entry.model_dump_json(exclude={"by", "beside", "whole"})


def format_lock(lock: Lock) -> str:
    """The lock as YAML: one line for each quotation and each term."""
    out = lock.model_dump(exclude_none=True, mode="json")
    lists, terms = (
        {name: out.pop(name) for name in ("shared", "quotes", "proofs")},
        {name: out.pop(name) for name in ("terms", "names")},
    )
    unlikely, context, telling = out.pop("unlikely", None), out.pop("context", None), out.pop("telling", {})
    if not out["also"]:
        del out["also"]
    for entry in lists["quotes"]:
        for key in ("ours", "whole", "by"):
            if not entry[key]:
                del entry[key]
    for turn in (turn for turns in (context or {}).values() for turn in turns):
        if not turn["unsure"]:
            del turn["unsure"]
    lines = [HEADER, _yaml(out, flow=None)]
    for name, items in lists.items():
        lines += [f"{name}:\n"] * bool(items) + [f"- {_yaml(item, flow=True)}" for item in items]
    for name, hits in terms.items():
        lines += [f"{name}:\n"] * bool(hits) + [f"  {_yaml({term: found}, flow=None)}" for term, found in hits.items()]
    if unlikely is not None:
        lines += ["unlikely:\n" if unlikely else "unlikely: {}\n"]
        lines += [f"  {_yaml({claim: blocks}, flow=None)}" for claim, blocks in unlikely.items()]
    if context is not None:
        lines += ["context:\n" if context else "context: {}\n"]
        lines += [f"  {name}: {_yaml(turns, flow=True)}" for name, turns in context.items()]
    lines += ["telling:\n"] * bool(telling) + [f"  {key}: {_yaml(told, flow=True)}" for key, told in telling.items()]
    return "".join(lines)


def _yaml(value: object, *, flow: bool | None) -> str:
    """YAML in flow style (or block style with inner lists in flow style), one line a value."""
    dumped: str = yaml.safe_dump(
        value, default_flow_style=flow, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return dumped
