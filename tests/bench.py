"""``make bench``: how much of a site's build is ours, as CPU ratios within one run on this machine.

The yardstick is ``mkdocs build`` with Material of the very pages that were written. Then, in a browser, what the
search of 10,000 claims costs a reader; beside it the bytes of one whole index in a file, as Material's search has it.
"""

import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from build_tools import index, search  # noqa: E402
from tests.conftest import CHROMIUM, CHROMIUM_ARGS  # noqa: E402

RUNS = 3


def cpu(command: list[str], folder: Path) -> float:
    """The least CPU seconds, user and system, of a command over some runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return best


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
                said.append(search.Quoted(f"s-{c}-{n}", words(8, 22), stance, name, name, source, outlet, "en"))
            filters = {"type": ("Claim", "Quotation"), "verdict": (dice.choice(["Agreed", "Contested", "One source"]),)}
            filters |= {key: tuple({getattr(q, key) for q in said}) for key in ("speaker", "outlet", "stance", "lang")}
            text = words(7, 14).capitalize()
            yield search.Record(f"{base}topics/t-{c // 8}/", f"c-{c}", text, (), "", tuple(said), filters | inside)


def searching(site: Path) -> None:
    """Measure the search of a built site whose index is replaced by one of invented records."""
    records = list(invented())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.process_time()
    index.publish({record.file: search.document(record) for record in records}, site)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - begun + after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    files = [p.stat().st_size for p in (site / index.FOLDER).rglob("*") if p.is_file()]
    flat = [
        {"location": r.page, "title": r.title, "text": " ".join([*r.texts, *(q.quote for q in r.said)])}
        for r in records
    ]
    whole = len(gzip.compress(json.dumps({"docs": flat}, ensure_ascii=False).encode()))
    print(f"\nsearch: 10,000 claims, 20,000 quotations, {len(records)} records")
    print(f"{'index: CPU seconds':38} {spent:8.1f}")
    print(f"{'index: files, MB':38} {len(files):8} {sum(files) / 1e6:.1f}")
    print("time to first result: with the 0.2 s in which typing is waited for")
    print(f"{'yardstick, one index in one file: KB':38} {whole / 1000:8.0f}   fetched when a page opens")
    claim = next(r for r in records if r.said)
    queries = {
        "one common word": max(claim.said[0].quote.split(), key=lambda w: sum(w in r.title.split() for r in records)),
        "a claim's own words": claim.title,
        "three letters": claim.title.split()[-1][:3],
        "three words, one stance": " ".join(claim.said[0].quote.split()[:3]) + f"&stance={claim.said[0].stance}",
    }
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = next(path for name in CHROMIUM if (path := shutil.which(name)))
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        for what, words in queries.items():
            runs = []
            for _ in range(RUNS):
                page = browser.new_context().new_page()
                wire: list[str] = []
                page.on("request", lambda request, wire=wire: wire.append(request.url))  # type: ignore[call-overload]
                page.goto(f"http://127.0.0.1:{server.server_port}/search/", wait_until="networkidle")
                early = [url for url in wire if f"/{index.FOLDER}/" in url]
                assert not early, early
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
                fetched = {url for url in wire if f"/{index.FOLDER}/" in url}
                runs.append((page.evaluate("window.took"), sum(_sent(site, url) for url in fetched), len(fetched)))
                page.context.close()
            took, size, count = min(runs)
            print(f"{'first result, ' + what:38} {size / 1000:8.0f} KB  {took / 1000:.2f} s  {count} requests")
        browser.close()
    server.shutdown()


def matrix(site: Path) -> None:
    """Measure what our script adds until the largest matrix can be used, and how fast a filter answers."""
    largest = max((site / "briefings").glob("*/matrix/index.html"), key=lambda p: p.stat().st_size)
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/{largest.parent.relative_to(site).as_posix()}/"
    program = next(path for name in CHROMIUM if (path := shutil.which(name)))
    ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    choose = (
        "() => { const form = document.querySelector('form.tools'), began = performance.now();"
        " const topic = form.elements.topic; topic.selectedIndex = 1;"
        " topic.dispatchEvent(new Event('input', {bubbles: true}));"
        " document.body.getBoundingClientRect(); return performance.now() - began; }"
    )
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        bare: list[float] = []
        ours: list[float] = []
        filtered: list[float] = []
        for _ in range(5):
            for times, blocked in ((bare, True), (ours, False)):
                page = browser.new_context().new_page()
                if blocked:
                    page.route("**/synoptic.js", lambda route: route.abort())
                page.goto(address, wait_until="load")
                times.append(page.evaluate(ready))
                if not blocked:
                    filtered.append(page.evaluate(choose))
                page.context.close()
        browser.close()
    server.shutdown()
    one, other, answer = min(bare), min(ours), min(filtered)
    print(f"\nthe largest matrix, {largest.stat().st_size / 1000:.0f} KB; the least of 5, in milliseconds")
    print(f"{'interactive without our script':38} {one:8.0f}")
    print(f"{'interactive with it':38} {other:8.0f}   {other / one:.2f}")
    print(f"{'a filter answers':38} {answer:8.0f}")


def _sent(site: Path, url: str) -> int:
    """The bytes that any host sends for an address: compressed, where that helps."""
    data = (site / index.FOLDER / url.split(f"/{index.FOLDER}/")[1].partition("?")[0]).read_bytes()
    return min(len(data), len(gzip.compress(data)))


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("mkdocs.yml", "briefings", "docs", "overrides", "build_tools"):
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
        settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        (folder / "plain.yml").write_text(settings.replace("  - build_tools/hook.py", "  []"), encoding="utf-8")
        python = [sys.executable, "-m"]
        start = cpu([*python, "build_tools", "--help"], folder)
        check = cpu([*python, "build_tools", "check"], folder)
        render = cpu([*python, "build_tools", "render"], folder)
        mkdocs = cpu([*python, "mkdocs", "build", "-q", "-f", "plain.yml"], folder)
        pages = sum(1 for _ in (folder / "docs").rglob("*.md"))
        print(f"{pages} pages; CPU seconds, the least of {RUNS} runs; ratio to the yardstick")
        for what, value in (
            ("starting the program", start),
            ("load and check", check),
            ("load, check, compare, render, write", render),
            ("mkdocs build (the yardstick)", mkdocs),
        ):
            print(f"{what:38} {value:6.2f}   {value / mkdocs:5.2f}")
        matrix(folder / "site")
        searching(folder / "site")


if __name__ == "__main__":
    main()
