"""What the program said in English and keeps as data is said again in the language of a page."""

from gettext import NullTranslations
from typing import Any

import pytest

from synoptic.compare.watched import describe_look
from synoptic.model.watch import Look
from synoptic.pages.summaries import SUMMARIES
from synoptic.text.language import Language, speaking
from synoptic.text.retell import retell, retell_parts


class _Shouting(NullTranslations):
    """Says every message in capitals, and keeps its placeholders."""

    def gettext(self, message: str) -> str:
        return "%(".join(
            part.upper() if not number else part.partition(")s")[0] + ")s" + part.partition(")s")[2].upper()
            for number, part in enumerate(message.split("%("))
        )

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


LOUD = Language("pl", _Shouting())


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("the page was gone", "THE PAGE WAS GONE"),
        ("the page was gone (404)", "THE PAGE WAS GONE (404)"),
        ("the page still had its one quotation", "THE PAGE STILL HAD ITS ONE QUOTATION"),
        ("the page still had 3 of 9 quotations; 2 had other words and 4 were gone",
         "THE PAGE STILL HAD 3 OF 9 QUOTATIONS; 2 HAD OTHER WORDS i 4 WERE GONE"),
        ("1 quotation added, 2 search terms removed; its text has another length",
         "1 QUOTATION ADDED, 2 SEARCH TERMS REMOVED; ITS TEXT HAS ANOTHER LENGTH"),
    ],
)  # fmt: skip
def test_a_summary_is_said_again_with_its_numbers(said: str, again: str) -> None:
    """A summary of the history is told in another language, whole or in parts, and stays as it is in English."""
    assert retell_parts(said, SUMMARIES) == said
    with speaking(LOUD):
        assert retell_parts(said, SUMMARIES) == again


@pytest.mark.parametrize("at", ["page", "archive"])
@pytest.mark.parametrize("answer", ["read", "wall", "missing", "unread"])
@pytest.mark.parametrize(("there", "changed", "gone"), [(3, 0, 0), (0, 2, 1), (1, 1, 1), (2, 0, 1)])
def test_every_look_can_be_said_again(at: str, answer: str, there: int, changed: int, gone: int) -> None:
    """What the history keeps of a look has a message, whatever came of the look."""
    lost = [tuple(f"s-{kind}-{number}" for number in range(count)) for kind, count in enumerate((changed, gone))]
    values: dict[str, Any] = {"at": at, "answer": answer, "status": 404, "quotations": 3, "there": there}
    look = Look.model_construct(**values, changed=lost[0], gone=lost[1])
    said = describe_look(look)
    with speaking(LOUD):
        again = retell_parts(said, SUMMARIES)
    assert again.replace(" i ", " I ").isupper()


def test_what_no_message_fits_stays() -> None:
    """A sentence of an earlier version, whose message is gone, is shown as it was said."""
    with speaking(LOUD):
        assert retell("it rained", SUMMARIES) == "it rained"
