"""The guard of a built site: gives every page its Content-Security-Policy, and audits it."""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from synoptic.base import jobs
from synoptic.base.problems import Place, Problem, Stopped
from synoptic.base.write import walk, write_file
from synoptic.site import audit, csp, embeds

ERROR_PAGE = "404.html"  # our theme writes it for every site
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
BATCH = 50  # pages that are on the disk already, to be audited in one go
SHARE = 8  # tasks for which a process of its own is worth starting


class Task(NamedTuple):
    """A piece of work of its own for ``run_tasks``; ``name`` tells people which. It returns the faults that it finds,
    and anything else."""

    name: str
    work: Callable[[], tuple[list[Problem], Any]]


@dataclass(frozen=True)
class Guard:
    """Guards the pages of ``site``, which all get the same ``policy``. ``scripts`` are the theme's own; ``home`` is the
    site's full address, if it has one; ``old_policy`` is one that pages may have already; ``framed`` are the policies
    of pages to embed, each with its style; ``paths`` are the pages in the site."""

    site: Path
    home: str
    old_policy: str
    scripts: frozenset[str]
    policy: str
    framed: Mapping[str, str]
    paths: Sequence[str]

    def check(self, name: str, page: str, *, is_new: bool) -> list[Problem]:
        """Write the policy into a page, and the page into the site. Returns what no page may contain.

        ``name`` is the page's path in the site; ``is_new`` says that it is not there yet. Raises OSError.
        """
        guarded = csp.add_policy(page, self.policy, self.old_policy)
        if is_new or guarded != page:
            write_file(self.site / name, guarded)
        faults = list(audit.find_faults(name, guarded, self.scripts, self.policy, self.framed))
        faults += audit.find_missing_pictures(name, guarded, self.home, lambda picture: (self.site / picture).is_file())
        return faults

    def tasks(self, unchanged: Container[str] = frozenset()) -> Iterator[Task]:
        """The work that is to be done for the pages in the site. Those in ``unchanged`` are skipped if the policy is
        still the old one: they were audited when they were cached."""
        same = self.policy == self.old_policy
        wanted = [name for name in self.paths if not (same and name in unchanged)]
        for names in (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH)):
            yield Task(f"{names[0]} to {names[-1]}", partial(self._check_all, names))

    def _check_all(self, names: Iterable[str]) -> tuple[list[Problem], None]:
        pages = ((name, (self.site / name).read_text(encoding="utf-8")) for name in names)
        return [fault for name, page in pages for fault in self.check(name, page, is_new=False)], None


def open_guard(site: Path, home: str = "", old_policy: str = "") -> Guard:
    """The guard of a built site. For the rest see ``Guard``.

    Raises Stopped if the site lacks the page that shows the inline scripts of its templates, OSError if a
    page cannot be read.
    """
    start = len(os.path.join(site, ""))  # noqa: PTH118 - Path takes longer, and there may be a hundred thousand
    files = (entry.path[start:].replace(os.sep, "/") for entry in walk(site))
    paths = sorted(path for path in files if os.path.splitext(path)[1].lower() in PAGES)  # noqa: PTH122
    if not (site / ERROR_PAGE).is_file():
        message = "is missing; without it the theme's scripts cannot be told from others"
        raise Stopped([Problem(Place(ERROR_PAGE), message, "", "audit")])
    scripts = audit.find_inline_scripts((site / ERROR_PAGE).read_text(encoding="utf-8"))
    return Guard(site, home, old_policy, scripts, csp.site_policy(scripts), dict(embeds.read_guards().values()), paths)


def guard_site(site: Path, home: str = "") -> list[Problem]:
    """Write the site's policy into every page of ``site``. Returns what no page may contain. Raises OSError."""
    try:
        guard = open_guard(site, home)
    except Stopped as missing:
        return list(missing.problems)
    return run_tasks([*guard.tasks()])[0]


def run_tasks(tasks: Sequence[Task]) -> tuple[list[Problem], list[Any]]:
    """Do all the tasks in as many processes as there are cores. Returns all faults, and what else each returned."""
    results = list(jobs.run_all(lambda task: task.work(), tasks, lambda task: task.name, share=SHARE))
    return [fault for faults, _ in results for fault in faults], [rest for _, rest in results]
