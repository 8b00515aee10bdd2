"""What the pages show: every table, count, order and grouping, computed from the comparison. Pure.

Views hold plain strings and addresses; the encoder meets them when a template prints them.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode, urljoin

from markupsafe import Markup

from build_tools.compare import verdicts as compare
from build_tools.compare.ids import moved
from build_tools.compare.statements import incoming_relations, relations_from_elsewhere, statements_in
from build_tools.data import citations
from build_tools.data.citations import day as day
from build_tools.model import paging
from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Event, Figure, Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN
from build_tools.model.vocabulary import Term, Vocabulary
from build_tools.text import match
from build_tools.text.encode import address, slug

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
CLASHES = ("contested", "self-contradicting", "opposed")
AGREED = ("agreed", "one voice")
CONFLICTS = ("contradicts", "in-tension-with")
GLANCE = 12  # with more articles the comparison at a glance has a column for each stance: theirs would be too narrow
CARDS = 40  # of clashes with their quotations on the overview; beyond that they are a list


#: Languages by their tag, as a reader knows them; any other is named by its tag.
TONGUES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip


class Link(NamedTuple):
    """A name and where it leads."""

    text: str
    href: Markup


class Said(NamedTuple):
    """A statement as a page shows it."""

    id: str
    stance: Term
    stance_class: Markup
    holder_id: str
    holder: str
    holder_href: Markup | None
    role: str
    own_voice: bool
    voice: Link | None
    interested: bool
    unnamed: bool
    source_id: str
    source: Link
    source_note: str
    via: str
    mode: str
    quote: str
    translation: str
    lang: str
    marked: bool
    checked: bool
    checked_by: str
    checked_on: str
    paragraph: int
    block: str
    hedges: str
    note: str
    claim: Link
    href: Markup
    receipt: Markup
    was: tuple[str, ...]


class Group(NamedTuple):
    """Statements with one stance."""

    stance: Term
    css: Markup
    said: tuple[Said, ...]


class Quiet(NamedTuple):
    """Sources without a statement on a claim, of one state."""

    state: Term
    css: Markup
    lines: tuple[tuple[tuple[Link, ...], str], ...]


class Related(NamedTuple):
    """One line about a related claim."""

    label: str
    claim: Link
    why: str
    real: bool


class Detail(NamedTuple):
    """A figure or an event, as a line beside a claim."""

    kind: str
    text: str
    more: str
    words: str
    anchor: Link | None
    hrefs: tuple[Link, ...]


class Answer(NamedTuple):
    """A published reply."""

    by: str
    on: str
    text: str
    url: str


class Dated(NamedTuple):
    """Since when a claim is stated, when it last changed and was verified, in words; empty where that is not known.
    ``since`` is the day of the last change for programs, empty where there was none since publication."""

    first: str
    last: str
    history: Markup | None
    verified: str
    since: str


class ClaimView(NamedTuple):
    """A claim with all who hold it."""

    id: str
    text: str
    kind_id: str
    kind: str
    verdict: Term
    css: Markup
    counts: str
    href: Markup
    topic: Link
    groups: tuple[Group, ...]
    quiet: tuple[Quiet, ...]
    relations: tuple[Related, ...]
    details: tuple[Detail, ...]
    replies: tuple[Answer, ...]
    note: str
    names: str
    citation: str
    permanent: Markup
    address: str
    report: str
    was: tuple[str, ...]
    dates: Dated


@dataclass(frozen=True)
class Mark:
    """A stance or a silence as a sign with its word, and how often it stands there."""

    symbol: str
    css: Markup
    word: str
    count: int = 1


class TopicView(NamedTuple):
    """A topic with its claims."""

    id: str
    title: str
    number: int
    href: Markup
    claims: tuple[ClaimView, ...]
    verdicts: str
    strip: tuple[tuple[Mark, ...], ...]


class SourceView(NamedTuple):
    """A source: what it is, what it claims, whom it quotes, what is quoted of it."""

    id: str
    name: str
    href: Markup
    title: str
    small: str
    about: str
    url: str
    facts: tuple[tuple[str, str], ...]
    own: tuple[Said, ...] = ()
    quoted: tuple[tuple[SpeakerView, tuple[Said, ...]], ...] = ()
    silent: tuple[Link, ...] = ()
    statements: int = 0
    receipts: Markup | None = None


class SpeakerView(NamedTuple):
    """A speaker and all that is credited to them."""

    id: str
    name: str
    kind: str
    role: str
    interest: str
    unnamed: bool
    href: Markup
    everywhere: Markup | None
    said: tuple[Said, ...] = ()
    sources: str = ""


class Pair(NamedTuple):
    """Two claims of which one contradicts or strains the other, and why."""

    one: ClaimView
    how: str
    other: ClaimView
    why: str


class Conflicts(NamedTuple):
    """The disagreements of a briefing: contested claims; pairs that clash; pairs that differ in scope or time."""

    claims: tuple[ClaimView, ...]
    real: tuple[Pair, ...]
    scope: tuple[Pair, ...]


class Part(NamedTuple):
    """A piece of a bottom-line sentence: plain, or a link to its claim."""

    text: str
    href: Markup | None


class BriefingView(NamedTuple):
    """A briefing as one page of it shows it; the comparison (from ``topics`` on) only where the page has it."""

    slug: str
    title: str
    question: str
    draft: bool
    example: bool
    href: Markup
    here: str
    parts: tuple[tuple[str, Markup, bool], ...]
    kicker: tuple[str, ...]
    genres: str
    proof: str
    proven: bool
    caveat: str
    bottom_line: tuple[tuple[Part, ...], ...]
    glance: tuple[Link, ...]
    counted: bool
    pairs: str
    data_href: Markup
    format_href: Markup
    citation: str
    address: str
    method_href: Markup
    corrections_href: Markup
    matrix_href: Markup
    disagreements_href: Markup
    figures_csv: Markup
    shared: tuple[str, ...]
    editors: tuple[str, ...]
    changed: str
    gone: Markup | None
    edited: str
    changes_href: Markup | None
    record: str
    legend: tuple[Mark, ...]
    topics: tuple[TopicView, ...] = ()
    columns: tuple[SourceView, ...] = ()
    clashes: tuple[ClaimView, ...] = ()
    cards: tuple[ClaimView, ...] = ()
    more_clashes: tuple[ClaimView, ...] = ()
    agreed: tuple[ClaimView, ...] = ()
    others: tuple[tuple[Term, tuple[ClaimView, ...]], ...] = ()


Made = TypeVar("Made")


def once(make: Callable[..., Made]) -> Callable[..., Made]:
    """A view that is made once for all pages."""

    @functools.wraps(make)
    def get(self: Page, *args: Any) -> Made:
        key = (make, *map(id, args))
        if key not in self._made:
            self._made[key] = args, make(self, *args)  # what is named by its id must stay
        return self._made[key][1]  # type: ignore[no-any-return]

    return get


class Page:
    """The views of a briefing, for whatever page shows them: their addresses are from the site's root."""

    def __init__(self, site: Site, briefing: Briefing) -> None:
        self.site, self.briefing = site, briefing
        self.words: Vocabulary = site.vocabulary
        self.base = f"briefings/{briefing.slug}/"
        self._made: dict[tuple[object, ...], Any] = {}
        self.speakers = site.speakers_of(briefing)
        self.incoming = incoming_relations(briefing)
        self.from_elsewhere = relations_from_elsewhere(site, briefing.slug)
        self.entries = site.record.of(briefing.slug) if site.record else ()

    def keep_said(self) -> None:
        """Let go of all that was made but the statements, which a speaker's own page shows, too."""
        self._made = {key: made for key, made in self._made.items() if isinstance(made[1], Said)}

    def to(self, path: str, anchor: str = "") -> Markup:
        """The address of a page of this briefing."""
        return address(self.base + path, anchor)

    def claim_href(self, claim: Claim) -> Markup:
        """Where a claim is shown."""
        return self.to(self.home(claim), claim.id)

    def statement_href(self, claim: Claim, statement: str) -> Markup:
        """Where a statement on a claim is shown, by its id."""
        return self.to(self.home(claim), f"s-{statement}")

    def home(self, claim: Claim) -> str:
        """The page on which a claim stands, from the briefing's own address."""
        return self._claims_at().get(claim.id, f"topics/{claim.topic}/")

    @once
    def _claims_at(self) -> dict[str, str]:
        return paging.homes(self.briefing)

    def permanent(self, claim: Claim) -> str:
        """The address of a claim that stays, whatever topic it moves to, from the site's root."""
        return f"c/{self.briefing.slug}/{claim.id}/"

    def speaker_href(self, speaker: str) -> Markup:
        """Where a speaker is shown."""
        return self.to(f"speakers/{speaker}/")

    def source_link(self, source: Source) -> Link:
        """A source's name and page."""
        return Link(source.name, self.to(f"sources/{source.id}/"))

    @once
    def said(self, claim: Claim, statement: Statement) -> Said:
        """One statement."""
        source = self.briefing.source[statement.source]
        entry, lock = self.briefing.locked(statement), self.briefing.locks.get(source.id)
        checked = entry is not None and entry.is_of(statement)
        speaker = self.speakers.get(statement.speaker or "")
        voice = None if statement.speaker else self.site.speaker.get(source.voice or "")
        mode = compare.mode(statement, entry)
        markers = self.words.markers_of(source.lang)
        hedges = match.occurring(statement.quote, markers.hedges)
        if entry and "left-out" not in statement.allow:  # else an editor found them to be about something else
            hedges += match.occurring(" ".join(entry.beside), markers.hedges)
        kind = compare.block_kind(self.briefing, statement)
        return Said(
            id=f"s-{statement.id}",
            stance=self.words.get("stances", statement.stance),
            stance_class=slug(statement.stance),
            holder_id=statement.speaker or (voice.id if voice else ""),
            holder=speaker.name if speaker else statement.speaker or source.name,
            holder_href=self.speaker_href(speaker.id)
            if speaker
            else None
            if statement.speaker
            else self.to(f"sources/{source.id}/"),
            role=(speaker.role or "") if speaker else "",
            own_voice=statement.speaker is None,
            voice=Link(voice.name, self.speaker_href(voice.id)) if voice else None,
            interested=any(one.interest for one in (speaker, voice) if one),
            unnamed=statement.speaker in self.briefing.unnamed,
            source_id=source.id,
            source=self.source_link(source),
            source_note=when(source),
            via=statement.via or "",
            mode=self.words.get("modes", mode).label if mode else "",
            quote=statement.quote,
            translation=statement.translation or "",
            lang=source.lang,
            marked=bool(entry and entry.marks),
            checked=checked and bool(lock and lock.checked_by),
            checked_by=(lock.checked_by if lock else None) or "",
            checked_on=day((lock.checked_on if lock else None) or ""),
            paragraph=entry.block if entry else 0,
            block="" if kind == "body" else self.words.get("blocks", kind).label,
            hedges=", ".join(f"\u201c{h}\u201d" for h in dict.fromkeys(hedges)),
            note=statement.note or "",
            claim=Link(claim.claim, self.claim_href(claim)),
            href=self.statement_href(claim, statement.id),
            receipt=self.to(f"receipts/{source.id}/", f"r-{statement.id}"),
            was=statement.was,
        )

    @once
    def silences(self, claim: Claim) -> list[compare.Silence]:
        """What is known of every source without a statement on a claim."""
        return compare.silences(self.briefing, claim)

    def shown(self, claim: Claim) -> list[Statement]:
        """The statements of a claim whose source is known (a draft may have others)."""
        return [s for s in claim.statements if s.source in self.briefing.source]

    @once
    def claim(self, claim: Claim) -> ClaimView:
        """One claim."""
        said = [self.said(claim, s) for s in self.shown(claim)]
        groups = tuple(
            Group(term, slug(term.id), found)
            for term in (*self.words.stances, *self._odd(said))
            if (found := tuple(s for s in said if s.stance.id == term.id))
        )
        verdict = self.words.get("verdicts", compare.verdict(self.briefing, claim, self.words))
        topic = next((t.title for t in self.briefing.file.topics if t.id == claim.topic), claim.topic)
        sources = list(dict.fromkeys(s.source for s in self.shown(claim)))
        return ClaimView(
            id=claim.id,
            text=claim.claim,
            kind_id=claim.kind,
            kind=self.words.get("kinds", claim.kind).label,
            verdict=verdict,
            css=slug(verdict.id),
            counts=self._counts(sources),
            href=self.claim_href(claim),
            topic=Link(topic, self.to(f"topics/{claim.topic}/")),
            groups=groups,
            quiet=self._quiet(claim),
            relations=self._relations(claim),
            details=tuple(self._details(claim)),
            replies=tuple(Answer(r.by, day(r.on), r.text, r.url or "") for r in claim.replies),
            note=claim.note or "",
            names=", ".join(self.briefing.source[s].name for s in sources),
            citation=citations.of_claim(self.site, self.briefing, claim),
            permanent=address(self.permanent(claim)),
            address=self.published(self.permanent(claim)),
            report=self.report(claim),
            was=claim.was,
            dates=self.dated(claim),
        )

    def dated(self, claim: Claim) -> Dated:
        """The dates of a claim: of the history, and of the locks of the articles that it rests on."""
        record, slug = self.site.record, self.briefing.slug
        verified = compare.verified(self.briefing, claim)
        checked = day(verified) if verified else ""
        if not record or not self.entries:
            return Dated("", "", None, checked, "")
        dates, since = record.dates(slug, claim.id), record.changed(slug, claim.id)
        first = day(dates.first.day) if dates.first else f"before {day(record.since.day)}" if record.since else ""
        entry = dates.last or dates.first
        page = f"changes/{record.home[slug, entry.commit]}/" if entry else ""
        history = self.to(page, entry.anchor) if entry else None
        return Dated(first, day(dates.last.day) if dates.last else "", history, checked, since)

    def published(self, path: str) -> str:
        """The full address of a page, where the site has one."""
        home = self.site.publication.site_url
        return urljoin(home.rstrip("/") + "/", path) if home else ""

    def report(self, claim: Claim) -> str:
        """Where a problem with a claim is reported, the form filled in; empty where mkdocs.yml names no place."""
        site = self.site.publication
        base = site.report_url
        if not base and re.match(r"https://github\.com/[^/]+/[^/]+", site.repo_url):
            base = f"{site.repo_url.rstrip('/')}/issues/new?template=problem.yml"
        sources = listed(list(dict.fromkeys(s.source for s in self.shown(claim))))
        fields = {"claim": f"{self.briefing.slug}/{claim.id}", "source": sources}
        if commit := self.site.commits.get(self.briefing.slug):
            fields["commit"] = commit
        if base.startswith("mailto:"):
            fields = {"subject": f"{site.name}: {fields['claim']} ({sources})"}
        return base and f"{base}{'&' if '?' in base else '?'}{urlencode(fields, quote_via=quote)}"

    def _odd(self, said: Iterable[Said]) -> list[Term]:
        known = {t.id for t in self.words.stances}
        return list({s.stance.id: s.stance for s in said if s.stance.id not in known}.values())

    def _counts(self, sources: Sequence[str]) -> str:
        if not sources:
            return ""
        count = compare.origins(self.briefing, sources)
        origins = f", {plural(count, 'origin')}" if count != len(sources) else ""
        return f"{plural(len(sources), 'article')}{origins}"

    def _quiet(self, claim: Claim) -> tuple[Quiet, ...]:
        found = self.silences(claim)
        out = []
        for term in self.words.silences:
            mine = [silence for silence in found if silence.state == term.id]
            if mine and term.id == "searched, not found":
                lines: list[tuple[tuple[Link, ...], str]] = [self._searched(claim, mine)]
            else:
                lines = [((self.source_link(silence.source),), silence.reason) for silence in mine]
            if mine:
                out.append(Quiet(term, slug(term.css or term.id), tuple(lines)))
        return tuple(out)

    def _searched(self, claim: Claim, silent: Sequence[compare.Silence]) -> tuple[tuple[Link, ...], str]:
        """One line for all the sources in which a claim's terms were searched in vain."""
        locks = [self.briefing.locks[silence.source.id] for silence in silent]
        terms = ", ".join(f"\u201c{term}\u201d" for term in claim.terms)
        days = listed(list(dict.fromkeys(day(lock.checked_on) for lock in locks if lock.checked_on)))
        words = sorted(lock.words for lock in locks)
        counts = listed(list(map(str, words))) if len(words) < 5 else f"{len(words)} texts of {words[0]} to {words[-1]}"
        note = f"searched for {terms}{f' on {days}' if days else ''}: none in {counts} words"
        spoken = Counter(silence.source.lang.partition("-")[0] for silence in silent)
        if len({source.lang.partition("-")[0] for source in self.briefing.sources}) > 1 and terms:
            where = listed([f"{number} in {TONGUES.get(lang, lang)}" for lang, number in sorted(spoken.items())])
            note += f" ({where}; a term finds nothing in another language)"
        return tuple(self.source_link(silence.source) for silence in silent), note

    def _relations(self, claim: Claim) -> tuple[Related, ...]:
        out = []
        for relation in claim.relations:
            term = self.words.get("relations", relation.how)
            if other := self.briefing.claim.get(relation.to):
                out.append(Related(term.label, Link(other.claim, self.claim_href(other)), relation.why, relation.real))
            elif far := self.site.claim_of(relation.to):
                out.append(Related(term.label, self._elsewhere(*far), relation.why, relation.real))
        for other, relation in self.incoming.get(claim.id, ()):
            term = self.words.get("relations", relation.how)
            link = Link(other.claim, self.claim_href(other))
            out.append(Related(term.back or term.label, link, relation.why, relation.real))
        for home, other, relation in self.from_elsewhere.get(claim.id, ()):
            if home.listed:
                term = self.words.get("relations", relation.how)
                link = self._elsewhere(home, other)
                out.append(Related(term.back or term.label, link, relation.why, relation.real))
        return tuple(out)

    def _elsewhere(self, briefing: Briefing, claim: Claim) -> Link:
        """A claim of another briefing."""
        return Link(f"{claim.claim} ({briefing.file.title})", Page(self.site, briefing).claim_href(claim))

    def _details(self, claim: Claim) -> Iterator[Detail]:
        """The figures and events bound to a claim's statements."""
        mine = {s.id: s for s in self.shown(claim)}
        home = self._homes()
        for item in (*self.briefing.figures, *self.briefing.events):
            found = [mine[name] for name in item.statements if name in mine]
            if not found:
                continue
            links = tuple(Link(self.briefing.source[s.source].name, self.statement_href(claim, s.id)) for s in found)
            words = item.words or ""
            if isinstance(item, Figure):
                value = " ".join(
                    filter(None, [item.qualifier if item.qualifier != "range" else "", item.value, item.unit])
                )
                as_of = f"as of {day(item.as_of)}" if item.as_of else ""
                yield Detail("Figure", f"{value}: {item.measures}", as_of, words, None, links)
            elif isinstance(item, Event):
                when_ = day(item.when) if item.when != UNKNOWN else "no day stated"
                other = next((e for e in self.briefing.events if e.id == item.anchor), None)
                anchor = Link(other.what, self.claim_href(home[other.id])) if other and other.id in home else None
                anchor = anchor or self.publication(item.anchor)
                yield Detail("Event", item.what.rstrip("."), when_, words, anchor, links)

    @once
    def _homes(self) -> dict[str, Claim]:
        """Event to the claim under which it is shown."""
        return {e.id: c for e in self.briefing.events for c, s in self.briefing.statements if s.id in e.statements}

    def publication(self, source: str | None) -> Link | None:
        """The publication of a source, as that by which an event is dated."""
        found = self.briefing.source.get(source or "")
        return Link(f"{found.name}, {when(found)}", self.to(f"sources/{found.id}/")) if found else None

    def silence_mark(self, state: str) -> Mark:
        """A silence as a sign."""
        term = self.words.get("silences", state)
        return Mark(term.symbol, slug(term.css or state), term.label)

    @once
    def topic(self, number: int) -> TopicView:
        """One topic with its claims and its rows."""
        topic = self.briefing.file.topics[number]
        claims = [c for c in self.briefing.claims if c.topic == topic.id]
        views = tuple(self.claim(c) for c in claims)
        tally = Counter(v.verdict.label.lower() for v in views)
        return TopicView(
            id=topic.id,
            title=topic.title,
            number=number + 1,
            href=self.to(f"topics/{topic.id}/"),
            claims=views,
            verdicts="; ".join(f"{label}: {n}" for label, n in tally.most_common()),
            strip=tuple(self._strip(claims, source) for source in self.briefing.sources)
            if len(self.briefing.sources) <= GLANCE
            else tuple(self._taking(claims, stance) for stance in self.words.stances),
        )

    def _taking(self, claims: Sequence[Claim], stance: Term) -> tuple[Mark, ...]:
        """A stance's cell in the comparison at a glance: how many articles take it."""
        taking = {s.source for c in claims for s in c.statements if s.stance == stance.id}
        return (Mark(stance.symbol, slug(stance.id), stance.label, len(taking)),) if taking else ()

    def _strip(self, claims: Sequence[Claim], source: Source) -> tuple[Mark, ...]:
        """A source's cell in the comparison at a glance: how often it takes which stance."""
        tally = Counter(s.stance for c in claims for s in c.statements if s.source == source.id)
        if not tally:
            states = {s.state for c in claims for s in self.silences(c) if s.source.id == source.id}
            order = ("not checked", "passed over", "searched, not found")
            state = next((name for name in order if name in states), "not checked")
            return (self.silence_mark(state),)
        return tuple(Mark(t.symbol, slug(t.id), t.label, n) for t in self.words.stances if (n := tally[t.id]))

    @once
    def source(self, source: Source) -> SourceView:
        """One source."""
        return SourceView(
            id=source.id,
            name=source.name,
            href=self.to(f"sources/{source.id}/"),
            title=source.title if source.title != UNKNOWN else "",
            small=", ".join(p for p in (self._genre(source), when(source)) if p),
            about=source.about or "",
            url=source.url or "",
            facts=self._facts(source),
            statements=len(statements_in(self.briefing, source.id)),
            receipts=self.to(f"receipts/{source.id}/"),
        )

    def source_whole(self, source: Source) -> SourceView:
        """One source with everything said in it."""
        mine = statements_in(self.briefing, source.id)
        by_speaker: dict[str, list[Said]] = {}
        for claim, statement in mine:
            if statement.speaker:
                by_speaker.setdefault(statement.speaker, []).append(self.said(claim, statement))
        quoted = tuple((self._speaker_head(name), tuple(said)) for name, said in by_speaker.items())
        silent = tuple(
            Link(claim.claim, self.claim_href(claim))
            for claim in self.briefing.claims
            if any(s.source.id == source.id and s.state == "searched, not found" for s in self.silences(claim))
        )
        own = tuple(self.said(c, s) for c, s in mine if not s.speaker)
        return self.source(source)._replace(own=own, quoted=quoted, silent=silent)

    def _genre(self, source: Source) -> str:
        return self.words.get("genres", source.genre).label

    def _facts(self, source: Source) -> tuple[tuple[str, str], ...]:
        lock, cover = self.briefing.locks.get(source.id), compare.coverage(self.briefing, source)
        facts = [
            ("Headline", source.title if source.title != UNKNOWN else "none in the text"),
            ("Outlet", stated(source.outlet)),
            ("Author", stated(source.author)),
            *((("Written as", self._voice(source)),) if source.voice else ()),
            ("Published", day(source.published) if source.published != UNKNOWN else "not stated in the text"),
            ("Kind", self._genre(source)),
        ]
        if lock:
            facts.append(("Length", f"{lock.words} words in {lock.blocks} paragraphs"))
            facts.append((
                "Quoted here",
                f"{cover.quoted} words, {percent(cover.quoted, cover.words)} of it: {cover.narration} of its narration "
                f"({percent(cover.narration, cover.words)}), {cover.speech} of speakers\u2019 own words",
            ))  # fmt: skip
            if lock.checked_by:
                facts.append(
                    (
                        "Checked",
                        f"word for word against a copy of the full text, by {lock.checked_by} "
                        f"on {day(lock.checked_on or '')}",
                    )
                )
            facts.append(("SHA-256 of that copy", lock.sha256))
        mine = [s for _, s in statements_in(self.briefing, source.id)]
        own = sum(s.speaker is None for s in mine)
        unnamed = sum(s.speaker in self.briefing.unnamed for s in mine)
        if mine:
            facts.append((
                "Whose voices",
                f"of {plural(len(mine), 'statement')}, {own} in its own voice, {len(mine) - own - unnamed} by named "
                f"and {unnamed} by unnamed speakers",
            ))  # fmt: skip
        if source.origin:
            facts.append(("Origin", source.origin))
        return tuple(facts)

    def _voice(self, source: Source) -> str:
        """Whose own text a source is, and their interest in the matter."""
        voice = self.site.speaker.get(source.voice or "")
        interest = f"; an interested party: {voice.interest}" if voice and voice.interest else ""
        return f"the own text of {voice.name if voice else source.voice}{interest}"

    def _speaker_head(self, name: str) -> SpeakerView:
        speaker = self.speakers.get(name) or Speaker.model_construct(id=name, name=name, kind="person", role=None)
        return SpeakerView(
            id=speaker.id,
            name=speaker.name,
            kind=self.words.get("speaker_kinds", speaker.kind).label,
            role=speaker.role or "",
            interest=speaker.interest or "",
            unnamed=speaker.kind == "unnamed",
            href=self.speaker_href(speaker.id),
            everywhere=address(f"speakers/{speaker.id}/")
            if self.briefing.listed and speaker.id in self.site.speaker
            else None,
        )

    @once
    def speakers_said(self) -> tuple[SpeakerView, ...]:
        """Every speaker of the briefing with what is credited to them or stands in their own texts, the named
        first, most statements first."""
        by_speaker: dict[str, list[Said]] = {}
        for claim in self.briefing.claims:
            for statement in self.shown(claim):
                said = self.said(claim, statement)
                if said.holder_id in self.speakers:
                    by_speaker.setdefault(said.holder_id, []).append(said)
        views = []
        for name, mine in by_speaker.items():
            sources = ", ".join(dict.fromkeys(s.source.text for s in mine))
            views.append(self._speaker_head(name)._replace(said=tuple(mine), sources=sources))
        return tuple(sorted(views, key=lambda v: (v.unnamed, -len(v.said), v.name)))

    @once
    def conflicts(self) -> Conflicts:
        """The contested claims, and the pairs of claims that contradict or strain each other, each once."""
        views = {claim.id: self.claim(claim) for claim in self.briefing.claims}
        pairs = [
            (views[claim.id], self.words.get("relations", relation.how), views[relation.to], relation)
            for claim in self.briefing.claims
            for relation in claim.relations
            if relation.how in CONFLICTS and relation.to in views
        ]
        return Conflicts(
            claims=tuple(v for v in views.values() if v.verdict.id in CLASHES),
            real=tuple(Pair(a, how.label, b, r.why) for a, how, b, r in pairs if r.real),
            scope=tuple(Pair(a, how.label, b, r.why) for a, how, b, r in pairs if not r.real),
        )

    def briefing_view(self, current: str = "", *, whole: bool = False) -> BriefingView:
        """The briefing's head and navigation, for its part ``current``; with ``whole`` also the comparison."""
        head = self._whole() if whole else self._head()
        parts = tuple((label, href, label == current) for label, href, _ in head.parts)
        return head._replace(here=current, parts=parts)

    @once
    def _whole(self) -> BriefingView:
        claims = tuple(self.claim(c) for c in self.briefing.claims)
        clashes = tuple(c for c in claims if c.verdict.id in CLASHES)
        placed = (*CLASHES, *AGREED)
        return self._head()._replace(
            topics=tuple(self.topic(n) for n in range(len(self.briefing.file.topics))),
            columns=tuple(self.source(s) for s in self.briefing.sources),
            clashes=clashes,
            cards=clashes[:CARDS],
            more_clashes=clashes[CARDS:],
            agreed=tuple(c for c in claims if c.verdict.id in AGREED),
            others=tuple(
                (term, found)
                for term in self.words.verdicts
                if term.id not in placed and (found := tuple(c for c in claims if c.verdict.id == term.id))
            ),
        )

    @once
    def _head(self) -> BriefingView:
        b = self.briefing
        matching, total = proof(b)
        count = compare.origins(b, b.source)
        articles = plural(len(b.sources), "article") + (
            f", {plural(count, 'origin')}" if count != len(b.sources) else ""
        )
        genres = Counter(self._genre(s) if s.genre != UNKNOWN else "of no stated kind" for s in b.sources)
        dates = [lock.checked_on for lock in b.locks.values() if lock.checked_on]
        more = (
            ("Timeline", "timeline/", b.events),
            ("Figures", "figures/", b.figures),
            ("Wordings", "wordings/", any(s.utterance for _, s in b.statements)),
            ("Changes", "changes/", self.entries),
        )
        parts = (
            ("Overview", ""),
            ("Matrix", "matrix/"),
            ("Topics", "topics/"),
            ("Disagreements", "disagreements/"),
            ("Sources", "sources/"),
            ("Speakers", "speakers/"),
            *((label, path) for label, path, there in more if there),
            ("Data", "data/"),
        )
        return BriefingView(
            slug=b.slug,
            title=b.file.title,
            question=b.file.question,
            draft=b.draft,
            example=b.example,
            href=self.to(""),
            here="",
            parts=tuple((label, self.to(path), False) for label, path in parts),
            kicker=(articles, plural(len(b.claims), "claim"), plural(len(b.statements), "statement")),
            genres=listed([f"{n} {label}" for label, n in genres.most_common()]),
            proof=f"{matching} of {total} quotations match the checked copies" if total else "",
            proven=matching == total and total > 0,
            caveat=caveat(b),
            bottom_line=tuple(self._sentence(i) for i in range(len(b.file.bottom_line))),
            glance=tuple(Link(s.name, self.to(f"sources/{s.id}/")) for s in b.sources)
            if len(b.sources) <= GLANCE
            else tuple(Link(s.label, self.to("matrix/")) for s in self.words.stances),
            counted=len(b.sources) > GLANCE,
            pairs=self._pairs(),
            data_href=self.to("data/"),
            format_href=address("data/"),
            citation=citations.of_briefing(self.site, b),
            address=self.published(self.base),
            method_href=address("method/"),
            corrections_href=address("corrections/"),
            matrix_href=self.to("matrix/"),
            disagreements_href=self.to("disagreements/"),
            figures_csv=self.to("figures.csv"),
            shared=tuple(self._shared()),
            editors=tuple(
                ". ".join(
                    p for p in (f"{e.name} (affiliation: {e.affiliation})", (e.assistance or "").rstrip(".")) if p
                )
                + "."
                for e in b.file.editors
            ),
            changed=day(max(dates)) if dates else "",
            gone=self.to("gone/") if moved(b, self.site) else None,
            edited=day(self.entries[-1].day) if self.entries else "",
            changes_href=self.to("changes/") if self.entries else None,
            record=""
            if self.site.record
            else "Built without the repository's history, so without a list of what changed.",
            legend=(
                *(Mark(t.symbol, slug(t.id), t.label) for t in self.words.stances),
                *(self.silence_mark(t.id) for t in self.words.silences),
            ),
        )

    def _pairs(self) -> str:
        """How many pairs of claims clash, and how many differ in scope or time only."""
        found = [
            r for c in self.briefing.claims for r in c.relations if r.how in CONFLICTS and r.to in self.briefing.claim
        ]
        real = sum(r.real for r in found)
        parts = [f"{plural(real, 'pair')} of claims pull against each other"] if real else []
        if len(found) > real:
            parts.append(f"{plural(len(found) - real, 'pair')} differ in scope or time only")
        return "; ".join(parts)

    def _shared(self) -> Iterator[str]:
        """A sentence for each pair of sources that share long runs of words: how much, where, one origin or two."""
        locks = [self.briefing.locks.get(source.id) for source in self.briefing.sources]
        if len(locks) > 1 and all(k and len(k.compared) == len(locks) - 1 and not k.shared for k in locks):
            yield f"No two of the articles share {match.LONG_RUN} words in a row; each counts as an origin of its own."
        for source in self.briefing.sources:
            lock = self.briefing.locks.get(source.id)
            for name in dict.fromkeys(run.source for run in lock.shared) if lock else ():
                if (other := self.briefing.source.get(name)) is None or source.id > name:
                    continue
                runs = [run for run in lock.shared if run.source == name] if lock else []
                count = compare.shared_words(self.briefing, source.id, name)
                where = listed([str(n) for n in dict.fromkeys(run.block for run in runs)])
                same = compare.origin(self.briefing, source.id) == compare.origin(self.briefing, name)
                reason = source.independent.get(name) or other.independent.get(source.id) or ""
                verdict = "They count as one origin." if same else f"They count as two origins: {reason}"
                passages = plural(len(runs), "passage")
                yield (
                    f"{source.name} and {other.name} share {count} words in {passages} "
                    f"(paragraph {where} of {source.name}). {verdict}"
                )

    def _sentence(self, number: int) -> tuple[Part, ...]:
        """A bottom-line sentence in parts: [phrases] link their claims; without any, the sentence links the first."""
        sentence = self.briefing.file.bottom_line[number]
        hrefs = [self.claim_href(c) if (c := self.briefing.claim.get(name)) else None for name in sentence.claims]
        pieces = sentence.text.replace("]", "[").split("[")
        if len(pieces) != 2 * len(hrefs) + 1:
            more = (Part(f" ({n})", href) for n, href in enumerate(hrefs[1:], 2))
            return (Part(compare.plain(sentence.text), hrefs[0] if hrefs else None), *more)
        return tuple(Part(piece, hrefs[i // 2] if i % 2 else None) for i, piece in enumerate(pieces) if piece)


def proof(briefing: Briefing) -> tuple[int, int]:
    """How many quotations are the ones in a signed lock, and how many there are."""
    held = [s for _, s in briefing.statements if (entry := briefing.locked(s)) and entry.is_of(s)]
    return sum(bool(briefing.locks[s.source].checked_by) for s in held), len(briefing.statements)


def caveat(briefing: Briefing) -> str:
    """The honest line: what the sources do not state of themselves, and that nothing here tests what is true."""
    total = len(briefing.sources)
    by_count: dict[int, list[str]] = {}
    for key in ("outlet", "author", "published"):
        what = "date" if key == "published" else key
        by_count.setdefault(sum(getattr(s, key) == UNKNOWN for s in briefing.sources), []).append(what)
    sentences = []
    for missing, nouns in sorted(by_count.items(), reverse=True):
        if missing == 0:
            continue
        if missing == total:
            subject = (
                f"None of the {number(total)} articles names its" if total > 1 else "The one article does not state its"
            )
            sentences.append(f"{subject} {listed(nouns, 'or')}.")
        else:
            verb = "does" if missing == 1 else "do"
            sentences.append(
                f"{number(missing).capitalize()} of the {number(total)} {verb} not state "
                f"{'its' if missing == 1 else 'their'} {listed(nouns, 'or')}."
            )
    sentences.append("Nothing here tests what is true: it shows who says what.")
    return " ".join(sentences)


def listed(items: Sequence[str], word: str = "and") -> str:
    """``a, b and c``."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def number(n: int) -> str:
    """A small number as a word."""
    return NUMBERS[n] if 0 < n < len(NUMBERS) else str(n)


def plural(n: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def percent(part: int, whole: int) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * part / whole:.1f}\u00a0%" if whole else "0\u00a0%"


def stated(value: str) -> str:
    """A value that the text states, or that it does not."""
    return value if value != UNKNOWN else "not stated in the text"


def when(source: Source) -> str:
    """A source's date for a column head."""
    return day(source.published) if source.published != UNKNOWN else "undated"
