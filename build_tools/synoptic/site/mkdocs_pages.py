"""Builds generated pages as MkDocs would, byte for byte, but in any process and in any order. MkDocs itself reads all
pages before it builds the first, and does both in a single process.

That is only possible where no other plugin has a part in a page; with others, MkDocs builds all pages.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from synoptic.base.problems import Refused
from synoptic.pages.environment import EXTENSIONS
from synoptic.site.mkdocs_files import MARKDOWN
from synoptic.text.raw_html import convert_simple, hide_html, restore_html

#: The extensions of Markdown with which a simple page may do without Markdown: those of MkDocs, and ours.
_KNOWN = {"fenced_code", *EXTENSIONS}


class Frame(NamedTuple):
    """What MkDocs builds the pages of one site with."""

    config: Any
    files: Any
    nav: Any
    env: Any


class Notes(NamedTuple):
    """What other pages must know of one that was built elsewhere: its anchors, the anchors that it links to (path under
    docs/ to anchor to the link as it was typed), and what MkDocs had to say."""

    anchors: set[str] | None
    links: dict[str, dict[str, str]]
    messages: list[tuple[str, int, str]]


def build_page(file: File, frame: Frame) -> tuple[str, Notes]:
    """The HTML of a generated page. Raises Refused if its template fails."""
    page = file.page
    assert page is not None
    with _listen() as messages:
        try:
            _render(page, frame)
            page.active = True
            context = get_context(frame.nav, frame.files.documentation_pages(), frame.config, page)
            output = frame.env.get_template(page.meta.get("template", "main.html")).render(context)
        except OSError:
            raise
        except Exception as error:
            raise Refused(f"{file.src_uri}: the page cannot be built: {type(error).__name__}: {error}") from error
        finally:
            page.active = False
    html = output.encode("utf-8", errors="xmlcharrefreplace").decode()
    links = {target.src_uri: dict(anchors) for target, anchors in (page.links_to_anchors or {}).items()}
    anchors, page.content, page.toc = page.present_anchor_ids, None, get_toc([])  # else all pages stay in memory
    return html, Notes(anchors, links, messages)


def _render(page: Page, frame: Frame) -> None:
    """Read a page, and turn its Markdown into HTML: without Markdown, if the page is simple."""
    page.read_source(frame.config)
    markdown = page.markdown or ""
    simple = convert_simple(markdown) if "title" in page.meta and _is_plain(frame.config) else None
    if simple is None:
        page.markdown, blocks = hide_html(markdown)
        page.render(frame.config, frame.files)
        page.content = restore_html(page.content or "", blocks)
    else:
        page.content, headings = simple
        tokens: list[Any] = [{"level": one.level, "id": one.id, "name": one.words} for one in headings]
        page.toc = get_toc(nest_toc_tokens(tokens))
        page.present_anchor_ids, page.links_to_anchors = {one.id for one in headings}, {}


def _is_plain(config: Any) -> bool:
    """Whether a site sets Markdown as our own pages expect it."""
    settings = {name: options for name, options in config.mdx_configs.items() if options}
    return set(config.markdown_extensions) <= _KNOWN and settings == {"toc": MARKDOWN["toc"]}


@contextmanager
def _listen() -> Iterator[list[tuple[str, int, str]]]:
    """Collect what MkDocs logs, instead of showing it: the logger's name, the level, the words."""
    heard: list[tuple[str, int, str]] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append((record.name, record.levelno, record.getMessage()))  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    before, logger.handlers = logger.handlers, [handler]
    propagate, logger.propagate = logger.propagate, False
    try:
        yield heard
    finally:
        logger.handlers, logger.propagate = before, propagate


def report(built: Iterable[tuple[File, Notes]], frame: Frame) -> None:
    """Say what MkDocs had to say of pages built elsewhere, and check the links to anchors from and to them."""
    linked: list[Page] = []
    for file, notes in built:
        for name, level, message in notes.messages:
            logging.getLogger(name).log(level, "%s", message)
        if page := file.page:
            page.present_anchor_ids = notes.anchors
            page.links_to_anchors = {frame.files.get_file_from_path(path): to for path, to in notes.links.items()}
            linked.append(page)
    ours = {page.file for page in linked}
    for file in frame.files.documentation_pages():
        page = file.page
        if page and page.links_to_anchors:  # MkDocs has checked the others
            page.links_to_anchors = {to: links for to, links in page.links_to_anchors.items() if to in ours}
            linked.append(page)
    for page in linked:
        page.validate_anchor_links(files=frame.files, log_level=frame.config.validation.links.anchors)
