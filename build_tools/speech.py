"""Who is quoted in a text, and who is credited without quotation marks. Pure, and a guess that an editor looks at.

In: paragraphs and the word lists of their language. Out: quotations and credited sentences, each with its speaker as
the text names them. Nothing here verifies a quotation; ``match.py`` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_tools.match import fold
from build_tools.model import Markers


def _set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


_CLOSING = {"\u201c": "\u201d\"", "\u201e": "\u201c\u201d\"", "\u00ab": "\u00bb", "\u00bb": "\u00ab", '"': '"\u201d',
            "\u300c": "\u300d", "\u300e": "\u300f", "\u2018": "\u2019'", "\u201a": "\u2018\u2019", "'": "'\u2019",
            "\u2039": "\u203a", "``": "''"}  # fmt: skip
_SINGLE = "'\u2018\u201a"
_MARKS = "".join(_CLOSING).replace("`", "") + "\u201d\u300d\u300f\u2019\u203a"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s[^\W\d_])|[^\W_]+(?:['\u2019&.\u2011-][^\W_]+)*")
_SENTENCE_END = re.compile(
    r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]\u00bb]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\u201d\"']*)"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'\u201c\u2018])(?:(?:[^\W\d_]\.)*[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr|Inc|Corp"
    r"|Co|vs|etc|cf|No|Nr|bzw|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$"
)
_HAN = re.compile("[\u3400-\u9fff]")
#: Words that begin with a capital at the head of a sentence and are nobody's name.
_NO_NAME = _set(
    """a an the this that these those in on at by for from with without to of and or but so if when while as
    after before since until because although though however meanwhile yet still also then there here what who
    why how where which it its i we you our my your their his her they he she no not nor yes all some many
    most more both each every one two three several few another other such now today yesterday tomorrow even
    just only once under over during despite among between against through first second finally according
    asked last next instead like le la les un une des du de en dans pour par avec sur au aux et ou mais si
    quand comme ce cette ces selon il elle ils elles on nous vous je der die das ein eine einen dem den des im
    in am an auf aus bei mit nach von zu und oder aber wenn als wie er sie es wir ihr ich auch noch doch so
    laut speaking asked ill can could would should will may might do does did is are was were has have had
    been per via well oh let don't it's that's there's i'm we're they're i've we've"""
)
_CONNECTORS = _set("""of de van von der den la le du bin al el da di dos for the""")
_NO_PERSON = _set(
    """council university ministry department inc ltd llc corp company party city street road united states
    kingdom association institute committee commission bank times post news court office agency party school
    college hospital group union club league board foundation society center centre international national
    republic county north south east west new federal reserve church house senate congress parliament
    government police service press lake river mount island islands sea ocean airport station bridge park
    museum library program project act award festival"""
)
#: Adjectives of origin, which are written like names.
_ORIGIN = re.compile(
    r"^(?!(?:Br|Adr|Dam|Viv|Sebast|Christ|Mar|Fab|Flor)ian$|(?:D|S|J|Macl|McL)ean$|Reese$)"
    r"(?:North|South|.*(?:ese|ish|[ai]cans?|[^l]ians?|eans?)|Afghans?|Britons?|Germans?|French|Dutch|Greek|Arctic)$"
)
_AUXILIARY = _set("""was were been be is are being got gets has'nt""")
_NOUNLIKE = _set(
    """reports claims comments calls estimates estimate posts notes remarks promises hopes claim post comment
    warning read reported estimated"""
)
_SAYING_FORM = _set(
    """saying adding telling arguing noting explaining insisting claiming warning asking confirming describing
    calling stating emphasizing emphasising stressing urging reporting writing joking acknowledging admitting
    declaring denying"""
)


