"""Writes suggestions as statements: which words to quote, whom they are credited to, what to search for. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from synoptic.compare.lock import find_quotation
from synoptic.compare.quotations import (
    MIN_NARRATION,
    count_words,
    list_quotations,
)
from synoptic.model.records import Claim, Source, Speaker
from synoptic.model.site import Briefing, Site
from synoptic.suggest.budget import Budget, list_words
from synoptic.suggest.draft import Suggestion, match_speaker
from synoptic.suggest.listing import shorten
from synoptic.suggest.search_terms import TermChooser
from synoptic.suggest.word_lists import phrases, words_of
from synoptic.text.match import Match
from synoptic.text.names import count_spared
from synoptic.text.quotation_marks import find_quoted
from synoptic.text.sentences import split_sentences

PLACEHOLDER = "TODO: say in your own words what is claimed"
_ARTICLE = re.compile(r"(?:the|an?|some|l[ea]s?|des|une?|der|die|das|eine?)\s|l['\u2019]", re.IGNORECASE)
#: Words that join a clause to the one before it.
_JOINS = re.compile(r"^(?:and|but|or|yet|so|et|mais|ou|und|aber|oder|sondern|doch|y|pero|o)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Quote:
    """Words to quote: how many count, whether they are somebody's speech, their place, and what `check` will ask."""

    text: str
    words: int
    speech: bool
    match: Match
    faults: tuple[str, ...] = ()
    too_long: bool = False


@dataclass(frozen=True)
class Pick:
    """A passage that somebody picked, as a new statement.

    ``statement`` and ``claim``, which contains it, have the keys of the format; ``claim`` is empty if the statement
    joins one. ``speaker`` is to be declared: an unnamed one in its source. ``same_as`` is a statement or number that
    has these words already; then nothing else is set. ``faults`` are what `check` will ask.
    """

    number: int
    source: str
    statement: dict[str, str | int]
    claim: dict[str, object]
    speaker: Speaker | None = None
    faults: tuple[str, ...] = ()
    same_as: str = ""


