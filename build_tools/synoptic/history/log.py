"""The published history of a project: walks the commits of its briefings once, and caches what each of them changed.

Only commits are read, never the files on disk, so an uncommitted edit costs one question to Git. The cache is keyed by
commit and by the program's own bytes, and sealed (``base/seal.py``); it may be deleted at any time.
"""

import contextlib
import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from synoptic.base import seal
from synoptic.base.cache import hash_program, is_linked
from synoptic.base.problems import Place
from synoptic.base.write import write_file
from synoptic.history.diff.briefing import compare_briefings
from synoptic.history.diff.matching import find_renamed_speakers
from synoptic.history.diff.shared import compare_named_speakers, compare_vocabularies
from synoptic.history.excerpt import HISTORY_FILE, make_entry, pack_change, parse_excerpt
from synoptic.history.revisions import find_last_commits
from synoptic.load.git import GitError, Repository, Revision, Step
from synoptic.load.load import BASE, Loader
from synoptic.load.vocabulary import align, base_vocabulary
from synoptic.model.change import Change, sort_changes
from synoptic.model.history import Entry, History
from synoptic.model.site import Briefing, Site
from synoptic.model.vocabulary import PATH, Vocabulary

CACHE = PurePosixPath(".cache/history.json")
#: How its file begins, and what follows its seal.
HEAD, SEPARATOR = '{"version":"', b'",'
_MOST_FILES = 4096  # kept in memory as objects; beyond that the memory is emptied
#: Path to (mode, id of the content in Git).
Files = Mapping[PurePosixPath, tuple[str, str]]


def with_history(site: Site, root: Path) -> Site:
    """The site with the commit of each briefing and the published history: from HISTORY_FILE, which a downloaded
    briefing brings, else from the repository."""
    excerpt = root / HISTORY_FILE
    if not excerpt.is_file():
        return replace(site, commits=find_last_commits(root), history=read_history(root))
    try:
        commits, history = parse_excerpt(excerpt.read_bytes())
    except OSError:
        commits, history = {}, None
    return replace(site, commits=commits, history=history)


def read_history(root: Path) -> History | None:
    """The history of the commit that is checked out; None without a repository, a commit or Git."""
    try:
        with Repository(root) as repository:
            head, shallow = repository.resolve("HEAD"), repository.shallow
        history = walk_history(root, head, shallow)
    except GitError:
        return None
    return history if history.entries or history.since else None


@functools.lru_cache(maxsize=4)
def walk_history(root: Path, head: str, shallow: bool) -> History:
    """The history up to the commit ``head``. A server walks once for each commit that it meets."""
    with Repository(root) as repository:
        steps = repository.list_steps(head)
        start = steps[0] if steps and repository.lacks_parents(steps[0].commit) else None
        stamp = f"{hash_program()} {start.commit if start else ''}"
        cache = _read_cache(root / CACHE, stamp)
        cached = set(cache)
        walk = Walk(repository, steps, cache)
        for number, step in enumerate(steps):
            walk.take(number, step, is_start=step is start)
    if cache.keys() != cached:
        commits = {step.commit: cache[step.commit] for step in steps}
        with contextlib.suppress(OSError):  # a folder that cannot be written: the next walk takes as long
            _write_cache(root / CACHE, stamp, commits)
    entries = tuple(
        make_entry(step.commit, step.seconds, found["changes"], found.get("published", {}))
        for step in steps
        if (found := cache[step.commit]).get("changes")
    )
    unread = sum(bool(cache[step.commit].get("unread")) for step in steps)
    return History(entries, Entry(start.commit, start.seconds) if start else None, unread)


# -- the walk -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _State:
    """What readers last saw of a briefing: its files and the shared ones, and whether it was withdrawn since."""

    files: Files
    shared: Files
    withdrawn: bool = False


