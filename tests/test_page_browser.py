"""The page in headless Chromium: quiet, readable, inert."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_page_text import PAYLOADS, hostile_answer

from ketamech.loaders import load_default
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import page

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
REQUIRED = os.environ.get("KETAMECH_REQUIRE_BROWSER") == "1"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="no Chromium here: install it or set CHROMIUM"),
]

CONTRAST = """() => {
  const part = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const lum = (c) => { const [r, g, b] = c.map((v) => part(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const rgb = (t) => t.match(/[\\d.]+/g).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(e), a = lum(rgb(style.color).slice(0, 3)), b = lum(ground(e).slice(0, 3));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    if (ratio < 4.5 || size < 11) bad.push([e.tagName, e.className, ratio.toFixed(2), size]);
  }
  return bad;
}"""
BOXES = """() => { const { network, nodes } = window.ketamech;
  const boxes = nodes.get().filter((n) => n.label); /* bends of long arrows are nodes without a label */
  return boxes.map((n) => ({ id: n.id, ...network.getBoundingBox(n.id) })); }"""
ARROWS = """() => { const { network, edges } = window.ketamech;
  const at = network.getPositions(); return edges.get().map((e) => at[e.from].x < at[e.to].x); }"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start one headless Chromium."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "KETAMECH_REQUIRE_BROWSER=1 but there is no Chromium: install it or set CHROMIUM"
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def real_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the demo from the packaged knowledge."""
    graph = load_default()
    windows = {
        "by 3 h": PathQuery("ketamine", "antidepressant-like behaviour", by=3),
        "from 12 h on": PathQuery("ketamine", "antidepressant-like behaviour", after=12),
    }
    answers = [(label, find_paths(graph, query)) for label, query in windows.items()]
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(answers, title="From ketamine to antidepressant-like behaviour"), encoding="utf-8")
    return path


def opened(browser: Any, path: Path, **view: Any) -> tuple[Any, list[str], list[str]]:
    """Open a page and gather what it says on the console and asks of the network."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **view})
    tab = context.new_page()
    words: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: words.append(message.text))
    tab.on("pageerror", lambda error: words.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    tab.wait_for_timeout(600)
    return tab, words, asked


def test_no_request_and_no_word_on_the_console(browser: Any, real_page: Path) -> None:
    """The page asks the network for nothing but itself and says nothing on the console."""
    tab, words, asked = opened(browser, real_page)
    assert (asked, words) == ([real_page.as_uri()], [])
    assert tab.evaluate("() => window.ketamech.nodes.length") > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_text_is_large_and_dark_enough(browser: Any, real_page: Path, scheme: str, width: int) -> None:
    """Every text of the page has 11 px and a contrast of 4.5, in both colour schemes, wide and narrow."""
    tab, _, _ = opened(browser, real_page, color_scheme=scheme, viewport={"width": width, "height": 844})
    assert tab.evaluate(CONTRAST) == []


def test_the_drawing_is_readable(browser: Any, real_page: Path) -> None:
    """Boxes do not overlap, arrows run left to right, and labels are drawn with 11 px or more."""
    for answer in (0, 1):
        tab, _, _ = opened(browser, real_page)
        tab.locator(".tab").nth(answer).click()
        boxes = tab.evaluate(BOXES)
        over = [
            (a["id"], b["id"])
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
            if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
        ]
        assert over == []
        right = tab.evaluate(ARROWS)
        assert sum(right) / len(right) >= 0.95
        assert 15 * tab.evaluate("() => window.ketamech.network.getScale()") >= 11


def test_a_step_opens_its_evidence(browser: Any, real_page: Path) -> None:
    """A path, then the arrow key: the panel holds the first step with linked papers, and the address keeps it."""
    tab, _, _ = opened(browser, real_page)
    tab.locator(".path:visible").first.click()
    tab.keyboard.press("ArrowRight")
    assert "NMDA receptor" in tab.locator("#panel h3").inner_text()
    assert tab.locator("#panel a[href^='https://doi.org/']").count() > 0
    address = tab.evaluate("() => location.hash")
    assert address.startswith("#answer=0&path=0&step=")
    tab.reload()
    tab.wait_for_timeout(600)
    assert "NMDA receptor" in tab.locator("#panel h3").inner_text()


def test_search_finds_by_synonym(browser: Any, real_page: Path) -> None:
    """`/` leads to the search box, and a synonym finds its box."""
    tab, _, _ = opened(browser, real_page)
    tab.keyboard.press("/")
    tab.keyboard.type("NMDAR")
    assert tab.locator("#panel h3").inner_text() == "NMDA receptor"


def test_it_reads_without_scripts(browser: Any, real_page: Path) -> None:
    """With scripts off, paths, steps, evidence and references still stand in the page."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(real_page.as_uri())
    assert tab.locator(".path:visible").count() >= 6
    assert tab.locator(".edge:visible .item").count() > 10
    assert tab.locator(".references li:visible").count() > 5


def test_no_payload_runs(browser: Any, tmp_path: Path) -> None:
    """Hostile text in every field runs nothing, asks nothing, and breaks nothing."""
    for payload in PAYLOADS:
        path = tmp_path / "hostile.html"
        path.write_text(page([(payload, hostile_answer(payload))], title=payload), encoding="utf-8")
        tab, words, asked = opened(browser, path)
        tab.locator(".path:visible").first.click()
        tab.keyboard.press("ArrowRight")
        assert (words, asked, tab.evaluate("() => window.hit")) == ([], [path.as_uri()], None), payload
        tab.context.close()
