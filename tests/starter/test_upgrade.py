"""What a newer version would write differently in a site."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from synoptic.base import write
from synoptic.base.write import write_file
from synoptic.cli.main import main
from synoptic.starter import upgrade
from synoptic.starter.answers import Answers
from synoptic.starter.program import PIN, Program
from synoptic.starter.site_files import make_site
from tests.projects import CHECKOUT, PROGRAM, load_checked, read_files, replace_once

NEW = Program(
    "./synoptic_briefings-9.9-py3-none-any.whl --hash=sha256:12", {"synoptic_briefings-9.9-py3-none-any.whl": b"new"}
)
OLD = Program("./synoptic-0.0.1-py3-none-any.whl --hash=sha256:34", {"synoptic-0.0.1-py3-none-any.whl": b"old"})
FOLDER = "briefings/quay-bridge"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site of the version that runs."""
    monkeypatch.setattr(upgrade, "find_program", lambda: NEW)
    for path, content in make_site(Answers("a"), NEW).items():
        write_file(tmp_path / path, content)
    return tmp_path


def run(site: Path, capsys: Output, *words: str) -> str:
    """What ``upgrade`` prints."""
    assert main(["--root", str(site), "upgrade", *words]) == 0
    return capsys.readouterr().out


def dump_again(text: str) -> str:
    """A YAML file as another program writes it: without comments, and laid out otherwise."""
    return str(yaml.safe_dump(yaml.load(text, yaml.BaseLoader), allow_unicode=True, sort_keys=False, width=1000))


def test_a_new_site_needs_nothing(site: Path, capsys: Output) -> None:
    """A site of today's version is left alone, and no change is claimed that never was."""
    before = read_files(site)
    said = run(site, capsys, "--write")
    assert "state version 1 of the format" in said
    assert "Today's is version 1, the only one so far." in said
    assert "moved" not in said
    assert "0 files written, 0 for you" in said
    assert read_files(site) == before


def test_old_forms_are_listed_then_written(site: Path, capsys: Output) -> None:
    """What has one right answer is listed and, if asked, written: another layout, a file without its
    version, an old schema, libraries, and the program; then nothing is left."""
    claims = site / FOLDER / "claims/warning.yml"
    today = read_files(site)
    replace_once(site / FOLDER / "events.yml", "# yaml-language-server: $schema=../../docs/schema/v1/events.json\n", "")
    claims.write_text(dump_again(claims.read_text(encoding="utf-8")), encoding="utf-8")
    (site / "docs/schema/v1/claims.json").write_text("{}", encoding="utf-8")
    (site / "requirements.txt").write_text("mkdocs==1.0\n", encoding="utf-8")
    (site / PIN).write_text(f"# mine\n{OLD.requirement}\n", encoding="utf-8")
    (site / next(iter(NEW.files))).rename(site / next(iter(OLD.files)))
    before = read_files(site)
    said = run(site, capsys)
    assert read_files(site) == before
    for line in (
        f"{FOLDER}/events.yml: put into its canonical form",
        f"{FOLDER}/claims/warning.yml: put into its canonical form",
        "docs/schema/v1/claims.json: today's schema", "requirements.txt: the libraries",
        f"{PIN}: pins version", "synoptic-0.0.1-py3-none-any.whl: the wheel of the version before",
        "synoptic_briefings-9.9-py3-none-any.whl: the wheel of version",
        "No version is stated by 2 files, such as", "7 files to write, 0 for you",
    ):  # fmt: skip
        assert line in said
    assert "7 files written" in run(site, capsys, "--write")
    after = read_files(site)
    assert after.pop(PIN).decode() == f"# mine\n{NEW.requirement}\n"
    assert "  terms: [april, warning, rust*, spring]\n" in after.pop(f"{FOLDER}/claims/warning.yml").decode()
    assert after == {path: content for path, content in today.items() if path in after}
    load_checked(site)
    assert "0 files to write" in run(site, capsys)


def test_nothing_of_the_owner_is_lost(site: Path, capsys: Output) -> None:
    """Libraries and notes that the owner added to the locked files and to the pin stay, and are named; a workflow that
    is not today's is named and left."""
    libraries, pin, workflow = site / "requirements.txt", site / PIN, site / ".ci/pull-request"
    today = libraries.read_bytes()
    mine = "# for our maps\nmkdocs-maps==1.0 \\\n    --hash=sha256:00\n    # via us\n"
    libraries.write_text(today.decode().replace("mkdocs==1.6.1", "mkdocs==1.6.0") + mine, encoding="utf-8")
    pin.write_text(f"# mine\n{OLD.requirement}\nother-plugin==2.0\n# end\n", encoding="utf-8")
    workflow.write_text("# mine\n", encoding="utf-8")
    before = read_files(site)
    said = run(site, capsys, "--write")
    assert "requirements.txt: keeps mkdocs-maps, which this version does not need: remove what you do not use" in said
    assert ".ci/pull-request: not as today's version writes it; compare with a site that `synoptic init` makes" in said
    assert libraries.read_text(encoding="utf-8") == today.decode() + mine
    assert pin.read_text(encoding="utf-8") == f"# mine\nother-plugin==2.0\n# end\n{NEW.requirement}\n"
    after = read_files(site)
    assert {path for path in before if before[path] != after.get(path)} == {"requirements.txt", PIN}
    assert "0 files to write, 1 for you" in run(site, capsys)


