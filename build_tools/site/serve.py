"""What ``mkdocs serve`` does besides building: it keeps the last good pages, wakes for what people write, and shows
every page's problems in the browser.

Nothing here reaches a built site: the panel is put into the answers of the server, not into the files.
"""

from __future__ import annotations

import contextlib
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_tools.base.cache import FOLDER, Cache, without_gc
from build_tools.base.problems import Place, Problem, about, in_order
from build_tools.base.write import GENERATED, write_pages
from build_tools.history import log as chronicle
from build_tools.load.load import Unread, load
from build_tools.model.site import Publication, Site
from build_tools.model.values import id_fault
from build_tools.pages.briefing_pages import briefing_data, briefing_pages
from build_tools.pages.panel import render_panel
from build_tools.pages.render import checked, keeper, makings
from build_tools.pages.site_pages import common_files, every_speaker
from build_tools.pages.unready import render_unready

log = logging.getLogger("mkdocs.synoptic")
POLL = 0.25  # seconds between two looks at the files
TICK = 2_500_000_000  # nanoseconds: of no disk's clock a tick is longer
Seen = dict[str, tuple[int, ...]]


class Remembered(Cache):
    """What is kept, of which a server asks the disk only once for what is large, too."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(folder)
        self._large: dict[str, Any] = {}

    def store(self, name: str, large: Any) -> None:
        """Keep a large thing."""
        self._large[name] = large
        super().store(name, large)

    def load(self, name: str) -> Any:
        """What was put there; None where nothing was, or nothing can be read."""
        if name not in self._large:
            self._large[name] = super().load(name)
        return self._large[name]

    def prune(self) -> None:
        """Remove what this run did not ask for."""
        self._large = {name: large for name, large in list(self._large.items()) if name in self._used}
        super().prune()


class Live:
    """The state of a running server: what its pages were made from, and what is wrong now."""

    def __init__(self) -> None:
        self.problems: tuple[Problem, ...] = ()
        self._root = self._docs = Path()
        self._publication = Publication()
        self._site: Site | None = None  # what the generated pages show: each briefing as it last was without errors
        self._made_from: dict[str, str] = {}  # by slug, "" for the common pages: what they were made from
        self.failure: tuple[Problem, ...] = ()  # of MkDocs itself
        self._watched: dict[Path, Seen] = {}  # as it was before the first build
        self._by_hand: dict[Path, Seen] = {}  # what was not generated, as it was before the last build
        self._stood: set[str] = set()  # the unready pages of the last build
        self._results = Remembered(None)
        self._read: dict[Any, Any] = {}  # the files of the briefings, as objects

    def begin(self, root: Path, docs: Path, publication: Publication, watched: Iterable[Path]) -> None:
        """Before a build. Before the first: look at the files and generate the pages; before others that is done,
        unless the settings say something else now.

        In: the project's folder; the folder of the pages; what the settings say; all that is watched for changes.
        """
        known = (self._root, self._publication)
        if self._root != root:
            self._results = Remembered(root / FOLDER / "made")
        self._root, self._docs, self._publication = root, docs, publication
        if known == (root, publication):
            return
        if not self._watched:
            named = (Path(os.path.abspath(path)) for path in watched)  # noqa: PTH100 - as MkDocs will name them
            self._watched = {path: self._look(path) for path in named}
            self._by_hand = self._looked(self._watched)
        self.refresh()
        self._stood = set(self.unready())

    def attach(self, server: Any, build: Callable[[], Any], perhaps: Iterable[str]) -> Any:
        """After the first build: take the place of the server's builder and observer, and add to its answers.

        In: MkDocs's server; its builder; what the server may watch by now. Out: the server.
        """
        paths = []
        for path in perhaps:
            with contextlib.suppress(KeyError):  # it does not
                server.unwatch(path)
                paths.append(path)
        watcher = server.observer = Watcher(self._look, self._watched)
        for path in paths:
            server.watch(path)
        server.builder = lambda: self.rebuild(build, watcher.places)
        server.set_app(with_panel(server.get_app(), server.mount_path, lambda: (*self.failure, *self.problems)))
        return server

    def rebuild(self, build: Callable[[], Any], watched: Iterable[Path]) -> None:
        """After a change: generate, and ``build`` where a page became another one. Raises nothing.

        An exception would leave the server without an answer to any request until the next change.
        """
        with without_gc():
            self._rebuild(build, watched)

    def _rebuild(self, build: Callable[[], Any], watched: Iterable[Path]) -> None:
        by_hand = self._looked(watched)
        if by_hand != self._by_hand:  # a template, perhaps
            self._made_from = {}
        changed = self.refresh()
        stand = set(self.unready())
        if not changed and (by_hand, stand) == (self._by_hand, self._stood) and not self.failure:
            return
        try:
            build()
        except Exception as error:
            log.exception("The site could not be built")
            tip = "the terminal says more; it may be mkdocs.yml, a page in docs/ or a template"
            self.failure = (Problem(Place("mkdocs.yml"), f"the site could not be built: {error}", tip, "build"),)
        else:
            self.failure, self._by_hand, self._stood = (), by_hand, stand

    def refresh(self) -> bool:
        """Load, check, and write the pages that changed. Out: whether any did. Raises nothing."""
        try:
            found, changed = self._generate()
        except Exception as error:
            log.exception("The pages could not be generated")
            found, changed = [_failed(Place("briefings"), error)], False
        if tuple(found) != self.problems:
            for problem in found:
                if problem.level == "error":
                    log.error("%s", problem)
        self.problems = tuple(found)
        return changed

    @property
    def site(self) -> Site | None:
        """What the generated pages show."""
        return self._site

    def unready(self) -> dict[str, str]:
        """Pages that should be there and could not be made yet: path under docs/ to Markdown."""
        slugs = [folder.name for folder in (self._root / "briefings").glob("*/") if not id_fault(folder.name)]
        paths = ["index.md", "method.md", "speakers/index.md", *(f"briefings/{slug}/index.md" for slug in slugs)]
        return {path: render_unready() for path in sorted(paths) if not (self._docs / path).is_file()}

    def _generate(self) -> tuple[list[Problem], bool]:
        results = self._results
        site, found = load(self._root, results=results, memory=self._read)
        last = {(model, path): key for key in self._read for model, path, _ in [key]}
        self._read = {key: self._read[key] for key in last.values()}  # of each file only as it was read last
        if site:
            site = replace(site, publication=self._publication, record=chronicle.read(self._root))
            found = in_order([*found, *checked(site, makings(site), results)])
        broken = {p.briefing for p in found if p.level == "error"}
        shared = "" in broken
        if site is None or (shared and self._site):
            return found, False
        shown = _kept(site, self._site, broken)
        stay = set(site.summaries) if shared else set(broken)
        made_from = {slug: made for slug, made in makings(shown).items() if slug not in stay}
        new = {slug for slug, parts in made_from.items() if parts != self._made_from.get(slug)}
        if not new:
            return found, False
        files: dict[str, str | bytes] = {}
        for slug in sorted(new - {""}):
            try:
                files |= {**briefing_pages(shown, shown.briefing[slug]), **briefing_data(shown, shown.briefing[slug])}
            except Exception as error:
                log.exception("%s could not be rendered", slug)
                found.append(_failed(Place(f"briefings/{slug}/briefing.yml"), error))
                broken.add(slug)
        shown = _kept(shown, self._site, broken)
        kept = keeper(makings(shown), results)
        files |= {**common_files(shown, drafts=True, kept=kept), **every_speaker(shown, kept)}
        results.prune()
        changed = write_pages(self._docs, [("", files)], stay | broken | (made_from.keys() - new))
        if not shared:
            self._site = shown
        of_before = {slug: parts for slug, parts in self._made_from.items() if slug in broken}
        self._made_from = {slug: parts for slug, parts in made_from.items() if slug not in broken} | of_before
        return found, changed > 0

    def _look(self, path: Path) -> Seen:  # what is generated is no reason to build again
        return look(path, skip=frozenset(str(self._docs / name) for name in GENERATED))

    def _looked(self, places: Iterable[Path]) -> dict[Path, Seen]:
        """What lies in all these places besides the briefings."""
        return {path: self._look(path) for path in places if path.resolve() != self._root / "briefings"}


def _kept(site: Site, last: Site | None, broken: set[str]) -> Site:
    """The site with its broken briefings as they last were, and the speakers to whom their pages lead."""
    if not last or not broken:
        return site
    old = {slug: last.briefing[slug] for slug in broken if slug in last.summaries}
    summaries = {**site.summaries, **{slug: last.summaries[slug] for slug in old}}
    made_of = {slug: (last if slug in old else site).briefing.made_of[slug] for slug in sorted(summaries)}  # type: ignore[attr-defined]
    return replace(
        site,
        briefing=Unread(made_of, lambda slug: old.get(slug) or site.briefing[slug]),
        summaries=dict(sorted(summaries.items())),
        speakers=(*site.speakers, *(s for s in last.speakers if s.id not in site.speaker)),
    )


def _failed(place: Place, error: Exception) -> Problem:
    """A fault of the program, or of the disk, as a problem."""
    what = f"{error.filename or 'a file'}: {error.strerror}" if isinstance(error, OSError) else repr(error)
    return Problem(place, f"the pages could not be made: {what}", "the terminal says more", "program")


# -- watching ------------------------------------------------------------------------------------------------------


def look(top: Path, skip: frozenset[str] = frozenset()) -> Seen:
    """Every file and folder under ``top``, with what changes when it is written, replaced or made another kind.

    Left out: ``skip``, and what editors keep beside a file. Folders count by their being there. Raises nothing.
    """
    found: Seen = {}
    waiting = [str(top)]
    while waiting:
        path = waiting.pop()
        try:
            at = os.lstat(path)
            if stat.S_ISLNK(at.st_mode):  # a linked file counts by what it leads to, a linked folder as the link
                with contextlib.suppress(OSError):
                    leads = os.stat(path)  # noqa: PTH116 - as below, with many files Path would be slow
                    at = leads if path == str(top) or stat.S_ISREG(leads.st_mode) else at
            folder = stat.S_ISDIR(at.st_mode)
            file = () if folder else (at.st_size, at.st_mtime_ns, at.st_ctime_ns)
            found[path] = (at.st_mode, at.st_ino, *file)
            if folder:
                with os.scandir(path) as inside:
                    waiting += [one.path for one in inside if one.path not in skip and not _passing(one.name)]
        except OSError:  # gone meanwhile, or not to be read
            continue
    return found


def seen(path: str) -> tuple[int, ...] | None:
    """What tells, as Git takes it, that a file is another one or was written; None where there is none."""
    try:
        at = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
    return at.st_dev, at.st_ino, at.st_mode, at.st_size, at.st_mtime_ns, at.st_ctime_ns


def settled(look: tuple[int, ...] | None) -> bool:
    """Whether a file that looks so will look otherwise once it is written again. Within one tick of the disk's clock
    it would not."""
    return look is not None and time.time_ns() - max(look[-2:]) > TICK


def _passing(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~")


@dataclass(frozen=True)
class Change:
    """What MkDocs's handler asks of an event."""

    src_path: str
    is_directory: bool = False


