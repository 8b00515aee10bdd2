"""Start a source from an article's file."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.article.article import Article
from build_tools.article.language import SURE, VERY_SURE, detect_language
from build_tools.article.read import find_truncation, join_lines_of, read_article
from build_tools.authoring import scaffold
from build_tools.base.problems import Refused
from build_tools.base.write import write_file
from build_tools.compare.lock import format_lock
from build_tools.load.files import most_bytes, sha256
from build_tools.model.site import Briefing, Lock
from build_tools.model.values import UNKNOWN, id_fault, is_url
from build_tools.text.match import Text
from build_tools.text.unicode import remove_unfit

MAX_TITLE = 500  # characters; longer is not a title, an author or an outlet


@dataclass(frozen=True)
class Ingested:
    """A source's id, its file's path from the project's folder, its article; whether it is new, and whether any file
    changed."""

    id: str
    path: str
    article: Article
    new: bool
    changed: bool


def read_file(path: Path) -> tuple[bytes, Article]:
    """Return the bytes and the article of a file. Raises Refused if it is too large or unreadable."""
    if not path.is_file() or path.stat().st_size > most_bytes(path):
        raise Refused(f"{path}: not a file, or larger than {most_bytes(path):,} bytes")
    data = path.read_bytes()
    try:
        return data, read_article(data, path.suffix)
    except Refused as fault:
        raise Refused(f"{path}: {fault}") from None


def add_source(
    root: Path, briefing: Briefing, path: Path, wanted_id: str = "", lang: str = "", *, wrapped: bool = False
) -> Ingested:
    """Write the source, the lock and the text of the article at ``path`` into ``briefing``.

    Without ``wanted_id`` the id comes from the title; without ``lang`` the language is the declared or detected one.
    ``wrapped`` joins the lines of a plain text first. The same article again changes nothing; a changed text under
    the same id is refused.
    """
    data, article = read_file(path)
    try:
        if wrapped and path.suffix.lower() != ".txt":
            raise Refused("--wrapped joins the lines of plain text (.txt) only")
        if wrapped:
            data = join_lines_of(data)
            article = read_article(data, path.suffix)
        if fault := find_truncation(article, path.suffix):
            raise Refused(fault)
        article = _add_language(article, lang)
    except Refused as fault:
        raise Refused(f"{path}: {fault}") from None
    text, article, sha = Text(article.blocks), _clean(article), sha256(data)
    source_id = _choose_id(briefing, sha, wanted_id, scaffold.make_source_id(article, path.stem))
    folder = root / "briefings" / briefing.slug
    source, old = folder / "sources" / f"{source_id}.yml", briefing.locks.get(source_id)
    content = scaffold.source_file(article)
    if old is None and source.exists() and source.read_bytes() != content.encode():
        raise Refused(
            f"{source.relative_to(root)} exists without a lock; run: python -m build_tools lock {briefing.slug}"
        )
    changed = write_file(folder / "articles" / f"{source_id}{path.suffix.lower()}", data)
    if old is None:
        changed |= write_file(source, content)
        unsigned = Lock(sha256=sha, words=len(text.spans), blocks=len(text.blocks))
        changed |= write_file(source.with_suffix(".lock"), format_lock(unsigned))
    return Ingested(source_id, source.relative_to(root).as_posix(), article, old is None, changed)


def _add_language(article: Article, wanted: str) -> Article:
    """The same with its language: as wanted, else as declared, else as detected. Raises Refused if it is not clear."""
    if wanted:
        return replace(article, lang=wanted)
    words = "\n".join(article.blocks)
    if article.lang:
        with suppress(Refused):  # nothing here detects languages
            lang, likelihood = detect_language(words)
            if likelihood > VERY_SURE and lang != article.lang.partition("-")[0]:
                note = f"it states the language {article.lang}, but by its words it is {lang} (if so, use --lang)"
                return replace(article, notes=(*article.notes, note))
        return article
    lang, likelihood = detect_language(words)
    if likelihood < SURE:
        raise Refused(f'its language is not stated, and "{lang}" is only a guess; give it with --lang')
    note = f"its language is not stated; by its words it is {lang} (if not, use --lang)"
    return replace(article, lang=lang, notes=(*article.notes, note))


def _choose_id(briefing: Briefing, sha: str, wanted: str, derived: str) -> str:
    """The id of the source whose text has the hash ``sha``: its present one, else ``wanted``, else ``derived``."""
    twin = next((source for source, lock in briefing.locks.items() if lock.sha256 == sha), None)
    source_id = wanted or twin or derived
    if fault := id_fault(source_id):
        raise Refused(f'the id "{source_id}" {fault}; give another with --id')
    if twin not in (None, source_id):
        raise Refused(f'this text is already the source "{twin}"; nothing was changed')
    old = briefing.locks.get(source_id)
    if old is None or old.sha256 == sha:
        return source_id
    if not wanted:
        raise Refused(f'the id "{source_id}" belongs to another text; give this one its own with --id')
    raise Refused(
        f'the source "{source_id}" was locked from another text; nothing was changed.\n'
        f"A changed text is a new source: ingest it with --id {source_id}-2, and say in about: how the two differ."
    )


def _clean(article: Article) -> Article:
    """The same without invisible characters in what it states of itself, and without titles that are too long."""

    def fit(value: str, otherwise: str = UNKNOWN) -> str:
        visible = " ".join(remove_unfit(" ".join(value.split())).split())
        return visible if 0 < len(visible) <= MAX_TITLE else otherwise

    return replace(
        article,
        title=fit(article.title),
        author=fit(article.author),
        outlet=fit(article.outlet),
        url=article.url if is_url(article.url) else "",
        licence=fit(article.licence, ""),
    )
