"""Writes suggestions as claims with statements, within the limits of quotation. Pure."""

import json
import re
from collections.abc import Iterator, Sequence

from build_tools.check.quotations import (
    MAX_NARRATION,
    MAX_SPEECH,
    MIN_NARRATION,
    NARRATION_SHARE,
    QUOTED_SHARE,
    count_words,
)
from build_tools.compare.quotations import list_quotations, measure_coverage
from build_tools.model.records import Source
from build_tools.model.site import Briefing, Site
from build_tools.suggest.draft import Suggestion
from build_tools.suggest.listing import shorten
from build_tools.text.folding import fold, split_words

PLACEHOLDER = "TODO: say in your own words what is claimed"


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
            lines.append(f"      # speaker: {shorten(suggestion.speaker)}   (declare it first; then quote more)")
        lines += ["      stance: asserts", f"      quote: {json.dumps(quote, ensure_ascii=False)}"]
        if {match.block for match in self.text.find_all(quote)} - {suggestion.paragraph}:
            lines.append(f"      paragraph: {suggestion.paragraph}")
        if suggestion.resembles:
            lines.insert(0, f"# like: {', '.join(suggestion.resembles)}")
        return "\n".join(lines) + "\n"

    def _comment(self, suggestion: Suggestion, why: str) -> str:
        text = shorten(suggestion.text)
        head = f"# {self.source.id}, paragraph {suggestion.paragraph}, {suggestion.kind}: {text}\n"
        notes = [f"said by: {shorten(suggestion.speaker or '')}"] * bool(suggestion.speaker) + [why] * bool(why)
        notes += [f"like: {', '.join(suggestion.resembles)}"] * bool(suggestion.resembles)
        notes += [f'searched for "{term}": answer it in {claim}' for claim, term in suggestion.terms]
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
            match = self.text.find(quote, block=suggestion.paragraph, markers=markers, lang=self.source.lang)
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
