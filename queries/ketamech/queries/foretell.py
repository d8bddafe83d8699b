"""Foretell an experiment: whether taking a target away touches a drug's effect on an outcome.

Every feature below was written down before any score was looked at (docs/prediction.md). Each is read off the
knowledge without the experiment's own group; the weight of a value is the log ratio of how often the experiments of
the other groups that had an effect, and those that had none, show it. Both answers start even.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ketamech.graph.mechanism import MechanismGraph
from ketamech.graph.model import Experiment
from ketamech.graph.relief import RELIEF, relief_signs
from ketamech.graph.vocabulary import COMPOUNDS, LOWERING, RAISING
from ketamech.queries.influence import Influence, Reach

EFFECT: Final = frozenset({"abolishes", "attenuates", "occludes", "shortens", "mimics"})
NONE: Final = frozenset({"no_effect"})
STRONG_ROUTE: Final = 0.5
WEAK_ROUTE: Final = 0.05
EARLY: Final = 3.0
BY_DRUG: Final = frozenset({"antagonist", "inverse_agonist", "inhibitor", "agonist", "positive_modulator", "depletion"})
PRIOR: Final = 4.0


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one experiment as a question, with its answer where one was observed (None: not one of the two)."""

    experiment: Experiment
    alone: bool
    effect: bool | None


def case_of(graph: MechanismGraph, x: Experiment) -> Case | None:
    """Read an experiment as a question, or None when it does not ask this one.

    With a drug: one target was lowered and the drug's effect was lost or smaller, or was not. Without a drug: one
    target was moved and the outcome moved, or did not.
    """
    if len(x.interventions) != 1 or x.paper.retracted:
        return None
    done = x.interventions[0]
    if graph.entities[done.target].kind in COMPOUNDS or done.mode not in LOWERING | RAISING:
        return None
    if x.drug and done.mode not in LOWERING:
        return None
    effect = True if x.observed in EFFECT else False if x.observed in NONE else None
    return Case(x, x.drug is None, effect)


def answered(graph: MechanismGraph) -> list[Case]:
    """Give every recorded experiment that asks this question and has one of the two answers."""
    return [c for x in graph.knowledge.experiments if (c := case_of(graph, x)) and c.effect is not None]


class Foreteller:
    """Turn experiments into features, by the knowledge of one graph."""

    def __init__(self, graph: MechanismGraph) -> None:
        self._graph = graph
        self._influence = Influence(graph)
        self._signs = relief_signs(graph)
        self._ketamine = next((e.id for e in graph.entities.values() if e.name == "ketamine"), None)
        self._ahead: dict[str, Reach] = {}
        self._behind: dict[str, Reach] = {}

    def features(self, case: Case) -> dict[str, str]:
        """Read every feature of one case but `earlier`, which is read off other experiments (see Record)."""
        x = case.experiment
        done = x.interventions[0]
        return {
            "route": self._route(case),
            "touched": self._touched(case),
            "tier": "human" if x.tier.startswith("human") else x.tier,
            "outcome": self._class(x.outcome),
            "mode": "drug" if done.mode in BY_DRUG else "gene or cell",
            "place": "cell type" if done.place.cell_type else "region" if done.place.region else "whole",
            "hour": self._hour(x),
            "compound": "ketamine" if x.drug == self._ketamine else "other" if x.drug else "none",
        }

    def _class(self, outcome: str) -> str:
        kind = self._graph.entities[outcome].kind
        return "relief" if outcome in self._signs else "adverse" if kind == "adverse_outcome" else "other"

    def _hour(self, x: Experiment) -> str:
        """Tell early effects from lasting ones: `EARLY` hours or less after the dose, or the onset itself."""
        hour = x.measured_at or x.context.time
        if x.aspect in ("duration", "onset"):
            return "late" if x.aspect == "duration" else "early"
        return "unknown" if hour is None else "early" if hour.low <= EARLY else "late"

    def route_share(self, case: Case) -> float | None:
        """Give the strength of the best route through the target as a share of the best of all; None: no route.

        Without a drug: how strongly the target acts on the outcome, as a share of the strongest that anything of
        its reach does, which is 1 where it acts at all.
        """
        x = case.experiment
        done = x.interventions[0]
        sinks = self._sinks(x.outcome)
        behind = self._behind.setdefault(RELIEF if x.outcome in self._signs else x.outcome, self._back(sinks))
        if case.alone:
            reached = max(
                (self._influence.onward(m, done.place, behind) for m in (done.target, *self._graph.parts(done.target))),
                default=0.0,
            )
            return reached
        drug = x.drug or ""
        ahead = self._ahead.setdefault(drug, self._influence.forward(drug))
        sign = 1 if x.outcome in self._signs else None
        whole = ahead.best(sinks, sign) or ahead.best(sinks)
        if not whole:
            return None
        return min(self._influence.through(done.target, done.place, ahead, behind, sign) / whole, 1.0)

    def _back(self, sinks: Sequence[str]) -> Reach:
        return self._influence.backward(sinks)

    def _sinks(self, outcome: str) -> list[str]:
        if outcome in self._signs:
            return [id for id, sign in self._signs.items() if sign == 1 and self._graph.entities[id].kind != "readout"]
        return [outcome]

    def _route(self, case: Case) -> str:
        share = self.route_share(case)
        if share is None:
            return "no route known"
        if share <= 0:
            steps = [e for e in self._graph.out_edges(case.experiment.interventions[0].target) if not e.derived]
            return "off the routes" if steps else "unconnected"
        return "strong" if share >= STRONG_ROUTE else "medium" if share >= WEAK_ROUTE else "weak"

    def _touched(self, case: Case) -> str:
        """Say whether the drug is known to move the target (or a part of it)."""
        x = case.experiment
        if case.alone:
            return "not asked"
        members = {x.interventions[0].target, *self._graph.parts(x.interventions[0].target)}
        edges = [e for e in self._graph.out_edges(x.drug or "") if e.object in members and not e.derived]
        moved = sum(e.count("supports") for e in edges)
        still = sum(e.count("no_effect") + e.count("refutes") for e in edges)
        return "unknown" if not moved + still else "moved" if moved > still else "not moved"


