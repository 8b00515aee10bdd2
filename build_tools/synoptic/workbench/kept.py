"""A project as the workbench reads it again and again: what did not change is kept from the last time."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from synoptic.authoring.lock import Checked, add_unlocked_texts, check_texts
from synoptic.base.problems import Problem, filter_problems, sort_problems
from synoptic.check import quotations, sources, telling
from synoptic.check.registry import check_briefing
from synoptic.check.rule import Rule
from synoptic.compare.summary import replace_briefings
from synoptic.load.files import Disk
from synoptic.load.load import BASE, Loader, Shared, read_shared
from synoptic.load.reader import Reader
from synoptic.model.records import BriefingFile, Source
from synoptic.model.site import UNREADABLE, Briefing, Site
from synoptic.workbench.fields import Declined, show_problem
from synoptic.workbench.overlay import Changed
from synoptic.workbench.relock import Locked, Signing, lock_briefing
from synoptic.workbench.suggestions import Suggested, suggest_quotations

#: Who signs what nobody has named anybody for yet.
NOBODY = "you"
#: The rules of reading.
_READING = frozenset({"yaml", "file", "key", "value"})
#: The rules that compare an article with its lock in all but quotations.
_OF_LOCKS: tuple[Rule, ...] = (sources.searched, sources.compared, telling.telling)


@dataclass(frozen=True)
class Reading:
    """A briefing in its site, with every text at hand and, after ``Kept.lock``, with the locks that saving it would
    write. ``problems`` are those of reading; ``stale`` are the sources whose locks on disk are others."""

    site: Site
    briefing: Briefing
    problems: tuple[Problem, ...]
    hashes: Mapping[str, str]
    locked: Locked | None = None

    @property
    def stale(self) -> frozenset[str]:
        """The sources that saving would lock again."""
        return self.locked.stale if self.locked else frozenset()


@dataclass(frozen=True)
class _Texts:
    """The texts of a briefing, and what depends on them: ``key`` is what they were read from."""

    key: Any
    whole: Briefing
    hashes: Mapping[str, str]
    problems: tuple[Problem, ...]


class Kept:
    """A project in the folder ``root``; ``articles`` are folders of full texts."""

    def __init__(self, root: Path, articles: Sequence[Path]) -> None:
        self.root, self._articles = root, articles
        self._memory: dict[Any, Any] = {}
        self._suggested: dict[tuple[str, str], tuple[Any, list[Suggested]]] = {}
        self._texts: dict[str, _Texts] = {}
        self._locked: dict[str, Locked] = {}
        self._others: dict[str, Briefing] = {}

    def slugs(self, files: Mapping[str, bytes | None]) -> tuple[str, ...]:
        """The briefings of the project."""
        return Loader(Changed(self.root, files), None, self._memory).slugs

    def title(self, slug: str) -> tuple[str, str] | None:
        """The title and the status of a briefing, None if its own file cannot be read."""
        path = BASE / slug / "briefing.yml"
        reader = Reader(Disk(self.root), self._memory)
        file = reader.one(BriefingFile, path) if reader.is_file(path) else None
        return (file.title, file.status) if file else None

    def forget_others(self) -> None:
        """Read the other briefings again when they are next needed."""
        self._others.clear()

    def load(self, slug: str, files: Mapping[str, bytes | None]) -> Reading:
        """A briefing with ``files`` in place of those on disk. Raises Declined if it cannot be read."""
        tree = Changed(self.root, files)
        shared = read_shared(tree, self._memory)
        loader = Loader(tree, None, self._memory, shared=shared)
        briefing = loader.read_briefing(slug) if slug in loader.slugs else None
        problems = filter_problems(sort_problems(loader.problems), slug)
        if briefing is None or loader.vocabulary is None:
            known = slug in loader.slugs
            message = f'the briefing "{slug}" cannot be read' if known else f'there is no briefing "{slug}"'
            raise Declined(422 if known else 404, message, problems=[show_problem(one) for one in problems])
        for name in loader.slugs:
            if name not in (slug, *self._others) and (other := loader.read_briefing(name)) is not None:
                self._others[name] = other
        texts = self._read_texts(tree, shared, briefing)
        whole = replace(
            briefing, texts=texts.whole.texts, changed=texts.whole.changed, closest=texts.whole.closest,
            verified=texts.whole.verified,
        )  # fmt: skip
        site = loader.make_site(self.root, {}, {})
        assert site is not None, "there is a vocabulary"
        others = [one for name, one in self._others.items() if name in loader.slugs and name != slug]
        site = replace_briefings(site, sorted([whole, *others], key=lambda one: one.slug))
        self._forget_records()
        return Reading(site, whole, tuple(sort_problems([*problems, *texts.problems])), texts.hashes)

    def _read_texts(self, tree: Changed, shared: Shared, briefing: Briefing) -> _Texts:
        """The texts of a briefing at hand, read again if a file or a lock changed."""
        folders = (self.root / BASE / briefing.slug / "articles", *self._articles)
        key = tuple(_scan(folders)), shared.trust, tuple(briefing.locks.items()), tuple(briefing.source)
        last = self._texts.get(briefing.slug)
        if last is None or last.key != key:
            loader = Loader(tree, self._articles, self._memory, shared=shared, verify=True)
            found = loader.read_briefing(briefing.slug) or briefing
            whole, hashes = add_unlocked_texts(self.root, found)
            links = tuple(one for one in filter_problems(loader.problems, briefing.slug) if "is a link" in one.message)
            last = self._texts[briefing.slug] = _Texts(key, whole, hashes, links)
        return last

    def lock(self, reading: Reading, by: str) -> Reading:
        """A reading with the locks that saving it would write."""
        briefing = reading.briefing
        if UNREADABLE in briefing.broken:
            return reading
        signing = Signing(by or NOBODY, datetime.date.today().isoformat())
        locked = lock_briefing(reading.site, briefing, reading.hashes, signing, self._locked.get(briefing.slug))
        self._locked[briefing.slug] = locked
        whole = replace(briefing, locks={**briefing.locks, **locked.signed})
        others = [one for one in reading.site.briefings if one.slug != whole.slug]
        site = replace_briefings(reading.site, sorted([whole, *others], key=lambda one: one.slug))
        return replace(reading, site=site, briefing=whole, locked=locked)

    def check(self, reading: Reading) -> list[Problem]:
        """Every problem of a reading. A lock that was just made of a text need not be compared with it; only quotations
        that are not there, or in several places, are."""
        briefing, locked = reading.briefing, reading.locked
        if locked is None:
            return sort_problems([*reading.problems, *check_briefing(briefing, reading.site)])
        locks = replace(briefing, texts={})
        quoted = replace(briefing, texts={name: briefing.texts[name] for name in locked.unsure})

        def show(rule: Rule) -> Briefing:
            return quoted if rule is quotations.quotation else locks if rule in _OF_LOCKS else briefing

        return sort_problems([*reading.problems, *check_briefing(briefing, reading.site, show)])

    def check_texts(self, reading: Reading) -> Checked:
        """The locks of a briefing as it is on disk, made from nothing and not yet signed."""
        return check_texts(self.root, reading.briefing, reading.site)

    def suggest(self, reading: Reading, source: Source) -> list[Suggested]:
        """What a program proposes to quote of a source whose text is at hand."""
        briefing = reading.briefing
        if source.id not in briefing.texts:
            return []
        known = tuple((one.id, one.name, one.kind) for one in reading.site.speakers_of(briefing).values())
        key = (briefing.texts[source.id], source.lang, tuple(source.paragraphs.items()), known)
        last = self._suggested.get((briefing.slug, source.id))
        if last is None or last[0] != key:
            last = self._suggested[briefing.slug, source.id] = key, suggest_quotations(reading.site, briefing, source)
        return last[1]

    def _forget_records(self, most: int = 4) -> None:
        """Keep the records of the last few contents of each file."""
        by_file: dict[Any, list[Any]] = {}
        for key in self._memory:
            by_file.setdefault(key[:2], []).append(key)
        for keys in by_file.values():
            for key in keys[:-most]:
                del self._memory[key]


def list_unreadable(reading: Reading) -> dict[tuple[str, str, str], Problem]:
    """The problems of reading, which a change may not add to, by all but their lines, which any change may move."""
    found = [one for one in reading.problems if one.rule in _READING]
    return {(one.place.path, one.rule, one.message): one for one in found}


def _scan(folders: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """Every file in some folders, with its time and size."""
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            state = path.lstat()
            yield str(path), state.st_mtime_ns, state.st_size
