"""The runs of words that two sources share. Every text is invented."""

import pytest

from synoptic.compare.lock import list_shared_runs
from synoptic.model.records import Source
from synoptic.text.match import Text

LAWS = "the Harbour Works Source Permit (HWSP2) and the Server Side Public Quay Licence (SSPQL1)"
TITLE = "The town signs an agreement on the tide and keeps its harbour open to all who come"
PROSE = "the town keeps the Harbour Works Board and asks whoever builds at the quay to pay before the work begins"


@pytest.mark.parametrize(
    ("shared", "counts"), [(PROSE, True), (LAWS, False), (TITLE, False), (f"{TITLE} {PROSE}", True)]
)
def test_names_and_titles_tell_nothing_of_an_origin(shared: str, counts: bool) -> None:
    """A long run that is a title, or names and titles of laws, is not listed; prose with a name in it is."""
    source, other = Source(id="wire", title="Wire"), Source(id="bote", title=f"{TITLE}!")
    texts = [Text((f"One says: {shared}.", "It ends.")), Text((f"Another says {shared}, too.",))]
    for runs in (
        list_shared_runs(source, texts[0], other, texts[1]),
        list_shared_runs(other, texts[1], source, texts[0]),
    ):
        assert bool(runs) is counts
