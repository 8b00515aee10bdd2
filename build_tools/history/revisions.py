"""Two trees of files to the changes of meaning between them: reads briefing by briefing, and only what differs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from build_tools.base.problems import Problem
from build_tools.base.progress import Each
from build_tools.history import diff
from build_tools.load.files import Disk, Tree, fingerprints
from build_tools.load.git import GitFault, Repository
from build_tools.load.load import BASE, Loading
from build_tools.model.change import Change, Comparison, Side, in_order

ARTICLES = frozenset({"articles"})  # texts are no part of a briefing's meaning, and may be large


def between(
    base: Tree,
    head: Tree,
    authors: diff.Authors,
    only: str | None = None,
    each: Each = iter,
) -> Comparison:
    """The changes of meaning from ``base`` to ``head``.

    In: who wrote the commits in between, by path; one briefing's slug (None: all); what the list of
    briefings is passed through. Briefings without a changed file are not read, unless the vocabulary changed.
    """
    memory: dict[Any, Any] = {}
    after = Loading(head, memory=memory)
    before = Loading(base, memory=memory, vocabulary=after.vocabulary)
    words = before.vocabulary
    if words is None:
        return Comparison((), _errors(before, after))
    vocabularies = (words, after.vocabulary or words)
    changes: list[Change] = []
    if only is None:
        changes += diff.shared((words, before.speakers), (vocabularies[1], after.speakers))
    named = diff.renamed_speakers(before.speakers, after.speakers)
    slugs = [slug for slug in sorted({*before.slugs, *after.slugs}) if only in (None, slug)]
    skipped = []
    for slug in each(slugs):
        if vocabularies[0] is vocabularies[1] and not named and not changed(base, head, BASE / slug):
            continue
        sides = tuple(side.briefing(slug) if slug in side.slugs else None for side in (before, after))
        if any(side is None and slug in s.slugs for side, s in zip(sides, (before, after), strict=True)):
            skipped.append(slug)
        else:
            changes += diff.briefing(sides[0], sides[1], vocabularies, named, authors)
        memory.clear()
    return Comparison(tuple(in_order(changes)), _errors(before, after), tuple(skipped))


def changed(base: Tree, head: Tree, folder: PurePosixPath) -> set[str]:
    """The paths under a folder whose files differ."""
    old, now = (fingerprints(tree, folder, but=ARTICLES) for tree in (base, head))
    return {path.as_posix() for path in old.keys() | now.keys() if old.get(path) != now.get(path)}


def uncommitted(repository: Repository, root: Path) -> dict[str, frozenset[str]]:
    """The files of the working tree that differ from HEAD, each with the name that Git would sign with."""
    mine = frozenset({repository.me()} - {""})
    return dict.fromkeys(changed(repository.revision(repository.commit("HEAD")), Disk(root), BASE), mine)


def commits(root: Path) -> dict[str, str]:
    """The commit that last touched each briefing, by its folder's name; empty without a repository.

    Left out: a briefing with changes that are not committed, or whose last commit a shallow clone cannot know.
    """
    try:
        with Repository(root) as repository:
            found = dict(repository.last())
            touched = {path.split("/")[1] for path in uncommitted(repository, root) if path.count("/") > 1}
    except GitFault:
        return {}
    return {slug: commit for slug, commit in found.items() if slug not in touched}


def _errors(before: Loading, after: Loading) -> tuple[tuple[Side, Problem], ...]:
    sides: tuple[tuple[Side, Loading], ...] = (("base", before), ("head", after))
    return tuple((side, problem) for side, loading in sides for problem in dict.fromkeys(loading.problems))
