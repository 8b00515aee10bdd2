"""Incremental runs: a project is loaded, checked and rendered again only as far as its inputs changed.

The one scheme of invalidation: a result is cached under a hash of everything it depends on, and generated files are
left alone if they were made from inputs of the same hash and nobody touched them since. No other room knows of it: to
them a site is a site, even if its briefings are read when they are first asked for.

For its units see ``pages.render``.
"""

import contextlib
import errno
import functools
import hashlib
import itertools
import secrets
import stat
from collections import UserDict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from synoptic.base import seal
from synoptic.base.cache import Cache, encode_parts, file_parts, hash_parts, hash_program, is_linked, project_cache
from synoptic.base.jobs import count_workers, run_all
from synoptic.base.problems import Problem
from synoptic.base.write import walk, write_file
from synoptic.check.registry import check_briefing, check_shared
from synoptic.compare.summary import find_related_briefings, summarize
from synoptic.load.catalogue import list_languages
from synoptic.load.files import LARGEST, Disk
from synoptic.load.load import BASE, SHARED_FILES, Each, Loader, read_shared
from synoptic.load.signatures import find_tools
from synoptic.model.site import Briefing, Site, Summary
from synoptic.pages import feeds
from synoptic.pages.environment import TEMPLATES, environment_of
from synoptic.pages.render import Files, Listing, Rendering, render_units, speaker_units
from synoptic.site.generated_files import Freshness, Written, find_foreign, write_generated, write_unit
from synoptic.site.own_files import OwnFiles
from synoptic.site.shares import Share

#: Briefings or speakers for which a process of its own is worth starting.
SHARE = 4


@dataclass(frozen=True)
class Stored:
    """A briefing that ``read`` reads when it is first called; ``inputs`` is the hash of all that it reads."""

    inputs: str
    read: Callable[[], Briefing]


class LazyBriefings(UserDict[str, Any]):
    """Briefings by id, each read when it is first asked for; ``data`` holds them as they are stored."""

    def __getitem__(self, slug: str) -> Briefing:
        stored: Stored = self.data[slug]
        return stored.read()


