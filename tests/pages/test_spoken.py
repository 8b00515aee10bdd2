"""Whatever is not in the language of its page says so: what contributors typed, in a briefing for whose language there
is no catalogue, and what articles say."""

import pickle
import re

import pytest

from synoptic.compare.summary import replace_briefings
from synoptic.model.site import Site
from synoptic.model.values import Placed
from synoptic.pages.environment import environment
from synoptic.pages.foreign import OURS, TABLES, THEIRS, mark_site
from synoptic.text.language import Language, enquote, gettext, join_list, join_words, ngettext, speaking
from synoptic.text.spoken import Spoken, mark, tag_of
from tests.projects import CHECKOUT, load_site
from tests.spoken import find_unnamed, list_unnamed

KOREAN = mark("다리 <b>", "ko")
NAMED = '<bdi lang="ko">다리 &lt;b&gt;</bdi>'


@pytest.fixture(scope="module")
def site() -> Site:
    """The invented example of the checkout."""
    whole = load_site(CHECKOUT)
    return replace_briefings(whole, [whole.briefing["quay-bridge"]])


def test_every_text_typed_in_another_language_says_it(site: Site) -> None:
    """On pages that speak another language than their briefing, each text of contributors and articles is in an element
    that names its language, and no attribute holds such an element."""
    assert list_unnamed(site) == {}


def test_an_unmarked_text_is_found() -> None:
    """The list has what no element names the language of, and an element in an attribute, and nothing else."""
    page = (
        '---\n---\n<p title="<bdi lang=&quot;en&quot;>">⟦Kind⟧ a <bdi lang="en">forecast</bdi> by Ann, not a fact</p>'
    )
    found = list(find_unnamed(page, re.compile("Ann")))
    assert found == ["by Ann, not a fact", 'in an attribute: <bdi lang="en">']


@pytest.mark.parametrize("fields", [OURS, THEIRS, TABLES])
def test_marked_fields_are_fields(fields: dict[type[Placed], tuple[str, ...]]) -> None:
    """Each declared field is one of its record."""
    unknown = [(record, name) for record, names in fields.items() for name in names if name not in record.model_fields]
    assert not unknown


def test_a_page_in_the_language_of_its_words_is_left_alone(site: Site) -> None:
    """In English nothing of an English briefing is marked but the titles and quotations of its German article."""
    marked = mark_site(site).briefing["quay-bridge"]
    assert not tag_of(marked.file.title)
    assert {source.lang for source in marked.sources if tag_of(source.title)} == {"de"}
    assert all((tag_of(one.quote) == "de") == (one.source == "bote") for _, one in marked.statements)


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("<p>{{ text }}</p>", f"<p>{NAMED}</p>"),
        ("<p>{{ text | capitalize }}</p>", f"<p>{NAMED}</p>"),
        ('<p title="{{ text }}">', '<p title="다리 &lt;b&gt;">'),
        ("<option>{{ text }}</option>", "<option>다리 &lt;b&gt;</option>"),
        ('<p lang="{{ tag }}">{{ text }}</p>', '<p lang="ko">다리 &lt;b&gt;</p>'),
        ("{% trans text=text %}Part {{ text }}{% endtrans %}", f"Part {NAMED}"),
        ("{{ told }}", f"Kind: {NAMED}"),
    ],
)
def test_a_template_names_the_language(template: str, printed: str) -> None:
    """A marked text is in an element that names its language, encoded as any; in an attribute, an option and an element
    that names it already it stands alone."""
    values = {"text": KOREAN, "tag": "ko", "told": gettext("Kind: %(kind)s", kind=KOREAN)}
    shown = environment().from_string(template).render(values)
    assert shown.replace("&#60;", "&lt;").replace("&#62;", "&gt;").replace("&#58;", ":") == printed


@pytest.mark.parametrize(
    "told",
    [
        lambda: join_list([KOREAN, "a"]),
        lambda: join_words([KOREAN, "a"]),
        lambda: enquote(KOREAN),
        lambda: ngettext("%(num)s claim on %(topic)s", "%(num)s claims on %(topic)s", 2, topic=KOREAN),
        lambda: pickle.loads(pickle.dumps(enquote(KOREAN))),
    ],
)
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_sentence_keeps_the_language_of_its_parts(told: object, tag: str) -> None:
    """What the functions of ``language.py`` make of a marked text keeps its language, and is an ordinary string."""
    with speaking(Language(tag)):
        made = told()  # type: ignore[operator]
    assert isinstance(made, Spoken)
    assert [part for part in made.parts if part[1]] == [(str(KOREAN), "ko")]
    assert str(KOREAN) in made


def test_words_of_nobody_else_stand_in_for_a_value() -> None:
    """A text with the characters that stand in for values is shown as it is."""
    made = join_list([KOREAN, "\ue0000\ue001"])
    assert isinstance(made, Spoken)
    assert made.parts == ((str(KOREAN), "ko"), (", ", ""), ("\ue0000\ue001", ""))
