"""The vocabulary: every closed list of words, as ``briefings/vocabulary.yml`` holds them."""

from __future__ import annotations

from build_tools.model.values import Keyed, Line, Placed, Several


class Term(Placed):
    """One entry of a vocabulary list."""

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


class Markers(Placed):
    """Words that, left outside a quotation, would change its meaning, and those by which speech, names, figures and
    dates are told; one set a language. The comments in vocabulary.yml say what each list is for."""

    negations: Several[Line] = ()
    hedges: Several[Line] = ()
    conditions: Several[Line] = ()
    saying: Several[Line] = ()
    reporting: Several[Line] = ()
    crediting: Several[Line] = ()
    naming: Several[Line] = ()
    sayings: Several[Line] = ()
    pronouns: Several[Line] = ()
    titles: Several[Line] = ()
    roles: Several[Line] = ()
    months: Several[Line] = ()
    weekdays: Several[Line] = ()
    relative: Several[Line] = ()
    ago: Several[Line] = ()
    units: Several[Line] = ()
    numbers: Several[Line] = ()
    qualifiers: Several[Line] = ()
    traits: Several[Line] = ()
    final: Several[Line] = ()
    seeing: Several[Line] = ()
    agents: Several[Line] = ()
    adverb_endings: Several[Line] = ()
    before_roles: Several[Line] = ()
    calling: Several[Line] = ()
    vague: Several[Line] = ()
    viewing: Several[Line] = ()
    indirect: Several[Line] = ()
    participles: Several[Line] = ()
    nounlike: Several[Line] = ()
    adverbs: Several[Line] = ()
    auxiliaries: Several[Line] = ()
    passive: Several[Line] = ()
    nominal: Several[Line] = ()
    joining: Several[Line] = ()
    functions: Several[Line] = ()
    determiners: Several[Line] = ()
    prepositions: Several[Line] = ()
    connectors: Several[Line] = ()
    organisations: Several[Line] = ()
    origins: Several[Line] = ()
    loose: Several[Line] = ()
    women: Several[Line] = ()
    men: Several[Line] = ()
    fronting: Several[Line] = ()
    telling: Several[Line] = ()
    collective: Several[Line] = ()
    role_endings: Several[Line] = ()
    noun_endings: Several[Line] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Negations, hedges and conditions together."""
        return (*self.negations, *self.hedges, *self.conditions)


_NO_MARKERS = Markers()


class Vocabulary(Placed):
    """briefings/vocabulary.yml: every closed list of words, in one place."""

    stances: Several[Term]
    kinds: Several[Term]
    modes: Several[Term]
    relations: Several[Term]
    blocks: Several[Term]
    genres: Several[Term]
    speaker_kinds: Several[Term]
    statuses: Several[Term]
    rights: Several[Term]
    verdicts: Several[Term]
    silences: Several[Term]
    limits: Several[Term]
    markers: Keyed[str, Markers]

    def terms(self, name: str) -> dict[str, Term]:
        """The terms of the list ``name``, by id."""
        return {term.id: term for term in getattr(self, name)}

    def get(self, name: str, word: str) -> Term:
        """The term ``word`` of the list ``name``; an unknown word is its own label, so that drafts still show."""
        terms: tuple[Term, ...] = getattr(self, name)
        return next((term for term in terms if term.id == word), None) or Term(id=word, label=word)

    def markers_of(self, lang: str) -> Markers:
        """The marker words of a language (``fr`` also serves ``fr-CA``); none where the language has no list."""
        return self.markers.get(lang.split("-")[0].lower(), _NO_MARKERS)


#: The names of the lists.
LISTS = tuple(name for name in Vocabulary.model_fields if name not in ("place", "markers"))
