"""The textbook page in headless Chromium: quiet, readable, usable by mouse, keyboard, phone and printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import ARROWS, BOXES, CONTRAST, LABELS, READY, SCALE, Open, overlapping
from builders import claim, graph
from test_viz_page import textbook

from ketamech.loaders import load_default
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import page

pytestmark = pytest.mark.browser
FIRST_STEP = "ketamine inhibits NMDA receptor"

ON_CANVAS = """([from, shift]) => { const { network } = window.ketamech;
  const at = network.getPositions([from])[from], to = network.canvasToDOM({ x: at.x + shift, y: at.y });
  const box = document.getElementById("canvas").getBoundingClientRect();
  return [box.left + to.x, box.top + to.y]; }"""

ON_BADGE = """() => { const { network, badges } = window.ketamech;
  const to = network.canvasToDOM(badges[0]), box = document.getElementById("canvas").getBoundingClientRect();
  return [box.left + to.x, box.top + to.y]; }"""


@pytest.fixture(scope="module")
def textbook_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of two answers of the textbook graph."""
    path = tmp_path_factory.mktemp("textbook") / "page.html"
    answers = [("by 3 h", textbook()), ("from 12 h on", textbook(k=1))]
    path.write_text(page(answers, title="From ketamine to antidepressant-like behaviour"), encoding="utf-8")
    return path


def test_the_drawing_is_readable(visit: Open, textbook_page: Path) -> None:
    """Boxes stand apart, at least 95 % of the arrows run left to right, names and heads are set at 11 px or more."""
    tab = visit(textbook_page)
    for answer in (0, 1):
        tab.locator(".tab").nth(answer).click()
        assert overlapping(tab.evaluate(BOXES)) == []
        arrows = tab.evaluate(ARROWS)
        assert sum(arrows) / len(arrows) >= 0.95
        sizes = tab.evaluate("() => window.ketamech.nodes.get().map((n) => n.font.size)")
        assert min(sizes) * tab.evaluate(SCALE) >= 11


def test_the_real_answer_is_readable(visit: Open, tmp_path: Path) -> None:
    """The packaged knowledge, asked for the antidepressant-like effect, gives a drawing that keeps the same rules."""
    answer = find_paths(load_default(), PathQuery("ketamine", "antidepressant-like behaviour", k=8))
    path = tmp_path / "real.html"
    path.write_text(page([("", answer)], title="From ketamine to antidepressant-like behaviour"), encoding="utf-8")
    tab = visit(path)
    assert overlapping(tab.evaluate(BOXES)) == []
    assert overlapping(tab.evaluate(LABELS)) == []
    arrows = tab.evaluate(ARROWS)
    assert sum(arrows) / len(arrows) >= 0.95


def test_a_long_mechanism_scrolls_inside_its_frame(visit: Open, textbook_page: Path) -> None:
    """A drawing wider than the window keeps its size and scrolls; the page itself never scrolls sideways."""
    for width in (1280, 390):
        tab = visit(textbook_page, viewport={"width": width, "height": 844})
        inner, outer = tab.evaluate(
            "() => { const s = document.getElementById('stage'); return [s.scrollWidth, s.clientWidth]; }"
        )
        assert inner > outer
        assert tab.locator("#more").is_visible()
        assert tab.evaluate("() => document.documentElement.scrollWidth") == width


def test_nine_columns_fit_a_common_window(visit: Open, tmp_path: Path) -> None:
    """At 1280 px nine columns come closer so that the outcome is seen at once; where they cannot, they keep apart."""
    chain = [claim(f"n{i}", "activates", f"n{i + 1}", source=f"p{i}") for i in range(8)]
    path = tmp_path / "nine.html"
    path.write_text(page([("", find_paths(graph(*chain), PathQuery("n0", "n8")))], title="nine"), encoding="utf-8")
    column = "() => window.ketamech.scene().column"
    tab = visit(path)
    near = tab.evaluate(column)
    assert not tab.locator("#more").is_visible()
    assert overlapping(tab.evaluate(LABELS)) == []
    assert 14 * tab.evaluate(SCALE) >= 11
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_function(f"() => ({column})() > {near}")
    assert tab.locator("#more").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_of_open_panels_are_readable(visit: Open, textbook_page: Path, scheme: str) -> None:
    """With a path chosen, its step open and everything unfolded, each text has 11 px and a contrast of 4.5."""
    tab = visit(textbook_page, color_scheme=scheme)
    tab.locator(".path:visible").first.click()
    tab.keyboard.press("ArrowRight")
    tab.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert tab.evaluate(CONTRAST) == []


def test_a_click_on_an_arrow_shows_its_evidence(visit: Open, textbook_page: Path) -> None:
    """The panel shows every finding on the arrow, for and against, with linked papers; the arrow shows the counts."""
    tab = visit(textbook_page)
    tab.mouse.click(*tab.evaluate(ON_BADGE))
    panel = tab.locator("#panel")
    assert panel.locator("h3").inner_text() == FIRST_STEP
    assert panel.locator(".stance").all_inner_texts() == ["refutes", "no effect", "supports"]
    assert panel.locator("a[href='https://doi.org/10.1000/doubt.1']").count() == 1
    assert panel.locator("a[href='https://pubmed.ncbi.nlm.nih.gov/12345678/']").count() == 1
    assert panel.locator(".retracted").count() == 1
    assert tab.locator("#say").inner_text() == f"{FIRST_STEP}: 1 for, 1 against, 1 no effect"
    assert ["✓1", "✗1 ∅1"] in tab.evaluate("() => window.ketamech.badges.map((b) => b.lines)")


