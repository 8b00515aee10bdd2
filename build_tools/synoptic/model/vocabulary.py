"""The vocabulary: the lists of words that the program brings, and what a site adds to them."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from pydantic import Field, PrivateAttr, model_validator

from synoptic.model.values import Id, Keyed, Language, Line, Placed, Several
from synoptic.text.guard_words import GuardWords

#: The file of a site's own words; it may be missing.
PATH = "briefings/vocabulary.yml"


class Term(Placed):
    """An entry of a vocabulary list: a word with its label, and how pages show and explain it."""

    id: str
    label: str
    symbol: str = ""
    css: str = ""
    plural: str = ""
    back: str = ""
    description: str = ""
    rule: str = ""
    called: Several[str] = ()
    opinion: bool = False
    counts: bool = False


#: Lists that only ``suggest`` uses are in suggest/words now; vocabularies in Git's history, and those of forks, may
#: still have them.
MOVED = {
    "adverb_endings", "adverbs", "agents", "ago", "auxiliaries", "before_roles", "calling", "collective",
    "connectors", "crediting", "determiners", "final", "fronting", "functions", "indirect", "joining", "loose",
    "men", "months", "naming", "nominal", "noun_endings", "nounlike", "numbers", "organisations", "origins",
    "participles", "passive", "prepositions", "pronouns", "qualifiers", "relative", "reporting", "role_endings",
    "roles", "sayings", "seeing", "telling", "titles", "traits", "units", "vague", "viewing", "weekdays", "women",
}  # fmt: skip


class Markers(Placed):
    """Words of one language that, left outside a quotation, would change its meaning; and verbs of saying."""

    negations: Several[Line] = ()
    hedges: Several[Line] = ()
    conditions: Several[Line] = ()
    saying: Several[Line] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_moved_lists(cls, value: Any) -> Any:
        return {k: v for k, v in value.items() if k not in MOVED} if isinstance(value, dict) else value

    @property
    def all(self) -> tuple[str, ...]:
        """Negations, hedges and conditions together."""
        return (*self.negations, *self.hedges, *self.conditions)


_NO_MARKERS = Markers()


class Quoting(Placed):
    """How much may be quoted. The program's numbers are also the highest that a site may set; each can be lowered."""

    narration: int = Field(15, ge=4, le=15)
    """Words of narration in one quotation."""
    narration_with_reason: int = Field(25, ge=4, le=25)
    """The same, if the statement gives a reason."""
    whole_sentence: int = Field(30, ge=4, le=30)
    """Words of narration that is one whole sentence. Not below narration."""
    speech: int = Field(60, ge=4, le=60)
    """Words of a speaker in one quotation."""
    narration_share: int = Field(25, ge=1, le=25)
    """Quoted narration must stay under this percentage of an article's words."""
    quoted_share: int = Field(40, ge=1, le=40)
    """All quotations together must stay under this percentage of an article's words."""

    def fill(self, sentence: str) -> str:
        """``sentence`` with the numbers in the place of their names in braces, as {narration}."""
        for name, number in self.model_dump().items():
            sentence = sentence.replace(f"{{{name}}}", str(number))
        return sentence


_QUOTING = Quoting()


class Vocabulary(Placed):
    """Every list of words: the program's (load/vocabulary.yml), and what the site adds to them."""

    stances: Several[Term]
    kinds: Several[Term]
    modes: Several[Term]
    relations: Several[Term]
    blocks: Several[Term]
    genres: Several[Term]
    speaker_kinds: Several[Term]
    term_modes: Several[Term] = ()
    statuses: Several[Term]
    rights: Several[Term]
    verdicts: Several[Term]
    topic_labels: Several[Term] = ()
    headline_marks: Several[Term] = ()
    silences: Several[Term]
    copies: Several[Term] = ()
    limits: Several[Term]
    markers: Keyed[str, Markers]
    quoting: Quoting = _QUOTING
    _guard_words: Callable[[str], GuardWords] | None = PrivateAttr(None)

    def terms(self, name: str) -> dict[str, Term]:
        """The terms of the list ``name``, by id."""
        return {term.id: term for term in getattr(self, name)}

    def get(self, name: str, word: str) -> Term:
        """The term ``word`` of the list ``name``; an unknown word is its own label, so that drafts still show."""
        term: Term
        for term in getattr(self, name):
            if term.id == word:
                return term
        return Term(id=word, label=word)

    def list_added(self, name: str) -> list[Term]:
        """The terms of the list ``name`` that the site added."""
        return [term for term in getattr(self, name) if term.place.path == PATH]

    def markers_of(self, lang: str) -> Markers:
        """The marker words of a language (``fr`` also serves ``fr-CA``); none if the language has no list."""
        return self.markers.get(lang.split("-")[0].lower(), _NO_MARKERS)

    def guard_words_of(self, lang: str) -> GuardWords:
        """The program's own lists of a language, by which it guards the context of quotations."""
        return self._guard_words(lang) if self._guard_words else GuardWords()

    def with_guard_words(self, of: Callable[[str], GuardWords]) -> Self:
        """This vocabulary with the program's lists, which ``of`` reads for a language."""
        self._guard_words = of
        return self


#: The names of the lists.
LISTS = tuple(name for name in Vocabulary.model_fields if name not in ("place", "markers", "quoting"))


class Word(Placed):
    """A word that a site adds to a list."""

    id: Id
    label: Line
    plural: Line = ""
    """How the home page counts several: ``2 podcasts``."""
    description: Line = ""
    """What it means, for editors who choose it."""


class Additions(Placed):
    """A site's briefings/vocabulary.yml: what it adds to the program's words, of which it cannot change or remove any;
    and the limits of quoting that it lowers."""

    CLOSED: ClassVar[Mapping[str, str]] = {
        "stances": "each verdict is computed from them",
        "kinds": "verdicts and open questions depend on them",
        "modes": "they decide whose words count",
        "relations": "rules and pages treat each in its own way",
        "term_modes": "the search knows what each of them means",
        "statuses": "they decide what is an error and what is listed",
        "rights": "they decide how much of an article the site may show",
        "verdicts": "the program computes them by fixed rules",
        "topic_labels": "the program computes them by fixed rules",
        "headline_marks": "the program computes them by fixed rules",
        "silences": "the program computes them from its searches",
        "copies": "they decide what a search without a hit may claim",
        "limits": "pictures draw figures by them",
    }

    blocks: Several[Word] = ()
    """Kinds of paragraphs. None of them counts as evidence."""
    genres: Several[Word] = ()
    """Kinds of articles."""
    speaker_kinds: Several[Word] = ()
    """Kinds of named speakers. The program treats them as groups, so they do not suit a person."""
    markers: Keyed[Language, Markers] = Field(default_factory=dict)
    """Words of further languages that change a quotation's meaning if they are left outside it."""
    quoting: Quoting = _QUOTING
    """Lower limits of quoting. None can be raised."""


#: The lists that a site may extend by words.
OPEN = tuple(name for name in Additions.model_fields if name not in ("place", "markers", "quoting"))
