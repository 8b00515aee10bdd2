"""Tells which name is behind each mention, and whether that is a person."""

import bisect
import re
from collections.abc import Sequence
from functools import cached_property

from synoptic.suggest.mentions import Mention, MentionReader
from synoptic.suggest.word_lists import Words, fold_words
from synoptic.text.quotation_marks import Span
from synoptic.text.sentences import is_headline

_AGE = re.compile(r"\*?,\s\d{1,3}(?:[,.;]|\s(?:ans|Jahre)\b)")
_ACRONYM = re.compile(r"(?![IVX]+$)[^\W\d_a-z]{2,}$")


class Cast(MentionReader):
    """Everybody mentioned in a text. Looking a mention up does not read the text again."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        super().__init__(blocks, spans, words)
        prepositions = "|".join(re.escape(w) for w in words.prepositions) or "(?!)"
        articles = "|".join(re.escape(w) for w in words.determiners) or "(?!)"
        self._hanging = re.compile(
            rf"(?<!\w)(?:{prepositions})(?:\s|(?<=['\u2019]))(?:(?:{articles})\s?)?$", re.IGNORECASE
        )
        self._hangs: dict[tuple[int, int], bool] = {}
        self._groups = fold_words(words.collective)
        self._women, self._men = fold_words(words.women), fold_words(words.men)

    # -- looking up ------------------------------------------------------------------------------------------------

    @cached_property
    def _starts(self) -> list[list[int]]:
        return [[m.start for m in found] for found in self.mentions]

    def mentions_between(self, n: int, start: int, end: int) -> list[Mention]:
        """The mentions of a paragraph that begin between two places, outside quotation marks."""
        found, starts = self._outside[n]
        return found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]

    @cached_property
    def _outside(self) -> list[tuple[list[Mention], list[int]]]:
        """The mentions of each paragraph outside quotation marks and brackets, and where they begin."""
        outside = [[m for m in found if not self.is_enclosed(n, m.start)] for n, found in enumerate(self.mentions)]
        return [(found, [m.start for m in found]) for found in outside]

    def is_dependent(self, n: int, mention: Mention) -> bool:
        """Whether a mention hangs on another: "the head of Roe", "officials in Oslo"."""
        if (known := self._hangs.get((n, mention.start))) is None:
            lead = self.blocks[n][max(0, mention.start - 40) : mention.start]
            known = self._hangs[n, mention.start] = bool(self._hanging.search(lead))
        return known

    def fits_pronoun(self, who: str, pronoun: str) -> bool:
        """Whether a pronoun may mean somebody, as far as a title or role of theirs in the text tells."""
        low = pronoun.casefold()
        group = not who[:1].isupper() and bool(set(who.casefold().split()) & self._groups)
        if low in ("he", "she") and (group or self.is_organisation(who)):
            return False
        sexes = (low in self._women, low in self._men)
        known = self._sexes.get(who) or {self._sex(who)}
        return not any(sexes) or sexes in known or known == {(False, False)}

    def _sex(self, words: str) -> tuple[bool, bool]:
        parts = set(words.casefold().replace(".", "").split())
        return bool(parts & self._women), bool(parts & self._men)

    @cached_property
    def _sexes(self) -> dict[str, set[tuple[bool, bool]]]:
        """The sexes that the titles and roles of each name show, as (woman, man)."""
        sexes: dict[str, set[tuple[bool, bool]]] = {}
        for mentions in self.mentions:
            for mention in mentions:
                if mention.form == "name" and any(sex := self._sex(mention.role)):
                    sexes.setdefault(self.full_name(mention.name), set()).add(sex)
        return sexes

    # -- names -----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> list[str]:
        """Every name of the text, in order, each once; a headline's capitals name nobody."""
        plain = [n for n, block in enumerate(self.blocks) if not is_headline(block)]
        return list(dict.fromkeys(m.name for n in plain for m in self.mentions[n] if m.form == "name"))

    @cached_property
    def _attested(self) -> set[str]:
        """Names that the text treats as persons: with a title or role, or with a surname that recurs alone."""
        described = {
            m.name for n, mentions in enumerate(self.mentions) for m in mentions
            if m.form == "name" and (m.role or _AGE.match(self.blocks[n], m.end))
        }  # fmt: skip
        alone = {
            p for p in self.people if " " not in p and not self.is_origin(p) and p.casefold() not in self.organisations
        }
        return described | {p for p in self.people if " " in p and p.split()[-1] in alone}

    @cached_property
    def _fuller(self) -> dict[tuple[str, ...], str]:
        """The last words of each name, to the first name that ends in them."""
        fuller: dict[tuple[str, ...], str] = {}
        for name in self.people:
            parts = tuple(name.split())
            for i in range(1, len(parts) if len(parts) <= 4 else 0):
                fuller.setdefault(parts[i:], name)
        for name in self.people:
            parts = tuple(name.split())
            if len(parts) == 2 and name in self._attested:
                fuller.setdefault(parts[:1], name)
        return fuller

    def full_name(self, name: str) -> str:
        """The fullest form of a name in the text: "Roe" is "Jane Roe"."""
        return self._fuller.get(tuple(name.split()), name)

    def is_organisation(self, name: str) -> bool:
        """Whether a word of a name shows an organisation or a place."""
        return name[:1].isupper() and any(p.casefold() in self.organisations or self.is_origin(p) for p in name.split())

    def is_person(self, name: str) -> bool:
        """Whether a name seems to be a person's."""
        full = self.full_name(name)
        parts = full.split()
        if self.is_organisation(full):
            return False
        if any(_ACRONYM.match(p) and (k or len(p) > 2) for k, p in enumerate(parts)) and not full.isupper():
            return False
        return full in self._attested or 2 <= len(parts) <= 4

    @cached_property
    def _introduced(self) -> dict[str, list[tuple[int, int, str]]]:
        """Each word of a role, to the names introduced with it: paragraph, place, name."""
        introduced: dict[str, list[tuple[int, int, str]]] = {}
        for n, mentions in enumerate(self.mentions):
            for mention in mentions:
                if mention.form == "name" and not self.is_enclosed(n, mention.start):
                    for word in set(mention.role.casefold().split()):
                        introduced.setdefault(word, []).append((n, mention.start, mention.name))
        return introduced

    def name_of_role(self, n: int, mention: Mention) -> str | None:
        """The name of whoever was introduced with the role of "the minister"."""
        i = bisect.bisect_right(self._starts[n], mention.start)
        following = self.mentions[n][i] if i < len(self.mentions[n]) else None
        if (
            following
            and following.form == "name"
            and not following.possessive
            and (self.blocks[n][mention.end : following.start] == ", " or self._is_same_person(n, mention, following))
        ):
            return self.full_name(following.name)
        if not (head := self.head_of_role(mention)):
            return None
        known = self._introduced.get(head, [])
        at = bisect.bisect_left(known, (n, mention.start, ""))
        return self.full_name(known[at - 1][2]) if at else None

    def _is_same_person(self, n: int, role: Mention, name: Mention) -> bool:
        """Whether a second role joins a first to a name: "the deputy head and project leader Jane Roe"."""
        between = self.blocks[n][role.end : name.start].casefold()
        return bool(name.role) and between in {f" {joint} {name.role} " for joint in ("and", "et", "und")}

    def first_called(self, n: int, mention: Mention) -> str | None:
        """How the text first calls whoever "this source" is: "a government source"."""
        words = mention.name.casefold().split()
        head = next((w for w in words if self.is_role(w)), "")
        if words[0] not in ("this", "that", "ce", "cet", "cette", "dieser", "diese", "dieses") or not head:
            return None
        earlier = (
            m for k in range(n + 1) for m in self.mentions[k] if m.form == "role" and (k < n or m.start < mention.start)
        )
        return next((m.name for m in earlier if head in m.name.casefold().split()), None)

    def head_of_role(self, mention: Mention) -> str:
        """The noun of a role that points back, "minister" in "the minister"; "" for any other.

        "The president of Mexico" does not in a text that names Mexico, as another president may have been named.
        """
        words = mention.name.casefold().split()
        if words[0] not in self._definite:
            return ""
        head = next((w for w in words if self.is_role(w)), "")
        after = mention.name.split()[words.index(head) + 1 :] if head else []
        named = any(w in self._parts for w in after if w[:1].isupper())
        return "" if named and not self._nouns else head

    @cached_property
    def _parts(self) -> set[str]:
        """The words of all names."""
        return {part for name in self.people for part in name.split()}

    def is_named(self, who: str) -> bool:
        """Whether words are a person's name in the text, not a role."""
        return who in self._full_names and who in self._attested and self.is_person(who)

    @cached_property
    def _full_names(self) -> set[str]:
        return {self.full_name(name) for name in self.people}
