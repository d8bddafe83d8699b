"""A graph of somebody else's size, streamed through the same writer in bounded memory.

KETAMECH_NEO4J_ROWS=1000000 tries the full size.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from neo4jserver.fixtures import Store
from neo4jserver.reading import meta

from ketamech.graph.properties import Properties
from ketamech.graph.store import StoreAddress
from ketamech.graph.stored import LinkRow, LinkRows, NodeRows, StoreRows
from ketamech.loaders.neo4j_store import load

ROWS = int(os.environ.get("KETAMECH_NEO4J_ROWS", "20000"))
NODES = ROWS // 10


def streamed() -> StoreRows:
    """Make rows one by one: a tenth nodes, the rest relationships."""

    def nodes() -> Iterator[Properties]:
        for n in range(NODES):
            yield {"id": f"x:{n}", "name": f"protein {n}", "kind": "protein", "order": n}

    def links() -> Iterator[LinkRow]:
        for n in range(ROWS - NODES):
            start, end = n % NODES, (n * 7919 + n // NODES) % NODES
            edge: Properties = {"edge_id": f"e:{n}", "predicate": "activates", "sign": 1, "strength": 0.5}
            yield f"x:{start}", f"x:{end}", edge

    edges = LinkRows("ACTIVATES", "Entity", "Entity", links(), "edge_id")
    return StoreRows([NodeRows("Entity", nodes(), "Protein")], [edges], f"big-{ROWS}", total=ROWS)


def test_a_big_graph_goes_through_in_bounded_memory(neo4j_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """What the writer holds does not grow with the graph: batches, not rows; every row arrives."""
    tracemalloc.start()
    begun = time.monotonic()
    address = StoreAddress(neo4j_store.uri, neo4j_store.user, neo4j_store.password, neo4j_store.database)
    answer = load(streamed(), address, batch_size=5000)
    took, (_, peak) = time.monotonic() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with capsys.disabled():
        if ROWS >= 100_000:
            print(f"\n{ROWS:,} rows in {took:.0f} s, at most {peak / 1e6:.0f} MB in the writer")  # noqa: T201
    assert (answer.nodes, answer.relationships) == (NODES, ROWS - NODES)
    assert (meta(neo4j_store)["nodes"], meta(neo4j_store)["relationships"]) == (NODES, ROWS - NODES)
    assert peak < 60e6
