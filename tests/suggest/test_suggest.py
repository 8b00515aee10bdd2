"""What `suggest` finds in invented articles, and what becomes of its YAML. Each article of tests/articles is a case."""

import functools
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synoptic.article.plain_text import read_plain_text
from synoptic.check.registry import check
from synoptic.load.load import load
from synoptic.model.records import Speaker
from synoptic.model.site import Site
from synoptic.suggest import draft as suggest
from synoptic.suggest import figures_dates, listing
from synoptic.suggest import reader as speech
from synoptic.suggest.reader import Spoken
from synoptic.suggest.word_lists import Words, words_of
from tests.projects import run, small_project
from tests.yaml_files import read_yaml

HERE = Path(__file__).parents[1]
ARTICLES = sorted((HERE / "articles").glob("*.txt"))


def listed(name: str) -> list[dict[str, Any]]:
    """The invented cases of a file beside this one."""
    cases: list[dict[str, Any]] = read_yaml(Path(__file__).with_name(f"{name}.yml"))
    return cases


def lists(site: Site, lang: str) -> Words:
    """The word lists of a language."""
    return words_of(lang, site.vocabulary.markers_of(lang))


def read(path: Path, site: Site) -> tuple[speech.Reader, Words, dict[str, Any]]:
    """An article, the words of its language, and what is expected of it."""
    expected: dict[str, Any] = read_yaml(path.with_suffix(".yml"))
    words = lists(site, expected["lang"])
    return speech.Reader(read_plain_text(path.read_text(encoding="utf-8")).blocks, words), words, expected


