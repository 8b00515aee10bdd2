"""Writes the published data as one file of SQLite, complete or not at all."""

import contextlib
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from synoptic.base.problems import Refused
from synoptic.data import database
from synoptic.data.documents import VERSIONS

#: "Syno", by which a file tells whose it is.
APPLICATION = int.from_bytes(b"Syno")


def write_database(path: Path, briefings: Iterable[tuple[str, Mapping[str, database.Document]]]) -> int:
    """Write a database with the documents of each briefing, one briefing at a time. Returns the number of its rows.

    The same data gives the same bytes with the same version of SQLite. Raises Refused if the file cannot be written;
    an older one is then untouched.
    """
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = _fill(part, briefings)
        part.replace(path)
    except (sqlite3.Error, OSError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused(f"{path}: cannot be written: {why}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return rows


def _fill(part: Path, briefings: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as held:
        for setting in (
            "encoding = 'UTF-8'", "page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "cache_size = -16384",
            f"application_id = {APPLICATION}", f"user_version = {max(VERSIONS)}",
        ):  # fmt: skip
            held.execute(f"PRAGMA {setting}")
        held.execute("BEGIN")
        for definition in database.list_definitions():
            held.execute(definition)
        for slug, documents in briefings:
            for insert, rows in database.list_rows(slug, documents):
                held.executemany(insert, rows)
        total = held.total_changes
        held.execute("COMMIT")
        held.execute("VACUUM")
    return total
