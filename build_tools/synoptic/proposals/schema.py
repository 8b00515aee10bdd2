"""The records of a file of proposals, the reading of such a file, and the JSON Schema that it follows. Pure."""

import bisect
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from synoptic.base.problems import PLACE, Problem, Refused
from synoptic.load.reader import explain, walk
from synoptic.load.yaml_guard import Tree, parse
from synoptic.model.values import Count, Id, Line, Paragraphs, Placed, Several, word

M = TypeVar("M", bound=Placed)

#: Bytes of a file, and proposals in it.
MAX_BYTES, MAX_PROPOSALS = 1_000_000, 2_000


class ProposedAnswer(Placed):
    """A short reply to a topic's question, in your own words; claims give it."""

    topic: Id
    """The id of a topic of the briefing."""
    id: Id
    """A new id: small letters, digits, hyphens."""
    text: Annotated[Line, Field(max_length=200)]
    """The reply, in at most eight words."""


class ProposedClaim(Placed):
    """One proposition in neutral words of your own. It needs a statement that asserts it."""

    topic: Id
    """The id of a topic of the briefing."""
    id: Id
    """A new id: small letters, digits, hyphens."""
    claim: Annotated[Line, Field(max_length=500)]
    """One sentence, as strong as the articles' words and no stronger."""
    kind: Annotated[str, word("kinds")]
    """The kind of proposition."""
    answer: Id | None = None
    """The answer to its topic's question that it gives: one of the briefing, or one proposed here."""
    terms: Annotated[Several[Annotated[Line, Field(max_length=100)]], Field(max_length=20)] = ()
    """Search terms by which other articles can be searched for it; open* finds opens and opened."""
    note: Annotated[Line, Field(max_length=500)] | None = None
    """Something readers should know about the claim."""


class ProposedStatement(Placed):
    """Who says what about a claim, in the words of one article."""

    claim: Id
    """The id of a claim of the briefing, or of one proposed here."""
    source: Id
    """The id of the article."""
    quote: Line
    """The article's own words, copied character by character, as few as carry the stance."""
    paragraph: Count | None = None
    """The number of its paragraph, needed if the words occur more than once."""
    speaker: Annotated[Line, Field(max_length=200)] | None = None
    """Who says it: the id of a speaker, or the name as the article gives it. Omit it if the article says it itself."""
    speaker_kind: Annotated[str, word("speaker_kinds")] | None = None
    """The kind of a speaker who has no id yet."""
    via: Annotated[Line, Field(max_length=200)] | None = None
    """Who passed it on, such as a news agency."""
    mode: Annotated[str, word("modes")] | None = None
    """How the article reports the speaker. If omitted: direct inside quotation marks, else indirect."""
    stance: Annotated[str, word("stances")] = "asserts"
    """Whether the speaker asserts, denies, qualifies or questions the claim."""
    of: Annotated[Line, Field(max_length=200)] | None = None
    """What it is about, in two to six words, if statements on this claim are about different things."""
    translation: Line | None = None
    """Your English translation, only if the article is in another language."""
    cut: bool = False
    """Whether an ellipsis (...) in the quotation is your own cut: inside one sentence, never over a hedge."""
    note: Annotated[Line, Field(max_length=500)] | None = None
    """The limits of the stance, which one that qualifies needs."""


class ProposedGist(Placed):
    """What a paragraph, or several in a row, says: one short sentence of your own."""

    source: Id
    """The id of the article."""
    paragraphs: Paragraphs
    """Its number, or a range: 4, or 7-9."""
    gist: Annotated[Line, Field(max_length=500)]
    """At most 30 words, none of them eight in a row of an article."""


class Proposals(Placed):
    """What somebody proposes for one briefing."""

    briefing: Id
    """The id of the briefing."""
    by: Annotated[Line, Field(max_length=100)]
    """Who or what made the proposals: a person, or the name of a model or tool. Readers will see it."""
    answers: Several[ProposedAnswer] = ()
    """New answers to the questions of topics."""
    claims: Several[ProposedClaim] = ()
    """New claims."""
    statements: Several[ProposedStatement] = ()
    """New statements, on claims of the briefing or on those proposed here."""
    gists: Several[ProposedGist] = ()
    """What paragraphs say that need no statement."""


