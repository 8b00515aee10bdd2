"""A folder from which a builder that knows none of our plugins builds the site: settings, pages and theme as files."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from synoptic.base.problems import Refused
from synoptic.base.write import refuse_link, remove_others, walk, write_file
from synoptic.load.catalogue import find_language
from synoptic.model.site import Publication
from synoptic.pages.environment import EXTENSIONS, STYLES, THEME
from synoptic.site import script_words
from synoptic.site.generated_files import GENERATED
from synoptic.site.own_files import FOLDER, OwnFiles
from synoptic.site.theme_words import translate_template
from synoptic.text.language import Language, speaking

#: In the folder: the settings, the pages, and the theme.
SETTINGS, DOCS, OWN_THEME = "mkdocs.yml", "docs", "theme"
PLUGIN = "synoptic"
#: Zensical colours code if nobody asks it to, which splits words for the search.
PLAIN_CODE = {"pymdownx.highlight": {"use_pygments": False}}


class _Loader(yaml.SafeLoader):
    """Leaves what has a tag of its own (``!ENV``, ``!!python/name``) as it is written."""


class _Dumper(yaml.SafeDumper):
    """Writes that back, and no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Loader.add_multi_constructor("", lambda loader, suffix, node: node)
_Dumper.add_multi_representer(yaml.Node, lambda dumper, node: node)


def open_folder(root: Path, out: Path) -> OwnFiles:
    """The record of our files in the folder ``out``, for the project ``root``. Raises Refused for a folder that holds
    something else."""
    if out.resolve() == root.resolve():
        raise Refused(f"{out} is the project itself; name another folder")
    if out.is_dir() and any(out.iterdir()) and not any((out / name).exists() for name in (SETTINGS, FOLDER)):
        raise Refused(f"{out} holds something else: it has no {SETTINGS}; nothing was written")
    return OwnFiles(out)


def list_files(root: Path, out: Path) -> dict[str, bytes]:
    """The settings, the handwritten pages and the theme of the project ``root`` by their paths in ``out``.

    Raises Refused for settings that cannot be read.
    """
    settings = _read_settings(root / SETTINGS)
    theme = settings.get("theme") or {}
    theme = theme if isinstance(theme, dict) else {"name": theme}
    custom = [root / theme["custom_dir"]] if theme.get("custom_dir") else []
    pages = _read([root / settings.get("docs_dir", DOCS)], DOCS, GENERATED)
    language = find_language(Publication.of(settings).language)
    templates = _read([THEME, *custom], OWN_THEME, read=lambda path: _read_theme(path, language))
    settings |= {"theme": theme | {"custom_dir": OWN_THEME}}
    text = yaml.dump(_adapt(settings, os.path.relpath(root, out)), Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return {SETTINGS: text.encode(), **pages, **templates}


def _read_theme(path: Path, language: Language) -> bytes:
    """A file of the theme as it is in a site of a language; other builders know no ``{% trans %}``."""
    if path.is_relative_to(THEME) and path.suffix == ".html":
        with speaking(language):
            return translate_template(path.read_text(encoding="utf-8")).encode()
    if path == THEME / script_words.PATH:
        return script_words.render_script_words(language).encode()
    return path.read_bytes()


def _read(
    folders: Sequence[Path], into: str, skip: Sequence[str] = (), read: Callable[[Path], bytes] = Path.read_bytes
) -> dict[str, bytes]:
    """The files of ``folders`` as ``read`` reads them, by their paths below ``into``, of two with one path the later,
    and no links. Entries of the folders themselves named in ``skip`` are left out."""
    files = {
        f"{into}/{Path(entry).relative_to(folder).as_posix()}": Path(entry)
        for folder in folders
        for entry in walk(folder, skip)
        if entry.is_file(follow_symlinks=False)
    }
    return {name: read(path) for name, path in files.items()}


def refuse_foreign(files: Mapping[str, bytes], own: OwnFiles, root: Path) -> None:
    """Raise NotOurs if a file of people is where ``write_files`` would write or remove; ``own`` must be held."""
    found = (path for place in (SETTINGS, DOCS, OWN_THEME) for path in own.find_foreign(place, _is_generated))
    own.refuse(own.adopt_same(own.adopt_ignored(found), files), root)


def _is_generated(path: str) -> bool:
    return path.startswith(f"{DOCS}/") and path.split("/")[1] in GENERATED


def write_files(files: Mapping[str, bytes], out: Path, own: OwnFiles) -> int:
    """Write ``files`` to ``out``, and remove what an earlier run wrote; generated pages are left alone. ``own`` must be
    held. Returns how many files were written or removed."""
    written = own.announce(files)
    changed = 0
    for top, skip in ((DOCS, GENERATED), (OWN_THEME, ())):
        refuse_link(out / top)
        wanted = {path.removeprefix(f"{top}/") for path in files if path.startswith(f"{top}/")}
        changed += remove_others(out / top, wanted, skip)
    changed += sum(write_file(out / path, content) for path, content in files.items())
    own.settle(written, _is_generated)
    return changed


def _read_settings(path: Path) -> dict[str, Any]:
    try:
        settings = yaml.load(path.read_bytes(), _Loader)  # noqa: S506 - a SafeLoader that constructs less
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Refused(f"{path}{f':{mark.line + 1}:{mark.column + 1}' if mark else ''}: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused(f"{path}: is not YAML: {error}") from None
    if not isinstance(settings, dict):
        raise Refused(f"{path}:1:1: has no settings, such as site_name: The name")
    return settings


def _adapt(settings: dict[str, Any], back: str) -> dict[str, Any]:
    """The settings with what the plugin adds to them in a build. ``back`` leads from their folder to the project."""
    paths = {
        key: [f"{back}/{one}" for one in value] if isinstance(value, list) else f"{back}/{value}"
        for key in ("INHERIT", "hooks", "watch")
        if (value := settings.get(key))
    }
    extensions = _entries(settings.get("markdown_extensions"))
    added: dict[str, Any] = {
        "docs_dir": DOCS,
        "plugins": [entry for name, entry in _entries(settings.get("plugins")).items() if name != PLUGIN],
        "extra_css": [STYLES, *(settings.get("extra_css") or [])],
        "markdown_extensions": list((_entries([*EXTENSIONS, PLAIN_CODE]) | extensions).values()),
        "extra": {"report_url": Publication.of(settings).report_url} | (settings.get("extra") or {}),
    }
    return {key: value for key, value in settings.items() if key != "site_dir"} | paths | added


def _entries(value: Any) -> dict[str, Any]:
    """The entries of a list of plugins or extensions by name: a list of names and pairs, or a mapping."""
    if isinstance(value, dict):
        return {name: {name: options} for name, options in value.items()}
    return {next(iter(entry)) if isinstance(entry, dict) else str(entry): entry for entry in value or []}