class Incremental:
    """A project from run to run: ``docs`` is the folder of its pages; ``own`` tells which files there are ours."""

    def __init__(self, root: Path, docs: Path, cache: Cache | None = None, own: OwnFiles | None = None) -> None:
        self._own = own or OwnFiles(docs)
        self.cache = Cache(project_cache(root, "made")) if cache is None else cache
        self._root, self._docs = root, docs
        self._freshness = Freshness(docs, self.cache)
        self._stored: dict[str, Stored] = {}
        self._hashed: tuple[Site, dict[str, str]] | None = None
        self._common: tuple[str, bool] | None = None
        """What the files of the whole site were last written from by this process: hash and ``drafts``."""

    def load(self, articles: Sequence[Path] = (), each: Each = iter) -> tuple[Site | None, list[Problem]]:
        """The site, and every problem that reading found (see ``load.load``). Only changed briefings are read now."""
        disk = Disk(self._root)
        hash_shared = functools.partial(_hash_files, [self._root / BASE / name for name in SHARED_FILES])
        inputs = hash_shared()
        shared = self.cache.get(encode_parts("shared", inputs)) if inputs else None
        if shared is None:
            shared = read_shared(disk)
            if inputs == hash_shared():  # else somebody saved a file meanwhile
                self.cache.set(encode_parts("shared", inputs), shared)
        loader = Loader(disk, articles, shared=shared, verify=True)
        more = _hash_folders(articles, (sorted(shared.broken), shared.trust, find_tools(), loader.publication.language))
        stored: dict[str, Stored] = {}
        summaries: dict[str, Summary] = {}
        for slug in each(loader.slugs) if loader.vocabulary else ():
            hash_inputs = functools.partial(_hash_folders, [self._root / BASE / slug], more)
            briefing, summary, problems = self._open(loader, slug, hash_inputs)
            loader.problems += problems
            if summary is not None:
                stored[slug], summaries[slug] = briefing, summary
        self._stored = stored
        return loader.make_site(self._root, LazyBriefings(stored), summaries), loader.problems

    def _open(
        self, loader: Loader, slug: str, hash_inputs: Callable[[], str]
    ) -> tuple[Stored, Summary | None, list[Problem]]:
        """A briefing to be read later, its summary (None if it cannot be read), and the problems of reading it."""
        inputs = hash_inputs()
        known: tuple[Summary | None, list[Problem]] | None = (
            self.cache.get(encode_parts("summary", inputs)) if inputs else None
        )
        if known is not None:
            before = self._stored.get(slug)
            if before is not None and before.inputs == inputs:
                return before, *known
            return Stored(inputs, functools.cache(lambda: _read_again(loader, slug, inputs, hash_inputs))), *known
        briefing, problems = _read_now(loader, slug)
        summary = None if briefing is None else summarize(briefing)
        if inputs and inputs == hash_inputs():
            self.cache.set(encode_parts("summary", inputs), (summary, problems))
        else:  # somebody saved a file meanwhile, or one cannot be read: nothing may be cached under this hash
            inputs = secrets.token_hex(32)
        return Stored(inputs, lambda: _expect(briefing, slug)), summary, problems

    def check(self, site: Site, share: Share | None = None) -> Iterator[Problem]:
        """The problems that the rules find, in the briefings of ``share`` if there is one."""
        slugs = share.select(site.summaries) if share else site.summaries
        hashes = self.hashes_of(site)
        keys = {slug: [*encode_parts("check", hashes[slug])] for slug in site.summaries if slug in slugs}
        unknown = [slug for slug, key in keys.items() if self.cache.get(key) is None]
        checked = run_all(functools.partial(_check, site), unknown, _name_briefing, share=SHARE)
        new = dict(zip(unknown, checked, strict=True))
        for slug, key in keys.items():
            yield from self.cache.get_or_make(key, functools.partial(new.__getitem__, slug))
        yield from check_shared(site)

    def write(
        self, site: Site, *, drafts: bool, skip: Set[str] = frozenset(), each: Each = iter, share: Share | None = None
    ) -> int:
        """Render and write all files that are not current, and remove those of units that are gone.

        ``drafts``: whether the home page lists drafts and examples; ``skip``: units whose files are left as they are;
        ``share``: write only its units, and of the lists of the whole site what the navigation needs; ``each`` wraps
        the list of briefings, to show progress. Returns how many files were written or removed. Raises NotOurs, before
        it writes anything, if a file of people is in the way.
        """
        hashes = self.hashes_of(site)
        if share:
            own = {*share.select(hashes), ""}
            hashes = {unit: inputs for unit, inputs in hashes.items() if unit in own}
        whole = share is None or share.is_first
        self._freshness.keep_only(hashes.keys() | skip)
        current = {unit for unit in hashes if unit and self._freshness.is_current(unit, hashes[unit])} | skip
        outdated = hashes.keys() - current
        common = hashes[""], drafts
        if outdated == {""} and self._common == common:
            return 0

        def record(unit: str) -> None:
            self._freshness.record(unit, hashes[unit])

        with self._own.hold():
            if self._own.is_new:  # each file is to be recorded
                current, outdated = set(skip), hashes.keys() - skip
            self._refuse_foreign(current, lambda: self._render(site, outdated, drafts, each, whole=whole))
            units = self._write_units(site, outdated, drafts, each, whole=whole)
            changed = write_generated(self._docs, units, current, self._own, record)
        self._common = common
        return changed

    def _refuse_foreign(self, current: Set[str], render: Callable[[], Iterator[tuple[str, Files]]]) -> None:
        foreign = self._own.adopt_ignored(find_foreign(self._docs, self._own, current))
        if foreign:  # a file may be there already as we would write it
            prefix = self._own.prefix_of(self._docs)
            for _, files in render():
                foreign = self._own.adopt_same(foreign, {f"{prefix}{name}": text for name, text in files.items()})
        self._own.refuse(foreign, self._root)

    def _render(
        self, site: Site, units: Set[str], drafts: bool, each: Each, *, whole: bool
    ) -> Iterator[tuple[str, Files]]:
        self._cache_templates()
        keep = functools.partial(self._keep, site)
        yield from render_units(site, units, drafts=drafts, each=each, keep=keep, whole=whole)

    def _keep(self, site: Site, slug: str, make: Callable[[], Listing]) -> Listing:
        return self.cache.get_or_make(encode_parts("listing", self.hashes_of(site)[slug]), make)

    def _cache_templates(self) -> None:
        for tag in list_languages():
            cache_templates(environment_of(tag), project_cache(self._root, "templates"), tag)

    def _write_units(
        self, site: Site, units: Set[str], drafts: bool, each: Each, *, whole: bool
    ) -> Iterator[tuple[str, Written]]:
        """Render and write the wanted units: in several processes, if there are many briefings among them."""
        slugs = [slug for slug in site.summaries if slug in units]
        write = functools.partial(write_unit, self._docs, own=self._own)
        if count_workers(len(slugs), SHARE) == 1:
            yield from ((unit, write(files)) for unit, files in self._render(site, units, drafts, each, whole=whole))
            return
        self._cache_templates()
        rendering, listed = Rendering(site), site.summaries if "" in units and whole else ()

        def brief(slug: str) -> tuple[Written, Listing | None]:
            files, context = rendering.briefing(slug)
            return write(files), rendering.listing(slug, context) if listed else None

        # the first in this process: what it reads of templates, the others need not
        results = itertools.chain([brief(slugs[0])], run_all(brief, slugs[1:], _name_briefing, share=SHARE))
        for slug in each(slugs):
            written, listing = next(results)
            if listing:
                self._keep(site, slug, functools.partial(_give, listing))
            yield slug, written
        people = {unit: speaker for unit, speaker in speaker_units(site).items() if unit in units}
        spoken = run_all(lambda unit: write(rendering.speaker(people[unit], {})), list(people), share=SHARE)
        yield from zip(people, spoken, strict=True)
        if "" in units:
            kept = [self._keep(site, slug, functools.partial(rendering.listing, slug)) for slug in listed]
            yield "", write(rendering.common(kept, drafts=drafts))

    def hashes_of(self, site: Site) -> dict[str, str]:
        """``hash_inputs`` of a site, made once."""
        if self._hashed is None or self._hashed[0] is not site:
            self._hashed = site, hash_inputs(site)
        return self._hashed[1]


