"""The page without a browser: self-contained, inert, reproducible."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hostile import PAYLOADS, SMALL, hostile_answer, hostile_graph

from ketamech.graph.path_answers import PathsAnswer
from ketamech.loaders import load
from ketamech.queries import PathQuery, find_paths
from ketamech.viz import html_page, network, page
from ketamech.viz.facets import NodeTime
from ketamech.viz.html_page import script_text
from ketamech.viz.lanes import COLUMN, ROW, lay_out
from ketamech.viz.view import Setting


def small_answer() -> PathsAnswer:
    """Ask the small knowledge for its one route."""
    return find_paths(load([SMALL]), PathQuery("ketamine", "antidepressant-like behaviour"))


class Elements(HTMLParser):
    """Collect elements with their attributes, and the text of scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        self._inside = tag == "script"

    def handle_data(self, data: str) -> None:
        """Note the text of a script."""
        if self._inside:
            self.scripts.append(data)
            self._inside = False


def parsed(html: str) -> Elements:
    """Parse a page."""
    made = Elements()
    made.feed(html)
    made.close()
    return made


def test_the_page_is_self_contained() -> None:
    """Nothing but evidence links leads outside, and every link leads to a DOI or PubMed."""
    elements = parsed(page([("", small_answer())], title="t"))
    outside = [
        value
        for tag, attrs in elements.found
        for name, value in attrs.items()
        if name in ("src", "href", "srcset", "action", "data") and value and not value.startswith("#")
    ]
    assert outside
    assert [v for v in outside if not v.startswith(("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"))] == []
    links = [attrs for tag, attrs in elements.found if tag == "a" and (attrs.get("href") or "").startswith("http")]
    assert {attrs["rel"] for attrs in links} == {"noreferrer noopener"}


def test_only_the_two_named_scripts_may_run() -> None:
    """The policy names the hashes of exactly the scripts that stand in the page."""
    elements = parsed(page([("", small_answer())], title="t"))
    policy = next(a["content"] or "" for t, a in elements.found if a.get("http-equiv") == "Content-Security-Policy")
    bodies = elements.scripts[1:]
    hashes = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies]
    assert policy.startswith("default-src 'none'; ")
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert "unsafe-eval" not in policy
    assert "innerHTML" not in bodies[1]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(payload: str) -> None:
    """Whatever stands in a field adds no element, no attribute and no link to the page."""

    def shaped(word: str) -> Elements:
        setting = Setting(hostile_graph(word), 1, {"x": NodeTime(1.0, ((0, word),))})
        told: dict[str, Any] = {"title": word, "version": word, "data_version": word, "licence": word}
        return parsed(page([(word, hostile_answer(word))], setting=setting, **told))

    plain, hostile = shaped("plain"), shaped(payload)
    shape = [(tag, sorted(attrs)) for tag, attrs in plain.found]
    assert [(tag, sorted(attrs)) for tag, attrs in hostile.found] == shape
    data = json.loads(hostile.scripts[0])
    assert data["nodes"][0]["name"] == f"ketamine {payload}"
    assert [h["name"].removesuffix(payload) for h in data["hypotheses"]] != []
    assert [a["href"] for t, a in hostile.found if t == "a" and not (a["href"] or "").startswith("#")] == []


def test_the_same_answer_gives_the_same_bytes() -> None:
    """Two pages of one answer are identical."""
    assert page([("x", small_answer())], title="t") == page([("x", small_answer())], title="t")


def test_reference_numbers_leave_names_alone() -> None:
    """Numbers of references are taken out of the sentence, brackets of names are not."""
    graph = load([SMALL])
    answer = find_paths(graph, PathQuery("(2R,6R)-HNK", "[11C]AZ10419369 binding"))
    html = page([("", answer)], title="t")
    assert "(2R,6R)-HNK raises [11C]AZ10419369 binding (up). Net effect: more [11C]AZ10419369 binding." in html


def test_pyvis_people_get_their_network() -> None:
    """`network` hands out a real pyvis Network with the nodes and steps of the answer."""
    from pyvis.network import Network

    answer = small_answer()
    net = network(answer)
    assert isinstance(net, Network)
    assert set(net.get_nodes()) == {n.id for p in answer.paths for n in p.nodes}
    steps = {(s.source.id, s.target.id) for p in answer.paths for s in p.steps}
    assert {(e["from"], e["to"]) for e in net.get_edges()} == steps


def test_chains_run_left_to_right_and_boxes_stand_apart() -> None:
    """Every step of acyclic chains leads to a column further right; no two nodes share a place."""
    chains = [["a", "b", "c", "z"], ["a", "d", "z"], ["a", "b", "e", "f", "z"], ["d", "f"]]
    kinds = dict.fromkeys("abcdefz", "process")
    placed = lay_out(kinds, chains).places
    assert all(placed[x][0] < placed[y][0] for chain in chains for x, y in pairwise(chain))
    spots = sorted(placed.values())
    near = [
        (p, q)
        for i, p in enumerate(spots)
        for q in spots[i + 1 :]
        if abs(p[0] - q[0]) < COLUMN and abs(p[1] - q[1]) < ROW
    ]
    assert near == []
    assert placed == lay_out(dict(reversed(kinds.items())), chains).places


def test_a_cycle_is_drawn_all_the_same() -> None:
    """Of two chains that contradict each other the first decides the direction."""
    placed = lay_out({"a": "process", "b": "process"}, [["a", "b"], ["b", "a"]]).places
    assert placed["a"][0] < placed["b"][0]


def test_the_page_is_documented() -> None:
    """docs/page.md names every part of the address and every column of the saved table."""
    docs = (Path(__file__).parent.parent / "docs" / "page.md").read_text(encoding="utf-8")
    script = script_text()
    columns = re.search(r"const COLUMNS = (\[[^\]]*\]);", script)
    assert columns is not None
    parts = {
        *re.findall(r'parts\.set\("(\w+)"', script),
        "stance",
        "species",
        "tier",
        "region",
        "compound",
        "hypothesis",
    }
    assert [name for name in sorted({*parts, *json.loads(columns[1])}) if f"`{name}`" not in docs] == []


def test_no_script_of_ours_parses_text_as_markup() -> None:
    """No way to turn text into elements or code stands in the script."""
    ways = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser")
    assert [way for way in ways if way in script_text()] == []


@pytest.mark.parametrize("folder", ["script", "style"])
def test_static_files_are_small_and_all_in_use(folder: str) -> None:
    """Every file of script and style stands in the page, and none has 400 lines."""
    found = sorted((Path(html_page.__file__).parent / "static" / folder).iterdir())
    named = {"script": html_page.SCRIPTS, "style": html_page.STYLES}[folder]
    assert sorted(named) == [path.stem for path in found]
    assert [path.name for path in found if len(path.read_text(encoding="utf-8").splitlines()) >= 400] == []
