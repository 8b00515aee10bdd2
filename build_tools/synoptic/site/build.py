"""One MkDocs build of the site, or the builds of a running ``mkdocs serve``: generate the pages, reuse what is still
current, then add the search index and the permanent addresses, and audit the result."""

import gzip
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from synoptic.base import cache
from synoptic.base.problems import Problem, Refused, count_problems, sort_problems
from synoptic.base.write import write_file
from synoptic.model.site import Publication, Site
from synoptic.pages import llms
from synoptic.pages.render import language_of, speaker_units
from synoptic.site import (
    cards,
    dossiers,
    embeds,
    mkdocs_files,
    mkdocs_pages,
    pagefind,
    permalinks,
    script_words,
    share_files,
    shares,
    twins,
)
from synoptic.site.additions import Additions, AdditionsCache, render_additions
from synoptic.site.generate import MAX_FAULTS, generate_pages
from synoptic.site.guard import Task, open_guard, run_tasks
from synoptic.site.incremental import cache_templates, select_briefings
from synoptic.site.serve import LiveSite, refuse_taken_port
from synoptic.site.theme_words import site_language, translate_theme
from synoptic.text.language import ENGLISH, speaking
from synoptic.text.raw_html import hide_html, restore_html

log = logging.getLogger("mkdocs.synoptic")
SEARCH_DELAY = 0.2  # seconds in which a server answers requests before it makes the search index