@dataclass(frozen=True)
class Spoken:
    """Something said: paragraph (from 1), where it stands in it, its words, its speaker as the text names them."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str | None


@dataclass(frozen=True)
class _Mention:
    """Somebody mentioned: where, in what form (name, role or pronoun), under what name."""

    start: int
    end: int
    form: str
    name: str
    role: str = ""
    possessive: bool = False


def tidy(block: str) -> str:
    """A paragraph as it is quoted from: NFC, white space of any kind as one space, no invisible characters."""
    return " ".join(unicodedata.normalize("NFC", block).translate(_INVISIBLE).split())


def marked(block: str, following: str = "") -> list[tuple[int, int, bool]]:
    """The stretches inside outermost quotation marks: start, end (without the marks), whether the mark is closed.

    A mark left open at the end counts where the next paragraph begins with a mark again, and where it stands at
    the beginning of its paragraph.
    """
    spans: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(block):
        mark = "``" if block.startswith("``", i) else block[i]
        if mark not in _CLOSING or not _opens(block, i, mark):
            i += 1
            continue
        inner = i + len(mark)
        end = _closes(block, inner, mark)
        if end is not None:
            spans.append((inner, end, True))
            i = end + 1
        elif mark not in _SINGLE and (i == 0 or following[:1] in _CLOSING) and len(block) - inner > 2:
            spans.append((inner, len(block), False))
            break
        else:
            i = inner
    return [(a + len(block[a:b]) - len(block[a:b].lstrip()), a + len(block[a:b].rstrip()), c)
            for a, b, c in spans if block[a:b].strip()]  # fmt: skip


def _opens(block: str, i: int, mark: str) -> bool:
    before, after = block[i - 1 : i], block[i + len(mark) : i + len(mark) + 1]
    if mark in "\u201e\u300c\u300e\u201a\u2039``":
        return bool(after)
    if mark == "\u00ab":
        return bool(after) and not (before.strip() and (not after.strip() or after in ".,;:!?"))
    if mark == "\u00bb":
        return (not before.strip() or before in "([") and after.isalnum()
    if mark == "\u201c":
        return bool(after.strip()) and not (before.isalnum() and not _HAN.match(before) and not after.isalnum())
    if before.isalnum() or not after.strip():
        return False
    if mark in _SINGLE:
        return not re.match(r"\d\ds?\b|(?:tis|twas|em|til|cause|n)\b", block[i + 1 :], re.IGNORECASE) and (
            after.isalnum() or after in '"\u201c[\u2026.$\u00a3\u20ac('
        )
    return True


def _closes(block: str, inner: int, mark: str) -> int | None:
    if mark in _SINGLE:
        return _closes_single(block, inner, mark)
    if mark == "``":
        at = block.find("''", inner)
        return at if at >= 0 else None
    depth, first = 0, None
    for j in range(inner, len(block)):
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if block[j] == mark and mark == "\u201c":
            if before.isspace() or not before or before in "(\u2014-[\u2018'":
                depth += 1
            elif not after.isalnum():
                return j  # an opening mark typed for a closing one
        elif block[j] in _CLOSING[mark]:
            if block[j] == '"' and before.isspace() and after.isalnum():
                return first
            first = j if first is None else first
            if depth == 0:
                return j
            depth -= 1
    return first


def _closes_single(block: str, inner: int, mark: str) -> int | None:
    """The end of words in single marks: not an apostrophe, nor the end of a plural in the genitive."""
    doubtful = None
    for j in range(inner + 1, len(block)):
        if block[j] not in _CLOSING[mark]:
            if block[j] in _SINGLE and doubtful is not None and block[j - 1].isspace() and block[j] == mark:
                return doubtful
            continue
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if before.isspace() or after.isalnum():
            continue
        if before in "sS" and after == " " and block[j + 2 : j + 3].islower():
            doubtful = j if doubtful is None else doubtful
            continue
        return j
    return doubtful


def sentences(block: str, spans: Sequence[tuple[int, int, bool]] = ()) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph stand. Stops inside quotation marks end none, but for the last of them."""
    begins = [0]
    for found in _SENTENCE_END.finditer(block):
        end = found.end()
        if any(a <= found.start() and end <= b for a, b, _ in spans) and not _HAN.search(block):
            continue
        rest = block[end:].lstrip()
        following = rest[:1]
        if following.islower() or _abbreviates(block, found):
            continue
        if found[0].startswith("\u2026") and not following.isupper():
            continue
        if following:
            begins.append(end + len(block[end:]) - len(rest))
    ends = [*begins[1:], len(block)]
    return [(a, a + len(block[a:b].rstrip())) for a, b in zip(begins, ends, strict=True)]


