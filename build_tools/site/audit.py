"""The second wall: what a built page may hold, and the policy that its reader's browser is told. Pure.

The first wall is the encoder, after which no contributor's string is markup. This one trusts nothing: it reads pages
as they were built, by a grammar narrower than HTML. Where every ``<`` begins one of the few things known here, no
browser can take a page for something else than was read here; whatever does not fit is a fault.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator

from build_tools.base.problems import Place, Problem
from build_tools.site import permalinks

_ATTRIBUTES = r"""(?:\s++[^\s"'<>/=]++(?:=(?:"[^"<]*+"|'[^'<]*+'|[^\s"'=<>`]++))?+)*+"""
_PART = re.compile(
    rf"""<(?:script(?P<given>{_ATTRIBUTES})\s*+>(?P<body>.*?)</script>
          | (?P<end>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<attributes>{_ATTRIBUTES})\s*+/?>
          | !--[^<>]*+>(?<=-->)
          | !doctype\ html>
          | )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
#: Where a page begins. What follows is said to the browser before it reads anything else.
_HEAD = re.compile(r'\s*<!doctype html>\s*<html[^<>]*>\s*(?:<head>\s*)?<meta charset="utf-8">', re.IGNORECASE)
_POLICY = '<meta http-equiv="Content-Security-Policy" content="{}">'

#: Elements that load, run, restyle or hide what is in them, or that lead all links of a page elsewhere.
FORBIDDEN = frozenset({
    "animate", "animatemotion", "animatetransform", "applet", "base", "embed", "fencedframe", "foreignobject",
    "frame", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "portal",
    "script", "set", "style", "template", "textarea", "xmp",
})  # fmt: skip
#: Attributes whose value is an address. But for ``href`` of a link that is clicked, a browser follows it by itself.
ADDRESSES = frozenset({
    "action", "archive", "background", "cite", "classid", "code", "codebase", "data", "dynsrc", "href", "icon",
    "imagesrcset", "longdesc", "lowsrc", "manifest", "poster", "profile", "src", "srcset", "usemap", "xlink:href",
})  # fmt: skip
#: Attributes of pictures that may name a pattern of the same page.
PAINTED = frozenset({
    "clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask", "stroke",
})  # fmt: skip
#: Attributes that no page of ours needs: code, styles that the policy refuses, addresses that are asked in secret.
REFUSED = frozenset({"formaction", "ping", "srcdoc", "style"})
#: What a `link` may name without the browser fetching it.
NAMED_ONLY = frozenset({"alternate", "author", "canonical", "describedby", "help", "license", "next", "prev", "search"})
#: Scripts that are data.
DATA = frozenset({"application/json", "application/ld+json"})
CLICKED = re.compile(r"(?:https?://[^/?#]|mailto:[^/?#])", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
TIP = "pages are made by our own templates: something reached this one past the encoder, or a template needs mending"


def own_scripts(page: str, depths: Iterable[int]) -> frozenset[str]:
    """The inline scripts of the theme, as they stand on the pages of these depths.

    In: the page for missing addresses, which holds no contributor's word; how many folders deep the pages lie.
    """
    scripts = [m["body"] for m in _PART.finditer(page) if m["body"] is not None and _kind(m["given"]) == "code"]
    settings = [m["body"] for m in _PART.finditer(page) if m["body"] is not None and _kind(m["given"]) == "data"]
    bases = {str(found.get("base", "")) for text in settings if isinstance(found := json.loads(text), dict)} - {""}
    ups = {"/".join([".."] * depth) or "." for depth in depths}
    # the only thing in them that differs from page to page
    moved = {s.replace(f'URL("{base}"', f'URL("{up}"') for s in scripts for base in bases for up in ups}
    return frozenset(moved | set(scripts))


def policy(scripts: Iterable[str]) -> str:
    """The policy of a site with these inline scripts: its own files and nothing else. In: the scripts' texts.

    One for all pages, so that it also holds where a page is shown in the place of another.
    """
    hashes = sorted(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *hashes]),  # the search is WebAssembly
        "worker-src": "'self'",
        "connect-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",  # the theme's style sheets hold small pictures
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{key} {value}" for key, value in rules.items())


def with_policy(page: str, told: str, before: str = "") -> str:
    """A page that tells the browser ``told`` before anything else, unless it has a policy there already that is not
    ``before``."""
    begun = _HEAD.match(page)
    if begun is None:
        return page
    head, rest = page[: begun.end()], page[begun.end() :]
    if before:
        rest = rest.removeprefix(_POLICY.format(before))
    if re.match(r"\s*<meta http-equiv=\"Content-Security-Policy\"", rest):
        return page
    return f"{head}{_POLICY.format(told)}{rest}"


def faults(path: str, page: str, scripts: frozenset[str], told: str) -> Iterator[Problem]:
    """What must not be in a built page.

    In: its path, as shown to people; the page; the texts of the inline scripts that are ours; the site's policy.
    """

    def fault(at: int, message: str) -> Problem:
        line = page.count("\n", 0, at) + 1
        return Problem(Place(path, line, at - page.rfind("\n", 0, at)), message, TIP, "audit")

    begun = _HEAD.match(page)
    first = begun and next(
        (p for p in (told, permalinks.POLICY) if page.startswith(_POLICY.format(p), begun.end())), ""
    )
    if not first:
        yield fault(0, "the page does not begin with the site's policy")
    ids: set[str] = set()
    policies = 0
    for part in _PART.finditer(page):
        name, given = (part["name"] or "").lower(), part["attributes"]
        if part["body"] is not None:
            name, given = "", part["given"]
            messages = list(filter(None, [_script(given, part["body"], scripts)]))
        elif not name:
            messages = [f"not the HTML that we write: {_start(page, part)}"] if part.end() == part.start() + 1 else []
        elif part["end"]:
            messages = [f"not the HTML that we write: {_start(page, part)}"] if given or name == "script" else []
            given = ""
        else:
            messages = [f"the element <{name}>"] if name in FORBIDDEN else []
        if given:
            found, wrong = _element(name or "script", given)
            messages += wrong
            if found is not None and found in ids:
                messages.append(f'the id "{found}" stands twice in the page')
            ids.add(found or "")
        if name == "meta":
            told_here = _told(given)
            policies += told_here == "content-security-policy"
            if told_here == "refresh" and not (first == permalinks.POLICY and _inside(given)):
                messages.append("the page sends its reader elsewhere")
        yield from (fault(part.start(), message) for message in messages)
    if policies > 1:
        yield fault(0, "the page has more than one policy")


def _start(page: str, part: re.Match[str]) -> str:
    return repr(page[part.start() : part.start() + 60])


def _given(attributes: str) -> list[tuple[str, str]]:
    """Names and values, as browsers read them."""
    found = _ATTRIBUTE.findall(attributes)
    return [(name.lower(), html.unescape(v[1:-1] if v[:1] in ("'", '"') else v)) for name, v in found]


def _kind(attributes: str) -> str:
    """What a script with these attributes is: code, data, a file, or something that is not ours."""
    given = dict(reversed(_given(attributes)))  # of two alike the first counts
    if "src" in given:
        return "file" if given.get("type", "module") in ("module", "text/javascript") else "odd"
    kind = given.get("type", "code").lower()
    return kind if kind == "code" else "data" if kind in DATA else "odd"


def _script(attributes: str, body: str, scripts: frozenset[str]) -> str:
    """What is wrong with a script, or nothing."""
    kind = _kind(attributes)
    if kind == "code":
        return "" if body in scripts else f"an inline script that is not the theme's: {body[:60]!r}"
    if kind == "file":
        return "a script with an address and a text" if body else ""
    if kind == "odd":
        return f"a script of an unknown kind: <script{attributes}>"
    try:
        json.loads(body)
    except ValueError:
        return "data that is not JSON"
    return "data that could be read as HTML" if "<" in body else ""


@functools.lru_cache(maxsize=50_000)  # most elements of a page stand on every page
def _element(name: str, attributes: str) -> tuple[str | None, tuple[str, ...]]:
    """The id of an element, and what is wrong with it wherever it stands."""
    given = _given(attributes)
    wrong = []
    names = {word for key, value in given if key == "rel" for word in value.lower().split()}
    clicked = name in ("a", "area") or (name == "link" and bool(names) and names <= NAMED_ONLY)
    for key, value in given:
        if key.startswith("on") or key in REFUSED:
            wrong.append(f"the attribute {key} of <{name}>")
        elif key == "http-equiv" and value.lower() not in ("content-security-policy", "refresh"):
            wrong.append(f"<meta http-equiv={value!r}>")
        elif key in PAINTED and re.search(r"url\((?!#)", value.lower()):
            wrong.append(f"the {key} of <{name}> loads something: {value[:80]!r}")
        elif key in ADDRESSES and (why := _address(value, clicked=clicked and key == "href")):
            wrong.append(f"the {key} of <{name}> {why}: {value[:80]!r}")
    return next((value for key, value in given if key == "id"), None), tuple(wrong)


def _address(value: str, *, clicked: bool) -> str:
    """What is wrong with an address, or nothing. In: whether a browser follows it only when somebody clicks."""
    if re.search(r"[\x00-\x20\x7f\\]", value):
        return "has a character that browsers drop or turn around"
    if not SCHEME.match(value):
        return ""
    if not clicked:
        return "is on another site, or is no file"
    return "" if CLICKED.match(value) else "has an unknown scheme"


def _told(attributes: str) -> str:
    return next((value.lower() for key, value in _given(attributes) if key == "http-equiv"), "")


def _inside(attributes: str) -> bool:
    """Whether a refresh leads to another page of the site."""
    content = next((value for key, value in _given(attributes) if key == "content"), "")
    return content.startswith("0; url=") and not _address(content.removeprefix("0; url="), clicked=False)
