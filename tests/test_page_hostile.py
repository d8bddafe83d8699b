"""Hostile words in every field of every record, with everything on the page used: nothing runs, nothing is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import Open
from hostile import PAYLOADS, hostile_answer, hostile_graph

from ketamech.viz import page
from ketamech.viz.facets import NodeTime
from ketamech.viz.view import Setting

pytestmark = pytest.mark.browser
# Every element of the page by name, and every attribute that could load or run something.
SHAPE = """() => { const names = {}, odd = [];
  for (const e of document.querySelectorAll("*")) {
    if (e.closest("#stage")) continue; /* the canvas library's own elements */
    names[e.tagName] = (names[e.tagName] || 0) + 1;
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name) || name === "src" || (name === "href" && !/^(#|https:)/.test(value))) odd.push(name, value);
    }
  }
  return [names, odd]; }"""


def hostile_page(folder: Path, payload: str) -> Path:
    """Write a page with a payload in every field of every record and in everything around them."""
    graph, answer = hostile_graph(payload), hostile_answer(payload)
    times = {n.id: NodeTime(6.0, ((3, payload),)) for p in answer.paths for n in p.nodes}
    told: dict[str, Any] = {"title": payload, "version": payload, "data_version": payload, "licence": payload}
    path = folder / "hostile.html"
    path.write_text(page([(payload, answer)], setting=Setting(graph, 1, times), **told), encoding="utf-8")
    return path


# Search, open, walk, filter, slide, swap and write what would be saved, as fast as the page goes.
USE = """(payload) => {
  const at = (id) => document.getElementById(id), click = (part) => document.querySelector(part).click();
  const tell = (id, name, value) => { at(id).value = value; at(id).dispatchEvent(new Event(name, { bubbles: true })); };
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  tell("find", "input", payload);
  press("Escape");
  click(".chip");
  click("#panel .goto");
  click(".answer:not([hidden]) .path");
  press("ArrowRight");
  at("only").click();
  at("filters").open = true;
  for (const facet of document.querySelectorAll("#facets fieldset")) facet.querySelector("input").click();
  tell("to", "input", window.ketamech.data.stops.indexOf(3));
  const saved = [window.ketamech.picture().text, window.ketamech.table(), window.ketamech.json()];
  click("#swap");
  return saved; }"""


def use(tab: Any, payload: str) -> None:
    """Use everything on the page; the saved picture is well-formed XML, the saved records are JSON."""
    picture, table, records = tab.evaluate(USE, payload)
    assert ElementTree.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own picture
    assert json.loads(records)["schema_version"] == 1
    assert table.startswith("# title: ")


@pytest.fixture(scope="module")
def plain_shape(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the elements of the same page with a harmless word, used in the same way."""
    tab = chromium.new_page()
    tab.goto(hostile_page(tmp_path_factory.mktemp("plain"), "plain").as_uri())
    use(tab, "plain")
    found = tab.evaluate(SHAPE)
    tab.close()
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_hostile_runs(visit: Open, tmp_path: Path, plain_shape: Any, payload: str) -> None:
    """The payload adds no element, runs nothing, asks for nothing (`visit`), and the saved picture stays an SVG."""
    tab = visit(hostile_page(tmp_path, payload))
    use(tab, payload)
    assert tab.evaluate("() => window.hit") is None
    assert tab.evaluate(SHAPE) == plain_shape
    assert plain_shape[1] == []


def test_there_are_enough_payloads() -> None:
    """At least forty ways to misbehave are tried, each once."""
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 40
