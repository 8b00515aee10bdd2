"""Pages written from right to left: what is in other letters stands apart, so that no sign moves to the wrong side."""

from pathlib import Path

import pytest

from synoptic.load.catalogue import find_language
from synoptic.pages.environment import environment
from synoptic.text.language import enquote, gettext, join_list, join_words, name_value, speaking
from tests.bidi import find_mixed, own_words, render_arabic
from tests.projects import load_site, small_project

ARABIC = find_language("ar")


def test_no_line_mixes_directions(tmp_path: Path) -> None:
    """On no page of an English briefing told in Arabic do Latin letters stand beside Arabic ones unprotected."""
    pages = render_arabic(load_site(small_project(tmp_path)))
    own = own_words()
    assert {(path, line) for path, page in pages.items() for line in find_mixed(page, own)} == set()


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("<p>{{ name }}</p>", "<p>\u2068Ann\u2069</p>"),
        ("<p>{{ arabic }}</p>", "<p>ليلى</p>"),
        ("<p>{{ name | part }} <a>{{ name | part }}</a></p>", "<p>Ann <a>Ann</a></p>"),
        ('<p title="{{ name }}">', '<p title="Ann">'),
        ("<bdi>{{ name }}</bdi>", "<bdi>Ann</bdi>"),
        ("<code>{{ name }}</code> {{ name }}", "<code>Ann</code> \u2068Ann\u2069"),
        ('<span lang="en" dir="auto">“{{ name }}”</span>', '<span lang="en" dir="auto">“Ann”</span>'),
        ('{% trans href=name, name=name %}x <a href="{{ href }}">{{ name }}</a>{% endtrans %}',
         'x <a href="Ann">\u2068Ann\u2069</a>'),
    ],
)  # fmt: skip
def test_a_template_keeps_values_apart(template: str, printed: str) -> None:
    """A value in other letters is kept apart in text, and left alone in attributes, in code and where a direction is
    stated; in English nothing is added."""
    values = {"name": "Ann", "arabic": "ليلى"}
    with speaking(ARABIC):
        assert environment().from_string(template).render(values) == printed
    plain = printed.replace("\u2068", "").replace("\u2069", "")
    assert environment().from_string(template).render(values) == plain


def test_a_view_keeps_values_apart() -> None:
    """Values of messages, items of lists, labels and quoted words in other letters are kept apart; numbers and Arabic
    ones are not."""
    with speaking(ARABIC):
        assert join_list(["Ann", "ليلى", "3"]) == "\u2068Ann\u2069، ليلى، 3"
        assert name_value("Ann", "3") == "\u2068Ann\u2069: 3"
        assert enquote("Ann?") == "«\u2068Ann?\u2069»"
        assert "\u2068Ann\u2069" in join_words(["Ann", "ليلى"])
        assert gettext("%(name)s (%(remarks)s)", name="Ann", remarks="3") == "\u2068Ann\u2069 (3)"
    assert join_list(["Ann", "ليلى"]) == "Ann, ليلى"
