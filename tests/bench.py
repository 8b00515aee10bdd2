"""``make bench`` compares the cost of synthetic projects with that of plain MkDocs for the same pages.

Each row is a figure, its yardstick from the same run, their ratio and the limit of the ratio. Work of seconds is the
middle of three runs, each in its own folder; work of minutes is measured once. Two more parts measure a matrix of 500
claims by 20 sources in a browser, and a search of 10,000 claims against one index in a single file, as Material has.
"""

import compileall
import contextlib
import gzip
import html
import itertools
import json
import os
import random
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from build_tools.base.cache import FOLDER
from build_tools.model import paging
from build_tools.site import pagefind, search
from tests import synthetic
from tests.browser import CHROMIUM, CHROMIUM_ARGS
from tests.projects import CHECKOUT as ROOT
from tests.projects import GENERATED

RUNS = 3
#: The most bytes that all folders of a run take together.
ROOM = 8_000_000_000
#: Whether the text of a page is the expected one.
Expected = Callable[[str], bool]


@dataclass(frozen=True)
class Cost:
    """The cost of a command and its children: CPU seconds, the peak memory of any of them in MB, wall seconds."""

    cpu: float
    memory: float
    wall: float


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log, and without a trace if a browser closes the connection early."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Log nothing."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, unless the browser has gone."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)


def server_of(site: Path) -> ThreadingHTTPServer:
    """A server of a folder, already running."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def cost(words: list[str], folder: Path) -> Cost:
    """Run ``python -m WORDS`` in a folder, once: a second run would find the first one's cache."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SYNOPTIC_")}
    fixed = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *words], cwd=folder, env={**clean, **fixed},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)}: {said}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, time.monotonic() - begun)


@dataclass
class Table:
    """The rows measured so far; ``limit`` is the largest acceptable ratio."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, work: str, what: str, value: float, unit: str, yardstick: float, limit: float | None) -> None:
        """Add a figure and print it."""
        ratio = value / yardstick
        self.rows.append(
            {"work": work, "what": what, "value": round(value, 3), "unit": unit, "yardstick": round(yardstick, 3),
             "ratio": round(ratio, 3), "limit": limit}
        )  # fmt: skip
        verdict = "" if limit is None else "  met" if ratio <= limit else "  MISSED"
        bound = "" if limit is None else f"{limit:6.2f}"
        print(f"{work:3} {what:58} {value:9.2f} {unit:3} {yardstick:9.2f} {ratio:6.2f} {bound}{verdict}", flush=True)


def generated(at: str, names: list[str]) -> list[str]:
    """The generated files among ``names``, which are not copied."""
    return [name for name in names if name == "__pycache__" or Path(at, name) in GENERATED]


def project(folder: Path, size: str) -> None:
    """Write a synthetic project of a size: the program's own settings, pages and vocabulary, and invented briefings."""
    for part in ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "overrides", "build_tools"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=generated)
            compileall.compile_dir(folder / part, quiet=2)  # as installed packages are
        else:
            shutil.copy(source, folder / part)
    (folder / "briefings").mkdir()
    shutil.copy(ROOT / "briefings/vocabulary.yml", folder / "briefings")
    synthetic.write(folder, synthetic.SIZES[size], 60 if size == "S" else 50)
    for texts in folder.glob("briefings/*/articles"):  # a clone has none
        move_away(texts)
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  - build_tools/hook.py", "  []").replace("plugins: []", "plugins: [search]")
    (folder / "plain.yml").write_text(settings, encoding="utf-8")


def move_away(folder: Path) -> None:
    """Move a folder instead of removing it: a disk that has just removed thousands of files is slow to create more."""
    top = next(path for path in folder.parents if path.parent == Path(tempfile.gettempdir()))
    folder.rename(tempfile.mkdtemp(dir=top))


