"""Second readings as data. Pure."""

from typing import Any

from synoptic.compare.readings import Twice, list_read, measure_readings
from synoptic.data.documents import fill
from synoptic.model.reading import Coding
from synoptic.model.site import Briefing


def build_readings(briefing: Briefing) -> dict[str, Any]:
    """The document on second readings, but for what each document has."""
    measured, read = measure_readings(briefing), list(list_read(briefing))
    figures = measured.figures.items() if measured else ()
    return {
        "statements": measured.statements if measured else 0,
        "void": measured.void if measured else 0,
        "agreement": [fill("AgreementData", found, asked=name) for name, found in figures],
        "readings": [
            fill("ReadingData", reading, id=name, statements=[_build_twice(one) for one in read if one.id == name])
            for name, reading in briefing.readings.items()
        ],
    }


def _build_twice(twice: Twice) -> dict[str, Any]:
    first, second = _build_coding(twice.entry.first), _build_coding(twice.entry.second)
    return fill("TwiceData", twice.entry, first=first, second=second, counts=twice.counts)


def _build_coding(coding: Coding) -> dict[str, Any]:
    return fill("CodingData", coding)
