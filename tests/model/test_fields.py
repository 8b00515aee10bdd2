"""Every field that contributors may type is compared between versions, published as data, and shown on pages; every
field of the vocabulary and of what ``lock`` writes is compared, too.

A new field fails here until the three rooms read it, or ``EXCUSED`` says why one need not.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from synoptic.data import json_api
from synoptic.history.diff.briefing import compare_briefings
from synoptic.history.diff.shared import compare_named_speakers, compare_vocabularies
from synoptic.model import gone, reading, records, watch
from synoptic.model.values import Placed
from synoptic.model.vocabulary import Additions, Word
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data, render_site
from tests import hostile_sites

#: The rooms, each by the start of its modules' names.
ROOMS = {"diff": "synoptic.history.diff.", "data": "synoptic.data.", "pages": "synoptic.pages."}


def _models(base: type[Placed]) -> Iterator[type[Placed]]:
    for model in base.__subclasses__():
        yield from (model, *_models(model))


#: Every object of the format, vocabulary and locks included; and those that contributors type. What a site adds to the
#: vocabulary is read as a part of it.
MODELS = [
    model
    for model in _models(Placed)
    if model.__module__.startswith("synoptic.model.") and model not in (Additions, Word)
]
KNOWN_FILES = {module.__name__ for module in (gone, reading, records, watch)}
RECORDS = [model for model in MODELS if model.__module__ in KNOWN_FILES]
_OLD = "the data names what exists today; old addresses lead on as pages"
_FILES = "only in the files of the download"
_SILENCES = "published as silences, which are found once for the pages and handed on"
#: Fields that a room does not read, and why.
EXCUSED: Mapping[str, Mapping[str, str]] = {
    "diff": {
        **dict.fromkeys(("Claim.passed_over", "PassedOver.sources"), "read from Claim.passes, which has one an entry"),
        "Claim.statements": "read from Briefing.statements, which holds each with its claim",
        "Look.day": "that an address gave the same on a later day is no change; it is read of a new look",
    },
    "data": {
        **dict.fromkeys(("BriefingFile.gone", "Gone.ids", "Gone.to", "Gone.why"), _OLD),
        **dict.fromkeys(("Claim.was", "Source.was", "Speaker.was", "Topic.was"), _OLD),
        **dict.fromkeys(("Source.independent", "Statement.allow", "Sentence.allow"), _FILES),
        "Source.speakers": "published as speakers, which Briefing.own_speakers holds",
        "Claim.passed_over": _SILENCES,
        **dict.fromkeys(("PassedOver.reason", "PassedOver.source", "PassedOver.sources"), _SILENCES),
    },
    "pages": {"Sentence.allow": _FILES},
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """Room to the fields that it reads, as ``Claim.terms``, of a site that reaches every branch of every template."""
    site = hostile_sites.everything(tmp_path_factory.mktemp("fields"))
    heads = [hostile_sites.changed(site, change) for change in (str, lambda text: f"{text} again")]
    fields: dict[str, set[str]] = {room: set() for room in ROOMS}
    get, known = Placed.__getattribute__, {model: model.model_fields for model in MODELS}
    asked: list[
        set[str]
    ] = []  # the rooms in which something may be read now; what all have read is not looked at again

    def note(self: Placed, name: str) -> Any:
        if name in known.get(type(self), ()):
            field = f"{type(self).__name__}.{name}"
            if not all(field in room for room in asked):
                for room in _rooms(sys._getframe(1)):
                    fields[room].add(field)
        return get(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Placed, "__getattribute__", note)
        asked[:] = fields["pages"], fields["data"]
        render_site(site, drafts=True)
        asked[:] = [fields["data"]]
        json_api.site_files(site)
        for briefing in site.briefings:
            briefing_data(Context(site, briefing))
        asked[:] = [fields["diff"]]
        for briefing in site.briefings:
            for head in heads:  # equal, and with other texts
                words = (site.vocabulary, head.vocabulary)
                list(compare_briefings(briefing, head.briefing[briefing.slug], words, {}, {}))
                list(compare_named_speakers(site.speakers, head.speakers))
                list(compare_vocabularies(*words))
    return fields


def _rooms(frame: Any) -> Iterator[str]:
    """The rooms on the call stack; the comparison must read a field itself, since a verdict reads it in its name."""
    reader = frame
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        rooms = (room for room, prefix in ROOMS.items() if module.startswith(prefix))
        yield from (room for room in rooms if room != "diff" or frame is reader)
        frame = frame.f_back


@pytest.mark.parametrize("room", ROOMS)
def test_every_field_is_read_or_excused(room: str, read: Mapping[str, set[str]]) -> None:
    """No field is forgotten, and no excuse is out of date."""
    models = MODELS if room == "diff" else RECORDS
    fields = {f"{model.__name__}.{name}" for model in models for name in model.model_fields if name != "place"}
    bound = {f"Bound.{name}" for name in records.Bound.model_fields}  # only figures and events occur
    assert sorted(fields - bound - read[room]) == sorted(EXCUSED[room])
