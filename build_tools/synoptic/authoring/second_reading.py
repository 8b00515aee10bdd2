"""The sheet of a second reading: drawn and written blank, read when somebody has filled it in, and put beside what the
briefing says."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Annotated

import yaml
from pydantic import BeforeValidator, Field

from synoptic.authoring import layout
from synoptic.base.problems import Place, Problem, Refused, Stopped, suggest_nearest
from synoptic.base.write import refuse_link, write_file
from synoptic.compare.readings import code_statement, hash_claim, is_first_reader
from synoptic.load.files import Disk
from synoptic.load.reader import Reader
from synoptic.model.reading import ARTICLE, Coding, Reading, ReadStatement
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN, Count, Id, Keyed, Line, Placed, Several, fold_spaces
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.folding import fold
from synoptic.text.match import hash_quote

#: What a reader may write for an article that speaks for itself.
_ITSELF = ("article", ARTICLE, "the article itself")
_HEAD = """\
# Second reading of {slug}: {size} of {all} statements, drawn by chance from the seed {seed}.
#
# Read each article around the paragraph named, and nothing of the briefing. Then answer, from the text alone:
#   holder: who says it, by the name that the article uses; `article` if the article says it itself.
#   stance: what they do with the claim. One of:
{stances}
#   kind: what kind of sentence the claim is; asked once for each claim. One of:
{kinds}
# Leave blank what you cannot tell. Afterwards: synoptic reconcile {path} --by "YOUR NAME"
# It tells which names are of no speaker. Only then, and if there is no doubt whom you meant, fill in `names`.
"""


#: An answer on the sheet; tools that write YAML put ``null`` or ``~`` into a blank, which the loader takes for text.
_Answer = Annotated[Line | None, BeforeValidator(lambda value: None if value in ("null", "~") else value)]


class SheetEntry(Placed):
    """A statement on the sheet: what the reader needs to find it, and the blanks."""

    number: Count
    article: Line
    copy_of: Annotated[str, Field(max_length=64)] = ""
    paragraph: Count | None = None
    quote: Line
    claim: Line
    key: Annotated[str, Field(max_length=64)]
    holder: _Answer = None
    stance: _Answer = None
    kind: _Answer = None


class Sheet(Placed):
    """A sheet as a file."""

    briefing: Id
    seed: Annotated[int, Field(ge=0, le=2_000_000)]
    names: Keyed[Line, Id] = Field(default_factory=dict)
    statements: Several[SheetEntry]


@dataclass(frozen=True)
class Reconciled:
    """What came of a sheet: the reading, the numbers left blank, those whose statement changed since the sheet was
    written, and the names that are of no speaker, each with the numbers where it is given."""

    reading: Reading
    blank: tuple[int, ...]
    changed: tuple[int, ...]
    strangers: Mapping[str, Sequence[int]]
    numbers: Mapping[str, int]
    """Statement's id to its number on the sheet."""


def draw(briefing: Briefing, size: int, seed: int) -> list[tuple[Claim, Statement]]:
    """Some of the statements whose quotations are checked, in an order that chance gives: the same for a seed
    everywhere, whatever else the briefing holds."""
    checked = [pair for pair in briefing.statements if briefing.checked_entry(pair[1])]
    return sorted(checked, key=lambda pair: _hash(f"{seed}/{briefing.slug}/{pair[1].id}"))[:size]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _make_key(briefing: Briefing, statement: str) -> str:
    return _hash(f"second reading/{briefing.slug}/{statement}")[:12]


def render_sheet(
    briefing: Briefing, vocabulary: Vocabulary, drawn: Sequence[tuple[Claim, Statement]], seed: int, path: str
) -> str:
    """A blank sheet: it says nothing of holders, stances, kinds, ids or the order of the briefing. ``path`` is that of
    the sheet, as the reader types it."""
    rows = [
        _HEAD.format(
            slug=briefing.slug, size=len(drawn), all=len(briefing.statements), seed=seed, path=path,
            stances=_explain(vocabulary, "stances"), kinds=_explain(vocabulary, "kinds"),
        ),
        f"briefing: {briefing.slug}\nseed: {seed}\n",
        "names: {}  # such as {the mayor: ann-lee}; see above\nstatements:\n",
    ]  # fmt: skip
    asked: set[str] = set()
    for number, (claim, statement) in enumerate(drawn, 1):
        entry, source = briefing.locked(statement), briefing.source[statement.source]
        lock = briefing.locks[source.id]
        rows += [
            f"- number: {number}\n",
            f"  article: {_quote(source.title if source.title != UNKNOWN else source.name)}\n",
            f"  copy_of: {_quote(lock.sha256[:12])}  # how the SHA-256 of the text begins\n",
            f"  paragraph: {entry.block}\n" if entry else "",
            f"  quote: {_quote(statement.quote)}\n  claim: {_quote(claim.claim)}\n",
            f"  key: {_quote(_make_key(briefing, statement.id))}\n  holder:\n  stance:\n",
            *(["  kind:\n"] if claim.id not in asked else []),
        ]
        asked.add(claim.id)
    return "".join(rows)


def _explain(vocabulary: Vocabulary, name: str) -> str:
    terms = vocabulary.terms(name).values()
    return "\n".join(f"#     {term.id}: {fold_spaces(term.description or term.label)}" for term in terms)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_sheet(path: Path) -> Sheet:
    """A sheet that somebody filled in. Raises Refused if there is none, and Stopped with each fault in it."""
    if not path.is_file():
        raise Refused(f"{path}: there is no such sheet; write one: synoptic second-reading SLUG")
    reader = Reader(Disk(path.parent))
    sheet = reader.one(Sheet, PurePosixPath(path.name))
    problems = [replace(p, place=_name_place(p.place, path)) for p in reader.problems]
    if problems or sheet is None:
        raise Stopped(problems)
    return sheet


