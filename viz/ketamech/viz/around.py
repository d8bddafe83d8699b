"""The neighbourhood of the paths: boxes next to them, strongest first, up to a limit that is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.path_answers import StepAnswer
from ketamech.graph.vocabulary import PREDICATES

NEIGHBOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Around:
    """Hold the arrows next to the paths, and how many neighbouring boxes there were in all."""

    steps: tuple[StepAnswer, ...] = ()
    drawn: int = 0
    found: int = 0


def around(graph: MechanismGraph, nodes: Collection[str], drawn: Collection[str], most: int, hops: int = 1) -> Around:
    """Take the neighbours of nodes in `hops` rounds, by the strongest arrow that reaches them; at most `most` boxes.

    `drawn` are the keys of arrows already there. All arrows between the boxes taken come along.
    """
    inside = set(nodes)
    reached: set[str] = set()
    for _ in range(hops):
        fresh: dict[str, float] = {}
        for here in sorted(inside):
            for edge in _walkable(graph, here):
                other = edge.object if edge.subject == here else edge.subject
                if other not in nodes and other not in inside:
                    fresh[other] = max(fresh.get(other, 0.0), edge.strength.value)
        reached |= set(fresh)
        room = most - (len(inside) - len(set(nodes)))
        inside |= set(sorted(fresh, key=lambda n: (-fresh[n], n))[: max(room, 0)])
    edges = {e.id: e for here in inside for e in _walkable(graph, here) if {e.subject, e.object} <= inside}
    # An arrow between two neighbours belongs to the next round.
    own = [e for id, e in sorted(edges.items()) if id not in drawn and (hops > 1 or {e.subject, e.object} & set(nodes))]
    return Around(tuple(_step(graph, e) for e in own), len(inside) - len(set(nodes)), len(reached))


def _walkable(graph: MechanismGraph, node: str) -> list[Edge]:
    found = (*graph.out_edges(node), *graph.in_edges(node))
    return [e for e in found if e.is_step or (PREDICATES[e.predicate].role == "last" and e.directness != "overall")]


def _step(graph: MechanismGraph, edge: Edge) -> StepAnswer:
    evidence = (*edge.experiments, *edge.objections) if edge.derived else edge.claims
    ends = (graph.entities[edge.subject], graph.entities[edge.object])
    return StepAnswer(edge, *ends, edge.sign, edge.strength.value, tuple(evidence), ())
