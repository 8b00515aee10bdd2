"""Our pages inside the themes of somebody else's site, as a browser shows them."""

from pathlib import Path

import pytest

from synoptic.pages.environment import THEME
from synoptic.site.guest_style import is_material, make_style
from tests.browser import Open, Serve, sideways
from tests.projects import Project
from tests.site.test_guest import HARBOUR, put_briefing

#: Material's colours, as the reader's system asks for.
PALETTE = ", ".join(
    f"{{media: '(prefers-color-scheme: {wish})', scheme: {scheme}}}"
    for wish, scheme in (("light", "default"), ("dark", "slate"))
)
#: Theme: its settings, and what of it is around our pages.
THEMES = {
    "material": (f"{{name: material, font: false, palette: [{PALETTE}]}}", ".md-header, .md-footer, .md-search__input"),
    "readthedocs": (
        "{name: readthedocs, highlightjs: false}",
        ".wy-nav-side, .wy-nav-side a, .rst-content footer, body",
    ),
    "mkdocs": ("{name: mkdocs, highlightjs: false, color_mode: auto}", ".navbar, .navbar a, footer, body"),
}
PAGES = ("", "topics/opening-date/", "matrix/", "sources/gazette/")
#: How a browser paints the first element of each kind in a list of selectors.
LOOK = """selectors => selectors.split(", ").map(one => {
  const style = getComputedStyle(document.querySelector(one));
  return ["color", "backgroundColor", "fontFamily", "fontSize", "lineHeight", "display"].map(name => style[name]);
})"""
#: How our content looks: the face of a title, the menu of a briefing, controls that are hidden, the colour of the text.
OURS = """() => {
  const style = selector => getComputedStyle(document.querySelector(selector));
  const dark = style(".synoptic h1").color;
  const shown = [...document.querySelectorAll(".synoptic [hidden]")].filter(one => one.getClientRects().length);
  return [style(".synoptic h1").fontFamily, style(".parts").display, style(".synoptic h1").color, shown.length];
}"""


@pytest.fixture(scope="module", params=THEMES)
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve_folder: Serve
) -> tuple[str, str]:
    """A theme, and the address of a site in it."""
    project = Project(tmp_path_factory.mktemp(request.param))
    put_briefing(project, ".")
    project.write("mkdocs.yml", f"site_name: Theirs\ntheme: {THEMES[request.param][0]}\nplugins: [search, synoptic]\n")
    project.write("docs/index.md", "# Home\n\nWelcome.\n")
    return request.param, serve_folder(project.build().folder)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (360, False), (360, True)])
def test_pages_look_like_ours_inside_their_frame(host: tuple[str, str], tab: Open, width: int, dark: bool) -> None:
    """Titles have our face and a briefing's menu is in a line; nothing is wider than the window, nothing hidden shows;
    text is light where the theme is dark. What is around our pages looks as on their own."""
    theme, home = host
    opened = tab(home, width=width, dark=dark)
    around = opened.open("").evaluate(LOOK, THEMES[theme][1])
    for name in PAGES:
        page = opened.open(f"synoptic/{HARBOUR}{name}")
        face, menu, ink, shown = page.evaluate(OURS)
        assert "Synoptic Serif" in face, name
        assert menu == "flex", name
        assert shown == 0, name
        assert ink == ("rgb(233, 231, 226)" if dark and theme != "readthedocs" else "rgb(26, 29, 33)"), name
        assert sideways(page) == 0, name
        assert page.evaluate(LOOK, THEMES[theme][1]) == around, name


@pytest.mark.parametrize(
    ("base", "expected"), [("<main class='md-main'><div class='md-content'>", True), ("<main>", False)]
)
def test_a_theme_made_of_material_is_known(tmp_path: Path, base: str, expected: bool) -> None:
    """Whatever its name is, and whichever of its folders has the template."""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/base.html").write_text(base, encoding="utf-8")
    assert is_material([str(tmp_path / "none"), str(tmp_path / "theme")]) is expected


@pytest.mark.parametrize("path", sorted((THEME / "assets").glob("*.css")), ids=lambda path: path.name)
def test_a_boxed_sheet_counts_in_the_box_alone(path: Path) -> None:
    """But for typefaces and our variables every rule is below the box; sizes are a quarter larger."""
    style = make_style(path, boxed=True)
    assert style.count("{") == style.count("}")
    if path.name == "print.css":
        return
    before, _, inside = style.partition("#synoptic {")
    tops = [line for line in before.splitlines() if line and not line.startswith((" ", "/*", "}"))]
    allowed = (
        "@font-face",
        ":root",
        "[data-md-color-scheme",
        ".no-js [data-md-color-scheme]",
        "@media print",
        "#synoptic",
    )
    assert [line for line in tops if not line.startswith(allowed)] == []
    assert inside.rstrip().endswith("}")
    if path.name == "matrix.css":
        assert "--head: 4.5rem" in inside
