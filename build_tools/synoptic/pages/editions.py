"""Changes in plain sentences: what was done to what, how often, and to which claims, without our ids. Pure.

An edition is what changed in a day.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from synoptic.model.change import Change
from synoptic.model.history import Entry, History
from synoptic.model.site import Briefing, Site
from synoptic.pages.changed_values import read_value
from synoptic.pages.context import Link, changed_claim_link
from synoptic.pages.foreign import in_language
from synoptic.pages.summaries import SUMMARIES
from synoptic.text.language import format_date, gettext, join_list, join_remarks, ngettext, spell_number
from synoptic.text.retell import retell_parts
from synoptic.text.spoken import tag_of
from synoptic.text.word_diff import Piece, diff_words

MOST_PIECES = 20  # of a word diff; beyond that both texts are shown whole
#: What changed and what was done to it, by kinds of change. ``{s}`` is where the plural goes; ``list_messages`` makes
#: messages of it.
_WORDS: Mapping[tuple[str, str], str] = {
    ("briefing{s}", "published"): "briefing-added",
    ("briefing{s}", "removed"): "briefing-removed",
    ("briefing{s}", "given another status"): "briefing-status",
    ("briefing{s}", "put into another language"): "briefing-language",
    ("briefing{s}", "retitled"): "briefing-title",
    ("main question{s}", "reworded"): "briefing-question",
    ("claim{s}", "added"): "claim-added",
    ("claim{s}", "removed"): "claim-removed",
    ("claim{s}", "reworded"): "claim-reworded",
    ("claim{s}", "given another kind"): "claim-kind",
    ("claim{s}", "given another label"): "verdict-changed",
    ("claim{s}", "moved to another topic"): "claim-topic",
    ("claim{s}", "matched with another answer"): "claim-answer",
    ("claim{s}", "searched for in other words"): "terms-changed",
    ("claim{s}", "spelt differently"): "claim-respelt",
    ("note{s} on claims", "changed"): "claim-note",
    ("quotation{s}", "added"): "statement-added",
    ("quotation{s}", "removed"): "statement-removed",
    ("quotation{s}", "given another stance"): "statement-stance",
    ("quotation{s}", "credited to somebody else"): "statement-holder",
    ("quotation{s}", "traced to another article"): "statement-source",
    ("quotation{s}", "moved to another claim"): "statement-moved",
    ("quotation{s}", "described differently"): "statement-changed",
    ("quotation{s}", "lengthened"): "quotation-lengthened",
    ("quotation{s}", "shortened"): "quotation-cut",
    ("quotation{s}", "replaced"): "quotation-replaced",
    ("quotation{s}", "spelt differently"): "quotation-respelt",
    ("quotation{s}", "left unchecked"): "quotation-unlocked quotation-unsigned",
    ("quotation{s}", "checked only by their editor"): "quotation-own-check",
    ("quotation{s}", "checked under a name that anybody can type"): "quotation-said-check",
    ("quotation{s}", "signed by one person alone"): "quotation-one-signature",
    ("quotation{s}", "found beside words that may limit them"): "quotation-limited",
    ("quotation{s}", "given words of ours in brackets"): "quotation-brackets",
    ("quotation{s}", "found elsewhere in the same text"): "lock-entry",
    ("translation{s}", "changed"): "statement-translation",
    ("note{s} on quotations", "changed"): "statement-note",
    ("article{s}", "added"): "source-added",
    ("article{s}", "removed"): "source-removed",
    ("article{s}", "described differently"): "source-changed source-described",
    ("article{s}", "credited to another author"): "source-voice",
    ("article{s}", "checked"): "lock-added",
    ("article{s}", "checked again"): "lock-changed",
    ("article{s}", "described by other kinds of facts"): "lock-facts",
    ("article{s}", "checked in another copy"): "lock-text",
    ("article{s}", "left without a check"): "lock-removed",
    ("article page{s}", "edited after being quoted"): "page-edited",
    ("article page{s}", "looked at"): "look-added",
    ("look{s} at article pages", "removed from our record"): "look-removed",
    ("second reading{s}", "added"): "reading-added",
    ("second reading{s}", "removed"): "reading-removed",
    ("second reading{s}", "changed"): "reading-changed reading-answer",
    ("search result{s}", "changed"): "lock-search",
    ("silence{s}", "looked at again"): "silence-changed",
    ("silence{s}", "explained"): "passed-over-added passed-over-reason",
    ("explanation{s} of silence", "withdrawn"): "passed-over-removed",
    ("link{s} between claims", "added"): "relation-added",
    ("link{s} between claims", "removed"): "relation-removed",
    ("link{s} between claims", "changed"): "relation-changed relation-reason",
    ("response{s}", "added"): "reply-added",
    ("response{s}", "removed"): "reply-removed",
    ("response{s}", "changed"): "reply-changed",
    ("topic{s}", "added"): "topic-added",
    ("topic{s}", "removed"): "topic-removed",
    ("topic{s}", "retitled"): "topic-retitled",
    ("question{s}", "reworded"): "topic-question",
    ("answer{s}", "added"): "answer-added",
    ("answer{s}", "removed"): "answer-removed",
    ("answer{s}", "reworded"): "answer-reworded",
    ("answer{s}", "spelt differently"): "answer-respelt",
    ("answer{s}", "matched with other claims"): "answer-support",
    ("conflict{s} between answers", "marked"): "apart-added",
    ("conflict{s} between answers", "withdrawn"): "apart-removed",
    ("conflict{s} between answers", "explained differently"): "apart-reason",
    ("sentence{s} of the bottom line", "added"): "bottom-line-added",
    ("sentence{s} of the bottom line", "removed"): "bottom-line-removed",
    ("sentence{s} of the bottom line", "reworded"): "bottom-line-reworded",
    ("sentence{s} of the bottom line", "spelt differently"): "bottom-line-respelt",
    ("sentence{s} of the bottom line", "linked to other claims"): "bottom-line-claims",
    ("sentence{s} of the bottom line", "excepted from another rule"): "bottom-line-allow",
    ("figure{s}", "added"): "figure-added",
    ("figure{s}", "removed"): "figure-removed",
    ("figure{s}", "changed"): "figure-changed",
    ("figure{s}", "linked to other words"): "figure-bound",
    ("note{s} on figures", "changed"): "figure-note",
    ("event{s}", "added"): "event-added",
    ("event{s}", "removed"): "event-removed",
    ("event{s}", "changed"): "event-changed",
    ("event{s}", "linked to other words"): "event-bound",
    ("person{s} or organisation{s}", "added"): "speaker-added",
    ("person{s} or organisation{s}", "removed"): "speaker-removed",
    ("person{s} or organisation{s}", "described differently"): "speaker-changed speaker-note",
    ("pair{s} of passages", "added"): "parallel-added",
    ("pair{s} of passages", "removed"): "parallel-removed",
    ("pair{s} of passages", "changed"): "parallel-changed",
    ("address{es}", "replaced, with links from the old"): "claim-id statement-id source-id topic-id speaker-id "
    "answer-id figure-id event-id address-changed",
    ("removal{s}", "explained"): "gone-added",
    ("removal{s}", "taken back"): "gone-removed",
    ("published address{es}", "dropped from the register"): "register-removed",
    ("search{es}", "narrowed"): "search-narrowed",
    ("record{s}", "added with more words"): "rest-added",
    ("record{s}", "removed with more words"): "rest-removed",
    ("other file{s}", "added"): "file-added",
    ("other file{s}", "changed"): "file-changed",
    ("other file{s}", "removed"): "file-removed",
    ("signature{s} or time stamp{s}", "added"): "proof-added",
    ("signature{s} or time stamp{s}", "changed"): "proof-changed",
    ("signature{s} or time stamp{s}", "removed"): "proof-removed",
    ("number{s} of signatures", "changed"): "signatures-demanded",
    ("key{s} of readers", "added"): "signer-added",
    ("key{s} of readers", "removed"): "signer-removed",
    ("list{s} of time-stamping authorities", "changed"): "authorities-changed",
    ("list{s} of editors", "changed"): "editors-changed",
    ("list{s} of watched names", "changed"): "watch-changed",
    ("list{s} of words", "changed"): "markers-changed",
    ("limit{s} of quoting", "changed"): "quoting-changed",
    ("word{s} of this site", "added"): "vocabulary-added",
    ("word{s} of this site", "removed"): "vocabulary-removed",
    ("word{s} of this site", "explained differently"): "vocabulary-label vocabulary-rule",
}
#: Kind of change to what changed and what was done to it.
WORDS = {kind: words for words, kinds in _WORDS.items() for kind in kinds.split()}
#: Kinds whose texts before and after are lists of ids, shown by name or not at all.
_IDS = frozenset({
    *("claim-answer", "claim-topic", "answer-support", "bottom-line-claims", "statement-holder", "statement-source"),
    *("figure-bound", "event-bound", "register-removed", "address-changed"),
})  # fmt: skip
_FIELDS_OF_IDS = frozenset({"anchor", "headline of", "origin", "speaker", "statements", "utterance", "voice"})


class Item(NamedTuple):
    """One change: what it is about (a link, or else words), more words about that, and the word diff: kind (``same``,
    ``gone``, ``new``), the space before it, text; ``lang`` is the language of that, if the page speaks another."""

    link: Link | None
    about: str
    more: str
    pieces: Sequence[tuple[str, str, str]]
    lang: str = ""


class Group(NamedTuple):
    """Changes of which one sentence tells."""

    sentence: str
    items: list[Item]


class Reader:
    """Reads changes as a visitor would: by the words of today's claims, topics, articles and people."""

    def __init__(self, site: Site, history: History) -> None:
        self._site, self._history = site, history
        self._names: dict[str, Mapping[str, str]] = {}

    def group(self, changes: Sequence[tuple[Entry, Change]]) -> list[Group]:
        """The changes by what was done, in the order of WORDS."""
        by_words: dict[tuple[str, str], list[tuple[Entry, Change]]] = {}
        for pair in changes:
            by_words.setdefault(WORDS[pair[1].kind], []).append(pair)
        return [
            Group(self._count(words, [change for _, change in found]), [self.describe(*pair) for pair in found])
            for words in _WORDS
            if (found := by_words.get(words))
        ]

    def describe(self, entry: Entry, change: Change) -> Item:
        """One change with the words before and after it."""
        values = dict(change.values)
        by_id = change.kind in _IDS or change.kind.endswith("-id") or values.get("field") in _FIELDS_OF_IDS
        before, after = (self._read(change, text, by_id=by_id) for text in (change.before, change.after))
        link, about = self.name(change)
        source = self._name_of(change, "source", change.source)
        more = [source if source != about else "", retell_parts(values.get("summary", ""), SUMMARIES)]
        if reverted := self._history.reverted.get((entry.commit, change)):
            more.append(gettext("undoes the change of %(date)s", date=format_date(reverted.day)))
        pieces = diff_words(before, after)
        if len(pieces) > MOST_PIECES:
            pieces = (Piece("gone", before or ""), Piece("new", f" {after or ''}"))
        known = not (before and after) and (before or after) == (link.text if link else about)
        if known or change.kind.endswith("-id"):
            pieces = ()
        diff = [(piece.kind, " " * piece.text.startswith(" "), piece.text.lstrip(" ")) for piece in pieces]
        typed = any(read and read in (raw or "") for read, raw in ((before, change.before), (after, change.after)))
        lang = tag_of(in_language("any", self._language_of(change))) if typed else ""
        return Item(link, about, join_list(filter(None, more)), diff, lang)

    def name(self, change: Change) -> tuple[Link | None, str]:
        """What a change is about: its claim as it is today, with a link, or else the words for it."""
        if change.subject == "reading":
            return None, dict(change.values)["name"]
        link = changed_claim_link(self._site, self._history, change)
        if link or change.about:
            return link, "" if link else in_language(change.about, self._language_of(change))
        topic = dict(change.values).get("topic", "")
        tried = ((change.subject, change.id), ("topic", topic), ("source", change.source), ("speaker", change.speaker))
        return None, next(filter(None, (self._name_of(change, *one) for one in tried)), change.before or "")

    def _language_of(self, change: Change) -> str:
        """The language of the words that a change is of."""
        briefing = self._site.briefing.get(change.briefing)
        source = briefing.source.get(change.source) if briefing else None
        if source and change.kind.startswith(("quotation-", "statement-added", "statement-removed")):
            return source.lang
        return (briefing.file.language if briefing else "") or self._site.publication.language

    def _name_of(self, change: Change, subject: str, known: str) -> str:
        """The name of what has or had an id; empty if there is none today."""
        briefing = self._site.briefing.get(change.briefing)
        if not briefing or not known:
            return ""
        if change.briefing not in self._names:
            self._names[change.briefing] = dict(_find_names(self._site, briefing))
        names = self._names[change.briefing]
        return names.get(known) or names.get(self._history.current_id(change.briefing, subject, known), "")

    def _read(self, change: Change, text: str | None, *, by_id: bool) -> str | None:
        """A text before or after a change without ids: those that have a name are replaced by it."""
        if text is None or change.subject == "reading":  # what it says is on the overview
            return None
        if by_id:
            found = [self._name_of(change, "claim", part) for part in text.split("; ")]
            return join_remarks(found) if all(found) else None
        return read_value(self._site.vocabulary, change, text)

    def _count(self, words: tuple[str, str], changes: Sequence[Change]) -> str:
        """``Two claims were added to “The closing”.``"""
        number = len(changes)
        told = ngettext(*_messages(words), number, count=spell_number(number))
        told = f"{told[:1].upper()}{told[1:]}"
        topics = {self._find_topic(change) for change in changes}
        if words[0] not in ("claim{s}", "quotation{s}") or "" in topics:
            return gettext("%(told)s.", told=told)
        if len(topics) == 1:
            if words[1] == "added":
                # For translators: %(told)s is "Two claims were added".
                return gettext("%(told)s to “%(topic)s”.", told=told, topic=min(topics))
            # For translators: %(told)s is "Two claims were reworded".
            return gettext("%(told)s in “%(topic)s”.", told=told, topic=min(topics))
        several = ngettext("%(spelt)s topic", "%(spelt)s topics", len(topics), spelt=spell_number(len(topics)))
        if words[1] == "added":
            return gettext("%(told)s to %(topics)s.", told=told, topics=several)
        return gettext("%(told)s in %(topics)s.", told=told, topics=several)

    def _find_topic(self, change: Change) -> str:
        """The title of the topic that a change's claim is in today; empty if there is none."""
        briefing = self._site.briefing.get(change.briefing)
        name = self._history.current_id(change.briefing, "claim", change.claim)
        claim = briefing.claim.get(name) if briefing else None
        return next((t.title for t in briefing.file.topics if t.id == claim.topic), "") if briefing and claim else ""


