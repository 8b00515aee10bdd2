"""Which negations, hedges and conditions of a sentence may govern a quoted part of it, in four languages. Pure.

Our own, by conjunctions, commas and signs of a finite verb. Where it cannot tell, the marker governs: a needless
question costs an editor a minute, and a lost "not" the reader's trust. tests/text/clauses.yml has the cases.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from build_tools.text.attributes import describes_other_noun


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True)
class _Grammar:
    """Words by which a language joins clauses, all casefolded. Several words are one entry, with spaces between."""

    opposing: frozenset[str]
    """They part two main clauses, and a negation does not reach past them."""
    adding: frozenset[str]
    """They part two main clauses, and a condition or a doubt may reach past them."""
    conceding: frozenset[str]
    """They begin a clause that holds beside its main clause, whatever the other says."""
    aside: frozenset[str]
    """They begin a clause (relative, causal) whose negations stay in it."""
    subjects: frozenset[str]
    """Articles and pronouns, which begin a clause with a subject of its own."""
    verbs: re.Pattern[str]
    """Signs of a finite verb."""
    taking: re.Pattern[str]
    """A word after or in a marker that takes a whole clause ("that", "said"): what is added to it is governed too."""
    pointing: re.Pattern[str]
    """How a clause begins that speaks of the sentence before it ("but that is false")."""
    denying: re.Pattern[str]
    """A clause that denies something just said by a pronoun ("denied it")."""
    trailing: re.Pattern[str]
    """After a comma they begin a phrase that adds something, and whose negations stay in it: "with", "asking"."""
    inner: frozenset[str] = frozenset()
    """They oppose from inside their clause, as the German for "but" may."""
    replacing: frozenset[str] = frozenset()
    """What follows them replaces what was negated, as after "not this but"."""
    bare: bool = True
    """Whether opposing words need no comma."""
    inverts: bool = False
    """Whether a main clause begins with its verb after another clause."""


_CONDITIONS = _set("if unless whether provided si sauf pourvu wenn falls ob sofern")
_DOUBTS = _set(
    "reportedly allegedly apparently seemingly supposedly perhaps maybe possibly probably angeblich offenbar "
    "vermutlich vielleicht möglicherweise wahrscheinlich selon peut"
)
_GRAMMARS = {
    "en": _Grammar(
        opposing=_set("but yet"),
        adding=_set("and or so"),
        conceding=_set("although though while whereas") | {"even if"},
        aside=_set("because who whom whose which"),
        subjects=_set(
            "the a an this that these those there he she it they we you i his her its their our my some many most all "
            "both each every no other another several few one two three four five nobody nothing none everyone"
        ),
        verbs=re.compile(
            r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|cannot|.+n't"
            r"|.{2,}ed|(?:up|with|over|under|out|mis|re|for)?(?:sa(?:id|ys?)|told|went|came|took|gave|made|found|knew|saw|got|left|held|kept|began|ran|wrote|fell"
            r"|rose|met|paid|put|set|cut|let|led|lost|won|built|sold|spent|sent|stood|spoke|chose|broke|became|grew"
            r"|drew|brought|bought|thought|meant|felt))"
        ),
        taking=re.compile(
            r"that|whether|how|why|den(?:y|ies|ied)|sa(?:y|ys|id)|think|thinks|thought|believes?d?|know|knew|refus.*"
            r"|claim.*|alleg.*|suggest.*|expect.*|estimat.*|seem.*|appear.*|show.*|prove.*|confirm.*|doubt.*"
        ),
        pointing=re.compile(r"(?:that|this)\b"),
        trailing=re.compile(r"with|since|(?!depend|assum|provid|pend|barr|fail|accord|includ)\w{3,}ing"),
        denying=re.compile(r"\b(?:den(?:y|ies|ied)|refus\w*|false|doubt\w*)\b.*\b(?:it|this|that|so)\b|\bit\b.*\bfalse"),
    ),
    "de": _Grammar(
        opposing=_set("aber doch jedoch denn"),
        adding=_set("und oder"),
        conceding=_set("obwohl obgleich obschon wenngleich während wohingegen") | {"auch wenn", "selbst wenn"},
        aside=_set("weil der die den dem deren dessen denen welche welcher welches welchen"),
        subjects=_set(
            "der die das den dem ein eine einen einem er sie es wir ihr ich man dies diese dieser dieses sein seine "
            "ihre unser unsere kein keine niemand nichts alle viele manche einige beide jeder jede"
        ),
        verbs=re.compile(
            r"(?:ist|sind|war|waren|hat|haben|hatten?|wird|werden|wurden?|kann|können|soll|sollen|muss|müssen|darf"
            r"|dürfen|will|wollen|bleiben|blieb|blieben|gibt|gab|kam|kamen|ging|gingen|stand|hielt|nahm|fiel|stieg|schloss"
            r"|sei|seien|wäre|hätte|würde|(?!nicht$|mit$|seit$|jetzt$|erst$|fast$|selbst$|gut$|dort$|laut$|bereits$|weit$"
            r"|zuletzt$|damit$|somit$|heute$|heut$|statt$)[a-zäöüß]{2,}t(?:e|en)?)"
        ),
        taking=re.compile(
            r"dass|ob|warum|wie|sag.*|bestr.*|bestreit.*|leugn.*|dement.*|verweiger.*|heißt|glaub.*|behaupt.*|zeig.*"
        ),
        pointing=re.compile(r"(?:das|dies)\b"),
        trailing=re.compile(r"wobei|womit|wodurch"),
        denying=re.compile(
            r"\b(?:bestr\w*|leugn\w*|dement\w*|falsch)\b.*\b(?:es|das|dies)\b|\b(?:es|das)\b.*\b(?:bestr|fal)"
        ),
        inner=_set("aber jedoch hingegen dagegen allerdings"),
        replacing=_set("sondern"),
        bare=False,
        inverts=True,
    ),
    "fr": _Grammar(
        opposing=_set("mais or car"),
        adding=_set("et ou donc"),
        conceding=_set("quoique") | {"bien que", "alors que", "tandis que", "même si", "encore que"},
        aside=_set("qui dont où lequel laquelle lesquels lesquelles puisque") | {"parce que"},
        subjects=_set(
            "le la les un une des du il elle ils elles on nous vous je ce cela ça cet cette ces son sa ses leur leurs "
            "aucun aucune personne rien nul chaque plusieurs certains certaines tous toutes"
        ),
        verbs=re.compile(
            r"(?:ne|n'.+|(?:[a-z]')?(?:est|sont|était|étaient|a|ont|avait|avaient|aurait|serait|sera)|seront|peut|peuvent"
            r"|doit|doivent|va|vont|fait|font|dit|disent|reste|restent|continue|suit|veut|veulent|.{2,}(?:ait|aient|era"
            r"|eront|ra|ront|it|ut))"
        ),
        taking=re.compile(r"que|qu'.*|nie|nient|nié|dément.*|dit|disent|croit|pense|refus.*|sembl.*|prouv.*|confirm.*"),
        pointing=re.compile(r"(?:c'|cela\b|ça\b|ceci\b|ce (?:ne\b|n'|est\b|sera|serait|qui\b|que\b))"),
        trailing=re.compile(r"(?!depend|suivant|sachant|durant|pendant|moyennant)\w{4,}ant"),
        denying=re.compile(
            r"\b(?:le|l'\w*|cela|ça) ?(?:nie|nient|nié|dément\w*)|\b(?:nie|dément\w*) (?:cela|ça)|\bfaux\b"
        ),
    ),
}  # fmt: skip
_ZH_OPPOSING = ("但", "而", "不过", "然而", "却", "可是")
_ZH_POINTING = re.compile("(?:但是?|不过|然而)?(?:对?[这此])")
_ZH_NEGATIONS = "不没未无非"
_ZH_SAYING = "说称为示信认出"
#: What follows these words is denied, not what stands before them: "rather than".
_AGAINST = _set("rather instead")
#: After a joining word they stand for a whole clause, and limit the one before: "but not", "although only".
_ELLIPTIC = _set("not never only nicht nie niemals nur pas non jamais seulement")
#: A short last part after a comma may be who said all of it: "..., officials reportedly said".
_TAG = 6
_REASONS = _set("because car denn weil")
_INNER_JOINTS = ("aside", "conceding", "trailing", "predicate", "which")
_INNER = 4  # words within which an inner opposing word must stand


class _Clause(NamedTuple):
    """Words ``start`` to ``end`` (not included); how the clause is joined; the main clause that it is part of."""

    start: int
    end: int
    joint: str
    main: int


def has_verb(low: Sequence[str], lang: str) -> bool:
    """Whether casefolded words have a finite verb, as far as its form shows; always in a language without a grammar."""
    grammar = _GRAMMARS.get(lang)
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
        if (at < quoted[1] or words[at].casefold() not in _AGAINST)
        and not describes_other_noun(words, gaps, at, quoted, lang)
    ]
    if lang == "zh":
        parts = _Parts(words, gaps)
        return [at for at in markers if parts.governs(at, quoted)]
    if lang not in _GRAMMARS or not markers:
        return list(markers)
    sentence = _Sentence(words, gaps, _GRAMMARS[lang])
    return [at for at in markers if sentence.governs(at, quoted)]


@dataclass
class _Sentence:
    """The words of a sentence with its clauses."""

    words: Sequence[str]
    gaps: Sequence[str]
    grammar: _Grammar
    low: list[str] = field(init=False)
    clauses: list[_Clause] = field(init=False)
    quoted: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.low = [word.casefold() for word in self.words]
        self.clauses = self._split()

    def governs(self, marker: int, quoted: tuple[int, int]) -> bool:
        """Whether a marker may govern any of the quoted words' clauses."""
        self.quoted = quoted
        own = self._clause_of(marker)
        overlapping = [c for c in self.clauses if c.start < quoted[1] and quoted[0] < c.end]
        return any(self._reaches(marker, own, clause) for clause in overlapping)

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

    def _speaks_of_all(self, marker: int, own: _Clause) -> bool:
        """Whether a later clause speaks of the one before it, or ends with who said all of it."""
        begin = own.start + (self.low[own.start] in self.grammar.opposing | self.grammar.adding)
        clause = " ".join(self.low[begin : own.end])
        reason = self.low[own.start] in _REASONS  # "because that could" speaks of it, and does not doubt it
        if not reason and (self.grammar.pointing.match(clause) or self.grammar.denying.search(clause)):
            return True
        last = max((i for i in range(marker + 1) if "," in self.gaps[i]), default=0)
        tag = not any("," in gap for gap in self.gaps[marker + 1 :]) and len(self.words) - last <= _TAG
        return tag and last > own.start and own.end == len(self.words)

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
        return self.low[marker] in _CONDITIONS or (marker < 2 and self.low[marker] in _DOUBTS)

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
        if not found or end == at + 1 or (kind == "conceding" and self.low[at + 1] in _ELLIPTIC):
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
        if word in _CONDITIONS:  # "but if it rains, the fair moves"
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
        english = self.grammar is _GRAMMARS["en"]
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