def edit(folder: Path, turn: int) -> None:
    """Reword one claim."""
    path = folder / "briefings/story-000/claims/topic-0.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"claim: (Now\d* )?", f"claim: Now{turn} ", text, count=1), encoding="utf-8")


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of three costs by CPU time."""
    return sorted(costs, key=lambda cost: cost.cpu)[1]


def building(table: Table, size: str, folder: Path) -> dict[str, Cost]:
    """Measure reading, rendering and building a project of a size; the costs to compare across sizes, by name."""
    project(folder, size)
    site, kept = str(folder / "site"), folder / FOLDER
    twins = [shutil.copytree(folder, folder.with_name(f"{size}-{number}")) for number in range(2)]
    whole = middle(cost(["build_tools", "render"], each) for each in (folder, *twins))
    for each in (folder, *twins):
        edit(each, 1)
    one = middle(cost(["build_tools", "render"], each) for each in (folder, *twins))
    plain = cost(["mkdocs", "build", "-q", "-f", "plain.yml", "-d", str(folder / "plain")], folder)
    move_away(kept)
    cold = cost(["mkdocs", "build", "-q", "-d", site], folder)
    edit(folder, 2)
    again = cost(["mkdocs", "build", "-q", "-d", site], folder)
    pages = [path.stat().st_size for path in (folder / "docs").rglob("*.md")]
    disk = sum(path.stat().st_size for path in Path(site).rglob("*") if path.is_file())
    print(f"{size}: {synthetic.SIZES[size]} briefings, {len(pages)} pages")
    for what, value, unit, yardstick, limit in (
        ("load, check, compare, render / mkdocs build", whole.cpu, "s", plain.cpu, 0.15),
        ("the same after one claim changed / itself", one.cpu, "s", whole.cpu, 0.05),
        ("whole site, cold / mkdocs build with its search", cold.cpu, "s", plain.cpu, 1.0),
        ("its memory", cold.memory, "MB", plain.memory, 1.2),
        ("whole site after one claim changed / cold", again.cpu, "s", cold.cpu, 1 / 3),
        ("site on disk / its Markdown", disk / 1e6, "MB", sum(pages) / 1e6, 4.0),
    ):  # the fewer briefings, the more of the time is starting
        table.add(size, what, value, unit, yardstick, limit if size == "L" else None)
    return {"load, check, compare, render": whole, "whole site, cold": cold}


def wait_for(address: str, expected: Expected, limit: float = 900) -> None:
    """Request a page until its text is the expected one, for at most ``limit`` seconds."""
    ends = time.monotonic() + limit
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=60) as answer:
            if expected(answer.read().decode()):
                return
        time.sleep(0.05)
    raise SystemExit(f"{address} never came")


def served(folder: Path, settings: str, change: Callable[[], None], address: str, expected: Expected) -> float:
    """The seconds from a change of a file under ``mkdocs serve`` to the page that shows it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", settings, "-a", f"127.0.0.1:{port}"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/{address}", lambda page: True)
        time.sleep(3)
        begun = time.monotonic()
        change()
        wait_for(f"http://127.0.0.1:{port}/{address}", expected)
        return time.monotonic() - begun
    finally:
        server.terminate()
        server.wait()


def serving(table: Table, size: str, folder: Path) -> None:
    """Measure how long an edit takes to appear while the site is served."""
    page = folder / "docs/data.md"

    def touch() -> None:
        page.write_text(page.read_text(encoding="utf-8") + "\nA line more, to be seen.\n", encoding="utf-8")

    stock = served(folder, "plain.yml", touch, "data/", lambda html: "A line more, to be seen" in html)
    topic = "briefings/story-000/topics/topic-0/"
    ours = served(folder, "mkdocs.yml", lambda: edit(folder, 3), topic, lambda html: "Now3 " in html)
    table.add(size, "a claim edited to the page served / stock rebuild", ours, "s", stock, 0.1)


def invented() -> Iterator[search.Record]:
    """10,000 claims in 200 briefings with 20,000 quotations, 3,000 speakers, 1,000 sources; few words are common."""
    dice = random.Random(1)
    syllables = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    known = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(12_000)]
    weights = [1 / (rank + 3) for rank in range(len(known))]

    def words(least: int, most: int) -> str:
        return " ".join(dice.choices(known, weights, k=dice.randint(least, most)))

    people, outlets = ([words(2, 2).title() for _ in range(n)] for n in (400, 80))
    for b in range(200):
        base = f"briefings/b-{b}/"
        inside: dict[str, tuple[str, ...]] = {"briefing": (words(3, 5).capitalize(),)}
        sources = [(words(2, 3).title(), dice.choice(outlets)) for _ in range(5)]
        speakers = dice.sample(people, 15)
        for n, (name, outlet) in enumerate(sources):
            filters: dict[str, tuple[str, ...]] = {"type": ("Source",), "outlet": (outlet,), "lang": ("en",)}
            yield search.Record(f"{base}sources/s-{n}/", "", name, (words(8, 14),), filters=filters | inside)
        for n, name in enumerate(speakers):
            filters = {"type": ("Speaker",), "speaker": (name,)}
            yield search.Record(f"{base}speakers/p-{n}/", "", name, (words(4, 8),), filters=filters | inside)
        for c in range(50):
            said = []
            for n in range(2):
                name, (source, outlet) = dice.choice(speakers), dice.choice(sources)
                stance = dice.choice(["asserts", "denies", "qualifies"])
                said.append(search.Quotation(f"s-{c}-{n}", words(8, 22), stance, name, name, source, outlet, "en"))
            filters = {"type": ("Claim", "Quotation"), "verdict": (dice.choice(["Agreed", "Contested", "One source"]),)}
            filters |= {key: tuple({getattr(q, key) for q in said}) for key in ("speaker", "outlet", "stance", "lang")}
            text = words(7, 14).capitalize()
            yield search.Record(f"{base}topics/t-{c // 8}/", f"c-{c}", text, (), "", tuple(said), filters | inside)


