"""Suggests what no statement of a source covers yet, and writes it as text, JSON or YAML. Pure.

Suggestions are guesses; an editor chooses, and `check` treats what is kept like anything else.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from build_tools.check.quotations import (
    MAX_NARRATION,
    MAX_SPEECH,
    MIN_NARRATION,
    NARRATION_SHARE,
    QUOTED_SHARE,
    count_words,
)
from build_tools.compare.lock import find_quotation
from build_tools.compare.quotations import list_quotations, measure_coverage
from build_tools.model.records import Claim, Source, Speaker
from build_tools.model.site import Briefing, Site
from build_tools.suggest import figures_dates
from build_tools.suggest.reader import Reader
from build_tools.suggest.word_lists import words_of
from build_tools.text.folding import CJK, fold, split_words
from build_tools.text.match import Text
from build_tools.text.shared_runs import OWN_WORDS

KINDS = ("quotation", "credited", "figure", "date", "paragraph")
PLACEHOLDER = "TODO: say in your own words what is claimed"
LIKE = 62.0  # least similarity, of 100, of the claims named beside a suggestion
MOST = 3  # claims named beside a suggestion, at most
SHARE = 0.25  # a passage is covered if this share of its words is quoted
#: Kinds of paragraph without anything to claim.
IDLE = frozenset({"section-label", "byline", "dateline", "author-note", "heading", "caption", "video-line"})


@dataclass(frozen=True)
class Suggestion:
    """A passage to look at: kind, source, paragraph (from 1), words, speaker, and the claims that it resembles.

    ``terms`` are unanswered searches that hit the paragraph, as (claim id, term).
    """

    kind: str
    source: str
    paragraph: int
    text: str
    speaker: str | None = None
    resembles: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


def find_covered_blocks(briefing: Briefing, source: str) -> dict[int, list[str]]:
    """The paragraphs in which quotations of a source begin, each with the ids of the statements."""
    touched: dict[int, list[str]] = {}
    for statement in list_quotations(briefing, source):
        if (entry := briefing.locked(statement)) is not None:
            touched.setdefault(entry.block, []).append(statement.id)
    return touched


def suggest(briefing: Briefing, source: Source, site: Site) -> list[Suggestion]:
    """Suggestions for everything in a source that no statement covers yet, in its order. Its text must be at hand."""
    draft = _Draft(briefing, source, site)
    suggestions = [*draft.find_statements(), *draft.find_figures_and_dates(), *draft.find_paragraphs()]
    return sorted(suggestions, key=lambda s: (s.paragraph, KINDS.index(s.kind)))


class _Draft:
    """Compares one source with one briefing."""

    def __init__(self, briefing: Briefing, source: Source, site: Site) -> None:
        self.briefing, self.source, self.site = briefing, source, site
        self.text: Text = briefing.texts[source.id]
        self.words = words_of(source.lang, site.vocabulary.markers_of(source.lang))
        self.reader = Reader(self.text.blocks, self.words)
        self.kinds = {n: source.paragraphs.get(n, "body") for n in range(1, len(self.text.blocks) + 1)}
        self.quoted = self._quoted()
        self._counted: dict[int, tuple[int, int]] = {}  # the last place asked for in a paragraph, the words before it
        self._first: list[int] = []  # the number of words before each paragraph
        total = 0
        for block in self.reader.blocks:
            self._first.append(total)
            total += len(split_words(fold(block)))
        self._like: dict[str, tuple[str, ...]] = {}
        self._likes = [(claim.id, _claim_words(claim)) for claim in briefing.claims]
        self._names = {s.id: s for s in site.speaker.values()} | {s.id: s for s in source.speakers}

    def _quoted(self) -> set[int]:
        """The numbers of all words that are quoted already, from the lock or, before the first lock, the text."""
        taken: set[int] = set()
        for statement in list_quotations(self.briefing, self.source.id):
            entry = self.briefing.locked(statement)
            match = None if entry else find_quotation(statement, self.source, self.text, self.site.vocabulary)
            for first, last in entry.words if entry else match.ranges if match else ():
                taken.update(range(first, last + 1))
        return taken

    def number_words(self, paragraph: int, start: int, end: int) -> range:
        """The numbers of the words between two places of a paragraph."""
        block = self.reader.blocks[paragraph - 1]
        at, before = self._counted.get(paragraph, (0, 0))
        if start < at:
            at, before = 0, 0
        before += len(split_words(fold(block[at:start])))
        self._counted[paragraph] = (start, before)
        inside = len(split_words(fold(block[start:end])))
        first = self._first[paragraph - 1] + before + 1
        return range(first, first + inside)

    def is_uncovered(self, paragraph: int, start: int, end: int, share: float = 0.0) -> bool:
        """Whether a passage is not quoted yet, or less than ``share`` of it is."""
        place = self.number_words(paragraph, start, end)
        hits = sum(n in self.quoted for n in place)
        return hits == 0 or hits < share * len(place)

    def find_statements(self) -> Iterator[Suggestion]:
        """Quotations and credited sentences."""
        for kind, passages in (("quotation", self.reader.quotations), ("credited", self.reader.credited)):
            for spoken in passages:
                idle = kind == "credited" and self.kinds[spoken.paragraph] in IDLE
                if not idle and self.is_uncovered(spoken.paragraph, spoken.start, spoken.end, SHARE):
                    speaker = match_speaker(spoken.speaker, self._names.values())
                    yield self.suggestion(kind, spoken.paragraph, spoken.text, speaker)

    def find_figures_and_dates(self) -> Iterator[Suggestion]:
        """Figures and dates."""
        for number, block in enumerate(self.reader.blocks, 1):
            if self.kinds[number] in ("dateline", "byline", "section-label"):
                continue
            days = figures_dates.find_dates(block, self.words)
            for kind, spans in (("figure", figures_dates.find_figures(block, self.words, days)), ("date", days)):
                for start, end in spans:
                    if self.is_uncovered(number, start, end):
                        yield self.suggestion(kind, number, block[start:end], None, around=block)

    def find_paragraphs(self) -> Iterator[Suggestion]:
        """Paragraphs that nothing covers, and those with an unanswered search term."""
        hits: dict[int, list[tuple[str, str]]] = {}
        for claim in self.briefing.claims:
            answered = {s.source for s in claim.statements} | {p.source for p in claim.passed_over}
            for term in claim.terms if self.source.id not in answered else ():
                for place in dict.fromkeys(self.text.search(term)):
                    hits.setdefault(place, []).append((claim.id, term))
        for number, whole in enumerate(self.reader.blocks, 1):
            bare = self.kinds[number] not in IDLE and self.is_uncovered(number, 0, len(whole))
            if bare or number in hits:
                yield self.suggestion("paragraph", number, whole, None, terms=tuple(hits.get(number, ())))

    def suggestion(
        self, kind: str, paragraph: int, text: str, speaker: str | None,
        *, around: str = "", terms: tuple[tuple[str, str], ...] = (),
    ) -> Suggestion:  # fmt: skip
        """Make a suggestion, with the claims that ``around`` or ``text`` resembles."""
        what = around or text
        if what not in self._like:  # many figures are in one paragraph
            self._like[what] = find_similar_claims(what, self._likes)
        like = self._like[what]
        return Suggestion(kind, self.source.id, paragraph, text, speaker, like, terms)


def _claim_words(claim: Claim) -> str:
    return fold(" ".join([claim.claim, *(s.quote for s in claim.statements)])).casefold()


def find_similar_claims(text: str, claims: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The ids of the claims most similar to ``text``, the most similar first. ``claims`` are (id, words)."""
    choices = dict(claims)
    mine = fold(text).casefold() if choices else ""
    if len(split_words(mine)) < 2:
        return ()
    best = process.extract(mine, choices, scorer=fuzz.token_set_ratio, score_cutoff=LIKE, limit=MOST)
    return tuple(name for _, _, name in best)


