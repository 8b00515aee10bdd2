"""Atom feeds of what changed: of the site, of each briefing, of each named speaker. Pure.

Made of commits only. An entry's id comes from its commit and from what changed, so it is the same in every build; its
day is the commit's. A feed needs full addresses: without ``site_url`` there is none.
"""

from __future__ import annotations

import functools
import io
import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urljoin

from build_tools.compare.summary import crediting
from build_tools.model.briefing import Briefing
from build_tools.model.change import Change, words
from build_tools.model.history import Entry, Record
from build_tools.model.site import Site
from build_tools.pages import speaker
from build_tools.pages.changelog import INDEX, claim_link
from build_tools.text.encode import placed, text

FILE = "feed.xml"
_MOST = 100  # the newest changes; the change log has all
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Item = tuple[Entry, Change, str]


def of_site(site: Site) -> dict[str, str]:
    """The feed of the whole site by its path under docs/; none without a history or without the site's address."""
    return _fed(site, INDEX, f"{site.publication.name}: what changed", lambda change: True)


def of_briefing(site: Site, briefing: Briefing) -> dict[str, str]:
    """The feed of a briefing, unless it is not listed."""
    path, title = f"briefings/{briefing.slug}/", f"{briefing.file.title}: what changed"
    return _fed(site, path, title, lambda change: change.briefing == briefing.slug) if briefing.listed else {}


def of_speaker(site: Site, name: str) -> dict[str, str]:
    """The feed of a named speaker: what changed in what is credited to them, and the briefings that began with them."""
    record, held = site.record, crediting(site, name)
    if record is None:
        return {}
    return _fed(
        site,
        speaker.path_of(name),
        f"{site.speaker[name].name}: what changed",
        lambda c: (c.speaker and record.speaker_now(c) == name) or (c.kind == "briefing-added" and c.briefing in held),
    )


def _fed(site: Site, path: str, title: str, wanted: Callable[[Change], object]) -> dict[str, str]:
    """A feed by its path."""
    if site.record is None or not site.publication.site_url:
        return {}
    feed = _feed(site, site.record, path, title, [item for item in _items(site.record) if wanted(item[1])])
    return {path + FILE: feed} if feed else {}


def there(site: Site, briefing: Briefing | None) -> bool:
    """Whether the site, or one of its briefings, has a feed."""
    record = site.record
    if record is None or not site.publication.site_url:
        return False
    return bool(record.entries if briefing is None else briefing.listed and record.of(briefing.slug))


@functools.lru_cache(maxsize=2)
def _items(record: Record) -> tuple[Item, ...]:
    """Every change with its commit and its id, the oldest first. Equal ones of a commit are counted."""
    found = []
    for entry in record.entries:
        seen: Counter[str] = Counter()
        for change in entry.changes:
            fields = (change.kind, change.briefing, change.id, change.claim, change.source, change.speaker)
            key = json.dumps([entry.commit, *fields, change.before, change.after, change.values])
            found.append((entry, change, f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{key} {seen[key]}')}"))
            seen[key] += 1
    return tuple(found)


def _feed(site: Site, record: Record, path: str, title: str, items: Sequence[Item]) -> str:
    """One feed, the newest change first; the empty string where nothing changed, since it would have no day."""
    if not items:
        return ""
    home = site.publication.site_url.rstrip("/") + "/"
    page = urljoin(home, path)
    from feedgenerator import Atom1Feed  # slow to load, and not asked for where nothing is published

    made = Atom1Feed(
        title=_clean(title), link=page, description="Every change of meaning, from the history of the briefings.",
        feed_url=page + FILE, feed_guid=page + FILE, author_name=_clean(site.publication.name), language="en",
    )  # fmt: skip
    for entry, change, name in items[: -_MOST - 1 : -1]:
        log = f"briefings/{change.briefing}/{INDEX}" if change.briefing in site.summaries else INDEX
        number = record.home[change.briefing if log != INDEX else "", entry.commit]
        made.add_item(
            title=_clean(f"{_sort(change)}: {change.sentence}"),
            link=f"{home}{log}{number}/#{entry.anchor}",
            description=_clean("".join(_summary(site, record, change, home))),
            unique_id=name,
            pubdate=entry.time,
            updateddate=entry.time,
            categories=[change.level, change.kind, *(["correction"] * change.correction)],
        )
    out = io.StringIO()
    made.write(out, "utf-8")
    return out.getvalue() + "\n"


def _sort(change: Change) -> str:
    return "Correction" if change.correction else change.level.capitalize()


def _summary(site: Site, record: Record, change: Change, home: str) -> Iterable[str]:
    """The change as HTML: its sentence, the words before and after, the claim as it stands today."""
    yield f"<p>{text(change.sentence)}</p>"
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    pieces = "".join(
        " " * p.text.startswith(" ") + tags[p.kind].format(text(p.text.lstrip(" ")))
        for p in words(change.before, change.after)
    )
    if pieces:
        yield f"<blockquote><p>{pieces.strip()}</p></blockquote>"
    if link := claim_link(site, record, change):
        yield f'<p><a href="{text(home + placed(link.href, ""))}">{text(link.text)}</a></p>'


def _clean(value: str) -> str:
    """A text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", value)
