"""The texts under tests/hostile/shown, each in many fields of published briefings, in a real browser.

Every YAML file dropped there is a test: its texts must be shown to the character, and do nothing at all.
"""

import html
import json
import re
import shutil
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment
from playwright.sync_api import Dialog, Frame, expect

from synoptic.model.change import KINDS, OWN_FIELDS
from synoptic.text.folding import fold, split_words
from tests import hostile_sites
from tests.browser import ABREAST, BARE, Open, Serve, probe, search, side_by_side
from tests.projects import HERE, BuiltSite, Project, build_once, copy_checkout
from tests.synthetic import coined
from tests.yaml_files import read_yaml

pytestmark = pytest.mark.slow

HOSTILE = '<img src=x onerror="hit()">"\'*_[x](javascript:hit()) {: onclick=hit() } {{ 7*7 }}'
FILES = [read_yaml(path) for path in sorted((HERE / "hostile" / "shown").glob("*.yml"))]
TEXTS = [HOSTILE, *(unicodedata.normalize("NFC", text) for file in FILES for text in file["texts"])]
#: Field to the kinds of pages that show it.
SHOWN = read_yaml(HERE / "hostile" / "fields.yml")
STORY = Environment(finalize=partial(json.dumps, ensure_ascii=False)).from_string(
    (HERE / "hostile" / "story.yml.j2").read_text(encoding="utf-8")
)
#: So many texts go into one briefing, with so many articles and topics.
IN_ONE, ARTICLES = 24, 8
#: A text begins with its number and its field.
MARK = re.compile(r"r(\d{3})([a-z]+) ")


def marked(numbers: Sequence[int], at: int, field: str) -> str:
    """A text of a briefing, as one of its fields has it."""
    number = numbers[at % len(numbers)]
    return f"r{number:03}{field} {TEXTS[number]}"


def files_of(numbers: Sequence[int]) -> dict[str, Any]:
    """The contents of a briefing's files: what people type, and the articles."""

    def quote(
        at: int,
    ) -> str:  # the shortest that the rules let through; our own words in a briefing are not quoted in it
        others = [(number + IN_ONE) % len(TEXTS) for number in numbers]
        text = marked(others, at, "quote")
        return text if len(split_words(fold(text))) > 6 else f"{text} so it stood there"

    def words(article: int, line: int) -> str:  # that nobody else wrote
        return " ".join(coined((numbers[0] + 1) * 9999 + article * 999 + line * 9 + w) for w in range(9))

    rendered = STORY.render(
        numbers=numbers, papers=range(ARTICLES), hostile=TEXTS[numbers[0]], text=partial(marked, numbers), quote=quote,
        word=lambda at: coined(20_000_000 + numbers[at]), headline=lambda at: coined(at % ARTICLES), words=words,
    )  # fmt: skip
    files: dict[str, Any] = yaml.safe_load(rendered)
    return files


