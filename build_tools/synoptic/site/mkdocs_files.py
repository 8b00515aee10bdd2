"""The files of a MkDocs build: which pages are built, which are copied from the cache, which stay where they are."""

import contextlib
import copy
import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from synoptic.base import cache, seal
from synoptic.base.write import remove_others, write_file
from synoptic.model.site import Publication
from synoptic.pages.environment import THEME
from synoptic.site.generated_files import TREES
from synoptic.site.watch import is_settled, stat_key

#: Folders of generated pages. Built pages under them are cached unless the navigation names them.
GENERATED_FOLDERS = tuple(f"{tree}/" for tree in TREES)
#: Settings that change no page.
IRRELEVANT_SETTINGS = frozenset({"config_file_path", "dev_addr", "docs_dir", "site_dir", "strict", "watch"})
#: Files of a theme that no page of ours needs.
THEME_SUFFIXES = frozenset({".css", ".js", ".map"})
EXCLUDED = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
#: The extensions of Markdown that generated pages need, each with its settings.
MARKDOWN: Mapping[str, Mapping[str, Any]] = {
    "attr_list": {}, "fenced_code": {}, "tables": {}, "toc": {"permalink": False, "toc_depth": 3},
}  # fmt: skip
#: Cache entry that holds the Content-Security-Policy of the cached pages.
POLICY = "policy"


class Copies:
    """Remembers what was copied into the site, so that a file that is still current is not copied again."""

    def __init__(self) -> None:
        self._copied: dict[str, tuple[object, object]] = {}  # path in the site: its source, its own stat afterwards

    def copy(self, path: str, source: object, copy: Callable[[], object]) -> None:
        """Call ``copy`` unless ``path`` is still the copy of ``source`` that an earlier build left there."""
        if self._copied.get(path) != (source, stat_key(path)):
            copy()
            self.record(path, source)

    def record(self, path: str, source: object) -> None:
        """Note that ``path`` now holds ``source``, any value that changes when the source does."""
        self._copied[path] = source, stat_key(path)

    def forget(self, path: str) -> None:
        """Note that ``path`` is about to be overwritten."""
        self._copied.pop(path, None)


class CachedPage(File):
    """A page copied from the cache, without its seal. MkDocs treats it as a plain file, but resolves links to it."""

    def __init__(self, file: File, html: Path, copies: Copies, config: Any, *, hidden: bool = False) -> None:
        folders = (file.src_dir, file.dest_dir, file.use_directory_urls)
        super().__init__(file.src_uri, *folders, dest_uri=file.dest_uri)
        self.html, self._copies = html, copies
        self.page = Page(None, self, config)
        self.page.meta = {"robots": "noindex"} if hidden else {}

    def is_documentation_page(self) -> bool:
        """False, so that MkDocs does not build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Copy the page into the site unless it is there already."""
        path = self.abs_dest_path
        self._copies.copy(path, self.html, lambda: write_file(Path(path), self.html.read_bytes()[seal.SIZE :]))


class NewPage(CachedPage):
    """A page that ``mkdocs_pages`` builds when MkDocs has built those of people."""

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: the page is built later."""


class ReusedPage(CachedPage):
    """A page that stays in the site as the last build left it. The navigation takes its title from ``page``."""

    def __init__(self, file: File, page: Page, copies: Copies, config: Any) -> None:
        super().__init__(file, Path(file.abs_dest_path), copies, config)
        self.page, page.file = page, self

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: the page is in place."""


class StaticFile(File):
    """A file that is not a page, copied only if it or its copy changed."""

    def __init__(self, file: File, copies: Copies) -> None:
        folders = (file.src_dir, file.dest_dir, file.use_directory_urls)
        super().__init__(file.src_uri, *folders, dest_uri=file.dest_uri, inclusion=file.inclusion)
        self._copies = copies

    def copy_file(self, dirty: bool = False) -> None:
        """Copy the file into the site unless it is there already."""
        path = str(self.abs_src_path)
        stat = stat_key(path)
        source = (path, stat) if is_settled(stat) else object()
        self._copies.copy(self.abs_dest_path, source, partial(super().copy_file, dirty))


