"""A claim, a topic's answers or the matrix on a small page of its own, to stand in a frame on somebody else's page.

Such a page is its body; ``site/embeds.py`` puts head and style before it. It needs no script and loads nothing. Pure.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from markupsafe import Markup

from synoptic.compare.ids import explain_unused
from synoptic.compare.marks import mark_sources
from synoptic.compare.verdicts import describe_facts, judge
from synoptic.data.citations import last_checked_on
from synoptic.model.records import Claim, Source
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Term
from synoptic.pages.answers import TopicView, topic_views
from synoptic.pages.claim import group_by_stance
from synoptic.pages.context import Context, Link, embed_path, may_embed, once
from synoptic.pages.environment import environment
from synoptic.pages.statement import StatementView, format_published, statement_views
from synoptic.text.encode import address, resolve_addresses
from synoptic.text.language import enquote, format_date, gettext, gettext_noop, join_list, ngettext
from synoptic.text.spoken import like

#: Quotations of a claim, quotations of an answer, rows of the matrix and cells in them, at most.
QUOTATIONS, REPLIES, ROWS, CELLS = 6, 3, 8, 120
#: The words that lead from each kind of page to the one that says the same at length.
WHOLE = {
    "claim": gettext_noop("Open the whole claim"), "answers": gettext_noop("Open the whole topic"),
    "matrix": gettext_noop("Open the whole matrix"), "gone": gettext_noop("What became of it"),
}  # fmt: skip
#: Letters of the longest sentence of ours that is shown whole; no quotation is ever cut.
LONGEST = 400
#: What turns a link of a page into one that opens beside the frame.
_LINK, _OUT = "<a ", '<a target="_blank" rel="noopener" '
WIDTH = 600
#: Height of a frame as wide as that: of head and foot, of a line, and the letters on a line.
_EDGE, _LINE, _LETTERS, _LOWEST, _HIGHEST = 190, 23, 68, 240, 680


class Embed(NamedTuple):
    """A page to embed: its path from the site's root without its ending, its kind of ``WHOLE``, the title of its frame,
    the page that says the same at length, its body as HTML, the height in pixels that a frame ``WIDTH`` wide needs, and
    the earlier paths at which it stands, too."""

    path: str
    kind: str
    title: str
    full: Markup
    body: str
    height: int
    was: tuple[str, ...] = ()


class Frame(NamedTuple):
    """What all these pages have: the briefing, the page that says the same at length and the words that lead there, the
    site, and the day of the last check. ``code`` is the HTML that embeds the page, ``placed`` says whether it has the
    site's address."""

    briefing: Link
    full: Markup
    whole: str
    site: str
    home: Markup
    checked: str
    code: str
    placed: bool


class ClaimCard(NamedTuple):
    """A claim with some of its statements by stance."""

    text: str
    verdict: Term
    opinion: str
    facts: str
    groups: tuple[tuple[Term, tuple[StatementView, ...]], ...]


class Row(NamedTuple):
    """A claim of the matrix: its link, its verdict, and the signs of each article."""

    claim: Link
    verdict: Term
    opinion: str
    cells: tuple[tuple[Term, ...], ...]


def embeds(context: Context, room: int) -> Iterator[Embed]:
    """The pages of a briefing to embed, each of at most ``room`` bytes; none of a draft or an invented example."""
    if not may_embed(context.site, context.briefing):
        return
    yield embed_matrix(context, room)
    yield from (embed_answers(context, topic, room) for topic in topic_views(context).values())
    yield from (embed_claim(context, claim, room) for claim in context.briefing.claims)
    yield from embed_gone(context)


def frame_code(context: Context, path: str, title: str, height: int) -> str:
    """The HTML that embeds a page. A frame may open windows, and nothing else."""
    home = context.site.publication.home or "https://ADDRESS/"
    shown = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<iframe src="{home}{path}.html" title="{shown}" width="{WIDTH}" height="{height}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;width:100%;max-width:800px"></iframe>'
    )


