"""Where a path joins evidence that does not belong together: a node shown in one region and acting in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.vocabulary import PLACES, PREDICATES
from ketamech.queries.steps import Step

SEAM: Final = 0.7
ROLLED_UP: Final = 0.5


def is_seam(
    meeting: str,
    left: Iterable[Claim | Experiment],
    right: Iterable[Claim | Experiment],
    graph: MechanismGraph,
) -> bool:
    """Tell whether two steps meet at a node that one shows in one region and the other elsewhere."""
    if graph.entities[meeting].kind in PLACES:
        return False
    into = {e.object_in.region for e in left if isinstance(e, Claim)} - {None}
    out = {e.subject_in.region or e.object_in.region for e in right if isinstance(e, Claim)} - {None}
    return bool(into and out) and not any(graph.related(a, b) for a in into for b in out if a and b)


def coherence(steps: Sequence[Step], graph: MechanismGraph) -> float:
    """Give the factor by which a route that joins what does not belong together ranks lower.

    SEAM for each node shown in one region and acting in another; ROLLED_UP for each place where a part stands for the
    whole that the route passes (but at its very end, where the whole is what was asked for).
    """
    factor = 1.0
    for left, right in pairwise(steps):
        acts = PREDICATES[right.edge.predicate].role == "step"
        if acts and is_seam(left.target, left.evidence, right.evidence, graph):
            factor *= SEAM
        if left.lifts_target or right.lifts_source:
            factor *= ROLLED_UP
    return factor
