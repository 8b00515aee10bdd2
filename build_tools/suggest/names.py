"""Who is mentioned in a text: names, roles ("the minister") and pronouns, and which name stands behind each. Pure.

In: paragraphs (tidied), their stretches in quotation marks, and the word lists of their language.
Out: mentions in order, and names. Guesses, by the way that names are written.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from build_tools.suggest.word_lists import Words
from build_tools.text.quotation_marks import MARKS, Span
from build_tools.text.sentences import Stretches, is_headline, split_sentences

_WORD = r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s[^\W\d_])|[^\W_]+(?:['\u2019&.\u2011-][^\W_]+)*"
_TOKEN = re.compile(_WORD)
_ELIDED = re.compile(rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019](?=\w)|{_WORD}", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['\u2019]")
_GENITIVE = re.compile(r"['\u2019]s?$")
_DATELINE = re.compile(
    r"[A-Z\u00c0-\u00dc][A-Z\u00c0-\u00dc .'\u2019-]{3,30}(?:,\s[A-Z][\w. ]{1,20})?(?:\s?\([^()]{1,20}\))?"
    r"\s?(?:--|[\u2014\u2013])\s?"
)
_AGE = re.compile(r"\*?,\s\d{1,3}(?:[,.;]|\s(?:ans|Jahre)\b)")
_ACRONYM = re.compile(r"(?![IVX]+$)[^\W\d_a-z]{2,}$")
#: A name of more words than this is a headline's capitals.
MOST_WORDS = 8

Token = tuple[int, int, str, str]


@dataclass(frozen=True)
class Mention:
    """Somebody mentioned: where, in what form (name, role or pronoun), under what name."""

    start: int
    end: int
    form: str
    name: str
    role: str = ""
    possessive: bool = False


def phrases(listed: Iterable[str], after: str = "") -> re.Pattern[str]:
    """A pattern for any of some words or phrases, as whole words, in any case; ``after`` may not follow them."""
    first: dict[str, list[str]] = {}  # by their first sign, so that few of them are tried at each place
    for phrase in sorted(listed, key=len, reverse=True):
        rest = re.escape(phrase[1:]).replace("'", "['\u2019]")
        first.setdefault(phrase[0].casefold(), []).append(rest + ("" if phrase.endswith("]") else rf"(?!\w{after})"))
    inner = "|".join(f"{re.escape(sign)}(?:{'|'.join(rests)})" for sign, rests in first.items())
    word = r"(?=\w)" if all(sign.isalnum() for sign in first) else ""
    return re.compile(rf"(?<![\w-]){word}(?:{inner})" if inner else r"(?!)", re.IGNORECASE)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(w.casefold().replace("\u2019", "'") for w in words)


class Cast:
    """Everybody mentioned in a text. Mentions are read once; looking one up never reads the text again."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        self.blocks, self.spans, self.words = blocks, spans, words
        self.roles = _folded(words.roles)
        self.titles = _folded(words.titles)
        self.pronouns = _folded(words.pronouns)
        counted = (*words.units, *words.numbers) if "nouns with capitals" in words.traits else ()
        self.functions = _folded((*words.functions, *words.months, *words.weekdays, *counted))
        self.connectors = _folded(words.connectors)
        self.determiners = _folded(words.determiners)
        self.organisations = _folded(words.organisations)
        self.origins = _folded(words.origins)
        self.auxiliaries = _folded(words.auxiliaries)
        self.prepositions = _folded(words.prepositions)
        self.verbs = _folded(words.reporting)
        self._endings = tuple(_folded(words.role_endings))
        self._nouns = tuple(_folded(words.noun_endings)) if "nouns with capitals" in words.traits else ()
        self._elides = "elision" in words.traits
        joined = "|".join(re.escape(w) for w in words.prepositions) or "(?!)"
        articles = "|".join(re.escape(w) for w in words.determiners) or "(?!)"
        self._hanging = re.compile(rf"(?<!\w)(?:{joined})(?:\s|(?<=['\u2019]))(?:(?:{articles})\s?)?$", re.IGNORECASE)
        self._hangs: dict[tuple[int, int], bool] = {}
        self._women, self._men = _folded(words.women), _folded(words.men)
        brackets = ([m.span() for m in re.finditer(r"\([^()]*\)", block)] for block in blocks)
        self._within = [
            Stretches([*((a, b) for a, b, _ in marks), *((a + 1, b) for a, b in apart)])
            for marks, apart in zip(spans, brackets, strict=True)
        ]

    # -- looking up ------------------------------------------------------------------------------------------------

    def within(self, n: int, place: int) -> bool:
        """Whether a place stands inside quotation marks, or in brackets, where no speaker is named."""
        return place in self._within[n]

    @cached_property
    def mentions(self) -> list[list[Mention]]:
        """Everybody mentioned, paragraph by paragraph, in order."""
        return [self._read(n) for n in range(len(self.blocks))]

    @cached_property
    def _starts(self) -> list[list[int]]:
        return [[m.start for m in found] for found in self.mentions]

    def between(self, n: int, start: int, end: int) -> list[Mention]:
        """The mentions of a paragraph that begin between two places, outside quotation marks."""
        found, starts = self._outside[n]
        return found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]

    @cached_property
    def _outside(self) -> list[tuple[list[Mention], list[int]]]:
        """The mentions of each paragraph outside quotation marks and brackets, and where they begin."""
        outside = [[m for m in found if not self.within(n, m.start)] for n, found in enumerate(self.mentions)]
        return [(found, [m.start for m in found]) for found in outside]

    def hangs(self, n: int, mention: Mention) -> bool:
        """Whether a mention hangs on another: "the head of Roe", "officials in Oslo"."""
        if (known := self._hangs.get((n, mention.start))) is None:
            lead = self.blocks[n][max(0, mention.start - 40) : mention.start]
            known = bool(self._hanging.search(lead))
            if not known and lead.endswith(" and "):  # "the committee on intelligence and security"
                before = self.between(n, mention.start - 60, mention.start)[-1:]
                known = bool(before) and before[0].end == mention.start - 5 and self.hangs(n, before[0])
            self._hangs[n, mention.start] = known
        return known

    def fits(self, who: str, pronoun: str) -> bool:
        """Whether a pronoun may mean somebody, as far as a title or role of theirs in the text tells."""
        low = pronoun.casefold()
        sexes = (low in self._women, low in self._men)
        known = self._sexes.get(who) or {self._sex(who)}
        return not any(sexes) or sexes in known or known == {(False, False)}

    def _sex(self, words: str) -> tuple[bool, bool]:
        parts = set(words.casefold().replace(".", "").split())
        return bool(parts & self._women), bool(parts & self._men)

    @cached_property
    def _sexes(self) -> dict[str, set[tuple[bool, bool]]]:
        """What the titles and roles of each name tell: whether a woman's, whether a man's."""
        found: dict[str, set[tuple[bool, bool]]] = {}
        for mentions in self.mentions:
            for mention in mentions:
                if mention.form == "name" and any(told := self._sex(mention.role)):
                    found.setdefault(self.full(mention.name), set()).add(told)
        return found

    # -- names -----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> list[str]:
        """Every name of the text, in order, each once; a headline's capitals name nobody."""
        plain = [n for n, block in enumerate(self.blocks) if not is_headline(block)]
        return list(dict.fromkeys(m.name for n in plain for m in self.mentions[n] if m.form == "name"))

    @cached_property
    def _attested(self) -> set[str]:
        """Names that the text treats as persons: with a title or role, or with a surname that recurs alone."""
        found = {
            m.name for n, mentions in enumerate(self.mentions) for m in mentions
            if m.form == "name" and (m.role or _AGE.match(self.blocks[n], m.end))
        }  # fmt: skip
        alone = {
            p for p in self.people if " " not in p and not self._origin(p) and p.casefold() not in self.organisations
        }
        return found | {p for p in self.people if " " in p and p.split()[-1] in alone}

    @cached_property
    def _fuller(self) -> dict[tuple[str, ...], str]:
        """The last words of each name, to the first name that ends in them."""
        found: dict[tuple[str, ...], str] = {}
        for name in self.people:
            parts = tuple(name.split())
            for i in range(1, len(parts) if len(parts) <= 4 else 0):
                found.setdefault(parts[i:], name)
        for name in self.people:
            parts = tuple(name.split())
            if len(parts) == 2 and name in self._attested:
                found.setdefault(parts[:1], name)
        return found

    def full(self, name: str) -> str:
        """The fullest form of a name in the text: "Roe" is "Jane Roe"."""
        return self._fuller.get(tuple(name.split()), name)

    def personal(self, name: str) -> bool:
        """Whether a name seems to be a person's."""
        full = self.full(name)
        parts = full.split()
        if any(p.casefold() in self.organisations or self._origin(p) for p in parts):
            return False
        if any(_ACRONYM.match(p) and (k or len(p) > 2) for k, p in enumerate(parts)) and not full.isupper():
            return False
        return full in self._attested or 2 <= len(parts) <= 4

    def _origin(self, word: str) -> bool:
        return word.casefold() in self.origins

    @cached_property
    def _introduced(self) -> dict[str, list[tuple[int, int, str]]]:
        """Each word of a role, to the names introduced with it: paragraph, place, name."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for n, mentions in enumerate(self.mentions):
            for mention in mentions:
                if mention.form == "name" and not self.within(n, mention.start):
                    for word in set(mention.role.casefold().split()):
                        found.setdefault(word, []).append((n, mention.start, mention.name))
        return found

    def of_role(self, n: int, mention: Mention) -> str | None:
        """The name of whoever was introduced with the role of "the minister"."""
        i = bisect.bisect_right(self._starts[n], mention.start)
        following = self.mentions[n][i] if i < len(self.mentions[n]) else None
        if (
            following
            and following.form == "name"
            and not following.possessive
            and self.blocks[n][mention.end : following.start] == ", "
        ):
            return self.full(following.name)
        words = mention.name.casefold().split()
        if words[0] not in self._definite:
            return None
        head = next((w for w in words if self.is_role(w)), "")
        after = mention.name.split()[words.index(head) + 1 :] if head else []
        if any(w[:1].isupper() for w in after) and not self._nouns:
            return None  # "the president of Mexico" need not be the president named before
        known = self._introduced.get(head, [])
        at = bisect.bisect_left(known, (n, mention.start, ""))
        return self.full(known[at - 1][2]) if at else None

    @cached_property
    def _definite(self) -> frozenset[str]:
        """The words before a role that point back: "the minister", "Mr Minister"."""
        indefinite = ("a", "an", "un", "une", "ein", "eine", "some", "several", "many", "one", "two", "three")
        return (self.determiners | self.titles) - frozenset(indefinite)

    def is_role(self, low: str) -> bool:
        """Whether a word (casefolded) is a role; in a language of compounds also one that ends in a role."""
        if low in self.roles:
            return True
        if not self._endings or len(low) < 5:
            return False
        stem = re.sub("(?:innen|in|es|en|s|n)$", "", low)
        return low.endswith(self._endings) or stem in self.roles or stem.endswith(self._endings)

    # -- reading a paragraph ---------------------------------------------------------------------------------------

    def _tokens(self, block: str) -> list[Token]:
        pattern = _ELIDED if self._elides else _TOKEN
        return [(m.start(), m.end(), m[0], m[0].casefold().replace("\u2019", "'")) for m in pattern.finditer(block)]

    def _read(self, n: int) -> list[Mention]:
        """Names, roles and pronouns of a paragraph, in order."""
        block = self.blocks[n]
        tokens = self._tokens(block)
        dateline = _DATELINE.match(block)
        if dateline:
            tokens = [t for t in tokens if t[0] >= dateline.end()]
        starts = {a for a, _ in split_sentences(block)} | {a for a, _, _ in self.spans[n]}
        starts |= {dateline.end()} if dateline else set()
        inner = {t[2] for s, t in pairwise(tokens) if block[s[1] : t[0]] == " "}
        found: list[Mention] = []
        i = 0
        while i < len(tokens):
            a, _, word, low = tokens[i]
            if old := self._years_old(block, tokens, i):
                found.append(old)
                i += 1
            elif (bare := _APOSTROPHE.split(low)[0]) in self.pronouns and len(bare) > 1:
                found.append(Mention(a, a + len(bare), "pronoun", word[: len(bare)]))
                i += 1
            elif self._before_role(block, tokens, i):
                i += 1  # "a senior Afghan official": the role's phrase takes it in
            elif self._roleword(block, tokens, i):
                mention, i = self._role_at(block, tokens, i)
                self._take_in(found, mention, a)
            elif self._nameable(word, low) or (low.rstrip(".") in self.titles and word[:1].isupper()):
                name, i = self._name_at(block, tokens, i, first=a in starts, inner=inner)
                if name is not None:
                    found.append(name)
            elif self.is_role(low):
                mention, after = self._role_at(block, tokens, i)
                if not self._adjective(tokens, i, block):
                    self._take_in(found, mention, a)
                i = after
            else:
                i += 1
        return found

    def _years_old(self, block: str, tokens: Sequence[Token], i: int) -> Mention | None:
        """ "The 51-year-old", where no noun follows: it stands for a name as a pronoun does."""
        _, end, _, low = tokens[i]
        if not low.endswith("-year-old") or i == 0 or tokens[i - 1][3] not in self._definite:
            return None
        following = tokens[i + 1] if i + 1 < len(tokens) and block[end : tokens[i + 1][0]] == " " else None
        if following and following[3] not in self.verbs | self.auxiliaries | self.functions | self.prepositions:
            return None
        return Mention(tokens[i - 1][0], end, "pronoun", block[tokens[i - 1][0] : end])

    def _take_in(self, found: list[Mention], mention: Mention, at: int) -> None:
        """Adds a role that stands at a place; a name before it that only describes it is no mention of its own."""
        while found and not found[-1].possessive and found[-1].form == "name":
            if found[-1].end != at - 1 and found[-1].start < mention.start:
                break
            found.pop()
        found.append(mention)

    def _article(self, low: str) -> bool:
        """Whether a word stands before a role as part of it; "du" is its preposition as well, and is left out."""
        return low in self.determiners and not (self._elides and low in self.prepositions)

    def _adjective(self, tokens: Sequence[Token], i: int, block: str) -> bool:
        """Where adjectives follow their noun: whether a role describes the noun before it, and is nobody."""
        if (
            not self._elides
            or i == 0
            or block[tokens[i - 1][1] : tokens[i][0]] != " "
            or not tokens[i - 1][2].islower()
        ):
            return False
        low = tokens[i - 1][3]
        small = self.determiners | self.functions | self.prepositions | self.auxiliaries | self.verbs
        return low not in small and not self.is_role(low) and low not in self.words.before_roles

    def _roleword(self, block: str, tokens: Sequence[Token], i: int) -> bool:
        """In a language that writes all nouns with capitals: a role, of which no name is made."""
        return bool(self._nouns) and self.is_role(tokens[i][3]) and tokens[i][3] not in self.titles

    def _before_role(self, block: str, tokens: Sequence[Token], i: int) -> bool:
        """Whether a word of origin with a capital stands before a role in small letters."""
        if not self._origin(tokens[i][2]) or tokens[i][3] in self.roles:
            return False
        for j in range(i + 1, min(i + 4, len(tokens))):
            if block[tokens[j - 1][1] : tokens[j][0]] != " " or not tokens[j][2].islower():
                return False
            if tokens[j][2] in self.roles:
                return True
        return False

    def _nameable(self, word: str, low: str) -> bool:
        base = re.sub(r"'s$", "", low)
        return word[:1].isupper() and base not in self.functions and not low.startswith("i'")

    def _gap(self, block: str, tokens: Sequence[Token], j: int) -> bool:
        """Whether token ``j`` follows the one before it within a name."""
        gap = block[tokens[j - 1][1] : tokens[j][0]]
        previous = tokens[j - 1][3]
        return (
            gap == " "
            or (gap == "" and previous.endswith("'"))
            or (gap == ". " and (len(previous) == 1 or previous in self.titles))
        )

    def _name_at(
        self, block: str, tokens: Sequence[Token], i: int, *, first: bool, inner: set[str]
    ) -> tuple[Mention | None, int]:
        """The name that begins at token ``i``, and the token after it."""
        run = [i]
        j = i + 1
        possessive = bool(_GENITIVE.search(tokens[i][2]))
        while j < len(tokens) and not possessive and self._gap(block, tokens, j):
            word, low = tokens[j][2], tokens[j][3]
            if self._nameable(word, low) and not self._roleword(block, tokens, j):
                run.append(j)
                possessive = bool(re.search(r"['\u2019]s$", word))
                j += 1
            elif low in self.connectors and (after := self._name_after(block, tokens, j)):
                run.extend(range(j, after))
                j = after
            else:
                break
        if (
            first
            and len(run) > 1
            and re.fullmatch("[A-Z][a-z]{3,}ing", tokens[i][2])
            and not (tokens[i][2] in inner or tokens[run[1]][3] in self.organisations)
        ):
            run = run[1:]  # "Visiting Oslo"
        words = [tokens[k][2] for k in run]
        lows = [tokens[k][3].rstrip(".") for k in run]
        roles = [k for k, w in enumerate(lows) if self.is_role(w) or w in self.titles]
        role, head = "", 0
        last = roles[-1] + 1 if roles else 0
        if roles and last < len(words) and lows[last] not in self.connectors and words[last][0].isupper():
            head = last
            role = " ".join(lows[:head])
        elif roles and last < len(words):  # "Minister of Foreign Affairs Jane Roe"
            joint = max(k for k, w in enumerate(lows) if w in self.connectors)
            if len(words) - joint > 3 and not any(w in self.organisations for w in lows[-2:]):
                head = len(words) - 2
                role = " ".join(lows[:head])
        if len(run) > MOST_WORDS and not (head and len(run) - head < 5):
            return None, j
        start, end = tokens[run[head]][0], tokens[run[-1]][1]
        name = block[start:end]
        if possessive:
            name = _GENITIVE.sub("", name)
            end -= len(block[start:end]) - len(name)
        if head == 0 and roles:
            described = i > 0 and tokens[i - 1][3] in self.words.before_roles  # "the First Lady"
            if len(run) == 1 and (first or described) and self.is_role(lows[0]):
                return self._role_at(block, tokens, i)
            if len(run) == 1 and lows[0] in self.titles and not self.is_role(lows[0]):
                return None, j
            the = i > 0 and self._article(tokens[i - 1][3]) and block[tokens[i - 1][1] : start] == " "
            begin = tokens[i - 1][0] if the else start
            return Mention(begin, end, "role", block[begin:start] + name, "", possessive), j
        if not role and i > 0 and self.is_role(tokens[i - 1][3]) and not possessive:
            role = tokens[i - 1][3] if block[tokens[i - 1][1] : start] in (" ", ", ") else ""
        if self._nouns and not role and not self._german(tokens, run):
            return None, j
        if not role:
            role = self._apposed(block, end)
        if len(run) == 1 and not possessive and self._origin(words[0]) and self._before_noun(block, tokens, j):
            return None, j
        if (
            len(run) == 1
            and first
            and not role
            and len(words[0]) > 2
            and self._common(lows[0])
            and words[0] not in inner
        ):
            return None, j
        return Mention(start, end, "name", name, role, possessive), j

    def _before_noun(self, block: str, tokens: Sequence[Token], j: int) -> bool:
        """Whether a noun in small letters follows, or a word like it, rather than a verb that is known."""
        if j >= len(tokens) or block[tokens[j - 1][1] : tokens[j][0]] != " " or not tokens[j][2].islower():
            return False
        small = self.functions | self.prepositions | self.auxiliaries | self.verbs | self.connectors
        return tokens[j][3] not in small

    def _german(self, tokens: Sequence[Token], run: Sequence[int]) -> bool:
        """Whether words with capitals are a name in a language that writes all nouns so.

        Two words in a row are; one word is where it stands beside a verb of saying, after a role or at the end of a
        longer name, and seldom after an article.
        """
        names, common = self._surnames
        first, last = (_GENITIVE.sub("", tokens[k][2]) for k in (run[0], run[-1]))
        joined = any(not tokens[k][2][:1].isupper() for k in run)
        if len(run) > 1 and not joined:
            return not (tokens[run[-1]][3].endswith(self._nouns) or last in common)
        return first in names and (not joined or last not in common)

    @cached_property
    def _surnames(self) -> tuple[set[str], set[str]]:
        """Single words that are names, and words that are none, where all nouns have capitals."""
        good: set[str] = set()
        free: dict[str, int] = {}
        bound: dict[str, int] = {}
        for n, block in enumerate(self.blocks):
            tokens = self._tokens(block)
            for k, (start, _, word, low) in enumerate(tokens):
                if not self._nameable(word, low) or self.is_role(low) or low.endswith(self._nouns):
                    continue
                before = tokens[k - 1] if k and block[tokens[k - 1][1] : start] == " " else None
                after = tokens[k + 1] if k + 1 < len(tokens) and block[tokens[k][1] : tokens[k + 1][0]] == " " else None
                described = before and k > 1 and before[2].islower() and before[3] not in self.verbs
                if before and (before[3] in self.determiners or (described and tokens[k - 2][3] in self.determiners)):
                    bound[word] = bound.get(word, 0) + 1
                    continue
                free[word] = free.get(word, 0) + 1
                capital = before and self._nameable(before[2], before[3]) and not self.is_role(before[3])
                beside = (before and before[3] in self.verbs) or (after and after[3] in self.verbs)
                titled = before and (before[3] in self.titles or self.is_role(before[3]))
                if (beside or titled or capital) and not self.within(n, start):
                    good.add(word)
        common = {w for w, times in bound.items() if times >= free.get(w, 0)}
        return {w for w in good if w not in common}, common

    def _common(self, low: str) -> bool:
        """Whether a word with a capital at the head of a sentence is no name: ends as an adverb or participle does."""
        return low.endswith(tuple(self.words.adverb_endings))

    def _name_after(self, block: str, tokens: Sequence[Token], j: int) -> int:
        """The token at which a name goes on after the connector at token ``j`` ("of", "of the"), else 0."""
        k = j + 1
        if (
            tokens[j][2] in ("of", "von", "van", "de")
            and k < len(tokens)
            and tokens[k][2] in ("the", "der", "den", "la")
        ):
            k += 1
        joined = k < len(tokens) and self._gap(block, tokens, k)
        return k if joined and self._nameable(tokens[k][2], tokens[k][3]) else 0

    def _apposed(self, block: str, end: int) -> str:
        """The roles in the apposition after a name: ", the town's mayor,"."""
        found = re.match(r",\s(?:\d\d,\s)?([^,.;:\u2014]{3,80})[,.;]?", block[end : end + 100])
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", found[1].casefold())[:9] if found else []
        if found and found[0][-1:] != "," and any(w in self.verbs or w in self.auxiliaries for w in words):
            return ""  # "near Acme, the mayor said"
        if words and words[0] in self.words.joining:
            return ""  # a clause of its own
        return " ".join(w for w in words if self.is_role(w))

    def _role_at(self, block: str, tokens: Sequence[Token], i: int) -> tuple[Mention, int]:
        """The role phrase around token ``i``: its article and adjectives before, "of the town" after."""
        first = i
        while first > 0 and i - first < 5 and self._gap(block, tokens, first):
            low = tokens[first - 1][3]
            if low in self.determiners:
                first -= self._article(low)
                break
            if (
                (low in self.functions and low not in self.words.before_roles)
                or low in self.verbs
                or low in self.pronouns
                or low in self.auxiliaries
            ):
                break
            if self._nouns and tokens[first - 1][2][:1].isupper():
                break
            first -= 1
        j = i + 1
        while j < len(tokens) and block[tokens[j - 1][1] : tokens[j][0]] == " ":
            if not self.is_role(tokens[j][3]) and not self._before_role(block, tokens, j):
                break  # "veteran Democratic strategist"
            j += 1
        if j < len(tokens) and block[tokens[j - 1][1] : tokens[j][0]] == " " and self._nameable(*tokens[j][2:]):
            mention, after = self._name_at(block, tokens, j, first=False, inner=set())
            if mention is not None and mention.form == "name":
                role = block[tokens[i][0] : tokens[j - 1][1]].casefold()
                return Mention(mention.start, mention.end, "name", mention.name, role, mention.possessive), after
        end, after = tokens[j - 1][1], j
        if j + 1 < len(tokens) and (tokens[j][3] in self.connectors or tokens[j][3] in self.prepositions):
            k = j + 1
            if tokens[k][3] in self.determiners and k + 1 < len(tokens):
                k += 1
            joined = not set(block[tokens[j][1] : tokens[k][0]]) & set(
                MARKS.replace("'", "").replace("\u2019", "") + ",;:()"
            )
            if joined and self._nameable(tokens[k][2], tokens[k][3]):
                mention, past = self._name_at(block, tokens, k, first=False, inner=set())
                if mention is None or not mention.role:  # "the view of President Roe" is two
                    end = mention.end if mention is not None else tokens[k][1]
                    after = max(past, k + 1)
        text = block[tokens[first][0] : end]
        possessive = bool(re.search(r"['\u2019]s$", text))
        return Mention(tokens[first][0], end, "role", re.sub(r"['\u2019]s$", "", text), "", possessive), after
