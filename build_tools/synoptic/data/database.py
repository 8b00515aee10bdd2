"""The published data as tables of a relational database, one row an object of the JSON documents. Pure.

The columns follow from ``format.yml``: each key that holds one value is a column of its name; a list of texts and
numbers by name are JSON in a text. Objects inside objects have tables of their own, and name what they belong to.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from synoptic.data.documents import read_format

#: A document of the published data.
Document = Mapping[str, Any]
#: SQL type of a column, by the type of its key.
_TYPES = {"text": "TEXT", "number": "INTEGER", "number with decimals": "REAL", "yes or no": "INTEGER"}
#: Types that are kept as JSON in a text.
_LISTS = ("list of text", "texts by name", "numbers by name")


class Column(NamedTuple):
    """A column: its name, its SQL type, and what it holds."""

    name: str
    type: str
    means: str


class Table(NamedTuple):
    """A table: the shape of its objects, the document that has them, and the keys that lead to them. ``owners`` are
    keys on that way whose objects a row names, each with its column."""

    name: str
    shape: str
    document: str
    path: tuple[str, ...]
    owners: Mapping[str, str] = {}

    @property
    def columns(self) -> list[Column]:
        """The columns: the briefing, what the object belongs to, its place among its like, and its keys."""
        own = [
            Column(key, _find_type(kind), means)
            for key, (kind, means) in read_format().objects[self.shape].keys.items()
            if _find_type(kind)
        ]
        owners = [Column(name, "TEXT", f"The id of the {name}.") for name in self.owners.values()]
        place = Column("position", "INTEGER", "Its place in the JSON, from 1.")
        return [Column("briefing", "TEXT", "The id of the briefing."), *owners, place, *own]

    def list_rows(self, slug: str, documents: Mapping[str, Document]) -> Iterator[list[str | int | float | None]]:
        """The rows of a briefing, from its documents by name."""
        keys = [column.name for column in self.columns[2 + len(self.owners) :]]
        found = _walk(documents[self.document], self.path, self.owners, ())
        for owners, position, value in found:
            yield [slug, *owners, position, *(_store(value[key]) for key in keys)]


#: Every table, in order.
TABLES = (
    Table("briefings", "Head", "briefing", ("briefing",)),
    Table("editions", "Edition", "briefing", ("briefing", "edition")),
    Table("bottom_lines", "Sentence", "briefing", ("briefing", "bottom_line")),
    Table("editors", "Answerable", "briefing", ("briefing", "editors")),
    Table("topics", "Named", "briefing", ("briefing", "topics")),
    Table("answers", "AnswerData", "briefing", ("briefing", "topics", "answers"), {"topics": "topic"}),
    Table("sources", "SourceData", "briefing", ("sources",)),
    Table("speakers", "SpeakerData", "briefing", ("speakers",)),
    Table("claims", "ClaimData", "briefing", ("claims",)),
    Table("statements", "StatementData", "briefing", ("claims", "statements"), {"claims": "claim"}),
    Table("silences", "SilenceData", "briefing", ("claims", "silence"), {"claims": "claim"}),
    Table("relations", "RelationData", "briefing", ("claims", "relations"), {"claims": "claim"}),
    Table("replies", "ReplyData", "briefing", ("claims", "replies"), {"claims": "claim"}),
    Table("figures", "FigureData", "briefing", ("figures",)),
    Table("events", "EventData", "briefing", ("events",)),
    Table("verdicts", "JudgedData", "verdicts", ("claims",)),
    Table("facts", "FactsData", "verdicts", ("claims", "facts"), {"claims": "claim"}),
    Table("cited_sources", "CitedData", "citations", ("sources",)),
    Table("cited_statements", "CitedQuotation", "citations", ("statements",)),
)
#: The documents that the tables are made of.
DOCUMENTS = tuple(dict.fromkeys(table.document for table in TABLES))


def list_definitions() -> Iterator[str]:
    """The SQL that makes the tables, and an index for each column that joins them."""
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        yield f'CREATE TABLE "{table.name}" ({columns})'
    for table in TABLES:
        names = [column.name for column in table.columns]
        for name in ("id", "claim", "topic", "statement", "source", "holder"):
            if name in names:
                yield f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("briefing", "{name}")'


def list_rows(slug: str, documents: Mapping[str, Document]) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """For each table, the SQL that inserts a row, and the rows of a briefing from its documents by name."""
    for table in TABLES:
        marks = ", ".join("?" * len(table.columns))
        insert = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - the names are ours
        yield insert, table.list_rows(slug, documents)


def _find_type(kind: str) -> str:
    """The SQL type of a key's type; "" if its objects have a table of their own."""
    plain = kind.removesuffix(" or null")
    if plain in _LISTS or plain.startswith("word of "):
        return "TEXT"
    return _TYPES.get(plain, "")


def _walk(
    value: Any, path: tuple[str, ...], owners: Mapping[str, str], named: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int, Any]]:
    """The objects to which keys lead, each with the ids of its owners and its place among its like."""
    key, *rest = path
    entries = value[key] if isinstance(value[key], list) else [value[key]]
    for position, entry in enumerate(entries, 1):
        inner = (*named, entry["id"]) if key in owners else named
        if rest:
            yield from _walk(entry, tuple(rest), owners, inner)
        else:
            yield inner, position, entry


def _store(value: Any) -> str | int | float | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
