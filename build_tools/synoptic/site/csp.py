"""The four Content-Security-Policies of the project: of the site's pages, of permanent addresses, of pages to embed, of
a preview. Pure.

The first three are written into each page, ahead of everything they could forbid; the last is an HTTP header.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

#: A permanent address is a page that only redirects, and loads nothing.
PERMALINK = "default-src 'none'; base-uri 'none'; form-action 'none'"
#: A page that other sites embed has its style in it, known by its hash, and loads nothing.
EMBED = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
#: A stranger's site may not contact another host while a reviewer looks at it.
PREVIEW = "default-src 'self' 'unsafe-inline' data: blob:"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
#: The beginning of a page, after which its policy is written.
_HEAD = re.compile(r'\s*<!doctype html>\s*<html[^<>]*>\s*(?:<head>\s*)?<meta charset="utf-8">', re.IGNORECASE)


def site_policy(scripts: Iterable[str]) -> str:
    """The policy that all pages of a site share: its own files, these inline ``scripts``, and nothing else.

    Our theme has no such scripts; templates that a site adds may have some.
    """
    hashes = sorted(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *hashes]),  # the search is WebAssembly
        "worker-src": "'self'",
        "connect-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",  # a site's own style sheets may contain small pictures
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def add_policy(page: str, policy: str, old_policy: str = "") -> str:
    """The page with ``policy`` at its head; unchanged if a policy other than ``old_policy`` is there already."""
    head = _HEAD.match(page)
    if head is None:
        return page
    rest = page[head.end() :]
    if old_policy:
        rest = rest.removeprefix(META.format(old_policy))
    if re.match(r"\s*<meta http-equiv=\"Content-Security-Policy\"", rest):
        return page
    return f"{page[: head.end()]}{META.format(policy)}{rest}"


def begins_with_policy(page: str, policy: str) -> bool:
    """Whether ``policy`` is at the head of a page, with nothing before it that it could forbid."""
    return begins_with(page, META.format(policy))


def begins_with(page: str, text: str) -> bool:
    """Whether ``text`` is the first thing in a page after what every page begins with."""
    head = _HEAD.match(page)
    return bool(head and page.startswith(text, head.end()))
