"""Built HTML pages as the tests look at them: elements, links, metadata and quotations."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin

ORIGIN = "http://site.test/"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Link:
    """An address in a page: whose it is, where it leads, the ids of all elements around it."""

    tag: str
    attribute: str
    value: str
    inside: frozenset[str]
    in_nav: bool


class Html(HTMLParser):
    """One page as the tests look at it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.tags: list[str] = []
        self.meta: dict[str, str] = {}
        self.title = ""
        self.styles = ""
        self.quotes: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and what it points at."""
        given = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given.get("content", "")
        self.styles += given.get("style", "")
        if tag == "br":
            self.handle_data("\n")
        opened = [*self._open, (tag, given.get("id", ""))]
        inside = frozenset(name for _, name in opened if name)
        in_nav = any(name in ("nav", "header", "footer") for name, _ in opened)
        for key in ("href", "src", "srcset", "action", "data", "poster"):
            for value in given.get(key, "").split(",") if key == "srcset" else [given.get(key, "")]:
                if key in given and value.strip():
                    self.links.append(Link(tag, key, value.split()[0], inside, in_nav))
        if tag not in VOID:
            self._open = opened

    def handle_endtag(self, tag: str) -> None:
        """Leave the innermost open element of that name."""
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep titles, styles, and the text of each quotation under the id of the statement around it."""
        names = [name for name, _ in self._open]
        if names[-1:] == ["title"] and "svg" not in names:
            self.title += data
        elif names[-1:] == ["style"]:
            self.styles += data
        elif "blockquote" in names:
            holder = next((name for _, name in reversed(self._open) if name.startswith("s-")), "")
            self.quotes[holder] = self.quotes.get(holder, "") + data


def target(path: str, value: str) -> tuple[str, str] | None:
    """Where an address in the page ``path`` leads, as (path from the site's root, anchor); None: elsewhere."""
    whole, anchor = urldefrag(urljoin(ORIGIN + path, value))
    return (unquote(whole.removeprefix(ORIGIN)), unquote(anchor)) if whole.startswith(ORIGIN) else None
