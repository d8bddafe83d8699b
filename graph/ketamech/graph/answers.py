"""What questions return: frozen answers that can be told, drawn, stored and put in a data frame.

Every answer has `to_dict()` (plain JSON data) and `rows()` (flat dictionaries, one per line of a table).
The answer of the path question has a module of its own and is handed on here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from ketamech.graph.display import Shown
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import Affinity, Comparison, Entity, Experiment
from ketamech.graph.names import Match
from ketamech.graph.path_answers import PathAnswer, PathsAnswer, SetAside, StepAnswer
from ketamech.graph.strength import Strength, Term
from ketamech.graph.views import (
    SCHEMA_VERSION,
    Reference,
    Row,
    affinity_dict,
    cite,
    comparison_dict,
    entity_dict,
    evidence_dict,
    evidence_row,
    triple_words,
)
from ketamech.graph.vocabulary import PREDICATES

__all__ = [
    "Answer",
    "EvidenceAnswer",
    "ExplainAnswer",
    "PathAnswer",
    "PathsAnswer",
    "Reference",
    "Row",
    "SearchAnswer",
    "SetAside",
    "ShowAnswer",
    "StepAnswer",
    "cite",
    "entity_dict",
    "evidence_dict",
]

_ROLES: Final = ("step", "last", "beside", "rollup", "never")


class Answer(Protocol):
    """What every answer can do."""

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        ...

    def rows(self) -> list[Row]:
        """Give flat rows for a table or a data frame."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class SearchAnswer(Shown):
    """Hold the entities that answer to a text."""

    text: str
    matches: tuple[Match, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"schema_version": SCHEMA_VERSION, "query": {"text": self.text}, "matches": self.rows()}

    def rows(self) -> list[Row]:
        """Give one row per entity."""
        return [{**entity_dict(m.entity), "matched": m.matched, "score": m.score} for m in self.matches]


@dataclass(frozen=True, slots=True, repr=False)
class EvidenceAnswer(Shown):
    """Hold the evidence on the edges between two entities that fits the question, and experiments that bear on them.

    `contrasts` are the same interventions of the same papers watched on other outcomes; `unknown` names the evidence
    that does not report what was asked for; `set_aside` holds what does not fit. Edges hold fitting evidence only.
    """

    edges: tuple[Edge, ...]
    experiments: tuple[Experiment, ...]
    contrasts: tuple[Experiment, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": dict(self.query),
            "edges": [
                {
                    "id": e.id,
                    "subject": self.names[e.subject],
                    "predicate": e.predicate,
                    "object": self.names[e.object],
                    "sign": e.sign,
                    "strength": e.strength.value,
                    "derived": e.derived,
                    "evidence": [evidence_dict(c, self.names) for c in (e.experiments if e.derived else e.claims)],
                }
                for e in self.edges
            ],
            "experiments": [evidence_dict(x, self.names) for x in self.experiments],
            "contrasts": [evidence_dict(x, self.names) for x in self.contrasts],
            "context_unknown": list(self.unknown),
            "set_aside": [s.to_dict() for s in self.set_aside],
        }

    def rows(self) -> list[Row]:
        """Give one row per claim and experiment."""
        made = []
        for edge in self.edges:
            told = triple_words(edge.triple, self.names)
            made += [{"about": told, **evidence_row(c, self.names)} for c in (() if edge.derived else edge.claims)]
        for word, found in (("experiment", self.experiments), ("contrast", self.contrasts)):
            for x in found:
                targets = " + ".join(f"{i.mode} of {self.names[i.target]} ({i.agent})" for i in x.interventions)
                on = f"{word}: {targets} on {self.names[x.outcome]}"
                made.append({"about": on, **evidence_row(x, self.names)})
        return made


@dataclass(frozen=True, slots=True, repr=False)
class ShowAnswer(Shown):
    """Hold all that is known of one entity."""

    entity: Entity
    incoming: tuple[Edge, ...]
    outgoing: tuple[Edge, ...]
    experiments: tuple[Experiment, ...]
    comparisons: tuple[Comparison, ...]
    affinities: tuple[Affinity, ...]
    parts: tuple[Entity, ...]
    wholes: tuple[Entity, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    entities: Mapping[str, Entity] = field(repr=False, compare=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        e = self.entity
        return {
            "schema_version": SCHEMA_VERSION,
            "entity": {**entity_dict(e), "synonyms": list(e.synonyms), "xrefs": list(e.xrefs), "note": e.note},
            "parts": [entity_dict(p) for p in self.parts],
            "wholes": [entity_dict(w) for w in self.wholes],
            "edges": self.rows(),
            "experiments": [evidence_dict(x, self.names) for x in self.experiments],
            "comparisons": [comparison_dict(c, self.names) for c in self.comparisons],
            "affinities": [affinity_dict(a, self.names) for a in self.affinities],
        }

    def rows(self) -> list[Row]:
        """Give one row per edge: incoming first, then steps before other predicates, strongest first, nulls last."""
        return [
            {
                "direction": word,
                "subject": self.names[edge.subject],
                "predicate": edge.predicate,
                "object": self.names[edge.object],
                "supporting": edge.count("supports"),
                "refuting": edge.count("refutes"),
                "no_effect": edge.count("no_effect"),
                "strength": edge.strength.value,
                "derived": edge.derived,
                "edge": edge.id,
            }
            for word, edges in (("in", self.incoming), ("out", self.outgoing))
            for edge in sorted(edges, key=self._order)
        ]

    def _order(self, edge: Edge) -> tuple[bool, int, float, str, str, str]:
        bare = not (edge.derived or edge.count("supports"))
        ends = (self.names[edge.subject], edge.predicate, self.names[edge.object])
        return (bare, _ROLES.index(PREDICATES[edge.predicate].role), -edge.strength.value, *ends)


@dataclass(frozen=True, slots=True, repr=False)
class ExplainAnswer(Shown):
    """Hold the strength of edges, term by term."""

    strengths: Sequence[tuple[Edge, Strength]]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "edges": [
                {
                    "id": edge.id,
                    "told": triple_words(edge.triple, self.names),
                    "strength": s.value,
                    "support": s.support,
                    "objection": s.objection,
                    "derived": s.derived,
                    "terms": [_term_row(t) for t in s.terms],
                }
                for edge, s in self.strengths
            ],
        }

    def rows(self) -> list[Row]:
        """Give one row per term."""
        return [{"edge": edge.id, "strength": s.value, **_term_row(t)} for edge, s in self.strengths for t in s.terms]


def _term_row(term: Term) -> Row:
    return {
        "evidence": term.id,
        "group": term.group,
        "stance": term.stance,
        "tier": term.tier,
        "read": term.read,
        "kind": term.kind,
        "share": term.share,
        "weight": round(term.weight, 4),
        "counts": term.counts,
    }
