"""The word lists of the context guard, and the common words of each language: ``words/`` beside this file."""

from functools import cache
from importlib import resources

from synoptic.base.problems import PLACE
from synoptic.load.yaml_guard import parse
from synoptic.text.guard_words import GuardWords


@cache
def guard_words_of(language: str) -> GuardWords:
    """The lists of a language (``fr`` also serves ``fr-CA``); empty if it has none."""
    lang = language.split("-")[0].lower()
    file = resources.files("synoptic.load") / "words" / f"{lang}.yml"
    if not lang.isalpha() or lang == "common" or not file.is_file():
        return GuardWords()
    tree = parse(file.read_bytes(), file.name)
    if tree.problems:
        raise ValueError(str(tree.problems[0]))
    lists = {name: value for name, value in tree.value.items() if name != PLACE}
    scales = {
        name: tuple(tuple(words) for words in levels) for name, levels in lists.pop("scales").items() if name != PLACE
    }
    lists = {name: tuple(words) for name, words in lists.items()}
    return GuardWords(lang, **lists, scales=scales, common=common_words_of(language))


def common_words_of(language: str) -> frozenset[str]:
    """The words of a language that are too common to search for."""
    return _read_common().get(language.split("-")[0].lower(), frozenset())


@cache
def _read_common() -> dict[str, frozenset[str]]:
    file = resources.files("synoptic.load") / "words" / "common.yml"
    value = parse(file.read_bytes(), file.name).value
    return {language: frozenset(words) for language, words in value.items() if isinstance(words, list)}
