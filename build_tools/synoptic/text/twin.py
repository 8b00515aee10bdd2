"""The Markdown twin of a page, for programs that read: its words, headings, lists, quotations, tables and links, and no
HTML. Pure.

It reads the HTML that our templates and Markdown write. Words of contributors are encoded there (see ``encode``), so
none looks like an element; here each of their signs that means something in Markdown gets a backslash.
"""

import functools
import html
import re

from synoptic.text.markdown_blocks import BREAK, CODE, FROM, TO, Blocks, mark

#: The name of a twin, beside ``index.html``.
FILE = "index.md"
#: Folders of a site whose pages have no twin: they redirect, or stand in a frame.
NO_TWIN = frozenset({"c", "embed"})
#: Elements without text to read: forms and their parts, data, signs for the eye, and the menu that each page repeats.
_DROPPED = re.compile(
    r"""<(form|script|style|select|button|label|template)\b.*?</\1>
      | <nav\ class="parts.*?</nav> | <a\ id="[^"]*"></a>
      | <(b|div|i|p|span)\b[^>]*\s(?:aria-hidden="true"|hidden)(?=[\s>])[^>]*>[^<]*+(?:<(?!/?\2\b)[^<]*+)*+</\2>""",
    re.DOTALL | re.VERBOSE,
)
_PICTURE = re.compile(r"<svg\b[^<]*+(?:<(?!/?svg\b)[^<]*+)*+</svg>")
_HEADING = re.compile(r"\n(#{1,3}) (.+) \{: #[^}\n]*\}(?=\n)")
_PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_CODE = re.compile(r"<code\b[^>]*>(.*?)</code>", re.DOTALL)
_ANCHOR = re.compile(r"<a\b[^>]*>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>")
_HREF = re.compile(r'(?<!\S)href="([^"]*)"')
_IMAGE = re.compile(r"<img\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-z]+[1-6]?)")
#: The ends of elements after which the style of a page leaves room, and the twin needs a sign.
_GLUED = re.compile(
    r'(</(?:a|b|bdi|i|small|span)>)(?=<(?:a |b |b>|small|span class="(?:label|meta|place|verdict|via)))'
)
_ROW = re.compile(r'<(p|figcaption) class="(?:act|kicker|legend)[^>]*>.*?</\1>', re.DOTALL)
_SIDE = re.compile("(</(?:a|span)>)(?=<span)")
_BETWEEN = " · "
#: A reference to a character. The group is an ampersand before what would then be a reference itself.
_REFERENCE = re.compile(r"(&(?:amp|#38);)(?=(?:&#35;|#)?\w+;)|&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
_RAW_SIGN = re.compile(r"(<!--.*?-->|<[^>]*>)|[\\`*_\[\]{~]", re.DOTALL)
#: Signs that mean something in Markdown wherever they are; others do only at the beginning of a line.
_SPECIAL = frozenset("\\`*_[]{~")
#: References to signs that mean nothing within a line, nor in a tag.
_HARMLESS = [(f"&#{ord(sign)};", sign) for sign in ".,-:'()/;?"]
_COMMON = [*_HARMLESS, *((f"&#{ord(sign)};", sign) for sign in '"{}|=%')]
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ALLOWED = re.compile(r"(?:https?://[^/?#]|mailto:)", re.IGNORECASE)
_QUOTED = {ord(sign): f"%{ord(sign):02X}" for sign in " \"'()<>\\`|{}[]\t\n\r"}
#: Placeholders for signs in addresses until the words around are finished.
_AND, _AT, _WEB = "\x00", "\x05", "\x06"
_CONTROLS = (_AND, _AT, _WEB, FROM, TO, BREAK)
_INLINE = {"b": "**", "strong": "**", "mark": "**", "ins": "**", "i": "*", "em": "*", "del": "~~"}
#: Elements that mean nothing here, and those that only end a block.
_QUIET = re.compile(r"<!--.*?-->|</?(?:a|abbr|bdi|bdo|cite|input|small|span|sub|sup|time|u|wbr)\b[^>]*>", re.DOTALL)
_PLAIN = re.compile(r"(?:</?(?:article|aside|details|div|figcaption|figure|nav|p|section|tbody|thead)\b[^>]*>\s*)+")


def make_twin(page: str, depth: int, *, encoded: bool) -> str:
    """The twin of the content of a page that is ``depth`` folders below the site's root.

    ``page`` is HTML, with headings of Markdown between that have our ids. ``encoded`` says that all words in it passed
    our encoder; else signs of Markdown in its text are encoded first.
    """
    while "<svg" in page and (shorter := _PICTURE.sub("", page)) != page:  # one may be in another
        page = shorter
    page, codes = _take_code(_clean(_DROPPED.sub("", page)))
    if not encoded:
        page = _RAW_SIGN.sub(lambda found: found[1] or f"&#{ord(found[0])};", page)
    page = _HEADING.sub(_heading, f"\n{page}\n")
    for reference, sign in _HARMLESS:
        page = page.replace(reference, sign)
    page = _ROW.sub(lambda row: _SIDE.sub(rf"\1{_BETWEEN}", row[0]), page)
    page = _ANCHOR.sub(lambda found: _link(found[0], depth), _GLUED.sub(rf"\1{_BETWEEN}", page))
    if "<img" in page:
        page = _IMAGE.sub(functools.partial(_image, depth), page)
    page = _TAG.sub(lambda tag: _mark_of(tag[0]), _PLAIN.sub(f"{BREAK}p", _QUIET.sub("", page)))
    page = page.replace("****", "").replace("://", "\\://").replace("www.", "www\\.")
    page = _REFERENCE.sub(lambda found: _sign(found[0], found[1]), page)
    return Blocks(codes).write(page.replace(_AND, "&").replace(_AT, "://").replace(_WEB, "www."))


def _clean(words: str) -> str:
    """The words without the characters that serve as marks."""
    for sign in _CONTROLS:
        if sign in words:  # which it seldom is
            words = words.replace(sign, "")
    return words


def _decode(words: str) -> str:
    """Words of HTML as text. Most references in them are to a few signs."""
    for reference, sign in _COMMON:
        words = words.replace(reference, sign)
    return html.unescape(words) if "&" in words else words


def _heading(found: re.Match[str]) -> str:
    return f"\n<h{len(found[1])}>{found[2]}</h{len(found[1])}>"


def _take_code(page: str) -> tuple[str, list[str]]:
    """The page with a number for each piece of code, and the pieces."""
    codes: list[str] = []

    def take(around: str, found: re.Match[str]) -> str:
        codes.append(_clean(_decode(_TAG.sub("", found[1]))))
        return around.format(len(codes) - 1)

    if "<pre" in page:
        page = _PRE.sub(functools.partial(take, f"{BREAK}{CODE}{{}}{BREAK}p"), page)
    if "<code" in page:
        page = _CODE.sub(functools.partial(take, f"{FROM}{{}}{TO}"), page)
    return page, codes


@functools.lru_cache(maxsize=20_000)  # most elements of a page are on every page
def _mark_of(tag: str) -> str:
    """What a tag becomes; a comment becomes nothing."""
    named = _NAME.match(tag)
    if not named:
        return ""
    title = dict(_ATTRIBUTE.findall(tag)).get("title", "") if named[2] == "td" else ""
    return _INLINE.get(named[2]) or mark(named[2], closing=bool(named[1])) + (f"{title} " if title else "")


@functools.lru_cache(maxsize=20_000)  # names and claims are linked on many pages
def _link(anchor: str, depth: int) -> str:
    """A link; its words alone if it leads nowhere else, or to what a link may not lead to."""
    tag, _, words = anchor.removesuffix("</a>").partition(">")
    if words[:1] in ("", "<") and not _TAG.sub("", words).strip():
        words = dict(_ATTRIBUTE.findall(tag)).get("aria-label", "")
    address = _HREF.search(tag)
    to = resolve(address[1], depth) if address and words else ""
    if not to:
        return words
    return f"[{words.replace('://', _AT).replace('www.', _WEB).strip()}]({to})"


def _image(depth: int, found: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    to = resolve(attributes.get("src", ""), depth)
    return f"![{attributes.get('alt', '')}]({to})" if to else attributes.get("alt", "")


@functools.lru_cache(maxsize=20_000)  # a page links to few others, many times
def resolve(href: str, depth: int) -> str:
    """The address of a link in a twin: of the other twin, if it leads to a page; "" if it may be none. Some of its
    characters are placeholders until the words around are finished.

    ``href`` is the value of the attribute, as HTML; for ``depth`` see ``make_twin``.
    """
    address = _clean(html.unescape(href)).strip()
    path, hash_sign, fragment = address.partition("#")
    if _SCHEME.match(address):
        if not _ALLOWED.match(address):
            return ""
    elif path.endswith("/") or path.rpartition("/")[2] in ("..", "."):
        steps = path.removesuffix("/").split("/")
        ups = steps.count("..")
        if ups != depth or len(steps) == ups or steps[ups] not in NO_TWIN:
            path = "/".join([*filter(lambda step: step != ".", steps), FILE])
    if not path:
        return ""
    quoted = re.sub(r"&(?=#?\w+;)", "&amp;", f"{path}{hash_sign}{fragment}".translate(_QUOTED))
    return quoted.replace("&", _AND).replace("://", _AT).replace("www.", _WEB)


@functools.lru_cache(maxsize=1_000)
def _sign(reference: str, ampersand: str | None) -> str:
    """The character that a reference stands for, with a backslash if it means something in Markdown: as those do that
    ``_SPECIAL`` lists, and an ``ampersand`` before what would then be a reference itself."""
    sign = html.unescape(reference)
    if sign == "<":
        return "&lt;"  # not every Markdown knows a backslash before it
    if ampersand or sign in _SPECIAL:
        return f"\\{sign}"
    return " " if sign in "\n\t" else _clean(sign)
