"""A claim as pages show it: who holds it, who is silent, what is related to it, when it changed. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from markupsafe import Markup

from build_tools.compare.quotations import find_check_day
from build_tools.compare.statements import Silence, count_origins, list_silences
from build_tools.compare.verdicts import decide_verdict
from build_tools.data import citations
from build_tools.model.records import Claim, Event, Figure
from build_tools.model.site import Term
from build_tools.model.values import UNKNOWN
from build_tools.pages.context import Context, once
from build_tools.pages.links import elsewhere_link
from build_tools.pages.statement import format_figure, format_published, known_statements, quote_words, statement_view
from build_tools.pages.views import (
    ClaimDates,
    ClaimView,
    DetailView,
    Link,
    Mark,
    RelationView,
    ReplyView,
    SilenceGroup,
    StanceGroup,
    StatementView,
)
from build_tools.text.encode import address, slug
from build_tools.text.english import format_date, join_words, plural

#: English names of languages; others are shown by their tag.
LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip
MANY_TEXTS = 5  # from so many on, the lengths of searched texts are given as a range


@once
def claim_view(context: Context, claim: Claim) -> ClaimView:
    """A claim with its statements by stance, and the sources that are silent."""
    briefing, vocabulary = context.briefing, context.vocabulary
    verdict = vocabulary.get("verdicts", decide_verdict(briefing, claim, vocabulary))
    sources = list(dict.fromkeys(statement.source for statement in known_statements(context, claim)))
    permanent = context.permanent_path(claim)
    return ClaimView(
        id=claim.id,
        text=claim.claim,
        kind_id=claim.kind,
        kind=vocabulary.get("kinds", claim.kind).label,
        verdict=verdict,
        css=slug(verdict.id),
        counts=_count_sources(context, sources),
        href=context.claim_address(claim),
        groups=_group_by_stance(context, claim),
        silences=_group_silences(context, claim),
        relations=_relations(context, claim),
        details=tuple(_details(context, claim)),
        replies=tuple(ReplyView(r.by, format_date(r.on), r.text, r.url or "") for r in claim.replies),
        note=claim.note or "",
        names=", ".join(briefing.source[source].name for source in sources),
        citation=citations.cite_claim(context.site, briefing, claim),
        permanent=address(permanent),
        address=context.public_url(permanent),
        report=_report_url(context, claim),
        was=claim.was,
        dates=_dates(context, claim),
    )


def _group_by_stance(context: Context, claim: Claim) -> tuple[StanceGroup, ...]:
    """The statements by stance, in the vocabulary's order; stances it lacks (a draft may have some) come last."""
    by_stance: dict[str, list[StatementView]] = {term.id: [] for term in context.vocabulary.stances}
    for statement in known_statements(context, claim):
        by_stance.setdefault(statement.stance, []).append(statement_view(context, claim, statement))
    return tuple(
        StanceGroup(views[0].stance, slug(stance), tuple(views)) for stance, views in by_stance.items() if views
    )


def _count_sources(context: Context, sources: Sequence[str]) -> str:
    """``3 articles of 2 origins``; the origins only if there are fewer."""
    if not sources:
        return ""
    origins = count_origins(context.briefing, sources)
    return plural(len(sources), "article") + (f" of {plural(origins, 'origin')}" if origins != len(sources) else "")


def _dates(context: Context, claim: Claim) -> ClaimDates:
    """The dates of a claim, from the history and from the locks of the articles that it rests on."""
    history, briefing = context.site.history, context.briefing
    verified = find_check_day(briefing, claim)
    checked = format_date(verified) if verified else ""
    if not history or not context.changes:
        return ClaimDates("", "", None, checked, "")
    dates, since = history.claim_dates(briefing.slug, claim.id), history.claim_changed_on(briefing.slug, claim.id)
    before = f"before {format_date(history.since.day)}" if history.since else ""
    first = format_date(dates.first.day) if dates.first else before
    last = format_date(dates.last.day) if dates.last else ""
    entry = dates.last or dates.first
    page = f"changes/{history.page_numbers[briefing.slug, entry.commit]}/" if entry else ""
    return ClaimDates(first, last, context.address(page, entry.anchor) if entry else None, checked, since)


def _report_url(context: Context, claim: Claim) -> str:
    """Where readers report a problem with a claim, the form filled in; empty if mkdocs.yml names no place."""
    publication = context.site.publication
    base = publication.report_url
    if not base and re.match(r"https://github\.com/[^/]+/[^/]+", publication.repo_url):
        base = f"{publication.repo_url.rstrip('/')}/issues/new?template=problem.yml"
    sources = join_words(list(dict.fromkeys(statement.source for statement in known_statements(context, claim))))
    fields = {"claim": f"{context.briefing.slug}/{claim.id}", "source": sources}
    if commit := context.site.commits.get(context.briefing.slug):
        fields["commit"] = commit
    if base.startswith("mailto:"):
        fields = {"subject": f"{publication.name}: {fields['claim']} ({sources})"}
    return base and f"{base}{'&' if '?' in base else '?'}{urlencode(fields, quote_via=quote)}"


# -- silences ------------------------------------------------------------------------------------------------------


@once
def find_silences(context: Context, claim: Claim) -> list[Silence]:
    """Every source without a statement on a claim, with the reason."""
    return list_silences(context.briefing, claim)


