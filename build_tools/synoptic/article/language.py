"""The language of a text, as its letters tell; a guess with its likelihood."""

import functools
from typing import Any

from synoptic.base.problems import Refused

SURE = 0.7  # of 27 texts of one sentence in 25 languages, the one wrong guess is below it
VERY_SURE = 0.99  # enough to doubt what a page states
LONGEST = 5_000  # characters that are read


def detect_language(text: str) -> tuple[str, float]:
    """The likeliest language of a text as a tag, and how likely it is, from 0 to 1. Raises Refused."""
    try:
        from py3langid import langid
    except ImportError:
        raise Refused(
            "its language is not stated; give it with --lang, such as --lang en (or install what detects it: "
            "pip install --require-hashes -r requirements-ingest.txt)"
        ) from None
    tag, likelihood = _load_detector(langid).classify(text[:LONGEST])
    return str(tag), float(likelihood)


@functools.cache  # unpacking the model takes half a second
def _load_detector(langid: Any) -> Any:
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
