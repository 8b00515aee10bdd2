"""Meanings are compared by an optional library; their vectors are cached, and only a sealed cache is read."""

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from synoptic.similar.meaning import Meaning
from synoptic.similar.rank import Wordings, rank_claims


class Encoder:
    """Stands for the library: the vector of a text is made of its first letters. Counts what it encodes."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Any:
        """A vector of length 1 for each text."""
        np = pytest.importorskip("numpy")
        self.seen += texts
        rows = np.array([[1.0, float(ord((text or " ")[0]) % 7), 0.0] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def load(monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[Meaning, Encoder]:
    """A ``Meaning`` as if a library was installed."""
    encoder = Encoder()
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "1")
    monkeypatch.setattr(Meaning, "_load_encoder", lambda _: encoder)
    return Meaning(folder), encoder


def test_missing_library_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library there is no meaning, and claims are ranked by words."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert Meaning.load() is None
    assert rank_claims("a bridge", [Wordings("a", "A bridge.")], Meaning.load())[0][0] == "a"


def test_vectors_are_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A second run reads the vectors from the cache, and scores the same."""
    first, encoder = load(monkeypatch, tmp_path)
    scores = first.score("alpha", ["beta", "alpha", "beta"])
    first.save()
    assert sorted(encoder.seen) == ["alpha", "beta"]
    assert scores[1] == pytest.approx(1, abs=0.001)
    second, encoder = load(monkeypatch, tmp_path)
    assert second.score("alpha", ["beta", "alpha", "beta"]) == scores
    assert encoder.seen == []


def test_a_cache_of_others_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache that was altered is made again."""
    first, _ = load(monkeypatch, tmp_path)
    scores = first.score("alpha", ["beta"])
    first.save()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"!")
    second, encoder = load(monkeypatch, tmp_path)
    assert second.score("alpha", ["beta"]) == scores
    assert sorted(encoder.seen) == ["alpha", "beta"]
