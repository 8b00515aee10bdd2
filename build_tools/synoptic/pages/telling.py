"""The page "How each tells it": facts of the articles side by side, counted by a program; what each leaves out; where
in each a claim stands. No score, and no adjective of ours. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from synoptic.compare import telling
from synoptic.compare.telling import Facts, Naming, Share
from synoptic.data.documents import find_path
from synoptic.model.records import Claim, Source
from synoptic.pages.claim import claim_view, find_silences
from synoptic.pages.context import Context, Link, once
from synoptic.pages.page import Page, split_pages
from synoptic.pages.pictures import Stroke, draw_runs
from synoptic.pages.sections import Section, lay_out, make_section
from synoptic.pages.statement import StatementView, quote_words, source_statements, statement_view
from synoptic.pages.text_map import find_look
from synoptic.text.encode import address
from synoptic.text.language import (
    add_remark,
    format_number,
    format_percent,
    format_whole_percent,
    gettext,
    gettext_noop,
    join_list,
    join_words,
    name_language,
    name_value,
    ngettext,
)

MOST = 25  # claims in the list of those most differently placed, and in a list of an article
TENTH = 0.1
#: Statements by who speaks, as ``find_look`` says it.
STATEMENTS = {
    "solid": gettext_noop("Statements in its own voice"),
    "hatch": gettext_noop("Statements by named speakers"),
    "hollow": gettext_noop("Statements by unnamed or unseen sources"),
}
UNKNOWN = gettext_noop("not recorded")

#: A row of a table: its label, terms that explain it, and a text for each article, in the order of the sources.
Row = tuple[str, tuple[str, ...], tuple[str, ...]]


class Titles(NamedTuple):
    """The titles of the three tables."""

    facts: str
    watched: str
    speakers: str


class Placed(NamedTuple):
    """A claim in one article: the article, where its words are, and the same in words."""

    source: Link
    strokes: tuple[Stroke, ...]
    where: str


class Ordered(NamedTuple):
    """A claim and who holds it, how far apart its places are, and its place in each article that has it."""

    claim: Link
    held: str
    spread: str
    places: tuple[Placed, ...]


class Told(NamedTuple):
    """What is listed by article: paragraphs with the numbers of their topics, what it leaves out, and the claims in its
    first tenth."""

    source: Link
    paragraphs: list[tuple[int, str, str]]
    unnamed: str
    left_out: list[tuple[Link, str]]
    tenth: list[Link]


def pages(context: Context) -> Iterator[Page]:
    """The page "How each tells it"."""
    briefing = context.briefing
    if not briefing.sources:
        return
    unrecorded = [s for s in briefing.sources if not ((lock := briefing.locks.get(s.id)) and lock.telling)]
    title = gettext("How each tells it")
    same = {
        "title": title,
        "titles": Titles(
            gettext("Facts of each article"),
            gettext("Names and subjects, and the paragraph in which each comes first"),
            gettext("People, and the paragraph in which each is first named"),
        ),
        "sources": [context.source_link(source) for source in briefing.sources],
        "unrecorded": join_words([source.name for source in unrecorded]),
        "command": f"synoptic lock {briefing.slug}",
        "hedges": list(_list_hedges(context)),
        "topics": [context.topic_link(topic) for topic in briefing.file.topics],
        "most": MOST,
        "download": context.address("data/"),
        "data": address(find_path(briefing, "telling")),
    }
    lists: dict[str, Sequence[Any]] = {
        "facts": list(list_facts(context)),
        "watched": _name(context, [telling.list_watched(briefing, source) for source in briefing.sources]),
        "speakers": _name(context, list(telling.list_named_speakers(briefing, context.speakers).values())),
        "headlines": list(list_headlines(context)),
        "told": (told := list(enumerate(list_told(context), 1))),
        "left_out": told,
        "ordered": order_claims(context),
    }
    sheets = lay_out(_list_sections(lists, len(briefing.sources), len(briefing.file.topics)))
    views = ({**same, **dict(zip(lists, sheet.shown, strict=True))} for sheet in sheets)
    contents = [sheet.contents for sheet in sheets]
    yield from split_pages(context, "telling/", "telling", "telling", title, contents, views)


def _list_sections(lists: Mapping[str, Sequence[Any]], articles: int, topics: int) -> list[Section]:
    """The sections of the page, with the HTML elements of each thing at most."""

    def count_row(row: Row) -> int:
        return (4 + 2 * articles) * (row[0] is first_rows.get(id(row))) + 3 + len(row[1]) + articles

    first_rows = {id(rows[0]): rows[0][0] for name in ("facts", "watched", "speakers") if (rows := lists[name])}
    numbers, names = gettext("In numbers"), gettext("Where each name comes first")
    order = gettext("In which order")
    return [
        make_section(numbers, "numbers", lists["facts"], count_row),
        make_section(names, "names", lists["watched"], count_row),
        make_section(names, "names", lists["speakers"], count_row),
        make_section(gettext("Headline and body"), "headlines", lists["headlines"], lambda _: 20),
        make_section(
            order,
            "order",
            lists["told"],
            lambda one: 5 + len(one[1].paragraphs) + len(one[1].tenth) + 3 * topics * (one[0] == 1),
        ),
        make_section(
            gettext("What each leaves out"), "left-out", lists["left_out"], lambda one: 4 + 3 * len(one[1].left_out)
        ),
        make_section(
            gettext("Where each puts a claim"),
            "places",
            lists["ordered"],
            lambda one: 6 + sum(6 + len(place.strokes) for place in one.places),
        ),
    ]


def list_facts(context: Context) -> Iterator[Row]:
    """The facts of all articles, a row each."""
    briefing, sources = context.briefing, context.briefing.sources
    facts = [telling.find_facts(briefing, source, context.vocabulary) for source in sources]
    speech = [telling.count_speech(briefing, source, context.speakers, context.vocabulary) for source in sources]
    looks = [[find_look(view) for view in source_statements(context, source)] for source in sources]
    yield gettext("Words"), (), tuple(_number(fact.words) for fact in facts)
    yield gettext("Words in the body"), (), tuple(_number(fact.body) for fact in facts)
    yield gettext("Of these, inside quotation marks"), (), tuple(map(_quoted, facts))
    kinds = {term.id: term.label for term in context.vocabulary.speaker_kinds}
    by_kind = tuple(_tally(one, kinds) for one, _ in speech)
    yield gettext("Words of speakers that we quote, by kind"), (), by_kind
    if any(country for _, by_country in speech for country in by_country):
        none = {"": gettext("no country given")}
        by_country = tuple(_tally(one, none) for _, one in speech)
        yield gettext("Words of speakers that we quote, by country"), (), by_country
    for look, label in STATEMENTS.items():
        yield gettext(label), (), tuple(format_number(one.count(look)) for one in looks)
    yield gettext("Hedges for each 100 words of the body"), (), tuple(map(_hedges, facts))


def _quoted(facts: Facts) -> str:
    if facts.quoted is None or not facts.body:
        return _number(facts.quoted)
    return add_remark(format_number(facts.quoted), format_percent(facts.quoted, facts.body))


def _hedges(facts: Facts) -> str:
    if not facts.hedges_per_100:
        return _number(facts.hedges)
    share, hedges = format_number(facts.hedges_per_100), format_number(facts.hedges or 0)
    # For translators: how many hedges, for each 100 words and in all.
    return gettext("%(share)s (%(hedges)s in all)", share=share, hedges=hedges)


def _number(value: int | None) -> str:
    return gettext(UNKNOWN) if value is None else format_number(value)


def _tally(counts: Mapping[str, int], labels: Mapping[str, str]) -> str:
    """``person: 40, document: 12``, the most words first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = join_list(name_value(labels.get(name, name), format_number(words)) for name, words in ranked)
    # For translators: no words.
    return told or gettext("none")


