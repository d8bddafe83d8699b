"""Print how soon pages can be used, beside an empty page of the same drawing library in the same browser.

Run `python benchmarks/page.py [runs]`. Times belong to the machine; only those of one run compare. It needs
Chromium (or CHROMIUM) and `playwright`.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

EMPTY = """<!doctype html><meta charset="utf-8"><title>empty</title><div id="c" style="height: 400px"></div>
<script>{library}</script><script>
new vis.Network(document.getElementById("c"), {{ nodes: [], edges: [] }}, {{ physics: false }});
window.ketamech = {{}};</script>"""
# From the start of the navigation until the page answers, in milliseconds; then one path and one move of the slider.
READY = """() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd"""
USE = """() => { const clock = performance.now.bind(performance), start = clock();
  document.querySelector(".path").click(); const path = clock() - start;
  document.querySelector("#all").click(); const middle = clock(), slider = document.getElementById("to");
  slider.value = 5; slider.dispatchEvent(new Event("input")); return [path, clock() - middle]; }"""


def pages() -> dict[str, str]:
    """Write the pages to be timed."""
    from test_page_size import layered, straight

    from ketamech.loaders import load_default
    from ketamech.queries import PathQuery, find_paths
    from ketamech.viz import page
    from ketamech.viz.library import vis_network_script
    from ketamech.viz.view import Setting

    made = {"an empty page of vis-network": EMPTY.format(library=vis_network_script())}
    packaged = load_default()
    answer = find_paths(packaged, PathQuery("ketamine", "antidepressant-like behaviour", k=20))
    made["20 paths of the packaged knowledge"] = page([("", answer)], title="t", setting=Setting(packaged))
    for nodes, wide, deep, findings in ((62, 10, 6, 3), (994, 124, 8, 1)):
        graph = layered(wide, deep, findings)
        found = find_paths(graph, straight(wide))
        made[f"{nodes} nodes, {findings} findings on each arrow"] = page(
            [("", found)], title="t", setting=Setting(graph, 1)
        )
    return made


def timed(browser: Any, path: Path) -> list[float]:
    """Open a page once; give the times until it is ready, of choosing a path and of moving the slider."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(path.as_uri())
    tab.wait_for_function("() => window.ketamech")
    found = [tab.evaluate(READY), *(tab.evaluate(USE) if tab.locator(".path").count() else [0, 0])]
    tab.close()
    return found


def main() -> None:
    """Open every page in turn, so that a slow moment of the machine hits all alike; print the best of all runs."""
    from browsing import QUIET
    from playwright.sync_api import sync_playwright

    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    texts = pages()
    best = {name: [float("inf")] * 3 for name in texts}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=QUIET)
        for _ in range(runs):
            for number, (name, text) in enumerate(texts.items()):
                path = Path(folder) / f"{number}.html"
                path.write_text(text, encoding="utf-8")
                best[name] = [min(pair) for pair in zip(best[name], timed(browser, path), strict=True)]
        browser.close()
    print(f"best of {runs} runs in ms: until it can be used, to choose a path, to move the hours; size")
    for name, (ready, path_time, slide) in best.items():
        print(f"{ready:7.0f} {path_time:7.0f} {slide:7.0f}  {len(texts[name].encode()) / 1e6:5.2f} MB  {name}")


if __name__ == "__main__":
    main()
