"""The question of `pathsearch` on arrays, for graphs of millions of edges; exact, bounded in work, time and memory.

The method (see docs/decisions/array-search.md): `arraygraph` picks the few edges that can lie on a path of at most L
edges and a weight under a ceiling. On these a backward pass gives the least weight to the target for every number of
remaining edges, and a heap extends partial paths in order of weight so far plus that bound. Where the edges are many
without a ceiling, it is guessed low and raised until it holds k paths.

Needs numpy (`pip install 'ketamech[fast]'`), imported when a question is asked.
Out of scope: states, places and signs, which `pathsearch` has.
"""

from __future__ import annotations

import contextlib
import heapq
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ketamech.queries.arraygraph import FAR, ArrayGraph, Part, Side, TooManyEdges, part_between, spread
from ketamech.queries.pathsearch import GRADE, HALF, ROOM, Limit, graded, units

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ketamech.queries.arraygraph import Truth, Whole

    _Entry: TypeAlias = tuple[int, int, tuple[int, ...], int, tuple[int, ...], int]

LONGEST = 16
BLOCK = 1 << 16
# These change the time and never the answer: the first ceiling of weight, in middling weights of an edge, and how it
# is raised; up to how many edges near an end none is needed.
START = 0.25
RAISE = 1.6
CHEAP = 200_000


@dataclass(frozen=True, slots=True)
class ArrayPath:
    """Hold one path: the positions of its edges, and its weight."""

    edges: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class ArrayOutcome:
    """Hold the paths found, in order, whether the search was stopped by a limit, and by which."""

    paths: tuple[ArrayPath, ...]
    stopped: bool
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """Hold how many paths there are, their edges (a matrix for every length, a path a row), and any limit met."""

    number: int
    blocks: tuple[Whole, ...]
    stopped: bool
    limit: Limit | None = None


def k_best(
    graph: ArrayGraph,
    source: int,
    target: int,
    k: int,
    max_length: int,
    mask: ArrayLike | None = None,
    *,
    budget: int = 2_000_000,
    seconds: float | None = None,
    room: int = ROOM,
    cheap: int = CHEAP,
) -> ArrayOutcome:
    """Find the k lightest simple paths from source to target of at most max_length edges.

    Order: weight (in grades, as in `pathsearch`), then number of edges, then the positions of the edges. A path has at
    least one edge, so source equal to target gives nothing. `budget` bounds the number of partial paths looked at,
    `seconds` the time, `room` the number of partial paths kept. What a stopped search has found are still the best.
    With more than `cheap` edges near one end a ceiling of weight is guessed; that changes the time, not the answer.

    >>> graph = ArrayGraph.from_arrays([0, 1, 0], [1, 2, 2], [0.5, 0.25, 1.0])
    >>> k_best(graph, 0, 2, k=5, max_length=2).paths
    (ArrayPath(edges=(0, 1), weight=0.75), ArrayPath(edges=(2,), weight=1.0))
    """
    there = _mask(graph, mask)
    if k < 1 or not _askable(graph, source, target, max_length):
        return ArrayOutcome((), False)
    search = _Search(k, max_length, budget, room, _deadline(seconds))
    found: list[tuple[int, ...]] = []
    for ceiling, most in _attempts(graph, max_length, cheap):
        with contextlib.suppress(TooManyEdges):
            found = search.run(part_between(graph, source, target, max_length, there, ceiling, most), ceiling)
            if len(found) == k or search.limit or ceiling == math.inf:
                break
        if time.monotonic() >= search.deadline:
            search.limit = "time"
            break
    weights = iter(graph.weights[[edge for edges in found for edge in edges]].tolist() if found else ())
    paths = tuple(ArrayPath(edges, math.fsum(next(weights) for _ in edges)) for edges in found)
    return ArrayOutcome(paths, search.limit is not None, search.limit)