def embed_claim(context: Context, claim: Claim, room: int) -> Embed:
    """A claim with its quotations, as many as fit into ``room`` bytes."""
    path, full = embed_path(context.briefing.slug, "claims", claim.id), context.claim_address(claim)
    text = _cut(claim.claim)
    judgement, kind = judge(context.briefing, claim, context.vocabulary), context.vocabulary.get("kinds", claim.kind)
    verdict = context.vocabulary.get("verdicts", judgement.verdict)
    groups = group_by_stance(context, claim)
    total = sum(len(views) for _, views in groups)

    def views(number: int) -> dict[str, Any]:
        some = _choose(groups, number)
        quoted = {view.article.id: view.article for _, views in some for view in views}
        return {
            "c": ClaimCard(
                text, verdict, kind.label if kind.opinion else "", describe_facts(judgement.facts), some,
            ),
            "articles": tuple((source.name, _describe(source)) for source in quoted.values()),
            "rules": address("method/", "verdicts"),
            "more": _count_more(total - number),
        }  # fmt: skip

    lines = [text, verdict.rule, *(view.quoted for _, some in _choose(groups, QUOTATIONS) for view in some)]
    extra = min(total, QUOTATIONS) * 3 + len(groups) * 2
    return _make(context, path, "claim", text, full, views, min(total, QUOTATIONS), room, lines, extra, claim.was)


def embed_answers(context: Context, topic: TopicView, room: int) -> Embed:
    """The answers to a topic's question with their quotations, as many as fit into ``room`` bytes."""
    path, full = embed_path(context.briefing.slug, "topics", topic.record.id), topic.link.href
    title = _cut(topic.question)
    most = min(REPLIES, max(len(answer.replies) for answer in topic.answers))

    def views(number: int) -> dict[str, Any]:
        some = tuple(answer._replace(replies=answer.replies[:number]) for answer in topic.answers)
        quoted = {reply.said.article.id: reply.said.article for one in some for _, reply in one.replies}
        return {
            "title": _cut(topic.link.text),
            "t": topic._replace(question=title, answers=some, silent=topic.silent if number else ()),
            "articles": tuple((source.name, _describe(source)) for source in quoted.values()),
            "method": address("method/", "answers"),
            "more": _count_more(sum(max(0, len(answer.replies) - number) for answer in topic.answers)),
        }

    replies = [reply for answer in topic.answers for _, reply in answer.replies[:most]]
    lines = [title, topic.label.rule, *(reply.said.quoted for reply in replies)]
    extra = len(replies) * 2 + len(topic.answers) * 2
    return _make(context, path, "answers", title, full, views, most, room, lines, extra, topic.record.was)


