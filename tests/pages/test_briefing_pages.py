"""Receipts, searches, origins, wordings, figures, the timeline, relations, and what depends on one source."""

import csv
import html
import importlib
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from synoptic.compare.verdicts import decide_verdict, find_dependence
from synoptic.data import tables
from synoptic.model.site import Site
from synoptic.pages import disagreements, figures, receipts, sources, timeline, wordings
from synoptic.pages.context import Context
from synoptic.pages.environment import TEMPLATES
from synoptic.pages.page import page_head
from synoptic.pages.render import PAGES, briefing_pages
from synoptic.pages.source import link_dependents
from tests.projects import SMALL, edited_project, load_checked
from tests.yaml_files import read_yaml

FRAGMENTS = read_yaml(Path(__file__).with_name("fragments.yml"))


@pytest.fixture
def context(site: Site) -> Context:
    """The pages of the invented briefing with addresses, copies, several wordings and dates."""
    return Context(site, site.briefing["night-ferry"])


def test_every_statement_has_a_receipt(site: Site) -> None:
    """Every statement has an element whose id ends with its own, with words, place, checker and selector; the page has
    the copy's hash and the command, once."""
    for briefing in site.briefings:
        pages = briefing_pages(Context(site, briefing))
        for _, statement in briefing.statements:
            receipts = html.unescape(pages[f"briefings/{briefing.slug}/receipts/{statement.source}/index.md"])
            parts = receipts.split('<section class="receipt-card" id="')[1:]
            (text,) = [p for p in parts if p.startswith(f'r-{statement.id}"')]
            assert statement.quote in text
            assert "TextQuoteSelector" in text
            assert "by A Tester on 22 November 2026" in text
            assert receipts.count(briefing.locks[statement.source].sha256) == 1
            assert receipts.count(f"--source {statement.source} --against FILE") == 1


def test_what_nobody_checked_says_so_at_the_quotation(site: Site) -> None:
    """A quotation whose lock nobody signed, or that some did not check, says so; the others have a tick alone."""
    briefing = site.briefing["harbour-tunnel"]
    gazette, herald = briefing.locks["gazette"], briefing.locks["herald"]
    quotes = tuple(entry.model_copy(update={"by": ("A Tester",)}) for entry in herald.quotes)
    locks = {
        **briefing.locks,
        "gazette": gazette.model_copy(update={"checked_by": None, "checked_on": None}),
        "herald": herald.model_copy(update={"quotes": quotes}),
    }
    pages = briefing_pages(Context(site, replace(briefing, locks=locks)))
    text = "".join(page for path, page in pages.items() if "/topics/" in path)
    feet = re.findall(r'<a class="receipt" href="[^"]*/receipts/([a-z]+)/#[^"]*">(.*?)</a>', text)
    assert {source for source, _ in feet} == {"gazette", "herald"}
    for source, foot in feet:
        assert ("not checked" in foot) == (source == "gazette")
        assert ("\u2713" in foot) == (source != "gazette")
        assert ("by A Tester on 22 November 2026" in foot) == (source == "herald")


def test_context_only_where_the_rights_allow_it(context: Context) -> None:
    """Words around a quotation are shown for a source with full rights, and for no other."""
    for source in context.briefing.sources:
        found = receipts.receipts(context, source)
        assert any(r.before or r.after for r in found) == (source.rights == "full")
        assert all(("prefix" in r.selector) == bool(r.before or r.after) for r in found)


@pytest.mark.parametrize(("url", "words", "address"), FRAGMENTS)
def test_text_fragment(url: str, words: str, address: str) -> None:
    """A text fragment encodes every character of its own syntax, and names a long quotation by its two ends."""
    assert receipts.text_fragment(url, words) == address


def test_fragment_only_with_an_address(context: Context) -> None:
    """A source with an address has links that open it at the words; one without has none."""
    for source in context.briefing.sources:
        links = [r.fragment for r in receipts.receipts(context, source)]
        assert all(bool(link) == bool(source.url) for link in links)
        assert all(unquote(link.split("text=")[1]).split()[0] for link in links if link)


def test_origins_are_counted(site: Site, context: Context) -> None:
    """A copy does not add an origin: three articles are two origins, and the pages say what they share and where."""
    assert page_head(context).kicker[0] == "3 articles of 2 origins"
    assert tuple(sources.describe_shared_runs(context)) == (
        "Agency and Daily share 54 words in 1 passage (paragraph 2 of Agency). They count as one origin.",
    )
    verdicts = {c.id: decide_verdict(context.briefing, c, site.vocabulary) for c in context.briefing.claims}
    assert verdicts == {"fire-in-galley": "disputed", "told-late": "one voice", "people-on-board": "shared"}
    alone = context.briefing.claim["fire-in-galley"]
    copied = alone.model_copy(update={"statements": alone.statements[:2]})
    assert decide_verdict(context.briefing, copied, site.vocabulary) == "one article"


