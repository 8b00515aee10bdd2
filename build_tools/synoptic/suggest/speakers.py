"""Finds the subject of a verb of saying, and the name behind a pronoun or a role: guesses. Pure."""

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from synoptic.suggest.mentions import Mention
from synoptic.suggest.names import Cast
from synoptic.suggest.word_lists import Words, phrases
from synoptic.text.quotation_marks import MARKS, Span
from synoptic.text.sentences import LONGEST, count_words, ends_sentence, split_sentences

# Limits that no article reaches; they keep nonsense from taking long.
MOST_VERBS = 12  # verbs of saying in one sentence
NEAR = 240  # characters before a verb
MOST_SENTENCES = 12  # sentences in which one pronoun is looked up
MOST_LOOKS = 20_000  # the same for all pronouns of a text
DEEPEST = 6  # pronouns that refer to pronouns
#: Before a role in German: "the 35 years old captain" is somebody who has been named.
_AGED = re.compile(r"\d\d Jahre $")
_LAST_WORD = re.compile(r"([^\W_]+(?:['\u2019][^\W_]+)*)[\W_]*$")
_INFINITIVE = re.compile(r"(?<!\w)to [^\W_]+ $")  # "to openly admit"
#: "his daughter" is nobody whom "he" means.
_THEIRS = ("his", "her", "their", "son", "sa", "ses", "leur", "leurs", "sein", "seine", "ihr", "ihre")


