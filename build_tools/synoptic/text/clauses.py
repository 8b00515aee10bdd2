"""Which negations, hedges and conditions of a sentence may govern a quoted part of it, in five languages. Pure.

Our own, by conjunctions, commas and signs of a finite verb. A marker governs the quoted words of its clause as far as
the next comma; beyond it only a condition, a doubt or denial of all that is said, or a verb that takes a clause does.
tests/text/clauses.yml has the cases.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from synoptic.text.attributes import begins_example, describes_other_noun
from synoptic.text.clause_grammar import (
    AGAINST,
    CONDITIONS,
    DOUBTS,
    ELLIPTIC,
    GRAMMARS,
    IF,
    IS,
    OF,
    PAIRS,
    REACHED,
    REASONS,
    SUBORDINATING,
    WHO,
    WOULD,
    Grammar,
)

_ZH_OPPOSING = ("但", "而", "不过", "然而", "却", "可是")
_ZH_POINTING = re.compile("(?:但是?|不过|然而)?(?:对?[这此])")
_ZH_NEGATIONS = "不没未无非"
_ZH_SAYING = "说称为示信认出"
#: A short last part after a comma may be who said all of it: "..., officials reportedly said".
_TAG = 6
_INNER_JOINTS = ("aside", "conceding", "trailing", "predicate", "which")
_INNER = 4  # words within which an inner opposing word must stand


def _parts(gap: str) -> bool:
    """Whether the signs between two words part them."""
    return bool(set(gap) & set(",;:()")) or " - " in gap


class _Clause(NamedTuple):
    """Words ``start`` to ``end`` (not included); how the clause is joined; the main clause that it is part of."""

    start: int
    end: int
    joint: str
    main: int


def has_verb(low: Sequence[str], lang: str) -> bool:
    """Whether casefolded words have a finite verb, as far as its form shows; always in a language without a grammar."""
    grammar = GRAMMARS.get(lang)
    return grammar is None or any(grammar.verbs.fullmatch(word) for word in low)


def list_governing(
    words: Sequence[str], gaps: Sequence[str], quoted: tuple[int, int], markers: Sequence[int], lang: str
) -> list[int]:
    """The markers of a sentence that may govern the quoted words ``quoted[0]`` to ``quoted[1]`` (not included).

    ``words`` are as written, ``gaps`` the signs before each; all numbers count words from 0. In a language without a
    grammar every marker governs.
    """
    lang = lang.split("-")[0].lower()
    markers = [
        at
        for at in markers
        if (at < quoted[1] or words[at].casefold() not in AGAINST)
        and not describes_other_noun(words, gaps, at, quoted, lang)
        and not begins_example(words, gaps, at, quoted)
    ]
    if lang == "zh":
        parts = _Parts(words, gaps)
        return [at for at in markers if parts.governs(at, quoted)]
    if lang not in GRAMMARS or not markers:
        return list(markers)
    sentence = _Sentence(words, gaps, GRAMMARS[lang])
    return [at for at in markers if sentence.governs(at, quoted)]


def grants_fact(words: Sequence[str], gaps: Sequence[str], marker: int, quoted: tuple[int, int], lang: str) -> bool:
    """Whether the word ``marker`` of a sentence is a French "if" that grants a fact; see ``list_governing``."""
    if lang not in GRAMMARS or words[marker].casefold() not in IF:
        return False
    return _Sentence(words, gaps, GRAMMARS[lang], quoted).concedes(marker)


@dataclass
class _Sentence:
    """The words of a sentence with its clauses."""

    words: Sequence[str]
    gaps: Sequence[str]
    grammar: Grammar
    quoted: tuple[int, int] = (0, 0)
    low: list[str] = field(init=False)
    clauses: list[_Clause] = field(init=False)

    def __post_init__(self) -> None:
        self.low = [word.casefold() for word in self.words]
        self.clauses = self._split()

    def governs(self, marker: int, quoted: tuple[int, int]) -> bool:
        """Whether a marker may govern any of the quoted words' clauses."""
        self.quoted = quoted
        own = self._clause_of(marker)
        if (
            (self.low[marker] in self.low[slice(*quoted)] and not self._takes(marker, quoted[0]))
            or (self.low[marker] == "without" and {*self.low[quoted[1] : marker]} & WHO)  # of the noun before "who"
            or self._is_speech_beside(marker)
            or self._is_in_credit(marker)
            or not (self._is_beside(marker) or self._reaches_far(marker, own))
        ):
            return False
        overlapping = [c for c in self.clauses if c.start < quoted[1] and quoted[0] < c.end]
        return any(self._reaches(marker, own, clause) for clause in overlapping)

    def _is_beside(self, marker: int) -> bool:
        """Whether no sign and no clause of another kind parts a marker from the quoted words."""
        first, last = self.quoted
        if marker >= last:
            between = range(last, marker)
            joined = any(self.low[i] in self.grammar.adding | self.grammar.parting for i in between)
            return not joined and not any(map(_parts, self.gaps[last : marker + 1]))
        return not self._is_parted(marker) and not any(map(_parts, self.gaps[marker + 1 : first + 1]))

    def _is_parted(self, marker: int) -> bool:
        """Whether a clause of time or reason begins between a marker and the quoted words after it."""
        between = range(marker + 1, self.quoted[0])
        return any(self.low[i] in self.grammar.parting and self._begins_main(i + 1) for i in between)

    def _reaches_far(self, marker: int, own: _Clause) -> bool:
        """Whether a marker governs words beyond a comma: a condition, a doubt or a denial of all that was said, a verb
        that takes a clause, or a limit that is added ("but not", "although not")."""
        word, grammar = self.low[marker], self.grammar
        if self.concedes(marker) or self._is_set_phrase(marker):
            return False
        between = range(marker + 1, self.quoted[0] + 1)
        if any(":" in self.gaps[i] for i in between) and word in CONDITIONS:  # "if you missed it: ..."
            return False
        if word in CONDITIONS | PAIRS or own.joint == "which" or (word in DOUBTS and marker not in self._inside()):
            return True
        if marker < self.quoted[0]:
            near = not any(_parts(self.gaps[i]) for i in between[:-1])
            inside = [i for i in between[:-1] if self._is_of_clause(marker, i)]
            taking = any(grammar.taking.fullmatch(self.low[i]) for i in [*inside, *([marker] if near else [])])
            return taking and not _parts(self.gaps[marker]) and not self._is_parted(marker)
        before = {*self.low[max(marker - 2, self.quoted[1]) : marker]}
        limits = "(" in self.gaps[marker] or bool(before & (grammar.opposing | grammar.conceding))
        return limits or self._speaks_of_all(marker, own)

    def _is_of_clause(self, marker: int, at: int) -> bool:
        """Whether no sign parts a later word from a marker, or that word begins the clause that the marker takes."""
        parted = any(_parts(self.gaps[i]) for i in range(marker + 1, at + 1))
        return not parted or (_parts(self.gaps[at]) and self.low[at] in SUBORDINATING)

    def _reaches(self, marker: int, own: _Clause, quoted: _Clause) -> bool:
        if self._is_in_brackets(marker):
            return False
        if own == quoted:
            return True
        if not self._has_verb(own) or not (own.joint in _INNER_JOINTS or self._has_verb(quoted)):
            return True
        if own.start > quoted.start and self._speaks_of_all(marker, own):
            return True
        if own.joint == "which":
            return quoted.start < own.start
        if own.joint in ("aside", "conceding"):
            return False
        if own.joint in ("trailing", "predicate", "explaining"):
            return quoted.start > own.start
        if quoted.joint == "conceding":
            return marker < quoted.start and self._takes(marker, quoted.start)
        if quoted.main == own.main:
            return True
        if own.start > quoted.start:
            return False
        joints = [c.joint for c in self.clauses if own.start < c.start <= quoted.start]
        if {"opposing", "replacing"} & {*joints}:
            return False
        return "bare" in joints or self._takes(marker, quoted.start) or self._sweeps(marker)

    def _inside(self) -> range:
        """The words before the quoted ones, without the first two of the sentence."""
        return range(2, self.quoted[0])

    def concedes(self, marker: int) -> bool:
        """Whether a French "if" grants a fact, as in "if the train has stopped, it runs again": its clause comes first
        and says what is or was, and the main clause says nothing that would be."""
        end = self._chunk_end(marker)
        if self.low[marker] not in IF or end >= len(self.low) or end > self.quoted[0]:
            return False
        main = (*self.low[end : self._chunk_end(end)], *self.low[slice(*self.quoted)])
        would = any(WOULD.fullmatch(word) for word in main)
        return not would and any(IS.fullmatch(word) for word in self.low[marker + 1 : end])

    def _is_set_phrase(self, marker: int) -> bool:
        """Whether a marker is part of an amount ("most, if not all", "little or no")."""
        word, before, after = self.low[marker], self.low[max(marker - 2, 0) : marker], self.low[marker + 1 : marker + 2]
        if word == "no":
            return before == ["little", "or"]
        start = marker if word in CONDITIONS and {*after} & ELLIPTIC else marker - 1
        if start < 0 or self.low[start] not in CONDITIONS or self.low[start + 1] not in ELLIPTIC:
            return False
        end = next((i for i in range(start + 1, len(self.low)) if _parts(self.gaps[i])), len(self.low))
        return not any(self._is_verb(i, start) for i in range(start + 1, end))

    def _speaks_of_all(self, marker: int, own: _Clause) -> bool:
        """Whether a later clause speaks of the one before it, or ends with who said all of it."""
        begin = own.start + (self.low[own.start] in self.grammar.opposing | self.grammar.adding)
        clause = " ".join(self.low[begin : own.end])
        reason = self.low[own.start] in REASONS  # "because that could" speaks of it, and does not doubt it
        if not reason and (self.grammar.pointing.match(clause) or self.grammar.denying.search(clause)):
            return True
        last = max((i for i in range(marker + 1) if "," in self.gaps[i]), default=0)
        tag = not any("," in gap for gap in self.gaps[marker + 1 :]) and len(self.words) - last <= _TAG
        says = (
            self.low[marker] in DOUBTS
            or self.low[last] == "which"
            or any(map(self.grammar.taking.fullmatch, self.low[last:]))
        )
        return tag and says and last > own.start and own.end == len(self.words)

    def _is_speech_beside(self, marker: int) -> bool:
        """Whether a marker is inside quotation marks, and the quoted words are not."""
        inside = [sum(gap.count('"') for gap in self.gaps[: at + 1]) % 2 for at in (marker, self.quoted[0])]
        return inside == [1, 0] and not self.quoted[0] <= marker < self.quoted[1]

    def _is_in_credit(self, marker: int) -> bool:
        """Whether a marker is in a part between commas, without quoted words, that only says of whom an article speaks:
        "of the No Borders group", or whether they could be asked: "which could not be reached"."""
        first = max((i for i in range(marker + 1) if "," in self.gaps[i]), default=0)
        last = next((i for i in range(marker + 1, len(self.low)) if set(self.gaps[i]) & set(",;:")), len(self.low))
        if not first or self._quotes(first, last):
            return False
        named = any(word[:1].isupper() for word in self.words[first:last])
        of = self.low[first] in OF and named and not any(self._is_verb(i, first) for i in range(first + 1, last))
        asked = self.low[first] in WHO and bool(REACHED & {*self.low[marker:last]})
        return asked or (of and self.low[marker] not in DOUBTS | CONDITIONS)

    def _is_in_brackets(self, marker: int) -> bool:
        """Whether a marker is in brackets that hold a clause of their own, and no quoted word."""
        opening = max((i for i in range(marker + 1) if "(" in self.gaps[i]), default=-1)
        closing = next((i for i in range(marker + 1, len(self.words)) if ")" in self.gaps[i]), len(self.words))
        outside = opening >= 0 and not any(")" in gap for gap in self.gaps[opening + 1 : marker + 1])
        return outside and marker > opening and closing - opening > _INNER and not self._quotes(opening, closing)

    def _quotes(self, first: int, last: int) -> bool:
        return first < self.quoted[1] and self.quoted[0] < last

    def _takes(self, marker: int, until: int) -> bool:
        """Whether a marker takes a whole clause, so that what is added to that clause belongs to it."""
        return any(self.grammar.taking.fullmatch(word) for word in self.low[marker:until]) or self._sweeps(marker)

    def _sweeps(self, marker: int) -> bool:
        return self.low[marker] in CONDITIONS or (marker < 2 and self.low[marker] in DOUBTS)

    def _clause_of(self, at: int) -> _Clause:
        return next(clause for clause in self.clauses if clause.start <= at < clause.end)

    def _split(self) -> list[_Clause]:
        first = "conceding" if self._opens("conceding", 0) else ""
        begins: list[tuple[int, str, int]] = [(0, first, -1 if first else 0)]
        main = 0
        for at in range(1, len(self.words)):
            joint = self._joint(at, begins[-1][1], begins[-1][0])
            if joint in ("opposing", "adding", "bare", "replacing"):
                main += 1
            if joint:
                begins.append((at, joint, main))
        ends = [at for at, _, _ in begins[1:]] + [len(self.words)]
        return [_Clause(at, end, joint, number) for (at, joint, number), end in zip(begins, ends, strict=True)]

    def _joint(self, at: int, current: str, start: int) -> str:
        """How a new clause is joined at a word; "" if none begins there."""
        grammar, word, comma = self.grammar, self.low[at], "," in self.gaps[at]
        if ";" in self.gaps[at]:
            return "opposing" if self._begins_main(at) else ""
        if ":" in self.gaps[at]:
            return "explaining" if self._begins_main(at) else ""
        if word in grammar.replacing and comma:
            return "replacing"
        if (word in grammar.opposing and self._begins_main(at + 1)) and (comma or (grammar.bare and word != "yet")):
            return (
                "" if self.low[at - 1] in ("nothing", "all", "none", "nobody", "anything", "everything") else "opposing"
            )
        if word in grammar.adding and self._begins_main(at + 1):
            return "adding" if comma else "bare" if word not in ("so", "donc") else ""
        if word in grammar.opposing | grammar.adding and self._is_verb(at + 1):
            return "predicate"
        if comma and grammar.trailing.fullmatch(word) and at + 2 < len(self.words):
            return "trailing"
        if comma and grammar.inner & {*self.low[at + 1 : min(at + 1 + _INNER, self._chunk_end(at))]}:
            return "opposing" if self._begins_main(at) else ""
        if self._opens("conceding", at):
            return "conceding"
        if self._opens("aside", at) and (comma or word in ("because", "parce", "puisque")):
            closed = any("," in gap for gap in self.gaps[at + 1 :])
            return ("which" if closed else "") if word == "which" else "aside"
        resumes = comma and current in ("aside", "which")
        resumes |= comma and current == "conceding" and (self._begins_main(at) or self._inverts(at, start))
        return "resumed" if resumes else ""

    def _opens(self, kind: str, at: int) -> bool:
        """Whether a clause of a kind begins at a word, and has a verb."""
        opening: frozenset[str] = getattr(self.grammar, kind)
        pair = " ".join(self.low[at : at + 2])
        before = f"{self.low[at - 1]} {self.low[at]}" if at else ""
        found = self.low[at] in opening or pair in opening or (before in opening and self.low[at - 1] == "even")
        end = self._chunk_end(at)
        if not found or end == at + 1 or (kind == "conceding" and self.low[at + 1] in ELLIPTIC):
            return False
        final = self.grammar.inverts and end - at > 3 and self.words[end - 1].islower()  # German puts the verb last
        return final or any(self._is_verb(i, at) for i in range(at + 1, end))

    def _inverts(self, at: int, start: int) -> bool:
        return self.grammar.inverts and start == 0 and self._is_verb(at)

    def _begins_main(self, at: int) -> bool:
        """Whether a clause with a subject and a finite verb of its own begins at a word."""
        if at >= len(self.words) or set(self.gaps[at]) - set(" \"',;:"):
            return False
        end, word = self._chunk_end(at), self.low[at]
        if word in CONDITIONS:  # "but if it rains, the fair moves"
            return end < len(self.words) and self._begins_main(end)
        subject = word in self.grammar.subjects or self.words[at][:1].isupper() or word[:2] in ("l'", "c'", "d'")
        subject = subject or (at + 1 < end and word.isalpha() and not self._is_verb(at) and self._is_auxiliary(at + 1))
        inverted = self.grammar.inverts and self._is_verb(at) and at + 2 < end
        return (subject and any(self._is_verb(i, at) for i in range(at + 1, end))) or inverted

    def _is_auxiliary(self, at: int) -> bool:
        return self._is_verb(at) and not self.low[at].endswith(("ed", "te", "ten")) and len(self.low[at]) < 8

    def _is_verb(self, at: int, start: int = -1) -> bool:
        """Whether a word looks like a finite verb, in a clause that begins at ``start``."""
        if at >= len(self.words) or (self.words[at][:1].isupper() and at):
            return False
        if self.grammar.verbs.fullmatch(self.low[at]):
            return True
        english = self.grammar is GRAMMARS["en"]
        pronoun = start >= 0 and at == start + 1 and self.low[start] in ("he", "she", "it", "they", "we", "you", "i")
        return english and (
            pronoun or (0 <= start < at - 1 and self.low[at].endswith("s") and not self.low[at].endswith("'s"))
        )

    def _has_verb(self, clause: _Clause) -> bool:
        return clause.joint in ("aside", "conceding", "trailing") or any(
            self._is_verb(i, clause.start) for i in range(clause.start, clause.end)
        )

    def _chunk_end(self, at: int) -> int:
        """The next word after ``at`` with a comma, a semicolon or a joining word before it, or the end."""
        joining = self.grammar.opposing | self.grammar.conceding
        return next(
            (i for i in range(at + 1, len(self.words)) if set(self.gaps[i]) & set(",;:") or self.low[i] in joining),
            len(self.words),
        )