def _give(listing: Listing) -> Listing:
    return listing


def _name_briefing(slug: str) -> str:
    return (BASE / slug).as_posix()


def _check(site: Site, slug: str) -> list[Problem]:
    return check_briefing(site.briefing[slug], site)


def _read_now(loader: Loader, slug: str) -> tuple[Briefing | None, list[Problem]]:
    """A briefing, and the problems of reading it, which the loader does not keep."""
    before = len(loader.problems)
    briefing = loader.read_briefing(slug)
    problems = loader.problems[before:]
    del loader.problems[before:]
    return briefing, problems


def _read_again(loader: Loader, slug: str, inputs: str, hash_inputs: Callable[[], str]) -> Briefing:
    """A briefing whose summary is cached; its files must still be those of the summary."""
    briefing, _ = _read_now(loader, slug)
    return _expect(briefing if inputs == hash_inputs() else None, slug)


def _expect(briefing: Briefing | None, slug: str) -> Briefing:
    if briefing is None:
        raise OSError(errno.ESTALE, "was changed while it was read; try again", (BASE / slug).as_posix())
    return briefing


def with_last_good(site: Site, last: Site | None, broken: Set[str]) -> Site:
    """The site with ``broken`` briefings as they were in ``last``, and the speakers to whom their pages lead."""
    slugs = [slug for slug in broken if last and slug in last.summaries]
    if not last or not slugs:
        return site
    stored = {**_stored(site), **{slug: _stored(last)[slug] for slug in slugs}}
    summaries = {**site.summaries, **{slug: last.summaries[slug] for slug in slugs}}
    return replace(
        site,
        briefing=LazyBriefings(dict(sorted(stored.items()))),
        summaries=dict(sorted(summaries.items())),
        speakers=(*site.speakers, *(one for one in last.speakers if one.id not in site.speaker)),
    )


def _stored(site: Site) -> Mapping[str, Stored]:
    assert isinstance(site.briefing, LazyBriefings), "only a site that Incremental loaded"
    return site.briefing.data


