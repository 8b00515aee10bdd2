"""The page of a speaker in one briefing: everything credited to them there, and what others say about them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.compare.holders import describe_holders
from synoptic.compare.told_about import ToldAbout, find_told_about, list_names
from synoptic.model import paging
from synoptic.model.records import Speaker
from synoptic.model.vocabulary import Vocabulary
from synoptic.pages.claim import ClaimView, claim_view
from synoptic.pages.context import Context, once, speaker_path
from synoptic.pages.page import Contents, Page, split_pages
from synoptic.pages.statement import StatementView, describe_checks, quote_words, statement_view, statement_views
from synoptic.text.encode import address
from synoptic.text.language import gettext, gettext_noop, join_list, join_remarks, ngettext

#: How articles carry somebody's words, in the order of their page: by mode, its title.
WAYS = {
    "direct": gettext_noop("In their own words"),
    "indirect": gettext_noop("Reported"),
    "inferred": gettext_noop("Read into them"),
    "dramatised": gettext_noop("Imagined by an article"),
}


class Way(NamedTuple):
    """The statements of a speaker that articles carry in one way: its mode, a title, and what it means if not plain."""

    mode: str
    title: str
    note: str
    statements: Sequence[StatementView]


class SpeakerView(NamedTuple):
    """A speaker of a briefing; ``statements``, ``sources`` and ``counts`` are filled only where a page lists them."""

    record: Speaker
    kind: str
    unnamed: bool
    href: Markup
    everywhere: Markup | None
    statements: tuple[StatementView, ...] = ()
    sources: str = ""
    counts: str = ""

    @property
    def lead(self) -> StatementView | None:
        """The first quotation in their own words."""
        return next((view for view in self.statements if find_way(view) == "direct"), None)


class AboutView(NamedTuple):
    """A claim on which others say something about a speaker: who holds it, where the name stands (``claim``,
    ``quotation`` or ``both``), and the quotations that have it where the claim has not."""

    claim: ClaimView
    held: str
    where: str
    quoted: Sequence[StatementView]


#: The parts of the page: title and anchor.
SECTIONS = ((gettext_noop("statements"), ""), (gettext_noop("claims about them"), "about"))


def pages(context: Context) -> Iterator[Page]:
    """The pages of all speakers of a briefing."""
    for speaker in speaker_views(context):
        parts = (sort_by_way(speaker.statements), about_views(context, speaker.record.id))
        sizes = len(parts[0]), len(parts[1])
        layout = paging.distribute_speaker(*sizes)
        contents = [_list_contents(runs, sizes) for runs in layout]
        sheets = (_sheet(context, speaker, parts, runs) for runs in layout)
        name, base = speaker.record.name, f"speakers/{speaker.record.id}/"
        if speaker.unnamed:  # several articles may have "officials"
            name = gettext("%(name)s in %(sources)s", name=name, sources=speaker.sources)
        yield from split_pages(context, base, "speaker", "speakers", name, contents, sheets)


def _list_contents(runs: Sequence[paging.Run], sizes: Sequence[int]) -> Contents:
    """What is on a page: statements, claims about the speaker, or both."""
    entries = [(paging.run_title(gettext(SECTIONS[r.group][0]), r, sizes[r.group]), SECTIONS[r.group][1]) for r in runs]
    return join_remarks(title for title, _ in entries), entries


def _sheet(
    context: Context,
    speaker: SpeakerView,
    parts: tuple[Sequence[StatementView], Sequence[AboutView]],
    runs: Sequence[paging.Run],
) -> dict[str, Any]:
    """The views of a page. ``about`` is empty if nothing of the second part is on it."""
    shown = {run.group: slice(run.first, run.end) for run in runs}
    nothing = slice(0)
    names = quote_words(_names(context).get(speaker.record.id, ()))
    return {
        "speaker": speaker,
        "ways": group_by_way(context.vocabulary, parts[0][shown.get(0, nothing)]),
        "about": parts[1][shown.get(1, nothing)],
        "names": names,
        "checked": describe_checks(context),
    }


def find_way(view: StatementView) -> str:
    """How an article carries the words of a statement's holder: a mode; a text of their own is their own words."""
    return view.mode if view.mode in WAYS else "direct" if view.own_voice else "indirect"


