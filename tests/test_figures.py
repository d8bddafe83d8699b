"""Figures: boxes apart, arrows to the right, hours in order, text that stays text, the same bytes each time."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from builders import claim, entity, graph
from hostile import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st
from sites import hostile_graph, small_graph

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.relief import RELIEF
from ketamech.queries import PathQuery, find_paths, gaps, show, show_hypothesis, timeline
from ketamech.queries.account import account_paths
from ketamech.viz.figure_model import Figure, hypothesis_figure, neighbours_figure, paths_figure, strongest
from ketamech.viz.ladder_figure import ladder_svg
from ketamech.viz.lane_figure import lane_svg
from ketamech.viz.svg import drawing, lines_of, picture_width, tag, width_of
from ketamech.viz.text_figures import dot, mermaid
from ketamech.viz.time_figure import time_svg

SVG = "{http://www.w3.org/2000/svg}"
DRUG = "CHEBI:1"


def figures(g: MechanismGraph) -> dict[str, str]:
    """Draw one figure of each kind."""
    return {
        "paths": lane_svg(paths_figure(find_paths(g, PathQuery(DRUG, RELIEF))), note="a note"),
        "account": lane_svg(hypothesis_figure(show_hypothesis(g, "second"), g.entities)),
        "neighbours": lane_svg(neighbours_figure(show(g, "HGNC:1"), g.entities), href=lambda id: f"{len(id)}.html"),
        "hours": time_svg(timeline(g, DRUG), note="a note"),
        "ladder": ladder_svg(gaps(g, PathQuery(DRUG, RELIEF)), note="a note"),
    }


def rects(svg: str, css: str) -> list[tuple[float, float, float, float]]:
    """Read left, top, right and bottom of the rectangles of a class."""
    found = [e.attrib for e in ET.fromstring(svg).iter(f"{SVG}rect") if css in e.attrib.get("class", "").split()]  # noqa: S314
    boxes = [(float(a["x"]), float(a["y"]), float(a["width"]), float(a["height"])) for a in found]
    return [(x, y, x + w, y + h) for x, y, w, h in boxes]


def apart(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Tell whether two rectangles share no place."""
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def wide_figure() -> Figure:
    """Draw a graph with many crossing steps, a cycle, steps that jump, and long names."""
    g = graph(
        entity("a", "drug"),
        entity("a very long name of a thing that fills more than one line", id="b"),
        *(claim("a", "inhibits", x, source=f"p-a{x}") for x in "bcdef"),
        *(claim(x, "activates", y, source=f"p-{x}{y}") for x in "bcd" for y in "efg"),
        claim("g", "increases", "b", source="cycle"),
        claim("c", "inhibits", "d", source="p-cd"),
        claim("a", "inhibits", "c", source="p-none", stance="no_effect", id="p-none.1"),
        claim("g", "increases", "relief", source="p-g"),
    )
    return paths_figure(find_paths(g, PathQuery("a", "relief", k=20, variants=True)))


def test_boxes_and_marks_lie_apart() -> None:
    """No box covers another, and no mark lies on a box or on another mark."""
    svg = lane_svg(wide_figure())
    boxes, marks = rects(svg, "box"), rects(svg, "mark")
    assert len(boxes) >= 6
    assert len(marks) >= 1
    assert [(a, b) for a, b in combinations([*boxes, *marks], 2) if not apart(a, b)] == []


def test_everything_lies_within_the_picture() -> None:
    """Boxes, lanes and marks do not stick out of the picture."""
    for name, svg in {**figures(small_graph()), "wide": lane_svg(wide_figure())}.items():
        frame = ET.fromstring(svg).attrib  # noqa: S314
        width, height = float(frame["width"]), float(frame["height"])
        for left, top, right, bottom in [*rects(svg, "box"), *rects(svg, "lane"), *rects(svg, "mark")]:
            assert 0 <= left < right <= width, name
            assert 0 <= top < bottom <= height, name


def test_arrows_run_to_the_right() -> None:
    """Every arrow of a graph without cycles starts left of where it ends."""
    figure = paths_figure(find_paths(small_graph(), PathQuery(DRUG, RELIEF)))
    shafts = [e.attrib["d"] for e in ET.fromstring(lane_svg(figure)).iter(f"{SVG}path") if "arrow" in e.attrib["class"]]  # noqa: S314
    for d in shafts:
        numbers = [float(n) for n in re.findall(r"-?[0-9.]+", d)]
        assert numbers[0] < numbers[-2]


