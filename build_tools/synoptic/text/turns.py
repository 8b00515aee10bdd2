"""Whether the words around a quotation take it back or limit it, or a cut hides a number, in four languages. Pure.

Our own: nobody publishes such a method. A turning word alone says little, since "but" may open another subject. It
counts if what follows points back ("but that"), shares a content word with the quoted sentence, or has a negation, a
hedge, a condition, a limit or a doubt. tests/text/turns.yml has the cases, and the figures.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from synoptic.text import turn_grammar as grammar
from synoptic.text.clauses import has_verb
from synoptic.text.guard_words import GuardWords
from synoptic.text.numbers import is_number, is_quantity
from synoptic.text.surroundings import Around, Doubts, Stretch, Turning
from synoptic.text.terms import is_idiom
from synoptic.text.turn_finder import EARLY as _EARLY
from synoptic.text.turn_finder import LONG as _LONG
from synoptic.text.turn_finder import NEAR as _NEAR
from synoptic.text.turn_finder import TurnFinder, join

#: A sentence of so few words, or a clause, has no subject of its own.
_SHORT = 6


def find_turns(around: Around, words: GuardWords, doubts: Doubts, *, asked: bool = False) -> tuple[Turning, ...]:
    """What takes back or limits a quotation, each stretch once. ``asked``: its own sentence was examined already."""
    if not words:
        return ()
    reader = _Reader(around, words, doubts)
    found = [*reader.cuts()]
    found += [] if asked else [*reader.head(), *reader.tail()]
    found += [*reader.before(), *reader.after()]
    return tuple({(one.first, one.last): one for one in reversed(found)}.values())[::-1]


class _Reader(TurnFinder):
    """Reads what is around one quotation."""

    def cuts(self) -> Iterator[Turning]:
        """Numbers, limits and hedges that a cut of ours removes, and what bounds the words after it: "about"."""
        for cut in self.around.cuts:
            numbers = [(at, 1) for at in range(len(cut.low)) if is_quantity(cut.low, at)]
            bounds = [hit for hit in self._find(cut.low, self.words.bounds) if sum(hit) == len(cut.low)]
            limits = [*self._find(cut.low, self.words.limiting), *self._find(cut.low, self.doubts.others)]
            yield from (self._mark(cut, *hit) for hit in [*numbers, *limits, *bounds][:1])

    def head(self) -> Iterator[Turning]:
        """Limits before a quotation in its sentence, and a number directly before it."""
        head = self.around.head
        if not head.low:
            return
        begins = {at for at in range(len(head.low)) if at == 0 or set(head.gaps[at]) & set(",;:\uff0c\uff1b")}
        begins |= {at + 1 for at in begins if head.low[at] in grammar.JOINING}
        turned = [at for at, _ in self._find(head.low, self.words.turning) if at and at in begins]
        limits = self._find(head.low, (*self.words.limiting, *self.words.framing))
        limits = [hit for hit in limits if not self._grants(hit[0]) and not self._is_excluded(head, *hit)]
        ruled = head.low[-1] in grammar.THAT
        loose = {hit for hit in limits if join(head.low[hit[0] : sum(hit)]) in grammar.LOOSE}
        limits = [hit for hit in limits if hit not in loose or not self._is_set_apart(head, sum(hit))]
        limits = [hit for hit in limits if (ruled or hit[0] in begins) and hit[0] >= max(turned, default=0)]
        if set(self.around.quote.gaps[0]) & set(":\uff1a"):  # "If you missed it:", "Now for the news:"
            limits = [
                hit
                for hit in limits
                if not self._is_of_reader(head, hit[0]) and join(head.low[hit[0] : sum(hit)]) not in grammar.LOOSE
            ]
        if hit := (limits[-1] if limits else self._concession(len(begins) == 1) or self._number_before()):
            yield self._mark(head, *hit)

    def _concession(self, single: bool) -> tuple[int, int] | None:
        """A word that makes the quotation what a sentence concedes: "Although". ``single``: no comma is before it."""
        head, tail = self.around.head, self.around.tail
        opening = [hit for hit in self._find(head.low[:4], self.words.conceding) if hit[0] == 0]
        if not opening:
            return None
        short = len(head.low) <= 3
        simultaneous = join(head.low[: opening[0][1]]) in grammar.CONCEDING
        sure = head.low[-1] in grammar.THAT or (short and not simultaneous)
        sure = sure and join(head.low) != "of course"  # which also affirms
        conceded = single and sure and set("".join(tail.gaps)) & set(",\uff0c")
        return opening[0] if conceded or (short and self._find_turned_clause(tail)) else None

    def tail(self) -> Iterator[Turning]:
        """Turns and limits after a quotation in its sentence, and a number that it breaks off before."""
        tail = self.around.tail
        if hit := self._find_turned_clause(tail):
            rest, mild = tail.low[sum(hit) :], join(tail.low[hit[0] : sum(hit)]) in grammar.MILD | grammar.STANDING
            counted = any(is_number(word) or word == "one" for word in rest[:3])
            heavy = self._is_doubted(rest) or (tail.low[hit[0]] not in grammar.MILD and self._points(rest))
            yield self._mark(tail, *hit, unsure=mild and not counted and not heavy)
            return
        stop = next((i for i in range(1, len(tail.low)) if set(tail.gaps[i]) & set(",;:\uff0c\uff1b")), len(tail.low))
        limits = [
            (at, length)
            for at, length in self._find(tail.low[: self._wide(2 * _EARLY)], self.words.limiting)
            if (at < min(stop, self._wide(_EARLY)) or tail.gaps[at].strip())
            and "-" not in tail.gaps[at]
            and not self._is_alternative(tail, at)
            and not (tail.gaps[0].strip() and tail.low[at] in grammar.LASTING and at)
            and not self._is_added(tail, at, length)
            and not self._is_owned(tail, at, length)
            and not self._is_example(at)
        ]
        if limits:
            lasting = join(tail.low[limits[0][0] : sum(limits[0])]) in grammar.LASTING
            yield self._mark(tail, *limits[0], unsure=lasting and not self._is_promised())
            return
        if tail.low and len(tail.low) <= _SHORT and tail.gaps[0].strip(" \"'")[:1] in ("-", "("):
            bare = tail.low[0] in grammar.PREPOSITIONS and not has_verb(tail.low, self.words.lang)
            bare = bare and not (tail.low[0] in grammar.TIMES and grammar.YEAR.fullmatch(self.around.quote.low[-1]))
            yield from (self._mark(tail, 0, 1) for _ in range(bare))
        if hit := self._find_later(tail):
            yield self._mark(tail, *hit)
            return
        bounds = {at for at, _ in self._find(tail.low, self.words.bounds)}
        for at in range(min(stop, self._wide(2 * _EARLY)) if tail.low and not tail.gaps[0].strip() else 0):
            if is_quantity(tail.low, at) and (at == 0 or {at - 1, at - 2} & bounds) and "(" not in tail.gaps[at]:
                yield self._mark(tail, at, 1)
                return

    def _find_later(self, tail: Stretch) -> tuple[int, int] | None:
        """What takes back in the same sentence: after a semicolon, or "a story she has since withdrawn"."""
        for at in range(1, len(tail.low)):
            part = Stretch(tail.words[at:], tail.low[at:], tail.gaps[at:], tail.first)
            if set(tail.gaps[at]) & set(";\uff1b") and (hit := self._retraction(part, joined=True)):
                return at + hit[0], hit[1]
            named = [n for i, n in self._find(part.low[:3], self.words.pointing) if i == 0 and n > 1]
            if named and "," in tail.gaps[at]:
                hits = self._find_unnegated(part.low[: self._wide(10)], self.words.retracting)
                if hits:
                    return at + hits[0][0], hits[0][1]
        return None

    def before(self) -> Iterator[Turning]:
        """What the sentence before says of the quoted one."""
        before, quoted = self.around.before, (*self.around.head.low, *self.around.quote.low)
        if before is None or not before.low:
            return
        framing, joined = self._find(before.low, self.words.framing), self.around.joined[0]
        limits = [
            hit
            for hit in self._find(before.low, self.words.limiting)
            if join(before.low[hit[0] : sum(hit)]) not in grammar.LOOSE
        ]
        leads = before.ending.rstrip("\"' ")[-1:] in (":", "\uff1a")
        if leads or (joined and self._find(before.low, self.words.forward)):
            taken = self._find_unnegated(before.low, self.words.retracting)
            found = [*framing, *limits, *taken, *self._find(before.low, self.words.introducing), *self._denials(before)]
        else:
            resumed = any(at == 0 for at, _ in self._find(quoted[:4], self.words.resuming))
            short = resumed or len(before.low) <= self._wide(_SHORT)
            found = [hit for hit in framing if hit[0] < _NEAR] + [hit for hit in limits if short and hit[0] == 0]
            found = found if joined else []
        hits = [hit for hit in sorted(found)[:1] if not self._is_explained(before.low[sum(hit) :])]
        hits = [hit for hit in hits if not self._is_of_reader(before, hit[0])]
        yield from (self._mark(before, *hit, unsure=hit not in framing or not joined or hit[1] == 1) for hit in hits)

    def after(self) -> Iterator[Turning]:
        """What the sentence after says of the quoted one."""
        after, joined = self._drop_reminder(self.around.after), self.around.joined[1]
        if after is None or not after.low:
            return
        hit = self._opening(after, joined)
        leads = after.ending.rstrip("\"' ")[-1:] in (":", "\uff1a")  # to what follows it
        if not hit and not leads and "?" not in after.ending and "\uff1f" not in after.ending:
            hit = self._limit(after, joined) or self._retraction(after, joined)
        if hit and not self._is_explained(after.low[sum(hit) :]):
            yield self._mark(after, *hit, unsure=self._is_unsure(after, *hit))

    def _drop_reminder(self, after: Stretch | None) -> Stretch | None:
        """A sentence without what only announces it: "It bears reminding that"."""
        found = grammar.REMINDING.match(join(after.low)) if after else None
        if not after or not found:
            return after
        at = len(found[0].split())
        return Stretch(after.words[at:], after.low[at:], after.gaps[at:], after.first + at, after.ending)

    def _is_explained(self, rest: Sequence[str]) -> bool:
        """Whether what follows a limit only says what something amounts to: "On paper, that sounds harmless"."""
        inverted = rest[:1] != () and rest[0] in grammar.MEANING and self._points(rest[1:2])
        return inverted or (self._points(rest[:1]) and bool(grammar.MEANING & {*rest[:3]}))

    def _opening(self, after: Stretch, joined: bool) -> tuple[int, int] | None:
        """A turning word at the beginning of the next sentence, or inserted in its first clause."""
        begin = 1 if after.low[0] in grammar.JOINING and len(after.low) > 1 else 0
        for at, length in self._find(after.low[: begin + 8], self.words.turning):
            set_off = at + length < len(after.low) and bool(set(after.gaps[at + length]) & set(",:"))
            comma = set_off or has_verb(after.low[at + length : at + length + 1], self.words.lang)
            word, rest = join(after.low[at : at + length]), after.low[at + length :]
            if (
                at == begin
                and (comma or word not in grammar.NEEDS_COMMA)
                and (
                    word not in {*grammar.CONCEDING, *self.words.conceding}
                    or self._is_refused(after, at + length)
                    or (set_off and word not in grammar.CONCEDING)
                )
            ):
                return (at, length) if self._opposes(rest, joined, word) else None
        for at, length in self._find(after.low[: self._wide(14)], self.words.inserted):
            if self._is_set_off(after, at, length) and self._counters(after, at, length, joined):
                return at, length
        return None

    def _is_set_off(self, after: Stretch, at: int, length: int) -> bool:
        """Whether an inserted word is between commas, or in a language where it needs none."""
        end, word, before = at + length, join(after.low[at : at + length]), "".join(after.gaps[1:at])
        if "," in after.gaps[at] and (end == len(after.low) or set(after.gaps[end]) & set(",;")):
            return ";" not in before
        free = not after.gaps[at].strip() and at > 0 and self.words.lang != "en" and word not in grammar.EMPHATIC
        return free and not set(before) & set(",;" if word in grammar.MILD else ";")

    def _counters(self, after: Stretch, at: int, length: int, joined: bool) -> bool:
        """Whether an inserted word opposes what was quoted, not one thing to another: "Sales to Japan, however"."""
        head, rest = after.low[:at], (*after.low[:at], *after.low[at + length :])
        if join(after.low[at : at + length]) in grammar.EMPHATIC:
            return self._tells(rest[at:])
        named = self.words.lang != "de" and any(word[:1].isupper() for word in after.words[1:at])
        place = (
            named or self._find(head, self.words.elsewhere) or join(after.low[at : at + length]) in grammar.COMPARING
        )
        setting = bool(head) and head[0] in grammar.PREPOSITIONS
        if setting and place:
            return self._links(head)
        return (setting and joined) or (
            (self._links(head) or self._is_doubted(rest) or self._points(rest) or self._tells(rest))
            and self._opposes(rest, joined)
        )

    def _is_refused(self, after: Stretch, at: int) -> bool:
        """Whether what a concession is about is denied, and not answered by its own main clause: "true, ..., but"."""
        rest = after.low[at : at + self._wide(_LONG)]
        answers = [i for i, _ in self._find(rest, self.words.turning) if set(after.gaps[at + i]) & set(",\uff0c")]
        refusing = (*self.words.limiting, *self.words.retracting, *self.doubts.negations)
        comma = next((i for i in range(1, len(rest)) if set(after.gaps[at + i]) & set(",\uff0c")), 0)
        return not answers and bool(self._find(rest[comma:], refusing))

    def _limit(self, after: Stretch, joined: bool) -> tuple[int, int] | None:
        """A limit or condition that opens the next sentence: "Only if", "Unless"."""
        found = [hit for hit in self._find(after.low[:_EARLY], self.words.limiting) if hit[0] == 0]
        if not found:
            return None
        if after.low[0] in grammar.WHETHER:
            return found[0] if self._links(after.low) or self._points(after.low[1:]) else None
        comma = next((i for i in range(1, len(after.low)) if set(after.gaps[i]) & set(",\uff0c")), len(after.low))
        comma = len(after.low) if comma == 1 and after.low[0] in grammar.GOVERNING else comma
        main, plain = after.low[comma:], any(at == 0 for at, _ in self._find(after.low[:_NEAR], self.doubts.others))
        if main and after.low[0] in grammar.IF and self._is_of_reader(after, 0):
            return None
        end = found[0][1]
        opener, rest = join(after.low[:end]), after.low[end:]
        if self._is_owned(after, 0, end) or (rest and rest[0] in grammar.OWNING and not after.gaps[end].strip()):
            return None
        if opener in grammar.LOOSE and len(rest) > self._wide(_SHORT // 2):
            near = self._find(rest[: self._wide(_NEAR)], (*self.words.only, *self.doubts.negations))
            return found[0] if near or grammar.SHOWING & {*rest[:_NEAR]} else None
        if len(main) >= _NEAR and not self._find(main[:_EARLY], self.words.saying):
            shown = bool(grammar.SHOWING & {*main[:_NEAR]}) or (not plain and self._links(after.low))
            about = self._opposes(main, joined) if comma == end else shown
            about = about and not self._find(main[: self._wide(_EARLY)], self.words.adding)
            return found[0] if about and (self._is_doubted(main) or not plain) else None
        short = joined and (comma <= self._wide(10) or not plain)
        return found[0] if short or self._points(after.low[found[0][1] :]) or self._links(after.low) else None

    def _retraction(self, after: Stretch, joined: bool) -> tuple[int, int] | None:
        """A next sentence that takes back what was said without a turning word: "That was denied"."""
        if self._find(after.low[:8], self.words.adding) or self._find(after.low[:3], tuple(grammar.IF)):
            return None
        points = {at for at, _ in self._find(after.low, self.words.pointing)}
        early = any(joined or after.low[at] not in grammar.POSSESSIVE for at in points & {*range(_NEAR - (not joined))})
        if not (joined or early):
            return None
        for at, length in self._find_unnegated(after.low[: self._wide(_LONG)], self.words.retracting):
            near = points & {*range(at, at + _NEAR)} or len(after.low) <= self._wide(_SHORT)
            own = after.low[0] in grammar.SPEAKERS and not points
            if ((length > self._wide(1) or near) and not own) or early or self._links(after.low):
                return at, length
        for at, length in self._find(after.low[: self._wide(_LONG)], self.words.denying) if joined else ():
            last = at + length >= len(after.low) and len(after.low) <= self._wide(_EARLY)
            if last or self._has_object(after, at + length):
                return at, length
        only = self._find(after.low[:4], self.words.only) if self._links(after.low[:_NEAR]) else []
        found = [*self._find_weaker(after), *(hit for hit in only if hit[0] == 0)]
        if joined and found:
            return found[0]
        named = any(n > 1 for _, n in self._find(after.low[:_NEAR], self.words.pointing))
        neutral = named or {*after.low[:_NEAR]} & (grammar.SHOWING | {"none"})
        for at, length in self._denials(after):
            ends = len(after.low) - 1 in points and len(after.low) <= self._wide(2 * _SHORT)
            if neutral or (joined and (at == 0 or ends)):
                return at, length
        return None

    def _find_weaker(self, after: Stretch) -> list[tuple[int, int]]:
        """Doubts of what a pronoun at the beginning means, perhaps after who says so: "That is wrong"."""
        at = next((at for at, word in enumerate(after.low[: self._wide(_NEAR)]) if word in grammar.NEUTRAL), -1)
        if at < 0 or (at and not self._find(after.low[:at], (*self.words.saying, *self.words.affirming))):
            return []
        inverted = at > 1 and after.low[at - 1] in grammar.BEING
        begin = at + 1 + (after.low[at + 1 : at + 2] in [(word,) for word in grammar.BEING])
        if begin == at + 1 and not inverted and "'" not in after.low[at]:
            return []
        near = after.low[begin : begin + self._wide(2)]
        negated = {i for i, _ in self._find(near, self.doubts.negations)}
        doubts = [hit for hit in self._find(near, self.words.doubting) if near[hit[0]] not in grammar.STATES]
        asked = [(i, n) for i, n in doubts if set(after.low[begin + i + n : begin + i + n + 1]) & grammar.WHO]
        return [(begin + i, n) for i, n in doubts if not negated - {i} and (i, n) not in asked]

    def _denials(self, stretch: Stretch) -> list[tuple[int, int]]:
        """Negations of something that would affirm: "not certain", "nothing is signed"."""
        affirming = [at for at, _ in self._find(stretch.low, self.words.affirming)]
        return [
            (at, 1)
            for at, _ in self._find(stretch.low, self.doubts.negations)
            if any(self._is_near(at, other) and not {*stretch.low[at : other + 2]} & grammar.WHO for other in affirming)
            and not is_idiom(stretch.low[at], (*stretch.low, "")[at + 1])
        ]

    def _is_near(self, negation: int, affirming: int) -> bool:
        """Whether a negation is near enough to a word to negate it; the German and French ones may follow it."""
        follows = affirming > negation or self.words.lang in ("de", "fr")
        return follows and abs(negation - affirming) <= self._wide(_EARLY)

    def _opposes(self, rest: Sequence[str], joined: bool, word: str = "but", tail: bool = False) -> bool:
        """Whether what follows a turning ``word`` speaks of the quotation."""
        early, rest = rest[: self._wide(_EARLY)], rest[: self._wide(_LONG)]
        doubted = self._is_doubted(rest) or self._find(rest[: self._wide(_EARLY + 2)], self.doubts.others)
        back = self._points(rest) and (tuple(rest[:2]) not in grammar.CLEFT or self._is_doubted(rest))
        if tuple(rest[:2]) in grammar.CLEFT and not self._links(rest, tail=tail):
            return False
        if set(rest[:1]) & grammar.POSSESSIVE - {"le", "la"} and not doubted and not self._links(rest, tail=tail):
            return False
        if word in grammar.MILD and not doubted and {*rest[:_NEAR]} & grammar.NOMINATIVE:
            return False
        if rest[:1] == ("to",) and not doubted and not {*rest[:_NEAR]} & (grammar.SHOWING | {"so", "it"}):
            return False
        if self._find(early, self.words.adding) and not self._find(rest, self.words.retracting):
            return False
        if self._find(early, self.words.elsewhere) and not back:
            against = self._find(rest, (*self.words.retracting, *self.words.denying))
            return bool(against) and self._links(rest, tail=tail)
        if self._denies_already and not self._answers(rest):
            return False
        if back or self._links(rest, tail=tail):
            return True
        if word in grammar.COMPARING:
            return False
        if joined and self._tells(rest):
            return True
        return bool(doubted) or word not in grammar.MILD if joined else bool(self._find(rest, self.words.retracting))

    @cached_property
    def _denies_already(self) -> bool:
        """Whether the quoted words say that something is not so."""
        chinese = self.words.lang == "zh"  # whose signs for it are part of many words
        return not chinese and bool(self._find(self.around.quote.low, self.doubts.negations))

    def _answers(self, rest: Sequence[str]) -> bool:
        """Whether what follows takes back even a denial: another voice, a retraction or "this"."""
        against = (*self.words.retracting, *self.words.denying, *self.words.saying, *self.words.limiting)
        return bool(grammar.SHOWING & {*rest[:_NEAR]} or self._find(rest, (*against, *self.doubts.negations)))

    def _find_turned_clause(self, tail: Stretch) -> tuple[int, int] | None:
        """The turning word of a later clause of the quoted sentence that speaks of the quotation."""
        for at, length in self._find(tail.low, self.words.turning):
            if at >= self._wide(2 * _EARLY):
                break
            rest = tail.low[at + length :]
            gap = tail.gaps[at]
            opens = "-" not in gap.strip(" ") if at == 0 else set(gap) & set(",;:(\uff0c\uff1b\uff1a")
            opens = opens or (gap.strip() == "-" and gap != "-")
            opens = opens and bool(gap.strip() or join(tail.low[at : at + length]) not in grammar.SET_OFF)
            conceding = join(tail.low[at : at + length]) in grammar.CONCEDING
            if not opens or not rest or (conceding and not self._is_doubted(rest)):
                continue
            if len(rest) <= self._wide(_SHORT) or self._opposes(rest, joined=True, tail=True):
                return at, length
        if self.words.lang in ("de", "fr"):  # they oppose from inside a clause: "; it holds however only"
            for at, length in self._find(tail.low[: 2 * _EARLY], self.words.inserted):
                begins = [i for i in range(at) if set(tail.gaps[i]) & set(",;:")]
                rest = (*tail.low[begins[-1] : at], *tail.low[at + length :]) if begins else ()
                if rest and self._is_doubted(rest) and self._opposes(rest, joined=True, tail=True):
                    return at, length
        return None
