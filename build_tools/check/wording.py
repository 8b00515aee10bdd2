"""Rules: our prose is in our own words and in one script. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from build_tools.base.problems import Place, Problem
from build_tools.model.records import Sentence, Statement
from build_tools.model.site import Briefing, Site
from build_tools.model.values import Placed
from build_tools.text.folding import fold, split_words
from build_tools.text.shared_runs import find_shared_run, ngrams

OWN_WORDS = 8  # as many words in a row shared with an article are the article's wording
_WORD = re.compile(r"[^\W\d_]+")


def own_words(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Our prose shares no eight words in a row with an article, titles aside (checked if the texts are available)."""
    grams: dict[tuple[str, ...], str] = {}
    for name, text in briefing.texts.items():
        title = fold(briefing.source[name].title).casefold() if name in briefing.source else ""
        title_words = " ".join(split_words(title))
        grams |= {gram: name for gram in ngrams(text.tokens, OWN_WORDS) if " ".join(gram) not in title_words}
    for place, key, prose in _find_prose(briefing) if grams else ():
        if shared := find_shared_run(prose, grams, OWN_WORDS):
            run, source = shared
            message = f'eight words in a row are also in "{source}": "{run}"'
            yield Problem(place.at(*key), message, "use other words, or quote it")


def mixed_scripts(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """No word of ours mixes Latin, Greek and Cyrillic letters, which look alike (a warning)."""
    for place, key, prose in (*_find_prose(briefing), *_find_names(briefing)):
        for word in _WORD.findall(prose) if not prose.isascii() else ():
            scripts = sorted(set(filter(None, map(_find_script, word))))
            if len(scripts) > 1:
                message = f'the word "{word}" mixes {" and ".join(scripts)} letters, which look alike'
                yield Problem(place.at(*key), message, "retype it in one script", level="warning")


def _find_script(letter: str) -> str | None:
    """Latin, Greek or Cyrillic, by the letter's Unicode name; None for any other, such as the micro sign."""
    name = unicodedata.name(letter, "").split(" ")[0]
    return name.capitalize() if name in ("LATIN", "GREEK", "CYRILLIC") else None


_Phrase = tuple[Place, tuple[object, ...], str]  # the place of an object, the key in it, the text there


def _find_names(briefing: Briefing) -> Iterator[_Phrase]:
    """The names that are typed in a briefing."""
    items: list[tuple[Placed, str]] = [(editor, "name") for editor in briefing.file.editors]
    for source in briefing.sources:
        items += [(source, "title"), (source, "outlet"), (source, "author")]
        items += [(speaker, key) for speaker in source.speakers for key in ("name", "role")]
    yield from _get_texts(items)


def _find_prose(briefing: Briefing) -> Iterator[_Phrase]:
    """The sentences of a briefing that are ours."""
    file = briefing.file
    items: list[tuple[Placed, str]] = [(file, "title"), (file, "question")]
    items += [(sentence, "text") for sentence in file.bottom_line]
    items += [(topic, "title") for topic in file.topics]
    for source in briefing.sources:
        items += [(source, "about"), (source, "label"), *((speaker, "note") for speaker in source.speakers)]
    for claim in briefing.claims:
        items += [(claim, "claim"), (claim, "note"), *((s, "note") for s in claim.statements)]
        items += [*((p, "reason") for p in claim.passed_over), *((r, "why") for r in claim.relations)]
    items += [(figure, key) for figure in briefing.figures for key in ("measures", "note")]
    items += [(event, "what") for event in briefing.events]
    yield from _get_texts(items)
    allowing: list[Statement | Sentence] = [*(statement for _, statement in briefing.statements), *file.bottom_line]
    for item in allowing:
        for rule, reason in item.allow.items():
            yield item.place, ("allow", rule), reason


def _get_texts(items: list[tuple[Placed, str]]) -> Iterator[_Phrase]:
    for item, key in items:
        if text := getattr(item, key):
            yield item.place, (key,), text
