"""What the questions about gaps and about drugs side by side return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ketamech.graph.display import Shown
from ketamech.graph.mechanism import Edge
from ketamech.graph.model import Affinity, Claim, Comparison, Entity
from ketamech.graph.path_answers import PathAnswer, StepAnswer
from ketamech.graph.views import (
    SCHEMA_VERSION,
    Row,
    affinity_dict,
    comparison_dict,
    entity_dict,
    evidence_dict,
    triple_words,
)

HUMAN: Final = frozenset({"human observational", "human controlled"})


@dataclass(frozen=True, slots=True)
class Rung:
    """Hold one step with the highest rung of the translational ladder it was seen on, its papers and groups.

    `evidence` names what supports it, `in_people` those of it that people showed.
    """

    step: StepAnswer
    tier: str
    papers: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    in_people: tuple[str, ...] = ()

    @property
    def human(self) -> bool:
        """Tell whether people showed it."""
        return self.tier in HUMAN


@dataclass(frozen=True, slots=True)
class PathGaps:
    """Hold one path with the rung of every step."""

    path: PathAnswer
    rungs: tuple[Rung, ...]

    @property
    def weakest(self) -> Rung:
        """Give the step of least strength."""
        return min(self.rungs, key=lambda r: r.step.strength)

    @property
    def human_stretch(self) -> tuple[Rung, ...]:
        """Give the longest run of consecutive steps that people showed (the first of equals)."""
        best: tuple[Rung, ...] = ()
        run: tuple[Rung, ...] = ()
        for rung in self.rungs:
            run = (*run, rung) if rung.human else ()
            best = max(best, run, key=len)
        return best

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "nodes": [entity_dict(n) for n in self.path.nodes],
            "score": self.path.score,
            "steps": [
                {
                    "edge": r.step.edge.id,
                    "step": _told(r, names),
                    "strength": r.step.strength,
                    "tier": r.tier,
                    "papers": list(r.papers),
                    "groups": list(r.groups),
                    "evidence": list(r.evidence),
                    "in_people": list(r.in_people),
                    "one_paper": len(r.papers) == 1,
                    "one_group": len(r.groups) == 1,
                    "never_in_humans": not r.human,
                }
                for r in self.rungs
            ],
            "weakest": _told(self.weakest, names),
            "human_stretch": [_told(r, names) for r in self.human_stretch],
        }


def _told(rung: Rung, names: Mapping[str, str]) -> str:
    return triple_words(rung.step.edge.triple, names)


@dataclass(frozen=True, slots=True)
class HumanStep:
    """Hold one step that people showed, with the findings in people that support it (by id)."""

    edge: Edge
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class GapsAnswer(Shown):
    """Hold the best paths of a question with what each lacks, and what people showed of all paths there are.

    `human_steps` are the steps of any path that people showed, `most_human` the path with the longest run of them
    (None: no path has one), `human_ends` the findings in people on the effect from end to end.
    """

    query: dict[str, Any]
    source: Entity
    target: Entity
    paths: tuple[PathGaps, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    human_steps: tuple[HumanStep, ...] = ()
    most_human: PathGaps | None = None
    human_ends: tuple[Claim, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": self.query,
            "paths": [p.to_dict(self.names) for p in self.paths],
            "human_steps": [
                {"edge": s.edge.id, "step": triple_words(s.edge.triple, self.names), "evidence": list(s.evidence)}
                for s in self.human_steps
            ],
            "most_human": self.most_human.to_dict(self.names) if self.most_human else None,
            "human_ends": [evidence_dict(c, self.names) for c in self.human_ends],
        }

    def rows(self) -> list[Row]:
        """Give one row per step of every path."""
        return [
            {
                "path": rank,
                "step": number,
                "told": _told(r, self.names),
                "tier": r.tier,
                "strength": r.step.strength,
                "papers": len(r.papers),
                "groups": len(r.groups),
                "weakest": r is p.weakest,
                "in_humans": r.human,
            }
            for rank, p in enumerate(self.paths, start=1)
            for number, r in enumerate(p.rungs, start=1)
        ]


@dataclass(frozen=True, slots=True)
class Engagement:
    """Hold what each drug does to one element, and by which papers.

    `effects` maps a drug's CURIE to `up`, `down`, `changed`, `binds`, `no effect` or `refuted`, with counts where the
    evidence disagrees (`28 up, 4 null`); a drug that was not tested is left out. `evidence` names the findings.
    """

    element: Entity
    effects: Mapping[str, str]
    papers: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parting:
    """Hold where a drug's best path to relief and its best path to an adverse outcome part: the last shared node."""

    drug: Entity
    outcome: Entity
    last_shared: Entity
    to_relief: PathAnswer
    to_outcome: PathAnswer


@dataclass(frozen=True, slots=True, repr=False)
class CompareAnswer(Shown):
    """Hold drugs side by side: elements engaged, affinities, recorded comparisons, partings."""

    drugs: tuple[Entity, ...]
    engagements: tuple[Engagement, ...]
    affinities: tuple[Affinity, ...]
    comparisons: tuple[Comparison, ...]
    partings: tuple[Parting, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"drugs": [d.name for d in self.drugs]},
            "elements": [
                {
                    "element": entity_dict(e.element),
                    "effects": {self.names[d]: said for d, said in e.effects.items()},
                    "papers": {self.names[d]: list(p) for d, p in e.papers.items()},
                    "evidence": {self.names[d]: list(ids) for d, ids in e.evidence.items()},
                }
                for e in self.engagements
            ],
            "affinities": [affinity_dict(a, self.names) for a in self.affinities],
            "comparisons": [comparison_dict(c, self.names) for c in self.comparisons],
            "partings": [
                {
                    "drug": p.drug.name,
                    "outcome": p.outcome.name,
                    "last_shared": p.last_shared.name,
                    "to_relief": [n.name for n in p.to_relief.nodes],
                    "to_outcome": [n.name for n in p.to_outcome.nodes],
                }
                for p in self.partings
            ],
        }

    def rows(self) -> list[Row]:
        """Give one row per element, a column for each drug."""
        return [
            {"element": e.element.name, "kind": e.element.kind, **{d.name: e.effects.get(d.id, "") for d in self.drugs}}
            for e in self.engagements
        ]
