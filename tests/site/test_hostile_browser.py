"""The texts under tests/hostile/shown, each in many fields of published briefings, in a real browser.

Every YAML file dropped there is a test: its texts must be shown to the character, and do nothing at all.
"""

import itertools
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Dialog

from build_tools.model.change import KINDS, OWN_FIELDS
from tests import hostile_sites
from tests.browser import Open
from tests.projects import BuiltSite, Project, build_once, copy_checkout
from tests.synthetic import coined

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FILES = sorted((Path(__file__).parents[1] / "hostile" / "shown").glob("*.yml"))
TEXTS: list[str] = [
    unicodedata.normalize("NFC", text)
    for path in FILES
    for text in yaml.safe_load(path.read_text(encoding="utf-8"))["texts"]
]
#: So many texts go into one briefing, with so many articles and topics.
IN_ONE, ARTICLES = 24, 8
#: A text begins with its number and its field: r017q.
MARK = re.compile(r"r(\d{3})([a-z]) ")


class Briefing:
    """A briefing in which each text stands in many fields."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = numbers

    def text(self, at: int, kind: str) -> str:
        """A text of the briefing as one of its fields has it."""
        number = self.numbers[at % len(self.numbers)]
        return f"r{number:03}{kind} {TEXTS[number]}"

    def quote(self, at: int) -> str:
        """A text as it is quoted: the shortest that the rules let through."""
        text = self.text(at, "k")
        return text if len(re.findall(r"\w+", text)) > 4 else f"{text} so it stood there"

    def people(self) -> list[dict[str, str]]:
        """Every second text is a named speaker, the others are unnamed."""
        return [
            {"id": f"person-{self.numbers[at]}", "name": self.text(at, "n"), "kind": "person",
             "role": self.text(at, "r"), "interest": self.text(at, "i")}
            for at in range(0, len(self.numbers), 2)
        ]  # fmt: skip

    def files(self) -> dict[str, Any]:
        """What people type."""
        made: dict[str, Any] = {
            "briefing.yml": {
                "title": self.text(0, "t"), "question": self.text(1, "q"), "status": "published",
                "topics": [{"id": f"topic-{n}", "title": self.text(n * 3, "z")} for n in range(ARTICLES)],
                "editors": [
                    {"name": self.text(2, "e"), "affiliation": self.text(3, "f"),
                     "assistance": self.text(4, "g") + "."},
                ],
                "bottom_line": [{"text": "It [stands there].", "claims": [f"claim-{self.numbers[0]}"]}],
            },
            "figures.yml": [], "events.yml": [],
        }  # fmt: skip
        for n in range(ARTICLES):
            made[f"sources/paper-{n}.yml"] = {
                "title": self.text(n, "h"), "label": self.text(n + 8, "l"), "outlet": self.text(n + 16, "o"),
                "author": self.text(n + 4, "a"), "about": self.text(n + 12, "b"), "published": f"2031-03-0{n + 1}",
                "url": f"https://example.org/{n}", "genre": "news", "lang": "fr",
                "speakers": [
                    {"id": f"nobody-{self.numbers[at]}", "name": self.text(at, "u"), "kind": "unnamed",
                     "role": self.text(at, "v")}
                    for at in range(n, len(self.numbers), ARTICLES) if at % 2
                ],
            }  # fmt: skip
            made[f"claims/topic-{n}.yml"] = [self.claim(at) for at in range(n, len(self.numbers), ARTICLES)]
        return made

    def claim(self, at: int) -> dict[str, Any]:
        """A claim about a text, which an article and somebody quoted in it make."""
        number, paper = self.numbers[at], f"paper-{at % ARTICLES}"
        who = f"nobody-{number}" if at % 2 else f"person-{number}"
        more = {"speaker": who, "mode": "indirect", "via": self.text(at, "w")}
        statements = [
            {
                "id": name,
                "source": paper,
                "stance": "asserts",
                "quote": self.quote(at),
                "translation": self.text(at, "y"),
                "note": self.text(at, "d"),
                **rest,
            }
            for name, rest in ((f"own-{number}", {}), (f"theirs-{number}", more))
        ]
        self_or_next = self.numbers[(at + 1) % len(self.numbers)]
        return {
            "id": f"claim-{number}", "claim": self.text(at, "c"), "kind": "state", "note": self.text(at, "m"),
            "terms": [coined(20_000_000 + number)], "statements": statements,
            "relations": [{"to": f"claim-{self_or_next}", "how": "contradicts", "why": self.text(at, "s")}],
            "replies": [{"by": self.text(at, "p"), "on": "2031-04-05", "text": self.text(at, "j")}],
        }  # fmt: skip

    def changes(self, slug: str) -> Iterator[list[Any]]:
        """What the history tells of each text, every kind of change in turn, as HISTORY.json has it."""
        for at, number in enumerate(self.numbers):
            kind = sorted(KINDS)[number % len(KINDS)]
            names = dict.fromkeys(hostile_sites.fields(KINDS[kind].sentence))
            values = [[name, "1" if name in OWN_FIELDS else self.text(at, "x")] for name in names]
            what = [kind, self.text(at, "x"), "head", slug, f"claim-{number}", "paper-0", ""]
            yield [*what, self.text(at, "x"), None, self.text(at, "x"), values, f"briefings/{slug}/x.yml"]

    def articles(self) -> dict[str, str]:
        """The texts of the articles: what is quoted, and much that nobody else wrote."""
        out = {}
        for n in range(ARTICLES):
            said = [self.quote(at) for at in range(n, len(self.numbers), ARTICLES)]
            rest = [
                " ".join(coined(self.numbers[0] * 9999 + n * 999 + line * 9 + w) for w in range(9)) + "."
                for line in range(60)
            ]
            out[f"paper-{n}"] = "\n".join([coined(n), *said, *rest]) + "\n"
        return out


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site of briefings with every text in them."""
    return build_once(tmp_path_factory, "every-text", make_project)


