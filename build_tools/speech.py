"""Who is quoted in a text, and who is credited without quotation marks. Pure, and a guess that an editor looks at.

In: paragraphs and the word lists of their language. Out: quotations and credited sentences, each with its speaker as
the text names them. Nothing here verifies a quotation; ``match.py`` does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from build_tools.marks import (
    HAN,
    LONGEST,
    MARKS,
    SENTENCE_END,
    count,
    edges,
    ended,
    first_sentence,
    headlike,
    last_sentence,
    marked,
    sentences,
    tidy,
    titled,
    whole,
)
from build_tools.mentions import Cast, Mention, phrases
from build_tools.model import Markers
from build_tools.speech_han import HanReader

#: So many verbs of saying in one sentence are looked at, and so many signs before a verb: more has no article.
MOST_VERBS = 12
NEAR = 240
#: So many stretches in quotation marks of one paragraph are looked at.
MOST_SPANS = 40
#: Words that join a clause to a verb of saying, or a person to one.
_LINKS = ("that", "which", "but", "que", "qui", "mais", "dass", "der", "die", "das", "aber", "denn", "da", "als")
#: "his daughter" is nobody whom "he" means.
_THEIRS = ("his", "her", "their", "son", "sa", "ses", "leur", "leurs", "sein", "seine", "ihr", "ihre")
#: A paragraph longer than this is no article's, and is left out.
LONGEST_BLOCK = 20_000


@dataclass(frozen=True)
class Spoken:
    """Something said: paragraph (from 1), where it stands in it, its words, its speaker as the text names them."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str | None


