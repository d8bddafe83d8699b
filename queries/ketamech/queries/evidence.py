"""All evidence on one edge, with the experiments that bear on it; and its strength, term by term."""

from __future__ import annotations

from ketamech.graph.answers import EvidenceAnswer, ExplainAnswer
from ketamech.graph.errors import UnknownName
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Experiment


def edges_of(graph: MechanismGraph, first: str, second: str | None = None) -> tuple[Edge, ...]:
    """Find edges by their key, or by the names of both ends; raise UnknownName when there are none."""
    if second is None:
        return (graph.edge(first),)
    subject, object = graph.entity(first), graph.entity(second)
    found = graph.between(subject.id, object.id)
    if not found:
        other = graph.between(object.id, subject.id)
        near = [f"{graph.entities[e.subject].name} -> {graph.entities[e.object].name}" for e in other[:1]]
        near += [f"{subject.name} -> {graph.entities[e.object].name}" for e in graph.out_edges(subject.id)[:3]]
        raise UnknownName("edge", f"{subject.name} -> {object.name}", near)
    return found


def find_evidence(graph: MechanismGraph, first: str, second: str | None = None) -> EvidenceAnswer:
    """Give every claim and experiment on the edges between two entities (or on one edge, by its key).

    >>> from ketamech.loaders import load_default
    >>> answer = find_evidence(load_default(), "ketamine", "5-HT1B binding")
    >>> any(c.stance == "no_effect" and c.context.species == "human" for c in answer.edges[0].claims)
    True
    """
    edges = edges_of(graph, first, second)
    experiments: dict[str, Experiment] = {}
    for edge in edges:
        for found in graph.experiments_on((edge.subject, edge.predicate, edge.object)):
            experiments[found.id] = found
    contrasts = [
        other
        for other in graph.knowledge.experiments
        if other.id not in experiments and any(_sibling(other, own) for own in experiments.values())
    ]
    own = tuple(experiments[id] for id in sorted(experiments))
    return EvidenceAnswer(edges, own, tuple(sorted(contrasts, key=lambda e: e.id)), graph.labels)


def _sibling(a: Experiment, b: Experiment) -> bool:
    same = [(i.target, i.mode) for i in a.interventions] == [(i.target, i.mode) for i in b.interventions]
    return a.paper.key == b.paper.key and a.drug == b.drug and same


def explain(graph: MechanismGraph, first: str, second: str | None = None) -> ExplainAnswer:
    """Give the strength of edges with every term that made it (formula: ketamech.graph.strength).

    >>> from ketamech.loaders import load_default
    >>> answer = explain(load_default(), "ketamine", "NMDA receptor")
    >>> 0 < answer.strengths[0][1].value < 1
    True
    """
    return ExplainAnswer(tuple((e, e.strength) for e in edges_of(graph, first, second)), graph.labels)