class Watcher(threading.Thread):
    """Stands in for MkDocs's observer, which sleeps on where a folder comes or goes, loses sight of a folder that was
    removed and put back, misses what is saved during the first build, and wakes for pages that were generated.
    """

    def __init__(self, look_at: Callable[[Path], Seen], first: dict[Path, Seen]) -> None:
        super().__init__(name="watcher", daemon=True)
        self._look, self._seen = look_at, dict(first)
        self._handlers: dict[Path, Any] = {}
        self._ended = threading.Event()

    def schedule(self, handler: Any, path: str, *, recursive: bool = True) -> Path:
        """Wake ``handler`` when something under ``path`` changes."""
        place = Path(path)
        self._seen.setdefault(place, self._look(place))
        self._handlers = {**self._handlers, place: handler}
        return place

    def unschedule(self, place: Path) -> None:
        """Wake no more for what changes there."""
        self._handlers = {known: handler for known, handler in self._handlers.items() if known != place}

    @property
    def places(self) -> list[Path]:
        """All that is watched."""
        return list(self._handlers)

    def run(self) -> None:
        """Look again and again until ``stop``."""
        while not self._ended.wait(POLL):
            for place, handler in self._handlers.items():
                now = self._look(place)
                if now != self._seen[place]:
                    self._seen[place] = now
                    handler.on_any_event(Change(str(place)))

    def stop(self) -> None:
        """End."""
        self._ended.set()