class Reader:
    """Reads one text: its paragraphs (tidied) and what language lists say; everything is computed once.

    In: the paragraphs, and the words of their language. Out: ``quotations`` and ``credited``.
    """

    def __init__(self, blocks: Sequence[str], words: Markers) -> None:
        tidied = (tidy(block) for block in blocks)
        self.blocks = [block if len(block) <= LONGEST_BLOCK else "" for block in tidied]
        self.words = words
        self.spans = [
            marked(block, self.blocks[n + 1] if n + 1 < len(self.blocks) else "") for n, block in enumerate(self.blocks)
        ]
        han = bool(words.reporting) and all(HAN.search(w) for w in words.reporting[:3])
        self.han = HanReader(self.blocks, self.spans, words) if han else None
        self.cast = Cast(self.blocks, self.spans, words)
        self._verb = phrases(words.reporting)
        self._credit = phrases(words.crediting, "|-\\w")
        self._naming = re.compile(rf"(?:{phrases(words.naming).pattern})\W*$", re.IGNORECASE) if words.naming else None
        self._nouns = phrases(words.sayings)
        self._calling = phrases(words.calling)
        self._indirect = phrases(words.indirect)
        self._view = re.compile(rf"\W*(?:{phrases(words.viewing).pattern})\s", re.IGNORECASE) if words.viewing else None
        self._last_verb = re.compile(rf"\W*(?:{phrases(words.final).pattern})", re.IGNORECASE) if words.final else None
        self._participles = frozenset(words.participles)
        seen = phrases([*words.reporting, *words.seeing]).pattern
        agent = rf"(?:{'|'.join(words.passive)})\s(?:\w+\s)?(?:{seen})\s(?:{'|'.join(words.agents)})\s"
        self._agent = re.compile(rf"(?<!\w){agent}", re.IGNORECASE) if words.passive and words.agents else None
        self._nounlike = frozenset(words.nounlike)
        self._relative = phrases(words.joining)
        aside = [*words.conditions, *(w for w in words.joining if w not in words.indirect and w not in _LINKS)]
        self._aside = re.compile(rf"(?:{phrases(aside).pattern})\s[^,:;]*$", re.IGNORECASE)
        the = "|".join(re.escape(w) for w in words.determiners if w not in ("l'", "d'"))
        begin = "|".join([the, *map(re.escape, words.origins)])
        self._phrase = (
            re.compile(rf"(?<![\w-])(?:{begin})\s(?:[\w\u2019'-]+\s){{1,4}}$", re.IGNORECASE) if the else None
        )
        self._determined = re.compile(rf"(?<!\w)(?:of|{the})\s*$", re.IGNORECASE) if the else None
        one = [w for w in words.determiners if w in ("a", "an", "un", "une", "ein", "eine")]
        self._pictured = re.compile(rf"(?:{'|'.join(one)})\s[^.,]+\.$", re.IGNORECASE) if one else None
        self._collective = frozenset(words.collective)
        self._unlike = self._collective | (frozenset(words.nominal) & frozenset(_THEIRS))
        self._vague = frozenset(words.vague)
        self._until = (0, 0)  # where the main clause after a quotation begins
        self._firm = True  # whether the last verb found before a quotation is one of stating something
        self._told: dict[tuple[int, int], str | None] = {}

    # -- quotations ------------------------------------------------------------------------------------------------

    @cached_property
    def quotations(self) -> list[Spoken]:
        """Every direct quotation, in order; scare quotes, titles and names in quotation marks are left out."""
        found: list[Spoken] = []
        current: str | None = None  # who spoke last
        last_block = -9
        open_end = False
        for n, block in enumerate(self.blocks):
            spans = self.spans[n][:MOST_SPANS]
            done: list[Spoken] = []
            passed: list[Spoken] = []
            since = 0  # where the words before a quotation begin: after the last speech
            for k, (a, b, _) in enumerate(spans):
                opens, closes = edges(block, a, b)
                since = max(since, opens - LONGEST)
                before = block[since:opens]
                until = edges(block, *spans[k + 1][:2])[0] if k + 1 < len(spans) else len(block)
                after = block[closes : min(until, closes + LONGEST)]
                text = block[a:b]
                spoke, speaker = self._speech(n, since, opens, closes, after, text)
                if not spoke and done and (self._goes_on(before) or (ended(before) and ended(text))):
                    spoke, speaker = True, done[-1].speaker
                if k == 0 and open_end and not before.strip():
                    spoke, speaker = True, speaker or current
                elif spoke and speaker is None and (whole(text) or count(text) > 5 or self.han):
                    speaker = self._continued(n, a, before, done, current if n - last_block <= 2 else None)
                if speaker and headlike(block) and speaker not in self.cast.people:
                    speaker = None  # a headline's capitals name nobody
                if spoke:
                    since = closes
                    done.append(Spoken(n + 1, a, b, text, speaker))
                    current, last_block = speaker or current, n
                else:
                    passed.append(Spoken(n + 1, a, b, text, None))
            done = self._backwards(n, self._joined(n, done, passed))
            found.extend(done)
            if done and done[-1].speaker:
                current = done[-1].speaker
            open_end = bool(spans) and not spans[-1][2]
        return [self._repeated(s, found) for s in found]

    def _repeated(self, one: Spoken, found: Sequence[Spoken]) -> Spoken:
        """A heading's quotation, with the speaker whom the text names where it has the same words again."""
        block = self.blocks[one.paragraph - 1]
        if len(block) > 2 * len(one.text) + 60 or count(one.text) < 4:
            return one
        later = islice((s for s in found if s.paragraph > one.paragraph and s.speaker), MOST_VERBS)
        same = one.text.rstrip(",.!?\u2026 ").casefold()
        return next((replace(one, speaker=s.speaker) for s in later if same in s.text.casefold()), one)

    def _joined(self, n: int, done: list[Spoken], passed: Sequence[Spoken]) -> list[Spoken]:
        """With the fragments of three words and more that stand in a sentence with speech of somebody named."""
        if not done or not passed or self.han:
            return done
        stretches = sentences(self.blocks[n], self.spans[n])
        at = 0
        for one in passed:
            while at + 1 < len(stretches) and stretches[at + 1][0] <= one.start:
                at += 1
            start, end = stretches[at]
            words = count(one.text)
            named = self._naming and self._naming.search(self.blocks[n][max(0, one.start - 60) : one.start - 1])
            if named or titled(one.text) or whole(one.text):
                continue
            beside = [s for s in done if start <= s.start < end and s.speaker]
            if words < 3 and (
                words < 2 or not beside or self._describes(one.text, self.blocks[n][one.end + 1 : one.end + 40])
            ):
                continue
            near = [s for s in done if end <= s.start <= end + 3 and s.speaker and one.text[:1].islower()]
            if beside or near:
                done.append(replace(one, speaker=(beside or near)[0].speaker))
        return sorted(done, key=lambda s: s.start)

    def _backwards(self, n: int, done: list[Spoken]) -> list[Spoken]:
        """Speech at the head of a paragraph whose speaker is named only after a later quotation of it."""
        known = [s for s in done if s.speaker]
        if not known or done[0].speaker:
            return done
        between = self.blocks[n][done[0].end + 1 : known[0].start - 1]
        if between.strip():
            return done
        return [replace(s, speaker=s.speaker or known[0].speaker) for s in done]

    def _continued(self, n: int, a: int, before: str, done: list[Spoken], current: str | None) -> str | None:
        """The speaker of a quotation that names none: of the one before it, or whom the words before introduce."""
        if done and done[-1].speaker:
            return done[-1].speaker
        if self.han:
            return current
        if not before.strip() and n:
            previous = self.blocks[n - 1]
            start, end = sentences(previous[-2 * LONGEST :])[-1]
            shift = max(0, len(previous) - 2 * LONGEST)
            if previous.rstrip().endswith(":") and (who := self._first(n - 1, start + shift, end + shift)):
                return who
            if current is None:
                return self._subject_before(n, 0)
        if before.strip():
            start = a - len(last_sentence(before)) - 2
            return self._first(n, start, a) or self._subject_before(n, start) or current
        return current

    def _first(self, n: int, start: int, end: int) -> str | None:
        """The first person, role or pronoun between two places of a paragraph."""
        inside = self.cast.between(n, start, end)
        named = [m for m in inside if m.form != "pronoun"]
        for mention in [*inside[:1], *named]:
            if who := self.resolve(n, mention):
                return who
        return None

    def _goes_on(self, before: str) -> bool:
        """Whether words between two quotations join them: "and", or a clause that names the speaker."""
        if SENTENCE_END.search(before):
            return False
        joint = r"\W*(?:and|or|but|et|und|oder|as|that)?(?:\s(?:that|would be|was|is|to be|as))*\W*"
        said = before.rstrip().endswith(",") and any(True for _ in self._verbs(before))
        return bool(re.fullmatch(joint, before)) or said

    def _speech(self, n: int, since: int, opens: int, closes: int, after: str, text: str) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        if self.han:
            return self.han.speech(n, since, opens, after, text)
        before = self.blocks[n][since:opens]
        words = count(text)
        lead = last_sentence(before)
        tail = first_sentence(after)
        lead_at, tail_at = since + len(before.rstrip()) - len(lead), closes
        sentence = whole(text)
        title = titled(text)
        if credit := self._credit.match(tail.lstrip(" ,")):
            shift = len(tail) - len(tail.lstrip(" ,"))
            return True, self._credits(n, closes + shift, tail[shift:], credit)
        if words > 6 and (inner := self._incise(n, opens, text)):
            return True, inner
        if ended_by := self._closing_verb(n, lead, lead_at, tail):
            return True, ended_by
        named = bool(self._naming and lead and self._naming.search(lead[-60:]))
        if (named and words <= 6) or (words <= 1 and text.isupper()):
            return False, None
        comma = tail.find(",") if count(tail[: max(0, tail.find(","))]) < 12 else -1
        self._until = (closes + comma, closes + comma + 60) if comma >= 0 else (closes, closes)
        strong, who = self._lead(n, lead, lead_at)
        alone = self.cast.between(n, lead_at, lead_at + 1) if lead.endswith(":") and words > 1 else []
        if alone and alone[0].end >= opens - 2 and alone[0].form == "name":
            return True, self.resolve(n, alone[0])  # Jane Roe: "..."
        if title and re.search(r"(?:\b(?:of|in|see|by|'s|\u2019s)|\d\d\d\ds?|[^\W\d_]['\u2019]s)\W*$", lead):
            return False, None
        called = words <= 2 and lead and self._calling.search(lead[-120:])
        if called and not title and (who or (who := self._caller(n, lead, lead_at))):
            return True, who
        scrap = words <= 2 and not sentence and not lead.endswith((":", ","))
        if scrap and who and not strong and not self._firm and (words > 1 or not self._rounds(text, tail)):
            who = None
        if scrap and who:  # two words that somebody said, unless they only describe the noun after them
            named = text[:1].isupper() and "nouns with capitals" not in self.words.traits
            known = lead.casefold().endswith((" the", " these", " those"))  # a thing that has its name already
            return not (named or title or known or self._term(text) or self._describes(text, tail)), who
        if strong and not (title and words <= 6 and not lead.endswith((":", ","))):
            return True, who
        continues = text[-1:] != "." or tail.lstrip()[:1].islower() or tail.lstrip()[:1] == ","
        if words <= 2 and text[-1:] not in ",.!?\u2026" and tail[:1] != ",":
            continues = False
        ok, other = (
            self._tail(n, text, tail, tail_at) if continues or (words > 2 and count(tail) <= 8) else (False, None)
        )
        if ok:
            return True, other
        if title and words <= 12:
            return False, None
        if not who and words > 2 and (far := self._far(n, tail, tail_at)):
            return True, far
        short = words <= 2 and (tail[:1] == "," or text[:1].islower()) and not self._describes(text, tail)
        if not who and short and (far := self._far(n, tail, tail_at)):
            return True, far
        if who is not None and (words > 2 or lead.casefold().endswith((" as", " is", " was", " are", " it"))):
            return True, who
        if who is None and words > 1 and lead and self._indirect.search(lead[-100:]):
            return True, self._subject_before(n, lead_at)
        if lead and words > 2 and self._nouns.search(lead[-60:]) and (someone := self._possessor(n, lead, lead_at)):
            return True, someone
        if sentence and words >= 3 and not lead:
            return True, None
        if lead.endswith(":") and words >= 3:
            return True, who
        if words > 2 and text[:1].islower() and (still := self._still(n, lead_at)):
            return True, still
        return words >= 7, who

    def _still(self, n: int, at: int) -> str | None:
        """Who spoke in the sentence before, in the same paragraph."""
        before = [(a, b) for a, b in self._sentences[n] if b <= at]
        return self._told_by(n, *before[-1]) if before else None

    def _incise(self, n: int, opens: int, text: str) -> str | None:
        """Who is named inside the marks, as French may do: "I am worried, slips he when we meet him. I had ..."."""
        if "elision" not in self.words.traits:
            return None
        for verb in self._verb.finditer(text):
            if not text[: verb.start()].rstrip().endswith((",", "!", "?")):
                continue
            if pronoun := re.match(r"(?:-t)?-(ils?|elles?)\b", text[verb.end() :]):
                return self.resolve(n, Mention(opens, opens, "pronoun", pronoun[1]))
        return None

    def _closing_verb(self, n: int, lead: str, at: int, tail: str) -> str | None:
        """The subject before, where the verb follows the words in marks: "Die ARD hat ... „...“ angekündigt"."""
        verb = self._last_verb.match(tail) if self._last_verb else None
        first = self.cast.between(n, at, at + len(lead)) if verb else []
        return self.resolve(n, first[0]) if first else None

    def _term(self, text: str) -> bool:
        """Whether words with a capital stand in quotation marks again and again: a name, no speech."""
        return text[:1].isupper() and self._fragments[text.casefold()] > 1

    @cached_property
    def _fragments(self) -> Counter[str]:
        return Counter(b[s:e].casefold() for b, spans in zip(self.blocks, self.spans, strict=True) for s, e, _ in spans)

    def _rounds(self, text: str, tail: str) -> bool:
        """Whether a word in quotation marks ends its sentence: a verdict rather than a term."""
        return text[:1].islower() and (text[-1:] in ".!?" or tail[:1] in ".!?")

    def _describes(self, text: str, tail: str) -> bool:
        """Whether words in quotation marks stand before a noun as an adjective does: the "toothless" commission."""
        following = re.match(r"\s([^\W\d_](?:[\w-]*['\u2019](?=\w)|[\w'\u2019-]*))", tail)
        if following is None or text[-1:] in ",.;!?" or following[1].endswith(("ed", "ing")):
            return False
        low = following[1].casefold().replace("\u2019", "'")
        cast = self.cast
        small = low in cast.functions or low in cast.prepositions or low in cast.auxiliaries or low in cast.determiners
        return not small and not self._verb.fullmatch(low)

    def _caller(self, n: int, lead: str, at: int) -> str | None:
        """Who calls something by the words in quotation marks: "the union calls it ..."."""
        for verb in self._calling.finditer(lead):
            if who := self._subject(n, at, lead, verb):
                return who
        return None

    def _lead(self, n: int, lead: str, at: int) -> tuple[bool, str | None]:
        """Whether the words before a quotation introduce it (strongly), and who is its subject."""
        self._firm = True
        if not lead:
            return False, None
        verbs = [v for v in self._verbs(lead) if not self.cast.within(n, at + v.start())]
        credit = self._credit.search(lead)
        who = None
        strong = False
        if credit:
            who = self._credits(n, at, lead, credit)
            strong = who is not None and count(lead[credit.end() :]) <= 12
        for verb in reversed(verbs[-MOST_VERBS:]):
            if len(verbs) > 1 and self._aside.search(lead[: verb.start()]):
                continue
            if subject := self._subject(n, at, lead, verb):
                self._firm = verb[0].casefold() not in self._vague and count(lead[verb.end() :]) <= 25
                near = lead[verb.end() :]
                direct = lead.endswith((":", ",")) or count(near) <= 4
                return direct and self._reaches(near, lead), subject
        if who is None and not verbs[1:] and verbs and not lead[: verbs[0].start()].strip(" -\u2014"):
            after = self.cast.between(n, self._until[0], self._until[1])
            if verbs[0][0].casefold() in self._participles and after:
                return True, self.resolve(
                    n, self._best_after(n, after, self.blocks[n][self._until[0] :], self._until[0])
                )
        if who is None and self._view and (view := self._view.match(lead)) and "," in lead:
            first = self.cast.between(n, at + view.end() - 1, at + view.end() + 4)
            if first and first[0].form != "pronoun":
                return True, self.resolve(n, self._best_after(n, self.cast.between(n, at, at + len(lead)), lead, at))
        return strong, who

    def _reaches(self, near: str, lead: str) -> bool:
        """Whether a verb of saying governs the words in quotation marks right after ``near``."""
        bound = self._determined and self._determined.search(near)
        return lead.endswith((":", ",")) or not near.strip() or not bound

    def _credits(self, n: int, at: int, clause: str, credit: re.Match[str]) -> str | None:
        """Whom "according to" names: somebody mentioned, else the few words after it."""
        if postposed := self._before_postposed(n, at, credit):
            return postposed
        rest = re.split(r"[,.;:\u2014(]|\b(?:who|which|qui)\b", clause[credit.end() :])[0].strip()
        short = " ".join(rest.split()[:6])
        near = self.cast.between(n, at + credit.end(), at + credit.end() + len(rest) + 2)
        first = near[0] if near else None
        if first is not None and first.form == "role" and len(near) > 1 and near[1].form == "name":
            return self.cast.of_role(n, first) or first.name
        return (self.resolve(n, first) if first is not None else None) or short or None

    def _before_postposed(self, n: int, at: int, credit: re.Match[str]) -> str | None:
        if credit[0].casefold() != "zufolge":
            return None
        found = [m for m in self.cast.between(n, at, at + credit.start()) if m.end <= at + credit.start()]
        return self.resolve(n, found[-1]) if found else None

    def _tail(self, n: int, text: str, tail: str, at: int) -> tuple[bool, str | None]:
        """Whether the words after a quotation name its speaker, and whom."""
        if count(text) > 3 and (text[-1:] in ",!?" or tail[:1] == ",") and (open_ := self._unlisted(n, tail, at)):
            return True, open_
        dash = re.match(r"\s*[\u2014\u2013-]+\s*(?=[^\W\d_])", tail)
        mentions = self.cast.between(n, at, at + len(tail))
        for verb in self._verbs(tail[:200]):
            head = tail[: verb.start()]
            if verb.start() > 90 or re.search(r"[;:]", head):
                break
            lean = head.strip(" ,\u2014\u2013-").casefold()
            hyphen = re.match(r"(?:-t)?-(ils?|elles?|on)\b", tail[verb.end() :])
            inverted = re.search(r"(?:-t)?-(ils?|elles?|on)$", lean)
            if pronoun := hyphen or inverted:
                place = at + verb.end()
                return True, self.resolve(n, Mention(place, place, "pronoun", pronoun[1]))
            if not lean or lean in self.cast.auxiliaries or lean in self.words.adverbs:
                after = [m for m in mentions if m.start >= at + verb.end()]
                if len(after) > 1 and after[0].form == "name" and self.cast.hangs(n, after[0]):
                    after = after[1:]  # "writes on Acme the mayor, Jane Roe"
                if after and after[0].start - at - verb.end() <= 45:
                    return True, self.resolve(n, self._best_after(n, after, tail, at))
                continue
            subject = [m for m in mentions if m.end <= at + verb.start()]
            first = subject[0] if subject and not tail[: subject[0].start - at].strip(" ,\u2014\u2013-") else None
            apposed = first and first.form == "name" and tail[first.end - at :].startswith(",")
            if first and apposed and self.cast.personal(first.name):
                return True, self.resolve(n, first)  # "...", Jane Roe, who leads the Acme works, said
            if subject and subject[0].start - at <= (14 if text[-1:] in ".?!" else 30) and not self._conjoined(head):
                return True, self._subject(n, at, tail, verb)
            if not subject and (said := self._phrased(tail, verb.start(), at)):
                return True, said
            break
        if dash and text[-1:] in ".?!\u2026" and mentions and mentions[0].start - at - dash.end() <= 1:
            return True, self.resolve(n, mentions[0])
        return False, None

    def _unlisted(self, n: int, tail: str, at: int) -> str | None:
        """Who follows a single word that is not listed as a verb of saying: ", grumbles Jane Roe"."""
        verb = re.match(r",?\s([^\W\d_]+)\s(?=[^\W_])", tail)
        if verb is None or not verb[1].islower():
            return None
        cast, low = self.cast, verb[1].casefold()
        listed = (cast.functions, cast.prepositions, cast.auxiliaries, cast.determiners, cast.connectors, cast.roles)
        if any(low in words for words in listed) or low in self.words.adverbs or low.endswith(("ly", "ing", "s'")):
            return None
        after = cast.between(n, at + verb.end(), at + verb.end() + 1)
        return self.resolve(n, after[0]) if after and after[0].form == "name" and cast.personal(after[0].name) else None

    def _conjoined(self, head: str) -> bool:
        """Whether words between a quotation and a verb belong to another clause."""
        return bool(self._relative.search(head))

    def _far(self, n: int, tail: str, at: int) -> str | None:
        """Who is named at the end of a sentence that holds a fragment in quotation marks: "..., said Jane Roe"."""
        for verb in islice(self._verbs(tail), MOST_VERBS):
            if self.cast.within(n, at + verb.start()):
                return None
            if who := self._inverted(n, at, tail, verb):
                return who
            comma = tail.rfind(",", 0, verb.start())
            subject = [m for m in self.cast.between(n, at + comma, at + verb.start()) if m.end <= at + verb.start()]
            if comma >= 0 and subject and count(tail[verb.end() :]) <= 6 and subject[0].start - at - comma <= 6:
                return self.resolve(n, subject[0])
        if credit := self._credit.search(tail):
            return self._credits(n, at, tail, credit)
        return None

    def _best_after(self, n: int, after: Sequence[Mention], tail: str, at: int) -> Mention:
        """Of the mentions after a verb, the name in apposition to a role: "said the mayor, Jane Roe"."""
        first = after[0]
        for name in after[1:4] if first.form == "role" else ():
            gap = tail[first.end - at : name.start - at]
            if name.form != "name" or re.search(r"[.;:]|,(?!\s?$)", gap):
                continue
            if gap in (", ", " ") or (gap.endswith(", ") and self.cast.personal(name.name)):
                return name
        return first

    # -- sentences that credit something ---------------------------------------------------------------------------

    @cached_property
    def credited(self) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        found = []
        taken: dict[int, list[int]] = {}
        for one in self.quotations:
            taken.setdefault(one.paragraph - 1, []).append(one.start)
        for n, block in enumerate(self.blocks):
            if headlike(block) and not self.words.traits:
                continue
            speech = taken.get(n, [])
            stretches = self.han.stretches(n) if self.han else sentences(block, self.spans[n])
            k = 0
            for start, end in stretches:
                while k < len(speech) and speech[k] < start:
                    k += 1
                if k < len(speech) and speech[k] < end:
                    continue
                sentence = block[start:end]
                who = self.han.credited(n, sentence) if self.han else self._credited(n, start, sentence)
                if who is not None:
                    found.append(Spoken(n + 1, start, end, sentence, who or None))
        return found

    def _credited(self, n: int, start: int, sentence: str) -> str | None:
        """To whom a sentence credits something: a name, the empty string where it is unclear, None for nobody."""
        if (by := self._agent.search(sentence) if self._agent else None) and not self.cast.within(
            n, start + by.start()
        ):
            agents = self.cast.between(n, start + by.end(), start + by.end() + 30)
            if agents and not re.search(r"[,;:]", sentence[by.end() : agents[0].start - start]):
                return self.resolve(n, agents[0])
        credit = self._credit.search(sentence)
        for verb in islice(self._verbs(sentence), MOST_VERBS):
            if self.cast.within(n, start + verb.start()):
                continue
            if credit and credit.start() < verb.start():
                break
            if (inverted := self._inverted(n, start, sentence, verb)) is not None:
                return inverted
            subject = self._subject(n, start, sentence, verb)
            bare = (credit or verb[0].casefold() in self._participles) and not self._human(subject)
            if subject and not bare and self._states(sentence[verb.end() :], verb[0]):
                return subject
        return self._credits(n, start, sentence, credit) if credit else None

    def _human(self, who: str | None) -> bool:
        """Whether a speaker is a person or a role: no country, nor whatever else a participle may hang on."""
        if not who or (not who[0].isupper() and set(who.casefold().split()) & self._collective):
            return False
        return (who[0].isupper() and self.cast.personal(who)) or any(
            self.cast.is_role(w) for w in who.casefold().split()
        )

    def _states(self, rest: str, verb: str) -> bool:
        """Whether what follows a verb of saying is something stated, rather than a name, a call or a purchase."""
        if verb.casefold() in self._participles:
            return bool(re.match(r"\s*(?:that\b|:)", rest))
        if self._calling.fullmatch(verb):
            return bool(re.match(r"\s+(?:it|the|this|that|for|on|him|her|them|an?)\b", rest))
        if verb.casefold() in self._vague:
            return bool(re.match(r"\s+(?:that|dass|que|qu['\u2019])(?:\b|(?<=['\u2019]))", rest))
        return bool(re.match(r"[\s,:]*[^\W_]|\s*[,.]?$|[\s,]+[\u201c\"'\u2018]", rest))

    def _told_by(self, n: int, start: int, end: int) -> str | None:
        """Who speaks in a sentence, in quotation marks or without."""
        sentence = self.blocks[n][start:end]
        for verb in islice(self._verbs(sentence), MOST_VERBS):
            if self.cast.within(n, start + verb.start()):
                continue
            if who := self._inverted(n, start, sentence, verb):
                return who
            if self.words.traits:
                next_ = self.cast.between(n, start + verb.end(), start + verb.end() + 2)
                if next_ and next_[0].form == "name":
                    return self.resolve(n, next_[0])
            if re.search(r"\b(?:that|which)\s(?:\w+\s)?$", sentence[: verb.start()]):
                continue
            who = self._subject(n, start, sentence, verb)
            if self._human(who):
                return who
        return None

    def _inverted(self, n: int, at: int, sentence: str, verb: re.Match[str]) -> str | None:
        """The subject that follows its verb: ", said Jane Roe", ", said the mayor's cousin Jane Roe"."""
        head = self.blocks[n][at : at + verb.start()].rstrip()
        if head[-1:] not in MARKS + "," or not head:
            return None
        after = self.cast.between(n, at + verb.end(), at + len(sentence))
        if not after or re.search(r"[,;:]|\b(?:that|they|it|he|she)\b", sentence[verb.end() : after[0].start - at]):
            return None
        first = self.cast.between(n, at, at + 3)
        if first and sentence[first[0].end - at :].startswith(",") and head.count(",") == 2 and head[-1:] == ",":
            return None  # "Jane Roe, 58, told Acme": the subject stands before
        near = {"name": 30, "role": 5, "pronoun": 2}[after[0].form]
        following = re.match(r"\s([^\W\d_]+)", sentence[after[0].end - at :])
        clause = following and following[1].casefold() in self.cast.auxiliaries
        if after[0].start - at - verb.end() > near or after[0].possessive or clause:
            return None
        return self.resolve(n, self._best_after(n, after, sentence, at))

    # -- verbs and their subjects ----------------------------------------------------------------------------------

    def _verbs(self, text: str) -> Iterator[re.Match[str]]:
        """Verbs of saying in ``text``; a passive ("was told") and a noun ("the claims") is none."""
        for verb in self._verb.finditer(text):
            if verb[0] == "States":
                continue  # the United States
            low = verb[0].casefold()
            before = re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", text[max(0, verb.start() - 60) : verb.start()])
            last = before[-1].casefold() if before else ""
            adjoined = bool(before) and not re.search(r"[,;:.]\s*$", text[max(0, verb.start() - 3) : verb.start()])
            if last in self.words.passive and low not in self._participles and " " not in low:
                continue
            if adjoined and last in self.words.nominal:
                continue
            if adjoined and re.search(r"['\u2019]s$", before[-1]) and last[:-2] not in self.cast.pronouns:
                continue
            if (
                low in self._nounlike
                and adjoined
                and before[-1][:1].islower()
                and not self.cast.is_role(last)
                and last not in self.cast.pronouns
                and last not in self.words.adverbs
            ):
                continue
            yield verb

    def _phrased(self, clause: str, verb: int, at: int) -> str | None:
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

    def _subject(self, n: int, at: int, clause: str, verb: re.Match[str]) -> str | None:
        """The subject of a verb of saying in a clause that begins at ``at`` of a paragraph."""
        place = at + verb.start()
        low = verb[0].casefold()
        found = [m for m in self.cast.between(n, at, place) if m.end <= place and not m.possessive]
        if "verb second" in self.words.traits and (follower := self._follower(n, at, clause, verb, found)):
            return self.resolve(n, follower)
        window = max(0, verb.start() - NEAR)
        earlier = [] if low in self._participles else [*self._verbs(clause[window : verb.start()])]
        coordinate = re.search(r"\b(?:and|et|und)(?:\s(?:has|have|had|a|ont|hat|haben))?\s*$", clause[: verb.start()])
        if earlier:
            begins, ends = (window + place for place in earlier[-1].span())
            later = [m for m in found if m.start >= at + ends]
            found = ([m for m in found if m.end <= at + begins] if coordinate else later) or found
        elif coordinate and low not in self._participles:  # "Roe left the bank in Oslo and said"
            first = [m for m in found if not self.cast.hangs(n, m)][:1]
            if first and (first[0].form != "name" or self.cast.personal(first[0].name)):
                return self.resolve(n, first[0])
        last = found[-1] if found else None
        if (said := self._phrased(clause, verb.start(), at)) and (last is None or last.end < place - len(said)):
            return said
        if last is None:
            return None
        gap = clause[last.end - at : verb.start()]
        if last.form == "name" and (noun := re.match(r"\s([a-z]+),", gap)) and noun[1] not in self.words.adverbs:
            return None  # "as the fifth Acme state, remarks"
        if low in self._participles:
            if last.form == "name" and gap == " " and self.cast.personal(last.name):
                return self.resolve(n, last)  # "a letter by Jane Roe saying"
            return self.resolve(n, next((m for m in found if not self.cast.hangs(n, m)), found[0]))
        if "," in gap or re.search(r"\b(?:who|which|qui|der|die)\b", gap):
            commas = [m for m in found if re.match(r"\.?,", self.blocks[n][m.end : m.end + 2])]
            if last in commas and not self.cast.personal(last.name):
                commas = [m for m in commas if not self.cast.hangs(n, m)] or found[:1]
            named = [m for m in commas if m.form == "name" and self.cast.personal(m.name)]
            free = [m for m in named if not self.cast.hangs(n, m)]
            if named and named[-1] is last and gap.strip() == "," and self.blocks[n][: last.start].endswith(", "):
                free = [last]  # "the captain of the Punta, Jane Roe, said"
            best = next(iter([*free, *named, *commas]), None)
            if best is not None:
                return self.resolve(n, best)
            if gap.count(",") == 1 and count(gap) > 8:
                return None
        elif count(gap) > 5 and last.form != "pronoun":
            pronoun = [m for m in found if m.form == "pronoun"]
            if count(gap) > 9:
                return self.resolve(n, pronoun[-1]) if pronoun else None
        if self.cast.hangs(n, last) and len(found) > 1 and found[-2].form != "pronoun":
            between = self.blocks[n][found[-2].end : last.start]
            if "," not in between and count(between) <= 4 and not re.search(r"\band\b", between):
                last = found[-2]
        if last.form == "name" and len(found) > 1 and not self.cast.personal(last.name):
            previous = found[-2]
            if (
                self.blocks[n][previous.end : previous.end + 1] == ","
                and self.cast.personal(previous.name)
                and gap.strip() == ","
            ):
                last = previous
        return self.resolve(n, last)

    def _follower(self, n: int, at: int, clause: str, verb: re.Match[str], found: Sequence[Mention]) -> Mention | None:
        """In a language whose verb stands second: the subject right after the verb, where none stands before it."""
        first = next((m for m in found if not self.cast.hangs(n, m)), None)
        head = clause[: first.start - at].strip() if first is not None else ""
        if first is not None and count(head) <= 1 and count(clause[first.end - at : verb.start()]) <= 12:
            return None
        after = self.cast.between(n, at + verb.end(), at + verb.end() + 40)
        if not after or re.search(r"[,;:]", clause[verb.end() : after[0].start - at]):
            return None
        return after[0] if after[0].start - at - verb.end() <= (1 if after[0].form == "pronoun" else 12) else None

    def _possessor(self, n: int, lead: str, at: int) -> str | None:
        """Whose words a noun of saying announces: "Roe's remark", "in her statement"."""
        found = self.cast.between(n, at, at + len(lead))
        owners = [m for m in found if m.possessive] or [
            m for m in found if m.form == "name" and self.cast.personal(m.name)
        ]
        return self.resolve(n, owners[-1]) if owners else None

    # -- who is meant ----------------------------------------------------------------------------------------------

    def resolve(self, n: int, mention: Mention) -> str | None:
        """The name behind a mention; a pronoun or a bare role is the name last mentioned, where that is clear."""
        if mention.form == "name":
            return self.cast.full(mention.name)
        if mention.form == "role":
            return self.cast.of_role(n, mention) or mention.name
        low = mention.name.casefold()
        loose = low in self.words.loose
        block = self.blocks[n]
        if block[: mention.start].endswith(", ") and re.match(r"\s\w+,", block[mention.end : mention.end + 30]):
            begins = max((a for a, _ in self._sentences[n] if a <= mention.start), default=0)
            return self._subject_before(n, begins, any_form=loose)  # "Acme, they argue, will": others than Acme
        return self._subject_before(n, mention.start, any_form=loose)

    @cached_property
    def _sentences(self) -> list[list[tuple[int, int]]]:
        return [sentences(block, spans) for block, spans in zip(self.blocks, self.spans, strict=True)]

    def _shows(self, block: int) -> bool:
        """Whether a paragraph only says what a picture shows: "A man in a grey shirt is interviewed."."""
        text = self.blocks[block]
        return bool(self._pictured and len(text) < 100 and self._pictured.match(text)) and not self.spans[block]

    def _subject_before(self, n: int, position: int, *, any_form: bool = False) -> str | None:
        """The subject of the nearest sentence before a place, at most three paragraphs back."""
        looked = 0
        for block in range(n, max(-1, n - 5), -1):
            if block < n and len(self.blocks[block]) < 100 and not ended(self.blocks[block].rstrip(MARKS + " ")):
                continue  # a heading or caption
            if block < n and self._shows(block):
                continue
            for start, end in reversed(self._sentences[block]):
                if block == n and start >= position:
                    continue
                looked += 1
                if looked > 12:
                    return None
                own = block == n and end > position
                inside = self.cast.between(block, start, min(end, position) if block == n else end)
                inside = inside[:MOST_VERBS]  # the subject is among the first
                inside = [m for m in inside if not self.cast.hangs(block, m)] or ([] if own else inside)
                if not any_form and (block, start) not in self._told and not own:
                    self._told[block, start] = None  # a pronoun in it looks further back
                    self._told[block, start] = self._told_by(block, start, end)
                if told := self._told.get((block, start)):
                    return told
                if not inside:
                    continue
                if inside[0].form == "pronoun" and not any_form and inside[0].name.casefold() in self.words.loose:
                    people = {self.cast.full(m.name) for m in inside if m.form == "name" and self.cast.personal(m.name)}
                    if len(people) == 1 and not own:
                        return people.pop()  # "it will be led by Jane Roe. She said"
                if (inside[0].form == "pronoun" and not any_form) or (own and inside[0].start > start + 25):
                    continue
                if own and self.cast.hangs(block, inside[0]):
                    continue
                for mention in inside:
                    if mention.form == "name" and (any_form or self.cast.personal(mention.name)):
                        return self.cast.full(mention.name)
                    plural = mention.name.casefold().endswith("s") and not any_form
                    kin = not any_form and set(mention.name.casefold().split()) & self._unlike
                    if mention.form == "role" and not mention.possessive and not plural and not kin:
                        return self.cast.of_role(block, mention) or mention.name
        return None