class ThemeLoader(FileSystemLoader):
    """Loads the theme's templates; skips its hidden folders, ten thousand icons that MkDocs would scan for nothing."""

    def list_templates(self) -> list[str]:
        """The names of the templates that are not hidden."""
        templates = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                templates |= {Path(folder, name).relative_to(top).as_posix() for name in names if name[0] != "."}
        return sorted(templates)


def skip_hidden_templates(theme: Any) -> None:
    """Make a MkDocs theme load its templates with ``ThemeLoader``."""
    get_env = theme.get_env

    def get_env_with_our_loader() -> Environment:
        env: Environment = get_env()
        env.loader = ThemeLoader(theme.dirs)
        return env

    theme.get_env = get_env_with_our_loader


def without_theme(files: Iterable[File], config: Any) -> list[File]:
    """The files of a build without the styles and scripts of its theme: our pages have a frame of their own."""
    theirs = {*config.theme.dirs} - {config.theme.custom_dir, str(THEME)}
    return [file for file in files if file.src_dir not in theirs or Path(file.src_uri).suffix not in THEME_SUFFIXES]


class PageCache:
    """The files of the current build, with each page that is still current replaced by its cached copy."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self._copies = Copies()
        self._cache: cache.Cache | None = None
        self.new_pages: dict[str, Path] = {}  # path in the site of a page being built: its path in the cache
        self._later = False
        self.policy = ""  # the Content-Security-Policy that the cached pages carry; "" if none are cached
        self._sealed: dict[Path, object] = {}  # cached page whose seal fits: its stat
        self._sources: dict[str, tuple[object, tuple[str, bool]]] = {}  # generated page: its stat, what _read returned
        # Pages outside the cache that a server built last; empty while they are built, and if that failed
        self._uncached: dict[str, Page] = {}
        self._uncached_key = ""

    def replace(self, files: Iterable[File], config: Any, *, serving: bool) -> Files:
        """The files of a build, with those that need no work replaced by files that copy or reuse an earlier result,
        and new ones by files that are built later, unless a server or another plugin needs them now."""
        inputs = tuple(_build_inputs(config, serving=serving))
        self._cache = cache.Cache(cache_folder(config, "html"), inputs)
        self._later = not serving and len(config.plugins) == 1
        self.new_pages.clear()
        self.policy = (self._cache.read(self._cache.path_of(POLICY)) or b"").decode()
        in_nav = {page for page, _ in _nav_pages(config.nav)}
        self.files = [self._replace(file, in_nav, config) for file in files]
        if serving and in_nav and not config.strict:  # a strict build must report every warning again
            self._reuse_uncached(inputs, config)
        return Files(self.files)

    @property
    def published(self) -> set[str]:
        """The paths in the site of all files that belong to it."""
        return {file.dest_uri for file in self.files if file.inclusion not in EXCLUDED}

    @property
    def copied(self) -> set[str]:
        """The paths in the site of the pages that this build copied from the cache."""
        return {file.dest_uri for file in self.files if isinstance(file, CachedPage) and type(file) is not NewPage}

    @property
    def new(self) -> dict[str, File]:
        """The pages that are built later, by path in the site."""
        return {file.dest_uri: file for file in self.files if type(file) is NewPage and file.inclusion not in EXCLUDED}

    def with_copied(self, built: Iterable[File]) -> list[File]:
        """The files that MkDocs built, with the copied pages in their places between them."""
        ids = {id(file) for file in built}
        return [file for file in self.files if isinstance(file, CachedPage) or id(file) in ids]

    def save(self, site: Path, policy: str) -> None:
        """Cache the pages of a built site, which now carry ``policy``."""
        if self._cache is None:
            return
        rewritten = policy != self.policy  # then the copied pages got the new policy, too
        self._cache.write(self._cache.path_of(POLICY), policy.encode())
        for file in self.files:
            path = file.html if rewritten and isinstance(file, CachedPage) else self.new_pages.get(file.dest_uri)
            if path and (site / file.dest_uri).is_file():
                self._cache.write(path, (site / file.dest_uri).read_bytes())
                self._copies.record(file.abs_dest_path, path)
        self._cache.prune()

    def remember_uncached(self) -> None:
        """Note the pages outside the cache that a server just built, so that its next build may reuse them."""
        built = [file for file in self.files if file.is_documentation_page() and file.dest_uri not in self.new_pages]
        self._uncached.update({file.src_uri: file.page for file in built if file.page})

    def _replace(self, file: File, in_nav: set[str], config: Any) -> File:
        page = file.src_uri.startswith(GENERATED_FOLDERS) and file.src_uri.endswith(".md")
        if in_nav and page and file.src_uri not in in_nav and file.abs_src_path is not None:
            return self._replace_page(file, config)
        is_static = type(file) is File and not file.is_documentation_page() and file.src_dir is not None
        return StaticFile(file, self._copies) if is_static else file

    def _replace_page(self, file: File, config: Any) -> File:
        if self._cache is None:
            return file
        name, hidden = self._read(file)
        html = self._cache.path_of(name)
        if self._is_ours(html):
            return CachedPage(file, html, self._copies, config, hidden=hidden)
        self.new_pages[file.dest_uri] = html
        self._copies.forget(file.abs_dest_path)
        return NewPage(file, html, self._copies, config, hidden=hidden) if self._later else file

    def _is_ours(self, html: Path) -> bool:
        """Whether a cached page is there, as an earlier build wrote and audited it."""
        stat = stat_key(str(html))
        if stat is None or self._cache is None:
            return False
        if self._sealed.get(html) != stat:
            if self._cache.read(html) is None:
                return False
            if is_settled(stat):
                self._sealed[html] = stat
        return True

    def _read(self, file: File) -> tuple[str, bool]:
        """The cache key of a generated page, and whether it is hidden from robots. Read again only if its stat
        changed."""
        path = str(file.abs_src_path)
        stat = stat_key(path)
        if path in self._sources and self._sources[path][0] == stat:
            return self._sources[path][1]
        source = Path(path).read_bytes()
        head = source.partition(b"\n---\n")[0]
        result = cache.hash_parts((file.src_uri.encode(), source)), b"\nrobots: " in head
        self._sources[path] = stat if is_settled(stat) else object(), result
        return result

    def _reuse_uncached(self, inputs: tuple[bytes, ...], config: Any) -> None:
        """Reuse all pages outside the cache, or build them all, since links between them must be checked. Build them
        if one of them, a file's name or a build input changed, or if one links to a part of a page that is built."""
        uncached = [
            file
            for file in self.files
            if file.is_documentation_page() and file.dest_uri not in self.new_pages and file.inclusion not in EXCLUDED
        ]
        names = (name.encode() for file in self.files for name in (file.src_uri, file.dest_uri))
        key = cache.hash_parts((*inputs, *names, *(file.content_bytes for file in uncached)))
        linked = {file.dest_uri for page in self._uncached.values() for file in page.links_to_anchors or ()}
        complete = all(file.src_uri in self._uncached and Path(file.abs_dest_path).is_file() for file in uncached)
        written = [*config.theme.static_templates, *(file.dest_uri for file in self.files)]
        distinct = len(written) == len(set(written))  # else another file may have replaced a page in the site
        if key == self._uncached_key and complete and distinct and linked.isdisjoint(self.new_pages):
            pages = {file.src_uri: self._uncached[file.src_uri] for file in uncached}
            self.files = [
                ReusedPage(file, pages[file.src_uri], self._copies, config) if file.src_uri in pages else file
                for file in self.files
            ]
        else:
            self._uncached_key = key
            self._uncached.clear()


