"""The Cypher that writes a store, valid for Cypher 5 and 25, without APOC.

Labels and types are written into the text from lists of our own and from nowhere else; data go by parameters only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ketamech.graph.stored import EDGE_TYPES, KIND_LABELS, LINK_TYPES, META, NODE_LABELS

_KEYS: Final = ("id", "edge_id")
_TYPES: Final = frozenset({*LINK_TYPES, *EDGE_TYPES.values()})
_KINDS: Final = tuple(sorted(KIND_LABELS.values()))
FORMER: Final = "FormerKetamech"


def schema() -> Iterator[str]:
    """Give the constraints and indexes, to be made before any data."""
    for label in (*NODE_LABELS, META):
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for type, key in sorted({*((t, "id") for t in LINK_TYPES), *((t, "edge_id") for t in EDGE_TYPES.values())}):
        name = f"{type.lower()}_{'edge' if key == 'edge_id' else 'link'}"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{type}]-() REQUIRE r.{key} IS UNIQUE"
    for label in ("Evidence", "Experiment"):
        yield f"CREATE INDEX {label.lower()}_edge IF NOT EXISTS FOR (n:{label}) ON (n.edge_id)"
    yield "CREATE FULLTEXT INDEX entity_text IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.synonyms]"
    yield (
        "CREATE FULLTEXT INDEX finding_text IF NOT EXISTS "
        "FOR (n:Evidence|Experiment|Comparison|Affinity|Hypothesis) ON EACH [n.name, n.summary]"
    )


def nodes(label: str, kind: str | None) -> str:
    """Write a batch of nodes; a node that is not ours is passed over, and so missing from the count.

    With a kind the query takes the parameters of `other_kinds`: one text, planned once, serves all kinds.
    """
    _allow(label, NODE_LABELS)
    kinds = "" if kind is None else "SET n:$($kind) REMOVE n:$($others)"
    return f"""\
UNWIND $rows AS row
MERGE (n:{label} {{id: row.id}})
ON CREATE SET n.loader = $loader
WITH n, row WHERE n.loader = $loader
{kinds}
FOREACH (_ IN CASE WHEN properties(n) = row.properties THEN [] ELSE [1] END | SET n = row.properties)
RETURN count(n) AS stored"""


def other_kinds(kind: str | None) -> dict[str, object]:
    """Give the parameters of a query of nodes for a kind; other labels that somebody gave a node stay."""
    if kind is None:
        return {}
    _allow(kind, _KINDS)
    return {"kind": kind, "others": [k for k in _KINDS if k != kind]}


def links(type: str, start: str, end: str, key: str) -> str:
    """Write a batch of relationships, both ends bound; one whose end is missing is missing from the count."""
    _allow(type, _TYPES)
    _allow(start, NODE_LABELS)
    _allow(end, NODE_LABELS)
    _allow(key, _KEYS)
    return f"""\
UNWIND $rows AS row
MATCH (a:{start} {{id: row.start}})
MATCH (b:{end} {{id: row.end}})
MERGE (a)-[r:{type} {{{key}: row.key}}]->(b)
ON CREATE SET r.loader = $loader
WITH r, row WHERE r.loader = $loader
FOREACH (_ IN CASE WHEN properties(r) = row.properties THEN [] ELSE [1] END | SET r = row.properties)
RETURN count(r) AS stored"""


def _allow(word: str, known: object) -> None:
    if not isinstance(known, tuple | frozenset) or word not in known:
        raise ValueError(f"{word!r} is no label, type or key of this graph")


READ_META: Final = f"MATCH (m:{META} {{id: $graph}}) RETURN properties(m) AS meta"
# Taking the property lock on the one GraphMeta node, every batch of a load waits for those of a rival.
HOLD: Final = f"MATCH (m:{META} {{id: $graph, load: $load}}) SET m.complete = false RETURN count(m) AS held"
STILL: Final = f"MATCH (m:{META} {{id: $graph, load: $load, complete: true}}) RETURN count(m) AS held"
BEGIN: Final = f"MERGE (m:{META} {{id: $graph}}) SET m = $meta"
END: Final = f"MATCH (m:{META} {{id: $graph}}) SET m += $totals"

_STALE: Final = "{0}.loader = $loader AND {0}.load <> $load"
_OURS: Final = "{0}.loader = $loader AND {0}.load = $load"
STALE_LINKS: Final = f"MATCH ()-[r]->() WHERE {_STALE.format('r')} RETURN count(r) AS found"
STALE_NODES: Final = f"MATCH (n) WHERE {_STALE.format('n')} RETURN count(n) AS found"
SWEEP_LINKS: Final = f"MATCH ()-[r]->() WHERE {_STALE.format('r')} WITH r LIMIT $limit DELETE r"
SWEEP_NODES: Final = f"MATCH (n) WHERE {_STALE.format('n')} AND NOT EXISTS {{ (n)--() }} WITH n LIMIT $limit DELETE n"
HAND_OVER: Final = f"""\
MATCH (n) WHERE {_STALE.format("n")} AND EXISTS {{ (n)--() }}
REMOVE n:{":".join((*NODE_LABELS, *_KINDS))}
SET n:{FORMER}, n = {{former_id: n.id, name: n.name}}
RETURN count(n) AS found"""
COUNT_NODES: Final = f"MATCH (n) WHERE {_OURS.format('n')} AND NOT n:{META} RETURN count(n) AS found"
COUNT_LINKS: Final = f"MATCH ()-[r]->() WHERE {_OURS.format('r')} RETURN count(r) AS found"
