"""A claim as pages show it: its statements by stance, silences, relations, dates. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from synoptic.compare.hits import find_language
from synoptic.compare.holders import describe_holders
from synoptic.compare.statements import Silence, count_origins, list_all_silences
from synoptic.compare.summary import find_incoming_relations, find_relations_from_elsewhere
from synoptic.compare.verdicts import DRAMATISED, describe_facts, judge
from synoptic.data import citations
from synoptic.model.records import Claim, Event, Figure, Relation
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Term
from synoptic.pages.claim_dates import ClaimDates, find_dates, report_url
from synoptic.pages.context import Context, Link, elsewhere_link, once
from synoptic.pages.statement import (
    StatementView,
    format_figure,
    format_published,
    name_holder,
    quote_words,
    statement_views,
)
from synoptic.text.encode import address, slug
from synoptic.text.language import (
    format_date,
    format_number,
    gettext,
    join_list,
    join_remarks,
    join_words,
    name_language,
    name_value,
    ngettext,
)
from synoptic.text.spoken import like

MANY_TEXTS = 5  # from so many on, the lengths of searched texts are given as a range
#: Kinds of silence of which no search term occurs in the text.
SEARCHED = ("searched, not found", "not found in part", "searched in another language")

#: Sources that are silent for one reason, and a note.
Line = tuple[tuple[Link, ...], str]
#: A figure or an event beside a claim: whether it is a figure, what it is, its date and words, what dates it, its
#: statements.
Detail = tuple[bool, str, str, str, Link | None, tuple[Link, ...]]


@dataclass(frozen=True)
class Mark:
    """The symbol of a stance or a silence, its word, and how many statements it counts."""

    symbol: str
    css: Markup
    word: str
    count: int = 1


# -- claims --------------------------------------------------------------------------------------------------------


class ClaimView(NamedTuple):
    """A claim with everyone who holds it, by stance, and the sources that are silent, by how they are.

    ``facts`` says how many voices stand behind the verdict, ``held`` who holds it with which stance; ``opinion`` is its
    kind if that is a forecast, judgement or advice. A line of silences has sources and a note; a relation has its
    label, the other claim, and what an editor typed.
    """

    record: Claim
    text: str
    kind: str
    opinion: str
    verdict: Term
    facts: str
    held: str
    href: Markup
    groups: tuple[tuple[Term, tuple[StatementView, ...]], ...]
    silences: tuple[tuple[Term, tuple[tuple[tuple[Link, ...], str], ...]], ...]
    relations: tuple[tuple[str, Link, Relation], ...]
    details: tuple[Detail, ...]
    citation: str
    permanent: Markup
    embed: Markup | None
    address: str
    report: str
    dates: ClaimDates


@once
def claim_view(context: Context, claim: Claim) -> ClaimView:
    """A claim with its statements by stance, and the sources that are silent."""
    briefing, vocabulary = context.briefing, context.vocabulary
    sources = list(dict.fromkeys(view.article.id for view in statement_views(context, claim)))
    judgement, kind = judge(briefing, claim, vocabulary), vocabulary.get("kinds", claim.kind)
    permanent = f"c/{briefing.slug}/{claim.id}/"  # stays the same even if the claim moves to another topic
    return ClaimView(
        record=claim,
        text=claim.claim,
        kind=kind.label,
        opinion=kind.label if kind.opinion else "",
        verdict=vocabulary.get("verdicts", judgement.verdict),
        facts=describe_facts(judgement.facts),
        held=describe_holders(briefing, context.speakers, claim, vocabulary),
        href=context.claim_address(claim),
        groups=group_by_stance(context, claim),
        silences=tuple(_group_silences(context, claim)),
        relations=tuple(_relations(context, claim)),
        details=tuple(_details(context, claim)),
        citation=citations.cite_claim(briefing, claim, _version(context)),
        permanent=address(permanent),
        embed=context.embed_address("claims", claim.id),
        address=context.public_url(permanent),
        report=report_url(context, claim, join_words(sources)),
        dates=find_dates(context, claim),
    )


@once
def _version(context: Context) -> str:
    return citations.describe_version(context.site, context.briefing)


def group_by_stance(context: Context, claim: Claim) -> tuple[tuple[Term, tuple[StatementView, ...]], ...]:
    """The statements by stance, in the vocabulary's order; stances it lacks (a draft may have some) and speech that an
    article imagines come last."""
    by_sign: dict[str, list[StatementView]] = {term.id: [] for term in context.vocabulary.stances}
    for view in statement_views(context, claim):
        by_sign.setdefault(view.sign.id, []).append(view)
    return tuple((views[0].sign, tuple(views)) for views in by_sign.values() if views)


def count_sources(context: Context, sources: Collection[str]) -> str:
    """``3 articles of 2 origins``; the origins only if there are fewer."""
    origins = count_origins(context.briefing, sources)
    articles = ngettext("%(num)s article", "%(num)s articles", len(sources))
    if origins == len(sources):
        return articles
    of_origins = ngettext("of %(num)s origin", "of %(num)s origins", origins)
    return gettext("%(articles)s %(of_origins)s", articles=articles, of_origins=of_origins)


# -- silences ------------------------------------------------------------------------------------------------------


@once
def find_silences(context: Context) -> dict[str, list[Silence]]:
    """Claim id to every source without a statement on that claim, with the reason."""
    return list_all_silences(context.briefing)


def silence_mark(term: Term) -> Mark:
    """The symbol for a kind of silence."""
    return Mark(term.symbol, slug(term.css or term.id), term.label)


def legend(context: Context, *, silences: bool = True) -> tuple[Mark, ...]:
    """Every symbol that the matrix and the comparison at a glance may show, with or without those of silences."""
    terms = [*context.vocabulary.stances]
    if any(statement.mode == DRAMATISED for _, statement in context.briefing.statements):
        terms.append(context.vocabulary.get("modes", DRAMATISED))
    stances = (Mark(term.symbol, slug(term.id), term.label) for term in terms)
    rare = {
        "not found in part": any(source.text == "partial" for source in context.briefing.sources),
        "not examined": any(lock.unlikely for lock in context.briefing.locks.values()),
    }
    shown = (term for term in context.vocabulary.silences if silences and rare.get(term.id, True))
    return (*stances, *map(silence_mark, shown))


def _group_silences(context: Context, claim: Claim) -> Iterator[tuple[Term, tuple[Line, ...]]]:
    by_state: dict[str, list[Silence]] = {}
    for silence in find_silences(context)[claim.id]:
        by_state.setdefault(silence.state, []).append(silence)
    for term in context.vocabulary.silences:
        silences = by_state.get(term.id, [])
        if silences and term.id in SEARCHED:
            yield term, (_search_line(context, claim, silences),)
        elif silences and term.id == "not examined":
            places = sum(len(silence.hits) for silence in silences)
            sources = tuple(context.source_link(silence.source) for silence in silences)
            note = ngettext(
                "%(num)s further place with %(terms)s, not examined",
                "%(num)s further places with %(terms)s, not examined",
                places,
                terms=_show_terms(context, claim),
            )
            yield term, ((sources, note),)
        elif silences:
            yield term, tuple(((context.source_link(silence.source),), silence.reason) for silence in silences)


def _search_line(context: Context, claim: Claim, silences: Sequence[Silence]) -> Line:
    """One line for all sources in which none of a claim's search terms occurs."""
    locks = [context.briefing.locks[silence.source.id] for silence in silences]
    terms = _show_terms(context, claim)
    days = join_words(list(dict.fromkeys(format_date(day) for lock in locks if (day := lock.last_checked_on))))
    texts = _describe_texts(sorted(lock.words for lock in locks))
    if silences[0].source.text != "whole":
        texts = gettext("the part we have of %(texts)s", texts=texts)
    if days:
        note = gettext(
            "searched for %(terms)s on %(days)s: not found in %(texts)s", terms=terms, days=days, texts=texts
        )
    else:
        note = gettext("searched for %(terms)s: not found in %(texts)s", terms=terms, texts=texts)
    if silences[0].state == "searched in another language":
        languages = dict.fromkeys(find_language(silence.source) for silence in silences)
        where = join_words(list(map(name_language, languages)), style="or")
        also = gettext(
            "No term occurs in any %(languages)s article, so perhaps none is in that language.", languages=where
        )
        note = gettext("%(note)s. %(also)s", note=note, also=also)
    return tuple(context.source_link(silence.source) for silence in silences), note


