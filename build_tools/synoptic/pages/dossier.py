"""A briefing as one document to print or hand in: the HTML from which ``site/typeset.py`` makes a PDF. Pure.

Each quotation stands in it once, under a number; its tables name it by that number.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.data.citations import last_checked_on
from synoptic.model.records import Claim, Relation, Source, Topic
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Term
from synoptic.pages.answers import ReplyView, Tag, TopicView, source_tags, topic_views
from synoptic.pages.claim import ClaimView, claim_view
from synoptic.pages.context import Context, Link, once
from synoptic.pages.environment import environment
from synoptic.pages.overview import by_letter, describe_editor
from synoptic.pages.page import page_head
from synoptic.pages.readings import describe_readings
from synoptic.pages.receipts import Receipt, receipts
from synoptic.pages.since import latest
from synoptic.pages.source import SourceView, cite_article, list_facts, source_view
from synoptic.pages.sources import describe_gaps, describe_shared_runs
from synoptic.pages.statement import StatementView, describe_checks, describe_readers, source_statements
from synoptic.text.english import remove_brackets
from synoptic.text.language import (
    Language,
    add_remark,
    current,
    format_date,
    format_number,
    format_whole_percent,
    gettext,
    join_list,
    ngettext,
)

WIDE = 8  # with more articles, a question's table lists those that give an answer instead of a column for each
#: What the page Method explains of the vocabulary: the field, and whether an entry is explained by its rule.
EXPLAINED = (("stances", False), ("verdicts", True), ("topic_labels", True), ("silences", False))


class Said(NamedTuple):
    """A quotation under its number: ``who`` holds it, their ``role``, ``carried`` by which article in which way and
    where; ``direction`` is that of its letters."""

    number: int
    view: StatementView
    who: str
    role: str
    carried: str
    direction: str


class ClaimPart(NamedTuple):
    """A claim under its number, ``3.2`` in the third topic, with its quotations by stance. ``related`` are other
    claims: how this one relates to it, its number or else its text, its number for an anchor, and what an editor typed.
    """

    number: str
    anchor: str
    view: ClaimView
    said: tuple[Said, ...]
    related: tuple[tuple[str, str, str, Relation], ...]


class Given(NamedTuple):
    """An article's reply with an answer: its letter, the number of the quotation, who gives it, how it differs."""

    letter: str
    number: int
    who: str
    note: str


class TopicPart(NamedTuple):
    """A topic with its claims; if it asks a question, ``answers`` has each answer with the replies of each article."""

    number: int
    record: Topic
    asked: TopicView | None
    answers: tuple[tuple[str, tuple[tuple[Given, ...], ...]], ...]
    claims: tuple[ClaimPart, ...]


class Proof(NamedTuple):
    """The receipt of a quotation, by its number, the reasons of an editor in it, and the SHA-256 of its words."""

    number: int
    receipt: Receipt
    reasons: Sequence[str]
    sha256: str


class SourcePart(NamedTuple):
    """An article: its facts, how to cite it, where its quotations stand in it (x and width in thousandths of its words,
    and in words), what was checked and what its page showed later."""

    view: SourceView
    facts: Sequence[tuple[str, str]]
    cited: Sequence[tuple[str, str]]
    strip: Sequence[tuple[int, int]]
    spread: str
    quotations: int
    matching: int
    readers: str
    since: str
    sha256: str
    command: str
    proofs: Sequence[Proof]


def render_dossier(context: Context) -> str:
    """The HTML of a briefing's dossier, in the language that is spoken now."""
    return environment().get_template("dossier.html.j2").render(**_views(context))


