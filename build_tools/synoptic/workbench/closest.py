"""Which claims some words are about, and where else an article may say what a claim says."""

import threading
from itertools import groupby
from typing import Any

from synoptic.base.cache import project_cache
from synoptic.compare.hits import states
from synoptic.model.records import Claim
from synoptic.similar.meaning import Meaning
from synoptic.similar.rank import Wordings, likely_sentences, near_duplicates, rank_claims
from synoptic.text.match import Text
from synoptic.workbench.article import place_words
from synoptic.workbench.kept import Kept, Reading

MOST_CLAIMS, MOST_SENTENCES = 20, 3


class Closest:
    """Compares claims and sentences by words and, if the optional library is here, by meaning."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._meaning: Meaning | None = None
        self._loaded = False
        self._lock = threading.RLock()  # the library serves one thread at a time

    def warm(self) -> None:
        """Load the library in a thread, so that nobody waits for it."""

        def load() -> None:
            with self._lock:
                if self.meaning:
                    self.meaning.score("ready", ["ready"])

        threading.Thread(target=load, daemon=True).start()

    @property
    def meaning(self) -> Meaning | None:
        """The library, loaded when it is first needed; None if it is not installed."""
        if not self._loaded:
            self._meaning, self._loaded = Meaning.load(project_cache(self._kept.root, "meaning")), True
        return self._meaning

    def rank(
        self, reading: Reading, words: str, source: str = "", speaker: str = "", speaker_name: str = ""
    ) -> dict[str, Any]:
        """The claims of a briefing closest to some words, the closest first. Words that the article ``source`` gives
        are ranked with the names of its outlet and of who says them: a known speaker's id, or a new one's name."""
        known = [Wordings.of(claim, source=source, words=words) for claim in reading.briefing.claims]
        names = _list_names(reading, source, speaker, speaker_name)
        with self._lock:
            ranked = rank_claims(words, known, self.meaning, names) if words else []
            self._save()
        return {"claims": [{"id": name, "score": score} for name, score in ranked[:MOST_CLAIMS] if score > 0]}

    def list_likely(self, reading: Reading, claim: Claim) -> dict[str, Any]:
        """For each article at hand without a statement on a claim, the sentences that most likely say it."""
        briefing = reading.briefing
        done = {statement.source for statement in claim.statements} | {one.source for one in claim.passes}
        found = []
        for source in briefing.sources:
            text = briefing.texts.get(source.id)
            if text is None or source.id in done:
                continue
            sentences = [one for one in list_sentences(text) if states(source, one["paragraph"])]
            with self._lock:
                ranked = likely_sentences(Wordings.of(claim), [one["text"] for one in sentences], self.meaning)
            best = [{**sentences[i], "score": score} for i, score in ranked[:MOST_SENTENCES] if score > 0]
            found.append({"source": source.id, "sentences": best})
        with self._lock:
            self._save()
            return {"sources": found, "how": "words and meaning" if self.meaning else "words"}

    def list_near(self, reading: Reading) -> dict[str, Any]:
        """Claims that say nearly the same as another of this briefing or of another one."""
        every = [Wordings.of(claim, briefing.slug) for briefing in reading.site.briefings for claim in briefing.claims]
        own = {f"{reading.briefing.slug}/{claim.id}" for claim in reading.briefing.claims}
        with self._lock:
            pairs = near_duplicates(every, self.meaning, own)
            self._save()
        return {"pairs": [{"claims": [first, second], "score": score} for first, second, score in pairs]}

    def _save(self) -> None:
        if self.meaning:
            self.meaning.save()


def _list_names(reading: Reading, source: str, speaker: str, speaker_name: str) -> list[str]:
    """The names that go with words of an article: of who says them, and of the outlet."""
    given = reading.briefing.source.get(source)
    if given and not (speaker or speaker_name):
        speaker = given.voice or ""
    known = reading.site.speakers_of(reading.briefing).get(speaker)
    names = (known.name if known else speaker_name, given.outlet if given else "")
    return [name for name in names if name not in ("", "unknown")]


def list_sentences(text: Text) -> list[dict[str, Any]]:
    """Every sentence of a text as it is written, with its paragraph and its place there."""
    found = []
    for _, members in groupby(range(1, len(text.spans) + 1), text.sentence_of):
        first, *rest = members
        last = rest[-1] if rest else first
        for paragraph, start, end in place_words(text, first, last)[:1]:
            block = text.blocks[paragraph - 1]
            while end < len(block) and block[end] in ".!?\u3002\uff01\uff1f":
                end += 1
            found.append({"paragraph": paragraph, "start": start, "end": end, "text": block[start:end]})
    return found
