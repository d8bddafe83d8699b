"""The mechanism graph: claims with the same subject, predicate and object are one edge.

Its own compact store (dictionaries and tuples) answers look-ups; `networkx()` hands the same graph to people
who know networkx.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ketamech.graph.derive import derive_steps
from ketamech.graph.errors import UnknownName
from ketamech.graph.model import Claim, Entity, Experiment, Knowledge, Triple
from ketamech.graph.names import NameIndex
from ketamech.graph.strength import Strength, derived_strength, strength_of
from ketamech.graph.vocabulary import DIRECTNESS, PREDICATES

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold all evidence with one subject, predicate and object.

    A derived edge rests on experiments instead of claims: `experiments` imply it, `objections` speak against it.
    """

    subject: str
    predicate: str
    object: str
    sign: int
    directness: str
    claims: tuple[Claim, ...] = ()
    derived: bool = False
    experiments: tuple[Experiment, ...] = ()
    objections: tuple[Experiment, ...] = ()

    @property
    def id(self) -> str:
        """Give the stable key: subject, predicate and object, `~` marking a derived predicate."""
        return f"{self.subject}|{'~' if self.derived else ''}{self.predicate}|{self.object}"

    @property
    def triple(self) -> Triple:
        """Give subject, predicate and object."""
        return (self.subject, self.predicate, self.object)

    @property
    def strength(self) -> Strength:
        """Weigh all evidence, whatever its context."""
        return derived_strength(self.experiments, self.objections) if self.derived else strength_of(self.claims)

    @property
    def is_step(self) -> bool:
        """Tell whether a path may walk over this edge (other than as its last, reading hop)."""
        return PREDICATES[self.predicate].role == "step" and self.directness != "overall"

    def count(self, stance: str) -> int:
        """Count the evidence of one stance."""
        if self.derived:
            sides = {"supports": self.experiments, "no_effect": self.objections}
            return len(sides.get(stance, ()))
        return sum(c.stance == stance for c in self.claims)


