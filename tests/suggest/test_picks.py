"""`suggest --into`: statements that somebody picks are written into a claims file, with all that they need."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from synoptic.check.registry import check
from synoptic.load.load import load
from synoptic.model.records import Statement
from synoptic.suggest.draft import Suggestion
from synoptic.suggest.search_terms import TermChooser
from synoptic.suggest.statements import StatementWriter
from synoptic.suggest.word_lists import words_of
from tests.projects import run, small_project
from tests.yaml_files import read_yaml

HERE = Path(__file__).parents[1]
QUOTATION = "We will begin again once the walls stand, the residents have been heard and the board has seen the plan"
ARTICLE = f"""Harbour board halts night works
By Ada Sample
3 March 2031
\u201c{QUOTATION},\u201d said Bo Invented, who chairs the board.
The mayor said that the harbour needs its new quay before the ferries come. \u201cNobody sleeps here,\u201d she said.
The works on the new quay began in the spring of last year. They cost two million crowns so far.
The bakery opens at four in the morning.
The bakery opens at four in the morning. Others brought recordings of the pile driver to a hall full of people.
"""
FILLER = f"{'Gulls sat on the wall, and children counted boats all afternoon. ' * 6}\n"
INTO = ("suggest", "--briefing", "night", "--into", "claims/works.yml")


@pytest.fixture
def begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with a new briefing of one article."""
    root = small_project(tmp_path / "p")
    (tmp_path / "wire.txt").write_text(ARTICLE + FILLER, encoding="utf-8")
    run(root, "new", "night")
    run(root, "ingest", str(tmp_path / "wire.txt"), "--briefing", "night", "--id", "wire-night")
    capsys.readouterr()
    return root