def cache_folder(config: Any, name: str) -> Path | None:
    """The folder of one kind of cached results, by the settings of MkDocs."""
    return cache.project_cache(Path(config.config_file_path).resolve().parent, name)


def generated_page(config: Any, path: str, content: str) -> File:
    """A page of Markdown that is not on the disk, at a ``path`` under docs/."""
    return File.generated(config, path, content=content)


def replace_theme_file(files: Files, config: Any, path: str, content: str) -> None:
    """Replace a file of our theme, by its path in the site, unless the site has brought its own."""
    known = files.get_file_from_path(path)
    if known and known.src_dir == str(THEME):
        files.remove(known)
        files.append(generated_page(config, path, content))


class BuiltAlready(File):
    """A file that is in the site: the build of another language put it there, and this one only links to it."""

    def __init__(self, file: File) -> None:
        folders = (None, file.dest_dir, file.use_directory_urls)
        super().__init__(file.src_uri, *folders, dest_uri=file.dest_uri, inclusion=file.inclusion)
        self.abs_src_path, self.generated_by = file.abs_src_path, file.generated_by

    def is_documentation_page(self) -> bool:
        """False, so that MkDocs does not build it again."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: the file is in place."""


def add_generated(files: Files, config: Any, path: str, source: Path, *, built_already: bool) -> File:
    """Add the file ``source`` to a build as if it were at a ``path`` under docs/; no navigation lists it unasked."""
    file = File.generated(config, path, abs_src_path=str(source), inclusion=InclusionLevel.NOT_IN_NAV)
    added = BuiltAlready(file) if built_already else file
    files.append(added)
    return added


