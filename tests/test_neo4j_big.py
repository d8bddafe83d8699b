"""A graph of somebody else's size, streamed through the same writer in bounded memory.

KETAMECH_NEO4J_ROWS=1000000 tries the full size.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator

import pytest
from neo4jserver.fixtures import Store
from neo4jserver.reading import meta

from ketamech.graph.properties import Properties
from ketamech.graph.store import StoreAddress
from ketamech.graph.stored import LinkRow, LinkRows, NodeRows, StoreRows
from ketamech.loaders.neo4j_store import load

ROWS = int(os.environ.get("KETAMECH_NEO4J_ROWS", "10000"))
NODES = ROWS // 10
BATCH = 1000


class Streamed:
    """Rows made one by one, a tenth nodes and the rest relationships, that watch how many are held at once."""

    def __init__(self) -> None:
        self.drawn = 0
        self.stored = 0
        self.held = 0

    def rows(self) -> StoreRows:
        edges = LinkRows("ACTIVATES", "Entity", "Entity", self._links(), "edge_id")
        return StoreRows([NodeRows("Entity", self._nodes(), "Protein")], [edges], f"big-{ROWS}", total=ROWS)

    def progress(self, _stage: str, done: int) -> None:
        self.stored = done

    def _nodes(self) -> Iterator[Properties]:
        for n in range(NODES):
            self._draw()
            yield {"id": f"x:{n}", "name": f"protein {n}", "kind": "protein", "order": n}

    def _links(self) -> Iterator[LinkRow]:
        for n in range(ROWS - NODES):
            self._draw()
            start, end = n % NODES, (n * 7919 + n // NODES) % NODES
            edge: Properties = {"edge_id": f"e:{n}", "predicate": "activates", "sign": 1, "strength": 0.5}
            yield f"x:{start}", f"x:{end}", edge

    def _draw(self) -> None:
        self.drawn += 1
        self.held = max(self.held, self.drawn - self.stored)


def test_a_big_graph_goes_through_in_bounded_memory(neo4j_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """The writer never holds more than one batch, whatever the size of the graph; every row arrives."""
    streamed = Streamed()
    begun = time.monotonic()
    address = StoreAddress(neo4j_store.uri, neo4j_store.user, neo4j_store.password, neo4j_store.database)
    answer = load(streamed.rows(), address, batch_size=BATCH, progress=streamed.progress)
    if ROWS >= 100_000:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with capsys.disabled():
            print(f"\n{ROWS:,} rows in {time.monotonic() - begun:.0f} s; {memory} MB at most")  # noqa: T201
    assert (answer.nodes, answer.relationships) == (NODES, ROWS - NODES)
    assert (meta(neo4j_store)["nodes"], meta(neo4j_store)["relationships"]) == (NODES, ROWS - NODES)
    assert (streamed.drawn, streamed.held) == (ROWS, BATCH)