def _describe_texts(lengths: Sequence[int]) -> str:
    """``these texts (300 and 420 words)``: searched texts by their lengths, the shortest first."""
    if len(lengths) < MANY_TEXTS:
        words = join_words(list(map(format_number, lengths)))
        return ngettext("this text (%(words)s words)", "these texts (%(words)s words)", len(lengths), words=words)
    shortest, longest = format_number(lengths[0]), format_number(lengths[-1])
    # For translators: always five or more texts
    return ngettext(
        "%(num)s text of %(shortest)s to %(longest)s words",
        "%(num)s texts of %(shortest)s to %(longest)s words",
        len(lengths),
        shortest=shortest,
        longest=longest,
    )


# -- what is related -----------------------------------------------------------------------------------------------


def _show_terms(context: Context, claim: Claim) -> str:
    """A claim's search terms, with the meaning of those whose meaning somebody typed."""
    plain = quote_words(term.term for term in claim.terms if not term.is_name)
    names = quote_words(term.term for term in claim.terms if term.is_name)
    label = context.vocabulary.get("term_modes", "name").label
    return join_remarks(filter(None, [plain, name_value(label, names) if names else ""]))


@once
def _incoming(context: Context) -> dict[str, list[tuple[Relation, Link]]]:
    """Claim id to the relations that other claims have to it, here and then in other briefings."""
    site, briefing = context.site, context.briefing
    relations = {
        name: [(relation, context.claim_link(claim)) for claim, relation in pairs]
        for name, pairs in find_incoming_relations(briefing).items()
    }
    for name, triples in find_relations_from_elsewhere(site, briefing.slug).items():
        far = [(relation, elsewhere_link(site, home, claim)) for home, claim, relation in triples if home.listed]
        relations.setdefault(name, []).extend(far)
    return relations


