"""The page Wordings: one utterance as several articles report it, compared within each language. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from build_tools.compare.quotations import list_source_words
from build_tools.pages.claim import StatementView, statement_view
from build_tools.pages.context import Context, Link
from build_tools.pages.page import Page, briefing_page
from build_tools.text.folding import fold
from build_tools.text.word_diff import align


class Wording(NamedTuple):
    """One report of an utterance, against the first in its language.

    Each piece has a text, and before it how that compares: ``same``, ``gone``, ``new``, ``bracket`` or ``ellipsis``.
    """

    statement: StatementView
    pieces: list[tuple[str, str]]
    summary: str


#: One spoken sentence: its anchor, its speaker, and all its wordings, the original or fullest first.
Utterance = tuple[str, Link, list[Wording]]


def pages(context: Context) -> Iterator[Page]:
    """The page Wordings, if several statements report one utterance."""
    if any(statement.utterance for _, statement in context.briefing.statements):
        yield briefing_page(
            context, "wordings/", "wordings", "Wordings", "Wordings", utterances=compare_wordings(context)
        )


def compare_wordings(context: Context) -> list[Utterance]:
    """Every utterance that several statements report.

    The language of the speaker's own text comes first, then that of most reports. In each language the first wording
    is the speaker's own text, or the fullest, and the others are compared with it.
    """
    groups: dict[str, list[StatementView]] = {}
    for claim, statement in context.briefing.statements:
        if statement.utterance and statement.source in context.briefing.source:
            groups.setdefault(statement.utterance, []).append(statement_view(context, claim, statement))
    utterances = []
    for name, statements in groups.items():
        languages: dict[str, list[StatementView]] = {}
        for view in statements:
            languages.setdefault(view.article.lang.partition("-")[0].lower(), []).append(view)
        wordings: list[Wording] = []
        for same in sorted(languages.values(), key=lambda same: (not any(view.voice for view in same), -len(same))):
            first = max(same, key=lambda view: (bool(view.voice), len(fold(view.record.quote).split())))
            summary = "the speaker\u2019s own text" if first.voice else "the fullest wording"
            summary = f"another language; {summary} in it" if wordings else summary
            quote = _words(context, first)
            wordings.append(Wording(first, [("same", quote)], summary))
            wordings += [Wording(view, *_compare(quote, _words(context, view))) for view in same if view is not first]
        first = wordings[0].statement
        speaker = first.voice or Link(first.holder, first.holder_href or context.address("speakers/"))
        utterances.append((f"u-{name}", speaker, wordings))
    return utterances


def _words(context: Context, view: StatementView) -> str:
    """A quotation without our own words in it."""
    ours = view.entry is not None and view.entry.ours
    return " ... ".join(list_source_words(context.briefing, view.record)) if ours else view.record.quote


def _compare(full: str, other: str) -> tuple[list[tuple[str, str]], str]:
    """``other`` in pieces against a wording in the same language, and the differences in words."""
    full_words, words = full.split(), other.split()
    pieces, differences = [], []
    for kind, old, new in align(list(map(_bare, full_words)), list(map(_bare, words))):
        gone, here = " ".join(full_words[old]), " ".join(words[new])
        if kind == "equal":
            pieces.append(("same", here))
            continue
        if gone:
            pieces.append(("gone", gone))
        if here:
            pieces.append(("bracket" if "[" in here else "ellipsis" if "..." in fold(here) else "new", here))
        if kind == "delete":
            where = "at its beginning" if old.start == 0 else "at its end" if old.stop == len(full_words) else "inside"
            differences.append(f"cut {where}: \u201c{gone}\u201d")
        elif kind == "insert":
            differences.append(f"added: \u201c{here}\u201d")
        else:
            differences.append(f"\u201c{here}\u201d instead of \u201c{gone}\u201d")
    return pieces, "; ".join(differences) or "the same words"


def _bare(word: str) -> str:
    """A word without case and the punctuation around it, so that only words differ."""
    folded = fold(word).casefold()
    return folded.strip("\"'.,;:!?()") or folded
