"""The overview in a browser: its length, the grid of answers, an answer's words in place, and the two switches.

What is expected comes from the briefings and the published rules, not from the pages.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from synoptic.compare.answers import answer_topics
from synoptic.compare.verdicts import _count, _decide, describe_facts, judge
from synoptic.model.records import Claim
from synoptic.model.site import Briefing, Site
from tests.browser import Open, Serve, sideways, violations
from tests.compare.test_rules_script import Choice, leave
from tests.projects import CHECKOUT, build_once, clone_checkout, load_site

BRIDGE = "quay-bridge"
MANY = 12  # so many articles have a column of a number each

#: By topic and article: the replies of each cell, with their statements, words, colours, and whether they are outside.
CELLS = """() => {
  const all = (css, root) => [...root.querySelectorAll(css)], pairs = Object.fromEntries;
  const reply = a => [a.hash, a.querySelector(':scope > span').textContent, a.className.match(/a[0-9]+/)[0],
    a.matches('.outside')];
  const cell = td => [td.dataset.article, all('a.reply:not([data-instead])', td).map(reply)];
  const row = tr => [tr.querySelector('[data-topic]').dataset.topic, pairs(all('td', tr).map(cell))];
  return pairs(all('.asked tbody tr', document).map(row));
}"""
BOXES = "all => all.map(one => one.getBoundingClientRect().toJSON())"
#: The claims that the lists by topic show, with verdict and facts.
CLAIMS = """() => [...document.querySelectorAll('.topics [data-claim]:not([hidden])')].map(item =>
  [item.dataset.claim, ...['.verdict', '.facts-of'].map(css => item.querySelector(css).textContent)])"""


@pytest.fixture(scope="module")
def checkout() -> Site:
    """The briefings of this repository, which have questions and answers."""
    return load_site(CHECKOUT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve_folder: Serve) -> str:
    """The address of the site of this repository."""
    return serve_folder(build_once(tmp_path_factory, "checkout", clone_checkout).folder)


def fewer(briefing: Briefing, choice: Choice) -> Briefing:
    """A briefing that never had the statements a choice leaves out."""
    without, named = choice

    def keep(claim: Claim) -> Claim:
        kept = (s for s in claim.statements if s.source not in without and not (named and s.speaker in own))
        return claim.model_copy(update={"statements": tuple(kept)})

    own = briefing.own_speakers
    sources = tuple(source for source in briefing.sources if source.id not in without)
    return Briefing("b", briefing.file, sources, tuple(map(keep, briefing.claims)), locks=briefing.locks)


# -- length and grid -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "screens"), [(1280, 800, 4), (360, 740, 8)])
def test_overview_is_short(
    checkout: Site, home: str, tab: Open, tell: Any, width: int, height: int, screens: int
) -> None:
    """The overview of five articles takes at most four screens of a desk and eight of a phone."""
    opened = tab(home, width=width, height=height)
    for briefing in checkout.briefings:
        page = opened.open(f"briefings/{briefing.slug}/")
        taken = page.evaluate("document.documentElement.scrollHeight") / height
        assert taken <= screens or len(briefing.sources) > 5, briefing.slug
        tell(f"{briefing.slug}: {taken:.2f} screens of {width} x {height} for {len(briefing.sources)} articles")


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_grid_fits(checkout: Site, home: str, tab: Open, width: int) -> None:
    """However many articles there are, the page is not wider than its window, and each answer can be tapped."""
    opened = tab(home, width=width)
    assert max(len(briefing.sources) for briefing in checkout.briefings) > MANY
    for briefing in checkout.briefings:
        page = opened.open(f"briefings/{briefing.slug}/")
        assert sideways(page) == 0
        boxes: list[Any] = page.locator("a.reply:visible").evaluate_all(BOXES)
        for box in boxes:
            assert (box["x"] >= 0, box["x"] + box["width"] <= width, min(box["width"], box["height"]) >= 24) == (
                True, True, True,
            ), (briefing.slug, box)  # fmt: skip


@pytest.mark.slow
def test_grid_has_every_answer(checkout: Site, home: str, tab: Open) -> None:
    """Without scripts, each cell has the article's answers and only those, each a link to the words and in the colour
    of its number; those of headlines alone look otherwise, and a cell without any is blank."""
    opened = tab(home, script=False)
    for briefing in checkout.briefings:
        page = opened.open(f"briefings/{briefing.slug}/")
        found = page.evaluate(CELLS)
        expected = {
            answered.topic.id: {
                article.source.id: [
                    [f"#s-{r.statement.id}", r.answer.text, f"a{numbers[r.answer.id]}", not r.counted]
                    for r in article.replies
                ]
                for article in answered.articles
            }
            for answered in answer_topics(briefing, checkout.vocabulary)
            for numbers in [{answer.id: n for n, answer in enumerate(answered.topic.answers, 1)}]
        }
        assert found == expected
        for claim in briefing.claims:
            assert page.locator(f"a[href$='#{claim.id}']").count() > 0, claim.id


# -- the words in place --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "slug"), [(1280, BRIDGE), (360, BRIDGE), (1280, "mkdocs-split"), (360, "mkdocs-split")]
)
def test_answer_opens_its_words(checkout: Site, home: str, tab: Open, width: int, slug: str) -> None:
    """A tap or Enter opens the quotation in the grid; Escape or the button closes it and gives the focus back."""
    opened = tab(home, width=width)
    page = opened.open(f"briefings/{slug}/")
    link = page.locator(".asked a.reply:visible").nth(3)
    name = str(link.get_attribute("href")).partition("#s-")[2]
    quote = next(s.quote for _, s in checkout.briefing[slug].statements if s.id == name)
    region = page.locator(".opened")
    link.click()
    expect(region).to_contain_text(quote)
    expect(region).to_be_focused()
    expect(region).to_be_in_viewport()
    expect(link).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    assert sideways(page) == 0
    page.keyboard.press("Escape")
    expect(region).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    region.get_by_role("button", name="Close").click()
    expect(link).to_be_focused()
    link.click()
    link.click()
    expect(region).to_have_count(0)
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("script", [False, True])
def test_answer_leads_to_its_words(home: str, tab: Open, script: bool) -> None:
    """Without scripts, and where the other page cannot be fetched, an answer leads to its words as any link does."""
    page = tab(home, script=script).open(f"briefings/{BRIDGE}/")
    if script:
        page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
    expect(page.locator("form.switches")).to_be_visible(visible=script)
    page.locator(".asked a.reply").first.click()
    page.wait_for_url("**/topics/**")
    expect(page.locator(":target blockquote")).to_be_visible()


@pytest.mark.slow
def test_more_answers_open(home: str, tab: Open) -> None:
    """A cell shows two answers; the others come with a tap, and the first of them has the focus."""
    page = tab(home).open(f"briefings/{BRIDGE}/")
    more = page.locator(".asked a.more").first
    cell = more.locator("..")
    count = cell.locator("a.reply").count()
    assert cell.locator("a.reply:visible").count() == 2 < count
    more.click()
    expect(cell.locator("a.reply:visible")).to_have_count(count)
    expect(cell.locator(".extra").first).to_be_focused()


# -- two switches --------------------------------------------------------------------------------------------------


def query(choice: Choice) -> str:
    """The address of a choice."""
    without, named = choice
    return "&".join([*(["named=yes"] if named else []), *(f"without={one}" for one in without)])


def listed(page: Page) -> dict[str, tuple[str, str]]:
    """The claims that the lists by topic show: verdict and facts of each."""
    expect(page.locator("form.switches [role=status]")).not_to_be_empty()
    rows: list[list[str]] = page.evaluate(CLAIMS)
    return {name: (verdict, facts.removeprefix("· ")) for name, verdict, facts in rows}


def words(page: Page) -> list[str]:
    """All words of the page, shown or not."""
    return " ".join(page.locator("article").locator("p, li, td, th").all_text_contents()).split()


def expected_claims(site: Site, briefing: Briefing, choice: Choice) -> dict[str, tuple[str, str]]:
    """The claims that a choice leaves: verdict and facts of each."""
    found = {}
    for claim in briefing.claims:
        every = judge(briefing, claim, site.vocabulary).voices
        voices = leave(every, choice)
        if voices or not every:
            label = site.vocabulary.get("verdicts", _decide(claim, voices, site.vocabulary)).label
            found[claim.id] = (label, describe_facts(_count(voices)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("slug", [BRIDGE, "canada-us-defence"])
def test_all_follows_the_switches(checkout: Site, home: str, tab: Open, slug: str) -> None:
    """For each article left out, with unnamed sources and without, claims, verdicts, facts, labels and columns are
    those of a briefing that never had what is left out."""
    briefing, words = checkout.briefing[slug], checkout.vocabulary
    opened = tab(home)
    top = opened.open(f"briefings/{slug}/").locator("#agree ~ ul [data-claim]").count()
    for without in [(), *((source.id,) for source in briefing.sources)]:
        for named in (False, True):
            choice = (without, named)
            if choice == ((), False):
                continue
            page = opened.open(f"briefings/{slug}/?{query(choice)}")
            expected = expected_claims(checkout, briefing, choice)
            assert listed(page) == expected, choice
            answered = answer_topics(fewer(briefing, choice), words)
            labels = {one.topic.id: words.get("topic_labels", one.label).label for one in answered}
            shown = page.locator("a.label[data-topic]").evaluate_all(
                "n => n.map(a => [a.dataset.topic, a.textContent])"
            )
            assert dict(shown) == labels, choice
            assert page.locator("thead th[data-article]:visible").count() == len(briefing.sources) - len(without)
            assert page.locator("a.reply[data-unnamed]:visible").count() == 0 or not named
            shared = {
                name for name, (verdict, _) in expected.items() if verdict == words.get("verdicts", "shared").label
            }
            best = page.locator("#agree ~ ul [data-claim]").evaluate_all("n => n.map(a => a.dataset.claim)")
            assert set(best) <= shared
            assert len(best) == min(top, len(shared))
    assert opened.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_switches_are_in_the_address(checkout: Site, home: str, tab: Open, width: int) -> None:
    """A choice is in the address, which brings it back; Back undoes it, other pages get it, one button ends it."""
    opened = tab(home, width=width)
    briefing = checkout.briefing[BRIDGE]
    both, one = (
        len(expected_claims(checkout, briefing, choice)) for choice in ((("agency",), True), (("agency",), False))
    )
    page = opened.open(f"briefings/{BRIDGE}/")
    every, before = page.locator(".topics [data-claim]").count(), words(page)
    assert both < one < every
    kept = ".topics [data-claim]:not([hidden])"
    page.locator(".switches summary").click()
    page.locator("[name=without][value=agency]").check()
    page.locator("[name=named]").check()
    assert parse_qs(urlsplit(page.url).query) == {"named": ["yes"], "without": ["agency"]}
    expect(page.locator(kept)).to_have_count(both)
    assert violations(page) == []
    page.go_back()
    expect(page.locator("[name=named]")).not_to_be_checked()
    assert parse_qs(urlsplit(page.url).query) == {"without": ["agency"]}
    expect(page.locator(kept)).to_have_count(one)
    again = tab(home, width=width)
    again.page.goto(page.url)
    expect(again.page.locator(kept)).to_have_count(one)
    assert str(again.page.locator("nav.parts a").first.get_attribute("href")).endswith("?without=agency")
    again.page.get_by_role("button", name="Bring it all back").click()
    expect(again.page.locator(kept)).to_have_count(every)
    assert urlsplit(again.page.url).query == ""
    page.go_back()
    expect(page.locator("form.switches [role=status]")).to_be_empty()
    expect(page.locator(kept)).to_have_count(every)
    assert words(page) == before
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
def test_a_disagreement_needs_both_sides(home: str, tab: Open) -> None:
    """A disagreement goes if nobody is left on one side; if only its quotation goes, others are named who say so."""
    pairs = ".clash.compact"
    page = tab(home).open(f"briefings/{BRIDGE}/")
    every = page.locator(pairs).count()
    assert every > 1
    page.goto(f"{home}briefings/{BRIDGE}/?without=chronicle")
    expect(page.locator(f"{pairs}:not([hidden])")).not_to_have_count(every)
    page.goto(f"{home}briefings/{BRIDGE}/?without=agency")
    also = page.locator(f"{pairs}:not([hidden]) .also")
    expect(also.first).to_contain_text("Also in ")
    expect(also.first).not_to_contain_text("Agency")
