"""Sites in other languages than English: their frame, scripts, search, cards and what is cached."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import DictLoader, Environment, FileSystemLoader
from playwright.sync_api import Browser, Page

from synoptic.load import catalogue
from synoptic.model.site import Publication
from synoptic.pages.environment import THEME
from synoptic.pages.page_words import render_words
from synoptic.site import additions, card_drawing, search
from synoptic.site.additions import render_additions
from synoptic.site.incremental import cache_templates
from synoptic.site.script_words import PATH, render_script_words
from synoptic.site.theme_words import translate_template, translate_theme
from synoptic.text.language import Language, speaking
from tests.pages.test_languages import Messages, make_language
from tests.projects import Project, clone_checkout, load_site, small_project
from tests.pseudo import find_forgotten_in_site, read_typed, write_catalogue

FRENCH = make_language(
    "fr",
    {
        "Page not found": "Page introuvable",
        "Search": "Recherche",
        "Edit this page": "Modifier cette page",
        "Our note": "Notre note",
        "This claim is at %(address)s.": "Cette affirmation est à %(address)s.",
        'Or <a href="%(address)s">search</a> all claims, quotations and pages.': (
            'Ou <a href="%(address)s">cherchez</a> dans toutes les pages.'
        ),
    },
)


def save(folder: Path, tag: str, messages: Messages) -> None:
    """A catalogue of messages that occur in scripts."""
    made = Catalog(locale=tag)
    for message, said in messages.items():
        made.add(message, said if isinstance(said, str) else tuple(said), locations=[("theme/assets/search.js", 1)])
    with (folder / f"{tag}.po").open("wb") as file:
        write_po(file, made)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>{% trans %}Search{% endtrans %}</p>", "<p>Recherche</p>"),
        ("{% trans %}\n  Page not\n  found\n{% endtrans %}", "Page introuvable"),
        ("{% trans %}Never heard{% endtrans %}", "Never heard"),
        ('{% trans "a context" %}Search{% endtrans %}', "Search"),
        (
            '{% trans address="search/" | url %}Or <a href="{{ address }}">search</a> all claims, quotations and pages.'
            "{% endtrans %}",
            'Ou <a href="{{ "search/" | url }}">cherchez</a> dans toutes les pages.',
        ),
        ("{% trans a=b, c=d | e %}{{ c }} {{ a }}{% endtrans %}", "{{ d | e }} {{ b }}"),
    ],
)
def test_a_template_is_translated_before_anything_reads_it(source: str, said: str) -> None:
    """A block becomes the words of the language, its values the expressions behind them; what nobody translated
    stays."""
    with speaking(FRENCH):
        assert translate_template(source) == said


def test_no_template_keeps_a_block() -> None:
    """Of every template of the theme all blocks are found."""
    for path in THEME.rglob("*.html"):
        assert "trans" not in translate_template(path.read_text(encoding="utf-8")).replace("translation", ""), path


def test_templates_of_a_site_stay_as_they_are() -> None:
    """In MkDocs' environment our own templates speak the language of the site; a template of the site says what it
    said."""
    ours = Environment(loader=FileSystemLoader(THEME), autoescape=True)
    theirs = Environment(loader=DictLoader({"a.html": "Search"}), autoescape=True)
    for env in (ours, theirs):
        translate_theme(env, FRENCH)
    source, _, _ = ours.loader.get_source(ours, "404.html") if ours.loader else ("", None, None)
    assert "Page introuvable" in ours.preprocess(source, "404.html", str(THEME / "404.html"))
    assert theirs.get_template("a.html").render() == "Search"


def test_compiled_templates_are_kept_by_language(tmp_path: Path) -> None:
    """A template that was compiled in one language is not used in another, though both share a folder."""
    said = []
    for language in (FRENCH, Language(), FRENCH):
        env = Environment(loader=FileSystemLoader(THEME), autoescape=True)
        translate_theme(env, language)
        cache_templates(env, tmp_path, language.tag)
        template = env.get_template("partials/actions.html")
        said.append("Modifier" in template.render(page={"edit_url": "x"}, features=["content.action.edit"]))
    assert said == [True, False, True]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = browser.new_page()
    yield opened
    opened.close()


def test_scripts_speak_a_language_of_six_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Page) -> None:
    """A script's words come from the catalogue, in the form that the number asks for; what is not translated is
    English, and the labels by which the search filters are words, too."""
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    forms = ["بلا نتائج", "نتيجة واحدة", "نتيجتان", "%(num)s نتائج", "%(num)s نتيجة", "%(num)s من النتائج"]
    save(tmp_path, "ar", {("%(num)s result", "%(num)s results"): forms, "Close": "أغلق", "Copied": ""})
    words = render_script_words(make_language("ar", {}))
    told = page.evaluate(
        """async code => {
          const script = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
          const {gettext, ngettext, language} = await import(script), words = ["Close", "Copied", "Disputed"];
          const count = n => ngettext("%(num)s result", "%(num)s results", n);
          return [language, ...words.map(word => gettext(word)), ...[0, 1, 2, 3, 11, 100].map(count)];
        }""",
        words,
    )
    assert told == [
        "ar", "أغلق", "Copied", "Disputed", "بلا نتائج", "نتيجة واحدة", "نتيجتان", "3 نتائج",
        "11 من النتائج", "100 نتيجة",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("fr", ["fr", "Fermer", "1 affirmation", "3 affirmations"]),
        ("ar", ["ar", "إغلاق", "مقولة واحدة", "3 مقولات"]),
        ("en", ["en-GB", "Close", "1 claim", "3 claims"]),
    ],
)
def test_scripts_speak_the_language_of_a_page(page: Page, tag: str, told: list[str]) -> None:
    """On a page of a briefing in another language than its German site, scripts speak that of the page."""
    with speaking(catalogue.find_language(tag)):
        page.set_content(f"<article class=synoptic lang={tag}>{render_words()}</article>")
    said = page.evaluate(
        """async code => {
          const script = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
          const {gettext, ngettext, language} = await import(script);
          const count = n => ngettext("%(num)s claim", "%(num)s claims", n);
          return [language, gettext("Close"), count(1), count(3)];
        }""",
        render_script_words(catalogue.find_language("de")),
    )
    page.set_content("")
    assert said == told


def test_english_scripts_stay_as_they_are() -> None:
    """An English site has the file of the theme."""
    assert render_script_words(Language()) == (THEME / PATH).read_text(encoding="utf-8")


def test_search_filters_by_the_same_words_in_every_language(tmp_path: Path) -> None:
    """Captions and notes speak the language of the site; what the search filters by is English everywhere."""
    site = load_site(small_project(tmp_path))
    briefing = site.briefing["harbour-tunnel"]
    english = list(search.find_records(site, briefing))
    with speaking(FRENCH):
        french = list(search.find_records(site, briefing))
    assert [record.filters for record in french] == [record.filters for record in english]
    assert [q for r in french for q in r.quotations] == [q for r in english for q in r.quotations]
    notes = {note.label for record in french for note in record.notes}
    assert "Notre note" in notes or "Our note" not in {note.label for record in english for note in record.notes}


def test_an_address_and_a_card_speak_the_language_of_their_briefing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A permanent address says in the language of its briefing where its claim is; a card knows the language."""
    site = replace(load_site(small_project(tmp_path)), publication=Publication(site_url="https://example.org/"))
    monkeypatch.setattr(additions, "language_of", lambda site, slug="": FRENCH)
    pages = render_additions(site).addresses
    assert all('<html lang="fr">' in page for page in pages.values())
    assert any("Cette affirmation est à <a href=" in page for page in pages.values())
    assert {card.language for card in render_additions(site).cards.values()} == {"fr"}


