"""What a web page states about itself: for machines in JSON-LD and meta elements, and for readers in its byline.

Nothing is guessed: a commenter, the site or its makers are never taken for the author.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from synoptic.article.article import Metadata
from synoptic.article.dates import find_day
from synoptic.article.site_names import DOMAIN, SEPARATOR, host_of, is_site, squeeze, strip_site

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_AUTHORS = (
    ("citation_author",), ("parsely-author", "sailthru.author", "byl"), ("author", "article:author"),
    ("dc.creator", "dcterms.creator"),
)  # fmt: skip
_BYLINES = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//a[contains(concat(' ', @rel, ' '), ' author ')]",
    "//*[contains(concat(' ', @class, ' '), ' vcard ') and contains(@class, 'author')]"
    "//*[contains(concat(' ', @class, ' '), ' fn ')]",
    "//*[contains(concat(' ', @class, ' '), ' author-name ') or contains(concat(' ', @class, ' '), ' author__name ')"
    " or contains(concat(' ', @class, ' '), ' byline-name ') or contains(concat(' ', @class, ' '), ' author_name ')]",
    "//*[contains(concat(' ', @class, ' '), ' byline ') or contains(concat(' ', @class, ' '), ' author ')]",
)
#: A first name with a last one.
_NAME_PAIR = re.compile(r"\b([A-ZÀ-Þ][\w'\u2019-]+)((?: [A-Z]\.)?) (?=([A-ZÀ-Þ][\w'\u2019-]+))")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|SocialMediaPosting|Recipe)$")
#: Classes of a whole page that tell of its layout, or of the program that built it.
_LAYOUT = re.compile(
    r"(?:no|has|with|for|left|right|content|both)[-_]?sidebars?\b|\bsidebar[-_](?:left|right|none|no|off|wrapper)\b"
    r"|elementor[\w-]*"
)
_ELSEWHERE = re.compile(
    r"comment|respond|reply|related|recommend|sidebar|widget|footer|teaser|newsletter", re.IGNORECASE
)
_LINE_ABOVE = re.compile(r"topline|overline|kicker|dachzeile|eyebrow|spitzmarke|roofline|supertitle|\bdate|\btime")
_INTRODUCES = re.compile(
    r"^(?:(?:written|posted|published|veröffentlicht|publié|publicado|story|text|interview|article|artikel|beitrag"
    r"|ein (?:artikel|beitrag|gastbeitrag))?\s*(?:by|von|par|por|door|di)\b[\s:]*"
    r"|(?:author|autor(?:in)?|auteure?|text|redaktion|interview)\s*:\s*"
    r"|(?:view|see|zeige) all\w* (?:posts|beiträge)\w* (?:by|von)\s+)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\[at\]|^\W*$|[{}<>=/:\u2190-\u21ff]|(?:^|\s)[\d.:]+(?:$|\s)|\be\. ?v\."
    r"|\b(?:\w*admin\d?|webmaster|gmbh"
    r"|inc|ltd|posts?|beiträge|says|said|comments?|kommentare?|datum|date|name|posted|staff|\w*redaktion|rédaction|redacción|redazione|newsdesk|webdesk|newsroom|team"
    r"|author|autor|archive?|unknown|editors?|guest|gast|view|alle|mehr|more|follow|profile|share|subscribe|updated"
    r"|published|agenc(?:y|ies)|agentur(?:en)?|reports?|verlag|stiftung|magazine?|zeitung|online|desk|fail|afp|dpa|reuters|efe|ansa|designed)\b"
    r"|^(?-i:(?!(?:d[aeiu]l?|van|von|le|la|el|al|ter|zu)\s)[a-zà-ÿ]+\s.*[A-ZÀ-Þ])",
    re.IGNORECASE,
)
#: A day after a name, and what follows it.
_DAY_AFTER = re.compile(
    r"(?:^|[\s,|\u00b7\u2022\u2013-]+)(?:(?:published|posted|publiée?|publicado|veröffentlicht)\s+)?"
    r"(?:(?:on|am|vom|le|el|il)\s+)?(?:(?:mon?|die?|mit?|don?|fri?|sat?|son?|tues?|wed|thu(?:rs)?|sun)(?:day|tag|s?nes?day|twoch|ners?tag|ur?day)?"
    r"[.,]*\s+)?"
    r"(?:\d{1,2}[./]\s?\d|\d{1,2}\.?\s(?-i:[A-ZÄ]?[a-zäéû]{2,9}\.?\s\d{4})|\d{4}-\d\d|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2},?\s+\d{4}).*$",
    re.IGNORECASE,
)
#: Words of a sentence that begin a line where a byline may stand.
_SENTENCE = re.compile(r"(?!(?:d[aeiu]l?|van|von|le|la|el|al|ter|zu)\s)[a-zà-ÿ]+\s")
_AND = re.compile(r"\s*(?:;|\||\s/\s|,(?!\s*(?:Jr|Sr|PhD|Ph\.D|MD|M\.D)\b)|&|\b(?:and|und|et|y)\b)\s*")


def read_metadata(tree: Any, text: str) -> Metadata:
    """What a page states, from its elements (lxml) and its source."""
    nodes = list(_list_nodes(tree))
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _types_of(node))]
    url = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "") or _find_meta(tree, "og:url", "twitter:url")
    host = (host_of(url) or "").removeprefix("www.")
    outlet = _find_meta(tree, "og:site_name", "application-name", "citation_journal_title") or _publisher(articles)
    kinds = " or ".join(f"@rel='{kind}'" for kind in ("alternate", "shortlink", "search", "EditURI"))
    links = tree.xpath(f"//link[{kinds}][not(contains(@type, 'oembed'))]")
    hosts = {host, *(host_of(link.get("href") or "").removeprefix("www.") for link in links)}
    feeds = (re.split(r"\s*(?:»|\bfeed\b|\brss\b)", link.get("title") or "", flags=re.IGNORECASE)[0] for link in links)
    sites = list(
        dict.fromkeys(
            ["Blog Archive", outlet, _publisher(articles), *hosts, *(h.rpartition(".")[0] for h in hosts), *feeds]
        )
    )
    return Metadata(
        title=_find_title(tree, articles, sites),
        author=_find_author(tree, nodes, articles, sites),
        outlet="" if squeeze(outlet) in (squeeze(host), "") else outlet,
        published=_find_published(tree, articles, text),
        lang=str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        url=url,
        licence=_find_licence(tree),
    )


def _list_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects in a page's JSON-LD."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            todo = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo:
            value = todo.pop(0)
            if isinstance(value, list):
                todo += value
            elif isinstance(value, dict):
                yield value
                todo += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _types_of(node: Any) -> list[str]:
    types = node.get("@type", ()) if isinstance(node, dict) else ()
    return [str(kind) for kind in (types if isinstance(types, list) else [types])]


def _find_meta(tree: Any, *names: str) -> str:
    """The value of the first meta element with one of these names, properties or ``itemprop``."""
    return next(_list_meta(tree, names), "")


def _list_meta(tree: Any, names: Iterable[str], *, tags: str = "self::meta") -> Iterator[str]:
    for element in tree.xpath(f"//*[{tags}]"):
        named = {str(element.get(key) or "").casefold() for key in ("name", "property", "itemprop")}
        value = " ".join(str(element.get("content") or element.get("datetime") or element.get("title") or "").split())
        if value and named & set(names):
            yield value


def _publisher(articles: Iterable[dict[str, Any]]) -> str:
    """The name of who publishes, as JSON-LD states it."""
    for node in articles:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"]).strip()
    return ""


def _words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def _find_title(tree: Any, articles: Iterable[dict[str, Any]], sites: Sequence[str]) -> str:
    """The title that readers see: the heading that the page's metadata confirms, else its one h1, else the metadata."""
    said = [str(node["headline"]) for node in articles if isinstance(node.get("headline"), str)]
    said += [_find_meta(tree, "og:title"), _find_meta(tree, "twitter:title"), _find_meta(tree, "citation_title")]
    said += [_words_of(element) for element in tree.xpath("//head/title")[:1]]
    said = [unescape(value) for value in said]
    stated = [title for value in said if len(squeeze(title := strip_site(value, sites))) > 1]
    named = {*map(squeeze, sites[:3]), ""}
    whole = {words: value for value in reversed(said[:-1]) if (words := squeeze(value)) not in named}
    for element in tree.xpath("//h1"):
        if value := whole.get(squeeze(heading := _heading_of(element))):
            cut = SEPARATOR.search(value)
            above = cut and not SEPARATOR.search(heading) and len(value[: cut.start()].split()) < 5
            return value[cut.end() :] if cut and above else heading  # without a line above, which has no colon
    main: list[Any] = []
    beside: list[Any] = []
    for element in tree.xpath("//h1 | //h2"):
        heading = _heading_of(element)
        if squeeze(heading) and not is_site(heading, sites):
            (main if element.tag == "h1" and not _is_elsewhere(element) else beside).append(element)
    for element in sorted(main, key=lambda element: len(_heading_of(element)), reverse=True):
        if title := _confirm(element, [*stated, *said]):
            return title
    for element in beside:  # a frame around the whole page, or an h2 because the h1 is the site's
        heading = _heading_of(element)
        if len(heading.split()) > 1 and any(_is_longest_part(heading, title) for title in said):
            return heading
    headings = list(dict.fromkeys(map(_heading_of, main)))
    if len(headings) == 1 and (len(headings[0].split()) > 2 or _is_related(headings[0], said)):
        return headings[0]
    title = next(iter([*stated, *headings]), "")
    parts = SEPARATOR.split(title, maxsplit=1)
    return parts[0] if not headings and not any(said[:-1]) and len(parts[0].split()) > 3 else title


