"""Judges proposals by the texts and by the rules of ``check``: what of them may become a draft, and why the rest may
not. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from synoptic.base.problems import Place, Problem, suggest_nearest
from synoptic.check import claims, context, declared, outline, quotations, topics, wording
from synoptic.check.rule import Rule, rule_id, shorten
from synoptic.compare.lock import find_quotation
from synoptic.model.records import Speaker
from synoptic.model.site import Briefing, Site
from synoptic.proposals.after import Kept, add_to, make_statement, name_item
from synoptic.proposals.attribution import FAR, Attribution
from synoptic.proposals.facts import Known, find_moved, find_unstated
from synoptic.proposals.passages import Passage, find_marker_beside, find_nearest, find_sentence, find_splice
from synoptic.proposals.schema import (
    Item,
    ProposedAnswer,
    ProposedClaim,
    ProposedGist,
    ProposedStatement,
)
from synoptic.proposals.speakers import make_attribution
from synoptic.suggest.draft import Suggestion, match_speaker
from synoptic.suggest.statements import StatementWriter, list_ids
from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.match import Match

#: The rules of ``check`` that a proposal must pass by itself; no proposal makes an exception to one.
RULES: tuple[Rule, ...] = (
    declared.unknown_word, topics.answer_length, topics.unknown_answer, claims.no_statements, claims.placeholder,
    claims.note_missing, claims.of_length, claims.mode_without_speaker, claims.untranslated, claims.said_of_oneself,
    quotations.bracket, quotations.left_out, context.out_of_context, context.too_strong, quotations.too_short,
    quotations.over_length, quotations.over_limit, quotations.not_speech, outline.gist, wording.own_words,
)  # fmt: skip
#: Words (signs in Chinese) and cuts of a quotation that is compared with a text at all; what may be quoted has fewer.
MOST_WORDS, MOST_CUTS = 180, 4
_ROUNDS = 6  # of judging what remains; each can only take more away


@dataclass(frozen=True)
class Judgement:
    """The proposals that stand, in their order, and a problem for each of the others."""

    kept: tuple[Kept, ...]
    refused: tuple[Problem, ...]


def judge(briefing: Briefing, site: Site, items: Sequence[Item]) -> Judgement:
    """What of some proposals stands up to the texts at hand and to the rules."""
    return _Judge(briefing, site).judge(items)


class _Judge:
    """Judges the proposals for one briefing."""

    def __init__(self, briefing: Briefing, site: Site) -> None:
        self.briefing, self.site = briefing, site
        self._taken = list_ids(briefing) | {name for gone in briefing.file.gone for name in gone.ids}
        self._taken |= set(briefing.register.claims) if briefing.register else set()
        self._topics = {topic.id: topic for topic in briefing.file.topics}
        self._attributions: dict[str, Attribution] = {}
        self._writers: dict[str, StatementWriter] = {}

    def judge(self, items: Sequence[Item]) -> Judgement:
        """The proposals that stand, and those that do not."""
        kept: list[Kept] = []
        refused: list[Problem] = []
        self._claims = {item.id for item in items if isinstance(item, ProposedClaim)} | set(self.briefing.claim)
        for item in items:
            found = self._look(item, kept)
            if isinstance(found, Problem):
                refused.append(found)
            else:
                kept.append(found)
        for _ in range(_ROUNDS):
            faults = self._find_orphans(items, kept) or self._apply_rules(kept)
            refused += faults.values()
            if not faults:
                break
            kept = [one for one in kept if one.item.place not in faults]
        return Judgement(tuple(kept), tuple(refused))

    def _find_orphans(self, items: Sequence[Item], kept: Sequence[Kept]) -> dict[Place, Problem]:
        """The statements on proposed claims of which none stands, by their places."""
        standing = {one.item.id for one in kept if isinstance(one.item, ProposedClaim)}
        fallen = {item.id for item in items if isinstance(item, ProposedClaim)} - standing
        faults = {}
        for one in kept:
            if isinstance(one.item, ProposedStatement) and one.item.claim in fallen:
                message = f'no claim that stands has the id "{one.item.claim}"'
                faults[one.item.place] = Problem(one.item.place.at("claim"), message, "see why the claim was refused")
        return faults

    def _look(self, item: Item, kept: Sequence[Kept]) -> Kept | Problem:
        """One proposal by itself: its ids, and the words of the text."""
        if isinstance(item, ProposedStatement):
            return self._look_at_statement(item)
        if isinstance(item, ProposedGist):
            return self._look_at_gist(item, kept)
        topic = self._topics.get(item.topic)
        if topic is None:
            return Problem(item.place.at("topic"), f'unknown topic "{item.topic}"', self._nearest(item.topic, "topic"))
        same = [one.item.id for one in kept if isinstance(one.item, type(item)) and one.item.topic == item.topic]
        taken = {answer.id for answer in topic.answers} if isinstance(item, ProposedAnswer) else self._taken
        if item.id in taken or item.id in same:
            return Problem(item.place.at("id"), f'the id "{item.id}" is taken', "give it another id")
        return Kept(item)

    def _nearest(self, name: str, kind: str) -> str:
        known = {"topic": self._topics, "source": self.briefing.source, "claim": self._claims}[kind]
        return suggest_nearest(name, known)

    # -- gists -----------------------------------------------------------------------------------------------------

    def _look_at_gist(self, item: ProposedGist, kept: Sequence[Kept]) -> Kept | Problem:
        if fault := self._find_missing_text(item.place, item.source):
            return fault
        first, _, last = item.paragraphs.partition("-")
        begin, end = int(first), int(last or first)
        text, at = self.briefing.texts[item.source], item.place.at("paragraphs")
        if end > len(text.blocks):
            message = f'paragraph {item.paragraphs} is outside the {len(text.blocks)} paragraphs of "{item.source}"'
            return Problem(at, message, "use the numbers that suggest shows")
        others = [*self.briefing.source[item.source].outline]
        others += [k.item.paragraphs for k in kept if isinstance(k.item, ProposedGist) and k.item.source == item.source]
        for other in others:
            low, _, high = other.partition("-")
            if int(low) <= end and begin <= int(high or low):
                return Problem(at, f"paragraph {other} has a gist already", "let each paragraph have one gist")
        told = " ".join(text.blocks[begin - 1 : end])
        near = " ".join([self._head(item.source), *text.blocks[max(begin - 1 - FAR, 0) : end]])
        if missing := find_unstated(item.gist, told, near, self._known, strict=False):
            message = f'the gist of paragraph {item.paragraphs} says "{missing}", which is not there'
            return Problem(item.place.at("gist"), message, "say only what the paragraph says")
        return Kept(item)

    @cached_property
    def _known(self) -> Known:
        """What sentences of ours may name: the articles, what is known of them, our questions, and the speakers."""
        file, speakers = self.briefing.file, self.site.speakers_of(self.briefing).values()
        ours = [file.title, file.question]
        ours += [text for topic in file.topics for text in (topic.title, topic.question or "")]
        ours += [text for s in self.briefing.sources for text in (s.title, s.outlet, s.author, s.label or "")]
        ours += [name for s in speakers for name in (s.name, *s.also, s.role or "", s.country or "")]
        people = [s.name for s in speakers if s.kind == "person"]
        return Known.of([text.folded for text in self.briefing.texts.values()], ours, people)

    def _article(self, name: str) -> str:
        """An article with what is known of it."""
        return f"{self._head(name)} {self.briefing.texts[name].folded}"

    def _head(self, name: str) -> str:
        """What is known of an article: its title, who published it and whose text it is."""
        source = self.briefing.source[name]
        voice = self.site.speaker.get(source.voice or "")
        return " ".join((source.title, source.label or "", source.outlet, source.author, voice.name if voice else ""))

    def _find_missing_text(self, place: Place, source: str) -> Problem | None:
        if source not in self.briefing.source:
            return Problem(place.at("source"), f'unknown source "{source}"', self._nearest(source, "source"))
        if source not in self.briefing.texts:
            message = f'the text of "{source}" is not at hand, so nothing can be checked by it'
            tip = "put it into articles/, or name its folder in SYNOPTIC_ARTICLES"
            return Problem(place.at("source"), message, tip)
        return None

    # -- statements ------------------------------------------------------------------------------------------------

    def _look_at_statement(self, item: ProposedStatement) -> Kept | Problem:
        if fault := self._find_missing_text(item.place, item.source):
            return fault
        if item.claim not in self._claims:
            return Problem(item.place.at("claim"), f'unknown claim "{item.claim}"', self._nearest(item.claim, "claim"))
        source, text = self.briefing.source[item.source], self.briefing.texts[item.source]
        if (count := len(split_words(fold(item.quote)))) > MOST_WORDS or item.quote.count("...") > MOST_CUTS:
            limit = self.site.vocabulary.quoting.speech
            message = f'the quotation "{shorten(item.quote)}" has {count} words and {item.quote.count("...")} cuts'
            return Problem(item.place.at("quote"), message, f"quote {limit} words at most, with a cut or two")
        match = find_quotation(make_statement(item, None, "any"), source, text, self.site.vocabulary)
        if match is None:
            return self._explain_missing(item)
        blocks = sorted({one.block for one in text.find_all(item.quote, cut=item.cut)})
        if item.paragraph is None and len(blocks) > 1:
            places = ", ".join(map(str, blocks))
            message = f'the words "{shorten(item.quote)}" are in paragraphs {places} of "{item.source}"'
            return Problem(item.place.at("quote"), message, f"say which: paragraph {blocks[0]}, for instance")
        if item.translation and (number := find_moved(item.translation, item.quote)):
            message = f'the translation says "{number}", which the quotation "{shorten(item.quote)}" does not'
            return Problem(item.place.at("translation"), message, "translate what is there")
        if known := self._find_known(item, match):
            message = f'the words "{shorten(item.quote)}" are in the briefing already: {known}'
            return Problem(item.place.at("quote"), message, "leave it out")
        if marker := find_marker_beside(text, match, self.site.vocabulary.markers_of(source.lang)):
            message = f'the quotation "{shorten(item.quote)}" drops "{marker}", which stands right beside it'
            return Problem(item.place.at("quote"), message, f"quote it, too; {self._place(item, match)}")
        return self._attribute(item, match)

    def _find_known(self, item: ProposedStatement, match: Match) -> str:
        """The statement of the same claim that quotes the same words; "" if none does."""
        claim = self.briefing.claim.get(item.claim)
        for statement in claim.statements if claim else ():
            entry = self.briefing.locked(statement)
            if statement.source == item.source and entry and entry.words == match.ranges:
                return statement.id
        return ""

    def _explain_missing(self, item: ProposedStatement) -> Problem:
        """Why a quotation is not in its text, with the nearest true words and their place."""
        at, quote, text = item.place.at("quote"), shorten(item.quote), self.briefing.texts[item.source]
        source, vocabulary = self.briefing.source[item.source], self.site.vocabulary
        anywhere = make_statement(item, None, "any").model_copy(update={"paragraph": None})
        if item.paragraph and (elsewhere := find_quotation(anywhere, source, text, vocabulary)):
            message = f'the words "{quote}" are in paragraph {elsewhere.block} of "{item.source}", not {item.paragraph}'
            return Problem(at, message, f"write paragraph {elsewhere.block}")
        for name, other in self.briefing.texts.items():
            found = find_quotation(anywhere, self.briefing.source[name], other, vocabulary)
            if name != item.source and found:
                message = f'the words "{quote}" are not in "{item.source}" but in "{name}", paragraph {found.block}'
                return Problem(at, message, f"write source {name}, and check who says it there")
        if parts := find_splice(item.quote, text):
            one, two = parts
            message = f'the quotation "{quote}" joins two passages of "{item.source}" as if they were one'
            return Problem(at, message, f"quote one of them: {_show(one)}; {_show(two)}")
        near = find_nearest(item.quote, text)
        why = text.describe_difference(item.quote)
        message = f'the words "{quote}" are not in "{item.source}": {why}'
        return Problem(at, message, f"the nearest are: {_show(near)}" if near else "quote words that are in the text")

    def _attribute(self, item: ProposedStatement, match: Match) -> Kept | Problem:
        """A statement whose words are in the text, with its speaker."""
        reader = self._reader_of(item.source)
        if item.via and (strange := reader.find_strange_agency(item.via)):
            message = f'"{item.source}" does not have "{strange}", so it cannot be via "{item.via}"'
            return Problem(item.place.at("via"), message, "leave it out, or name who passed it on as the article does")
        at, quote, source = item.place.at("speaker"), shorten(item.quote), self.briefing.source[item.source]
        if item.speaker is None:
            unsaid = "" if source.voice else reader.find_unsaid(match)
            if unsaid:
                message = f'the words "{quote}" have no speaker, but "{item.source}" credits them to {unsaid}'
                return Problem(item.place, message, f"add the speaker; {self._place(item, match)}")
            return Kept(item, match=match)
        known = {s.id: s for s in reader.known}
        name = item.speaker if item.speaker in known else match_speaker(item.speaker, reader.known) or item.speaker
        if name not in known:
            name = reader.find_called(item.speaker) or name
        speaker = known.get(name)
        new = None
        if speaker is None:
            owner = self.briefing.unnamed.get(item.speaker)
            if owner or (item.speaker.islower() and " " not in item.speaker and "-" in item.speaker):
                why = f'is of "{owner}", not of "{item.source}"' if owner else "is unknown"
                return Problem(at, f'the speaker "{item.speaker}" {why}', suggest_nearest(item.speaker, known))
            speaker = new = self._declare(item, match)
        if source.voice == speaker.id:
            return Kept(item, speaker.id, match=match)
        if fault := reader.find_fault(match, speaker):
            message = f'"{speaker.name}" cannot be the speaker of "{quote}": {fault}'
            return Problem(at, message, self._place(item, match))
        if new and (strange := reader.find_invented(item.speaker, new.kind)):
            message = f'"{item.source}" does not have "{strange}", so the speaker cannot be "{item.speaker}"'
            return Problem(at, message, f"write the name as the article gives it; {self._place(item, match)}")
        return Kept(item, speaker.id, new, match)

    def _declare(self, item: ProposedStatement, match: Match) -> Speaker:
        """A speaker whom nobody declared, made of the name in the text."""
        name = item.speaker or ""
        named = name[:1].isupper() and not name.startswith(("The ", "A "))
        kind = item.speaker_kind or ("person" if named or CJK.match(name) else "unnamed")
        writer = self._writers.setdefault(
            item.source, StatementWriter(self.briefing, self.briefing.source[item.source], self.site)
        )
        found = Suggestion("credited", item.source, match.block, item.quote, name, speaker_kind=kind)
        made, new = writer.find_speaker(found)
        return new or next(s for s in writer.known if s.id == made)

    def _place(self, item: ProposedStatement, match: Match) -> str:
        """The tip that shows what the text says where a quotation is."""
        sentence = find_sentence(self.briefing.texts[item.source], match.ranges[0][0])
        return f"there it says: {_show(Passage(sentence, match.block))}"

    def _reader_of(self, source: str) -> Attribution:
        if source not in self._attributions:
            one = self.briefing.source[source]
            self._attributions[source] = make_attribution(self.briefing, self.site, one)
        return self._attributions[source]

    # -- rules -----------------------------------------------------------------------------------------------------

    def _apply_rules(self, kept: Sequence[Kept]) -> dict[Place, Problem]:
        """What the rules find in the briefing as it would be with some proposals, by the place of the proposal."""
        after = add_to(self.briefing, self.site, kept)
        spots: dict[tuple[str, int, int], Kept] = {}
        for one in kept:
            place = one.item.place
            for line, column, *_ in [(place.line, place.column), *place.parts.values()]:
                spots.setdefault((place.path, line, column), one)
        faults: dict[Place, Problem] = {}
        for rule in RULES:
            for problem in rule(after, self.site):
                spot = (problem.place.path, problem.place.line, problem.place.column)
                if problem.level == "error" and (hit := spots.get(spot)):
                    named = replace(problem, rule=problem.rule or rule_id(rule))
                    faults.setdefault(hit.item.place, self._explain(hit, named))
        for problem, weak in self._find_weak(after, kept):
            faults.setdefault(weak.item.place, problem)
        return faults or dict(self._find_unstated(kept))

    def _explain(self, one: Kept, problem: Problem) -> Problem:
        """The problem of a rule, for somebody who can only propose: with the words around, and without exceptions."""
        tip = re.sub(r",? or add (?:to one of them )?allow: .*", "", problem.tip).removesuffix(",")
        message = problem.message
        if problem.rule == "no-statements" and isinstance(one.item, ProposedClaim) and one.item.kind != "question":
            message = f'the claim "{one.item.id}" stands alone: no proposal that stands is a statement on it'
            return replace(problem, message=message, tip="propose one with it")
        if isinstance(one.item, ProposedStatement):
            message = message.replace(f'"{name_item(one.item)}"', "it")
        if one.match and isinstance(one.item, ProposedStatement) and message.startswith("it "):
            message = f'the quotation "{shorten(one.item.quote)}" {message.removeprefix("it ")}'
            tip = f"{tip}; {self._place(one.item, one.match)}"
        return replace(problem, message=message, tip=tip)

    def _find_weak(self, after: Briefing, kept: Sequence[Kept]) -> Iterator[tuple[Problem, Kept]]:
        """The statements of claims of the briefing that have no others and say less than the claim."""
        alone = {name for name, claim in self.briefing.claim.items() if not claim.statements}
        if not alone:
            return
        for problem in context.too_strong(after, self.site):
            for one in kept:
                claim = self.briefing.claim.get(getattr(one.item, "claim", "")) if one.match else None
                if claim and claim.id in alone and problem.place == claim.place.at("claim"):
                    weak = replace(problem, place=one.item.place.at("quote"), rule="too-strong")
                    yield self._explain(one, weak), one

    def _find_unstated(self, kept: Sequence[Kept]) -> Iterator[tuple[Place, Problem]]:
        """The claims with a number, a unit or a name that none of their quotations has."""
        for one in kept:
            if not isinstance(one.item, ProposedClaim):
                continue
            told: list[str] = []
            articles: dict[str, str] = {}
            for other in kept:
                item, match = other.item, other.match
                if isinstance(item, ProposedStatement) and match and item.claim == one.item.id:
                    text = self.briefing.texts[item.source]
                    told += [text.blocks[match.block - 1], item.quote, item.translation or ""]
                    articles[item.source] = self._article(item.source)
            said = " ".join(told)
            article = " ".join([said, *articles.values()])
            if told and (missing := find_unstated(one.item.claim, said, article, self._known, strict=True)):
                message = f'the claim "{one.item.id}" says "{missing}", which no paragraph that it quotes says'
                yield one.item.place, Problem(one.item.place.at("claim"), message, "say it as the articles do")


def _show(passage: Passage) -> str:
    return f'"{passage.words}" (paragraph {passage.paragraph})'
