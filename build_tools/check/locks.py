"""Rules: every source has a signed lock, and its text is the one that was locked. Pure."""

from collections.abc import Iterator

from build_tools.base.problems import Problem
from build_tools.model.briefing import Briefing
from build_tools.model.site import Site


def lock_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every source has a lock that names who checked it and when."""
    tip = f"whoever has the article runs: python -m build_tools lock {briefing.slug} --by NAME"
    for source in briefing.sources:
        if f"lock:{source.id}" in briefing.broken:
            continue
        lock = briefing.locks.get(source.id)
        if lock is None:
            yield Problem(source.place, f'the source "{source.id}" has no lock', tip)
        elif not (lock.checked_by and lock.checked_on):
            yield Problem(source.place, f'the lock of "{source.id}" does not say who checked it and when', tip)


def text_changed(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An article's text is the one that was locked, with the same number of words; a changed text is a new source."""
    for source in briefing.sources:
        lock, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        if lock and text and (lock.words, lock.blocks) != (len(text.spans), len(text.blocks)):
            message = (
                f'the lock of "{source.id}" records {lock.words} words in {lock.blocks} paragraphs, '
                f"but the text has {len(text.spans)} in {len(text.blocks)}"
            )
            yield Problem(source.place, message, f"run: python -m build_tools lock {briefing.slug}")
        if sha := briefing.changed.get(source.id):
            message = f'the text of "{source.id}" in articles/ is not the one that was locked (SHA-256 {sha[:12]}...)'
            yield Problem(source.place, message, "restore the old text, or ingest the new one as another source")
