"""The staged search: fine routes first, then those that jump.

Each search fills up what the ones before left open:

1. fine steps only, and a drug acts through what it touches (its `direct` steps);
2. also a drug's indirect effects, whose first steps are not known;
3. also jumps over finer steps, except where the result only coarsens a route already found.

Where a window of time is asked, a route whose last actor (the node that acts on the outcome) was not seen in that
window ranks lower, by the factor UNTIMED. Where the effect seen end to end has one sign, all stages are
run for routes of that sign first, then for the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.vocabulary import COMPOUNDS, PREDICATES
from ketamech.queries.mediation import OPPOSED, UNTESTED
from ketamech.queries.pathsearch import Arc, Outcome, State, k_best
from ketamech.queries.refine import is_coarsening
from ketamech.queries.seams import coherence
from ketamech.queries.steps import Step, by_source

POOL = 500
SPARE = 20
UNTIMED = 0.5
SPAN = 0.75


@dataclass(frozen=True, slots=True)
class Route:
    """Hold one route found: its steps, and whether it jumps over finer ones."""

    steps: tuple[Step, ...]
    coarse: bool

    @property
    def keys(self) -> list[str]:
        """Give the keys of its steps, which settle ties."""
        return [s.key for s in self.steps]

    @property
    def places(self) -> tuple[str, ...]:
        """Give the places from start to end."""
        return (self.steps[0].source, *(s.target for s in self.steps))


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold what a search needs: ends, obligatory places, asked sign, number and length.

    `expected` is the sign seen end to end; `timely` the places seen in the asked window (None: no window asked);
    `credit` the factors of the places (empty: all 1); `recorded` what the drug was seen to do to each place. Without
    `variants` a route is left out that differs from a better one only in a part or kind of a place, or in the
    readout at its end.
    """

    source: str
    target: str
    via: tuple[str, ...]
    sign: int | None
    k: int
    max_length: int
    expected: int | None = None
    timely: frozenset[str] | None = None
    credit: Mapping[str, float] = field(default_factory=dict)
    recorded: Mapping[str, int] = field(default_factory=dict)
    variants: bool = False

    def factor(self, place: str) -> float:
        """Give the factor that passing a place multiplies into a route's rank (see ketamech.queries.mediation)."""
        if not self.credit or place in (self.source, self.target):
            return 1.0
        return self.credit.get(place, UNTESTED)

    def timing(self, step: Step, graph: MechanismGraph) -> float:
        """Give UNTIMED for a step on the outcome by an actor that was not seen in the asked window."""
        late = self.timely is not None and ends_here(step, self.target, graph) and step.source not in self.timely
        return UNTIMED if late else 1.0


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
            found = _best(graph, steps, ask, sign, max(POOL, ask.k * SPARE))
            stopped = stopped or found.stopped
            by_key = {s.key: s for s in steps}
            routes = [Route(tuple(by_key[key] for key in path.keys), coarse) for path in found.paths]
            for route in sorted(routes, key=lambda r: (-round(rank_of(r, ask, graph), 9), len(r.steps), r.keys)):
                if len(chosen) < ask.k and not _known(route, chosen) and not _is_variant(route, chosen, ask, graph):
                    chosen.append(route)
    return chosen, stopped


def opposed(route: Route, ask: Ask) -> list[str]:
    """Give the places that a route moves against what the drug was seen to do to them."""
    found, sign = [], 1
    for step in route.steps[:-1]:
        sign *= step.sign
        if sign and ask.recorded.get(step.target, sign) != sign:
            found.append(step.target)
    return found


def rank_of(route: Route, ask: Ask, graph: MechanismGraph) -> float:
    """Give what routes of n steps are ranked by: strengths and factors multiplied, to the power n**-SPAN.

    The factors are those of places, hour, seams and signs. A product (SPAN 0) favours routes told coarsely, a
    geometric mean (SPAN 1) long detours.
    """
    steps = route.steps
    walked = math.prod(s.strength * ask.factor(s.target) * ask.timing(s, graph) for s in steps)
    walked *= coherence(steps, graph) * OPPOSED ** len(opposed(route, ask))
    return float(walked ** (len(steps) ** -SPAN))


def _stages(
    graph: MechanismGraph, fine: Sequence[Step], jumps: Sequence[Step], ask: Ask
) -> Iterable[tuple[Sequence[Step], bool]]:
    through_targets = [s for s in fine if not _skips_its_target(s, graph)]
    yield through_targets, False
    yield fine, False
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


def _is_variant(route: Route, chosen: Sequence[Route], ask: Ask, graph: MechanismGraph) -> bool:
    """Tell whether a chosen route goes the same way, but for parts, kinds and the readout at the end."""
    if ask.variants:
        return False
    mine = _account(route, graph)
    for other in chosen:
        theirs = _account(other, graph)
        if len(mine) == len(theirs) and all(
            sign == same and graph.related(a, b) for (a, sign), (b, same) in zip(mine, theirs, strict=True)
        ):
            return True
    return False


def _account(route: Route, graph: MechanismGraph) -> list[tuple[str, int]]:
    """Give the places of a route with their signs, but not the readouts before its end."""
    told = [(route.steps[0].source, 1)]
    sign = 1
    for step in route.steps[:-1]:
        sign *= step.sign
        if not _reads(step.target, graph):
            told.append((step.target, sign))
    return [*told, (route.steps[-1].target, sign * route.steps[-1].sign)]


def _reads(place: str, graph: MechanismGraph) -> bool:
    return graph.entities[place].kind == "readout" or any(
        e.predicate == "is_readout_of" for e in graph.out_edges(place)
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
            weight = -math.log(step.strength * ask.factor(step.target) * ask.timing(step, graph))
            arcs.setdefault(state, []).append(Arc(state, onward, weight, step.key))
            if onward not in seen:
                seen.add(onward)
                queue.append(onward)
    family = {p: (p, *graph.wholes(p), *graph.parts(p)) for p in {state[0] for state in seen}}
    return k_best(arcs, start, goals, k, ask.max_length, place_of=_place, shuts=lambda p: family[str(p)])


def _place(state: State) -> Hashable:
    return state[0] if isinstance(state, tuple) else state
