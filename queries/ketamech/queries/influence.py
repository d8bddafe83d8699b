"""How strongly one thing acts on another along curated steps: the best product of strengths, by sign.

Derived steps are left out: they are read off experiments, and experiments are what this is used to foretell.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Place
from ketamech.graph.vocabulary import OUTCOMES, PREDICATES

State = tuple[str, int]
START: Final = 1


@dataclass(frozen=True, slots=True)
class Arc:
    """Hold one signed step between two places, with the edge it comes of."""

    source: str
    target: str
    sign: int
    strength: float
    edge: Edge


@dataclass(frozen=True, slots=True)
class Reach:
    """Hold, for every place and sign, the best strength from (or to) the starting places and the arc that gives it."""

    strength: dict[State, float]
    arcs: dict[State, Arc]

    def best(self, places: Iterable[str], sign: int | None = None) -> float:
        """Give the best strength at any of these places, of one sign or of any."""
        signs = (1, -1) if sign is None else (sign,)
        return max((self.strength.get((p, s), 0.0) for p in places for s in signs), default=0.0)


class Influence:
    """Answer how strongly places act on each other; built once for a graph."""

    def __init__(self, graph: MechanismGraph) -> None:
        self._graph = graph
        self._arcs: list[Arc] = []
        for edge in graph.edges.values():
            reads = PREDICATES[edge.predicate].role == "last"
            if edge.derived or not edge.sign or not (edge.is_step or reads):
                continue
            strength = edge.strength.value
            if strength <= 0:
                continue
            for source in (edge.subject, *graph.wholes(edge.subject)):
                for target in (edge.object, *graph.wholes(edge.object)):
                    if source != target and not graph.related(source, target):
                        self._arcs.append(Arc(source, target, edge.sign, strength, edge))
        self._telling = {e.subject for e in graph.edges.values() if e.predicate == "is_readout_of"}
        self._out: dict[str, list[Arc]] = {}
        self._in: dict[str, list[Arc]] = {}
        for arc in self._arcs:
            self._out.setdefault(arc.source, []).append(arc)
            self._in.setdefault(arc.target, []).append(arc)

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """Give every step it walks on."""
        return tuple(self._arcs)

    def forward(self, source: str, without: Collection[str] = (), *, touching: bool = False) -> Reach:
        """Give how strongly one place acts on all others, not passing through `without`.

        `touching` begins with the direct steps of the source only, where there are any: the rest of what a drug does is
        what such routes explain.
        """
        arcs = self._out
        direct = [a for a in arcs.get(source, ()) if a.edge.directness == "direct"]
        if touching and direct:
            arcs = {**arcs, source: direct}
        return self._spread([(source, START)], arcs, without, back=False)

    def backward(self, targets: Iterable[str], without: Collection[str] = ()) -> Reach:
        """Give how strongly all places act on any of these."""
        return self._spread([(t, START) for t in targets], self._in, without, back=True)

    def _spread(self, starts: list[State], arcs: dict[str, list[Arc]], without: Collection[str], back: bool) -> Reach:
        best: dict[State, float] = dict.fromkeys(starts, 1.0)
        by: dict[State, Arc] = {}
        origins = {place for place, _ in starts}
        queue = [(-1.0, state) for state in starts]
        done: set[State] = set()
        while queue:
            negative, state = heapq.heappop(queue)
            if state in done:
                continue
            done.add(state)
            place, sign = state
            if self._ends(place) and place not in origins and not back:
                continue
            for arc in arcs.get(place, ()):
                after = arc.source if back else arc.target
                new = (after, sign * arc.sign)
                if after in without or new in done or (back and self._ends(after)):
                    continue
                strength = -negative * arc.strength
                if strength > best.get(new, 0.0):
                    best[new] = strength
                    by[new] = arc
                    heapq.heappush(queue, (-strength, new))
        return Reach(best, by)

    def _ends(self, place: str) -> bool:
        """Tell whether a place is an outcome that tells of nothing further."""
        return self._graph.entities[place].kind in OUTCOMES and place not in self._telling

    def through(self, place: str, where: Place, ahead: Reach, behind: Reach, sign: int | None) -> float:
        """Give the best strength of a route through a place or its parts, seen where an intervention was made.

        `ahead` comes from the drug, `behind` leads to the outcome; steps out of the place that were seen in another
        cell type or region than `where` do not count.
        """
        found = 0.0
        for member in (place, *self._graph.parts(place)):
            for first in (1, -1):
                reached = ahead.strength.get((member, first), 0.0)
                if not reached:
                    continue
                rest = self.onward(member, where, behind)
                for second, strength in rest.items():
                    if sign is None or first * second == sign:
                        found = max(found, reached * strength)
        return found

    def onward(self, place: str, where: Place, behind: Reach) -> dict[int, float]:
        """Give, by sign, how strongly a place acts on the outcome that `behind` leads to, seen in `where`."""
        if where == Place():
            return {s: behind.strength.get((place, s), 0.0) for s in (1, -1)}
        found = {1: 0.0, -1: 0.0}
        for arc in self._out.get(place, ()):
            for s in (1, -1) if self._fits(arc, where) else ():
                reached = arc.strength * behind.strength.get((arc.target, s), 0.0)
                found[s * arc.sign] = max(found[s * arc.sign], reached)
        return found

    def _fits(self, arc: Arc, where: Place) -> bool:
        graph = self._graph
        for asked, kind, given in (
            (where.cell_type, "cell_type", {c for e in arc.edge.claims for c in e.cell_types}),
            (where.region, "brain_region", {r for e in arc.edge.claims for r in e.regions}),
        ):
            if asked is None:
                continue
            named = {p for p in (arc.edge.subject, arc.edge.object) if graph.entities[p].kind == kind} or given
            if named and not any(graph.related(asked, p) for p in named):
                return False
        return True
