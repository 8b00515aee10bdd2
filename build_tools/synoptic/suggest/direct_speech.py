"""Decides whether words in quotation marks are speech, and whose: a guess by the words around them. Pure."""

import re
from itertools import islice

from synoptic.suggest.mentions import Mention
from synoptic.suggest.speakers import MOST_VERBS, Speakers
from synoptic.suggest.word_lists import phrases
from synoptic.text.quotation_marks import MARKS
from synoptic.text.sentences import count_words, first_sentence, holds_sentence, is_title, last_sentence


class DirectSpeech:
    """Decides on one stretch in quotation marks after the other."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers, self.cast = speakers, speakers.cast
        self.blocks, self.words = speakers.blocks, speakers.words
        words, the = speakers.words, speakers.the
        self._naming = re.compile(rf"(?:{phrases(words.naming).pattern})\W*$", re.IGNORECASE) if words.naming else None
        self._indirect = phrases(words.indirect)
        self._last_verb = re.compile(rf"\W*(?:{phrases(words.final).pattern})", re.IGNORECASE) if words.final else None
        self._relative = phrases(words.joining)
        self._determined = re.compile(rf"(?<!\w)(?:of|{the})\s*$", re.IGNORECASE) if the else None
        auxiliaries = "|".join(map(re.escape, words.auxiliaries))
        self._any_verb = re.compile(
            rf",?\s(?:(?:{auxiliaries})\s)?([^\W\dA-Z_][^\W\d_]+)\s(?=\w)" if words.auxiliaries else "(?!)"
        )
        bound = [
            w for w in (*words.prepositions, *words.determiners) if w not in ("a", "an", "un", "une", "ein", "eine")
        ]
        self._bound = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, bound)) or '(?!)'})\s*$", re.IGNORECASE)
        sayings = phrases(words.sayings).pattern
        self._words_of = re.compile(rf"[\s.,]*(?:[^\W_]+\s){{0,3}}{sayings}", re.IGNORECASE)
        self._first_person = phrases(words.first_person)
        self._until = (0, 0)  # where the main clause after a quotation begins

    def find_speech(
        self, n: int, since: int, opens: int, closes: int, after: str, text: str
    ) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose.

        They stand in paragraph ``n`` between the marks at ``opens`` and ``closes``; ``since`` is where the words before
        them begin, ``after`` are the words up to the next quotation.
        """
        before = self.blocks[n][since:opens]
        words = count_words(text)
        lead, tail = last_sentence(before), first_sentence(after)
        lead_at, tail_at = since + len(before.rstrip()) - len(lead), closes
        introduced = lead.endswith((":", ","))
        title = is_title(text)
        if not lead.endswith(":") and (credit := self.speakers.credit.match(tail.lstrip(" ,"))):
            shift = len(tail) - len(tail.lstrip(" ,"))
            return True, self.speakers.find_credited(n, closes + shift, tail[shift:], credit)
        if words > 6 and (inner := self._find_speaker_inside(n, opens, text)):
            return True, inner
        if ended_by := self._find_speaker_of_final_verb(n, lead, lead_at, tail):
            return True, ended_by
        named = self.is_called(lead)
        if (named and (words <= 6 or not lead.endswith(":"))) or (words <= 1 and text.isupper()):
            return False, None
        comma = tail.find(",") if count_words(tail[: max(0, tail.find(","))]) < 12 else -1
        self._until = (closes + comma, closes + comma + 60) if comma >= 0 else (closes, closes)
        strong, who = self._read_before(n, lead, lead_at)
        if words > 1 and (named_before := self._name_before_colon(n, lead, lead_at, opens)):
            return True, named_before
        if words <= 2 and who and not introduced and not holds_sentence(text):
            known = lead.casefold().endswith((" the", " these", " those"))  # a thing that has its name already
            return not (text[:1].isupper() or known or self.is_adjective(text, tail)), who
        if strong and not (title and words <= 6 and not introduced):
            return True, who
        continues = text.rstrip(MARKS)[-1:] != "." or tail.lstrip()[:1].islower() or tail.lstrip()[:1] == ","
        if words <= 2 and text[-1:] not in ",.!?\u2026" and tail[:1] != ",":
            continues = False
        if continues or (words > 2 and count_words(tail) <= 8):
            spoke, other = self._read_after(n, text, tail, tail_at)
            if spoke:
                return True, other
        if title and words <= 12 and not (who and words > 2 and "nouns with capitals" in self.words.traits):
            return False, None
        if words > 2 and not who and (far := self._find_distant_speaker(n, tail, tail_at)):
            return True, far
        if not who and words > 2 and text[:1].islower():  # whoever spoke in the sentence before goes on
            earlier = [(a, b) for a, b in self.speakers.sentences[n] if b <= lead_at][-1:]
            if earlier and (still := self.speakers.find_speaker(n, *earlier[0])):
                return True, still
        if not who and words > 2 and not holds_sentence(text) and (document := self.speakers.find_document(n, opens)):
            return True, document
        if not who and words > 6 and not holds_sentence(text) and (thinker := self._find_thinker(n, lead, lead_at)):
            return True, thinker
        return self._decide_by_form(text, lead, who, self.speakers.find_earlier_subject(n, lead_at))

    def is_called(self, lead: str) -> bool:
        """Whether words introduce a title or a name in quotation marks: "the film"."""
        return bool(self._naming and self._naming.search(lead[-60:]))

    def _find_thinker(self, n: int, lead: str, at: int) -> str | None:
        """The person of whom a sentence tells that ends in a long quotation that is not a noun."""
        first = [] if self._bound.search(lead) else self.cast.mentions_between(n, at, at + len(lead))
        free = next((m for m in first if not self.cast.is_dependent(n, m) and not m.possessive), None)
        who = self.speakers.resolve(n, free) if free else None
        return who if self.speakers.is_human(who) else None

    def _decide_by_form(self, text: str, lead: str, who: str | None, earlier: str | None) -> tuple[bool, str | None]:
        """Whether words are speech if no verb next to them decides it; ``who`` or ``earlier`` may have said them."""
        words = count_words(text)
        if who is not None:
            return words > 2 or lead.casefold().endswith((" as", " is", " was", " are", " it")), who
        if words > 1 and lead and self._indirect.search(lead[-100:]):
            return True, earlier
        whole = holds_sentence(text) and (not lead or words >= 7)
        own = words > 3 and self._first_person.search(text)  # no term, title or law says "we"
        return words >= 3 and bool(whole or own or lead.endswith(":")), None

    def _name_before_colon(self, n: int, lead: str, lead_at: int, opens: int) -> str | None:
        """The name right before a colon: 'Jane Roe: "..."', 'the Gazette's Jane Roe: "..."'."""
        last = self.cast.mentions_between(n, lead_at, opens)[-1:] if lead.endswith(":") else []
        if not last or last[0].end < opens - 2 or last[0].form != "name" or self.cast.is_dependent(n, last[0]):
            return None
        free = self.cast.is_person(last[0].name) and not any(self.speakers.find_verbs(lead))
        return self.speakers.resolve(n, last[0]) if last[0].start == lead_at or free else None

    def _find_speaker_inside(self, n: int, opens: int, text: str) -> str | None:
        """Who is named inside the marks, as French may do: "I am worried, slips he when we meet him. I had ..."."""
        if "elision" not in self.words.traits:
            return None
        for verb in self.speakers.verb.finditer(text):
            if not re.search(r"[,!?]\s(?:(?:a|ont|avait)\s)?$", text[: verb.start()][-12:]):
                continue
            place = opens + 1 + verb.end()
            after = [m for m in self.cast.mentions[n] if place <= m.start <= place + 2][:1]
            if after and after[0].form != "pronoun":
                return self.speakers.resolve(n, after[0])
        return None

    def _find_speaker_of_final_verb(self, n: int, lead: str, at: int, tail: str) -> str | None:
        """The subject before a quotation whose verb follows it: "Die ARD hat ... „...“ angekündigt"."""
        verb = self._last_verb.match(tail) if self._last_verb else None
        first = self.cast.mentions_between(n, at, at + len(lead)) if verb else []
        return self.speakers.resolve(n, first[0]) if first else None

    def is_adjective(self, text: str, tail: str) -> bool:
        """Whether words in quotation marks describe the noun after them: the "toothless" commission."""
        following = re.match(r"\s([^\W\d_](?:[\w-]*['\u2019](?=\w)|[\w'\u2019-]*))", tail)
        if following is None or text[-1:] in ",.;!?" or following[1].endswith(("ed", "ing")):
            return False
        low = following[1].casefold().replace("\u2019", "'")
        return not self.cast.is_small(low) and not self.speakers.verb.fullmatch(low)

    def _read_before(self, n: int, lead: str, at: int) -> tuple[bool, str | None]:
        """Whether the words before a quotation introduce it (strongly), and who is its subject."""
        verbs = [v for v in self.speakers.find_verbs(lead) if not self.cast.is_enclosed(n, at + v.start())]
        credit = None if lead.startswith(",") else self.speakers.credit.search(lead)  # after the quotation before
        who = None
        if credit:
            who = self.speakers.find_credited(n, at, lead, credit)
            if (
                who
                and not re.search("[,:]", lead[credit.end() :])
                and lead.endswith(who)
                and not self.cast.is_named(who)
            ):
                who = None  # according to the new "dot plot"
        by = self.speakers.agent.search(lead) if self.speakers.agent else None  # "described by Jane Roe as"
        if by and (named := self.cast.mentions_between(n, at + by.end(), at + by.end() + 5)):
            return True, self.speakers.resolve(n, named[0])
        for verb in reversed(verbs[-MOST_VERBS // 2 :]):
            if subject := self.speakers.find_subject(n, at, lead, verb):
                near = lead[verb.end() :]
                direct = lead.endswith((":", ",")) or count_words(near) <= 4
                return direct and self._governs(near, lead), subject
        if who is None and len(verbs) == 1 and verbs[0][0].casefold() in self.speakers.participles:
            after = self.cast.mentions_between(n, *self._until)  # "Declaring "...", Jane Roe left"
            if after and not re.split("--|[\u2013\u2014]", lead[: verbs[0].start()])[-1].strip():
                begin = self._until[0]
                chosen = self.speakers.choose_mention(n, after, self.blocks[n][begin:], begin)
                return True, self.speakers.resolve(n, chosen)
        return who is not None and credit is not None and count_words(lead[credit.end() :]) <= 12, who

    def _governs(self, near: str, lead: str) -> bool:
        """Whether a verb of saying governs the words in quotation marks right after ``near``."""
        bound = self._determined and self._determined.search(near)
        return lead.endswith((":", ",")) or not near.strip() or not bound

    def _read_after(self, n: int, text: str, tail: str, at: int) -> tuple[bool, str | None]:
        """Whether the words after a quotation name its speaker, and whom."""
        if count_words(text) > 3 and (
            who := self._find_signature(n, tail, at) or self._find_any_verb(n, text, tail, at)
        ):
            return True, who
        dash = re.match(r"\s*[\u2014\u2013-]+\s*(?=[^\W\d_])", tail)
        mentions = self.cast.mentions_between(n, at, at + len(tail))
        for verb in self.speakers.find_verbs(tail[:200]):
            head = tail[: verb.start()]
            if verb.start() > 90 or re.search(r"[;:]", head):
                break
            lean = head.strip(" ,\u2014\u2013-").casefold()
            hyphen = re.match(r"(?:-t)?-(ils?|elles?|on)\b", tail[verb.end() :])
            if pronoun := hyphen or re.search(r"(?:-t)?-(ils?|elles?|on)$", lean):
                place = at + verb.end()
                return True, self.speakers.resolve(n, Mention(place, place, "pronoun", pronoun[1]))
            told = verb[0].casefold() in self.words.telling
            if not told and (not lean or lean in self.cast.auxiliaries or lean in self.words.adverbs):
                if spoke := self._find_inverted_subject(n, tail, at, verb, mentions):
                    return True, spoke
                continue
            subject = [m for m in mentions if m.end <= at + verb.start()]
            closed = text.rstrip(MARKS)[-1:] in ".?!"
            far = (14 if closed else 30) + (len(subject[0].role) if subject else 0)
            if subject and subject[0].start - at <= far and not self._relative.search(head):
                return True, self.speakers.find_subject(n, at, tail, verb)
            break
        if dash and text[-1:] in ".?!\u2026" and mentions and mentions[0].start - at - dash.end() <= 1:
            return True, self.speakers.resolve(n, mentions[0])
        return False, None

    def _find_signature(self, n: int, tail: str, at: int) -> str | None:
        """Whose name signs a quotation, or whose words the text calls it: "..." (Jane Roe)."""
        named = [m for m in self.cast.mentions[n] if at <= m.start < at + len(tail) and m.form == "name"]
        alone = at + len(tail) >= len(self.blocks[n]) and count_words(tail) <= 6 and not self.speakers.verb.search(tail)
        signed = re.match(r"\s?\([^()]{3,60}\)", tail) or (alone and tail.startswith(" ")) or self._words_of.match(tail)
        return next((self.cast.full_name(m.name) for m in named if signed and self.cast.is_person(m.name)), None)

    def _find_any_verb(self, n: int, text: str, tail: str, at: int) -> str | None:
        """Who follows a comma and one word, which need not be listed as a verb: "...", grumbles Jane Roe."""
        verb = self._any_verb.match(tail) if text[-1:] in ",!?" or tail[:1] == "," else None
        low = verb[1].casefold() if verb else ""
        if (
            verb is None
            or self.cast.is_small(low)
            or low in (*self.words.adverbs, *self.words.connectors)
            or self.cast.is_role(low)
        ):
            return None
        after = self.cast.mentions_between(n, at + verb.end(), at + len(tail))
        if not after or after[0].start > at + verb.end() or after[0].form == "pronoun" or after[0].possessive:
            return None
        return self.speakers.resolve(n, self.speakers.choose_mention(n, after, tail, at))

    def _find_inverted_subject(
        self, n: int, tail: str, at: int, verb: re.Match[str], mentions: list[Mention]
    ) -> str | None:
        """The subject after its verb: ", said the mayor, Jane Roe", "says for her part Jane Roe"."""
        after = [
            m
            for m in mentions
            if m.start >= at + verb.end() and not (m.form == "pronoun" and self.cast.is_dependent(n, m))
        ]
        first = after[0].start - at - verb.end() if after else len(tail)
        if noun := self.speakers.find_noun_after(tail[verb.end() :], first):
            return noun
        if not after or first > 60:
            return None
        return self.speakers.resolve(n, self.speakers.choose_mention(n, after, tail, at))

    def _find_distant_speaker(self, n: int, tail: str, at: int) -> str | None:
        """The person named at the end of a sentence with a quoted fragment: "..., said Jane Roe"."""
        for verb in islice(self.speakers.find_verbs(tail), MOST_VERBS):
            if who := self.speakers.find_subject_after(n, at, tail, verb):
                return who
            comma = tail.rfind(",", 0, verb.start())
            near = self.cast.mentions_between(n, at + comma, at + verb.start())
            subject = [m for m in near if m.end <= at + verb.start()]
            brief = tail[verb.end() : verb.end() + 1] == "," or count_words(tail[verb.end() :]) <= 6
            if comma >= 0 and subject and brief and subject[0].start - at - comma <= 6:
                return self.speakers.resolve(n, subject[0])
        if credit := self.speakers.credit.search(tail):
            return self.speakers.find_credited(n, at, tail, credit)
        return None