def make_project(root: Path) -> Project:
    """A project of briefings with every text in them."""
    project = copy_checkout(root, briefings=False)
    chunks = [Briefing(range(a, min(a + IN_ONE, len(TEXTS)))) for a in range(0, len(TEXTS), IN_ONE)]
    people = list(itertools.chain.from_iterable(chunk.people() for chunk in chunks))
    project.write("briefings/speakers.yml", yaml.safe_dump(people, allow_unicode=True, width=10_000))
    for number, chunk in enumerate(chunks):
        folder = f"briefings/story-{number}"
        for name, content in chunk.files().items():
            project.write(
                f"{folder}/{name}", yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
            )
        for name, text in chunk.articles().items():
            project.write(f"{folder}/articles/{name}.txt", text)
    told = [one for number, chunk in enumerate(chunks) for one in chunk.changes(f"story-{number}")]
    known: dict[str, Any] = {
        "commits": {},
        "since": None,
        "unread": 0,
        "entries": [["0" * 40, 1_900_000_000, told, {}]],
    }
    project.write("HISTORY.json", json.dumps(known))
    project.tools("lock", "--by", f"r000y {TEXTS[0]}")
    for kept in (project.root / "briefings").glob("*/articles"):
        shutil.rmtree(kept)
    return project


#: Makes every way to run or to ask for attention a complaint, before the page's own scripts.
WATCH = """
window.hits = [];
for (const name of ["hit", "alert", "confirm", "prompt", "print", "open"]) window[name] = () => { hits.push(name); };
"""
#: What a page shows of its own article, its title, its descriptions and attributes; and what must not be there.
LOOK = r"""() => {
  const attributes = [...document.querySelectorAll("*")].flatMap(el => [...el.attributes].map(a => [el, a]));
  const leading = attributes.filter(([_, a]) => /^(href|src|action|data|formaction|xlink:href)$/.test(a.name));
  const content = document.querySelector(".md-content").cloneNode(true);
  for (const script of content.querySelectorAll("script")) script.remove(); // data for programs
  return {
    hits, shown: content.textContent, title: document.title,
    told: attributes.map(([_, a]) => a.value).filter(value => /r\d{3}[a-z] /.test(value)),
    events: attributes.filter(([_, a]) => /^on/i.test(a.name)).map(([el]) => el.outerHTML.slice(0, 200)),
    schemes: leading.map(([_, a]) => a.value).filter(value => /^\s*[^/?#]*:/.test(value) && !/^https?:/.test(value)),
    tags: document.querySelectorAll("iframe, object, embed, base, math, marquee, video, audio, plaintext, xmp, "
      + ".md-content :is(img, style, link, meta, textarea, template)").length,
    frames: frames.length, headings: document.querySelectorAll("h1").length,
  };
}"""


