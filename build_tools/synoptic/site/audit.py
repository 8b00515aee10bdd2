"""The audit of built pages: what no page may contain, whatever produced it. Pure.

The encoder already turns contributors' strings into text. The audit trusts nothing: it reads built pages by a grammar
narrower than HTML, written by hand because a browser's parser repairs what it does not understand. If every ``<``
begins one of the few things known here, a browser reads the page as the audit did; anything else is a fault.
"""

import functools
import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from synoptic.base.problems import Place, Problem
from synoptic.site import csp

_ATTRIBUTES = r"""(?:\s++[^\s"'<>/=]++(?:=(?:"[^"<]*+"|'[^'<]*+'|[^\s"'=<>`]++))?+)*+"""
_PART = re.compile(
    rf"""<(?:script(?P<given>{_ATTRIBUTES})\s*+>(?P<body>.*?)</script>
          | (?P<end>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<attributes>{_ATTRIBUTES})\s*+/?>
          | !--[^<>]*+>(?<=-->)
          | !doctype\ html>
          | )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
#: Whatever may be one part of a page, so that ``is_clean`` need not read a part that it has read before.
_ROUGH = re.compile(r"""<[^<>"']*+(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+)*+>""")
_SCRIPT = re.compile(rf"<script(?P<given>{_ATTRIBUTES})\s*+>(?P<body>.*?)</script>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
#: Elements that load, run, restyle or hide their content, or redirect all links of a page.
FORBIDDEN = frozenset({
    "animate", "animatemotion", "animatetransform", "applet", "base", "embed", "fencedframe", "foreignobject",
    "frame", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "portal",
    "script", "set", "style", "template", "textarea", "xmp",
})  # fmt: skip
#: Attributes whose value is an address, which a browser fetches unasked, except ``href`` of a link.
ADDRESSES = frozenset({
    "action", "archive", "background", "cite", "classid", "code", "codebase", "data", "dynsrc", "href", "icon",
    "imagesrcset", "longdesc", "lowsrc", "manifest", "poster", "profile", "src", "srcset", "usemap", "xlink:href",
})  # fmt: skip
#: Attributes of pictures that may refer to a pattern in the same page.
PAINT = frozenset({
    "clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask", "stroke",
})  # fmt: skip
#: Attributes that no page of ours needs: code, styles that the policy refuses, addresses contacted in secret.
REFUSED = frozenset({"formaction", "ping", "srcdoc", "style"})
#: Values of ``rel`` for which a browser does not fetch a ``link``.
NOT_FETCHED = frozenset({
    "alternate", "author", "canonical", "describedby", "help", "license", "next", "prev", "search",
})  # fmt: skip
#: Types of scripts that are data.
DATA = frozenset({"application/json", "application/ld+json"})
CLICKABLE = re.compile(r"(?:https?://[^/?#]|mailto:[^/?#])", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
#: What matters in the Markdown of a page: escaped signs and code, to be skipped; HTML; the schemes of links.
_TWIN_PART = re.compile(
    r"""\\. | ^[ >]*(?P<fence>```+)\n.*?\n[ >]*(?P=fence)$ | (?<!`)(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)
      | (?P<html><[a-z/!?]) | \](?:\(<?|:\s*)(?P<scheme>[a-z][a-z0-9+.-]*(?=:)|//)""",
    re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_TWIN_SCHEME = re.compile(r"\](?:\(<?|:\s*)([a-z][a-z0-9+.-]*(?=:)|//)", re.IGNORECASE)
_TWIN_SCHEMES = frozenset({"http", "https", "mailto"})
_POLICY = '<meta http-equiv="Content-Security-Policy"'
_PICTURE = re.compile(r'<meta property="og:image" content="([^"]*)">')
TIP = "our own templates produce the pages: something reached this one past the encoder, or a template needs fixing"


def find_inline_scripts(page: str) -> frozenset[str]:
    """The inline scripts of the page for missing addresses, which has no contributor's text: ours has none, but the
    templates that a site adds may have some."""
    parts = (part for part in _PART.finditer(page) if part["body"] is not None)
    return frozenset(part["body"] for part in parts if _script_kind(part["given"]) == "code")


def find_faults(
    path: str, page: str, scripts: frozenset[str], policy: str, guards: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Problem]:
    """Yield everything that must not be in a built page.

    ``path`` is shown to people; ``scripts`` are the theme's inline scripts; ``policy`` is the site's, empty if it sets
    none; ``guards`` are the policies with which pages to embed begin, each with the one ``<style>`` that it allows.
    """
    for own, style in guards.items():
        if csp.begins_with(page, csp.META.format(own) + style):
            page, policy = page.replace(style, "", 1), own
    if not is_clean(page, scripts, policy):
        yield from read_page(path, page, scripts, policy)


def is_clean(page: str, scripts: frozenset[str], policy: str) -> bool:
    """Whether ``read_page`` is sure to find nothing in a page. Fast, since each different part is read only once; but
    a page that is fine may fail. For the arguments see ``find_faults``."""
    if policy and not csp.begins_with_policy(page, policy):
        return False
    parts = Counter(_ROUGH.findall(page))
    if parts.total() != page.count("<"):  # then each "<" begins one of these parts
        return False
    seen = [_judge_part(part) for part in parts]
    if None in seen:
        return False
    ids = [one for one, times in zip(seen, parts.values(), strict=True) if one for _ in range(times)]
    if len(ids) != len(set(ids)) or sum(times for part, times in parts.items() if part.startswith(_POLICY)) > 1:
        return False
    found = list(_SCRIPT.finditer(page))
    tags = sum(times for part, times in parts.items() if part[:7].lower() == "<script")
    whole = len(found) == tags == parts["</script>"]
    return whole and not any("<" in m["body"] or _script_fault(m["given"], m["body"], scripts) for m in found)


@functools.lru_cache(maxsize=50_000)  # most elements of a page are on every page
def _judge_part(part: str) -> str | None:
    """The id of an element ("" if it has none) that may be in any page; None if it may not, or if that depends on more
    than the part itself. The caller checks the bodies of scripts, and that there is one policy at most."""
    if part == "</script>":
        return ""
    script = _SCRIPT.fullmatch(f"{part}</script>")
    if script:
        element_id, wrong = _check_element("script", script["given"])
        return None if wrong or script["body"] or element_id == "" else element_id or ""
    match = _PART.match(part)
    if match is None or match.end() != len(part):
        return None
    name, attributes, messages = _read_part(part, match, frozenset())
    element_id, wrong = _check_element(name, attributes) if attributes else (None, ())
    if messages or wrong or (name == "meta" and _http_equiv(attributes) and not part.startswith(_POLICY)):
        return None
    return None if element_id == "" else element_id or ""


def read_page(path: str, page: str, scripts: frozenset[str], policy: str) -> Iterator[Problem]:
    """Read a page part by part, and yield every fault with its line. For the arguments see ``find_faults``."""

    def fault(at: int, message: str) -> Problem:
        line = page.count("\n", 0, at) + 1
        return Problem(Place(path, line, at - page.rfind("\n", 0, at)), message, TIP, "audit")

    redirects = csp.begins_with_policy(page, csp.PERMALINK)
    if policy and not redirects and not csp.begins_with_policy(page, policy):
        yield fault(0, "the page does not begin with the site's policy")
    ids: set[str] = set()
    policies = 0
    for part in _PART.finditer(page):
        name, attributes, messages = _read_part(page, part, scripts)
        if attributes:
            element_id, wrong = _check_element(name or "script", attributes)
            messages += wrong
            if element_id is not None and element_id in ids:
                messages.append(f'the id "{element_id}" is in the page twice')
            ids.add(element_id or "")
        if name == "meta":
            header = _http_equiv(attributes)
            policies += header == "content-security-policy"
            if header == "refresh" and not (redirects and _leads_inside(attributes)):
                messages.append("the page redirects its reader")
        yield from (fault(part.start(), message) for message in messages)
    if policies > 1:
        yield fault(0, "the page has more than one policy")


def find_content_faults(path: str, content: str) -> Iterator[Problem]:
    """Yield everything that must not be in the content of a page, around which another site puts its own theme."""
    return find_faults(path, content, frozenset(), "")


def find_text_faults(path: str, twin: str) -> Iterator[Problem]:
    """Yield everything that must not be in the Markdown twin of a page: HTML, and links to what no link leads to.

    ``path`` is shown to people. Code is not looked into, since nothing in it means anything.
    """
    if "<" not in twin and set(map(str.lower, _TWIN_SCHEME.findall(twin))) <= _TWIN_SCHEMES:
        return
    for part in _TWIN_PART.finditer(twin):
        scheme = part["scheme"]
        if part["html"] or (scheme and scheme.lower() not in _TWIN_SCHEMES):
            at = part.start()
            place = Place(path, twin.count("\n", 0, at) + 1, at - twin.rfind("\n", 0, at))
            what = "HTML" if part["html"] else "a link with an unknown scheme"
            yield Problem(place, f"{what} in the Markdown of a page: {part[0][:60]!r}", TIP, "audit")


def find_missing_pictures(path: str, page: str, home: str, exists: Callable[[str], bool]) -> Iterator[Problem]:
    """Yield each picture of a shared link that is not in the site, or not named in full.

    ``path`` is shown to people; ``home`` is the site's full address (empty if it has none); ``exists`` says whether a
    path is in the site.
    """
    for found in _PICTURE.finditer(page):
        address = html.unescape(found[1])
        if not home or not address.startswith(home) or not exists(address.removeprefix(home)):
            line = page.count("\n", 0, found.start()) + 1
            message = f"the picture of its shared link is not in the site: {address[:200]!r}"
            yield Problem(Place(path, line), message, "synoptic finish SITE_DIR draws them", "audit")


def _read_part(page: str, part: re.Match[str], scripts: frozenset[str]) -> tuple[str, str, list[str]]:
    """The name of the element that a part of a page begins ("" if none), its attributes, and what is wrong so far."""
    name, attributes = (part["name"] or "").lower(), part["attributes"]
    unknown = f"not the HTML that we write: {page[part.start() : part.start() + 60]!r}"
    if part["body"] is not None:
        return "", part["given"], list(filter(None, [_script_fault(part["given"], part["body"], scripts)]))
    if not name:
        return "", "", [unknown] if part.end() == part.start() + 1 else []
    if part["end"]:
        return name, "", [unknown] if attributes or name == "script" else []
    return name, attributes, [f"the element <{name}>"] if name in FORBIDDEN else []


def _parse_attributes(attributes: str) -> list[tuple[str, str]]:
    """Names and values, as browsers read them."""
    pairs = _ATTRIBUTE.findall(attributes)
    return [(name.lower(), html.unescape(v[1:-1] if v[:1] in ("'", '"') else v)) for name, v in pairs]


def _script_kind(attributes: str) -> str:
    """``code``, ``data``, ``file``, or ``odd`` for a script that is not ours."""
    values = dict(reversed(_parse_attributes(attributes)))  # browsers use the first of two attributes of one name
    if "src" in values:
        return "file" if values.get("type", "module") in ("module", "text/javascript") else "odd"
    kind = values.get("type", "code").lower()
    return kind if kind == "code" else "data" if kind in DATA else "odd"


def _script_fault(attributes: str, body: str, scripts: frozenset[str]) -> str:
    """Why a script is refused; "" if it is ours."""
    kind = _script_kind(attributes)
    if kind == "code":
        return "" if body in scripts else f"an inline script that is not the theme's: {body[:60]!r}"
    if kind == "file":
        return "a script with both an address and code" if body else ""
    if kind == "odd":
        return f"a script of an unknown kind: <script{attributes}>"
    try:
        json.loads(body)
    except ValueError:
        return "data that is not JSON"
    return "data that could be read as HTML" if "<" in body else ""


def _check_element(name: str, attributes: str) -> tuple[str | None, tuple[str, ...]]:
    """The id of an element, None if it has none, and what is wrong with its attributes."""
    pairs = _parse_attributes(attributes)
    wrong = []
    names = {word for key, value in pairs if key == "rel" for word in value.lower().split()}
    clicked = name in ("a", "area") or (name == "link" and bool(names) and names <= NOT_FETCHED)
    for key, value in pairs:
        if key.startswith("on") or key in REFUSED:
            wrong.append(f"the attribute {key} of <{name}>")
        elif key == "http-equiv" and value.lower() not in ("content-security-policy", "refresh"):
            wrong.append(f"<meta http-equiv={value!r}>")
        elif key in PAINT and re.search(r"url\((?!#)", value.lower()):
            wrong.append(f"the {key} of <{name}> loads something: {value[:80]!r}")
        elif key in ADDRESSES and (why := _address_fault(value, clicked=clicked and key == "href")):
            wrong.append(f"the {key} of <{name}> {why}: {value[:80]!r}")
    return next((value for key, value in pairs if key == "id"), None), tuple(wrong)


def _address_fault(value: str, *, clicked: bool) -> str:
    """Why an address is refused; "" if it is fine. ``clicked``: a browser follows it only when somebody clicks."""
    if re.search(r"[\x00-\x20\x7f\\]", value):
        return "has a character that browsers drop or change"
    if not SCHEME.match(value):
        return ""
    if not clicked:
        return "is on another site, or is not a file"
    return "" if CLICKABLE.match(value) else "has an unknown scheme"


def _http_equiv(attributes: str) -> str:
    return next((value.lower() for key, value in _parse_attributes(attributes) if key == "http-equiv"), "")


def _leads_inside(attributes: str) -> bool:
    """Whether a refresh leads to another page of the site."""
    content = next((value for key, value in _parse_attributes(attributes) if key == "content"), "")
    return content.startswith("0; url=") and not _address_fault(content.removeprefix("0; url="), clicked=False)
