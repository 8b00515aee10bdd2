"""A page before and after its template: its address, title and views, then its Markdown; its head and its parts.

A page is Markdown headings with our own ids, and HTML blocks for the rest. ``model/paging.py`` works out which things
go on which part of something that is too long for one page.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.compare.exercise import choose_questions
from synoptic.compare.guess import may_be_sought
from synoptic.compare.ids import explain_unused
from synoptic.data import citations
from synoptic.model import paging
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN
from synoptic.pages import feeds
from synoptic.pages.claim import count_sources
from synoptic.pages.context import CHANGES, Context, Link, card_path, oembed_path, once
from synoptic.pages.environment import environment
from synoptic.pages.page_words import render_words
from synoptic.text.encode import front_matter, resolve_addresses
from synoptic.text.language import current, format_number, gettext, join_list, ngettext

#: Front matter of a page that uses the whole width.
WIDE: Mapping[str, Any] = {"hide": ["navigation", "toc"]}
#: Styles and scripts in ``theme/assets/`` that only the pages of a template load, by the template's name.
ASSETS: Mapping[str, tuple[str, ...]] = {
    "data": ("clipboard.js",),
    "exercise": ("exercise.css", "exercise.js"),
    "figures": ("pictures.css",),
    "home": ("home.css",),
    "matrix": ("matrix.css", "matrix.js"),
    "overview": ("overview.css", "switches.js", "overview.js"),
    "receipts": ("pictures.css", "receipts.css"),
    "site_speaker": ("people.css",),
    "source": ("pictures.css", "source.css"),
    "sources": ("pictures.css",),
    "speaker": ("people.css",),
    "speakers": ("people.css",),
    "telling": ("pictures.css",),
    "timeline": ("pictures.css",),
    "topic": ("topic.css", "clipboard.js", "copy.js"),
    "wordings": ("wordings.css",),
    "your_article": ("own-article.css", "own-article.js"),
}


class Page(NamedTuple):
    """A page to be rendered: ``address`` is from the site's root and ends with a slash, ``views`` goes to the template.

    The template's file is ``templates/<template>.md.j2``, the page's own ``<address>index.md``.
    """

    address: str
    template: str
    title: str
    description: str
    settings: Mapping[str, Any]
    views: Mapping[str, Any]


def render_page(page: Page) -> str:
    """The Markdown of a page, with its front matter."""
    assets = {"assets": list(ASSETS[page.template])} if page.template in ASSETS else {}
    front = front_matter(page.title, page.description, **page.settings, generated=True, **assets)
    printed = environment().get_template(f"{page.template}.md.j2").render(front=front, **page.views)
    if "lang" in page.settings:
        printed += f"\n\n\n{render_words()}"
    blocks = resolve_addresses(printed, _level(page.address)).split("\n\n\n")
    at_most_one_empty_line = "\n\n".join(filter(None, (block.lstrip("\n") for block in blocks)))
    return at_most_one_empty_line.rstrip("\n") + "\n"


def render_pages(pages: Iterable[Page]) -> dict[str, str]:
    """The Markdown of several pages by path; of two with one path the first counts."""
    files: dict[str, str] = {}
    for page in pages:
        path = f"{page.address}index.md"
        if path not in files:
            files[path] = render_page(page)
    return files


def _level(address: str) -> str:
    """The address with ``x`` for folders that no relative link depends on: ``resolve_addresses`` can cache the rest.

    Inside a briefing only the depth of a page matters: ``briefings/a/topics/b/`` gives ``briefings/a/x/x/``.
    """
    folders = address.split("/")
    return "/".join([*folders[:2], *("x" for _ in folders[2:-1]), *folders[2:][-1:]])


def page_settings(site: Site, briefing: Briefing | None) -> dict[str, Any]:
    """The front matter of a page of a briefing, or of the whole site: its card, hidden from search engines or with a
    feed."""
    settings = dict(WIDE)
    if current().tag != site.publication.language:
        settings["lang"] = {"lang": current().tag, "dir": current().direction}
    if briefing and site.publication.home:
        settings["card"] = card_path(briefing.slug)
    if briefing and not briefing.listed:
        settings["robots"] = "noindex"
    elif feed := feeds.feed_path(site, briefing):
        settings["feed"] = feed
    return settings


def briefing_page(context: Context, path: str, template: str, part: str, heading: str, **views: Any) -> Page:
    """A page of a briefing at ``path`` below its base; ``part`` is the key of the tab that is current."""
    file = context.briefing.file
    settings = page_settings(context.site, context.briefing)
    if "card" in settings and template == "topic":
        settings["card"] = card_path(context.briefing.slug, path.split("/")[1])
    if views.get("embed"):
        thing = ("topics", path.split("/")[1]) if template == "topic" else (template,)
        if data := oembed_path(context.site, context.briefing, *thing):
            settings["oembed"] = data
    return Page(
        address=context.base + path,
        template=template,
        title=f"{heading} · {file.title}" if path else file.title,
        description=gettext("%(heading)s. %(question)s", heading=heading, question=file.question)
        if path
        else file.question,
        settings=settings,
        views={"briefing": page_head(context, part), **views},
    )


class Tab(NamedTuple):
    """A page of a briefing's navigation; its ``key`` is the name of its template."""

    key: str
    text: str
    href: Markup