def test_wordings_are_aligned(context: Context) -> None:
    """Each wording is compared with the fullest; its cuts, brackets and changes are described in words."""
    ((_, speaker, found),) = wordings.compare_wordings(context)
    assert speaker.text == "Ольга Неверова"
    summaries = {w.statement.source.text: w.summary for w in found}
    assert summaries["Agency"] == "the fullest wording"
    assert summaries["Daily"] == "cut at its beginning: “We left the quay at nine, and”"
    assert summaries["Post"] == "cut inside: “the quay”; “[it]” instead of “the fire”; “eleven” instead of “ten”"
    kinds = {w.statement.source.text: [kind for kind, _ in w.pieces] for w in found}
    assert kinds["Daily"] == ["gone", "same"]
    assert "bracket" in kinds["Post"]


def test_wordings_are_compared_within_a_language(site: Site) -> None:
    """A longer report in another language is neither compared nor the fullest; a speaker's own text is always first."""
    briefing = site.briefing["night-ferry"]
    captain = next(s.speaker for _, s in briefing.statements if s.utterance)

    def told(**sources: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
        changed = tuple(s.model_copy(update=sources.get(s.id, {})) for s in briefing.sources)
        claims = []
        for claim in briefing.claims:
            own = {n for n, values in sources.items() if "voice" in values}
            mine = (s.model_copy(update={"speaker": None}) if s.source in own else s for s in claim.statements)
            claims.append(claim.model_copy(update={"statements": tuple(mine)}))
        context = Context(site, replace(briefing, sources=changed, claims=tuple(claims)))
        ((_, speaker, found),) = wordings.compare_wordings(context)
        assert speaker.text == "Ольга Неверова"
        return [(w.statement.record.source, w.summary, [kind for kind, _ in w.pieces]) for w in found]

    first, second, third = told(agency={"lang": "ru"})
    assert [first[0], second[0], third[0]] == ["post", "daily", "agency"]
    assert first[1:] == ("the fullest wording", ["same"])
    assert "instead of" in second[1]
    assert third[1:] == ("another language; the fullest wording in it", ["same"])
    assert told(daily={"voice": captain})[0][:2] == ("daily", "the speaker’s own text")
    assert told(agency={"lang": "en-GB"}, daily={"voice": captain, "lang": "ru"})[0][0] == "daily"


def test_figures_show_their_range(context: Context) -> None:
    """Figures of one measure are shown together with their range, a scale, and what explains the gap."""
    (measure,) = figures.measures(context)
    assert measure.range == "from 198 to 212 people"
    assert [(label, givers, mark and mark.x) for label, givers, mark in measure.points] == [
        ("198 people", [("Post", "")], "28.53%"), ("212 people", [("Agency", ""), ("Daily", "")], "71.47%"),
    ]  # fmt: skip
    assert [figure.note for figure, _, _ in measure.figures] == ["Those who had booked.", "Those who were on board."]
    assert measure.caveats == (
        "They may have different bases: see the note under each.", "They are not given by the same person or article.",
    )  # fmt: skip


def test_figures_csv(context: Context) -> None:
    """The CSV has a line for each statement, and no cell that a spreadsheet would run."""
    rows = list(csv.DictReader(io.StringIO(tables.render_figures(context.briefing))))
    assert [(r["figure"], r["value"], r["source"]) for r in rows] == [
        ("booked", "212", "agency"), ("booked", "212", "daily"), ("carried", "198", "post"),
    ]  # fmt: skip
    first, *others = context.briefing.figures
    hostile = first.model_copy(update={"note": "=HYPERLINK(1)", "qualifier": "+1"})
    text = tables.render_figures(replace(context.briefing, figures=(hostile, *others)))
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["note"], row["qualifier"]) == ("'=HYPERLINK(1)", "'+1")


def test_timeline_invents_no_date(context: Context) -> None:
    """Only what has a date is on the calendar, with the days of the articles; the rest keeps the articles' words."""
    line = timeline.timeline(context)
    steps = {step.record.what: step for lane in line["lanes"] for step in lane.steps if step.first}
    assert set(steps) == {event.what for event in context.briefing.events}
    assert steps["A fire breaks out."].record.when == "2031-05-01"
    back = [step for step in steps.values() if step.words == "An hour later"]
    assert [(step.record.when, step.look) for step in back] == [("unknown", "dots")]
    assert back[0].above or back[0].number or back[0].anchor
    assert steps["The ship is told."].look == "hollow"
    assert [(day.label, [link.text for link in day.links], day.report) for day in line["calendar"]] == [
        ("1 May 2031", ["A fire breaks out"], False), ("2 May 2031", ["Agency"], True),
        ("3 May 2031", ["Daily", "Post"], True),
    ]  # fmt: skip


