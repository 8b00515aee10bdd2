"""The vocabulary: the program's own, in ``vocabulary.yml`` beside this file, and what a site adds to it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from synoptic.base.problems import Problem
from synoptic.load.files import Disk, sha256
from synoptic.load.guard_words import guard_words_of
from synoptic.load.reader import Reader, show_value
from synoptic.load.yaml_guard import parse
from synoptic.model.vocabulary import OPEN, PATH, Additions, Markers, Quoting, Term, Vocabulary, Word

_FILE = PurePosixPath(PATH)
#: Lists that only the vocabulary of an earlier version has in this file, and always has.
_WHOLE = frozenset({"stances", "modes", "verdicts"})


@cache
def base_vocabulary() -> Vocabulary:
    """The words that the program brings."""
    file = resources.files("synoptic.load") / "vocabulary.yml"
    tree = parse(file.read_bytes(), "vocabulary.yml")
    if tree.problems:
        raise ValueError(str(tree.problems[0]))
    return Vocabulary.model_validate(tree.value).with_guard_words(guard_words_of)


def read_vocabulary(reader: Reader, memory: dict[Any, Any] | None = None) -> Vocabulary | None:
    """The program's words with those of the site; None if the site's file cannot be read. Problems go to ``reader``.

    Earlier versions of the program kept all words in the site's file. A revision in Git that still has such a file has
    the words in it; on disk it is a problem.
    """
    base, past = base_vocabulary(), not isinstance(reader.tree, Disk)
    if not past and reader.tree.kind(_FILE.parent) == "missing":
        reader.report(_FILE.parent, "is missing", "a site has its briefings in this folder")
        return None
    if reader.tree.kind(_FILE) == "missing":
        return base
    data = reader.read(_FILE)
    if data is None:
        return None
    key = ("vocabulary", sha256(data), past)
    if memory is not None and key in memory:
        found: Vocabulary = memory[key]
        return found
    before = len(reader.problems)
    if not is_whole(data):
        made = _read_additions(reader, base)
    elif past:
        whole = reader.one(Vocabulary, _FILE)
        made = whole.with_guard_words(guard_words_of) if whole else None
    else:
        tip = "remove the file, or keep in it only what the site adds; synoptic upgrade does it"
        reader.report(_FILE, "lists the program's own words, which the program now brings", tip)
        made = base
    if memory is not None and made is not None and len(reader.problems) == before:
        memory[key] = made
    return made


def align(one: Vocabulary, other: Vocabulary) -> tuple[Vocabulary, Vocabulary]:
    """Two vocabularies to compare. If only one is of the time when all words were in the site's file, only what that
    file added counts: what else differs is the program, not the site."""
    if _has_own(one) == _has_own(other):
        return one, other
    return _reduce(one), _reduce(other)


def is_whole(data: bytes) -> bool:
    """Whether a site's file lists all words, as earlier versions of the program needed it."""
    value = parse(data, PATH).value
    return isinstance(value, dict) and value.keys() >= _WHOLE


def _has_own(vocabulary: Vocabulary) -> bool:
    """Whether all its words are from the site's file."""
    return bool(vocabulary.list_added("stances"))


def _reduce(vocabulary: Vocabulary) -> Vocabulary:
    base = base_vocabulary()
    if not _has_own(vocabulary):
        return vocabulary
    new = {name: [one for one in getattr(vocabulary, name) if one.id not in base.terms(name)] for name in OPEN}
    return _extend(base, new, vocabulary.markers)


def _extend(base: Vocabulary, new: Mapping[str, Sequence[Term]], markers: Mapping[str, Markers]) -> Vocabulary:
    """The program's words with new ones, and with the markers of languages that it lacks."""
    longer: dict[str, Any] = {name: (*getattr(base, name), *terms) for name, terms in new.items() if terms}
    if further := {lang: words for lang, words in markers.items() if lang not in base.markers}:
        longer["markers"] = {**base.markers, **further}
    return base.model_copy(update=longer) if longer else base


def _read_additions(reader: Reader, base: Vocabulary) -> Vocabulary | None:
    additions = reader.one(Additions, _FILE)
    if additions is None:
        return None
    new: dict[str, list[Term]] = {}
    for name in OPEN:
        reader.problems.extend(_find_faults(additions, name, base))
        words = {word.id: word for word in reversed(getattr(additions, name)) if word.id not in base.terms(name)}
        new[name] = [Term(place=word.place, **word.model_dump()) for word in reversed(words.values())]
    for lang in sorted(additions.markers.keys() & base.markers.keys()):
        message = f'the markers of the language "{lang}" are the program\'s, and cannot be changed here'
        reader.problems.append(
            Problem(additions.markers[lang].place, message, "remove them; add those of other languages", "value")
        )
    reader.problems.extend(_find_low_limits(additions.quoting))
    extended = _extend(base, new, additions.markers)
    lowered = additions.quoting != base.quoting
    return extended.model_copy(update={"quoting": additions.quoting}) if lowered else extended


def _find_low_limits(quoting: Quoting) -> Iterator[Problem]:
    """Limits of exceptions that are below the limit that they except from."""
    for name in ("narration_with_reason", "whole_sentence"):
        if (number := getattr(quoting, name)) < quoting.narration:
            message = f'"{name}" is {number}, and "narration" {quoting.narration}, so it would never be reached'
            yield Problem(quoting.place.at(name), message, f"lower narration to {number}, too, or raise it", "value")


def _find_faults(additions: Additions, name: str, base: Vocabulary) -> Iterator[Problem]:
    """The words of a list that the program has already, or that are there twice."""
    first: dict[str, Word] = {}
    for word in getattr(additions, name):
        place, term = word.place.at("id"), base.terms(name).get(word.id)
        if word.id in first:
            message = f'"{word.id}" is in "{name}" twice; first in line {first[word.id].place.line}'
            yield Problem(place, message, "give it another id, or remove it", "value")
        elif term:
            fields = [key for key in Word.model_fields if key != "place" and getattr(term, key) != getattr(word, key)]
            shown = ", ".join(f"{key} {show_value(getattr(word, key))}" for key in fields)
            message = f'"{word.id}" in "{name}" is a word of the program'
            message += f", and cannot be changed here: {shown}" if fields else " already"
            yield Problem(place, message, "remove it, or give a word of your own another id", "value")
        first.setdefault(word.id, word)
