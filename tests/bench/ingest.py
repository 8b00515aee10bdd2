"""How often ``ingest`` is right about the pages that other programs are tested with.

``python -m tests.bench.ingest FOLDER...``: the folders are checkouts of adbar/trafilatura, mozilla/readability and
AndyTheFactory/newspaper4k; or folders of labelled quotations, as ``tests.bench.speakers`` describes them. Nothing of
them is kept.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from synoptic.article.read import read_article
from synoptic.base.problems import Refused
from synoptic.model.values import UNKNOWN
from tests.bench.speakers import measure_speakers
from tests.text.test_retyped import measure_retyped
from tests.text.test_sentences import measure_sentences

FIELDS = ("author", "title", "published")
Labels = dict[str, str]


def list_trafilatura(folder: Path) -> Iterator[tuple[Path, Labels]]:
    """The pages of trafilatura's tests, with what they state."""
    for labels in json.loads((folder / "tests/evaldata.json").read_text(encoding="utf-8")).values():
        path = next((p for p in (folder / "tests" / d / labels["file"] for d in ("cache", "eval")) if p.exists()), None)
        if path:
            yield path, {"author": _join(labels.get("author")), "title": labels.get("title") or "",
                         "published": re.sub(r"-(\d)$", r"-0\1", labels.get("date") or "")}  # fmt: skip


def list_readability(folder: Path) -> Iterator[tuple[Path, Labels]]:
    """The pages of Readability's tests."""
    for path in sorted((folder / "test/test-pages").glob("*/source.html")):
        labels = json.loads((path.parent / "expected-metadata.json").read_text(encoding="utf-8"))
        yield path, {"author": labels.get("byline") or "", "title": labels.get("title") or "",
                     "published": (labels.get("publishedTime") or "")[:10]}  # fmt: skip


def list_newspaper(folder: Path) -> Iterator[tuple[Path, Labels]]:
    """The pages of newspaper4k's tests."""
    for labels_path in sorted((folder / "tests/data/metadata").glob("*.json")):
        labels = json.loads(labels_path.read_text(encoding="utf-8"))
        path = folder / "tests/data/html" / f"{labels_path.stem}.html"
        if path.exists():
            yield path, {"author": _join(labels.get("authors")), "title": labels.get("title") or "",
                         "published": str(labels.get("publish_date") or "")[:10]}  # fmt: skip


SETS = {
    "tests/evaldata.json": list_trafilatura,
    "test/test-pages": list_readability,
    "tests/data/metadata": list_newspaper,
}


def _join(names: Any) -> str:
    return "; ".join(names) if isinstance(names, list) else names or ""


def squeeze(text: str) -> str:
    """Letters and digits."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def equals_but_for_layout(found: str, label: str) -> bool:
    """Whether two values are the same but for their layout: spaces, dashes, quotation marks and case."""
    one, other = (
        re.sub(r"[\s\-\u2010-\u2015\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a]+", "", unicodedata.normalize("NFKC", text))
        for text in (found, label)
    )
    return one.casefold() == other.casefold()


def is_same(field: str, found: str, label: str) -> bool:
    """Whether a value is the labelled one: of authors the same names in any order, with their dots; of titles the same
    letters; of days the same, give or take a time zone."""
    if field == "published":
        try:
            return abs((date.fromisoformat(found) - date.fromisoformat(label)).days) <= 1
        except ValueError:
            return False
    if field == "title":
        parts = re.split(r"\s+[-–—|:·]+\s+|[_|]", label)  # Readability keeps the site's name at the end
        return squeeze(found) in {squeeze("".join(parts[:n])) for n in range(1, len(parts) + 1)}
    names = []
    for value in (found, re.sub(r"^(?:By|Par)\s", "", label).split("\n")[0]):
        split = re.split(r"\s*(?:;|,|/|&|\b(?:and|und|et|y)\b)\s*", value)
        names.append({" ".join(name.split()).casefold().rstrip(".") for name in split} - {"", "phd", "ma", "md"})
    return names[0] == names[1]


def is_change(label: str, page: str) -> bool:
    """Whether a labelled day is the one on which a page says that it was changed, which ``ingest`` never reads."""
    return bool(re.search(rf"modified[^<>]{{0,40}}{re.escape(label)}", page, re.IGNORECASE))


def measure(folder: Path, wrong: list[str]) -> Counter[str]:
    """Count pages, refused pages, and for each field: found of the labelled ones, and right ones of these."""
    counts: Counter[str] = Counter()
    reader = next(reader for mark, reader in SETS.items() if (folder / mark).exists())
    for path, labels in reader(folder):
        counts["pages"] += 1
        try:
            article = read_article(path.read_bytes(), ".html")
        except Refused as refusal:
            counts["refused"] += 1
            wrong.append(f"{path.name}: {refusal}")
            continue
        for field in FIELDS:
            found, label = str(getattr(article, field)), labels[field]
            if field == "published" and not is_same(field, found, label):
                label *= not is_change(label, path.read_text("utf-8", "replace"))
            if label and found != UNKNOWN:
                counts[f"{field} found"] += 1
                counts[f"{field} right"] += is_same(field, found, label)
                counts[f"{field} strict"] += found == label
                counts[f"{field} layout"] += equals_but_for_layout(found, label)
                longer, shorter = sorted((squeeze(found), squeeze(label)), key=len, reverse=True)
                counts[f"{field} contained"] += shorter in longer
                if not is_same(field, found, label):
                    wrong.append(f"{path.parent.name}/{path.name}: {field}: {found!r}, labelled {label!r}")
            counts[f"{field} labelled"] += bool(label)
    return counts


def main(words: list[str]) -> None:
    """Print a table; with ``--wrong`` as the first argument each page that was read otherwise, too."""
    given = [Path(word) for word in words if word != "--wrong"]
    sets = [folder for folder in given if any(folder.glob("items-*.jsonl"))]
    folders = [folder for folder in given if folder not in sets]
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for folder in folders:
        total += measure(folder, wrong)
    if "--wrong" in words:
        print(*wrong, sep="\n")
    print(f"{total['pages']} pages, {total['refused']} refused")
    for field in FIELDS:
        right, found, labelled = (total[f"{field} {what}"] for what in ("right", "found", "labelled"))
        print(
            f"{field:10} right {right} of {found} found ({right / max(found, 1):.1%}); {labelled} labelled; "
            f"{total[f'{field} strict']} to the letter, {total[f'{field} layout']} but for layout; "
            f"one in the other {total[f'{field} contained']}"
        )
    print(*measure_sentences(), *measure_retyped(), *chain(*map(measure_speakers, sets)), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
