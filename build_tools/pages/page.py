"""A page before and after its template: its address, title and views, then its Markdown.

A page is Markdown headings with our own ids, and HTML blocks for the rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from build_tools.model import paging
from build_tools.model.site import Briefing, Site
from build_tools.pages import feeds
from build_tools.pages.context import Context
from build_tools.pages.environment import environment
from build_tools.pages.head import page_head
from build_tools.text.encode import front_matter, resolve_addresses

#: Front matter of a page that uses the whole width.
WIDE: Mapping[str, Any] = {"hide": ["navigation", "toc"]}
_GAP = re.compile("\n\n\n+")  # more than one empty line


class Page(NamedTuple):
    """A page to be rendered: ``address`` is from the site's root and ends with a slash, ``views`` goes to the template.

    The template's file is ``templates/<template>.md.j2``.
    """

    address: str
    template: str
    title: str
    description: str
    settings: Mapping[str, Any]
    views: Mapping[str, Any]
    file: str = ""

    @property
    def path(self) -> str:
        """The page's file under docs/; ``file`` if that is not ``<address>index.md``."""
        return self.file or f"{self.address}index.md"


def render_page(page: Page) -> str:
    """The Markdown of a page, with its front matter."""
    front = front_matter(page.title, page.description, **page.settings)
    printed = environment().get_template(f"{page.template}.md.j2").render(front=front, **page.views)
    return _GAP.sub("\n\n", resolve_addresses(printed, _level(page.address))).strip("\n") + "\n"


def render_pages(pages: Iterable[Page]) -> dict[str, str]:
    """The Markdown of several pages by path; of two with one path the first counts."""
    files: dict[str, str] = {}
    for page in pages:
        if page.path not in files:
            files[page.path] = render_page(page)
    return files


def _level(address: str) -> str:
    """The address with ``x`` for folders that no relative link depends on: ``resolve_addresses`` can cache the rest.

    Inside a briefing only the depth of a page matters: ``briefings/a/topics/b/`` gives ``briefings/a/x/x/``.
    """
    folders = address.split("/")
    return "/".join([*folders[:2], *("x" for _ in folders[2:-1]), *folders[2:][-1:]])


def page_settings(site: Site, briefing: Briefing | None) -> dict[str, Any]:
    """The front matter of a page of a briefing, or of the whole site: hidden from search engines, or with a feed."""
    settings = dict(WIDE)
    if briefing and not briefing.listed:
        settings["robots"] = "noindex"
    elif feeds.has_feed(site, briefing):
        settings["feed"] = feeds.feed_path(briefing)
    return settings


def briefing_page(context: Context, path: str, template: str, part: str, heading: str, **views: Any) -> Page:
    """A page of a briefing at ``path`` below its base; ``part`` is the entry of its navigation that is current."""
    file = context.briefing.file
    return Page(
        address=context.base + path,
        template=template,
        title=f"{heading} · {file.title}" if path else file.title,
        description=f"{heading}. {file.question}" if path else file.question,
        settings=page_settings(context.site, context.briefing),
        views={"briefing": page_head(context, part), **views},
    )


def split_pages(
    context: Context, path: str, template: str, part: str, heading: str, sheets: Iterable[Mapping[str, Any]]
) -> Iterator[Page]:
    """The pages of something that may be too long for one; each of ``sheets`` has the views of one page."""
    sheets = list(sheets)
    for number, views in enumerate(sheets, 1):
        title = number_title(heading, number, len(sheets))
        yield briefing_page(context, paging.part_path(path, number), template, part, title, **views)


def number_title(title: str, number: int, total: int) -> str:
    """``Topics, part 2 of 3``; the title alone if there is only one part."""
    return f"{title}, part {number} of {total}" if total > 1 else title
