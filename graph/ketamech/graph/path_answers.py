"""What the path question returns: ranked routes with their steps, evidence and numbered references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import Claim, Entity, Experiment
from ketamech.graph.views import SCHEMA_VERSION, Reference, Row, cite, entity_dict, evidence_dict


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """Hold one step of a path: its edge, the evidence that fits the question, and what was rolled up."""

    edge: Edge
    source: Entity
    target: Entity
    sign: int
    strength: float
    evidence: tuple[Claim | Experiment, ...]
    references: tuple[int, ...]
    unknown: int = 0
    rolled_up: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def count(self, stance: str) -> int:
        """Count the fitting evidence of one stance."""
        found = 0
        for e in self.evidence:
            own = e.stance if isinstance(e, Claim) else ("no_effect" if e in self.edge.objections else "supports")
            found += own == stance
        return found

    @property
    def disputed(self) -> bool:
        """Tell whether any fitting evidence speaks against the step."""
        return bool(self.count("refutes") or self.count("no_effect"))

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "id": self.edge.id,
            "subject": names[self.edge.subject],
            "predicate": self.edge.predicate,
            "object": names[self.edge.object],
            "sign": self.sign,
            "strength": self.strength,
            "directness": self.edge.directness,
            "derived": self.edge.derived,
            "supporting": self.count("supports"),
            "refuting": self.count("refutes"),
            "no_effect": self.count("no_effect"),
            "context_unknown": self.unknown,
            "rolled_up": list(self.rolled_up),
            "also": list(self.also),
            "references": list(self.references),
            "evidence": [evidence_dict(e, names) for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """Hold one route: nodes, steps, net sign (None: undetermined), score, remarks and its telling."""

    nodes: tuple[Entity, ...]
    steps: tuple[StepAnswer, ...]
    score: float
    sign: int | None
    told: str
    coarse: bool = False
    remarks: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "score": self.score,
            "sign": self.sign,
            "length": len(self.steps),
            "coarse": self.coarse,
            "nodes": [entity_dict(n) for n in self.nodes],
            "edges": [s.to_dict(names) for s in self.steps],
            "remarks": list(self.remarks),
            "stretches": list(self.stretches),
            "told": self.told,
        }


@dataclass(frozen=True, slots=True)
class SetAside:
    """Say which evidence or node was left out of an answer, and why."""

    what: str
    name: str
    reason: str
    evidence: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"what": self.what, "name": self.name, "reason": self.reason, "evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True, repr=False)
class PathsAnswer(Shown):
    """Hold the ranked routes from one entity to another, beside what was observed end to end."""

    query: dict[str, Any]
    source: Entity
    target: Entity
    paths: tuple[PathAnswer, ...]
    end_to_end: tuple[Claim, ...]
    set_aside: tuple[SetAside, ...]
    references: tuple[Reference, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    stopped: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the documented JSON of `paths` (docs/json.md)."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": self.query,
            "paths": [p.to_dict(self.names) for p in self.paths],
            "end_to_end": [
                {
                    "subject": self.names[c.subject],
                    "predicate": c.predicate,
                    "object": self.names[c.object],
                    **evidence_dict(c, self.names),
                }
                for c in self.end_to_end
            ],
            "set_aside": [s.to_dict() for s in self.set_aside],
            "references": [r.to_dict() for r in self.references],
            "stopped": self.stopped,
        }

    def rows(self) -> list[Row]:
        """Give one row per step of every path."""
        cited = {r.number: r.paper for r in self.references}
        return [
            {
                "path": rank,
                "score": path.score,
                "path_sign": _sign(path.sign),
                "step": number,
                "subject": self.names[step.edge.subject],
                "predicate": step.edge.predicate,
                "object": self.names[step.edge.object],
                "sign": _sign(step.sign or None),
                "strength": step.strength,
                "supporting": step.count("supports"),
                "refuting": step.count("refutes"),
                "no_effect": step.count("no_effect"),
                "derived": step.edge.derived,
                "papers": ", ".join(cite(cited[n]) for n in step.references),
                "edge": step.edge.id,
            }
            for rank, path in enumerate(self.paths, start=1)
            for number, step in enumerate(path.steps, start=1)
        ]


def _sign(sign: int | None) -> str:
    return {1: "+", -1: "-"}.get(sign or 0, "?")
