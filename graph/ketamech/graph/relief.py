"""What counts as relief: which outcomes tell of an antidepressant effect, and with which sign.

An outcome tells of relief when it is a kind of the node RELIEF, or a readout (or a readout of a readout) of one.
Immobility tells of it with sign -1, sucrose preference with +1. Adverse and molecular outcomes do not tell of it.
"""

from __future__ import annotations

from typing import Final

from ketamech.graph.mechanism import MechanismGraph

RELIEF: Final = "ketamech:antidepressant-effect"
DEEPEST: Final = 3


def relief_signs(graph: MechanismGraph) -> dict[str, int]:
    """Give every outcome that tells of relief, by CURIE, with the sign it tells it with."""
    signs = {id: 1 for id in (RELIEF, *graph.parts(RELIEF)) if id in graph.entities}
    readings = [e for e in graph.edges.values() if e.predicate == "is_readout_of" and e.count("supports")]
    for _ in range(DEEPEST):
        signs = {e.subject: e.sign * signs[e.object] for e in readings if e.object in signs} | signs
    return signs


def measures_of(graph: MechanismGraph, id: str) -> frozenset[str]:
    """Give an outcome, its parts and kinds, and everything that is a readout of one of them."""
    found = {id, *graph.parts(id)}
    readings = [e for e in graph.edges.values() if e.predicate == "is_readout_of" and e.count("supports")]
    for _ in range(DEEPEST):
        found |= {e.subject for e in readings if e.object in found}
    return frozenset(found)


def outcome_class(id: str, signs: dict[str, int]) -> str:
    """Give RELIEF for an outcome that tells of it, else the outcome itself."""
    return RELIEF if id in signs else id