def _attempts(graph: ArrayGraph, max_length: int, cheap: int) -> Iterator[tuple[float, float]]:
    """Give ceilings of weight to try in turn, with the most edges to look at: no ceiling first if that is cheap."""
    yield math.inf, cheap
    ceiling = START * graph.middle
    while 0 < ceiling < max_length * graph.middle:
        yield ceiling, math.inf
        ceiling *= RAISE
    yield math.inf, math.inf


def all_paths(
    graph: ArrayGraph,
    source: int,
    target: int,
    max_length: int,
    mask: ArrayLike | None = None,
    *,
    keep: bool = True,
    budget: int = 1_000_000_000,
    seconds: float | None = None,
    room: int = 10_000_000,
) -> Listing:
    """List (without `keep`: count) all simple paths from source to target of at most max_length edges.

    Rows are sorted. `budget` bounds the number of edges tried, `seconds` the time, `room` the number of paths kept.

    >>> graph = ArrayGraph.from_arrays([0, 1, 0, 0], [1, 2, 2, 2], [0.5, 0.25, 1.0, 1.0])
    >>> listing = all_paths(graph, 0, 2, max_length=2)
    >>> listing.number, [block.tolist() for block in listing.blocks]
    (3, [[[2], [3]], [[0, 1]]])
    """
    import numpy as np

    there = _mask(graph, mask)
    if not _askable(graph, source, target, max_length):
        return Listing(0, (), False)
    deadline = _deadline(seconds)
    part = part_between(graph, source, target, max_length, there)
    hops = part.hops(part.bounds(max_length))
    last = np.bincount(part.tails[part.heads == part.target], minlength=part.nodes)
    number, tried, whole = 0, 0, [[np.empty((0, n + 1), np.int32)] for n in range(max_length)]
    limit: Limit | None = None
    stack: list[tuple[Whole, Whole]] = [(np.full((1, 1), part.source, np.int32), np.empty((1, 0), np.int32))]
    while stack and limit is None:
        nodes, trail = stack.pop()
        ends, used = nodes[:, -1], nodes.shape[1]
        sizes = np.cumsum(part.starts[ends + 1] - part.starts[ends])
        if sizes[-1] > BLOCK and len(nodes) > 1:
            cut = min(max(int(np.searchsorted(sizes, BLOCK)), 1), len(nodes) - 1)
            stack += [(nodes[cut:], trail[cut:]), (nodes[:cut], trail[:cut])]
            continue
        tried += int(sizes[-1])
        limit = "work" if tried > budget else "time" if time.monotonic() >= deadline else None
        if limit is not None:
            break
        if not keep:
            number += int(last[ends].sum())
            if used == max_length:  # only where it is 1
                continue
        owner, heads, at = spread(Side(part.starts, part.heads, part.edges), ends)
        fits: Truth = hops[heads] <= max_length - used
        for place in range(used):
            fits &= nodes[:, place][owner] != heads
        done = heads == part.target
        if keep:
            rows: Truth = fits & done
            whole[used - 1].append(np.column_stack((trail[owner[rows]], at[rows])))
            number += int(rows.sum())
            limit = "memory" if number > room else None
        rows = fits & ~done
        if not keep and used == max_length - 1:
            number += int(last[heads[rows]].sum())
        elif rows.any():
            stack.append((np.column_stack((nodes[owner[rows]], heads[rows])), _longer(trail, owner, at, rows, keep)))
    blocks = [np.concatenate(rows) for rows in whole]
    return Listing(number, tuple(b[np.lexsort(b.T[::-1])] for b in blocks if len(b)), limit is not None, limit)


def _longer(trail: Whole, owner: Whole, at: Whole, rows: Truth, keep: bool) -> Whole:
    """Put the new edge behind the edges of every partial path; nothing where they are not kept."""
    import numpy as np

    return np.column_stack((trail[owner[rows]], at[rows])) if keep else np.empty((int(rows.sum()), 0), np.int32)


