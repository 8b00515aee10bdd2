"""What contributors may leave out or write in another way: a stance, YAML's quotation marks."""

from pathlib import Path, PurePosixPath

import pytest
import yaml

from build_tools.load.files import Disk
from build_tools.load.reader import Reader
from build_tools.model.records import Claim

CASES = yaml.safe_load(Path(__file__).with_suffix(".yml").with_stem("short_forms").read_text(encoding="utf-8"))
PATH = PurePosixPath("claims/closing.yml")
HEAD = "- id: closed\n  claim: It was closed.\n  kind: event\n  statements:\n"


def read(text: str, folder: Path) -> tuple[list[Claim], list[str]]:
    """The claims of a file, and its problems without their tips."""
    (folder / PATH).parent.mkdir(exist_ok=True)
    (folder / PATH).write_bytes(text.encode())
    reader = Reader(Disk(folder))
    claims = reader.several(Claim, PATH, topic="closing")
    return claims, [str(problem).splitlines()[0] for problem in reader.problems]


@pytest.mark.parametrize("quote", CASES["quotes"])
def test_words_below_their_key_are_free(quote: str, tmp_path: Path) -> None:
    """A text after a bar or an angle may hold any sign; lines are joined, and what follows keeps its place."""
    text = f"{HEAD}    - id: a\n      source: wire\n      quote: {quote}      extra: 1\n"
    (claim,), problems = read(text, tmp_path)
    (statement,) = claim.statements
    assert statement.quote == CASES["words"]
    assert statement.stance == "asserts"
    line = text.replace("\r\n", "\n").count("\n")
    assert problems == [f'{PATH}:{line}:7: error: unknown key "extra" [key]']