@dataclass
class Walk:
    """Goes from commit to commit along the main line.

    ``cache`` holds what each commit changed, in the form of the cache file; a commit that it lacks is compared and
    added. ``shared`` and ``files`` (by briefing) are the files as of the current commit, ``seen`` what readers last
    saw of each briefing. ``fallback`` is the vocabulary for commits whose own cannot be read.
    """

    repository: Repository
    steps: Sequence[Step]
    cache: dict[str, dict[str, Any]]
    shared: Files = field(default_factory=dict)
    files: dict[str, Files] = field(default_factory=dict)
    seen: dict[str, _State] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    vocabularies: dict[str, Vocabulary | None] = field(default_factory=dict)
    fallback: Vocabulary | None = None

    def take(self, number: int, step: Step, *, is_start: bool) -> None:
        """Go on to one commit. At the start of a shallow clone files are known, but not what the commit changed."""
        before = self.shared
        touched = self._apply(step)
        if step.commit not in self.cache:
            self.fallback = self._next_readable_vocabulary(number)
            self.cache[step.commit] = self.compare(before, touched, is_start=is_start)
        for slug, state in self.cache[step.commit].get("seen", {}).items():
            if state == "gone":
                self.seen.pop(slug, None)
            elif state == "withdrawn":
                self.seen[slug] = replace(self.seen[slug], withdrawn=True)
            else:
                self.seen[slug] = _State(self.files[slug], self.shared)

    def compare(self, before: Files, touched: set[str], *, is_start: bool) -> dict[str, Any]:
        """What the current commit changed in what readers see, in the form of the cache file.

        ``before`` are the shared files as of the commit before; ``touched`` are the briefings whose files changed.
        """
        new, old = self._loading(self.shared), self._loading(before)
        if new.vocabulary is None:
            return {"unread": 1}
        changes: list[Change] = []
        slugs = touched
        if not is_start and old.vocabulary is not None and self.seen and before is not self.shared:
            words = align(old.vocabulary, new.vocabulary)
            if not any(p.place.path.endswith("speakers.yml") for p in (*old.problems, *new.problems)):
                changes += compare_vocabularies(*words)
                changes += compare_named_speakers(old.speakers, new.speakers)
            if words[0] is not words[1] or find_renamed_speakers(old.speakers, new.speakers):
                slugs = touched | self.seen.keys()
        result: dict[str, Any] = {"seen": {}, "published": {}, "unread": 0}
        for slug in sorted(slugs):
            changes += self._compare_briefing(slug, result, is_start=is_start)
        packed = [pack_change(change) for change in sort_changes(changes) if _concerns_readers(change)]
        return {key: value for key, value in {**result, "changes": packed}.items() if value}

    def _compare_briefing(self, slug: str, result: dict[str, Any], *, is_start: bool) -> Iterator[Change]:
        """The changes of one briefing; ``result`` gains what readers see of it now."""
        state = self.seen.get(slug)
        if slug not in self.files:
            if state is not None:
                result["seen"][slug] = "gone"
                base = self._loading({**state.shared, **state.files}).read_briefing(slug)
                title = base.file.title if base else slug
                yield Change("briefing-removed", slug, Place(f"{BASE}/{slug}"), "base", slug, before=title)
            return
        loading = self._loading({**self.shared, **self.files[slug]})
        briefing = loading.read_briefing(slug)
        if briefing is None or briefing.broken - loading.broken:
            result["unread"] += 1
        elif not briefing.listed:
            if state is not None and not state.withdrawn:
                result["seen"][slug] = "withdrawn"
                yield _status_change(briefing, "published")
        else:
            result["seen"][slug] = "shown"
            if state is not None:
                yield from self._compare_with(state, briefing, loading)
            elif not is_start:
                result["published"][slug] = [claim.id for claim in briefing.claims]
                file, values = briefing.file, (("status", briefing.file.status),)
                yield Change("briefing-added", slug, file.place, briefing=slug, after=file.title, values=values)

    def _compare_with(self, state: _State, head: Briefing, loading: Loader) -> Iterator[Change]:
        """What readers see in ``head`` that differs from what they last saw."""
        old = self._loading({**state.shared, **state.files})
        base, words = old.read_briefing(head.slug), loading.vocabulary
        if base is None or words is None:
            return
        if state.withdrawn:
            yield _status_change(head, "draft")
        renamed = find_renamed_speakers(old.speakers, loading.speakers)
        yield from compare_briefings(base, head, align(old.vocabulary or words, words), renamed, {})

    def _apply(self, step: Step) -> set[str]:
        """Bring the files to their state in a commit; returns the briefings that it touched."""
        changed: dict[str, dict[PurePosixPath, tuple[str, str] | None]] = {}
        for path, entry in step.files.items():
            changed.setdefault(path.parts[1] if len(path.parts) > 2 else "", {})[path] = entry
        for slug, paths in changed.items():
            old = self.files.get(slug, {}) if slug else self.shared
            new = {path: entry for path, entry in {**old, **paths}.items() if entry is not None}
            if not slug:
                self.shared = new
            elif new:
                self.files[slug] = new
            else:
                self.files.pop(slug, None)
        return set(changed) - {""}

    def _next_readable_vocabulary(self, number: int) -> Vocabulary:
        """The first vocabulary from this commit on that this version of the program can read, or its own words. Those
        before it are taken to mean the same."""
        path = PurePosixPath(PATH)
        entries = (self.shared.get(path), *(step.files.get(path) for step in self.steps[number + 1 :]))
        vocabularies = (self._read_vocabulary(entry) for entry in entries if entry)
        return next((vocabulary for vocabulary in vocabularies if vocabulary), base_vocabulary())

    def _read_vocabulary(self, entry: tuple[str, str]) -> Vocabulary | None:
        if entry[1] not in self.vocabularies:
            files = Revision(self.repository, {PurePosixPath(PATH): entry})
            self.vocabularies[entry[1]] = Loader(files, memory=self.memory).vocabulary
        return self.vocabularies[entry[1]]

    def _loading(self, files: Files) -> Loader:
        if len(self.memory) > _MOST_FILES:
            self.memory.clear()
        return Loader(Revision(self.repository, files), memory=self.memory, vocabulary=self.fallback)


