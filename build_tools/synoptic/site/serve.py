"""The state of a running ``mkdocs serve``: it generates pages after each change, and keeps the last good ones."""

import contextlib
import errno
import functools
import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from synoptic.base.cache import NO_CACHE, without_gc
from synoptic.base.problems import Place, Problem, Refused, sort_problems
from synoptic.history.log import read_history
from synoptic.model.site import Publication, Site
from synoptic.model.values import id_fault
from synoptic.pages.unready import render_unready
from synoptic.site.edit_bar import bar_on
from synoptic.site.generated_files import GENERATED
from synoptic.site.incremental import Incremental, with_last_good
from synoptic.site.own_files import NotOurs
from synoptic.site.problem_panel import with_panel
from synoptic.site.watch import Scan, Watcher, scan_files, stat_key

log = logging.getLogger("mkdocs.synoptic")


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Refused if another program serves at an address, which MkDocs would notice only after its first build."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as its server does
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                tip = f'make serve SERVE_ARGS="-a {host}:{port + 123}"'
                raise Refused(f"port {port} is in use, perhaps by another preview; stop that one, or: {tip}") from None


class LiveSite:
    """What the pages of a running server were generated from, and what is wrong now."""

    def __init__(self) -> None:
        self.problems: tuple[Problem, ...] = ()  # of the project's files
        self.failure: tuple[Problem, ...] = ()  # of MkDocs itself
        self._root = self._docs = Path()
        self._publication = Publication()
        self.site: Site | None = None  # what the generated pages show: each briefing as it last was without errors
        self._watched: dict[Path, Scan] = {}  # before the first build
        self._handwritten: dict[Path, Scan] = {}  # what was not generated, before the last build
        self._placeholders: set[str] = set()  # paths of the placeholders of the last build
        self._foreign: list[Path] = []  # files of people that are in the way of generated ones
        self._project = Incremental(Path(), Path(), NO_CACHE)

    def prepare(self, root: Path, docs: Path, publication: Publication, watched: Iterable[Path]) -> None:
        """Generate the pages before the first build, and before later ones if the settings changed; otherwise
        ``rebuild`` has done so.

        ``root`` is the project's folder, ``docs`` that of its pages; ``watched`` are the places watched for changes.
        """
        last = (self._root, self._publication)
        if self._root != root:
            self._project = Incremental(root, docs)
        self._root, self._docs, self._publication = root, docs, publication
        if last == (root, publication):
            return
        if not self._watched:
            paths = (Path(os.path.abspath(path)) for path in watched)  # noqa: PTH100 - as MkDocs will name them
            self._watched = {path: self.scan(path) for path in paths}
            self._handwritten = self._scan_handwritten(self._watched)
        self.refresh()
        self._placeholders = set(self.placeholders())

    def attach(self, server: Any, build: Callable[[], Any], candidates: Iterable[str]) -> Any:
        """Replace the builder and observer of MkDocs' server after the first build, and add the panel to its answers.

        ``build`` is the server's builder; ``candidates`` are paths that it may already watch. Returns the server.
        """
        watched = []
        for path in candidates:
            with contextlib.suppress(KeyError):  # it is not watched
                server.unwatch(path)
                watched.append(path)
        watcher = server.observer = Watcher(self.scan, self._watched)
        for path in watched:
            server.watch(path)
        server.builder = lambda: self.rebuild(build, watcher.places)
        problems, bar = lambda: (*self.failure, *self.problems), functools.partial(bar_on, self._root)
        server.set_app(with_panel(server.get_app(), server.mount_path, problems, bar))
        return server

    @without_gc()
    def rebuild(self, build: Callable[[], Any], watched: Iterable[Path]) -> None:
        """Generate after a change, and call ``build`` if a page changed.

        Raises nothing: an exception would leave every request unanswered until the next change.
        """
        handwritten = self._scan_handwritten(watched)
        changed = self.refresh()
        placeholders = set(self.placeholders())
        last = (self._handwritten, self._placeholders)
        if not changed and (handwritten, placeholders) == last and not self.failure:
            return
        try:
            build()
        except Exception as error:
            log.exception("The site could not be built")
            tip = "see the terminal for more; the cause may be mkdocs.yml, a page in docs/ or a template"
            self.failure = (Problem(Place("mkdocs.yml"), f"the site could not be built: {error}", tip, "build"),)
        else:
            self.failure, self._handwritten, self._placeholders = (), handwritten, placeholders

    def hashes_of(self, site: Site) -> dict[str, str]:
        """The hash of everything that the pages of each unit of a site depend on."""
        return self._project.hashes_of(site)

    def refresh(self) -> bool:
        """Load, check, and write the pages that changed. Returns whether any did. Raises nothing."""
        try:
            problems, changed = self._generate()
        except Exception as error:
            log.exception("The pages could not be generated")
            problems, changed = [_as_problem(Place("briefings"), error)], False
        if tuple(problems) != self.problems:
            for problem in problems:
                if problem.level == "error":
                    log.error("%s", problem)
        self.problems = tuple(problems)
        return changed

    def placeholders(self) -> dict[str, str]:
        """Markdown, by path under docs/, for each important page that could not be generated yet."""
        slugs = [folder.name for folder in (self._root / "briefings").glob("*/") if not id_fault(folder.name)]
        paths = ["index.md", "method/index.md", "speakers/index.md", *(f"briefings/{slug}/index.md" for slug in slugs)]
        return {path: render_unready() for path in sorted(paths) if not (self._docs / path).is_file()}

    def _generate(self) -> tuple[list[Problem], bool]:
        """The problems, and whether any file changed. Briefings with errors keep their last good pages."""
        site, problems = self._project.load()
        if site:
            site = replace(site, publication=self._publication, history=read_history(self._root))
            problems = sort_problems([*problems, *self._project.check(site)])
        broken = {problem.briefing for problem in problems if problem.level == "error"}
        shared_broken = "" in broken  # a file that all briefings use
        if site is None or (shared_broken and self.site):
            return problems, False
        try:
            changed, shown, failures = self._write(site, set(site.summaries) if shared_broken else broken)
        except NotOurs as found:
            self._foreign = [Path(os.path.abspath(self._root / one.place.path)) for one in found.problems]  # noqa: PTH100
            return [*problems, *found.problems], False
        self._foreign = []
        self._project.cache.prune()
        if not shared_broken:
            self.site = shown
        return [*problems, *failures], changed > 0

    def _write(self, site: Site, broken: set[str]) -> tuple[int, Site, list[Problem]]:
        """Write all pages but those of ``broken`` briefings and of others that cannot be rendered.

        Returns how many files changed, the site that the pages show, and the failures of rendering.
        """
        failures: list[Problem] = []
        rendering = ""

        def each(slugs: Iterable[str]) -> Iterator[str]:
            nonlocal rendering
            for slug in slugs:
                rendering = slug
                yield slug
            rendering = ""

        while True:
            shown = with_last_good(site, self.site, broken)
            try:
                return self._project.write(shown, drafts=True, skip=broken, each=each), shown, failures
            except Exception as error:
                if rendering in {"", *broken}:  # not the fault of one briefing
                    raise
                log.exception("%s could not be rendered", rendering)
                failures.append(_as_problem(Place(f"briefings/{rendering}/briefing.yml"), error))
                broken = {*broken, rendering}

    def scan(self, path: Path) -> Scan:
        """All files under ``path`` except generated ones, which never cause a build."""
        scan = scan_files(path, skip=frozenset(str(self._docs / name) for name in GENERATED))
        return scan | {str(one): stat_key(str(one)) or () for one in self._foreign if one.is_relative_to(path)}

    def _scan_handwritten(self, places: Iterable[Path]) -> dict[Path, Scan]:
        """The files in all ``places`` except the briefings."""
        return {path: self.scan(path) for path in places if path.resolve() != self._root / "briefings"}


def _as_problem(place: Place, error: Exception) -> Problem:
    """An error of the program or the disk, as a problem."""
    reason = f"{error.filename or 'a file'}: {error.strerror}" if isinstance(error, OSError) else repr(error)
    return Problem(place, f"the pages could not be generated: {reason}", "see the terminal for more", "program")
