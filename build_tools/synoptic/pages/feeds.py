"""Atom feeds of what changed: of the site, of each briefing, of each named speaker. Pure.

Feeds are made of commits only. An entry's id comes from its commit and from what changed, so it is the same in every
build; its day is the commit's. A feed needs full URLs: without ``site_url`` there is none.
"""

import functools
import io
import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin

from synoptic.model.change import Change
from synoptic.model.history import Entry, History
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import CHANGES, speaker_path
from synoptic.pages.editions import Item, Reader, name_kind
from synoptic.text.encode import finalize, resolve_addresses, text
from synoptic.text.language import add_remark, current, gettext

FILE = "feed.xml"
_MOST = 100  # the newest changes; the change log has all
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Listed = tuple[Entry, Change, str]


def change_feed(site: Site, briefing: Briefing | None = None) -> dict[str, str]:
    """The feed of the whole site or of a briefing by its path under docs/, if it has one."""
    name, slug = (briefing.file.title, briefing.slug) if briefing else (site.publication.name, "")
    path = feed_path(site, briefing)
    return _make_files(site, path, name, lambda change: slug in ("", change.briefing)) if path else {}


def speaker_feed(site: Site, speaker: str) -> dict[str, str]:
    """The feed of a named speaker, by their id: what changed in what is credited to them, and new briefings."""
    history, slugs = site.history, site.crediting.get(speaker, [])
    if history is None:
        return {}

    def concerns(change: Change) -> bool:
        if change.kind == "briefing-added" and change.briefing in slugs:
            return True
        return bool(change.speaker) and history.current_speaker(change) == speaker

    return _make_files(site, f"{speaker_path(speaker)}{FILE}", site.speaker[speaker].name, concerns)


def feed_path(site: Site, briefing: Briefing | None = None) -> str:
    """The path of the feed of the whole site or of a briefing.

    Empty if it has none: without a history or the site's URL, or if the briefing is not listed.
    """
    history = site.history
    if history is None or not site.publication.site_url:
        return ""
    if briefing:
        return f"briefings/{briefing.slug}/{FILE}" if briefing.listed and history.entries_of(briefing.slug) else ""
    return f"{CHANGES}{FILE}" if history.entries else ""


def _make_files(site: Site, path: str, name: str, concerns: Callable[[Change], bool]) -> dict[str, str]:
    """The feed of the changes that ``concerns`` picks, by its path; none if there are none, since it needs a day."""
    if site.history is None or not site.publication.site_url:
        return {}
    items = [item for item in _list_items(site.history) if concerns(item[1])]
    return (
        {path: _write(site, site.history, path, gettext("%(name)s: what changed", name=name), items)} if items else {}
    )


@functools.lru_cache(maxsize=2)
def _list_items(history: History) -> tuple[Listed, ...]:
    """Every change with its commit and its id, oldest first. Equal changes of a commit are numbered."""
    items = []
    for entry in history.entries:
        seen: Counter[str] = Counter()
        for change in entry.changes:
            fields = (change.kind, change.briefing, change.id, change.claim, change.source, change.speaker)
            key = json.dumps([entry.commit, *fields, change.before, change.after, change.values])
            items.append((entry, change, f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{key} {seen[key]}')}"))
            seen[key] += 1
    return tuple(items)


def _write(site: Site, history: History, path: str, title: str, items: Sequence[Listed]) -> str:
    """One feed as XML, the newest change first."""
    from feedgenerator import Atom1Feed  # slow to import, and not needed unless something is published

    home = site.publication.site_url.rstrip("/") + "/"
    url = urljoin(home, path)
    page = url.removesuffix(FILE)
    feed = Atom1Feed(
        title=_clean(title), link=page, feed_url=url, feed_guid=url,
        description=gettext("Every change of meaning, from the history of the briefings."),
        author_name=_clean(site.publication.name), language=current().tag,
    )  # fmt: skip
    reader = Reader(site, history)
    for entry, change, uid in items[: -_MOST - 1 : -1]:
        log = f"briefings/{change.briefing}/{CHANGES}" if change.briefing in site.summaries else CHANGES
        number = history.page_numbers[change.briefing if log != CHANGES else "", entry.commit]
        corrects = history.is_correction(entry, change)
        told = name_kind(change)
        told = gettext("Correction: %(what)s", what=told) if corrects else told
        item = reader.describe(entry, change)
        about = item.link.text if item.link else item.about
        feed.add_item(
            title=_clean(gettext("%(what)s: %(about)s", what=told, about=about) if about else told),
            link=f"{home}{log}{number}/#{entry.anchor}",
            description=_clean("".join(_summarize(item, told, home))),
            unique_id=uid,
            pubdate=entry.time,
            updateddate=entry.time,
            categories=[change.level, change.kind, *(["correction"] * corrects)],
        )
    out = io.StringIO()
    feed.write(out, "utf-8")
    return out.getvalue() + "\n"


def _summarize(item: Item, told: str, home: str) -> Iterator[str]:
    """A change as HTML: what was done, the words before and after, the claim in its words of today."""
    yield f"<p>{text(add_remark(told, item.more) if item.more else told)}</p>"
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    pieces = "".join(space + tags[kind].format(text(words)) for kind, space, words in item.pieces)
    if pieces:
        lang = f' lang="{text(item.lang)}" dir="auto"' if item.lang else ""
        yield f"<blockquote><p{lang}>{pieces.strip()}</p></blockquote>"
    if link := item.link:
        yield f'<p><a href="{text(home + resolve_addresses(link.href, ""))}">{finalize(link.text)}</a></p>'


def _clean(value: str) -> str:
    """The text without characters that XML forbids."""
    return _FORBIDDEN.sub("", value)
