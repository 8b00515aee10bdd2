"""The page Wordings: one utterance as several articles report it, and parallel passages, compared within each language.
Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from synoptic.compare.quotations import list_source_words
from synoptic.model import paging
from synoptic.pages.context import Context, Link, once
from synoptic.pages.page import Page, has_wordings, split_pages
from synoptic.pages.sections import Sheet, find_paths, lay_out, make_section
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.folding import fold
from synoptic.text.language import gettext, join_remarks
from synoptic.text.spoken import like
from synoptic.text.word_diff import align

BASE = "wordings/"


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
        utterances, parallels, sheets = _lay_out(context)
        views = (
            {
                "title": gettext("Word by word"),
                "utterances": [
                    (*utterances[run.group][:2], utterances[run.group][2][run.first : run.end])
                    for run in sheet.runs
                    if run.group < len(utterances)
                ],
                "parallels": [
                    one._replace(wordings=one.wordings[run.first : run.end])
                    for run in sheet.runs
                    if run.group >= len(utterances)
                    for one in [parallels[run.group - len(utterances)]]
                ],
            }
            for sheet in sheets
        )
        contents = [sheet.contents for sheet in sheets]
        yield from split_pages(context, BASE, "wordings", "wordings", gettext("Wordings"), contents, views)


@once
def _lay_out(context: Context) -> tuple[list[Utterance], list[Passages], list[Sheet]]:
    """All that is set side by side, and the parts: a section for each."""
    utterances, parallels = compare_wordings(context), compare_parallels(context)
    said = (make_section(speaker.text, name, found, _count_elements) for name, speaker, found in utterances)
    sections = [*said, *(make_section(one.about, one.anchor, one.wordings, _count_elements) for one in parallels)]
    return utterances, parallels, lay_out(sections)


def _count_elements(wording: Wording) -> int:
    """HTML elements of a wording on the page, at most."""
    return 13 + 3 * bool(wording.statement.record.translation) + sum(kind != "same" for kind, _ in wording.pieces)


@once
def _find_paths(context: Context) -> dict[str, str]:
    """The part on which each utterance begins, by its anchor."""
    utterances, _, sheets = _lay_out(context)
    paths = (find_paths(sheets, n, lambda part: paging.part_path(BASE, part)) for n in range(len(utterances)))
    return {anchor: first for (anchor, _, _), (first, *_) in zip(utterances, paths, strict=True)}


def utterance_address(context: Context, utterance: str) -> Markup:
    """Where the wordings of an utterance are, by its id."""
    anchor = f"u-{utterance}"
    return context.address(_find_paths(context).get(anchor, BASE), anchor)


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
    words = " ... ".join(list_source_words(context.briefing, view.record)) if ours else view.record.quote
    return like(view.record.quote, words)


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
        gone, here = like(full, " ".join(full_words[old])), like(other, " ".join(words[new]))
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