Item = ProposedAnswer | ProposedClaim | ProposedStatement | ProposedGist
#: The lists of a file, in the order in which their items are judged and numbered.
LISTS = ("answers", "claims", "statements", "gists")
MODELS: dict[str, type[Item]] = {
    "answers": ProposedAnswer, "claims": ProposedClaim, "statements": ProposedStatement, "gists": ProposedGist,
}  # fmt: skip
#: A character beyond the first plane, as JSON may escape it and YAML may not.
_PAIR = re.compile(rb"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Read:
    """A file of proposals: its head, the items that could be read in the order of LISTS, a problem for each of the
    others, and how many there are in all."""

    head: Proposals
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    proposed: int


def read_proposals(data: bytes, path: str) -> Read:
    """The proposals in a JSON file that messages call ``path``. An item that cannot be read is left out.

    Raises Refused if nothing can be read: it is not JSON, too large, too deep, or names no briefing.
    """
    if len(data) > MAX_BYTES:
        raise _refuse(f"{path}: {len(data):,} bytes are too many; the limit is {MAX_BYTES:,}; split the file")
    guarded = parse(_join_pairs(data), path)  # JSON is YAML: the guard bounds its depth, and gives places
    if not isinstance(guarded.value, dict):
        _load_json(data, path)  # which says best what is wrong with JSON
        raise _refuse(guarded.problems[0] if guarded.problems else f"{path}:1:1: this is not an object of JSON")
    plain = _load_json(data, path)
    value: dict[str, Any] = _merge(plain, guarded.value)
    lists = {name: value.pop(name, []) for name in LISTS}
    if wrong := [name for name, entries in lists.items() if not isinstance(entries, list)]:
        raise _refuse(f'{path}: "{wrong[0]}" must be a list')
    proposed = sum(map(len, lists.values()))
    if proposed > MAX_PROPOSALS:
        raise _refuse(f"{path}: {proposed:,} proposals are too many; the limit is {MAX_PROPOSALS:,}; split the file")
    head, faults = _validate(Proposals, value, path)
    if head is None:
        raise _refuse(faults[0])
    return _read_items(head, lists, guarded, path)


def _read_items(head: Proposals, lists: dict[str, list[Any]], guarded: Tree, path: str) -> Read:
    """The items of a file. One whose values hold what no page can show is left out, like any other wrong one."""
    entries = [(name, entry) for name, entries in lists.items() for entry in entries]
    starts = sorted(_start(entry) for _, entry in entries if isinstance(entry, dict))
    unfit: dict[tuple[int, int], list[Problem]] = {}
    for problem in guarded.problems:
        before = bisect.bisect_right(starts, (problem.place.line, problem.place.column))
        if not before:
            raise _refuse(problem)
        unfit.setdefault(starts[before - 1], []).append(problem)
    items: list[Item] = []
    problems: list[Problem] = []
    for name, entry in entries:
        if not isinstance(entry, dict):
            problems.append(Problem(guarded.value[PLACE].at(name), f'an entry of "{name}" is not an object'))
        elif faults := unfit.get(_start(entry)):
            problems += faults[:1]
        else:
            item, found = _validate(MODELS[name], entry, path)
            items += [item] if item is not None else []
            problems += found[:1]
    return Read(head, tuple(items), tuple(problems), len(entries))


def _start(entry: dict[str, Any]) -> tuple[int, int]:
    return entry[PLACE].line, entry[PLACE].column


def _validate(model: type[M], value: dict[str, Any], path: str) -> tuple[M | None, list[Problem]]:
    """A record, or None and what is wrong."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
        return None, [explain(model, walk(value, fault["loc"]), fault, path) for fault in faults]


def _refuse(reason: object) -> Refused:
    return Refused(f"{reason}\nnothing was imported")


def _join_pairs(data: bytes) -> bytes:
    """The data with surrogate pairs as the characters that they mean."""

    def join(pair: re.Match[bytes]) -> bytes:
        return (
            pair[1]
            + (b"\\u" + pair[2] + b"\\u" + pair[3])
            .decode("raw_unicode_escape")
            .encode("utf-16", "surrogatepass")
            .decode("utf-16")
            .encode()
        )

    return _PAIR.sub(join, data)


def _load_json(data: bytes, path: str) -> Any:
    """The data as JSON, strictly: no key twice, and no numbers that JSON lacks. Raises Refused."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in found]
        if twice := [name for i, name in enumerate(names) if name in names[:i]]:
            raise ValueError(f'the key "{twice[0]}" appears twice in one object')
        return dict(found)

    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is not a number of JSON")

    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=pairs, parse_constant=refuse)
    except RecursionError:
        raise _refuse(f"{path}: not valid JSON: it is nested too deep") from None
    except ValueError as error:
        raise _refuse(f"{path}: not valid JSON: {error}") from None


def _merge(plain: Any, guarded: Any) -> Any:
    """A value of JSON with the texts and places of the guard; what is null is left out."""
    if isinstance(plain, dict):
        texts = {key: _merge(value, guarded[key]) for key, value in plain.items() if value is not None}
        return texts | {PLACE: guarded[PLACE]}
    if isinstance(plain, list):
        return [_merge(one, other) for one, other in zip(plain, guarded, strict=True)]
    return guarded if isinstance(plain, str) else plain
