"""Takes what a table of statements says into a briefing. Pure: the caller reads and writes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from synoptic.authoring.table_file import Row, Table
from synoptic.authoring.table_rows import RULE, Reading, Said, place_of
from synoptic.base.problems import PLACE, Problem, suggest_nearest
from synoptic.compare.ids import name_statements
from synoptic.load.reader import explain, walk
from synoptic.model.gone import Gone
from synoptic.model.records import Claim, Speaker, Statement, Topic
from synoptic.model.site import Briefing, Site
from synoptic.model.values import id_fault
from synoptic.text.folding import fold

_STATEMENT = ("stance", "source", "speaker", "via", "mode", "quote", "translation", "paragraph", "note", "of")
_CLAIM = {"claim_text": "claim", "claim_kind": "kind", "topic": "topic"}
_LONGEST_NAME = 40  # characters of an id that is made of words


@dataclass
class Plan:
    """What becomes of a briefing: its ``claims``, of which those that did not change are the same objects; the speakers
    to declare, each with the source it belongs to if it is unnamed, and new topics; the ids to write down though
    nobody typed them; why published statements are ``gone``; and why a row cannot be taken."""

    claims: list[Claim] = field(default_factory=list)
    speakers: list[tuple[str, Speaker]] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    gone: Gone | None = None
    problems: list[Problem] = field(default_factory=list)

    def apply(self, briefing: Briefing, site: Site) -> tuple[Briefing, Site]:
        """The briefing and the site as they will be, without new locks."""
        own: dict[str, list[Speaker]] = {}
        shared = []
        for source, speaker in self.speakers:
            if source:
                own.setdefault(source, []).append(speaker)
            else:
                shared.append(speaker)
        sources = tuple(
            one.model_copy(update={"speakers": (*one.speakers, *own[one.id])}) if one.id in own else one
            for one in briefing.sources
        )
        gone = (*briefing.file.gone, self.gone) if self.gone else briefing.file.gone
        file = briefing.file.model_copy(update={"topics": (*briefing.file.topics, *self.topics), "gone": gone})
        after = replace(briefing, claims=tuple(self.claims), sources=sources, file=file)
        others = {**site.briefing, briefing.slug: after}
        return after, replace(site, speakers=(*site.speakers, *shared), briefing=others)


def plan_import(table: Table, reading: Reading, briefing: Briefing, site: Site, why: str = "") -> Plan:
    """What becomes of a briefing by what a table says. If somebody says ``why``, the statements that it lacks go."""
    removed = reading.missing if why else []
    plan = _Planner(table, briefing, site, frozenset(removed)).plan(reading)
    published = briefing.register.statements if briefing.register else ()
    if ids := tuple(name for name in removed if name in published):
        plan.gone = Gone(ids=ids, why=why)
    return plan


class _Planner:
    def __init__(self, table: Table, briefing: Briefing, site: Site, removed: frozenset[str]) -> None:
        self._table, self._briefing, self._site, self._removed = table, briefing, site, removed
        self._plan = Plan()
        self._speakers = dict(site.speakers_of(briefing))
        self._topics = {topic.id: topic.title for topic in briefing.file.topics}
        self._named = {fold(claim.claim): claim.id for claim in briefing.claims}
        self._facts: dict[str, dict[str, tuple[str, Row]]] = {}  # by claim and column
        self._order: list[str] = [claim.id for claim in briefing.claims]
        self._held: dict[str, list[Statement]] = {}  # by claim, what rows put there
        self._changed: set[str] = set()  # statements that rows put somewhere
        self._given = {
            (row.cells.get("claim", ""), column) for row in table.rows for column in row.cells.keys() & _CLAIM.keys()
        }

    def plan(self, reading: Reading) -> Plan:
        """Take every row that can be taken; report the others."""
        bad = {(problem.place.line, problem.place.column) for problem in reading.problems}
        for said in reading.said:
            faulty = {place_of(self._table, said.row, column).column for column in said.changes}
            if any((said.row.number, column) in bad for column in faulty):
                continue
            if claim := self._find_claim(said):
                self._take_statement(said, claim)
        self._plan.problems[:0] = reading.problems
        self._build_claims()
        return self._plan

    def _report(self, row: Row, column: str, message: str, tip: str = "") -> None:
        self._plan.problems.append(Problem(place_of(self._table, row, column), message, tip, RULE))

    # -- claims -----------------------------------------------------------------------------------------------------

    def _find_claim(self, said: Said) -> str:
        """The id of the claim that a row belongs to, whose facts it gives; "" if nobody can tell, which is reported."""
        name, words, home = said.get("claim"), said.get("claim_text"), said.now["claim"] if said.now else ""
        if not name:
            if said.now or not words:
                tip = "write the id of a claim" if said.now else "write the id of a claim, or a new claim in claim_text"
                self._report(said.row, "claim", "the cell is empty, so the statement has no claim", tip)
                return ""
            name = self._named.get(fold(words), "") or self._make_name(words)
        if name not in self._order:
            own = said.now["claim_text"] if said.now else ""
            same = self._named.get(fold(words), "")
            if not words or (words == own and home):
                tip = suggest_nearest(name, self._order) + (
                    "; the id of a claim is permanent: to rename it, change it in its file and add was:"
                    if same else "; for a new claim, fill claim_text, claim_kind and topic"
                )  # fmt: skip
                self._report(said.row, "claim", f'unknown claim "{name}"', tip)
                return ""
            if same:
                self._report(said.row, "claim", f'the claim "{same}" has the same words', f"write {same}")
                return ""
            self._order.append(name)
            self._named[fold(words)] = name
        for column in _CLAIM:
            if column in said.changes and (said.now is None or name == home or column != "topic"):
                self._add_fact(name, column, said)
        return name

    def _add_fact(self, claim: str, column: str, said: Said) -> None:
        text, known = said.changes[column], self._briefing.claim.get(claim)
        if not text:
            if (claim, column) not in self._given:  # else it is only not repeated
                self._report(said.row, column, "the cell is empty", "a claim needs it; write it, or leave it as it was")
            return
        if column == "topic":
            text = next((name for name, title in self._topics.items() if text in (name, title)), text)
        if known is not None and text == getattr(known, _CLAIM[column]):
            return
        first, row = self._facts.setdefault(claim, {}).setdefault(column, (text, said.row))
        if first != text:
            message = f'row {row.number} says "{first}" of the claim "{claim}", and this one "{text}"'
            self._report(said.row, column, message, "write the same in both rows, or change only one of them")

    def _make_name(self, words: str) -> str:
        """An id for a claim, of its first words."""
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = ""
        for word in re.findall(r"[a-z0-9]+", re.sub("^(?:the|an?) |['\u2019]", "", plain)):
            if len(f"{name}-{word}") > _LONGEST_NAME:
                break
            name = f"{name}-{word}".strip("-")
        name = name or "claim"
        taken = {*self._order, *(self._briefing.register.claims if self._briefing.register else ())}
        return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 10_000))) if one not in taken)

    def _build_claims(self) -> None:
        topics = list(self._topics)
        for name in self._order:
            old, facts = self._briefing.claim.get(name), self._facts.get(name, {})
            before = old.statements if old else ()
            kept = {one.id for one in before} - self._changed - self._removed
            if old and not facts and name not in self._held and len(kept) == len(before):
                self._plan.claims.append(old)
            elif claim := self._build_claim(name, old, facts) or old:
                held = {one.id: one for one in self._held.get(name, ()) if one.id}
                placed = [held.pop(one.id, one) for one in before if one.id in held or one.id in kept]
                new = [one for one in self._held.get(name, ()) if not one.id or one.id in held]
                self._plan.claims.append(claim.model_copy(update={"statements": (*placed, *new)}))
        rank = {topic: number for number, topic in enumerate([*topics, *(t.id for t in self._plan.topics)])}
        self._plan.claims.sort(key=lambda claim: rank.get(claim.topic, len(rank)))
        briefing, register = self._briefing, self._briefing.register
        taken = {item.id for item in (*briefing.figures, *briefing.events)} | briefing.broken
        taken |= {name for gone in briefing.file.gone for name in gone.ids}
        taken |= set(register.statements) if register else set()
        named = name_statements(self._plan.claims, taken)
        self._plan.claims = [
            new if any(not one.id for one in old.statements) else old
            for old, new in zip(self._plan.claims, named, strict=True)
        ]

    def _build_claim(self, name: str, old: Claim | None, facts: Mapping[str, tuple[str, Row]]) -> Claim | None:
        """A claim as its rows say, still with its old statements; None if it cannot be made, which is reported."""
        if not facts and old:
            return old
        row: Row = next((row for _, row in facts.values()), None) or self._row_of(name)
        if old is None and (missing := [column for column in _CLAIM if column not in facts]):
            choices = {"claim_kind": [*self._site.vocabulary.terms("kinds")], "topic": [*self._topics]}
            for column in missing:
                tip = f"known: {', '.join(choices[column])}" if choices.get(column) else "write it"
                self._report(row, column, f'the new claim "{name}" has no {column}', tip)
            return None
        parts: dict[object, tuple[int, ...]] = {
            _CLAIM[column]: _part(self._table, row, column) for column, (_, row) in facts.items()
        }
        place = replace(
            place_of(self._table, row, "claim", "claim_text"), parts={**parts, "id": _part(self._table, row, "claim")}
        )
        said = {_CLAIM[column]: text for column, (text, _) in facts.items()}
        topic = said.get("topic", old.topic if old else "")
        if topic not in self._topics and not self._add_topic(topic, facts["topic"][1]):
            return None
        base = {"claim": old.claim, "kind": old.kind} if old else {}
        made: Claim | None = self._validate(Claim, {**base, "id": name, "topic": topic, **said, PLACE: place})
        if made is None or old is None:
            return made
        return old.model_copy(update={"claim": made.claim, "kind": made.kind, "topic": topic, "place": place})

    def _row_of(self, claim: str) -> Row:
        places = [one.place.line for one in self._held[claim]]
        return next(row for row in self._table.rows if row.number in places)

    def _add_topic(self, name: str, row: Row) -> bool:
        """Add a topic to a briefing that has none yet; otherwise report it as unknown."""
        if self._briefing.file.topics or id_fault(name):
            tip = suggest_nearest(name, self._topics) if self._topics else f"the id of a topic {id_fault(name)}"
            self._report(row, "topic", f'unknown topic "{name}"', f"{tip}; a new one is added to briefing.yml first")
            return False
        title = name.replace("-", " ").capitalize()
        self._topics[name] = title
        place = place_of(self._table, row, "topic")
        self._plan.topics.append(Topic.model_validate({"id": name, "title": title, PLACE: place}))
        return True

    # -- statements -------------------------------------------------------------------------------------------------

    def _take_statement(self, said: Said, claim: str) -> None:
        """Make the statement of a row, if the row says anything of it."""
        old = self._briefing.statement[said.now["statement"]] if said.now else None
        own = [column for column in _STATEMENT if column in said.changes]
        if old and not own and not {"claim", "speaker_name"} & said.changes.keys():
            return
        values: dict[str, Any] = old.model_dump(exclude={"place"}) if old else {}
        values |= {column: said.changes[column] or None for column in own}
        if speaker := self._find_speaker(said):
            values["speaker"] = speaker
        if old and not values.get("speaker") and not said.changes.get("mode"):
            values["mode"] = None
        if not old and said.changes.get("statement"):
            values["id"] = said.changes["statement"]
            self._plan.ids.add(values["id"])
        parts: dict[object, tuple[int, ...]] = {column: _part(self._table, said.row, column) for column in _STATEMENT}
        if old is None or "id" in old.place.parts:
            parts["id"] = _part(self._table, said.row, "statement")
        values = {key: value for key, value in values.items() if value is not None}
        values[PLACE] = replace(place_of(self._table, said.row, "statement", "quote"), parts=parts)
        if statement := self._validate(Statement, values):
            if old:
                self._changed.add(old.id)
                moved = said.now is not None and (claim != said.now["claim"] or statement.source != old.source)
                if moved and "id" not in old.place.parts:
                    self._plan.ids.add(old.id)
            self._held.setdefault(claim, []).append(statement)

    def _find_speaker(self, said: Said) -> str:
        """The id of the speaker whom a row names in words, and whom it may declare; "" if there is none to find."""
        given, name, kind = said.get("speaker"), said.changes.get("speaker_name", ""), said.changes.get("speaker_kind")
        source = said.get("source")
        if given in self._speakers or not (name or given):
            return ""
        own = {speaker: where for speaker, where in self._briefing.unnamed.items() if where != source}
        meant = [one.id for one in self._speakers.values() if fold(name) in map(fold, (one.name, *one.also))]
        meant = [one for one in meant if one not in own]
        if not given and meant:
            return meant[0]
        if not name or not kind:
            if name:
                tip = "give speaker_kind, to declare them; or the id of somebody known in speaker"
                self._report(said.row, "speaker_name", f'no known speaker is called "{name}"', tip)
            return ""
        unnamed = kind in ("unnamed", "document")
        base = given or self._make_name(f"{source} {name}" if unnamed else name)
        columns = {"id": "speaker", "name": "speaker_name", "kind": "speaker_kind"}
        parts: dict[object, tuple[int, ...]] = {
            key: _part(self._table, said.row, column) for key, column in columns.items()
        }
        place = replace(place_of(self._table, said.row, "speaker", "speaker_name"), parts=parts)
        new = self._validate(Speaker, {"id": base, "name": name, "kind": kind, PLACE: place})
        if new is not None:
            self._speakers[new.id] = new
            self._plan.speakers.append((source if unnamed else "", new))
        return base

    def _validate(self, model: type[Any], values: dict[str, Any]) -> Any:
        """The record of some values; None if one of them does not fit, which is reported."""
        try:
            return model.model_validate(values)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                steps, key = walk(values, fault["loc"]), fault["loc"][-1]
                if fault["type"] == "missing":
                    self._plan.problems.append(Problem(values[PLACE].at(key), "the cell is empty", "fill it", RULE))
                else:
                    self._plan.problems.append(explain(model, steps, fault, self._table.name))
            return None


def _part(table: Table, row: Row, column: str) -> tuple[int, ...]:
    place = place_of(table, row, column)
    return place.line, place.column
