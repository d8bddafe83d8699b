"""What stands in a store, in forms that tests compare."""

from __future__ import annotations

from typing import Any

from ketamech.graph.model import Knowledge
from ketamech.graph.stored import NODE_LABELS, LinkRow, knowledge_from
from neo4jserver.fixtures import Store


def read_back(store: Store) -> Knowledge:
    """Make the knowledge of what a store holds."""
    nodes: dict[str, list[Any]] = {}
    for row in store.ask("MATCH (n {loader: 'ketamech'}) RETURN labels(n) AS labels, properties(n) AS p"):
        for label in NODE_LABELS:
            if label in row["labels"]:
                nodes.setdefault(label, []).append(row["p"])
    links: dict[str, list[LinkRow]] = {}
    query = "MATCH (a)-[r {loader: 'ketamech'}]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p"
    for row in store.ask(query):
        links.setdefault(row["t"], []).append((row["a"], row["b"], row["p"]))
    (meta,) = store.ask("MATCH (m:GraphMeta) RETURN m.content_sha256 AS content")
    return knowledge_from(nodes, links, meta["content"])


def meta(store: Store) -> dict[str, Any]:
    """Give what the store says of itself."""
    (row,) = store.ask("MATCH (m:GraphMeta) RETURN properties(m) AS p")
    return dict(row["p"])


def whole(store: Store) -> list[str]:
    """Give every node and relationship, sorted: equal when two stores hold the same."""
    nodes = store.ask("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")
    links = store.ask("MATCH (a)-[r]->(b) RETURN properties(a) AS a, type(r) AS t, properties(r) AS p, b.id AS b")
    return sorted(
        [repr((sorted(n["l"]), sorted(n["p"].items()))) for n in nodes]
        + [repr((sorted(r["a"].items()), r["t"], sorted(r["p"].items()), r["b"])) for r in links]
    )