def _name(context: Context, columns: list[list[Naming]]) -> list[Row]:
    """Names in rows, from a column for each article."""
    sources = context.briefing.sources
    return [
        (row[0].name, tuple(row[0].terms), tuple(map(_first, [context] * len(row), sources, row)))
        for row in zip(*columns, strict=True)
    ]


def _first(context: Context, source: Source, naming: Naming) -> str:
    """``paragraph 5, speaks in 7``: where an article first has a name, and what that speaker says first."""
    if not naming.first:
        where = gettext("never") if naming.first == 0 else gettext("not searched")
    else:
        kind = _kind(context, source.paragraphs.get(naming.first, "body"))
        where = gettext("paragraph %(number)s", number=format_number(naming.first)) + (f" ({kind})" if kind else "")
    if naming.quoted in (0, naming.first):
        return where
    quoted = format_number(naming.quoted)
    if naming.first:
        # For translators: %(where)s is "paragraph 5", %(number)s that of another paragraph.
        return gettext("%(where)s, speaks in %(number)s", where=where, number=quoted)
    # For translators: %(where)s is "never" or "not searched", %(number)s that of a paragraph.
    return gettext("%(where)s, but speaks in %(number)s", where=where, number=quoted)


def _list_hedges(context: Context) -> Iterator[tuple[str, str]]:
    """The hedges of each language of the articles, with its name."""
    for lang in sorted({source.lang.partition("-")[0].lower() for source in context.briefing.sources}):
        hedges = context.vocabulary.markers_of(lang).hedges
        yield name_language(lang), quote_words(hedges, lang) or gettext("no list yet")