def test_a_neighbour_on_both_sides_stands_twice() -> None:
    """What acts on a thing and is acted upon by it has a box on either side, so that no arrow runs back."""
    g = graph(claim("a", "activates", "b"), claim("b", "inhibits", "a", source="p2"))
    figure = neighbours_figure(show(g, "a"), g.entities)
    assert sorted(b.key for b in figure.boxes) == ["a", "in b", "out b"]
    assert {(a.source, a.target) for a in figure.arrows} == {("in b", "a"), ("a", "out b")}


def test_steps_come_before_what_is_seen_end_to_end() -> None:
    """Among neighbours, steps of paths are shown first, and one edge for each neighbour."""
    g = graph(
        claim("drug", "increases", "relief", source="p1", directness="overall"),
        claim("drug", "increases", "relief", source="p2", directness="overall"),
        claim("drug", "inhibits", "a", source="p3", read="title"),
        claim("drug", "binds", "a", source="p4"),
    )
    assert [e.object for e in strongest(g.out_edges("drug"), 9)] == ["a", "relief"]
    assert [e.object for e in strongest(g.out_edges("drug"), 1)] == ["a"]


def test_an_account_becomes_routes() -> None:
    """A hypothesis is walked from its first things to its last; an assumed step has no evidence and is told."""
    answer = account_paths(small_graph(), "second")
    assert [[n.id for n in p.nodes] for p in answer.paths] == [[DRUG, "GO:1", RELIEF]]
    assert [(s.count("supports"), s.strength > 0) for s in answer.paths[0].steps] == [(0, False), (1, True)]
    assert answer.paths[0].remarks == ("assumed, nobody has tested it: drug increases release",)
    assert [r.paper.key for r in answer.references] == ["p3"]


def test_signs_are_told_by_more_than_colour() -> None:
    """Raising, lowering and unsigned arrows differ in dashes and heads."""
    g = graph(
        claim("a", "activates", "b"),
        claim("b", "inhibits", "c", source="p2"),
        claim("c", "modulates", "d", source="p3"),
    )
    svg = lane_svg(paths_figure(find_paths(g, PathQuery("a", "d"))))
    arrows = {e.attrib["class"]: e.attrib.get("stroke-dasharray") for e in ET.fromstring(svg).iter(f"{SVG}path")}  # noqa: S314
    assert len({arrows[f"arrow {sign}"] for sign in ("plus", "minus", "open")}) == 3
    assert ('class="head plus"' in svg, 'class="bar minus"' in svg, 'class="head open"' in svg) == (True, True, True)
    assert all(words in svg for words in ("raises or activates", "lowers or inhibits", "direction not given"))


def test_hours_run_to_the_right_and_nulls_are_crosses() -> None:
    """Later sightings lie further right on the axis; what was looked for and not seen is a cross."""
    g = graph(
        entity("drug", "drug"),
        *(claim("drug", "increases", "a", source=f"p{i}", species="mouse", time=t)
          for i, t in enumerate(["5 min", "1 h", "24 h", "2 wk"])),
        claim("drug", "increases", "a", source="n", species="mouse", time="3 h", stance="no_effect"),
    )  # fmt: skip
    svg = time_svg(timeline(g, "drug"))
    seen = [x for x, _, _, _ in rects(svg, "head")][:4]
    assert all(a < b for a, b in pairwise(seen))
    root = ET.fromstring(svg)  # noqa: S314
    titles = [e.text for e in root.iter(f"{SVG}title")]
    assert "not seen at 3 h: n: drug increases a (no_effect)" in titles
    assert len([e for e in root.iter(f"{SVG}path") if e.attrib.get("class") == "cross"]) == 2  # one in the legend


def test_hour_zero_stands_at_the_left_end() -> None:
    """An hour of 0 has no logarithm and is drawn at the start of the axis."""
    g = graph(entity("drug", "drug"), claim("drug", "increases", "a", species="mouse", time="0-2 h"))
    (bar, *_) = rects(time_svg(timeline(g, "drug")), "mark")
    assert bar[2] - bar[0] > 100


def test_a_range_of_hours_is_an_outline_with_a_solid_end() -> None:
    """A sighting within hours is not drawn as seen all along: only the later hour is solid."""
    g = graph(entity("drug", "drug"), claim("drug", "increases", "a", species="mouse", time="0-72 h"))
    svg = time_svg(timeline(g, "drug"))
    (outline, *_), (end, *_) = rects(svg, "mark"), rects(svg, "head")
    assert end[2] - end[0] == 9
    assert end[2] == pytest.approx(outline[2], abs=0.11)
    assert "by its solid end at the latest" in svg


