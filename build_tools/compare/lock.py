"""The lock: what was found of every quotation and search term in a source's full text. Pure.

A lock holds hashes, positions and the few marker words beside a quotation; no wording of the text.
"""

from __future__ import annotations

import yaml

from build_tools.compare.statements import quotations_of
from build_tools.model.briefing import Briefing
from build_tools.model.lock import Lock, LockedQuote, SharedRun
from build_tools.model.records import Source, Statement
from build_tools.model.vocabulary import Vocabulary
from build_tools.text.match import Match, Text, hash_quote
from build_tools.text.shared_runs import find_shared_runs

HEADER = "# Written by `python -m build_tools lock`: what was checked against the full text. Not edited by hand.\n"


def terms_of(briefing: Briefing) -> list[str]:
    """Every search term of a briefing, sorted, each once."""
    return sorted({term for claim in briefing.claims for term in claim.terms})


def find(statement: Statement, source: Source, text: Text, vocabulary: Vocabulary) -> Match | None:
    """Where a statement's quotation stands in its source's text."""
    markers = vocabulary.markers_of(source.lang).all
    return text.find(statement.quote, cut=statement.cut, block=statement.paragraph, markers=markers)


def entry(statement: Statement, found: Match) -> LockedQuote:
    """What the lock records of a quotation that was found."""
    return LockedQuote(
        statement=statement.id,
        sha256=hash_quote(statement.quote, statement.cut),
        block=found.block,
        words=found.ranges,
        marks=found.marked,
        beside=found.beside,
    )


def make(briefing: Briefing, source: Source, text: Text, sha: str, vocabulary: Vocabulary) -> Lock:
    """A fresh lock of one source, unsigned. Quotations that are not found have no entry; what was found in
    comparison with a source whose text is not at hand now is kept."""
    others = {s.id: briefing.texts[s.id] for s in briefing.sources if s.id != source.id and s.id in briefing.texts}
    runs = [run for name, other in others.items() for run in shared_runs_with(name, text, other)]
    old = briefing.locks.get(source.id)
    kept = {name for name in (old.compared if old else ()) if name in briefing.source and name not in others}
    shared = old.shared if old else ()
    quotes = [
        entry(statement, found)
        for statement in quotations_of(briefing, source.id)
        if (found := find(statement, source, text, vocabulary))
    ]
    return Lock(
        sha256=sha,
        words=len(text.spans),
        blocks=len(text.blocks),
        compared=tuple(sorted({*others, *kept})),
        shared=(*(run for run in shared if run.source in kept), *runs),
        quotes=tuple(sorted(quotes, key=lambda q: q.statement)),
        terms={term: text.search(term) for term in terms_of(briefing)},
    )


def shared_runs_with(name: str, text: Text, other: Text) -> list[SharedRun]:
    """The long runs that a text shares with the source ``name``."""
    return [
        SharedRun(source=name, block=text.block_of(text.spans[a - 1][0]), words=(a, b), theirs=(c, d))
        for a, b, c, d in find_shared_runs(text.tokens, other.tokens)
    ]


def sign(lock: Lock, old: Lock | None, by: str, on: str) -> Lock:
    """``lock`` with the checker's name and day; an unchanged lock keeps those it has."""
    if old is not None and old.checked_by and content(lock) == content(old):
        return lock.model_copy(update={"checked_by": old.checked_by, "checked_on": old.checked_on})
    return lock.model_copy(update={"checked_by": by, "checked_on": on})


def content(lock: Lock) -> dict[str, object]:
    """All that a lock says of the text, without who checked it and when."""
    return lock.model_dump(exclude={"checked_by", "checked_on"})


def dump(lock: Lock) -> str:
    """The lock as YAML: one line for each quotation and each term."""
    out = lock.model_dump(exclude_none=True, mode="json")
    lists, terms = {name: out.pop(name) for name in ("shared", "quotes")}, out.pop("terms")
    lines = [HEADER, _yaml(out, flow=None)]
    for name, items in lists.items():
        lines += [f"{name}:\n"] * bool(items) + [f"- {_yaml(item, flow=True)}" for item in items]
    lines += ["terms:\n"] * bool(terms) + [f"  {_yaml({term: hits}, flow=None)}" for term, hits in terms.items()]
    return "".join(lines)


def _yaml(value: object, *, flow: bool | None) -> str:
    """YAML in flow style (or block style with inner lists in flow style), one line a value."""
    dumped: str = yaml.safe_dump(
        value, default_flow_style=flow, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return dumped
