"""Answers in notebooks: a table and a figure, inert; the example runs and shows what it shows on the page."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from builders import claim, graph
from hostile import PAYLOADS
from sites import Page, hostile_graph, small_graph

from ketamech.graph.display import table
from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.relief import RELIEF
from ketamech.queries import (
    BlockadeFilter,
    PathQuery,
    blockades,
    compare_hypotheses,
    conflicts,
    explain,
    find_evidence,
    find_paths,
    gaps,
    hypotheses,
    necessary,
    search,
    show,
    show_hypothesis,
    stats,
    timeline,
)
from ketamech.queries.papers import show_paper

NOTEBOOKS = Path(__file__).parent.parent / "docs" / "notebooks"
DRAWN = ("paths", "show", "hypothesis", "timeline", "gaps")


def answers(g: MechanismGraph) -> dict[str, Any]:
    """Ask every question that can be asked of the small graph."""
    return {
        "paths": find_paths(g, PathQuery("CHEBI:1", RELIEF)),
        "show": show(g, "HGNC:1"),
        "hypothesis": show_hypothesis(g, "second"),
        "timeline": timeline(g, "CHEBI:1"),
        "gaps": gaps(g, PathQuery("CHEBI:1", RELIEF)),
        "search": search(g, "drug"),
        "evidence": find_evidence(g, "CHEBI:1", "HGNC:1"),
        "explain": explain(g, "CHEBI:1", "HGNC:1"),
        "conflicts": conflicts(g),
        "blockades": blockades(g, BlockadeFilter()),
        "necessary": necessary(g, "CHEBI:1", RELIEF),
        "hypotheses": hypotheses(g),
        "rivals": compare_hypotheses(g, "first", "second"),
        "stats": stats(g),
        "paper": show_paper(g, "p1"),
    }


def test_answers_show_their_rows_and_their_figure() -> None:
    """Each answer is a table of its rows; those that have a figure show it before."""
    for name, answer in answers(small_graph()).items():
        page = Page(answer._repr_html_())
        tags = [tag for tag, _ in page.elements]
        assert ("svg" in tags) == (name in DRAWN), name
        assert tags.count("tr") == len(answer.rows()) + bool(answer.rows()), name


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_answers_stay_text(payload: str) -> None:
    """What an answer shows holds no element of a record, no script, no handler, no link."""
    known = {"svg", "title", "desc", "rect", "path", "circle", "text", "tspan", "g"}
    known |= {"table", "thead", "tbody", "tr", "th", "td", "p"}
    for name, answer in answers(hostile_graph(payload)).items():
        page = Page(answer._repr_html_())
        assert {tag for tag, _ in page.elements} <= known, name
        assert not [a for _, attrs in page.elements for a in attrs if a.startswith(("on", "href", "style"))], name


def test_an_empty_answer_says_so() -> None:
    """No rows, no table."""
    assert search(graph(claim("a", "activates", "b")), "unheard-of")._repr_html_() == "<p>Nothing found.</p>"


def test_long_tables_are_cut_and_say_so() -> None:
    """A table stops at its limit and tells how many rows are left."""
    made = table([{"n": i} for i in range(7)], most=5)
    assert made.count("<tr>") == 6
    assert made.endswith("<p>2 more rows: see rows().</p>")


def test_in_a_line_of_text_an_answer_is_short() -> None:
    """As text, an answer is one line, not the whole of its records."""
    answer = find_paths(small_graph(), PathQuery("CHEBI:1", RELIEF))
    assert repr(answer) == f"<PathsAnswer: {len(answer.rows())} rows>"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Load the script that executes notebooks."""
    spec = importlib.util.spec_from_file_location("notebook_maker", NOTEBOOKS / "make.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.name)
def test_the_example_runs(path: Path, maker: ModuleType) -> None:
    """Every cell of the notebook runs and shows outputs of the kinds that stand in the file, in the same order."""
    stored = json.loads(path.read_text(encoding="utf-8"))

    def kinds(notebook: dict[str, Any]) -> list[list[object]]:
        return [
            [sorted(o["data"]) if "data" in o else o["output_type"] for o in cell["outputs"]]
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        ]

    assert kinds(maker.executed(stored)) == kinds(stored)
    assert ["text/html", "text/plain"] in [k for cell in kinds(stored) for k in cell]
    assert len({cell["id"] for cell in stored["cells"]}) == len(stored["cells"])