@dataclass
class _Parts:
    """The parts of a Chinese sentence between its commas."""

    words: Sequence[str]
    gaps: Sequence[str]

    def governs(self, marker: int, quoted: tuple[int, int]) -> bool:
        """Whether a marker may govern the quoted words."""
        number, parts = self._number()
        own, first, last = number[marker], number[quoted[0]], number[quoted[1] - 1]
        if first <= own <= last:
            return True
        negation = self.words[marker] in _ZH_NEGATIONS
        if own < first:
            if any(part.startswith(_ZH_OPPOSING) for part in parts[own + 1 : first + 1]):
                return False
            return not negation or parts[own][-1] in _ZH_SAYING
        opposed = any(part.startswith(_ZH_OPPOSING) for part in parts[last + 1 : own + 1])
        opening = marker - number.index(own) <= 2 * opposed
        return bool(_ZH_POINTING.match(parts[own])) or opening or not (negation or opposed)

    def _number(self) -> tuple[list[int], list[str]]:
        """The part each word is in, and the letters of each part."""
        number, parts = [], [""]
        for word, gap in zip(self.words, self.gaps, strict=True):
            if set(gap) & set("\uff0c\uff1b,;") and parts[-1]:
                parts.append("")
            parts[-1] += word
            number.append(len(parts) - 1)
        return number, parts