class Speakers:
    """Finds who speaks in one text. ``cast`` are all who are mentioned."""

    def __init__(self, blocks: Sequence[str], spans: Sequence[Sequence[Span]], words: Words) -> None:
        self.blocks, self.spans, self.words = blocks, spans, words
        self.cast = Cast(blocks, spans, words)
        self.verb = phrases(words.reporting)
        self.participles = frozenset(words.participles)
        self.vague = frozenset(words.vague)
        self.seen = phrases([*words.reporting, *words.seeing]).pattern
        agent = rf"(?:{'|'.join(words.passive)})\s(?:\w+\s)?(?:{self.seen})\s(?:{'|'.join(words.agents)})\s"
        self.agent = re.compile(rf"(?<!\w){agent}", re.IGNORECASE) if words.passive and words.agents else None
        self._passives, self._nominals = frozenset(words.passive), frozenset(words.nominal)
        self._nounlike = frozenset(words.nounlike)
        the = self.the = "|".join(re.escape(w) for w in words.determiners if w not in ("l'", "d'"))
        measures = "|".join(words.measures) or "(?!)"
        measured = rf"\s(?:(?:{the})\s|[dl]['\u2019])?(?:\w+\s)?(?:{measures})\b"  # "according to the definition"
        self.credit = phrases(words.crediting, rf"|-\w|{measured}")
        nominative = [w for w in words.determiners if w not in words.prepositions or w == "der"]
        begin = "|".join(map(re.escape, [*nominative, *words.origins]))
        self._phrase = (
            re.compile(rf"(?<![\w-])(?:{begin})\s(?:[\w\u2019'-]+\s){{1,4}}$", re.IGNORECASE) if the else None
        )
        follow = "|".join(re.escape(w) for w in words.prepositions)
        subject = "|".join(re.escape(w) for w in nominative if w not in ("l'", "d'"))
        noun = rf"((?:{subject})\s(?:[^\WA-Z_][\w-]+\s){{0,2}}([^\W\d_][\w-]+))"
        self._phrase_after = re.compile(rf"\s{noun}(?=[,.]|$|\s(?:{follow})\s)") if the else None
        document, provides = phrases(words.documents).pattern, phrases(words.providing).pattern
        provided = rf"(?<!\w)((?:{the}|l['\u2019])\s?{document})[^.;:]{{0,60}}?{provides}"
        self._document = re.compile(provided, re.IGNORECASE) if words.documents else None
        begins = "|".join(map(re.escape, words.joining))
        bare = (
            "(?!)"
            if "nouns with capitals" in words.traits or not begins
            else rf"(?<!\w)(?:{begins})\s([a-z]{{4,}}s)\s$"
        )
        self._bare_subject = re.compile(bare)  # "after inspectors found"
        self._collective = frozenset(words.collective)
        self._unlike = self._collective | (frozenset(words.nominal) & frozenset(_THEIRS))
        self._others = frozenset((*_THEIRS, "another", "its", "our", "seiner", "ihrer", "jeder", "jede", "viele"))
        self._looks = self._depth = 0
        self._speakers_by_sentence: dict[tuple[int, int], str | None] = {}

    @cached_property
    def sentences(self) -> list[list[tuple[int, int]]]:
        return [split_sentences(block, spans) for block, spans in zip(self.blocks, self.spans, strict=True)]

    def find_verbs(self, text: str, start: int = 0, end: int = LONGEST) -> Iterator[re.Match[str]]:
        """Verbs of saying between two places, without passives ("was told") and nouns ("the claims")."""
        for verb in self.verb.finditer(text, start, end):
            low, begin = verb[0].casefold(), verb.start()
            found = _LAST_WORD.search(text, max(0, begin - 40), begin)
            last = found[1].casefold() if found else ""
            if last in self._passives and low not in self.participles and " " not in low:
                continue
            if last.endswith(tuple(self.words.adverb_endings)) and _INFINITIVE.search(text, max(0, begin - 60), begin):
                continue
            adjoined = found is not None and text[found.end(1) : begin].strip()[-1:] not in tuple(",;:.")
            owned = last.endswith(("'s", "\u2019s")) and last[:-2] not in self.cast.pronouns
            if adjoined and (last in self._nominals or owned):
                continue
            known = last in self.cast.pronouns or last in self.words.adverbs or self.cast.is_role(last)
            if adjoined and low in self._nounlike and found and found[1][:1].islower() and not known:
                continue
            yield verb

    def find_subject(self, n: int, at: int, clause: str, verb: re.Match[str]) -> str | None:
        """The subject of a verb of saying in a clause that begins at ``at`` of a paragraph."""
        place = at + verb.start()
        low = verb[0].casefold()
        found = [m for m in self.cast.mentions_between(n, at, place) if m.end <= place and not m.possessive]
        if "verb second" in self.words.traits and (follower := self._find_inverted(n, at, clause, verb, found)):
            return self.resolve(n, follower)
        last = found[-1] if found else None
        if (said := self.find_noun_before(clause, verb.start(), at)) and (last is None or last.end < place - len(said)):
            return said
        if last is None:
            head = clause[: verb.start()].strip()
            others = [w for w in head.casefold().split() if w not in self.cast.determiners]
            small = any(self.cast.is_small(w) or self.cast.is_adverb(w) for w in others)
            plain = re.fullmatch(r"\S+(?:\s\S+)?", head) and not small
            return head if head[:1].isupper() and plain else None  # "United said"
        gap = clause[last.end - at : verb.start()]
        if last.form == "name" and (noun := re.match(r"\s[a-z]+(?=,\s(?:which|who)\s)", gap)):
            return self.blocks[n][last.start : last.end] + noun[0]  # "the Acme board, which says"
        if (clause_subject := self._bare_subject.search(gap)) and "," not in gap:
            return clause_subject[1]
        if low in self.participles:
            return self.resolve(n, next((m for m in found if not self.cast.is_dependent(n, m)), found[0]))
        if ("," in gap and not gap.startswith(", which ")) or re.search(r"\b(?:who|qui|der|die)\b", gap):
            commas = [m for m in found if re.match(r"\.?,", self.blocks[n][m.end : m.end + 2])]
            named = [m for m in commas if m.form == "name" and self.cast.is_person(m.name)]
            best = [m for m in [*named, *commas] if not self.cast.is_dependent(n, m)] or named or commas
            if best:
                return self.resolve(n, best[0])
        return self.resolve(n, self._head(n, found))

    def _head(self, n: int, found: Sequence[Mention]) -> Mention:
        """The mention on which the last of some mentions depends: "the head" in "the head of the bank"."""
        last = found[-1]
        for head in reversed(found[:-1]):
            between = self.blocks[n][head.end : last.start]
            if (
                not self.cast.is_dependent(n, last)
                or head.form == "pronoun"
                or "," in between
                or count_words(between) > 4
            ):
                break
            last = head  # "the committee on intelligence and security"
        return last

    def find_noun_before(self, clause: str, verb: int, at: int) -> str | None:
        """A noun with its article right before a verb of saying, whatever the noun: "the manifesto said"."""
        found = self._phrase.search(clause[:verb]) if self._phrase else None
        if found is None:
            return None
        words = found[0].split()
        before = re.search(r"([^\W\d_]+['\u2019]?)\s?$", clause[: found.start()])
        if words[-1][:1].isupper() or (before and before[1].casefold() in self.cast.prepositions):
            return None
        while len(words) > 2 and words[-1].casefold() in (*self.words.adverbs, *self.cast.auxiliaries):
            words.pop()
        fit = 2 <= len(words) <= 4 and not any(w.casefold() in self.cast.functions for w in words[1:])
        return " ".join(words) if fit else None

    def find_noun_after(self, rest: str, until: int) -> str | None:
        """A noun with its article right after a verb of saying, before any mention: "sagt die Kauffrau"."""
        found = self._phrase_after.match(rest) if self._phrase_after else None
        if found is None or found.start(1) >= until or found.end() > until:
            return None
        noun = found[2]
        small = noun.casefold() in self.cast.functions or noun.casefold() in self.cast.prepositions
        return None if small or ("nouns with capitals" in self.words.traits and not noun[0].isupper()) else found[1]

    def _find_inverted(
        self, n: int, at: int, clause: str, verb: re.Match[str], found: Sequence[Mention]
    ) -> Mention | None:
        """The subject right after the verb, if none precedes it, in a language with the verb in second place."""
        first = next((m for m in found if not self.cast.is_dependent(n, m)), None)
        head = clause[: first.start - at].strip() if first is not None else ""
        if first is not None and count_words(head) <= 1 and count_words(clause[first.end - at : verb.start()]) <= 12:
            return None
        after = self.cast.mentions_between(n, at + verb.end(), at + verb.end() + 40)
        if not after or re.search(r"[,;:]", clause[verb.end() : after[0].start - at]):
            return None
        return after[0] if after[0].start - at - verb.end() <= (1 if after[0].form == "pronoun" else 12) else None

    def find_credited(self, n: int, at: int, clause: str, credit: re.Match[str]) -> str | None:
        """Whom "according to" names: somebody mentioned, else the few words after it."""
        if credit[0].casefold() == "zufolge":  # which follows the name
            before = self.cast.mentions_between(n, at, at + credit.start())
            return self.resolve(n, before[-1]) if before else None
        rest = re.split(r"[,.;:\u2014(]|\b(?:who|which|qui)\b", clause[credit.end() :])[0].strip()
        short = " ".join(rest.split()[:6])
        near = self.cast.mentions_between(n, at + credit.end(), at + credit.end() + len(rest) + 2)
        if not short:  # "..., one reads": of whoever the sentence before tells
            begin = max((a for a, _ in self.sentences[n] if a <= at), default=0)
            return self.find_earlier_subject(n, begin, any_form=True)
        return (self.resolve(n, near[0]) if near else None) or short

    def choose_mention(self, n: int, after: Sequence[Mention], tail: str, at: int) -> Mention:
        """Of the mentions after a verb, the name in apposition to a role: "said the mayor, Jane Roe"."""
        first = after[0]
        if (
            first.possessive
            and " of " not in first.name
            and len(after) > 1
            and not re.search("[,.;:]", tail[first.end - at : after[1].start - at])
        ):
            return self.choose_mention(n, after[1:], tail, at)  # "warned Oslo's mayor"
        for name in after[1:4] if first.form == "role" else ():
            gap = tail[first.end - at : name.start - at]
            if name.form != "name" or re.search(r"[.;:]|,(?!\s?$)", gap):
                continue
            if gap in (", ", " ") or (gap.endswith(", ") and self.cast.is_person(name.name)):
                return name
        return first

    def find_subject_after(self, n: int, at: int, sentence: str, verb: re.Match[str]) -> str | None:
        """The subject that follows its verb: ", said Jane Roe", ", said the mayor's cousin Jane Roe"."""
        head = self.blocks[n][at : at + verb.start()].rstrip()
        if head[-1:] not in MARKS + "," or not head or verb[0].casefold() in self.words.telling:
            return None
        after = self.cast.mentions_between(n, at + verb.end(), at + len(sentence))
        if not after or re.search(r"[,;:]|\b(?:that|they|it|he|she)\b", sentence[verb.end() : after[0].start - at]):
            return None
        near = {"name": 30 + len(after[0].role), "role": 5, "pronoun": 2}[after[0].form]
        following = re.match(r"\s([^\W\d_]+)", sentence[after[0].end - at :])
        clause = following and following[1].casefold() in self.cast.auxiliaries
        if after[0].start - at - verb.end() > near or after[0].possessive or clause:
            return None
        return self.resolve(n, self.choose_mention(n, after, sentence, at))

    def find_document(self, n: int, end: int) -> str | None:
        """The document whose contents the paragraph tells up to a place: "the law provides ..."."""
        found = list(self._document.finditer(self.blocks[n], 0, end)) if self._document else []
        return found[-1][1] if found and not self.cast.is_enclosed(n, found[-1].start()) else None

    def find_speaker(self, n: int, start: int, end: int) -> str | None:
        """Who speaks in a sentence, in quotation marks or without."""
        sentence = self.blocks[n][start:end]
        credit = self.credit.search(sentence)
        if credit and not self.cast.is_enclosed(n, start + credit.start()):
            return self.find_credited(n, start, sentence, credit)
        for verb in islice(self.find_verbs(sentence), MOST_VERBS):
            if who := self.find_subject_after(n, start, sentence, verb):
                return who
            who = self.find_subject(n, start, sentence, verb)
            if self.is_human(who):
                return who
        return None

    def is_human(self, who: str | None) -> bool:
        """Whether a speaker is a person or a role: no country, nor whatever else a participle may hang on."""
        if not who or (not who[0].isupper() and set(who.casefold().split()) & self._collective):
            return False
        return (who[0].isupper() and self.cast.is_person(who)) or any(
            self.cast.is_role(w) for w in who.casefold().split()
        )

    def resolve(self, n: int, mention: Mention) -> str | None:
        """The name behind a mention; for a pronoun or a bare role the name last mentioned, if that is clear."""
        if mention.form == "name":
            return self.cast.full_name(mention.name)
        if mention.form == "role" and not _AGED.search(self.blocks[n], 0, mention.start):
            holder = self.cast.name_of_role(n, mention) or self._find_holder(n, mention)
            return holder or self.cast.first_called(n, mention) or mention.name
        low = mention.name.casefold()
        return self.find_earlier_subject(n, mention.start, low, any_form=low in self.words.loose)

    def _find_holder(self, n: int, mention: Mention) -> str | None:
        """Who "the minister" is if nobody was introduced as such: the last person named."""
        head = self.cast.head_of_role(mention)
        words = mention.name.casefold().split()
        plural = head.endswith("s") and words[0] not in ("le", "la", "l'", "der", "die", "das")
        hangs = "nouns with capitals" in self.words.traits and words[-1:] != [head]  # "the head of the office Jane Roe"
        if not head or head in self._collective or words[0] in self._others or plural or hangs:
            return None
        sentence = max((a for a, _ in self.sentences[n] if a <= mention.start), default=0)
        return self.find_earlier_subject(n, sentence, head, named=True)  # whom this sentence names is somebody else

    def find_earlier_subject(
        self, n: int, position: int, pronoun: str = "", *, any_form: bool = False, named: bool = False
    ) -> str | None:
        """The subject of the nearest sentence before a place, at most five paragraphs back.

        If ``named``, ``pronoun`` is the noun of a role, and only somebody known by name is meant.
        """
        for looked, (block, start, end) in enumerate(self._sentences_before(n, position), 1):
            self._looks += 1
            if looked > MOST_SENTENCES or self._looks > MOST_LOOKS:
                return None
            own = block == n and end > position
            inside = self.cast.mentions_between(block, start, min(end, position) if block == n else end)
            inside = inside[:MOST_VERBS]  # the subject is among the first
            inside = [m for m in inside if not self.cast.is_dependent(block, m)] or ([] if own else inside)
            cached = any_form or own
            who = self._speakers_by_sentence.get((block, start)) if cached else self._speaker_of(block, start, end)
            if who and self.cast.fits_pronoun(who, pronoun) and not (named and not self.cast.is_named(who)):
                return who
            if named and "nouns with capitals" in self.words.traits:
                continue
            if inside and inside[0].form == "pronoun" and inside[0].start > start + 3 and not any_form:
                text = self.blocks[block]  # "Asked whether he would go, Roe nodded"
                inside = [m for m in inside if m.form == "name" and text[: m.start].endswith(", ")][:1] or inside
            if not inside:
                continue
            pronoun_first = inside[0].form == "pronoun" and not any_form
            if pronoun_first or (own and inside[0].start > start + 25 + len(inside[0].role)):
                continue
            for mention in inside:
                full = self.cast.full_name(mention.name)
                if mention.form == "name" and self._may_be(mention, pronoun, any_form):
                    if not named or self.cast.is_named(full):
                        return full
                elif not named and self._is_subject(mention, pronoun, any_form):
                    return self.resolve(block, mention)
        return None

    def _sentences_before(self, n: int, position: int) -> Iterator[tuple[int, int, int]]:
        """Paragraph, start and end of the sentences that begin before a place, the nearest first."""
        for block in range(n, max(-1, n - 5), -1):
            text = self.blocks[block]
            if block < n and len(text) < 300 and not ends_sentence(text.rstrip(MARKS + " ")):
                continue  # a heading or caption
            before = self.sentences[block]
            if block == n:
                before = before[: bisect.bisect_left(before, (position, 0))]
            for start, end in reversed(before[-MOST_SENTENCES - 1 :]):
                yield block, start, end

    def _speaker_of(self, n: int, start: int, end: int) -> str | None:
        """``find_speaker``, cached; a pronoun in the sentence looks further back, up to DEEPEST steps."""
        if (n, start) not in self._speakers_by_sentence:
            self._speakers_by_sentence[n, start] = None
            if self._depth < DEEPEST:
                self._depth += 1
                self._speakers_by_sentence[n, start] = self.find_speaker(n, start, end)
                self._depth -= 1
        return self._speakers_by_sentence[n, start]

    def _is_subject(self, mention: Mention, pronoun: str, any_form: bool) -> bool:
        """Whether a role is somebody whom a pronoun may mean: one person, and nobody's relative."""
        plural = mention.name.casefold().endswith("s") and not any_form
        kin = not any_form and set(mention.name.casefold().split()) & self._unlike
        fits = self.cast.fits_pronoun(mention.name, pronoun)
        return fits and mention.form == "role" and not mention.possessive and not plural and not kin

    def _may_be(self, mention: Mention, pronoun: str, any_form: bool) -> bool:
        """Whether a pronoun may mean a name."""
        return (any_form or self.cast.is_person(mention.name)) and self.cast.fits_pronoun(
            self.cast.full_name(mention.name), pronoun
        )
