"""Invented sites in which a test can replace every text that a contributor may type, and all that they publish."""

import contextlib
import html
import io
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import BaseModel

from synoptic.base.problems import Place
from synoptic.compare.readings import hash_claim
from synoptic.compare.summary import replace_briefings
from synoptic.model.change import KINDS, OWN_FIELDS, Change
from synoptic.model.history import Entry, History
from synoptic.model.proof import Verified
from synoptic.model.reading import Reading
from synoptic.model.records import Claim, Figure, Source
from synoptic.model.site import Publication, Site
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import LISTS, Markers, Term
from synoptic.pages import pictures
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data, briefing_pages, render_site, speaker_units
from synoptic.site import dossiers, embeds
from synoptic.site.additions import render_additions
from synoptic.text.match import Text, hash_quote
from tests.projects import load_site, replace_once, run, small_project
from tests.published_files import Put

HERE = Path(__file__).parent
#: The fields of a vocabulary's term that are shown, and those that every other object has and no type tells.
SHOWN = {"label", "symbol", "plural", "back", "description", "rule"}
#: One reader signed and has a time stamp, the other's signature fits nothing; nobody could verify that of a third.
VERIFIED = {
    "letter": {
        "A Tester": Verified("fits", key="AAAA", stamp="fits", stamped="2031-03-12T10:11:12Z"),
        "A Second Tester": Verified("does not fit", "it does not", stamp="does not fit", stamp_why="nor does this"),
    },
    "diary": {"A Tester": Verified("not verified", "no program", stamp="not verified", stamp_why="no library")},
}


def everything(root: Path) -> Site:
    """The small project, and a locked briefing that reaches every branch of every template."""
    small_project(root)
    base = root / "briefings"
    shutil.copytree(HERE / "hostile" / "everything", base / "lamp")
    for name, status in (("hidden", "draft"), ("shown", "example")):
        shutil.copytree(HERE / "project" / "briefings" / "harbour-tunnel", base / name)
        replace_once(base / name / "briefing.yml", "status: published", f"status: {status}")
    old = base / "hidden/sources/wire.lock"  # made before locks had facts
    old.write_text(old.read_text(encoding="utf-8").partition("telling:")[0], encoding="utf-8")
    with (base / "speakers.yml").open("ab") as file:
        file.write((HERE / "hostile" / "speakers.yml").read_bytes())
    for _ in range(2):  # a text is compared with the others once it has a lock
        with contextlib.redirect_stdout(io.StringIO()):
            run(root, "lock", "lamp", "--by", "A Tester")
    with contextlib.redirect_stdout(io.StringIO()):
        run(root, "lock", "lamp/letter", "--by", "A Second Tester")
    some = base / "lamp/sources/letter.lock"  # one quotation was checked by one of its two readers
    some.write_text(
        some.read_text(encoding="utf-8").replace("beside: []}", "beside: [], by: [A Tester]}", 1), encoding="utf-8"
    )
    proofs = (f"- {{name: {name}, day: '2031-03-12', ssh: AAAA, stamp: AAAA}}\n" for name in VERIFIED["letter"])
    some.write_text(some.read_text(encoding="utf-8") + "proofs:\n" + "".join(proofs), encoding="utf-8")
    site = load_site(root)
    lamp = replace(site.briefing["lamp"], verified=VERIFIED)
    site = replace_briefings(site, [lamp if one.slug == "lamp" else one for one in site.briefings])
    home = "https://site.example/"
    publication = Publication("A site", home, "https://code.example/a/b", f"{home}report?a=b", dossier=True)
    return replace(site, publication=publication, commits={"lamp": "0123456789abcdef"}, history=past())


