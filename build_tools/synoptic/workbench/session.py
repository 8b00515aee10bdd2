"""One workbench: a project, its journals, and what each request of the page does with them."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from synoptic.base.cache import without_gc
from synoptic.base.problems import Refused
from synoptic.load.files import Disk
from synoptic.model.records import Claim
from synoptic.model.values import id_fault
from synoptic.pages.claim_card import render_card
from synoptic.pages.context import Context
from synoptic.text.english import join_words
from synoptic.workbench import record_changes
from synoptic.workbench.all_changes import CHANGES
from synoptic.workbench.article import describe_article
from synoptic.workbench.branch import make_branch
from synoptic.workbench.changes import Desk, apply_change, resolve_names
from synoptic.workbench.closest import Closest
from synoptic.workbench.conflict import RESOLVE, find_conflicts, merge_all, resume
from synoptic.workbench.drafts import (
    add_drafts,
    credit_drafts,
    describe_drafts,
    find_mark,
    judge_draft,
    read_open,
    refuse_drafts,
    settle_drafts,
)
from synoptic.workbench.fields import Declined, Fields, read_text, refuse_change
from synoptic.workbench.forms import describe_forms
from synoptic.workbench.journal import Edit, Entry, Journal, JournalFile
from synoptic.workbench.kept import Kept, Reading, list_unreadable
from synoptic.workbench.overlay import Changed, read_disk
from synoptic.workbench.relock import list_spots
from synoptic.workbench.save import describe_changes, name_new_statements, sign_briefing, write_working_copy
from synoptic.workbench.selection import Selection, make_offers
from synoptic.workbench.state import describe_briefing

MOST_PARAGRAPHS = 5  # a selection goes on to, at most
MOST_CHANGES = 50  # in one request
State = dict[str, Any]


class Workbench:
    """The project in the folder ``root``, edited by somebody; ``articles`` are folders of full texts."""

    def __init__(self, root: Path, articles: Sequence[Path], by: str) -> None:
        self.root, self.by = root, by
        self.kept = Kept(root, articles)
        self._closest = Closest(self.kept)
        self._journals: dict[str, JournalFile] = {}
        self._lock = threading.RLock()  # a request at a time: each reads and writes the same files

    def alone(self, work: Callable[[], State]) -> State:
        """What ``work`` returns, while no other request runs."""
        with self._lock, without_gc():
            return work()

    def journal_file(self, slug: str) -> JournalFile:
        """The journal of a briefing. Raises Declined if there is no such briefing."""
        if id_fault(slug) or Disk(self.root).kind(PurePosixPath("briefings") / slug) != "folder":
            raise Declined(404, "there is no such briefing")
        return self._journals.setdefault(slug, JournalFile(self.root, slug))

    def open_journal(self, journals: JournalFile) -> Journal:
        """A journal as it is now beside the files on disk."""
        journal = journals.read()
        return journal.adopt({path: read_disk(self.root, path) for path in journal.unsaved})

    def list_briefings(self) -> State:
        """Every briefing that can be read: id, title, status."""
        found = []
        for slug in self.kept.slugs({}):
            title = self.kept.title(slug)
            found += [{"slug": slug, "title": title[0], "status": title[1]}] if title else []
        return {"briefings": found}

    def read(self, slug: str, journal: Journal) -> Reading:
        """A briefing as the journal has it."""
        return self.kept.lock(self.kept.load(slug, journal.unsaved), self.by)

    def state(self, slug: str) -> State:
        """The state of a briefing."""
        journals = self.journal_file(slug)
        self.kept.forget_others()
        with journals.lock():
            return self.describe(slug, self.open_journal(journals))

    def describe(self, slug: str, journal: Journal, made: Sequence[str] = ()) -> State:
        """The state of a briefing with a journal; ``made`` are the ids that the last changes added."""
        reading = self.read(slug, journal)
        state = describe_briefing(reading.site, reading.briefing, self.kept.check(reading))
        done, undone = journal.entries[: journal.at], journal.entries[journal.at :]
        uncounted = credit_drafts(self.root, reading.briefing, journal.unsaved, journal.accepted) is not None
        return state | {
            "drafts": describe_drafts(self.root, reading.briefing, journal.accepted),
            "revision": journal.revision,
            "by": self.by,
            "can_undo": bool(done),
            "can_redo": bool(undone),
            "undo_label": done[-1][1].label if done else "",
            "redo_label": undone[0][1].label if undone else "",
            "unsaved": bool(journal.unsaved or reading.stale or uncounted),
            "to_lock": sorted(reading.stale),
            "conflict": bool(find_conflicts(self.root, journal)),
            "made": list(made),
        }

    def source(self, slug: str, name: str) -> State:
        """An article with all that is known of its paragraphs."""
        with self._lock, without_gc(), self.journal_file(slug).lock():
            journal = self.open_journal(self.journal_file(slug))
            reading = self.read(slug, journal)
        if name not in reading.briefing.source:
            raise Declined(404, f'there is no source "{name}"')
        source = reading.briefing.source[name]
        suggested, spots = self.kept.suggest(reading, source), list_spots(reading.locked, source)
        article = describe_article(reading.site, reading.briefing, source, suggested, spots)
        drafts = read_open(self.root, reading.briefing, journal.accepted)
        return add_drafts(article, drafts, reading.site, reading.briefing)

    def forms(self, slug: str) -> State:
        """The forms for everything of a briefing."""
        return describe_forms(self.look(slug).site.vocabulary)

    def record(self, slug: str, kind: str, query: Mapping[str, str]) -> State:
        """A record as its form shows it."""
        form, name = record_changes.read_form(Fields({"kind": kind})), read_text(query.get("id"), "id")
        journals = self.journal_file(slug)
        with journals.lock():
            files = self.open_journal(journals).unsaved
            reading = self.kept.load(slug, files)
            return record_changes.show_record(
                reading.site, reading.briefing, form, name, partial(self._read_bytes, files)
            )

    def look(self, slug: str) -> Reading:
        """A briefing as it is now."""
        journals = self.journal_file(slug)
        with self._lock, without_gc(), journals.lock():
            return self.read(slug, self.open_journal(journals))

    def warm(self) -> None:
        """Load what takes seconds to load, in a thread."""
        self._closest.warm()

    def select(self, slug: str, value: Any) -> State:
        """The words to quote for a selection."""
        fields, reading = Fields(value), self.look(slug)
        fields.only("source", "paragraph", "start", "end", "to_paragraph", "instead")
        source = reading.briefing.source.get(fields.text("source", required=True))
        text = reading.briefing.texts.get(source.id) if source else None
        if source is None or text is None:
            raise Declined(422, "the text of this article is not at hand, so nothing of it can be selected")
        first, start, end = fields.number("paragraph", least=1), fields.number("start"), fields.number("end")
        last = fields.number("to_paragraph", least=first, default=first)
        if last > len(text.blocks) or last - first > MOST_PARAGRAPHS or (first == last and start >= end):
            raise Declined(422, "nothing is selected")
        selected = Selection(first, start, min(end, len(text.blocks[last - 1])), last)
        instead = reading.briefing.statement.get(fields.text("instead"))
        if fields.text("instead") and (instead is None or instead.source != source.id):
            raise Declined(422, f'"{fields.text("instead")}" is not a statement of "{source.id}"')
        suggested = self.kept.suggest(reading, source)
        return make_offers(reading.site, reading.briefing, source, selected, suggested, instead)

    def like(self, slug: str, query: Mapping[str, str]) -> State:
        """The claims closest to some words; to those of an article, if its source is named and perhaps who speaks."""
        source, speaker, name = (read_text(query.get(key), key) for key in ("source", "speaker", "speaker_name"))
        return self._closest.rank(self.look(slug), read_text(query.get("like"), "like"), source, speaker, name)

    def likely(self, slug: str, name: str) -> State:
        """Where else a claim is likely said."""
        reading = self.look(slug)
        return self._closest.list_likely(reading, _find_claim(reading, name))

    def near(self, slug: str) -> State:
        """The claims that say nearly the same as others."""
        return self._closest.list_near(self.look(slug))

    def card(self, slug: str, name: str) -> State:
        """A claim as readers will see it."""
        reading = self.look(slug)
        return {"html": render_card(Context(reading.site, reading.briefing), _find_claim(reading, name))}

    def require_revision(self, slug: str, journal: Journal, fields: Fields) -> None:
        """Refuse a request that was made of another state."""
        if fields.number("revision") != journal.revision:
            message = "the briefing was changed in another window; look at it again"
            raise Declined(409, message, state=self.describe(slug, journal))

    def change(self, slug: str, value: Any) -> State:
        """Apply changes, which become one step of the journal, or none of them; ``draft`` is what they accept."""
        fields = Fields(value)
        fields.only("revision", "changes", "draft")
        journals = self.journal_file(slug)
        with journals.lock():
            journal = self.open_journal(journals)
            self.require_revision(slug, journal, fields)
            changes = fields.entries("changes")
            if not 0 < len(changes) <= MOST_CHANGES:
                raise Declined(400, f'"changes" must be a list of 1 to {MOST_CHANGES} changes')
            draft = fields.number("draft") if "draft" in fields else None
            entry, made = self._apply(slug, journal, changes, draft)
            if entry is None:
                return self.describe(slug, journal, made)
            if draft is not None:
                mark = find_mark(self.root, self.read(slug, journal).briefing, draft)
                entry = replace(entry, accepts=(mark,))
            journal = journal.add(entry)
            state = self.describe(slug, journal, made)
            journals.write(journal)
            return state

    def settle_drafts(self, slug: str, value: Any) -> State:
        """Refuse drafts, or bring back those that were refused."""
        fields = Fields(value)
        fields.only("revision", "refuse", "restore")
        journals = self.journal_file(slug)
        with journals.lock():
            journal = self.open_journal(journals)
            self.require_revision(slug, journal, fields)
            briefing = self.kept.load(slug, journal.unsaved).briefing
            for name, refused in (("refuse", True), ("restore", False)):
                if name in fields:
                    refuse_drafts(self.root, briefing, fields.numbers(name), refused=refused)
            return self.describe(slug, journal)

    def _apply(
        self, slug: str, journal: Journal, changes: Sequence[Any], draft: int | None
    ) -> tuple[Entry | None, list[str]]:
        """All changes as one entry of the journal, None if they change nothing; and the ids that they made. The last
        accepts a ``draft``."""
        files = dict(journal.unsaved)
        before: dict[str, bytes | None] = {}
        labels: list[str] = []
        made: list[str] = []
        reading = self.kept.load(slug, files)
        faults = list_unreadable(reading)
        for change in changes:
            desk = Desk(reading.site, reading.briefing, partial(self._read_bytes, files), {})
            if draft is not None and change is changes[-1]:
                judge_draft(self.root, reading.site, reading.briefing, draft, resolve_names(change, made))
            labels.append(apply_change(desk, change, CHANGES, made))
            made.append(desk.made)
            for path in desk.files:
                before.setdefault(path, self._bytes(files, path))
            files |= desk.files
            reading = self.kept.load(slug, files)
            if new := [one for key, one in list_unreadable(reading).items() if key not in faults]:
                path, keys = desk.wrote or ("", [])
                places = record_changes.locate_record(files[path] or b"", keys) if path in desk.files else {}
                raise refuse_change(new[0].message, new, path=path, places=places)
        pairs = [(path, old, files[path]) for path, old in before.items()]
        edits = [Edit(path, old, now) for path, old, now in pairs if now is not None and old != now]
        label = labels[0] + (f", and {len(labels) - 1} more" if len(labels) > 1 else "")
        return (Entry(label, tuple(edits)) if edits else None), made

    def _read_bytes(self, files: Mapping[str, bytes | None], path: str) -> bytes:
        return self._bytes(files, path) or b""

    def _bytes(self, files: Mapping[str, bytes | None], path: str) -> bytes | None:
        return files[path] if path in files else read_disk(self.root, path)

    def step(self, slug: str, value: Any, by: int) -> State:
        """Undo (-1) or redo (1) a step of the journal."""
        fields = Fields(value)
        fields.only("revision")
        journals = self.journal_file(slug)
        with journals.lock():
            journal = self.open_journal(journals)
            self.require_revision(slug, journal, fields)
            at = journal.at - (by < 0)
            if not 0 <= at < len(journal.entries):
                raise Declined(
                    409, f"there is nothing to {'undo' if by < 0 else 'redo'}", state=self.describe(slug, journal)
                )
            self._require_unchanged(journal, journal.entries[at][1], by)
            journal = journal.step(by)
            state = self.describe(slug, journal)
            journals.write(journal)
            return state

    def save(self, slug: str, value: Any) -> State:
        """Write what is not saved, lock what is new, and say in words what changed."""
        fields = Fields(value)
        fields.only("revision", "by")
        by = fields.text("by") or self.by
        journals = self.journal_file(slug)
        with journals.lock():
            journal = self.open_journal(journals)
            self.require_revision(slug, journal, fields)
            self._refuse_conflicts(journal)
            reading = self.read(slug, journal)
            if reading.stale and not by:
                raise Declined(
                    422, "give your name: it stands in the lock of each article as whoever checked the words"
                )
            if (entry := name_new_statements(reading.briefing, journal.unsaved, self.root)) is not None:
                journal = journal.add(entry)
                journals.write(journal)
            if (entry := credit_drafts(self.root, reading.briefing, journal.unsaved, journal.accepted)) is not None:
                journal = journal.add(entry)
                journals.write(journal)
            self.by = by
            before = self._files_of(slug)
            unsaved = journal.unsaved
            known = {path: read_disk(self.root, path) for path in unsaved}
            self._refuse_conflicts(journal)
            written = write_working_copy(self.root, unsaved, known)
            journal = journal.save()
            journals.write(journal)
            saved = self.kept.load(slug, {})
            settle_drafts(self.root, saved.briefing, journal.accepted)
            written += sign_briefing(self.root, self.kept.check_texts(saved), by)
            state = self.describe(slug, journal)
            words = describe_changes(Changed(self.root, before), self.root, slug)
            return {"state": state, "changes": words, "written": written}

    def branch(self, slug: str, value: Any) -> State:
        """Commit what changed on a new branch."""
        fields = Fields(value)
        fields.only("name", "message")
        journals = self.journal_file(slug)
        with journals.lock():
            if self.open_journal(journals).unsaved:
                raise Declined(422, "save first: a branch holds what is on disk")
            return make_branch(self.root, slug, fields.text("name"), fields.text("message"))

    def resolve(self, slug: str, value: Any) -> State:
        """Go on with the files that somebody else changed as they are on disk, or with what somebody chose of both
        versions; changes of other files stay."""
        fields = Fields(value)
        fields.only("revision", "how", "choices")
        how = fields.text("how")
        if how not in RESOLVE:
            raise Declined(400, '"how" must be "theirs" (the files as they are on disk) or "choose"')
        journals = self.journal_file(slug)
        with journals.lock():
            journal = self.open_journal(journals)
            self.require_revision(slug, journal, fields)
            conflicts = find_conflicts(self.root, journal)
            merged = merge_all(conflicts, fields.raw("choices")) if how == "choose" else {}
            fresh = resume(journal, self.root, conflicts, merged)
            faults = list_unreadable(self.kept.load(slug, {one.path: one.theirs for one in conflicts}))
            reading = self.kept.load(slug, fresh.unsaved)
            if new := [one for key, one in list_unreadable(reading).items() if key not in faults]:
                raise refuse_change(new[0].message, new)
            if conflicts:
                journals.keep_aside(journal, [one.show() for one in conflicts])
            state = self.describe(slug, fresh)
            journals.write(fresh)
            lost = [
                entry for _, entry in journal.entries[: journal.at] if {*entry.paths} & {one.path for one in conflicts}
            ]
            return state | {"left": [entry.label for entry in lost]}

    def _refuse_conflicts(self, journal: Journal) -> None:
        if conflicts := find_conflicts(self.root, journal):
            names = join_words([one.path for one in conflicts])
            message = f"{names}: changed by somebody else; nothing was written"
            raise Declined(409, message, conflicts=[one.show() for one in conflicts], resolve=[*RESOLVE])

    def _files_of(self, slug: str) -> dict[str, bytes]:
        """The data of a briefing, and the shared speakers, as they are on disk."""
        disk, base = Disk(self.root), PurePosixPath("briefings")
        folders = (base, base / slug, base / slug / "sources", base / slug / "claims")
        paths = [folder / name for folder in folders for name in disk.names(folder)]
        return {str(path): disk.read(path) for path in paths if disk.kind(path) == "file"}

    def _require_unchanged(self, journal: Journal, entry: Entry, by: int) -> None:
        """Refuse to undo or redo a change of a file that somebody else has changed since."""
        unsaved = journal.unsaved
        for edit in entry.edits:
            now = unsaved[edit.path] if edit.path in unsaved else read_disk(self.root, edit.path)
            if now != (edit.after if by < 0 else edit.before):
                raise Declined(409, f"{edit.path} was changed outside the workbench since, so this stays as it is")


def _find_claim(reading: Reading, name: str) -> Claim:
    if name not in reading.briefing.claim:
        raise Declined(404, f'there is no claim "{name}"')
    return reading.briefing.claim[name]


def as_refusal(error: Refused) -> State:
    """A refusal as JSON."""
    more = error.more if isinstance(error, Declined) else {}
    return {"error": str(error), **more}