def searching(table: Table, site: Path) -> None:
    """Measure the search of a built site whose index is replaced by one of invented records."""
    records = list(invented())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.process_time()
    pagefind.write_index({record.file: search.render_document(record) for record in records}, site)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - begun + after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    files = [p.stat().st_size for p in (site / pagefind.FOLDER).rglob("*") if p.is_file()]
    flat = [
        {"location": r.page, "title": r.title, "text": " ".join([*r.texts, *(q.quote for q in r.quotations)])}
        for r in records
    ]
    whole = len(gzip.compress(json.dumps({"docs": flat}, ensure_ascii=False).encode()))
    print(f"\nsearch: 10,000 claims, 20,000 quotations, {len(records)} records")
    print(f"the index: {spent:.1f} CPU seconds, {len(files)} files, {sum(files) / 1e6:.1f} MB")
    print("bytes beside one index in one file, as Material's is; time with the 0.2 s in which typing is waited for")
    claim = next(r for r in records if r.quotations)
    queries = {
        "one common word": max(
            claim.quotations[0].quote.split(), key=lambda w: sum(w in r.title.split() for r in records)
        ),
        "a claim's own words": claim.title,
        "three letters": claim.title.split()[-1][:3],
        "three words, one stance": " ".join(claim.quotations[0].quote.split()[:3])
        + f"&stance={claim.quotations[0].stance}",
    }
    server = server_of(site)
    program = next(path for name in CHROMIUM if (path := shutil.which(name)))
    early = 0
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        for what, words in queries.items():
            runs = []
            for _ in range(RUNS):
                page = browser.new_context().new_page()
                wire: list[str] = []
                page.on("request", lambda request, wire=wire: wire.append(request.url))  # type: ignore[call-overload]
                page.goto(f"http://127.0.0.1:{server.server_port}/search/", wait_until="networkidle")
                early += sum(_sent(site, url) for url in wire if f"/{pagefind.FOLDER}/" in url)
                address, _, filters = words.partition("&")
                page.evaluate(  # with filters, as if somebody sent the link
                    "([q, f]) => { performance.clearResourceTimings(); performance.setResourceTimingBufferSize(1000);"
                    " window.began = performance.now(); const form = document.getElementById('find');"
                    " new MutationObserver(() => { window.took ??= performance.now() - window.began; })"
                    " .observe(document.getElementById('results'), {childList: true});"
                    " for (const [name, value] of new URLSearchParams(f))"
                    " form.elements[name].add(new Option(value, value, true, true));"
                    " form.q.value = q; form.dispatchEvent(new Event('input')); }",
                    [address, filters],
                )
                page.locator("#results > li").first.wait_for()
                page.wait_for_load_state("networkidle")
                fetched = {url for url in wire if f"/{pagefind.FOLDER}/" in url}
                runs.append((page.evaluate("window.took"), sum(_sent(site, url) for url in fetched), len(fetched)))
                page.context.close()
            took, size, count = min(runs)
            table.add("L", f"KB to the first result: {what}", size / 1000, "KB", whole / 1000, 300_000 / whole)
            table.add("L", f"seconds to it, {count} requests / 1 s", took / 1000, "s", 1, 1.0)
        table.add("L", "KB before the reader searches", early / 1000, "KB", whole / 1000, 0)
        browser.close()
    server.shutdown()


