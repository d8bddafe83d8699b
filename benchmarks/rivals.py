"""One class for every engine that `engines.py` compares: load arrays, give the k best weights, count all paths."""

from __future__ import annotations

import heapq
import math
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np

Arrays = tuple[Any, Any, Any, int]


class Engine(Protocol):
    """Answer two questions on one graph; every way a rival can answer is a class of its own."""

    module: ClassVar[str]

    def __init__(self, arrays: Arrays) -> None: ...

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Give the weights of the k lightest simple paths of at most `longest` edges."""
        ...


class Ours:
    """ketamech.queries.arraysearch."""

    module = "numpy"

    def __init__(self, arrays: Arrays) -> None:
        from ketamech.queries.arraygraph import ArrayGraph

        self.graph = ArrayGraph.from_arrays(*arrays)

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Search on arrays."""
        from ketamech.queries.arraysearch import k_best

        return [path.weight for path in k_best(self.graph, source, target, k, longest).paths]

    def all(self, source: int, target: int, longest: int) -> int:
        """List every path, as matrices of edges."""
        from ketamech.queries.arraysearch import all_paths

        listing = all_paths(self.graph, source, target, longest, room=100_000_000)
        return -1 if listing.stopped else listing.number


class Dictionaries:
    """ketamech.queries.pathsearch."""

    module = "ketamech"

    def __init__(self, arrays: Arrays) -> None:
        from ketamech.queries.pathsearch import Arc

        self.arcs: dict[Any, list[Arc]] = {}
        for at, (tail, head, weight) in enumerate(triples(arrays)):
            self.arcs.setdefault(tail, []).append(Arc(tail, head, weight, f"{at:08}"))

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Search on dictionaries."""
        from ketamech.queries.pathsearch import k_best

        return [found.weight for found in k_best(self.arcs, source, {target}, k, longest).paths]


class Networkx:
    """networkx: all simple paths, then the lightest."""

    module = "networkx"

    def __init__(self, arrays: Arrays) -> None:
        import networkx

        self.lib, self.graph = networkx, networkx.DiGraph()
        self.graph.add_nodes_from(range(arrays[3]))
        self.graph.add_weighted_edges_from(triples(arrays))
        self.weights = {(tail, head): weight for tail, head, weight in triples(arrays)}

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Enumerate and keep the k lightest."""
        return lightest(self.lib.all_simple_paths(self.graph, source, target, cutoff=longest), self.weights, k)

    def all(self, source: int, target: int, longest: int) -> int:
        """Count what is enumerated."""
        return sum(1 for _ in self.lib.all_simple_paths(self.graph, source, target, cutoff=longest))


class NetworkxYen(Networkx):
    """networkx: paths by weight whatever their length (Yen), until k are short enough."""

    all = None  # type: ignore[assignment]

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Pass over paths that are too long."""
        found: list[float] = []
        for nodes in self.lib.shortest_simple_paths(self.graph, source, target, weight="weight"):
            if len(nodes) <= longest + 1:
                found.append(weigh(nodes, self.weights))
                if len(found) == k:
                    break
        return found


class Igraph:
    """igraph: all simple paths, then the lightest."""

    module = "igraph"

    def __init__(self, arrays: Arrays) -> None:
        import igraph

        tails, heads, weights, nodes = arrays
        self.graph = igraph.Graph(n=nodes, edges=np.column_stack((tails, heads)), directed=True)
        self.graph.es["weight"] = weights.tolist()
        self.weights = {(tail, head): weight for tail, head, weight in triples(arrays)}

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Enumerate and keep the k lightest."""
        return lightest(self.graph.get_all_simple_paths(source, to=target, maxlen=longest), self.weights, k)

    def all(self, source: int, target: int, longest: int) -> int:
        """Count what is enumerated."""
        return len(self.graph.get_all_simple_paths(source, to=target, maxlen=longest))


