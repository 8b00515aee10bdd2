"""Measures a very large matrix in a browser."""

import html
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from build_tools.model import paging
from tests import synthetic
from tests.bench.measure import Table, cost, launch, project, server_of
from tests.browser import probe


def matrix(table: Table) -> None:
    """Measure how fast the first page of a very large matrix opens, beside one bare table of all its cells, what our
    script adds to that, and how fast a filter answers."""
    laid = "addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => laid = performance.now())))"
    ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as started:
        folder, site = Path(name, "project"), Path(name, "site")
        folder.mkdir()
        project(folder, "S")
        shutil.rmtree(folder / "briefings/story-000")
        synthetic.write(folder, 1, **synthetic.LARGE)
        cost(["mkdocs", "build", "-q", "-d", str(site)], folder)
        server = server_of(site)
        home = f"http://127.0.0.1:{server.server_port}/"
        browser = launch(started)
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
                page.wait_for_function("window.laid")
                metrics = {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}
                found.setdefault(f"{what}, CPU", []).append(1000 * metrics["TaskDuration"])
                found.setdefault(what, []).append(page.evaluate(ready))
                found.setdefault(f"{what}, laid out", []).append(page.evaluate("laid"))
                if what == "ours":
                    found.setdefault("filter", []).append(probe(page, "filter"))
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