def _views(context: Context) -> dict[str, Any]:
    briefing, publication = context.briefing, context.site.publication
    sources = [_make_source(context, source) for source in by_letter(context)]
    newest = max(filter(None, (last_checked_on(briefing), *(entry.day for entry in context.changes[-1:]))), default="")
    return {
        "language": current().tag,
        "direction": current().direction,
        "b": page_head(context, "overview"),
        "site": publication.name,
        "home": publication.home,
        "authors": publication.authors,
        "licence": publication.terms.name if publication.terms.url else "",  # else all rights are reserved
        "day": newest,
        "editors": [describe_editor(editor) for editor in briefing.file.editors],
        "counts": _count(context),
        "bottom_line": [remove_brackets(sentence.text) for sentence in briefing.file.bottom_line],
        "gaps": describe_gaps(context),
        "shared": list(describe_shared_runs(context)),
        "topics": list(topic_parts(context)),
        "columns": [one.view.tag for one in sources] if len(sources) <= WIDE else [],
        "sources": sources,
        "checked": describe_checks(context),
        "last_checked": format_date(checked) if (checked := last_checked_on(briefing)) else "",
        "changed": format_date(context.changes[-1].day) if context.changes else "",
        "reading": describe_readings(context),
        "asked": bool(topic_views(context)),
        "explained": {name: _explain(context, name, by_rule=by_rule) for name, by_rule in EXPLAINED},
    }


def _count(context: Context) -> str:
    """``5 articles, 24 claims, 46 quotations``."""
    briefing = context.briefing
    return join_list((
        ngettext("%(num)s article", "%(num)s articles", len(briefing.sources)),
        ngettext("%(num)s claim", "%(num)s claims", len(briefing.claims)),
        ngettext("%(num)s quotation", "%(num)s quotations", len(_numbers(context))),
    ))  # fmt: skip


def _explain(context: Context, name: str, *, by_rule: bool) -> list[tuple[str, str]]:
    """The entries of a list of the vocabulary, with what each means."""
    terms: Sequence[Term] = getattr(context.vocabulary, name)
    return [(term.label, term.rule if by_rule else term.description) for term in terms]


# -- topics, claims, quotations ------------------------------------------------------------------------------------


@once
def _grouped(context: Context) -> Mapping[str, list[Claim]]:
    """Topic's id to its claims, in page order."""
    groups: dict[str, list[Claim]] = {topic.id: [] for topic in context.briefing.file.topics}
    for claim in context.briefing.claims:
        groups.setdefault(claim.topic, []).append(claim)
    return groups


@once
def _numbers(context: Context) -> Mapping[str, int]:
    """Statement's id to the number of its quotation, counted in the order of the dossier."""
    claims = (claim for group in _grouped(context).values() for claim in group)
    found = (said.record.id for claim in claims for _, group in claim_view(context, claim).groups for said in group)
    return {name: number for number, name in enumerate(found, 1)}


@once
def _claim_numbers(context: Context) -> Mapping[Markup, tuple[int, int]]:
    """A claim's address on the site to the number of its topic and its own in that."""
    return {
        context.claim_address(claim): (number, place)
        for number, topic in enumerate(context.briefing.file.topics, 1)
        for place, claim in enumerate(_grouped(context)[topic.id], 1)
    }


def _make_claim(context: Context, claim: Claim) -> ClaimPart:
    view, numbers = claim_view(context, claim), _claim_numbers(context)

    def name(link: Link) -> tuple[str, str]:
        pair = numbers.get(link.href)
        return (".".join(map(format_number, pair)), "{}-{}".format(*pair)) if pair else (link.text, "")

    return ClaimPart(
        *name(context.claim_link(claim)),
        view,
        tuple(_quotations(context, view)),
        tuple((label, *name(link), relation) for label, link, relation in view.relations),
    )


def topic_parts(context: Context) -> Iterator[TopicPart]:
    """The topics of a briefing."""
    for number, topic in enumerate(context.briefing.file.topics, 1):
        asked = topic_views(context).get(topic.id)
        claims = tuple(_make_claim(context, claim) for claim in _grouped(context)[topic.id])
        yield TopicPart(number, topic, asked, tuple(_answers(context, asked)) if asked else (), claims)


