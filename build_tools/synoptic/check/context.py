"""Rules: the text around a quotation is heard, and a claim may not be stronger than its quotations. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import get_readable_lock, shorten
from synoptic.compare.context import describe_turn, list_unheard
from synoptic.compare.left_out import find_left_out
from synoptic.compare.strength import find_surer
from synoptic.model.site import Briefing, Site


def out_of_context(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """No sentence around a quotation takes it back or limits it unheard ("but", "only if", "that was denied"), and no
    cut of ours hides a number, a limit or a hedge: a statement quotes these words, too. Where the wording leaves open
    whether a sentence speaks of the quotation, `check` says nothing, and `diff` lists it for a second reader."""
    for statement, source, entry in briefing.checked.values():
        lock = get_readable_lock(briefing, source.id)
        for turn in list_unheard(lock, entry) if lock else ():
            if turn.unsure and "out-of-context" not in statement.allow:
                continue  # `diff` lists it for a second reader
            message = f'"{statement.id}" stops short of its context: {describe_turn(turn, entry)} "{turn.word}"'
            tip = (
                f"read words {turn.words[0]} to {turn.words[1]}: quote more, add a statement that quotes them, or add "
            )
            tip += "allow: {out-of-context: the reason}"
            yield Problem(statement.place.at("quote"), f'{message}: "{shorten(statement.quote)}"', tip)


def too_strong(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim may not be stronger than all of its quotations: it keeps a hedge that each of them has ("may", "nearly"),
    and has no word stronger than theirs ("causes", if they say "linked to")."""
    asked = (pair for pair in find_left_out(briefing, site.vocabulary) if "left-out" not in pair[0].allow)
    left_out = {(statement.id, word) for statement, words in asked for word in words}
    for claim, how, statements in find_surer(briefing, site.vocabulary):
        if not how.claim and any((statement.id, how.quoted) in left_out for statement in statements):
            continue  # one mistake, one line: to quote the word is the first thing to do
        message = f'"{claim.id}" says "{how.claim}", and every quotation less, as "{how.quoted}"'
        if not how.claim:
            message = f'"{claim.id}" lacks a hedge that every quotation has, as "{how.quoted}"'
        tip = "say it as they do, quote who is sure, or add to one of them allow: {too-strong: the reason}"
        allowing = [statement for statement in statements if "too-strong" in statement.allow]
        for place in [statement.place.at("quote") for statement in allowing] or [claim.place.at("claim")]:
            yield Problem(place, message, tip)