class MechanismGraph:
    """Answer what is known of each entity and edge.

    Built once from loaded knowledge and never changed; `without` makes a smaller copy.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.entities: Mapping[str, Entity] = {e.id: e for e in knowledge.entities}
        edges = [*_curated(knowledge.claims), *self._derived(knowledge)]
        self.edges: Mapping[str, Edge] = {e.id: e for e in sorted(edges, key=lambda e: e.id)}
        self._out: dict[str, list[Edge]] = {}
        self._in: dict[str, list[Edge]] = {}
        for edge in self.edges.values():
            self._out.setdefault(edge.subject, []).append(edge)
            self._in.setdefault(edge.object, []).append(edge)

    def _derived(self, knowledge: Knowledge) -> Iterable[Edge]:
        for step in derive_steps(
            knowledge.experiments, knowledge.claims, self.entities, {e: (e, *self.wholes(e)) for e in self.entities}
        ):
            yield Edge(
                step.subject,
                step.predicate,
                step.object,
                step.sign,
                "indirect",
                derived=True,
                experiments=step.supporting,
                objections=step.objecting,
            )

    @cached_property
    def names(self) -> NameIndex:
        """Give the index that answers to names."""
        return NameIndex(self.entities.values())

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Give the preferred name of every entity by CURIE, for answers to print."""
        return {id: entity.name for id, entity in self.entities.items()}

    def entity(self, name: str) -> Entity:
        """Find an entity by CURIE, name or synonym; raise UnknownName or AmbiguousName."""
        return self.entities.get(name) or self.names.resolve(name)

    def edge(self, id: str) -> Edge:
        """Find an edge by its key; raise UnknownName."""
        found = self.edges.get(id)
        if found is None:
            raise UnknownName("edge", id, [k for k in self.edges if k.startswith(id.partition("|")[0])][:3])
        return found

    def out_edges(self, entity_id: str) -> tuple[Edge, ...]:
        """Give the edges that start here, sorted by key."""
        return tuple(self._out.get(entity_id, ()))

    def in_edges(self, entity_id: str) -> tuple[Edge, ...]:
        """Give the edges that end here, sorted by key."""
        return tuple(self._in.get(entity_id, ()))

    def between(self, subject: str, object: str) -> tuple[Edge, ...]:
        """Give every edge from one entity to another."""
        return tuple(e for e in self.out_edges(subject) if e.object == object)

    @cached_property
    def _wholes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for start in self.entities:
            seen: dict[str, None] = {}
            queue = [start]
            while queue:
                for _, parent in self.entities[queue.pop(0)].parents:
                    if parent in self.entities and parent not in seen and parent != start:
                        seen[parent] = None
                        queue.append(parent)
            found[start] = tuple(seen)
        return found

    def wholes(self, entity_id: str) -> tuple[str, ...]:
        """Give everything this entity is part of or a kind of, nearest first."""
        return self._wholes.get(entity_id, ())

    def parts(self, entity_id: str) -> tuple[str, ...]:
        """Give every part and kind of this entity, sorted."""
        return tuple(sorted(e for e, wholes in self._wholes.items() if entity_id in wholes))

    def within(self, entity_id: str, whole: str) -> bool:
        """Tell whether an entity is this whole or lies in it."""
        return entity_id == whole or whole in self.wholes(entity_id)

    def related(self, a: str, b: str) -> bool:
        """Tell whether one of the two is, or lies in, the other."""
        return self.within(a, b) or self.within(b, a)

    def experiments_on(self, triple: Triple) -> tuple[Experiment, ...]:
        """Give the experiments that bear on an edge: named by it, or of the same drug and outcome."""
        subject, _, object = triple
        return tuple(
            e
            for e in self.knowledge.experiments
            if e.on == triple
            or (e.drug == subject and e.outcome == object)
            or (len(e.interventions) == 1 and e.interventions[0].target == subject and e.outcome == object)
        )

    def without(self, ids: Collection[str]) -> MechanismGraph:
        """Make a copy that lacks these claims and experiments, or all of these papers (by key)."""
        k = self.knowledge
        return MechanismGraph(
            replace(
                k,
                papers=tuple(p for p in k.papers if p.key not in ids),
                claims=tuple(c for c in k.claims if c.id not in ids and c.paper.key not in ids),
                experiments=tuple(e for e in k.experiments if e.id not in ids and e.paper.key not in ids),
                comparisons=tuple(c for c in k.comparisons if c.id not in ids and c.paper.key not in ids),
                affinities=tuple(a for a in k.affinities if a.id not in ids and a.paper.key not in ids),
            )
        )

    def networkx(self) -> nx.MultiDiGraph[Any]:
        """Make a real networkx MultiDiGraph: nodes by CURIE, edges keyed by edge id.

        Node attributes: name, kind. Edge attributes: predicate, sign, strength, directness, derived,
        supporting, refuting, no_effect, evidence (the claims or, for derived edges, the experiments).
        """
        import networkx as nx

        made: nx.MultiDiGraph[Any] = nx.MultiDiGraph(name="ketamech")
        for entity in sorted(self.entities.values(), key=lambda e: e.id):
            made.add_node(entity.id, name=entity.name, kind=entity.kind)
        for edge in self.edges.values():
            made.add_edge(
                edge.subject,
                edge.object,
                key=edge.id,
                predicate=edge.predicate,
                sign=edge.sign,
                strength=edge.strength.value,
                directness=edge.directness,
                derived=edge.derived,
                supporting=edge.count("supports"),
                refuting=edge.count("refutes"),
                no_effect=edge.count("no_effect"),
                evidence=edge.experiments if edge.derived else edge.claims,
            )
        return made


def _curated(claims: Iterable[Claim]) -> Iterable[Edge]:
    grouped: dict[Triple, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.triple, []).append(claim)
    for (subject, predicate, object), found in grouped.items():
        found.sort(key=lambda c: c.id)
        rule = PREDICATES[predicate]
        sign = found[0].sign if rule.own_sign else rule.sign
        told = [c for c in found if c.stance == "supports"] or found
        finest = min((c.directness for c in told), key=DIRECTNESS.index)
        yield Edge(subject, predicate, object, sign, finest, tuple(found))
