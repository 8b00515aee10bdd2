"""A project as the workbench reads it again and again: what did not change is kept from the last time."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_tools.authoring.lock import Checked, add_unlocked_texts, check_texts
from build_tools.base.problems import Problem, filter_problems, sort_problems
from build_tools.compare.lock import make_lock, sign_lock
from build_tools.compare.summary import replace_briefings
from build_tools.compare.telling import list_names
from build_tools.load.files import Disk
from build_tools.load.load import BASE, Loader, read_shared
from build_tools.load.reader import Reader
from build_tools.model.lock import Lock
from build_tools.model.records import BriefingFile, Source
from build_tools.model.site import UNREADABLE, Briefing, Site
from build_tools.workbench.fields import Declined, show_problem
from build_tools.workbench.overlay import Changed
from build_tools.workbench.suggestions import Suggested, suggest_quotations

#: Who signs what nobody has named anybody for yet.
NOBODY = "you"


@dataclass(frozen=True)
class Reading:
    """A briefing in its site, as it will be once it is saved: each text at hand is locked. ``problems`` are those of
    reading; ``stale`` are the sources whose locks on disk say less."""

    site: Site
    briefing: Briefing
    problems: tuple[Problem, ...]
    stale: frozenset[str]
    locks: Mapping[str, Lock]
    """The locks on disk."""


class Kept:
    """A project in the folder ``root``; ``articles`` are folders of full texts."""

    def __init__(self, root: Path, articles: Sequence[Path]) -> None:
        self.root, self._articles = root, articles
        self._memory: dict[Any, Any] = {}
        self._suggested: dict[tuple[str, str], tuple[Any, list[Suggested]]] = {}

    def slugs(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """The briefings of the project."""
        return Loader(Changed(self.root, files), None, self._memory).slugs

    def title(self, slug: str) -> tuple[str, str] | None:
        """The title and the status of a briefing, None if its own file cannot be read."""
        path = BASE / slug / "briefing.yml"
        reader = Reader(Disk(self.root), self._memory)
        file = reader.one(BriefingFile, path) if reader.is_file(path) else None
        return (file.title, file.status) if file else None

    def read(self, slug: str, files: Mapping[str, bytes], by: str) -> Reading:
        """A briefing with ``files`` in place of those on disk. Raises Declined if it cannot be read."""
        tree = Changed(self.root, files)
        shared = read_shared(tree, self._memory)
        loader = Loader(tree, self._articles, self._memory, shared=shared, verify=True)
        briefing = loader.read_briefing(slug) if slug in loader.slugs else None
        problems = filter_problems(sort_problems(loader.problems), slug)
        if briefing is None or loader.vocabulary is None:
            known = slug in loader.slugs
            message = f'the briefing "{slug}" cannot be read' if known else f'there is no briefing "{slug}"'
            raise Declined(422 if known else 404, message, problems=[show_problem(one) for one in problems])
        site = loader.make_site(self.root, {}, {})
        assert site is not None, "there is a vocabulary"
        others = [one for name in loader.slugs if name != slug and (one := loader.read_briefing(name))]
        site = replace_briefings(site, sorted([briefing, *others], key=lambda one: one.slug))
        locked, stale = self._lock(site, briefing, by)
        return Reading(replace_briefings(site, [locked, *others]), locked, tuple(problems), stale, briefing.locks)

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

    def check_texts(self, reading: Reading) -> Checked:
        """The locks of a briefing as it is on disk, not yet signed; those of texts at hand."""
        return check_texts(self.root, replace(reading.briefing, locks=reading.locks), reading.site)

    def _lock(self, site: Site, briefing: Briefing, by: str) -> tuple[Briefing, frozenset[str]]:
        """The briefing with the locks that saving it would write."""
        if UNREADABLE in briefing.broken:
            return briefing, frozenset()
        whole, hashes = add_unlocked_texts(self.root, briefing)
        names = list_names(whole, site.speakers_of(whole))
        today, locks = datetime.date.today().isoformat(), dict(whole.locks)
        for source in whole.sources:
            if (text := whole.texts.get(source.id)) is None:
                continue
            sha = hashes.get(source.id) or whole.locks[source.id].sha256
            new = make_lock(whole, source, text, sha, site.vocabulary, names)
            signed = sign_lock(new, whole.locks.get(source.id), by or NOBODY, today)
            locks[source.id] = signed or new
        stale = {name for name, lock in locks.items() if _differ(lock, briefing.locks.get(name))}
        return replace(whole, locks=locks), frozenset(stale)


def _differ(new: Lock, old: Lock | None) -> bool:
    return old is None or new.model_dump(exclude={"place"}) != old.model_dump(exclude={"place"})