def changes(numbers: Sequence[int], slug: str) -> Iterator[list[Any]]:
    """What the history tells of each text, every kind of change in turn, as HISTORY.json has it."""
    for at, number in enumerate(numbers):
        kind = sorted(KINDS)[number % len(KINDS)]
        names = dict.fromkeys(hostile_sites.fields(KINDS[kind].sentence))
        text = marked(numbers, at, "change")
        values = [[name, "1" if name in OWN_FIELDS else text] for name in names]
        what = [kind, text, "head", slug, f"claim-{number}", "paper-0", ""]
        yield [*what, text, None, text, values, f"briefings/{slug}/x.yml"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site of briefings with every text in them."""
    return build_once(tmp_path_factory, "every-text", make_project)


def make_project(root: Path) -> Project:
    """A project of briefings with every text in them."""
    project, people, told = copy_checkout(root, example=False), list[Any](), list[Any]()

    def dump(content: object) -> str:
        return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000))

    for first in range(0, len(TEXTS), IN_ONE):
        numbers, slug = range(first, min(first + IN_ONE, len(TEXTS))), f"story-{first // IN_ONE}"
        files = files_of(numbers)
        people += files.pop("speakers.yml")
        for name, content in files.items():
            # a browser's references are read in a text, those that were written twice, too
            text = "\n".join([*content, ""]).replace("&", "&amp;amp;") if name.endswith(".txt") else dump(content)
            project.write(f"briefings/{slug}/{name}", text)
        told += changes(numbers, slug)
    project.write("briefings/speakers.yml", dump(people))
    entry = ["0" * 40, 1_900_000_000, told, {}]
    project.write("HISTORY.json", json.dumps({"commits": {}, "since": None, "unread": 0, "entries": [entry]}))
    project.tools("lock", "--by", f"r000checker {HOSTILE}")
    for kept in (project.root / "briefings").glob("*/articles"):
        shutil.rmtree(kept)
    return project


#: Makes every way to run or to ask for attention a complaint, before the page's own scripts.
WATCH = """
window.hits = [];
for (const name of ["hit", "alert", "confirm", "prompt", "print", "open"]) window[name] = () => { hits.push(name); };
"""


@dataclass
class Seen:
    """What the browser met on all pages."""

    wrong: list[str] = field(default_factory=list)
    exact: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    pages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # field: the kinds that show it

    def compare(self, where: str, text: str) -> Iterator[str]:
        """Every text of ours in a text of the page must stand there to the character; the fields of those that do."""
        # a reference in wikitext shows its own signs as character references
        text = re.sub(r"\{\{cite news.*?\}\}", lambda cited: html.unescape(cited[0]), text)
        for found in MARK.finditer(text):
            right = TEXTS[int(found[1])]
            if text[: found.start()].endswith('"exact": "'):  # a receipt's selector, which is JSON
                right = json.dumps(right, ensure_ascii=False)[1:-1]
            if text.startswith(right, found.end()):
                self.exact[found[2]] += 1
                self.texts.add(int(found[1]))
                yield found[2]
            else:
                self.wrong.append(f"{where}: {found[0]}{text[found.end() :][: len(right) + 20]!r} is not {right!r}")

    def look(self, path: str, look: dict[str, Any]) -> None:
        """Note what a page has to show."""
        kind = re.sub(r"(?<=s/)[^/]+-\d+/", "*/", re.sub(r"briefings/story-\d+/", "", path))
        for name in self.compare(path, look["shown"]):
            self.pages[name].add(kind)
        for name in self.compare(f"{path} title", look["title"]):
            self.pages[name].add(f"title of {kind}")
        for told in look["told"]:
            list(self.compare(f"{path} attribute", told))
        for fault in ("hits", "events", "schemes"):
            self.wrong += [f"{path} {fault}: {what}" for what in look[fault]]
        counts = (look["tags"], look["frames"], look["headings"])
        if counts != (0, 0, 1):
            self.wrong.append(f"{path}: tags, frames, first headings: {counts}")


@pytest.mark.long
def test_no_text_does_anything_but_stand_there(
    site: BuiltSite, serve_folder: Serve, tab: Open, tell: Callable[[str], None]
) -> None:
    """On every page that has any, each hostile text is shown to the character; none runs, fetches, or leads anywhere.
    Every field is on the pages that must show it."""
    opened = tab(serve_folder(site.folder), fresh=True)
    page, seen, went = opened.page, Seen(), defaultdict[Frame, list[str]](list)
    page.add_init_script(WATCH)

    def asked(dialog: Dialog) -> None:
        seen.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("framenavigated", lambda frame: went[frame].append(re.split("[?#]", frame.url)[0]))  # our scripts may add ?
    page.on("download", lambda download: seen.wrong.append(f"download: {download.url}"))
    paths = [path for path in site.paths if MARK.search(site.read(path))]
    for at, (path, frame) in enumerate(side_by_side(opened, paths, 1280, 900)):
        page.mouse.move(at % ABREAST * 1280 + 300, 300)
        seen.look(path, probe(frame, "look"))
    assert seen.wrong == [], sorted(seen.wrong, key=lambda one: one.partition(": r")[2])[:: len(seen.wrong) // 9 + 1]
    assert (opened.errors, opened.foreign) == ([], [])
    assert [url for url in opened.requests if url.endswith("/x")] == []
    assert sorted(list(dict.fromkeys(urls)) for urls in went.values()) == sorted(
        [opened.home + path] for path in (BARE, *paths)
    )
    assert seen.texts == set(range(len(TEXTS)))
    assert len(TEXTS) >= 150
    assert seen.exact.keys() == SHOWN.keys()
    assert {name: missing for name, kinds in SHOWN.items() if (missing := set(kinds) - seen.pages[name])} == {}
    tell(
        f"{len(TEXTS)} hostile texts on {len(paths)} pages, {seen.exact.total()} times in {len(seen.exact)} "
        "fields, all exact; 0 scripts run, 0 foreign requests, 0 navigations"
    )


def test_hostile_bottom_line_links_its_claim(site: BuiltSite, serve_folder: Serve, tab: Open) -> None:
    """Brackets in a bottom line are its own marks, and whatever else stands there is text."""
    line = tab(serve_folder(site.folder)).open("briefings/story-0/").locator(".bottom-line")
    expect(line).to_have_text("It stands there: " + HOSTILE.replace("[x]", "x"))
    expect(line.locator("a")).to_have_text("x")
    expect(line.locator("a")).to_have_attribute("href", "topics/topic-0/#claim-0")


@pytest.mark.parametrize("name", ["title", "claim", "topic", "label", "quote", "name"])
def test_hostile_text_does_nothing_in_search(site: BuiltSite, serve_folder: Serve, tab: Open, name: str) -> None:
    """Search results show hostile text as text, to the character, and a hostile address does nothing either."""
    opened = tab(serve_folder(site.folder), fresh=True)
    opened.page.add_init_script(WATCH)
    page = search(opened, f"r000{name} onerror")
    assert f"r000{name} {HOSTILE}" in str(page.locator("#results").text_content())
    assert page.locator("#results img, #results [onclick], #results [onerror]").count() == 0
    assert page.evaluate("hits") == []
    narrowed = opened.open(f"search/?q=r000{name}&type=Claim&briefing=%3Cimg+src%3Dx+onerror%3D%22hit%28%29%22%3E")
    found = "1 result" if name == "claim" else "No results"  # a choice that no list offers is ignored
    expect(narrowed.locator("#status")).to_have_text(found)
    assert narrowed.evaluate("hits") == []
    assert [url for url in opened.requests if url.endswith("/x")] == []
    assert opened.errors == []
