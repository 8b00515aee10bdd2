"""Start a source from an article's file."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from synoptic.article.article import Article
from synoptic.article.language import SURE, VERY_SURE, detect_language
from synoptic.article.read import find_truncation, join_lines_of, read_article
from synoptic.article.teasers import bars_the_rest, find_doubt
from synoptic.authoring import scaffold
from synoptic.base.problems import Refused
from synoptic.base.write import write_file
from synoptic.compare.lock import format_lock
from synoptic.compare.quotations import list_quotations
from synoptic.load.files import kept_text, most_bytes, sha256
from synoptic.model.lock import Lock
from synoptic.model.site import Briefing
from synoptic.model.values import UNKNOWN, id_fault, is_url
from synoptic.text.match import Text
from synoptic.text.unicode import remove_unfit

PASTED = Path("pasted.txt")  # what messages call a text from standard input
MAX_TITLE = 500  # characters; longer is not a title, an author or an outlet


@dataclass(frozen=True)
class Ingested:
    """A source's id, its file's path from the project's folder, its article; whether its text is new, and whether any
    file changed."""

    id: str
    path: str
    article: Article
    new: bool
    changed: bool


def read_file(path: Path) -> tuple[bytes, Article]:
    """Return the bytes and the article of a file. Raises Refused if it is too large or unreadable."""
    if path.is_symlink() and not path.exists():
        raise Refused(f"{path}: is a link that leads to no file; name the file itself")
    if not path.is_file() or path.stat().st_size > most_bytes(path):
        raise Refused(f"{path}: not a file, or larger than {most_bytes(path):,} bytes")
    data = path.read_bytes()
    return data, _read_article(path, data)


def _read_article(path: Path, data: bytes) -> Article:
    try:
        return read_article(data, path.suffix)
    except Refused as fault:
        raise Refused(f"{path}: {fault}") from None


def read_pasted(stream: BinaryIO) -> bytes:
    """The text in ``stream``, as somebody pasted it. Raises Refused if it is empty or too large."""
    most = most_bytes(PASTED)
    data = stream.read(most + 1)
    if len(data) > most or not data.strip():
        raise Refused(f"standard input: {f'more than {most:,} bytes' if data.strip() else 'there is no text'}")
    return data


@dataclass(frozen=True)
class Wish:
    """How somebody wants an article taken: the id and language ("" for those that it gives itself), whether the lines
    of its plain text are ``wrapped``, and whether an edited source file may be written again (``replace``), and
    whether only a part of the article is at hand (``partial``); and the address that it was fetched from (``url``)."""

    id: str = ""
    lang: str = ""
    wrapped: bool = False
    replace: bool = False
    partial: bool = False
    url: str = ""


def add_source(root: Path, briefing: Briefing, path: Path, wish: Wish, pasted: bytes | None = None) -> Ingested:
    """Write the source, the lock and the text of an article into ``briefing``.

    It is the file at ``path``, or the text ``pasted``. Without an id in ``wish`` the id comes from the title. The same
    article again changes nothing. A changed text replaces one that nobody has checked or quoted, and by ``replace`` one
    of a draft that nobody has signed with a key; any other is refused.
    """
    data, article = _read_wished(path, wish, pasted)
    text, article, sha = Text(article.blocks), _clean(article), sha256(data)
    source_id = _choose_id(briefing, sha, wish, scaffold.make_source_id(article, path.stem))
    folder = root / "briefings" / briefing.slug
    source, old = folder / "sources" / f"{source_id}.yml", briefing.locks.get(source_id)
    new = old is None or old.sha256 != sha
    content, kept = scaffold.source_file(article, source_id), kept_text(folder, source_id)
    if new and source.exists() and source.read_bytes() != content.encode():
        if old is None:
            raise Refused(f"{source.relative_to(root)} exists without a lock; run: synoptic lock {briefing.slug}")
        if not wish.replace and not _is_as_ingested(source, kept, wish):
            raise Refused(
                f"{source.relative_to(root)} was edited since its text was added; nothing was changed.\n"
                "Add --replace to take the new text and write that file again."
            )
    home = folder / "articles" / f"{source_id}{path.suffix.lower()}"
    changed = write_file(home, data)
    if new:
        changed |= write_file(source, content)
        unsigned = Lock(sha256=sha, words=len(text.spans), blocks=len(text.blocks))
        changed |= write_file(source.with_suffix(".lock"), format_lock(unsigned))
        if kept is not None and kept != home:
            kept.unlink()
    return Ingested(source_id, source.relative_to(root).as_posix(), article, new, changed)


def _read_wished(path: Path, wish: Wish, pasted: bytes | None) -> tuple[bytes, Article]:
    """The bytes to keep and the article in them. Raises Refused if it is unreadable or only a beginning."""
    data, article = read_file(path) if pasted is None else (pasted, _read_article(path, pasted))
    try:
        if wish.wrapped and path.suffix.lower() != ".txt":
            raise Refused("--wrapped joins the lines of plain text (.txt) only")
        if wish.wrapped:
            data = join_lines_of(data)
            article = read_article(data, path.suffix)
        if wish.partial:
            article = mark_partial(article)
        elif fault := find_truncation(article, path.suffix):
            raise Refused(f"{fault}. If this is all you can have, add --partial")
        elif doubt := find_doubt(article.blocks, article.kinds, prose=path.suffix.lower() in (".txt", ".pdf")):
            note = f"{doubt}; if this is only a part of the article, write text: partial in that file"
            article = replace(article, notes=(*article.notes, note))
        return data, _add_wished(article, wish)
    except Refused as fault:
        raise Refused(f"{path}: {fault}") from None


def _is_as_ingested(source: Path, kept: Path | None, wish: Wish) -> bool:
    """Whether a source's file is what was made of its kept text, so that nobody's edits are in it."""
    if kept is None:
        return False
    try:
        article = _clean(_add_wished(read_file(kept)[1], wish))
    except Refused:
        return False
    made = {scaffold.source_file(one, source.stem).encode() for one in (article, mark_partial(article))}
    return source.read_bytes() in made


def mark_partial(article: Article) -> Article:
    """The same as only a part of the whole; sentences that bar the rest do not belong to it."""
    pairs = zip(article.kinds, article.blocks, strict=True)
    kinds = tuple("author-note" if bars_the_rest(block) else kind for kind, block in pairs)
    return replace(article, partial=True, kinds=kinds)


def _add_wished(article: Article, wish: Wish) -> Article:
    """The same with its language and its address: the one that it states if it is of the host that it was fetched from,
    since that lacks what somebody's way there added; else that one."""
    article = _add_language(article, wish.lang)
    same = is_url(article.url) and urlsplit(article.url).hostname == urlsplit(wish.url).hostname
    return replace(article, url=wish.url) if wish.url and not same else article


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


