"""What the project gives to Neo4j Browser, tried in the Browser of a real server."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_graphs import KNOWLEDGE, filled
from neo4jserver.browser_page import connect, run
from neo4jserver.fixtures import MakeServer, Store

from ketamech.graph.stored import KIND_LABELS
from ketamech.graph.vocabulary import KINDS
from ketamech.queries.cypher_files import saved_queries, saved_query
from ketamech.viz.stages import PALETTES, stage_of

FOLDER = Path(__file__).parent.parent / "docs" / "browser"


@pytest.fixture(scope="module")
def maker() -> Any:
    """Give the program that writes the files, as a module."""
    spec = importlib.util.spec_from_file_location("make_browser_files", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def served(maker: Any) -> Iterator[str]:
    """Serve the files as `make guide` does, on a port that is free."""
    server = maker.serve(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_files_are_current() -> None:
    """They say what the questions, the palette and the vocabulary say today."""
    said = subprocess.run([sys.executable, FOLDER / "make.py", "--check"], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_the_style_has_the_colours_of_the_page(maker: Any) -> None:
    """Every kind of entity in the tone of its stage; every saved query stands in the file of all."""
    style = maker.style()
    fills = dict(re.findall(r"node\.(\w+) \{\n  color: (#\w+);", style))
    assert {kind: fills[KIND_LABELS[kind]] for kind in KINDS} == {k: PALETTES[stage_of(k)].light.fill for k in KINDS}
    assert [q.name for q in saved_queries().queries if q.text.strip() not in maker.queries()] == []
    assert maker.guide().count("<slide ") == 10


@pytest.mark.browser
def test_style_guide_and_queries_work_in_the_browser(own_server: MakeServer, chromium: Any, served: str) -> None:
    """A path is drawn in the colours of the style; the guide has ten steps, and the first runs on a click."""
    server = own_server()
    server.start()
    filled(KNOWLEDGE["parallel"](), Store(server.uri, server.user, server.password))
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    connect(page, server.page, server.uri, server.user, server.password)
    run(page, f":style {served}/ketamech.grass")
    page.wait_for_selector("[data-testid=exportGraSSButton]", state="attached")
    text = saved_query("strongest-paths").text.replace("'ketamine'", "'drug'")
    run(page, text.replace("'antidepressant-like behaviour'", "'relief'"))
    page.wait_for_selector("g.node circle")
    fills = {c.get_attribute("fill") for c in page.query_selector_all("g.node circle.b-outline, g.node circle.outline")}
    named = {page.evaluate("e => e.textContent", n) for n in page.query_selector_all("g.node")}
    assert {"drug", "A", "relief"} <= {"".join(name.split()) for name in named}
    assert fills & {PALETTES["Drug"].light.fill, PALETTES["Signal"].light.fill, PALETTES["Outcome"].light.fill}
    run(page, f":play {served}/guide.html")
    page.wait_for_selector("text=1. What is in here")
    page.wait_for_selector("text=1 / 10")
    page.click("pre.runnable >> nth=0")
    page.wait_for_selector("text=for_example")
    page.close()
