"""Best-first search for the k strongest simple paths of at most L steps; exact, with a work budget.

The method (see docs/decisions/path-search.md): a backward pass finds, for every node and number of remaining
steps, the least weight to the target; a heap then extends partial paths in order of weight so far plus that
bound, so that complete paths are popped in exact order. A partial path enters a node only if the target can
still be reached within L steps, so the cost follows the answer and not L.

Nodes are states: `Arc`s join states, and two states may stand for the same place (`place_of`), which a path
visits at most once. Signs, obligatory places and roll-ups are so many states, not special cases.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

State = Hashable
INFINITE = float("inf")
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Arc:
    """Lead from one state to another at a weight (>= 0); `key` names the edge and breaks ties."""

    source: State
    target: State
    weight: float
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one path: its arcs and its weight."""

    arcs: tuple[Arc, ...]
    weight: float

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the edge keys along the path."""
        return tuple(a.key for a in self.arcs)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the paths found, in order, and whether the search was stopped by its budget."""

    paths: tuple[Found, ...]
    stopped: bool


def k_best(
    arcs: Mapping[State, Sequence[Arc]],
    source: State,
    targets: Iterable[State],
    k: int,
    max_length: int,
    place_of: Callable[[State], Hashable] = lambda state: state,
    shuts: Callable[[Hashable], Iterable[Hashable]] = lambda place: (place,),
    budget: int = 2_000_000,
) -> Outcome:
    """Find the k lightest paths from source to any target, each place visited once, at most max_length arcs.

    `shuts` names the places that a visited place closes for the rest of the path, itself among them.

    Order: weight (to nine digits), then number of arcs, then the edge keys. A path has at least one arc, so
    source equal to target gives nothing. `budget` bounds the number of partial paths looked at.
    """
    goals = set(targets)
    if k < 1 or max_length < 1 or not goals:
        return Outcome((), False)
    bound = _bounds(arcs, goals, max_length)
    if source not in bound[max_length]:
        return Outcome((), False)
    ticket = count()
    heap: list[tuple[float, int, tuple[str, ...], int, float, State, tuple[Arc, ...]]] = []
    heapq.heappush(heap, (0.0, 0, (), next(ticket), 0.0, source, ()))
    found: list[Found] = []
    looked = 0
    while heap:
        _, length, keys, _, weight, state, trail = heapq.heappop(heap)
        if state in goals and trail:
            if len(found) >= k and _rounded(weight) > _rounded(found[k - 1].weight):
                break
            found.append(Found(trail, weight))
            continue
        looked += 1
        if looked > budget:
            return Outcome(_ordered(found)[:k], True)
        if len(found) >= k and _rounded(weight) > _rounded(found[k - 1].weight):
            continue
        visited = {shut for a in trail for shut in shuts(place_of(a.source))}
        visited.update(shuts(place_of(state)))
        left = max_length - length - 1
        for arc in arcs.get(state, ()):
            if place_of(arc.target) in visited:
                continue
            rest = bound[left].get(arc.target, INFINITE)
            if rest < INFINITE:
                total = weight + arc.weight
                order = (_rounded(total + rest), length + 1, (*keys, arc.key), next(ticket))
                heapq.heappush(heap, (*order, total, arc.target, (*trail, arc)))
    return Outcome(_ordered(found)[:k], False)


def _rounded(weight: float) -> float:
    return round(weight, DIGITS)


def _ordered(found: list[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda f: (_rounded(f.weight), len(f.arcs), f.keys)))


def _bounds(arcs: Mapping[State, Sequence[Arc]], goals: set[State], max_length: int) -> list[dict[State, float]]:
    """Give, for 0 to max_length - 1 remaining steps, the least weight from each state to a goal."""
    backward: dict[State, list[Arc]] = {}
    for leaving in arcs.values():
        for arc in leaving:
            backward.setdefault(arc.target, []).append(arc)
    layers: list[dict[State, float]] = [dict.fromkeys(goals, 0.0)]
    changed = set(goals)
    for _ in range(max_length):
        layer = dict(layers[-1])
        fresh: set[State] = set()
        for state in changed:
            here = layers[-1][state]
            for arc in backward.get(state, ()):
                if here + arc.weight < layer.get(arc.source, INFINITE):
                    layer[arc.source] = here + arc.weight
                    fresh.add(arc.source)
        layers.append(layer)
        changed = fresh
    return layers