@pytest.mark.parametrize(
    ("line", "ours"),
    [
        ("synoptic @ git+https://example.org/x@1", True),
        ("synoptic-briefings @ https://example.org/x.whl", True),
        ("./synoptic-0.1.0-py3-none-any.whl --hash=sha256:1", True),
        ("./synoptic_briefings-0.1.0-py3-none-any.whl --hash=sha256:1", True),
        ("synoptic-briefings==1.0", True),
        ("synopticpy==2026.10.0", False),
        ("# synoptic", False),
        ("other==1", False),
    ],
)
def test_only_our_pin_is_replaced(site: Path, line: str, ours: bool, capsys: Output) -> None:
    """A line that pins this program, under its name of today or of before, is replaced; any other stays."""
    (site / PIN).write_text(f"{line}\n", encoding="utf-8")
    run(site, capsys, "--write")
    assert (line in (site / PIN).read_text(encoding="utf-8").splitlines()) != ours


@pytest.mark.parametrize("own", [True, False])
def test_a_whole_vocabulary_becomes_what_a_site_adds(site: Path, capsys: Output, own: bool) -> None:
    """A file that lists all words, as the format once needed, keeps those of the site; without any it goes."""
    whole = (CHECKOUT / PROGRAM / "synoptic/load/vocabulary.yml").read_text(encoding="utf-8")
    assert whole.count("\ngenres:\n") == whole.count("\nmarkers:\n") == 1
    if own:
        whole = whole.replace("\ngenres:\n", "\ngenres:\n  - {id: podcast, label: podcast, plural: podcasts}\n")
        whole = whole.replace("\nmarkers:\n", "\nmarkers:\n  it: {negations: [non, mai], hedges: [forse]}\n")
    path = site / "briefings/vocabulary.yml"
    path.write_text(whole, encoding="utf-8")
    said = run(site, capsys, "--write")
    assert "One thing has moved since: the lists of words come with the program" in said
    assert "briefings/vocabulary.yml: the program brings these words now" in said
    assert path.exists() == own
    vocabulary = load_checked(site).vocabulary
    assert ("podcast" in vocabulary.terms("genres")) == ("it" in vocabulary.markers) == own
    assert "0 files to write" in run(site, capsys)


def test_what_a_person_must_do(site: Path, capsys: Output) -> None:
    """A lock of before and the old hook in mkdocs.yml are named with what to do; neither is touched."""
    lock = site / FOLDER / "sources/agency.lock"
    text = re.sub(r"^(?:telling|context):.*\n(?:[ -].*\n)*", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lock.write_text(text, encoding="utf-8")
    settings = site / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "hooks:\n  - build_tools/synoptic/hook.py\n", encoding="utf-8"
    )
    before = read_files(site)
    said = run(site, capsys, "--write")
    assert "quay-bridge/agency: its lock does not record the sentences around quotations and how" in said
    assert "with the article at hand: synoptic lock quay-bridge/agency" in said
    assert re.search(r"mkdocs\.yml:\d+: - build_tools/synoptic/hook\.py starts the program", said)
    assert "0 files written, 2 for you" in said
    assert read_files(site) == before


def test_later_files_need_a_later_program(site: Path, capsys: Output) -> None:
    """A file of a version that does not exist yet is named, not rewritten to an older one in silence."""
    path = site / FOLDER / "figures.yml"
    replace_once(path, "schema/v1/", "schema/v2/")
    before = read_files(site)
    assert main(["--root", str(site), "upgrade", "--write"]) == 1
    told = f"{FOLDER}/figures.yml states version 2 of the format, and this program knows 1: use a later one"
    assert told in capsys.readouterr().err
    assert read_files(site) == before


def test_other_projects_keep_their_requirements(site: Path, capsys: Output) -> None:
    """Where init did not begin a site, requirements are not ours; without schemas none are written."""
    (site / PIN).unlink()
    (site / "requirements.txt").write_text("mkdocs==1.0\n", encoding="utf-8")
    shutil.rmtree(site / "docs/schema")
    assert "0 files to write" in run(site, capsys)


def test_moving_in_is_refused_whole(tmp_path: Path) -> None:
    """Entries move into a folder all or none; capitals make no other name."""
    write_file(tmp_path / "README.md", "mine")

    def fill() -> None:
        with write.extend_folder(tmp_path) as part:
            write_file(part / "a.txt", "a")
            write_file(part / "readme.MD", "theirs")

    with pytest.raises(FileExistsError, match="README"):
        fill()
    assert read_files(tmp_path) == {"README.md": b"mine"}