def test_the_ladder_ends_on_the_highest_rung() -> None:
    """A step seen in people reaches further right than one seen in rodents, and is filled."""
    g = graph(claim("a", "activates", "b", species="mouse"), claim("b", "activates", "c", source="p2", species="human"))
    svg = ladder_svg(gaps(g, PathQuery("a", "c")))
    rungs = [e.attrib for e in ET.fromstring(svg).iter(f"{SVG}circle")]  # noqa: S314
    assert [r["class"] for r in rungs] == ["rung animal", "rung human"]
    assert float(rungs[0]["cx"]) < float(rungs[1]["cx"])
    assert rungs[0]["fill"] != rungs[1]["fill"]


@pytest.mark.parametrize("empty", [Figure("t", "a", (), (), ())])
def test_an_empty_figure_is_refused(empty: Figure) -> None:
    """A figure of nothing raises."""
    with pytest.raises(ValueError, match="at least one box"):
        lane_svg(empty)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_stay_text(payload: str) -> None:
    """A payload in every field leaves each figure well-formed, of known elements, without scripts or handlers."""
    for name, svg in figures(hostile_graph(payload)).items():
        root = ET.fromstring(svg)  # noqa: S314
        tags = {e.tag.removeprefix(SVG) for e in root.iter()}
        assert tags <= {"svg", "title", "desc", "rect", "path", "circle", "text", "tspan", "g", "a"}, name
        assert not [key for e in root.iter() for key in e.attrib if key.startswith("on")], name
        assert not re.search(r"<(?!/?(svg|title|desc|rect|path|circle|text|tspan|g|a)\b)", svg), name


@pytest.mark.parametrize(
    "payload", [*PAYLOADS, 'a" -> "b', "n0 --> n1", "a\nb", 'x"]; click n0 "javascript:hit()"', "\\N"]
)
def test_hostile_names_are_no_commands(payload: str) -> None:
    """In Mermaid and DOT, names keep within their quotes: each line has the form of a box, an arrow or a style."""
    figure = paths_figure(find_paths(hostile_graph(payload), PathQuery(DRUG, RELIEF)))
    box = r'  n\d+\["(?:\w| |#\d+;)*"\]:::[A-Za-z]+'
    arrow = r'  n\d+ (?:-->|--x|-\.-o)(?:\|"(?:\w| |#\d+;)*"\|)? n\d+'
    style = r"  classDef [A-Za-z]+ fill:#\w{6},stroke:#\w{6},color:#\w{6}"
    head, title, *rest = mermaid(figure).splitlines()
    assert head == "flowchart LR"
    assert re.fullmatch(r"  accTitle: [^;#%]*", title)
    assert [line for line in rest if not re.fullmatch(f"{box}|{arrow}|{style}", line)] == []
    text = dot(figure, payload)
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "Q", text)
    assert set(re.findall(r"[^\s\w=\[\],;>.{}-]", outside)) == set()
    assert outside.count("{") == outside.count("}") == 1


def test_the_same_graph_gives_the_same_bytes() -> None:
    """Figures are the same in each run, whatever order the records came in."""
    k = small_graph().knowledge
    from dataclasses import replace

    turned = MechanismGraph(replace(k, claims=k.claims[::-1], entities=k.entities[::-1]))
    assert figures(small_graph()) == figures(turned)


@given(st.text(max_size=60), st.floats(min_value=20, max_value=300), st.integers(min_value=1, max_value=5))
def test_lines_fit_their_width(text: str, width: float, most: int) -> None:
    """No line is wider than asked, there are not more than asked, and what fits is not cut."""
    lines = lines_of(text, 12, width, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 12) <= width + 1e-6 for line in lines)
    if not any(line.endswith("…") for line in lines) and not re.search(r"[^\w\s]", text):
        assert "".join("".join(lines).replace("-", "").split()) == "".join("".join(text.split()).split())


@given(st.text(max_size=40))
def test_any_text_becomes_xml(text: str) -> None:
    """Whatever a record holds, the picture parses."""
    svg = drawing(text, text, 10, 10, tag("text", text, class_=text))
    assert ET.fromstring(svg).tag == f"{SVG}svg"  # noqa: S314
    assert picture_width(svg) == 10.0
