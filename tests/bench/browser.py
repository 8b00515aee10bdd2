"""Measures in a browser: a very large matrix, and a search of 10,000 claims."""

import contextlib
import gzip
import html
import json
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from synoptic.model import paging
from synoptic.site import pagefind, search
from tests import synthetic
from tests.bench.build import Table, cost, project
from tests.browser import CHROMIUM, CHROMIUM_ARGS, probe, serving

RUNS = 3


@contextlib.contextmanager
def opened(site: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address at which a built site is served meanwhile."""
    program = next(path for name in CHROMIUM if (path := shutil.which(name)))
    with serving(site) as home, sync_playwright() as started:
        yield started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS)), home


def matrix(table: Table) -> None:
    """Measure how fast the first page of a very large matrix opens, beside one bare table of all its cells, what our
    script adds to that, and how fast a filter answers."""
    laid = "addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => laid = performance.now())))"
    ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder, site = Path(name, "project"), Path(name, "site")
        folder.mkdir()
        project(folder, "S")
        shutil.rmtree(folder / "briefings/story-000")
        synthetic.write(folder, 1, **synthetic.LARGE)
        cost(["mkdocs", "build", "-q", "-d", str(site)], folder)
        browser, home = stack.enter_context(opened(site))
        page, first = browser.new_page(), "briefings/story-000/matrix/"
        rows: list[list[str]] = []
        for number in range(1, 2 + sum(path.name.isdigit() for path in (site / first).iterdir())):
            page.goto(home + paging.part_path(first, number))
            rows += probe(page, "rows")[bool(rows) :]
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
                page.wait_for_function("() => window.laid")
                metrics = {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}
                found.setdefault(f"{what}, CPU", []).append(1000 * metrics["TaskDuration"])
                found.setdefault(what, []).append(page.evaluate(ready))
                found.setdefault(f"{what}, laid out", []).append(page.evaluate("laid"))
                if what == "ours":
                    found.setdefault("filter", []).append(probe(page, "filter"))
                page.context.close()
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


def invented(claims: int) -> Iterator[search.Record]:
    """The records of so many claims, 50 a briefing with 100 quotations and 15 speakers; few words are common."""
    dice = random.Random(1)
    syllables = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    known = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(12_000)]
    weights = [1 / (rank + 3) for rank in range(len(known))]

    def words(least: int, most: int) -> str:
        return " ".join(dice.choices(known, weights, k=dice.randint(least, most)))

    people, outlets = ([words(2, 2).title() for _ in range(n)] for n in (400, 80))
    for b in range(claims // 50):
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


def searching(table: Table, site: Path, work: str, claims: int) -> None:
    """Measure the search of a built site whose index is replaced by one of ``claims`` invented claims."""
    records = list(invented(claims))
    documents = {record.file: search.render_document(record) for record in records}
    edited = {**documents, records[-1].file: documents[records[-1].file].replace("</article>", "<p>edited</article>")}
    with tempfile.TemporaryDirectory() as kept:
        whole_index = _spend(lambda: pagefind.write_index(edited, site, Path(kept)))
        after = _spend(lambda: pagefind.write_index(documents, site, Path(kept)))
    table.add(work, "search index after one claim changed / all of it", after, "s", whole_index, None)
    files = [p.stat().st_size for p in (site / pagefind.FOLDER).rglob("*") if p.is_file()]
    flat = [
        {"location": r.page, "title": r.title, "text": " ".join([*r.texts, *(q.quote for q in r.quotations)])}
        for r in records
    ]
    whole = len(gzip.compress(json.dumps({"docs": flat}, ensure_ascii=False).encode()))
    print(f"\nsearch: {claims} claims, {2 * claims} quotations, {len(records)} records")
    print(f"the index: {whole_index:.1f} CPU seconds, {len(files)} files, {sum(files) / 1e6:.1f} MB")
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
    early = 0
    with opened(site) as (browser, home):
        for what, words in queries.items():
            runs = []
            for _ in range(RUNS):
                page = browser.new_context().new_page()
                wire: list[str] = []
                page.on("request", lambda request, wire=wire: wire.append(request.url))  # type: ignore[call-overload]
                page.goto(f"{home}search/", wait_until="networkidle")
                early += sum(_sent(site, url) for url in wire if f"/{pagefind.FOLDER}/" in url)
                address, _, filters = words.partition("&")
                probe(page, "search", address, filters)  # with filters, as if somebody sent the link
                page.locator("#results > li").first.wait_for()
                page.wait_for_load_state("networkidle")
                fetched = {url for url in wire if f"/{pagefind.FOLDER}/" in url}
                runs.append((page.evaluate("window.took"), sum(_sent(site, url) for url in fetched), len(fetched)))
                page.context.close()
            took, size, count = min(runs)
            table.add(work, f"KB to the first result: {what}", size / 1000, "KB", whole / 1000, 300_000 / whole)
            table.add(work, f"seconds to it, {count} requests / 1 s", took / 1000, "s", 1, 1.0)
        table.add(work, "KB before the reader searches", early / 1000, "KB", whole / 1000, 0)


def _spend(work: Callable[[], object]) -> float:
    """The CPU seconds of a function and the programs it starts."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + used.ru_utime + used.ru_stime

    begun = spent()
    work()
    return spent() - begun


def _sent(site: Path, url: str) -> int:
    """The bytes that any host sends for an address: compressed, if that is less."""
    data = (site / pagefind.FOLDER / url.split(f"/{pagefind.FOLDER}/")[1].partition("?")[0]).read_bytes()
    return min(len(data), len(gzip.compress(data)))