class Reader:
    """Reads one text: its paragraphs (tidied) and what language lists say; everything is computed once.

    In: the paragraphs, and the words of their language. Out: ``quotations()`` and ``credited()``.
    """

    def __init__(self, blocks: Sequence[str], words: Markers) -> None:
        self.blocks = [tidy(block) for block in blocks]
        self.words = words
        self.han = bool(words.reporting) and all(_HAN.search(w) for w in words.reporting[:3])
        self.roles = {r.casefold() for r in words.roles}
        self.titles = {t.casefold() for t in words.titles}
        self.calendar = {w.casefold() for w in (*words.months, *words.weekdays)}
        self.pronouns = {p.casefold() for p in words.pronouns}
        self._verb = _any(words.reporting)
        self._credit = _any(words.crediting)
        self._naming = re.compile(rf"(?:{_any(words.naming).pattern})\W*$", re.IGNORECASE) if words.naming else None
        self._nouns = _any(words.sayings)
        self.spans = [
            marked(block, self.blocks[n + 1] if n + 1 < len(self.blocks) else "") for n, block in enumerate(self.blocks)
        ]
        self._last_han: str | None = None
        self._names: dict[tuple[int, int], str | None] = {}

    # -- quotations ------------------------------------------------------------------------------------------------

    @cached_property
    def quotations(self) -> list[Spoken]:
        """Every direct quotation, in order; scare quotes, titles and names in quotation marks are left out."""
        found: list[Spoken] = []
        current: str | None = None  # who spoke last
        last_block = -9
        open_end = False
        for n, block in enumerate(self.blocks):
            spans = self.spans[n]
            done: list[Spoken] = []
            since = 0  # where the words before a quotation begin: after the last speech
            for k, (a, b, _) in enumerate(spans):
                opens, closes = _edges(block, a, b)
                before = block[since:opens]
                after = block[closes : _edges(block, *spans[k + 1][:2])[0]] if k + 1 < len(spans) else block[closes:]
                text = block[a:b]
                spoke, speaker = self._speech(n, since, opens, closes, after, text)
                if not spoke and done and (self._goes_on(before) or (_ended(before) and _ended(text))):
                    spoke, speaker = True, done[-1].speaker
                if k == 0 and open_end and not before.strip():
                    spoke, speaker = True, speaker or current
                elif spoke and speaker is None and (_whole(text) or _count(text) > 5):
                    speaker = self._continued(n, a, before, done, current if n - last_block <= 2 else None)
                if spoke:
                    since = closes
                    done.append(Spoken(n + 1, a, b, text, speaker))
                    current, last_block = speaker or current, n
            done = self._backwards(n, done)
            found.extend(done)
            if done and done[-1].speaker:
                current = done[-1].speaker
            open_end = bool(spans) and not spans[-1][2]
        return found

    def _backwards(self, n: int, done: list[Spoken]) -> list[Spoken]:
        """Speech at the head of a paragraph whose speaker is named only after a later quotation of it."""
        known = [s for s in done if s.speaker]
        if not known or done[0].speaker:
            return done
        between = self.blocks[n][done[0].end + 1 : known[0].start - 1]
        if between.strip():
            return done
        return [Spoken(s.paragraph, s.start, s.end, s.text, s.speaker or known[0].speaker) for s in done]

    def _continued(self, n: int, a: int, before: str, done: list[Spoken], current: str | None) -> str | None:
        """The speaker of a quotation that names none: of the one before it, or whom the words before introduce."""
        if done and done[-1].speaker:
            return done[-1].speaker
        if not before.strip() and n:
            previous = self.blocks[n - 1]
            start, end = sentences(previous, self.spans[n - 1])[-1]
            if previous.rstrip().endswith(":") and (who := self._first(n - 1, start, end)):
                return who
            if current is None:
                return self._subject_before(n, 0)
        if before.strip():
            start = next((s for s, e in reversed(sentences(self.blocks[n], self.spans[n])) if s < a), 0)
            return self._first(n, start, a) or self._subject_before(n, start) or current
        return current

    def _first(self, n: int, start: int, end: int) -> str | None:
        """The first person, role or pronoun between two places of a paragraph."""
        inside = [m for m in self.mentions(n) if start <= m.start < end and not self._within(n, m.start)]
        named = [m for m in inside if m.form != "pronoun"]
        for mention in [*inside[:1], *named]:
            if who := self.resolve(n, mention):
                return who
        return None

    def _goes_on(self, before: str) -> bool:
        """Whether words between two quotations join them: "and", or a clause that names the speaker."""
        if _SENTENCE_END.search(before):
            return False
        joint = r"\W*(?:and|or|but|et|und|oder|as|that)?(?:\s(?:that|would be|was|is|to be|as))*\W*"
        said = any(True for _ in self._verbs(before)) and before.rstrip().endswith(",")
        return bool(re.fullmatch(joint, before)) or said

    def _speech(self, n: int, since: int, opens: int, closes: int, after: str, text: str) -> tuple[bool, str | None]:
        """Whether words in quotation marks are speech, and whose."""
        before = self.blocks[n][since:opens]
        if self.han:
            return self._speech_han(before.strip(), after, text)
        count = _count(text)
        lead = _last_sentence(before)
        tail = _first_sentence(after)
        lead_at, tail_at = since + len(before.rstrip()) - len(lead), closes
        whole = _whole(text)
        title = _titled(text)
        named = bool(self._naming and lead and self._naming.search(lead)) and count <= 6 and not (whole and count > 2)
        if named:
            return False, None
        strong, who = self._lead(n, lead, lead_at)
        if title and re.search(r"(?:\b(?:of|in|see|by|'s|\u2019s)|\d\d\d\ds?|[^\W\d_]['\u2019]s)\W*$", lead):
            return False, None
        if strong and not (title and count <= 6 and not lead.endswith((":", ","))):
            return True, who
        continues = (
            text[-1:] in ",?!\u2014\u2026-"
            or text[-1:] != "."
            or tail.lstrip()[:1].islower()
            or tail.lstrip()[:1] == ","
        )
        ok, other = self._tail(n, text, tail, tail_at) if continues or _count(tail) <= 8 else (False, None)
        if ok:
            return True, other
        if title and count <= 12:
            return False, None
        if not who and (far := self._far(n, tail, tail_at)):
            return count > 1 or tail[:1] == ",", far
        if who is not None and (count > 2 or lead.casefold().endswith((" as", " is", " was", " are", " it"))):
            return True, who
        if lead and count > 2 and self._nouns.search(lead[-60:]) and (someone := self._possessor(n, lead, lead_at)):
            return True, someone
        if whole and count >= 3 and not lead:
            return True, None
        if lead.endswith(":") and count >= 3:
            return True, who
        return count >= 7, who

    def _lead(self, n: int, lead: str, at: int) -> tuple[bool, str | None]:
        """Whether the words before a quotation introduce it (strongly), and who is its subject."""
        if not lead:
            return False, None
        verbs = [v for v in self._verbs(lead) if not self._within(n, at + v.start())]
        credit = self._credit.search(lead)
        who = None
        strong = False
        if credit:
            who = self._credits(n, at, lead, credit)
            strong = who is not None and _count(lead[credit.end() :]) <= 12
        for verb in reversed(verbs):
            if subject := self._subject(n, at, lead, verb):
                near = lead[verb.end() :]
                direct = lead.endswith((":", ",")) or _count(near) <= 4
                return direct and self._reaches(near, lead), subject
        return strong, who

    def _reaches(self, near: str, lead: str) -> bool:
        """Whether a verb of saying governs the words in quotation marks right after ``near``."""
        return (
            lead.endswith((":", ","))
            or not near.strip()
            or not re.search(
                r"\b(?:the|this|these|those|of|a|an|its|his|her|their|les?|la|der|die|das|den)\s*$", near, re.IGNORECASE
            )
        )

    def _credits(self, n: int, at: int, clause: str, credit: re.Match[str]) -> str | None:
        """Whom "according to" names: somebody mentioned, else the few words after it."""
        if postposed := self._before_postposed(n, at, credit):
            return postposed
        rest = re.split("[,.;:\u2014(]", clause[credit.end() :])[0].strip()
        short = " ".join(rest.split()[:6])
        mentions = [m for m in self.mentions(n) if m.start >= at + credit.end() and not self._within(n, m.start)]
        near = [m for m in mentions if m.start < at + credit.end() + len(rest) + 2]
        first = near[0] if near else None
        if first is not None and first.form == "role" and len(near) > 1 and near[1].form == "name":
            return self._role(n, first) or first.name
        return (self.resolve(n, first) if first is not None else None) or short or None

    def _before_postposed(self, n: int, at: int, credit: re.Match[str]) -> str | None:
        found = [m for m in self.mentions(n) if at <= m.start and m.end <= at + credit.start()]
        return self.resolve(n, found[-1]) if found and credit[0].casefold() == "zufolge" else None

    def _tail(self, n: int, text: str, tail: str, at: int) -> tuple[bool, str | None]:
        """Whether the words after a quotation name its speaker, and whom."""
        dash = re.match(r"\s*[\u2014\u2013-]+\s*(?=[^\W\d_])", tail)
        mentions = [m for m in self.mentions(n) if at <= m.start < at + len(tail) and not self._within(n, m.start)]
        credit = self._credit.match(tail.lstrip(" ,"))
        if credit:
            shift = len(tail) - len(tail.lstrip(" ,"))
            return True, self._credits(n, at + shift, tail[shift:], credit)
        for verb in self._verbs(tail):
            head = tail[: verb.start()]
            if verb.start() > 90 or re.search(r"[;:]", head):
                break
            lean = head.strip(" ,\u2014\u2013-")
            hyphen = re.match(r"(?:-t)?-(ils?|elles?|on)\b", tail[verb.end() :])
            if hyphen:
                return True, self.resolve(n, _Mention(at + verb.end(), at + verb.end(), "pronoun", hyphen[1]))
            if lean.casefold() in ("", "a", "ont", "avait", "hat", "haben", "has", "had", "as", "also", "s'est", "est"):
                after = [m for m in mentions if m.start >= at + verb.end()]
                if after and after[0].start - at - verb.end() <= 45:
                    return True, self.resolve(n, self._best_after(n, after, tail, at))
                continue
            subject = [m for m in mentions if m.end <= at + verb.start()]
            if subject and subject[0].start - at <= (14 if text[-1:] in ".?!" else 30) and not _conjoined(head):
                return True, self._subject(n, at, tail, verb)
            break
        if dash and text[-1:] in ".?!\u2026" and mentions and mentions[0].start - at - dash.end() <= 1:
            return True, self.resolve(n, mentions[0])
        return False, None

    def _far(self, n: int, tail: str, at: int) -> str | None:
        """Who is named at the end of a sentence that holds a fragment in quotation marks: "..., said Jane Roe"."""
        for verb in self._verbs(tail):
            if self._within(n, at + verb.start()):
                return None
            if who := self._inverted(n, at, tail, verb):
                return who
            comma = tail.rfind(",", 0, verb.start())
            subject = [m for m in self.mentions(n) if at + comma <= m.start and m.end <= at + verb.start()]
            if comma >= 0 and subject and _count(tail[verb.end() :]) <= 6 and subject[0].start - at - comma <= 6:
                return self.resolve(n, subject[0])
        if credit := self._credit.search(tail):
            return self._credits(n, at, tail, credit)
        return None

    def _best_after(self, n: int, after: Sequence[_Mention], tail: str, at: int) -> _Mention:
        """Of the mentions after a verb, the name in apposition to a role: "said the mayor, Jane Roe"."""
        first = after[0]
        if first.form == "role" and len(after) > 1 and after[1].form == "name":
            gap = tail[first.end - at : after[1].start - at]
            if gap.strip() in (",", "") and len(gap) <= 2:
                return after[1]
        return first

    def _speech_han(self, before: str, after: str, text: str) -> tuple[bool, str | None]:
        """The same for Chinese, which writes no spaces: a name stands before a verb of saying."""
        verbs = "|".join(sorted(map(re.escape, self.words.reporting), key=len, reverse=True))
        lead = re.split("[\u3002\uff01\uff1f]", before)[-1]
        naming = any(lead.rstrip("\uff1a:").endswith(w) for w in self.words.naming)
        if naming and len(text) <= 10:
            return False, None
        found = list(re.finditer(rf"(?:{verbs})(?:道|说|說)?[^\uff0c,\uff1a:]{{0,6}}[\uff1a:\uff0c,]?$", lead))
        if found:
            return True, self._name_han(lead[: found[0].start()])
        tail = re.match(rf"[\uff0c,\u3002]?([^\uff0c,\u3002\uff1a]{{1,20}}?)(?:{verbs})(?:道|说|說)?", after)
        if tail and (text[-1:] in "\uff0c\u3002\uff01\uff1f,!?" or after[:1] in "\uff0c,"):
            return True, self._name_han(tail[1])
        if lead.endswith(("\uff1a", ":")):
            return True, None
        return (text[-1:] in "\u3002\uff01\uff1f" and len(text) >= 8) or len(text) >= 16, None

    def _name_han(self, words: str) -> str | None:
        """The name at the end of some Chinese words, without day, place and adverb."""
        part = re.split("[\uff0c,\u3002\uff1b\u3001]", words)[-1]
        part = re.sub(r"^(?:今天|昨天|周[一二三四五六日]|星期.|\d+月|\d+日|但|而|不过|对此)+", "", part)
        part = re.sub(
            "(?:还|则|也|在.{1,20}|对.{1,12}|向.{1,12}|\\d.*|今天|昨天|周.|随后|接着|同时|继续|进一步)+$", "", part
        )
        if part in self.words.pronouns:
            return self._last_han
        if part and len(part) <= 24:
            self._last_han = part
            return part
        return None

    # -- sentences that credit something ---------------------------------------------------------------------------

    @cached_property
    def credited(self) -> list[Spoken]:
        """Sentences that credit something to somebody without quoting speech in quotation marks."""
        found = []
        taken = {(s.paragraph, s.start) for s in self.quotations}
        for n, block in enumerate(self.blocks):
            spans = self.spans[n]
            for start, end in sentences(block, spans):
                inner = [s for s in spans if start <= s[0] < end]
                if any((n + 1, s[0]) in taken for s in inner):
                    continue
                if (who := self._credited(n, start, block[start:end])) is not None:
                    found.append(Spoken(n + 1, start, end, block[start:end], who or None))
        return found

    def _credited(self, n: int, start: int, sentence: str) -> str | None:
        """To whom a sentence credits something: a name, the empty string where it is unclear, None for nobody."""
        if self.han:
            verbs = "|".join(sorted((re.escape(v) for v in self.words.reporting if len(v) > 1 or v in "说称"), key=len))
            if found := re.match(rf"([^\uff0c,]{{1,20}}?)(?:{verbs})[\uff0c,:\uff1a]?", sentence):
                return self._name_han(found[1]) or ""
            found = re.match(
                rf"(?:{'|'.join(self.words.crediting)})([^\uff0c,]{{1,16}}?)(?:报道|消息|称|介绍)?[\uff0c,]", sentence
            )
            return found[1] if found else None
        if credit := self._credit.search(sentence):
            return self._credits(n, start, sentence, credit)
        for verb in self._verbs(sentence):
            if self._within(n, start + verb.start()):
                continue
            subject = self._subject(n, start, sentence, verb)
            if subject and self._states(sentence[verb.end() :], verb[0]):
                return subject
            head = sentence[: verb.start()]
            if (
                not subject
                and re.search(r",\s*$", head)
                and re.match(r"\s+(?:the\s|a\s|an\s)?[^\W\d_]", sentence[verb.end() :])
            ):
                after = [m for m in self.mentions(n) if start + verb.end() <= m.start < start + len(sentence)]
                if after and after[0].start - start - verb.end() <= 3:
                    return self.resolve(n, after[0]) or ""
        return None

    def _states(self, rest: str, verb: str) -> bool:
        """Whether what follows a verb of saying is something stated, rather than a name, a call or a purchase."""
        if verb.casefold() in ("called", "calls", "calling", "call"):
            return bool(re.match(r"\s+(?:it|the|this|that|for|on|him|her|them|an?)\b", rest))
        if verb.casefold() in ("continued", "continues", "repeated", "posted", "read", "reads", "thinks", "answered"):
            return bool(re.match(r"\s+that\b", rest))
        return bool(re.match(r"[\s,:]*[^\W_]|\s*[,.]?$|[\s,]+[\u201c\"'\u2018]", rest))

    def _told_by(self, n: int, start: int, end: int) -> str | None:
        """Who speaks in a sentence, in quotation marks or without."""
        sentence = self.blocks[n][start:end]
        for verb in self._verbs(sentence):
            if self._within(n, start + verb.start()):
                continue
            if who := self._inverted(n, start, sentence, verb):
                return who
            who = self._subject(n, start, sentence, verb)
            if who and (self._personal(who) or self.roles & set(who.casefold().split())):
                return who
        return None

    def _inverted(self, n: int, at: int, sentence: str, verb: re.Match[str]) -> str | None:
        """The subject that follows its verb: ", said Jane Roe"."""
        head = self.blocks[n][: at + verb.start()].rstrip()
        if head[-1:] not in _MARKS + ",":
            return None
        after = [m for m in self.mentions(n) if at + verb.end() <= m.start < at + len(sentence)]
        close = [m for m in after if m.start - at - verb.end() <= (5 if m.form == "name" else 3)]
        return self.resolve(n, self._best_after(n, after, sentence, at)) if close[:1] == after[:1] != [] else None

    # -- mentions --------------------------------------------------------------------------------------------------

    def _verbs(self, text: str) -> Iterator[re.Match[str]]:
        """Verbs of saying in ``text``; a passive ("was told") and a noun ("the claims") is none."""
        for verb in self._verb.finditer(text):
            if verb[0] == "States":
                continue  # the United States
            before = re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", text[: verb.start()])
            last = before[-1].casefold() if before else ""
            if last in _AUXILIARY and verb[0].casefold() not in _SAYING_FORM:
                continue
            if last in ("the", "its", "their", "his", "her", "these", "those", "our", "no", "of", "any", "some", "to",
                        "an", "my", "new", "for", "between", "first", "der", "die", "le", "la", "les") or (
                last == "a" and self.words.pronouns[:1] == ("he",)
            ):  # fmt: skip
                continue
            if before and re.search(r"['\u2019]s$", before[-1]):
                continue
            if (
                verb[0].casefold() in _NOUNLIKE
                and before
                and (before[-1][:1].islower() and last not in self.roles | self.pronouns)
            ):
                continue
            yield verb

    def _within(self, n: int, position: int) -> bool:
        """Whether a place stands inside quotation marks, or in brackets, where no speaker is named."""
        return any(a <= position < b for a, b, _ in self.spans[n]) or any(
            m.start() < position < m.end() for m in re.finditer(r"\([^()]*\)", self.blocks[n])
        )

    def _subject(self, n: int, at: int, clause: str, verb: re.Match[str]) -> str | None:
        """The subject of a verb of saying in a clause that begins at ``at`` of a paragraph."""
        place = at + verb.start()
        found = [
            m
            for m in self.mentions(n)
            if at <= m.start and m.end <= place and not self._within(n, m.start) and not m.possessive
        ]
        earlier = [v for v in self._verbs(clause[: verb.start()]) if verb[0].casefold() not in _SAYING_FORM]
        if earlier:
            later = [m for m in found if m.start >= at + earlier[-1].end()]
            gap = clause[earlier[-1].end() : verb.start()]
            found = later if later and not re.search(r"\band\s*$|\bet\s*$|\bund\s*$", gap) else found
        if not found:
            return None
        last = found[-1]
        gap = clause[last.end - at : verb.start()]
        if verb[0].casefold() in _SAYING_FORM:
            return self.resolve(n, next((m for m in found if m.form in ("name", "pronoun")), found[0]))
        if "," in gap or re.search(r"\b(?:who|which|qui|der|die)\b", gap):
            commas = [m for m in found if self.blocks[n][m.end : m.end + 1] == ","]
            best = next(
                (m for m in commas if m.form == "name" and self._personal(m.name)), commas[0] if commas else None
            )
            if best is not None:
                return self.resolve(n, best)
            if gap.count(",") == 1 and _count(gap) > 8:
                return None
        elif _count(gap) > 5 and last.form != "pronoun":
            pronoun = [m for m in found if m.form == "pronoun"]
            if _count(gap) > 9:
                return self.resolve(n, pronoun[-1]) if pronoun else None
        inside = _after_preposition(self.blocks[n], last)
        if inside and len(found) > 1 and found[-2].form != "pronoun":
            between = self.blocks[n][found[-2].end : last.start]
            if "," not in between and _count(between) <= 4 and not re.search(r"\band\b", between):
                last = found[-2]
        if last.form == "name" and len(found) > 1 and not self._personal(last.name):
            previous = found[-2]
            if (
                self.blocks[n][previous.end : previous.end + 1] == ","
                and self._personal(previous.name)
                and gap.strip() == ","
            ):
                last = previous
        return self.resolve(n, last)

    def _possessor(self, n: int, lead: str, at: int) -> str | None:
        """Whose words a noun of saying announces: "Roe's remark", "in her statement"."""
        found = [m for m in self.mentions(n) if at <= m.start < at + len(lead)]
        owners = [m for m in found if m.possessive] or [m for m in found if m.form == "name" and self._personal(m.name)]
        return self.resolve(n, owners[-1]) if owners else None

    @cached_property
    def _mentions(self) -> list[list[_Mention]]:
        return [list(_mentions_in(block, self)) for block in self.blocks]

    def mentions(self, n: int) -> list[_Mention]:
        """Everybody mentioned in a paragraph (from 0): names, roles and pronouns, in order."""
        return self._mentions[n]

    @cached_property
    def people(self) -> list[str]:
        """Every name of the text, in order, each once; a headline's capitals name nobody."""
        plain = [n for n, block in enumerate(self.blocks) if not _headlike(block)]
        return list(dict.fromkeys(m.name for n in plain for m in self.mentions(n) if m.form == "name"))

    @cached_property
    def _attested(self) -> set[str]:
        """Names that the text treats as persons: with a title or role, or with a surname that recurs alone."""
        found = set()
        for n in range(len(self.blocks)):
            for mention in self.mentions(n):
                if mention.form == "name" and mention.role:
                    found.add(mention.name)
        alone = {p for p in self.people if " " not in p and not _ORIGIN.search(p) and p.casefold() not in _NO_PERSON}
        return found | {p for p in self.people if " " in p and p.split()[-1] in alone}

    def _personal(self, name: str) -> bool:
        """Whether a name seems to be a person's."""
        full = self._full(name)
        parts = full.split()
        if any(p.casefold() in _NO_PERSON or _ORIGIN.search(p) for p in parts):
            return False
        if any(p.isupper() and len(p) > 2 for p in parts):
            return False
        return full in self._attested or 2 <= len(parts) <= 4

    def _full(self, name: str) -> str:
        """The fullest form of a name in the text: "Roe" is "Jane Roe"."""
        parts = name.split()
        for other in self.people:
            theirs = other.split()
            if len(theirs) > len(parts) and theirs[-len(parts) :] == parts and len(theirs) <= 4:
                return other
        if len(parts) == 1:
            for other in self.people:
                theirs = other.split()
                if len(theirs) == 2 and theirs[0] == name and other in self._attested:
                    return other
        return name

    def resolve(self, n: int, mention: _Mention) -> str | None:
        """The name behind a mention; a pronoun or a bare role is the name last mentioned, where that is clear."""
        if mention.form == "name":
            return self._full(mention.name)
        if mention.form == "role":
            return self._role(n, mention) or mention.name
        plural = mention.name.casefold() in ("they", "ils", "elles")
        neuter = mention.name.casefold() in ("it", "es")
        return self._subject_before(n, mention.start, any_form=plural or neuter)

    def _role(self, n: int, mention: _Mention) -> str | None:
        """The name of whoever was introduced with the role of "the minister"."""
        following = next((m for m in self.mentions(n) if m.start > mention.start), None)
        if following and following.form == "name" and self.blocks[n][mention.end : following.start] == ", ":
            return self._full(following.name)
        words = mention.name.casefold().split()
        if words[0] not in ("the", "le", "la", "der", "die", "l'", "mr", "ms"):
            return None
        head = next((w for w in words if w in self.roles), "")
        for block in range(n, -1, -1):
            for other in reversed(self.mentions(block)):
                if block == n and other.start >= mention.start:
                    continue
                if other.form == "name" and head and head in other.role.casefold().split():
                    return self._full(other.name)
        return None

    def _subject_before(self, n: int, position: int, *, any_form: bool = False) -> str | None:
        """The subject of the nearest sentence before a place, at most three paragraphs back."""
        for block in range(n, max(-1, n - 4), -1):
            for start, end in reversed(sentences(self.blocks[block], self.spans[block])):
                if block == n and start >= position:
                    continue
                own = block == n and end > position
                inside = [
                    m for m in self.mentions(block) if start <= m.start < end and not self._within(block, m.start)
                    and not (block == n and m.start >= position)
                ]  # fmt: skip
                if not any_form and (block, start) not in self._names and not own:
                    self._names[block, start] = None  # a pronoun in it looks further back
                    self._names[block, start] = self._told_by(block, start, end)
                if told := self._names.get((block, start)):
                    return told
                if not inside:
                    continue
                if (inside[0].form == "pronoun" and not any_form) or (own and inside[0].start > start + 25):
                    continue
                if own and _after_preposition(self.blocks[block], inside[0]):
                    continue
                for mention in inside:
                    if mention.form == "name" and (any_form or self._personal(mention.name)):
                        return self._full(mention.name)
                    plural = mention.name.casefold().endswith("s") and not any_form
                    if mention.form == "role" and not mention.possessive and not plural:
                        return self._role(block, mention) or mention.name
        return None


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some words or phrases, as whole words, in any case."""
    inner = "|".join(re.escape(p).replace("'", "['\u2019]") for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{inner})(?!\w)" if inner else r"(?!)", re.IGNORECASE)


def _count(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text))


def _whole(text: str) -> bool:
    """Whether words in quotation marks are a sentence, or begin one."""
    return (text[:1].isupper() and text[-1:] in ".,!?\u2026\u2014-") or bool(re.search(r"[.!?]\s+[^\W\d_a-z]", text))


def _titled(text: str) -> bool:
    """Whether words are written as a title: every long word with a capital, no stop at the end."""
    parts = [w for w in re.findall(r"[^\W\d_][\w'\u2019-]*", text) if len(w) > 3]
    written = bool(parts) and not text[:1].islower() and all(w[0].isupper() for w in parts)
    return written and text[-1:] not in "!?" and _count(text) > 1


def _headlike(block: str) -> bool:
    """Whether a paragraph is written as a headline: most words with a capital, no stop at its end."""
    parts = [w for w in re.findall(r"[^\W\d_][\w'\u2019-]*", block) if len(w) > 3]
    return block[-1:] not in '.!?\u201d"' and bool(parts) and sum(w[0].isupper() for w in parts) > 0.6 * len(parts)


def _conjoined(head: str) -> bool:
    """Whether words between a quotation and a verb belong to another clause."""
    return bool(re.search(r"\b(?:but|while|because|although|when|which|that)\b", head, re.IGNORECASE))


def _edges(block: str, start: int, end: int) -> tuple[int, int]:
    """Where the marks around words stand: the opening one, and the place after the closing one."""
    opens = len(block[:start].rstrip()) - 1
    return max(opens, 0), min(end + len(block[end:]) - len(block[end:].lstrip()) + 1, len(block))


def _ended(text: str) -> bool:
    """Whether words are sentences to their end, or none at all."""
    return not text.strip() or text.rstrip()[-1] in ".!?\u2026\u3002\uff01\uff1f"


def _abbreviates(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's."""
    return stop[0] == "." and bool(_ABBREVIATED.search(text[max(0, stop.start() - 12) : stop.start()]))