def _is_related(heading: str, titles: Sequence[str]) -> bool:
    """Whether a short heading and a stated title share a word, or a part of one."""
    words = [squeeze(word) for word in heading.split()]
    others = [squeeze(word) for title in titles for word in title.split()]
    return any(len(min(a, b, key=len)) > 4 and (a in b or b in a) for a in words for b in others)


def _confirm(element: Any, titles: Sequence[str]) -> str:
    """The title in a heading, if one of the stated titles confirms it; else ""."""
    heading = _heading_of(element)
    words = squeeze(heading)
    for title in titles:
        stated = squeeze(title)
        if len(stated) > 12 and heading.startswith(title) and re.match(r"\s*[|\u2502\uff5c]", heading[len(title) :]):
            return title  # without the site's name
        first = squeeze(SEPARATOR.split(title, maxsplit=1)[0])
        if words == first or (words in stated and len(heading.split()) > 1):
            return heading
        lines = [line for text in element.itertext() if (line := squeeze(text))]
        if len(stated) > 12 and (words.endswith(stated) or (words.startswith(stated) and lines[0] == stated)):
            in_sentence = len(lines) == 1 and heading.count(":") > title.count(":")
            return heading if in_sentence else title  # without another line above or below the title
    return ""


def _is_longest_part(heading: str, title: str) -> bool:
    """Whether a heading is a stated title, or the longest of the parts that separators make of it."""
    return squeeze(heading) in (squeeze(title), max(map(squeeze, SEPARATOR.split(title)), key=len))


