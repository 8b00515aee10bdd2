"""Finds who is mentioned in a text: names, roles ("the minister") and pronouns, by how they are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from synoptic.suggest.word_lists import Words, fold_words
from synoptic.text.quotation_marks import MARKS, Span
from synoptic.text.sentences import Stretches, split_sentences

_WORD = r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s[^\W\d_])|[^\W_]+(?:['\u2019&.\u2011-][^\W_]+)*"
_TOKEN = re.compile(_WORD)
_ELIDED = re.compile(rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019](?=\w)|{_WORD}", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['\u2019]")
_SHORTENED = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_GENITIVE = re.compile(r"['\u2019]s?$")
_DATELINE = re.compile(
    r"[A-Z\u00c0-\u00dc][A-Z\u00c0-\u00dc .'\u2019-]{3,30}(?:,\s[A-Z][\w. ]{1,20})?(?:\s?\([^()]{1,20}\))?"
    r"\s?(?:--|[\u2014\u2013])\s?"
)

_ADJECTIVES = (
    "al",
    "ale",
    "aux",
    "ales",
    "tique",
    "ogique",
    "aire",
    "aires",
    "ien",
    "ienne",
    "iens",
    "iennes",
    "ais",
    "aise",
)

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


class MentionReader:
    """Reads the mentions in the paragraphs ``blocks``, each once. ``spans`` are the quotations of each paragraph."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        self.blocks, self.spans, self.words = blocks, spans, words
        self.roles = fold_words(words.roles)
        self.titles = fold_words(words.titles)
        self.pronouns = fold_words(words.pronouns)
        counted = (*words.units, *words.numbers) if "nouns with capitals" in words.traits else ()
        self.functions = fold_words((*words.functions, *words.months, *words.weekdays, *counted))
        self.connectors = fold_words(words.connectors)
        self.determiners = fold_words(words.determiners)
        self.organisations = fold_words(words.organisations)
        self.origins = fold_words(words.origins)
        self.auxiliaries = fold_words(words.auxiliaries)
        self.prepositions = fold_words(words.prepositions)
        self.verbs = fold_words(words.reporting)
        self._compounds = words.compounds
        self._before_verbs = self.pronouns | {"to", "and", "or"}
        self._adverbs = tuple(words.adverb_endings)
        self._endings = tuple(fold_words(words.role_endings))
        self._nouns = tuple(fold_words(words.noun_endings)) if "nouns with capitals" in words.traits else ()
        self._elides = "elision" in words.traits
        brackets = ([m.span() for m in re.finditer(r"\([^()]*\)", block)] for block in blocks)
        self._within = [
            Stretches([*((a, b) for a, b, _ in marks), *((a + 1, b) for a, b in apart)])
            for marks, apart in zip(spans, brackets, strict=True)
        ]

    def is_enclosed(self, n: int, place: int) -> bool:
        """Whether a place is inside quotation marks or brackets, where nobody is named as a speaker."""
        return place in self._within[n]

    @cached_property
    def mentions(self) -> list[list[Mention]]:
        """Everybody mentioned, paragraph by paragraph, in order."""
        return [self._read(n) for n in range(len(self.blocks))]

    @cached_property
    def _definite(self) -> frozenset[str]:
        """The words before a role that point back: "the minister", "Mr Minister"."""
        indefinite = ("a", "an", "un", "une", "ein", "eine", "some", "several", "many", "one", "two", "three")
        return (self.determiners | self.titles) - frozenset(indefinite)

    def is_role(self, low: str) -> bool:
        """Whether a word (casefolded) is a role; in a language of compounds also one that ends in a role."""
        if low in self.roles:
            return True
        if not self._endings or len(low) < 5 or low in self.functions:
            return False
        stem = re.sub("(?:innen|in|es|en|s|n)$", "", low)
        return low.endswith(self._endings) or stem in self.roles or stem.endswith(self._endings)

    def is_small(self, low: str) -> bool:
        """Whether a word (casefolded) is neither a noun, a verb nor an adjective."""
        return low in self.functions | self.prepositions | self.auxiliaries | self.determiners

    def is_origin(self, word: str) -> bool:
        return word.casefold() in self.origins

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
        mentions: list[Mention] = []
        i = 0
        while i < len(tokens):
            a, _, word, low = tokens[i]
            if (bare := _APOSTROPHE.split(low)[0]) in self.pronouns and len(bare) > 1:
                mentions.append(Mention(a, a + len(bare), "pronoun", word[: len(bare)]))
                i += 1
            elif self._is_role_noun(low):
                mention, i = self._role_at(block, tokens, i)
                self._add_role(mentions, mention, a)
            elif a in starts and low in self.auxiliaries:
                i += 1  # "Must Acme pay?"
            elif self._is_capitalised(word, low) or (low.rstrip(".") in self.titles and word[:1].isupper()):
                name, i = self._name_at(block, tokens, i, first=a in starts)
                if name is not None:
                    mentions.append(name)
            elif self.is_role(low) and not self._is_verb(tokens, i):
                mention, after = self._role_at(block, tokens, i)
                self._add_role(mentions, mention, a)
                i = after
            else:
                i += 1
        return mentions

    def _add_role(self, mentions: list[Mention], mention: Mention, at: int) -> None:
        """Add a role that begins at ``at``, in place of the names before it that only describe it."""
        while mentions and not mentions[-1].possessive and mentions[-1].form == "name":
            if mentions[-1].end != at - 1 and mentions[-1].start < mention.start:
                break
            mentions.pop()
        mentions.append(mention)

    def _is_verb(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a word that is a role as well is a verb here: "they track and report traffic"."""
        return i > 0 and tokens[i][3] in self.verbs and tokens[i - 1][3] in self._before_verbs

    def _is_article(self, low: str) -> bool:
        """Whether a word is an article, and so part of the role after it; not "du", which is a preposition as well."""
        return low in self.determiners and not (self._elides and low in self.prepositions)

    def _is_role_noun(self, low: str) -> bool:
        """Whether a word is a role in a language that capitalises all nouns, so it is not part of a name."""
        return bool(self._nouns) and self.is_role(low) and low not in self.titles

    def _is_capitalised(self, word: str, low: str) -> bool:
        base = _SHORTENED.sub("", low)
        if not word[:1].isupper() or base in self.functions or low.startswith("i'") or low.endswith("n't"):
            return False
        return not self._is_compound(word)

    def _is_compound(self, word: str) -> bool:
        """Whether a word is an adjective of several words: "London-based", but no name in two parts."""
        first, _, last = word.replace("\u2011", "-").rpartition("-")
        long = tuple(ending for ending in self._compounds if len(last) > len(ending) + 1)
        return bool(first) and last.islower() and (last in self._compounds or last.endswith(long))

    def _continues_name(self, block: str, tokens: Sequence[Token], j: int) -> bool:
        """Whether token ``j`` follows the one before it within a name."""
        gap = block[tokens[j - 1][1] : tokens[j][0]]
        previous = tokens[j - 1][3]
        return (
            gap == " "
            or (gap == "" and previous.endswith("'"))
            or (gap == ". " and (len(previous) == 1 or previous in self.titles))
        )

    def _name_at(self, block: str, tokens: Sequence[Token], i: int, *, first: bool) -> tuple[Mention | None, int]:
        """The name that begins at token ``i``, and the token after it."""
        run, j, possessive = self._name_run(block, tokens, i)
        words = [tokens[k][2] for k in run]
        lows = [tokens[k][3].rstrip(".") for k in run]
        roles = [k for k, w in enumerate(lows) if self.is_role(w) or w in self.titles]
        head = self._name_start(words, lows, roles)
        role = " ".join(lows[:head])
        start, end = tokens[run[head]][0], tokens[run[-1]][1]
        alone = first and len(run) == 1 and not role and not possessive
        if alone and (lows[0] in self._common or self._is_adverb(block, tokens, i)):
            return None, j  # "Perhaps", which the text has in small letters, too
        name = block[start:end]
        if possessive:
            name = _GENITIVE.sub("", name)
            end -= len(block[start:end]) - len(name)
        if head == 0 and roles:
            described = i > 0 and tokens[i - 1][3] in self.words.before_roles  # "the First Lady"
            if len(run) == 1 and (first or described) and self.is_role(lows[0]):
                return self._role_at(block, tokens, i)
            the = i > 0 and self._is_article(tokens[i - 1][3]) and block[tokens[i - 1][1] : start] == " "
            begin = tokens[i - 1][0] if the else start
            return Mention(begin, end, "role", block[begin:start] + name, "", possessive), j
        if not role and i > 0 and self.is_role(tokens[i - 1][3]) and not possessive:
            role = tokens[i - 1][3] if block[tokens[i - 1][1] : start] in (" ", ", ") else ""
        if self._nouns and not role and not self._is_german_name(tokens, run):
            return None, j
        if not role:
            role = self._find_apposition(block, end)
        return Mention(start, end, "name", name, role, possessive), j

    def _is_adverb(self, block: str, tokens: Sequence[Token], i: int) -> bool:
        """Whether the word that begins a sentence is an adverb by its ending: "Basically", but not "Kelly"."""
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        follows = after is not None and after[3] in self.verbs and block[tokens[i][1] : after[0]] == " "
        inverts = "verb second" in self.words.traits
        return self.is_adverb(tokens[i][3]) and (inverts or not follows)

    def is_adverb(self, low: str) -> bool:
        """Whether a word (casefolded) is an adverb by its ending, and no name inside a sentence of the text."""
        return len(low) > 6 and low.endswith(self._adverbs) and low not in self._inside

    @cached_property
    def _common(self) -> set[str]:
        """The words that the text has in small letters, and nowhere inside a sentence with a capital."""
        return {t[3] for block in self.blocks for t in self._tokens(block)[1:] if t[2].islower()} - self._inside

    @cached_property
    def _inside(self) -> set[str]:
        """The words that the text has inside a sentence with a capital."""
        capital: set[str] = set()
        for block in self.blocks:
            for before, (start, _, word, low) in pairwise(self._tokens(block)):
                if not word.islower() and block[before[1] : start] == " ":
                    capital.add(low)
        return capital

    def _name_run(self, block: str, tokens: Sequence[Token], i: int) -> tuple[list[int], int, bool]:
        """The tokens of the name that begins at token ``i``, the token after it, and whether it is a genitive."""
        run = [i]
        j = i + 1
        possessive = bool(_GENITIVE.search(tokens[i][2]))
        while j < len(tokens) and not possessive and self._continues_name(block, tokens, j):
            word, low = tokens[j][2], tokens[j][3]
            if self._is_capitalised(word, low) and not self._is_role_noun(low):
                run.append(j)
                possessive = bool(re.search(r"['\u2019]s$", word))
                j += 1
            elif (
                low in self.connectors
                and not (self._nouns and len(run) > 1)  # "Jane Roe of the union", in German
                and (after := self._name_after(block, tokens, j))
            ):
                run.extend(range(j, after))
                j = after
            else:
                break
        return run, j, possessive

    def _name_start(self, words: Sequence[str], lows: Sequence[str], roles: Sequence[int]) -> int:
        """The word at which the name begins, after its titles and ``roles``; 0 if it has none, or is only a role."""
        after = roles[-1] + 1 if roles else len(words)
        if after == len(words):
            return 0
        if lows[after] not in self.connectors and words[after][0].isupper():
            return after
        joint = max(k for k, w in enumerate(lows) if w in self.connectors)  # "Minister of Foreign Affairs Jane Roe"
        person = len(words) - joint > 3 and not any(w in self.organisations for w in lows[-2:])
        return len(words) - 2 if person else 0

    def _is_german_name(self, tokens: Sequence[Token], run: Sequence[int]) -> bool:
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
        """Single words that are names, and words that are not, in a language that capitalises all nouns."""
        good: set[str] = set()
        free: dict[str, int] = {}
        bound: dict[str, int] = {}
        for n, block in enumerate(self.blocks):
            tokens = self._tokens(block)
            for k, (start, _, word, low) in enumerate(tokens):
                if not self._is_capitalised(word, low) or self.is_role(low) or low.endswith(self._nouns):
                    continue
                before = tokens[k - 1] if k and block[tokens[k - 1][1] : start] == " " else None
                after = tokens[k + 1] if k + 1 < len(tokens) and block[tokens[k][1] : tokens[k + 1][0]] == " " else None
                described = before and k > 1 and before[2].islower() and before[3] not in self.verbs
                if before and (before[3] in self.determiners or (described and tokens[k - 2][3] in self.determiners)):
                    bound[word] = bound.get(word, 0) + 1
                    continue
                free[word] = free.get(word, 0) + 1
                capital = before and self._is_capitalised(before[2], before[3]) and not self.is_role(before[3])
                beside = (before and before[3] in self.verbs) or (after and after[3] in self.verbs)
                titled = before and (before[3] in self.titles or self.is_role(before[3]))
                if (beside or titled or capital) and not self.is_enclosed(n, start):
                    good.add(word)
        common = {w for w, times in bound.items() if times >= free.get(w, 0)}
        return {w for w in good if w not in common}, common

    def _name_after(self, block: str, tokens: Sequence[Token], j: int) -> int:
        """The token at which a name goes on after the connector at token ``j`` ("of", "of the"), else 0."""
        k = j + 1
        if (
            tokens[j][2] in ("of", "von", "van", "de")
            and k < len(tokens)
            and tokens[k][2] in ("the", "der", "den", "la")
        ):
            k += 1
        joined = k < len(tokens) and self._continues_name(block, tokens, k)
        return k if joined and self._is_capitalised(tokens[k][2], tokens[k][3]) else 0

    def _find_apposition(self, block: str, end: int) -> str:
        """The roles in the apposition after a name: ", the town's mayor,"."""
        found = re.match(r",\s(?:\d\d,\s)?([^,.;:\u2014]{3,80})[,.;]?", block[end : end + 100])
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", found[1].casefold())[:9] if found else []
        if found and found[0][-1:] != "," and any(w in self.verbs or w in self.auxiliaries for w in words):
            return ""  # "near Acme, the mayor said"
        return " ".join(w for w in words if self.is_role(w))

    def _joins_role(self, low: str) -> bool:
        """Whether a word after a role is part of it: another role, or an adjective, which French puts there."""
        return self.is_role(low) or (self._elides and low.endswith(_ADJECTIVES) and not self.is_small(low))

    def _role_at(self, block: str, tokens: Sequence[Token], i: int) -> tuple[Mention, int]:
        """The role phrase around token ``i``: its article and adjectives before, "of the town" after."""
        first = i
        while first > 0 and i - first < 5 and self._continues_name(block, tokens, first):
            low = tokens[first - 1][3]
            if low in self.determiners:
                first -= self._is_article(low)
                break
            before_roles = low in self.words.before_roles
            if low in self.verbs | self.pronouns | self.auxiliaries or (low in self.functions and not before_roles):
                break
            first -= 1
        j = i + 1
        while j < len(tokens) and block[tokens[j - 1][1] : tokens[j][0]] == " " and self._joins_role(tokens[j][3]):
            j += 1
        if j < len(tokens) and block[tokens[j - 1][1] : tokens[j][0]] == " " and self._is_capitalised(*tokens[j][2:]):
            mention, after = self._name_at(block, tokens, j, first=False)
            if mention is not None and mention.form == "name":
                role = block[tokens[i][0] : tokens[j - 1][1]].casefold()
                return Mention(mention.start, mention.end, "name", mention.name, role, mention.possessive), after
        end, after = tokens[j - 1][1], j
        if j + 1 < len(tokens) and (tokens[j][3] in self.connectors or tokens[j][3] in self.prepositions):
            k = j + 1
            if tokens[k][3] in self.determiners and k + 1 < len(tokens):
                k += 1
            joined = not set(block[tokens[j][1] : tokens[k][0]]) & set(MARKS + ",;:()") - {"'", "\u2019"}
            if joined and self._is_capitalised(tokens[k][2], tokens[k][3]):
                mention, past = self._name_at(block, tokens, k, first=False)
                if mention is None or not mention.role:  # "the view of President Roe" is two
                    end = mention.end if mention is not None else tokens[k][1]
                    after = max(past, k + 1)
        text = block[tokens[first][0] : end]
        possessive = bool(re.search(r"['\u2019]s$", text))
        return Mention(tokens[first][0], end, "role", re.sub(r"['\u2019]s$", "", text), "", possessive), after
