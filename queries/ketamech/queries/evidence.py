"""The evidence on one edge that fits a question, with the experiments that bear on it; and its strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ketamech.graph.answers import EvidenceAnswer, ExplainAnswer, SetAside
from ketamech.graph.errors import UnknownEdge
from ketamech.graph.mechanism import Edge, MechanismGraph
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.views import triple_words
from ketamech.graph.vocabulary import PREDICATES
from ketamech.queries.context import ContextFilter, Fit, check_words, judge
from ketamech.queries.question import PathQuery


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Hold what is asked of evidence; None leaves a field open. What is not reported passes unless `strict`."""

    species: str | None = None
    indication: str | None = None
    sex: str | None = None
    strict: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the filter as plain data, open fields left out."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {key: value for key, value in given.items() if value}


ANY: Final = EvidenceFilter()
NEAR: Final = 3


def edges_of(graph: MechanismGraph, first: str, second: str | None = None) -> tuple[Edge, ...]:
    """Find edges by their key, or by the names of both ends; raise UnknownName when there are none."""
    if second is None:
        return (graph.edge(first),)
    subject, object = graph.entity(first), graph.entity(second)
    found = graph.between(subject.id, object.id)
    if not found:
        acting = [graph.labels[e.subject] for e in _direct(graph.in_edges(object.id))]
        acted = [graph.labels[e.object] for e in _direct(graph.out_edges(subject.id))]
        near, way = _near(graph, subject.id, object.id), _leads(graph, subject.id, object.id)
        raise UnknownEdge(subject.name, object.name, near, _first(acting), _first(acted), way=way)
    return found


def _direct(edges: Sequence[Edge]) -> list[Edge]:
    """Give the curated steps that something was seen of, the strongest first."""
    steps = [e for e in edges if not e.derived and e.count("supports") and PREDICATES[e.predicate].role == "step"]
    return sorted(steps, key=lambda e: (-e.strength.value, e.id))


def _first(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:NEAR]


def _leads(graph: MechanismGraph, subject: str, object: str) -> bool:
    """Tell whether `paths` would find a way."""
    from ketamech.queries.paths import find_paths

    return subject != object and bool(find_paths(graph, PathQuery(subject, object, k=1)).paths)


def _near(graph: MechanismGraph, subject: str, object: str) -> tuple[str, ...]:
    """Give edges that say nearly the same: turned round, or between parts or wholes of the same ends."""
    turned = list(graph.between(object, subject))
    starts, ends = ((id, *graph.parts(id), *graph.wholes(id)) for id in (subject, object))
    akin = [e for start in starts for e in graph.out_edges(start) if e.object in ends and not e.derived]
    pairs = dict.fromkeys((e.subject, e.object) for e in (*turned, *akin))
    return tuple(f"{graph.labels[a]} -> {graph.labels[b]}" for a, b in pairs)[:NEAR]


def find_evidence(
    graph: MechanismGraph, first: str, second: str | None = None, asked: EvidenceFilter = ANY
) -> EvidenceAnswer:
    """Give the claims and experiments on the edges between two entities (or on one edge, by its key).

    Evidence that does not fit the filter is set aside and told; an edge with none left is left out.
    Raises UnknownName, AmbiguousName or BadValue.

    >>> from ketamech.loaders import load_default
    >>> answer = find_evidence(load_default(), "ketamine", "5-HT1B binding")
    >>> any(c.stance == "no_effect" and c.context.species == "human" for c in answer.edges[0].claims)
    True
    """
    check_words(graph, asked.species, asked.indication, asked.sex)
    edges = edges_of(graph, first, second)
    sieve = _Sieve(graph, asked)
    kept = []
    for edge in edges:
        sieve.name = triple_words(edge.triple, graph.labels)
        parts = (sieve.claims(edge.claims), sieve.experiments(edge.experiments), sieve.experiments(edge.objections))
        if any(parts):
            kept.append(replace(edge, claims=parts[0], experiments=parts[1], objections=parts[2]))
    experiments: dict[str, Experiment] = {}
    for edge in edges:
        for found in graph.experiments_on((edge.subject, edge.predicate, edge.object)):
            experiments[found.id] = found
    contrasts = [
        other
        for other in graph.knowledge.experiments
        if other.id not in experiments and any(_sibling(other, own) for own in experiments.values())
    ]
    sieve.name = "experiment"
    bearing = sieve.experiments([experiments[id] for id in sorted(experiments)])
    beside = sieve.experiments(sorted(contrasts, key=lambda e: e.id))
    told = {"source": first, "target": second, **asked.to_dict()}
    query = {key: value for key, value in told.items() if value}
    return EvidenceAnswer(
        tuple(kept), bearing, beside, graph.labels, query, tuple(sorted(sieve.unknown)), sieve.set_aside
    )


class _Sieve:
    """Let evidence through that fits, and remember what did not report it and what was set aside, with the reason."""

    def __init__(self, graph: MechanismGraph, asked: EvidenceFilter) -> None:
        self._graph = graph
        self._context = ContextFilter(asked.species, indication=asked.indication, sex=asked.sex)
        self._strict = asked.strict
        self._aside: dict[tuple[str, str], dict[str, None]] = {}
        self.unknown: set[str] = set()
        self.name = ""

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Give what did not fit, by edge and reason."""
        found = self._aside.items()
        return tuple(SetAside("evidence", name, reason, tuple(ids)) for (name, reason), ids in found)

    def claims(self, found: Sequence[Claim]) -> tuple[Claim, ...]:
        """Give the claims that pass."""
        return tuple(c for c in found if self._passes(c))

    def experiments(self, found: Sequence[Experiment]) -> tuple[Experiment, ...]:
        """Give the experiments that pass."""
        return tuple(x for x in found if self._passes(x))

    def _passes(self, piece: Claim | Experiment) -> bool:
        verdict = judge(piece, self._context, self._graph)
        if verdict.fit is Fit.UNFIT or (self._strict and verdict.fit is Fit.UNKNOWN):
            self._aside.setdefault((self.name, verdict.reason), {})[piece.id] = None
            return False
        if verdict.fit is Fit.UNKNOWN:
            self.unknown.add(piece.id)
        return True


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