class Build:
    """The state of the builds of one process. Its public methods are events of MkDocs, whose arguments they take."""

    def __init__(self) -> None:
        self._live: LiveSite | None = None  # of ``mkdocs serve`` alone
        self._pages = mkdocs_files.PageCache()
        self._served: tuple[Any, ...] | None = None  # where a server serves: host and port
        self._site_dir: Path | None = None
        self._additions, self._kept = Additions(), AdditionsCache()
        self._twins = twins.Twins()
        self._site: Site | None = None
        self._llms = ""  # llms.txt; empty if it is not ours to write
        self._nav: Any = None
        self._frame: mkdocs_pages.Frame | None = None
        self._home_page = ""  # docs/index.md as it was generated
        self._raw_html: dict[str, list[str]] = {}  # page: its parts that bypass Markdown
        self._indexing: threading.Thread | None = None
        self._share: shares.Share | None = None  # what is built, if not everything
        self._units: set[str] = set()  # those of the share
        self._linked: list[str] = []  # what other shares must have
        self._state = ""  # a hash of all that the whole site is made from

    def start(self, *, command: str, dirty: bool) -> None:
        """Note whether this is ``mkdocs serve``, in which a mistake must not end the server."""
        self._live = LiveSite() if command == "serve" else None

    def generate(self, *, config: Any) -> None:
        """Load, check and render. A build stops at an error; a server shows it and keeps the last good pages."""
        root, docs = Path(config.config_file_path).resolve().parent, Path(config.docs_dir)
        self._site_dir = Path(config.site_dir)
        mkdocs_files.skip_hidden_templates(config.theme)
        publication = Publication.of(config)
        if self._live:  # a PDF takes longer than anybody waits for a change
            publication = replace(publication, dossier=False)
        config.extra["report_url"] = publication.report_url
        config.extra["twins"] = publication.machine_readers and config.use_directory_urls and not self._live
        self._twins = twins.Twins(
            cache.Cache(mkdocs_files.cache_folder(config, "twins")) if config.extra["twins"] else None
        )
        with cache.without_gc():
            if self._live:
                if self._served is None:
                    self._served = tuple(config.dev_addr)
                    refuse_taken_port(*self._served)
                self._wait_for_index()
                watched = map(Path, (docs, config.config_file_path, *config.watch))
                self._live.prepare(root, docs, publication, watched)
            else:
                self._generate(root, docs, publication)
        mkdocs_files.hide_site(self._site_dir)

    def _generate(self, root: Path, docs: Path, publication: Publication) -> None:
        self._share = shares.read_share(os.environ.get(shares.VARIABLE, ""))
        site, hashes, report = generate_pages(root, docs, publication, share=self._share)
        if self._share:
            self._units = self._share.select([*site.summaries, *speaker_units(site)])
            self._state = shares.hash_inputs(root, site)
            site = select_briefings(site, self._units)
        self._site = site
        self._kept = AdditionsCache(cache.Cache(cache.project_cache(root, "additions")), hashes)
        self._additions = render_additions(site, self._kept)
        self._home_page = (docs / "index.md").read_text(encoding="utf-8")
        log.info("Synoptic: %s", report)

    def select_files(self, files: Any, *, config: Any) -> Any:
        """Replace pages that are still current by their cached copies. A server adds a page for each that could never
        be generated; a build refuses symlinks."""
        real, site_dir = os.path.realpath(config.docs_dir), Path(config.site_dir)
        mkdocs_files.restore_site(site_dir)
        if self._live:
            for path, content in self._live.placeholders().items():
                files.append(mkdocs_files.generated_page(config, path, content))
        elif irregular := sorted(
            f"docs/{file.src_path}"
            for file in files
            if file.src_dir == config.docs_dir and not _is_regular(real, file.src_path)
        ):
            raise Refused(f"symlinks, pipes and other special files are not published; remove: {', '.join(irregular)}")
        language = site_language(config)
        if language != ENGLISH:
            words = script_words.render_script_words(language)
            mkdocs_files.replace_theme_file(files, config, script_words.PATH, words)
        files = self._pages.replace(mkdocs_files.without_theme(files, config), config, serving=self._live is not None)
        if self._share:
            self._linked = share_files.leave_to_others(self._pages, files, config, self._share, self._units)
        wanted = self._pages.published | self._twins.list_paths(self._pages)
        if self._site and self._twins.wanted and llms.PATH not in self._pages.published:
            with speaking(language_of(self._site)):
                self._llms = llms.render_llms(self._site, wanted)
        kept = (pagefind.FOLDER, permalinks.FOLDER, cards.FOLDER, embeds.FOLDER, dossiers.FOLDER)
        mkdocs_files.remove_outdated(site_dir, wanted, kept)
        return files

    def note_nav(self, nav: Any, *, config: Any, files: Any) -> None:
        """Note the navigation, which is part of every page."""
        self._nav = nav

    def cache_templates(self, env: Any, *, config: Any, files: Any) -> None:
        """Translate the theme's templates, and cache them as Python, which each build would compile again."""
        self._frame = mkdocs_pages.Frame(config, files, self._nav, env)
        language = site_language(config)
        translate_theme(env, language)
        cache_templates(env, mkdocs_files.cache_folder(config, "theme"), language.tag)

    def list_pages(self, context: Any, *, template_name: str, config: Any) -> Any:
        """Add the copied pages to the list that a template such as the sitemap gets."""
        pages = context.get("pages")
        if pages is not None and self._pages.files:
            context["pages"] = self._pages.with_copied(pages)
        return context

    def hide_raw_html(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        """Hide our own HTML in a generated page from Markdown, which would parse it only to return it unchanged."""
        path = page.file.src_uri
        if not path.startswith(mkdocs_files.GENERATED_FOLDERS):
            return markdown
        markdown, self._raw_html[path] = hide_html(markdown)
        return markdown

    def restore_raw_html(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        """Put the hidden HTML back."""
        html = restore_html(html, self._raw_html.pop(page.file.src_uri, []))
        self._twins.note(page, html)
        return html

    def finish(self, *, config: Any) -> None:
        """Add the search index and the permanent addresses; give every page its policy, and audit it."""
        site_dir = Path(config.site_dir)
        if self._live:  # no policy: the server adds scripts of its own, to reload the page and to fold the panel
            self._pages.save(site_dir, "")
            self._pages.remember_uncached()
            self._indexing = threading.Timer(
                SEARCH_DELAY, _add_later, args=(self._live, site_dir, partial(mkdocs_files.cache_folder, config))
            )
            self._indexing.daemon = True
            self._indexing.start()
            return
        _remove_sitemap_date(site_dir)
        with cache.without_gc():
            self._pages.save(site_dir, self._build_pages(site_dir, config))
        if self._share:
            notes = shares.Notes(
                self._state, self._additions.documents, share_files.list_addresses(self._pages), self._linked
            )
            shares.keep_share(site_dir, self._share, self._units, notes)
        if self._home_page != Path(config.docs_dir, "index.md").read_text(encoding="utf-8"):
            raise Refused("docs/index.md was changed while the site was built (by mkdocs serve?); build again")

    def _build_pages(self, site_dir: Path, config: Any) -> str:
        """Build the pages that MkDocs did not build and the search index, guard all pages. Returns the policy."""
        assert self._frame is not None
        frame, documents = self._frame, self._additions.documents
        new = dict(sorted(self._pages.new.items()))
        self._additions.write(site_dir, partial(mkdocs_files.cache_folder, config))
        index = mkdocs_files.cache_folder(config, "search")
        if self._llms and not (self._share and not self._share.is_first):
            write_file(site_dir / llms.PATH, self._llms)
        guard = open_guard(site_dir, Publication.of(config).home, self._pages.policy)

        def build(name: str) -> tuple[list[Problem], mkdocs_pages.Notes]:
            page, notes = mkdocs_pages.build_page(new[name], frame)
            return guard.check(name, page, is_new=True), notes

        indexed = Task("the search index", lambda: ([], pagefind.write_index(documents, site_dir, index)))
        first = [] if self._share else [indexed]  # it takes longest; that of shares is made when they are merged
        built = (Task(name, partial(build, name)) for name in new)
        written = self._twins.tasks(self._pages, site_dir)
        audited = guard.tasks(self._pages.copied | self._additions.audited)
        faults, told = run_tasks([*first, *built, *audited, *written])
        if faults := sort_problems(faults):
            raise Refused("\n".join([f"{count_problems(faults)} in the built pages:", *map(str, faults[:MAX_FAULTS])]))
        self._kept.note_audit(self._additions)
        self._twins.finish()
        mkdocs_pages.report(zip(new.values(), told[len(first) :], strict=False), frame)
        return guard.policy

    def fail(self, *, error: Exception) -> None:
        """Restore the last site; report an error of the disk in a sentence."""
        if self._site_dir:
            mkdocs_files.restore_site(self._site_dir)
        if isinstance(error, OSError) and not self._live:
            raise Refused(f"{error.filename or self._site_dir}: {error.strerror or error}") from None

    def serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        """Make a server watch what people write, and show its problems."""
        self._wait_for_index()  # the first time nobody has a page open yet
        watched = (config.docs_dir, config.config_file_path, *config.theme.dirs)
        return self._live.attach(server, builder, watched) if self._live else server

    def _wait_for_index(self) -> None:
        if self._indexing:
            self._indexing.join()


def _is_regular(folder: str, name: str) -> bool:
    """Whether a path in a folder, which is reached through no symlink, is a regular file reached through none."""
    path = os.path.join(folder, name)  # noqa: PTH118 - Path takes longer, and there are thousands
    return os.path.realpath(path) == path and os.path.isfile(path)  # noqa: PTH113


def _add_later(live: LiveSite, site_dir: Path, folder: Callable[[str], Path | None]) -> None:
    """Write the additions in a thread of its own, while pages are served already: the editor need not wait. ``folder``
    names that of one kind of cached results."""
    try:
        additions = Additions()
        if site := live.site:
            additions = render_additions(site, AdditionsCache(cache.Cache(folder("additions")), live.hashes_of(site)))
        pagefind.write_index(additions.documents, site_dir, folder("search"))
        additions.write(site_dir, folder)
    except (Refused, OSError) as failure:
        log.error("The search index could not be made: %s", failure)


def _remove_sitemap_date(site_dir: Path) -> None:
    """Compress the sitemap again without the time of the build, the only one in the site."""
    sitemap = site_dir / "sitemap.xml"
    if sitemap.is_file():
        write_file(site_dir / "sitemap.xml.gz", gzip.compress(sitemap.read_bytes(), mtime=0))