def _last_sentence(text: str) -> str:
    ends = [m.end() for m in _SENTENCE_END.finditer(text + " ") if not _abbreviates(text, m)]
    ends = [e for e in ends if e <= len(text) and not text[e:].lstrip()[:1].islower()]
    return text[ends[-1] :].strip() if ends else text.strip()


def _first_sentence(text: str) -> str:
    for found in _SENTENCE_END.finditer(text + " "):
        if found.start() == 0 or _abbreviates(text, found):
            continue
        return text[: found.end()]
    return text


def _after_preposition(block: str, mention: _Mention) -> bool:
    """Whether a mention hangs on another: "the head of Roe", "officials in Oslo"."""
    return bool(
        re.search(
            r"\b(?:of|in|at|for|from|with|to|de|du|von|bei)\s+(?:the\s+|la\s+|der\s+)?$",
            block[: mention.start],
            re.IGNORECASE,
        )
    )


def _mentions_in(block: str, reader: Reader) -> Iterator[_Mention]:
    """Names, roles and pronouns of a paragraph, in order."""
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(block)]
    starts = {a for a, _ in sentences(block)} | {a for a, _, _ in marked(block)}
    i = 0
    while i < len(tokens):
        a, _, word = tokens[i]
        low = word.casefold()
        if (bare := re.split("['\u2019]", low)[0]) in reader.pronouns:
            yield _Mention(a, a + len(bare), "pronoun", word[: len(bare)])
            i += 1
        elif _before_role(block, tokens, i, reader):
            i += 1  # "a senior Afghan official": the role's phrase takes it in
        elif _nameable(word, low, reader) or (low in reader.titles and word[:1].isupper()):
            mention, i = _name_at(block, tokens, i, reader, first=a in starts)
            if mention is not None:
                yield mention
        elif low in reader.roles:
            mention, i = _role_at(block, tokens, i, reader)
            yield mention
        else:
            i += 1


