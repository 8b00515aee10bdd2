"""Loading without holding everything: the same site, a few briefings at a time."""

import gc
import shutil
from pathlib import Path

import pytest

from synoptic.load.load import load
from synoptic.load.on_demand import HELD, load_on_demand
from synoptic.model.site import Briefing

COPIES = 6


@pytest.fixture
def many(root: Path) -> Path:
    """A project of more briefings than are held."""
    for number in range(COPIES):
        shutil.copytree(root / "briefings/harbour-tunnel", root / f"briefings/tunnel-{number}")
    return root


def test_what_is_read_again_is_the_same(many: Path) -> None:
    """The site and its problems are those of reading everything at once; at most a few briefings stay in memory."""
    whole, problems = load(many)
    others = [one for one in gc.get_objects() if isinstance(one, Briefing)]
    lean, same = load_on_demand(many)
    assert whole is not None
    assert lean is not None
    assert [str(problem) for problem in same] == [str(problem) for problem in problems]
    assert lean.summaries == whole.summaries
    assert [*lean.briefing] == [*whole.briefing]
    assert all(lean.briefing[slug] == briefing for slug, briefing in whole.briefing.items())
    for slug in lean.briefing:
        lean.briefing[slug]
    gc.collect()
    known = {*map(id, others)}
    assert sum(isinstance(one, Briefing) and id(one) not in known for one in gc.get_objects()) <= HELD


def test_unknown_and_vanished_briefings(many: Path) -> None:
    """A briefing that there is not is a missing key; one that cannot be read any more is an error that names it."""
    site, _ = load_on_demand(many)
    assert site is not None
    with pytest.raises(KeyError):
        site.briefing["nothing"]
    (many / "briefings/tunnel-3/briefing.yml").unlink()
    with pytest.raises(OSError, match="try again") as raised:
        site.briefing["tunnel-3"]
    assert raised.value.filename == "briefings/tunnel-3"
