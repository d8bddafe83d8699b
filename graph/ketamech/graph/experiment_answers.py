"""What the questions about experiments return: which blockades were tried, and what had to be intact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.model import Entity, Experiment
from ketamech.graph.views import SCHEMA_VERSION, Row, cite, context_dict, evidence_dict


def experiment_row(x: Experiment, names: Mapping[str, str]) -> Row:
    """Give one experiment as a flat row."""
    context = context_dict(x.context, names)
    hour = x.hour
    return {
        "id": x.id,
        "drug": names.get(x.drug or "", ""),
        "target": " + ".join(names[i.target] for i in x.interventions),
        "mode": " + ".join(i.mode for i in x.interventions),
        "agent": " + ".join(i.agent for i in x.interventions),
        "region": ", ".join(names[r] for r in x.regions),
        "cell_type": ", ".join(names[c] for c in x.cell_types),
        "outcome": names[x.outcome],
        "aspect": x.aspect,
        "observed": x.observed,
        "species": context.get("species", ""),
        "indication": context.get("indication", ""),
        "sex": context.get("sex", ""),
        "dose": context.get("dose", ""),
        "doses": context.get("doses", ""),
        "time": hour.text if hour else "",
        "paper": cite(x.paper),
        "year": x.paper.year,
        "summary": x.summary,
    }


@dataclass(frozen=True, slots=True, repr=False)
class BlockadesAnswer(Shown):
    """Hold the experiments that a filter lets through, sorted by target, outcome and id.

    `unknown` names those that fit but for a circumstance they do not report.
    """

    query: dict[str, Any]
    experiments: tuple[Experiment, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": self.query,
            "experiments": [evidence_dict(x, self.names) for x in self.experiments],
            "context_unknown": list(self.unknown),
        }

    def rows(self) -> list[Row]:
        """Give one row per experiment."""
        return [experiment_row(x, self.names) for x in self.experiments]


@dataclass(frozen=True, slots=True)
class Need:
    """Hold what is known of one target: the experiments in which it was needed, was not, or held the effect back.

    `verdict` is needed, not needed, in dispute or hinders.
    """

    target: Entity
    verdict: str
    needed: tuple[Experiment, ...]
    spared: tuple[Experiment, ...]
    better: tuple[Experiment, ...]

    @property
    def groups(self) -> int:
        """Count the groups (senior authors) that tested it."""
        return len({x.paper.lab for x in (*self.needed, *self.spared, *self.better)})


@dataclass(frozen=True, slots=True, repr=False)
class NecessaryAnswer(Shown):
    """Hold, for a drug's effect on an outcome, every target that was taken away, the best tested first."""

    source: Entity
    target: Entity
    needs: tuple[Need, ...]
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": {"source": self.source.name, "target": self.target.name},
            "targets": [
                {
                    "target": n.target.name,
                    "verdict": n.verdict,
                    "groups": n.groups,
                    "needed": [evidence_dict(x, self.names) for x in n.needed],
                    "not_needed": [evidence_dict(x, self.names) for x in n.spared],
                    "hinders": [evidence_dict(x, self.names) for x in n.better],
                }
                for n in self.needs
            ],
        }

    def rows(self) -> list[Row]:
        """Give one row per target and experiment."""
        return [
            {"what": n.target.name, "verdict": n.verdict, **experiment_row(x, self.names)}
            for n in self.needs
            for x in (*n.needed, *n.spared, *n.better)
        ]