def _before_role(block: str, tokens: Sequence[tuple[int, int, str]], i: int, reader: Reader) -> bool:
    """Whether a word of origin with a capital stands before a role in small letters."""
    if not _ORIGIN.search(tokens[i][2]) or tokens[i][2].casefold() in reader.roles:
        return False
    for j in range(i + 1, min(i + 4, len(tokens))):
        if block[tokens[j - 1][1] : tokens[j][0]] != " " or not tokens[j][2].islower():
            return False
        if tokens[j][2] in reader.roles:
            return True
    return False


def _nameable(word: str, low: str, reader: Reader) -> bool:
    base = re.sub(r"['\u2019]s$", "", low)
    return (
        word[:1].isupper()
        and base not in _NO_NAME
        and base not in reader.calendar
        and not low.startswith(("i'", "i\u2019"))
    )


def _name_at(
    block: str, tokens: Sequence[tuple[int, int, str]], i: int, reader: Reader, *, first: bool
) -> tuple[_Mention | None, int]:
    """The name that begins at token ``i``, and the token after it."""
    run = [i]
    j = i + 1
    possessive = bool(re.search(r"['\u2019]s?$", tokens[i][2]))
    while j < len(tokens) and not possessive:
        gap = block[tokens[j - 1][1] : tokens[j][0]]
        word, low = tokens[j][2], tokens[j][2].casefold()
        if gap != " " and not (
            gap == ". " and (len(tokens[j - 1][2]) == 1 or tokens[j - 1][2].casefold() in reader.titles)
        ):
            break
        if _nameable(word, low, reader):
            run.append(j)
            possessive = bool(re.search(r"['\u2019]s$", word))
            j += 1
        elif low in _CONNECTORS and (after := _name_after(block, tokens, j, reader)):
            run.extend(range(j, after))
            j = after
        else:
            break
    words = [tokens[k][2] for k in run]
    lows = [w.casefold() for w in words]
    roles = [k for k, w in enumerate(lows) if w in reader.roles or w in reader.titles]
    role = ""
    head = 0
    if (
        roles
        and roles[-1] + 1 < len(words)
        and lows[roles[-1] + 1] not in _CONNECTORS
        and words[roles[-1] + 1][0].isupper()
    ):
        head = roles[-1] + 1
        role = " ".join(lows[:head])
    start, end = tokens[run[head]][0], tokens[run[-1]][1]
    name = block[start:end]
    if possessive:
        name = re.sub(r"['\u2019]s?$", "", name)
        end -= len(block[start:end]) - len(name)
    if head == 0 and roles:
        if len(run) == 1 and first and lows[0] in reader.roles:
            mention, after = _role_at(block, tokens, i, reader)
            return mention, after
        shown = name if i == 0 or tokens[i - 1][2].casefold() != "the" else f"the {name}"
        begin = start if shown == name else tokens[i - 1][0]
        return _Mention(begin, end, "role", shown, "", possessive), j
    if (
        not role
        and i > 0
        and tokens[i - 1][2].casefold() in reader.roles
        and block[tokens[i - 1][1] : start] in (" ", ", ")
    ):
        role = tokens[i - 1][2].casefold()
    if not role:
        role = _apposed(block, end, reader)
    if len(run) == 1 and first and not role and len(words[0]) > 2 and _common(words[0], block):
        return None, j
    return _Mention(start, end, "name", name, role, possessive), j