def list_headlines(context: Context) -> Iterator[tuple[StatementView, StatementView, str]]:
    """The statements from headlines, each with the one in the body of its article, and the part that this is in."""
    for source in context.briefing.sources:
        for headline, body in telling.list_headlines(context.briefing, source):
            shown = statement_view(context, *body)
            yield statement_view(context, *headline), shown, shown.block or gettext("body")


def list_told(context: Context) -> Iterator[Told]:
    """What is listed by article."""
    briefing = context.briefing
    numbers = {topic.id: format_number(number) for number, topic in enumerate(briefing.file.topics, 1)}
    unnamed, left_out, openings = telling.list_unnamed(briefing), _list_left_out(context), _list_openings(context)
    for source in briefing.sources:
        yield Told(
            source=context.source_link(source),
            paragraphs=[
                (number, _kind(context, kind), " ".join(numbers[topic] for topic in topics if topic in numbers))
                for number, kind, topics in telling.order_topics(briefing, source)
            ],
            unnamed=_describe_unnamed(source, unnamed[source.id]),
            left_out=left_out[source.id][:MOST],
            tenth=openings[source.id][:MOST],
        )


def _kind(context: Context, kind: str) -> str:
    """The label of a kind of paragraph; empty for the body."""
    return "" if kind == "body" else context.vocabulary.get("blocks", kind).label


def _describe_unnamed(source: Source, names: list[str]) -> str:
    """``Gazette names neither the mayor nor the ferry.``; empty if it names all that others name."""
    if len(names) < 2:
        return gettext("%(source)s does not name %(name)s.", source=source.name, name=names[0]) if names else ""
    joined = join_words(names, style="nor")
    return gettext("%(source)s names neither %(names)s.", source=source.name, names=joined)


def _list_left_out(context: Context) -> dict[str, list[tuple[Link, str]]]:
    """By source, the claims on which two or more others have a statement in the body and for which its text was
    searched in vain; each with who holds it."""
    briefing = context.briefing
    left_out: dict[str, list[tuple[Link, str]]] = {source.id: [] for source in briefing.sources}
    silences = find_silences(context)
    for claim, _ in telling.list_shared(briefing, context.vocabulary):
        silent = [s.source.id for s in silences[claim.id] if s.state == "searched, not found"]
        if silent:
            entry = context.claim_link(claim), claim_view(context, claim).held
            for name in silent:
                left_out[name].append(entry)
    return left_out


@once
def _list_shares(context: Context) -> list[tuple[Claim, list[Share]]]:
    return [(claim, telling.list_shares(context.briefing, claim)) for claim in context.briefing.claims]


def _list_openings(context: Context) -> dict[str, list[Link]]:
    """By source, the claims that stand in the first tenth of its words, in the order in which they do."""
    found: dict[str, list[tuple[float, Link]]] = {source.id: [] for source in context.briefing.sources}
    for claim, shares in _list_shares(context):
        for share in shares:
            if share.first < TENTH:
                found[share.source].append((share.first, context.claim_link(claim)))
    return {name: [link for _, link in sorted(entries, key=lambda entry: entry[0])] for name, entries in found.items()}


def order_claims(context: Context) -> list[Ordered]:
    """The claims that several articles have, the most differently placed first, ``MOST`` of them."""
    placed = ((claim, places) for claim, places in _list_shares(context) if len(places) > 1)
    several = [(telling.measure_spread(places), claim, places) for claim, places in placed]
    several.sort(key=lambda entry: -entry[0])
    return [
        Ordered(
            context.claim_link(claim),
            claim_view(context, claim).held,
            _percent(spread),
            tuple(_place(context, share) for share in places),
        )
        for spread, claim, places in several[:MOST]
    ]


def _place(context: Context, share: Share) -> Placed:
    words = ngettext("%(num)s word", "%(num)s words", share.words)
    # For translators: "at 8%" of an article's length, "12 words".
    where = gettext("at %(share)s, %(words)s", share=_percent(share.first), words=words)
    return Placed(
        context.source_link(context.briefing.source[share.source]), draw_runs(share.length, share.runs), where
    )


def _percent(share: float) -> str:
    """``8 %`` for 0.08; a share is never rounded to the end of a text."""
    return format_whole_percent(int(100 * share))