def past() -> History:
    """A history with a change of every kind, undone afterwards, on several pages, in a shallow clone."""
    values = {
        name: "1" if name in OWN_FIELDS else f"the {name}" for kind in KINDS.values() for name in fields(kind.sentence)
    }
    told = [
        Change(
            kind, "off", Place(f"briefings/{slug}/x.yml"), briefing=slug, claim="off", source="letter",
            speaker="keeper", about="Somebody switched off the lamp.", before=f"It was {number}", after=after,
            values=tuple(values.items()),
        )
        for number, kind in enumerate(KINDS)
        for slug, after in (("lamp", "It is"), ("lamp", None), ("night-ferry", " ".join(f"w{n} x" for n in range(60))))
    ]  # fmt: skip
    back = [replace(change, before=change.after, after=change.before) for change in told]
    nobody = replace(told[0], claim="", briefing="nowhere")
    later = [replace(told[0], kind="claim-reworded", id=one, claim=one) for one in ("off", "dark", "counted", "paid")]
    entries = (
        Entry("0" * 40, 1_900_000_000, tuple(told), {"lamp": ("off",), "nowhere": ("x",)}),
        Entry("1".zfill(40), 1_900_000_001, tuple(back), {}),
        Entry("2".zfill(40), 1_900_000_002, (nobody, *later), {}),
    )
    return History(entries, Entry("f" * 40, 1_800_000_000), unread=2)


def fields(sentence: str) -> list[str]:
    """The names of the values in a format string."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


# -- other texts ---------------------------------------------------------------------------------------------------


def changed(site: Site, change: Put) -> Site:
    """The site with ``change`` made to every text that a contributor types: own words, quotations, vocabulary, locks.

    What keeps its value: ids, dates, addresses and the words of the vocabulary, which the model or the checks hold to
    their lists; numbers that are drawn to scale. A word that no list has is text, as a draft may show it.
    """
    known = {word for name in LISTS for word in site.vocabulary.terms(name)}
    make = _Change(change, known)
    briefings = []
    for briefing in site.briefings:
        made = {key: make(getattr(briefing, key)) for key in ("file", "sources", "claims", "figures", "events")}
        quotes = {s.id: hash_quote(s.quote, s.cut) for claim in made["claims"] for s in claim.statements}
        terms = {old.term: new.term for a, b in zip(briefing.claims, made["claims"], strict=True)
                 for old, new in zip(a.terms, b.terms, strict=True)}  # fmt: skip
        locks = {name: make(lock) for name, lock in briefing.locks.items()}
        for name, lock in locks.items():
            kept = [q.model_copy(update={"sha256": quotes.get(q.statement, q.sha256)}) for q in lock.quotes]
            found = {terms.get(term, term): blocks for term, blocks in briefing.locks[name].terms.items()}
            names = {terms.get(term, term): blocks for term, blocks in briefing.locks[name].names.items()}
            locks[name] = lock.model_copy(update={"quotes": tuple(kept), "terms": found, "names": names})
        watches = {name: make(watch) for name, watch in briefing.watches.items()}
        readings = {name: _reread(reading, make, made["claims"]) for name, reading in briefing.readings.items()}
        texts = {name: _Text(text.blocks, change) for name, text in briefing.texts.items()}
        briefings.append(replace(briefing, **made, locks=locks, watches=watches, readings=readings, texts=texts))
    history = site.history and _past(site.history, change)
    words, speakers = make(site.vocabulary), make(site.speakers)
    return replace(replace_briefings(site, briefings), vocabulary=words, speakers=speakers, history=history)


def _reread(reading: Reading, make: "_Change", claims: Iterable[Claim]) -> Reading:
    """A second reading with other texts, of statements that have other texts; what counted of it still counts."""
    hashes = {s.id: (hash_quote(s.quote, s.cut), hash_claim(claim.claim)) for claim in claims for s in claim.statements}
    entries = []
    for old, new in zip(reading.statements, make(reading.statements), strict=True):
        counts = old.quote_sha256 != "0" * 64
        quote, claim = hashes[old.statement] if counts else (old.quote_sha256, old.claim_sha256)
        update = {"first": old.first, "quote_sha256": quote, "claim_sha256": claim}
        entries.append(new.model_copy(update=update))
    names = {make.change(typed): speaker for typed, speaker in reading.names.items()}
    return make(reading).model_copy(update={"statements": tuple(entries), "names": names})  # type: ignore[no-any-return]


def _past(history: History, change: Put) -> History:
    """A past in which other words were changed into others."""

    def other(one: Change) -> Change:
        pairs = tuple((key, value if key in OWN_FIELDS else change(value)) for key, value in one.values)
        texts = {key: change(text) if (text := getattr(one, key)) else text for key in ("about", "before", "after")}
        return replace(one, **texts, values=pairs)  # type: ignore[arg-type]

    return History(
        tuple(replace(e, changes=tuple(map(other, e.changes))) for e in history.entries), history.since, history.unread
    )


class _Text(Text):
    """An article with something else far to the left and right of whatever is quoted."""

    def __init__(self, blocks: tuple[str, ...], change: Put) -> None:
        super().__init__(blocks)
        object.__setattr__(self, "change", change)

    def context(self, first: int, last: int, most: int, quote: str = "") -> tuple[str, str]:
        """Both sides, each with a text of the test's own at its far end."""
        before, after = super().context(first, last, most, quote)
        return f"{self.change('x')} {'o' * 32} {before}", f"{after} {'o' * 32} {self.change('x')}"  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Change:
    change: Put
    known: set[str]

    def __call__(self, value: Any) -> Any:
        """A model, or a tuple of them, with the change made all the way down."""
        if isinstance(value, tuple):
            return tuple(self(one) for one in value)
        if isinstance(value, Markers) or not isinstance(value, BaseModel):
            return value
        made = {}
        for name in type(value).model_fields:
            old = getattr(value, name)
            if name == "markers" or old is None:
                continue
            made[name] = self.field(value, name, old, _is_text(type(value), name))
        return value.model_copy(update=made)

    def field(self, owner: BaseModel, name: str, old: Any, is_text: bool) -> Any:
        """The new value of one field."""
        if name == "name" and isinstance(old, str):
            return f"{old} {self.change(old)}"  # by which they are sorted
        if name in ("what", "assistance"):
            return f"{self.change(old)}e"  # a stop at their ends is left out
        if name in ("title", "author", "outlet", "label") and isinstance(owner, Source) and old != UNKNOWN:
            return f"{self.change(old)}e"  # a citation adds one
        if isinstance(old, str):
            keep = old == UNKNOWN or not old
            if isinstance(owner, Figure) and name in ("value", "qualifier"):
                keep = keep or pictures.parse_value(old) is not None or (name == "qualifier" and old != "roughly")
            if is_text and not keep:
                return self.change(old)
            return self.change(old) if _is_word(type(owner), name) and old not in self.known else old
        if isinstance(old, dict):
            keys = _is_text(type(owner), name)
            words = name == "paragraphs"
            return {key: self.change(v) if keys or (words and v not in self.known) else v for key, v in old.items()}
        if isinstance(old, tuple) and all(isinstance(one, str) for one in old):
            return tuple(self.change(one) for one in old) if is_text else old
        return self(old)


