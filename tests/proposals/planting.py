"""Proposals whose truth is known: true statements of invented articles, and false ones made of them in seven ways.

Nothing is random: each false proposal follows from a true one and its place in the list.
"""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from synoptic.article.read import read_article
from synoptic.base.problems import Place
from synoptic.load.load import load
from synoptic.model.records import BriefingFile, Claim, Source, Speaker, Topic
from synoptic.model.site import Briefing, Site
from synoptic.proposals.schema import ProposedStatement
from synoptic.text.folding import fold, split_words, word_spans
from synoptic.text.match import Text
from synoptic.text.terms import find_terms
from tests.projects import CHECKOUT, EXAMPLE, small_project
from tests.yaml_files import read_yaml

HERE = Path(__file__).parent
PLANTED = read_yaml(HERE / "planted.yml")


@dataclass(frozen=True)
class Planted:
    """A proposed statement, the briefing it is for, and the way in which it is false ("" if it is true)."""

    briefing: str
    item: ProposedStatement
    way: str = ""


class Field:
    """A project with invented articles, and what is true of them."""

    def __init__(self, root: Path) -> None:
        small_project(root)
        shutil.copytree(CHECKOUT / "briefings" / EXAMPLE, root / "briefings" / EXAMPLE)
        site, _ = load(root)
        assert site is not None
        people = read_yaml(CHECKOUT / "briefings/speakers.yml")
        known = {*site.speaker, *(name for source in PLANTED["unnamed"] for name in source)}
        added = [Speaker(**one) for one in (*PLANTED["speakers"], *people) if one["id"] not in known]
        folder = HERE.parent / "articles"
        self._towns = {path.stem: _read_yaml(path) for path in sorted(folder.glob("*.yml"))}
        dam = {name: about for name, about in PLANTED.items() if "lang" in about}
        briefings = {"dam": _read("dam", dam, HERE / "articles"), "towns": _read("towns", self._towns, folder)}
        self.site: Site = replace(site, speakers=(*site.speakers, *added), briefing={**site.briefing, **briefings})

    @cached_property
    def true(self) -> list[Planted]:
        """The true statements: of planted.yml, of the articles that ``suggest`` is tried on, of whole briefings."""
        found = [self._plant("dam", name, one) for name, v in PLANTED.items() if "lang" in v for one in v["statements"]]
        for name, about in self._towns.items():
            for one in (*about["quotations"], *about["credited"]):
                quote = one["text"].rstrip(",，")
                if quote in PLANTED["asked"]:
                    continue
                found.append(self._plant("towns", name, {**one, "quote": quote}))
        for slug in ("harbour-tunnel", "night-ferry", EXAMPLE):
            for claim, s in self.site.briefing[slug].statements:
                if not s.allow:
                    keys = ("quote", "speaker", "paragraph", "mode", "stance", "of", "translation", "cut", "note")
                    entry = {key: getattr(s, key) for key in keys if getattr(s, key)}
                    found.append(self._plant(slug, s.source, entry, claim.id))
        return found

    def _plant(self, slug: str, source: str, entry: dict[str, Any], claim: str = "spoken") -> Planted:
        lang = self.site.briefing[slug].source[source].lang
        more = {"translation": "Ours of it."} if lang != "en" and "translation" not in entry else {}
        known = {key: value for key, value in entry.items() if key in ProposedStatement.model_fields}
        return Planted(slug, ProposedStatement(claim=claim, source=source, **known, **more))

    @cached_property
    def false(self) -> list[Planted]:
        """The false ones: of each of WAYS at most MOST, taken from all over the true ones."""
        found = []
        for way, make in WAYS.items():
            made = []
            for number, one in enumerate(self.true):
                others = [o.item for o in self.true if o.briefing == one.briefing]
                changed = make(self.site.briefing[one.briefing], self.site, one.item, others, number)
                if changed:
                    item = one.item.model_copy(update=changed)
                    made.append(Planted(one.briefing, item, way))
            found += [made[n * len(made) // MOST] for n in range(MOST)] if len(made) > MOST else made
        return found

    def strip(self, slug: str) -> Briefing:
        """A briefing without the statements that are proposed again."""
        briefing = self.site.briefing[slug]
        kept = {s.id for _, s in briefing.statements if s.allow}
        claims = [
            claim.model_copy(update={"statements": tuple(s for s in claim.statements if s.id in kept)})
            for claim in briefing.claims
        ]
        locks = {
            name: lock.model_copy(update={"quotes": tuple(q for q in lock.quotes if q.statement in kept)})
            for name, lock in briefing.locks.items()
        }
        return replace(briefing, claims=tuple(claims), figures=(), events=(), locks=locks)


# -- ways to be false --------------------------------------------------------------------------------------------------

Proposed = ProposedStatement
#: What a way changes in a true statement of a briefing; None if it does not suit the statement.
Way = Callable[[Briefing, Site, ProposedStatement, Sequence[ProposedStatement], int], dict[str, Any] | None]


def _lacks(here: Briefing, item: ProposedStatement, quote: str, *, cut: bool = False) -> bool:
    return here.texts[item.source].find(quote, cut=cut) is None


def alter(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
    """Another word of the article in the place of one."""
    quote = fold(item.quote)
    spans, words = word_spans(quote), split_words(here.texts[item.source].folded)
    start, end = spans[n % len(spans)]
    for step in range(len(words)):
        changed = quote[:start] + words[(7 * n + step) % len(words)] + quote[end:]
        if changed.casefold() != quote.casefold() and _lacks(here, item, changed):
            return {"quote": changed}
    return None


def misplace(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
    """Words of another article."""
    names = [name for name, text in here.texts.items() if name != item.source and text.find(item.quote) is None]
    return {"source": names[n % len(names)], "paragraph": None} if names else None


def miscredit(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
    """Another speaker whom the article quotes, or one of another article."""
    if item.speaker is None or here.source[item.source].voice:
        return None
    said = {o.quote: o.speaker for o in others if o.speaker}
    holders = {speaker for o in others if o.quote == item.quote and (speaker := o.speaker)}
    near = sorted({o.speaker for o in others if o.source == item.source and o.speaker} - holders)
    far = sorted({*said.values()} - holders)
    names = [name for name in near or far if not _is_same(name, item.speaker)]
    return {"speaker": names[n % len(names)]} if names else None


def _is_same(one: str, other: str) -> bool:
    """Whether two names share a word, as an id and a surname do."""
    return bool({*split_words(one.casefold().replace("-", " "))} & {*split_words(other.casefold().replace("-", " "))})


def _drop(name: str) -> Way:
    """A way that leaves out a marker: beside a shorter quotation, or from inside it."""

    def drop(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
        quote = fold(item.quote)
        markers = getattr(site.vocabulary.markers_of(here.source[item.source].lang), name)
        spans = word_spans(quote)
        hits = [i for i, (a, b) in enumerate(spans) if find_terms(quote[a:b], markers)]
        for hit in hits:
            after, before = quote[spans[hit][1] :], quote[: spans[hit][0]].rstrip(" ,")
            after = "" if after.startswith(",") and name == "negations" else after.lstrip(" ,")  # it ends its clause
            for rest in (after, before) if n % 2 else (before, after):
                if len(split_words(rest)) >= 4:
                    return {"quote": rest}
            changed = f"{before} {after}"
            if before and after and _lacks(here, item, changed):
                return {"quote": changed}
        return None

    return drop


def move_number(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
    """Another number of the article, or the next one."""
    found = re.search(r"\d+", item.quote)
    if found is None:
        return None
    numbers = [m for m in re.findall(r"\d+", here.texts[item.source].folded) if m != found[0]]
    for number in (*numbers[n % max(1, len(numbers)) :], str(int(found[0]) + 1)):
        changed = item.quote[: found.start()] + number + item.quote[found.end() :]
        if _lacks(here, item, changed):
            return {"quote": changed}
    return None


def splice(here: Briefing, site: Site, item: Proposed, others: Sequence[Proposed], n: int) -> Any:
    """The first half of one sentence and the second half of another, as one, or with a cut of ours between."""
    quote = fold(item.quote)
    spans, cut = word_spans(quote), n % 2 == 1
    for step in range(len(others)):
        other = others[(n + step) % len(others)]
        tail = fold(other.quote)
        ends = word_spans(tail)
        if other.source != item.source or tail == quote or len(spans) < 6 or len(ends) < 6:
            continue
        head, rest = quote[: spans[len(spans) // 2][1]], tail[ends[len(ends) // 2][0] :]
        changed = f"{head} ... {rest}" if cut else f"{head} {rest}"
        if _lacks(here, item, changed, cut=cut):
            return {"quote": changed, "cut": cut}
    return None


#: The seven ways, by what messages about them are called.
WAYS: dict[str, Way] = {
    "an altered word": alter,
    "words of another article": misplace,
    "a wrong speaker": miscredit,
    "a dropped hedge": _drop("hedges"),
    "a dropped negation": _drop("negations"),
    "a moved number": move_number,
    "a splice": splice,
}
#: False proposals of one way, at most.
MOST = 40


def put(items: Sequence[ProposedStatement]) -> list[ProposedStatement]:
    """Proposals at places of their own, as those of a file are."""
    keys = [name for name in ProposedStatement.model_fields if name != "place"]
    return [
        item.model_copy(update={"place": Place("p.json", n, 1, {key: (n, i) for i, key in enumerate(keys, 2)})})
        for n, item in enumerate(items, 1)
    ]


def _read(slug: str, sources: dict[str, Any], folder: Path) -> Briefing:
    """A briefing of some articles, with one claim and no statement."""
    file = BriefingFile(
        title="Planted", question="Who said what?", status="draft",
        topics=(Topic(id="words", title="Words", question="What did they say?"),),
    )  # fmt: skip
    claim = Claim(id="spoken", claim="People are said to have spoken.", kind="event", topic="words")
    texts = {name: Text(read_article((folder / f"{name}.txt").read_bytes(), ".txt").blocks) for name in sources}
    made = tuple(
        Source(id=name, title=name, lang=about["lang"], speakers=PLANTED["unnamed"].get(name, ()))
        for name, about in sources.items()
    )
    return Briefing(slug, file, made, (claim,), texts=texts)


def _read_yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(path)
    return found
