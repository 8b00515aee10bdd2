"""The head of every page of a briefing: its title, its navigation, its counts. Pure."""

from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from build_tools.compare.statements import count_origins
from build_tools.data import citations
from build_tools.model.values import UNKNOWN
from build_tools.pages.context import Context, once
from build_tools.text.encode import address
from build_tools.text.english import plural


class Head(NamedTuple):
    """The head of a page; ``here`` is the label of the current part, ``parts`` has label, address and whether it is."""

    title: str
    question: str
    draft: bool
    example: bool
    href: Markup
    here: str
    parts: tuple[tuple[str, Markup, bool], ...]
    kicker: tuple[str, ...]
    genres: str
    proof: str
    proven: bool
    citation: str
    address: str
    format_href: Markup


def page_head(context: Context, here: str = "") -> Head:
    """The head of a page that belongs to the part ``here`` of the navigation."""
    head = _head(context)
    return head._replace(here=here, parts=tuple((label, href, label == here) for label, href, _ in head.parts))


@once
def _head(context: Context) -> Head:
    briefing = context.briefing
    matching, total = count_matching(context)
    origins = count_origins(briefing, briefing.source)
    articles = plural(len(briefing.sources), "article")
    if origins != len(briefing.sources):
        articles += f" of {plural(origins, 'origin')}"
    genres = Counter(source.genre for source in briefing.sources)
    unlabelled = genres.pop(UNKNOWN, 0)
    kinds = [_count_genre(context, genre, count) for genre, count in genres.most_common()]
    return Head(
        title=briefing.file.title,
        question=briefing.file.question,
        draft=briefing.draft,
        example=briefing.example,
        href=context.address(""),
        here="",
        parts=tuple((label, context.address(path), False) for label, path in _navigation(context)),
        kicker=(articles, plural(len(briefing.claims), "claim"), plural(len(briefing.statements), "statement")),
        genres=", ".join([*kinds, *([f"{unlabelled} unlabelled"] if unlabelled else [])]),
        proof=f"{matching} of {total} quotations match the checked copies" if total else "",
        proven=matching == total and total > 0,
        citation=citations.cite_briefing(context.site, briefing),
        address=context.public_url(context.base),
        format_href=address("data/"),
    )


def _count_genre(context: Context, genre: str, count: int) -> str:
    """``1 analysis``, ``2 analyses``."""
    term = context.vocabulary.get("genres", genre)
    return f"{count} {term.plural if term.plural and count > 1 else term.label}"


def _navigation(context: Context) -> list[tuple[str, str]]:
    """The parts of a briefing: label and path. Empty ones are left out."""
    briefing = context.briefing
    optional = (
        ("Timeline", "timeline/", briefing.events),
        ("Figures", "figures/", briefing.figures),
        ("Wordings", "wordings/", any(statement.utterance for _, statement in briefing.statements)),
        ("Changes", "changes/", context.changes),
    )
    return [
        ("Overview", ""),
        ("Matrix", "matrix/"),
        ("Topics", "topics/"),
        ("Disagreements", "disagreements/"),
        ("Sources", "sources/"),
        ("Speakers", "speakers/"),
        *((label, path) for label, path, content in optional if content),
        ("Data", "data/"),
    ]


def count_matching(context: Context) -> tuple[int, int]:
    """How many quotations match a signed lock, and how many quotations there are."""
    briefing = context.briefing
    matching = [s for _, s in briefing.statements if (entry := briefing.locked(s)) and entry.is_of(s)]
    return sum(bool(briefing.locks[s.source].checked_by) for s in matching), len(briefing.statements)
