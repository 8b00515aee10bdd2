"""What became of an article since it was quoted, for its page: what its address gave, and its later versions. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from synoptic.compare.watched import describe_look
from synoptic.model.records import Source
from synoptic.model.watch import Look, Version
from synoptic.pages.context import Context, Link
from synoptic.pages.statement import StatementView, source_statements
from synoptic.text.language import format_date, gettext


class LookView(NamedTuple):
    """A look in one sentence, and the statements whose quotations had ``changed`` or were ``gone``."""

    record: Look
    sentence: str
    changed: list[StatementView]
    gone: list[StatementView]


class VersionView(NamedTuple):
    """A later version, its day in words, and the source that has its text."""

    record: Version
    day: str
    source: Link | None


class Since(NamedTuple):
    """The looks, newest first, and the later versions of an article."""

    looks: list[LookView]
    versions: list[VersionView]


def since(context: Context, source: Source) -> Since | None:
    """What became of an article; None if there is no more to tell than ``latest`` does."""
    watch, known = context.briefing.watches.get(source.id), context.briefing.source
    views = {view.record.id: view for view in source_statements(context, source)}
    looks = [
        LookView(
            look,
            _tell(look),
            *([views[name] for name in names if name in views] for names in (look.changed, look.gone)),
        )
        for look in reversed(watch.looks if watch else ())
    ]
    versions = [
        VersionView(
            version,
            format_date(version.day),
            context.source_link(known[version.lock]) if version.lock and version.lock in known else None,
        )
        for version in source.versions
    ]
    plain = len({look.record.at for look in looks}) == len(looks)  # once each, and nothing was missed
    plain = plain and all(look.record.there == look.record.quotations for look in looks)
    return None if plain and not versions else Since(looks, versions)


def latest(context: Context, source: Source) -> Iterator[tuple[str, str]]:
    """The last look at the page, with its label; nothing if nobody looked."""
    watch = context.briefing.watches.get(source.id)
    if watch and (look := watch.last("page")):
        # For translators: %(what)s is a clause, "the page was gone".
        told = gettext("On %(date)s %(what)s", date=format_date(look.day), what=describe_look(look))
        yield gettext("Since then"), told


def _tell(look: Look) -> str:
    """``On 3 June 2031 the page was gone (404).``"""
    first, last = format_date(look.first), format_date(look.day)
    if first == last:
        return gettext("On %(date)s %(what)s.", date=first, what=describe_look(look))
    return gettext("From %(first)s to %(last)s %(what)s.", first=first, last=last, what=describe_look(look))