class IgraphYen(Igraph):
    """igraph: the n lightest paths whatever their length (Yen), n doubled until k are short enough."""

    all = None  # type: ignore[assignment]

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Pass over paths that are too long."""
        asked = k
        while True:
            paths = self.graph.get_k_shortest_paths(source, to=target, k=asked, weights="weight")
            short = [nodes for nodes in paths if len(nodes) <= longest + 1]
            if len(short) >= k or len(paths) < asked:
                return [weigh(nodes, self.weights) for nodes in short[:k]]
            asked *= 2


class Rustworkx:
    """rustworkx: all simple paths, then the lightest."""

    module = "rustworkx"

    def __init__(self, arrays: Arrays) -> None:
        import rustworkx

        self.lib, self.graph = rustworkx, rustworkx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(arrays[3]))
        self.graph.add_edges_from(list(triples(arrays)))
        self.weights = {(tail, head): weight for tail, head, weight in triples(arrays)}

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Enumerate and keep the k lightest."""
        return lightest(self.lib.all_simple_paths(self.graph, source, target, cutoff=longest + 1), self.weights, k)

    def all(self, source: int, target: int, longest: int) -> int:
        """Count what is enumerated; the library counts nodes where the others count edges."""
        return len(self.lib.all_simple_paths(self.graph, source, target, cutoff=longest + 1))


class Ladybug:
    """Ladybug, the embedded graph database: one query, acyclic paths, ordered by the sum of the weights."""

    module = "ladybug"

    def __init__(self, arrays: Arrays) -> None:
        import ladybug

        self.folder = tempfile.TemporaryDirectory()
        nodes, edges = Path(self.folder.name, "nodes.csv"), Path(self.folder.name, "edges.csv")
        nodes.write_text("".join(f"{node}\n" for node in range(arrays[3])), encoding="utf-8")
        edges.write_text("".join(f"{a},{z},{weight!r}\n" for a, z, weight in triples(arrays)), encoding="utf-8")
        self.base = ladybug.Connection(ladybug.Database(str(Path(self.folder.name, "base"))))
        self.base.execute("CREATE NODE TABLE N(id INT64, PRIMARY KEY(id))")
        self.base.execute("CREATE REL TABLE E(FROM N TO N, w DOUBLE)")
        self.base.execute(f"COPY N FROM '{nodes}'")
        self.base.execute(f"COPY E FROM '{edges}'")

    def ask(self, what: str, source: int, target: int, longest: int) -> list[Any]:
        """Run one query over acyclic paths."""
        # Its acyclic search lets a path through now and then that is none, hence the second test.
        simple = "a.id = $a AND z.id = $z AND is_acyclic(p)"
        paths = f"MATCH p = (a:N)-[:E* ACYCLIC 1..{longest}]->(z:N) WHERE {simple} RETURN {what}"
        return [row[0] for row in self.base.execute(paths, {"a": source, "z": target}).get_all()]

    def best(self, source: int, target: int, k: int, longest: int) -> list[float]:
        """Order by weight and cut."""
        total = "list_sum(properties(rels(p), 'w'))"
        return self.ask(f"{total} AS weight ORDER BY weight LIMIT {k}", source, target, longest)

    def all(self, source: int, target: int, longest: int) -> int:
        """Count."""
        return int(self.ask("count(*)", source, target, longest)[0])


ENGINES: dict[str, type[Engine]] = {
    "ours": Ours,
    "dictionaries": Dictionaries,
    "networkx": Networkx,
    "networkx Yen": NetworkxYen,
    "igraph": Igraph,
    "igraph Yen": IgraphYen,
    "rustworkx": Rustworkx,
    "Ladybug": Ladybug,
}


def triples(arrays: Arrays) -> Iterable[tuple[int, int, float]]:
    """Give tail, head and weight of every edge as plain numbers."""
    return zip(arrays[0].tolist(), arrays[1].tolist(), arrays[2].tolist(), strict=True)


def weigh(nodes: Sequence[int], weights: dict[tuple[int, int], float]) -> float:
    """Sum the weights along a path of nodes."""
    return math.fsum(weights[step] for step in zip(nodes, nodes[1:]))  # noqa: B905, RUF007


def lightest(paths: Iterable[Sequence[int]], weights: dict[tuple[int, int], float], k: int) -> list[float]:
    """Give the k least weights of many paths of nodes."""
    return heapq.nsmallest(k, (weigh(list(nodes), weights) for nodes in paths))