def _name_after(block: str, tokens: Sequence[tuple[int, int, str]], j: int, reader: Reader) -> int:
    """The token at which a name goes on after the connector at token ``j`` ("of", "of the"), else 0."""
    if tokens[j][2].casefold() == "for":
        return 0
    k = j + 1
    if tokens[j][2] == "of" and k < len(tokens) and tokens[k][2] == "the":
        k += 1
    joined = k < len(tokens) and block[tokens[k - 1][1] : tokens[k][0]] == " "
    return k if joined and _nameable(tokens[k][2], tokens[k][2].casefold(), reader) else 0


def _common(word: str, block: str) -> bool:
    """Whether a word with a capital at the head of a sentence is no name: ends as an adverb or participle does."""
    return bool(re.search(r"(?:ly|ing|ed)$", word)) and not re.search(rf"\w\s{re.escape(word)}\b", block)


def _apposed(block: str, end: int, reader: Reader) -> str:
    """The roles in the apposition after a name: ", the town's mayor,"."""
    found = re.match(r",\s(?:\d\d,\s)?([^,.;:\u2014]{3,80})[,.;]?", block[end:])
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", found[1].casefold())[:9] if found else []
    return " ".join(w for w in words if w in reader.roles)


def _role_at(block: str, tokens: Sequence[tuple[int, int, str]], i: int, reader: Reader) -> tuple[_Mention, int]:
    """The role phrase around token ``i``: its article and adjectives before, "of the town" after."""
    first = i
    while first > 0 and i - first < 5 and block[tokens[first - 1][1] : tokens[first][0]] == " ":
        low = tokens[first - 1][2].casefold()
        if low in (
            "the",
            "a",
            "an",
            "one",
            "two",
            "three",
            "his",
            "her",
            "le",
            "la",
            "un",
            "une",
            "der",
            "die",
            "ein",
            "eine",
            "some",
            "several",
            "many",
        ):
            first -= 1
            break
        if low in _NO_NAME or reader._verb.fullmatch(low) or low in reader.pronouns or low in _AUXILIARY:
            break
        first -= 1
    j = i + 1
    while j < len(tokens) and tokens[j][2].casefold() in reader.roles and block[tokens[j - 1][1] : tokens[j][0]] == " ":
        j += 1
    if (
        j < len(tokens)
        and block[tokens[j - 1][1] : tokens[j][0]] == " "
        and _nameable(tokens[j][2], tokens[j][2].casefold(), reader)
    ):
        mention, after = _name_at(block, tokens, j, reader, first=False)
        if mention is not None and mention.form == "name":
            return _Mention(
                mention.start,
                mention.end,
                "name",
                mention.name,
                fold(block[tokens[i][0] : tokens[j - 1][1]]).casefold(),
                mention.possessive,
            ), after
    end, after = tokens[j - 1][1], j
    if j + 1 < len(tokens) and tokens[j][2].casefold() in (
        "of",
        "for",
        "at",
        "from",
        "with",
        "in",
        "de",
        "du",
        "der",
        "des",
    ):
        k = j + 1
        if tokens[k][2].casefold() in ("the", "la", "le"):
            k += 1
        joined = k < len(tokens) and not set(block[tokens[j][1] : tokens[k][0]]) & set(_MARKS + ",;:()")
        if joined and _nameable(tokens[k][2], tokens[k][2].casefold(), reader):
            mention, after = _name_at(block, tokens, k, reader, first=False)
            end = mention.end if mention is not None else end
    text = block[tokens[first][0] : end]
    possessive = bool(re.search(r"['\u2019]s$", text))
    return _Mention(tokens[first][0], end, "role", re.sub(r"['\u2019]s$", "", text), "", possessive), after