def test_what_hangs_on_one_source(site: Site, context: Context) -> None:
    """The claims that would be lost and the verdicts that would change without a source are computed."""
    harbour = site.briefing["harbour-tunnel"]
    lost = find_dependence(harbour, site.vocabulary)["gazette"]
    assert [c.id for c in lost.lost] == ["fleet-for-sale"]
    assert [(c.id, before, after) for c, before, after in lost.changed] == [
        ("opens-in-june", "disputed", "one article"),
        ("two-years-late", "shared", "one article"),
        ("cost-19", "disputed", "one article"),
    ]
    hanging = link_dependents(context, find_dependence(context.briefing, site.vocabulary)["post"])
    assert {(c.text, after) for c, _, after in hanging["changed"]} == {
        (context.briefing.claim[name].claim, "One article") for name in ("fire-in-galley", "people-on-board")
    }


def test_searches_say_terms_words_and_day(site: Site) -> None:
    """A silence names the terms, the day and the number of words searched."""
    harbour = site.briefing["harbour-tunnel"]
    shown = html.unescape(briefing_pages(Context(site, harbour))["briefings/harbour-tunnel/topics/cost/index.md"])
    words = harbour.locks["wire"].words
    assert f"searched for “cost*”, “crowns” on 22 November 2026: not found in this text ({words} words)" in shown


def test_places_that_nobody_examined_are_counted(tmp_path: Path) -> None:
    """A hit that asks for nothing is shown on its claim, and marked in the matrix, as not examined."""
    passed = "  passed_over:\n    - {source: wire, reason: It speaks of the ferries' service.}\n"
    edit = {"file": f"{SMALL}/claims/cost.yml", "from": passed, "to": ""}
    site = load_checked(edited_project(tmp_path, [edit]))
    pages = briefing_pages(Context(site, site.briefing["harbour-tunnel"]))
    topic, matrix = (
        html.unescape(pages[f"briefings/harbour-tunnel/{name}/index.md"]) for name in ("topics/cost", "matrix")
    )
    assert "1 further place with “ferr*”, “sale”, not examined" in topic
    assert "named but not examined" in matrix


@pytest.mark.parametrize("how", ["continues", "refines", "contradicts", "superseded-by"])
def test_a_relation_to_another_briefing_stands_on_both_pages(tmp_path: Path, how: str) -> None:
    """A claim that bears on one of another briefing says so, and the other claim's page says it back."""
    before, after = "{to: two-years-late, how: in-tension-with,", f"{{to: night-ferry/fire-in-galley, how: {how},"
    edit = {"file": f"{SMALL}/claims/opening-date.yml", "from": before, "to": after}
    site = load_checked(edited_project(tmp_path, [edit]))
    here, there = (
        briefing_pages(Context(site, site.briefing[slug]))[f"briefings/{slug}/topics/{topic}/index.md"]
        for slug, topic in (("harbour-tunnel", "opening-date"), ("night-ferry", "fire"))
    )
    term = site.vocabulary.get("relations", how)
    label = term.label.replace("-", "&#45;")
    assert f'This {label} <a href="../../../night-ferry/topics/fire/#fire-in-galley">' in here
    assert f'This {term.back} <a href="../../../harbour-tunnel/topics/opening-date/#opens-in-june">' in there


def test_a_page_is_a_view_file_and_a_template_of_the_same_name() -> None:
    """Every template of a page has the name of the file that makes its views, and every page file has a template; those
    of the pages to embed have a file together."""
    templates = {re.sub(r"^embed_\w+", "embed", path.name.partition(".")[0]) for path in TEMPLATES.iterdir()} - {
        "macros"
    }
    for name in templates:
        module = importlib.import_module(f"synoptic.pages.{name}")
        own = {key for key, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
        assert any(key in ("page", "pages", "embeds") or key.startswith("render_") for key in own), name
    modules = {
        path.stem
        for path in TEMPLATES.parent.glob("*.py")
        if re.search(r"^def pages?\(", path.read_text(), re.MULTILINE)
    }
    assert modules <= templates
    assert {module.__name__.rpartition(".")[2] for module in PAGES} <= modules


def test_a_lead_faces_the_other_answer(tmp_path: Path) -> None:
    """Of several articles that give an answer, one with a lead stands face to face with the other answer."""
    file, june, engineer = (
        f"{SMALL}/claims/opening-date.yml",
        "We open on the first of June",
        "No one has tested that date",
    )
    edits = [
        {"file": file, "from": f"{june}\n      lead: true", "to": june},
        {
            "file": file,
            "from": f"denies\n      quote: {engineer}",
            "to": f"asserts\n      quote: {engineer}\n      lead: true",
        },
    ]
    site = load_checked(edited_project(tmp_path, edits))
    pair = disagreements.find_conflicts(Context(site, site.briefing["harbour-tunnel"])).pairs[0]
    assert [side.said[0].article.id for side in (pair.left, pair.right)] == ["herald", "gazette"]
