"""What foretelling returns: predictions with their reasons, and how well they did on experiments they had not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ketamech.graph.display import Shown
from ketamech.graph.model import Entity, Experiment
from ketamech.graph.views import SCHEMA_VERSION, Row, cite

Terms = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class OutcomePrediction:
    """Hold what becomes of one outcome when a target is taken away.

    `verdict` is abolished, attenuated, untouched, enhanced or undetermined; `chance` is that of an effect, from the
    share of effects among all experiments and `terms` (feature, value, log ratio); `recorded` names the experiments
    that gave the verdict (empty: it is foretold); `remaining` is the best route that is left, by names of its nodes.
    """

    outcome: Entity
    verdict: str
    chance: float
    terms: Terms
    lost: float | None
    remaining: tuple[str, ...]
    recorded: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """Tell whether recorded experiments gave the verdict, or the graph foretold it."""
        return "recorded" if self.recorded else "foretold"

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "outcome": self.outcome.name,
            "verdict": self.verdict,
            "basis": self.basis,
            "recorded": list(self.recorded),
            "chance_of_effect": None if self.recorded else round(self.chance, 2),
            "terms": [{"feature": f, "value": v, "log_ratio": round(w, 3)} for f, v, w in self.terms],
            "route_strength_lost": None if self.lost is None else round(self.lost, 3),
            "remaining": list(self.remaining),
        }


@dataclass(frozen=True, slots=True, repr=False)
class PredictAnswer(Shown):
    """Hold the predictions for one blocked target, and the smallest sets of targets that cut all routes.

    `start` is the share of effects among all experiments (0 to 1), from which every foretold chance sets out.
    """

    query: dict[str, Any]
    target: Entity
    drug: Entity
    predictions: tuple[OutcomePrediction, ...]
    cuts: Mapping[str, tuple[tuple[str, ...], ...]]
    start: float

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "query": self.query,
            "share_of_effects": round(self.start, 2),
            "predictions": [p.to_dict() for p in self.predictions],
            "smallest_cuts": {outcome: [list(c) for c in cuts] for outcome, cuts in self.cuts.items()},
        }

    def rows(self) -> list[Row]:
        """Give one row per outcome."""
        return [
            {
                "outcome": p.outcome.name,
                "verdict": p.verdict,
                "basis": p.basis,
                "chance": "" if p.recorded else round(p.chance, 2),
                "lost": "" if p.lost is None else round(p.lost, 2),
                "remaining": " -> ".join(p.remaining),
            }
            for p in self.predictions
        ]


@dataclass(frozen=True, slots=True)
class Scored:
    """Hold one replayed experiment: what was foretold without its group, and what was observed."""

    experiment: Experiment
    predicted: bool
    effect: bool
    log_odds: float
    terms: Terms

    @property
    def hit(self) -> bool:
        """Tell whether the prediction came true."""
        return self.predicted is self.effect


@dataclass(frozen=True, slots=True)
class Score:
    """Hold how one predictor did: balanced accuracy with a bootstrap interval over groups (95 %), and the counts.

    The three figures are None where only one of the two answers occurs: there is nothing to balance.
    """

    name: str
    balanced_accuracy: float | None
    low: float | None
    high: float | None
    effects_found: int
    effects: int
    nones_found: int
    nones: int

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "predictor": self.name,
            "balanced_accuracy": _rounded(self.balanced_accuracy),
            "interval": [_rounded(self.low), _rounded(self.high)],
            "effects_found": self.effects_found,
            "effects": self.effects,
            "no_effects_found": self.nones_found,
            "no_effects": self.nones,
        }


@dataclass(frozen=True, slots=True, repr=False)
class ValidateAnswer(Shown):
    """Hold every replayed experiment, those that cannot be scored with the reason, and the scores.

    `ungrouped` counts scored experiments of papers whose group is not known, where only the paper could be left out.
    """

    scored: tuple[Scored, ...]
    not_scorable: tuple[tuple[str, str], ...]
    score: Score
    others: tuple[Score, ...]
    ungrouped: int = 0
    names: Mapping[str, str] = field(repr=False, default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give plain JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "experiments": len(self.scored) + len(self.not_scorable),
            "scored": len(self.scored),
            "group_unknown": self.ungrouped,
            "not_scorable": [{"id": id, "reason": reason} for id, reason in self.not_scorable],
            "score": self.score.to_dict(),
            "baselines_and_parts": [s.to_dict() for s in self.others],
            "predictions": self.rows(),
        }

    def rows(self) -> list[Row]:
        """Give one row per scored experiment, the misses first, those foretold most surely before others."""
        ordered = sorted(self.scored, key=lambda s: (s.hit, -abs(s.log_odds), s.experiment.id))
        return [
            {
                "id": s.experiment.id,
                "hit": s.hit,
                "predicted": "effect" if s.predicted else "no effect",
                "observed": s.experiment.observed,
                "drug": self.names.get(s.experiment.drug or "", ""),
                "target": ", ".join(self.names[i.target] for i in s.experiment.interventions),
                "outcome": self.names[s.experiment.outcome],
                "log_odds": round(s.log_odds, 2),
                "why": "; ".join(f"{f} {v} {w:+.2f}" for f, v, w in s.terms),
                "paper": cite(s.experiment.paper),
            }
            for s in ordered
        ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