def _choose_id(briefing: Briefing, sha: str, wish: Wish, derived: str) -> str:
    """The id of the source whose text has the hash ``sha``: its present one, else the wanted, else ``derived``."""
    wanted = wish.id
    twin = next((source for source, lock in briefing.locks.items() if lock.sha256 == sha), None)
    source_id = wanted or twin or derived
    if fault := id_fault(source_id):
        raise Refused(f'the id "{source_id}" {fault}; give another with --id')
    if twin not in (None, source_id):
        raise Refused(f'this text is already the source "{twin}"; nothing was changed')
    old = briefing.locks.get(source_id)
    if old is None or old.sha256 == sha:
        return source_id
    if not (wanted or wish.replace):
        raise Refused(f'the id "{source_id}" belongs to another text; give this one its own with --id')
    if old.checked_by is None and not old.quotes and not list_quotations(briefing, source_id):
        return source_id  # nobody relies on the old text
    if wish.replace and briefing.draft and not old.proofs:
        return source_id  # `lock` looks for its quotations in the new text
    raise Refused(
        f'the source "{source_id}" was locked from another text; nothing was changed.\n'
        f"A later version of the same article: add --version, and it is compared and noted there. To quote it, ingest "
        f"it with --id {source_id}-2." + " A better copy of the same text: add --replace." * briefing.draft
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
