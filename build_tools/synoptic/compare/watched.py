"""What became of quotations at the address of their source: by the text that is there now, and in words. Pure."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from synoptic.model.records import Statement
from synoptic.model.watch import Look
from synoptic.text.difference import describe_difference, find_reworded
from synoptic.text.language import add_remark, format_number, gettext, gettext_noop, join_remarks, join_words, ngettext
from synoptic.text.match import Text

#: What an answer other than an article means, for readers, of a page and of a saved copy.
ANSWERS = {
    ("page", "wall"): gettext_noop("the page was behind a wall: one has to sign in or to pay"),
    ("page", "missing"): gettext_noop("the page was gone"),
    ("page", "unread"): gettext_noop("the page could not be read"),
    ("archive", "wall"): gettext_noop("the saved copy was behind a wall: one has to sign in or to pay"),
    ("archive", "missing"): gettext_noop("the saved copy was gone"),
    ("archive", "unread"): gettext_noop("the saved copy could not be read"),
}


class Sought(NamedTuple):
    """A quotation that is sought: the id of its statement, its words, and whether an ellipsis in them is our cut."""

    id: str
    quote: str
    cut: bool


class Outcome(NamedTuple):
    """What became of the quotation of the statement ``id``: ``there``, ``changed`` or ``gone``; ``why`` is a clause
    that names the word at which changed words differ, and is for the screen only."""

    id: str
    state: str
    why: str = ""


def seek(quotations: Iterable[Statement]) -> list[Sought]:
    """Quotations as ``find_outcomes`` takes them; the number of their paragraph is left out, as it may be another."""
    return [Sought(one.id, one.quote, one.cut) for one in quotations]


def find_outcomes(
    sought: Iterable[Sought], lang: str, markers: Collection[str], texts: tuple[Text, ...]
) -> list[Outcome]:
    """What became of each quotation; ``texts`` are several readings of one page in the language ``lang``, and
    ``markers`` its negations, hedges and conditions."""
    return [_find_outcome(one, lang, markers, texts) for one in sought]


def _find_outcome(one: Sought, lang: str, markers: Collection[str], texts: tuple[Text, ...]) -> Outcome:
    if any(text.find(one.quote, cut=one.cut, markers=markers, lang=lang) for text in texts):
        return Outcome(one.id, "there")
    for text in texts:
        if find_reworded(one.quote, text.folded):
            return Outcome(one.id, "changed", describe_difference(one.quote, text.folded))
    return Outcome(one.id, "gone")


def describe_look(look: Look) -> str:
    """``the page still had all 14 quotations``; ``the page was gone (404)``."""
    if look.answer != "read":
        told = gettext(ANSWERS[look.at, look.answer])
        told = add_remark(told, str(look.status)) if look.status else told
        return join_remarks((told, _count_seen(look))) if look.there else told
    if look.there == look.quotations:
        return _tell_whole(look)
    lost = [ngettext("%(num)s had other words", "%(num)s had other words", len(look.changed))] if look.changed else []
    lost += [ngettext("%(num)s was gone", "%(num)s were gone", len(look.gone))] if look.gone else []
    return join_remarks((_tell_part(look), join_words(lost)))


def _count_seen(look: Look) -> str:
    return ngettext(
        "%(there)s of %(num)s quotation could be seen",
        "%(there)s of %(num)s quotations could be seen",
        look.quotations,
        there=format_number(look.there),
    )


def _tell_whole(look: Look) -> str:
    if look.at == "page":
        return ngettext(
            "the page still had its one quotation", "the page still had all %(num)s quotations", look.quotations
        )
    return ngettext(
        "the saved copy still had its one quotation",
        "the saved copy still had all %(num)s quotations",
        look.quotations,
    )


def _tell_part(look: Look) -> str:
    there = format_number(look.there)
    if look.at == "page":
        if not look.there:
            return gettext("the page no longer had any quotation")
        return ngettext(
            "the page still had %(there)s of %(num)s quotation",
            "the page still had %(there)s of %(num)s quotations",
            look.quotations,
            there=there,
        )
    if not look.there:
        return gettext("the saved copy no longer had any quotation")
    return ngettext(
        "the saved copy still had %(there)s of %(num)s quotation",
        "the saved copy still had %(there)s of %(num)s quotations",
        look.quotations,
        there=there,
    )