# -- the panel -----------------------------------------------------------------------------------------------------


def shown_on(problems: Sequence[Problem], address: str) -> list[Problem]:
    """What a page tells: the home page everything, a briefing's page its own and what all share, others the latter."""
    parts = address.strip("/").split("/")
    if parts == [""]:
        return list(problems)
    return about(problems, parts[1] if parts[0] == "briefings" and len(parts) > 1 else "")


def with_panel(app: Any, mount: str, problems: Callable[[], Sequence[Problem]]) -> Any:
    """A WSGI application that answers as ``app`` does, with a panel in each HTML page that has problems.

    In: the application; the path at which the site begins; what gives the problems of this moment.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        begun: list[Any] = []
        body = app(environ, lambda *args: begun.extend(args))
        status, headers, *rest = begun
        kind = dict(headers).get("Content-Type", "")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        found = shown_on(problems(), path.removeprefix(mount)) if kind.startswith("text/html") else []
        if not found:
            start_response(status, headers, *rest)
            return body  # type: ignore[no-any-return]
        content = b"".join(_all(body))
        head, end, tail = content.rpartition(b"</body>")
        content = (head if end else content) + render_panel(found).encode() + end + (tail if end else b"")
        headers = [h for h in headers if h[0] != "Content-Length"] + [("Content-Length", str(len(content)))]
        if not status.startswith("200"):  # such a page has no live reload
            headers.append(("Refresh", "2"))
        start_response(status, headers, *rest)
        return [content]

    return answer


def _all(body: Any) -> Iterator[bytes]:
    try:
        yield from body
    finally:
        if hasattr(body, "close"):
            body.close()
