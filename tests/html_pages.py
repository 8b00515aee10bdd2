"""Built HTML pages as the tests look at them: elements, links, metadata and quotations."""

from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin

from lxml import html

ORIGIN = "http://site.test/"
ADDRESSES = ("href", "src", "srcset", "action", "data", "poster")


@dataclass(frozen=True)
class Link:
    """An address in a page: whose it is, where it leads, the ids of all elements around it."""

    tag: str
    attribute: str
    value: str
    inside: frozenset[str]
    in_nav: bool


class Html:
    """One page as the tests look at it: its parts as lxml reads them."""

    def __init__(self, text: str) -> None:
        tree = html.document_fromstring(text)
        elements = list(tree.iter("*"))
        self.tags: list[str] = [element.tag for element in elements]
        self.ids: list[str] = tree.xpath("//@id")
        self.meta = {name: e.get("content", "") for e in elements if e.tag == "meta" and (name := e.get("name"))}
        self.title = "".join(tree.xpath("//title[not(ancestor::svg)]//text()"))
        self.styles = "".join(tree.xpath("//style//text() | //@style"))
        self.quotes: dict[str, str] = {}
        """Statement to the text of its quotation."""
        for line_break in tree.iter("br"):
            line_break.text = "\n"
        for quote in tree.iter("blockquote"):
            holder = quote.xpath("string(ancestor-or-self::*[starts-with(@id, 's-')][1]/@id)")
            self.quotes[holder] = self.quotes.get(holder, "") + quote.text_content()
        self.links = [link for element in elements for link in _links_of(element)]


def _links_of(element: html.HtmlElement) -> list[Link]:
    around = [element, *element.iterancestors()]
    inside = frozenset(name for one in around if (name := one.get("id")))
    in_nav = any(one.tag in ("nav", "header", "footer") for one in around)
    return [
        Link(element.tag, key, value.split()[0], inside, in_nav)
        for key in ADDRESSES
        for value in (element.get(key, "").split(",") if key == "srcset" else [element.get(key, "")])
        if value.strip()
    ]


def target(path: str, value: str) -> tuple[str, str] | None:
    """Where an address in the page ``path`` leads, as (path from the site's root, anchor); None: elsewhere."""
    whole, anchor = urldefrag(urljoin(ORIGIN + path, value))
    return (unquote(whole.removeprefix(ORIGIN)), unquote(anchor)) if whole.startswith(ORIGIN) else None
