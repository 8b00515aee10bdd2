"""Rules: our prose is in our own words and in one script. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from synoptic.base.problems import Place, Problem
from synoptic.compare.quotations import list_source_words
from synoptic.model.records import Sentence, Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.values import Placed
from synoptic.text.folding import fold, split_words
from synoptic.text.shared_runs import OWN_WORDS, find_shared_run, ngrams
from synoptic.text.yaml_comments import find_comments

#: Of eight words in a row; more are figures, dates or version numbers, and nobody's wording.
_MOST_NUMBERS = 3
_AFTER_HASH = re.compile(r"#(.*)")
_WORD = re.compile(r"[^\W\d_]+")


def own_words(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Our prose and our comments share no eight words in a row with an article, titles and rows of numbers aside (with
    its locked quotations, if the text is not available)."""
    grams: dict[tuple[str, ...], str] = {}
    for source in briefing.sources:
        title_words = " ".join(split_words(fold(source.title).casefold()))
        own = {gram for tokens in _list_known_words(briefing, source) for gram in ngrams(tokens, OWN_WORDS)}
        wording = (gram for gram in own if sum(word.isdigit() for word in gram) <= _MOST_NUMBERS)
        grams |= {gram: source.id for gram in wording if " ".join(gram) not in title_words}
    for place, key, prose in (*_find_prose(briefing), *_find_comments(briefing, grams)) if grams else ():
        if shared := find_shared_run(prose, grams, OWN_WORDS):
            run, source_id = shared
            message = f'eight words in a row are also in "{source_id}": "{run}"'
            tip = "use other words, or quote it" if key else "remove them from the comment"
            yield Problem(place.at(*key) if key else place, message, tip)


def _list_known_words(briefing: Briefing, source: Source) -> list[Sequence[str]]:
    """The words of an article as runs of tokens: all of it, or the quotations that its lock knows."""
    if text := briefing.texts.get(source.id):
        return [text.tokens]
    checked = [s for _, s in briefing.carried.get(source.id, ()) if briefing.checked_entry(s)]
    quotes = [" ".join(list_source_words(briefing, statement)) for statement in checked]
    return [[word.casefold() for word in split_words(fold(quote))] for quote in quotes]


def _find_comments(briefing: Briefing, grams: Mapping[tuple[str, ...], str]) -> Iterator["_Phrase"]:
    """The comments in a briefing's files; only of files with something after a "#" that is in ``grams``."""
    for path, data in briefing.files.items():
        text = data.decode("utf-8-sig", "replace") if path.endswith(".yml") and b"#" in data else ""
        if find_shared_run(" ".join(_AFTER_HASH.findall(text)), grams, OWN_WORDS):
            for comment in find_comments(text):
                yield Place(path, comment.line, comment.column), (), comment.text


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
    for topic in file.topics:
        items += [(topic, "title"), (topic, "question"), *((answer, "text") for answer in topic.answers)]
        items += [(apart, "why") for apart in topic.apart]
    for source in briefing.sources:
        items += [
            (source, "about"),
            (source, "label"),
            *((v, "note") for v in source.versions),
            *((speaker, "note") for speaker in source.speakers),
        ]
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
    for source in briefing.sources:
        for paragraphs, gist in source.outline.items():
            yield source.place, ("outline", paragraphs), gist


def _get_texts(items: list[tuple[Placed, str]]) -> Iterator[_Phrase]:
    for item, key in items:
        if text := getattr(item, key):
            yield item.place, (key,), text
