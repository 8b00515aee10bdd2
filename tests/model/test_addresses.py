"""Addresses of the world outside: the identities of speakers, and the days of saved copies."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from synoptic.model.addresses import read_archive_day
from synoptic.model.records import Speaker

CASES = yaml.load(Path(__file__).with_name("addresses.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(("address", "wrong"), CASES["same_as"])
def test_identities_are_addresses_of_entries(address: str, wrong: str) -> None:
    """An identity is an https address; in a register that we know it is that of an entry, its digits right."""
    try:
        Speaker(id="a", name="A", kind="person", same_as=(address,))
    except ValidationError as error:
        (fault,) = error.errors()
        assert fault["msg"] == f'"{address}" {wrong}'
        assert fault["ctx"]["tip"]
    else:
        assert wrong == ""


@pytest.mark.parametrize(("address", "day"), CASES["days"])
def test_archives_tell_the_day(address: str, day: str) -> None:
    """The day of a saved copy is read from its address, where archives write it there, and from nowhere else."""
    assert read_archive_day(address) == (None if day == "none" else day)