@cache
def _is_text(model: type[BaseModel], name: str) -> bool:
    """Whether a field is a text that a contributor types freely, told by its type."""
    if issubclass(model, Term):
        return name in SHOWN
    return name in ("quote", "beside") or "_line" in repr(model.model_fields[name])


@cache
def _is_word(model: type[BaseModel], name: str) -> bool:
    """Whether a field holds a word of the vocabulary."""
    extra = model.model_fields[name].json_schema_extra
    return isinstance(extra, dict) and "vocabulary" in extra and name != "status"


# -- all that is published ------------------------------------------------------------------------------------------


def _unfold(pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pages to embed and their data, with the HTML that embeds one as HTML; its height depends on its texts."""
    for path, text in pages.items():
        if path.endswith(".json"):
            told = json.loads(text)
            yield path, json.dumps({**told, "html": "", "height": 0})
            path, text = f"{path}.html", told["html"]
        text = re.sub(r'<code dir="ltr">(.*?)</code>', lambda shown: html.unescape(shown[1]), text)
        yield path, re.sub(r' height="\d+"', "", text)


def published(site: Site) -> dict[str, str]:
    """Everything that is made of a site, by its path."""
    files: dict[str, str | bytes] = render_site(site, drafts=True, units={"", *speaker_units(site)})
    for briefing in site.briefings:
        context = Context(site, briefing)
        files |= briefing_pages(context) | briefing_data(context)
        document = dossiers.make_dossier(site, briefing)
        files[f"dossier/{briefing.slug}.html"] = re.sub("[0-9a-f]{64}", "", document)  # hashes of the texts
    added = render_additions(site)
    framed = {path: page for one in site.briefings for path, page in embeds.render_embeds(site, one, 1_000_000).items()}
    files |= {f"search/{path}": text for path, text in added.documents.items()}
    files |= {f"c/{path}": text for path, text in added.addresses.items()}
    files |= {f"embed/{path}": text for path, text in _unfold(framed)}
    return {path: text for path, text in files.items() if isinstance(text, str)}  # a zip holds what people wrote