def list_numbers(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The numbers of the suggestions, by their words; a paragraph's after "¶"."""
    capsys.readouterr()
    run(root, "suggest", "--briefing", "night", "--format", "json")
    found = json.loads(capsys.readouterr().out)
    return {("¶" if s["kind"] == "paragraph" else "") + s["text"]: str(s["number"]) for s in found}


def read_state(root: Path) -> dict[str, bytes]:
    """Every file of the project."""
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def read_claims(root: Path) -> dict[str, list[Statement]]:
    """The statements of each claim."""
    site, problems = load(root)
    assert site is not None
    assert problems == []
    return {claim.id: list(claim.statements) for claim in site.briefing["night"].claims}


def test_picks_are_a_valid_draft(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A speech, a credit, a figure and a paragraph become claims that lack only their sentence; twice is once."""
    numbers = list_numbers(begun, capsys)
    texts = {
        text: number for text, number in numbers.items() if text.startswith((QUOTATION, "The mayor", "two million"))
    }
    bakery = str(int(numbers["¶The bakery opens at four in the ..."]) - 1)  # the first of two
    picked = ",".join([*texts.values(), bakery])
    assert run(begun, *INTO, "--pick", picked) == 0
    claims = read_claims(begun)
    statements = [statement for found in claims.values() for statement in found]
    assert len(claims) == 4
    assert {s.quote: s.speaker for s in statements} == {
        QUOTATION: "bo-invented",
        "The mayor said that the harbour needs its new quay before the ferries come.": "wire-night-mayor",
        "They cost two million crowns so far.": None,
        "The bakery opens at four in the morning.": None,
    }
    assert [s.paragraph for s in statements] == [None, None, None, 7]
    run(begun, "lock", "night", "--by", "A Tester")
    site, problems = load(begun)
    assert site is not None
    assert problems == []
    mine = [p for p in check(site) if "night/claims" in p.place.path]
    assert {p.rule for p in mine} <= {"placeholder", "no-terms"}
    before = read_state(begun)
    assert run(begun, *INTO, "--pick", picked) == 0
    assert "nothing to add" in capsys.readouterr().out
    assert read_state(begun) == before
    assert run(begun, "fmt", "--check", "night") == 0


def test_speakers_are_declared_once(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two statements of one speaker declare them once; a later pick uses the declared one."""
    numbers = list_numbers(begun, capsys)
    speech = [number for text, number in numbers.items() if text.startswith(QUOTATION)]
    mayor = [number for text, number in numbers.items() if text.startswith(("The mayor", "Nobody sleeps"))]
    assert run(begun, *INTO, "--pick", ",".join(mayor)) == 0
    assert run(begun, *INTO, "--pick", ",".join(speech)) == 0
    source = read_yaml(begun / "briefings/night/sources/wire-night.yml")
    assert source["speakers"] == [{"id": "wire-night-mayor", "name": "The mayor", "kind": "unnamed"}]
    named = read_yaml(begun / "briefings/speakers.yml")
    assert [s for s in named if s["id"] == "bo-invented"] == [
        {"id": "bo-invented", "name": "Bo Invented", "kind": "person"}
    ]
    (begun / "briefings/night/claims/works.yml").unlink()
    assert run(begun, *INTO, "--pick", ",".join([*speech, *mayor])) == 0
    assert read_yaml(begun / "briefings/speakers.yml") == named


def test_other_names_are_known(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A speaker whom a file declares under another name, with this one in ``also``, is not declared again."""
    path = begun / "briefings/speakers.yml"
    declared = "- {id: chair, name: B. J. Invented-Roe, also: [Bo Invented], kind: person}\n"
    path.write_text(path.read_text(encoding="utf-8").removesuffix("[]\n") + declared, encoding="utf-8")
    before = path.read_bytes()
    numbers = list_numbers(begun, capsys)
    assert run(begun, *INTO, "--pick", next(n for words, n in numbers.items() if words.startswith(QUOTATION))) == 0
    assert path.read_bytes() == before
    assert [s.speaker for found in read_claims(begun).values() for s in found] == ["chair"]


def test_a_whole_sentence_may_be_longer(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence of 22 words is quoted whole, as `check` allows."""
    sentence = (
        "The bakery beside the quay opens at four, and others brought recordings of the noise to a hall full of people."
    )
    (begun.parent / "long.txt").write_text(f"Quay works go on\n{sentence}\n{FILLER}", encoding="utf-8")
    run(begun, "ingest", str(begun.parent / "long.txt"), "--briefing", "night", "--id", "long", "--lang", "en")
    numbers = list_numbers(begun, capsys)
    assert run(begun, *INTO, "--pick", numbers[f"¶{' '.join(sentence.split()[:7])} ..."]) == 0
    assert [s.quote for found in read_claims(begun).values() for s in found] == [sentence]


def test_the_budget_of_an_article_is_kept(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pick that would take more of an article than `check` allows is left out, also before the first lock."""
    (begun.parent / "brief.txt").write_text(
        "Quay works go on\nThe works began in the last days of spring.\nThey will end before the first snow falls.\n"
        f"{FILLER[:250]}\n",
        encoding="utf-8",
    )
    run(begun, "ingest", str(begun.parent / "brief.txt"), "--briefing", "night", "--id", "brief", "--lang", "en")
    for first, what in (
        ("The works began", "works.yml: written"),
        ("They will end", "8 more words, and 7 of narration"),
    ):
        numbers = list_numbers(begun, capsys)
        assert run(begun, *INTO, "--pick", next(n for text, n in numbers.items() if text.startswith(f"¶{first}"))) == 0
        assert what in capsys.readouterr().out
    run(begun, "lock", "night", "--by", "A Tester")
    site, _ = load(begun)
    assert site is not None
    assert "over-budget" not in {problem.rule for problem in check(site)}


def test_cut_is_the_same_once_declared(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The draft of an undeclared speaker has the words that a declared one's has."""
    quotes = []
    for _ in range(2):
        assert run(begun, "suggest", "--briefing", "night", "--format", "yaml") == 0
        draft = read_yaml(begun / "drafts/night.yml")
        quotes.append([s["quote"] for claim in draft for s in claim["statements"].values()])
        path = begun / "briefings/speakers.yml"
        more = "- {id: bo-invented, name: Bo Invented, kind: person}\n"
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n{more}", encoding="utf-8")
    assert quotes[0] == quotes[1]
    assert QUOTATION in quotes[0]


TOO_LONG = [
    "The board that runs the harbour of the old town has now told the many people who live beside the long quay that "
    "the noise of the works will not end before the last of the boats is gone",
    "The board that runs the harbour of the old town has told the many people who live beside the long quay why, in "
    "June, the noise of the works that began with the spring will not end before the last boat is gone",
]


@pytest.mark.parametrize("passage", TOO_LONG)
def test_too_long_is_left_out(passage: str, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A passage of which no part is short enough is named and not written, and the others are."""
    text = begun.parent / "long.txt"
    text.write_text(f"Quay works go on\n{passage}.\nThe bakery beside the quay opens at four.\n", encoding="utf-8")
    run(begun, "ingest", str(text), "--briefing", "night", "--id", "long", "--lang", "en")
    numbers = list_numbers(begun, capsys)
    long, short = (next(n for t, n in numbers.items() if t.startswith(f"¶The {word} ")) for word in ("board", "bakery"))
    before = read_state(begun)
    assert run(begun, *INTO, "--pick", long) == 0
    assert re.search(
        r"left out: \d\d words, at most 15 may be quoted, or 30 of one whole sentence; write", capsys.readouterr().out
    )
    assert read_state(begun) == before
    assert run(begun, *INTO, "--pick", f"{long},{short}") == 0
    quotes = [statement.quote for found in read_claims(begun).values() for statement in found]
    assert quotes == ["The bakery beside the quay opens at four."]


JOINED = {
    "none": ["[]   # none yet"],
    "list": ["- {source: wire-night, quote: The bakery opens, paragraph: 7}", "# about it"],
    "other source": ["# ours", "herald:", "  quote: Elsewhere"],
    "one": ["wire-night:   # one", "  # why", "  quote: |", "    The bakery", "  paragraph: 7"],
    "several": ["wire-night:", "  - quote: The bakery", "    paragraph: 7", "  - quote: Ada Sample"],
    "in braces": ["wire-night: {quote: The bakery, paragraph: 7}  # one"],
}


@pytest.mark.parametrize("before", JOINED)
def test_statement_joins_a_claim(before: str, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --claim statements stand in that claim, however it holds them, and every comment is still there."""
    numbers = list_numbers(begun, capsys)
    path = begun / "briefings/night/claims/works.yml"
    path.parent.mkdir(exist_ok=True)
    old = "# ours\n- id: a\n  claim: X   # odd\n  kind: state\n  terms: [zzz]\n  statements:\n"
    old += "".join(f"    {line}\n" for line in JOINED[before])
    path.write_text(f"{old}- id: b\n  claim: Y   # odder\n  kind: question\n", encoding="utf-8")
    many = len(read_claims(begun)["a"])
    mayor = next(number for text, number in numbers.items() if text.startswith("Nobody sleeps"))
    assert run(begun, *INTO, "--claim", "a", "--pick", f"{numbers['two million crowns']},{mayor}") == 0
    claims = read_claims(begun)
    assert [s.quote for s in claims["a"]][many:] == ["They cost two million crowns so far.", "Nobody sleeps here"]
    assert claims["b"] == []
    new = path.read_text("utf-8")
    assert re.findall("#.*", new) == re.findall("#.*", f"{old}# odder")
    assert new.splitlines()[:5] == old.splitlines()[:5]


REFUSALS = [
    (["--pick", "1,1"], "1 is picked twice"),
    (["--pick", "999"], "there is no suggestion 999"),
    (["--pick", "one"], '"one" is none'),
    (["--pick", "1", "--claim", "nowhere"], 'no claim "nowhere"'),
    (["--pick", "1", "--into", "sources/wire-night.yml"], "is not a claims file"),
    (["--pick", "1", "--into", "claims/other.yml"], "a, works"),
    (["--pick", "1", "--into", "claims/broken.yml"], "briefings/night/claims/broken.yml:2:"),
    (["--pick", "1", "--into", "../../speakers.yml"], "is not a claims file"),
    ([], "give --into"),
]


@pytest.mark.parametrize(("words", "message"), REFUSALS, ids=[message for _, message in REFUSALS])
def test_refusals(words: list[str], message: str, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, and no file has changed."""
    folder = begun / "briefings/night"
    (folder / "claims").mkdir(exist_ok=True)
    topics = "topics: [{id: works, title: W}, {id: a, title: A}]"
    if "broken" in str(words):
        (folder / "claims/broken.yml").write_text("- id: x\n  claim: a: b\n", encoding="utf-8")
        topics = topics.replace("id: a,", "id: broken,")
    lines = (folder / "briefing.yml").read_text("utf-8").splitlines()
    new = "\n".join([topics if line.startswith("topics:") else line for line in lines])
    (folder / "briefing.yml").write_text(f"{new}\n", encoding="utf-8")
    before = read_state(begun)
    assert run(begun, *INTO, *words) > 0
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert read_state(begun) == before


TERMS = [
    ("en", "We will not start again before the noise walls stand", "noise walls"),
    ("en", "as half of my voters would say of it", "voters"),
    ("en", "Canada seeks a European defence pact", "defence pact"),
    ("fr", "Nous ne reprendrons pas avant la fin du mois d\u2019avril", "reprendrons"),
    ("de", "Wir fangen nicht an, bevor die L\u00e4rmschutzw\u00e4nde da sind", "l\u00e4rmschutzw\u00e4nde"),
    ("zh", "因为居民投诉噪音，委员会停止了夜间工程", "居民投诉噪音"),
    ("en", "It is not as if they could be there", None),
]


@pytest.mark.parametrize(("lang", "quote", "term"), TERMS)
def test_terms_say_what_it_is_about(lang: str, quote: str, term: str | None, site: Any) -> None:
    """A search term has no function words."""
    chooser = TermChooser(lang, words_of(lang, site.vocabulary.markers_of(lang)))
    assert chooser.choose(quote, [], set()) == term


@pytest.mark.parametrize("path", sorted((HERE / "articles").glob("*.txt")), ids=lambda p: p.stem)
def test_any_passage_may_be_picked(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each passage of each article alike leads to files that are read without a problem."""
    root = small_project(tmp_path / "p")
    shutil.copy(path, tmp_path / "x.txt")
    lang = read_yaml(path.with_suffix(".yml"))["lang"]
    run(root, "new", "night")
    run(root, "ingest", str(tmp_path / "x.txt"), "--briefing", "night", "--id", "x", "--lang", lang)
    numbers = list_numbers(root, capsys)
    assert run(root, *INTO, "--pick", ",".join(numbers.values())) == 0
    assert load(root)[1] == []
    assert run(root, "lock", "night", "--by", "A Tester") == 0


FIRST = "Work on the Great Northern Harbour Wall was shown to the guests of Lady Ada Maria Sample there"
SECOND = "they looked at it for more than three hours without a word to anybody"
#: The kind of a paragraph, its sentence, and what a pick of it quotes, if anything.
LENGTHS = [
    ("body", f"{FIRST}, and {SECOND}.", f"{FIRST}, and {SECOND}."),
    ("caption", f"{FIRST}, and {SECOND}.", SECOND),
    ("body", f"{FIRST} and {SECOND} who asked them.", f"{FIRST} and {SECOND} who asked them."),
    ("caption", f"{FIRST} and {SECOND} who asked them.", None),
]


@pytest.mark.parametrize(("kind", "sentence", "quoted"), LENGTHS)
def test_a_draft_is_never_too_long(kind: str, sentence: str, quoted: str | None, begun: Path) -> None:
    """A draft keeps within the limit of `check`, by which a name is one word in the body alone: else it is cut at a
    clause, or known to be too long."""
    article = begun.parent / "long.txt"
    article.write_text(f"{ARTICLE}{sentence}\n", encoding="utf-8")
    run(begun, "ingest", str(article), "--briefing", "night", "--id", "long")
    path = begun / "briefings/night/sources/long.yml"
    head = re.sub(r"(?m)^paragraphs:.*\n(?: .*\n)*", "", path.read_text(encoding="utf-8"))
    path.write_text(f"{head}paragraphs: {{9: {kind}}}\n", encoding="utf-8")
    site, problems = load(begun)
    assert site is not None
    assert problems == []
    briefing = site.briefing["night"]
    writer = StatementWriter(briefing, briefing.source["long"], site)
    quote = writer.choose_quote(Suggestion("paragraph", "long", 9, sentence))
    assert quote is not None
    assert quote.text == quoted if quoted else quote.too_long


def test_suggest_begins_with_what_may_still_be_quoted(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first line says how many words of an article are quoted, how many may be and how many are left, before the
    first lock and after it."""
    capsys.readouterr()
    run(begun, "suggest", "night")
    number = r"wire-night: quoted \((\d+) of at most (\d+) words in all, (\d+) left; 0 of at most (\d+) words of nar"
    first = re.match(number, capsys.readouterr().out)
    assert first
    numbers = list_numbers(begun, capsys)
    run(begun, *INTO, "--pick", next(number for text, number in numbers.items() if text.startswith(QUOTATION)))
    run(begun, "lock", "night", "--by", "A Tester")
    capsys.readouterr()
    run(begun, "suggest", "night")
    second = re.match(number, capsys.readouterr().out)
    assert second
    assert (first[1], second[1]) == ("0", str(len(QUOTATION.split())))
    assert first[2] == first[3] == second[2] == str(int(second[1]) + int(second[3]))
