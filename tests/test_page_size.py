"""Large pages: full evidence of sixty nodes in a megabyte, a thousand nodes still of use, and what is told beyond."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from browsing import BOXES, Open, drawn, overlapping, slide
from builders import claim, graph

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import page
from ketamech.viz.around import NEIGHBOURS
from ketamech.viz.html_page import CAP
from ketamech.viz.view import Setting, view_of

SUMMARY = "In own words: what was given to whom, when it was looked at and by which means, and what had changed. " * 2


def layered(wide: int, deep: int, findings: int) -> MechanismGraph:
    """Build signed chains side by side, with unsigned arrows across, and several findings on every arrow."""
    made: list[Claim] = []

    def arrow(a: str, predicate: str, b: str) -> None:
        for k in range(findings):
            source = f"p{len(made)}-{k}"
            found = claim(a, predicate, b, source=source, species="mouse", region="cortex region", time="24 h")
            made.append(replace(found, summary=SUMMARY))

    for i in range(wide):
        chain = ["drug", *(f"n{layer}x{i}" for layer in range(deep)), "relief"]
        for a, b in pairwise(chain):
            arrow(a, "increases", b)
        for layer in range(deep - 1):
            arrow(f"n{layer}x{i}", "modulates", f"n{layer + 1}x{(i + 1) % wide}")
    return graph(*made)


def straight(wide: int) -> PathQuery:
    """Ask for the signed chains."""
    return PathQuery("drug", "relief", k=wide, sign=1)


def test_sixty_nodes_with_full_evidence_stay_under_a_megabyte() -> None:
    """Sixty nodes, some hundred and twenty arrows and some 330 findings, each with its words, make a mailable page."""
    made = layered(wide=10, deep=6, findings=3)
    answer = find_paths(made, straight(10))
    setting = Setting(made, 1)
    view = view_of([("", answer)], setting)
    found = sum(len(e.evidence) for e in view.edges.values())
    assert (len(view.nodes), len(view.edges) >= 110, found >= 330) == (62, True, True)
    assert len(page([("", answer)], title="t", setting=setting).encode()) < 1_000_000


def test_the_same_question_gives_the_same_bytes() -> None:
    """With hypotheses, neighbours and hours too, the page is made of its input alone."""
    made = layered(wide=3, deep=3, findings=2)
    answer = find_paths(made, straight(3))
    first, second = (page([("", answer)], title="t", setting=Setting(made, 1)) for _ in range(2))
    assert first == second


def test_neighbours_are_the_strongest_up_to_a_limit() -> None:
    """Of too many neighbours the strongest are taken, and the page says how many there were."""
    many = [claim("x", "activates", f"y{i:03}", source=f"w{i}") for i in range(NEIGHBOURS + 5)]
    strong = [claim("x", "activates", "z", source=f"s{i}", species="mouse") for i in range(4)]
    made = graph(
        claim("drug", "inhibits", "x", source="a"), claim("x", "decreases", "relief", source="b"), *many, *strong
    )
    answer = find_paths(made, PathQuery("drug", "relief"))
    shown = view_of([("", answer)], Setting(made, 1)).answers[0]
    assert shown.neighbours == (NEIGHBOURS, NEIGHBOURS + 6)
    assert {"z", "y000"} <= {e.target for e in shown.near}
    html = page([("", answer)], title="t", setting=Setting(made, 1))
    assert f"{NEIGHBOURS} of {NEIGHBOURS + 6} neighbouring boxes can be drawn, those of the strongest arrows" in html


def test_beyond_the_cap_the_page_says_how_to_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths that find no room are counted, with the options that make the question narrower."""
    monkeypatch.setattr("ketamech.viz.html_page.CAP", 5)
    made = graph(
        *(claim("drug", "activates", f"x{i}", source=f"a{i}") for i in range(6)),
        *(claim(f"x{i}", "increases", "relief", source=f"b{i}") for i in range(6)),
    )
    html = page([("", find_paths(made, PathQuery("drug", "relief", k=6)))], title="t")
    assert "3 more paths were left out: a page holds at most 5 boxes. Narrow the question with --species" in html


@pytest.mark.browser
def test_a_thousand_nodes_can_be_used(visit: Open, tmp_path: Path) -> None:
    """Near the cap boxes still stand apart, and choosing a path, filtering, searching and saving work."""
    made = layered(wide=124, deep=8, findings=1)
    path = tmp_path / "large.html"
    answer = find_paths(made, straight(124))
    path.write_text(page([("", answer)], title="large", setting=Setting(made, 1)), encoding="utf-8")
    tab = visit(path)
    tab.locator("#only").uncheck()
    every = drawn(tab)
    assert CAP * 9 // 10 < len(every) <= CAP
    assert overlapping(tab.evaluate(BOXES)) == []
    tab.locator("#only").check()
    tab.locator(".path").nth(7).click()
    assert len(drawn(tab)) == 10
    tab.locator("#all").click()
    slide(tab, "to", 3)
    assert drawn(tab) == {"drug", "relief"}
    tab.locator("#reset").evaluate("(b) => b.click()")
    tab.locator("#find").fill("n3x77")
    assert tab.locator("#panel h3").inner_text() == "n3x77"
    assert tab.evaluate("() => window.ketamech.picture().text.length") > 100_000
