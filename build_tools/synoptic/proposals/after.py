"""A briefing as it would be with some proposals, so that the rules of ``check`` can judge them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from synoptic.base.problems import Place
from synoptic.compare.context import record_context
from synoptic.compare.lock import make_entry
from synoptic.model.lock import Lock, LockedQuote, Turn
from synoptic.model.records import Answer, BriefingFile, Claim, SearchTerm, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from synoptic.proposals.schema import Item, ProposedAnswer, ProposedClaim, ProposedGist, ProposedStatement
from synoptic.text.match import Match


@dataclass(frozen=True)
class Kept:
    """A proposal that stands: for a statement the id of its speaker, the speaker to declare if nobody has, and the
    place of its words."""

    item: Item
    speaker: str | None = None
    new: Speaker | None = None
    match: Match | None = None


def name_item(item: Item) -> str:
    """The id by which problems call a proposal."""
    if isinstance(item, ProposedStatement):
        return f"proposal-{item.place.line}-{item.place.column}"
    return item.id if not isinstance(item, ProposedGist) else ""


def make_statement(item: ProposedStatement, speaker: str | None, name: str) -> Statement:
    """A proposal as a statement."""
    return Statement(
        place=item.place, id=name, source=item.source, speaker=speaker, via=item.via, mode=item.mode,
        stance=item.stance, of=item.of, quote=item.quote, translation=item.translation, paragraph=item.paragraph,
        cut=item.cut, note=item.note,
    )  # fmt: skip


def add_to(briefing: Briefing, site: Site, kept: Sequence[Kept]) -> Briefing:
    """The briefing as it would be with some proposals, with locks of their quotations that nobody signed."""
    statements: dict[str, list[Statement]] = {}
    entries: dict[str, list[LockedQuote]] = {}
    turns: dict[str, dict[str, tuple[Turn, ...]]] = {}
    gists: dict[str, dict[str, ProposedGist]] = {}
    declared_new: dict[str, list[Speaker]] = {}
    for one in kept:
        if isinstance(one.item, ProposedGist):
            gists.setdefault(one.item.source, {})[one.item.paragraphs] = one.item
        if not isinstance(one.item, ProposedStatement) or one.match is None:
            continue
        name, source = one.item.source, briefing.source[one.item.source]
        statement = make_statement(one.item, one.speaker, name_item(one.item))
        statements.setdefault(one.item.claim, []).append(statement)
        entries.setdefault(name, []).append(make_entry(statement, source, one.match, site.vocabulary))
        found = record_context(briefing.texts[name], one.match, source, site.vocabulary)
        turns.setdefault(name, {})[statement.id] = found
        if one.new:
            declared_new.setdefault(name, []).append(one.new)
    claims = [one.item for one in kept if isinstance(one.item, ProposedClaim)]
    new = [_make_claim(claim, statements.pop(claim.id, ())) for claim in claims]
    old = [
        claim.model_copy(update={"statements": (*claim.statements, *statements.get(claim.id, ()))})
        for claim in briefing.claims
    ]
    locks = dict(briefing.locks)
    for name in {*entries, *gists}:
        locks[name] = _extend_lock(briefing, name, entries.get(name, ()), turns.get(name, {}))
    sources = [
        _extend_source(source, gists.get(source.id, {}), declared_new.get(source.id, ())) for source in briefing.sources
    ]
    return replace(
        briefing, file=_extend_file(briefing, kept), claims=(*old, *new), sources=tuple(sources), locks=locks
    )


def _make_claim(item: ProposedClaim, statements: Sequence[Statement]) -> Claim:
    terms = tuple(SearchTerm(place=item.place, term=term) for term in item.terms)
    return Claim(
        place=item.place, id=item.id, claim=item.claim, kind=item.kind, answer=item.answer, terms=terms,
        note=item.note, topic=item.topic, statements=tuple(statements),
    )  # fmt: skip


def _extend_lock(
    briefing: Briefing, name: str, entries: Sequence[LockedQuote], turns: Mapping[str, tuple[Turn, ...]]
) -> Lock:
    """The lock of a source with more quotations; a new one if it has none."""
    text = briefing.texts[name]
    lock = briefing.locks.get(name) or Lock(sha256="0" * 64, words=len(text.spans), blocks=len(text.blocks))
    return lock.model_copy(update={"quotes": (*lock.quotes, *entries), "context": {**(lock.context or {}), **turns}})


def _extend_source(source: Source, gists: Mapping[str, ProposedGist], speakers: Sequence[Speaker]) -> Source:
    """A source with more gists and speakers; its place is theirs."""
    if not gists and not speakers:
        return source
    place = source.place
    if gists:
        spots: dict[object, tuple[int, ...]] = {}
        for key, one in gists.items():
            at = one.place.at("gist")
            spots["outline", key] = at.line, at.column
        place = Place(next(iter(gists.values())).place.path, 0, 0, spots)
    told = source.outline | {key: one.gist for key, one in gists.items()}
    return source.model_copy(update={"outline": told, "place": place, "speakers": (*source.speakers, *speakers)})


def _extend_file(briefing: Briefing, kept: Sequence[Kept]) -> BriefingFile:
    """briefing.yml with more answers."""
    found: dict[str, list[Answer]] = {}
    for one in kept:
        if isinstance(one.item, ProposedAnswer):
            answer = Answer(place=one.item.place, id=one.item.id, text=one.item.text)
            found.setdefault(one.item.topic, []).append(answer)
    topics = [
        topic.model_copy(update={"answers": (*topic.answers, *found.get(topic.id, ()))})
        for topic in briefing.file.topics
    ]
    return briefing.file.model_copy(update={"topics": tuple(topics)})