@dataclass
class Seen:
    """What the browser met on all pages."""

    wrong: list[str] = field(default_factory=list)
    exact: Counter[str] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)
    pages: int = 0

    def compare(self, where: str, text: str) -> None:
        """Every text of ours in a text of the page must stand there to the character."""
        for found in MARK.finditer(text):
            right = TEXTS[int(found[1])]
            if text[: found.start()].endswith('"exact": "'):  # a receipt's selector, which is JSON
                right = json.dumps(right, ensure_ascii=False)[1:-1]
            if text.startswith(right, found.end()):
                self.exact[found[2]] += 1
                self.texts.add(int(found[1]))
            else:
                self.wrong.append(f"{where}: {found[0]}{text[found.end() :][: len(right) + 20]!r} is not {right!r}")


def test_no_text_does_anything_but_stand_there(
    site: BuiltSite, serve_folder: Callable[[Path], str], tab: Open, tell: Callable[[str], None]
) -> None:
    """On every page each hostile text is shown to the character; none runs, fetches, or leads anywhere."""
    opened = tab(serve_folder(site.folder))
    page, seen, went = opened.page, Seen(), []
    page.add_init_script(WATCH)

    def asked(dialog: Dialog) -> None:
        seen.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("framenavigated", lambda frame: went.append(frame.url))
    page.on("download", lambda download: seen.wrong.append(f"download: {download.url}"))
    for path in site.paths:
        page.goto(opened.home + path)
        look = page.evaluate(LOOK)
        seen.pages += 1
        seen.compare(path, look["shown"])
        seen.compare(f"{path} title", look["title"])
        for told in look["told"]:
            seen.compare(f"{path} attribute", told)
        for fault in ("hits", "events", "schemes"):
            seen.wrong += [f"{path} {fault}: {what}" for what in look[fault]]
        own_pictures = int(path == "architecture/")  # the picture of the rooms
        if (look["tags"], look["frames"], look["headings"]) != (own_pictures, 0, 1):
            seen.wrong.append(
                f"{path}: {look['tags']} tags, {look['frames']} frames, {look['headings']} first headings"
            )
    assert seen.wrong == [], sorted(seen.wrong, key=lambda one: one.partition(": r")[2])[:: len(seen.wrong) // 9 + 1]
    assert (opened.errors, opened.foreign) == ([], [])
    gone = [
        url for url, _ in itertools.groupby(went, lambda url: re.split("[?#]", url)[0])
    ]  # a script of ours may add ?
    assert gone == [opened.home + path for path in site.paths]
    assert seen.texts == set(range(len(TEXTS)))
    assert len(TEXTS) >= 150
    tell(
        f"{len(TEXTS)} hostile texts on {seen.pages} pages, {seen.exact.total()} times in {len(seen.exact)} fields, "
        "all exact; 0 scripts run, 0 foreign requests, 0 navigations"
    )