def match_speaker(name: str | None, known: Iterable[Speaker]) -> str | None:
    """The id of the declared speaker whom a name in the text means, else the name."""
    if name is None:
        return None
    mine = _name_words(name)
    fitting = [s.id for s in known if mine and _is_name_of(mine, s)]
    return fitting[0] if len(fitting) == 1 else name


@lru_cache(maxsize=4096)
def _name_words(name: str) -> list[str]:
    parts = split_words(fold(name).casefold().replace("'s", ""))
    return [p for p in parts if p not in ("the", "a", "an", "le", "la", "mr", "mrs", "ms", "dr", "sir")]


def _is_name_of(mine: Sequence[str], speaker: Speaker) -> bool:
    """Whether some words name a speaker: all of its name, or of a person the surname and nothing else."""
    theirs = _name_words(speaker.name)
    if list(mine) == theirs:
        return True
    if speaker.kind != "person":
        return False
    surname = next((w for w in reversed(theirs) if not re.fullmatch("[ivx]+", w)), "")
    return surname in mine and set(mine) <= set(theirs)


# -- the same for people, for programs, and for a claims file --------------------------------------------------------


def render_json(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as a JSON list of objects, which have ``terms`` only if there are any."""
    items = []
    for s in suggestions:
        item: dict[str, object] = {
            "kind": s.kind, "source": s.source, "paragraph": s.paragraph, "text": s.text,
            "speaker": s.speaker, "resembles": list(s.resembles),
        }  # fmt: skip
        if s.terms:
            item["terms"] = [{"claim": claim, "term": term} for claim, term in s.terms]
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def render_text(briefing: Briefing, sources: Iterable[Source], suggestions: Sequence[Suggestion]) -> str:
    """The suggestions for people, by source and paragraph."""
    lines = []
    for source in sources:
        own = [s for s in suggestions if s.source == source.id]
        touched, blocks = len(find_covered_blocks(briefing, source.id)), len(briefing.texts[source.id].blocks)
        lines.append(f"{source.id}: covered: {touched} of {blocks} paragraphs; {len(own)} suggestions")
        for suggestion in own:
            speaker = suggestion.speaker or ("?" if suggestion.kind == "quotation" else "")
            said = f"   said by: {speaker}" if speaker else ""
            whole = suggestion.kind != "paragraph" or len(suggestion.text) <= 120
            shown = suggestion.text if whole else f"{suggestion.text[:117]}..."
            lines.append(f"  {suggestion.paragraph:3} {suggestion.kind:<10} {shown}{said}")
            if suggestion.resembles:
                lines.append(f"      {'':<10} like: {', '.join(suggestion.resembles)}")
            lines += [f'      {"":<10} searched for "{term}": answer it in {claim}' for claim, term in suggestion.terms]
    return "\n".join(lines) + "\n"


def render_yaml(briefing: Briefing, site: Site, suggestions: Sequence[Suggestion]) -> str:
    """Claims with statements to paste into a file in claims/; only the words of each claim are missing.

    Figures, dates and paragraphs become comments of a few words, like all that the rules do not let us quote: too long,
    a condition beside it, the budget spent.
    """
    parts = [
        "# Suggestions: paste what you want into claims/<topic>.yml and write each claim in your own words.\n"
        "# Then widen its terms, give it its kind, and run lock.\n"
    ]
    writers = {s.id: _YamlWriter(briefing, s, site) for s in briefing.sources if s.id in briefing.texts}
    parts.extend(writers[suggestion.source].write_entry(suggestion) for suggestion in suggestions)
    return "\n".join(parts)


class _YamlWriter:
    """Writes the suggestions of one source as YAML, within its budget of quotation."""

    def __init__(self, briefing: Briefing, source: Source, site: Site) -> None:
        self.briefing, self.source, self.site = briefing, source, site
        self.text = briefing.texts[source.id]
        cover = measure_coverage(briefing, source)
        self.narration, self.all = cover.narration, cover.quoted
        self.declared = {s.id for s in site.speakers} | {s.id for s in source.speakers}
        self.taken = {s.id for s in list_quotations(briefing)} | set(briefing.claim)
        self.taken |= {f.id for f in briefing.figures} | {e.id for e in briefing.events}
        self.terms: set[str] = set()

    def write_entry(self, suggestion: Suggestion) -> str:
        """One suggestion: an entry of a claims file, or a comment."""
        if suggestion.kind not in ("quotation", "credited"):
            return self._comment(suggestion, "")
        speaker = suggestion.speaker if suggestion.speaker in self.declared else None
        fitting = self._choose_quote(suggestion, speaker)
        if fitting is None:
            why = "too long to quote, or there is a condition or negation beside it: choose the words"
            return self._comment(suggestion, why)
        quote, words, speech = fitting
        total = len(self.text.spans)
        told = 0 if speech else words
        if self.all + words >= QUOTED_SHARE * total or (told and self.narration + told >= NARRATION_SHARE * total):
            return self._comment(suggestion, "more than may be quoted of this source: choose")
        term = self._find_term(quote)
        if term is None:
            return self._comment(suggestion, "no search term of its own could be found: write the claim by hand")
        self.all += words
        self.narration += told
        name = self._name(suggestion)
        lines = [
            f"- id: {name}-claim",
            f"  claim: {json.dumps(PLACEHOLDER)}",
            "  kind: state",
            f"  terms: [{json.dumps(term, ensure_ascii=False)}]",
            "  statements:",
            f"    - id: {name}",
            f"      source: {self.source.id}",
        ]
        if speaker:
            lines.append(f"      speaker: {speaker}")
        elif suggestion.speaker:
            lines.append(f"      # speaker: {_shorten(suggestion.speaker)}   (declare it first; then quote more)")
        lines += ["      stance: asserts", f"      quote: {json.dumps(quote, ensure_ascii=False)}"]
        if {match.block for match in self.text.find_all(quote)} - {suggestion.paragraph}:
            lines.append(f"      paragraph: {suggestion.paragraph}")
        if suggestion.resembles:
            lines.insert(0, f"# like: {', '.join(suggestion.resembles)}")
        return "\n".join(lines) + "\n"

    def _comment(self, suggestion: Suggestion, why: str) -> str:
        text = _shorten(suggestion.text)
        head = f"# {self.source.id}, paragraph {suggestion.paragraph}, {suggestion.kind}: {text}\n"
        notes = [f"said by: {_shorten(suggestion.speaker or '')}"] * bool(suggestion.speaker) + [why] * bool(why)
        notes += [f"like: {', '.join(suggestion.resembles)}"] * bool(suggestion.resembles)
        notes += [f'searched for "{_to_one_line(term)}": answer it in {claim}' for claim, term in suggestion.terms]
        return head + "".join(f"#   {note}\n" for note in notes)

    def _name(self, suggestion: Suggestion) -> str:
        """An unused id for a statement."""
        base, n = f"{self.source.id[:44].strip('-')}-p{suggestion.paragraph}", 1
        while f"{base}-{n}" in self.taken or f"{base}-{n}-claim" in self.taken:
            n += 1
        self.taken |= {f"{base}-{n}", f"{base}-{n}-claim"}
        return f"{base}-{n}"

    def _choose_quote(self, suggestion: Suggestion, speaker: str | None) -> tuple[str, int, bool] | None:
        """The words to quote, how many they are, and whether they are speech: the first way that breaks no rule."""
        markers = self.site.vocabulary.markers_of(self.source.lang).all
        for quote in _list_shorter_quotes(suggestion.text):
            match = self.text.find(quote, block=suggestion.paragraph, markers=markers)
            if match is None or match.beside:
                continue
            words = sum(b - a + 1 for a, b in match.ranges)
            counted = count_words(quote, words)
            speech = bool(speaker) and match.marked
            if (counted <= MAX_SPEECH and speech) or MIN_NARRATION <= counted <= MAX_NARRATION:
                return quote, words, speech
        return None

    def _find_term(self, quote: str) -> str | None:
        """Words of a quotation that are in no other source, so the search leaves no question open."""
        tokens = split_words(fold(quote).casefold())
        others = [t for name, t in self.briefing.texts.items() if name != self.source.id]
        sizes = (4, 6, 8) if any(len(t) == 1 and ord(t) > 0x3000 for t in tokens) else (2, 3, 4)
        for size in sizes:
            for i in range(len(tokens) - size + 1):
                term = " ".join(tokens[i : i + size])
                if term in self.terms or sum(map(len, tokens[i : i + size])) < 4 + 4 * (size < 4):
                    continue
                if self.text.search(term) and not any(other.search(term) for other in others):
                    self.terms.add(term)
                    return term
        return None


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
        yield whole[cut + 1 :].strip().rstrip(".")


def _shorten(text: str) -> str:
    """The first words of ``text`` in one line of a comment, fewer than would be an article's wording."""
    line = _to_one_line(text)
    ends = (
        [match.end() for match in re.finditer(r"\w(?!\w)", line)]
        if not CJK.search(line)
        else [*range(1, len(line) + 1)]
    )
    fitting = [end for end in ends if len(split_words(fold(line[:end]))) < OWN_WORDS]
    return line if not fitting or fitting[-1] == ends[-1] else f"{line[: fitting[-1]]} ..."


def _to_one_line(text: str) -> str:
    """``text`` in one line of a comment."""
    return " ".join(text.split())
