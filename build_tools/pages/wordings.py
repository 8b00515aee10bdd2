"""The page Wordings: one utterance as several articles report it, word by word."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from build_tools.pages.briefing import Link, Page, Said
from build_tools.text import match


class Piece(NamedTuple):
    """A stretch of one wording: the same as in the fullest, or how it differs."""

    kind: str
    text: str


class Wording(NamedTuple):
    """One report of an utterance, against the fullest."""

    said: Said
    pieces: tuple[Piece, ...]
    summary: str


class Utterance(NamedTuple):
    """One spoken sentence with all its wordings."""

    id: str
    speaker: Link
    wordings: tuple[Wording, ...]


def wordings(page: Page) -> tuple[Utterance, ...]:
    """Every utterance that several statements report, its wordings word by word against the fullest."""
    groups: dict[str, list[Said]] = {}
    for claim, statement in page.briefing.statements:
        if statement.utterance and statement.source in page.briefing.source:
            groups.setdefault(statement.utterance, []).append(page.said(claim, statement))
    out = []
    for name, found in groups.items():
        full = max(found, key=lambda said: len(match.fold(said.quote).split()))
        ordered = [full, *(said for said in found if said is not full)]
        speaker = full.voice or Link(full.holder, full.holder_href or page.to("speakers/"))
        out.append(Utterance(f"u-{name}", speaker, tuple(
            Wording(said, *_aligned(full.quote, said.quote, first=said is full)) for said in ordered
        )))  # fmt: skip
    return tuple(out)


def _aligned(full: str, other: str, *, first: bool) -> tuple[tuple[Piece, ...], str]:
    """One wording in pieces against the fullest, and the differences in words."""
    theirs, mine = full.split(), other.split()
    if first:
        return (Piece("same", full),), "the fullest wording"
    left, right = [_bare(word) for word in theirs], [_bare(word) for word in mine]
    pieces, summary = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, here = " ".join(theirs[a:b]), " ".join(mine[c:d])
        if kind == "equal":
            pieces.append(Piece("same", here))
            continue
        if gone:
            pieces.append(Piece("gone", gone))
        if here:
            pieces.append(Piece("bracket" if "[" in here else "ellipsis" if "..." in match.fold(here) else "new", here))
        if kind == "delete":
            where = "at its beginning" if a == 0 else "at its end" if b == len(theirs) else "inside"
            summary.append(f"cut {where}: \u201c{gone}\u201d")
        elif kind == "insert":
            summary.append(f"added: \u201c{here}\u201d")
        else:
            summary.append(f"\u201c{here}\u201d instead of \u201c{gone}\u201d")
    return tuple(pieces), "; ".join(summary) or "the same words"


def _bare(word: str) -> str:
    """A word as wordings are compared: without case and the marks around it, so that only words differ."""
    folded = match.fold(word).casefold()
    return folded.strip("\"'.,;:!?()") or folded
