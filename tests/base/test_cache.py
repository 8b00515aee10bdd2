"""The cache: it saves work and changes nothing."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from synoptic.base.cache import NO_CACHE, Cache, encode_parts, hash_parts


def count_makes(cache: Cache, key: Iterable[bytes], value: object = "value") -> tuple[object, int]:
    """The cached value, and how often it had to be made."""
    made = []

    def make() -> object:
        made.append(value)
        return value

    return cache.get_or_make(key, make), len(made)


def test_a_value_is_made_once(tmp_path: Path) -> None:
    """It is not made a second time, nor in another run; with another key or other settings it is."""
    cache = Cache(tmp_path)
    assert count_makes(cache, [b"a", b"b"]) == ("value", 1)
    assert count_makes(cache, [b"a", b"b"], "again") == ("value", 0)
    cache.save()
    assert count_makes(Cache(tmp_path), [b"a", b"b"]) == ("value", 0)
    assert count_makes(cache, [b"ab"]) == ("value", 1)
    assert count_makes(Cache(tmp_path, [b"other settings"]), [b"a", b"b"]) == ("value", 1)
    assert count_makes(NO_CACHE, [b"a", b"b"]) == ("value", 1)


@pytest.mark.parametrize(
    "content", [b"", b"\x80", b"no pickle", b"\x80\x04h\x07.", b"g1\n.", b"\x80\x04cnowhere\nnothing\n."]
)
def test_damaged_files_are_replaced(content: bytes, tmp_path: Path) -> None:
    """A damaged file of small values is made again, and a damaged large value is missing."""
    cache = Cache(tmp_path)
    count_makes(cache, [b"a"])
    cache.write(cache.path_of("large"), b"large")
    cache.prune()
    assert cache.read(cache.path_of("large")) == b"large"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        path.write_bytes(content)
    damaged = Cache(tmp_path)
    assert damaged.read(damaged.path_of("large")) is None
    assert count_makes(damaged, [b"a"]) == ("value", 1)
    damaged.save()
    assert count_makes(Cache(tmp_path), [b"a"]) == ("value", 0)


def test_an_unwritable_folder_costs_only_time(tmp_path: Path) -> None:
    """With a file in place of the folder everything is made again."""
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    for _ in range(2):
        cache = Cache(tmp_path / "cache")
        assert count_makes(cache, [b"a"]) == ("value", 1)
        cache.write(cache.path_of("large"), b"large")
        assert cache.read(cache.path_of("large")) is None
        cache.prune()


def test_unused_values_are_pruned(tmp_path: Path) -> None:
    """After a run only its own values stay, and those of the last few settings."""
    for keys in ([b"a"], [b"b"]), ([b"b"],):
        cache = Cache(tmp_path, [b"1"])
        for key in keys:
            count_makes(cache, key)
        cache.prune()
    assert count_makes(Cache(tmp_path, [b"1"]), [b"b"]) == ("value", 0)
    assert count_makes(Cache(tmp_path, [b"1"]), [b"a"]) == ("value", 1)
    for number in range(9):
        cache = Cache(tmp_path, [b"settings %d" % number])
        count_makes(cache, [b"a"])
        cache.prune()
    assert len(list(tmp_path.iterdir())) == 4


def test_keys_are_unambiguous() -> None:
    """Different values or boundaries give different keys; unpaired surrogates are no obstacle."""
    assert hash_parts([b"a", b"bc"]) != hash_parts([b"ab", b"c"])
    assert list(encode_parts("1")) != list(encode_parts(1))
    assert list(encode_parts("\ud800"))
