"""Compares two trees of files by meaning: reads briefing by briefing, and only those whose files differ."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from synoptic.base.problems import Place, Problem
from synoptic.history.diff.briefing import compare_briefings
from synoptic.history.diff.locks import Authors
from synoptic.history.diff.matching import find_renamed_speakers
from synoptic.history.diff.shared import compare_named_speakers, compare_trust, compare_vocabularies
from synoptic.load.files import Disk, Tree, fingerprints
from synoptic.load.git import GitError, Repository, Revision
from synoptic.load.load import BASE, Each, Loader, is_data, read_shared
from synoptic.load.vocabulary import align
from synoptic.model.change import Change, Comparison, Side, sort_changes

_FILE_KINDS: dict[str, tuple[str, Side]] = {"A": ("file-added", "head"), "D": ("file-removed", "base")}
ARTICLES = frozenset({"articles"})  # texts are not part of a briefing's meaning, and may be large


def compare_trees(base: Tree, head: Tree, authors: Authors, only: str | None = None, each: Each = iter) -> Comparison:
    """The changes of meaning from ``base`` to ``head``.

    ``authors`` are those who wrote the commits in between. ``only`` is the briefing to compare (None: all).
    ``each`` wraps the list of briefings, to report progress. A briefing without a changed file is not read, unless
    the vocabulary or a named speaker's id changed.
    """
    memory: dict[Any, Any] = {}
    known = read_shared(base, memory).trust  # a key that comes with the change vouches for nothing in it
    after = Loader(head, memory=memory, verify=True, trust=known)
    before = Loader(base, memory=memory, vocabulary=after.vocabulary)
    base_words = before.vocabulary
    if base_words is None:
        return Comparison((), _problems(before, after))
    base_words, head_words = align(base_words, after.vocabulary or base_words)
    changes: list[Change] = []
    if only is None:
        changes += compare_vocabularies(base_words, head_words)
        changes += compare_named_speakers(before.speakers, after.speakers)
        changes += compare_trust(known, read_shared(head, memory).trust)
    renamed = find_renamed_speakers(before.speakers, after.speakers)
    slugs = [slug for slug in sorted({*before.slugs, *after.slugs}) if only in (None, slug)]
    skipped = []
    for slug in each(slugs):
        if base_words == head_words and not renamed and not changed_paths(base, head, BASE / slug):
            continue
        old, new = (side.read_briefing(slug) if slug in side.slugs else None for side in (before, after))
        if (old is None and slug in before.slugs) or (new is None and slug in after.slugs):
            skipped.append(slug)
        else:
            changes += compare_briefings(old, new, (base_words, head_words), renamed, authors)
        memory.clear()
    return Comparison(tuple(sort_changes(changes)), _problems(before, after), tuple(skipped))


def changed_paths(base: Tree, head: Tree, folder: PurePosixPath) -> set[str]:
    """The paths under a folder whose files differ."""
    old, new = (fingerprints(tree, folder, but=ARTICLES) for tree in (base, head))
    return {path.as_posix() for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def find_other_files(repository: Repository, base: str, head: str, root: Path) -> Iterator[Change]:
    """The changed files that are not data of briefings: code, settings, rules, texts of articles, and whatever else.

    ``base`` and ``head`` are commits. If ``head`` is empty, the files in the folder ``root`` are compared as they are
    now, together with all that HEAD changed elsewhere in the repository.
    """
    found = repository.list_differing(base, head or repository.resolve("HEAD"))
    if not head:
        outside = {path: letter for path, letter in found.items() if path.parts[0] == ".."}
        found = outside | _compare_disk(repository, base, Disk(root))
    for path, letter in found.items():
        if not is_data(path):
            kind, side = _FILE_KINDS.get(letter, ("file-changed", "head"))
            yield Change(kind, path.as_posix(), Place(path.as_posix()), side)


def _compare_disk(repository: Repository, base: str, disk: Disk) -> dict[PurePosixPath, str]:
    """The files of a project that differ from a commit, as ``list_differing`` gives them."""
    before = repository.revision(base, "")
    found = {path: "A" for path in repository.list_present() if path not in before.paths and _exists(disk, path)}
    for path in before.paths:
        kind = before.kind(path)
        if kind != "other":  # a repository inside this one
            same = disk.kind(path) == kind and _is_same(disk, before, path)
            found |= {} if same else {path: "M" if _exists(disk, path) else "D"}
    return found


def _is_same(disk: Disk, before: Revision, path: PurePosixPath) -> bool:
    try:
        return disk.fingerprint(path) == before.fingerprint(path)
    except OSError:  # it may not be read, or is too large for anything of ours
        return False


def _exists(disk: Disk, path: PurePosixPath) -> bool:
    return disk.kind(path) not in ("missing", "folder")


def find_last_commits(root: Path) -> dict[str, str]:
    """The commit that last touched each briefing, by its folder's name; empty without a repository.

    Left out: a briefing with uncommitted changes, or whose last commit lies beyond the end of a shallow clone.
    """
    try:
        with Repository(root) as repository:
            commits = dict(repository.find_last_commits())
            now = repository.revision(repository.resolve("HEAD"))
            edited = {path.split("/")[1] for path in changed_paths(now, Disk(root), BASE) if path.count("/") > 1}
    except GitError:
        return {}
    return {slug: commit for slug, commit in commits.items() if slug not in edited}


def _problems(before: Loader, after: Loader) -> tuple[tuple[Side, Problem], ...]:
    sides: tuple[tuple[Side, Loader], ...] = (("base", before), ("head", after))
    return tuple((side, problem) for side, loading in sides for problem in dict.fromkeys(loading.problems))