class StatementWriter:
    """Writes the suggestions of one source as statements."""

    def __init__(self, briefing: Briefing, source: Source, site: Site, taken: set[str] | None = None) -> None:
        self.briefing, self.source, self.site = briefing, source, site
        self.text = briefing.texts[source.id]
        self.known: list[Speaker] = [*site.speakers, *source.speakers]
        self.limits = site.vocabulary.quoting
        self._markers = site.vocabulary.markers_of(source.lang)
        words = words_of(source.lang, self._markers)
        self._terms, self._says = TermChooser(source.lang, words), phrases([*words.reporting, *words.crediting])
        self._taken = list_ids(briefing) if taken is None else taken
        self._used_terms: set[str] = set()
        self._others = [text for name, text in briefing.texts.items() if name != source.id]

    def choose_quote(self, suggestion: Suggestion, within: str = "") -> Quote | None:
        """The words to quote of a passage that break no rule, else those that break the fewest; they hold ``within``.

        None if the words cannot be found in the text as they are.
        """
        found: list[Quote] = []
        for text in _list_shorter_quotes(suggestion.text):
            match = self.text.find(text, block=suggestion.paragraph, markers=self._markers.all, lang=self.source.lang)
            if match is None or within not in text:
                continue
            words = sum(b - a + 1 for a, b in match.ranges)
            speech = bool(suggestion.speaker) and match.marked
            counted, most = count_words(text, words), self._limit(match, speech)
            if counted > most and self._is_body(suggestion.paragraph):
                counted -= count_spared(text, self.source.lang)
            if found and counted < MIN_NARRATION and not speech:
                continue  # a scrap of what is too long says nothing
            faults = self._list_faults(counted, most, speech, match)
            if suggestion.kind == "credited" and not self._says.search(text):
                faults = (*faults, f"perhaps {suggestion.speaker or 'nobody'} does not say this part")
            quote = Quote(text, words, speech, match, faults, counted > most)
            if not quote.faults:
                return quote
            found.append(quote)
        return min(found, key=lambda q: (q.too_long, len(q.faults), bool(q.match.beside), q.words), default=None)

    def _is_body(self, paragraph: int) -> bool:
        """Whether names count as one word there; in a headline or a caption, capitals show no name."""
        return self.site.vocabulary.get("blocks", self.source.paragraphs.get(paragraph, "body")).counts

    def _limit(self, match: Match, speech: bool) -> int:
        """How many words of narration, of a whole sentence of it, or of ``speech``, may be quoted together."""
        if speech or self.source.voice:
            return self.limits.speech
        return self.limits.whole_sentence if match.whole else self.limits.narration

    def _list_faults(self, counted: int, most: int, speech: bool, match: Match) -> tuple[str, ...]:
        """What `check` will ask of words to quote."""
        limit = f"{most} may be quoted"
        if not (speech or self.source.voice):
            limit = f"{self.limits.narration} may be quoted, or {self.limits.whole_sentence} of one whole sentence"
        faults = [f"{counted} words, at most {limit}"] if counted > most else []
        if counted < MIN_NARRATION and not speech:
            faults.append(f"{counted} words, at least {MIN_NARRATION} are needed")
        if match.beside:
            faults.append(f"its sentence also has {', '.join(match.beside)}")
        return tuple(faults)

    def choose_term(self, quote: str) -> str | None:
        """A search term for a quotation that no other claim drafted here has; None if it has only common words."""
        term = self._terms.choose(quote, self._others, self._used_terms)
        self._used_terms |= {term} if term else set()
        return term

    def make_name(self, base: str) -> str:
        """An unused id for a claim, made of ``base``."""
        base, number = base[:40].strip("-"), 1
        while (name := base if number == 1 else f"{base}-{number}") in self._taken:
            number += 1
        self._taken.add(name)
        return name

    def make_statement(self, suggestion: Suggestion, quote: Quote, speaker: str | None) -> dict[str, str | int]:
        """A statement in the keys of the format, without those that may be left out."""
        statement: dict[str, str | int] = {"source": self.source.id}
        statement |= {"speaker": speaker} if speaker else {}
        statement["quote"] = quote.text
        if {match.block for match in self.text.find_all(quote.text)} - {suggestion.paragraph}:
            statement["paragraph"] = suggestion.paragraph
        return statement

    def make_claim(self, paragraph: int, quote: Quote, statement: dict[str, str | int]) -> dict[str, object]:
        """A new claim of one statement; its sentence is still to be written. Its id comes from its search term."""
        term = self.choose_term(quote.text)
        name = self.make_name(make_id(term or "") or f"paragraph-{paragraph}")
        below = {self.source.id: {key: value for key, value in statement.items() if key != "source"}}
        return {"id": name, "claim": PLACEHOLDER, "kind": "state", "terms": [term] if term else [], "statements": below}

    def find_speaker(self, suggestion: Suggestion) -> tuple[str | None, Speaker | None]:
        """The id of whoever is credited with a passage, and the speaker to declare if nobody has; both None if nobody
        is credited."""
        if not (name := suggestion.speaker):
            return None, None
        meant = match_speaker(name, self.known)
        if meant in {speaker.id for speaker in self.known}:
            return meant, None
        new = self._make_speaker(name, suggestion.speaker_kind)
        self.known.append(new)
        return new.id, new

    def _make_speaker(self, name: str, kind: str) -> Speaker:
        """A speaker with an id of their name; an unnamed one has the source's before it."""
        base = make_id(_ARTICLE.sub("", name, count=1) if kind == "unnamed" else name) or "speaker"
        base = (f"{self.source.id}-{base}" if kind == "unnamed" or base == "speaker" else base)[:60].strip("-")
        taken = {*self.site.speaker, *(s.id for source in self.briefing.sources for s in source.speakers)}
        taken |= {s.id for s in self.known}
        number = next(n for n in range(1, len(taken) + 2) if (base if n == 1 else f"{base}-{n}") not in taken)
        return Speaker(id=base if number == 1 else f"{base}-{number}", name=name, kind=kind or "person")


def list_ids(briefing: Briefing) -> set[str]:
    """Every id that a new statement or claim must not have."""
    taken = {s.id for s in list_quotations(briefing)} | set(briefing.claim)
    return taken | {f.id for f in briefing.figures} | {e.id for e in briefing.events}


