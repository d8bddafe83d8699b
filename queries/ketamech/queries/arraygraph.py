"""A directed multigraph in arrays, and the few of its edges that can lie on a path of given length and weight.

An edge of a path of at most L edges and weight at most W lies near one of the two ends, when near is measured in edges
and weight together (see docs/decisions/array-search.md). Two balls, grown forward from the source and backward from
the target over half of that measure each, therefore hold every edge that can matter.

Needs numpy (`pip install 'ketamech[fast]'`), imported when a graph is made. Nodes are numbered from 0; an edge is named
by its position in the arrays it came from. A mask, one truth value for every edge, says which edges are there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ketamech.queries.pathsearch import UNIT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Whole: TypeAlias = NDArray[np.integer[Any]]
    Real: TypeAlias = NDArray[np.float64]
    Truth: TypeAlias = NDArray[np.bool_]
    Layers: TypeAlias = list[NDArray[np.int64]]

FAR = 1 << 62
HEAVIEST = 1000.0
SLACK = 1e-9
# What part of the measure of nearness is edges and not weight: it changes the time and never the answer.
BALANCE = 0.6


class TooManyEdges(Exception):
    """Say that a part would take more edges than was allowed."""


class Side(NamedTuple):
    """Give, for every node, its edges on one side: where they start, the far ends, the positions of the edges."""

    starts: Whole
    ends: Whole
    edges: Whole


@dataclass(frozen=True, slots=True, eq=False)
class ArrayGraph:
    """Hold a directed multigraph in arrays, sorted by tail and by head."""

    nodes: int
    weights: Real
    middle: float
    leaving: Side
    entering: Side

    @classmethod
    def from_arrays(cls, tails: ArrayLike, heads: ArrayLike, weights: ArrayLike, nodes: int = 0) -> ArrayGraph:
        """Make a graph of edges tail -> head with weights >= 0; raise ValueError for what cannot be one."""
        import numpy as np

        tail, head = (np.ascontiguousarray(ends, dtype=np.int32) for ends in (tails, heads))
        weight = np.ascontiguousarray(weights, dtype=np.float64)
        if not (tail.ndim == 1 and tail.shape == head.shape == weight.shape):
            raise ValueError("tails, heads and weights must be lists of one length")
        if not len(tail):
            return cls(nodes, weight, 0.0, _side(tail, head, nodes), _side(head, tail, nodes))
        if not (weight.min() >= 0 and weight.max() <= HEAVIEST):
            raise ValueError(f"weights must be numbers from 0 to {HEAVIEST:g}; leave out edges of no strength")
        if min(tail.min(), head.min()) < 0:
            raise ValueError("nodes are numbered from 0")
        nodes = max(nodes, int(max(tail.max(), head.max())) + 1)
        return cls(nodes, weight, float(np.median(weight)), _side(tail, head, nodes), _side(head, tail, nodes))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Hold the edges that can matter, grouped by tail, with the nodes numbered anew."""

    nodes: int
    source: int
    target: int
    starts: Whole
    tails: Whole
    heads: Whole
    edges: Whole
    units: Whole

    def bounds(self, longest: int) -> Layers:
        """Give, for 0 to `longest` remaining edges, the least weight from each node to the target; FAR for none."""
        import numpy as np

        layers = [np.full(self.nodes, FAR)]
        layers[0][self.target] = 0
        for _ in range(longest):
            layers.append(layers[-1].copy())
            np.minimum.at(layers[-1], self.tails, self.units + layers[-2][self.heads])
        return layers

    def hops(self, bounds: Layers) -> Whole:
        """Give the number of edges from each node to the target: how many bounds are too short to reach it."""
        import numpy as np

        counts: Whole = np.sum([bound == FAR for bound in bounds], axis=0)
        return counts


class _Reach(NamedTuple):
    """Say how far from an end to look: what an edge costs, how far is near, how many edges may be tried."""

    each: float
    rate: float
    radius: float
    most: float

    def price(self, graph: ArrayGraph, edges: Whole) -> Real | float:
        return self.each + self.rate * graph.weights[edges] if self.rate else self.each


