"""The lock: what was found of every quotation and search term in a source's full text. Pure.

A lock holds hashes, positions and the few marker words beside a quotation; no wording of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from build_tools.match import Found, Text, digest
from build_tools.model import Briefing, Lock, LockedQuote, Source, Statement, Vocabulary

HEADER = "# Written by `python -m build_tools lock`: what was checked against the full text. Not edited by hand.\n"


def quotations_of(briefing: Briefing, source: str) -> Iterator[Statement]:
    """What is quoted of one source, in the order of the files: statements, then words of figures and events."""
    return (statement for statement in briefing.quotations if statement.source == source)


def terms_of(briefing: Briefing) -> list[str]:
    """Every search term of a briefing, sorted, each once."""
    return sorted({term for claim in briefing.claims for term in claim.terms})


def find(statement: Statement, source: Source, text: Text, vocabulary: Vocabulary) -> Found | None:
    """Where a statement's quotation stands in its source's text."""
    markers = vocabulary.markers_of(source.lang).all
    return text.find(statement.quote, cut=statement.cut, block=statement.paragraph, markers=markers)


def entry(statement: Statement, found: Found) -> LockedQuote:
    """What the lock records of a quotation that was found."""
    return LockedQuote(
        statement=statement.id,
        sha256=digest(statement.quote, statement.cut),
        block=found.block,
        words=found.ranges,
        marks=found.marked,
        beside=found.beside,
    )


def make(briefing: Briefing, source: Source, text: Text, sha: str, vocabulary: Vocabulary) -> Lock:
    """A fresh lock of one source, unsigned. Quotations that are not found have no entry."""
    quotes = [
        entry(statement, found)
        for statement in quotations_of(briefing, source.id)
        if (found := find(statement, source, text, vocabulary))
    ]
    return Lock(
        sha256=sha,
        words=len(text.spans),
        blocks=len(text.blocks),
        quotes=tuple(sorted(quotes, key=lambda q: q.statement)),
        terms={term: text.search(term) for term in terms_of(briefing)},
    )


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
    quotes, terms = out.pop("quotes"), out.pop("terms")
    lines = [HEADER, yaml.safe_dump(out, sort_keys=False, allow_unicode=True)]
    for name, items in (("quotes", quotes), ("terms", [{term: hits} for term, hits in terms.items()])):
        if items:
            lines.append(f"{name}:\n")
        for item in items:
            line = yaml.safe_dump(item, default_flow_style=None, sort_keys=False, allow_unicode=True, width=10**6)
            if name == "quotes":
                line = yaml.safe_dump(item, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
            lines.append(("- " if name == "quotes" else "  ") + line)
    return "".join(lines)
