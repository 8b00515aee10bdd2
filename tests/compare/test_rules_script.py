"""The rules in the browser: theme/assets/rules.js passes every case of the published tables, and agrees with Python
when statements are left out."""

import json
import random
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from synoptic.compare import answers, verdicts
from synoptic.compare.verdicts import Voice, describe_facts, judge
from synoptic.model.records import Claim
from synoptic.model.site import Briefing, Site
from synoptic.pages.switches import switch_data
from tests.compare import test_answers, test_verdicts
from tests.projects import CHECKOUT

RULES, WORDS = (
    (CHECKOUT / f"build_tools/synoptic/theme/assets/{name}.js").read_text(encoding="utf-8")
    for name in ("rules", "words")
)
#: Runs some calls of the module: ``[name, data, claim or topic, choice]``, a choice being sources to leave out and
#: whether unnamed voices go.
RUN = """async ([code, said, calls]) => {
  const load = text => import(URL.createObjectURL(new Blob([text], {type: "text/javascript"})));
  const rules = await load(code), words = await load(said);
  return calls.map(([what, data, id, [without, named]]) => {
    const {claims, topics} = rules.expand(data), choice = {without: new Set(without), named};
    const left = name => claims.get(name).voices.filter(v => rules.keeps(choice, v.source, v.sort));
    if (what === "claim") {
      const {verdict, facts} = rules.judge(left(id), claims.get(id).opinion);
      return [verdict, rules.describe(facts, words)];
    }
    const {answers, apart} = topics.get(id);
    return rules.label(Object.entries(answers).flatMap(([answer, names]) =>
      names.flatMap(left).map(voice => ({...voice, answer}))), apart);
  });
}"""
Choice = tuple[tuple[str, ...], bool]
EVERYTHING: Choice = ((), False)
CHOICES: tuple[Choice, ...] = (EVERYTHING, ((), True), (("one",), False), (("two", "copy"), True))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = browser.new_page()
    yield opened
    opened.close()


def run(page: Page, calls: list[tuple[str, dict[str, Any], str, Choice]]) -> list[Any]:
    """What the module says to each call; data passes through JSON, as on a page."""
    found: list[Any] = page.evaluate(RUN, [RULES, WORDS, json.loads(json.dumps(calls))])
    return found


def claims(site: Site) -> Iterator[tuple[str, Briefing, Claim, dict[str, Any]]]:
    """Every case of the table of verdicts, with its data."""
    for case in test_verdicts.CASES:
        briefing, claim = test_verdicts.make(case.get("kind", "state"), case["said"])
        yield case["expect"], briefing, claim, switch_data(briefing, site.vocabulary, [claim])


def topics(site: Site) -> Iterator[tuple[str, Briefing, dict[str, Any]]]:
    """Every case of the table of labels, with its data."""
    for case in test_answers.CASES:
        said = list(filter(None, case["said"].split("; ")))
        briefing = test_answers.make(said, case.get("apart", []))
        yield case["expect"], briefing, switch_data(briefing, site.vocabulary, briefing.claims, briefing.file.topics)


def test_the_cases_of_verdicts(site: Site, page: Page) -> None:
    """Each case has the verdict and the facts that its file says."""
    cases = list(claims(site))
    found = run(page, [("claim", data, claim.id, EVERYTHING) for _, _, claim, data in cases])
    for case, (verdict, facts) in zip(test_verdicts.CASES, found, strict=True):
        assert verdict == case["verdict"], case["expect"]
        assert facts == case.get("facts", facts), case["expect"]


def test_the_cases_of_labels(site: Site, page: Page) -> None:
    """Each case has the label that its file says."""
    found = run(page, [("topic", data, "t", EVERYTHING) for _, _, data in topics(site)])
    assert found == [case["label"] for case in test_answers.CASES]


def leave(voices: tuple[Voice, ...], choice: Choice) -> tuple[Voice, ...]:
    """The voices that a choice keeps."""
    without, named = choice
    return tuple(v for v in voices if v.source not in without and not (named and v.sort in ("unnamed", "unseen")))


def test_what_is_left_is_judged_as_python_does(site: Site, page: Page, tell: Callable[[str], None]) -> None:
    """Whatever is left out of a case, and of a briefing with any statements, verdict, facts and label are Python's."""
    cases = list(chain(claims(site), _any_claims(site)))
    tried = [(briefing, claim, data, choice) for _, briefing, claim, data in cases for choice in CHOICES]
    found = run(page, [("claim", data, claim.id, choice) for _, claim, data, choice in tried])
    for (briefing, claim, _, choice), (verdict, facts) in zip(tried, found, strict=True):
        voices = leave(judge(briefing, claim, site.vocabulary).voices, choice)
        wanted = verdicts._decide(claim, voices, site.vocabulary), describe_facts(verdicts._count(voices))
        assert (verdict, facts) == wanted, (choice, voices)
    tell(f"{len(tried)} claims, as Python judges them")


def _any_claims(site: Site, number: int = 150) -> Iterator[tuple[str, Briefing, Claim, dict[str, Any]]]:
    """Claims with any few statements."""
    rng = random.Random(22)
    holders = ["", "/ann", "/bob", "/one-insiders", "/two-memo", "/ann~inferred", "/bob~dramatised"]
    for _ in range(number):
        said = "; ".join(
            rng.choice(("one", "two", "three", "copy"))
            + rng.choice(holders)
            + rng.choice((" ", " ", "! "))
            + rng.choice(("asserts", "asserts", "denies", "qualifies", "questions"))
            + rng.choice(("", " (jets)", " (x)"))
            for _ in range(rng.randint(0, 4))
        )
        briefing, claim = test_verdicts.make(rng.choice(("state", "prediction")), said)
        yield said, briefing, claim, switch_data(briefing, site.vocabulary, [claim])


def test_labels_of_what_is_left(site: Site, page: Page) -> None:
    """Whatever articles are left out of a case, its label is the one of a briefing that never had them."""
    tried = [(briefing, data, choice) for _, briefing, data in topics(site) for choice in CHOICES if not choice[1]]
    found = run(page, [("topic", data, "t", choice) for _, data, choice in tried])
    for (briefing, _, (without, _)), label in zip(tried, found, strict=True):
        kept = tuple(s for s in briefing.sources if s.id not in without)
        claims = tuple(
            c.model_copy(update={"statements": tuple(s for s in c.statements if s.source not in without)})
            for c in briefing.claims
        )
        smaller = Briefing("b", briefing.file, kept, claims, locks=briefing.locks)
        (answered,) = answers.answer_topics(smaller, site.vocabulary)
        assert label == answered.label