class Part(NamedTuple):
    """An entry of a briefing's navigation; ``tabs`` are the pages in it, of which it leads to the first."""

    label: str
    tabs: tuple[Tab, ...]


class Head(NamedTuple):
    """The head of a page; ``here`` is the key of its tab, which is in ``part``, one of ``parts``.

    ``foreign`` is the language of the briefing's own words, empty if that is the language of the page.
    """

    title: str
    question: str
    status: str
    href: Markup
    here: str
    part: Part
    parts: tuple[Part, ...]
    kicker: tuple[str, ...]
    genres: str
    proof: str
    proven: bool
    citation: str
    address: str
    foreign: str


def page_head(context: Context, here: str = "") -> Head:
    """The head of a page of the tab with the key ``here``; a page in no tab belongs to the overview."""
    head = _head(context)
    part = next((part for part in head.parts if any(tab.key == here for tab in part.tabs)), head.part)
    return head._replace(here=here, part=part)


@once
def _head(context: Context) -> Head:
    briefing = context.briefing
    locked = [briefing.locks[source.id] for _, source, _ in briefing.checked.values()]
    matching, total = sum(bool(lock.checked_by) for lock in locked), len(briefing.statements)
    genres = Counter(source.genre for source in briefing.sources)
    unlabelled = genres.pop(UNKNOWN, 0)
    terms = [(context.vocabulary.get("genres", genre), count) for genre, count in genres.most_common()]
    parts = tuple(_navigation(context))
    # For translators: a kind of article, counted ("2 interviews"); "%(kind)s: %(number)s" always fits
    counted = gettext("%(number)s %(kind)s")
    kinds = [
        counted % {"number": format_number(count), "kind": term.plural if term.plural and count > 1 else term.label}
        for term, count in terms
    ]
    if unlabelled:
        kinds.append(ngettext("%(num)s unlabelled", "%(num)s unlabelled", unlabelled))
    return Head(
        title=briefing.file.title,
        question=briefing.file.question,
        status=briefing.file.status,
        href=context.address(""),
        here="",
        part=parts[0],
        parts=parts,
        kicker=(
            count_sources(context, briefing.source),
            ngettext("%(num)s claim", "%(num)s claims", len(briefing.claims)),
            ngettext("%(num)s statement", "%(num)s statements", total),
        ),
        genres=join_list(kinds),
        proof=ngettext(
            "%(matching)s of %(num)s quotations match the checked copies",
            "%(matching)s of %(num)s quotations match the checked copies",
            total,
            matching=format_number(matching),
        )
        if total
        else "",
        proven=matching == total and total > 0,
        citation=citations.cite_briefing(context.site, briefing),
        address=context.public_url(context.base),
        foreign=context.foreign,
    )


def _navigation(context: Context) -> Iterator[Part]:
    """The parts of a briefing, without tabs that have no content; a part of one tab has the tab's name."""
    briefing = context.briefing
    articles = [
        ("sources", gettext("Articles"), "sources/", True),
        ("telling", gettext("How each tells it"), "telling/", briefing.sources),
        ("wordings", gettext("Wordings"), "wordings/", has_wordings(briefing)),
        ("exercise", gettext("Exercise"), "exercise/", choose_questions(briefing)),
        ("your_article", gettext("Your own article"), "your-article/", may_be_sought(briefing)),
    ]
    numbers = [
        ("timeline", gettext("Timeline"), "timeline/", briefing.events),
        ("figures", gettext("Figures"), "figures/", briefing.figures),
    ]
    about = [
        ("changes", gettext("Changes"), CHANGES, context.changes),
        ("data", gettext("Data"), "data/", True),
        ("gone", gettext("Moved and removed"), "gone/", explain_unused(briefing, context.site)),
    ]
    wanted: tuple[tuple[str, Sequence[tuple[str, str, str, object]]], ...] = (
        ("", [("overview", gettext("Overview"), "", True)]),
        ("", [("matrix", gettext("Matrix"), "matrix/", True)]),
        ("", [("topics", gettext("Topics"), "topics/", True)]),
        (gettext("Articles"), articles),
        ("", [("speakers", gettext("People"), "speakers/", True)]),
        (gettext("Timeline and figures"), numbers),
        (gettext("About this briefing"), about),
    )
    for label, pages in wanted:
        tabs = tuple(Tab(key, text, context.address(path)) for key, text, path, content in pages if content)
        if tabs:
            yield Part(label if len(tabs) > 1 else tabs[0].text, tabs)


