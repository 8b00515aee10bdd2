"""Changes as JSON, for the cache of the log and for the excerpt of the history in a downloaded briefing. Pure."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from synoptic.base.problems import Place
from synoptic.model.change import KINDS, Change
from synoptic.model.history import Entry, History
from synoptic.model.site import Site

#: The file from which a copy without a repository knows its commits and its history.
HISTORY_FILE = "HISTORY.json"
_FIELDS = ("kind", "id", "side", "briefing", "claim", "source", "speaker", "about", "before", "after")
#: What parsing may raise if something else than this program wrote the file.
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError, RecursionError)


def dump_excerpt(site: Site, slug: str) -> str:
    """The content of HISTORY_FILE for one briefing; empty if nothing is known of its past."""
    commit, history = site.commits.get(slug), site.history
    if history is None:
        return json.dumps({"commits": {slug: commit}}) + "\n" if commit else ""
    excerpt = {
        "commits": {slug: commit} if commit else {},
        "since": [history.since.commit, history.since.seconds] if history.since else None,
        "unread": history.unread,
        "entries": [
            [e.commit, e.seconds, [pack_change(c) for c in e.changes], {s: list(ids) for s, ids in e.published.items()}]
            for e in history.entries_of(slug)
        ],
    }
    return json.dumps(excerpt, ensure_ascii=False, indent=1) + "\n"


def parse_excerpt(content: bytes) -> tuple[dict[str, str], History | None]:
    """The commits (by briefing) and the history that ``dump_excerpt`` wrote; nothing if it is anything else."""
    try:
        excerpt = json.loads(content)
        commits = {str(slug): _parse_commit(commit) for slug, commit in excerpt["commits"].items()}
        if "entries" not in excerpt:
            return commits, None
        since = Entry(_parse_commit(excerpt["since"][0]), int(excerpt["since"][1])) if excerpt["since"] else None
        entries = tuple(
            make_entry(_parse_commit(commit), int(seconds), changes, published)
            for commit, seconds, changes, published in excerpt["entries"]
        )
        for entry in entries:
            _ = entry.time  # raises for a year that no calendar has
        return commits, History(entries, since, int(excerpt["unread"]))
    except MALFORMED:
        return {}, None


def make_entry(commit: str, seconds: int, changes: Iterable[Any], published: Mapping[str, Iterable[object]]) -> Entry:
    """The entry of a commit, from its packed changes and the claims of the briefings that it published first."""
    claims = {str(slug): tuple(map(str, ids)) for slug, ids in published.items()}
    return Entry(commit, seconds, tuple(map(unpack_change, changes)), claims)


def pack_change(change: Change) -> list[Any]:
    """A change as a list for JSON. Of its place only the path is kept."""
    return [*(getattr(change, name) for name in _FIELDS), [list(pair) for pair in change.values], change.place.path]


def unpack_change(packed: Sequence[Any]) -> Change:
    """The change that ``pack_change`` packed. Raises ValueError or TypeError for anything else."""
    *fields, values, path = packed
    named = dict(zip(_FIELDS, fields, strict=True))
    pairs = tuple((key, value) for key, value in values)
    if named["kind"] not in KINDS or named["side"] not in ("base", "head"):
        raise ValueError(named["kind"])
    texts = (path, *(value for value in fields if value is not None), *(text for pair in pairs for text in pair))
    if not all(isinstance(text, str) for text in texts) or None in fields[:-2]:
        raise TypeError(texts)
    return Change(**named, place=Place(path), values=pairs)


def _parse_commit(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", value):
        raise ValueError(value)
    return value
