"""The page How it works: the vocabulary, rules and tables that the program itself uses; who edits what. Pure."""

from collections.abc import Sequence

from synoptic.check.registry import RULES
from synoptic.check.rule import rule_id, rule_sentence
from synoptic.compare.agreement import PAPER, RESAMPLES
from synoptic.model.site import Site
from synoptic.pages import feeds
from synoptic.pages.changelog import describe_reach
from synoptic.pages.context import CHANGES
from synoptic.pages.home import Card
from synoptic.pages.page import Page
from synoptic.text.encode import relative
from synoptic.text.folding import ALIKE, FOLDS, HIDDEN
from synoptic.text.language import current, format_number, gettext, gettext_noop, join_list

#: The word lists that the page explains: title and field of the vocabulary.
EXPLAINED = (
    (gettext_noop("Stances"), "stances"),
    (gettext_noop("Kinds of claim"), "kinds"),
    (gettext_noop("Modes"), "modes"),
    (gettext_noop("Silences"), "silences"),
)
#: Those that a site may extend: the page shows what it added.
ADDED = (
    (gettext_noop("More kinds of article"), "genres"),
    (gettext_noop("More kinds of speaker"), "speaker_kinds"),
    (gettext_noop("More kinds of paragraph"), "blocks"),
)


#: Briefings whose editors the page names; each briefing names its own.
NAMED = 1_000


def page(site: Site, cards: Sequence[Card]) -> Page:
    """The page How it works; ``cards`` has all briefings."""
    vocabulary, history = site.vocabulary, site.history
    return Page(
        address="method/",
        template="method",
        title=gettext("How it works"),
        description=gettext("How a briefing is made, and what a tick means."),
        settings={"hide": ["navigation"]},
        views={
            "own_site": site.publication.own_site,
            "lists": [
                *((gettext(title), title, getattr(vocabulary, key)) for title, key in EXPLAINED),
                *((gettext(title), title, added) for title, key in ADDED if (added := vocabulary.list_added(key))),
            ],
            "verdicts": vocabulary.verdicts,
            "topic_labels": vocabulary.topic_labels,
            "headline_marks": vocabulary.headline_marks,
            "folds": [
                *((gettext(title), _show(characters), _target(target)) for title, characters, target in FOLDS),
                *((gettext(title), _show_ranges(ranges), gettext("nothing")) for title, ranges in HIDDEN),
            ],
            "alike": [(gettext(title), _show(characters), target) for title, characters, target in ALIKE],
            "english": current().tag == "en",  # what checks say to contributors is never translated
            # of each sentence, every second part is code
            "rules": [(rule_id(rule), rule_sentence(rule, vocabulary.quoting).split("`")) for rule in RULES],
            "history": relative("method/", CHANGES) if history and history.entries else None,
            "reach": describe_reach(history) if history else "",
            "feeds": bool(feeds.feed_path(site)),
            "resamples": format_number(RESAMPLES),
            "paper": PAPER,
            "briefings": listed if len(listed := [card for card in cards if card.listed]) <= NAMED else [],
            "many": len(listed) > NAMED,
        },
    )


def _show(characters: str) -> str:
    """Characters with spaces between them, invisible ones as ``U+00AD``."""
    return " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in characters)


def _show_ranges(ranges: Sequence[tuple[int, int]]) -> str:
    """``U+180B to U+180D, U+180F``."""
    return join_list(
        gettext("%(start)s to %(end)s", start=f"U+{first:04X}", end=f"U+{last:04X}")
        if last > first
        else f"U+{first:04X}"
        for first, last in ranges
    )


def _target(target: str | None) -> str:
    return gettext("the plain letters and signs") if target is None else target or gettext("nothing")