def select_briefings(site: Site, slugs: Set[str]) -> Site:
    """The site with only some of its briefings to read, and all their summaries."""
    return replace(site, briefing=LazyBriefings({slug: one for slug, one in _stored(site).items() if slug in slugs}))


def hash_inputs(site: Site) -> dict[str, str]:
    """Unit to a hash of everything that its problems, pages and data depend on.

    A briefing depends on its files and those of the briefings it is related to, the vocabulary, the speakers, the list
    of briefings, the settings, the templates and its history; a speaker's page on the briefings that credit them.
    """
    history, slugs = site.history, sorted(site.summaries)
    lines = [(one, str(one.place)) for one in site.speakers]  # a problem may name one
    past = history and (
        history.since,
        history.unread,
        [change for entry in history.entries for change in entry.changes if not change.briefing],
    )
    templates = hash_parts(file_parts(TEMPLATES))  # a server sees them change
    shared = hash_parts(encode_parts(sorted(site.files.items()), lines, site.publication, slugs, past, templates))
    stored, related = _stored(site), find_related_briefings(site)
    hashes = {
        slug: hash_parts(
            encode_parts(
                slug, shared, stored[slug].inputs, [stored[other].inputs for other in sorted(related[slug])],
                site.commits.get(slug), history.entries_of(slug) if history else None,
            )
        )
        for slug in site.summaries
    }  # fmt: skip
    common = hash_parts(encode_parts(shared, sorted(hashes.items()), history.entries if history else None))
    for unit, speaker in speaker_units(site).items():
        briefings = [hashes[slug] for slug in site.crediting[speaker.id]]
        hashes[unit] = hash_parts(encode_parts(speaker.id, briefings, feeds.speaker_feed(site, speaker.id)))
    return {**hashes, "": common}


class SealedBytecode(FileSystemBytecodeCache):
    """Compiled templates in a folder: programs, so only those are run that this account compiled. Each language has its
    own, which a new catalogue replaces."""

    def __init__(self, folder: str, tag: str) -> None:
        super().__init__(folder)
        self._tag = tag

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of the file of a template."""
        return super().get_cache_key(f"{self._tag}/{name}", filename)

    def get_source_checksum(self, source: str) -> str:
        """A hash of all that a compiled template is made of: its source, and the program with its catalogues."""
        return super().get_source_checksum(hash_program() + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket; leave it empty if nothing of ours is cached."""
        content = seal.read_sealed(Path(self._get_cache_filename(bucket)))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache what the bucket holds."""
        path = Path(self._get_cache_filename(bucket))
        with contextlib.suppress(OSError):
            write_file(path, seal.add_seal(path, bucket.bytecode_to_string()))


def cache_templates(env: Environment, folder: Path | None, tag: str) -> None:
    """Let Jinja keep templates compiled in a language, by its tag, in a folder; it compares their sources itself."""
    if folder and not is_linked(folder):
        env.bytecode_cache = SealedBytecode(str(folder), tag)


def _hash_files(paths: Sequence[Path]) -> str:
    """A hash of some files and of what kind they are; "" if one cannot be read."""
    try:
        return hash_parts(part for path in paths for part in _describe(path))
    except OSError:
        return ""


def _describe(path: Path) -> Iterator[bytes]:
    disk = Disk(path.parent)
    kind = disk.kind(PurePosixPath(path.name))
    yield kind.encode()
    yield disk.read(PurePosixPath(path.name)) if kind == "file" else b""  # raises OSError if it is too large


def _hash_folders(folders: Sequence[Path], more: object) -> str:
    """A hash of ``more`` and of path, kind and content of everything in some folders; "" if that cannot be read."""
    try:
        return hash_parts([*encode_parts(more), *(part for folder in folders for part in _list_folder(folder))])
    except (OSError, RecursionError):  # not to be read, or nested too deep
        return ""


def _list_folder(folder: Path) -> Iterator[bytes]:
    yield str(folder).encode("utf-8", "surrogateescape")
    for entry in sorted(walk(folder), key=lambda entry: entry.path):
        yield entry.path[len(str(folder)) :].encode("utf-8", "surrogateescape")
        if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= LARGEST:
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - Path takes longer, and there are thousands
                yield hashlib.sha256(file.read()).digest()
        else:
            yield f"{stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode):o}".encode()
