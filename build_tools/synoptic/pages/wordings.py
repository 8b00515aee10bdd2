"""The page Wordings: one utterance as several articles report it, and parallel passages, compared within each language.
Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from synoptic.compare.quotations import list_source_words
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, briefing_page, has_wordings
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.folding import fold
from synoptic.text.language import gettext, join_remarks
from synoptic.text.word_diff import align


class Wording(NamedTuple):
    """One report of an utterance, against the first in its language.

    Each piece has a text, and before it how that compares: ``same``, ``gone``, ``new``, ``bracket`` or ``ellipsis``.
    """

    statement: StatementView
    pieces: list[tuple[str, str]]
    summary: str


#: One spoken sentence: its anchor, its speaker, and all its wordings, the original or fullest first.
Utterance = tuple[str, Link, list[Wording]]


class Passages(NamedTuple):
    """Parallel passages: their anchor, what they are about, what to look at, and each against the first."""

    anchor: str
    about: str
    why: str
    wordings: list[Wording]


def pages(context: Context) -> Iterator[Page]:
    """The page Wordings, if anything is set side by side."""
    if has_wordings(context.briefing):
        utterances, parallels = compare_wordings(context), compare_parallels(context)
        yield briefing_page(
            context,
            "wordings/",
            "wordings",
            "wordings",
            gettext("Wordings"),
            title=gettext("Word by word"),
            utterances=utterances,
            parallels=parallels,
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
        wordings: list[Wording] = []
        languages = _group_by_language(statements)
        for same in sorted(languages, key=lambda same: (not any(view.voice for view in same), -len(same))):
            first = max(same, key=lambda view: (bool(view.voice), len(fold(view.record.quote).split())))
            wordings += _compare_all(context, first, same, _describe_first(first, another=bool(wordings)))
        first = wordings[0].statement
        speaker = first.voice or Link(first.holder, first.holder_href or context.address("speakers/"))
        utterances.append((f"u-{name}", speaker, wordings))
    return utterances


def _describe_first(first: StatementView, *, another: bool) -> str:
    """What the first wording of a language is; ``another`` language than that of the first of all."""
    if first.voice:
        return (
            gettext("another language; the speaker\u2019s own text in it")
            if another
            else gettext("the speaker\u2019s own text")
        )
    return gettext("another language; the fullest wording in it") if another else gettext("the fullest wording")


def _words(context: Context, view: StatementView) -> str:
    """A quotation without our own words in it."""
    ours = view.entry is not None and view.entry.ours
    return " ... ".join(list_source_words(context.briefing, view.record)) if ours else view.record.quote


def compare_parallels(context: Context) -> list[Passages]:
    """The passages that editors set side by side. The first of each language is what the others are compared with."""
    pairs = {statement.id: (claim, statement) for claim, statement in context.briefing.statements}
    passages = []
    for parallel in context.briefing.file.parallels:
        known = (pairs[name] for name in dict.fromkeys(parallel.statements) if name in pairs)
        views = [statement_view(context, *pair) for pair in known if pair[1].source in context.briefing.source]
        wordings: list[Wording] = []
        for same in _group_by_language(views):
            several = len(same) > 1
            summary = (
                gettext("the others are compared with it")
                if several
                else gettext("alone in its language, not compared")
            )
            wordings += _compare_all(context, same[0], same, summary)
        passages.append(Passages(f"p-{parallel.id}", parallel.about, parallel.why or "", wordings))
    return passages


def _group_by_language(statements: Iterable[StatementView]) -> list[list[StatementView]]:
    """Statements by the language of their articles, in their order: a translation is never compared word by word."""
    languages: dict[str, list[StatementView]] = {}
    for view in statements:
        languages.setdefault(view.article.lang.partition("-")[0].lower(), []).append(view)
    return list(languages.values())


def _compare_all(context: Context, first: StatementView, same: Iterable[StatementView], summary: str) -> list[Wording]:
    """The first of some statements, described by ``summary``, and the others compared with it."""
    quote = _words(context, first)
    others = (Wording(view, *_compare(quote, _words(context, view))) for view in same if view is not first)
    return [Wording(first, [("same", quote)], summary), *others]


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
            differences.append(_tell_cut(gone, first=old.start == 0, last=old.stop == len(full_words)))
        elif kind == "insert":
            differences.append(gettext("added: \u201c%(words)s\u201d", words=here))
        else:
            differences.append(gettext("\u201c%(new)s\u201d instead of \u201c%(old)s\u201d", new=here, old=gone))
    return pieces, join_remarks(differences) or gettext("the same words")


def _tell_cut(words: str, *, first: bool, last: bool) -> str:
    """The words that a wording leaves out, and where."""
    if first:
        return gettext("cut at its beginning: \u201c%(words)s\u201d", words=words)
    if last:
        return gettext("cut at its end: \u201c%(words)s\u201d", words=words)
    return gettext("cut inside: \u201c%(words)s\u201d", words=words)


def _bare(word: str) -> str:
    """A word without case and the punctuation around it, so that only words differ."""
    folded = fold(word).casefold()
    return folded.strip("\"'.,;:!?()") or folded
