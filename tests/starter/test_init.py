"""A site of one's own: what is asked, what is written, and that nothing is ever overwritten."""

import html
import io
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from synoptic.base import write
from synoptic.base.problems import Refused
from synoptic.cli import init
from synoptic.cli.main import main
from synoptic.data.archive import zip_briefing
from synoptic.model.licence import LICENCES
from synoptic.pages.render import render_site
from synoptic.site.generated_files import GENERATED
from synoptic.starter.answers import Answers
from synoptic.starter.language import FOLDER, in_yaml
from synoptic.starter.program import NAME, PACKAGE, WHEEL, Program, find_program, find_version
from synoptic.starter.site_files import (
    PACKED,
    SOURCES,
    make_site,
    render_templates,
    shared_folder,
    unlink_missing,
)
from tests.projects import CHECKOUT, EXAMPLE, load_checked, read_files
from tests.yaml_files import read_yaml

ANSWERS: dict[str, dict[str, dict[str, str]]] = read_yaml(Path(__file__).with_name("answers.yml"))
PROGRAM = Program("synoptic-briefings @ https://example.org/synoptic.whl", {})


@pytest.fixture(autouse=True)
def _no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of the wheel build one; these need none."""
    monkeypatch.setattr(init, "find_program", lambda given: PROGRAM)


#: The files of a new site that name the licence of its own words.
STATE_LICENCE = ("README.md", "LICENSE-CONTENT.md", "docs/about.md", "docs/data.md")


def text_of(markup: str) -> str:
    """The words of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()


@pytest.mark.parametrize("name", ANSWERS["used"])
def test_an_answer_stays_what_it_is(name: str) -> None:
    """Whatever somebody types is one value in YAML, words in Markdown, and nothing in any other file."""
    given = ANSWERS["used"][name]
    files = render_templates(Answers(**given), PROGRAM)
    settings = yaml.safe_load(files["mkdocs.yml"])
    plain = yaml.safe_load(render_templates(Answers("plain"), PROGRAM)["mkdocs.yml"])
    assert settings["site_name"] == given["name"]
    assert settings.get("site_url", "").rstrip("/") == given.get("url", "").rstrip("/")
    assert settings.get("repo_url", "") == given.get("repo", "")
    assert settings["extra"].get("report_url", "") == given.get("report", "")
    assert settings["theme"]["language"] == given.get("language", "en")
    assert settings.keys() - plain.keys() <= {"site_url", "repo_url", "repo_name", "edit_uri"}
    assert {key: settings[key] for key in ("plugins", "nav", "markdown_extensions")} == {
        key: plain[key] for key in ("plugins", "nav", "markdown_extensions")
    }
    pages = {path: content for path, content in files.items() if path.endswith(".md")}
    assert text_of(markdown.markdown(pages["README.md"].partition("\n")[0])) == given["name"]
    shown = markdown.markdown(re.sub(r"\A---\n.*?^---\n", "", pages["docs/about.md"], flags=re.DOTALL | re.MULTILINE))
    assert text_of(shown).splitlines()[1].startswith(f"{given['name']} answers one question")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', "".join(map(markdown.markdown, pages.values())))
    assert not any("evil" in one or html.unescape(one).startswith("javascript") for one in addresses)
    if repo := given.get("repo"):
        links = re.findall(
            r'href="([^"]*)"', markdown.markdown(pages["docs/contribute/index.md"], extensions=["tables"])
        )
        assert repo in map(html.unescape, links)
    forms = yaml.safe_load(files[".github/ISSUE_TEMPLATE/config.yml"])
    if given.get("url"):
        assert forms["contact_links"][0]["url"] == f"{given['url']}/corrections/"
    other = render_templates(Answers("a", language=given.get("language", "en")), PROGRAM)
    typed = {path for path, content in files.items() if content != other[path]}
    assert typed <= {
        "mkdocs.yml",
        "README.md",
        "LICENSE-CONTENT.md",
        "docs/about.md",
        "docs/contribute/index.md",
        ".github/ISSUE_TEMPLATE/config.yml",
    }


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("licence", LICENCES)
def test_the_licence_is_stated_alike(licence: str, language: str, tmp_path: Path) -> None:
    """Settings, pages, the licence's own file and the published data of a new site state one licence, and no other."""
    terms = LICENCES[licence]
    files = make_site(Answers("Harbour Watch", language=language, licence=licence.lower()), PROGRAM)
    for path, content in files.items():
        write.write_file(tmp_path / path, content)
    site = load_checked(tmp_path)
    assert site.publication.terms == terms
    settings = yaml.safe_load(files["mkdocs.yml"])
    stated = [settings["copyright"], *(files[name].decode() for name in STATE_LICENCE)]
    archive = zip_briefing(site, site.briefing[EXAMPLE])
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        stated.append(opened.read("README.txt").decode())
        assert opened.read("LICENSE-CONTENT.md") == files["LICENSE-CONTENT.md"]
    reserved = re.compile("all rights|alle rechte|todos los derechos|tous droits", re.IGNORECASE)
    for text in stated:
        assert (terms.name in text) if terms.url else reserved.search(text), text
        others = {other for other in LICENCES.values() if other.url and other != terms and f"{other.name}" in text}
        assert {other.name for other in others if other.name not in terms.name} == set(), text


