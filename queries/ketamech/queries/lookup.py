"""Finding entities by name, and showing all that is known of one."""

from __future__ import annotations

from ketamech.graph.answers import SearchAnswer, ShowAnswer
from ketamech.graph.mechanism import MechanismGraph


def search(graph: MechanismGraph, text: str, limit: int = 10) -> SearchAnswer:
    """Search entities by name, synonym or identifier; typos, Greek letters, case and hyphens are forgiven.

    >>> from ketamech.loaders import load_default
    >>> search(load_default(), "ketmine").matches[0].entity.name
    'ketamine'
    """
    return SearchAnswer(text, graph.names.search(text, limit))


def show(graph: MechanismGraph, name: str) -> ShowAnswer:
    """Show the edges, experiments, comparisons and affinities of one entity.

    >>> from ketamech.loaders import load_default
    >>> show(load_default(), "NR2B").entity.name
    'GluN2B'
    """
    entity = graph.entity(name)
    k = graph.knowledge
    return ShowAnswer(
        entity,
        graph.in_edges(entity.id),
        graph.out_edges(entity.id),
        tuple(
            e
            for e in k.experiments
            if entity.id in (e.drug, e.outcome) or any(entity.id == i.target for i in e.interventions)
        ),
        tuple(c for c in k.comparisons if entity.id in (c.a, c.b, c.outcome)),
        tuple(a for a in k.affinities if entity.id in (a.ligand, a.target)),
        tuple(graph.entities[p] for p in graph.parts(entity.id)),
        tuple(graph.entities[w] for w in graph.wholes(entity.id)),
        graph.labels,
        graph.entities,
    )