def _name_place(place: Place, path: Path) -> Place:
    """A place in the sheet, with the path as it was typed."""
    return replace(place, path=path.as_posix())


def reconcile_sheet(
    site: Site, briefing: Briefing, sheet: Sheet, path: Path, reading: Mapping[str, object], name: str
) -> Reconciled:
    """Both answers to each statement on a sheet. ``reading`` are the fields of the reading that no sheet says.

    Raises Refused if ``name`` is of a first reader or if everything is blank, and Stopped with each wrong answer.
    """
    if is_first_reader(briefing, name):
        raise Refused(
            f'"{name}" edits {briefing.slug} or checked its quotations; a second reading is by somebody else', 1
        )
    problems = [replace(p, place=_name_place(p.place, path)) for p in _find_faults(site, briefing, sheet)]
    if problems:
        raise Stopped(problems)
    pairs = {_make_key(briefing, pair[1].id): pair for pair in briefing.statements}
    entries, blank, changed = [], [], []
    strangers: dict[str, list[int]] = {}
    numbers: dict[str, int] = {}
    for one in sheet.statements:
        claim, statement = pairs[one.key]
        if (one.quote, one.claim) != (statement.quote, claim.claim):
            changed.append(one.number)
        elif one.holder is one.stance is one.kind is None:
            blank.append(one.number)
        else:
            holder = one.holder and _find_holder(site, briefing, statement, sheet, one.holder)
            if holder and holder == one.holder and holder not in (ARTICLE, *site.speakers_of(briefing)):
                strangers.setdefault(holder, []).append(one.number)
            numbers[statement.id] = one.number
            entries.append(
                ReadStatement(
                    statement=statement.id,
                    quote_sha256=hash_quote(statement.quote, statement.cut),
                    claim_sha256=hash_claim(claim.claim),
                    first=code_statement(briefing, claim, statement),
                    second=Coding(holder=holder, stance=one.stance, kind=one.kind),
                )
            )
    if not entries:
        raise Refused(f"{path}: nothing on it can be read: {len(blank)} blank, {len(changed)} changed since")
    made = Reading(
        name=name, seed=sheet.seed, drawn=len(sheet.statements), names=sheet.names, statements=tuple(entries), **reading
    )
    return Reconciled(made, tuple(blank), tuple(changed), strangers, numbers)


def _find_faults(site: Site, briefing: Briefing, sheet: Sheet) -> Iterator[Problem]:
    """Answers that the vocabulary lacks, names of nobody, and entries that are not of this briefing or there twice."""
    known, seen = {_make_key(briefing, name) for name in briefing.statement}, set()
    for one in sheet.statements:
        if one.key not in known:
            tip = "a sheet's keys are never edited; if the statement was removed, remove its entry"
            yield Problem(one.place.at("key"), f'no statement of {briefing.slug} has the key "{one.key}"', tip)
        if one.key in seen:
            yield Problem(one.place.at("key"), f'the key "{one.key}" is there twice', "remove one of the two entries")
        seen.add(one.key)
        for name in ("stance", "kind"):
            word, terms = getattr(one, name), site.vocabulary.terms(f"{name}s")
            if word is not None and word not in terms:
                yield Problem(one.place.at(name), f'unknown {name} "{word}"', suggest_nearest(word, terms))
    for typed, speaker in sheet.names.items():
        if speaker not in (speakers := site.speakers_of(briefing)):
            message = f'"{typed}" is said to be "{speaker}", whom no speaker here is called'
            yield Problem(sheet.place.at("names"), message, suggest_nearest(speaker, speakers))


def _find_holder(site: Site, briefing: Briefing, statement: Statement, sheet: Sheet, typed: str) -> str:
    """Whom a reader means: a speaker by id or by a name that only one has; those whom the article quotes without a
    name belong to it alone. A name of nobody stays as it was typed."""
    wanted, voice = _fold(typed), briefing.source[statement.source].voice
    if wanted in _ITSELF:
        return voice or ARTICLE
    named = {_fold(name): speaker for name, speaker in sheet.names.items()}
    if wanted in named:
        return named[wanted]
    found = {
        speaker.id
        for speaker in site.speakers_of(briefing).values()
        if briefing.unnamed.get(speaker.id, statement.source) == statement.source
        and wanted in map(_fold, (speaker.id, speaker.name, *speaker.also))
    }
    return found.pop() if len(found) == 1 else typed


def _fold(name: str) -> str:
    return fold(name).casefold().removeprefix("the ") if fold(name).casefold() not in _ITSELF else fold(name).casefold()


def write_reading(root: Path, slug: str, reading: Reading) -> tuple[str, bool]:
    """Write a reading: its path in the project, and whether the file changed. The same sheet takes the place of what it
    gave before on that day; another one of the same reader and day gets its seed into its name."""
    ascii_name = unicodedata.normalize("NFKD", reading.name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", ascii_name))[:40].strip("-") or _hash(reading.name)[:8]
    paths = [f"briefings/{slug}/readings/{reading.day}-{words}{end}.yml" for end in ("", f"-{reading.seed}")]
    shown = next(path for path in paths if path == paths[-1] or _is_free(root / path, reading.seed))
    for path in ((root / shown).parent, root / shown):
        refuse_link(path)
    fields = reading.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    text: str = yaml.dump(fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10_000)
    return shown, write_file(root / shown, layout.format_yaml(text.encode(), shown))


def _is_free(path: Path, seed: int) -> bool:
    """Whether there is no file of another sheet at a path."""
    return not path.exists() or f"\nseed: {seed}\n" in path.read_text(encoding="utf-8", errors="replace")