def _heading_of(element: Any) -> str:
    """A heading without the line above it, such as its subject or day."""
    above = {inner for inner in element.iterdescendants() if _LINE_ABOVE.search(str(inner.get("class")))}
    words = ""
    for text in element.xpath(".//text()"):
        inner = text.getparent().getparent() if text.is_tail else text.getparent()
        if not above & {inner, *inner.iterancestors()}:
            words += text
    return " ".join(words.split()) or _words_of(element)


def _find_author(
    tree: Any, nodes: Iterable[dict[str, Any]], articles: Iterable[dict[str, Any]], sites: Sequence[str]
) -> str:
    """The names of the authors, with their case and dots; "" if none is stated."""
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    pages = [node for node in nodes if "WebPage" in _types_of(node)]
    linked = next((names for node in (*articles, *pages) if (names := list(_names_of(node.get("author"), by_id)))), [])
    sources = [linked, *(list(_list_meta(tree, names)) for names in _AUTHORS)]
    whole: list[list[str]] = []  # lists of names that stand in one line
    for path in _BYLINES:
        elements = [element for element in tree.xpath(path) if not _is_elsewhere(element)]
        beside = [element for element in elements if _frame_of(element) is _frame_of(elements[0])]
        lines = [words for element in beside if not _SENTENCE.match(_INTRODUCES.sub("", words := _words_of(element)))]
        sources.append(lines if len(elements) <= 6 else [])
    found = []
    for values in sources:
        if names := list(dict.fromkeys(n for value in values for n in _split_names(value, sites))):
            found.append(names)
            whole += [names] if len(values) == 1 else []
    if not found:
        return ""
    first, *others = found
    first = next((names for names in whole if len(names) > len(first) and set(first) < set(names)), first)
    if len(first) == 1 and " " not in first[0]:  # an account's name; a byline may have the person's
        first = next((o for o in others if len(o) == 1 and " " in o[0] and squeeze(first[0]) in squeeze(o[0])), first)
    if len(first) == 1 and " " not in first[0]:
        first = [_find_full_name(tree, first[0])]
    initials = {"".join(part[0] for part in name.split()) for name in first if " " in name}
    return ", ".join(name for name in first if name not in initials)


