"""The theme's templates use only what Jinja and MiniJinja, the engine of Zensical, have in common."""

import jinja2.nodes as n
import pytest
from jinja2 import Environment

from synoptic.pages.environment import THEME
from synoptic.site.theme_words import translate_template

TEMPLATES = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))


def dotted(node: n.Node) -> str:
    """``page.url.split`` of an expression, with a ``*`` for what is no name."""
    if isinstance(node, n.Getattr):
        return f"{dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, n.Name) else "*"


def misuses(source: str) -> list[str]:
    """Calls of methods, such as ``name.split()``, and comparisons of a whole page, in a template."""
    tree = Environment(autoescape=True).parse(source)
    calls = [dotted(call.node) for call in tree.find_all(n.Call)]
    compared = [one for c in tree.find_all(n.Compare) for one in (c.expr, *(operand.expr for operand in c.ops))]
    pages = [one.name for one in compared if isinstance(one, n.Name) and one.name in {"page", "item"}]
    return [name for name in calls if "." in name] + pages


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_run_under_minijinja(name: str) -> None:
    """A template of the theme calls no method of a string and compares addresses, not pages: MiniJinja stops at the
    former, and finds no page equal to itself. What other builders get has no block of words to translate."""
    assert misuses(translate_template((THEME / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% if file.endswith(".css") %}a{% endif %}', ["file.endswith"]),
        ('{{ (page.url or "").split("/")[0] }}', ["*.split"]),
        ("{% if item == page %}a{% endif %}", ["item", "page"]),
        ("{{ super() }}{% if item.url == page.url %}a{% endif %}", []),
    ],
)
def test_misuses_are_found(source: str, found: list[str]) -> None:
    """The test above sees a method of a name, of an expression, and a page beside ``==``; it allows the rest."""
    assert misuses(source) == found