def _answers(context: Context, asked: TopicView) -> Iterator[tuple[str, tuple[tuple[Given, ...], ...]]]:
    """Each answer with the replies of each article, in the order of the letters."""
    articles = sorted(asked.articles, key=lambda one: (len(one.tag.letter), one.tag.letter))
    for number, answer in enumerate(asked.answers, 1):
        yield (
            answer.text,
            tuple(
                tuple(_given(context, article.tag, reply) for reply in article.replies if reply.number == number)
                for article in articles
            ),
        )


def _given(context: Context, tag: Tag, reply: ReplyView) -> Given:
    return Given(tag.letter, _numbers(context)[reply.said.record.id], reply.who, reply.note)


def _quotations(context: Context, claim: ClaimView) -> Iterator[Said]:
    for _, group in claim.groups:
        for view in group:
            speaker = context.speakers.get(view.record.speaker or "")
            yield Said(
                number=_numbers(context)[view.record.id],
                view=view,
                who=add_remark(view.holder, _letter(context, view)) if view.own_voice else view.holder,
                role=speaker.role or "" if speaker else "",
                carried=_describe_carrier(context, view),
                direction=Language(view.article.lang).direction,
            )


def _letter(context: Context, view: StatementView) -> str:
    return source_tags(context)[view.article.id].letter


def _describe_carrier(context: Context, view: StatementView) -> str:
    """``reported in Gazette (B), The Gazette, 12 March 2031, paragraph 7``; of an article that speaks for itself only
    what follows its name."""
    article = view.article
    name = add_remark(article.name, _letter(context, view))
    outlet = article.outlet if article.outlet != UNKNOWN else ""
    parts = [
        # For translators: how an article carries words, such as "reported", and its name
        "" if view.own_voice else gettext("%(how)s in %(source)s", how=view.how, source=name),
        gettext("a text by %(name)s", name=view.voice.text) if view.voice else "",
        outlet,
        view.source_note,
        gettext("paragraph %(number)s", number=format_number(view.entry.block)) if view.entry else "",
    ]
    return join_list(filter(None, parts)) + view.rest


# -- articles and receipts -----------------------------------------------------------------------------------------


def _make_source(context: Context, source: Source) -> SourcePart:
    briefing, lock = context.briefing, context.briefing.locks.get(source.id)
    statements, found = source_statements(context, source), receipts(context, source)
    total = lock.words if lock else 0
    runs = [run for receipt in found if receipt.place for run in receipt.place.runs]
    strip = [(1000 * (first - 1) // total, max(3, 1000 * length // total)) for first, length in runs]
    return SourcePart(
        view=source_view(context, source),
        facts=list(list_facts(context, source)),
        cited=cite_article(context, source)[:2],  # without the code for Wikipedia
        strip=strip,
        spread=_describe_spread(strip),
        quotations=len(statements),
        matching=sum(view.checked for view in statements),
        readers=describe_readers(lock.readers) if lock else "",
        since=" ".join(told for _, told in latest(context, source)),
        sha256=lock.sha256 if lock else "",
        command=f"synoptic check {briefing.slug} --source {source.id} --against FILE",
        proofs=[_make_proof(context, receipt) for receipt in found],
    )


def _describe_spread(strip: Sequence[tuple[int, int]]) -> str:
    """Where the quotations of an article stand, for those who do not see the strip; empty if there are none."""
    if not strip:
        return ""
    places = sorted(x for x, _ in strip)
    return ngettext(
        "%(num)s passage is quoted, %(first)s into the article",
        "%(num)s passages are quoted, from %(first)s to %(last)s into the article",
        len(places),
        first=format_whole_percent(places[0] // 10),
        last=format_whole_percent(places[-1] // 10),
    )


def _make_proof(context: Context, receipt: Receipt) -> Proof:
    entry = receipt.statement.entry
    reasons = [why for why in receipt.reasons.values() if why]
    return Proof(_numbers(context)[receipt.statement.record.id], receipt, reasons, entry.sha256 if entry else "")
