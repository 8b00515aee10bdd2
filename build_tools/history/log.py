"""The published history of a project: walks the commits of its briefings once, and keeps what it found in a cache.

Only commits are read, never the files on disk, so an edit that is not committed costs one question to Git. The cache
is keyed by commit and by the program's own bytes; it may be deleted at any time, and nothing in it is needed.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from build_tools.base.cache import program
from build_tools.base.problems import Place
from build_tools.base.write import write_file
from build_tools.history.diff.briefing import compare_briefings
from build_tools.history.diff.ids import find_renamed_speakers
from build_tools.history.diff.speakers import compare_named_speakers
from build_tools.history.diff.vocabulary import compare_vocabularies
from build_tools.history.revisions import find_last_commits
from build_tools.load.files import Tree
from build_tools.load.git import GitFault, Repository, Step
from build_tools.load.load import BASE, Loading
from build_tools.model.briefing import Briefing
from build_tools.model.change import KINDS, Change, in_order
from build_tools.model.history import Entry, Record
from build_tools.model.site import Site
from build_tools.model.vocabulary import Vocabulary

CACHE = PurePosixPath(".cache/history.json")
#: The file by which a copy without a repository knows its commits and its history.
HISTORY = "HISTORY.json"
_MOST_KEPT = 4096  # files in memory as objects; beyond that it is emptied
Files = Mapping[PurePosixPath, tuple[str, str]]


@functools.lru_cache(maxsize=4)
def _known(root: Path, head: str, cut: bool) -> Record:
    """One walk for each commit that a server comes to."""
    with Repository(root) as repository:
        return _read(root, repository, head)


def read(root: Path) -> Record | None:
    """The record of the commit that is checked out; None where there is no repository, no commit or no Git."""
    try:
        with Repository(root) as repository:
            head, cut = repository.commit("HEAD"), repository.shallow
        found = _known(root, head, cut)
    except GitFault:
        return None
    return found if found.entries or found.since else None


def told(site: Site, root: Path) -> Site:
    """The site with its past: the commit of each briefing, and the published history. A file HISTORY, which a zip
    brings, says it for the files beside it; else the repository does, where there is one."""
    past = root / HISTORY
    named, record = _excerpt(past) if past.is_file() else (find_last_commits(root), read(root))
    return replace(site, commits=named, record=record)


def _read(root: Path, repository: Repository, head: str) -> Record:
    steps = repository.mainline(head)
    start = steps[0] if steps and repository.cut(steps[0].commit) else None
    stamp = f"{program()} {start.commit if start else ''}"
    cache = _cached(root / CACHE, stamp)
    known = set(cache)
    walk = _Walk(repository, steps, cache)
    for number, step in enumerate(steps):
        walk.step(number, step, told=step is not start)
    if cache.keys() != known:
        keep = {step.commit: cache[step.commit] for step in steps}
        with contextlib.suppress(OSError):  # where nothing may be written, the next walk is as long as this one
            write_file(root / CACHE, json.dumps({"version": stamp, "commits": keep}, separators=(",", ":")))
    entries = tuple(_entry(step, cache[step.commit]) for step in steps if cache[step.commit].get("changes"))
    unread = sum(bool(cache[step.commit].get("unread")) for step in steps)
    return Record(entries, Entry(start.commit, start.seconds) if start else None, unread)


# -- the walk -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _State:
    """What readers saw of a briefing last: its files and the shared ones, and whether it has been taken back since."""

    files: Files
    shared: Files
    withdrawn: bool = False


@dataclass
class _Walk:
    """Goes from commit to commit; what the cache knows is not read again. ``cache`` grows."""

    repository: Repository
    steps: Sequence[Step]
    cache: dict[str, dict[str, Any]]
    shared: Files = field(default_factory=dict)
    files: dict[str, Files] = field(default_factory=dict)
    seen: dict[str, _State] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    vocabularies: dict[str, Vocabulary | None] = field(default_factory=dict)
    fallback: Vocabulary | None = None

    def step(self, number: int, step: Step, *, told: bool) -> None:
        """One commit. With ``told`` false it is where a shallow clone begins: known, but nothing is told of it."""
        before = self.shared
        touched = self._move(step)
        if step.commit not in self.cache:
            self.fallback = self._readable(number)
            self.cache[step.commit] = self._compared(before, touched, told=told)
        for slug, state in self.cache[step.commit].get("seen", {}).items():
            if state == "gone":
                self.seen.pop(slug, None)
            elif state == "withdrawn":
                known = self.seen[slug]
                self.seen[slug] = _State(known.files, known.shared, withdrawn=True)
            else:
                self.seen[slug] = _State(self.files[slug], self.shared)

    def _readable(self, number: int) -> Vocabulary | None:
        """The first vocabulary from this commit on that this version of the program can read. Those before it are
        taken to mean the same."""
        path = BASE / "vocabulary.yml"
        entries = (self.shared.get(path), *(step.files.get(path) for step in self.steps[number + 1 :]))
        return next((found for entry in entries if entry and (found := self._vocabulary(path, entry))), None)

    def _vocabulary(self, path: PurePosixPath, entry: tuple[str, str]) -> Vocabulary | None:
        if entry[1] not in self.vocabularies:
            self.vocabularies[entry[1]] = Loading(self.repository.tree({path: entry}), memory=self.memory).vocabulary
        return self.vocabularies[entry[1]]

    def _move(self, step: Step) -> set[str]:
        """Bring the files to where the commit has them. Out: the briefings it touched."""
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

    def _compared(self, before: Files, touched: set[str], *, told: bool) -> dict[str, Any]:
        """What the commit changed in what readers see, as the cache keeps it."""
        after, old = self._loading(self.shared), self._loading(before)
        words = after.vocabulary
        if words is None:
            return {"unread": 1}
        changes: list[Change] = []
        every = touched
        if told and old.vocabulary is not None and self.seen and before is not self.shared:
            if not any(p.place.path.endswith("speakers.yml") for p in (*old.problems, *after.problems)):
                changes += compare_vocabularies(old.vocabulary, words)
                changes += compare_named_speakers(old.speakers, after.speakers)
            if old.vocabulary is not words or find_renamed_speakers(old.speakers, after.speakers):
                every = touched | self.seen.keys()
        out: dict[str, Any] = {"seen": {}, "published": {}, "unread": 0}
        for slug in sorted(every):
            changes += self._briefing(slug, words, out, told=told)
        packed = [_packed(change) for change in in_order(changes) if _for_readers(change)]
        return {key: value for key, value in {**out, "changes": packed}.items() if value}

    def _briefing(self, slug: str, words: Vocabulary, out: dict[str, Any], *, told: bool) -> Iterator[Change]:
        state = self.seen.get(slug)
        if slug not in self.files:
            if state is not None:
                out["seen"][slug] = "gone"
                base = self._load(state, slug)[0]
                title = base.file.title if base else slug
                yield Change("briefing-removed", slug, Place(f"{BASE}/{slug}"), "base", slug, before=title)
            return
        loading = self._loading({**self.shared, **self.files[slug]})
        now = loading.briefing(slug)
        if now is None or now.broken - loading.broken:
            out["unread"] += 1
        elif not now.listed:
            if state is not None and not state.withdrawn:
                out["seen"][slug] = "withdrawn"
                place = now.file.place.at("status")
                yield Change("briefing-status", slug, place, briefing=slug, before="published", after=now.file.status)
        else:
            out["seen"][slug] = "shown"
            if state is not None:
                yield from self._since(state, now, loading)
            elif told:
                out["published"][slug] = [claim.id for claim in now.claims]
                values = (("status", now.file.status),)
                place = now.file.place
                yield Change("briefing-added", slug, place, briefing=slug, after=now.file.title, values=values)

    def _since(self, state: _State, now: Briefing, loading: Loading) -> Iterator[Change]:
        """What readers see otherwise now than they did last."""
        base, then = self._load(state, now.slug)
        words = loading.vocabulary
        if base is None or words is None:
            return
        if state.withdrawn:
            place = now.file.place.at("status")
            yield Change("briefing-status", now.slug, place, briefing=now.slug, before="draft", after=now.file.status)
        named = find_renamed_speakers(then.speakers, loading.speakers)
        yield from compare_briefings(base, now, (then.vocabulary or words, words), named, {})

    def _load(self, state: _State, slug: str) -> tuple[Briefing | None, Loading]:
        loading = self._loading({**state.shared, **state.files})
        return loading.briefing(slug), loading

    def _loading(self, files: Files) -> Loading:
        if len(self.memory) > _MOST_KEPT:
            self.memory.clear()
        tree: Tree = self.repository.tree(files)
        return Loading(tree, memory=self.memory, vocabulary=self.fallback)


def _for_readers(change: Change) -> bool:
    """Whether a change is one of what readers see: not what only reviewers look at, nor word lists of `suggest`."""
    if change.kind == "markers-changed":
        return dict(change.values)["list"] in ("negations", "hedges", "conditions")
    return not (change.first and change.subject == "statement")


# -- the cache ------------------------------------------------------------------------------------------------------


def _cached(path: Path, stamp: str) -> dict[str, dict[str, Any]]:
    """What an earlier walk kept; nothing where the file is missing, of another program, or not what was written."""
    try:
        found = json.loads(path.read_bytes())
        if found["version"] != stamp:
            return {}
        commits: dict[str, dict[str, Any]] = found["commits"]
        for kept in commits.values():
            for packed in kept.get("changes", ()):
                _unpacked(packed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return commits


def excerpt(site: Site, slug: str) -> str:
    """What is known of one briefing's past, for a copy without a repository; empty where nothing is."""
    commit, record = site.commits.get(slug), site.record
    if record is None:
        return json.dumps({"commits": {slug: commit}}) + "\n" if commit else ""
    known = {
        "commits": {slug: commit} if commit else {},
        "since": [record.since.commit, record.since.seconds] if record.since else None,
        "unread": record.unread,
        "entries": [
            [e.commit, e.seconds, [_packed(c) for c in e.changes], {s: list(ids) for s, ids in e.published.items()}]
            for e in record.of(slug)
        ],
    }
    return json.dumps(known, ensure_ascii=False, indent=1) + "\n"


