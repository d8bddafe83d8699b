"""The page in headless Chromium: quiet, readable, inert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import ARROWS, CONTRAST, INKS, LABELS, READY, SCALE, Open, overlapping

from ketamech.loaders import load_default
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import page
from ketamech.viz.view import Setting

pytestmark = pytest.mark.browser


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
    title = "From ketamine to antidepressant-like behaviour"
    path.write_text(page(answers, title=title, setting=Setting(graph)), encoding="utf-8")
    return path


def test_no_request_and_no_word_on_the_console(visit: Open, real_page: Path) -> None:
    """The page asks the network for nothing but itself and says nothing on the console (`visit` holds it so)."""
    assert visit(real_page).evaluate("() => window.ketamech.nodes.length") > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_text_is_large_and_dark_enough(visit: Open, real_page: Path, scheme: str, width: int) -> None:
    """Every text has 11 px and a contrast of 4.5, in both colour schemes, wide and narrow, filters open and in use."""
    tab = visit(real_page, color_scheme=scheme, viewport={"width": width, "height": 844})
    assert tab.evaluate(CONTRAST) == []
    tab.locator("#filters > summary").click()
    tab.locator("#facets input[name=stance]").first.check()
    tab.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert tab.evaluate(CONTRAST) == []
    assert tab.evaluate(INKS) >= 4.5


@pytest.mark.parametrize("width", [1280, 390])
def test_the_drawing_is_readable(visit: Open, real_page: Path, width: int) -> None:
    """No labels overlap, path steps run left to right, and everything is drawn with 11 px or more, path by path."""
    tab = visit(real_page, viewport={"width": width, "height": 844})
    for answer in (0, 1):
        tab.locator(".tab").nth(answer).click()
        assert overlapping(tab.evaluate(LABELS)) == []
        arrows = tab.evaluate(ARROWS)
        assert sum(arrows) / len(arrows) >= 0.95
        assert 14 * tab.evaluate(SCALE) >= 11
        for path in tab.locator(".path:visible").all():
            path.click()
            assert overlapping(tab.evaluate(LABELS)) == []
            assert all(tab.evaluate(ARROWS))
            assert 14 * tab.evaluate(SCALE) >= 11


def test_every_arrow_shows_its_counts(visit: Open, real_page: Path) -> None:
    """Each step of a path carries for, against and null on the arrow; among all paths no dispute goes without."""
    tab = visit(real_page)
    every = "() => window.ketamech.scene().arrows.filter((a) => a.disputed).map((a) => a.id).sort()"
    shown = "() => window.ketamech.scene().badges.filter((b) => b.disputed).map((b) => b.id).sort()"
    assert tab.evaluate(shown) == tab.evaluate(every) != []
    tab.locator(".path:visible").first.click()
    said = tab.evaluate("() => window.ketamech.scene().badges.map((b) => [b.id, b.lines.join(' ')]).sort()")
    told = tab.evaluate(
        """() => window.ketamech.scene().arrows.map(({ id }) => {
        const e = window.ketamech.data.edges.find((e) => e.id === id);
        return [id, [`✓${e.supporting}`, e.refuting && `✗${e.refuting}`, e.noEffect && `∅${e.noEffect}`]
          .filter(Boolean).join(" ")]; }).sort()"""
    )
    assert said == told


def test_a_step_opens_its_evidence(visit: Open, real_page: Path) -> None:
    """A path, then the arrow key: the panel holds the first step with linked papers, and the address keeps it."""
    tab = visit(real_page)
    tab.locator(".path:visible").first.click()
    tab.keyboard.press("ArrowRight")
    assert "NMDA receptor" in tab.locator("#panel h3").inner_text()
    assert tab.locator("#panel a[href^='https://doi.org/']").count() > 0
    address = tab.evaluate("() => location.hash")
    assert address.startswith("#answer=0&path=0&step=")
    tab.reload()
    tab.wait_for_function(READY)
    assert "NMDA receptor" in tab.locator("#panel h3").inner_text()


def test_search_finds_by_synonym(visit: Open, real_page: Path) -> None:
    """`/` leads to the search box, and a synonym finds its box."""
    tab = visit(real_page)
    tab.keyboard.press("/")
    tab.keyboard.type("NMDAR")
    assert tab.locator("#panel h3").inner_text() == "NMDA receptor"


def test_it_reads_without_scripts(chromium: Any, real_page: Path) -> None:
    """With scripts off, paths, steps, evidence and references still stand in the page."""
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(real_page.as_uri())
    assert tab.locator(".path:visible").count() >= 6
    assert tab.locator(".edge:visible .item").count() > 10
    assert tab.locator(".references li:visible").count() > 5
    assert tab.locator(".tools:visible, .filterbar:visible").count() == 0, "nothing that cannot work is shown"
    context.close()
