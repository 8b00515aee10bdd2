"""A change of meaning between two states of the briefings, and the list of all kinds of change. Pure.

A terminal, the summary of a pull request, a change log and a feed are all made from the same ``Change``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from synoptic.base.problems import Place, Problem

Level = Literal["fact", "evidence", "wording"]
Side = Literal["base", "head"]
#: Each level, and what belongs to it.
LEVELS: dict[Level, str] = {
    "fact": "what is said, by whom, with what stance and verdict",
    "evidence": "what backs it: quotations, sources, locks and searches",
    "wording": "our own words around it: titles, notes, labels, spelling",
}


@dataclass(frozen=True)
class Kind:
    """One kind of change.

    ``sentence`` has fields in braces for values of the change. ``first``: a reviewer must see it before all else.
    ``correction``: once published, it takes back or alters something that readers may have relied on.
    """

    level: Level
    subject: str
    sentence: str
    first: bool = False
    correction: bool = False


_FIRST = {
    "file-added": "The file {id} is new, and is not data of a briefing.",
    "file-changed": "The file {id} changed, and is not data of a briefing.",
    "file-removed": "The file {id} was removed, and was not data of a briefing.",
    "search-narrowed": "Searches are narrower: the {what} {id} no longer has what follows.",
    "lock-added": "The lock of {source} is new, checked by {name} on {day}; quotations in it: {count}.",
    "lock-removed": "The lock of {source} was removed; {name} had checked it on {day}.",
    "lock-text": "The lock of {source} is now for another text: its SHA-256 changed.",
    "lock-changed": "The lock of {source} changed, checked by {name} on {day}: {summary}.",
    "lock-facts": "The lock of {source} now has, or lacks, facts of a whole kind: {summary}.",
    "lock-entry": "The lock's entry for {id} changed, though its quotation did not.",
    "register-removed": "The {what} id {id} was removed from the register of published ids, which must never lose one.",
    "lock-search": "The lock finds the search term {term} in other places in {source}, though its text did not change.",
    "quotation-unlocked": "Nobody has checked the quotation of {id}: the lock of {source} has no entry for it.",
    "quotation-unsigned": "Nobody has checked the quotation of {id}: the lock of {source} names no reader.",
    "quotation-own-check": "The quotation of {id} was checked only by {name}, who also wrote it.",
    "quotation-said-check": "The lock says that {name} checked the quotation of {id}, but anybody can type a name.",
    "quotation-one-signature": "Of those said to have checked the quotation of {id}, only {name} signed.",
    "quotation-limited": "The words {where} the quotation of {id} may limit it ({word}): is it still fair?",
    "quotation-brackets": "The quotation of {id} has words of ours, {word}: do they say only who or what is meant?",
    "signer-added": "A key may now sign locks as {name} {limits}: {key}.",
    "signer-removed": "A key may no longer sign locks as {name} {limits}: {key}.",
    "authorities-changed": "The authorities whose time stamps count changed.",
    "proof-removed": "The signature or time stamp of {name} was removed from the lock of {source}.",
    "signatures-demanded": "The number of people who must have signed each quotation of {id} changed.",
}
#: Facts and evidence that come first, too: rules that changed, briefings that readers no longer see, or see now, and
#: records of a page that are gone.
_FIRST_TOO = frozenset({
    *("vocabulary-added", "vocabulary-removed", "vocabulary-rule", "markers-changed", "quoting-changed"),
    *("briefing-removed", "briefing-status", "look-removed"),
    *("reading-removed", "reading-changed", "reading-answer"),
})  # fmt: skip
_FACTS = {
    "briefing-added": "The briefing {id} is new ({status}).",
    "briefing-removed": "The briefing {id} was removed.",
    "briefing-status": "The status of the briefing {id} changed.",
    "briefing-language": "The language of the briefing {id} changed.",
    "briefing-question": "The question of the briefing {id} changed.",
    "claim-added": "The claim {id} is new ({kind}; {verdict}).",
    "claim-removed": "The claim {id} was removed.",
    "claim-id": "The claim {before_id} now has the id {id}; {links}.",
    "claim-reworded": "The claim {id} now says something else.",
    "claim-kind": "The kind of the claim {id} changed.",
    "verdict-changed": "The verdict on the claim {id} changed.",
    "statement-id": "The statement {before_id} now has the id {id}; {links}.",
    "statement-stance": "The stance of {id} on {claim} changed.",
    "statement-holder": "Who holds {id} changed.",
    "statement-source": "The statement {id} now comes from another source.",
    "statement-moved": "The statement {id} moved to another claim.",
    "relation-added": "The claim {id} now {how} {to}.",
    "relation-removed": "The claim {id} no longer {how} {to}.",
    "relation-changed": "The relation of the claim {id} to {to} changed.",
    "reply-added": "The claim {id} has a new reply, by {name}.",
    "reply-removed": "The reply by {name} to the claim {id} was removed.",
    "reply-changed": "The reply by {name} to the claim {id} changed.",
    "figure-added": "The figure {id} is new.",
    "figure-removed": "The figure {id} was removed.",
    "figure-id": "The figure {before_id} now has the id {id}.",
    "figure-changed": "The figure {id} changed: {field}.",
    "event-added": "The event {id} is new.",
    "event-removed": "The event {id} was removed.",
    "event-id": "The event {before_id} now has the id {id}.",
    "event-changed": "The event {id} changed: {field}.",
    "bottom-line-added": "The bottom line has a new sentence.",
    "bottom-line-removed": "The bottom line lost a sentence.",
    "bottom-line-reworded": "A sentence of the bottom line now says something else.",
    "topic-question": "The question of the topic {id} changed.",
    "answer-added": "The topic {topic} has a new answer, {id}.",
    "answer-removed": "The topic {topic} lost the answer {id}.",
    "answer-id": "The answer {before_id} of the topic {topic} now has the id {id}.",
    "answer-reworded": "The answer {id} to the topic {topic} now says something else.",
    "apart-added": "The topic {id} now sets these answers apart: {answers}.",
    "apart-removed": "The topic {id} no longer sets these answers apart: {answers}.",
    "topic-id": "The topic {before_id} now has the id {id}; {links}.",
    "gone-added": "{id} is now listed as gone for good, with a reason.",
    "gone-removed": "{id} is no longer listed as gone.",
    "source-id": "The source {before_id} now has the id {id}; {links}.",
    "speaker-id": "The speaker {before_id} now has the id {id}; {links}.",
    "source-voice": "The voice of the source {id} changed, and with it who holds the article's own words.",
    "speaker-changed": "The speaker {id} changed: {field}.",
    "vocabulary-added": "The vocabulary list {list} has a new word, {id}.",
    "vocabulary-removed": "The vocabulary list {list} lost the word {id}.",
    "vocabulary-rule": "The effect of the word {id} in the vocabulary list {list} changed: {field}.",
}
_EVIDENCE = {
    "statement-added": "In {source}, {holder} now {stance} the claim {claim}: statement {id}.",
    "statement-removed": "The statement {id} was removed: in {source}, {holder} {stance} the claim {claim}.",
    "statement-changed": "The statement {id} changed: {field}.",
    "statement-translation": "Our translation of the quotation of {id} changed.",
    "quotation-lengthened": "The quotation of {id} is now longer.",
    "quotation-cut": "The quotation of {id} was shortened.",
    "quotation-replaced": "The quotation of {id} now has other words.",
    "source-added": "The source {id} is new.",
    "source-removed": "The source {id} was removed.",
    "source-changed": "The source {id} changed: {field}.",
    "page-edited": "The page of the source {source} was edited after we quoted it: on {day} {summary}.",
    "look-added": "The page of the source {source} was looked at: on {day} {summary}.",
    "look-removed": "It is no longer recorded of the page of the source {source}: on {day} {summary}.",
    "reading-added": "{name} read statements a second time, {count} in all; both answers were compared on {day}.",
    "reading-removed": "The second reading by {name} of {day} was removed; statements in it: {count}.",
    "reading-changed": "The second reading {id}, by {name}, changed.",
    "reading-answer": "An answer in the second reading {id}, by {name}, changed: on {statement}.",
    "speaker-added": "The speaker {id} is new.",
    "speaker-removed": "The speaker {id} was removed.",
    "address-changed": "The earlier ids of the {what} {id} changed.",
    "answer-support": "The claims of other topics behind the answer {id} of the topic {topic} changed.",
    "claim-answer": "The answer that the claim {id} gives changed.",
    "terms-changed": "The search terms of the claim {id} changed.",
    "passed-over-added": "The claim {id} now passes {source} over.",
    "passed-over-removed": "The claim {id} no longer passes {source} over.",
    "silence-changed": "What we know about the silence of {source} on the claim {id} changed.",
    "figure-bound": "The basis of the figure {id} changed: {field}.",
    "event-bound": "The basis of the event {id} changed: {field}.",
    "bottom-line-claims": "A sentence of the bottom line now rests on other claims.",
    "bottom-line-allow": "The exceptions of a sentence of the bottom line changed.",
    "proof-added": "The lock of {source} has a new proof of {name}: {proof}.",
    "proof-changed": "The proof of {name} in the lock of {source} changed, and is now: {proof}.",
    "editors-changed": "The editors changed.",
    "parallel-added": "The parallel passages {id} are new.",
    "parallel-removed": "The parallel passages {id} were removed.",
    "parallel-changed": "The parallel passages {id} changed: {field}.",
    "watch-changed": "The names and subjects watched in every article changed.",
    "markers-changed": "The {list} listed for the language {id} changed.",
    "quoting-changed": "The site's limit {id} of quoting changed.",
    "rest-added": "More words came with the {what} {id}.",
    "rest-removed": "More words went with the {what} {id}.",
}
_WORDING = {
    "briefing-title": "The title of the briefing {id} changed.",
    "topic-added": "The topic {id} is new, with {count}.",
    "topic-removed": "The topic {id} was removed.",
    "topic-retitled": "The title of the topic {id} changed.",
    "answer-respelt": "The spelling or punctuation of the answer {id} to the topic {topic} changed.",
    "apart-reason": "The reason why the topic {id} sets these answers apart changed: {answers}.",
    "claim-topic": "The claim {id} moved to another topic.",
    "claim-respelt": "The spelling or punctuation of the claim {id} changed.",
    "claim-note": "The note on the claim {id} changed.",
    "statement-note": "The note on the statement {id} changed.",
    "quotation-respelt": "Only quotation marks, dashes or the like changed in the quotation of {id}.",
    "relation-reason": "The reason for the relation of the claim {id} to {to} changed.",
    "passed-over-reason": "The reason why the claim {id} passes {source} over changed.",
    "figure-note": "The note on the figure {id} changed.",
    "source-described": "Our words about the source {id} changed: {field}.",
    "speaker-note": "The note on the speaker {id} changed.",
    "bottom-line-respelt": "The spelling or punctuation of a sentence of the bottom line changed.",
    "vocabulary-label": "The {field} of the word {id} in the vocabulary list {list} changed.",
}
#: The subject of a kind, by the first word of its name, unless that is the subject.
_SUBJECTS = {
    **dict.fromkeys(("verdict", "terms", "passed", "silence", "relation", "reply"), "claim"),
    **dict.fromkeys(("bottom", "editors", "watch", "signatures"), "briefing"),
    **dict.fromkeys(("authorities", "signer"), "key"),
    "proof": "lock",
    "parallel": "parallel passages",
    **dict.fromkeys(("page", "look"), "source"),
    "apart": "topic",
    "quotation": "statement",
    "vocabulary": "word",
    **dict.fromkeys(("address", "gone", "register"), "id"),
    **dict.fromkeys(("search", "rest"), "object"),
}
#: Changes of whose words they are, which words, and which stance.
_CORRECTIONS = frozenset({
    *("claim-reworded", "claim-kind", "claim-removed", "figure-changed", "figure-removed"),
    *("event-changed", "event-removed", "answer-removed", "answer-reworded"),
    *("statement-stance", "statement-holder", "statement-source", "statement-moved", "statement-removed"),
    *("quotation-lengthened", "quotation-cut", "quotation-replaced", "statement-translation", "source-voice"),
})  # fmt: skip
_GROUPS: tuple[tuple[dict[str, str], Level], ...] = (
    (_FIRST, "evidence"), (_FACTS, "fact"), (_EVIDENCE, "evidence"), (_WORDING, "wording"),
)  # fmt: skip
#: Every kind of change by its name.
KINDS: dict[str, Kind] = {
    name: Kind(
        level,
        _SUBJECTS.get(word := name.split("-")[0], word),
        sentence,
        first=group is _FIRST or name in _FIRST_TOO,
        correction=name in _CORRECTIONS,
    )
    for group, level in _GROUPS
    for name, sentence in group.items()
}
#: Fields of sentences that the program fills with its own words; a contributor may have typed all others.
OWN_FIELDS = frozenset({"count", "day", "field", "limits", "links", "proof", "summary", "what", "where"})


@dataclass(frozen=True)
class Change:
    """One change of meaning. All but ``kind`` and ``side`` may be contributors' text.

    ``kind`` is a key of KINDS; ``id`` names what changed, a thing of the kind's ``subject``. ``place`` is where it is
    in the head, or was in the base (``side``). ``briefing`` is empty for what all briefings share. ``claim``,
    ``source`` and ``speaker`` are the ids of what it belongs to, if anything; ``about`` is the claim's text.
    ``before`` and ``after`` are the old and the new text, None if there was or is none. ``values`` fill the fields of
    the sentence that are not listed here: ``(("field", "outlet"),)``.
    """

    kind: str
    id: str
    place: Place
    side: Side = "head"
    briefing: str = ""
    claim: str = ""
    source: str = ""
    speaker: str = ""
    about: str = ""
    before: str | None = None
    after: str | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> Level:
        """Fact, evidence or wording."""
        return KINDS[self.kind].level

    @property
    def subject(self) -> str:
        """The sort of thing that ``id`` names: claim, statement, source, speaker, lock ..."""
        return KINDS[self.kind].subject

    @property
    def first(self) -> bool:
        """Whether a reviewer must see it before all else."""
        return KINDS[self.kind].first

    @property
    def correction(self) -> bool:
        """Whether it corrects something that readers may have relied on."""
        return KINDS[self.kind].correction

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The sentence in pieces, each with whether a contributor may have typed it."""
        values = {"id": self.id, "claim": self.claim, "source": self.source, **dict(self.values)}
        parts = []
        for literal, field, _, _ in Formatter().parse(KINDS[self.kind].sentence):
            parts.append((literal, False))
            if field is not None:
                parts.append((values[field] or "nobody", field not in OWN_FIELDS and bool(values[field])))
        return tuple(part for part in parts if part[0])

    @property
    def sentence(self) -> str:
        """What changed, in one sentence; contributors' text is in quotation marks."""
        return "".join(f'"{text}"' if typed else text for text, typed in self.parts)


@dataclass(frozen=True)
class Comparison:
    """What differs between two trees, and what could not be read on either side."""

    changes: tuple[Change, ...]
    unread: tuple[tuple[Side, Problem], ...] = ()
    skipped: tuple[str, ...] = ()
    """Briefings that both sides have, but that one of them cannot read at all."""

    @property
    def needs_second_reader(self) -> bool:
        """Whether there is anything that a reviewer must see first, or anything that nobody can compare."""
        return bool(self.unread or self.skipped) or any(change.first for change in self.changes)


def sort_changes(changes: Iterable[Change]) -> list[Change]:
    """Changes in reading order: what a reviewer must see first, files besides data before all else; then by level,
    briefing and place."""
    rank = {level: number for number, level in enumerate(LEVELS)}

    def key(c: Change) -> tuple[object, ...]:
        place = (c.place.path, c.place.line, c.place.column)
        importance = (not c.first, c.subject != "file", rank[c.level])
        return (*importance, c.briefing, *place, c.kind, c.id, c.sentence, c.before or "", c.after or "")

    return sorted(changes, key=key)
