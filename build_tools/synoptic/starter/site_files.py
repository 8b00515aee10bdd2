"""The files of a new site: those that it shares with our own repository, those that are made for it, and the schemas.

A shared file exists once. In a checkout it is the repository's own; in a wheel it is a copy that the package puts
into ``shared/`` (``force-include``). So a site has the very workflows, forms and example that our own tests try, and
nobody has to keep two copies alike.
"""

import json
import posixpath
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from synoptic.authoring import layout
from synoptic.authoring import schema as schemas
from synoptic.authoring.set_value import set_value
from synoptic.authoring.yaml_nodes import find_comments, read_nodes
from synoptic.load.catalogue import find_language
from synoptic.load.files import Disk
from synoptic.load.load import Loader
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.site import Publication
from synoptic.proposals import json_schema
from synoptic.site.generated_files import GENERATED
from synoptic.starter.answers import Answers
from synoptic.starter.language import mark_english, name_settings, read_translated
from synoptic.starter.program import CHECKOUT, PIN, Program, find_version
from synoptic.text import encode
from synoptic.text.language import speaking

HERE = Path(__file__).parent
TEMPLATE = HERE / "template"
PACKED = HERE / "shared"
#: The invented example, whose texts are ours.
EXAMPLE = "briefings/quay-bridge"
SPEAKERS = "briefings/speakers.yml"
#: The search page.
SEARCH = "docs/search.md"
#: Files and folders that a site shares with our repository, byte for byte.
SHARED = (
    ".ci/pull-request", ".ci/say-where", ".ci/second-reader",
    ".gitattributes", ".gitignore",
    ".github/ISSUE_TEMPLATE/briefing.yml", ".github/ISSUE_TEMPLATE/problem.yml", ".github/ISSUE_TEMPLATE/source.yml",
    ".github/dependabot.yml", ".github/pull_request_template.md",
    ".github/workflows/deploy.yml", ".github/workflows/pull-request.yml",
    EXAMPLE, "docs/pictures/answers-dark.webp",
    "docs/pictures/answers-light.webp", SEARCH, "requirements.txt", "requirements-ingest.txt",
)  # fmt: skip
#: Pages that it shares, too; a link to a page that it does not have becomes plain words.
PAGES = ("docs/contribute/handbook.md", "docs/corrections.md", "docs/tour.md")
#: What else a new site is made of: the speakers whom the example needs, and the settings that suit every site.
SETTINGS = "mkdocs.yml"
SOURCES = (*SHARED, *PAGES, SPEAKERS, SETTINGS)
#: The folder whose files are programs.
PROGRAMS = ".ci"
#: Answers that are addresses or a part of one, which hold neither ``<`` nor ``>``: see ``model.values.is_url``.
ADDRESSES = ("url", "repo", "github", "corrections")
HOME = "https://github.com/synoptic/synoptic"
_LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]+)\]\((?P<page>[\w./-]+\.\w+)(?:#[\w-]+)?\)")
_SETTING = re.compile(r"^([a-z_]+):.*\n(?:(?:[ ].*)?\n)*", re.MULTILINE)


def shared_folder() -> Path:
    """The folder that holds the shared files: of the wheel, or of the checkout."""
    return PACKED if PACKED.is_dir() else CHECKOUT


def read_shared_files() -> dict[str, bytes]:
    """The shared files, by path in a site."""
    root = shared_folder()
    found: dict[str, bytes] = {}
    for name in SHARED:
        path = root / name
        paths = sorted(path.rglob("*")) if path.is_dir() else [path]
        found |= {one.relative_to(root).as_posix(): one.read_bytes() for one in paths if one.is_file()}
    return found


def make_site(answers: Answers, program: Program) -> dict[str, bytes]:
    """All files of a new site, by path. Its pages speak its language as far as somebody translated them; the example is
    English, and says so."""
    tag = answers.language
    texts = {**render_templates(answers, program), **render_schemas(), SPEAKERS: select_speakers()}
    made = {**read_shared_files(), **{path: text.encode() for path, text in texts.items()}, **program.files}
    pages = {path: (shared_folder() / path).read_text(encoding="utf-8") for path in (*PAGES, SEARCH)}
    pages = {path: read_translated(path, tag) or mark_english(text, path, tag) for path, text in pages.items()}
    known = made.keys() | pages.keys()
    if tag != "en":
        settings = f"{EXAMPLE}/briefing.yml"
        stated = set_value(made[settings], settings, ("language",), "en")
        made[settings] = layout.format_yaml(stated, settings).encode()
    return made | {path: unlink_missing(text, path, known).encode() for path, text in pages.items()}


def unlink_missing(text: str, path: str, known: Container[str]) -> str:
    """A page without links to files that are neither ``known`` nor generated: of a link its words stay, of a picture
    nothing."""
    generated = tuple(f"docs/{name}" for name in GENERATED)

    def replace(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link["page"]))
        return link[0] if target in known or target.startswith(generated) else "" if link["picture"] else link["words"]

    return _LINK.sub(replace, text)


def render_templates(answers: Answers, program: Program) -> dict[str, str]:
    """The files made for one site, in its language. Each answer is encoded for the kind of file that it goes into."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    corrections = answers.url and f"{answers.url}corrections/"
    values = {**asdict(answers), "github": answers.github, "corrections": corrections}
    plain: dict[str, Any] = {"home": HOME, "version": find_version(), "requirement": program.requirement, "pin": PIN}
    with speaking(find_language(answers.language)):
        values["authors"] = Publication(name=answers.name).authors
        plain |= {"our": read_settings(), "say": name_settings(answers.terms), "terms": answers.terms}
    rendered = {}
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file():
            encoded = {key: ENCODERS[path.suffix](key, value) for key, value in values.items()}
            name, tag = path.relative_to(TEMPLATE).as_posix(), answers.language
            text = read_translated(name, tag) or mark_english(path.read_text(encoding="utf-8"), name, tag)
            rendered[name] = environment.from_string(text).render(**plain, **encoded)
    return {path: text for path, text in rendered.items() if text.strip()}


def read_settings() -> dict[str, str]:
    """Each setting of our own mkdocs.yml as it stands there, with its comments."""
    text = (shared_folder() / SETTINGS).read_text(encoding="utf-8")
    blocks = {block[1]: block[0].rstrip() + "\n" for block in _SETTING.finditer(text)}
    return blocks | {"plugins": re.sub(" +#.*", "", blocks["plugins"])}  # they name pages of ours


class _Encoded(str):
    """An encoded answer. It is true unless the answer is empty, of which YAML makes two marks."""

    empty: bool

    @classmethod
    def of(cls, value: str, encoded: str) -> "_Encoded":
        """``value`` as ``encoded``."""
        made = cls(encoded)
        made.empty = not value
        return made

    def __bool__(self) -> bool:
        return not self.empty


def _in_yaml(key: str, value: str) -> _Encoded:
    return _Encoded.of(value, json.dumps(value, ensure_ascii=False))


def _in_markdown(key: str, value: str) -> _Encoded:
    """Words encoded, so that they are shown as they are; an address as it is, for between ``<`` and ``>``."""
    return _Encoded.of(value, value if key in ADDRESSES else encode.text(value))


def _nowhere(key: str, value: str) -> None:
    """What somebody typed goes into no other kind of file."""


#: How an answer is written, by the ending of the file.
ENCODERS: Mapping[str, Callable[[str, str], Any]] = {
    ".yml": _in_yaml, ".md": _in_markdown, ".txt": _nowhere, "": _nowhere,
}  # fmt: skip


def render_schemas() -> dict[str, str]:
    """The JSON Schemas, with which editors complete keys: what ``synoptic schema`` writes, by path."""
    vocabulary = base_vocabulary()
    own = {f"{schemas.FOLDER}/{name}": text for name, text in schemas.render_schemas(vocabulary).items()}
    data = {f"{schemas.DATA}/{name}": text for name, text in schemas.render_data_schemas(vocabulary).items()}
    return {**own, **data, json_schema.PATH: json_schema.render_schema(vocabulary)}


def select_speakers() -> str:
    """The file of speakers, without those whom the example does not name."""
    root = shared_folder()
    loader = Loader(Disk(root))
    briefing = loader.read_briefing(EXAMPLE.rpartition("/")[2])
    assert briefing is not None, "the example can be read"
    named = {briefing.speaker_of(statement) for claim in briefing.claims for statement in claim.statements}
    text = (root / SPEAKERS).read_text(encoding="utf-8")
    nodes = read_nodes(text, find_comments(text))
    nodes.value = [one for one in nodes.value if one.value["id"].value in named]
    return layout.format_nodes(nodes, SPEAKERS)