def embed_matrix(context: Context, room: int) -> Embed:
    """The matrix in ``room`` bytes: the claims on which articles differ most, then those that most articles carry."""
    briefing = context.briefing
    marks = mark_sources(briefing)
    columns = tuple((marks[source.id].letter, _cut(source.name)) for source in briefing.sources)
    said = {claim.id: statement_views(context, claim) for claim in briefing.claims}

    def weight(claim: Claim) -> tuple[int, int]:
        return len({view.sign.id for view in said[claim.id]}), len({view.article.id for view in said[claim.id]})

    ranked = sorted((claim for claim in briefing.claims if said[claim.id]), key=weight, reverse=True)
    most = min(len(ranked), ROWS, CELLS // max(1, len(columns)) or 1)

    def views(number: int) -> dict[str, Any]:
        chosen = {claim.id for claim in ranked[:number]}
        rows = tuple(_make_row(context, claim, said[claim.id]) for claim in briefing.claims if claim.id in chosen)
        signs = {sign.id: sign for row in rows for cell in row.cells for sign in cell}
        return {
            "title": _cut(briefing.file.question),
            "columns": columns,
            "articles": columns if rows else (),
            "more": "",
            "rows": rows,
            "signs": tuple(signs.values()),
            "shown": ngettext(
                "%(num)s claim of %(total)s: the one on which the articles differ most.",
                "%(num)s claims of %(total)s: those on which the articles differ most.",
                len(rows), total=len(briefing.claims),
            ),
        }  # fmt: skip

    title = gettext("Who said what: %(question)s", question=_cut(briefing.file.question))
    lines = [briefing.file.question, *(claim.claim + " " * 30 for claim in ranked[:most])]
    extra = most + 4 + len(columns) // 2
    path, full = embed_path(briefing.slug, "matrix"), context.address("matrix/")
    return _make(context, path, "matrix", title, full, views, most, room, lines, extra)


def _make_row(context: Context, claim: Claim, said: Sequence[StatementView]) -> Row:
    judgement, kind = judge(context.briefing, claim, context.vocabulary), context.vocabulary.get("kinds", claim.kind)
    signs: dict[str, dict[str, Term]] = {}
    for view in said:
        signs.setdefault(view.article.id, {})[view.sign.id] = view.sign
    return Row(
        Link(_cut(claim.claim), context.claim_address(claim)),
        context.vocabulary.get("verdicts", judgement.verdict),
        kind.label if kind.opinion else "",
        tuple(tuple(signs.get(source.id, {}).values()) for source in context.briefing.sources),
    )


def embed_gone(context: Context) -> Iterator[Embed]:
    """What stands in a frame whose claim or topic was removed."""
    for change in explain_unused(context.briefing, context.site):
        if change.subject in ("claim", "topic") and not change.now:
            path = embed_path(context.briefing.slug, f"{change.subject}s", change.old)
            full = context.address("gone/", change.anchor)
            title = gettext("No longer here: %(name)s", name=change.old)
            frame = _frame(context, "gone", title, full, path, _LOWEST)
            views = {"e": frame, "articles": (), "more": "", "title": title, "why": _cut(change.why)}
            yield Embed(path, "gone", title, full, _render(path, "gone", views), _LOWEST)


def _make(
    context: Context, path: str, kind: str, title: str, full: Markup, views: Callable[[int], dict[str, Any]],
    most: int, room: int, lines: Sequence[str], extra: int, was: Sequence[str] = (),
) -> Embed:  # fmt: skip
    """The page of ``kind`` with as many things as fit into ``room``, at most ``most``.

    ``lines`` are its texts and ``extra`` its other lines, from which the height of its frame is guessed; ``was`` are
    the earlier ids of what it shows.
    """
    height = _EDGE + _LINE * (extra + sum(1 + len(text) // _LETTERS for text in lines))
    height = max(_LOWEST, min(_HIGHEST, height))
    frame = _frame(context, kind, title, full, path, height)
    body = ""
    for number in range(most, -1, -1):
        body = _render(path, kind, {"e": frame, **views(number)})
        if len(body.encode()) <= room:
            break
    folder = path.rpartition("/")[0]
    return Embed(path, kind, title, full, body, height, tuple(f"{folder}/{old}" for old in was))


def _frame(context: Context, kind: str, title: str, full: Markup, path: str, height: int) -> Frame:
    return Frame(
        briefing=Link(_cut(context.briefing.file.title), context.address("")),
        full=full,
        whole=gettext(WHOLE[kind]),
        site=context.site.publication.name,
        home=address(""),
        checked=_last_check(context),
        code=frame_code(context, path, title, height) if kind != "gone" else "",
        placed=bool(context.site.publication.home),
    )


@once
def _last_check(context: Context) -> str:
    checked = last_checked_on(context.briefing)
    return format_date(checked) if checked else ""


def _render(path: str, kind: str, views: dict[str, Any]) -> str:
    printed = environment().get_template(f"embed_{kind}.html.j2").render(**views)
    return resolve_addresses(printed.replace(_LINK, _OUT), f"{path.rpartition('/')[0]}/")


def _choose(
    groups: Sequence[tuple[Term, tuple[StatementView, ...]]], number: int
) -> tuple[tuple[Term, tuple[StatementView, ...]], ...]:
    """At most ``number`` statements, each stance in turn, so that none drowns out another."""
    turns = chain.from_iterable(zip_longest(*(views for _, views in groups)))
    chosen = [id(view) for view in turns if view][:number]
    some = ((term, tuple(view for view in views if id(view) in chosen)) for term, views in groups)
    return tuple((term, views) for term, views in some if views)


def _count_more(number: int) -> str:
    return ngettext("%(num)s more quotation", "%(num)s more quotations", number) if number > 0 else ""


def _describe(source: Source) -> str:
    """Where an article appeared, under which headline, and when."""
    outlet = source.outlet if source.outlet != UNKNOWN else gettext("outlet not stated")
    title = enquote(_cut(source.title)) if source.title not in (UNKNOWN, source.name) else ""
    return join_list(filter(None, [outlet, title, format_published(source)]))


def _cut(text: str) -> str:
    """A text of ours, shortened if it would fill the frame alone."""
    return text if len(text) <= LONGEST else like(text, f"{text[:LONGEST].rstrip()}\u2026")