@pytest.mark.parametrize("name", ANSWERS["refused"])
def test_an_answer_is_refused(name: str) -> None:
    """An answer that a page or a link could not hold is refused, in a sentence."""
    given = dict(ANSWERS["refused"][name])
    with pytest.raises(Refused, match=re.escape(given.pop("says"))):
        Answers(**given)


def test_a_site_has_no_name_or_address_of_ours() -> None:
    """Nothing that init writes credits us with somebody's briefings, or sends their readers to our forms."""
    files = make_site(Answers("Harbour Watch"), PROGRAM)
    ours = {
        path: found
        for path, content in files.items()
        if not path.startswith(("briefings/quay-bridge/", "requirements", "docs/schema/"))
        and (found := re.findall(rb"@synoptic/|synoptic/synoptic/(?:issues|blob)|Synoptic contributors", content))
    }
    assert ours == {}
    people = yaml.safe_load(files["briefings/speakers.yml"])
    assert len(people) > 2
    assert all("invented" in one["role"] for one in people)


def test_a_site_names_only_pages_that_it_has(tmp_path: Path) -> None:
    """No file of a new site, and none that `new` writes into it, sends people to a page of docs/ that is not there."""
    for path, content in make_site(Answers("Harbour Watch"), PROGRAM).items():
        write.write_file(tmp_path / path, content)
    assert main(["--root", str(tmp_path), "new", "my-story"]) == 0
    generated = tuple(f"docs/{name}" for name in GENERATED)
    for path, content in read_files(tmp_path).items():
        named = re.findall(r"(?<![\w/])docs/[\w/-]+\.md", content.decode("utf-8", "replace"))
        missing = {one for one in named if not (tmp_path / one).is_file() and not one.startswith(generated)}
        assert missing == set(), path


def test_the_home_page_speaks_of_the_site(tmp_path: Path) -> None:
    """The first sentence that readers see has the name of their site, as text, and not that of the program."""
    name = "Harbour *Watch*"
    for path, content in make_site(Answers(name), PROGRAM).items():
        write.write_file(tmp_path / path, content)
    home = html.unescape(str(render_site(load_checked(tmp_path), drafts=False)["index.md"]))
    assert f"When articles tell one story differently, {name} puts them side by side" in home
    assert "Synoptic" not in home