def render_markdown(page: Page, markdown: str, config: Any, files: Files) -> dict[str, Any]:
    """What rendering sets in a page, by attribute, if a site's own extensions of Markdown have no part in it."""
    ours = copy.copy(config)
    ours["markdown_extensions"], ours["mdx_configs"] = list(MARKDOWN), MARKDOWN
    page.markdown = markdown
    page.render(ours, files)
    return {name: getattr(page, name) for name in ("content", "toc", "present_anchor_ids", "links_to_anchors")}


def _nav_pages(nav: Any) -> Iterator[tuple[str, bool]]:
    """The pages in the navigation, each with whether it has a title there. Without a navigation MkDocs lists all."""
    for item in nav or ():
        if isinstance(item, dict):
            for value in item.values():
                yield from _nav_pages(value) if isinstance(value, list) else ((value, True),)
        else:
            yield item, False


def _build_inputs(config: Any, *, serving: bool) -> Iterator[bytes]:
    """Everything a built page depends on besides its source and the program: settings, theme, navigation, and whether
    it gets a policy."""
    yield b"served" if serving else b"built"
    yield Path(config.config_file_path).read_bytes()
    yield Publication.of(config).language.encode()  # it may come from another file, which this one inherits
    settings = {key: value for key, value in config.items() if key not in IRRELEVANT_SETTINGS and _is_plain(value)}
    yield json.dumps(settings, sort_keys=True, default=str).encode()
    for folder in (THEME, config.theme.custom_dir):
        if folder:
            yield from cache.file_parts(Path(folder))
    for page, has_title in _nav_pages(config.nav):  # else the page's own text gives it a title
        if not has_title and (path := Path(config.docs_dir, page)).is_file():
            yield path.read_bytes()


def _is_plain(value: Any) -> bool:
    """Whether a setting consists of JSON's types alone."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def hide_site(site: Path) -> None:
    """Move a built site to where MkDocs does not find it; if that fails, MkDocs empties it.

    To remove thousands of files and write them again would cost more than everything that changed. So the site is
    moved back before it is written, and then only what is not in the new site is removed.
    """
    hidden = _hidden_path(site)
    with contextlib.suppress(OSError):
        if site.is_symlink() or hidden.is_symlink():
            return
        if site.exists() and hidden.exists():  # a build was killed, and another followed
            shutil.rmtree(hidden)
        if site.is_dir():
            site.rename(hidden)


def restore_site(site: Path) -> None:
    """Move a hidden site back, unless there is another one by now."""
    hidden = _hidden_path(site)
    if hidden.is_dir() and not hidden.is_symlink() and not site.exists():
        hidden.rename(site)


def remove_outdated(site: Path, wanted: Container[str], folders: Iterable[str]) -> None:
    """Remove everything from a site except the ``wanted`` paths, some ``folders``, and hidden files, as MkDocs does."""
    if site.is_dir() and not site.is_symlink():
        dotfiles = {path.name for path in site.iterdir() if path.name.startswith(".")}
        remove_others(site, wanted, dotfiles.union(folders))


def _hidden_path(site: Path) -> Path:
    return site.with_name(f".{site.name}.part")  # the name of all that a killed run leaves
