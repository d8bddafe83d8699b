"""What the questions about hypotheses return: accounts with their steps and records, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ketamech.graph.display import Shown
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import (
    Claim,
    Entity,
    Experiment,
    Hypothesis,
    HypothesisStep,
    Needed,
    Record,
)
from ketamech.graph.views import SCHEMA_VERSION, Row, cite, evidence_dict, triple_words

# What an assumed step counts as in the strength of an account.
GUESS: Final = 0.05


@dataclass(frozen=True, slots=True)
class StepCase:
    """Hold one step of a hypothesis with the edge that carries it (None: assumed, nobody has tested it)."""

    step: HypothesisStep
    edge: Edge | None

    @property
    def strength(self) -> float:
        """Give the strength of the edge, 0 for an assumed one."""
        return self.edge.strength.value if self.edge else 0.0

    def told(self, names: Mapping[str, str]) -> str:
        """Say the step in words."""
        return triple_words(self.step.triple, names)

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        edge = self.edge
        return {
            "step": self.told(names),
            "edge": edge.id if edge else None,
            "assumed": self.step.assumed,
            "note": self.step.note,
            "strength": self.strength,
            "supporting": edge.count("supports") if edge else 0,
            "against": edge.count("refutes") + edge.count("no_effect") if edge else 0,
        }


@dataclass(frozen=True, slots=True, repr=False)
class HypothesisAnswer(Shown):
    """Hold one hypothesis with its steps, counter-evidence, blockades for and against, and human evidence."""

    hypothesis: Hypothesis
    steps: tuple[StepCase, ...]
    counter: tuple[Record, ...]
    blockades_for: tuple[Experiment, ...]
    blockades_against: tuple[Experiment, ...]
    human: tuple[Claim | Experiment, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    entities: Mapping[str, Entity] = field(repr=False, compare=False, default_factory=dict)

    @property
    def weakest(self) -> StepCase:
        """Give the step that carries least."""
        return min(self.steps, key=lambda s: s.strength)

    @property
    def strength(self) -> float:
        """Give the geometric mean of the steps' strengths; assumed steps count as GUESS."""
        product = 1.0
        for step in self.steps:
            product *= max(step.strength, GUESS)
        return round(float(product ** (1 / len(self.steps))), 4)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        h = self.hypothesis
        return {
            "schema_version": SCHEMA_VERSION,
            "slug": h.slug,
            "name": h.name,
            "summary": h.summary,
            "status": h.status,
            "strength": self.strength,
            "weakest": self.weakest.told(self.names),
            "targets": [_needed(t, self.names) for t in h.targets],
            "key_papers": list(h.key_papers),
            "steps": [s.to_dict(self.names) for s in self.steps],
            "counter_evidence": [record_dict(r, self.names) for r in self.counter],
            "blockades_for": [evidence_dict(x, self.names) for x in self.blockades_for],
            "blockades_against": [evidence_dict(x, self.names) for x in self.blockades_against],
            "human_evidence": [evidence_dict(e, self.names) for e in self.human],
            "separations": [
                {
                    "rival": s.rival,
                    "experiment": s.experiment,
                    "predicts": s.predicts,
                    "rival_predicts": s.rival_predicts,
                    "done": list(s.done),
                }
                for s in h.separations
            ],
        }

    def rows(self) -> list[Row]:
        """Give one row per step."""
        return [{"order": i, **s.to_dict(self.names)} for i, s in enumerate(self.steps, start=1)]


def _speaks_for(evidence: Claim | Experiment) -> bool:
    return evidence.stance == "supports" if isinstance(evidence, Claim) else evidence.observed != "no_effect"


def _needed(need: Needed, names: Mapping[str, str]) -> str:
    where = [names[p] for p in (need.place.cell_type, need.place.region) if p]
    return names[need.target] + (f" in {' of '.join(where)}" if where else "")


def record_dict(record: Record, names: Mapping[str, str]) -> dict[str, Any]:
    """Give any record by id, paper and summary, with what more its kind holds."""
    if isinstance(record, Claim | Experiment):
        return evidence_dict(record, names)
    return {"id": record.id, "paper": record.paper.key, "summary": record.summary}


@dataclass(frozen=True, slots=True, repr=False)
class HypothesesAnswer(Shown):
    """Hold every hypothesis, the strongest first."""

    answers: tuple[HypothesisAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {"schema_version": SCHEMA_VERSION, "hypotheses": self.rows()}

    def rows(self) -> list[Row]:
        """Give one row per hypothesis."""
        return [
            {
                "slug": a.hypothesis.slug,
                "name": a.hypothesis.name,
                "status": a.hypothesis.status,
                "strength": a.strength,
                "steps": len(a.steps),
                "assumed": sum(s.edge is None for s in a.steps),
                "counter_evidence": len(a.counter),
                "blockades_for": len(a.blockades_for),
                "blockades_against": len(a.blockades_against),
                "human_for": sum(_speaks_for(e) for e in a.human),
                "human_against": sum(not _speaks_for(e) for e in a.human),
            }
            for a in self.answers
        ]


@dataclass(frozen=True, slots=True)
class Decider:
    """Hold one experiment on which two hypotheses predict different results, and which of them it fits."""

    experiment: Experiment
    predicts: str
    rival_predicts: str
    fits: str


@dataclass(frozen=True, slots=True, repr=False)
class HypothesisComparison(Shown):
    """Hold two hypotheses side by side: shared and own edges, and the experiments on which they part."""

    first: HypothesisAnswer
    second: HypothesisAnswer
    shared: tuple[StepCase, ...]
    own_first: tuple[StepCase, ...]
    own_second: tuple[StepCase, ...]
    deciders: tuple[Decider, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
            "shared": [s.to_dict(self.names) for s in self.shared],
            "own_first": [s.to_dict(self.names) for s in self.own_first],
            "own_second": [s.to_dict(self.names) for s in self.own_second],
            "deciders": self.rows(),
        }

    def rows(self) -> list[Row]:
        """Give one row per experiment on which the two part."""
        first, second = self.first.hypothesis.slug, self.second.hypothesis.slug
        return [
            {
                "experiment": d.experiment.id,
                "without": " + ".join(self.names[i.target] for i in d.experiment.interventions),
                "outcome": self.names[d.experiment.outcome],
                first: d.predicts,
                second: d.rival_predicts,
                "observed": d.experiment.observed,
                "fits": d.fits,
                "species": d.experiment.context.species or "",
                "paper": cite(d.experiment.paper),
            }
            for d in self.deciders
        ]