def _find_full_name(tree: Any, name: str) -> str:
    """The name of a person whose account a page names, as its words have it; else the account."""
    account = _squeeze_accents(name)
    names = _NAME_PAIR.findall(_words_of(tree))
    full = {f"{first}{initial} {last}" for first, initial, last in names if _squeeze_accents(first + last) == account}
    return full.pop() if len(full) == 1 else name


def _squeeze_accents(text: str) -> str:
    """Letters only, without accents."""
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFD", text)).casefold()


def _names_of(author: Any, by_id: dict[str, Any]) -> Iterator[str]:
    """The names of an ``author`` in JSON-LD; organisations are none."""
    if isinstance(author, list):
        for one in author:
            yield from _names_of(one, by_id)
    elif isinstance(author, str):
        yield unescape(author)
    elif isinstance(author, dict) and "Organization" not in _types_of(author):
        node = by_id.get(str(author.get("@id")), author)
        name = author.get("name") or node.get("name")
        yield from _names_of(name, {}) if isinstance(name, str | list) else ()


def _split_names(value: str, sites: Iterable[str]) -> list[str]:
    """The names in a byline; none if it is the site's name, an address or a sentence."""
    value = strip_site(_DAY_AFTER.sub("", _INTRODUCES.sub("", " ".join(value.split()))), sites)
    if not squeeze(value) or is_site(value, sites):
        return []
    names = [name for part in _AND.split(value) if (name := part.strip(" ,:;-\u2013\u00b7|\u2192"))]
    if any(map(DOMAIN.match, names[:1])) or any(len(n.split()) > 2 and n.islower() for n in names):
        return []  # a site with its town, or a sentence
    own = {squeeze(site) for site in sites}
    names = [name for name in names if squeeze(name) not in own]
    good = [n for n in names if 1 < len(n) <= 50 and len(n.split()) <= 5 and not _NO_NAME.search(n)]
    return good if len(good) * 2 >= len(names) else []


def _frame_of(element: Any) -> Any:
    """The element around the line that an element is in."""
    return next(islice(element.iterancestors(), 1, None), element)


def _is_elsewhere(element: Any) -> bool:
    """Whether an element belongs to comments, to other articles or to the frame of the page."""
    for outer in (element, *element.iterancestors()):
        if outer.tag in ("body", "html", "main", "article"):
            return False
        if outer.tag in ("aside", "footer", "nav") or _ELSEWHERE.search(
            _LAYOUT.sub("", f"{outer.get('class')} {outer.get('id')}")
        ):
            return True
    return False


def _find_published(tree: Any, articles: Iterable[dict[str, Any]], text: str) -> str:
    """The day of publication that a page states for machines, or ""; not the day of a change."""
    linked = {find_day(str(node["datePublished"])) or "" for node in articles if "datePublished" in node} - {""}
    if len(linked) == 1:
        return linked.pop()
    for name in _PUBLISHED:
        for value in _list_meta(tree, (name,), tags="self::meta or self::time or self::abbr"):
            if day := find_day(value):
                return day
    anywhere = {find_day(value) or "" for value in re.findall(r"\"datePublished\"\s*:\s*\"([^\"]+)\"", text)}
    return anywhere.pop() if len(anywhere) == 1 else ""


def _find_licence(tree: Any) -> str:
    """The address of the licence that a page links as its own, or ""."""
    links = tree.xpath("//*[self::link or self::a][contains(concat(' ', @rel, ' '), ' license ')]/@href")
    return str(links[0]) if links else ""
