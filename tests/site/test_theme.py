"""The theme's templates use only what Jinja and MiniJinja, the engine of Zensical, have in common; and they need no
theme below them."""

from pathlib import Path

import jinja2.nodes as n
import pytest
from jinja2 import Environment

from synoptic.pages.environment import THEME
from synoptic.site.theme_words import translate_template
from tests.projects import Project, copy_checkout, read_files

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


def make_project(root: Path) -> Project:
    """The checkout with a briefing, and an address for what needs one."""
    project = copy_checkout(root, example=False)
    project.add_harbour()
    project.edit("mkdocs.yml", "# site_url: https://example.org/\n", "site_url: https://example.org/\n")
    project.commit("2031-03-11T12:00:00Z")
    return project


@pytest.mark.slow
def test_no_theme_is_needed(tmp_path: Path) -> None:
    """With MkDocs's own theme in the place of Material every page has the same bytes, and every style and script of the
    site is ours."""
    ours = make_project(tmp_path / "a")
    other = ours.copy(tmp_path / "b")
    other.edit("mkdocs.yml", "name: material\n", "name: mkdocs\n")
    left, right = (read_files(one.build().folder) for one in (ours, other))
    pages = {name for name in left if name.endswith(".html")}
    assert len(pages) > 30
    assert [name for name in pages if left[name] != right.get(name)] == []
    assets = {path.relative_to(THEME).as_posix() for path in THEME.glob("assets/**/*") if path.is_file()}
    for files in (left, right):
        named = {name for name in files if name.endswith((".css", ".js", ".map"))}
        assert {name for name in named if not name.startswith("pagefind/")} == {
            name for name in assets if name.endswith((".css", ".js"))
        }
