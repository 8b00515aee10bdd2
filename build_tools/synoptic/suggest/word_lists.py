"""The word lists by which ``suggest`` reads a language: ``words/<language>.yml`` beside this file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from synoptic.base.problems import PLACE
from synoptic.load.yaml_guard import parse
from synoptic.model.vocabulary import Markers

List = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The lists of one language; a list that it does not need is empty."""

    # From the vocabulary, because checks use them, too.
    negations: List = ()
    # The language.
    traits: List = ()  # any of: elision, nouns with capitals, verb second
    functions: List = ()  # small words that never are part of a name
    determiners: List = ()
    prepositions: List = ()
    auxiliaries: List = ()
    compounds: List = ()  # last parts, or their endings, of adjectives with a hyphen: "based" in "London-based"
    adverb_endings: List = ()  # of words that may begin a sentence: "basically"
    adverbs: List = ()  # those that occur between a speaker and a verb
    joining: List = ()  # begin another clause: "while"
    nominal: List = ()  # before a noun, so the next word is not a verb: "the", "her"
    noun_endings: List = ()
    # Reported speech.
    reporting: List = ()  # verbs, in all their forms
    participles: List = ()  # of these verbs: "saying"
    nounlike: List = ()  # forms of these verbs that are nouns as well: "claims"
    vague: List = ()  # verbs that report speech in some senses only: "found"
    telling: List = ()  # verbs whose object is the listener: "told"
    calling: List = ()  # verbs that describe a thing: "called"
    seeing: List = ()  # more verbs that occur in the passive: "seen"
    passive: List = ()  # auxiliaries of the passive: "was"
    agents: List = ()  # "by"
    final: List = ()  # participles that end a clause, in German: "gesagt"
    indirect: List = ()  # verb forms of reported speech, in German: "sei"
    crediting: List = ()  # "according to"
    questions: List = ()  # labels of questions in an interview: "Q"
    answers: List = ()  # and of answers: "A"
    interviewing: List = ()  # before whoever is interviewed: "interview with"
    documents: List = ()  # whose words are quoted in pieces: "bill"
    providing: List = ()  # verbs of what documents say: "provides"
    first_person: List = ()  # "I"
    sayings: List = ()  # nouns that mean a quotation: "quote"
    measures: List = ()  # after "according to the": what is measured by, and says nothing itself
    naming: List = ()  # before a title or a name in quotation marks: "so-called"
    # Names.
    pronouns: List = ()
    loose: List = ()  # pronouns that often mean nobody: "it"
    titles: List = ()  # "Mr"
    roles: List = ()  # "minister"
    role_endings: List = ()  # of compounds that are roles, in German; of words before a name, in Chinese
    surnames: List = ()  # in Chinese, where no capital shows a name
    before_roles: List = ()  # "senior"
    collective: List = ()  # roles of groups: "police"
    women: List = ()  # words that mean a woman
    men: List = ()
    connectors: List = ()  # inside names: "van"
    organisations: List = ()  # words in the names of organisations and places
    origins: List = ()  # "French"
    # Figures and dates.
    numbers: List = ()
    units: List = ()
    qualifiers: List = ()  # before a figure: "nearly"
    months: List = ()
    weekdays: List = ()
    relative: List = ()  # "yesterday"
    ago: List = ()  # after a length of time: "earlier"


def words_of(language: str, markers: Markers) -> Words:
    """The lists of a language (``fr`` also serves ``fr-CA``), with its ``markers`` from the vocabulary."""
    lists = _read(language.split("-")[0].lower())
    return replace(lists, negations=markers.negations)


@cache
def _read(language: str) -> Words:
    file = resources.files("synoptic.suggest") / "words" / f"{language}.yml"
    if not file.is_file():
        return Words()
    tree = parse(file.read_bytes(), file.name)
    if tree.problems:
        raise ValueError(str(tree.problems[0]))
    return Words(**{name: tuple(words) for name, words in tree.value.items() if name != PLACE})


def phrases(listed: Iterable[str], after: str = "") -> re.Pattern[str]:
    """A pattern for any of some words or phrases, as whole words, in any case; ``after`` may not follow them."""
    first: dict[str, list[str]] = {}  # by their first sign, so that few of them are tried at each place
    for phrase in sorted(listed, key=len, reverse=True):
        rest = re.escape(phrase[1:]).replace("'", "['\u2019]")
        first.setdefault(phrase[0].casefold(), []).append(rest + ("" if phrase.endswith("]") else rf"(?!\w{after})"))
    inner = "|".join(f"{re.escape(sign)}(?:{'|'.join(rests)})" for sign, rests in first.items())
    word = r"(?=\w)" if all(sign.isalnum() for sign in first) else ""
    return re.compile(rf"(?<![\w-]){word}(?:{inner})" if inner else r"(?!)", re.IGNORECASE)


def fold_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(w.casefold().replace("\u2019", "'") for w in words)