def test_a_click_on_a_box_shows_what_it_joins(visit: Open, textbook_page: Path) -> None:
    """The panel names the box and lists what acts on it and what it acts on; each leads to its evidence."""
    tab = visit(textbook_page)
    tab.mouse.click(*tab.evaluate(ON_CANVAS, ["NMDA receptor", 0]))
    assert tab.locator("#panel h3").inner_text() == "NMDA receptor"
    steps = tab.locator("#panel .goto")
    assert steps.first.inner_text() == f"{FIRST_STEP} (1 for, 1 against, 1 no effect)"
    assert steps.count() == 4
    steps.first.click()
    assert tab.locator("#panel h3").inner_text() == FIRST_STEP


def test_every_step_in_words_and_table_opens_its_evidence(visit: Open, textbook_page: Path) -> None:
    """Steps of the sentence and of the table lead to the panel."""
    tab = visit(textbook_page)
    for part in (".words .step", "#table .step"):
        tab.keyboard.press("Escape")
        tab.locator(".path:visible").first.click()
        tab.locator(part).locator("visible=true").first.click()
        assert tab.locator("#panel h3").inner_text() == FIRST_STEP


def test_only_these_nodes(visit: Open, textbook_page: Path) -> None:
    """A chosen path stands alone in one row, unless the switch keeps it marked among all; the address keeps both."""
    tab = visit(textbook_page)
    every = tab.evaluate("() => window.ketamech.nodes.getIds().length")
    tab.locator(".path:visible").first.click()
    wanted = tab.evaluate("() => window.ketamech.data.answers[0].paths[0].nodes")
    assert tab.evaluate("() => window.ketamech.nodes.getIds()") == wanted
    assert len({box["top"] + box["bottom"] for box in tab.evaluate(BOXES)}) == 1
    assert all(tab.evaluate(ARROWS))
    tab.locator("#only").uncheck()
    assert tab.evaluate("() => window.ketamech.nodes.getIds().length") == every
    tab.reload()
    tab.wait_for_function(READY)
    assert not tab.locator("#only").is_checked()
    assert tab.evaluate("() => window.ketamech.nodes.getIds().length") == every
    assert tab.locator(".path[aria-pressed=true]").count() == 1


def test_the_keyboard_reaches_every_box(visit: Open, textbook_page: Path) -> None:
    """The list under the drawing is one stop of Tab; arrows move through it, Enter opens, Escape clears."""
    tab = visit(textbook_page)
    chips = tab.locator(".chip")
    assert chips.evaluate_all("(all) => all.filter((c) => c.tabIndex === 0).length") == 1
    chips.first.focus()
    seen = []
    for _ in range(chips.count()):
        seen.append(tab.evaluate("() => document.activeElement.dataset.node"))
        tab.keyboard.press("ArrowRight")
    assert set(seen) == set(tab.evaluate("() => window.ketamech.nodes.getIds()"))
    assert tab.evaluate("() => window.ketamech.network.getSelectedNodes()") == [seen[-1]]
    tab.keyboard.press("Home")
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h3").inner_text() == "ketamine"
    tab.keyboard.press("Escape")
    assert tab.locator("#panel h3").count() == 0


def test_nothing_found_is_said(visit: Open, textbook_page: Path) -> None:
    """A name that is not on the page is answered with words, also for screen readers."""
    tab = visit(textbook_page)
    tab.keyboard.press("/")
    tab.keyboard.type("zzz")
    assert "Nothing here answers to “zzz”" in tab.locator("#panel").inner_text()
    assert tab.locator("#say").inner_text() == "nothing found"


def test_on_a_phone_the_list_comes_first(visit: Open, textbook_page: Path) -> None:
    """At 390 px the paths stand above the drawing, and the drawing above the evidence."""
    tab = visit(textbook_page, viewport={"width": 390, "height": 844})
    tops = [tab.locator(part).bounding_box()["y"] for part in ("#lists", "#drawing", "#panel")]
    assert tops == sorted(tops)


def test_the_print_holds_everything_but_the_drawing(visit: Open, textbook_page: Path) -> None:
    """On paper both answers, all evidence and the references stand; buttons and drawing do not."""
    tab = visit(textbook_page)
    tab.emulate_media(media="print")
    assert tab.locator(".answer:visible").count() == 2
    assert tab.locator(".edge .item:visible").count() == tab.locator(".edge .item").count() > 20
    assert tab.locator(".words .step:visible").count() == tab.locator(".words .step").count() > 0
    assert [tab.locator(part).is_visible() for part in ("#drawing", "#panel", ".tools")] == [False, False, False]


def test_wheel_and_drag_leave_the_drawing_in_place(visit: Open, textbook_page: Path) -> None:
    """The wheel scrolls the page instead of zooming the drawing; the buttons zoom, never below readable size."""
    tab = visit(textbook_page)
    scale = "() => window.ketamech.network.getScale()"
    before = tab.evaluate(scale)
    tab.mouse.move(*tab.evaluate(ON_CANVAS, ["NMDA receptor", 0]))
    tab.mouse.wheel(0, 120)
    assert tab.evaluate(scale) == before
    tab.locator("#larger").click()
    assert tab.evaluate(scale) > before
    for _ in range(4):
        tab.locator("#smaller").click()
    assert 14 * tab.evaluate(scale) >= 11