def make_id(name: str) -> str:
    """``name`` as an id: small letters, digits and hyphens; "" if it has no letter of ASCII."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_name.replace("'", "")))


# -- picks, for a claims file ----------------------------------------------------------------------------------------


def make_picks(
    briefing: Briefing, site: Site, chosen: Sequence[Suggestion], passages: Sequence[Suggestion], claim: Claim | None
) -> list[Pick]:
    """The ``chosen`` of all ``passages`` as statements of ``claim``, or each with a new claim.

    Words that a statement of the source (of the claim, if one is given) quotes already are not taken twice.
    """
    taken = list_ids(briefing)
    writers: dict[str, StatementWriter] = {}
    budgets: dict[str, Budget] = {}
    quoted: dict[str, list[tuple[str, set[int]]]] = {}  # by source: who quotes which words
    for statement in claim.statements if claim else [s for c in briefing.claims for s in c.statements]:
        if statement.source in briefing.texts and (source := briefing.source.get(statement.source)):
            place = find_quotation(statement, source, briefing.texts[source.id], site.vocabulary)
            quoted.setdefault(source.id, []).append((statement.id, list_words(place) if place else set()))
    declared: list[Speaker] = []
    picks = []
    for one in chosen:
        source = briefing.source[one.source]
        writer = writers.setdefault(source.id, StatementWriter(briefing, source, site, taken))
        writer.known += [speaker for speaker in declared if speaker.id not in {s.id for s in writer.known}]
        around = find_enclosing(one, passages, writer.text.blocks[one.paragraph - 1])
        quote = writer.choose_quote(around, one.text if one.kind in ("figure", "date") else "") or writer.choose_quote(
            around
        )
        if quote is None:
            picks.append(Pick(one.number, source.id, {}, {}, faults=("its words could not be found in the text",)))
            continue
        if quote.too_long:
            fault = f"{quote.faults[0]}; write the statement by hand, with the part that you need"
            picks.append(Pick(one.number, source.id, {}, {}, faults=(fault,)))
            continue
        words = list_words(quote.match)
        known = quoted.setdefault(source.id, [])
        if twin := next((name for name, taken_words in known if words & taken_words), ""):
            picks.append(Pick(one.number, source.id, {}, {}, same_as=twin))
            continue
        budget = budgets.setdefault(source.id, Budget(briefing, source, site))
        if fault := budget.take(quote.match, speech=quote.speech):
            picks.append(Pick(one.number, source.id, {}, {}, faults=(fault,)))
            continue
        speaker, new = writer.find_speaker(around)
        declared += [new] if new and new.kind != "unnamed" else []
        entry = writer.make_statement(one, quote, speaker)
        new_claim = {} if claim else writer.make_claim(one.paragraph, quote, entry)
        picks.append(Pick(one.number, source.id, entry, new_claim, new, quote.faults))
        known.append((f"number {one.number}", words))
    return picks


def find_enclosing(one: Suggestion, passages: Sequence[Suggestion], block: str) -> Suggestion:
    """What to quote for a passage: itself if somebody says it; else what somebody says around it, or its sentence."""
    if one.kind not in ("figure", "date"):
        return one
    for kind in ("quotation", "credited"):
        for other in passages:
            inside = other.start <= one.start and one.end <= other.end
            if (other.kind, other.source, other.paragraph) == (kind, one.source, one.paragraph) and inside:
                return other
    for start, end in split_sentences(block, find_quoted(block)):
        if start <= one.start < end:
            return replace(one, text=block[start:end], start=start, end=end)
    return one


# -- a draft to paste from -------------------------------------------------------------------------------------------


def render_yaml(briefing: Briefing, site: Site, suggestions: Sequence[Suggestion]) -> str:
    """Claims with statements to paste into a file in claims/; only the words of each claim are missing.

    Figures, dates and paragraphs become comments of a few words, like all that the rules do not let us quote: too long,
    a condition beside it, the budget spent.
    """
    parts = [
        "# Suggestions: paste what you want into claims/<topic>.yml and write each claim in your own words.\n"
        "# Then widen its terms, give it its kind, and run lock.\n"
    ]
    taken = list_ids(briefing)
    texts = [s for s in briefing.sources if s.id in briefing.texts]
    writers = {s.id: _DraftWriter(StatementWriter(briefing, s, site, taken)) for s in texts}
    parts.extend(writers[suggestion.source].write_entry(suggestion) for suggestion in suggestions)
    return "\n".join(parts)


class _DraftWriter:
    """Writes the suggestions of one source as YAML, within its budget of quotation."""

    def __init__(self, writer: StatementWriter) -> None:
        self.writer, self.source = writer, writer.source
        self.budget = Budget(writer.briefing, writer.source, writer.site)

    def write_entry(self, suggestion: Suggestion) -> str:
        """One suggestion: an entry of a claims file, or a comment."""
        if suggestion.kind not in ("quotation", "credited"):
            return self._comment(suggestion, "")
        quote = self.writer.choose_quote(suggestion)
        if quote is None or quote.faults:
            return self._comment(suggestion, "; ".join(quote.faults if quote else ["choose the words"]))
        speaker, new = self.writer.find_speaker(suggestion)
        statement = self.writer.make_statement(suggestion, quote, speaker)
        claim = self.writer.make_claim(suggestion.paragraph, quote, statement)
        if not claim["terms"]:
            return self._comment(suggestion, "no search term of its own could be found: write the claim by hand")
        if fault := self.budget.take(quote.match, speech=quote.speech):
            return self._comment(suggestion, fault)
        notes = [f"like: {', '.join(suggestion.resembles)}"] * bool(suggestion.resembles)
        if new:
            where = f"speakers: of sources/{self.source.id}.yml" if new.kind == "unnamed" else "briefings/speakers.yml"
            told_of = {"id": new.id, "name": new.name, "kind": new.kind}
            notes.append(f"declare in {where}: - {json.dumps(told_of, ensure_ascii=False)}")
        return "".join(f"# {note}\n" for note in notes) + _to_yaml(claim)

    def _comment(self, suggestion: Suggestion, why: str) -> str:
        text = shorten(suggestion.text)
        head = f"# {self.source.id}, paragraph {suggestion.paragraph}, {suggestion.kind}: {text}\n"
        notes = [f"said by: {shorten(suggestion.speaker or '')}"] * bool(suggestion.speaker) + [why] * bool(why)
        notes += [f"like: {', '.join(suggestion.resembles)}"] * bool(suggestion.resembles)
        notes += [f'searched for "{term}": answer it in {claim}' for claim, term in suggestion.terms]
        return head + "".join(f"#   {note}\n" for note in notes)


def _to_yaml(value: object, indent: str = "", first: str = "- ") -> str:
    """A claim as an entry of a list."""
    if not isinstance(value, dict):
        return f" {json.dumps(value, ensure_ascii=False)}\n"
    rows = []
    for number, (key, inner) in enumerate(value.items()):
        begin = f"{indent}{'  ' if first and number else first}{key}:"
        rows.append(
            begin + "\n" * isinstance(inner, dict) + _to_yaml(inner, f"{indent}{'  ' if not first else '    '}", "")
        )
    return "".join(rows)


def _list_shorter_quotes(text: str) -> Iterator[str]:
    """Ways to quote a passage, the longest first: all of it, its first sentences, its sentences, its clauses."""
    whole = text.strip().rstrip(",;: ")
    yield whole
    ends = [m.end() for m in re.finditer(r"[.!?]+[\"'\u201d\u2019)]*(?=\s)|[\u3002\uff01\uff1f]", whole)]
    for end in reversed(ends):
        yield whole[:end]
    starts = [0, *ends]
    for start, end in zip(starts, [*ends, len(whole)], strict=True):
        sentence = whole[start:end].strip()
        if sentence not in ("", whole):
            yield sentence
            yield sentence.rstrip(".")
    cuts = [m.start() for m in re.finditer(r"[,;:\u2014\uff0c\uff1b](?:\s|(?<=[\u2014\uff0c\uff1b]))", whole)]
    for cut in reversed(cuts):
        yield whole[:cut].strip()
    for cut in cuts:
        yield _JOINS.sub("", whole[cut + 1 :].strip().rstrip("."))