def part_between(
    graph: ArrayGraph,
    source: int,
    target: int,
    max_length: int,
    there: Truth | None,
    ceiling: float = math.inf,
    most: float = math.inf,
) -> Part:
    """Find the edges that can lie on a path of at most max_length edges and a weight up to the ceiling.

    Raise TooManyEdges if more than `most` edges would have to be tried near one end.
    """
    import numpy as np

    if ceiling == math.inf:
        half = (max_length - 1) // 2
        total, beyond = float(max_length), 2.0
        # A node just out of reach has its true distance, radius + 1; any other is at least 2 away.
        forward, backward = _Reach(1.0, 0.0, half, most), _Reach(1.0, 0.0, max_length - 2 - half, most)
    else:
        each, total, beyond = BALANCE / max_length, 1 + SLACK, 0.0
        forward = backward = _Reach(each, (1 - BALANCE) / ceiling, (total - each) / 2 + SLACK, most)
    after = _ball(graph, graph.leaving, source, target, forward, there)
    before = _ball(graph, graph.entering, target, source, backward, there)
    near = np.flatnonzero(after <= forward.radius)
    near = near[near != target]
    owner, heads, edges = spread(graph.leaving, near)
    tails = near[owner]
    rest = np.minimum(before[heads], backward.radius + beyond)
    fits = (after[tails] + forward.price(graph, edges) + rest <= total) & (heads != source)
    first = tails[fits], heads[fits], edges[fits]

    near = np.flatnonzero(before <= backward.radius)
    near = near[near != source]
    owner, tails, edges = spread(graph.entering, near)
    heads = near[owner]
    fits = (after[tails] > forward.radius) & (tails != target)
    past = np.minimum(after[tails], forward.radius + beyond)
    fits &= past + forward.price(graph, edges) + before[heads] <= total
    second = tails[fits], heads[fits], edges[fits]
    tails, heads, edges = (np.concatenate(both) for both in zip(first, second, strict=True))
    if there is not None:
        tails, heads, edges = (a[there[edges]] for a in (tails, heads, edges))

    used = np.zeros(graph.nodes, np.bool_)
    used[tails] = used[heads] = used[[source, target]] = True
    names = np.flatnonzero(used)
    number = np.empty(graph.nodes, np.int32)
    number[names] = np.arange(len(names))
    order = np.argsort(number[tails].astype(np.uint16 if len(names) < 1 << 16 else np.int32), kind="stable")
    tails, heads, edges = number[tails[order]], number[heads[order]], edges[order]
    starts = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.bincount(tails, minlength=len(names)), out=starts[1:])
    whole = np.rint(graph.weights[edges] * UNIT).astype(np.int64)
    return Part(len(names), int(number[source]), int(number[target]), starts, tails, heads, edges, whole)


def _ball(graph: ArrayGraph, side: Side, root: int, shut: int, reach: _Reach, there: Truth | None) -> Real:
    """Give the distance of every node in reach; of the next ones that over nodes in reach only; infinity for others."""
    import numpy as np

    distance = np.full(graph.nodes, np.inf)
    distance[root] = 0.0
    ticket = np.empty(graph.nodes, np.int32)
    front: Whole = np.array([root][: reach.radius >= 0])
    tried = 0
    while len(front):
        tried += int((side.starts[front + 1] - side.starts[front]).sum())
        if tried > reach.most:
            raise TooManyEdges
        owner, ends, edges = spread(side, front)
        reached = distance[front][owner] + reach.price(graph, edges)
        better = reached < distance[ends]
        if there is not None:
            better &= there[edges]
        ends, reached = ends[better], reached[better]
        np.minimum.at(distance, ends, reached)
        front = ends[(reached == distance[ends]) & (reached <= reach.radius) & (ends != shut)]
        ticket[front] = np.arange(len(front))
        front = front[ticket[front] == np.arange(len(front))]
    return distance


def spread(side: Side, nodes: Whole) -> tuple[Whole, Whole, Whole]:
    """Give every edge that the nodes have on one side: the index of its node, its far end, its position."""
    import numpy as np

    starts = side.starts[nodes]
    counts = side.starts[nodes + 1] - starts
    owner = np.repeat(np.arange(len(nodes)), counts)
    at = np.arange(len(owner)) + np.repeat(starts - np.cumsum(counts) + counts, counts)
    return owner, side.ends[at], side.edges[at]


def _side(near: Whole, far: Whole, nodes: int) -> Side:
    """Group edges by their near end."""
    import numpy as np

    order = np.argsort(near, kind="stable").astype(np.int32)
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=nodes), out=starts[1:])
    return Side(starts, far[order], order)
