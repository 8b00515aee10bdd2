"""The guess of what a reader's own text says: by cases, and theme/assets/own-guess.js finds what Python finds."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from synoptic.compare.guess import RULE, Guess, Sought, dump_sought, find_people, guess, list_sought
from synoptic.model.records import Claim, Figure, SearchTerm, Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.match import SHORTEST, Text
from synoptic.text.script_patterns import search_patterns, to_script
from synoptic.text.terms import list_stems
from tests.projects import CHECKOUT, HERE
from tests.text.test_sentences import PARAGRAPHS, read_begins
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("guess.yml"))
READ, GUESS = (
    (CHECKOUT / f"build_tools/synoptic/theme/assets/own-{name}.js").read_text(encoding="utf-8")
    for name in ("text", "guess")
)
PEOPLE = {"ann": ("Ann Lee", "Lee"), "canada": ("Canada",)}
#: Loads both modules, and runs each of some texts through the guesser of its data; or folds letters.
RUN = """async ([read, code, jobs, letters]) => {
  const load = text => URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
  const text = load(read), {lower} = await import(text);
  const {makeGuesser} = await import(load(code.replace("./own-text.js", text)));
  const sorted = map => [...map.keys()].sort((a, b) => a - b);
  const found = jobs.map(([data, texts]) => {
    const guesser = makeGuesser(data);
    return texts.map(blocks => {
      const {claims, people, sentences} = guesser(blocks);
      const found = claims.map(({likely, words, names, figures}) =>
        [likely, sorted(words).map(n => [n, words.get(n).likeness]), sorted(names), sorted(figures)]);
      return [found, people.map(sorted), sentences];
    });
  });
  return [found, letters.map(lower)];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = browser.new_page()
    yield opened
    opened.close()


def run(page: Page, sought: Sequence[Sought], texts: Sequence[Sequence[str]]) -> list[Any]:
    """What the script finds in texts, given as their paragraphs; data passes through JSON, as on a page."""
    dumped = dump_sought(sought)
    data = {
        "patterns": search_patterns(), **RULE,
        "claims": [[one.claim.claim, "", 0, [], *terms] for one, terms in zip(sought, dumped.terms, strict=True)],
        "pieces": {"claims": dumped.pieces, "people": list(PEOPLE.values()), "stems": dumped.stems},
    }  # fmt: skip
    (found,), _ = page.evaluate(RUN, [READ, GUESS, json.loads(json.dumps([[data, texts]])), []])
    return list(found)


def show(text: Text, guesses: Sequence[Guess]) -> list[Any]:
    """What Python finds in a text, as the script shows it."""
    people = find_people(text, PEOPLE)
    claims = [
        [one.likely, [[n, pytest.approx(likeness)] for n, likeness in one.words], list(one.names), list(one.figures)]
        for one in guesses
    ]
    return [claims, [list(people.get(name, ())) for name in PEOPLE], len(text.sentences)]


def make(case: dict[str, Any]) -> Sought:
    """What a case seeks."""
    names = (SearchTerm(term=name, mode="name") for name in case.get("names", ()))
    terms = (*(SearchTerm(term=term) for term in case.get("terms", ())), *names)
    claim = Claim(id="c", topic="t", kind="state", claim="The tunnel is closed, nobody knows why.", terms=terms)
    wordings = (list_stems(claim.claim, SHORTEST), list_stems("brücke ist zu", SHORTEST))
    return Sought(claim, terms, tuple(case.get("figures", ())), wordings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expect"])
def test_sentences_of_a_case(case: dict[str, Any]) -> None:
    """Each word, name and figure is found in the sentences that the case says."""
    (made,) = guess(Text(tuple(case["text"])), [make(case)])
    found = {"words": [n for n, _ in made.words], "named": list(made.names), "figured": list(made.figures)}
    assert {key: value for key, value in found.items() if value} == {
        key: case[key] for key in found if case.get(key)
    }  # fmt: skip


def test_the_script_finds_what_python_finds(site: Site, page: Page, tell: Callable[[str], None]) -> None:
    """In each case, in the paragraphs of the cases of sentences, and in texts of five languages, the script finds the
    same sentences, equally like, for the cases and for the claims of the invented briefings."""
    sought = [make(case) for case in CASES] + [one for briefing in site.briefings for one in list_sought(briefing)]
    paragraphs = [[read_begins(one)[0] for one in part] for parts in PARAGRAPHS.values() for part in parts.values()]
    articles = [path.read_text(encoding="utf-8").split("\n") for path in sorted((HERE / "articles").glob("*.txt"))]
    texts = [*(case["text"] for case in CASES), *paragraphs, *articles]
    wanted = [show(text, guess(text, sought)) for text in (Text(tuple(filter(str.strip, one))) for one in texts)]
    for text, found, expected in zip(texts, run(page, sought, texts), wanted, strict=True):
        assert found == expected, text
    tell(f"{len(texts)} texts, {len(sought)} claims")


def test_the_script_folds_case_as_python_does(page: Page) -> None:
    """Every letter below U+3000 is folded alike."""
    letters = [chr(n) for n in range(0x3000) if unicodedata.category(chr(n))[0] == "L"]
    _, folded = page.evaluate(RUN, [READ, GUESS, [], letters])
    assert [(a, b) for a, b in zip(letters, folded, strict=True) if a.casefold() != b] == []


@pytest.mark.parametrize("pattern", ["a++", "(?>a)", r"\Aa", r"[\W]"])
def test_a_pattern_that_javascript_lacks(pattern: str) -> None:
    """What would mean something else in the script is refused."""
    with pytest.raises(ValueError, match="no JavaScript"):
        to_script(pattern)


def test_an_article_left_out_leaves_nothing(site: Site) -> None:
    """Without an article, its quotations, figures and claims are not sought; an open question is never likely."""
    briefing = site.briefing["harbour-tunnel"]
    for source in briefing.sources:
        left = {one.claim.id: one for one in list_sought(briefing, without=(source.id,))}
        for one in list_sought(briefing):
            only = {statement.source for statement in one.claim.statements} == {source.id}
            assert only == (one.claim.id not in left)
            if not only:
                assert {*left[one.claim.id].wordings} <= {*one.wordings}
            assert bool(one.wordings) == (one.claim.kind != "question")


@pytest.mark.parametrize(
    ("value", "unit", "sought"),
    [("48", "hours", "48 hour*"), ("4.5", "million crowns", "4 5 million crown*"), ("decades", None, ""),
     ("18", None, ""), ("2029", None, "2029"), ("billions", "of dollars", "billions of dollar*")],
)  # fmt: skip
def test_figures_are_sought_with_their_units(site: Site, value: str, unit: str | None, sought: str) -> None:
    """A number is sought with its unit, in the singular or plural; words that say too little are not sought."""
    briefing = site.briefing["harbour-tunnel"]
    statement = Statement(id="s", source=briefing.sources[0].id, quote="none")
    claim = Claim(id="c", topic="t", kind="state", claim="C.", terms=(SearchTerm(term="x"),), statements=(statement,))
    figure = Figure(id="f", value=value, unit=unit, measures="m", statements=("s",))
    (one,) = list_sought(Briefing("b", briefing.file, briefing.sources, (claim,), figures=(figure,)))
    assert one.figures == ((sought,) if sought else ())