def _status_change(briefing: Briefing, before: str) -> Change:
    """A briefing that was withdrawn, or is published again."""
    slug, file = briefing.slug, briefing.file
    place = file.place.at("status")
    return Change("briefing-status", slug, place, briefing=slug, before=before, after=file.status)


def _concerns_readers(change: Change) -> bool:
    """Whether readers can see a change: not what only reviewers look at, nor the word lists of `suggest`."""
    if change.subject in ("file", "object") or change.kind == "lock-facts":
        return False
    if change.kind == "markers-changed":
        return dict(change.values)["list"] in ("negations", "hedges", "conditions")
    return not (change.first and change.subject == "statement")


# -- the cache ------------------------------------------------------------------------------------------------------


def _read_cache(path: Path, stamp: str) -> dict[str, dict[str, Any]]:
    """Commit to what it changed; empty if the file is missing, of another program, or not as we wrote it."""
    try:
        head, _, body = path.read_bytes().partition(SEPARATOR)
        body = b"{" + body
        mark = bytes.fromhex(head.decode("ascii", "replace").removeprefix(HEAD))
        if not seal.fits(path, stamp.encode() + body, mark):
            return {}
        commits: dict[str, dict[str, Any]] = json.loads(body)["commits"]
    except (OSError, ValueError):
        return {}
    return commits


def _write_cache(path: Path, stamp: str, commits: dict[str, dict[str, Any]]) -> None:
    """Write what each commit changed; the version is a seal of the program's state and of the commits."""
    body = json.dumps({"commits": commits}, separators=(",", ":")).encode()
    if not is_linked(path.parent):
        mark = seal.make_seal(path, stamp.encode() + body).hex()
        write_file(path, HEAD.encode() + mark.encode() + SEPARATOR + body[1:])
