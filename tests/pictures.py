"""The pictures of README.md and the documentation, taken from the invented example: ``python -m tests.pictures``.

A picture is out of date once the page that it shows has other words or elements; tests/test_pictures.py compares them
with tests/pictures.yml. Pixels differ between machines, so they are not compared.
"""

import hashlib
import io
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from synoptic.workbench.server import make_server
from synoptic.workbench.session import Workbench
from tests.browser import CHROMIUM, CHROMIUM_ARGS, SETTLED, serving
from tests.projects import CHECKOUT, EXAMPLE, copy_checkout, run
from tests.workbench.example import LARGEST, example_without
from tests.workbench.hands import Mouse

FOLDER = CHECKOUT / "docs/pictures"
RECORD = Path(__file__).with_suffix(".yml")
TOKEN = "a-token-of-the-pictures"
SIZES = {"answers": (1100, 1400), "workbench": (1280, 740)}  # of the window
SCALE = 1.5  # pixels of a picture to one of the window
QUALITY = 70  # of WebP, from 0 to 100
#: The visible elements of a place and their words, a line each; of a field, its value.
SHOWN = """root => {
  const lines = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && lines.push(node.data.trim().replace(/\\s+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || !node.checkVisibility()) return;
    lines.push(`<${node.localName}>${node.value ?? ""}`);
    node.childNodes.forEach(walk);
  };
  walk(root);
  return lines.join("\\n");
}"""
#: Days of the run, which a page may show.
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ 20\d\d")


def show_answers(page: Page, home: str) -> Locator:
    """The table of answers, one of them open."""
    page.goto(f"{home}briefings/{EXAMPLE}/")
    page.locator(".asked a.reply", has_text="Because three girders are weak").click()
    page.mouse.move(0, 0)
    expect(page.locator(".opened blockquote")).to_be_visible()
    return page.locator("table.asked").first


def show_workbench(page: Page, home: str) -> Locator:
    """The workbench, with selected words and the statement that they are to become."""
    page.goto(f"{home}?briefing={EXAMPLE}#{TOKEN}")
    hands = Mouse(page)
    hands.open(LARGEST)
    hands.select(9, "not carry a bus")
    hands.choose("claim", "The bridge opens again before the winter fair.", typed="The bridge opens ag")
    hands.choose("speaker", "Ελένη Βρανά", typed="Ελένη")
    hands.pick("stance", "denies")
    page.mouse.move(0, 0)
    return page.locator("body")


SHOW: dict[str, Callable[[Page, str], Locator]] = {"answers": show_answers, "workbench": show_workbench}


@contextmanager
def example_site(folder: Path) -> Iterator[str]:
    """The address of the example's site meanwhile."""
    with serving(copy_checkout(folder).build().folder) as home:
        yield home


@contextmanager
def example_workbench(folder: Path) -> Iterator[str]:
    """The address of the workbench meanwhile, with the example and an article that was just ingested."""
    root = example_without(folder)
    assert run(root, "ingest", str(root / "article.txt"), "--briefing", EXAMPLE, "--id", LARGEST, "--lang", "en") == 0
    with make_server(Workbench(root, [], "Ada Reader"), TOKEN, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


HOMES = {"answers": example_site, "workbench": example_workbench}


@contextmanager
def shown(browser: Browser, name: str, home: str, *, dark: bool = False) -> Iterator[Locator]:
    """What a picture shows, on a page of its own."""
    width, height = SIZES[name]
    page = browser.new_page(
        viewport={"width": width, "height": height}, device_scale_factor=SCALE,
        reduced_motion="reduce", color_scheme="dark" if dark else "light", locale="en-GB",
    )  # fmt: skip
    place = SHOW[name](page, home)
    page.evaluate(SETTLED)
    yield place
    page.close()


def digest(place: Locator) -> str:
    """The SHA-256 of the words and elements that can be seen at a place."""
    words: str = place.evaluate(SHOWN)
    return hashlib.sha256(DAY.sub("DAY", words).encode()).hexdigest()


def main() -> None:
    """Take every picture, light and dark, and note what it shows."""
    noted = {}
    executable = next(path for name in CHROMIUM if (path := shutil.which(name)))
    with ExitStack() as open_until_done:
        folder = Path(open_until_done.enter_context(tempfile.TemporaryDirectory()))
        started = open_until_done.enter_context(sync_playwright())
        browser = started.chromium.launch(executable_path=executable, args=list(CHROMIUM_ARGS))
        for name, homes in HOMES.items():
            home = open_until_done.enter_context(homes(folder / name))
            for colours in ("light", "dark"):
                with shown(browser, name, home, dark=colours == "dark") as place:
                    picture = Image.open(io.BytesIO(place.screenshot())).convert("RGB")
                    picture.save(FOLDER / f"{name}-{colours}.webp", quality=QUALITY, method=6)
                    noted[name] = digest(place)
        browser.close()
    RECORD.write_text(
        "# What the pictures in docs/pictures show, as SHA-256; `python -m tests.pictures` writes it.\n"
        f"{yaml.safe_dump(noted)}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