def has_wordings(briefing: Briefing) -> bool:
    """Whether anything is set side by side word by word."""
    return bool(briefing.file.parallels) or any(statement.utterance for _, statement in briefing.statements)


class Pager(NamedTuple):
    """The parts as seen from part ``number`` of ``total``, each with its number, its address and links to the things on
    it; of very many parts only some, and of very many things only the first of each part.

    ``about`` says what is on this part; ``previous`` and ``next`` lead to its neighbours.
    """

    number: int
    total: int
    about: str
    parts: tuple[tuple[int, Markup, tuple[Link, ...]], ...]
    previous: Link | None
    next: Link | None


#: What is on a part, in words, and the title and the anchor of each thing there, for example
#: ``("topics Cost to Delay", [("Cost", "topic-cost"), ("Delay", "topic-delay")])``.
Contents = tuple[str, Sequence[tuple[str, str]]]


#: The path of a part, by that of the first and the number.
ToPath = Callable[[str, int], str]


def make_pagers(
    to_address: Callable[[str, str], Markup],
    base: str,
    contents: Sequence[Contents],
    to_path: ToPath = paging.part_path,
) -> Iterator[Pager | None]:
    """The pager of each part of what begins at ``base``; None if there is only one.

    ``to_address`` makes an address from a path and an anchor. ``contents`` has an entry for each part.
    """
    if len(contents) < 2:
        yield from [None] * len(contents)
        return
    paths = [to_path(base, number) for number, _ in enumerate(contents, 1)]
    most = None if sum(len(entries) for _, entries in contents) <= paging.LISTED else 1
    neighbours = [
        Link(gettext("Part %(number)s: %(about)s", number=number, about=about), to_address(path, ""))
        for number, (path, (about, _)) in enumerate(zip(paths, contents, strict=True), 1)
    ]
    parts = tuple(
        (number, to_address(path, ""), tuple(Link(text, to_address(path, anchor)) for text, anchor in entries[:most]))
        for number, (path, (_, entries)) in enumerate(zip(paths, contents, strict=True), 1)
    )
    around = [None, *neighbours, None]
    for number, (about, _) in enumerate(contents, 1):
        shown = [parts[n - 1] for n in choose_parts(number, len(parts))]
        yield Pager(number, len(parts), about, tuple(shown), around[number - 1], around[number + 1])


def choose_parts(number: int, total: int) -> list[int]:
    """The parts to which part ``number`` leads, at most ``paging.LISTED``: all, or else its neighbours, and others
    evenly spaced from the first to the last."""
    if total <= paging.LISTED:
        return list(range(1, total + 1))
    half = paging.LISTED // 2
    near = range(max(1, number - half // 2), min(total, number + half // 2) + 1)
    return sorted({*near, *(1 + n * (total - 1) // (half - 2) for n in range(half - 1))})


def split_pages(
    context: Context, base: str, template: str, part: str, heading: str,
    contents: Sequence[Contents], sheets: Iterable[Mapping[str, Any]], to_path: ToPath = paging.part_path,
) -> Iterator[Page]:  # fmt: skip
    """The pages of something that may be too long for one; ``sheets`` has the views of each page."""
    pagers = make_pagers(context.address, base, contents, to_path)
    for number, (pager, views) in enumerate(zip(pagers, sheets, strict=True), 1):
        path, title = to_path(base, number), number_title(heading, number, len(contents))
        yield briefing_page(context, path, template, part, title, pager=pager, **views)


def number_title(title: str, number: int, total: int) -> str:
    """``Topics, part 2 of 3``; the title alone if there is only one part."""
    if total < 2:
        return title
    return gettext("%(title)s, part %(number)s of %(total)s", title=title, number=number, total=total)
