"""The built site of the run before: what may stay stays, and nothing else."""

from pathlib import Path

from build_tools.site.mkdocs_files import hide_site, remove_outdated, restore_site


def tree(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_what_is_wanted_or_hidden_stays(tmp_path: Path) -> None:
    """Other files go, at any depth, and links, and folders in which nothing is left."""
    for name in ("a/index.html", "a/old.html", "b/c/d.html", "tree/x", ".git/config", "a/.hidden"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    (tmp_path / "site/a/index").symlink_to(tmp_path)
    remove_outdated(tmp_path / "site", {"a/index.html", "new.html"}, ("tree",))
    assert tree(tmp_path / "site") == [".git/config", "a/index.html", "tree/x"]
    assert not (tmp_path / "site/b").exists()


def test_a_site_steps_aside_and_back(tmp_path: Path) -> None:
    """Aside it is hidden, whatever a killed build has left there; a site made meanwhile is left alone."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "one").write_text("1", encoding="utf-8")
    hide_site(site)
    assert not site.exists()
    hide_site(site)  # the build was killed: the site is still aside
    restore_site(site)
    assert tree(site) == ["one"]
    hide_site(site)
    site.mkdir()
    (site / "two").write_text("2", encoding="utf-8")
    restore_site(site)
    assert tree(site) == ["two"]
    hide_site(site)
    restore_site(site)
    assert tree(tmp_path) == ["site/two"]


def test_a_link_never_steps_aside(tmp_path: Path) -> None:
    """Neither the folder to which it leads nor the link is touched."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real/one").write_text("1", encoding="utf-8")
    (tmp_path / "site").symlink_to(tmp_path / "real")
    hide_site(tmp_path / "site")
    restore_site(tmp_path / "site")
    remove_outdated(tmp_path / "site", (), ())
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "real") == ["one"]