def spoken(found: list[Spoken]) -> list[dict[str, Any]]:
    """What is said, as the expectations are written."""
    return [{"paragraph": s.paragraph, "text": s.text, "speaker": s.speaker} for s in found]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_quotations(path: Path, site: Site) -> None:
    """Every direct quotation is found word for word with its speaker, and nothing else is called one."""
    reader, _, expected = read(path, site)
    assert spoken(reader.quotations) == expected["quotations"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_not_speech(path: Path, site: Site) -> None:
    """Scare quotes, titles and names in quotation marks are seen, and are no speech."""
    reader, _, expected = read(path, site)
    inside = [reader.blocks[n][a:b] for n, spans in enumerate(reader.spans) for a, b, _ in spans]
    assert set(expected["not_speech"]) <= set(inside) - {s.text for s in reader.quotations}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_credited(path: Path, site: Site) -> None:
    """Sentences that credit something to somebody without quotation marks are found."""
    reader, _, expected = read(path, site)
    found = spoken(reader.credited)
    assert [one for one in expected["credited"] if one not in found] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_figures_and_dates(path: Path, site: Site) -> None:
    """Figures keep their unit and qualifier; days, years, list numbers and ages are no figures."""
    reader, words, expected = read(path, site)
    figures = [block[a:b] for block in reader.blocks for a, b in figures_dates.find_figures(block, words)]
    dates = [block[a:b] for block in reader.blocks for a, b in figures_dates.find_dates(block, words)]
    assert (figures, dates) == (expected["figures"], expected["dates"])


@pytest.mark.parametrize(
    ("name", "id"),
    [("Jane Roe", "jane-roe"), ("Ms Roe", "jane-roe"), ("Roe", "jane-roe"), ("The Port", "port"),
     ("Port of Roe", "Port of Roe"),
     ("John Roe", "John Roe"), (None, None)],
)  # fmt: skip
def test_declared_speakers(name: str | None, id: str | None) -> None:  # noqa: A002 - as in the YAML
    """A declared speaker is named by id where the name fits it alone; any other keeps the text's name."""
    known = [
        Speaker(id="jane-roe", name="Jane Roe", kind="person"),
        Speaker(id="port", name="The Port", kind="organisation"),
    ]
    assert suggest.match_speaker(name, known) == id


@pytest.fixture
def begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with a new briefing of one invented article, one of whose speakers is declared."""
    root = small_project(tmp_path / "p")
    shutil.copy(HERE / "articles" / "american.txt", tmp_path / "westport.txt")
    run(root, "new", "night-boats")
    run(root, "ingest", str(tmp_path / "westport.txt"), "--briefing", "night-boats", "--id", "westport")
    told = capsys.readouterr().out
    assert "covered: 0 of 10 body paragraphs; next: synoptic suggest --briefing night-boats --source westport" in told
    speakers = root / "briefings" / "speakers.yml"
    more = "- {id: carla-domingo, name: Carla Domingo, kind: person}\n"
    speakers.write_text(f"{speakers.read_text(encoding='utf-8').rstrip()}\n{more}", encoding="utf-8")
    return root


def test_json(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON has the published keys and kinds, and the declared speaker's id."""
    assert run(begun, "suggest", "--briefing", "night-boats", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    keys = {"number", "kind", "source", "paragraph", "text", "speaker", "resembles"}
    assert all(set(one) - {"terms"} == keys and one["kind"] in suggest.KINDS for one in found)
    assert {one["speaker"] for one in found if one["text"].startswith("We lost $2.5")} == {"carla-domingo"}


def test_yaml_passes_but_for_the_claim(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is pasted passes the loader and every check of statements, but for unwritten claims and new speakers."""
    assert run(begun, "suggest", "--briefing", "night-boats", "--source", "westport", "--format", "yaml") == 0
    folder = begun / "briefings" / "night-boats"
    draft = (begun / "drafts" / "westport.yml").read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith("drafts/westport.yml: written")
    (folder / "claims" / "boats.yml").write_text(draft, encoding="utf-8")
    file = folder / "briefing.yml"
    before = file.read_text(encoding="utf-8").splitlines()
    lines = ["topics: [{id: boats, title: Boats}]" if line.startswith("topics:") else line for line in before]
    file.write_text("\n".join(lines), encoding="utf-8")
    run(begun, "lock", "night-boats", "--by", "A Tester")
    found, problems = load(begun)
    assert found is not None
    assert problems == []
    (briefing,) = [b for b in found.briefings if b.slug == "night-boats"]
    assert len(briefing.statements) >= 5
    mine = [p for p in check(found) if p.place.path.startswith("briefings/night-boats/claims/")]
    assert {p.rule for p in mine} == {"placeholder", "unknown-speaker"}
    assert sum(p.rule == "placeholder" for p in mine) == len(briefing.claims)
    # what is covered now is not proposed again
    quoted = {s.quote for _, s in briefing.statements}
    assert not quoted & {s.text for s in suggest.suggest(briefing, found)}


def test_git_takes_no_draft(begun: Path) -> None:
    """Whatever the project ignores, Git takes neither a draft nor the words of an article in it."""
    git = functools.partial(subprocess.run, cwd=begun, check=True, capture_output=True, text=True)
    assert run(begun, "suggest", "--briefing", "night-boats", "--format", "yaml") == 0
    git(["git", "init", "--quiet"])
    git(["git", "add", "--all"])
    assert "drafts" not in git(["git", "ls-files"]).stdout
    assert git(["git", "ls-files", "briefings"]).stdout


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two three four five six seven", "one two three four five six seven"),
        ("one two three four five six seven.", "one two three four five six seven"),
        ("one two three,\nfour five six seven eight nine", "one two three, four five six seven ..."),
        ("l'un deux trois quatre cinq six sept huit", "l'un deux trois quatre cinq six sept ..."),
        (
            "\u6e2f\u53e3\u59d4\u5458\u4f1a\u505c\u6b62\u4e86\u591c\u95f4",
            "\u6e2f\u53e3\u59d4\u5458\u4f1a\u505c\u6b62 ...",
        ),
    ],
)
def test_comments_are_a_few_words(text: str, short: str) -> None:
    """A comment of a draft has fewer words in a row than an article's wording, whatever its script."""
    assert listing.shorten(text).rstrip(".") in (short, short.rstrip("."))


def test_unanswered_searches(site: Site) -> None:
    """A search term that hits a source without an answer is proposed with its claim."""
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    claim = briefing.claim["opens-in-june"].model_copy(update={"passed_over": ()})
    others = tuple(claim if c.id == claim.id else c for c in briefing.claims)
    changed = replace(briefing, claims=others)
    found = [s for s in suggest.suggest(changed, site) if s.source == "wire"]
    assert any(("opens-in-june", "june") in s.terms for s in found)
    (line,) = [
        one
        for one in listing.render_text(changed, changed.sources, found, site.vocabulary).splitlines()
        if '"june"' in one
    ]
    assert line.strip() == 'opens-in-june: "june" ¶2'


def test_numbers_stay(site: Site) -> None:
    """A covered passage keeps its number, so the others keep theirs; paragraphs come last, each one short line."""
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    bare = replace(briefing, claims=(), sources=tuple(s.model_copy(update={"outline": {}}) for s in briefing.sources))
    all_of_it, left = suggest.list_passages(bare, site), suggest.suggest(briefing, site)
    assert [s.number for s in all_of_it] == list(range(1, len(all_of_it) + 1))
    assert {(s.number, s.text) for s in left} < {(s.number, s.text) for s in all_of_it}
    lines = listing.render_text(bare, [bare.source["wire"]], all_of_it, site.vocabulary).splitlines()
    heads = [i for i, line in enumerate(lines) if "without statement or gist" in line]
    assert len(heads) == 1
    assert all(len(line.split()) <= 12 for line in lines[heads[0] :])
    assert len(lines[heads[0] :]) == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--briefing", "nothing"], "no readable briefing"),
        (["--briefing", "harbour-tunnel", "--source", "x"], "no source"),
    ],
)
def test_refusals(words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown briefing or source is refused with the known ones."""
    assert run(small_project(tmp_path), "suggest", *words) == 1
    assert message in capsys.readouterr().err


def test_without_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a text there is nothing to read, and it is said where to put it."""
    root = small_project(tmp_path)
    shutil.rmtree(root / "briefings" / "harbour-tunnel" / "articles")
    assert run(root, "suggest", "--briefing", "harbour-tunnel") == 1
    assert "SYNOPTIC_ARTICLES" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "\u201c", "'", "\u201d\u201c\u201d", "$", "said", "\u00ab \u00bb", "x" * 5000, "' ' '" * 200]
)
def test_odd_texts(text: str, site: Site) -> None:
    """No text is too odd to be read."""
    words = lists(site, "en")
    reader = speech.Reader([text] if text else [], words)
    assert len(reader.quotations) + len(reader.credited) < 500
    assert len(figures_dates.find_figures(text, words)) < 5


