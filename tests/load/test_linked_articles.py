"""An article that is a link is not read, and says so wherever articles are looked for."""

from pathlib import Path

import pytest

from tests.projects import SMALL, run

ARTICLE = f"{SMALL}/articles/gazette.txt"


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("broken", [False, True])
def test_a_linked_text_is_named(
    shared: bool, broken: bool, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the briefing or in SYNOPTIC_ARTICLES, whether it leads anywhere or not, by check and by lock."""
    (root / ARTICLE).rename(root / "elsewhere.txt")
    folder = root / "shared" if shared else (root / ARTICLE).parent
    folder.mkdir(exist_ok=True)
    (folder / "gazette.txt").symlink_to("nowhere" if broken else root / "elsewhere.txt")
    monkeypatch.setenv("SYNOPTIC_ARTICLES", str(root / "shared"))
    shown = str(folder / "gazette.txt") if shared else ARTICLE
    for words in (["check"], ["lock", "--by", "Somebody"]):
        assert run(root, *words) == 0
        assert f"{shown}:1:1: warning: is a link, so this text is not read [file]" in capsys.readouterr().out


def test_a_link_to_nothing_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ingest says that the file it was given is a link without a file behind it."""
    (root / "new.txt").symlink_to("nowhere")
    assert run(root, "ingest", str(root / "new.txt"), "--briefing", "harbour-tunnel") == 1
    assert "is a link that leads to no file" in capsys.readouterr().err
