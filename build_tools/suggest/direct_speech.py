"""Decides whether words in quotation marks are speech, and whose: a guess by the words around them. Pure."""

import re
from collections import Counter
from functools import cached_property
from itertools import islice

from build_tools.suggest.mentions import Mention
from build_tools.suggest.speakers import MOST_VERBS, NEAR, Speakers
from build_tools.suggest.word_lists import phrases
from build_tools.text.quotation_marks import MARKS
from build_tools.text.sentences import LONGEST, count_words, first_sentence, holds_sentence, is_title, last_sentence

#: Words that join a clause to a verb of saying, or a person to one.
_LINKS = ("that", "which", "but", "que", "qui", "mais", "dass", "der", "die", "das", "aber", "denn", "da", "als")


class DirectSpeech:
    """Decides on one stretch in quotation marks after the other."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.blocks, self.spans, words = speakers.blocks, speakers.spans, speakers.words
        self.words, the = words, speakers.the
        self.naming = re.compile(rf"(?:{phrases(words.naming).pattern})\W*$", re.IGNORECASE) if words.naming else None
        self._calling = phrases(words.calling)
        self._indirect = phrases(words.indirect)
        self._view = re.compile(rf"\W*(?:{phrases(words.viewing).pattern})\s", re.IGNORECASE) if words.viewing else None
        self._last_verb = re.compile(rf"\W*(?:{phrases(words.final).pattern})", re.IGNORECASE) if words.final else None
        undone = rf"(?<!\w)(?:{'|'.join(words.passive)})\s(?:\w+\s)?(?:{speakers.seen})\s(?:\w{{1,3}}\s){{0,2}}$"
        self._undone = re.compile(undone, re.IGNORECASE) if speakers.agent else None
        self._by = re.compile(rf"\s(?:{'|'.join(words.agents)})\s", re.IGNORECASE) if speakers.agent else None
        self._relative = phrases(words.joining)
        aside = [*words.conditions, *(w for w in words.joining if w not in words.indirect and w not in _LINKS)]
        self._aside = re.compile(rf"(?:{phrases(aside).pattern})\s[^,:;]*$", re.IGNORECASE)
        self._brief = re.compile(rf"\s((?:{the})\s[a-z][\w-]+|[A-Z][\w-]+)\s([a-z]+)[.]") if the else None
        self._determined = re.compile(rf"(?<!\w)(?:of|{the})\s*$", re.IGNORECASE) if the else None
        self._until = (0, 0)  # where the main clause after a quotation begins
        self._firm = True  # whether the last verb found before a quotation is one of stating something

    def find_speech(
        self, n: int, since: int, opens: int, closes: int, after: str, text: str
    ) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        before = self.blocks[n][since:opens]
        words = count_words(text)
        lead = last_sentence(before)
        tail = first_sentence(after)
        lead_at, tail_at = since + len(before.rstrip()) - len(lead), closes
        title = is_title(text)
        if credit := self.speakers.credit.match(tail.lstrip(" ,")):
            shift = len(tail) - len(tail.lstrip(" ,"))
            return True, self.speakers.find_credited(n, closes + shift, tail[shift:], credit)
        if words > 6 and (inner := self._find_speaker_inside(n, opens, text)):
            return True, inner
        if ended_by := self._find_speaker_of_final_verb(n, lead, lead_at, tail):
            return True, ended_by
        named = bool(self.naming and lead and self.naming.search(lead[-60:]))
        if named and text[:1].islower() and (caller := self._find_caller(n, lead, lead_at)):
            return True, caller
        if (named and (words <= 6 or not lead.endswith(":"))) or (words <= 1 and text.isupper()):
            return False, None
        comma = tail.find(",") if count_words(tail[: max(0, tail.find(","))]) < 12 else -1
        self._until = (closes + comma, closes + comma + 60) if comma >= 0 else (closes, closes)
        if agent := self._find_agent(n, since, opens, closes, tail):
            return True, agent
        strong, who = self._read_before(n, lead, lead_at)
        if words > 1 and (named_before := self._name_before_colon(n, lead, lead_at, opens)):
            return True, named_before
        if title and re.search(r"(?:\b(?:of|in|see|by|'s|\u2019s)|\d\d\d\ds?|[^\W\d_]['\u2019]s)\W*$", lead):
            return False, None
        called = words <= 2 and lead and self._calling.search(lead[-120:])
        caller = (self._find_caller(n, lead, lead_at) or (who if text[:1].islower() else None)) if called else None
        if caller and not title:
            return True, who or caller
        scrap = words <= 2 and not holds_sentence(text) and not lead.endswith((":", ","))
        if scrap and who and not strong and not self._firm and (words > 1 or not self._ends_sentence(text, tail)):
            who = None
        if scrap and who:  # two words that somebody said, unless they only describe the noun after them
            named = text[:1].isupper() and "nouns with capitals" not in self.words.traits
            known = lead.casefold().endswith((" the", " these", " those"))  # a thing that has its name already
            return not (named or title or known or self._is_term(text) or self.is_adjective(text, tail)), who
        if strong and not (title and words <= 6 and not lead.endswith((":", ","))):
            return True, who
        continues = text.rstrip(MARKS)[-1:] != "." or tail.lstrip()[:1].islower() or tail.lstrip()[:1] == ","
        if words <= 2 and text[-1:] not in ",.!?\u2026" and tail[:1] != ",":
            continues = False
        continues = continues or (words > 2 and count_words(tail) <= 8)
        ok, other = self._read_after(n, text, tail, tail_at) if continues else (False, None)
        if ok:
            return True, other
        if title and words <= 12 and not (who and words > 2 and "nouns with capitals" in self.words.traits):
            return False, None
        likely = not who and (words > 2 or self._may_be_speech(text, tail))
        if likely and (far := self._find_distant_speaker(n, tail, tail_at)):
            return True, far
        return self._decide_by_form(n, text, lead, lead_at, who)

    def _may_be_speech(self, text: str, tail: str) -> bool:
        """Whether one or two words in quotation marks may be speech all the same."""
        return (tail[:1] == "," or text[:1].islower()) and not self.is_adjective(text, tail)

    def _decide_by_form(self, n: int, text: str, lead: str, lead_at: int, who: str | None) -> tuple[bool, str | None]:
        """Whether words are speech if nothing around them decides it; ``who`` may have said them."""
        words, sentence = count_words(text), holds_sentence(text)
        if who is not None and (words > 2 or lead.casefold().endswith((" as", " is", " was", " are", " it"))):
            return True, who
        if who is None and words > 1 and lead and self._indirect.search(lead[-100:]):
            return True, self.speakers.find_earlier_subject(n, lead_at)
        if sentence and words >= 3 and not lead:
            return True, None
        if lead.endswith(":") and words >= 3:
            return True, who
        if words > 2 and text[:1].islower() and (still := self._find_last_speaker(n, lead_at)):
            return True, still
        return words >= 7 and sentence, who

    def _name_before_colon(self, n: int, lead: str, lead_at: int, opens: int) -> str | None:
        """The name right before a colon: 'Jane Roe: "..."', 'the Gazette's Jane Roe: "..."'."""
        cast = self.speakers.cast
        last = cast.mentions_between(n, lead_at, opens)[-1:] if lead.endswith(":") else []
        if not last or last[0].end < opens - 2 or last[0].form != "name" or cast.is_dependent(n, last[0]):
            return None
        free = cast.is_person(last[0].name) and not any(self.speakers.find_verbs(lead))
        return self.speakers.resolve(n, last[0]) if last[0].start == lead_at or free else None

    def _find_last_speaker(self, n: int, at: int) -> str | None:
        """Who spoke in the sentence before, in the same paragraph."""
        before = [(a, b) for a, b in self.speakers.sentences[n] if b <= at]
        return self.speakers.find_speaker(n, *before[-1]) if before else None

    def _find_speaker_inside(self, n: int, opens: int, text: str) -> str | None:
        """Who is named inside the marks, as French may do: "I am worried, slips he when we meet him. I had ..."."""
        if "elision" not in self.words.traits:
            return None
        for verb in self.speakers.verb.finditer(text):
            if not re.search(r"[,!?]\s(?:(?:a|ont|avait)\s)?$", text[: verb.start()][-12:]):
                continue
            place = opens + 1 + verb.end()
            after = [m for m in self.speakers.cast.mentions[n] if place <= m.start <= place + 2][:1]
            if after and after[0].form != "pronoun":
                return self.speakers.resolve(n, after[0])
        return None

    def _find_speaker_of_final_verb(self, n: int, lead: str, at: int, tail: str) -> str | None:
        """The subject before a quotation whose verb follows it: "Die ARD hat ... „...“ angekündigt"."""
        verb = self._last_verb.match(tail) if self._last_verb else None
        first = self.speakers.cast.mentions_between(n, at, at + len(lead)) if verb else []
        return self.speakers.resolve(n, first[0]) if first else None

    def _find_agent(self, n: int, since: int, opens: int, closes: int, tail: str) -> str | None:
        """The person after "by", before or after a quotation: "described by Roe as ...", "dismissed as ... by Roe"."""
        lead = self.blocks[n][max(since, opens - NEAR) : opens]
        if self.speakers.agent is None or self._by is None or self._undone is None:
            return None
        place = closes + by.end() if (by := self._by.match(tail)) and self._undone.search(lead) else -1
        for found in self.speakers.agent.finditer(lead):
            named = self.speakers.cast.mentions_between(
                n, opens - len(lead) + found.end(), opens - len(lead) + found.end() + 5
            )
            rest = self.blocks[n][named[0].end : opens] if named else ""
            if named and (count_words(rest) <= 3 or re.match(r"\s(?:that|to)\b", rest)):
                place = named[0].start
        agents = self.speakers.cast.mentions_between(n, place, place + 30) if place >= 0 else []
        if not agents or re.search(r"[,;:]", self.blocks[n][place : agents[0].start]):
            return None
        return self.speakers.resolve(n, self.speakers.choose_mention(n, agents, self.blocks[n][place:], place))

    def _is_term(self, text: str) -> bool:
        """Whether capitalised words are in quotation marks more than once, so they are a name."""
        return text[:1].isupper() and self._fragments[text.casefold()] > 1

    @cached_property
    def _fragments(self) -> Counter[str]:
        return Counter(b[s:e].casefold() for b, spans in zip(self.blocks, self.spans, strict=True) for s, e, _ in spans)

    def _ends_sentence(self, text: str, tail: str) -> bool:
        """Whether a word in quotation marks ends its sentence: a verdict rather than a term."""
        return text[:1].islower() and (text[-1:] in ".!?" or tail[:1] in ".!?")

    def is_adjective(self, text: str, tail: str) -> bool:
        """Whether words in quotation marks describe the noun after them: the "toothless" commission."""
        following = re.match(r"\s([^\W\d_](?:[\w-]*['\u2019](?=\w)|[\w'\u2019-]*))", tail)
        if following is None or text[-1:] in ",.;!?" or following[1].endswith(("ed", "ing")):
            return False
        low = following[1].casefold().replace("\u2019", "'")
        cast = self.speakers.cast
        small = low in cast.functions or low in cast.prepositions or low in cast.auxiliaries or low in cast.determiners
        return not small and not self.speakers.verb.fullmatch(low)

    def _find_caller(self, n: int, lead: str, at: int) -> str | None:
        """Who calls something by the words in quotation marks: "the union calls it ..."."""
        said = {v.start() for v in self.speakers.find_verbs(lead)}
        for verb in self._calling.finditer(lead):
            if verb.start() not in said and self.speakers.verb.fullmatch(verb[0]):
                continue
            if who := self.speakers.find_subject(n, at, lead, verb):
                return who
        return None

    def _read_before(self, n: int, lead: str, at: int) -> tuple[bool, str | None]:
        """Whether the words before a quotation introduce it (strongly), and who is its subject."""
        self._firm = True
        if not lead:
            return False, None
        verbs = [v for v in self.speakers.find_verbs(lead) if not self.speakers.cast.is_enclosed(n, at + v.start())]
        credit = None if lead.startswith(",") else self.speakers.credit.search(lead)  # after the quotation before
        who = None
        strong = False
        if credit:
            who = self.speakers.find_credited(n, at, lead, credit)
            if who and not re.search("[,:]", lead[credit.end() :]) and lead.endswith(who):
                who = None  # according to the new "dot plot"
            strong = who is not None and count_words(lead[credit.end() :]) <= 12
        for verb in reversed(verbs[-MOST_VERBS // 2 :]):
            if len(verbs) > 1 and self._aside.search(lead[: verb.start()]) and count_words(lead[verb.end() :]) > 1:
                continue
            if subject := self.speakers.find_subject(n, at, lead, verb):
                self._firm = verb[0].casefold() not in self.speakers.vague and count_words(lead[verb.end() :]) <= 25
                near = lead[verb.end() :]
                direct = lead.endswith((":", ",")) or count_words(near) <= 4
                return direct and self._governs(near, lead), subject
        if (
            who is None
            and not verbs[1:]
            and verbs
            and not re.split("--|[\u2013\u2014]", lead[: verbs[0].start()])[-1].strip()
        ):
            after = self.speakers.cast.mentions_between(n, self._until[0], self._until[1])
            if verbs[0][0].casefold() in self.speakers.participles and after:
                return True, self.speakers.resolve(
                    n, self.speakers.choose_mention(n, after, self.blocks[n][self._until[0] :], self._until[0])
                )
        if who is None and self._view and (view := self._view.match(lead)) and "," in lead:
            first = self.speakers.cast.mentions_between(n, at + view.end() - 1, at + view.end() + 4)
            if first and first[0].form != "pronoun":
                return True, self.speakers.resolve(
                    n,
                    self.speakers.choose_mention(
                        n, self.speakers.cast.mentions_between(n, at, at + len(lead)), lead, at
                    ),
                )
        return strong, who

    def _governs(self, near: str, lead: str) -> bool:
        """Whether a verb of saying governs the words in quotation marks right after ``near``."""
        bound = self._determined and self._determined.search(near)
        return lead.endswith((":", ",")) or not near.strip() or not bound

    def _read_after(self, n: int, text: str, tail: str, at: int) -> tuple[bool, str | None]:
        """Whether the words after a quotation name its speaker, and whom."""
        if (
            count_words(text) > 3
            and (text[-1:] in ",!?" or tail[:1] == ",")
            and (open_ := self._find_unlisted_verb(n, text, tail, at))
        ):
            return True, open_
        dash = re.match(r"\s*[\u2014\u2013-]+\s*(?=[^\W\d_])", tail)
        mentions = self.speakers.cast.mentions_between(n, at, at + len(tail))
        for verb in self.speakers.find_verbs(tail[:200]):
            head = tail[: verb.start()]
            if verb.start() > 90 or re.search(r"[;:]", head):
                break
            lean = head.strip(" ,\u2014\u2013-").casefold()
            hyphen = re.match(r"(?:-t)?-(ils?|elles?|on)\b", tail[verb.end() :])
            inverted = re.search(r"(?:-t)?-(ils?|elles?|on)$", lean)
            if pronoun := hyphen or inverted:
                place = at + verb.end()
                return True, self.speakers.resolve(n, Mention(place, place, "pronoun", pronoun[1]))
            told = verb[0].casefold() in self.words.telling
            if not told and (not lean or lean in self.speakers.cast.auxiliaries or lean in self.words.adverbs):
                after = [
                    m
                    for m in mentions
                    if m.start >= at + verb.end()
                    and not (m.form == "pronoun" and self.speakers.cast.is_dependent(n, m))  # "quant à elle"
                ]
                if noun := self.speakers.find_noun_after(
                    tail[verb.end() :], after[0].start - at - verb.end() if after else LONGEST
                ):
                    return True, noun
                if len(after) > 1 and after[0].form == "name" and self.speakers.cast.is_dependent(n, after[0]):
                    after = after[1:]  # "writes on Acme the mayor, Jane Roe"
                if after and after[0].start - at - verb.end() <= 45:
                    return True, self.speakers.resolve(n, self.speakers.choose_mention(n, after, tail, at))
                continue
            subject = [m for m in mentions if m.end <= at + verb.start()]
            first = subject[0] if subject and not tail[: subject[0].start - at].strip(" ,\u2014\u2013-") else None
            apposed = first and first.form == "name" and tail[first.end - at :].startswith(",")
            if first and apposed and self.speakers.cast.is_person(first.name):
                return True, self.speakers.resolve(n, first)  # "...", Jane Roe, who leads the Acme works, said
            closed = text.rstrip(MARKS)[-1:] in ".?!"
            far = (14 if closed else 30) + (len(subject[0].role) if subject else 0)
            if subject and subject[0].start - at <= far and not self._is_other_clause(head):
                return True, self.speakers.find_subject(n, at, tail, verb)
            break
        if dash and text[-1:] in ".?!\u2026" and mentions and mentions[0].start - at - dash.end() <= 1:
            return True, self.speakers.resolve(n, mentions[0])
        return False, None

    def _find_unlisted_verb(self, n: int, text: str, tail: str, at: int) -> str | None:
        """Who follows a single word that is not listed as a verb of saying: ", grumbles Jane Roe"."""
        if text[-1:] == "," and (said := self._find_brief_sentence(n, tail, at)):
            return said
        aux = "(?:(?:a|ont|avait|avaient)\\s)?" if "elision" in self.words.traits else ""
        verb = re.match(rf",?\s{aux}([^\W\d_]+)\s(?=[^\W_])", tail)
        if verb is None or not verb[1].islower():
            return None
        cast, low = self.speakers.cast, verb[1].casefold()
        listed = (cast.functions, cast.prepositions, cast.auxiliaries, cast.determiners, cast.connectors, cast.roles)
        if any(low in words for words in listed) or low in self.words.adverbs or low.endswith(("ly", "ing", "s'")):
            return None
        after = cast.mentions_between(n, at + verb.end(), at + verb.end() + 1)
        if not after or (after[0].form == "name" and not cast.is_person(after[0].name)):
            return None
        if after[0].form == "name" or (aux and verb[0].count(" ") > 2 and after[0].form == "role"):
            return self.speakers.resolve(
                n, self.speakers.choose_mention(n, cast.mentions_between(n, after[0].start, at + len(tail)), tail, at)
            )
        return None

    def _find_brief_sentence(self, n: int, tail: str, at: int) -> str | None:
        """Who begins a sentence of two or three words after a quotation that ends in a comma: "the email began"."""
        found = self._brief.match(tail) if self._brief else None
        if found is None:
            return None
        named = self.speakers.cast.mentions_between(n, at, at + found.start(2))
        if named and named[0].end == at + found.end(1):
            return self.speakers.resolve(n, named[0])
        return found[1] if not named else None

    def _is_other_clause(self, head: str) -> bool:
        """Whether words between a quotation and a verb belong to another clause."""
        return bool(self._relative.search(head))

    def _find_distant_speaker(self, n: int, tail: str, at: int) -> str | None:
        """The person named at the end of a sentence with a quoted fragment: "..., said Jane Roe"."""
        for verb in islice(self.speakers.find_verbs(tail), MOST_VERBS):
            if who := self.speakers.find_subject_after(n, at, tail, verb):
                return who
            comma = tail.rfind(",", 0, verb.start())
            subject = [
                m
                for m in self.speakers.cast.mentions_between(n, at + comma, at + verb.start())
                if m.end <= at + verb.start()
            ]
            brief = tail[verb.end() : verb.end() + 1] == "," or count_words(tail[verb.end() :]) <= 6
            if comma >= 0 and subject and brief and subject[0].start - at - comma <= 6:
                return self.speakers.resolve(n, subject[0])
        if credit := self.speakers.credit.search(tail):
            return self.speakers.find_credited(n, at, tail, credit)
        return None
