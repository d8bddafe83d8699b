"""The same question on arrays, against a slow obvious enumeration and against the search on dictionaries."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketamech.queries.arraygraph import ArrayGraph
from ketamech.queries.arraysearch import ArrayOutcome, Listing, all_paths, k_best
from ketamech.queries.pathsearch import Arc
from ketamech.queries.pathsearch import k_best as k_best_of_arcs

Edge = tuple[int, int, float]
NODES = 6
TIES = [0.0, 0.25, 0.5, 0.5, 1.0, 2.0]
PRODUCTS = [-math.log(strength) for strength in (1.0, 0.9, 0.81, 0.5, 0.25, 0.1, 0.01)]


@dataclass(frozen=True)
class Case:
    """Hold a small multigraph, a mask, and a question."""

    edges: tuple[Edge, ...]
    mask: tuple[bool, ...] | None
    source: int
    target: int
    max_length: int

    @property
    def graph(self) -> ArrayGraph:
        """Make the graph of arrays."""
        return made(*self.edges)

    def all(self) -> list[tuple[tuple[int, ...], float]]:
        """Walk every simple path, and sort by weight (to nine digits), length, positions."""
        found: list[tuple[int, ...]] = []

        def walk(node: int, trail: tuple[int, ...], visited: frozenset[int]) -> None:
            if node == self.target and trail:
                found.append(trail)
                return
            for position, (tail, head, _) in enumerate(self.edges if len(trail) < self.max_length else ()):
                if tail == node and head not in visited and (self.mask is None or self.mask[position]):
                    walk(head, (*trail, position), visited | {head})

        walk(self.source, (), frozenset({self.source}))
        weighed = [(trail, math.fsum(self.edges[position][2] for position in trail)) for trail in found]
        return sorted(weighed, key=lambda path: (round(path[1], 9), len(path[0]), path[0]))


def made(*edges: Edge) -> ArrayGraph:
    """Make a graph of tuples; its last node has no edges."""
    tails, heads, weights = zip(*edges, strict=True) if edges else ((), (), ())
    return ArrayGraph.from_arrays(tails, heads, weights, NODES + 1)


def told(outcome: ArrayOutcome) -> list[tuple[tuple[int, ...], float]]:
    """List positions and weight of every path found."""
    return [(path.edges, path.weight) for path in outcome.paths]


def rows(listing: Listing) -> list[tuple[int, ...]]:
    """List the paths of a listing."""
    return [tuple(row) for block in listing.blocks for row in block.tolist()]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a multigraph with cycles, parallel edges, self loops and ties, a question, and sometimes a mask."""
    node = st.integers(0, NODES - 1)
    weights = st.sampled_from(draw(st.sampled_from([TIES, PRODUCTS, [1.0], [0.0]])))
    edges = draw(st.lists(st.tuples(node, node, weights), max_size=24))
    mask = draw(st.none() | st.tuples(*(st.booleans() for _ in edges)))
    return Case(tuple(edges), mask, draw(node), draw(st.integers(0, NODES)), draw(st.integers(0, 6)))


@given(cases(), st.integers(0, 9), st.sampled_from([0, 3, 10**6]))
@settings(max_examples=600, deadline=None)
def test_the_k_best_are_the_first_k_of_all(case: Case, k: int, cheap: int) -> None:
    """On any multigraph, with ceilings of weight or without, the answer is the head of the sorted list of all paths."""
    outcome = k_best(case.graph, case.source, case.target, k, case.max_length, case.mask, cheap=cheap)
    assert told(outcome) == case.all()[:k]
    assert outcome.stopped is False


@given(cases())
@settings(max_examples=400, deadline=None)
def test_all_paths_are_listed_and_counted(case: Case) -> None:
    """The listing holds every path once, shorter ones first, and the count is their number."""
    everyone = sorted((edges for edges, _ in case.all()), key=lambda edges: (len(edges), edges))
    listing = all_paths(case.graph, case.source, case.target, case.max_length, case.mask)
    counted = all_paths(case.graph, case.source, case.target, case.max_length, case.mask, keep=False)
    assert (rows(listing), listing.number, listing.stopped) == (everyone, len(everyone), False)
    assert (rows(counted), counted.number, counted.stopped) == ([], len(everyone), False)


@given(cases(), st.integers(1, 9))
@settings(max_examples=300, deadline=None)
def test_both_engines_agree(case: Case, k: int) -> None:
    """The search on dictionaries, with positions for keys, finds the same paths in the same order."""
    arcs: dict[object, list[Arc]] = {}
    for position, (tail, head, weight) in enumerate(case.edges):
        if case.mask is None or case.mask[position]:
            arcs.setdefault(tail, []).append(Arc(tail, head, weight, f"{position:03}"))
    other = k_best_of_arcs(arcs, case.source, {case.target}, k, case.max_length)
    outcome = k_best(case.graph, case.source, case.target, k, case.max_length, case.mask)
    assert told(outcome) == [(tuple(int(key) for key in found.keys), found.weight) for found in other.paths]


@st.composite
def larger(draw: st.DrawFn) -> tuple[list[Edge], int, int]:
    """Draw a graph of thirty nodes, too large to walk, with a few hubs, and a number of edges and of paths."""
    node = st.integers(0, 29) | st.integers(0, 4)
    edges = st.tuples(node, node, st.floats(0, 5, width=32))
    return draw(st.lists(edges, min_size=60, max_size=160)), draw(st.integers(1, 7)), draw(st.integers(1, 60))


