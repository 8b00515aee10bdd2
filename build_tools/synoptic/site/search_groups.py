"""The groups into which a large site's records are divided, each with an index of its own, and the guide to them. Pure.

Readers search the guide first: it has one document for each briefing, with every word that the briefing's records
have. They fetch only the groups of the likeliest briefings, and an edit changes one group and the guide.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from synoptic.site.search import WORD, strip_tags
from synoptic.text.encode import text

#: With fewer records than this, all are in one index, which finds everything in one step.
MOST_IN_ONE = 8_000
#: Records in a group: this to twice as many, on average.
GROUP_SIZE = 1_000
#: Words from which a spelling may be suggested.
MOST_WORDS = 20_000
#: The part of the index, as a value of its filter, that is the guide.
GUIDE = "guide"
BRIEFINGS = "briefings/"
_FILTER = re.compile(r'<i data-pagefind-filter="(\w+)\[title\]" title="[^"]*"></i>')
_TITLE = re.compile(r"<h2\b.*?</h2>", re.DOTALL)


@dataclass(frozen=True)
class Digest:
    """What the whole index needs of a group: how often each of its words occurs, its documents of the guide by path."""

    words: Mapping[str, int]
    guide: Mapping[str, str]


def group_documents(documents: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The documents of each group by its name, a number; none if one index can hold everything.

    Documents of no briefing are in no group. Whole briefings are in one, which depends on their slug alone until
    the number of groups doubles, so that an edit changes one group.
    """
    grouped = {path: document for path, document in documents.items() if path.startswith(BRIEFINGS)}
    if len(grouped) < MOST_IN_ONE:
        return {}
    total = 1 << ((len(grouped) // GROUP_SIZE).bit_length() - 1)
    groups: dict[str, dict[str, str]] = {}
    for path, document in sorted(grouped.items()):
        digest = hashlib.sha256(_find_slug(path).encode()).digest()
        groups.setdefault(str(int.from_bytes(digest[:8]) % total), {})[path] = document
    return groups


def digest_group(group: str, documents: Mapping[str, str]) -> Digest:
    """The digest of documents. ``group`` is the name of their group, or empty: then they need no guide."""
    briefings: dict[str, dict[str, str]] = {}
    for path, document in documents.items():
        if group:
            briefings.setdefault(_find_slug(path), {})[path] = document
    words = Counter(word for document in documents.values() for word in WORD.findall(strip_tags(document).lower()))
    guide = {f"{group}/{slug}.html": _render_guide(group, slug, inside) for slug, inside in briefings.items()}
    return Digest(words, guide)


def _render_guide(group: str, slug: str, documents: Mapping[str, str]) -> str:
    """A document of a briefing's title, its filters and group, and each distinct word of its documents."""
    words = dict.fromkeys(word for document in documents.values() for word in strip_tags(document).split())
    found = [filter_ for document in documents.values() for filter_ in _FILTER.finditer(document)]
    filters = sorted({filter_[0] for filter_ in found if filter_[1] != "part"})
    title = _TITLE.search(documents.get(f"{BRIEFINGS}{slug}/index.html", ""))
    return (
        f'<!doctype html><html lang="en"><article><i data-pagefind-filter="part[title]" title="{GUIDE}"></i>'
        f'<i data-pagefind-filter="group[title]" title="{group}"></i>'
        f"{''.join(filters)}{title[0] if title else ''}<p>{text(' '.join(words))}</p></article></html>\n"
    )


def list_words(counts: Mapping[str, int]) -> str:
    """Words, a line each, the most frequent first; at most ``MOST_WORDS``."""
    return "\n".join(sorted(counts, key=lambda word: (-counts[word], word))[:MOST_WORDS])


def _find_slug(path: str) -> str:
    return path.split("/")[1]
