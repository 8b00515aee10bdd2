"""The names of a site beside the title of an article: "Lift shut | Quay Post"."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit

SEPARATOR = re.compile(
    r"\s+[|\u2502\u00b7\u2022\u2013\u2014\u00bb\u00ab\u2039\u203a:~-]+\s+|\s*[|_\u2502\uff5c]\s*|\s*\u00bb\s*|(?<=\w): "
)
DOMAIN = re.compile(r"\s*(?:[\w-]+\.)+(?:at|be|ch|com|de|eu|fr|info|it|net|org|uk)\s*$", re.IGNORECASE)
_CHINESE_SITE = re.compile(r"[-_][\u4e00-\u9fff]{1,5}(?:网|報|报|百科|新闻|社)$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def squeeze(text: str) -> str:
    """Letters and digits only, for comparing names."""
    return re.sub(r"[\W_]+", "", unescape(text).lower().translate(_UMLAUTS))


def is_site(text: str, sites: Iterable[str]) -> bool:
    """Whether words are the name of a site, or a part of it."""
    words = squeeze(text)
    return bool(DOMAIN.match(text)) or any(
        words in name or (len(name) > 4 and name in words and len(words) < 2 * len(name))
        for name in map(squeeze, sites)
        if len(name) > 2
    )


def strip_site(title: str, sites: Iterable[str]) -> str:
    """A title without the name of its site before or after a separator."""
    title = _CHINESE_SITE.sub("", " ".join(title.split()))
    while parts := list(SEPARATOR.finditer(title)):
        if is_site(title[parts[-1].end() :], sites):
            title = title[: parts[-1].start()]
        elif is_site(title[: parts[0].start()], sites):
            title = title[parts[0].end() :]
        else:
            break
    return title


def strip_outlet(title: str, outlet: str, url: str) -> str:
    """A title without the whole name or host of its site at its end."""
    host = host_of(url).removeprefix("www.")
    names = {squeeze(name).removeprefix("the") for name in (outlet, host, host.rpartition(".")[0])} - {""}
    parts = list(SEPARATOR.finditer(title))
    if not parts or parts[-1][0] == ": " or squeeze(title[parts[-1].end() :]).removeprefix("the") not in names:
        return title
    return title[: parts[-1].start()]


def host_of(url: str) -> str:
    """The host in an address, or "" if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