def test_a_card_leaves_out_words_that_its_fonts_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Arabic a card shows its table with numbers for words, and is drawn without a failure."""
    more = ("%(num)s more answer inside", "%(num)s more answers inside")
    arabic = make_language("ar", {"Answer %(number)s": "الجواب %(number)s", more: ["أجوبة أخرى"] * 6})
    monkeypatch.setattr(card_drawing, "find_language", lambda tag: arabic)
    rows = tuple(card_drawing.Row("سؤال", ((card_drawing.Part(1),),)) for _ in range(12))
    card = card_drawing.Card("موقع", "قصة", ("ماذا قيل؟",), ("A",), rows, "answer", "مقالتان", "ar")
    plain = card._replace(site="", above="", titles=(), counts="", rows=tuple(r._replace(label="") for r in rows))
    assert card_drawing.draw_card(card) == card_drawing.draw_card(plain)


@pytest.mark.slow
def test_a_site_from_init_says_nothing_in_english(tmp_path: Path) -> None:
    """A new site in a language with a complete catalogue builds strictly. Its frame, home page, briefings and the page
    for wrong addresses have no word of ours in English: what is outside the catalogue was typed."""
    program = clone_checkout(tmp_path / "program")
    folder = program.root / "build_tools/synoptic/load/catalogues"
    folder.mkdir(exist_ok=True)
    (folder / "zh.po").write_bytes(write_catalogue("zh"))
    program.tools("init", str(tmp_path / "site"), "--language", "zh", "--name", "Le Port", "--report",
                  "mailto:a@example.org", "--program", "git+https://example.org/synoptic@0123abc")  # fmt: skip
    site = Project(tmp_path / "site")
    (site.root / "build_tools").symlink_to(program.root / "build_tools")
    site.add_harbour()
    for source in (site.root / "briefings/harbour-tunnel/sources").glob("*.yml"):  # in the language of the site
        source.write_text(f"lang: zh\n{source.read_text(encoding='utf-8')}", encoding="utf-8")
    built = site.build()
    assert json.loads((site.root / "site/api/v1/index.json").read_bytes())["briefings"]
    typed = read_typed(site.root)
    pages = ["404.html", "", "speakers/"]
    pages += [path for path in built.paths if path.startswith("briefings/harbour-tunnel/")]
    found = set()
    for path in pages:
        page = (built.folder / path / ("" if path.endswith(".html") else "index.html")).read_text(encoding="utf-8")
        page = page.replace(" - Le Port</title>", "</title>")
        found |= {(path, words) for words in find_forgotten_in_site(page, typed)}
    assert found == set(), "\n".join(map(str, sorted(found)))
    script = (built.folder / "assets/words.js").read_text(encoding="utf-8")
    assert "⟦Copy link⟧" in script
