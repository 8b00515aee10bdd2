"""The folder that ``render --out`` fills for a builder without our plugin."""

from pathlib import Path

import pytest
import yaml

from tests.projects import Project, read_files, run, small_project

OWN = """\
site_name: Ours
docs_dir: pages
site_dir: public
hooks: [hook.py]
theme: {name: material, custom_dir: own}
extra_css: [own.css]
extra: {key: !ENV KEY}
repo_url: https://github.com/a/b
plugins:
- search
- synoptic
markdown_extensions:
- toc: {permalink: true}
- pymdownx.emoji:
    emoji_index: !!python/name:a.b
"""
THEIRS = """\
site_name: Ours
docs_dir: docs
hooks: [../hook.py]
theme: {name: material, custom_dir: theme}
extra_css: [assets/synoptic.css, own.css]
extra: {report_url: "https://github.com/a/b/issues/new?template=problem.yml", key: !ENV KEY}
repo_url: https://github.com/a/b
plugins: [search]
markdown_extensions:
- attr_list
- tables
- toc: {permalink: true}
- pymdownx.highlight: {use_pygments: false}
- pymdownx.emoji:
    emoji_index: !!python/name:a.b
"""


def tree(text: str) -> object:
    """YAML as pairs and lists, each value with its tag: mappings in any order."""

    def read(node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return {key.value: read(value) for key, value in node.value}
        return [read(one) for one in node.value] if isinstance(node, yaml.SequenceNode) else (node.tag, node.value)

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    return read(node)


def test_settings_bring_what_the_plugin_would(tmp_path: Path) -> None:
    """A site's own settings stay, tags and all; styles, extensions and the address for mistakes are added, the plugin
    goes, and paths still lead to the same files."""
    root = small_project(tmp_path / "project")
    (root / "mkdocs.yml").write_text(OWN, encoding="utf-8")
    assert run(root, "render", "--out", str(root / "plain")) == 0
    assert tree((root / "plain/mkdocs.yml").read_text(encoding="utf-8")) == tree(THEIRS)


def test_folder_has_pages_and_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder has generated pages, the site's own pages, and our theme under the site's own; a second run changes
    nothing, and what was removed from the site goes."""
    root, out = small_project(tmp_path / "project"), tmp_path / "plain"
    (root / "mkdocs.yml").write_text(OWN, encoding="utf-8")
    for name in ("pages/about.md", "own/main.html", "own/more.html"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("Ours", encoding="utf-8")
    (root / "pages/link.md").symlink_to(root / "mkdocs.yml")
    assert run(root, "render", "--out", str(out)) == 0
    files = read_files(out)
    ours = {name for name, data in files.items() if data == b"Ours"}
    assert ours == {"docs/about.md", "theme/main.html", "theme/more.html"}
    wanted = {"docs/index.md", "docs/briefings/harbour-tunnel/index.md", "theme/assets/synoptic.css", "theme/404.html"}
    assert wanted <= files.keys()
    assert "docs/link.md" not in files
    assert not (root / "docs").exists()
    capsys.readouterr()
    (root / "own/more.html").unlink()
    assert run(root, "render", "--out", str(out)) == 0
    assert capsys.readouterr().out.startswith("1 file changed")
    assert read_files(out).keys() == files.keys() - {"theme/more.html"}


@pytest.mark.parametrize(
    ("out", "settings", "said"),
    [
        (".", OWN, "is the project itself"),
        ("pages", OWN, "holds something else: it has no mkdocs.yml"),
        ("plain", "site_name: [", "mkdocs.yml:1:13: expected the node content, but found '<stream end>'"),
        ("plain", "- site_name", "mkdocs.yml:1:1: has no settings"),
        ("plain", None, "mkdocs.yml: No such file or directory"),
    ],
)
def test_refusals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, settings: str | None, said: str
) -> None:
    """A folder of something else and settings that cannot be read are refused in a sentence; nothing is written."""
    root = small_project(tmp_path / "project")
    (root / "pages").mkdir()
    (root / "pages/about.md").touch()
    if settings is not None:
        (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    before = read_files(root).keys()
    assert run(root, "render", "--out", str(root / out)) == 1
    assert said in capsys.readouterr().err
    assert {name for name in read_files(root) if not name.startswith(".cache")} == before


@pytest.mark.slow
def test_mkdocs_needs_no_plugin(project: Project) -> None:
    """MkDocs builds the folder without our plugin, strictly, into a site that can be finished."""
    project.tools("render", "--out", "plain")
    project.run("mkdocs", "build", "--strict", "-f", "plain/mkdocs.yml")
    assert "finish: 0 errors, 0 warnings" in project.tools("finish", "plain/site")
