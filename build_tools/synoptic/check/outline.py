"""Rules: every paragraph of an article is accounted for, by a statement or by our gist. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import get_readable_lock
from synoptic.compare.outline import find_unaccounted, format_ranges, group_by_paragraph, list_gists
from synoptic.model.site import Briefing, Site
from synoptic.text.sentences import count_words

#: Words of a gist, at most.
MAX_GIST = 30


def unaccounted(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """In every paragraph of an article's body stands a statement, or `outline` has a gist of it. A quotation that is
    not found stands where words are most like it."""
    if briefing.broken:  # statements that cannot be read may stand there
        return
    places = group_by_paragraph(briefing)
    for source in briefing.sources:
        lock = get_readable_lock(briefing, source.id)
        if lock is None or not lock.checked_by:
            continue
        unplaced = [one for _, one in briefing.carried.get(source.id, ()) if briefing.checked_entry(one) is None]
        text = briefing.texts.get(source.id)
        if unplaced and text is None:
            continue  # they have been reported, and may stand in any paragraph
        meant = {one.paragraph or text.guess_block(one.quote) for one in unplaced} if text else set()
        numbers = find_unaccounted(briefing, source, site.vocabulary, places[source.id])
        if numbers := [number for number in numbers if number not in meant]:
            one = len(numbers) == 1
            noun, verb = ("paragraph", "has") if one else ("paragraphs", "have")
            message = f'{noun} {format_ranges(numbers)} of "{source.id}" {verb} neither a statement nor a gist'
            tip = f"add statements, or outline: {{{numbers[0]}: one short sentence}}"
            yield Problem(source.place.at("outline"), message, tip)


def gist(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A gist is of paragraphs that the article has and no other gist is of; it has at most 30 words."""
    for source in briefing.sources:
        lock = get_readable_lock(briefing, source.id)
        before = None
        for one in list_gists(source):
            place = source.place.at("outline", one.key)
            if lock is not None and one.last > lock.blocks:
                message = f'the gist of paragraph {one.key} is outside the {lock.blocks} paragraphs of "{source.id}"'
                yield Problem(place, message, "use the numbers that suggest shows")
            elif before is not None and one.first <= before.last:
                message = f"the gist of paragraph {one.key} overlaps that of {before.key}"
                yield Problem(place, message, "let each paragraph have one gist")
            if (number := count_words(one.text)) > MAX_GIST:
                message = f"the gist of paragraph {one.key} has {number} words; the limit is {MAX_GIST}"
                yield Problem(place, message, "say less")
            before = one if before is None or one.last > before.last else before