def _excerpt(path: Path) -> tuple[dict[str, str], Record | None]:
    """What ``excerpt`` wrote: commits and history. Nothing where the file is missing or anything else."""
    try:
        known = json.loads(path.read_bytes())
        named = {str(slug): _commit(name) for slug, name in known["commits"].items()}
        if "entries" not in known:
            return named, None
        since = Entry(_commit(known["since"][0]), int(known["since"][1])) if known["since"] else None
        entries = tuple(
            Entry(
                _commit(commit),
                int(seconds),
                tuple(_unpacked(change) for change in changes),
                {str(slug): tuple(map(str, ids)) for slug, ids in published.items()},
            )
            for commit, seconds, changes, published in known["entries"]
        )
        for entry in entries:
            _ = entry.time  # a year that no calendar has raises here
        return named, Record(entries, since, int(known["unread"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError, RecursionError):
        return {}, None


def _commit(name: object) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", name):
        raise ValueError(name)
    return name


_FIELDS = ("kind", "id", "side", "briefing", "claim", "source", "speaker", "about", "before", "after")


def _packed(change: Change) -> list[Any]:
    return [*(getattr(change, name) for name in _FIELDS), [list(pair) for pair in change.values], change.place.path]


def _unpacked(packed: Sequence[Any]) -> Change:
    *fields, values, path = packed
    known = dict(zip(_FIELDS, fields, strict=True))
    pairs = tuple((key, value) for key, value in values)
    if known["kind"] not in KINDS or known["side"] not in ("base", "head"):
        raise ValueError(known["kind"])
    texts = (path, *(one for one in fields if one is not None), *(text for pair in pairs for text in pair))
    if not all(isinstance(text, str) for text in texts) or None in fields[:-2]:
        raise TypeError(texts)
    return Change(**known, place=Place(path), values=pairs)


def _entry(step: Step, kept: Mapping[str, Any]) -> Entry:
    published = {slug: tuple(claims) for slug, claims in kept.get("published", {}).items()}
    return Entry(step.commit, step.seconds, tuple(_unpacked(p) for p in kept.get("changes", ())), published)