def silence_mark(context: Context, state: str) -> Mark:
    """The symbol for a kind of silence."""
    term = context.vocabulary.get("silences", state)
    return Mark(term.symbol, silence_class(term), term.label)


def silence_class(term: Term) -> Markup:
    """The CSS class of a kind of silence."""
    return slug(term.css or term.id)


def _group_silences(context: Context, claim: Claim) -> tuple[SilenceGroup, ...]:
    groups = []
    for term in context.vocabulary.silences:
        silences = [silence for silence in find_silences(context, claim) if silence.state == term.id]
        if silences and term.id == "searched, not found":
            lines: list[tuple[tuple[Link, ...], str]] = [_search_line(context, claim, silences)]
        else:
            lines = [((context.source_link(silence.source),), silence.reason) for silence in silences]
        if silences:
            groups.append(SilenceGroup(term, silence_class(term), tuple(lines)))
    return tuple(groups)


def _search_line(context: Context, claim: Claim, silences: Sequence[Silence]) -> tuple[tuple[Link, ...], str]:
    """One line for all sources in which none of a claim's search terms occurs."""
    locks = [context.briefing.locks[silence.source.id] for silence in silences]
    terms = quote_words(claim.terms)
    days = join_words(list(dict.fromkeys(format_date(lock.checked_on) for lock in locks if lock.checked_on)))
    lengths = sorted(lock.words for lock in locks)
    if len(lengths) < MANY_TEXTS:
        texts = f"{'this text' if len(lengths) == 1 else 'these texts'} ({join_words(list(map(str, lengths)))} words)"
    else:
        texts = f"{len(lengths)} texts of {lengths[0]} to {lengths[-1]} words"
    note = f"searched for {terms}{f' on {days}' if days else ''}: not found in {texts}"
    by_language = Counter(silence.source.lang.partition("-")[0] for silence in silences)
    if len({source.lang.partition("-")[0] for source in context.briefing.sources}) > 1 and terms:
        where = join_words(
            [f"{n} in {LANGUAGES.get(language, language)}" for language, n in sorted(by_language.items())]
        )
        note += f" ({where}; a search term cannot match another language)"
    return tuple(context.source_link(silence.source) for silence in silences), note


# -- what is related -----------------------------------------------------------------------------------------------


def _relations(context: Context, claim: Claim) -> tuple[RelationView, ...]:
    """The claims that a claim names as related, then those that name it, here and in other briefings."""
    site, briefing = context.site, context.briefing
    relations = []
    for relation in claim.relations:
        label = context.vocabulary.get("relations", relation.how).label
        if other := briefing.claim.get(relation.to):
            relations.append(RelationView(label, context.claim_link(other), relation.why, relation.real))
        elif far := site.claim_of(relation.to):
            relations.append(RelationView(label, elsewhere_link(site, *far), relation.why, relation.real))
    incoming = [(relation, context.claim_link(other)) for other, relation in context.incoming.get(claim.id, ())]
    incoming += [
        (relation, elsewhere_link(site, home, other))
        for home, other, relation in context.from_elsewhere.get(claim.id, ())
        if home.listed
    ]
    for relation, link in incoming:
        term = context.vocabulary.get("relations", relation.how)
        relations.append(RelationView(term.back or term.label, link, relation.why, relation.real))
    return tuple(relations)


def _details(context: Context, claim: Claim) -> Iterator[DetailView]:
    """The figures and events that belong to a claim's statements."""
    briefing = context.briefing
    own_statements = {statement.id: statement for statement in known_statements(context, claim)}
    for item in (*briefing.figures, *briefing.events):
        statements = [own_statements[name] for name in item.statements if name in own_statements]
        if not statements:
            continue
        links = tuple(Link(briefing.source[s.source].name, context.statement_address(claim, s.id)) for s in statements)
        words = item.words or ""
        if isinstance(item, Figure):
            as_of = f"as of {format_date(item.as_of)}" if item.as_of else ""
            yield DetailView("Figure", f"{format_figure(item)}: {item.measures}", as_of, words, None, links)
        elif isinstance(item, Event):
            when = format_date(item.when) if item.when != UNKNOWN else "" if words else "no date stated"
            yield DetailView("Event", item.what.rstrip("."), when, words, _anchor_link(context, item.anchor), links)


def _anchor_link(context: Context, anchor: str | None) -> Link | None:
    """The event or publication by which an event is dated; the event leads to the claim that shows it."""
    event = next((event for event in context.briefing.events if event.id == anchor), None)
    if event and event.id in (claims := _claims_of_events(context)):
        return Link(f"the event “{event.what.rstrip('.')}”", context.claim_address(claims[event.id]))
    return publication_link(context, anchor)


@once
def _claims_of_events(context: Context) -> dict[str, Claim]:
    """Event id to the claim that shows it."""
    statements = context.briefing.statements
    return {e.id: claim for e in context.briefing.events for claim, s in statements if s.id in e.statements}


def publication_link(context: Context, source: str | None) -> Link | None:
    """The publication of a source, by which an event may be dated."""
    article = context.briefing.source.get(source or "")
    if article is None:
        return None
    return Link(f"{article.name}, {format_published(article)}", context.address(f"sources/{article.id}/"))
