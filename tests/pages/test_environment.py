"""What the templates' environment prints, and what it refuses."""

import pytest

from synoptic.pages.environment import environment

MACRO = "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}"
TEXT = "&#60;b&#62;"


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ v }}", TEXT),
        ("{{ '<b>' }}", TEXT),
        ("{{ v if v else '' }}", TEXT),
        ("{% for one in [v] %}{{ one }}{% endfor %}", TEXT),
        ("{% set w = v %}{{ w }}", TEXT),
        (MACRO + "{{ m(v) }}", f"<i>{TEXT}</i>"),
        (MACRO + "{% macro n(x) %}{{ m(x) }}!{% endmacro %}{{ n(v) }}", f"<i>{TEXT}</i>!"),
        ("{{ v | url }}", TEXT),
    ],
)  # fmt: skip
def test_all_that_a_template_prints_is_encoded_once(template: str, printed: str) -> None:
    """A string is shown as typed, whichever way a template prints it; the markup of macros stays markup."""
    assert environment().from_string(template).render(v="<b>") == printed


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ v.upper() }}", TypeError),
        ("{{ f() }}", TypeError),
        ("{{ v.missing }}", AttributeError),
        ("{{ missing }}", TypeError),
        ("{{ none }}", TypeError),
    ],
)
def test_templates_call_macros_and_print_values_only(template: str, error: type[Exception]) -> None:
    """Any other call, an unknown name and a value that is no text end the run, before anything is written."""
    with pytest.raises(error):
        environment().from_string(template).render(v="<b>", f=lambda: "<b>")
