"""A site may quote less than the program allows: its numbers are used, and stated, wherever a limit is."""

from html import unescape
from pathlib import Path

import pytest

from synoptic.check.registry import check
from synoptic.check.rules_page import list_rules
from synoptic.model.site import Site
from synoptic.model.vocabulary import PATH, Quoting
from synoptic.pages.render import render_site
from synoptic.proposals.prompt import render_prompt
from synoptic.workbench.selection import Selection, make_offers
from tests.projects import load_site, replace_once, run, small_project

LOWERED = """\
quoting: {narration: 6, narration_with_reason: 7, whole_sentence: 8, speech: 7, narration_share: 5, quoted_share: 6}"""
#: A sentence of an article, which is one whole sentence of narration.
SENTENCE = "Two officials said the ferry fleet is reportedly for sale"


def lower(folder: Path, limits: str) -> Site:
    """The small project with lower limits."""
    root = small_project(folder)
    with (root / PATH).open("a", encoding="utf-8") as file:
        file.write(f"{limits}\n")
    return load_site(root)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project with every limit lowered."""
    return lower(tmp_path_factory.mktemp("strict"), LOWERED)


def told(site: Site) -> list[str]:
    """What the rules of quoting say of the larger briefing."""
    rules = {"over-length", "over-limit", "over-budget"}
    return [problem.message for problem in check(site) if problem.rule in rules]


def test_checks_use_them(strict: Site, tmp_path: Path) -> None:
    """Quotations that the program allows break lower limits of words, of speech and of the article's share."""
    assert told(load_site(small_project(tmp_path))) == []
    found = "\n".join(told(strict))
    assert '"gazette-cost" quotes 7 words; the limit is 6' in found
    assert "the limit is 7" in found
    assert 'of the 100 words of "gazette"' in found


def test_pages_state_them(strict: Site) -> None:
    """How it works states the site's numbers, and none of the program's that it lowered."""
    page = unescape(str(render_site(strict, drafts=False)["method/index.md"]))
    assert "at most 6 words of narration (7 with a reason, 8 if it is one whole sentence) or 7 of a" in page
    assert "less than 5% of a source" in page
    assert "less than 6% with" in page
    assert not any(number in page for number in ("at most 15 words", "25%", "40%"))


def test_every_number_is_filled_in() -> None:
    """No rule shows the name of a number in braces, and the page of rules has the program's own."""
    rules = list_rules()
    names = [f"{{{name}}}" for name in Quoting.model_fields]
    assert [sentence for sentence in rules.values() if any(name in sentence for name in names)] == []
    assert "at most 15 words of narration (25 with a reason, 30 if" in rules["over-length"]


def test_workbench_and_prompt_state_them(strict: Site) -> None:
    """The workbench counts a selection against the site's limit, and a prompt for proposals asks for no more."""
    briefing = strict.briefing["harbour-tunnel"]
    source = briefing.source["gazette"]
    block = next(number for number, text in enumerate(briefing.texts[source.id].blocks, 1) if len(text) > 80)
    offers = make_offers(strict, briefing, source, Selection(block, 0, 60, block), [])["offers"]
    assert {offer["limit"] for offer in offers} <= {6, 7, 8}
    prompt = render_prompt(briefing, strict, [source], "{}")
    assert "4 to 6 words of an article" in prompt
    assert "up to 7 of a speaker's words" in prompt


def test_a_whole_sentence_below_the_programs_limit(tmp_path: Path) -> None:
    """Once the lock is written again, a whole sentence above the lower limit passes by the limit of whole sentences."""
    site = lower(tmp_path, "quoting: {narration: 6}")
    assert any('"gazette-cost" quotes 7 words; the limit is 6' in message for message in told(site))
    root = tmp_path
    replace_once(
        root / "briefings/harbour-tunnel/claims/cost.yml",
        "quote: The works cost 1.9 billion crowns", f"quote: {SENTENCE}",
    )  # fmt: skip
    assert run(root, "lock", "--by", "A Tester") == 0
    assert not any('"gazette-cost"' in message for message in told(load_site(root)))


@pytest.mark.parametrize(("speaker", "broken"), [("{speaker: tunnel-company, ", set[str]()), ("{", {"over-length"})])
def test_a_block_quotation_is_its_speakers(speaker: str, broken: set[str], tmp_path: Path) -> None:
    """A block quotation of Markdown is the named speaker's own words, and without a speaker the article's."""
    root, said = (
        small_project(tmp_path / "p"),
        "We dig and we pump and we pour at night because by day the trains run here",
    )
    plain = "\n\n".join(f"The {word} tunnel has a gate, a lamp, and a keeper with a cat." for word in LOWERED.split())
    (tmp_path / "blog.md").write_text(f"# Digging\n\nThe firm:\n\n> {said}, and so it goes.\n\n{plain}\n", "utf-8")
    run(root, "ingest", str(tmp_path / "blog.md"), "--briefing", "harbour-tunnel", "--id", "blog", "--lang", "en")
    claims = root / "briefings/harbour-tunnel/claims/cost.yml"
    replace_once(
        claims, "    - {id: herald-cost,", f"    - {speaker}source: blog, quote: {said}}}\n    - {{id: herald-cost,"
    )
    run(root, "lock", "--by", "A Tester")
    mine = {p.rule for p in check(load_site(root)) if p.rule in ("over-length", "not-speech", "quotation")}
    assert mine == broken