@given(larger())
@settings(max_examples=100, deadline=None)
def test_ceilings_of_weight_change_nothing(drawn: tuple[list[Edge], int, int]) -> None:
    """Whether ceilings are guessed or not, the answer is the same, and it is that of the search on dictionaries."""
    edges, max_length, k = drawn
    graph = made(*edges)
    arcs: dict[object, list[Arc]] = {}
    for position, (tail, head, weight) in enumerate(edges):
        arcs.setdefault(tail, []).append(Arc(tail, head, weight, f"{position:03}"))
    other = k_best_of_arcs(arcs, 0, {9}, k, max_length)
    plain = k_best(graph, 0, 9, k, max_length)
    assert k_best(graph, 0, 9, k, max_length, cheap=0) == plain
    assert told(plain) == [(tuple(int(key) for key in found.keys), found.weight) for found in other.paths]


@given(cases(), st.integers(1, 30), st.sampled_from([0, 10**6]))
@settings(max_examples=200, deadline=None)
def test_what_a_stopped_search_has_found_is_still_the_best(case: Case, few: int, cheap: int) -> None:
    """Within a work count or a cap on memory the paths are the first of all, and the flag says what is missing."""
    best = case.all()[:5]
    for outcome, limit in (
        (k_best(case.graph, case.source, case.target, 5, case.max_length, case.mask, budget=few, cheap=cheap), "work"),
        (k_best(case.graph, case.source, case.target, 5, case.max_length, case.mask, room=few, cheap=cheap), "memory"),
    ):
        assert told(outcome) == best[: len(outcome.paths)]
        assert outcome.limit == (limit if outcome.stopped else None)
        assert outcome.stopped or told(outcome) == best


# From 0 to 5 by way of four nodes that are all joined: 64 paths of at most five edges.
MESH = [(a, b, 0.5) for a in range(1, 5) for b in range(1, 5) if a != b]
CITY = made(*[(0, a, 1.0) for a in range(1, 5)], *MESH, *[(a, 5, 1.0) for a in range(1, 5)])


def test_limits_are_told() -> None:
    """Work, time and memory each stop a search, and the answer says which."""
    assert k_best(CITY, 0, 5, 99, 5, budget=3).limit == "work"
    assert k_best(CITY, 0, 5, 99, 5, seconds=0).limit == "time"
    assert k_best(CITY, 0, 5, 99, 5, room=8).limit == "memory"
    assert k_best(CITY, 0, 5, 99, 5, budget=99, seconds=1e6, room=999).limit is None
    assert len(k_best(CITY, 0, 5, 99, 5).paths) == 64
    for keep in (True, False):
        assert all_paths(CITY, 0, 5, 5, keep=keep, budget=3).limit == "work"
        assert all_paths(CITY, 0, 5, 5, keep=keep, seconds=0).limit == "time"
        assert all_paths(CITY, 0, 5, 5, keep=keep).number == 64
    assert all_paths(CITY, 0, 5, 5, room=8).limit == "memory"
    assert all_paths(CITY, 0, 5, 5, room=8, keep=False).limit is None


def test_ties_beyond_k_are_not_gathered() -> None:
    """Of many paths of one weight only k are looked for: the work does not grow with the number of ties."""
    layers = [(3 * a + b, 3 * (a + 1) + c, 1.0) for a in range(12) for b in range(3) for c in range(3)]
    outcome = k_best(made(*layers), 0, 38, 2, 13, budget=40)
    assert (len(outcome.paths), outcome.stopped) == (2, False)


def test_nowhere_to_go() -> None:
    """A source that is its own target, nodes outside the graph, an empty graph and a shut mask give nothing."""
    questions = [(CITY, 0, 0), (CITY, 0, NODES), (CITY, 5, 0), (CITY, -1, 5), (CITY, 0, 99), (made(), 0, 1)]
    assert [k_best(graph, a, z, 5, 5).paths for graph, a, z in questions] == [()] * 6
    assert [all_paths(graph, a, z, 5).number for graph, a, z in questions] == [0] * 6
    assert k_best(CITY, 0, 5, 5, 5, [False] * 20) == ArrayOutcome((), stopped=False)


@pytest.mark.parametrize(
    ("tails", "heads", "weights"),
    [([0], [1], [-1.0]), ([0], [1], [math.inf]), ([0], [1], [math.nan]), ([0], [-1], [1.0]), ([0, 1], [1], [1.0])],
)
def test_what_is_no_graph_is_refused(tails: list[int], heads: list[int], weights: list[float]) -> None:
    """Weights that are no finite numbers from 0, negative nodes and lists of different length raise ValueError."""
    with pytest.raises(ValueError, match=r"weights|numbered"):
        ArrayGraph.from_arrays(tails, heads, weights)


def test_what_is_no_question_is_refused() -> None:
    """A mask of another length and paths too long to weigh exactly raise ValueError."""
    with pytest.raises(ValueError, match="mask"):
        k_best(CITY, 0, 5, 1, 5, [True])
    with pytest.raises(ValueError, match="at most 16"):
        k_best(CITY, 0, 5, 1, 17)