@dataclass(slots=True)
class _Search:
    """Run the best-first search on ever larger parts of one graph, within limits on all runs together."""

    k: int
    max_length: int
    budget: int
    room: int
    deadline: float
    looked: int = 0
    limit: Limit | None = None

    def run(self, part: Part, ceiling: float) -> list[tuple[int, ...]]:
        """Find the k lightest paths in a part that holds all paths below the ceiling."""
        found: list[tuple[int, ...]] = []
        branches = _Branches(part, self.max_length)
        hops = branches.hops
        top = graded(FAR) if ceiling == math.inf else graded(units(ceiling))
        # A partial path, or (length -1) the branches of one that are still to be tried, from a given one on.
        heap: list[_Entry] = [(0, 0, (), 0, (part.source,), 0)]
        lost: tuple[int, int, tuple[int, ...]] | None = None
        while heap:
            grade, length, edges, weight, nodes, at = heapq.heappop(heap)
            if lost is not None and (grade, length, edges) >= lost:
                break
            end, used = nodes[-1], len(nodes)
            if end == part.target:
                found.append(edges)
                if len(found) == self.k:
                    return found
                continue
            if length >= 0:
                self.looked += 1
                if self.looked > self.budget or time.monotonic() >= self.deadline:
                    self.limit = "work" if self.looked > self.budget else "time"
                    return found
            ways = branches.of(end, self.max_length - used)
            for way in range(at, len(ways)):
                least, edge, head, step = ways[way]
                fresh = (weight + least + HALF) >> GRADE
                if fresh > grade:
                    if fresh < top:
                        heapq.heappush(heap, (fresh, -1, edges, weight, nodes, way))
                    break
                if head not in nodes:
                    heapq.heappush(heap, (grade, used + hops[head], (*edges, edge), weight + step, (*nodes, head), 0))
            if len(heap) > self.room:
                heap.sort()
                worst = heap[self.room // 2][:3]
                lost = worst if lost is None else min(lost, worst)
                del heap[self.room // 2 :]
        self.limit = self.limit if lost is None else "memory"
        return found


class _Branches:
    """Give the edges that leave a node, best first for the number of edges remaining after them."""

    def __init__(self, part: Part, max_length: int) -> None:
        bounds = part.bounds(max_length - 1)
        self.hops: list[int] = part.hops(bounds).tolist()
        self._part = part
        self._bounds = bounds
        self._sorted: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}

    def of(self, node: int, remaining: int) -> list[tuple[int, int, int, int]]:
        """List least weight to the target, position, head and weight of every edge from which it is in reach."""
        ways = self._sorted.get((node, remaining))
        if ways is None:
            rows = slice(self._part.starts[node], self._part.starts[node + 1])
            heads, weights = self._part.heads[rows], self._part.units[rows]
            least = (weights + self._bounds[remaining][heads]).tolist()
            listed = zip(least, self._part.edges[rows].tolist(), heads.tolist(), weights.tolist(), strict=True)
            ways = sorted([way for way in listed if way[0] < FAR])
            self._sorted[node, remaining] = ways
        return ways


def _askable(graph: ArrayGraph, source: int, target: int, max_length: int) -> bool:
    """Say whether there can be a path at all; raise ValueError where it would be too long to weigh exactly."""
    if max_length > LONGEST:
        raise ValueError(f"max_length must be at most {LONGEST}")
    return max_length >= 1 and source != target and min(source, target) >= 0 and max(source, target) < graph.nodes


def _mask(graph: ArrayGraph, mask: ArrayLike | None) -> Truth | None:
    """Read a mask; raise ValueError where it is not one truth value for every edge."""
    import numpy as np

    there = None if mask is None else np.asarray(mask, dtype=np.bool_)
    if there is not None and there.shape != graph.weights.shape:
        raise ValueError("a mask has one truth value for every edge")
    return there


def _deadline(seconds: float | None) -> float:
    return math.inf if seconds is None else time.monotonic() + seconds