ROAD = {
    "text.txt": "The quay reopens\nBy Mara Lind, 3 March 2031\n{0}\n{1}\n{2}\n",
    "post.md": "---\nauthor: Mara Lind\ndate: 2031-03-03\nlicense: CC-BY-4.0\n---\n"
    "# The quay reopens\n\n{0}\n\n{1}\n\n{2}\n",
    "page.html": "<html lang='en'><head><title>The quay reopens</title>"
    "<meta name='author' content='Mara Lind'>"
    "<meta name='date' content='2031-03-03'></head><body><article><h1>The quay reopens</h1>"
    "<p>{0}</p><p>{1}</p><p>{2}</p>"
    "</article></body></html>",
}
INVENTED = (
    "The old quay of Eastwick reopens to carts and walkers next week after two winters behind a wooden fence.",
    "\u201cNobody here wanted a second fence around the old stones,\u201d "
    "said harbourmaster Ines Roland on Tuesday morning.",
    "The port paid 40,000 crowns for the repair, and it expects the fish market to return before the summer ends.",
)


@pytest.mark.parametrize("name", ROAD)
def test_three_commands(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a text, Markdown or a web page (all invented) three commands lead to a source that lacks only its claims."""
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    root = small_project(tmp_path / "p")
    (tmp_path / name).write_text(ROAD[name].format(*INVENTED), encoding="utf-8")
    run(root, "new", "old-quay")
    capsys.readouterr()
    assert run(root, "ingest", str(tmp_path / name), "--briefing", "old-quay", "--id", "quay") == 0
    assert ("CC-BY-4.0" in capsys.readouterr().out) == name.endswith(".md")
    assert run(root, "suggest", "--briefing", "old-quay", "--source", "quay", "--format", "yaml") == 0
    folder = root / "briefings" / "old-quay"
    draft = (root / "drafts" / "quay.yml").read_text(encoding="utf-8")
    assert "Ines Roland" in draft
    (folder / "claims" / "quay.yml").write_text(draft, encoding="utf-8")
    begun = (folder / "briefing.yml").read_text(encoding="utf-8").splitlines()
    lines = ["topics: [{id: quay, title: Quay}]" if line.startswith("topics:") else line for line in begun]
    (folder / "briefing.yml").write_text("\n".join(lines), encoding="utf-8")
    assert run(root, "lock", "old-quay", "--by", "A Tester") == 0
    found, problems = load(root)
    assert found is not None
    assert problems == []
    (source,) = found.briefing["old-quay"].sources
    assert (source.author, source.published) == ("Mara Lind", "2031-03-03")
    told = {p.rule for p in check(found) if p.place.path.startswith("briefings/old-quay/claims/")}
    assert told == {"placeholder", "unknown-speaker"}


HOSTILE = ('"', "\u201c", "'a ", "ABC ", "Aa Bb said ", "he said ", "the minister said. ", "$1 ", "\u00aba ", "1", "(")


@pytest.mark.parametrize("bit", HOSTILE)
def test_long_nonsense(bit: str, site: Site) -> None:
    """A paragraph of 20,000 signs of nonsense is read, and one that is longer is left out."""
    words = lists(site, "en")
    text = (bit * 20_000)[:19_999]
    assert speech.Reader([text], words).blocks == [text.strip()]
    assert len(speech.Reader([text], words).quotations) <= 1
    assert speech.Reader([text * 2], words).quotations == []


BITS = ("he said ", '"a" ', '"Yes," he said. ', "Jane Roe, ", "until he said ", "Roe and said ",
        "\u201ea\u201c sagte er. ", "\u00ab a \u00bb, dit-il. ", "\u201c\u597d\u201d\u4ed6\u8bf4",
        "5% $1 ", "two years ")  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fr", "de", "zh"])
@pytest.mark.parametrize("bit", BITS)
def test_work_grows_with_the_text(bit: str, lang: str, site: Site) -> None:
    """Twice the paragraphs are twice the work, whatever stands in them: no look back goes through the whole text."""
    words = lists(site, lang)
    speech.Reader(["a"], words)  # patterns are compiled once
    calls = []
    for paragraphs in (6, 12):
        done = 0

        def count(*_: object) -> None:
            nonlocal done
            done += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            reader = speech.Reader([(bit * 30).strip()] * paragraphs, words)
            assert reader.quotations + reader.credited is not None
            assert sum(len(figures_dates.find_figures(block, words)) for block in reader.blocks) >= 0
        finally:
            sys.setprofile(before)
        calls.append(done)
    assert calls[1] <= 2.4 * calls[0] + 2_000


@pytest.mark.parametrize("bit", ["he said. ", '"Yes," he said. ', "Asked if he said he said, he said she said. "])
def test_pronouns_upon_pronouns(bit: str, site: Site) -> None:
    """Pronouns that only point back to pronouns are followed a few steps, and mean nobody."""
    reader = speech.Reader([(bit * 20_000)[:19_999]] * 3, lists(site, "en"))
    assert {s.speaker for s in reader.quotations} <= {None, "he", "she"}


def test_at_most_so_many(site: Site) -> None:
    """A text of quotation marks and numbers alone yields so many suggestions of a paragraph, and no more."""
    words = lists(site, "en")
    reader = speech.Reader(['"Yes, we know," Jane Roe said. ' * 60] * 90, words)
    assert speech.MOST_SPANS < len(reader.quotations) <= speech.MOST_QUOTED + speech.MOST_SPANS
    assert len(figures_dates.find_figures("$5 " * 500, words)) == figures_dates.MOST


@pytest.mark.parametrize("case", listed("figures"), ids=lambda c: c["text"])
def test_figures_of_one_kind(case: dict[str, Any], site: Site) -> None:
    """Years, ages, names and tables are no figures, and a figure is not cut."""
    spans = figures_dates.find_figures(case["text"], lists(site, case["lang"]))
    assert [case["text"][a:b] for a, b in spans] == case["figures"]


@pytest.mark.parametrize("case", listed("credited"), ids=lambda c: c["why"].replace(" ", "-"))
def test_credits(case: dict[str, Any], site: Site) -> None:
    """Who is credited without quotation marks, and who is not."""
    assert [s.speaker for s in speech.Reader(case["texts"], lists(site, case["lang"])).credited] == case["credited"]


HEADLINE = "MISSILE CRISIS: Northland Demands Control \u2014 Eastwick Says \u201cNO,\u201d Leaving the Port Exposed"


@pytest.mark.parametrize("case", listed("speakers"), ids=lambda c: c["why"].replace(" ", "-"))
def test_speaker(case: dict[str, Any], site: Site) -> None:
    """The last quotation of an invented text has the speaker that its grammar names, or is no quotation."""
    found = speech.Reader(case["texts"], lists(site, case["lang"])).quotations
    if case["who"] is None:
        assert found == [], case["why"]
    else:
        assert found, case["why"]
        assert case["who"] in (found[-1].speaker or ""), case["why"]


def test_headline_speaks_for_nobody(site: Site) -> None:
    """One word in capitals in a headline is no quotation, and a headline credits nobody."""
    reader = speech.Reader([HEADLINE], lists(site, "en"))
    assert (reader.quotations, reader.credited) == ([], [])
