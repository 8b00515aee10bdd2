"""Names, as capitals show them."""

import pytest

from synoptic.text.folding import fold, split_words
from synoptic.text.names import find_names


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        (
            "under the Harbour Works Source Permit (HWSP2) and the Server Side Public Quay Licence (SSPQL1)",
            "en",
            ["Harbour Works Source Permit HWSP2 and the Server Side Public Quay Licence SSPQL1"],
        ),
        (
            "The Harbour Works Board signed the Convention on the Law of the Sea, Ada Quill said in Ottawa on Monday",
            "en",
            ["Harbour Works Board", "Convention on the Law of the Sea", "Ada Quill"],
        ),
        ("J. K. Quill left the Quay. The Town stayed, and Bill 96 passed", "en", ["J K Quill", "Bill 96"]),
        ("a Fund of the people", "en", []),
        ("WE WILL NOT YIELD TO THE TOWN", "en", []),
        ("“Ada Quill”, “Bo Invented”", "en", ["Ada Quill", "Bo Invented"]),
        ("Die Stadt hat mit der Technischen Hochschule Muster einen", "de", ["Technischen Hochschule Muster"]),
        ("le Traité sur l'Union de la Baie, dit Ada Quill", "fr", ["Traité sur l'Union de la Baie", "Ada Quill"]),
        ("隧道六月一日通车", "zh", []),
    ],
)  # fmt: skip
def test_names(text: str, lang: str, names: list[str]) -> None:
    """Words with capitals in a row are a name, with the small words inside; a stop or a comma ends it."""
    words = split_words(fold(text))
    assert [" ".join(words[first : last + 1]) for first, last in find_names(text, lang)] == names