def _relations(context: Context, claim: Claim) -> Iterator[tuple[str, Link, Relation]]:
    """The claims that a claim names as related, then those that name it, here and in other briefings."""
    site, briefing = context.site, context.briefing
    for relation in claim.relations:
        label = context.vocabulary.get("relations", relation.how).label
        if other := briefing.claim.get(relation.to):
            yield label, context.claim_link(other), relation
        elif far := site.claim_of(relation.to):
            yield label, elsewhere_link(site, *far), relation
    for relation, link in _incoming(context).get(claim.id, ()):
        term = context.vocabulary.get("relations", relation.how)
        yield term.back or term.label, link, relation


def _details(context: Context, claim: Claim) -> Iterator[Detail]:
    """The figures and events that belong to a claim's statements."""
    own_statements = {view.record.id: view for view in statement_views(context, claim)}
    for item in (*context.briefing.figures, *context.briefing.events):
        statements = [own_statements[name] for name in item.statements if name in own_statements]
        if not statements:
            continue
        links = tuple(Link(name_holder(view), view.href) for view in statements)
        words = item.words or ""
        if isinstance(item, Figure):
            as_of = gettext("as of %(date)s", date=format_date(item.as_of)) if item.as_of else ""
            yield True, name_value(format_figure(item), item.measures), as_of, words, None, links
        elif isinstance(item, Event):
            when = format_date(item.when) if item.when != UNKNOWN else "" if words else gettext("no date stated")
            yield False, like(item.what, item.what.rstrip(".")), when, words, _anchor_link(context, item.anchor), links


def _anchor_link(context: Context, anchor: str | None) -> Link | None:
    """The event or publication by which an event is dated; the event leads to the claim that shows it."""
    event = next((event for event in context.briefing.events if event.id == anchor), None)
    if event and event.id in (claims := _claims_of_events(context)):
        text = gettext("the event “%(what)s”", what=like(event.what, event.what.rstrip(".")))
        return Link(text, context.claim_address(claims[event.id]))
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
    return Link(join_list((article.name, format_published(article))), context.address(f"sources/{article.id}/"))
