"""Applies a change that somebody made in the workbench to the text of YAML files. Pure.

A change is JSON: ``do`` names it, and the other fields say what is meant. Nothing here knows what is right: the loader
and the rules read the new files like any others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from synoptic.authoring.layout import Unformattable, edit_yaml
from synoptic.authoring.yaml_nodes import Node
from synoptic.base.problems import suggest_nearest
from synoptic.model.records import Claim, Source, Statement, Topic
from synoptic.model.site import Briefing, Site
from synoptic.suggest.statements import make_id
from synoptic.workbench.fields import Declined, Fields, refuse_change

T = TypeVar("T")
LONGEST_NAME = 48  # characters of an id that is made of words


@dataclass
class Desk:
    """What a change works on: the site and the briefing as loaded, and the bytes of each file by its path ("" if there
    is none). ``files`` collects what the change writes, ``made`` the id of what it added, ``wrote`` the path of a
    record that a form changed, and the keys that lead to it."""

    site: Site
    briefing: Briefing
    read: Callable[[str], bytes]
    files: dict[str, bytes]
    made: str = ""
    wrote: tuple[str, list[str | int]] | None = None

    @property
    def folder(self) -> str:
        """The folder of the briefing."""
        return f"briefings/{self.briefing.slug}"

    def edit(self, path: str, edit: Callable[[Node], None]) -> None:
        """Change the values of a file. Raises Declined if it cannot be read or would not say what was meant."""
        before = self.files.get(path)
        try:
            self.files[path] = edit_yaml(self.read(path) if before is None else before, path, edit).encode()
        except Unformattable as fault:
            raise refuse_change(fault.problems[0].message, fault.problems) from None

    def claim(self, name: str) -> Claim:
        """A claim by its id."""
        return _find(self.briefing.claim, name, "claim")

    def source(self, name: str) -> Source:
        """A source by its id."""
        return _find(self.briefing.source, name, "source")

    def statement(self, name: str) -> tuple[Claim, Statement]:
        """A statement by its id, with its claim."""
        pairs = {statement.id: (claim, statement) for claim, statement in self.briefing.statements}
        return _find(pairs, name, "statement")

    def topic(self, name: str) -> Topic:
        """A topic by its id."""
        return _find({topic.id: topic for topic in self.briefing.file.topics}, name, "topic")

    def speaker(self, name: str) -> str:
        """The id of a known speaker; "" stands for the article itself."""
        if name:
            _find(self.site.speakers_of(self.briefing), name, "speaker")
        return name

    def word(self, list_name: str, value: str, what: str) -> str:
        """A word of one of the vocabulary's lists."""
        _find(self.site.vocabulary.terms(list_name), value, what)
        return value

    def new_id(self, words: str, taken: Any, otherwise: str) -> str:
        """An id made of words, that nothing has or had."""
        base = make_id(words) or otherwise
        if len(base) > LONGEST_NAME:
            base = base[: LONGEST_NAME + 1].rpartition("-")[0] or base[:LONGEST_NAME]
        known = {*taken, *self.briefing.broken}
        names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(known) + 2))
        return next(name for name in names if name not in known)


def _find(known: Mapping[str, T], name: str, what: str) -> T:
    """Something by its id; raises Declined if nothing has it."""
    if name not in known:
        raise refuse_change(f'there is no {what} "{name}": {suggest_nearest(name, known)}')
    return known[name]


Change = Callable[[Desk, Fields], str]


def apply_change(desk: Desk, value: Any, kinds: Mapping[str, Change], made: list[str]) -> str:
    """Apply one change; what it is called in words. A field "@0" stands for what the first change of ``made`` added."""
    fields = Fields(resolve_names(value, made), "a change")
    name = fields.text("do", required=True)
    if name not in kinds:
        raise Declined(400, f'there is no change "{name}": {suggest_nearest(name, kinds)}')
    return kinds[name](desk, fields)


def resolve_names(value: Any, made: Sequence[str]) -> Any:
    """A change, in which a field "@0" is replaced by the id that the first change made."""
    if not isinstance(value, dict):
        return value
    names = {f"@{number}": name for number, name in enumerate(made)}
    return {key: names.get(one, one) if isinstance(one, str) else one for key, one in value.items()}


def shorten_label(words: str) -> str:
    """Words for the label of a change: 60 characters at most."""
    return words if len(words) <= 60 else f"{words[:57]}..."
