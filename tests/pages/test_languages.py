"""Pages in other languages than English: sentences in their own order, numbers in their forms, texts with their
language. The catalogues are small and real: written and read by the libraries that the program uses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from synoptic.compare.summary import replace_briefings
from synoptic.compare.verdicts import Facts, describe_facts
from synoptic.model.site import Site
from synoptic.pages import render
from synoptic.pages.environment import environment_of
from synoptic.text.language import ENGLISH, Language, format_date, format_percent, format_whole_percent, speaking
from tests.projects import CHECKOUT, load_site

Messages = Mapping[str | tuple[str, str], str | Sequence[str]]


def make_language(tag: str, messages: Messages) -> Language:
    """A language whose catalogue has these messages."""
    catalogue = Catalog(locale=tag)
    for message, said in messages.items():
        catalogue.add(message, said if isinstance(said, str) else tuple(said))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(tag, GNUTranslations(compiled))


#: Arabic has six forms: for none, one, two, a few, hundreds, and many.
ARABIC = make_language(
    "ar",
    {
        ("%(num)s voice", "%(num)s voices"): [
            "بلا صوت", "صوت واحد", "صوتان", "%(num)s أصوات", "%(num)s صوت", "%(num)s صوتًا",
        ],
        ("in %(num)s article", "in %(num)s articles"): [
            "بلا مقالة", "في مقالة واحدة", "في مقالتين", "في %(num)s مقالات", "في %(num)s مقالة", "في %(num)s مقالة",
        ],
        ("%(num)s unnamed", "%(num)s unnamed"): [
            "بلا مجهول", "واحد مجهول", "مجهولان", "%(num)s مجهولين", "%(num)s مجهول", "%(num)s مجهولًا",
        ],
        "%(voices)s %(in_articles)s: %(who)s": "%(in_articles)s %(voices)s: %(who)s",
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        (2, "في مقالة واحدة صوتان: مجهولان"),
        (3, "في مقالة واحدة 3 أصوات: 3 مجهولين"),
        (11, "في مقالة واحدة 11 صوتًا: 11 مجهولًا"),
        (100, "في مقالة واحدة 100 صوت: 100 مجهول"),
    ],
)
def test_numbers_take_the_forms_of_their_language(voices: int, said: str) -> None:
    """The facts beside a verdict have Arabic's form for each number, in the order that the catalogue gives them."""
    facts = Facts(voices, 1, 1, {"unnamed": voices}, 0, 0)
    with speaking(ARABIC):
        assert describe_facts(facts) == said
    assert describe_facts(facts) == f"{voices} voices in 1 article: {voices} unnamed"


FRENCH = make_language(
    "fr",
    {
        "Overview": "Vue d’ensemble",
        '%(how)s in <a href="%(href)s">%(source)s</a>': 'dans <a href="%(href)s">%(source)s</a>, %(how)s',
    },
)
LANGUAGES = {"en": ENGLISH, "fr": FRENCH}


@pytest.mark.parametrize(
    ("tag", "parts", "whole"),
    [("en", "12.5%", "8%"), ("fr", "12,5\xa0%", "8\xa0%"), ("tr", "%12,5", "%8")],
)
def test_a_percentage_has_its_sign_where_the_language_has_it(tag: str, parts: str, whole: str) -> None:
    """The sign of a percentage, and the space beside it, are those of the language."""
    with speaking(Language(tag)):
        assert (format_percent(1, 8), format_whole_percent(8)) == (parts, whole)


@pytest.fixture(scope="module")
def pages() -> dict[str, str | bytes]:
    """The pages of the checkout's site, which is English, where one briefing says that it is French."""
    site = load_site(CHECKOUT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "find_language", LANGUAGES.__getitem__)
        environment_of.cache_clear()  # else its templates may be those of the real catalogue
        made = render.render_site(_in_french(site), drafts=True)
    environment_of.cache_clear()
    return made


def _in_french(site: Site) -> Site:
    others = [one for one in site.briefing.values() if one.slug != SLUG]
    french = site.briefing[SLUG]
    french = replace(french, file=french.file.model_copy(update={"language": "fr"}))
    return replace_briefings(site, [french, *others])


SLUG = "canada-us-defence"


def read(pages: Mapping[str, str | bytes], path: str) -> str:
    """One of the pages."""
    page = pages[path]
    assert isinstance(page, str)
    return page


def test_a_sentence_has_the_order_of_its_language(pages: dict[str, str | bytes]) -> None:
    """Where a quotation stands is told in the catalogue's order, and its values are still encoded."""
    page = read(pages, f"briefings/{SLUG}/topics/canadas-answer/index.md")
    assert re.search(r'<span class="via">dans <a href="[./]+sources/[a-z-]+/">[^<]+</a>, ', page)
    assert " in <a href" not in page


def test_the_current_tab_is_found_in_any_language(pages: dict[str, str | bytes]) -> None:
    """The overview is still the current page, with the class of a question, when its tab is called otherwise."""
    page = read(pages, f"briefings/{SLUG}/index.md")
    assert 'aria-current="page">Vue d’ensemble</a>' in page
    assert "{: #overview .question }" in page


def test_pages_say_their_language(pages: dict[str, str | bytes]) -> None:
    """The page of a French briefing says so; words of ours in a quotation are French, in an English article too."""
    page = read(pages, f"briefings/{SLUG}/topics/canadas-answer/index.md")
    assert 'lang: {"lang": "fr", "dir": "ltr"}' in page
    assert 'class="ours" lang="fr"' in page
    assert 'class="ours" lang="en"' not in page


def test_titles_on_pages_of_another_language(pages: dict[str, str | bytes]) -> None:
    """The English home page marks the French question as French, and no English one."""
    home = read(pages, "index.md")
    foreign = re.findall(r'<h2><a href="briefings/([a-z-]+)/">(<bdi lang="fr">)?', home)
    assert (SLUG, '<bdi lang="fr">') in foreign
    assert all(not lang for slug, lang in foreign if slug != SLUG)
    assert len({slug for slug, _ in foreign}) > 1


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("fr", ["1er septembre 2031", "11 septembre 2031", "1er mai, sans année"]),
        ("de", ["1. September 2031", "11. September 2031", "1. Mai, sans année"]),
        ("es", ["1 de septiembre de 2031", "11 de septiembre de 2031", "1 de mayo, sans année"]),
    ],
)
def test_the_first_day_of_a_month_is_written_as_in_the_language(tag: str, said: Sequence[str]) -> None:
    """French writes the first day of a month as an ordinal, and no other day."""
    with speaking(make_language(tag, {"%(date)s, year not stated": "%(date)s, sans année"})):
        assert [format_date(day) for day in ("2031-09-01", "2031-09-11", "XXXX-05-01")] == said
