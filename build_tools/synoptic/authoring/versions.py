"""Compares a later version of an article with the one that was locked, and notes it in the source."""

from dataclasses import dataclass
from pathlib import Path

from synoptic.article.article import Article
from synoptic.authoring import layout
from synoptic.authoring.append import append
from synoptic.authoring.ingest import read_file
from synoptic.base.problems import Refused, suggest_nearest
from synoptic.base.write import refuse_link, write_file
from synoptic.compare.quotations import list_quotations
from synoptic.compare.versions import Paragraphs, compare_paragraphs, describe_version
from synoptic.compare.watched import Outcome, find_outcomes, seek
from synoptic.load.files import kept_text, sha256
from synoptic.model.records import Source
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.match import Text


@dataclass(frozen=True)
class LaterVersion:
    """A later version: its article, what became of each quotation and paragraph, how it differs in a sentence, the path
    of the source's file from the project's folder, and whether that was written."""

    article: Article
    outcomes: list[Outcome]
    paragraphs: Paragraphs
    note: str
    path: str
    written: bool


def add_version(
    root: Path, briefing: Briefing, source_id: str, path: Path, vocabulary: Vocabulary, today: str
) -> LaterVersion:
    """Compare the file at ``path`` with the locked text of a source, and note it there as a version of ``today``. A
    version that is noted already changes nothing. Raises Refused if the locked text is not at hand."""
    source, lock = briefing.source.get(source_id), briefing.locks.get(source_id)
    if source is None or lock is None:
        known = suggest_nearest(source_id, briefing.locks)
        raise Refused(f'there is no locked source "{source_id}" in {briefing.slug}: {known}')
    earlier, (data, article) = _find_earlier(root, briefing, source), read_file(path)
    sha = sha256(data)
    if sha == lock.sha256:
        raise Refused(f"{path} is the very file that was locked for {source_id}; nothing was changed")
    markers = vocabulary.markers_of(source.lang).all
    outcomes = find_outcomes(seek(list_quotations(briefing, source_id)), source.lang, markers, (Text(article.blocks),))
    paragraphs = compare_paragraphs(earlier, article.blocks)
    note, shown = describe_version(outcomes, paragraphs), f"briefings/{briefing.slug}/sources/{source_id}.yml"
    noted = any(version.sha256 == sha for version in source.versions)
    if not noted:
        entry = f'{{day: {today}, note: "{note}", sha256: {sha}}}'
        file = root / shown
        refuse_link(file)
        before = file.read_bytes()
        write_file(file, tidy(before, append(before, shown, ("versions",), [f"- {entry}\n"]), shown))
    return LaterVersion(article, outcomes, paragraphs, note, shown, not noted)


def _find_earlier(root: Path, briefing: Briefing, source: Source) -> tuple[str, ...]:
    """The paragraphs of the locked text."""
    lock = briefing.locks[source.id]
    if (text := briefing.texts.get(source.id)) is not None:
        return text.blocks
    kept = kept_text(root / "briefings" / briefing.slug, source.id)
    if kept is not None and sha256(kept.read_bytes()) == lock.sha256:
        return read_file(kept)[1].blocks
    raise Refused(
        f'the locked text of "{source.id}" is not at hand, so there is nothing to compare with; put it into '
        f"briefings/{briefing.slug}/articles/, or name its folder in SYNOPTIC_ARTICLES"
    )


def tidy(before: bytes, after: bytes, shown: str) -> bytes:
    """A file after a change, in its canonical form if it was in that before."""
    try:
        canonical = layout.format_yaml(before, shown).encode() == before
    except layout.Unformattable:
        canonical = False
    return layout.format_yaml(after, shown).encode() if canonical else after