class Record:
    """Remember what experiments saw, so that a new one can be held against those on the same target."""

    def __init__(self, graph: MechanismGraph, cases: Sequence[Case]) -> None:
        self._graph = graph
        self._cases = cases
        self._signs = relief_signs(graph)

    def answers(self, case: Case) -> tuple[tuple[str, bool], ...]:
        """Give paper and answer of every experiment on the same target (or a part or whole) and class of outcome."""
        x = case.experiment
        relief = x.outcome in self._signs
        return tuple(
            (other.experiment.paper.key, bool(other.effect))
            for other in self._cases
            if other.alone is case.alone
            and other.experiment.drug == x.drug
            and (other.experiment.outcome == x.outcome or (relief and other.experiment.outcome in self._signs))
            and self._graph.related(other.experiment.interventions[0].target, x.interventions[0].target)
        )


def earlier(answers: Iterable[tuple[str, bool]], excluded: Collection[str]) -> str:
    """Say what the experiments of other papers saw: effect, no effect, both or none."""
    said = {effect for paper, effect in answers if paper not in excluded}
    return "both" if len(said) > 1 else "none" if not said else "effect" if True in said else "no effect"


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold, for each feature and value, its log ratio of effect to no effect, with the cases it was learned from."""

    terms: Mapping[tuple[str, str], float]
    effects: int
    nones: int

    def of(self, features: Mapping[str, str], only: Iterable[str] | None = None) -> float:
        """Add up the log ratios of a case; above 0 speaks for an effect."""
        chosen = set(features if only is None else only)
        return sum(self.terms.get((name, value), 0.0) for name, value in features.items() if name in chosen)


def learn(rows: Sequence[tuple[Mapping[str, str], bool]]) -> Weights:
    """Learn the log ratio of every value of every feature from answered cases.

    Counts are drawn towards the value's overall share as if PRIOR more cases of either answer showed just that
    (m-estimate), so that what was seen in few cases says little.
    """
    effects = sum(effect for _, effect in rows)
    nones = len(rows) - effects
    counts: dict[tuple[str, str], list[int]] = {}
    for features, effect in rows:
        for item in features.items():
            counts.setdefault(item, [0, 0])[effect] += 1
    terms = {}
    for item, (none, some) in counts.items():
        share = PRIOR * (none + some) / len(rows)
        terms[item] = math.log((some + share) / (effects + PRIOR)) - math.log((none + share) / (nones + PRIOR))
    return Weights(terms, effects, nones)