def sort_by_way(views: Iterable[StatementView]) -> list[StatementView]:
    """Own words first, imagined ones last."""
    return sorted(views, key=lambda view: list(WAYS).index(find_way(view)))


def group_by_way(vocabulary: Vocabulary, views: Iterable[StatementView]) -> list[Way]:
    """Sorted statements by how articles carry them."""
    groups = [(mode, list(group)) for mode, group in groupby(views, find_way)]
    notes = {mode: vocabulary.get("modes", mode).description for mode in WAYS if mode != "direct"}
    return [Way(mode, gettext(WAYS[mode]), notes.get(mode, ""), group) for mode, group in groups]


def count_ways(views: Iterable[StatementView]) -> str:
    """``3 in their own words, 1 reported``."""
    counts = Counter(map(find_way, views))
    return join_list(_count_way(mode, counts[mode]) for mode in WAYS if counts[mode])


def _count_way(mode: str, number: int) -> str:
    if mode == "direct":
        return ngettext("%(num)s in their own words", "%(num)s in their own words", number)
    if mode == "indirect":
        return ngettext("%(num)s reported", "%(num)s reported", number)
    if mode == "inferred":
        return ngettext("%(num)s read into them", "%(num)s read into them", number)
    return ngettext("%(num)s imagined", "%(num)s imagined", number)


@once
def _names(context: Context) -> Mapping[str, Sequence[str]]:
    """The names by which each speaker of the briefing is sought."""
    return list_names(view.record for view in speaker_views(context))


@once
def _told_about(context: Context) -> Mapping[str, list[ToldAbout]]:
    """Speaker's id to the claims on which others say something about them."""
    return find_told_about(context.briefing, _names(context))


def about_views(context: Context, speaker: str) -> list[AboutView]:
    """The claims on which others say something about a speaker."""
    return [
        AboutView(
            claim=claim_view(context, told.claim),
            held=describe_holders(
                context.briefing, context.speakers, told.claim, context.vocabulary, told.statements
            ),
            where="both" if told.in_claim and told.quoting else "claim" if told.in_claim else "quotation",
            quoted=()
            if told.in_claim
            else [statement_view(context, told.claim, s) for s in told.quoting if s.source in context.briefing.source],
        )
        for told in _told_about(context).get(speaker, ())
    ]  # fmt: skip


@once
def speaker_views(context: Context) -> tuple[SpeakerView, ...]:
    """Every speaker with the statements credited to them or made in their own texts.

    Named speakers come first, those with most statements before others.
    """
    by_speaker: dict[str, list[StatementView]] = {}
    for claim in context.briefing.claims:
        for view in statement_views(context, claim):
            if view.holder_id in context.speakers:
                by_speaker.setdefault(view.holder_id, []).append(view)
    views = []
    for speaker, statements in by_speaker.items():
        sources = join_list(dict.fromkeys(statement.source.text for statement in statements))
        counts = count_ways(statements)
        head = speaker_head(context, speaker)
        views.append(head._replace(statements=tuple(statements), sources=sources, counts=counts))
    return tuple(sorted(views, key=lambda view: (view.unnamed, -len(view.statements), view.record.name)))


def speaker_head(context: Context, name: str) -> SpeakerView:
    """A speaker without statements; one whom nothing describes (a draft may have some) is shown by the id."""
    speaker = context.speakers.get(name) or Speaker.model_construct(id=name, name=name, kind="person")
    shared = context.briefing.listed and speaker.id in context.site.speaker
    return SpeakerView(
        record=speaker,
        kind=context.vocabulary.get("speaker_kinds", speaker.kind).label,
        unnamed=speaker.id in context.briefing.unnamed,
        href=context.speaker_address(speaker.id),
        everywhere=address(speaker_path(speaker.id)) if shared else None,
    )
