"""Best-first search for the k strongest simple paths of at most L steps; exact, bounded in work, time and memory.

The method (see docs/decisions/path-search.md): a backward pass finds, for every node and number of remaining
steps, the least weight to the target; a heap then extends partial paths in order of weight so far plus that
bound, so that complete paths are popped in exact order. A partial path enters a node only if the target can
still be reached within L steps, so the cost follows the answer and not L.

Nodes are states: `Arc`s join states, and two states may stand for the same place (`place_of`), which a path
visits at most once. Signs, obligatory places and roll-ups are so many states, not special cases.
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal, TypeAlias

State = Hashable
Limit: TypeAlias = Literal["work", "time", "memory"]
INFINITE = float("inf")
# Weights are added as whole multiples of 2**-48, so that no order of adding changes a sum, and compared in grades of
# 2**-30 (about nine digits), so that strengths whose products are equal weigh the same.
UNIT = 1 << 48
GRADE = 18
HALF = 1 << GRADE >> 1
ROOM = 1_000_000


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
    """Hold the paths found, in order, whether the search was stopped by a limit, and by which."""

    paths: tuple[Found, ...]
    stopped: bool
    limit: Limit | None = None


def k_best(
    arcs: Mapping[State, Sequence[Arc]],
    source: State,
    targets: Iterable[State],
    k: int,
    max_length: int,
    place_of: Callable[[State], Hashable] = lambda state: state,
    shuts: Callable[[Hashable], Iterable[Hashable]] = lambda place: (place,),
    budget: int = 2_000_000,
    seconds: float | None = None,
    room: int = ROOM,
) -> Outcome:
    """Find the k lightest paths from source to any target, each place visited once, at most max_length arcs.

    `shuts` names the places that a visited place closes for the rest of the path, itself among them.

    Order: weight (in grades), then number of arcs, then the edge keys. A path has at least one arc, so source equal
    to target gives nothing. `budget` bounds the number of partial paths looked at, `seconds` the time, `room` the
    number of partial paths kept: the worst are dropped, and the search stops where it would need one of them. What a
    stopped search has found are still the best, in order.
    """
    deadline = INFINITE if seconds is None else time.monotonic() + seconds
    goals = set(targets)
    if k < 1 or max_length < 1 or not goals:
        return Outcome((), False)
    bound, hops = _bounds(arcs, goals, max_length)
    if source not in bound[max_length]:
        return Outcome((), False)
    ticket = count()
    heap: list[tuple[int, int, tuple[str, ...], int, int, State, tuple[Arc, ...]]] = []
    heapq.heappush(heap, (0, 0, (), next(ticket), 0, source, ()))
    found: list[Found] = []
    looked = 0
    lost: tuple[int, int, tuple[str, ...]] | None = None
    while heap:
        grade, length, keys, _, weight, state, trail = heapq.heappop(heap)
        if lost is not None and (grade, length, keys) >= lost:
            return Outcome(tuple(found), True, "memory")
        if state in goals and trail:
            found.append(Found(trail, math.fsum(a.weight for a in trail)))
            if len(found) == k:
                return Outcome(tuple(found), False)
            continue
        looked += 1
        if looked > budget:
            return Outcome(tuple(found), True, "work")
        if time.monotonic() >= deadline:
            return Outcome(tuple(found), True, "time")
        visited = {shut for a in trail for shut in shuts(place_of(a.source))}
        visited.update(shuts(place_of(state)))
        used = len(trail) + 1
        reach = bound[max_length - used]
        for arc in arcs.get(state, ()):
            rest = reach.get(arc.target)
            if rest is None or arc.weight == INFINITE or place_of(arc.target) in visited:
                continue
            total = weight + units(arc.weight)
            order = (graded(total + rest), used + hops[arc.target], (*keys, arc.key), next(ticket))
            heapq.heappush(heap, (*order, total, arc.target, (*trail, arc)))
        if len(heap) > room:
            heap.sort()
            worst = heap[room // 2][:3]
            lost = worst if lost is None else min(lost, worst)
            del heap[room // 2 :]
    return Outcome(tuple(found), lost is not None, None if lost is None else "memory")


def units(weight: float) -> int:
    """Give a finite weight as a whole number of units; the same sum in any order."""
    return round(weight * UNIT)


def graded(total: int) -> int:
    """Give the grade by which sums of weights are compared: never greater for a smaller sum."""
    return (total + HALF) >> GRADE


def _bounds(
    arcs: Mapping[State, Sequence[Arc]], goals: set[State], max_length: int
) -> tuple[list[dict[State, int]], dict[State, int]]:
    """Give, for 0 to max_length remaining steps, the least weight from each state to a goal, and the fewest steps."""
    backward: dict[State, list[tuple[State, int]]] = {}
    for leaving in arcs.values():
        for arc in leaving:
            if arc.weight < INFINITE:
                backward.setdefault(arc.target, []).append((arc.source, units(arc.weight)))
    layers: list[dict[State, int]] = [dict.fromkeys(goals, 0)]
    hops = dict.fromkeys(goals, 0)
    changed = set(goals)
    for steps in range(1, max_length + 1):
        layer = dict(layers[-1])
        fresh: set[State] = set()
        for state in changed:
            here = layers[-1][state]
            for source, weight in backward.get(state, ()):
                if source not in layer or here + weight < layer[source]:
                    layer[source] = here + weight
                    hops.setdefault(source, steps)
                    fresh.add(source)
        layers.append(layer)
        changed = fresh
    return layers, hops
