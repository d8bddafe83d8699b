"""The staged search: fine routes first, then those that jump.

Each search fills up what the ones before left open:

1. fine steps only, and a drug acts through what it touches (its `direct` steps);
2. also a drug's indirect effects, whose first steps are not known;
3. also jumps over finer steps, except where the result only coarsens a route already found.

Where a window of time is asked, each of the first two stages starts with the routes whose last actor (the node
that acts on the outcome) was seen in that window. Where the effect seen end to end has one sign, all stages are
run for routes of that sign first, then for the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.vocabulary import COMPOUNDS, PREDICATES
from ketamech.queries.pathsearch import Arc, Outcome, State, k_best
from ketamech.queries.refine import is_coarsening
from ketamech.queries.steps import Step, by_source

SPARE = 20


@dataclass(frozen=True, slots=True)
class Route:
    """Hold one route found: its steps, and whether it jumps over finer ones."""

    steps: tuple[Step, ...]
    coarse: bool

    @property
    def places(self) -> tuple[str, ...]:
        """Give the places from start to end."""
        return (self.steps[0].source, *(s.target for s in self.steps))


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold what a search needs: ends, obligatory places, asked sign, number and length.

    `expected` is the sign seen end to end; `timely` the places seen in the asked window (None: no window asked).
    """

    source: str
    target: str
    via: tuple[str, ...]
    sign: int | None
    k: int
    max_length: int
    expected: int | None = None
    timely: frozenset[str] | None = None


def places_between(steps: Sequence[Step], source: str, target: str) -> set[str]:
    """Give the places that lie on some walk from source to target."""
    forward = by_source(steps)
    backward: dict[str, list[Step]] = {}
    for step in steps:
        backward.setdefault(step.target, []).append(step)
    ahead = _spread(source, lambda n: [s.target for s in forward.get(n, ())])
    behind = _spread(target, lambda n: [s.source for s in backward.get(n, ())])
    return ahead & behind


def _spread(start: str, onward: Callable[[str], Iterable[str]]) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        for node in onward(queue.pop()):
            if node not in seen:
                seen.add(node)
                queue.append(node)
    return seen


def staged_search(
    graph: MechanismGraph, fine: Sequence[Step], jumps: Sequence[Step], ask: Ask
) -> tuple[list[Route], bool]:
    """Find the routes stage by stage; also tell whether a search hit its work limit."""
    chosen: list[Route] = []
    stopped = False
    signs = [ask.sign] if ask.sign or not ask.expected else [ask.expected, None]
    for sign in signs:
        for steps, coarse in _stages(graph, fine, jumps, ask):
            if len(chosen) >= ask.k:
                return chosen, stopped
            found = _best(graph, steps, ask, sign, ask.k * SPARE if coarse else ask.k + len(chosen))
            stopped = stopped or found.stopped
            by_key = {s.key: s for s in steps}
            for path in found.paths:
                route = Route(tuple(by_key[key] for key in path.keys), coarse)
                if len(chosen) < ask.k and not _known(route, chosen):
                    chosen.append(route)
    return chosen, stopped


def _stages(
    graph: MechanismGraph, fine: Sequence[Step], jumps: Sequence[Step], ask: Ask
) -> Iterable[tuple[Sequence[Step], bool]]:
    through_targets = [s for s in fine if not _skips_its_target(s, graph)]
    for steps in (through_targets, fine):
        if ask.timely is not None:
            yield [s for s in steps if not ends_here(s, ask.target, graph) or s.source in ask.timely], False
        yield steps, False
    if jumps:
        yield [*fine, *jumps], True


def ends_here(step: Step, target: str, graph: MechanismGraph) -> bool:
    """Tell whether a step acts on the target, or on a readout (which only ever leads to the target)."""
    acts = PREDICATES[step.edge.predicate].role == "step"
    return acts and (step.target == target or graph.entities[step.target].kind == "readout")


def _skips_its_target(step: Step, graph: MechanismGraph) -> bool:
    return step.edge.directness != "direct" and graph.entities[step.edge.subject].kind in COMPOUNDS


def _known(route: Route, chosen: Sequence[Route]) -> bool:
    keys = [s.key for s in route.steps]
    return any(
        keys == [s.key for s in other.steps] or (route.coarse and is_coarsening(route.places, other.places))
        for other in chosen
    )


def _best(graph: MechanismGraph, steps: Iterable[Step], ask: Ask, wanted: int | None, k: int) -> Outcome:
    """Search over states (place, obligatory places passed, sign so far, entered by a part).

    A path that has passed a whole does not pass its parts, nor the other way round: that would be going in circles.
    """
    arcs: dict[State, list[Arc]] = {}
    full = (1 << len(ask.via)) - 1
    bit = {node: 1 << i for i, node in enumerate(ask.via)}
    start = (ask.source, bit.get(ask.source, 0), 1, False)
    leaving = by_source(list(steps))
    queue, seen = [start], {start}
    goals: set[Hashable] = set()
    while queue:
        state = queue.pop()
        place, mask, sign, lifted = state
        if place == ask.target and place != ask.source:
            if mask == full and (wanted is None or sign == wanted):
                goals.add(state)
            continue
        for step in leaving.get(place, ()):
            if lifted and step.lifts_source:
                continue
            onward = (step.target, mask | bit.get(step.target, 0), sign * step.sign, step.lifts_target)
            arcs.setdefault(state, []).append(Arc(state, onward, -math.log(step.strength), step.key))
            if onward not in seen:
                seen.add(onward)
                queue.append(onward)
    family = {p: (p, *graph.wholes(p), *graph.parts(p)) for p in {state[0] for state in seen}}
    return k_best(arcs, start, goals, k, ask.max_length, place_of=_place, shuts=lambda p: family[str(p)])


def _place(state: State) -> Hashable:
    return state[0] if isinstance(state, tuple) else state