def test_a_new_site_has_no_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What init writes passes check and fmt, and has today's schemas and executable scripts."""
    assert main(["--root", str(tmp_path), "init", "harbour-watch", "--report", "mailto:a@example.org"]) == 0
    site = tmp_path / "harbour-watch"
    assert load_checked(site).publication.name == "Harbour watch"
    assert "make -C" in capsys.readouterr().out
    before = read_files(site)
    for words in (["check"], ["fmt", "--check"], ["schema"]):
        assert main(["--root", str(site), *words]) == 0
    assert {path: before[path] for path in before} == read_files(site)
    for name in ("pull-request", "say-where", "second-reader"):
        assert (site / ".ci" / name).stat().st_mode & 0o111
    assert list(tmp_path.rglob("*.part")) == []
    assert oct(site.stat().st_mode) == oct((site / "docs").stat().st_mode)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_new_site_speaks_its_language(language: str, tmp_path: Path) -> None:
    """A site in another language has the pages that somebody translated; an English page, and the example, say that
    they are English; it has no problem, and nothing to lay out anew."""
    given = ["--language", language, "--report", "mailto:a@example.org"]
    assert main(["--root", str(tmp_path), "init", "port", *given]) == 0
    site = tmp_path / "port"
    translated = {path.relative_to(FOLDER / language).as_posix() for path in (FOLDER / language).rglob("*.md")}
    assert {"README.md", "docs/about.md", "docs/contribute/index.md", "docs/data.md", "docs/search.md"} <= translated
    for path in sorted(site.glob("docs/**/*.md")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(site).as_posix()
        assert ("\nlang: {lang: en, dir: ltr}\n" in text) is (name not in translated), name
    assert load_checked(site).briefing["quay-bridge"].file.language == "en"
    credited = (site / "LICENSE-CONTENT.md").read_text(encoding="utf-8")
    assert "Port" in credited
    assert "contributors" not in credited, "the authors are named as on its pages"
    for words in (["check"], ["fmt", "--check"]):
        assert main(["--root", str(site), *words]) == 0


@pytest.mark.parametrize("word", ["À propos", "Données : tout", "- a", "'a'", "[a]", "no", "2031-03-05", "# a", "a\nb"])
def test_a_word_of_a_catalogue_is_one_word_in_yaml(word: str) -> None:
    """Whatever a translator writes is one key of the navigation, and one value."""
    read = yaml.safe_load(f"- {in_yaml(word)}: index.md\n- {in_yaml(word)}\n")
    assert read == [{word: "index.md"}, word]


@pytest.mark.parametrize("taken", ["docs/notes.md", "MAKEFILE", ".github/x", "mkdocs.yml"])
def test_nothing_is_overwritten(tmp_path: Path, taken: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that has one of the names already is refused, and stays as it was."""
    (tmp_path / taken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    before = read_files(tmp_path)
    assert main(["init", str(tmp_path)]) == 1
    assert f"has {taken.partition('/')[0]} already; nothing was written" in capsys.readouterr().err
    assert read_files(tmp_path) == before


def test_a_folder_keeps_what_is_in_the_way_of_nothing(tmp_path: Path) -> None:
    """A repository with a licence and notes becomes a site; a file is no folder."""
    mine = {".git/config": b"x", "LICENSE": b"y", "notes/plan.md": b"z"}
    for path, content in mine.items():
        write.write_file(tmp_path / path, content)
    assert main(["init", str(tmp_path)]) == 0
    files = read_files(tmp_path)
    assert {path: files[path] for path in mine} == mine
    assert set(files) - set(mine) == set(make_site(Answers("a"), PROGRAM))
    assert main(["init", str(tmp_path / "LICENSE")]) == 1


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("fails", ["docs/tour.md", "last"])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool, fails: str) -> None:
    """A disk that fills up, while files are written or moved, leaves what was there before."""
    site = tmp_path / "site"
    if existing:
        write.write_file(site / "LICENSE", "mine")
    before = read_files(tmp_path)
    if fails == "last":
        rename = Path.rename

        def refuse(self: Path, target: Path) -> Path:
            if target.name in ("requirements.txt", "site"):
                raise OSError(28, "No space left on device", str(target))
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", refuse)
    else:

        def stop(path: Path, content: Any) -> bool:
            if path.as_posix().endswith(fails):
                raise OSError(28, "No space left on device", str(path))
            return write.write_file(path, content)

        monkeypatch.setattr(init, "write_file", stop)
    assert main(["init", str(site)]) == 1
    assert read_files(tmp_path) == before
    assert site.exists() == existing


class Terminal(io.StringIO):
    """Standard input of somebody who sits there."""

    def isatty(self) -> bool:
        """True."""
        return True


def test_a_terminal_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what no option says is asked; an answer that cannot be used is asked for again, with the reason."""
    typed = "Harbour <b>\nHarbour Watch\n\nnowhere\nhttps://git.example.org/w\nmailto:desk@example.org\ncc0\nCC0-1.0\n"
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["init", str(tmp_path / "x"), "--language", "fr"]) == 0
    output = "".join(capsys.readouterr())
    assert "has < or > in it" in output
    assert "is not a web address" in output
    settings = read_yaml(tmp_path / "x/mkdocs.yml")
    assert (settings["site_name"], settings["repo_url"]) == ("Harbour Watch", "https://git.example.org/w")
    assert "site_url" not in settings
    assert settings["theme"]["language"] == "fr"
    assert "not a licence that the program knows" in output
    assert settings["extra"]["licence"] == "CC0-1.0"


@pytest.mark.parametrize(
    "given", ["synoptic", "http://example.org/x.whl", "missing/synoptic_briefings-1-py3-none-any.whl", "-e .", "a\nb"]
)
def test_a_program_must_be_reachable(given: str) -> None:
    """The pin names an address or a wheel that exists, never a name that an index may give to another program."""
    with pytest.raises(Refused, match="neither a wheel"):
        find_program(given)


def test_a_program_can_be_named(tmp_path: Path) -> None:
    """A wheel is copied and pinned by its hash, an address as it is."""
    wheel = tmp_path / "synoptic_briefings-9.9-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    named = find_program(str(wheel))
    assert named.files == {wheel.name: b"wheel"}
    assert re.fullmatch(rf"\./{wheel.name} --hash=sha256:[0-9a-f]{{64}}", named.requirement)
    address = "git+https://example.org/synoptic@0123abc"
    assert find_program(address) == Program(f"synoptic-briefings @ {address}", {})


def test_the_distribution_has_a_name_of_its_own() -> None:
    """The package index has another program called synoptic, so only the package and the command have that name; the
    version of a checkout is the one that it states."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (project["name"], project["version"]) == (NAME, find_version())
    assert NAME != PACKAGE
    assert project["scripts"] == {PACKAGE: f"{PACKAGE}.__main__:run"}
    assert WHEEL.fullmatch(f"{NAME.replace('-', '_')}-1.0-py3-none-any.whl")


def test_a_link_to_a_missing_page_is_words() -> None:
    """A shared page links only to what a new site has."""
    page = "[a](b.md) [c](../d.md#e) [f](https://g.example) ![h](i.png)[j](../briefings/k/index.md)"
    known = {"docs/contribute/b.md"}
    plain = "[a](b.md) c [f](https://g.example) [j](../briefings/k/index.md)"
    assert unlink_missing(page, "docs/contribute/x.md", known) == plain


def test_packages_hold_what_sites_share() -> None:
    """The wheel takes each shared file from its one place, and the sdist has it there."""
    targets = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    place = f"synoptic/starter/{PACKED.name}"
    assert targets["wheel"]["force-include"] == {name: f"{place}/{name}" for name in SOURCES}
    held = targets["sdist"]["only-include"]
    assert [name for name in SOURCES if not f"{name}/".startswith(tuple(f"{one}/" for one in held))] == []
    assert [name for name in SOURCES if not (shared_folder() / name).exists()] == []