def name_kind(change: Change) -> str:
    """``Claim reworded``: what was done to what, for one change."""
    return gettext(_title(WORDS[change.kind]))


def list_messages() -> Iterator[tuple[str, str] | str]:
    """What the table says, for catalogues: each sentence about one change and about several, and each title."""
    for words in _WORDS:
        yield _messages(words)
        yield _title(words)


@functools.cache
def _messages(words: tuple[str, str]) -> tuple[str, str]:
    """``%(count)s claim was added``, and the same of several."""
    noun, done = words
    one, many = _inflect(noun, 1), _inflect(noun, 2)
    return f"%(count)s {one} was {done}", f"%(count)s {many} were {done}"


@functools.cache
def _title(words: tuple[str, str]) -> str:
    """``Claim added``."""
    return _inflect(" ".join(words), 1).capitalize()


def _inflect(words: str, number: int) -> str:
    return words.replace("{s}", "s" * (number != 1)).replace("{es}", "es" * (number != 1))


def _find_names(site: Site, briefing: Briefing) -> Iterator[tuple[str, str]]:
    """The ids of a briefing, each with the words by which readers know what has it."""
    yield from ((figure.id, figure.measures) for figure in briefing.figures)
    yield from ((event.id, event.what) for event in briefing.events)
    yield from ((speaker.id, speaker.name) for speaker in site.speakers_of(briefing).values())
    yield from ((answer.id, answer.text) for topic in briefing.file.topics for answer in topic.answers)
    yield from ((topic.id, topic.title) for topic in briefing.file.topics)
    yield from ((source.id, source.name) for source in briefing.sources)
    yield from ((claim.id, claim.claim) for claim in briefing.claims)
    yield "the article itself", gettext("the article itself")