def matrix(table: Table) -> None:
    """Measure how fast the first page of a very large matrix opens, beside one bare table of all its cells, what our
    script adds to that, and how fast a filter answers."""
    laid = "addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => laid = performance.now())))"
    ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    texts = (
        "() => [...document.querySelectorAll('thead tr, tr[data-verdict]')]"
        ".map(tr => [...tr.cells].map(cell => cell.textContent.trim()))"
    )
    choose = (
        "() => { const form = document.querySelector('form.tools'), began = performance.now();"
        " const topic = form.elements.topic; topic.selectedIndex = 1;"
        " topic.dispatchEvent(new Event('input', {bubbles: true}));"
        " document.body.getBoundingClientRect(); return performance.now() - began; }"
    )
    with tempfile.TemporaryDirectory() as name, sync_playwright() as started:
        folder, site = Path(name, "project"), Path(name, "site")
        folder.mkdir()
        project(folder, "S")
        shutil.rmtree(folder / "briefings/story-000")
        synthetic.write(folder, 1, **synthetic.LARGE)
        cost(["mkdocs", "build", "-q", "-d", str(site)], folder)
        server = server_of(site)
        home = f"http://127.0.0.1:{server.server_port}/"
        program = next(path for name in CHROMIUM if (path := shutil.which(name)))
        browser = started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        page, first = browser.new_page(), "briefings/story-000/matrix/"
        rows: list[list[str]] = []
        for number in range(1, 2 + sum(path.name.isdigit() for path in (site / first).iterdir())):
            page.goto(home + paging.part_path(first, number))
            rows += page.evaluate(texts)[bool(rows) :]
        cells = "".join(f"<tr>{''.join(f'<td>{html.escape(text)}' for text in row)}\n" for row in rows)
        bare = f"<!doctype html><html lang=en><meta charset=utf-8><title>Bare</title><table>{cells}</table>"
        (site / "bare.html").write_text(bare, encoding="utf-8")
        found: dict[str, list[float]] = {}
        for _ in range(5):
            for what, at in (("bare", "bare.html"), ("without", first), ("ours", first)):
                page = browser.new_context().new_page()
                page.add_init_script(laid)
                told = page.context.new_cdp_session(page)
                told.send("Performance.enable", {"timeDomain": "threadTicks"})  # CPU, whatever else the machine does
                if what == "without":
                    page.route("**/synoptic.js", lambda route: route.abort())
                page.goto(home + at, wait_until="load")
                page.wait_for_function("window.laid")
                metrics = {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}
                found.setdefault(f"{what}, CPU", []).append(1000 * metrics["TaskDuration"])
                found.setdefault(what, []).append(page.evaluate(ready))
                found.setdefault(f"{what}, laid out", []).append(page.evaluate("laid"))
                if what == "ours":
                    found.setdefault("filter", []).append(page.evaluate(choose))
                page.context.close()
        browser.close()
        server.shutdown()
    least = {what: min(times) for what, times in found.items()}
    work = f"{len(rows) - 1} x {len(rows[0]) - 1}"
    print(f"\na matrix of {work} cells; the least of 5, in milliseconds")
    laid_out = (least["ours, laid out"], "ms", least["bare, laid out"])
    table.add("", "its first page is laid out / a bare table of all cells", *laid_out, 1.3)
    table.add("", "the CPU of its main thread / the same", least["ours, CPU"], "ms", least["bare, CPU"], 1.3)
    # no limit: the theme's scripts run before and ask for the layout, which a bare table has later
    table.add("", "its DOMContentLoaded / the same", least["ours"], "ms", least["bare"], None)
    table.add("", "the same / without our script", least["ours"], "ms", least["without"], None)
    table.add("", "a filter answers / 100 ms", least["filter"], "ms", 100, 1.0)


def _sent(site: Path, url: str) -> int:
    """The bytes that any host sends for an address: compressed, if that is less."""
    data = (site / pagefind.FOLDER / url.split(f"/{pagefind.FOLDER}/")[1].partition("?")[0]).read_bytes()
    return min(len(data), len(gzip.compress(data)))


def room() -> str | None:
    """A folder in memory, if there is enough; None for the usual temporary folder, or if ``TMPDIR`` is set.

    How fast a disk creates files depends on what it removed in the minutes before.
    """
    memory = Path("/dev/shm")
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return None
    return str(memory) if shutil.disk_usage(memory).free > ROOM else None


def main() -> None:
    """Measure the sizes in the arguments (S, M, L; by default S and M), print a table and write bench.json."""
    sizes = sys.argv[1:] or ["S", "M"]
    table, costs = Table(), {}
    tempfile.tempdir = room()
    print(f"in {tempfile.gettempdir()}")
    print(f"{'':62} {'value':>9}     {'yardstick':>9} {'ratio':>6}  limit")
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name, size)
            folder.mkdir()
            costs[size] = building(table, size, folder)
        for small, large in itertools.pairwise(sizes):
            times = synthetic.SIZES[large] / synthetic.SIZES[small]
            for what in costs[small]:
                one, other = costs[small][what], costs[large][what]
                if small != "S":  # of one briefing most of the time is starting
                    table.add(large, f"growth from {small}: {what}", other.cpu, "s", one.cpu * times, 1.1)
                    table.add(large, f"growth from {small}: memory of it", other.memory, "MB", one.memory * times, 1.1)
        if "M" in sizes:  # after the others: it removes whole sites
            serving(table, "M", Path(name, "M"))
        matrix(table)
        searching(table, Path(name, sizes[-1], "site"))
    Path("bench.json").write_text(json.dumps(table.rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
